//! Reading only what can matter to some clauses. May use: `progress::change`, `journal`.
//!
//! Marking a clause needs its state, and of the rest of the journal no more than the latest `at` and
//! how many lines cannot be read. A line is passed over where its bytes show that it is well formed
//! and about one other clause, or gives the clause a status that a later one replaces; a retract, a
//! set of several edits and whatever is written in another way than kouan writes is read whole.
//!
//! Two things make a line that was passed over count, and then it is read after all: its id turns up
//! among those read whole (of two lines with one id the greater counts); or the last status may not
//! count, since a retract names it or its line has the id of another.
//!
//! A test holds the state that comes of this to that of the whole journal. What a clause's status was
//! before is no part of it.

use super::{Journal, tail};
use crate::{
    document::ClauseId,
    progress::{Body, Change, Due, Status, change},
    text::find_byte,
};
use hashbrown::{DefaultHashBuilder, HashSet};
use jiff::Timestamp;
use std::{fs::File, hash::BuildHasher as _, io, os::unix::fs::FileExt as _};

/// What is wanted, and what was passed over.
#[derive(Debug, Default)]
pub(super) struct About {
    /// The clauses, sorted by their ids: mostly there is one.
    clauses: Vec<Wanted>,
    hasher: DefaultHashBuilder,
    /// The ids of the lines read whole, as half a hash; and the ids that retracts name.
    whole: HashSet<u32>,
    retracted: HashSet<u32>,
    /// Whether two of the lines read whole have one id.
    doubled: bool,
    passed: Vec<Passed>,
    /// The lines that give a clause a status which a later one replaced.
    replaced: Vec<Passed>,
    /// How many of the lines passed over were held against how many of `whole`.
    compared: (usize, usize),
    /// The latest `at` of the lines passed over, among those of one offset, as it is written.
    latest: Option<At>,
    /// The latest of those of other offsets.
    elsewhere: Option<Timestamp>,
}

/// A clause that is wanted.
#[derive(Debug, Default)]
struct Wanted {
    id: Vec<u8>,
    /// The latest line that gives it a status and nothing else, and whether it was read.
    last: Option<(At, Passed)>,
    is_read: bool,
}

/// A line passed over.
#[derive(Debug, Clone, Copy)]
struct Passed {
    /// Half the hash of its id: where another's is the same, a line is read for nothing.
    id: u32,
    /// How long it is, in bytes.
    length: u32,
    /// Where in the file it begins.
    place: u64,
}

/// A time in the one form that kouan writes: `2026-11-23T10:12:05.123+08:00`.
type At = [u8; 29];

impl About {
    fn of(ids: impl Iterator<Item = Vec<u8>>) -> Self {
        let wanted = |id| Wanted {
            id,
            ..Wanted::default()
        };
        let mut clauses: Vec<_> = ids.map(wanted).collect();
        clauses.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Self {
            clauses,
            ..Self::default()
        }
    }

    fn forget(&mut self) {
        let clauses = std::mem::take(&mut self.clauses);
        *self = Self::of(clauses.into_iter().map(|wanted| wanted.id));
    }

    /// Makes room for what is passed over of so many bytes: to grow by and by would cost more than
    /// addresses that are not used.
    pub(super) fn expect(&mut self, bytes: u64) {
        // Hardly a line is shorter.
        let lines = usize::try_from(bytes / 100).unwrap_or(usize::MAX);
        self.passed.reserve(lines.min(1 << 20));
    }

    /// Tells whether a line that begins at this place can be passed over, and remembers it if so. The
    /// line comes without its end.
    pub(super) fn passes(&mut self, line: &[u8], place: u64) -> bool {
        let (Some(skimmed), Ok(length)) = (skim(line), line.len().try_into()) else {
            return false;
        };
        let passed = Passed {
            id: self.name(skimmed.id),
            length,
            place,
        };
        let by_id = |wanted: &Wanted| wanted.id.as_slice().cmp(skimmed.clause);
        if let Ok(nth) = self.clauses.binary_search_by(by_id) {
            return skimmed.is_status && self.replaces(nth, skimmed.at, passed);
        }
        let is_time = self.take_time(skimmed.at);
        if is_time {
            self.passed.push(passed);
        }
        is_time
    }

    /// Puts a line that gives a clause a status in the place of the last such, where it is later.
    fn replaces(&mut self, clause: usize, at: At, passed: Passed) -> bool {
        let last = self.clauses.get(clause).and_then(|wanted| wanted.last);
        let is_last = last.is_none_or(|(last, _)| is_later(at, last));
        if !is_last || !self.take_time(at) {
            return false;
        }
        if let Some(wanted) = self.clauses.get_mut(clause) {
            let old = wanted.last.replace((at, passed)).map(|(_, line)| line);
            let was_read = std::mem::take(&mut wanted.is_read);
            self.replaced.extend(old.filter(|_| !was_read));
        }
        true
    }

    /// Remembers that a line was read whole.
    pub(super) fn read_whole(&mut self, change: &Change) {
        self.doubled |= !self.whole.insert(self.name(change.id.as_bytes()));
        if let Body::Retract(id) = &change.body {
            self.retracted.insert(self.name(id.as_bytes()));
        }
    }

