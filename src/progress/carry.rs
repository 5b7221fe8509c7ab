//! Carries progress to a revision: whatever of the old clauses' state the new ones lack. Pure.
//!
//! Only what is missing is carried, so a second run finds nothing and work on the new document is
//! never overwritten: a status, deadline or owner goes to a clause where nobody has set one; a
//! remark where it is not present yet, with a last line that names its origin; a step where none
//! has its text. What was retracted on the new document is missing again.
//!
//! A clause made of several takes a status only if all of them have it, and a deadline or owner
//! only if none has another.

use super::{Due, Edit, Progress, Record, Remark, Status, Step, Target};
use crate::{
    document::compare::{Comparison, Pair},
    locale::Lang,
};
use compact_str::CompactString;
use jiff::tz::TimeZone;
use origin::Origin;
use std::collections::BTreeMap;

mod origin;

pub use origin::{RemarkSource, source};

/// The two documents, and how remarks name their origin.
#[derive(Debug, Clone)]
pub struct Carrier<'a> {
    /// How the clauses correspond.
    pub comparison: &'a Comparison,
    /// The old document and its progress.
    pub old: &'a Progress,
    /// The new document and its progress.
    pub new: &'a Progress,
    /// Language of the origin lines.
    pub lang: Lang,
    /// Time zone of the times in them.
    pub zone: TimeZone,
}

/// The plan for one pair.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PairPlan {
    /// What the new clause lacks of the old one.
    pub edits: Vec<Edit>,
    /// What it has set differently, and keeps.
    pub kept: Vec<Kept>,
    /// Whether there was anything to carry at all.
    pub worked_on: bool,
    /// Whether a person must decide first.
    pub undecided: bool,
}

/// A field of the new clause that stays, though the old one's differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Somebody set its status.
    Status {
        /// The old clause's.
        old: Status,
        /// The one that stays.
        new: Status,
    },
    /// Somebody set or cleared its deadline.
    Due {
        /// The old clause's.
        old: Option<Due>,
        /// The one that stays.
        new: Option<Due>,
    },
    /// Somebody set or cleared its owner.
    Owner {
        /// The old clause's.
        old: Option<String>,
        /// The one that stays.
        new: Option<String>,
    },
    /// The clauses it was made of disagree in a field.
    Torn,
}

impl PairPlan {
    /// Returns whether there is something to carry that needs no decision.
    pub const fn is_due(&self) -> bool {
        !self.undecided && !self.edits.is_empty()
    }
}

