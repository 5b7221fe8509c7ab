//! Undo and redo: which change the next one takes back. May use: `progress::fold`.
//!
//! Nothing is stored for them. The walk's own lines, in order of effect, are replayed as a stack
//! machine: a set is pushed and ends what could be done again; a retract moves its set to the other
//! stack; the retract of a retract moves it back.

use super::{
    Change, Progress, Target, Walk,
    fold::{Fold, order::RowId},
};
use std::collections::HashMap;

/// The two stacks of a walk.
#[derive(Debug, Default)]
struct Stacks {
    /// Sets that can be taken back, last made last.
    undo: Vec<RowId>,
    /// Sets that were taken back, each with the retract that did it.
    redo: Vec<(RowId, RowId)>,
}

impl Progress {
    /// Returns the set that undo would take back: the last standing one of the walk.
    pub fn undo_target(&self, walk: Walk<'_>) -> Option<Change> {
        let fold = &self.fold;
        let undo = Stacks::of(fold, walk).undo;
        let last = undo.into_iter().rev().find(|&row| fold.rows.stands(row));
        last.and_then(|row| fold.change(row))
    }

    /// Returns the retract that redo would take back (retract), as long as nothing new was done
    /// since.
    pub fn redo_target(&self, walk: Walk<'_>) -> Option<Change> {
        let fold = &self.fold;
        let redo = Stacks::of(fold, walk).redo;
        let mut retracts = redo.into_iter().rev().map(|(_, retract)| retract);
        retracts
            .find(|&row| fold.rows.stands(row))
            .and_then(|row| fold.change(row))
    }

    /// Returns the set that a retract of this change takes out (true) or brings back (false): the
    /// end of the chain of retracts.
    pub fn retracted(&self, id: &str) -> Option<(Change, bool)> {
        let fold = &self.fold;
        let row = fold.find(id)?;
        let (set, out) = root(fold, &mut HashMap::new(), row)?;
        fold.change(set).map(|change| (change, !out))
    }

    /// Returns those of these clauses that have their present status from the same change as the
    /// one whose status is the newest.
    pub fn given_last(&self, clauses: &[usize]) -> Vec<usize> {
        let fold = &self.fold;
        let giver = |clause: usize| fold.clause(clause)?.status_row();
        let givers = clauses.iter().filter_map(|&c| giver(c));
        let last = givers.max_by(|&a, &b| fold.rows.cmp(a, b));
        let same = clauses.iter().filter(|&&c| giver(c) == last);
        same.copied().collect()
    }

    /// Returns the targets of a set for which some later change already won in every field that
    /// the set gives, so that neither taking it back nor bringing it back changes anything there.
    pub fn overtaken(&self, id: &str) -> Vec<Target> {
        let fold = &self.fold;
        let Some(row) = fold.find(id) else {
            return Vec::new();
        };
        let Some(change) = fold.change(row) else {
            return Vec::new();
        };
        let mut targets: Vec<(&Target, bool)> = Vec::new();
        for edit in change.edits() {
            let lost = fold.is_overtaken(row, edit);
            match targets.iter_mut().find(|t| *t.0 == edit.target) {
                Some(target) => target.1 &= lost,
                None => targets.push((&edit.target, lost)),
            }
        }
        let lost = targets.into_iter().filter(|t| t.1);
        lost.map(|(target, _)| target.clone()).collect()
    }
}

impl Stacks {
    fn of(fold: &Fold, walk: Walk<'_>) -> Self {
        let mut stacks = Self::default();
        let mut roots = HashMap::new();
        let Some((by, session)) = names(fold, walk) else {
            return stacks;
        };
        for row in fold.order.iter() {
            let it = fold.rows.get(row);
            if it.by != by || session.is_some_and(|s| s != it.session) {
                continue;
            }
            if it.retract.is_none() {
                stacks.undo.push(row);
                stacks.redo.clear();
            } else if let Some((set, out)) = root(fold, &mut roots, row)
                && fold.rows.get(set).by == by
            {
                stacks.turn(set, row, out);
            }
        }
        stacks
    }

    /// Moves a set that a retract took out (`out`) or brought back.
    fn turn(&mut self, set: RowId, retract: RowId, out: bool) {
        if out {
            if let Some(place) = self.undo.iter().rposition(|&s| s == set) {
                self.undo.remove(place);
            }
            self.redo.push((set, retract));
        } else {
            if let Some(place) = self.redo.iter().rposition(|r| r.0 == set) {
                self.redo.remove(place);
            }
            self.undo.push(set);
        }
    }
}

/// Returns the numbers of the walk's names; `None` where no line has them.
fn names(fold: &Fold, walk: Walk<'_>) -> Option<(u32, Option<u32>)> {
    match walk {
        Walk::By(by) => Some((fold.names.find(by)?, None)),
        Walk::Session { session, by } => {
            Some((fold.names.find(by)?, Some(fold.names.find(session)?)))
        }
    }
}

/// Returns the set at the end of a retract's chain, and whether this retract takes it out (or
/// brings it back). The answers of a walk are kept, so a chain is followed once.
fn root(
    fold: &Fold,
    roots: &mut HashMap<RowId, (RowId, bool)>,
    retract: RowId,
) -> Option<(RowId, bool)> {
    let mut steps = 0usize;
    let mut row = retract;
    let (set, out) = loop {
        if let Some(&(set, out)) = roots.get(&row) {
            break (set, out);
        }
        if fold.rows.get(row).retract.is_none() {
            // A retract of this very row takes it out.
            break (row, false);
        }
        row = fold.target_of(row)?;
        steps += 1;
    };
    let out = out ^ (steps % 2 == 1);
    roots.insert(retract, (set, out));
    Some((set, out))
}
