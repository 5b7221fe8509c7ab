//! A ledger (台账) as an Excel workbook.
//!
//! Title and header are frozen and repeated on every printed page; statuses come from a list, dates
//! are dates, and overdue or blocked rows are coloured by rules, so that they stay right while
//! people fill them in. One sheet counts with live formulas (`summary`); a hidden one keeps the
//! exported values ([`base`]).

use super::{Basis, Cell, Column, RowSubject, Table, base};
use crate::{document::source::workbook::LEDGER_SHEET, progress::Status, text::Policy};
use jiff::civil::{Date, DateTime, Time, date};
use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, Format, FormatAlign,
    Formula, Workbook, Worksheet, XlsxError, utility::column_number_to_name,
};

mod format;
mod summary;

use format::{framed, head, is_long, limits, page, title};

/// First cell of the hidden sheet.
pub const MARK: &str = "kouan ledger 1";

/// Rows above the first clause: title and header.
const HEAD: u32 = 2;

/// Rows of an Excel sheet.
const ROWS: usize = 1_048_576;

/// Line height in points, with room for the fonts that replace Calibri for Han.
const LINE: f64 = 15.5;

/// The greatest height of a row.
const TALLEST: f64 = 409.0;

/// The first day with the same number in a sheet and in the calendar.
const FIRST_DAY: Date = date(1900, 3, 1);

/// A sheet: its table, and what each row is about.
#[derive(Debug, Clone)]
pub struct Section {
    /// The name of the sheet; [`write`] makes it valid.
    pub name: String,
    /// Its rows.
    pub table: Table,
    /// The columns of the table.
    pub columns: Vec<Column>,
    /// What each row is about.
    pub subjects: Vec<RowSubject>,
}

impl Section {
    /// Returns the clauses, without their steps.
    fn clauses(&self) -> Vec<usize> {
        let clauses = self.subjects.iter().filter(|s| s.step.is_none());
        clauses.map(|s| s.clause).collect()
    }

    /// Returns the place of a column on the sheet.
    fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|c| *c == column)
    }
}

/// Returns the workbook's bytes.
///
/// # Errors
///
/// The ledger has more rows than a sheet can hold.
pub fn write(
    basis: &Basis<'_>,
    mut sections: Vec<Section>,
    unit: Option<&str>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for nth in 0..sections.len() {
        sections[nth].name = sheet_name(&sections[nth].name, &sections[..nth]);
        let section = &sections[nth];
        if section.subjects.len() + HEAD as usize > ROWS {
            return Err(XlsxError::RowColumnLimitError);
        }
        let sheet = book.add_worksheet();
        sheet.set_name(&section.name)?;
        ClauseSheet { basis, section }.fill(sheet)?;
    }
    summary::add(&mut book, basis, &sections)?;
    hide(book.add_worksheet(), basis, &sections, unit)?;
    book.save_to_buffer()
}

/// Returns a valid and unused sheet name: at most 31 characters, none of `[]:*?/\`.
fn sheet_name(name: &str, taken: &[Section]) -> String {
    let fit =
        |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let plain: String = name.chars().filter(|c| fit(*c)).collect();
    let plain = if plain.trim().is_empty() {
        "-"
    } else {
        plain.trim()
    };
    // Half of 31 UTF-16 units suffices for any name, and is right for every script.
    let short = |keep: usize| plain.chars().take(keep).collect::<String>();
    let first = short(15);
    // Excel ignores case in names, and reserves one.
    let is_free = |name: &String| {
        let name = name.to_lowercase();
        let taken = taken.iter().map(|section| &*section.name);
        let mut others = taken.chain([LEDGER_SHEET, "History"]);
        others.all(|other| other.to_lowercase() != name)
    };
    let mut rest = (2..).map(|nth| format!("{} {nth}", short(10)));
    Some(first)
        .filter(is_free)
        .or_else(|| rest.find(is_free))
        .unwrap_or_default()
}

/// Returns a moment as a sheet's serial number: days since 30 December 1899, with the time as a
/// fraction.
fn serial(at: DateTime) -> f64 {
    let since = at.duration_since(date(1899, 12, 30).at(0, 0, 0, 0));
    since.as_secs_f64() / 86_400.0
}

/// Returns the letters of a column: `A`, `AB`.
pub(super) fn letters(nth: usize) -> String {
    column_number_to_name(u16::try_from(nth).unwrap_or(0))
}

/// Returns a text as a string literal in a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A sheet of clauses being filled.
struct ClauseSheet<'a> {
    basis: &'a Basis<'a>,
    section: &'a Section,
}

