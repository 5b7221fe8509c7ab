//! Reads a filled-in ledger (台账), a workbook or CSV, and finds what people changed.
//!
//! Each cell has three values: the exported one (which the file carries), the file's now, and the
//! journal's now. If the file differs from the export, a person changed it; if the journal differs
//! too, that is a conflict. Cells are found by clause id and column heading, not by position, since
//! people sort, cut and move; only a line without an id, in a ledger that nobody sorted, belongs to
//! the clause above it.

use super::{Column, base::KEPT};
use crate::{
    day::Due,
    document::ClauseId,
    locale::Lang,
    progress::{Edit, Kind, Status, Target},
    search::Scene,
};
use jiff::{Timestamp, civil::Date};
use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
};

mod cell;
mod cell_values;
mod csv;
mod head;
mod merge;
mod xlsx;

pub use csv::read as read_csv;
pub use merge::merge;
pub use xlsx::read as read_xlsx;

/// Byte limit of a file, of its unpacked parts, and of the texts of all cells: ten times a ledger
/// of 100,000 clauses.
pub(super) const BYTES: u64 = 128 << 20;

/// The most cells read.
const CELLS: usize = 3_000_000;

/// The most columns of a sheet, in Excel and elsewhere.
const COLUMNS: usize = 16_384;

/// A returned file.
#[derive(Debug, Default)]
pub struct ReturnedLedger {
    /// Its sheets; one for CSV.
    pub sheets: Vec<Sheet>,
    /// What it remembers from its export.
    pub exported: Option<Exported>,
}

/// The contents of a workbook's hidden sheet.
#[derive(Debug, Default)]
pub struct Exported {
    /// The document's id.
    pub document: String,
    /// The day of the export.
    pub day: Option<Date>,
    /// The moment of the export.
    pub at: Option<Timestamp>,
    /// The unit that it was made for.
    pub unit: Option<String>,
    /// Whether it has lines for steps, which earlier versions did not write.
    has_steps: bool,
    /// The exported fields of each clause and step, by id.
    values: HashMap<String, Vec<String>>,
}

impl Exported {
    /// Returns the exported value of a clause's or step's field.
    fn value(&self, id: &str, field: Column) -> Option<&str> {
        let nth = KEPT.iter().position(|f| *f == field)?;
        self.values.get(id)?.get(nth).map(String::as_str)
    }
}

/// One sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name, or the file's.
    pub name: String,
    /// The non-empty rows, in order.
    pub rows: Vec<SheetRow>,
}

/// One row of a sheet.
#[derive(Debug)]
pub struct SheetRow {
    /// Its number, from 1.
    pub number: u32,
    /// The non-empty cells with their columns, from 0.
    cells: Vec<(u32, CellValue)>,
}

/// The contents of a cell.
#[derive(Debug, Clone, PartialEq)]
enum CellValue {
    Text(String),
    Number(f64),
    Day(Date),
    /// A formula without a stored result.
    Formula,
    /// A cell hidden by a merge, which has no value of its own.
    Covered,
}

/// Whose value wins if both sides changed it since the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefer {
    /// The journal's; the file's is kept as a remark.
    #[default]
    Ours,
    /// The file's.
    Theirs,
}

/// What people changed in a file.
#[derive(Debug, Default)]
pub struct Merged {
    /// One edit per changed cell.
    pub edits: Vec<Edit>,
    /// What was not understood or not accepted, or had to be decided, and where.
    pub notes: Vec<String>,
    /// How many of those exist only in the file.
    pub left: usize,
    /// How many cells were filled in with what the journal has by now.
    pub known: usize,
    /// Rows that somebody added, of no clause.
    pub rows: Vec<NewRow>,
}

/// A row that somebody added to a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// What is to be done.
    pub text: String,
    /// Who answers for it.
    pub units: Vec<String>,
    /// The deadline.
    pub due: Option<Due>,
    /// The name in charge.
    pub owner: Option<String>,
    /// How far it is.
    pub status: Option<Status>,
    /// What was said of it.
    pub remarks: Vec<(Kind, String)>,
    /// Where it is, and that it was not merged.
    pub note: String,
}

impl NewRow {
    /// Returns the edits that make it an item; if it names no unit, the item belongs to whoever
    /// signs.
    pub fn item(&self, id: ClauseId, by: &str) -> Vec<Edit> {
        let units = match self.units.as_slice() {
            [] => vec![by.to_owned()],
            units => units.to_vec(),
        };
        let item = Edit {
            due: self.due.map(Some),
            owner: self.owner.clone().map(Some),
            status: self.status,
            ..Edit::item(id, self.text.as_str(), units)
        };
        let said = |(kind, text): &(Kind, String)| Edit {
            remark: Some((*kind, text.clone())),
            ..Edit::new(Target::clause(id))
        };
        let remarks = self.remarks.iter().map(said);
        std::iter::once(item).chain(remarks).collect()
    }
}

