//! `export`: the document with its state, for other programs and for people. May use: `report`.

use super::{Failure, Out, desk::Desk, list};
use crate::{
    locale::Lang,
    report::{Basis, Cell, Column, Heading, Table, base, column, csv, file, json, markdown, xlsx},
};
use std::{
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "FORMAT", value_parser = ["md", "csv", "xlsx", "json"], hide_possible_values = true)]
    format: Option<String>,
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    #[arg(long, value_name = "unit", value_parser = ["unit"], hide_possible_values = true)]
    by: Option<String>,
    #[arg(long)]
    bom: bool,
}

/// What an export is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Markdown,
    Csv,
    Xlsx,
}

impl Args {
    /// Writes what the query finds, or the whole document where there is none.
    pub(super) fn run(&self, desk: &Desk, out: &mut Out) -> Result<(), Failure> {
        let format = self.format(desk.lang)?;
        let columns = self
            .columns
            .as_ref()
            .map(|names| list::columns(names, desk.lang))
            .transpose()?;
        let work = desk.open()?;
        let found = (!self.query.is_empty()).then(|| work.find(&self.query, false));
        let basis = work.basis();
        let bytes = if format == Format::Json {
            json_bytes(&basis, found.as_deref())?
        } else {
            let clauses = found.unwrap_or_else(|| (0..work.document.clauses.len()).collect());
            let ledger = Ledger {
                basis: &basis,
                columns: columns.as_deref(),
                by_unit: self.by.is_some(),
                clauses: &clauses,
            };
            ledger.bytes(format, self.bom)?
        };
        match &self.output {
            Some(path) if path != Path::new("-") => write(path, &bytes, work.lang),
            _ if format == Format::Xlsx && io::stdout().is_terminal() => {
                Err(Failure::Usage(work.lang.text("export.terminal").to_owned()))
            }
            _ => out.text(&bytes),
        }
    }

    /// Returns the format that was named, else the one that the file's ending names.
    fn format(&self, lang: Lang) -> Result<Format, Failure> {
        let path = self.output.as_ref().filter(|path| *path != Path::new("-"));
        let ending = path.map(|path| {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            ending.to_ascii_lowercase()
        });
        match self.format.as_deref().or(ending.as_deref()) {
            Some("json") | None => Ok(Format::Json),
            Some("md" | "markdown") => Ok(Format::Markdown),
            Some("csv") => Ok(Format::Csv),
            Some("xlsx") => Ok(Format::Xlsx),
            Some(other) => Err(Failure::Usage(
                lang.fill("export.format", &[("format", &other)]),
            )),
        }
    }
}

/// Writes a file whole or not at all: beside its place, then renamed. A link is followed, and what
/// was there keeps its mode.
pub(super) fn write(path: &Path, bytes: &[u8], lang: Lang) -> Result<(), Failure> {
    file::replace(path, bytes).map_err(|why| {
        Failure::Failed(lang.fill("export.failed", &[("path", &path.display()), ("why", &why)]))
    })
}

fn json_bytes(basis: &Basis<'_>, found: Option<&[usize]>) -> Result<Vec<u8>, Failure> {
    let export = json::export(basis, found);
    let mut bytes = Vec::new();
    json::write(&mut bytes, &export)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What goes into a ledger (台账).
struct Ledger<'a> {
    basis: &'a Basis<'a>,
    columns: Option<&'a [Column]>,
    by_unit: bool,
    clauses: &'a [usize],
}

impl Ledger<'_> {
    fn bytes(&self, format: Format, bom: bool) -> Result<Vec<u8>, Failure> {
        let lang = self.basis.lang;
        match format {
            Format::Csv => {
                csv::write(&self.csv(), bom, lang).map_err(|e| Failure::Failed(e.to_string()))
            }
            Format::Xlsx => {
                xlsx::write(self.basis, &self.sheets()).map_err(|e| Failure::Failed(e.to_string()))
            }
            _ => Ok(self.markdown().into_bytes()),
        }
    }

    fn columns(&self) -> Vec<Column> {
        let own = self.columns.map(<[Column]>::to_vec);
        own.unwrap_or_else(|| column::ledger(self.basis))
    }

    /// Returns one table, or one for each unit, titled by it.
    fn sections(&self) -> Vec<(Table, Vec<usize>)> {
        let columns = self.columns();
        let table = |clauses: &[usize]| column::table(self.basis, &columns, clauses);
        if !self.by_unit {
            return vec![(table(self.clauses), self.clauses.to_vec())];
        }
        let parts = column::by_unit(self.basis, self.clauses);
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
