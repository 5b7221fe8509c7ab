//! Workbooks (`.xlsx`): their sheets as tables, within bounds of memory and time.
//!
//! An archive of a few kilobytes can unpack to gigabytes or claim a billion texts, and a sheet can
//! name cells at its far corner. So archives are unpacked and measured beforehand, and no count
//! that they claim is trusted.

use super::{LEDGER, NO_TASKS, Note, SourceError, SourceText, SourceWriter, TOO_LARGE};
use crate::document::{
    mark::Mark,
    table::{MOST_CELLS, SourceTable},
};
use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use memchr::memmem;
use std::{
    collections::{BTreeMap, HashMap},
    io::{Cursor, Read as _},
};

/// A workbook that is open.
pub type Book = Xlsx<Cursor<Vec<u8>>>;

/// Name of a ledger's hidden sheet.
pub const LEDGER_SHEET: &str = "_kouan";

/// The most bytes of an unpacked workbook.
const MOST_BYTES: u64 = 128 << 20;

/// The most columns read.
const WIDEST: u32 = 256;

/// The most bytes of shared strings.
const MOST_TEXTS: usize = 32 << 20;

/// The fewest bytes of a shared string: `<si/>`.
const SHORTEST: usize = 5;

/// Heading level of a sheet's name.
const SHEET: u8 = 5;

/// Why a workbook cannot be read.
#[derive(Debug)]
pub enum WorkbookError {
    /// It is damaged.
    Broken(String),
    /// It is too large, or claims to be.
    TooLarge,
}

impl From<WorkbookError> for SourceError {
    fn from(error: WorkbookError) -> Self {
        match error {
            WorkbookError::Broken(why) => Self::new("source.broken-workbook").with("why", why),
            WorkbookError::TooLarge => Self::new("source.large-workbook"),
        }
    }
}

/// Opens a workbook whose parts unpack to at most `most` bytes.
///
/// # Errors
///
/// It is damaged, unpacks to more, claims more texts than it can hold, or names cells that no sheet
/// has.
pub fn open(bytes: Vec<u8>, most: u64) -> Result<Book, WorkbookError> {
    let broken = |why: &dyn std::fmt::Display| WorkbookError::Broken(why.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).map_err(|e| broken(&e))?;
    let mut room = most;
    for nth in 0..archive.len() {
        let part = archive.by_index(nth).map_err(|e| broken(&e))?;
        let is_texts = part
            .name()
            .is_ok_and(|n| n.to_ascii_lowercase().ends_with("sharedstrings.xml"));
        let mut content = Vec::new();
        let read = part.take(room + 1).read_to_end(&mut content);
        let length = read.map_err(|e| broken(&e))? as u64;
        room = room.checked_sub(length).ok_or(WorkbookError::TooLarge)?;
        if is_texts && (content.len() > MOST_TEXTS || claims_more(&content)) {
            return Err(WorkbookError::TooLarge);
        }
        if !is_texts && names_no_cell(&content) {
            return Err(broken(&"it names cells that no sheet has"));
        }
    }
    drop(archive);
    Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(&e))
}

/// Returns whether a part claims more texts than it can hold.
fn claims_more(part: &[u8]) -> bool {
    memmem::find_iter(part, b"uniqueCount").any(|at| {
        let digits = part.iter().skip(at + b"uniqueCount".len());
        let digits = digits
            .skip_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\'' | b'+'));
        let digits: String = digits
            .take_while(|b| b.is_ascii_digit())
            .map(|b| char::from(*b))
            .collect();
        let count = digits
            .parse::<u64>()
            .unwrap_or(u64::from(!digits.is_empty()) * u64::MAX);
        count > (part.len() / SHORTEST) as u64
    })
}

/// Returns whether a part has a reference (`r="A1"`, `ref="A1:B2"`) to cells that no sheet has, or
/// to an area that ends before it begins: the reader's arithmetic would overflow.
fn names_no_cell(part: &[u8]) -> bool {
    memchr::memchr_iter(b'=', part).any(|at| {
        let (name, value) = part.split_at(at);
        let name = name.trim_ascii_end().rsplit(u8::is_ascii_whitespace).next();
        let value = value.get(1..).unwrap_or_default().trim_ascii_start();
        let quoted = value.strip_prefix(b"\"").or(value.strip_prefix(b"'"));
        matches!(name, Some(b"r" | b"ref")) && quoted.is_some_and(is_no_area)
    })
}

/// Returns whether a name of cells begins here that no sheet has.
fn is_no_area(text: &[u8]) -> bool {
    let end = text
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && *b != b':');
    let text = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    let mut earlier = (0, 0);
    text.split(|b| *b == b':').any(|cell| {
        let place = place(cell);
        let is_none = place.is_none_or(|(column, row)| column < earlier.0 || row < earlier.1);
        earlier = place.unwrap_or_default();
        is_none
    })
}

