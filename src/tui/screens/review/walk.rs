//! The sequence of decisions: first everything certain, then pair by pair.

use crate::{
    document::{ClauseId, compare::Pair},
    progress::{
        ChangeId, Edit,
        carry::{Carrier, PairPlan},
    },
    report::ledger::{self, LedgerError, NewRow, Prefer},
    tui::{
        context::Context,
        message::{Compared, FilledIn},
    },
};
use std::path::Path;

/// The review and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReviewWalk {
    /// Where the items come from.
    pub(super) source: ReviewSource,
    /// The items with their answers.
    items: Vec<(ReviewItem, Option<Decision>)>,
    /// Index of the current item.
    at: usize,
}

/// Where the items come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ReviewSource {
    /// The progress of another document.
    Carried(Compared),
    /// A ledger that somebody filled in.
    Filled(FilledLedger),
}

/// A ledger, who signs it, and what it has that the journal lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FilledLedger {
    pub(super) file: FilledIn,
    pub(super) by: String,
    /// The edits of each clause, with our values where both sides changed one, then with theirs.
    edits: Vec<(ClauseId, [Vec<Edit>; 2])>,
    /// The clauses whose values are taken from the ledger where both sides changed one.
    theirs: Vec<ClauseId>,
    /// Rows that somebody added.
    pub(super) rows: Vec<NewRow>,
    /// What was not understood or not taken.
    pub(super) notes: Vec<String>,
}

impl FilledLedger {
    /// Compares a ledger with the progress on the screen.
    pub(super) fn new(context: &Context, file: FilledIn) -> Result<Self, LedgerError> {
        let basis = context.basis();
        let merged = ledger::merge(&basis, &file.filled, Prefer::Ours)?;
        let theirs = ledger::merge(&basis, &file.filled, Prefer::Theirs)?;
        let signer = ledger::signer(&basis.scene, Path::new(&file.path), &file.filled);
        let mut edits: Vec<(ClauseId, [Vec<Edit>; 2])> = Vec::new();
        for (side, all) in [merged.edits, theirs.edits].into_iter().enumerate() {
            for edit in all {
                let Some(clause) = edit.target.clause_id() else {
                    continue;
                };
                let known = edits.iter().position(|(known, _)| *known == clause);
                let nth = known.unwrap_or_else(|| {
                    edits.push((clause, Default::default()));
                    edits.len() - 1
                });
                edits[nth].1[side].push(edit);
            }
        }
        Ok(Self {
            file,
            by: signer.unwrap_or_else(|| context.by.to_string()),
            edits,
            theirs: Vec::new(),
            rows: merged.rows,
            notes: merged.notes,
        })
    }

    /// Returns what it has for a clause.
    pub(super) fn of(&self, clause: ClauseId) -> &[Edit] {
        let side = usize::from(self.theirs.contains(&clause));
        self.sides(clause).map_or(&[], |sides| &sides[side])
    }

    fn sides(&self, clause: ClauseId) -> Option<&[Vec<Edit>; 2]> {
        let found = self.edits.iter().find(|(known, _)| *known == clause);
        found.map(|(_, sides)| sides)
    }

    /// Returns whether its values are taken where both sides changed one; `None` if none was.
    pub(super) fn takes_theirs(&self, clause: ClauseId) -> Option<bool> {
        let [ours, theirs] = self.sides(clause)?;
        (ours != theirs).then(|| self.theirs.contains(&clause))
    }

    /// Returns the edits that make an item of an added row; none if there is one.
    fn item(&self, context: &Context, row: &NewRow) -> Vec<Edit> {
        let mut clauses = context.progress.document().clauses.iter();
        let is_there = clauses.any(|c| c.id.is_own() && c.text == row.text);
        if is_there {
            return Vec::new();
        }
        row.item(context.progress.free_item(&[]), &self.by)
    }
}

/// An item to decide on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReviewItem {
    /// Everything certain, as one change.
    Certain,
    /// A pair, by its index in the comparison.
    Pair(usize),
    /// What a ledger has for a clause.
    Clause(ClauseId),
    /// A row that somebody added to a ledger, by its index.
    Row(usize),
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    /// Carried by this change.
    Yes(ChangeId),
    /// Not carried.
    No,
}

impl ReviewWalk {
    /// Returns the review of what the open document lacks; `None` if nothing.
    pub(super) fn new(context: &Context, compared: Compared) -> Option<Self> {
        let mut review = Self {
            source: ReviewSource::Carried(compared),
            items: Vec::new(),
            at: 0,
        };
        let carried = review.carrier(context)?.items();
        if carried.iter().any(PairPlan::is_due) {
            review.items.push((ReviewItem::Certain, None));
        }
        let undecided = carried.iter().enumerate().filter(|(_, i)| i.undecided);
        let pairs: Vec<_> = undecided
            .map(|(nth, _)| (ReviewItem::Pair(nth), None))
            .collect();
        review.items.extend(pairs);
        (!review.items.is_empty()).then_some(review)
    }

    /// Returns the review of a ledger; none where it says nothing new.
    pub(super) fn of_ledger(ledger: FilledLedger) -> Option<Self> {
        let clauses = ledger.edits.iter();
        let clauses = clauses.map(|(clause, _)| ReviewItem::Clause(*clause));
        let rows = (0..ledger.rows.len()).map(ReviewItem::Row);
        let items: Vec<_> = clauses.chain(rows).map(|item| (item, None)).collect();
        (!items.is_empty()).then_some(Self {
            source: ReviewSource::Filled(ledger),
            items,
            at: 0,
        })
    }

