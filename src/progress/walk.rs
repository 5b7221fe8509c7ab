//! Undo and redo: which change the next one takes back.
//!
//! Nothing is stored for them. The walk's own changes are replayed in order of effect: a set can be
//! taken back, and ends what could be done again; a retract moves its set to what can be done again;
//! the retract of a retract moves it back.

use super::{Body, Change, Progress, Target, Walk};
use std::collections::HashMap;

/// The set at the end of a chain of retracts, by its place in the order of effect, and whether the
/// chain takes it out or brings it back.
type Root = (usize, bool);

/// What the walk did to a set: the places where it was made or brought back, and where it was taken
/// out, each until the other undid it.
#[derive(Default)]
struct Turns {
    ins: Vec<usize>,
    outs: Vec<usize>,
}

impl Progress {
    /// Returns the set that undo would take back: the last standing one of the walk.
    pub fn undo_target(&self, walk: Walk<'_>) -> Option<Change> {
        let (turns, _) = self.turns(walk);
        let standing = turns.iter().filter(|(set, _)| self.fold().stands[**set]);
        let (_, last) = standing
            .filter_map(|(set, turns)| Some((turns.ins.last()?, *set)))
            .max()?;
        Some(self.at(last).clone())
    }

    /// Returns the retract that redo would take back (retract), as long as nothing new was done
    /// since.
    pub fn redo_target(&self, walk: Walk<'_>) -> Option<Change> {
        let (turns, newest) = self.turns(walk);
        let retracts = turns.into_values().flat_map(|turns| turns.outs);
        let last = retracts
            .filter(|&place| place > newest && self.fold().stands[place])
            .max()?;
        Some(self.at(last).clone())
    }

    /// Returns the set that a retract of this change takes out (true) or brings back (false): the
    /// end of the chain of retracts.
    pub fn retracted(&self, id: &str) -> Option<(&Change, bool)> {
        let mut place = self.place(id)?;
        let mut out = true;
        while let Body::Retract(_) = self.at(place).body {
            place = self.target(place)?;
            out = !out;
        }
        Some((self.at(place), out))
    }

    /// Returns those of these clauses that have their present status from the same change as the
    /// one whose status is the newest.
    pub fn given_last(&self, clauses: &[usize]) -> Vec<usize> {
        let giver = |clause: usize| self.fold().clause(clause)?.status;
        let last = clauses.iter().filter_map(|&c| giver(c)).max();
        let same = clauses.iter().filter(|&&c| giver(c) == last);
        same.copied().collect()
    }

    /// Returns the targets of a set for which some later change already won in every field that
    /// the set gives, so that neither taking it back nor bringing it back changes anything there.
    pub fn overtaken(&self, id: &str) -> Vec<Target> {
        let Some(place) = self.place(id) else {
            return Vec::new();
        };
        let mut targets: Vec<&Target> = Vec::new();
        let mut is_lost: HashMap<&Target, bool> = HashMap::new();
        for edit in self.at(place).edits() {
            let lost = self.fold().is_overtaken(&self.document, edit, place);
            let known = is_lost.entry(&edit.target).or_insert_with(|| {
                targets.push(&edit.target);
                true
            });
            *known &= lost;
        }
        targets.retain(|target| is_lost[target]);
        targets.into_iter().cloned().collect()
    }

    /// Returns what the walk did to each set, and the place of the newest that it made.
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

/// Returns what a retract of the chain's last makes of its set.
const fn turned((set, out): Root) -> Root {
    (set, !out)
}
