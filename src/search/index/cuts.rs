//! The ways to cut a pinyin pattern into characters. May use: `search::pattern`, `search::pinyin`.

use super::{
    super::{pattern::Pattern, pinyin::sounds},
    letters::{Letters, ones},
};
use std::ops::Range;

/// The ways to cut a pattern's letters into characters.
#[derive(Debug)]
pub(in super::super) struct Cuts {
    /// The initial that a character has which begins at this letter, where it can have only one.
    pub(super) initials: Vec<Option<usize>>,
    /// What a character that begins at this letter can take.
    pub(super) cuts: Vec<Vec<Cut>>,
}

/// One character's letters.
#[derive(Debug)]
pub(super) struct Cut {
    /// The letter after them.
    pub(super) next: usize,
    /// The syllables that the character is then one of; empty where any will do.
    pub(super) syllables: Range<usize>,
}

impl Cuts {
    /// Finds the ways to cut a pattern.
    pub(in super::super) fn new(pattern: &Pattern) -> Self {
        let letters = pattern.letters();
        let mut known = Letters::default();
        let initial = |c: &char| ones(known.of(*c, sounds()).initials).next();
        Self {
            cuts: (0..letters.len())
                .map(|start| Self::from(start, letters))
                .collect(),
            initials: letters.iter().map(initial).collect(),
        }
    }

    fn from(start: usize, letters: &[char]) -> Vec<Cut> {
        let sounds = sounds();
        let rest = &letters[start..];
        let spoken: String = rest.iter().take_while(|c| c.is_ascii_lowercase()).collect();
        let cut = |length, syllables| Cut {
            next: start + length,
            syllables,
        };
        let parts = (2..=spoken.len()).filter_map(|length| {
            let part = spoken.get(..length)?;
            let syllables = if matches!(part, "zh" | "ch" | "sh") {
                return Some(cut(length, 0..0));
            } else if length == rest.len() {
                sounds.beginning(part)
            } else {
                sounds
                    .syllable(part)
                    .map_or(0..0, |number| number..number + 1)
            };
            (!syllables.is_empty()).then(|| cut(length, syllables))
        });
        std::iter::once(cut(1, 0..0)).chain(parts).collect()
    }
}
