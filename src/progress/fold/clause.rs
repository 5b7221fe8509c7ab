//! The fold of one clause: the standing edits in order, and the record they give. May use:
//! `progress::fold::order`, `progress::change`.

use super::order::{RowId, Rows};
use crate::progress::{Due, Given, Record, Remark, Status, Step};
use std::cmp::Ordering;

/// One field that a standing edit sets. Owners and step ids are numbers in the fold's `Names`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::progress) enum What {
    Status(Status),
    Due(Option<Due>),
    Owner(Option<u32>),
    Remark,
    Step(u32),
    StepStatus(u32, Status),
}

/// A field set, and by which edit of which row.
#[derive(Debug, Clone, Copy)]
pub(in crate::progress) struct Mark {
    pub(in crate::progress) row: RowId,
    pub(in crate::progress) edit: u32,
    pub(in crate::progress) what: What,
}

/// A clause that some change names.
#[derive(Debug, Clone, Default)]
pub(in crate::progress) struct ClauseFold {
    pub(in crate::progress) record: Record,
    /// The fields that standing edits set, in order of effect.
    marks: Vec<Mark>,
}

impl Mark {
    fn cmp(&self, other: &Self, rows: &Rows) -> Ordering {
        rows.cmp(self.row, other.row)
            .then(self.edit.cmp(&other.edit))
    }
}

impl ClauseFold {
    /// Takes in a mark and returns its place. Of one edit, later fields come later.
    pub(in crate::progress) fn add(&mut self, rows: &Rows, mark: Mark) -> usize {
        let is_after = |m: &Mark| m.cmp(&mark, rows) == Ordering::Greater;
        let place = match self.marks.last() {
            Some(last) if is_after(last) => self.marks.partition_point(|m| !is_after(m)),
            _ => self.marks.len(),
        };
        self.marks.insert(place, mark);
        place
    }

    /// Takes out the mark of this edit and field, and returns the place that it had.
    pub(in crate::progress) fn remove(&mut self, rows: &Rows, mark: Mark) -> Option<usize> {
        let from = self
            .marks
            .partition_point(|m| m.cmp(&mark, rows) == Ordering::Less);
        let place = self.marks[from..]
            .iter()
            .take_while(|m| m.cmp(&mark, rows) == Ordering::Equal)
            .position(|m| m.what == mark.what)?;
        self.marks.remove(from + place);
        Some(from + place)
    }

    /// Returns the last value that `pick` finds, with its row.
    fn last<T>(&self, pick: impl Fn(What) -> Option<T>) -> Option<(RowId, T)> {
        self.marks
            .iter()
            .rev()
            .find_map(|m| pick(m.what).map(|value| (m.row, value)))
    }

    pub(in crate::progress) fn status(&self) -> Status {
        self.last(status).map_or(Status::Todo, |(_, s)| s)
    }

    /// Returns the row that gave the present status, if one did.
    pub(in crate::progress) fn status_row(&self) -> Option<RowId> {
        self.last(status).map(|(row, _)| row)
    }

    /// Tells which fields some standing edit sets, be it to nothing.
    pub(in crate::progress) fn given(&self) -> Given {
        Given {
            status: self.last(status).is_some(),
            due: self.last(due).is_some(),
            owner: self.last(owner).is_some(),
        }
    }

    /// Tells whether some standing edit ticks a step, or unticks it.
    pub(in crate::progress) fn is_ticked(&self, step: u32) -> bool {
        let ticks = |what| matches!(what, What::StepStatus(of, _) if of == step).then_some(());
        self.last(ticks).is_some()
    }

    /// Returns the status before the change that gave the present one.
    pub(in crate::progress) fn status_before(&self) -> Status {
        let Some((row, _)) = self.last(status) else {
            return Status::Todo;
        };
        let before = self.marks.iter().rev().filter(|m| m.row != row);
        before.map(|m| m.what).find_map(status).unwrap_or_default()
    }

    pub(in crate::progress) fn due(&self) -> Option<Due> {
        self.last(due).and_then(|(_, due)| due)
    }

    pub(in crate::progress) fn owner(&self) -> Option<u32> {
        self.last(owner).and_then(|(_, owner)| owner)
    }

