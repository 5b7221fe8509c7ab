//! The rows of the history: a heading per day, a line per change, the newest first; and the values
//! before each change. Pure.

use crate::{
    document::ClauseId,
    progress::{Body, Change, Due, Edit, Progress, Status, Target},
};
use compact_str::CompactString;
use jiff::{civil::Date, tz::TimeZone};
use std::collections::{HashMap, HashSet};

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HistoryRow {
    /// A day with its number of changes.
    Day(Date, usize),
    /// A change, by its index.
    Change(usize),
    /// An edit of an open batch.
    Item(usize, usize),
}

/// A target's old values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Old {
    pub status: Status,
    pub due: Option<Due>,
    pub owner: Option<CompactString>,
}

impl Old {
    /// Applies an edit.
    fn take(&mut self, edit: &Edit) {
        self.status = edit.status.unwrap_or(self.status);
        self.due = edit.due.unwrap_or(self.due);
        if let Some(owner) = &edit.owner {
            self.owner = owner.as_deref().map(CompactString::from);
        }
    }

    /// Restores the values from before an edit.
    fn give_back(&mut self, edit: &Edit, before: &Self) {
        if edit.status.is_some() {
            self.status = before.status;
        }
        if edit.due.is_some() {
            self.due = before.due;
        }
        if edit.owner.is_some() {
            self.owner.clone_from(&before.owner);
        }
    }
}

/// The values before each edit, by change and edit.
#[derive(Debug, Default)]
pub(super) struct PriorValues(Vec<Vec<Old>>);

impl PriorValues {
    /// Reads the journal once. A retracted change is gone from then on.
    pub(super) fn of(progress: &Progress) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut states: HashMap<&Target, Old> = HashMap::new();
        let mut before: Vec<Vec<Old>> = Vec::with_capacity(progress.changes().len());
        for (place, change) in progress.changes().enumerate() {
            places.insert(&change.id, place);
            let mut found = Vec::new();
            if let Body::Retract(id) = &change.body {
                let set = progress.retracted(id);
                let olds = set.and_then(|(set, _)| before.get(*places.get(&*set.id)?));
                if let Some(((set, is_undo), olds)) = set.zip(olds) {
                    for (edit, old) in set.edits().iter().zip(olds) {
                        let state = states.entry(&edit.target).or_default();
                        if is_undo {
                            state.give_back(edit, old);
                        } else {
                            state.take(edit);
                        }
                    }
                }
            }
            for edit in change.edits() {
                let state = states.entry(&edit.target);
                let state = state.or_insert_with(|| of_document(progress, &edit.target));
                found.push(state.clone());
                state.take(edit);
            }
            before.push(found);
        }
        Self(before)
    }

    /// Returns the values before an edit.
    pub(super) fn edit(&self, change: usize, edit: usize) -> Option<&Old> {
        self.0.get(change)?.get(edit)
    }
}

/// Returns a target's values in the document.
fn of_document(progress: &Progress, target: &Target) -> Old {
    let document = progress.document();
    let id: Option<ClauseId> = target.clause.parse().ok();
    let clause = id
        .and_then(|id| document.find(id))
        .filter(|_| target.step.is_none());
    let clause = clause.map(|clause| &document.clauses[clause]);
    Old {
        status: Status::default(),
        due: clause.and_then(|clause| clause.due.as_deref()?.parse().ok()),
        owner: clause.and_then(|clause| clause.owner.as_deref().map(CompactString::from)),
    }
}

/// Returns the rows of these changes in order, with the edits of open batches below them.
pub(super) fn entries<'a>(
    changes: impl DoubleEndedIterator<Item = (usize, &'a Change)>,
    zone: &TimeZone,
    open: &HashSet<CompactString>,
) -> Vec<HistoryRow> {
    let mut rows = Vec::new();
    let mut heading = 0;
    for (place, change) in changes.rev() {
        let day = change.when().to_zoned_datetime(zone.clone()).date();
        match rows.get_mut(heading) {
            Some(HistoryRow::Day(last, count)) if *last == day => *count += 1,
            _ => {
                heading = rows.len();
                rows.push(HistoryRow::Day(day, 1));
            }
        }
        rows.push(HistoryRow::Change(place));
        if open.contains(&change.id) {
            rows.extend((0..change.edits().len()).map(|nth| HistoryRow::Item(place, nth)));
        }
    }
    rows
}