impl ClauseSheet<'_> {
    fn fill(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let last = self.last_column();
        let format = title().set_align(FormatAlign::VerticalCenter);
        let name = base::plain(&self.section.table.title);
        if last > 0 {
            sheet.merge_range(0, 0, 0, last, &name, &format)?;
        } else {
            sheet.write_string_with_format(0, 0, name, &format)?;
        }
        sheet.set_row_height(0, 30)?;
        for (column, heading) in (0..).zip(&self.section.table.headings) {
            sheet.write_string_with_format(1, column, &heading.text, &head())?;
        }
        self.cells(sheet)?;
        self.room(sheet)?;
        self.aids(sheet)?;
        set_up(sheet, self.last_row(), last)
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.section.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    fn last_row(&self) -> u32 {
        u32::try_from(self.section.subjects.len()).unwrap_or(u32::MAX - HEAD) + HEAD - 1
    }

    fn cells(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let words = framed().set_text_wrap();
        let middle = framed().set_align(FormatAlign::Center);
        let day = framed()
            .set_align(FormatAlign::Center)
            .set_num_format("yyyy-mm-dd");
        let minute = framed()
            .set_align(FormatAlign::Center)
            .set_num_format("yyyy-mm-dd hh:mm");
        let step = words.clone().set_indent(1);
        let rows = self.section.table.rows.iter().zip(&self.section.subjects);
        for (row, (cells, subject)) in (HEAD..).zip(rows) {
            for ((column, cell), kind) in (0..).zip(cells).zip(&self.section.columns) {
                let format = match kind {
                    Column::Text if subject.step.is_some() => &step,
                    kind if is_long(*kind) => &words,
                    _ => &middle,
                };
                match cell {
                    Cell::Empty if *kind == Column::Due => sheet.write_blank(row, column, &day)?,
                    Cell::Empty => sheet.write_blank(row, column, format)?,
                    // Before March 1900, a sheet's days differ from the calendar's.
                    Cell::Day(date) if *date >= FIRST_DAY => sheet.write_number_with_format(
                        row,
                        column,
                        serial(date.to_datetime(Time::midnight())),
                        &day,
                    )?,
                    Cell::Moment(at) if at.date() >= FIRST_DAY => {
                        sheet.write_number_with_format(row, column, serial(*at), &minute)?
                    }
                    other => {
                        let text = base::plain(&other.show(self.basis.lang));
                        sheet.write_string_with_format(row, column, text, format)?
                    }
                };
            }
        }
        Ok(())
    }

    /// Sets column widths and row heights, which not every program adjusts by itself.
    fn room(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let widths: Vec<usize> = (0..self.section.columns.len())
            .map(|nth| self.width(nth))
            .collect();
        for (column, width) in (0..).zip(&widths) {
            let width = u16::try_from(width + 2).unwrap_or(50);
            sheet.set_column_width(column, f64::from(width))?;
        }
        for (row, cells) in (HEAD..).zip(&self.section.table.rows) {
            let lines = cells.iter().zip(&widths).map(|(c, w)| lines(c, *w)).max();
            // At the end of a full sheet no row height is needed.
            let lines = u16::try_from(lines.unwrap_or(1)).unwrap_or(u16::MAX);
            sheet.set_row_height(row, (f64::from(lines) * LINE + 2.0).min(TALLEST))?;
        }
        Ok(())
    }

    /// Returns the width that a column's texts need, two per Han character, within its limits on a
    /// page.
    fn width(&self, nth: usize) -> usize {
        let table = &self.section.table;
        let cells = table.rows.iter().filter_map(|row| row.get(nth));
        let lines = cells.map(|cell| match cell {
            Cell::Text(text) | Cell::Brief(text, _) => text
                .lines()
                .map(|l| Policy::Wide.width(l))
                .max()
                .unwrap_or(0),
            other => other.show(self.basis.lang).len(),
        });
        let head = table
            .headings
            .get(nth)
            .map_or(0, |h| Policy::Wide.width(&h.text));
        let (least, most) = self
            .section
            .columns
            .get(nth)
            .map_or((6, 24), |c| limits(*c));
        lines.chain([head]).max().unwrap_or(0).clamp(least, most)
    }

    /// Adds the list of statuses, and colours for overdue and blocked rows.
    fn aids(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let Some(status) = self.section.place(Column::Status) else {
            return Ok(());
        };
        let lang = self.basis.lang;
        let bottom = self.last_row().max(HEAD);
        let column = u16::try_from(status).unwrap_or(u16::MAX);
        let names = Status::ALL.map(|s| lang.text(s.name_key()));
        // Words outside the list are allowed: merging understands many.
        let choice = DataValidation::new()
            .allow_list_strings(&names)?
            .set_error_style(DataValidationErrorStyle::Warning);
        sheet.add_data_validation(HEAD, column, bottom, column, &choice)?;
        let word = |s: Status| quoted(lang.text(s.name_key()));
        let first = |column| format!("${}{}", letters(column), HEAD + 1);
        let at = first(status);
        let blocked = format!("={at}={}", word(Status::Blocked));
        colour(sheet, &blocked, (0x00FF_E699, 0x007F_6000), self)?;
        if let Some(due) = self.section.place(Column::Due).map(first) {
            let open = Status::ALL.into_iter().filter(|s| s.is_open());
            let open: Vec<String> = open.map(|s| format!("{at}={}", word(s))).collect();
            let overdue = format!("=AND(ISNUMBER({due}),{due}<TODAY(),OR({}))", open.join(","));
            colour(sheet, &overdue, (0x00FF_C7CE, 0x009C_0006), self)?;
        }
        Ok(())
    }
}

