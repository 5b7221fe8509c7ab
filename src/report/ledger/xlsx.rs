//! Reads a workbook within bounds of memory and time.
//!
//! An archive of a few kilobytes can unpack to gigabytes, a sheet can name cells at its far corner,
//! and one long text can be used a million times. So the archive is first unpacked to nowhere and
//! measured, cells are read one by one, and their texts counted. Formulas are never computed and
//! links never followed: a cell is what the file says it shows.

use super::{
    BYTES, CELLS, CellValue, Exported, LedgerError, ReturnedLedger, Sheet, SheetRow, bounded,
};
use crate::{
    document::source::workbook::{self, Book, LEDGER_SHEET, WorkbookError},
    report::{base::KEPT, xlsx::MARK},
};
use calamine::{DataRef, Dimensions, Reader as _, SheetType};
use jiff::civil::Date;
use std::{collections::BTreeMap, path::Path};

/// Days of Excel's calendar, which ends with the year 9999.
const DAYS: f64 = 2_958_466.0;

type SheetValues = BTreeMap<u32, Vec<(u32, CellValue)>>;

/// Reads a workbook.
///
/// # Errors
///
/// The file cannot be read, is not a workbook, or is larger than any ledger.
pub fn read(path: &Path) -> Result<ReturnedLedger, LedgerError> {
    let bytes = bounded(path)?;
    let broken = |why: String| LedgerError::Broken {
        path: path.to_owned(),
        why,
    };
    let too_large = || LedgerError::TooLarge {
        path: path.to_owned(),
    };
    let owned = || path.to_owned();
    match sort(&bytes) {
        FileSignature::Empty => return Err(LedgerError::Empty { path: owned() }),
        FileSignature::Old => return Err(LedgerError::Old { path: owned() }),
        FileSignature::Encrypted => return Err(LedgerError::Encrypted { path: owned() }),
        FileSignature::Other => {}
    }
    let mut book = workbook::open(bytes, BYTES).map_err(|e| match e {
        WorkbookError::Broken(why) => broken(why),
        WorkbookError::TooLarge => too_large(),
    })?;
    let sheets = book.sheets_metadata().iter();
    let sheets = sheets.filter(|s| s.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|s| s.name.clone()).collect();
    let mut filled = ReturnedLedger::default();
    let mut room = Room {
        cells: CELLS,
        bytes: BYTES,
    };
    for name in names {
        let cells = cells(&mut book, &name, &mut room).map_err(|e| broken(e.to_string()))?;
        let rows = cells.ok_or_else(too_large)?.into_iter();
        let rows = rows.map(|(row, cells)| SheetRow {
            number: row + 1,
            cells,
        });
        let sheet = Sheet {
            name,
            rows: rows.collect(),
        };
        if sheet.name == LEDGER_SHEET {
            filled.exported = exported(&sheet);
        } else {
            filled.sheets.push(sheet);
        }
    }
    if filled.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(LedgerError::Empty { path: owned() });
    }
    Ok(filled)
}

/// The type of a file, by its bytes.
enum FileSignature {
    Empty,
    Old,
    Encrypted,
    Other,
}

fn sort(bytes: &[u8]) -> FileSignature {
    // A compound file is an old workbook, or an encrypted new one if it has a stream of this name.
    let compound = bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    let stream: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.is_empty() {
        FileSignature::Empty
    } else if compound && memchr::memmem::find(bytes, &stream).is_some() {
        FileSignature::Encrypted
    } else if compound {
        FileSignature::Old
    } else {
        FileSignature::Other
    }
}

/// Remaining budget.
struct Room {
    cells: usize,
    bytes: u64,
}

impl Room {
    /// Spends the budget of one cell; `None` if it is used up.
    fn take(&mut self, value: &CellValue) -> Option<()> {
        let length = match value {
            CellValue::Text(text) => text.len() as u64,
            _ => 0,
        };
        self.cells = self.cells.checked_sub(1)?;
        self.bytes = self.bytes.checked_sub(length)?;
        Some(())
    }
}

