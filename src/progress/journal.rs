//! The journal file: append only, one change a line.
//!
//! Why append only: a line that was acknowledged is never touched again, so no crash, full disk or
//! second session can lose it; the file is its own audit trail; and `merge=union` merges it. What
//! several sessions must not do at once is done under a lock; reading never waits for it.
//!
//! # The file, version 1
//!
//! UTF-8, a line ends with `\n`. The first line is a comment that names the version and the document;
//! each line after it is one change set, a JSON mapping behind `- `, so that the whole is a YAML
//! block sequence of flow mappings:
//!
//! ```text
//! # kouan journal 1 · tianjin-2025 · one change a line, append only
//! - {"at":"2026-11-23T10:12:05.123+08:00","by":"zhangsan","session":"4hq2","id":"k7f3q2xm4a","clause":"1.1","status":"done"}
//! - {"at":…,"by":…,"session":…,"id":…,"edits":[{"clause":"16.3","status":"blocked","remark":"无接口"},{"clause":"16.4","due":"2026-12-31"}]}
//! - {"at":…,"by":…,"session":…,"id":…,"retract":"k7f3q2xm4a"}
//! ```
//!
//! | field | means |
//! | --- | --- |
//! | `at` | RFC 3339, milliseconds; orders changes, compared as instants; later than every `at` above it |
//! | `clock` | what the clock said, where `at` had to be over a second away from it |
//! | `by`, `session` | who; which process, or what `KOUAN_SESSION` says |
//! | `id` | 10 base-32 characters; a line without one takes a hash of its bytes |
//! | `clause` | `16.3`, or `16.3/k2` for a step |
//! | `status` | `todo` `doing` `done` `closed` `ongoing` `blocked` `dropped` |
//! | `due` | a date, `"long"`, or null |
//! | `owner` | a text, or null |
//! | `remark`, `kind` | a text; `progress` (which may be left out), `problem`, `next` |
//! | `step`, `text` | adds a step of this name to the clause |
//! | `edits` | several of these, all or nothing |
//! | `retract` | takes out the change of this id, which stands before this one in order |
//!
//! What is promised, of every later version too:
//!
//! - A line that was written is never changed, moved or removed, not even one that can't be read.
//! - A line dated after the year 2199 is kept and not read: nothing could come after it.
//! - Every line of version 1 is read as it is read today (`tests/commands/upgrade.rs` holds such files).
//! - What it means depends neither on the order of lines nor on how often one stands there.
//! - Unknown fields are kept and ignored; a clause that the document lacks is kept and reported.
//! - A file whose header names a later version, or another document, is refused whole.
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
pub use error::JournalError;
pub use lock::Held;

/// The version of the format that this program writes, and the latest that it reads.
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
    /// What an append read that then failed, for the next read.
    held: Batch,
    /// Ids of lines that were written but not made durable, and could not be cut back.
    doubtful: Vec<ChangeId>,
    /// Those of them that were read since.
    found: Vec<Change>,
}

/// What a read found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The changes read, in file order. A complete last line without an end is read again each
    /// time, and may be followed by itself.
    pub changes: Vec<Change>,
    /// The lines that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Whether the path names another file than before (an editor or git replaced it), so that
    /// `changes` holds all of the new file.
    pub replaced: bool,
}

/// A line that could not be read: it is kept in the file and counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line's number, counted from 1.
    pub line: usize,
    /// Why, as a message key.
    pub why: &'static str,
}

impl Batch {
    /// Returns whether there is anything in it that others wrote.
    pub const fn is_news(&self) -> bool {
        self.replaced || !self.changes.is_empty()
    }

    /// Puts what was read later behind this.
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
    /// Opens the journal of a document; a file that is not there yet is an empty journal.
    ///
    /// # Errors
    ///
    /// Where the file cannot be opened, or its header names another document or a later version.
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

    /// Writes through this from now on (tests put failing disks here).
    #[must_use]
    pub fn with_disk(mut self, disk: impl Disk + 'static) -> Self {
        self.disk = Box::new(disk);
        self
    }

    /// Waits no longer than this for another session's append.
    #[must_use]
    pub const fn with_lock_limit(mut self, limit: Duration) -> Self {
        self.lock_limit = limit;
        self
    }

    /// Waits no longer than this for another session's append, from now on.
    pub const fn limit_lock(&mut self, limit: Duration) {
        self.lock_limit = limit;
    }

    /// Returns the file's path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads what was appended since the last read (all, the first time). Never blocks on a lock.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or is now another document's.
    pub fn read(&mut self) -> Result<Batch, JournalError> {
        let mut changes = Vec::new();
        let mut batch = self.read_each(&mut |change| changes.push(change))?;
        batch.changes = changes;
        Ok(batch)
    }

    /// Reads as [`Journal::read`] does, but hands over each change as it is read; the batch's
    /// `changes` stays empty. It is for the first read. (Where a file was replaced, one knows too
    /// late.)
    ///
    /// # Errors
    ///
    /// As [`Journal::read`]; changes handed over before the error are good.
    pub fn read_each(&mut self, take: &mut dyn FnMut(Change)) -> Result<Batch, JournalError> {
        let mut held = std::mem::take(&mut self.held);
        // Where it is gone, or not there yet, what was read stays until another file is there.
        let Some(file) = self.look()? else {
            held.changes.drain(..).for_each(take);
            return Ok(held);
        };
        if held.changes.is_empty() {
            held.then(self.scan(&file, false, take)?);
            return Ok(held);
        }
        let mut later = Vec::new();
        let mut batch = self.scan(&file, false, &mut |change| later.push(change))?;
        batch.changes = later;
        held.then(batch);
        held.changes.drain(..).for_each(take);
        Ok(held)
    }

