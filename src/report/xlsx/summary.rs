//! The summary sheet: 完成率 by chapter and unit, as formulas over the other sheets.
//!
//! It uses SUMPRODUCT with exact comparisons instead of COUNTIFS, which reads `*`, `?` and `~` in
//! names as patterns, and in `LibreOffice` depending on its settings. Each formula carries the
//! computed value, for programs that show a file without computing.

use super::{
    HEAD, Section,
    format::{framed, head, page, title},
    letters, quoted,
};
use crate::{
    progress::{Status, Tally},
    report::{
        Basis, Column, base,
        stats::{self, By},
    },
};
use rust_xlsxwriter::{FormatAlign, Formula, Workbook, Worksheet, XlsxError};

/// Adds the sheet, unless no sheet has a status to count.
pub(super) fn add(
    book: &mut Workbook,
    basis: &Basis<'_>,
    sections: &[Section],
) -> Result<(), XlsxError> {
    let counts = |s: &Section| s.columns.contains(&Column::Status) && !s.subjects.is_empty();
    if !sections.iter().all(counts) || sections.is_empty() {
        return Ok(());
    }
    let name = super::sheet_name(basis.lang.text("ledger.summary"), sections);
    let sheet = book.add_worksheet();
    sheet.set_name(&name)?;
    sheet.merge_range(0, 0, 0, COLUMNS - 1, &name, &title())?;
    sheet.set_row_height(0, 30)?;
    sheet.set_column_width(0, 36)?;
    for column in 1..COLUMNS {
        sheet.set_column_width(column, 10)?;
    }
    page(sheet);
    let mut summary = Summary {
        basis,
        sheet,
        row: 1,
    };
    match sections {
        [section] => summary.whole(section),
        _ => summary.by_sheet(sections),
    }
}

struct Summary<'a> {
    basis: &'a Basis<'a>,
    sheet: &'a mut Worksheet,
    row: u32,
}

/// Columns: name, total, one per status, and rate.
#[expect(clippy::cast_possible_truncation, reason = "statuses are few")]
const COLUMNS: u16 = 3 + Status::ALL.len() as u16;

