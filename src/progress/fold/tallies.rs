//! The counts of all nodes, kept up as clauses turn. May use: `document`.

use crate::{
    document::{Document, Node},
    progress::{Status, Tally},
};

/// The counts of all nodes.
#[derive(Debug, Clone)]
pub(in crate::progress) struct Tallies {
    pub(in crate::progress) total: Tally,
    pub(in crate::progress) chapters: Vec<Tally>,
    pub(in crate::progress) measures: Vec<Tally>,
}

impl Tallies {
    pub(super) fn new(document: &Document) -> Self {
        let untouched = |node| {
            let mut tally = Tally::default();
            document
                .clauses_of(node)
                .for_each(|_| tally.add(Status::Todo));
            tally
        };
        let chapters = 0..document.chapters.len();
        let measures = 0..document.measures.len();
        let mut total = Tally::default();
        document
            .clauses
            .iter()
            .for_each(|_| total.add(Status::Todo));
        Self {
            total,
            chapters: chapters.map(|i| untouched(Node::Chapter(i))).collect(),
            measures: measures.map(|i| untouched(Node::Measure(i))).collect(),
        }
    }

    /// Counts a clause under another status.
    pub(super) fn turn(&mut self, document: &Document, clause: usize, from: Status, to: Status) {
        let measure = document.clauses[clause].measure;
        let chapter = document.measures[measure].chapter;
        let all = [
            Some(&mut self.total),
            self.chapters.get_mut(chapter),
            self.measures.get_mut(measure),
        ];
        for tally in all.into_iter().flatten() {
            tally.remove(from);
            tally.add(to);
        }
    }
}
