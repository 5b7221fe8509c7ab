//! Rows that somebody added to a ledger.

use super::{
    super::{
        CellValue, NewRow, Sheet, SheetRow,
        cell::glimpse,
        cell_values,
        head::{ColumnMeaning, SheetHeader},
    },
    Merger,
};
use crate::report::{Column, base};

impl Merger<'_> {
    /// Notes a row of no clause; one with a text can become an item of one's own.
    pub(super) fn added(&mut self, sheet: &Sheet, header: &SheetHeader, row: &SheetRow) {
        let cells: Vec<String> = row.cells.iter().map(|(_, v)| v.text()).collect();
        let glimpse = glimpse(&cells.join(" "));
        self.say(
            "merge.row",
            &[
                ("sheet", &sheet.name),
                ("row", &row.number),
                ("text", &glimpse),
            ],
        );
        let cell = |column| {
            header
                .place(ColumnMeaning::Field(column))
                .and_then(|c| row.cell(c))
        };
        let said = |column| base::plain(&cell(column).map(CellValue::text).unwrap_or_default());
        let text = said(Column::Text).replace('\n', " ");
        if text.is_empty() {
            return;
        }
        let day = self.exported.and_then(|e| e.day);
        let day = day.unwrap_or(self.basis.scene.today);
        let due = cell(Column::Due).and_then(|value| cell_values::due(value, day).ok());
        let owner = said(Column::Owner).replace('\n', " ");
        let units = said(Column::Units);
        let units = units.split(['、', '\n', ',', '，']).map(str::trim);
        self.out.rows.push(NewRow {
            text,
            units: units.filter(|u| !u.is_empty()).map(str::to_owned).collect(),
            due: due.flatten(),
            owner: Some(owner).filter(|owner| !owner.is_empty()),
            note: self.out.notes.pop().unwrap_or_default(),
        });
    }
}