/// Returns the column and row of a cell's name; `None` beyond any sheet's limits.
fn place(cell: &[u8]) -> Option<(u32, u32)> {
    let letters = cell.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let (letters, digits) = cell.split_at(letters);
    if letters.len() > 6 || digits.len() > 9 {
        return None;
    }
    let column = letters.iter().fold(0, |sum, b| {
        sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    let row = std::str::from_utf8(digits).ok()?.parse().unwrap_or(0);
    Some((column, row))
}

/// Reads the sheets that are task tables.
///
/// # Errors
///
/// The workbook is damaged, hostile or a ledger, or has no task table.
pub(super) fn read(bytes: Vec<u8>) -> Result<SourceText, SourceError> {
    let mut book = open(bytes, MOST_BYTES)?;
    let sheets = book.sheets_metadata().iter();
    if sheets.clone().any(|s| s.name == LEDGER_SHEET) {
        return Err(LEDGER);
    }
    let shown =
        sheets.filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible);
    let names: Vec<String> = shown.map(|s| s.name.clone()).collect();
    let mut room = MOST_CELLS;
    let mut lines = SourceWriter::default();
    let mut left = Vec::new();
    let several = names.len() > 1;
    for name in names {
        let table = table(&mut book, &name, &mut room)?;
        let (count, marks, text) = (lines.count, lines.marks.len(), lines.text.len());
        lines.earlier = None;
        if several {
            lines.push(&name, Some(Mark::Heading(SHEET)))?;
        }
        if !lines.table(table)? {
            // Not a task table: remove what was printed of it.
            lines.text.truncate(text);
            lines.marks.truncate(marks);
            lines.count = count;
            left.push(name);
        }
    }
    if lines.tasks == 0 {
        return Err(NO_TASKS);
    }
    lines.tables = 0;
    let mut source = lines.finish();
    if !left.is_empty() {
        let note = Note::new("source.sheets-left", left.len(), left.join(" / "));
        source.notes.push(note);
    }
    Ok(source)
}

/// The non-empty cells of a sheet, by row.
type SheetCells = BTreeMap<u32, Vec<(u32, String)>>;

fn table(book: &mut Book, name: &str, room: &mut usize) -> Result<SourceTable, SourceError> {
    let broken = |e: calamine::XlsxError| WorkbookError::Broken(e.to_string());
    let mut cells = SheetCells::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        *room = room.checked_sub(1).ok_or(TOO_LARGE)?;
        cells.entry(row).or_default().push((column, text));
    }
    drop(reader);
    let joined = book.merge_cells_by_sheet_name(name).map_err(broken)?;
    Ok(fill(&cells, &joins(&cells, &joined, room)?))
}

/// How a cell is merged: the columns it spans, and whether it continues from the row above.
type Joins = HashMap<(u32, u32), (u32, Option<bool>)>;

fn joins(
    cells: &SheetCells,
    areas: &[calamine::Dimensions],
    room: &mut usize,
) -> Result<Joins, SourceError> {
    let mut out = Joins::new();
    for area in areas {
        let ((top, left), (bottom, right)) = (area.start, area.end);
        let span = right.saturating_sub(left).saturating_add(1);
        for (row, _) in cells.range(top..=bottom.max(top)) {
            *room = room.checked_sub(1).ok_or(TOO_LARGE)?;
            let join = (bottom > top).then_some(*row == top);
            out.insert((*row, left), (span, join));
        }
    }
    Ok(out)
}

fn fill(cells: &SheetCells, joins: &Joins) -> SourceTable {
    let mut table = SourceTable::default();
    for (row, told) in cells {
        let texts: HashMap<u32, &str> = told.iter().map(|(c, t)| (*c, t.as_str())).collect();
        let joined = || (0..WIDEST).filter(|c| joins.contains_key(&(*row, *c)));
        let last = told
            .iter()
            .map(|(c, _)| *c)
            .max()
            .max(joined().max())
            .unwrap_or(0);
        table.begin_row();
        let mut column = 0;
        while column <= last.min(WIDEST) {
            table.begin_cell();
            let (span, join) = joins.get(&(*row, column)).copied().unwrap_or((1, None));
            table.span(span as usize);
            if let Some(first) = join {
                table.join(first);
            }
            table.add(texts.get(&column).copied().unwrap_or_default());
            table.end_cell();
            column = column.saturating_add(span.max(1));
        }
        table.end_row();
    }
    table
}

/// Returns the text that a cell shows.
fn text(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Empty => String::new(),
        other => Data::from(other.clone()).to_string(),
    };
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_that_a_part_claims_is_not_believed() {
        for (part, more) in [
            (r#"<sst uniqueCount="4294967295"/>"#, true),
            ("<sst uniqueCount = '99999999999999999999999'/>", true),
            (r#"<sst uniqueCount="30"><si/><si/></sst>"#, true),
            (r#"<sst uniqueCount="2"><si/><si/></sst>"#, false),
            ("<sst/>", false),
        ] {
            assert_eq!(claims_more(part.as_bytes()), more, "{part}");
        }
    }

    #[test]
    fn a_cell_that_no_sheet_has_is_found() {
        for (part, none) in [
            (r#"<c r="AAAAAAAAAA1"/>"#, true),
            ("<c r = 'A99999999999'/>", true),
            (r#"<mergeCell ref="A1:B99999999999"/>"#, true),
            (r#"<mergeCell ref="C9:A1"/>"#, true),
            (r#"<mergeCell ref="C9:C8"/>"#, true),
            (r#"<c r="XFD1048576"/>"#, false),
            (r#"<row r="7"/>"#, false),
            (r#"<mergeCell ref="A1:XFD1048576"/>"#, false),
            (r#"<a color="ffffffff" href="download"/><t>r="</t>"#, false),
        ] {
            assert_eq!(names_no_cell(part.as_bytes()), none, "{part}");
        }
    }
}
