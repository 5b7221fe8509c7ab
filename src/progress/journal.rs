//! The journal file: append only, one change per line.
//!
//! Why append only: an acknowledged line is never touched again, so no crash, full disk or second
//! session can lose it; the file is its own audit trail; and `merge=union` merges it. Appends take
//! a lock; reading never waits for it.
//!
//! The fields of a line and their promises are in `docs/format.md`.
//!
//! ```
//! use kouan::progress::{Change, Status};
//!
//! let line = r#"- {"at":"2026-11-23T10:12:05.123+08:00","by":"zhangsan","id":"k7f3q2xm4a","clause":"1.1","status":"done","later":[1]}"#;
//! let change = Change::read(line).expect("version 1 is always read");
//! assert_eq!(change.by, "zhangsan");
//! assert_eq!(change.edits()[0].status, Some(Status::Done));
//! ```

use super::{
    Change, ChangeId, Draft,
    change::{self, TooLong},
};
use crate::files;
use jiff::{Timestamp, ZonedDateTime};
use std::{
    fs::{File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    time::Duration,
};
use tail::Seen;

mod copies;
mod disk;
mod error;
mod lines;
mod lock;
mod tail;

pub use disk::{Disk, RealDisk};
pub use error::{JournalError, JournalFault};
pub use lock::LockHolder;

/// Version of the format, the latest that is read.
const VERSION: u32 = 1;

/// How long an append waits for another session's.
const LOCK_LIMIT: Duration = Duration::from_secs(10);

/// An open journal: the file, and how far it has been read.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    document: String,
    disk: Box<dyn Disk>,
    lock_limit: Duration,
    seen: Option<Seen>,
    /// The latest `at` in the file.
    last_at: Option<Timestamp>,
    /// Read by an append that then failed; returned by the next read.
    held: Batch,
    /// Ids of lines that were written but neither made durable nor cut back.
    doubtful: Vec<ChangeId>,
    /// Those of them that were read since.
    found: Vec<Change>,
}

/// The result of a read.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The changes in file order. A complete last line without a line end is returned again by each
    /// read.
    pub changes: Vec<Change>,
    /// Lines that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Whether the path names another file than before (replaced by an editor or git), so that
    /// `changes` holds all of the new file.
    pub replaced: bool,
}

/// A line that could not be read; it stays in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line's number, counted from 1.
    pub line: usize,
    /// Why, as a message key.
    pub why: &'static str,
}

impl Batch {
    /// Returns whether it holds anything that others wrote.
    pub const fn is_news(&self) -> bool {
        self.replaced || !self.changes.is_empty()
    }

    /// Appends a later read.
    fn then(&mut self, later: Self) {
        if later.replaced {
            *self = later;
            return;
        }
        self.changes.extend(later.changes);
        self.unreadable.extend(later.unreadable);
    }
}

impl Journal {
    /// Opens a document's journal; a missing file is an empty journal.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, or its header names another document or a later version.
    pub fn open(path: &Path, document: &str) -> Result<Self, JournalError> {
        let journal = Self {
            path: path.to_owned(),
            document: document.to_owned(),
            disk: Box::new(RealDisk),
            lock_limit: LOCK_LIMIT,
            seen: None,
            last_at: None,
            held: Batch::default(),
            doubtful: Vec::new(),
            found: Vec::new(),
        };
        if let Some(file) = journal.look()? {
            journal.check_header(&file)?;
        }
        Ok(journal)
    }

    /// Uses another disk from now on; tests put failing ones here.
    #[must_use]
    pub fn with_disk(mut self, disk: impl Disk + 'static) -> Self {
        self.disk = Box::new(disk);
        self
    }

    /// Limits the wait for another session's append.
    #[must_use]
    pub const fn with_lock_limit(mut self, limit: Duration) -> Self {
        self.lock_limit = limit;
        self
    }

    /// Limits the wait for another session's append from now on.
    pub const fn limit_lock(&mut self, limit: Duration) {
        self.lock_limit = limit;
    }

    /// Returns the file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads what was appended since the last read (everything, the first time). Never blocks on a
    /// lock.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is now another document's.
    pub fn read(&mut self) -> Result<Batch, JournalError> {
        // If the file is missing, what was read stays until another appears.
        if let Some(file) = self.look()? {
            self.scan(&file, false)?;
        }
        Ok(std::mem::take(&mut self.held))
    }

    /// Appends drafts, one line each, durably and in one write: under the lock, after reading what
    /// others appended, with an `at` later than all. Returns the lines as written, and what others
    /// had appended before.
    ///
    /// # Errors
    ///
    /// The lock is held too long, or a write fails. Then nothing was appended, others' changes come
    /// with the next read, and the same drafts may be tried again.
    pub fn append(
        &mut self,
        drafts: &[Draft],
        now: &ZonedDateTime,
    ) -> Result<(Vec<Change>, Batch), JournalError> {
        let appended = self.append_unless(drafts, now, &mut |_| false)?;
        Ok(appended.unwrap_or_default())
    }

