//! Reads the tail since the last read, line by line.

use super::{
    Batch, Journal, JournalError, JournalFault, Unreadable, VERSION,
    lines::{JournalLines, SEAM},
    lock::is_held,
};
use crate::progress::{
    Change,
    change::{self, Flaw},
};
use std::{
    fs::{File, Metadata},
    io,
    os::unix::fs::{FileExt as _, MetadataExt as _},
};

/// How far a file was read.
#[derive(Debug)]
pub(super) struct Seen {
    /// Keeps the inode from being reused.
    file: File,
    /// Start of the first incomplete line.
    pub(super) offset: u64,
    /// The file's size then.
    size: u64,
    /// The file's mtime then; `None` if it was being written to.
    modified: Option<(i64, i64)>,
    /// Number of complete lines.
    lines: usize,
    /// The last bytes before `offset`.
    seam: Vec<u8>,
    /// Whether our header or a change was read; a file without either is not a journal.
    is_headed: bool,
    /// Whether anything else was read.
    is_foreign: bool,
    /// What follows `offset`: usually nothing.
    pub(super) tail: Tail,
}

/// The end of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Tail {
    /// The last line has its end.
    #[default]
    Clean,
    /// The last line may be complete except for its end.
    Unended,
    /// The last line cannot be complete, and so was never acknowledged.
    Torn(Vec<u8>),
}

/// Whether a file is the one seen, with the same beginning.
enum Same {
    Yes,
    No,
    /// It was written to and is locked: the next read will tell.
    Unsure,
}

impl Seen {
    fn new(file: &File) -> io::Result<Self> {
        Ok(Self {
            file: file.try_clone()?,
            offset: 0,
            size: 0,
            modified: None,
            lines: 0,
            seam: Vec::new(),
            is_headed: false,
            is_foreign: false,
            tail: Tail::Clean,
        })
    }

    /// Returns whether `file` is the one seen with the same beginning, as far as one can tell
    /// without reading it. `locked` says that we hold its lock.
    fn is_same(&self, file: &File, locked: bool) -> io::Result<Same> {
        let (then, now) = (self.file.metadata()?, file.metadata()?);
        if (then.dev(), then.ino()) != (now.dev(), now.ino()) || now.len() < self.offset {
            return Ok(Same::No);
        }
        if self.is_rewritten(&now) {
            // Written to without growing: not by an append, unless one is under way, since a write
            // sets the mtime before the size. Appends hold the lock; without locks, nobody appends.
            if !locked && is_held(file).unwrap_or(false) {
                return Ok(Same::Unsure);
            }
            if self.is_rewritten(&file.metadata()?) {
                return Ok(Same::No);
            }
        }
        let mut seam = vec![0; self.seam.len()];
        let start = self.offset - seam.len() as u64;
        let same = file.read_exact_at(&mut seam, start).is_ok() && seam == self.seam;
        Ok(if same { Same::Yes } else { Same::No })
    }

    fn is_rewritten(&self, now: &Metadata) -> bool {
        now.len() == self.size && self.modified.is_some_and(|then| then != modified(now))
    }

    /// Remembers the last bytes before `offset`; `joined` says whether they follow those already
    /// remembered.
    fn remember(&mut self, bytes: &[u8], joined: bool) {
        let last = &bytes[bytes.len().saturating_sub(SEAM)..];
        let room = if joined { SEAM - last.len() } else { 0 };
        let gone = self.seam.len().saturating_sub(room);
        self.seam.drain(..gone);
        self.seam.extend(last);
    }

    /// Records the file's state after everything in it was read or written.
    pub(super) fn note(&mut self, file: &File) -> io::Result<()> {
        let now = file.metadata()?;
        self.size = now.len();
        self.modified = Some(modified(&now));
        Ok(())
    }

