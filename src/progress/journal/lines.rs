//! The complete lines of a file, read in large pieces.

use memchr::memchr;
use std::{fs::File, io, os::unix::fs::FileExt as _};

/// A longer line is neither written nor kept in memory when read; it counts as unreadable.
pub(super) const LONGEST: usize = 64 << 20;

/// Bytes before the read position that must be unchanged. (An in-place edit further up, together
/// with new lines, is noticed only by the next process: checking everything each time would cost
/// too much.)
pub(super) const SEAM: usize = 4096;

/// The complete lines of a file from an offset on.
pub(super) struct JournalLines<'a> {
    file: &'a File,
    /// Offset of the next read.
    place: u64,
    /// Bytes read, up to `filled`.
    buffer: Vec<u8>,
    filled: usize,
    /// Bytes already returned; the last of them are kept for the seam.
    used: usize,
    /// No line end before this.
    searched: usize,
    /// Bytes dropped from a line that was too long.
    skipped: u64,
    /// Where a line ends whose bytes were dropped: the text before it is incomplete.
    joint: Option<usize>,
    /// Bytes per read.
    chunk: usize,
}

/// Most bytes per read.
const CHUNK: usize = 1 << 16;

impl<'a> JournalLines<'a> {
    /// Reads a file of this size from an offset on. (A larger buffer than a short file fills would
    /// cost a page fault per page.)
    pub(super) fn new(file: &'a File, place: u64, size: u64) -> Self {
        let rest = usize::try_from(size.saturating_sub(place)).unwrap_or(CHUNK);
        Self {
            // One more byte shows that it is the end.
            chunk: rest.saturating_add(1).min(CHUNK),
            file,
            place,
            buffer: Vec::new(),
            filled: 0,
            used: 0,
            searched: 0,
            skipped: 0,
            joint: None,
        }
    }

    /// Returns the next complete line with its end.
    pub(super) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        loop {
            let fresh = &self.buffer[self.searched..self.filled];
            if let Some(end) = memchr(b'\n', fresh) {
                let start = self.used;
                self.used = self.searched + end + 1;
                self.searched = self.used;
                if self.skipped > 0 {
                    self.joint = Some(self.used);
                }
                return Ok(self.buffer.get(start..self.used));
            }
            self.searched = self.filled;
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Reads on; returns whether there was anything.
    fn fill(&mut self) -> io::Result<bool> {
        if self.filled - self.used > LONGEST {
            // The middle is enough to be unreadable.
            self.skipped += (self.filled - self.used - 1) as u64;
            self.filled = self.used + 1;
            self.searched = self.filled;
        }
        let gone = self.used.saturating_sub(SEAM);
        self.buffer.copy_within(gone..self.filled, 0);
        self.filled -= gone;
        self.used -= gone;
        self.searched -= gone;
        self.joint = self.joint.map(|joint| joint.saturating_sub(gone));
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.filled + self.chunk, 0);
        }
        let room = &mut self.buffer[self.filled..];
        let count = loop {
            match self.file.read_at(room, self.place) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                count => break count?,
            }
        };
        self.filled += count;
        self.place += count as u64;
        Ok(count > 0)
    }

    pub(super) fn take_skipped(&mut self) -> u64 {
        std::mem::take(&mut self.skipped)
    }

    /// Returns the bytes after the last line end.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.used..self.filled]
    }

    /// Returns the last bytes of the lines, and whether no bytes of the lines were dropped.
    pub(super) fn last(&self) -> (&[u8], bool) {
        let start = self.used.saturating_sub(SEAM);
        let last = &self.buffer[start.max(self.joint.unwrap_or(0))..self.used];
        (last, self.joint.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;

    fn file(text: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text).unwrap();
        file
    }

    proptest! {
        #[test]
        fn pieces_of_any_size_give_the_same_lines(
            text in prop::collection::vec("[a-c]{0,40}|[d]{5000}", 0..40),
            ended: bool,
            from in 0..60usize,
            chunk in 1..9000usize,
        ) {
            let mut text = text.join("\n").into_bytes();
            if ended {
                text.push(b'\n');
            }
            let from = from.min(text.len());
            let file = file(&text);
            let mut lines = JournalLines { chunk, ..JournalLines::new(&file, from as u64, 0) };
            let mut read: Vec<u8> = Vec::new();
            while let Some(line) = lines.next().unwrap() {
                prop_assert_eq!(memchr::memchr(b'\n', line), Some(line.len() - 1));
                read.extend(line);
                let upto = &text[from..from + read.len()];
                let (last, joined) = lines.last();
                prop_assert_eq!(last, &upto[upto.len().saturating_sub(SEAM)..]);
                prop_assert!(joined);
            }
            prop_assert_eq!(lines.rest(), &text[from + read.len()..]);
            read.extend(lines.rest());
            prop_assert_eq!(&read, &text[from..]);
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_dropped_and_the_next_one_is_read() {
        let mut text = b"a\n".to_vec();
        text.resize(LONGEST + 3 * CHUNK, b'b');
        text.extend(b"\nc\n");
        let file = file(&text);
        let mut lines = JournalLines::new(&file, 0, text.len() as u64);
        let mut place = 0;
        let mut lengths = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            lengths.push(line.len());
            place += line.len() as u64 + lines.take_skipped();
        }
        assert_eq!(place, text.len() as u64);
        assert!(lengths[0] == 2 && lengths[1] < 4 * CHUNK && lengths[2] == 2);
        assert_eq!(lines.last(), (&b"c\n"[..], false));
    }
}