    /// Appends like [`Journal::append`], unless others have appended news: then returns `None`, and
    /// their changes come with the next read. For changes decided on an earlier state: the caller
    /// decides again and retries, so that nothing is appended that does not follow from all lines
    /// above it.
    ///
    /// # Errors
    ///
    /// As [`Journal::append`].
    pub fn append_unless(
        &mut self,
        drafts: &[Draft],
        now: &ZonedDateTime,
        is_news: &mut dyn FnMut(&Change) -> bool,
    ) -> Result<Option<(Vec<Change>, Batch)>, JournalError> {
        let file = self.lock()?;
        self.scan(&file, true)?;
        // It sees all of them: it may insert them.
        if self.held.changes.iter().filter(|c| is_news(c)).count() > 0 {
            return Ok(None);
        }
        let changes = self.compose(drafts, now)?;
        let lines = changes.iter().filter(|c| !self.found.contains(c));
        let lines: Vec<&str> = lines.map(|c| &*c.line).collect();
        let result = self.put(file, &lines);
        self.after_put(result, &changes)?;
        Ok(Some((changes, std::mem::take(&mut self.held))))
    }

    /// Durably appends those lines, written by other machines, that the file does not have word for
    /// word; returns their number. Call it before any other read, so that all lines are known.
    ///
    /// # Errors
    ///
    /// As [`Journal::append`].
    pub fn union(&mut self, lines: &[Box<str>]) -> Result<usize, JournalError> {
        if lines.is_empty() {
            return Ok(0);
        }
        let file = self.lock()?;
        self.scan(&file, true)?;
        let mut known: std::collections::HashSet<&str> =
            self.held.changes.iter().map(|c| &*c.line).collect();
        let missing = lines.iter().map(|l| &**l);
        let missing: Vec<&str> = missing.filter(|l| known.insert(l)).collect();
        let count = missing.len();
        let result = self.put(file, &missing);
        self.after_put(result, &[])?;
        Ok(count)
    }

    /// Composes the lines. A draft whose line is already in the file (an earlier try was written
    /// after all) becomes that line.
    fn compose(&self, drafts: &[Draft], now: &ZonedDateTime) -> Result<Vec<Change>, JournalError> {
        let mut last = self.last_at;
        let compose = |draft: &Draft| {
            if let Some(found) = self.found.iter().find(|c| c.id == draft.id) {
                return Ok(found.clone());
            }
            draft
                .check()
                .map_err(|long| self.error(JournalFault::TooLong(long)))?;
            let at = change::next_at(now.timestamp(), last);
            // No version would read it.
            if at >= change::END {
                return Err(self.end_of_time());
            }
            last = Some(at);
            let change = draft.at(at, change::clock(now.timestamp(), at), now.offset());
            if change.line.len() > lines::LONGEST {
                return Err(self.error(JournalFault::TooLong(TooLong::CHANGE)));
            }
            Ok(change)
        };
        drafts.iter().map(compose).collect()
    }

    /// Returns the error that names the line at the end of the calendar.
    fn end_of_time(&self) -> JournalError {
        let text = std::fs::read(&self.path).unwrap_or_default();
        let mut lines = text.split(|byte| *byte == b'\n');
        let is_last = |line: &[u8]| {
            let change = std::str::from_utf8(line).ok().map(Change::read);
            change.is_some_and(|c| c.is_ok_and(|c| Some(c.at) >= self.last_at))
        };
        let line = lines.position(is_last).map_or(1, |line| line + 1);
        self.error(JournalFault::EndOfTime(line))
    }

    fn after_put(
        &mut self,
        result: Result<(), (JournalError, bool)>,
        changes: &[Change],
    ) -> Result<(), JournalError> {
        match result {
            Ok(()) => {
                self.doubtful.clear();
                self.found.clear();
                let latest = changes.iter().map(|c| c.at).max();
                self.last_at = self.last_at.max(latest);
                Ok(())
            }
            Err((error, cut)) => {
                if !cut {
                    self.doubtful.extend(changes.iter().map(|c| c.id.clone()));
                }
                Err(error)
            }
        }
    }

    fn error(&self, fault: JournalFault) -> JournalError {
        let path = self.path.clone();
        JournalError { path, fault }
    }

    fn io(&self, source: io::Error) -> JournalError {
        let owner = (source.raw_os_error() == Some(rustix::io::Errno::ACCESS.raw_os_error()))
            .then(|| files::owner(&self.path));
        match owner.flatten() {
            Some((path, owner)) => JournalError {
                path,
                fault: JournalFault::Denied(owner),
            },
            None => self.error(JournalFault::Io(source)),
        }
    }

    /// Opens the file for reading, if it exists.
    fn look(&self) -> Result<Option<File>, JournalError> {
        let mut open = OpenOptions::new();
        open.read(true).custom_flags(lock::OPENING);
        let file = files::follow(&self.path).and_then(|path| open.open(path));
        let file = match file {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(self.io(e)),
        };
        let kind = file.metadata().map_err(|e| self.io(e))?.file_type();
        if !kind.is_file() && !kind.is_dir() {
            return Err(self.io(io::ErrorKind::NotSeekable.into()));
        }
        Ok(Some(file))
    }

    /// Returns an error if the file that was read has vanished; the next append would create
    /// another.
    pub fn loss(&self) -> Option<JournalError> {
        let is_gone = self.seen.is_some() && matches!(self.look(), Ok(None));
        is_gone.then(|| self.error(JournalFault::Gone))
    }

    /// Returns the first line of a new journal.
    fn header(&self) -> String {
        let document = &self.document;
        format!("# kouan journal {VERSION} · {document} · one change a line, append only\n")
    }
}

#[cfg(test)]
mod tests;
