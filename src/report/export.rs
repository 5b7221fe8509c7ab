//! Exports: the document with its state, or the clauses that a query found, as the bytes of a file.

use super::{
    Basis, Cell, Column, Heading, RowSubject, Table, base, column, csv, ics, json, markdown,
    page::PageInput, xlsx,
};
use jiff::civil::Date;
use std::io;
use thiserror::Error;

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The tree itself, for programs.
    Json,
    /// A table to read.
    Markdown,
    /// A table for any program.
    Csv,
    /// A workbook to fill in.
    Xlsx,
    /// A page for a browser.
    Html,
    /// The deadlines, for a calendar.
    Ics,
}

impl Format {
    /// All formats, in the order they are listed.
    pub const ALL: [Self; 6] = [
        Self::Markdown,
        Self::Csv,
        Self::Xlsx,
        Self::Json,
        Self::Html,
        Self::Ics,
    ];

    /// Returns its names; the first is its file ending.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Json => &["json"],
            Self::Markdown => &["md", "markdown"],
            Self::Csv => &["csv"],
            Self::Xlsx => &["xlsx"],
            Self::Html => &["html", "htm"],
            Self::Ics => &["ics"],
        }
    }

    /// Returns the format with this name, ignoring case.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let mut all = Self::ALL.into_iter();
        all.find(|format| format.names().contains(&&*name))
    }

    /// Returns its file ending.
    pub const fn ending(self) -> &'static str {
        self.names()[0]
    }
}

/// Why an export failed.
#[derive(Debug, Error)]
pub enum ExportError {
    /// A malformed table.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// More than a workbook can hold.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// A value that JSON cannot express.
    #[error(transparent)]
    Json(#[from] io::Error),
}

/// The columns of a page's table.
const PAGE: [Column; 8] = [
    Column::Id,
    Column::Text,
    Column::Units,
    Column::Status,
    Column::Due,
    Column::Urgency,
    Column::Owner,
    Column::Problem,
];

/// The contents of a ledger (台账).
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a> {
    /// The document and its state.
    pub basis: &'a Basis<'a>,
    /// The columns; `None` for the usual ones.
    pub columns: Option<&'a [Column]>,
    /// Whether each unit gets its own section or sheet.
    pub by_unit: bool,
    /// The clauses; `None` for all.
    pub clauses: Option<&'a [usize]>,
    /// Whether CSV begins with a byte order mark.
    pub bom: bool,
    /// The unit that the ledger is for, which then signs what comes back.
    pub unit: Option<&'a str>,
    /// The day whose state it has, which its title names; `None` for the present.
    pub as_of: Option<Date>,
}

impl<'a> Ledger<'a> {
    /// Returns the ledger of all clauses in the usual columns.
    pub const fn of(basis: &'a Basis<'a>) -> Self {
        Self {
            basis,
            columns: None,
            by_unit: false,
            clauses: None,
            bom: false,
            unit: None,
            as_of: None,
        }
    }

    /// Returns the bytes of the file.
    ///
    /// # Errors
    ///
    /// The format cannot hold it: a workbook has at most a million rows.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, ExportError> {
        match format {
            Format::Csv => Ok(csv::write(&self.csv(), self.bom, self.basis.lang)?),
            Format::Xlsx => Ok(xlsx::write(self.basis, self.sheets(), self.unit)?),
            Format::Markdown => Ok(self.markdown().into_bytes()),
            Format::Json => self.json(),
            Format::Html => Ok(self.page().into_bytes()),
            Format::Ics => {
                let title = self.dated(self.basis.document().title.clone());
                Ok(ics::write(self.basis, &title, &self.clauses()))
            }
        }
    }

    /// Returns the tree; or a list of clauses per unit, or rows of the requested columns.
    fn json(&self) -> Result<Vec<u8>, ExportError> {
        let mut bytes = Vec::new();
        match (self.columns, self.by_unit) {
            (None, false) => {
                let export = json::export(self.basis, self.clauses, self.as_of);
                json::write(&mut bytes, &export)?;
            }
            (None, true) => {
                let sections = column::by_unit(self.basis, &self.clauses());
                let sections = json::sections(self.basis, &sections, self.as_of);
                json::write(&mut bytes, &sections)?;
            }
            (Some(_), by_unit) => {
                let tables = self.tables().into_iter();
                let tables: Vec<Table> = tables.map(|(t, _)| self.with_day(t)).collect();
                match tables.as_slice() {
                    [table] if !by_unit => json::write(&mut bytes, &json::rows(table))?,
                    tables => json::write(&mut bytes, &json::tables(tables))?,
                }
            }
        }
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Returns the page; its table has fewer columns than a ledger, since the tree has all else.
    fn page(&self) -> String {
        let columns = self.columns.unwrap_or(&PAGE);
        let sections = Self {
            columns: Some(columns),
            // The page says its day anyway.
            as_of: None,
            ..*self
        }
        .tables();
        let page = PageInput {
            basis: self.basis,
            clauses: &self.clauses(),
            sections: &sections,
        };
        page.print()
    }

    fn clauses(&self) -> Vec<usize> {
        self.clauses
            .map_or_else(|| self.basis.all(), <[usize]>::to_vec)
    }

    fn columns(&self) -> Vec<Column> {
        let own = self.columns.map(<[Column]>::to_vec);
        own.unwrap_or_else(|| column::ledger(self.basis))
    }

    /// Returns the title of all clauses with them, or each unit with its own.
    fn sections(&self) -> Vec<(String, Vec<usize>)> {
        let clauses = self.clauses();
        if self.by_unit {
            return column::by_unit(self.basis, &clauses);
        }
        let mut title = self.basis.document().title.clone();
        if let Some(unit) = self.unit {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("title", &title), ("unit", &unit)];
            title = self.basis.lang.fill("ledger.of-unit", &values);
        }
        vec![(self.dated(title), clauses)]
    }