    /// Returns the lines with the last statuses, and where one of these may not count, all with one.
    fn take_statuses(&mut self) -> Vec<Passed> {
        let named = |line: &Passed| self.retracted.contains(&line.id);
        let last = |wanted: &Wanted| wanted.last.is_some_and(|(_, line)| named(&line));
        let is_retracted = !self.retracted.is_empty()
            && (self.clauses.iter().any(last) || self.replaced.iter().any(named));
        let mut lines = if is_retracted || self.doubled {
            std::mem::take(&mut self.replaced)
        } else {
            Vec::new()
        };
        let unread = self.clauses.iter_mut().filter(|wanted| !wanted.is_read);
        lines.extend(unread.filter_map(|wanted| {
            let (_, line) = wanted.last?;
            wanted.is_read = true;
            Some(line)
        }));
        lines
    }

    #[expect(clippy::cast_possible_truncation, reason = "half of it will do")]
    fn name(&self, id: &[u8]) -> u32 {
        self.hasher.hash_one(id) as u32
    }

    /// Takes in the time of a line; tells whether it is one.
    fn take_time(&mut self, at: At) -> bool {
        match self.latest {
            // Of one offset, times are ordered as they are written.
            Some(latest) if latest[23..] == at[23..] => {
                // A day that was read once need not be again; the last year has hours past the end
                // of the calendar.
                let is_time = (latest[..10] == at[..10] && is_clock(at) && at[..4] != *b"9999")
                    || read(at).is_some();
                if is_time && at > latest {
                    self.latest = Some(at);
                }
                is_time
            }
            latest => {
                let is_time = read(at).is_some();
                if is_time {
                    self.elsewhere = self.elsewhere.max(latest.and_then(read));
                    self.latest = Some(at);
                }
                is_time
            }
        }
    }

    /// Returns the latest `at` of the lines passed over.
    pub(super) fn last_at(&self) -> Option<Timestamp> {
        self.elsewhere.max(self.latest.and_then(read))
    }

    /// Takes out the lines passed over that have the id of one read whole.
    fn take_doubled(&mut self) -> Vec<Passed> {
        let passed = self.passed.len() + self.replaced.len();
        let now = (passed, self.whole.len());
        if std::mem::replace(&mut self.compared, now) == now {
            return Vec::new();
        }
        let whole = &self.whole;
        let is_doubled = |line: &mut Passed| whole.contains(&line.id);
        let mut doubled: Vec<_> = self.passed.extract_if(.., is_doubled).collect();
        doubled.extend(self.replaced.extract_if(.., is_doubled));
        self.compared.0 -= doubled.len();
        doubled
    }
}

impl Journal {
    /// From now on reads only what can matter to these clauses: their state is the same as if all
    /// was read, and so are the lines that cannot be read and the `at` of what is appended. For a
    /// command that marks them; [`Journal::union`] needs a journal that reads all.
    #[must_use]
    pub fn about(mut self, clauses: impl IntoIterator<Item = ClauseId>) -> Self {
        let ids = clauses.into_iter().map(|id| id.to_string().into_bytes());
        self.about = Some(About::of(ids));
        self
    }

    /// Forgets what was passed over: the file is another.
    pub(super) fn forget_passed(&mut self) {
        if let Some(about) = &mut self.about {
            about.forget();
        }
    }

    /// Reads after all what was passed over and counts.
    pub(super) fn read_passed(
        &mut self,
        file: &File,
        take: &mut dyn FnMut(Change),
    ) -> io::Result<()> {
        while let Some(about) = &mut self.about {
            self.last_at = self.last_at.max(about.last_at());
            let mut lines = about.take_statuses();
            lines.extend(about.take_doubled());
            if lines.is_empty() {
                break;
            }
            for Passed { place, length, .. } in lines {
                let mut line = vec![0; length as usize];
                file.read_exact_at(&mut line, place)?;
                // It was well formed; what stands there now may be cut back since, and is read as it is.
                if let Ok(change) = tail::read(&line) {
                    self.deliver(change, take);
                }
            }
            // What was read may have the id of another line.
        }
        Ok(())
    }
}

/// What is asked of a line that may be passed over.
struct Skimmed<'a> {
    at: At,
    id: &'a [u8],
    clause: &'a [u8],
    /// Whether it gives the clause itself a status and nothing else.
    is_status: bool,
}