    /// Compares a ledger again, after others have changed something.
    pub(super) fn look_again(&mut self, context: &Context) {
        if let ReviewSource::Filled(ledger) = &mut self.source
            && let Ok(again) = FilledLedger::new(context, ledger.file.clone())
        {
            (ledger.edits, ledger.notes) = (again.edits, again.notes);
        }
    }

    /// Takes the other side's values of the current clause, where both sides changed one.
    pub(super) fn turn(&mut self) {
        let ReviewItem::Clause(clause) = self.current() else {
            return;
        };
        if let ReviewSource::Filled(ledger) = &mut self.source {
            match ledger.theirs.iter().position(|known| *known == clause) {
                Some(nth) => drop(ledger.theirs.remove(nth)),
                None => ledger.theirs.push(clause),
            }
        }
    }

    /// Returns what [`FilledLedger::takes_theirs`] does, for the current clause.
    pub(super) fn takes_theirs(&self) -> Option<bool> {
        match (self.current(), &self.source) {
            (ReviewItem::Clause(clause), ReviewSource::Filled(ledger)) => {
                ledger.takes_theirs(clause)
            }
            _ => None,
        }
    }

    /// Returns what carries, by the progress as it is now; none for a ledger.
    pub(super) fn carrier<'a>(&'a self, context: &'a Context) -> Option<Carrier<'a>> {
        let ReviewSource::Carried(compared) = &self.source else {
            return None;
        };
        Some(Carrier {
            comparison: &compared.comparison,
            old: &compared.old,
            new: &context.progress,
            lang: context.lang,
            zone: context.zone.clone(),
        })
    }

    /// Returns the current item.
    pub(super) fn current(&self) -> ReviewItem {
        self.items
            .get(self.at)
            .map_or(ReviewItem::Certain, |item| item.0)
    }

    /// Returns the position from 1, and the number of items.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.at + 1, self.items.len())
    }

    /// Returns the current item's answer; a retracted change counts as none.
    pub(super) fn answer(&self, context: &Context) -> Option<&Decision> {
        let answer = self.items.get(self.at)?.1.as_ref()?;
        stands(context, answer).then_some(answer)
    }

    /// Returns the key of the word for an answer.
    pub(super) const fn decided(&self, answer: &Decision) -> &'static str {
        match (&self.source, answer) {
            (ReviewSource::Carried(_), Decision::Yes(_)) => "review.yes",
            (ReviewSource::Carried(_), Decision::No) => "review.no",
            (ReviewSource::Filled(_), Decision::Yes(_)) => "merge.yes",
            (ReviewSource::Filled(_), Decision::No) => "merge.no",
        }
    }

    /// Returns how many items were carried, and how many not.
    pub(super) fn counts(&self, context: &Context) -> (usize, usize) {
        let answers = self.items.iter().filter_map(|s| s.1.as_ref());
        let standing: Vec<&Decision> = answers.filter(|a| stands(context, a)).collect();
        let no = standing.iter().filter(|a| ***a == Decision::No).count();
        (standing.len() - no, no)
    }

    /// Returns what yes would carry.
    pub(super) fn edits(&self, context: &Context) -> Vec<Edit> {
        match (self.current(), &self.source) {
            (ReviewItem::Clause(clause), ReviewSource::Filled(ledger)) => {
                ledger.of(clause).to_vec()
            }
            (ReviewItem::Row(nth), ReviewSource::Filled(ledger)) => {
                let row = ledger.rows.get(nth);
                row.map_or_else(Vec::new, |row| ledger.item(context, row))
            }
            (ReviewItem::Pair(nth), _) => self.item(context, nth).edits,
            _ => self.carrier(context).map(|c| c.edits()).unwrap_or_default(),
        }
    }

    pub(super) fn pair(&self, nth: usize) -> Option<&Pair> {
        match &self.source {
            ReviewSource::Carried(compared) => compared.comparison.pairs.get(nth),
            ReviewSource::Filled(_) => None,
        }
    }

    pub(super) fn item(&self, context: &Context, nth: usize) -> PairPlan {
        let pair = self.pair(nth).zip(self.carrier(context));
        pair.map(|(pair, carrier)| carrier.of_pair(pair))
            .unwrap_or_default()
    }

    /// Records an answer, and goes to the next undecided item; returns whether there is one.
    pub(super) fn decide(&mut self, context: &Context, answer: Decision) -> bool {
        if let Some(item) = self.items.get_mut(self.at) {
            item.1 = Some(answer);
        }
        let is_open = |item: &(ReviewItem, Option<Decision>)| match &item.1 {
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

    /// Goes to an index, or to the last.
    pub(super) fn go(&mut self, at: usize) {
        self.at = at.min(self.items.len().saturating_sub(1));
    }

    /// Goes to an item decided by a change that no longer stands.
    pub(super) fn go_back(&mut self, context: &Context) {
        let taken_back = |(_, answer): &(ReviewItem, Option<Decision>)| {
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

fn stands(context: &Context, answer: &Decision) -> bool {
    match answer {
        Decision::Yes(id) => context.progress.stands(id),
        Decision::No => true,
    }
}