    /// Returns a table for each section, a row per clause.
    fn tables(&self) -> Vec<(Table, Vec<usize>)> {
        let table = |(title, clauses): (String, Vec<usize>)| (self.table(title, &clauses), clauses);
        self.sections().into_iter().map(table).collect()
    }

    /// Returns a table for each section; steps have rows of their own if wanted, and where the columns
    /// tell them from clauses.
    fn with_steps(&self, wanted: bool) -> Vec<(Table, Vec<RowSubject>)> {
        let has_ids = wanted && self.columns().contains(&Column::Id);
        let table = |(title, clauses): (String, Vec<usize>)| {
            let subjects = if has_ids {
                RowSubject::with_steps(self.basis, &clauses)
            } else {
                clauses.into_iter().map(RowSubject::from).collect()
            };
            (self.table(title, &subjects), subjects)
        };
        self.sections().into_iter().map(table).collect()
    }

    fn table<S: Into<RowSubject> + Copy>(&self, title: String, subjects: &[S]) -> Table {
        Table {
            title,
            ..column::table(self.basis, &self.columns(), subjects)
        }
    }

    /// Returns a title with the day, unless that is the present.
    fn dated(&self, title: String) -> String {
        let Some(day) = self.as_of else { return title };
        let values: [(&str, &dyn std::fmt::Display); 2] = [("title", &title), ("day", &day)];
        self.basis.lang.fill("ledger.as-of", &values)
    }

    /// Adds a column with the day, unless that is the present.
    fn with_day(&self, mut table: Table) -> Table {
        if let Some(day) = self.as_of {
            table.headings.push(Heading {
                id: "as_of",
                text: self.basis.lang.text("column.as-of").to_owned(),
            });
            (table.rows.iter_mut()).for_each(|row| row.push(Cell::Day(day)));
        }
        table
    }

    fn sheets(&self) -> Vec<xlsx::Section> {
        let columns = self.columns();
        let section = |(mut table, subjects): (Table, Vec<RowSubject>)| {
            let mut name = self.basis.lang.text("ledger.name").to_owned();
            if self.by_unit {
                let dated = self.dated(table.title.clone());
                name = std::mem::replace(&mut table.title, dated);
            }
            xlsx::Section {
                name,
                columns: columns.clone(),
                table,
                subjects,
            }
        };
        self.with_steps(true).into_iter().map(section).collect()
    }

    fn markdown(&self) -> String {
        let lang = self.basis.lang;
        let title = Table {
            title: self.dated(self.basis.document().title.clone()),
            ..Table::default()
        };
        let level = if self.by_unit { 2 } else { 1 };
        let tables = self.tables();
        let texts = tables.iter().map(|(t, _)| markdown::write(t, level, lang));
        let mut texts: Vec<String> = texts.collect();
        if self.by_unit {
            let head = markdown::write(&title, 1, lang);
            texts.insert(0, head.lines().next().unwrap_or_default().to_owned() + "\n");
        }
        texts.join("\n")
    }

    /// Returns the sections as one table, since CSV has only one. Each row begins with its unit,
    /// and ends with the code of what was exported unless columns were named: then it is for programs,
    /// a row per clause.
    fn csv(&self) -> Table {
        let mut all = Table::default();
        let lang = self.basis.lang;
        for (table, subjects) in self.with_steps(self.columns.is_none()) {
            let table = self.with_day(table);
            let unit = Cell::words(&table.title);
            all.headings = table.headings;
            for (mut row, subject) in table.rows.into_iter().zip(subjects) {
                if self.by_unit {
                    row.insert(0, unit.clone());
                }
                if self.columns.is_none() {
                    row.push(Cell::words(base::code(self.basis, subject)));
                }
                all.rows.push(row);
            }
        }
        if self.by_unit {
            all.headings
                .insert(0, Heading::new("unit", "column.unit", lang));
        }
        if self.columns.is_none() {
            all.headings.push(Heading::new("code", "column.code", lang));
        }
        all
    }
}
