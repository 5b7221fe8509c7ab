//! The rows of a sheet in order: which lines without an id are steps of the clause above them.

use super::{
    super::{
        Sheet, SheetRow,
        head::{ColumnMeaning, SheetHeader},
    },
    FIXED, Merger, RowKind,
};
use crate::report::{Column, RowSubject, base::FIELDS};
use compact_str::CompactString;

/// The row above, if it is about a clause or a step.
pub(super) struct RowAbove {
    pub(super) clause: usize,
    /// The step that it is.
    pub(super) step: Option<CompactString>,
    /// Whether other steps follow, so that a new one has to be moved there.
    pub(super) is_followed: bool,
}

impl Merger<'_> {
    /// Merges the rows of a sheet in order.
    pub(super) fn rows(
        &mut self,
        sheet: &Sheet,
        header: &SheetHeader,
        rows: &[&SheetRow],
        kinds: Vec<RowKind<'_>>,
    ) {
        let is_placed = self.is_placed(&kinds);
        let last = kinds.iter().rposition(|kind| kind.clause().is_some());
        let mut above: Option<(u32, RowAbove)> = None;
        for (nth, (row, mut kind)) in rows.iter().zip(kinds).enumerate() {
            let near = above.filter(|(number, _)| is_placed && number + 1 == row.number);
            let near = near.map(|(_, above)| above);
            // Below the last clause there may be anything, but below a step there are steps.
            let may_be =
                |near: &&RowAbove| last.is_some_and(|last| nth < last) || near.step.is_some();
            if let (RowKind::Other, Some(near)) = (&kind, near.as_ref().filter(may_be))
                && self.is_step_of(near.clause, header, row)
            {
                kind = RowKind::Step(near.clause);
            }
            let here = match kind {
                RowKind::Known(mut found) => {
                    found.is_blocked = self.is_blocked(header, row, found.subject);
                    self.cells(sheet, header, row, &found);
                    Some(self.above(found.subject))
                }
                RowKind::Gone(id, hashes) => {
                    self.gone(sheet, header, row, (&id, hashes));
                    near
                }
                RowKind::Step(clause) => {
                    let near = near.filter(|near| near.clause == clause);
                    self.step(sheet, header, row, (clause, near))
                }
                RowKind::Other => {
                    self.added(sheet, header, row);
                    None
                }
            };
            above = here.map(|above| (row.number, above));
        }
    }

    /// Returns whether a row's place says what it is about: in a ledger that has lines for steps, and
    /// that nobody sorted.
    fn is_placed(&self, kinds: &[RowKind<'_>]) -> bool {
        let has_code = |kind: &RowKind<'_>| match kind {
            RowKind::Known(found) => found.hashes.is_some(),
            _ => false,
        };
        let has_steps = self.exported.is_some_and(|e| e.has_steps) || kinds.iter().any(has_code);
        has_steps && kinds.iter().filter_map(RowKind::clause).is_sorted()
    }

    pub(super) fn above(&self, subject: RowSubject) -> RowAbove {
        let steps = self.basis.record(subject.clause).steps.len();
        RowAbove {
            clause: subject.clause,
            step: subject.step(self.basis).map(|step| step.id.clone()),
            is_followed: subject.step.map_or(0, |nth| nth + 1) < steps,
        }
    }

    /// Returns whether a row has only what a step has.
    fn is_step_of(&self, clause: usize, header: &SheetHeader, row: &SheetRow) -> bool {
        header.known.iter().all(|(column, head, _)| {
            let value = row.cell(*column).filter(|value| !value.text().is_empty());
            match (head, value) {
                (_, None)
                | (
                    ColumnMeaning::Section
                    | ColumnMeaning::AsOf
                    | ColumnMeaning::Field(Column::Text | Column::Status | Column::Due),
                    _,
                ) => true,
                (ColumnMeaning::Field(field), Some(value)) if FIXED.contains(field) => {
                    self.is_as_printed(clause, *field, value)
                }
                (ColumnMeaning::Field(field), _) => *field != Column::Id && !FIELDS.contains(field),
                (ColumnMeaning::Code, _) => false,
            }
        })
    }
}
