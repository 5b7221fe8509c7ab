//! The fold: which changes stand, and the state they give each clause.
//!
//! It follows its definition: changes in order of effect; one is out while a later standing retract
//! names it; those that stand are applied one after the other. Ids are looked up by hash and
//! retracts resolved from last to first, so the time is linear.

use super::{Body, Change, ChangeId, Due, Edit, Record, Remark, Slip, Status, Step};
use crate::document::{Clause, Document};
use compact_str::CompactString;
use std::collections::{BTreeMap, HashMap};

/// The fold. Positions are in the order of effect.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    /// Index of the change at each position.
    pub(super) order: Vec<usize>,
    /// Position of each change.
    pub(super) places: Vec<usize>,
    /// Whether the change at each position stands.
    pub(super) stands: Vec<bool>,
    /// By clause index; `None` unless a change names the clause or the document gives it a deadline
    /// or owner.
    clauses: Vec<Option<Box<ClauseFold>>>,
    /// Clause ids that the document lacks, with the number of edits for each.
    pub(super) unknown: BTreeMap<CompactString, usize>,
    /// Owners set by standing edits, with the position of the last edit for each.
    pub(super) owners: HashMap<String, usize>,
}

/// State of a clause, and the positions of the changes that set it.
#[derive(Debug, Clone, Default)]
pub(super) struct ClauseFold {
    pub(super) record: Record,
    pub(super) status: Option<usize>,
    /// Status before the change that set the present one.
    pub(super) status_before: Status,
    pub(super) due: Option<usize>,
    /// The last deadline that it had: one that was taken away and set again may have slipped.
    last_due: Option<Due>,
    pub(super) slip: Option<Box<Slip>>,
    pub(super) owner: Option<usize>,
    pub(super) steps: HashMap<CompactString, StepFold>,
}

/// A step that was created or ticked. (It can be ticked before it is created.)
#[derive(Debug, Clone, Default)]
pub(super) struct StepFold {
    /// Its index in the record, once it exists.
    index: Option<usize>,
    /// Position and status of the last tick.
    pub(super) tick: Option<(usize, Status)>,
}

impl Fold {
    pub(super) fn new(
        document: &Document,
        changes: &[Change],
        by_id: &HashMap<ChangeId, usize>,
    ) -> Self {
        let mut order: Vec<usize> = (0..changes.len()).collect();
        order.sort_by_key(|&i| (changes[i].at, &changes[i].id));
        let mut places = vec![0; changes.len()];
        for (place, &change) in order.iter().enumerate() {
            places[change] = place;
        }
        let mut fold = Self {
            stands: vec![true; order.len()],
            clauses: document
                .clauses
                .iter()
                .map(ClauseFold::of_document)
                .collect(),
            unknown: BTreeMap::new(),
            owners: HashMap::new(),
            order,
            places,
        };
        for place in (0..fold.order.len()).rev() {
            let change = &changes[fold.order[place]];
            let target = fold.target(change, place, by_id);
            if let Some(target) = target.filter(|_| fold.stands[place]) {
                fold.stands[target] = false;
            }
        }
        for place in 0..fold.order.len() {
            fold.take(document, &changes[fold.order[place]], place);
        }
        fold
    }

    /// Adds the last change, unless it alters the effect of earlier ones; returns whether it did.
    pub(super) fn append(&mut self, document: &Document, changes: &[Change]) -> bool {
        let Some((change, before)) = changes.split_last() else {
            return false;
        };
        let is_later = self.order.last().is_none_or(|&last| {
            let last = &before[last];
            (last.at, &last.id) < (change.at, &change.id)
        });
        if !is_later || matches!(change.body, Body::Retract(_)) {
            return false;
        }
        let place = self.order.len();
        self.order.push(before.len());
        self.places.push(place);
        self.stands.push(true);
        self.take(document, change, place);
        true
    }

    /// Returns the position of a retract's target: a change that has arrived and precedes it.
    pub(super) fn target(
        &self,
        change: &Change,
        place: usize,
        by_id: &HashMap<ChangeId, usize>,
    ) -> Option<usize> {
        let Body::Retract(id) = &change.body else {
            return None;
        };
        let target = self.places[*by_id.get(id)?];
        (target < place).then_some(target)
    }

    /// Returns the fold of a clause, if a change or the document sets something.
    pub(super) fn clause(&self, clause: usize) -> Option<&ClauseFold> {
        self.clauses.get(clause)?.as_deref()
    }

    fn take(&mut self, document: &Document, change: &Change, place: usize) {
        #[cfg(test)]
        super::tests::TAKEN.set(super::tests::TAKEN.get() + 1);
        for edit in change.edits() {
            let Some(clause) = clause_of(document, edit) else {
                *self.unknown.entry(edit.target.clause.clone()).or_default() += 1;
                continue;
            };
            let fold = self.clauses[clause].get_or_insert_default();
            if !self.stands[place] {
                continue;
            }
            fold.apply(change, edit, place);
            if let (Some(Some(owner)), None) = (&edit.owner, &edit.target.step) {
                self.owners.insert(owner.clone(), place);
            }
        }
    }

