//! Clauses keep their ids but not their indexes: adding or removing an item moves those after it.
//! This updates the indexes that screens hold.

use crate::document::Document;
use std::collections::BTreeSet;

/// The new indexes of clauses.
#[derive(Debug, Clone)]
pub struct Renumbering {
    /// The first index that may have changed.
    start: usize,
    moved: Vec<Option<usize>>,
}

impl Renumbering {
    /// Returns the new indexes of clauses in a document that differs only in its added items;
    /// `None` if nothing moved.
    pub fn between(old: &Document, new: &Document) -> Option<Self> {
        let ids = |document: &Document| -> Vec<_> {
            let items = &document.clauses[document.items()];
            items.iter().map(|item| item.id).collect()
        };
        (ids(old) != ids(new)).then(|| Self {
            start: old.items().start,
            moved: ids(old).into_iter().map(|id| new.find(id)).collect(),
        })
    }

    /// Returns the new index of a clause; `None` if it is gone.
    pub fn clause(&self, clause: usize) -> Option<usize> {
        match clause.checked_sub(self.start) {
            None => Some(clause),
            Some(nth) => self.moved.get(nth).copied().flatten(),
        }
    }

    /// Updates indexes, dropping removed clauses. Returns whether any is left.
    pub fn clauses(&self, clauses: &mut Vec<usize>) -> bool {
        *clauses = clauses.iter().filter_map(|c| self.clause(*c)).collect();
        !clauses.is_empty()
    }

    /// Updates indexes, dropping removed clauses.
    pub fn set(&self, clauses: &mut BTreeSet<usize>) {
        *clauses = clauses.iter().filter_map(|c| self.clause(*c)).collect();
    }
}
