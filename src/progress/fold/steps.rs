//! The steps of one clause, as standing edits create, reword, tick, move and remove them.
//!
//! A move names the step before it. Replayed in order of effect, concurrent moves on two machines
//! end in the same order on both. A removed step keeps its place: others may follow it, and it may
//! come back.

use crate::progress::{Due, Edit, Status, Step};
use compact_str::CompactString;
use std::collections::HashMap;

/// The steps in order, including hidden ones.
#[derive(Debug, Clone, Default)]
pub(in crate::progress) struct Steps {
    entries: Vec<StepEntry>,
    /// Index of each id's entry: a clause may have very many.
    index: HashMap<CompactString, usize>,
}

/// A step that was created or ticked, perhaps before it was created.
#[derive(Debug, Clone, Default)]
struct StepEntry {
    id: CompactString,
    is_made: bool,
    /// Its text, unless it was removed.
    text: Option<String>,
    status: Status,
    due: Option<Due>,
    /// Its index among the visible steps.
    shown: Option<usize>,
    /// Indexes of the changes that set its status, deadline, text and place.
    places: [Option<usize>; 4],
}

impl StepEntry {
    fn step(&self) -> Option<Step> {
        Some(Step {
            id: self.id.clone(),
            text: self.text.clone()?,
            status: self.status,
            due: self.due,
        })
    }
}

impl Steps {
    /// Creates a step, last, or rewords it. `shown` are the visible steps.
    pub(super) fn make(
        &mut self,
        id: &CompactString,
        text: &str,
        place: usize,
        shown: &mut Vec<Step>,
    ) {
        let nth = self.entry(id);
        let is_last = nth + 1 == self.entries.len();
        let entry = &mut self.entries[nth];
        entry.text = Some(text.to_owned());
        entry.places[2] = Some(place);
        let was_made = std::mem::replace(&mut entry.is_made, true);
        if !was_made && is_last {
            entry.shown = Some(shown.len());
            shown.extend(entry.step());
            return;
        }
        if !was_made {
            let entry = self.entries.remove(nth);
            self.entries.push(entry);
        }
        self.renew(shown);
    }

    /// Applies an edit of a step. `shown` are the visible steps.
    pub(super) fn set(
        &mut self,
        id: &CompactString,
        edit: &Edit,
        place: usize,
        shown: &mut Vec<Step>,
    ) {
        let nth = self.entry(id);
        let entry = &mut self.entries[nth];
        if let Some(status) = edit.status {
            entry.status = status;
            entry.places[0] = Some(place);
        }
        if let Some(due) = edit.due {
            entry.due = due;
            entry.places[1] = Some(place);
        }
        if let Some(step) = entry.shown.and_then(|at| shown.get_mut(at)) {
            (step.status, step.due) = (entry.status, entry.due);
        }
        let is_told = edit.text.is_some() || edit.after.is_some();
        if !entry.is_made || !is_told {
            return;
        }
        if let Some(text) = &edit.text {
            entry.text.clone_from(text);
            entry.places[2] = Some(place);
        }
        if let Some(after) = &edit.after {
            entry.places[3] = Some(place);
            self.put_after(nth, after.as_ref());
        }
        self.renew(shown);
    }

    /// Returns the indexes of the changes that set a step's status, deadline, text and place.
    pub(in crate::progress) fn places(&self, id: &str) -> [Option<usize>; 4] {
        let entry = self.index.get(id).map(|nth| &self.entries[*nth]);
        entry.map_or_else(Default::default, |entry| entry.places)
    }

    fn put_after(&mut self, nth: usize, after: Option<&CompactString>) {
        let entry = self.entries.remove(nth);
        let behind = |id: &CompactString| {
            let mut entries = self.entries.iter();
            entries.position(|e| e.id == *id && e.is_made)
        };
        let to = match after {
            None => 0,
            // After a step that does not exist (its creation was retracted) it stays in place.
            Some(id) => behind(id).map_or(nth, |found| found + 1),
        };
        self.entries.insert(to, entry);
    }

    /// Rebuilds the visible steps.
    fn renew(&mut self, shown: &mut Vec<Step>) {
        shown.clear();
        for (nth, entry) in self.entries.iter_mut().enumerate() {
            let step = entry.step();
            entry.shown = step.is_some().then_some(shown.len());
            shown.extend(step);
            self.index.insert(entry.id.clone(), nth);
        }
    }

    /// Returns the index of a step; a new one is last.
    fn entry(&mut self, id: &CompactString) -> usize {
        let last = self.entries.len();
        let nth = *self.index.entry(id.clone()).or_insert(last);
        if nth == last {
            self.entries.push(StepEntry {
                id: id.clone(),
                ..StepEntry::default()
            });
        }
        nth
    }
}