    /// Counts the lines that this session wrote at `start`: at `offset`, or after a line without an
    /// end.
    pub(super) fn wrote(&mut self, bytes: &[u8], start: u64, file: &File) -> io::Result<()> {
        if start != self.offset {
            self.offset = start;
            self.seam.clear();
        }
        self.offset += bytes.len() as u64;
        self.lines += bytes.split(|byte| *byte == b'\n').count() - 1;
        self.remember(bytes, true);
        self.tail = Tail::Clean;
        self.is_headed = true;
        self.note(file)
    }
}

fn modified(data: &Metadata) -> (i64, i64) {
    (data.mtime(), data.mtime_nsec())
}

impl Journal {
    /// Reads the unread part of this file into `held`, so that a later error does not lose it. `locked`
    /// says that we hold its lock.
    pub(super) fn scan(&mut self, file: &File, locked: bool) -> Result<(), JournalError> {
        let mut batch = Batch::default();
        let resumed = self.resume(file, locked, &mut batch);
        let Some(mut seen) = resumed.map_err(|source| self.io(source))? else {
            return Ok(());
        };
        let result = self.scan_from(&mut seen, file, &mut batch);
        self.seen = Some(seen);
        result.map(|()| self.held.then(batch))
    }

    /// Returns how far this file was read; the start if it is another file, `None` if that cannot
    /// be determined at this moment.
    fn resume(&mut self, file: &File, locked: bool, batch: &mut Batch) -> io::Result<Option<Seen>> {
        if let Some(seen) = &self.seen {
            match seen.is_same(file, locked)? {
                Same::Yes => return Ok(self.seen.take()),
                Same::Unsure => return Ok(None),
                Same::No => batch.replaced = true,
            }
        }
        self.seen = None;
        self.last_at = None;
        Seen::new(file).map(Some)
    }

    fn scan_from(
        &mut self,
        seen: &mut Seen,
        file: &File,
        batch: &mut Batch,
    ) -> Result<(), JournalError> {
        let now = file.metadata().map_err(|e| self.io(e))?;
        if now.len() == seen.size && seen.modified == Some(modified(&now)) {
            return Ok(());
        }
        let mut lines = JournalLines::new(file, seen.offset, now.len());
        if let Err(error) = self.scan_lines(seen, &mut lines, batch) {
            // How far it was read is known, but not what precedes that.
            seen.seam.clear();
            return Err(error);
        }
        let (last, joined) = lines.last();
        seen.remember(last, joined);
        seen.tail = self.end(seen, lines.rest(), batch)?;
        self.check_kind(seen, file)?;
        seen.size = seen.offset + lines.rest().len() as u64;
        let now = file.metadata().map_err(|e| self.io(e))?;
        // If it has grown since, its mtime says nothing about what was read.
        seen.modified = (now.len() == seen.size).then(|| modified(&now));
        Ok(())
    }

    fn scan_lines(
        &mut self,
        seen: &mut Seen,
        lines: &mut JournalLines<'_>,
        batch: &mut Batch,
    ) -> Result<(), JournalError> {
        while let Some(line) = lines.next().map_err(|e| self.io(e))? {
            self.understand(seen, line, batch)?;
            seen.lines += 1;
            seen.offset += line.len() as u64 + lines.take_skipped();
        }
        Ok(())
    }

    /// Reads one line; the error is a foreign header.
    fn understand(
        &mut self,
        seen: &mut Seen,
        line: &[u8],
        batch: &mut Batch,
    ) -> Result<(), JournalError> {
        let line = plain(line, seen.offset == 0);
        if line.trim_ascii().is_empty() || line == b"---" {
            return Ok(());
        }
        if line.starts_with(b"#") {
            if !seen.is_headed {
                seen.is_headed = self.check(line)?;
                seen.is_foreign = true;
            }
            return Ok(());
        }
        seen.is_foreign = true;
        match read(line) {
            Ok(change) => {
                seen.is_headed = true;
                self.last_at = self.last_at.max(Some(change.at));
                if self.doubtful.contains(&change.id) {
                    self.found.push(change.clone());
                }
                batch.changes.push(change);
            }
            Err(Flaw(why)) => batch.unreadable.push(Unreadable {
                line: seen.lines + 1,
                why,
            }),
        }
        Ok(())
    }

