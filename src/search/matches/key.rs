//! Ranking key of a match.

use super::super::pattern::MatchKind;
use fuzzy_matcher::{FuzzyMatcher as _, skim::SkimMatcherV2};
use std::ops::Range;

/// How well a clause matches a term, or the sum over terms: kind and field first, then position or
/// tightness.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RankKey(pub(super) u64);

/// Where a clause matches a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MatchField {
    Title,
    Text,
    Unit,
    Notes,
}

impl RankKey {
    const DETAIL: u32 = 32;
    /// The term is the clause's number, which beats everything.
    pub(super) const NUMBER: Self = Self(0);

    pub(super) fn new(way: MatchKind, field: MatchField, detail: u64) -> Self {
        Self((way as u64 * 4 + field as u64 + 1) << Self::DETAIL | detail)
    }

    /// Returns the key of a match: the earlier the better; a loose one by the score of its
    /// characters.
    pub(super) fn of(
        way: MatchKind,
        field: MatchField,
        text: &str,
        place: &Range<usize>,
        (scorer, pattern): (&SkimMatcherV2, &str),
    ) -> Self {
        let before = text.get(..place.start).unwrap_or_default().chars().count() as u64;
        let detail = if way == MatchKind::Loose {
            let span = text.get(place.clone()).unwrap_or_default();
            let score = scorer.fuzzy_match(span, pattern).unwrap_or(0);
            let score = u64::try_from(score).unwrap_or(0).min(0xFFFF);
            (0xFFFF - score) << 12 | before.min(0xFFF)
        } else {
            before.min(0xFFFF)
        };
        Self::new(way, field, detail)
    }

    pub(super) fn way(self) -> MatchKind {
        match self.0 >> Self::DETAIL {
            0..=4 => MatchKind::Exact,
            5..=8 => MatchKind::Sound,
            _ => MatchKind::Loose,
        }
    }
}