/// Returns the non-empty cells of a sheet; `None` if there are too many.
fn cells(
    book: &mut Book,
    name: &str,
    room: &mut Room,
) -> Result<Option<SheetValues>, calamine::XlsxError> {
    let mut rows = SheetValues::new();
    let mut reader = book.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        let shown = value(&cell.value);
        let Some(value) = shown.or_else(|| cell.formula.map(|_| CellValue::Formula)) else {
            continue;
        };
        if room.take(&value).is_none() {
            return Ok(None);
        }
        rows.entry(row).or_default().push((column, value));
    }
    drop(reader);
    let joined = book.merge_cells_by_sheet_name(name)?;
    Ok(spread(&mut rows, &joined, room).map(|()| rows))
}

fn value(data: &DataRef<'_>) -> Option<CellValue> {
    let text = match data {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        #[expect(
            clippy::cast_precision_loss,
            reason = "clause numbers and days are small"
        )]
        DataRef::Int(number) => return Some(CellValue::Number(*number as f64)),
        DataRef::Float(number) => return Some(CellValue::Number(*number)),
        DataRef::Bool(is) => is.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(time) => return Some(day(time)),
        DataRef::Empty => return None,
    };
    (!text.trim().is_empty()).then_some(CellValue::Text(text))
}

fn day(time: &calamine::ExcelDateTime) -> CellValue {
    // Beyond its calendar the reader returns its last day.
    if !(0.0..DAYS).contains(&time.as_f64()) {
        return CellValue::Number(time.as_f64());
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    let small = |n: u8| i8::try_from(n).unwrap_or(0);
    let date = i16::try_from(year).ok().filter(|_| time.is_datetime());
    let date = date.and_then(|year| Date::new(year, small(month), small(day)).ok());
    date.map_or(CellValue::Number(time.as_f64()), CellValue::Day)
}

/// Copies the value of a merged cell to each row it covers, in its first column only.
fn spread(rows: &mut SheetValues, joined: &[Dimensions], room: &mut Room) -> Option<()> {
    for area in joined {
        let ((top, left), (bottom, right)) = (area.start, area.end);
        if top > bottom || left > right {
            continue;
        }
        let first = rows
            .get(&top)
            .and_then(|r| r.iter().find(|(c, _)| *c == left));
        let value = first.map(|(_, value)| value.clone());
        let right = right.min(left + 255);
        for (row, cells) in rows.range_mut(top..=bottom) {
            cells.retain(|(c, _)| !(left..=right).contains(c) || (*row, *c) == area.start);
            for column in (left..=right).filter(|c| (*row, *c) != area.start) {
                let value = match &value {
                    Some(value) if column == left => value.clone(),
                    _ => CellValue::Covered,
                };
                room.take(&value)?;
                cells.push((column, value));
            }
        }
    }
    Some(())
}

/// Reads the hidden sheet; `None` if it is not ours.
fn exported(sheet: &Sheet) -> Option<Exported> {
    let head = sheet.rows.first()?;
    let text = |row: &SheetRow, column| row.cell(column).map(CellValue::text).unwrap_or_default();
    if text(head, 0) != MARK {
        return None;
    }
    let values = sheet.rows.iter().skip(2).map(|row| {
        let fields = (1..).take(KEPT.len());
        (
            text(row, 0),
            fields.map(|column| text(row, column)).collect(),
        )
    });
    Some(Exported {
        document: text(head, 1),
        day: text(head, 2).get(..10).and_then(|day| day.parse().ok()),
        at: text(head, 2).parse().ok(),
        unit: Some(text(head, 3)).filter(|unit| !unit.is_empty()),
        has_steps: sheet
            .rows
            .get(1)
            .is_some_and(|row| row.cells.len() > KEPT.len()),
        values: values.collect(),
    })
}
