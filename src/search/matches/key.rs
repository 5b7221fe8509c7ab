//! How well a clause has a term: what the ranking goes by. May use: `search::pattern`.

use super::super::pattern::Way;
use std::ops::Range;

/// How well a clause has a term, or the sum over all terms: first the way and the field, then the
/// place or tightness.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(pub(super) u64);

/// Where a clause has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Title,
    Text,
    Unit,
    Notes,
}

impl Key {
    const DETAIL: u32 = 32;
    /// The detail of a loose match that was not scored.
    pub(super) const UNSCORED: u64 = 1 << 30;

    pub(super) fn new(way: Way, field: Field, detail: u64) -> Self {
        Self((way as u64 * 4 + field as u64) << Self::DETAIL | detail)
    }

    pub(super) fn way(self) -> Way {
        match self.0 >> Self::DETAIL {
            0..4 => Way::Exact,
            4..8 => Way::Sound,
            _ => Way::Loose,
        }
    }

    /// Returns the detail of a loose match with this score, found after so many characters.
    pub(super) fn scored(score: i64, place: u64) -> u64 {
        let score = u64::try_from(score).unwrap_or(0).min(0xFFFF);
        (0xFFFF - score) << 12 | place.min(0xFFF)
    }
}

/// A match of one term in one clause.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) key: Key,
    /// What a loose match is scored by: the characters it spans, and how many stand before.
    pub(super) loose: Option<(Box<str>, u64)>,
}

impl Hit {
    pub(super) fn new(way: Way, field: Field, text: &str, place: &Range<usize>) -> Self {
        let before = text.as_bytes().get(..place.start).unwrap_or_default();
        // Bytes that begin a character.
        let before = before.iter().filter(|b| **b & 0xC0 != 0x80).count() as u64;
        let loose = way == Way::Loose;
        let span = || Some((text.get(place.clone())?.into(), before));
        Self {
            key: Key::new(
                way,
                field,
                if loose {
                    Key::UNSCORED
                } else {
                    before.min(0xFFFF)
                },
            ),
            loose: loose.then(span).flatten(),
        }
    }
}
