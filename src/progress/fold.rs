//! The fold itself: rows, which of them stand, and what they give each clause. May use:
//! `progress::change` and above.
//!
//! Nothing here depends on the order of calls: a row stands while no standing retract after it
//! names it, and a clause's field has the value of the last standing edit. Both are kept up
//! incrementally, so a change costs the same after 100 others as after 100,000.

use super::{Body, Change, ChangeId, Edit, Inserted, told::Did};
use crate::document::Document;
use clause::{ClauseFold, Mark, What};
use compact_str::CompactString;
use hashbrown::{DefaultHashBuilder, HashTable};
use jiff::tz::Offset;
use names::Names;
use order::{Order, Row, RowId, Rows};
use std::{
    collections::{BTreeMap, HashMap},
    hash::BuildHasher as _,
    sync::Arc,
};
use tallies::Tallies;

pub(super) mod clause;
mod names;
pub(super) mod order;
mod refresh;
mod tallies;

/// The state behind `Progress`.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    pub(super) document: Arc<Document>,
    pub(super) rows: Rows,
    pub(super) order: Order,
    pub(super) names: Names,
    hasher: DefaultHashBuilder,
    by_id: HashTable<RowId>,
    /// The retracts that name an id, whether or not it has arrived; by the id.
    retracts: HashTable<Naming>,
    /// By the clause's index; only clauses that some change named have one.
    clauses: Vec<Option<Box<ClauseFold>>>,
    pub(super) unknown: BTreeMap<CompactString, usize>,
    /// The standing rows that give an owner, in order.
    pub(super) owners: HashMap<u32, Vec<RowId>>,
    /// Lines that lost to another of the same id.
    pub(super) conflicts: BTreeMap<ChangeId, Vec<Box<str>>>,
    pub(super) tallies: Tallies,
    /// What the calls since it was last taken did, where somebody wants to know.
    pub(super) told: Option<Vec<Did>>,
}

/// The retracts that name one id.
#[derive(Debug, Clone)]
struct Naming {
    /// The id's number in `names`.
    id: u32,
    rows: Vec<RowId>,
}

