//! The fold: which changes stand, and the state they give each clause.
//!
//! It follows its definition: changes in order of effect; one is out while a later standing retract
//! names it; those that stand are applied one after the other. Ids are looked up by hash and
//! retracts resolved from last to first, so the time is linear.

use super::{Body, Change, ChangeId, Due, Edit, Record, Remark, Slip, Status, reminder};
use crate::document::{Clause, ClauseId, Document, OwnItem};
use compact_str::CompactString;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use steps::Steps;

mod steps;

/// The fold. Positions are in the order of effect.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    /// The document with the added items from the changes.
    pub(super) document: Arc<Document>,
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
    /// The last deadline that it had: one that was removed and set again may have slipped.
    last_due: Option<Due>,
    pub(super) slip: Option<Box<Slip>>,
    pub(super) owner: Option<usize>,
    /// The wording of an added item.
    text: Option<usize>,
    pub(super) steps: Steps,
}

impl Fold {
    pub(super) fn new(
        base: &Arc<Document>,
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
            document: Arc::clone(base),
            stands: vec![true; order.len()],
            clauses: Vec::new(),
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
        let items = fold.items(changes);
        if !items.is_empty() {
            fold.document = Arc::new(base.with_items(items));
        }
        let clauses = fold.document.clauses.iter();
        fold.clauses = clauses.map(ClauseFold::of_document).collect();
        for place in 0..fold.order.len() {
            fold.take(&changes[fold.order[place]], place);
        }
        fold.forget_gone(changes);
        fold
    }

    /// Adds the last change, unless it alters the effect of earlier ones; returns whether it did.
    pub(super) fn append(&mut self, changes: &[Change]) -> bool {
        let Some((change, before)) = changes.split_last() else {
            return false;
        };
        let is_later = self.order.last().is_none_or(|&last| {
            let last = &before[last];
            (last.at, &last.id) < (change.at, &change.id)
        });
        let is_plain = change.edits().iter().all(|edit| item_of(edit).is_none());
        if !is_later || !is_plain || matches!(change.body, Body::Retract(_)) {
            return false;
        }
        let place = self.order.len();
        self.order.push(before.len());
        self.places.push(place);
        self.stands.push(true);
        self.take(change, place);
        let is_own = |edit: &Edit| edit.target.clause.starts_with('+');
        if change.edits().iter().any(is_own) {
            self.forget_gone(changes);
        }
        true
    }

    /// Returns the added items that stand, oldest first.
    fn items(&self, changes: &[Change]) -> Vec<OwnItem> {
        let mut items: Vec<(OwnItem, bool)> = Vec::new();
        let mut known: HashMap<ClauseId, usize> = HashMap::new();
        let places = self.order.iter().zip(&self.stands);
        let standing = places.filter(|(_, stands)| **stands);
        for edit in standing.flat_map(|(&change, _)| changes[change].edits()) {
            let is_new = |id: &ClauseId| self.document.find(*id).is_none();
            let Some(id) = item_of(edit).filter(is_new) else {
                continue;
            };
            if let Some(units) = &edit.item {
                let nth = *known.entry(id).or_insert(items.len());
                let (text, units) = (String::new(), units.clone());
                let item = (OwnItem { id, text, units }, true);
                match items.get_mut(nth) {
                    Some(known) => *known = item,
                    None => items.push(item),
                }
            }
            // A new text for an item that does not exist has no effect.
            if let (Some(&nth), Some(text)) = (known.get(&id), &edit.text) {
                let (item, is_there) = &mut items[nth];
                *is_there = text.is_some();
                item.text = text.clone().unwrap_or_default();
            }
        }
        items.retain(|(_, is_there)| *is_there);
        items.into_iter().map(|(item, _)| item).collect()
    }

    /// Removed items don't count as unknown.
    fn forget_gone(&mut self, changes: &[Change]) {
        if self.unknown.is_empty() {
            return;
        }
        let edits = changes.iter().flat_map(Change::edits);
        let made = edits.filter(|edit| edit.item.is_some());
        let made: HashSet<&CompactString> = made.map(|edit| &edit.target.clause).collect();
        self.unknown.retain(|id, _| !made.contains(id));
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

    fn take(&mut self, change: &Change, place: usize) {
        #[cfg(test)]
        super::tests::TAKEN.set(super::tests::TAKEN.get() + 1);
        for edit in change.edits() {
            let Some(clause) = self.clause_of(edit) else {
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
    pub(super) fn is_overtaken(&self, edit: &Edit, place: usize) -> bool {
        let Some(fold) = self.clause_of(edit).and_then(|c| self.clause(c)) else {
            return false;
        };
        let is_later = |last: Option<usize>| last.is_some_and(|last| last > place);
        // Remarks and new steps never replace each other.
        let beside = edit.remark.is_some().then_some(false);
        let fields = match &edit.target.step {
            Some(step) => {
                let places = fold.steps.places(step);
                let given = [
                    edit.status.is_some(),
                    edit.due.is_some(),
                    edit.text.is_some(),
                    edit.after.is_some(),
                ];
                let lost = given.into_iter().zip(places);
                let lost = lost.map(|(given, last)| given.then(|| is_later(last)));
                [beside, None].into_iter().chain(lost).collect::<Vec<_>>()
            }
            None => vec![
                beside,
                edit.step.is_some().then_some(false),
                edit.status.is_some().then(|| is_later(fold.status)),
                edit.due.is_some().then(|| is_later(fold.due)),
                edit.owner.is_some().then(|| is_later(fold.owner)),
                item_of(edit).map(|_| edit.item.is_none() && is_later(fold.text)),
            ],
        };
        let mut given = fields.into_iter().flatten().peekable();
        given.peek().is_some() && given.all(|overtaken| overtaken)
    }

    fn clause_of(&self, edit: &Edit) -> Option<usize> {
        self.document.find(edit.target.clause_id()?)
    }
}

/// Returns the added item that an edit creates, rewords or removes.
fn item_of(edit: &Edit) -> Option<ClauseId> {
    let is_said = edit.target.step.is_none() && (edit.item.is_some() || edit.text.is_some());
    let id = edit.target.clause_id().filter(|_| is_said);
    id.filter(|id| id.is_own())
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

    /// Applies a standing edit. A remark on a step is kept with the clause.
    fn apply(&mut self, change: &Change, edit: &Edit, place: usize) {
        if let (Some(due), None) = (edit.due, &edit.target.step) {
            self.note_slip(change, due);
        }
        let record = &mut self.record;
        let mut is_set = edit.status.is_some() || edit.due.is_some();
        is_set |= (edit.remark.as_ref()).is_some_and(|(_, text)| reminder::read(text).is_none());
        if let Some((kind, text)) = &edit.remark {
            record.remarks.push(Remark {
                at: change.when(),
                by: change.by.clone(),
                kind: *kind,
                text: text.clone(),
            });
        }
        if let Some(step) = &edit.target.step {
            is_set |= edit.text.is_some() || edit.after.is_some();
            self.steps.set(step, edit, place, &mut record.steps);
        } else {
            is_set |= edit.owner.is_some() || edit.step.is_some() || item_of(edit).is_some();
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
            if edit.text.is_some() {
                self.text = Some(place);
            }
            if let Some((id, text)) = &edit.step {
                self.steps.make(id, text, place, &mut record.steps);
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
}