/// Looks through a line in the form that kouan writes for one edit; gives up, so that the line is read
/// whole, at anything else and at anything that may keep it from being read.
fn skim(line: &[u8]) -> Option<Skimmed<'_>> {
    let rest = line.strip_prefix(b"- {\"at\":\"")?;
    let (odd, high) = looks(rest);
    (!odd && (!high || std::str::from_utf8(rest).is_ok())).then_some(())?;
    let (at, rest) = rest.split_first_chunk()?;
    let (_, rest) = until_quote(rest.strip_prefix(b"\",\"by\":\"")?)?;
    let (_, rest) = until_quote(rest.strip_prefix(b",\"session\":\"")?)?;
    let (id, rest) = until_quote(rest.strip_prefix(b",\"id\":\"")?)?;
    let (clause, rest) = until_quote(rest.strip_prefix(b",\"clause\":\"")?)?;
    let (clause, step) = match clause.iter().position(|byte| *byte == b'/') {
        Some(slash) => (clause.get(..slash)?, clause.get(slash + 1..)),
        None => (clause, None),
    };
    let has_name = !clause.is_empty() && step != Some(b"");
    // Of a line without an id the id is a hash.
    (!id.is_empty() && has_name).then_some(())?;
    // Most lines set a status and nothing else.
    let status = rest.strip_prefix(b",\"status\":\"");
    let status = status.and_then(|rest| rest.strip_suffix(b"\"}"));
    let only_status = status.is_some_and(is_status);
    (only_status || sets(rest).is_some()).then_some(())?;
    Some(Skimmed {
        at: *at,
        id,
        clause,
        is_status: only_status && step.is_none(),
    })
}

/// Looks through the fields that an edit sets, each once, up to the line's end.
fn sets(mut rest: &[u8]) -> Option<()> {
    let mut seen = 0_u8;
    while rest != b"}" {
        let (key, behind) = until_quote(rest.strip_prefix(b",\"")?)?;
        let behind = behind.strip_prefix(b":")?;
        let nullable = behind.strip_prefix(b"null").map(|rest| (None, rest));
        let text = || {
            let (text, rest) = until_quote(behind.strip_prefix(b"\"")?)?;
            Some((Some(text), rest))
        };
        let (value, after) = nullable.or_else(text)?;
        let field = match (key, value) {
            (b"status", Some(id)) => is_status(id).then_some(0)?,
            (b"due", Some(day)) => is_due(day).then_some(1)?,
            (b"due", None) => 1,
            (b"owner", _) => 2,
            (b"remark", Some(_)) => 3,
            (b"kind", Some(_)) => 4,
            _ => return None,
        };
        (seen >> field & 1 == 0).then_some(())?;
        seen |= 1 << field;
        rest = after;
    }
    Some(())
}

fn is_status(id: &[u8]) -> bool {
    Status::ALL
        .iter()
        .any(|status| status.id().as_bytes() == id)
}

fn is_due(day: &[u8]) -> bool {
    std::str::from_utf8(day).is_ok_and(|day| day.parse::<Due>().is_ok())
}

// The fields are looked through eight bytes at a time: they are too short for what looks at more.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;

/// Marks the first zero byte, and perhaps some behind it.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH
}

/// Tells whether there is an escape or what JSON forbids, and whether there is more than ASCII.
#[expect(clippy::needless_bitwise_bool, reason = "a jump a byte is dear")]
fn looks(bytes: &[u8]) -> (bool, bool) {
    // Of so many bytes the compiler looks at all at once.
    let (pieces, rest) = bytes.as_chunks::<16>();
    let mut last = [b' '; 16];
    last[..rest.len()].copy_from_slice(rest);
    let (mut odd, mut high) = ([0; 16], [0; 16]);
    for piece in pieces.iter().chain([&last]) {
        for ((odd, high), byte) in odd.iter_mut().zip(&mut high).zip(piece) {
            *odd |= u8::from((*byte < b' ') | (*byte == b'\\'));
            *high |= *byte;
        }
    }
    (odd != [0; 16], high.iter().any(|byte| *byte >= 0x80))
}

/// Returns what stands before the next quote, and what behind it.
fn until_quote(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (words, rest) = bytes.as_chunks();
    let quotes = |word: &[u8; 8]| zeros(u64::from_le_bytes(*word) ^ (ONES * u64::from(b'"')));
    let near = words.iter().take(2).map(quotes);
    let near = (0..).zip(near).find(|(_, quotes)| *quotes != 0);
    let end = match near {
        Some((nth, quotes)) => nth * 8 + quotes.trailing_zeros() as usize / 8,
        None if words.len() > 2 => find_byte(b'"', bytes)?,
        None => words.len() * 8 + rest.iter().position(|byte| *byte == b'"')?,
    };
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

fn read(at: At) -> Option<Timestamp> {
    change::written_time(std::str::from_utf8(&at).ok()?)
}

fn is_later(at: At, than: At) -> bool {
    // Of one offset, times are ordered as they are written.
    if at[23..] == than[23..] {
        at > than
    } else {
        read(at).is_some_and(|at| Some(at) > read(than))
    }
}

/// Tells whether a time has a time of day behind its date, and its offset's marks where they belong.
fn is_clock(at: At) -> bool {
    let below = |from: usize, limit: u8| {
        let (tens, ones) = (at[from].wrapping_sub(b'0'), at[from + 1].wrapping_sub(b'0'));
        tens < 10 && ones < 10 && tens * 10 + ones < limit
    };
    let marks = at[10] == b'T' && at[13] == b':' && at[16] == b':' && at[19] == b'.';
    let millis = at[20..23].iter().all(u8::is_ascii_digit);
    marks && millis && below(11, 24) && below(14, 60) && below(17, 60)
}

#[cfg(test)]
mod tests;
