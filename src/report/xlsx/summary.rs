//! The summary sheet: 完成率 by chapter and unit, as formulas over the other sheets.
//!
//! It uses SUMPRODUCT with exact comparisons instead of COUNTIFS, which reads `*`, `?` and `~` in
//! names as patterns, and in `LibreOffice` depending on its settings. Each formula carries the
//! computed value, for programs that show a file without computing.

use super::{HEAD, Placed, Section, framed, letters, quoted};
use crate::{
    progress::{Status, Tally},
    report::{
        Basis, Column, base,
        stats::{self, By, Group},
    },
};
use rust_xlsxwriter::{Color, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

/// The sheet that a row counts.
struct CountedSheet<'a> {
    sheet: &'a Placed,
    /// A condition besides the status, as a factor of SUMPRODUCT.
    condition: Option<String>,
}

/// Adds the sheet, unless no sheet has a status to count.
pub(super) fn add(
    book: &mut Workbook,
    basis: &Basis<'_>,
    sections: &[Section],
    placed: &[Placed],
) -> Result<(), XlsxError> {
    let counts = |p: &Placed| p.columns.contains(&Column::Status) && p.rows > 0;
    if !placed.iter().all(counts) || placed.is_empty() {
        return Ok(());
    }
    let taken: Vec<&str> = placed.iter().map(|p| p.name.as_str()).collect();
    let name = super::sheet_name(basis.lang.text("ledger.summary"), &taken);
    let sheet = book.add_worksheet();
    sheet.set_name(&name)?;
    let mut summary = Summary {
        basis,
        sheet,
        row: 0,
    };
    summary.title(&name)?;
    match (sections, placed) {
        ([section], [place]) => summary.whole(section, place)?,
        _ => summary.by_sheet(sections, placed)?,
    }
    summary.page()
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
    fn title(&mut self, name: &str) -> Result<(), XlsxError> {
        let title = Format::new()
            .set_bold()
            .set_font_size(16)
            .set_align(FormatAlign::Center);
        self.sheet.merge_range(0, 0, 0, COLUMNS - 1, name, &title)?;
        self.sheet.set_row_height(0, 30)?;
        self.row = 1;
        Ok(())
    }

    /// Counts one sheet by chapter and by unit, if it has those columns.
    fn whole(&mut self, section: &Section, place: &Placed) -> Result<(), XlsxError> {
        let basis = *self.basis;
        let groups = |by| stats::groups(&basis, by, &section.clauses());
        if place.columns.contains(&Column::Chapter) {
            self.head("column.chapter")?;
            for group in groups(By::Chapter).iter().filter(|g| g.tally.total() > 0) {
                let names = range(place, Column::Chapter);
                let condition = Some(format!("({names}=$A{})", self.row + 1));
                self.count(
                    group,
                    &CountedSheet {
                        sheet: place,
                        condition,
                    },
                )?;
            }
        }
        self.all(section, place)?;
        if place.columns.contains(&Column::Units) {
            self.row += 1;
            self.head("column.units")?;
            for group in &groups(By::Unit) {
                let names = range(place, Column::Units);
                let name = format!("\"、\"&$A{}&\"、\"", self.row + 1);
                let asked = format!("ISNUMBER(FIND({name},\"、\"&{names}&\"、\"))");
                let own = self.rated(section, place);
                let condition =
                    Some(own.map_or_else(|| asked.clone(), |own| format!("{asked}*{own}")));
                self.count(
                    group,
                    &CountedSheet {
                        sheet: place,
                        condition,
                    },
                )?;
            }
            self.note("stats.joint")?;
        }
        Ok(())
    }

    fn all(&mut self, section: &Section, place: &Placed) -> Result<(), XlsxError> {
        let mut all = Group {
            name: self.basis.lang.text("stats.all").to_owned(),
            ..Group::default()
        };
        for clause in stats::rated(self.basis, &section.clauses()) {
            all.tally.add(self.basis.record(clause).status);
        }
        let condition = self.rated(section, place);
        self.count(
            &all,
            &CountedSheet {
                sheet: place,
                condition,
            },
        )
    }

    /// Returns the condition that leaves out steps and added items, which are not in the document's
    /// rate; `None` if all rows are.
    fn rated(&self, section: &Section, place: &Placed) -> Option<String> {
        let clauses = section.clauses();
        let has_items = stats::rated(self.basis, &clauses).len() < clauses.len();
        let has_steps = clauses.len() < section.subjects.len();
        let ids = range(place, Column::Id);
        let items = has_items.then(|| format!("(LEFT({ids},1)<>\"+\")"));
        let steps = has_steps.then(|| format!("ISERROR(FIND(\"/\",{ids}))"));
        let both = items.into_iter().chain(steps).collect::<Vec<_>>().join("*");
        Some(both).filter(|both| !both.is_empty() && place.columns.contains(&Column::Id))
    }

    /// Counts each sheet as one unit.
    fn by_sheet(&mut self, sections: &[Section], placed: &[Placed]) -> Result<(), XlsxError> {
        self.head("column.units")?;
        for (section, place) in sections.iter().zip(placed) {
            let mut group = Group {
                name: section.name.clone(),
                ..Group::default()
            };
            for clause in stats::rated(self.basis, &section.clauses()) {
                group.tally.add(self.basis.record(clause).status);
            }
            let condition = self.rated(section, place);
            self.count(
                &group,
                &CountedSheet {
                    sheet: place,
                    condition,
                },
            )?;
        }
        self.note("stats.joint")
    }

    fn head(&mut self, key: &'static str) -> Result<(), XlsxError> {
        let lang = self.basis.lang;
        let head = framed()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_background_color(Color::RGB(0x00D9_E2F3));
        let statuses = Status::ALL.map(|s| lang.text(s.name_key()));
        let names = [lang.text(key), lang.text("stats.total")].into_iter();
        let names = names.chain(statuses).chain([lang.text("stats.rate")]);
        for (column, name) in (0..).zip(names) {
            self.sheet
                .write_string_with_format(self.row, column, name, &head)?;
        }
        self.row += 1;
        Ok(())
    }

    fn count(&mut self, group: &Group, source: &CountedSheet<'_>) -> Result<(), XlsxError> {
        let (words, number) = (framed(), framed().set_align(FormatAlign::Center));
        let percent = framed().set_align(FormatAlign::Center).set_num_format("0%");
        let row = self.row;
        self.sheet
            .write_string_with_format(row, 0, base::plain(&group.name), &words)?;
        let line = row + 1;
        let cells = |is_counted: fn(Status) -> bool| {
            let counted = (2..).zip(Status::ALL).filter(|(_, s)| is_counted(*s));
            let cells = counted.map(|(column, _)| format!("{}{line}", letters(column)));
            cells.collect::<Vec<_>>().join("+")
        };
        let total = Formula::new(format!("={}", cells(|_| true)));
        let total = total.set_result(group.tally.total().to_string());
        self.sheet
            .write_formula_with_format(row, 1, total, &number)?;
        for (column, status) in (2..).zip(Status::ALL) {
            let word = quoted(self.basis.lang.text(status.name_key()));
            let is = format!("({}={word})", range(source.sheet, Column::Status));
            let both = source
                .condition
                .as_ref()
                .map_or_else(|| format!("--{is}"), |c| format!("{is}*{c}"));
            let formula = Formula::new(format!("=SUMPRODUCT({both})"));
            let formula = formula.set_result(group.tally.count(status).to_string());
            self.sheet
                .write_formula_with_format(row, column, formula, &number)?;
        }
        let (n, of) = (cells(Status::is_complete), cells(Status::is_rated));
        let rate = Formula::new(format!("=IF(({of})=0,\"\",({n})/({of}))"));
        self.sheet.write_formula_with_format(
            row,
            COLUMNS - 1,
            rate.set_result(rate_of(group.tally)),
            &percent,
        )?;
        self.row += 1;
        Ok(())
    }

    fn note(&mut self, key: &'static str) -> Result<(), XlsxError> {
        self.sheet
            .write_string(self.row, 0, self.basis.lang.text(key))?;
        self.row += 1;
        Ok(())
    }

    fn page(self) -> Result<(), XlsxError> {
        self.sheet.set_column_width(0, 36)?;
        for column in 1..COLUMNS {
            self.sheet.set_column_width(column, 10)?;
        }
        self.sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0)
            .set_footer("&C&P / &N");
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
fn range(place: &Placed, column: Column) -> String {
    let nth = place.columns.iter().position(|c| *c == column).unwrap_or(0);
    let (letters, first) = (letters(nth), HEAD as usize + 1);
    let last = HEAD as usize + place.rows.max(1);
    // Sheet names have no apostrophes.
    format!("'{}'!${letters}${first}:${letters}${last}", place.name)
}
