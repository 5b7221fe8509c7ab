//! Clauses keep their ids, not their places: an item of one's own that comes or goes moves those behind
//! it. What screens hold by place goes over to the new ones here.

use crate::document::Document;
use std::collections::BTreeSet;

/// The new places of clauses.
#[derive(Debug, Clone)]
pub struct Renumbering {
    /// The first place that may be another.
    start: usize,
    moved: Vec<Option<usize>>,
}

impl Renumbering {
    /// Returns where the clauses of one document stand in another that differs in its items alone;
    /// `None` where all of them stay where they are.
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

    /// Returns the new place of a clause; `None` where it is gone.
    pub fn clause(&self, clause: usize) -> Option<usize> {
        match clause.checked_sub(self.start) {
            None => Some(clause),
            Some(nth) => self.moved.get(nth).copied().flatten(),
        }
    }

    /// Gives clauses their new places; those that are gone are left out. Returns whether any is left.
    pub fn clauses(&self, clauses: &mut Vec<usize>) -> bool {
        *clauses = clauses.iter().filter_map(|c| self.clause(*c)).collect();
        !clauses.is_empty()
    }

    /// Gives clauses their new places; those that are gone are left out.
    pub fn set(&self, clauses: &mut BTreeSet<usize>) {
        *clauses = clauses.iter().filter_map(|c| self.clause(*c)).collect();
    }
}
