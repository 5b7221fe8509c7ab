//! Steps that somebody wrote into a ledger, and those that were removed since its export.

use super::{
    super::{Sheet, SheetRow, cell_values, head::SheetHeader},
    MatchedRow, Merger,
    rows::RowAbove,
};
use crate::{
    progress::{Edit, Status, Target, change::random_id},
    report::{Column, RowSubject, base},
};

impl Merger<'_> {
    /// Makes a step of a row, unless it was made before.
    pub(super) fn step(
        &mut self,
        sheet: &Sheet,
        header: &SheetHeader,
        row: &SheetRow,
        (clause, above): (usize, Option<RowAbove>),
    ) -> Option<RowAbove> {
        let text = header.line(row, Column::Text);
        if text.is_empty() {
            self.added(sheet, header, row);
            return None;
        }
        let mut steps = self.basis.record(clause).steps.iter();
        if let Some(nth) = steps.position(|s| base::plain(&s.text) == text) {
            let mut found = MatchedRow::new(clause.into(), None);
            (found.subject.step, found.is_written) = (Some(nth), true);
            self.cells(sheet, header, row, &found);
            return Some(self.above(found.subject));
        }
        let id = self.basis.document().clauses[clause].id;
        if !self.made.insert((Some(id), text.clone())) {
            return above;
        }
        let (target, step) = (Target::clause(id), random_id(4));
        let made = Edit {
            step: Some((step.clone(), text)),
            ..Edit::new(target.clone())
        };
        if made.check().is_err() {
            self.row_note("merge.step-long", sheet, row);
            return above;
        }
        self.out.edits.push(made);
        let is_followed = above.as_ref().is_some_and(|above| above.is_followed);
        let target = Target {
            step: Some(step.clone()),
            ..target
        };
        let set = Edit {
            after: above.filter(|above| above.is_followed).map(|a| a.step),
            ..self.state(sheet, header, row, target)
        };
        if set != Edit::new(set.target.clone()) {
            self.out.edits.push(set);
        }
        Some(RowAbove {
            clause,
            step: Some(step),
            is_followed,
        })
    }

    /// Returns the status and deadline in the row of a new step.
    fn state(
        &mut self,
        sheet: &Sheet,
        header: &SheetHeader,
        row: &SheetRow,
        target: Target,
    ) -> Edit {
        let cell = |column| header.cell(row, column).filter(|v| !v.text().is_empty());
        let status = cell(Column::Status).map(cell_values::status);
        let status = status.map(|status| status.filter(|s| s.suits_step()));
        let due = cell(Column::Due).map(|value| cell_values::due(value, self.day()).ok());
        if status == Some(None) || due == Some(None) {
            self.row_note("merge.step-unread", sheet, row);
        }
        Edit {
            status: status.flatten().filter(|status| *status != Status::Todo),
            due: due.flatten().filter(Option::is_some),
            ..Edit::new(target)
        }
    }

    /// Notes what somebody changed of a step that was removed since.
    pub(super) fn gone(
        &mut self,
        sheet: &Sheet,
        header: &SheetHeader,
        row: &SheetRow,
        (id, hashes): (&str, Option<&str>),
    ) {
        let step = RowSubject {
            clause: 0,
            step: Some(0),
        };
        let mut fields = (0..).zip(base::fields(step));
        let is_as_exported = fields.all(|(nth, field): (usize, &Column)| {
            let value = header.cell(row, *field);
            let said = value.map(|v| self.spelled(*field, v).unwrap_or_else(|| v.text()));
            let said = said.unwrap_or_default();
            match self.exported.and_then(|e| e.value(id, *field)) {
                Some(kept) => kept == said,
                None => {
                    hashes.and_then(|h| h.get(5 * nth..5 * nth + 5)) == Some(&base::hash(&said))
                }
            }
        });
        if !is_as_exported {
            self.row_note("merge.step-gone", sheet, row);
        }
    }
}
