//! Short numbers for texts that stand in many rows. May use: nothing.

use compact_str::CompactString;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher as _;

/// Texts by number, and numbers by text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    hasher: DefaultHashBuilder,
    numbers: HashTable<u32>,
    texts: Vec<CompactString>,
    /// The last few asked for: the lines of a session stand together.
    recent: [u32; 4],
}

impl Names {
    /// Returns the number of a text, a new one where it has none.
    pub(crate) fn number(&mut self, text: &str) -> u32 {
        let is_it = |number: &&u32| {
            let known = self.texts.get(**number as usize);
            known.is_some_and(|t| t == text)
        };
        if let Some(&number) = self.recent.iter().find(is_it) {
            return number;
        }
        let number = self.find(text).unwrap_or_else(|| self.add(text));
        self.recent.rotate_right(1);
        self.recent[0] = number;
        number
    }

    fn add(&mut self, text: &str) -> u32 {
        // 2^32 names would need more memory than the rows that have them.
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.into());
        let (hasher, texts) = (&self.hasher, &self.texts);
        let rehash = |&n: &u32| hasher.hash_one(texts[n as usize].as_str());
        let hash = hasher.hash_one(text);
        self.numbers.insert_unique(hash, number, rehash);
        number
    }

    /// Returns the number of a text that has one.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let is_it = |&number: &u32| self.text(number) == text;
        self.numbers
            .find(self.hasher.hash_one(text), is_it)
            .copied()
    }

    /// Returns the text of a number.
    pub(crate) fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", |t| t)
    }
}