    /// Appends drafts, each one line, in one write, durably: under the lock, after what others
    /// appended has been read, with an `at` later than all. Returns the lines as written, and what
    /// others had appended before.
    ///
    /// # Errors
    ///
    /// Where the lock is held too long, or a write fails: then nothing was appended, what others
    /// appended comes with the next read, and the same drafts may be tried again.
    pub fn append(
        &mut self,
        drafts: &[Draft],
        now: &ZonedDateTime,
    ) -> Result<(Vec<Change>, Batch), JournalError> {
        let appended = self.append_unless(drafts, now, &mut |_| false)?;
        Ok(appended.unwrap_or_default())
    }

    /// Appends as [`Journal::append`] does, unless others appended news meanwhile: then nothing is
    /// written and nothing returned, and what they appended comes with the next read. For what was
    /// decided on the state read before: who decides anew and tries again appends nothing that does
    /// not follow from all that stands above it.
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
        self.catch_up(&file)?;
        // All are shown to it: it may take them in.
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

    /// Appends those of the lines that the file does not have, word for word, durably: what other
    /// machines wrote. Only a journal that has read nothing yet knows what the file has. Returns
    /// how many were appended.
    ///
    /// # Errors
    ///
    /// As [`Journal::append`].
    pub fn union(&mut self, lines: &[Box<str>]) -> Result<usize, JournalError> {
        if lines.is_empty() {
            return Ok(0);
        }
        let file = self.lock()?;
        self.catch_up(&file)?;
        let mut known: std::collections::HashSet<&str> =
            self.held.changes.iter().map(|c| &*c.line).collect();
        let missing = lines.iter().map(|l| &**l);
        let missing: Vec<&str> = missing.filter(|l| known.insert(l)).collect();
        let count = missing.len();
        let result = self.put(file, &missing);
        self.after_put(result, &[])?;
        Ok(count)
    }

    /// Reads under the lock what was not read yet, into `held`, so that an error later on does not
    /// lose it.
    fn catch_up(&mut self, file: &File) -> Result<(), JournalError> {
        let mut changes = Vec::new();
        let mut batch = self.scan(file, true, &mut |change| changes.push(change))?;
        batch.changes = changes;
        self.held.then(batch);
        Ok(())
    }

    /// Makes the lines. A draft whose line is in the file already (an earlier try was written
    /// after all) is that line.
    fn compose(&self, drafts: &[Draft], now: &ZonedDateTime) -> Result<Vec<Change>, JournalError> {
        let mut last = self.last_at;
        let compose = |draft: &Draft| {
            if let Some(found) = self.found.iter().find(|c| c.id == draft.id) {
                return Ok(found.clone());
            }
            draft.check().map_err(JournalError::TooLong)?;
            let at = change::next_at(now.timestamp(), last);
            // Nobody would read it.
            if at >= change::END {
                return Err(self.end_of_time());
            }
            last = Some(at);
            let change = draft.at(at, change::clock(now.timestamp(), at), now.offset());
            if change.line.len() > lines::LONGEST {
                return Err(JournalError::TooLong(TooLong::CHANGE));
            }
            Ok(change)
        };
        drafts.iter().map(compose).collect()
    }

    /// Says which line stands at the end of the calendar.
    fn end_of_time(&self) -> JournalError {
        let text = std::fs::read(&self.path).unwrap_or_default();
        let mut lines = text.split(|byte| *byte == b'\n');
        let is_last = |line: &[u8]| {
            let change = std::str::from_utf8(line).ok().map(Change::read);
            change.is_some_and(|c| c.is_ok_and(|c| Some(c.at) >= self.last_at))
        };
        JournalError::EndOfTime {
            path: self.path.clone(),
            line: lines.position(is_last).map_or(1, |line| line + 1),
        }
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

    fn io(&self, source: io::Error) -> JournalError {
        let owner = (source.raw_os_error() == Some(rustix::io::Errno::ACCESS.raw_os_error()))
            .then(|| files::owner(&self.path));
        match owner.flatten() {
            Some((path, owner)) => JournalError::Denied { path, owner },
            None => JournalError::Io {
                path: self.path.clone(),
                source,
            },
        }
    }

    /// Opens the file to be read, if it is there.
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

    /// Returns what is wrong where the file that was read is not there any more. The next append
    /// would make another.
    pub fn loss(&self) -> Option<JournalError> {
        let is_gone = self.seen.is_some() && matches!(self.look(), Ok(None));
        is_gone.then(|| JournalError::Gone {
            path: self.path.clone(),
        })
    }

    /// Returns the first line of a new journal.
    fn header(&self) -> String {
        let document = &self.document;
        format!("# kouan journal {VERSION} · {document} · one change a line, append only\n")
    }
}

#[cfg(test)]
mod tests;