impl Carrier<'_> {
    /// Returns the plan for each pair, in the comparison's order.
    pub fn items(&self) -> Vec<PairPlan> {
        let mut planned: BTreeMap<usize, Vec<Edit>> = BTreeMap::new();
        let mut formers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (old, new) in self.comparison.pairs.iter().filter_map(Pair::both) {
            formers.entry(new).or_default().push(old);
        }
        let pairs = self.comparison.pairs.iter();
        pairs
            .map(|pair| {
                let Some((_, new)) = pair.both() else {
                    return PairPlan::default();
                };
                // What several clauses bring to one is carried once.
                let before = planned.entry(new).or_default();
                let item = self.item(pair, before, &formers[&new]);
                if item.is_due() {
                    before.extend(item.edits.iter().cloned());
                }
                item
            })
            .collect()
    }

    /// Returns everything that is carried without a decision, as one set.
    pub fn edits(&self) -> Vec<Edit> {
        let items = self.items().into_iter();
        let carried = items.filter(PairPlan::is_due).flat_map(|i| i.edits);
        carried.chain(self.own_items()).collect()
    }

    /// Returns the edits that create the old document's added items that the new one lacks, by id.
    fn own_items(&self) -> Vec<Edit> {
        let (old, new) = (self.old.document(), self.new.document());
        let missing = old
            .items()
            .filter(|i| new.find(old.clauses[*i].id).is_none());
        let mut edits = Vec::new();
        for item in missing {
            let (clause, record) = (&old.clauses[item], self.old.record(item));
            let target = Target::clause(clause.id);
            let units = clause.responsibility.units.clone();
            edits.push(Edit {
                status: Some(record.status).filter(|status| *status != Status::Todo),
                due: record.due.map(Some),
                owner: record.owner.clone().map(Some),
                ..Edit::item(clause.id, clause.text.as_str(), units)
            });
            edits.extend(record.remarks.iter().map(|remark| Edit {
                remark: Some((remark.kind, remark.text.clone())),
                ..Edit::new(target.clone())
            }));
            for step in &record.steps {
                let (id, text) = (step.id.clone(), step.text.clone());
                edits.push(Edit {
                    step: Some((id.clone(), text)),
                    ..Edit::new(target.clone())
                });
                let mut state = Edit::new(target.clone());
                state.target.step = Some(id);
                state.status = Some(step.status).filter(|status| *status != Status::Todo);
                state.due = step.due.map(Some);
                if state.status.is_some() || state.due.is_some() {
                    edits.push(state);
                }
            }
        }
        edits
    }

    /// Returns what a pair's new clause lacks of its old one, ignoring doubts.
    pub fn of_pair(&self, pair: &Pair) -> PairPlan {
        let same = |p: &&Pair| p.new == pair.new;
        let formers = self.comparison.pairs.iter().filter(same);
        let formers: Vec<usize> = formers.filter_map(|p| p.old).collect();
        self.item(pair, &[], &formers)
    }

    /// `planned` is what other clauses bring to the new one, `formers` all that it was made of.
    fn item(&self, pair: &Pair, planned: &[Edit], formers: &[usize]) -> PairPlan {
        let Some((old, new)) = pair.both() else {
            return PairPlan::default();
        };
        let record = self.old.record(old);
        let mut item = PairPlan {
            worked_on: is_worked_on(record),
            ..PairPlan::default()
        };
        let mut maker = Maker {
            carrier: self,
            old,
            new,
            planned,
            formers,
            item: &mut item,
        };
        maker.fields();
        maker.remarks();
        maker.steps();
        // The numbers may agree already, or the person may have decided before.
        let torn = item.kept.contains(&Kept::Torn) && item.worked_on;
        item.undecided = pair.doubt.is_some() && (!item.edits.is_empty() || torn);
        item
    }
}

fn is_worked_on(record: &Record) -> bool {
    record.status != Status::Todo
        || record.due.is_some()
        || record.owner.is_some()
        || !record.remarks.is_empty()
        || !record.steps.is_empty()
}

struct Maker<'a> {
    carrier: &'a Carrier<'a>,
    old: usize,
    new: usize,
    /// What other clauses bring to the same one.
    planned: &'a [Edit],
    /// All old clauses that the new one was made of.
    formers: &'a [usize],
    item: &'a mut PairPlan,
}

/// Whether a field of the new clause is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Free,
    /// Another clause sets it.
    Planned,
    /// Somebody has set it.
    Given,
}

impl Taken {
    const fn of(given: bool, planned: bool) -> Self {
        match (given, planned) {
            (true, _) => Self::Given,
            (_, true) => Self::Planned,
            _ => Self::Free,
        }
    }
}

