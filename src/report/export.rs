//! An export: the document with its state, or what a query found of it, as the bytes of a file.

use super::{Basis, Cell, Column, Heading, Table, base, column, csv, json, markdown, xlsx};
use std::io;
use thiserror::Error;

/// What an export is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The tree itself, for programs.
    Json,
    /// A table to be read.
    Markdown,
    /// A table for any program.
    Csv,
    /// A workbook to be filled in.
    Xlsx,
}

impl Format {
    /// All formats, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Csv, Self::Xlsx, Self::Json];

    /// Returns its names; the first is how its files end.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Json => &["json"],
            Self::Markdown => &["md", "markdown"],
            Self::Csv => &["csv"],
            Self::Xlsx => &["xlsx"],
        }
    }

    /// Returns the format of this name, in whatever case.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let mut all = Self::ALL.into_iter();
        all.find(|format| format.names().contains(&&*name))
    }

    /// Returns how its files end.
    pub const fn ending(self) -> &'static str {
        self.names()[0]
    }
}

/// Why there is no export.
#[derive(Debug, Error)]
pub enum ExportError {
    /// A table that is none.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// More than a workbook can hold.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// What JSON has no words for.
    #[error(transparent)]
    Json(#[from] io::Error),
}

/// What goes into a ledger (台账).
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a> {
    /// The document and its state.
    pub basis: &'a Basis<'a>,
    /// The columns; none are the usual ones.
    pub columns: Option<&'a [Column]>,
    /// Whether each unit has a section, or sheet, of its own.
    pub by_unit: bool,
    /// The clauses; none are all.
    pub clauses: Option<&'a [usize]>,
    /// Whether a CSV file begins with a byte order mark.
    pub bom: bool,
}

impl Ledger<'_> {
    /// Returns the bytes of the file.
    ///
    /// # Errors
    ///
    /// Where the format cannot hold it: a workbook has no more than a million rows.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, ExportError> {
        match format {
            Format::Csv => Ok(csv::write(&self.csv(), self.bom, self.basis.lang)?),
            Format::Xlsx => Ok(xlsx::write(self.basis, &self.sheets())?),
            Format::Markdown => Ok(self.markdown().into_bytes()),
            Format::Json => self.json(),
        }
    }

    /// Returns the tree; a list of clauses, a list of such for each unit, or rows of columns where
    /// these are asked for.
    fn json(&self) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        match (self.columns, self.by_unit) {
            (None, false) => json::write(&mut bytes, &json::export(self.basis, self.clauses))?,
            (None, true) => {
                let sections = column::by_unit(self.basis, &self.clauses());
                json::write(&mut bytes, &json::sections(self.basis, &sections))?;
            }
            (Some(_), by_unit) => {
                let tables: Vec<Table> = self.sections().into_iter().map(|(t, _)| t).collect();
                match tables.as_slice() {
                    [table] if !by_unit => json::write(&mut bytes, &json::rows(table))?,
                    tables => json::write(&mut bytes, &json::tables(tables))?,
                }
            }
        }
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn clauses(&self) -> Vec<usize> {
        let all = || (0..self.basis.document().clauses.len()).collect();
        self.clauses.map_or_else(all, <[usize]>::to_vec)
    }

    fn columns(&self) -> Vec<Column> {
        let own = self.columns.map(<[Column]>::to_vec);
        own.unwrap_or_else(|| column::ledger(self.basis))
    }

    /// Returns one table, or one for each unit, titled by it.
    fn sections(&self) -> Vec<(Table, Vec<usize>)> {
        let columns = self.columns();
        let table = |clauses: &[usize]| column::table(self.basis, &columns, clauses);
        let clauses = self.clauses();
        if !self.by_unit {
            return vec![(table(&clauses), clauses)];
        }
        let parts = column::by_unit(self.basis, &clauses);
        let titled = |(unit, clauses): (String, Vec<usize>)| {
            let mut table = table(&clauses);
            table.title = unit;
            (table, clauses)
        };
        parts.into_iter().map(titled).collect()
    }

    fn sheets(&self) -> Vec<xlsx::Section> {
        let columns = self.columns();
        let section = |(table, clauses): (Table, Vec<usize>)| xlsx::Section {
            name: if self.by_unit {
                table.title.clone()
            } else {
                self.basis.lang.text("ledger.name").to_owned()
            },
            columns: columns.clone(),
            table,
            clauses,
        };
        self.sections().into_iter().map(section).collect()
    }

    fn markdown(&self) -> String {
        let lang = self.basis.lang;
        let title = Table {
            title: self.basis.document().title.clone(),
            ..Table::default()
        };
        let level = if self.by_unit { 2 } else { 1 };
        let sections = self.sections();
        let texts = sections
            .iter()
            .map(|(t, _)| markdown::write(t, level, lang));
        let mut texts: Vec<String> = texts.collect();
        if self.by_unit {
            let head = markdown::write(&title, 1, lang);
            texts.insert(0, head.lines().next().unwrap_or_default().to_owned() + "\n");
        }
        texts.join("\n")
    }

    /// Returns the sections as one table: CSV has no others. Each row says its unit first, and ends
    /// with the code of what was exported, unless columns were asked for by name.
    fn csv(&self) -> Table {
        let mut all = Table::default();
        let lang = self.basis.lang;
        let heading = |id: &'static str, key: &'static str| Heading {
            id,
            text: lang.text(key).to_owned(),
        };
        for (table, clauses) in self.sections() {
            let unit = Cell::words(&table.title);
            all.headings = table.headings;
            for (mut row, clause) in table.rows.into_iter().zip(clauses) {
                if self.by_unit {
                    row.insert(0, unit.clone());
                }
                if self.columns.is_none() {
                    row.push(Cell::words(base::code(self.basis, clause)));
                }
                all.rows.push(row);
            }
        }
        if self.by_unit {
            all.headings.insert(0, heading("unit", "column.unit"));
        }
        if self.columns.is_none() {
            all.headings.push(heading("code", "column.code"));
        }
        all
    }
}