impl Summary<'_> {
    /// Counts one sheet by chapter and by unit, if it has those columns.
    fn whole(&mut self, section: &Section) -> Result<(), XlsxError> {
        let basis = *self.basis;
        let groups = |by| stats::groups(&basis, by, &section.clauses());
        if section.columns.contains(&Column::Chapter) {
            self.head("column.chapter")?;
            for group in groups(By::Chapter).iter().filter(|g| g.tally.total() > 0) {
                let names = range(section, Column::Chapter);
                let is_own = format!("({names}=$A{})", self.row + 1);
                self.count(&group.name, group.tally, section, Some(&is_own))?;
            }
        }
        self.all(section, basis.lang.text("stats.all"))?;
        if section.columns.contains(&Column::Units) {
            self.row += 1;
            self.head("column.units")?;
            for group in &groups(By::Unit) {
                let names = range(section, Column::Units);
                let name = format!("\"、\"&$A{}&\"、\"", self.row + 1);
                let is_own = format!("ISNUMBER(FIND({name},\"、\"&{names}&\"、\"))");
                let both = match self.rated(section) {
                    Some(rated) => format!("{is_own}*{rated}"),
                    None => is_own,
                };
                self.count(&group.name, group.tally, section, Some(&both))?;
            }
            self.note("stats.joint")?;
        }
        Ok(())
    }

    /// Counts each sheet as one unit.
    fn by_sheet(&mut self, sections: &[Section]) -> Result<(), XlsxError> {
        self.head("column.units")?;
        for section in sections {
            self.all(section, &section.table.title)?;
        }
        self.note("stats.joint")
    }

    fn all(&mut self, section: &Section, name: &str) -> Result<(), XlsxError> {
        let tally = stats::whole(self.basis, &section.clauses()).tally;
        self.count(name, tally, section, self.rated(section).as_deref())
    }

    /// Returns the condition that leaves out steps and added items, which are not in the document's
    /// rate; `None` if all rows are.
    fn rated(&self, section: &Section) -> Option<String> {
        let clauses = section.clauses();
        let has_items = stats::rated(self.basis, &clauses).len() < clauses.len();
        let has_steps = clauses.len() < section.subjects.len();
        let ids = range(section, Column::Id);
        let items = has_items.then(|| format!("(LEFT({ids},1)<>\"+\")"));
        let steps = has_steps.then(|| format!("ISERROR(FIND(\"/\",{ids}))"));
        let both = items.into_iter().chain(steps).collect::<Vec<_>>().join("*");
        Some(both).filter(|both| !both.is_empty() && section.columns.contains(&Column::Id))
    }

    fn head(&mut self, key: &'static str) -> Result<(), XlsxError> {
        let lang = self.basis.lang;
        let statuses = Status::ALL.map(|s| lang.text(s.name_key()));
        let names = [lang.text(key), lang.text("stats.total")].into_iter();
        let names = names.chain(statuses).chain([lang.text("stats.rate")]);
        for (column, name) in (0..).zip(names) {
            self.sheet
                .write_string_with_format(self.row, column, name, &head())?;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes a row of counts of a sheet's clauses, of those that meet the condition (a factor of
    /// SUMPRODUCT) if there is one.
    fn count(
        &mut self,
        name: &str,
        tally: Tally,
        section: &Section,
        condition: Option<&str>,
    ) -> Result<(), XlsxError> {
        let (words, number) = (framed(), framed().set_align(FormatAlign::Center));
        let percent = framed().set_align(FormatAlign::Center).set_num_format("0%");
        let row = self.row;
        self.sheet
            .write_string_with_format(row, 0, base::plain(name), &words)?;
        let line = row + 1;
        let cells = |is_counted: fn(Status) -> bool| {
            let counted = (2..).zip(Status::ALL).filter(|(_, s)| is_counted(*s));
            let cells = counted.map(|(column, _)| format!("{}{line}", letters(column)));
            cells.collect::<Vec<_>>().join("+")
        };
        let total = Formula::new(format!("={}", cells(|_| true)));
        let total = total.set_result(tally.total().to_string());
        self.sheet
            .write_formula_with_format(row, 1, total, &number)?;
        for (column, status) in (2..).zip(Status::ALL) {
            let word = quoted(self.basis.lang.text(status.name_key()));
            let is = format!("({}={word})", range(section, Column::Status));
            let both = match condition {
                Some(condition) => format!("{is}*{condition}"),
                None => format!("--{is}"),
            };
            let formula = Formula::new(format!("=SUMPRODUCT({both})"));
            let formula = formula.set_result(tally.count(status).to_string());
            self.sheet
                .write_formula_with_format(row, column, formula, &number)?;
        }
        let (n, of) = (cells(Status::is_complete), cells(Status::is_rated));
        let rate = Formula::new(format!("=IF(({of})=0,\"\",({n})/({of}))"));
        let rate = rate.set_result(rate_of(tally));
        self.sheet
            .write_formula_with_format(row, COLUMNS - 1, rate, &percent)?;
        self.row += 1;
        Ok(())
    }

    fn note(&mut self, key: &'static str) -> Result<(), XlsxError> {
        self.sheet
            .write_string(self.row, 0, self.basis.lang.text(key))?;
        self.row += 1;
        Ok(())
    }
}

fn rate_of(tally: Tally) -> String {
    match tally.rate() {
        (_, 0) => String::new(),
        #[expect(clippy::cast_precision_loss, reason = "no document has 2^52 clauses")]
        (n, of) => (n as f64 / of as f64).to_string(),
    }
}

/// Returns a column's cells on a sheet, as a formula names them.
fn range(section: &Section, column: Column) -> String {
    let letters = letters(section.place(column).unwrap_or(0));
    let (first, last) = (HEAD as usize + 1, HEAD as usize + section.subjects.len());
    // Sheet names have no apostrophes.
    format!("'{}'!${letters}${first}:${letters}${last}", section.name)
}