impl Fold {
    pub(super) fn new(document: Arc<Document>) -> Self {
        Self {
            tallies: Tallies::new(&document),
            clauses: vec![None; document.clauses.len()],
            document,
            rows: Rows::default(),
            order: Order::default(),
            names: Names::default(),
            hasher: DefaultHashBuilder::default(),
            by_id: HashTable::new(),
            retracts: HashTable::new(),
            unknown: BTreeMap::new(),
            owners: HashMap::new(),
            conflicts: BTreeMap::new(),
            told: None,
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<RowId> {
        let hash = self.hasher.hash_one(id);
        let is_it = |&row: &RowId| self.rows.get(row).id == id;
        self.by_id.find(hash, is_it).copied()
    }

    /// Returns the fold of a clause that some change named.
    pub(super) fn clause(&self, clause: usize) -> Option<&ClauseFold> {
        self.clauses.get(clause)?.as_deref()
    }

    /// Returns the clauses that some change named.
    pub(super) fn touched(&self) -> impl Iterator<Item = usize> + '_ {
        let folds = self.clauses.iter().enumerate();
        folds.filter_map(|(clause, fold)| fold.as_ref().map(|_| clause))
    }

    /// Reads a row's line again.
    pub(super) fn change(&self, row: RowId) -> Option<Change> {
        Change::read(&self.rows.get(row).line).ok()
    }

    pub(super) fn insert(&mut self, mut change: Change, proposed: bool) -> Inserted {
        if change.line.is_empty() {
            change.line = change.to_line(Offset::UTC).into();
        }
        let Some(known) = self.find(&change.id) else {
            self.add(change, proposed);
            return Inserted::New;
        };
        let old = self.rows.get(known);
        if old.proposed {
            self.remove(known);
            self.add(change, proposed);
            return Inserted::New;
        }
        if proposed || old.line == change.line || self.has_lost(&change) {
            return Inserted::Known;
        }
        self.resolve(known, change);
        Inserted::Conflict
    }

    fn has_lost(&self, change: &Change) -> bool {
        let lost = self.conflicts.get(&change.id);
        lost.is_some_and(|lines| lines.contains(&change.line))
    }

    /// Keeps the greater of two lines with one id.
    fn resolve(&mut self, known: RowId, change: Change) {
        let id = change.id.clone();
        let old = self.rows.get(known);
        let is_greater = (change.at, &change.line) > (old.at, &old.line);
        let loser = if is_greater {
            let loser = old.line.clone();
            self.remove(known);
            self.add(change, false);
            loser
        } else {
            change.line
        };
        self.conflicts.entry(id).or_default().push(loser);
    }

    fn add(&mut self, change: Change, proposed: bool) {
        let when = change.when();
        let row = Row {
            at: change.at,
            when,
            by: self.names.number(&change.by),
            session: self.names.number(&change.session),
            outs: 0,
            retract: match &change.body {
                Body::Retract(id) => Some(self.names.number(id)),
                Body::Edits(_) => None,
            },
            proposed,
            id: change.id,
            line: change.line,
        };
        let hash = self.hasher.hash_one(row.id.as_str());
        let Some(row) = self.rows.add(row) else {
            return;
        };
        self.order.insert(&self.rows, row);
        let (rows, hasher) = (&self.rows, &self.hasher);
        let rehash = |&r: &RowId| hasher.hash_one(rows.get(r).id.as_str());
        self.by_id.insert_unique(hash, row, rehash);
        self.name_retract(row);
        self.rows.get_mut(row).outs = self.standing_retracts_of(row, hash);
        let edits = match change.body {
            Body::Edits(edits) => edits,
            Body::Retract(_) => Vec::new(),
        };
        self.count_unknown(&edits, true);
        if self.rows.stands(row) {
            self.settle(row, true, Some(&edits));
        }
    }

    /// Notes what a retract names.
    fn name_retract(&mut self, row: RowId) {
        let Some(id) = self.rows.get(row).retract else {
            return;
        };
        let (names, hasher) = (&self.names, &self.hasher);
        let hash_of = |id: u32| hasher.hash_one(names.text(id));
        let entry = self
            .retracts
            .entry(hash_of(id), |n| n.id == id, |n| hash_of(n.id));
        let nothing = || Naming {
            id,
            rows: Vec::new(),
        };
        entry.or_insert_with(nothing).get_mut().rows.push(row);
    }

    /// Takes a row out, as if it had never come.
    pub(super) fn remove(&mut self, row: RowId) {
        if self.rows.stands(row) {
            self.settle(row, false, None);
        }
        if let Some(change) = self.change(row) {
            self.count_unknown(change.edits(), false);
        }
        let gone = self.rows.get(row);
        let hash = self.hasher.hash_one(gone.id.as_str());
        if let Some(id) = gone.retract {
            let target = self.hasher.hash_one(self.names.text(id));
            if let Some(naming) = self.retracts.find_mut(target, |n| n.id == id)
                && let Some(place) = naming.rows.iter().rposition(|&r| r == row)
            {
                naming.rows.swap_remove(place);
            }
        }
        if let Ok(entry) = self.by_id.find_entry(hash, |&r| r == row) {
            entry.remove();
        }
        self.order.remove(&self.rows, row);
        self.rows.remove(row);
    }

    fn standing_retracts_of(&self, row: RowId, hash: u64) -> u32 {
        let id = &self.rows.get(row).id;
        let naming = self
            .retracts
            .find(hash, |n| self.names.text(n.id) == id.as_str());
        let rows = naming.map_or(&[][..], |n| &n.rows);
        let standing = rows
            .iter()
            .filter(|&&r| self.rows.stands(r) && self.rows.cmp(row, r) == std::cmp::Ordering::Less);
        standing.map(|_| 1).sum()
    }

    /// Returns the row that a retract acts on: one that has arrived, and is before it.
    pub(super) fn target_of(&self, row: RowId) -> Option<RowId> {
        let name = self.rows.get(row).retract?;
        let target = self.find(self.names.text(name))?;
        (self.rows.cmp(target, row) == std::cmp::Ordering::Less).then_some(target)
    }

    /// Gives effect to a row that now stands, or no longer does, and to what follows from it along
    /// a chain of retracts.
    fn settle(&mut self, row: RowId, stands: bool, edits: Option<&[Edit]>) {
        if self.rows.get(row).retract.is_none() {
            match edits {
                Some(edits) => self.apply(row, edits, stands),
                None => self.apply_line(row, stands),
            }
            return;
        }
        let mut next = Some((row, stands));
        while let Some((row, stands)) = next.take() {
            if self.rows.get(row).retract.is_none() {
                self.apply_line(row, stands);
            } else if let Some(target) = self.target_of(row) {
                let outs = &mut self.rows.get_mut(target).outs;
                *outs = if stands { *outs + 1 } else { *outs - 1 };
                // Only the first retract takes it out, and only the last one gone brings it back.
                next = match (*outs, stands) {
                    (1, true) => Some((target, false)),
                    (0, false) => Some((target, true)),
                    _ => None,
                };
            }
        }
    }

    fn apply_line(&mut self, row: RowId, stands: bool) {
        if let Some(change) = self.change(row) {
            self.apply(row, change.edits(), stands);
        }
    }

    fn apply(&mut self, row: RowId, edits: &[Edit], stands: bool) {
        for (number, edit) in (0..).zip(edits) {
            if let Some(clause) = self.clause_of(edit) {
                self.apply_edit(clause, (row, number), edit, stands);
            }
        }
    }

    pub(super) fn clause_of(&self, edit: &Edit) -> Option<usize> {
        self.document.find(edit.target.clause_id()?)
    }

    fn count_unknown(&mut self, edits: &[Edit], add: bool) {
        for edit in edits {
            if self.clause_of(edit).is_some() {
                continue;
            }
            let clause = &edit.target.clause;
            let count = self.unknown.entry(clause.clone()).or_default();
            *count = if add { *count + 1 } else { *count - 1 };
            if *count == 0 {
                self.unknown.remove(clause);
            }
        }
    }

    fn apply_edit(&mut self, clause: usize, (row, edit): (RowId, u32), say: &Edit, stands: bool) {
        self.name(say);
        for what in self.fields(say) {
            let mark = Mark { row, edit, what };
            let fold = self.clauses[clause].get_or_insert_default();
            let place = if stands {
                Some(fold.add(&self.rows, mark))
            } else {
                fold.remove(&self.rows, mark)
            };
            if let Some(place) = place {
                self.refresh(clause, mark, place, say, stands);
            }
        }
        let Some(fold) = &mut self.clauses[clause] else {
            return;
        };
        let updated = fold.last_row().map(|last| {
            let last = self.rows.get(last);
            (last.when, self.names.text(last.by).into())
        });
        fold.record.updated = updated;
    }

    /// Gives the texts of an edit that marks have as numbers their numbers.
    fn name(&mut self, edit: &Edit) {
        let owner = edit.owner.as_ref().and_then(Option::as_deref);
        let step = edit.step.as_ref().map(|s| s.0.as_str());
        let texts = [edit.target.step.as_deref(), owner, step];
        for text in texts.into_iter().flatten() {
            self.names.number(text);
        }
    }

    /// Returns the fields that an edit sets, its texts having numbers. A step has a status only; a
    /// remark on one is kept with the clause.
    fn fields(&self, edit: &Edit) -> impl Iterator<Item = What> + use<> {
        let number = |text: &str| self.names.find(text).unwrap_or(u32::MAX);
        let step = edit.target.step.as_deref().map(number);
        let adds = edit.step.as_ref().filter(|_| step.is_none());
        let owner = edit.owner.as_ref().filter(|_| step.is_none());
        [
            edit.status.map(|status| match step {
                Some(step) => What::StepStatus(step, status),
                None => What::Status(status),
            }),
            edit.due.filter(|_| step.is_none()).map(What::Due),
            owner.map(|o| What::Owner(o.as_deref().map(number))),
            edit.remark.as_ref().map(|_| What::Remark),
            adds.map(|(id, _)| What::Step(number(id))),
        ]
        .into_iter()
        .flatten()
    }

    /// Brings a record up to date after a mark came or went.
    fn refresh(&mut self, clause: usize, mark: Mark, place: usize, say: &Edit, stands: bool) {
        match mark.what {
            What::Status(_) => self.refresh_status(clause),
            What::Due(_) => self.refresh_due(clause),
            What::Owner(owner) => {
                self.keep_owner(owner, mark.row, stands);
                self.refresh_owner(clause);
            }
            What::Remark => self.refresh_remark(clause, mark, place, say, stands),
            What::Step(_) | What::StepStatus(..) => {
                self.refresh_steps(clause, mark, place, say, stands);
            }
        }
    }

    /// Tells whether a later change set every field that this edit of a row gives.
    pub(super) fn is_overtaken(&self, row: RowId, edit: &Edit) -> bool {
        let Some(fold) = self.clause_of(edit).and_then(|c| self.clause(c)) else {
            return false;
        };
        let mut gives = self.fields(edit).peekable();
        gives.peek().is_some() && gives.all(|what| fold.is_overtaken(&self.rows, row, what))
    }

    pub(super) fn tell(&mut self, did: impl FnOnce() -> Did) {
        if let Some(told) = &mut self.told {
            told.push(did());
        }
    }
}
