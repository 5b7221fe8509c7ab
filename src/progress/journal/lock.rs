//! The lock that one append holds, and the file that it is on.

use super::{Journal, JournalError};
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

/// The file that an append writes to. The lock ends with this: it belongs to the open file, which
/// `Seen` keeps, so closing is not enough.
#[derive(Debug)]
pub(super) struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        // Where this fails, the lock ends with the process.
        let _ = self.0.unlock();
    }
}

impl std::ops::Deref for Locked {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

/// A lock that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who, where the system tells: `kouan (1234)`.
    pub by: Option<String>,
}

impl Journal {
    /// Tells whether somebody holds the lock at this moment. Nothing is made, and nobody is waited
    /// for.
    ///
    /// # Errors
    ///
    /// Where the file is not there, or the file system knows no locks.
    pub fn held(&self) -> io::Result<Option<Held>> {
        let held = is_held(&File::open(self.path())?)?;
        Ok(held.then(|| Held {
            by: holder(self.path()),
        }))
    }

    /// Opens the file (making it where it is not there) and locks it. The file that is returned
    /// is the one that the path names; the lock ends when it is dropped.
    pub(super) fn lock(&self) -> Result<Locked, JournalError> {
        let start = Instant::now();
        loop {
            let file = self.open_or_make()?;
            let left = self.lock_limit.saturating_sub(start.elapsed());
            let file = match lock_within(file, left) {
                Ok(Some(file)) => file,
                Ok(None) => return Err(self.locked()),
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
        // A folder that vanished beneath us is not made again: somebody took it away.
        let folder = path.parent().unwrap_or(Path::new("/"));
        if self.seen.is_none() {
            files::make_folder(folder).map_err(|e| self.io(e))?;
        }
        // What is made for a team is for the team, whatever the umask.
        let is_shared = folder
            .metadata()
            .is_ok_and(|data| data.mode() & 0o2000 != 0);
        let made = files::make(&path, if is_shared { 0o660 } else { 0o600 });
        made.and_then(|()| open.open(&path)).map_err(|e| self.io(e))
    }

    fn locked(&self) -> JournalError {
        JournalError::Locked {
            path: self.path().to_owned(),
            limit: self.lock_limit,
            holder: holder(self.path()),
        }
    }
}

/// How a journal is opened: a link that came into the path meanwhile is not followed, and nobody is
/// waited for to write to a pipe.
pub(super) const OPENING: i32 = OFlags::NOFOLLOW
    .union(OFlags::NONBLOCK)
    .bits()
    .cast_signed();

/// Tells whether somebody holds the lock of a file at this moment; nobody is waited for.
pub(super) fn is_held(file: &File) -> io::Result<bool> {
    match file.try_lock_shared() {
        Ok(()) => file.unlock().map(|()| false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(e)) => Err(e),
    }
}

/// Locks a file, waiting no longer than `limit`; returns it, or nothing where it was in vain.
///
/// The kernel keeps a queue of those who wait, so it is the kernel that is waited for, by a thread
/// that gives the lock straight back if it comes too late.
fn lock_within(file: File, limit: Duration) -> io::Result<Option<Locked>> {
    match file.try_lock() {
        Ok(()) => return Ok(Some(Locked(file))),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(e)) => return Err(e),
    }
    // Without a buffer, a result is taken by us or not sent at all.
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

/// Returns the process that holds a lock on the file, as proc(5) tells: `kouan (1234)`.
fn holder(path: &Path) -> Option<String> {
    let inode = format!(":{}", path.metadata().ok()?.ino());
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    // `1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF`; those who wait have `->` in front.
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