    /// Judges what follows the last line end. It is torn if it begins like our own lines and cannot
    /// be complete; anything else (a line of a later version, somebody's note) stays.
    fn end(
        &mut self,
        seen: &mut Seen,
        rest: &[u8],
        batch: &mut Batch,
    ) -> Result<Tail, JournalError> {
        let line = plain(rest, seen.offset == 0);
        if rest.is_empty() {
            return Ok(Tail::Clean);
        }
        let is_half_header = seen.offset == 0 && self.header().as_bytes().starts_with(line);
        let is_begun = line.starts_with(b"- {") || b"- {".starts_with(line);
        let is_whole = || std::str::from_utf8(line).is_ok_and(change::is_whole);
        let is_half_line = !line.is_empty() && is_begun && !is_whole();
        if is_half_header || is_half_line {
            seen.is_foreign |= is_half_line;
            return Ok(Tail::Torn(rest.to_owned()));
        }
        // Read like any line; counted as one when it gets its end.
        self.understand(seen, rest, batch)?;
        Ok(Tail::Unended)
    }

    /// Refuses a file that is not a journal: it has text, but neither our header nor one change.
    fn check_kind(&self, seen: &Seen, file: &File) -> Result<(), JournalError> {
        if seen.is_headed || !seen.is_foreign {
            return Ok(());
        }
        let mut mark = [0; 2];
        let length = file.read_at(&mut mark, 0).map_err(|e| self.io(e))?;
        Err(self.error(match mark.get(..length) {
            Some(b"\xff\xfe" | b"\xfe\xff") => JournalFault::Utf16,
            _ => JournalFault::NoJournal,
        }))
    }

    /// Refuses a file whose first line is the header of another document or a later version.
    pub(super) fn check_header(&self, file: &File) -> Result<(), JournalError> {
        let mut start = [0; 1024];
        let length = file.read_at(&mut start, 0).map_err(|e| self.io(e))?;
        let lines = start[..length].split(|b| *b == b'\n');
        let mut lines = lines.map(|line| plain(line, true));
        let first = lines.find(|line| !line.trim_ascii().is_empty());
        first.map_or(Ok(()), |line| self.check(line).map(drop))
    }

    /// Returns whether a comment is a header: `# kouan journal 1 · tianjin-2025 · …`.
    fn check(&self, comment: &[u8]) -> Result<bool, JournalError> {
        let comment = String::from_utf8_lossy(comment);
        let Some(header) = comment.strip_prefix("# kouan journal") else {
            return Ok(false);
        };
        let mut parts = header.split(" · ");
        let version = parts.next().unwrap_or_default().trim().parse();
        if let Ok(version) = version
            && version > VERSION
        {
            return Err(self.error(JournalFault::Newer(version)));
        }
        match parts.next().map(str::trim) {
            Some(found) if found != self.document && parts.next().is_some() => {
                Err(self.error(JournalFault::OtherDocument {
                    found: found.to_owned(),
                    expected: self.document.clone(),
                }))
            }
            _ => Ok(true),
        }
    }
}

/// Returns a line without its end, a byte order mark, and the zeros that a system crash can leave
/// before it.
fn plain(line: &[u8], is_first: bool) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let zeros = line.iter().take_while(|b| **b == 0).count();
    let line = &line[zeros..];
    match line.strip_prefix(b"\xef\xbb\xbf") {
        Some(line) if is_first => line,
        _ => line,
    }
}

fn read(line: &[u8]) -> Result<Change, Flaw> {
    let text = std::str::from_utf8(line).map_err(|_| Flaw::UTF8)?;
    Change::read(text)
}
