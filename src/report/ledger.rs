//! Reading a filled-in ledger (台账) back: a workbook or a CSV file, and what its people changed.
//!
//! Three values meet in each cell: what was exported (the file carries it), what the file says now, and
//! what the journal says now. Only where the file differs from what was exported has a person changed
//! something; only where the journal differs too is there a conflict. Cells are found by a clause's id
//! and a column's heading, never by place, since people sort, cut and move.

use crate::{locale::Lang, progress::Edit};
use jiff::{Timestamp, civil::Date};
use std::{collections::HashMap, io, path::PathBuf};

mod cell;
mod csv;
mod head;
mod merge;
mod word;
mod xlsx;

pub use csv::read as read_csv;
pub use merge::merge;
pub use xlsx::read as read_xlsx;

/// The most bytes that a file may have, and its parts when they are unpacked, and the texts of all its
/// cells: ten times a ledger of 100,000 clauses.
pub(super) const BYTES: u64 = 128 << 20;

/// The most cells that are read.
const CELLS: usize = 3_000_000;

/// The most columns that a sheet can have, in Excel as in others.
const COLUMNS: usize = 16_384;

/// A file as it came back.
#[derive(Debug, Default)]
pub struct Filled {
    /// Its sheets; a CSV file is one.
    pub sheets: Vec<Sheet>,
    /// What it carries of the time when it was exported.
    pub exported: Option<Exported>,
}

/// What a workbook's hidden sheet keeps.
#[derive(Debug, Default)]
pub struct Exported {
    /// The document's id.
    pub document: String,
    /// The day of the export.
    pub day: Option<Date>,
    /// The moment of the export.
    pub at: Option<Timestamp>,
    /// The values of the fields of each clause, by its id.
    values: HashMap<String, Vec<String>>,
}

/// One sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name, or the file's.
    pub name: String,
    /// The rows that hold anything, in order.
    pub rows: Vec<Row>,
}

/// One row of a sheet.
#[derive(Debug)]
pub struct Row {
    /// Its number, counted from 1.
    pub number: u32,
    /// The cells that hold anything, with their columns, counted from 0.
    cells: Vec<(u32, Value)>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text(String),
    Number(f64),
    Day(Date),
    /// A formula of which the file does not say what it shows.
    Formula,
    /// It lies under another cell, joined with it: it says nothing.
    Covered,
}

/// Whose value counts where both sides changed one since the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefer {
    /// The journal's; the file's is kept as a remark.
    #[default]
    Ours,
    /// The file's.
    Theirs,
}

/// What a file's people changed.
#[derive(Debug, Default)]
pub struct Merged {
    /// One edit for each cell that was changed.
    pub edits: Vec<Edit>,
    /// What was not understood, not taken or decided, and where.
    pub notes: Vec<String>,
    /// How much of that is still nowhere but in the file.
    pub left: usize,
}

/// A file that cannot be taken in at all.
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
    /// It has no bytes, or no cells.
    #[error("{}: empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It is a workbook of Excel 97 to 2003.
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
        /// What the reader said.
        why: String,
    },
    /// It is another document's.
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
    /// Returns what is wrong and what to do, in the language of the screen.
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

impl Row {
    /// Returns the cell in a column.
    fn cell(&self, column: u32) -> Option<&Value> {
        let found = self.cells.iter().find(|(c, _)| *c == column);
        found.map(|(_, value)| value)
    }
}

impl Value {
    /// Returns the value as text, as a person would read it.
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

impl Filled {
    /// Returns whether a row carries the code of an export of this document.
    pub fn has_codes(&self, document: &str) -> bool {
        let begin = format!("{document}/");
        let rows = self.sheets.iter().flat_map(|sheet| &sheet.rows);
        let mut last = rows.filter_map(|row| row.cells.last());
        last.any(|(_, value)| value.text().starts_with(&begin))
    }
}

/// Reads a file that is not too large.
pub(super) fn bounded(path: &std::path::Path) -> Result<Vec<u8>, LedgerError> {
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