impl Maker<'_> {
    fn target(&self) -> Target {
        Target::clause(self.carrier.new.document().clauses[self.new].id)
    }

    fn fields(&mut self) {
        let (was, is) = (
            self.carrier.old.record(self.old),
            self.carrier.new.record(self.new),
        );
        let given = self.carrier.new.given(self.new);
        let formers = self.formers.iter().map(|o| self.carrier.old.record(*o));
        let formers: Vec<&Record> = formers.collect();
        let own = |e: &&Edit| e.target.step.is_none();
        let planned = |sets: fn(&Edit) -> bool| self.planned.iter().filter(own).any(sets);
        let status = Taken::of(given.status, planned(|e| e.status.is_some()));
        let due = Taken::of(given.due, planned(|e| e.due.is_some()));
        let owner = Taken::of(given.owner, planned(|e| e.owner.is_some()));
        let mut edit = Edit::new(self.target());
        if was.status != Status::Todo {
            let agreed = formers.iter().all(|r| r.status == was.status);
            let (old, new) = (was.status, is.status);
            let take = self.settle(status, agreed, old != new, Kept::Status { old, new });
            edit.status = take.then_some(old);
        }
        if was.due.is_some() {
            let agreed = formers.iter().all(|r| r.due.is_none() || r.due == was.due);
            let (old, new) = (was.due, is.due);
            let take = self.settle(due, agreed, old != new, Kept::Due { old, new });
            edit.due = take.then_some(old);
        }
        if was.owner.is_some() {
            let agreed = formers
                .iter()
                .all(|r| r.owner.is_none() || r.owner == was.owner);
            let (old, new) = (was.owner.clone(), is.owner.clone());
            let differs = old != new;
            let take = self.settle(owner, agreed, differs, Kept::Owner { old, new });
            edit.owner = take.then(|| was.owner.clone());
        }
        if edit.status.is_some() || edit.due.is_some() || edit.owner.is_some() {
            self.item.edits.push(edit);
        }
    }

    /// Returns whether a field of the old clause is carried; otherwise notes what is kept.
    fn settle(&mut self, taken: Taken, agreed: bool, differs: bool, kept: Kept) -> bool {
        let note = match (taken, agreed) {
            (Taken::Free, true) => return true,
            (Taken::Free, false) => Kept::Torn,
            (Taken::Given, true) if differs => kept,
            _ => return false,
        };
        if !self.item.kept.contains(&note) {
            self.item.kept.push(note);
        }
        false
    }

    /// A remark that occurs several times is carried as often.
    fn remarks(&mut self) {
        let document = self.carrier.old.document();
        let clause = document.clauses[self.old].id.to_string();
        let origin = |remark: &Remark| Origin {
            document: document.id.clone(),
            clause: clause.clone(),
            by: remark.by.to_string(),
            at: remark
                .at
                .to_zoned_datetime(self.carrier.zone.clone())
                .strftime("%Y-%m-%d %H:%M")
                .to_string(),
        };
        let mut there: Vec<&Remark> = self.carrier.new.record(self.new).remarks.iter().collect();
        for remark in &self.carrier.old.record(self.old).remarks {
            let origin = origin(remark);
            let found = there.iter().position(|r| origin.is_of(remark, r));
            if let Some(nth) = found {
                there.remove(nth);
                continue;
            }
            let mut edit = Edit::new(self.target());
            edit.remark = Some((remark.kind, origin.stamp(&remark.text, self.carrier.lang)));
            self.item.edits.push(edit);
        }
    }

    /// A step with the same text is the same step.
    fn steps(&mut self) {
        let is = &self.carrier.new.record(self.new).steps;
        let mut taken: Vec<CompactString> = is.iter().map(|s| s.id.clone()).collect();
        let planned = self.planned.iter().filter_map(|e| e.step.as_ref());
        taken.extend(planned.clone().map(|(id, _)| id.clone()));
        for step in &self.carrier.old.record(self.old).steps {
            if planned.clone().any(|(_, text)| *text == step.text) {
                continue;
            }
            let there = is.iter().find(|s| s.text == step.text);
            let id = there.map_or_else(|| free_id(step, &taken), |s| s.id.clone());
            if there.is_none() {
                let mut edit = Edit::new(self.target());
                edit.step = Some((id.clone(), step.text.clone()));
                self.item.edits.push(edit);
            }
            let ticked = there.is_some() && self.carrier.new.is_ticked(self.new, &id);
            if step.status != Status::Todo && !ticked {
                let mut edit = Edit::new(self.target());
                edit.target.step = Some(id.clone());
                edit.status = Some(step.status);
                self.item.edits.push(edit);
            }
            taken.push(id);
        }
    }
}

/// Returns the step's own id, or another if the new clause already uses it.
fn free_id(step: &Step, taken: &[CompactString]) -> CompactString {
    let numbered = (2..).map(|n| compact_str::format_compact!("{}-{n}", step.id));
    let mut ids = std::iter::once(step.id.clone()).chain(numbered);
    ids.find(|id| !taken.contains(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
