//! The walk through what a person decides on: what is certain, then pair by pair.

use crate::{
    document::compare::Pair,
    progress::{
        ChangeId, Edit,
        carry::{Carrier, Item},
    },
    tui::{context::Context, message::Compared},
};

/// The review, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReviewWalk {
    /// What is compared.
    pub(super) compared: Compared,
    /// What there is to decide on, and what was decided.
    items: Vec<(ReviewItem, Option<Answer>)>,
    /// The place among the items.
    at: usize,
}

/// Something to decide on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReviewItem {
    /// All that is certain, as one change.
    Certain,
    /// A pair, by its place in the comparison.
    Pair(usize),
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is carried, by this change.
    Yes(ChangeId),
    /// It is not.
    No,
}

impl ReviewWalk {
    /// Returns the review of what the progress on the screen lacks; none where that is nothing.
    pub(super) fn new(context: &Context, compared: Compared) -> Option<Self> {
        let mut review = Self {
            compared,
            items: Vec::new(),
            at: 0,
        };
        let carried = review.carrier(context).items();
        if carried.iter().any(Item::is_due) {
            review.items.push((ReviewItem::Certain, None));
        }
        let undecided = carried.iter().enumerate().filter(|(_, i)| i.undecided);
        let pairs: Vec<_> = undecided
            .map(|(nth, _)| (ReviewItem::Pair(nth), None))
            .collect();
        review.items.extend(pairs);
        (!review.items.is_empty()).then_some(review)
    }

    /// Returns what carries, by the progress as it is now.
    pub(super) fn carrier<'a>(&'a self, context: &'a Context) -> Carrier<'a> {
        Carrier {
            comparison: &self.compared.comparison,
            old: &self.compared.old,
            new: &context.progress,
            lang: context.lang,
            zone: context.zone.clone(),
        }
    }

    /// Returns what is to be decided on now.
    pub(super) fn current(&self) -> ReviewItem {
        self.items
            .get(self.at)
            .map_or(ReviewItem::Certain, |item| item.0)
    }

    /// Returns the place, from 1, and how many there are.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.at + 1, self.items.len())
    }

    /// Returns the old document's id: a revision often has the same title.
    pub(super) fn document(&self) -> &str {
        &self.compared.old.document().id
    }

    /// Returns what was decided here; a change that was taken back decides nothing.
    pub(super) fn answer(&self, context: &Context) -> Option<&Answer> {
        let answer = self.items.get(self.at)?.1.as_ref()?;
        stands(context, answer).then_some(answer)
    }

    /// Returns how many were carried, and how many were not.
    pub(super) fn counts(&self, context: &Context) -> (usize, usize) {
        let answers = self.items.iter().filter_map(|s| s.1.as_ref());
        let standing: Vec<&Answer> = answers.filter(|a| stands(context, a)).collect();
        let no = standing.iter().filter(|a| ***a == Answer::No).count();
        (standing.len() - no, no)
    }

    /// Returns what yes carries here.
    pub(super) fn edits(&self, context: &Context) -> Vec<Edit> {
        match self.current() {
            ReviewItem::Certain => self.carrier(context).edits(),
            ReviewItem::Pair(nth) => self.item(context, nth).edits,
        }
    }

    pub(super) fn pair(&self, nth: usize) -> Option<&Pair> {
        self.compared.comparison.pairs.get(nth)
    }

    pub(super) fn item(&self, context: &Context, nth: usize) -> Item {
        let pair = self.pair(nth);
        pair.map(|p| self.carrier(context).of_pair(p))
            .unwrap_or_default()
    }

    /// Notes what was decided here, and goes to the next that is open; returns whether there is one.
    pub(super) fn decide(&mut self, context: &Context, answer: Answer) -> bool {
        if let Some(item) = self.items.get_mut(self.at) {
            item.1 = Some(answer);
        }
        let is_open = |item: &(ReviewItem, Option<Answer>)| match &item.1 {
            Some(answer) => !stands(context, answer),
            None => true,
        };
        let (before, after) = self.items.split_at(self.at);
        let later = after.iter().position(is_open).map(|nth| self.at + nth);
        match later.or_else(|| before.iter().position(is_open)) {
            Some(at) => self.go(at),
            None => return false,
        }
        true
    }

    /// Goes to a place, or to the last.
    pub(super) fn go(&mut self, at: usize) {
        self.at = at.min(self.items.len().saturating_sub(1));
    }

    /// Goes to what was decided by a change that stands no more.
    pub(super) fn go_back(&mut self, context: &Context) {
        let taken_back = |(_, answer): &(ReviewItem, Option<Answer>)| {
            answer
                .as_ref()
                .is_some_and(|answer| !stands(context, answer))
        };
        if let Some(at) = self.items.iter().position(taken_back) {
            self.items[at].1 = None;
            self.go(at);
        }
    }
}

fn stands(context: &Context, answer: &Answer) -> bool {
    match answer {
        Answer::Yes(id) => context.progress.stands(id),
        Answer::No => true,
    }
}
