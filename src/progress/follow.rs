//! Follows a journal that others append to.
//!
//! The kernel reports changes (inotify), so an idle session sleeps. The folder is watched, not the
//! file, because an editor or git replaces the file. inotify is used directly: the crate `notify`
//! panics if its thread can't be started.

use crate::files::make_folder;
use crate::locale::Lang;
use rustix::io::Errno;
use std::{
    io,
    os::fd::OwnedFd,
    path::{Path, PathBuf},
};

#[cfg(all(target_os = "linux", not(kouan_portable)))]
mod inotify;

/// A watch on a journal, until dropped.
#[derive(Debug)]
pub struct Follower {
    /// The thread ends when this end of its pipe is closed.
    _end: OwnedFd,
    sees_all: bool,
}

/// Why a journal cannot be watched, so that its tail must be polled.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch {path}: {source}", path = path.display())]
pub struct FollowError {
    /// The journal.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl FollowError {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        // Here `EMFILE` and `ENOSPC` mean inotify's own limits.
        let reason = match self.source.kind() {
            io::ErrorKind::StorageFull => lang.text("journal.follow.used-up").to_owned(),
            _ if self.source.raw_os_error() == Some(Errno::MFILE.raw_os_error()) => {
                lang.text("journal.follow.used-up").to_owned()
            }
            _ => lang.system(&self.source),
        };
        lang.fill(
            "journal.follow.error",
            &[("path", &self.path.display()), ("error", &reason)],
        )
    }
}

impl Follower {
    /// Calls `changed` on a thread of its own whenever the journal is written, created, replaced or
    /// removed (by this session too), with whether later changes will be seen. Creates the folder
    /// if needed.
    ///
    /// # Errors
    ///
    /// The system cannot watch the folder: no inotify, its limits are used up, or no thread.
    pub fn new(
        path: &Path,
        changed: impl FnMut(bool) + Send + 'static,
    ) -> Result<Self, FollowError> {
        match names(path).and_then(|files| watch(&files, changed)) {
            Ok((end, sees_all)) => Ok(Self {
                _end: end,
                sees_all,
            }),
            Err(source) => Err(FollowError {
                path: path.to_owned(),
                source,
            }),
        }
    }

    /// Returns whether every change is seen. On a network file system those of other machines are
    /// not, and the tail must be polled.
    pub const fn sees_all(&self) -> bool {
        self.sees_all
    }
}

#[cfg(all(target_os = "linux", not(kouan_portable)))]
use inotify::watch;

/// Fails: kqueue and its like report too little, so the tail is polled.
#[cfg(not(all(target_os = "linux", not(kouan_portable))))]
fn watch(_: &[PathBuf], _: impl FnMut(bool) + Send + 'static) -> io::Result<(OwnedFd, bool)> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Returns the paths under which the file changes: its own, and the target if it is a link.
fn names(path: &Path) -> io::Result<Vec<PathBuf>> {
    let file = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    make_folder(folder)?;
    let mut names = vec![folder.canonicalize()?.join(file)];
    if let Ok(real) = path.canonicalize()
        && !names.contains(&real)
    {
        names.push(real);
    }
    Ok(names)
}

#[cfg(test)]
#[cfg(all(target_os = "linux", not(kouan_portable)))]
mod tests;
