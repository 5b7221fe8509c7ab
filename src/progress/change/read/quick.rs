//! The canonical line, read by hand: a flat mapping of texts without escapes, as kouan writes nearly
//! all of them. May use: `change::read`.
//!
//! It reads that form or nothing: at anything else (blanks, escapes, a set of several edits, a field
//! that is not known or stands twice) the JSON reader takes over, which takes eight times as long. A
//! test shows that the two read the same.

use super::{Raw, Text};
use jiff::{Timestamp, civil::DateTime, tz::Offset};
use std::borrow::Cow;

/// Reads a mapping.
pub(super) fn raw(mapping: &str) -> Option<Raw<'_>> {
    let mut scanner = Scanner {
        rest: mapping.strip_prefix('{')?,
    };
    let mut raw = Raw::default();
    let mut seen = 0_u16;
    loop {
        let key = scanner.text()?;
        scanner.skip(b':')?;
        let place = place(key)?;
        // A field that stands twice.
        (seen >> place & 1 == 0).then_some(())?;
        seen |= 1 << place;
        if scanner.null() {
            // Of the others null says that they are not there, which nobody writes.
            match place {
                DUE => raw.due = Some(None),
                OWNER => raw.owner = Some(None),
                _ => return None,
            }
        } else {
            let text = Text(Cow::Borrowed(scanner.text()?));
            match place {
                0 => raw.at = text,
                1 => raw.by = text,
                2 => raw.session = text,
                3 => raw.id = text,
                4 => raw.clause = Some(text),
                5 => raw.status = Some(text),
                6 => raw.remark = Some(text),
                7 => raw.kind = Some(text),
                8 => raw.clock = Some(text),
                9 => raw.retract = Some(text),
                10 => raw.step = Some(text),
                11 => raw.text = Some(text),
                DUE => raw.due = Some(Some(text)),
                _ => raw.owner = Some(Some(text)),
            }
        }
        if scanner.skip(b',').is_none() {
            break;
        }
    }
    // Without `at` it is no change.
    (scanner.rest == "}" && seen & 1 == 1).then_some(raw)
}

const DUE: u8 = 12;
const OWNER: u8 = 13;

/// Returns a number for a field that is known.
fn place(key: &str) -> Option<u8> {
    Some(match key.as_bytes() {
        b"at" => 0,
        b"by" => 1,
        b"session" => 2,
        b"id" => 3,
        b"clause" => 4,
        b"status" => 5,
        b"remark" => 6,
        b"kind" => 7,
        b"clock" => 8,
        b"retract" => 9,
        b"step" => 10,
        b"text" => 11,
        b"due" => DUE,
        b"owner" => OWNER,
        _ => return None,
    })
}

struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn skip(&mut self, byte: u8) -> Option<()> {
        (self.rest.as_bytes().first() == Some(&byte)).then_some(())?;
        self.rest = self.rest.get(1..)?;
        Some(())
    }

    fn null(&mut self) -> bool {
        let behind = self.rest.strip_prefix("null");
        self.rest = behind.unwrap_or(self.rest);
        behind.is_some()
    }

    /// Reads a text in quotes that has no escapes, and no control characters, which JSON forbids.
    fn text(&mut self) -> Option<&'a str> {
        self.skip(b'"')?;
        let ends = |b: &u8| *b == b'"' || *b == b'\\' || *b < b' ';
        let end = self.rest.as_bytes().iter().position(ends)?;
        let text = self.rest.get(..end)?;
        self.rest = self.rest.get(end..)?;
        self.skip(b'"')?;
        Some(text)
    }
}

/// Reads a time in the one form that kouan writes: `2026-11-23T10:12:05.123+08:00`.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let bytes: &[u8; 29] = text.as_bytes().try_into().ok()?;
    let marks = [
        (4, b'-'),
        (7, b'-'),
        (10, b'T'),
        (13, b':'),
        (16, b':'),
        (19, b'.'),
        (26, b':'),
    ];
    marks
        .iter()
        .all(|(at, mark)| bytes[*at] == *mark)
        .then_some(())?;
    let number = |from: usize, to: usize| {
        bytes
            .get(from..to)?
            .iter()
            .try_fold(0_i16, |number, digit| {
                let digit = i16::from(digit.wrapping_sub(b'0'));
                (digit < 10).then_some(number * 10 + digit)
            })
    };
    let small = |from: usize| number(from, from + 2).and_then(|n| i8::try_from(n).ok());
    let (year, milli) = (number(0, 4)?, number(20, 23)?);
    // A leap second is left to the other reader.
    let second = small(17).filter(|s| *s < 60)?;
    let nano = i32::from(milli) * 1_000_000;
    let local = DateTime::new(
        year,
        small(5)?,
        small(8)?,
        small(11)?,
        small(14)?,
        second,
        nano,
    );
    let (hours, minutes) = (
        small(24).filter(|h| *h < 24)?,
        small(27).filter(|m| *m < 60)?,
    );
    let ahead = i32::from(hours) * 3600 + i32::from(minutes) * 60;
    let ahead = match bytes[23] {
        b'+' => ahead,
        // `-00:00` says that the offset is not known.
        b'-' if ahead != 0 => -ahead,
        _ => return None,
    };
    let offset = Offset::from_seconds(ahead).ok()?;
    offset.to_timestamp(local.ok()?).ok()
}
