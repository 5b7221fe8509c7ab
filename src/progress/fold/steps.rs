//! The steps of one clause, as standing edits make, word, tick, move and take them away.
//!
//! A move says behind which step another now stands. Replayed in order of effect, moves made at once
//! on two machines end in the same order on both. What was taken away keeps its place: others may
//! stand behind it, and it may come back.

use crate::progress::{Due, Edit, Status, Step};
use compact_str::CompactString;
use std::collections::HashMap;

/// The steps in their order, with those that are not shown.
#[derive(Debug, Clone, Default)]
pub(in crate::progress) struct Steps {
    entries: Vec<Entry>,
    /// Where the entry of an id is: a clause may have very many.
    index: HashMap<CompactString, usize>,
}

/// A step that was made or ticked. (It may be ticked before it is made.)
#[derive(Debug, Clone, Default)]
struct Entry {
    id: CompactString,
    is_made: bool,
    /// What is to be done, unless it was taken away.
    text: Option<String>,
    status: Status,
    due: Option<Due>,
    /// Its place among the steps that are shown.
    shown: Option<usize>,
    /// The places of the changes that gave its status, deadline, text and place.
    places: [Option<usize>; 4],
}

impl Entry {
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
    /// Makes a step, the last one, or gives it another text. `shown` are the steps as they are shown.
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

    /// Does what an edit of a step says. `shown` are the steps as they are shown.
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

    /// Returns the places of the changes that gave a step its status, deadline, text and place.
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
            // Behind what is not there (its making was taken back) it stays where it is.
            Some(id) => behind(id).map_or(nth, |found| found + 1),
        };
        self.entries.insert(to, entry);
    }

    /// Makes the steps that are shown anew.
    fn renew(&mut self, shown: &mut Vec<Step>) {
        shown.clear();
        for (nth, entry) in self.entries.iter_mut().enumerate() {
            let step = entry.step();
            entry.shown = step.is_some().then_some(shown.len());
            shown.extend(step);
            self.index.insert(entry.id.clone(), nth);
        }
    }

    /// Returns where a step is; one that is not known yet comes last.
    fn entry(&mut self, id: &CompactString) -> usize {
        let last = self.entries.len();
        let nth = *self.index.entry(id.clone()).or_insert(last);
        if nth == last {
            self.entries.push(Entry {
                id: id.clone(),
                ..Entry::default()
            });
        }
        nth
    }
}