    /// Returns the row that touched the clause last.
    pub(in crate::progress) fn last_row(&self) -> Option<RowId> {
        self.marks.last().map(|m| m.row)
    }

    /// Tells whether some later change sets the same field.
    pub(in crate::progress) fn is_overtaken(&self, rows: &Rows, row: RowId, what: What) -> bool {
        let same = |other: What| match (what, other) {
            (What::StepStatus(a, _), What::StepStatus(b, _)) => a == b,
            (What::Remark | What::Step(_), _) => false,
            _ => std::mem::discriminant(&what) == std::mem::discriminant(&other),
        };
        self.marks
            .iter()
            .rev()
            .take_while(|m| rows.cmp(m.row, row) == Ordering::Greater)
            .any(|m| same(m.what))
    }

    /// Puts a remark where its mark stands.
    pub(in crate::progress) fn add_remark(&mut self, place: usize, remark: Remark) {
        let at = if place + 1 == self.marks.len() {
            self.record.remarks.len()
        } else {
            self.remarks_before(place)
        };
        self.record.remarks.insert(at, remark);
    }

    /// Takes out the remark whose mark stood at this place.
    pub(in crate::progress) fn remove_remark(&mut self, place: usize) -> Option<Remark> {
        let at = self.remarks_before(place);
        (at < self.record.remarks.len()).then(|| self.record.remarks.remove(at))
    }

    fn remarks_before(&self, place: usize) -> usize {
        let before = self.marks[..place].iter();
        before.filter(|m| m.what == What::Remark).count()
    }

    /// Returns the standing steps: (name of the id, mark of the text that counts, status), in the
    /// order of their making.
    pub(in crate::progress) fn steps(&self) -> Vec<(u32, Mark, Status)> {
        let mut steps: Vec<(u32, Mark, Status)> = Vec::new();
        for mark in &self.marks {
            if let What::Step(id) = mark.what {
                match steps.iter_mut().find(|s| s.0 == id) {
                    Some(step) => step.1 = *mark,
                    None => steps.push((id, *mark, Status::Todo)),
                }
            }
        }
        for mark in &self.marks {
            if let What::StepStatus(id, status) = mark.what
                && let Some(step) = steps.iter_mut().find(|s| s.0 == id)
            {
                step.2 = status;
            }
        }
        steps
    }

    /// Gives a step its status where the mark is the last; tells whether that was all there is to
    /// do.
    pub(in crate::progress) fn tick_step(
        &mut self,
        place: usize,
        id: &str,
        status: Status,
    ) -> bool {
        if place + 1 != self.marks.len() {
            return false;
        }
        if let Some(step) = self.step_mut(id) {
            step.status = status;
        }
        true
    }

    /// Gives a step its text where the mark is the last, making the step where it is new; tells
    /// whether that was all there is to do.
    pub(in crate::progress) fn say_step(
        &mut self,
        place: usize,
        name: u32,
        id: &str,
        text: &str,
    ) -> bool {
        if place + 1 != self.marks.len() {
            return false;
        }
        if let Some(step) = self.step_mut(id) {
            text.clone_into(&mut step.text);
            return true;
        }
        // Its status may have arrived before it.
        let ticked = self.last(|what| match what {
            What::StepStatus(of, status) if of == name => Some(status),
            _ => None,
        });
        self.record.steps.push(Step {
            id: id.into(),
            text: text.to_owned(),
            status: ticked.map_or(Status::Todo, |(_, s)| s),
        });
        true
    }

    fn step_mut(&mut self, id: &str) -> Option<&mut Step> {
        self.record.steps.iter_mut().find(|s| s.id == id)
    }
}

const fn status(what: What) -> Option<Status> {
    match what {
        What::Status(status) => Some(status),
        _ => None,
    }
}

#[expect(clippy::option_option, reason = "set to nothing differs from not set")]
const fn due(what: What) -> Option<Option<Due>> {
    match what {
        What::Due(due) => Some(due),
        _ => None,
    }
}

#[expect(clippy::option_option, reason = "set to nothing differs from not set")]
const fn owner(what: What) -> Option<Option<u32>> {
    match what {
        What::Owner(owner) => Some(owner),
        _ => None,
    }
}