/// Colours the rows that satisfy a formula.
fn colour(
    sheet: &mut Worksheet,
    rule: &str,
    (fill, ink): (u32, u32),
    filled: &ClauseSheet<'_>,
) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_background_color(Color::RGB(fill))
        .set_font_color(Color::RGB(ink));
    let rule = ConditionalFormatFormula::new()
        .set_rule(Formula::new(rule))
        .set_format(format);
    let last = filled.last_row().max(HEAD);
    sheet.add_conditional_format(HEAD, 0, last, filled.last_column(), &rule)?;
    Ok(())
}

/// Returns the number of lines of a cell wrapped at a width.
fn lines(cell: &Cell, width: usize) -> usize {
    let (Cell::Text(text) | Cell::Brief(text, _)) = cell else {
        return 1;
    };
    let wrapped = text
        .lines()
        .map(|l| Policy::Wide.width(l).div_ceil(width).max(1));
    wrapped.sum()
}

/// Freezes the header, adds filters, and sets up the page.
fn set_up(sheet: &mut Worksheet, last_row: u32, last_column: u16) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(HEAD, 1)?;
    sheet.autofilter(HEAD - 1, 0, last_row.max(HEAD), last_column)?;
    page(sheet).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_repeat_rows(0, HEAD - 1)?;
    sheet.set_print_area(0, 0, last_row.max(HEAD), last_column)?;
    Ok(())
}

/// Stores the exported values, each clause and step once.
fn hide(
    sheet: &mut Worksheet,
    basis: &Basis<'_>,
    sections: &[Section],
    unit: Option<&str>,
) -> Result<(), XlsxError> {
    sheet.set_name(LEDGER_SHEET)?.set_hidden(true);
    let stamp = super::json::time(basis.scene.now, basis.scene.zone);
    let named = unit.unwrap_or_default();
    for (column, text) in (0..).zip([MARK, &basis.document().id, &stamp, named]) {
        sheet.write_string(0, column, text)?;
    }
    let fields = base::KEPT.iter().map(|f| f.id());
    for (column, text) in (0..).zip([Column::Id.id()].into_iter().chain(fields)) {
        sheet.write_string(1, column, text)?;
    }
    let mut subjects: Vec<RowSubject> = sections
        .iter()
        .flat_map(|s| s.subjects.iter().copied())
        .collect();
    subjects.sort_unstable();
    subjects.dedup();
    for (row, subject) in (HEAD..).zip(subjects) {
        sheet.write_string(row, 0, subject.target(basis).to_string())?;
        for (column, field) in (1..).zip(base::KEPT) {
            let value = base::value(basis, subject, field);
            if !value.is_empty() {
                sheet.write_string(row, column, value)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Section, Table, letters, sheet_name};

    #[test]
    fn columns_have_letters() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(letters),
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }

    #[test]
    fn a_sheet_gets_a_name_that_excel_takes() {
        let named = |name: &str, taken: &[&str]| {
            let section = |name: &&str| Section {
                name: (*name).to_owned(),
                table: Table::default(),
                columns: Vec::new(),
                subjects: Vec::new(),
            };
            sheet_name(name, &taken.iter().map(section).collect::<Vec<_>>())
        };
        assert_eq!(named("天津/海关*", &[]), "天津海关");
        assert_eq!(named("海关", &["海关"]), "海关 2");
        assert_eq!(named("a局", &["A局"]), "a局 2");
        assert_eq!(named("'A局", &["a局", "a局 2"]), "A局 3");
        assert_eq!(named("_Kouan", &[]), "_Kouan 2");
        assert_eq!(named("[]", &[]), "-");
        assert!(named(&"很".repeat(80), &[]).encode_utf16().count() <= 31);
    }
}
