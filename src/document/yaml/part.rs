//! Reading a few clauses of a document without the rest. May use: `fast`, `document`, `text`.
//!
//! Clauses stand in the order of their ids, each on lines of its own, so one is found by halving,
//! as a word in a dictionary. The lines found are put under the document's own head and read by the
//! line reader, so that the same rules hold for them. Where anything is otherwise (another form,
//! ids that do not ascend, none of this number) nothing is read, and whoever asked reads all.
//!
//! What is not read is not checked: a mistake elsewhere in the file is told by whatever shows it.

use super::fast;
use crate::{
    document::{ClauseId, Document},
    text::find_byte,
};
use std::{fmt::Write as _, fs::File, io};

/// How much is read at once, in bytes: several clauses, mostly.
const WINDOW: usize = 4 << 10;

/// The most that is read to find the end of something.
const MOST: usize = 1 << 20;

/// How the first line of a clause begins.
const ITEM: &[u8] = b"    - id: '";

/// The line above the first clause of a measure.
const LIST: &[u8] = b"\n    clauses:\n";

/// How what follows a measure's last clause begins. (A comment may stand between two of one measure.)
const AFTER: [&[u8]; 4] = [
    b"  - number: ",
    b"- number: ",
    b"trailer: ",
    b"corrections:",
];

/// What a document is read from, wherever one looks.
pub(in crate::document) trait Source {
    /// Reads from a place on, as [`FileExt::read_at`](std::os::unix::fs::FileExt::read_at) does.
    fn read_at(&self, buffer: &mut [u8], place: u64) -> io::Result<usize>;
}

impl Source for File {
    fn read_at(&self, buffer: &mut [u8], place: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, buffer, place)
    }
}

impl Source for &str {
    fn read_at(&self, buffer: &mut [u8], place: u64) -> io::Result<usize> {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let rest = self.as_bytes().get(place..).unwrap_or_default();
        io::Read::read(&mut &*rest, buffer)
    }
}

/// Reads the head, and the clauses whose ids begin with these numbers: `[16]` for a measure, `[16, 3]`
/// for a clause; the headings above them are left out. Nothing where one of them is not found; a
/// clause is not looked for by itself where its measure is wanted too.
pub(super) fn read(source: &dyn Source, size: u64, wanted: &[Vec<u32>]) -> Option<Document> {
    let lines = Lines { source, size };
    let mut wanted = wanted.to_vec();
    wanted.sort();
    wanted.dedup_by(|later, one| later.starts_with(one));
    let head = lines.look(0, |bytes, _| {
        let mut length = 0;
        loop {
            let rest = bytes.get(length..)?;
            length += find_byte(b'\n', rest)? + 1;
            if rest.starts_with(b"chapters:\n") {
                return bytes.get(..length);
            }
        }
    })?;
    let start = head.len() as u64;
    let first = lines.next(start)?.1?;
    let mut text = String::from_utf8(head).ok()?;
    let mut above = None;
    for numbers in &wanted {
        let place = lines.find(start, numbers, depth(first))?;
        let is_measure = numbers.len() < depth(first);
        if is_measure {
            lines.is_first(place)?;
        }
        let ends_at = |line: &[u8]| {
            let is_next = !is_measure && line.starts_with(ITEM);
            is_next || AFTER.iter().any(|after| line.starts_with(after))
        };
        let found = lines.look(place, |bytes, ends| extent(bytes, ends, numbers, ends_at))?;
        push_headings(&mut text, numbers, depth(first), &mut above);
        text.push_str(std::str::from_utf8(&found).ok()?);
    }
    fast::read(text.strip_prefix('\u{feff}').unwrap_or(&text))
}

/// Puts the headings that the reader wants above a clause, where they are others than `above`.
fn push_headings(text: &mut String, numbers: &[u32], depth: usize, above: &mut Option<(u32, u32)>) {
    let (chapter, measure) = match (depth, numbers) {
        (3, [chapter, measure, ..]) => (*chapter, *measure),
        (_, [measure, ..]) => (1, *measure),
        _ => return,
    };
    if above.is_none_or(|(last, _)| last != chapter) {
        let _ = writeln!(text, "- number: {chapter}\n  title: ''\n  measures:");
    }
    if *above != Some((chapter, measure)) {
        let _ = writeln!(text, "  - number: {measure}\n    title: ''\n    clauses:");
    }
    *above = Some((chapter, measure));
}

/// Returns how many numbers an id has.
const fn depth(id: ClauseId) -> usize {
    if id.chapter() == 0 { 2 } else { 3 }
}

/// Returns as many of an id's numbers as these are, to be compared with them.
fn beginning(id: ClauseId, numbers: &[u32]) -> Vec<u32> {
    let all = [id.chapter(), id.measure(), id.clause()];
    let own = all.iter().skip(3 - depth(id));
    own.take(numbers.len()).copied().collect()
}