    /// Returns whether later changes have set every field of the edit.
    pub(super) fn is_overtaken(&self, document: &Document, edit: &Edit, place: usize) -> bool {
        let Some(fold) = clause_of(document, edit).and_then(|c| self.clause(c)) else {
            return false;
        };
        let is_later = |last: Option<usize>| last.is_some_and(|last| last > place);
        let (status, of_clause) = match &edit.target.step {
            Some(step) => {
                let tick = fold.steps.get(step).and_then(|s| s.tick);
                (tick.map(|(place, _)| place), false)
            }
            None => (fold.status, true),
        };
        // Remarks and steps never replace each other.
        let fields = [
            edit.status.is_some().then(|| is_later(status)),
            (of_clause && edit.due.is_some()).then(|| is_later(fold.due)),
            (of_clause && edit.owner.is_some()).then(|| is_later(fold.owner)),
            edit.remark.is_some().then_some(false),
            (of_clause && edit.step.is_some()).then_some(false),
        ];
        let mut given = fields.into_iter().flatten().peekable();
        given.peek().is_some() && given.all(|overtaken| overtaken)
    }
}

fn clause_of(document: &Document, edit: &Edit) -> Option<usize> {
    document.find(edit.target.clause_id()?)
}

impl ClauseFold {
    /// Returns what the document itself gives a clause, which holds until somebody sets another.
    fn of_document(clause: &Clause) -> Option<Box<Self>> {
        let due = clause.due.as_deref().and_then(|due| due.parse().ok());
        if due.is_none() && clause.owner.is_none() {
            return None;
        }
        let record = Record {
            due,
            owner: clause.owner.clone(),
            ..Record::default()
        };
        Some(Box::new(Self {
            record,
            last_due: due,
            ..Self::default()
        }))
    }

    /// Applies a standing edit. A step takes only a status; a remark on one is kept with the
    /// clause.
    fn apply(&mut self, change: &Change, edit: &Edit, place: usize) {
        if let (Some(due), None) = (edit.due, &edit.target.step) {
            self.note_slip(change, due);
        }
        let record = &mut self.record;
        let mut is_set = edit.status.is_some() || edit.remark.is_some();
        if let Some((kind, text)) = &edit.remark {
            record.remarks.push(Remark {
                at: change.when(),
                by: change.by.clone(),
                kind: *kind,
                text: text.clone(),
            });
        }
        if let Some(step) = &edit.target.step {
            if let Some(status) = edit.status {
                self.tick(step, place, status);
            }
        } else {
            is_set |= edit.due.is_some() || edit.owner.is_some() || edit.step.is_some();
            if let Some(status) = edit.status {
                if self.status != Some(place) {
                    self.status_before = record.status;
                }
                record.status = status;
                self.status = Some(place);
            }
            if let Some(due) = edit.due {
                record.dated = match (record.due, due) {
                    (_, None) => None,
                    (None, Some(_)) => Some(change.when()),
                    (Some(_), Some(_)) => record.dated,
                };
                record.due = due;
                self.due = Some(place);
            }
            if let Some(owner) = &edit.owner {
                record.owner.clone_from(owner);
                self.owner = Some(place);
            }
            if let Some((id, text)) = &edit.step {
                self.say(id, text);
            }
        }
        if is_set {
            self.record.updated = Some((change.when(), change.by.clone()));
        }
    }

    /// 长期 is later than any day.
    fn note_slip(&mut self, change: &Change, due: Option<Due>) {
        let Some(due) = due else { return };
        let last = self.last_due.replace(due);
        let Some(first) = last.filter(|last| due > *last) else {
            return;
        };
        let (by, at) = (change.by.clone(), change.when());
        let slip = self.slip.get_or_insert_with(|| {
            let by = by.clone();
            Box::new(Slip {
                first,
                times: 0,
                by,
                at,
            })
        });
        slip.times += 1;
        (slip.by, slip.at) = (by, at);
    }

    fn tick(&mut self, id: &CompactString, place: usize, status: Status) {
        let step = self.steps.entry(id.clone()).or_default();
        step.tick = Some((place, status));
        if let Some(index) = step.index {
            self.record.steps[index].status = status;
        }
    }

    /// Creates a step, or changes its text.
    fn say(&mut self, id: &CompactString, text: &str) {
        let steps = &mut self.record.steps;
        let step = self.steps.entry(id.clone()).or_default();
        if let Some(index) = step.index {
            text.clone_into(&mut steps[index].text);
            return;
        }
        step.index = Some(steps.len());
        steps.push(Step {
            id: id.clone(),
            text: text.to_owned(),
            status: step.tick.map_or(Status::Todo, |(_, status)| status),
        });
    }
}
