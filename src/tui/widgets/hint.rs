//! Hints: keys with their actions, as many as fit.

use super::{pen::Pen, theme::Role};
use crate::text::Policy;
use std::borrow::Cow;

/// A key and its action in a word or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Its rank: 1 is dropped last.
    pub rank: u8,
    /// The key's name.
    pub key: String,
    /// Its action.
    pub words: Cow<'static, str>,
}

impl Hint {
    /// Returns the columns that the hint takes.
    pub fn width(&self, policy: Policy) -> usize {
        policy.width(&self.key) + 1 + policy.width(&self.words)
    }
}

/// Returns the width of hints, with two blanks between them.
pub fn width<'a>(policy: Policy, hints: impl IntoIterator<Item = &'a Hint>) -> usize {
    let widths = hints.into_iter().map(|hint| hint.width(policy) + 2);
    widths.sum::<usize>().saturating_sub(2)
}

/// Drops whole ranks until the hints fit; returns those dropped.
pub fn fit(policy: Policy, hints: &mut Vec<Hint>, room: usize) -> Vec<Hint> {
    let mut ranks: Vec<u8> = hints.iter().map(|hint| hint.rank).collect();
    ranks.sort_unstable();
    let of = |rank: u8| hints.iter().filter(move |hint| hint.rank <= rank);
    let mut ranks = ranks.into_iter().rev();
    let last = ranks.find(|rank| width(policy, of(*rank)) <= room);
    let last = last.unwrap_or(0);
    hints.extract_if(.., |hint| hint.rank > last).collect()
}

/// Puts hints into a row, keys in one role, words in another.
pub fn put(pen: &mut Pen<'_>, hints: &[Hint], key: Role, words: Role) {
    for (nth, hint) in hints.iter().enumerate() {
        pen.skip(if nth > 0 { 2 } else { 0 });
        pen.put(&hint.key, key);
        pen.skip(1);
        pen.put(&hint.words, words);
    }
}
