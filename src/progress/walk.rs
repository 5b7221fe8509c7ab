//! Undo and redo: which change the next one retracts.
//!
//! Nothing is stored for them. The walk's own changes are replayed in order of effect: a set
//! becomes undoable and clears the redoable ones; a retract makes its set redoable; the retract of
//! a retract makes it undoable again.

use super::{Body, Change, Progress, Target, Walk};
use std::collections::HashMap;

/// The set at the end of a chain of retracts, by position, and whether the chain takes it out.
type Root = (usize, bool);

/// What the walk did to a set: positions where it was made or brought back, and where it was taken
/// out, each until undone by the other.
#[derive(Default)]
struct Turns {
    ins: Vec<usize>,
    outs: Vec<usize>,
}

impl Progress {
    /// Returns the set that undo would retract: the last standing one of the walk.
    pub fn undo_target(&self, walk: Walk<'_>) -> Option<Change> {
        let (turns, _) = self.turns(walk);
        let standing = turns.iter().filter(|(set, _)| self.fold().stands[**set]);
        let (_, last) = standing
            .filter_map(|(set, turns)| Some((turns.ins.last()?, *set)))
            .max()?;
        Some(self.at(last).clone())
    }

    /// Returns the retract that redo would retract, as long as nothing new was done since.
    pub fn redo_target(&self, walk: Walk<'_>) -> Option<Change> {
        let (turns, newest) = self.turns(walk);
        let retracts = turns.into_values().flat_map(|turns| turns.outs);
        let last = retracts
            .filter(|&place| place > newest && self.fold().stands[place])
            .max()?;
        Some(self.at(last).clone())
    }

    /// Returns the set at the end of this change's chain of retracts, and whether it takes the set
    /// out.
    pub fn retracted(&self, id: &str) -> Option<(&Change, bool)> {
        let mut place = self.place(id)?;
        let mut out = true;
        while let Body::Retract(_) = self.at(place).body {
            place = self.target(place)?;
            out = !out;
        }
        Some((self.at(place), out))
    }

    /// Returns those of the clauses whose present status comes from the same change as the newest
    /// status.
    pub fn given_last(&self, clauses: &[usize]) -> Vec<usize> {
        let giver = |clause: usize| self.fold().clause(clause)?.status;
        let last = clauses.iter().filter_map(|&c| giver(c)).max();
        let same = clauses.iter().filter(|&&c| giver(c) == last);
        same.copied().collect()
    }

    /// Returns the targets of a set where later changes have set every field, so that retracting or
    /// restoring it changes nothing.
    pub fn overtaken(&self, id: &str) -> Vec<Target> {
        let Some(place) = self.place(id) else {
            return Vec::new();
        };
        let mut targets: Vec<&Target> = Vec::new();
        let mut is_lost: HashMap<&Target, bool> = HashMap::new();
        for edit in self.at(place).edits() {
            let lost = self.fold().is_overtaken(edit, place);
            let known = is_lost.entry(&edit.target).or_insert_with(|| {
                targets.push(&edit.target);
                true
            });
            *known &= lost;
        }
        targets.retain(|target| is_lost[target]);
        targets.into_iter().cloned().collect()
    }

    /// Returns what the walk did to each set, and the position of the newest that it made.
    fn turns(&self, walk: Walk<'_>) -> (HashMap<usize, Turns>, usize) {
        let (by, session) = match walk {
            Walk::By(by) => (by, None),
            Walk::Session { session, by } => (by, Some(session)),
        };
        let (mut sets, mut newest) = (HashMap::<_, Turns>::new(), 0);
        let mut roots: Vec<Option<Root>> = Vec::new();
        for (place, change) in self.changes().enumerate() {
            let root = match change.body {
                Body::Edits(_) => Some((place, false)),
                Body::Retract(_) => self.target(place).and_then(|t| roots[t]).map(turned),
            };
            roots.push(root);
            if !change.is_of(by) || session.is_some_and(|s| s != change.session) {
                continue;
            }
            let Some((set, out)) = root.filter(|(set, _)| self.at(*set).is_of(by)) else {
                continue;
            };
            let turns = sets.entry(set).or_default();
            if set == place {
                newest = place;
                turns.ins.push(place);
            } else if out {
                turns.ins.pop();
                turns.outs.push(place);
            } else {
                turns.outs.pop();
                turns.ins.push(place);
            }
        }
        (sets, newest)
    }

    fn target(&self, place: usize) -> Option<usize> {
        self.fold().target(self.at(place), place, &self.by_id)
    }
}

/// Returns the effect of a retract of the chain's last.
const fn turned((set, out): Root) -> Root {
    (set, !out)
}