/// Why a file cannot be merged at all.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It cannot be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is larger than any ledger, or unpacks to more.
    #[error("{}: too large to be a ledger", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// It has no bytes or no cells.
    #[error("{}: empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It is an Excel 97–2003 workbook.
    #[error("{}: a workbook of Excel 97-2003", path.display())]
    Old {
        /// The file.
        path: PathBuf,
    },
    /// It has a password.
    #[error("{}: encrypted", path.display())]
    Encrypted {
        /// The file.
        path: PathBuf,
    },
    /// It is not in its format.
    #[error("{}: {why}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// The reader's message.
        why: String,
    },
    /// It belongs to another document.
    #[error("a ledger of {found}, not of {document}")]
    OtherDocument {
        /// The document that the file names.
        found: String,
        /// The document that is open.
        document: String,
    },
    /// No sheet has a column of clause ids or texts.
    #[error("no sheet with a column of clause numbers and one to fill in")]
    NoTable,
}

impl LedgerError {
    /// Returns what is wrong and what to do, in the interface language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io { path, source } => lang.fill(
                "merge.error.io",
                &[("path", &path.display()), ("why", &lang.system(source))],
            ),
            Self::TooLarge { path } => lang.fill("merge.error.large", &[("path", &path.display())]),
            Self::Empty { path } => lang.fill("merge.error.empty", &[("path", &path.display())]),
            Self::Old { path } => lang.fill("merge.error.old", &[("path", &path.display())]),
            Self::Encrypted { path } => {
                lang.fill("merge.error.encrypted", &[("path", &path.display())])
            }
            Self::Broken { path, why } => lang.fill(
                "merge.error.broken",
                &[("path", &path.display()), ("why", why)],
            ),
            Self::OtherDocument { found, document } => lang.fill(
                "merge.error.other",
                &[("found", found), ("document", document)],
            ),
            Self::NoTable => lang.text("merge.error.no-table").to_owned(),
        }
    }
}

impl SheetRow {
    /// Returns the cell in a column.
    fn cell(&self, column: u32) -> Option<&CellValue> {
        let found = self.cells.iter().find(|(c, _)| *c == column);
        found.map(|(_, value)| value)
    }
}

impl CellValue {
    /// Returns the value as people read it.
    fn text(&self) -> String {
        match self {
            Self::Text(text) => super::base::plain(text),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Formula => "=…".to_owned(),
            Self::Covered => String::new(),
        }
    }
}

impl ReturnedLedger {
    /// Returns whether a row has the code of an export of this document.
    pub fn has_codes(&self, document: &str) -> bool {
        let begin = format!("{document}/");
        let rows = self.sheets.iter().flat_map(|sheet| &sheet.rows);
        let mut last = rows.filter_map(|row| row.cells.last());
        last.any(|(_, value)| value.text().starts_with(&begin))
    }
}

/// Returns the unit that signs a ledger: the one that it was made for, else the one in the file's
/// name.
pub fn signer(scene: &Scene<'_>, path: &Path, filled: &ReturnedLedger) -> Option<String> {
    let kept = filled.exported.as_ref().and_then(|e| e.unit.clone());
    let kept = kept.filter(|unit| scene.document.units().contains(&unit.as_str()));
    kept.or_else(|| unit_in(scene, path))
}

/// Returns the unit in a file's name, the longest one that matches.
pub fn unit_in(scene: &Scene<'_>, path: &Path) -> Option<String> {
    let name = path.file_stem()?.to_string_lossy().into_owned();
    let units = scene.document.units().into_iter();
    let named = units.flat_map(|unit| {
        let all = std::iter::once(unit).chain(scene.units.names(unit));
        all.map(move |other| (other.to_owned(), unit))
            .collect::<Vec<_>>()
    });
    let held =
        named.filter(|(other, _)| other.chars().count() > 1 && name.contains(other.as_str()));
    let best = held.max_by_key(|(other, _)| other.chars().count());
    best.map(|(_, unit)| unit.to_owned())
}

/// Reads a ledger: a CSV file, or a workbook.
///
/// # Errors
///
/// The file cannot be read as one.
pub fn read(path: &Path) -> Result<ReturnedLedger, LedgerError> {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    match ending.to_str() {
        Some("csv" | "tsv" | "txt") => read_csv(path),
        _ => read_xlsx(path),
    }
}

/// Reads a file within the size limit.
pub(super) fn bounded(path: &Path) -> Result<Vec<u8>, LedgerError> {
    use io::Read as _;
    let io = |source| LedgerError::Io {
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(io)?;
    if !file.metadata().map_err(io)?.is_file() {
        return Err(io(rustix::io::Errno::NODEV.into()));
    }
    file.take(BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > BYTES {
        return Err(LedgerError::TooLarge {
            path: path.to_owned(),
        });
    }
    Ok(bytes)
}