/// Returns the id of a clause, if this is its first line.
fn id(line: &[u8]) -> Option<ClauseId> {
    let id = line.strip_prefix(ITEM)?.strip_suffix(b"'\n")?;
    std::str::from_utf8(id).ok()?.parse().ok()
}

/// Returns the lines of the clauses at the beginning of these bytes whose ids begin with the
/// numbers; nothing where they may go on beyond, or what follows is none of what they may end at. `ends`
/// tells that the file ends with these bytes.
fn extent<'a>(
    bytes: &'a [u8],
    ends: bool,
    numbers: &[u32],
    ends_at: impl Fn(&[u8]) -> bool,
) -> Option<&'a [u8]> {
    let mut length = 0;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        line.strip_suffix(b"\n")?;
        let inside = line.starts_with(b"      ")
            || id(line).is_some_and(|id| beginning(id, numbers) == numbers);
        if !inside {
            return bytes.get(..length).filter(|_| ends_at(line));
        }
        length += line.len();
    }
    bytes.get(..length).filter(|_| ends)
}

/// The lines of a document of this size, in bytes.
struct Lines<'a> {
    source: &'a dyn Source,
    size: u64,
}

impl Lines<'_> {
    /// Reads from a place on, more and more, until something is found there: `find` is told whether
    /// the file ends with these bytes.
    fn look(
        &self,
        place: u64,
        find: impl for<'a> Fn(&'a [u8], bool) -> Option<&'a [u8]>,
    ) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        loop {
            let filled = bytes.len();
            bytes.resize(2 * filled.max(WINDOW / 2), 0);
            let count = self.fill(bytes.get_mut(filled..)?, place + filled as u64)?;
            bytes.truncate(filled + count);
            let ends = self.ends(place, bytes.len());
            if let Some(found) = find(&bytes, ends) {
                return Some(found.to_vec());
            }
            if ends || count == 0 || bytes.len() > MOST {
                return None;
            }
        }
    }

    /// Tells whether the file has no more than so many bytes from a place on.
    const fn ends(&self, place: u64, count: usize) -> bool {
        place + count as u64 >= self.size
    }

    /// Fills the buffer, as far as the file goes; returns how far.
    fn fill(&self, buffer: &mut [u8], place: u64) -> Option<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            let rest = buffer.get_mut(filled..)?;
            match self.source.read_at(rest, place + filled as u64).ok()? {
                0 => break,
                count => filled += count,
            }
        }
        Some(filled)
    }

    /// Returns the first clause that begins at a place or after it: where, and its id; no id at the end
    /// of the file.
    fn next(&self, place: u64) -> Option<(u64, Option<ClauseId>)> {
        let mut bytes = [0; WINDOW];
        // What stands before the first line's end is another line.
        let mut from = place.saturating_sub(1);
        loop {
            let count = self.fill(&mut bytes, from)?;
            let mut begins = 0;
            while let Some(rest) = bytes.get(begins..count)
                && let Some(end) = find_byte(b'\n', rest)
            {
                if begins > 0 && rest.starts_with(ITEM) {
                    return Some((from + begins as u64, Some(id(rest.get(..=end)?)?)));
                }
                begins += end + 1;
            }
            if count < WINDOW || self.ends(from, count) {
                return Some((self.size, None));
            }
            // The last line is looked at with its end; one that is longer than this is no first line.
            from += if begins > 1 { begins } else { count } as u64 - 1;
        }
    }

    /// Makes sure that the clause that begins here is the first of its measure.
    fn is_first(&self, place: u64) -> Option<()> {
        let mut above = [0; LIST.len()];
        let begins = place.checked_sub(above.len() as u64)?;
        self.fill(&mut above, begins)?;
        (above == LIST).then_some(())
    }

    /// Returns where the first clause begins whose id begins with the numbers, by halving.
    fn find(&self, start: u64, numbers: &[u32], depth: usize) -> Option<u64> {
        if numbers.len() > depth || numbers.len() + 1 < depth {
            return None;
        }
        let is_before = |id: Option<ClauseId>| match id {
            Some(id) if self::depth(id) != depth => None,
            Some(id) => Some(*beginning(id, numbers) < *numbers),
            None => Some(false),
        };
        // What begins before `low` comes before it, and nothing that begins at `high` or after.
        let (mut low, mut high) = (start, self.size);
        while low <= high {
            let near = high - low <= WINDOW as u64;
            let middle = if near { low } else { low + (high - low) / 2 };
            match self.next(middle)? {
                (place, id) if is_before(id)? => low = place + 1,
                (place, Some(id)) if near => {
                    return (beginning(id, numbers) == numbers).then_some(place);
                }
                _ if near => return None,
                _ => high = middle,
            }
        }
        None
    }
}
