//! Where the line reader puts the texts of clauses: side by side in a few large blocks; what stands
//! in the document again and again (brackets, lists of units) only once.

use crate::document::{Names, Text, text::Block};
use hashbrown::{DefaultHashBuilder, HashTable};
use std::{hash::BuildHasher as _, sync::Arc};

/// A block is closed when it would be longer than this: it is allocated whole, and moved once.
const FULL: usize = 64 << 10;

/// A longer text hardly comes twice.
const REPEATED: usize = 400;

/// The blocks being filled.
#[derive(Default)]
pub(super) struct Blocks {
    block: Block,
    open: String,
    known: HashTable<(u64, Text)>,
    lists: HashTable<(u64, Box<str>, Names)>,
    hasher: DefaultHashBuilder,
}

impl Blocks {
    /// Keeps a text.
    pub(super) fn keep(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return Text::default();
        }
        if self.open.len() + text.len() > FULL {
            self.close();
        }
        if self.open.capacity() == 0 {
            self.open.reserve(FULL.max(text.len()));
        }
        let start = self.open.len();
        match (u32::try_from(start), u32::try_from(start + text.len())) {
            (Ok(start), Ok(end)) => {
                self.open.push_str(text);
                Text::part(Arc::clone(&self.block), start, end)
            }
            _ => text.into(),
        }
    }

    /// Keeps a text that may have come before.
    pub(super) fn keep_once(&mut self, text: &str) -> Text {
        if text.is_empty() || text.len() > REPEATED {
            return self.keep(text);
        }
        let hash = self.hasher.hash_one(text);
        let is_it = |(h, known): &(u64, Text)| *h == hash && known.as_str() == text;
        if let Some((_, known)) = self.known.find(hash, is_it) {
            return known.clone();
        }
        // Of its own: a block that is still open can't be read.
        let kept = Text::from(text);
        let entry = (hash, kept.clone());
        self.known.insert_unique(hash, entry, |(h, _)| *h);
        kept
    }

    /// Keeps a list, as `read` makes it of what is printed.
    pub(super) fn list(
        &mut self,
        printed: &str,
        read: impl FnOnce(&str) -> Option<Vec<String>>,
    ) -> Option<Names> {
        let hash = self.hasher.hash_one(printed);
        let is_it = |(h, known, _): &(u64, Box<str>, Names)| *h == hash && **known == *printed;
        if let Some((_, _, names)) = self.lists.find(hash, is_it) {
            return Some(names.clone());
        }
        let names = Names::from(read(printed)?);
        let entry = (hash, printed.into(), names.clone());
        self.lists.insert_unique(hash, entry, |(h, ..)| *h);
        Some(names)
    }

    fn close(&mut self) {
        // It is set nowhere else.
        let _ = self.block.set(std::mem::take(&mut self.open));
        self.block = Block::default();
    }
}

impl Drop for Blocks {
    fn drop(&mut self) {
        self.close();
    }
}
