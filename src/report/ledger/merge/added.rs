//! Rows that somebody added to a ledger, which may become added items.

use super::{
    super::{CellValue, NewRow, Sheet, SheetRow, cell::glimpse, cell_values, head::SheetHeader},
    Merger,
};
use crate::{
    document::ClauseId,
    progress::{Change, Status},
    report::{
        Basis, Column,
        base::{self, FIELDS},
    },
};
use std::collections::HashSet;

/// Returns the texts of items that were made, and of steps with their clauses. A file that is merged
/// again makes none of them again, even if they were reworded or removed.
pub(super) fn made(basis: &Basis<'_>) -> HashSet<(Option<ClauseId>, String)> {
    let progress = basis.scene.progress;
    let changes = progress.changes().filter(|c| progress.stands(&c.id));
    let made = changes.flat_map(Change::edits).filter_map(|edit| {
        match (&edit.step, &edit.item, &edit.text) {
            (Some((_, text)), ..) => Some((edit.target.clause_id(), base::plain(text))),
            (None, Some(_), Some(Some(text))) => Some((None, base::plain(text))),
            _ => None,
        }
    });
    made.collect()
}

impl Merger<'_> {
    /// Notes a row of no clause; one with a text can become an added item.
    pub(super) fn added(&mut self, sheet: &Sheet, header: &SheetHeader, row: &SheetRow) {
        let text = header.line(row, Column::Text);
        if self.made.contains(&(None, text.clone())) {
            return;
        }
        self.row_note("merge.row", sheet, row);
        if text.is_empty() {
            return;
        }
        let due = header.cell(row, Column::Due);
        let due = due.and_then(|value| cell_values::due(value, self.day()).ok());
        let status = header.cell(row, Column::Status);
        // Closing takes somebody who confirms that it is done.
        let status = status
            .and_then(cell_values::status)
            .filter(|status| !matches!(status, Status::Todo | Status::Closed));
        let said = |field: &Column| {
            let text = header.cell(row, *field).map(CellValue::text);
            let text = text.filter(|text| !text.is_empty());
            base::kind(*field).zip(text)
        };
        let remarks = FIELDS.iter().filter_map(said).collect();
        let owner = header.line(row, Column::Owner);
        let units = header.cell(row, Column::Units).map(CellValue::text);
        let units = units.unwrap_or_default();
        let units = units.split(['、', '\n', ',', '，']).map(str::trim);
        self.out.rows.push(NewRow {
            text,
            units: units.filter(|u| !u.is_empty()).map(str::to_owned).collect(),
            due: due.flatten(),
            status,
            remarks,
            owner: Some(owner).filter(|owner| !owner.is_empty()),
            note: self.out.notes.pop().unwrap_or_default(),
        });
    }

    /// Notes something about a whole row.
    pub(super) fn row_note(&mut self, key: &'static str, sheet: &Sheet, row: &SheetRow) {
        let cells: Vec<String> = row.cells.iter().map(|(_, v)| v.text()).collect();
        let glimpse = glimpse(&cells.join(" "));
        self.say(
            key,
            &[
                ("sheet", &sheet.name),
                ("row", &row.number),
                ("text", &glimpse),
            ],
        );
    }
}
