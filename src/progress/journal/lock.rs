//! The lock held during an append, and the file it is on.

use super::{Journal, JournalError, JournalFault};
use crate::files;
use rustix::fs::OFlags;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::Path,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// The locked file of an append. Dropping it unlocks: the lock belongs to the open file
/// description, which `Seen` keeps, so closing is not enough.
#[derive(Debug)]
pub(super) struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // If this fails, the lock ends with the process.
        let _ = self.0.unlock();
    }
}

impl std::ops::Deref for Locked {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

/// A lock held by someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockHolder {
    /// The process, if the system tells: `kouan (1234)`.
    pub by: Option<String>,
}

impl Journal {
    /// Returns whether the lock is held at this moment, without creating anything or waiting.
    ///
    /// # Errors
    ///
    /// The file does not exist, or the file system has no locks.
    pub fn held(&self) -> io::Result<Option<LockHolder>> {
        let held = is_held(&File::open(self.path())?)?;
        Ok(held.then(|| LockHolder {
            by: holder(self.path()),
        }))
    }

    /// Opens the file, creating it if needed, and locks it. The path names the returned file; the
    /// lock ends when it is dropped.
    pub(super) fn lock(&self) -> Result<Locked, JournalError> {
        let start = Instant::now();
        loop {
            let file = self.open_or_make()?;
            let left = self.lock_limit.saturating_sub(start.elapsed());
            let file = match lock_within(file, left) {
                Ok(Some(file)) => file,
                Ok(None) => {
                    return Err(self.error(JournalFault::Locked {
                        limit: self.lock_limit,
                        holder: holder(self.path()),
                    }));
                }
                Err(e) => return Err(self.io(e)),
            };
            // Replaced while we waited: the lock is on a file that nobody reads any more.
            if is_named(&file, self.path()).map_err(|e| self.io(e))? {
                return Ok(file);
            }
        }
    }

    fn open_or_make(&self) -> Result<File, JournalError> {
        let path = files::follow(self.path()).map_err(|e| self.io(e))?;
        let mut open = OpenOptions::new();
        open.read(true).append(true).custom_flags(OPENING);
        match open.open(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            result => return result.map_err(|e| self.io(e)),
        }
        // A folder that vanished is not created again: somebody removed it.
        let folder = path.parent().unwrap_or(Path::new("/"));
        if self.seen.is_none() {
            files::make_folder(folder).map_err(|e| self.io(e))?;
        }
        // Files made in a team's folder are the team's, whatever the umask.
        let is_shared = folder
            .metadata()
            .is_ok_and(|data| data.mode() & 0o2000 != 0);
        let made = files::make(&path, if is_shared { 0o660 } else { 0o600 });
        made.and_then(|()| open.open(&path)).map_err(|e| self.io(e))
    }
}

/// Flags for opening a journal: a link that got into the path meanwhile is not followed, and a pipe
/// without a writer does not block.
pub(super) const OPENING: i32 = OFlags::NOFOLLOW
    .union(OFlags::NONBLOCK)
    .bits()
    .cast_signed();

/// Returns whether a file's lock is held at this moment, without waiting.
pub(super) fn is_held(file: &File) -> io::Result<bool> {
    match file.try_lock_shared() {
        Ok(()) => file.unlock().map(|()| false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(e)) => Err(e),
    }
}

/// Locks a file, waiting at most `limit`; returns `None` if that was too short.
///
/// The kernel queues waiters, so a thread waits in the kernel, and releases the lock at once if it
/// comes too late.
fn lock_within(file: File, limit: Duration) -> io::Result<Option<Locked>> {
    match file.try_lock() {
        Ok(()) => return Ok(Some(Locked(file))),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(e)) => return Err(e),
    }
    // Without a buffer, a result is either received or not sent at all.
    let (send, receive) = mpsc::sync_channel(0);
    thread::Builder::new()
        .name("kouan-lock".to_owned())
        .spawn(move || {
            let result = file.lock().map(|()| Locked(file));
            // If nobody waits any more, the file is dropped here, and the lock with it.
            let _ = send.send(result);
        })?;
    match receive.recv_timeout(limit) {
        Ok(result) => result.map(Some),
        Err(_) => Ok(None),
    }
}

/// Returns whether the path names this file.
pub(super) fn is_named(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    match path.metadata() {
        Ok(named) => Ok((named.dev(), named.ino()) == (ours.dev(), ours.ino())),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

/// Returns the process that holds the file's lock, from proc(5): `kouan (1234)`.
fn holder(path: &Path) -> Option<String> {
    let inode = format!(":{}", path.metadata().ok()?.ino());
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    // `1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF`; waiters have `->` in front.
    let pid = locks.lines().find_map(|line| {
        let mut words = line.split_ascii_whitespace().skip(1);
        let is_flock = words.next() == Some("FLOCK");
        let pid = words.nth(2)?;
        let file = words.next()?;
        (is_flock && file.ends_with(&inode)).then(|| pid.to_owned())
    })?;
    let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    Some(format!("{} ({pid})", name.trim()).trim().to_owned())
}
