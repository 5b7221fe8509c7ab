//! `export`: the document with its state, for programs and people.

use super::{Failure, Out, context::CommandContext, list, output};
use crate::{
    files,
    locale::Lang,
    report::{
        Basis,
        export::{Format, Ledger},
        over,
    },
};
use clap::builder::{PossibleValue, PossibleValuesParser};
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
    #[arg(long, value_name = "FORMAT", value_parser = formats(), hide_possible_values = true)]
    format: Option<String>,
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    #[arg(long, value_name = "unit", value_parser = PossibleValuesParser::new([PossibleValue::new("unit").aliases(["单位", "责任单位"])]), hide_possible_values = true)]
    by: Option<String>,
    #[arg(long)]
    bom: bool,
    #[arg(long)]
    force: bool,
}

impl Args {
    /// Writes the clauses found, or the whole document without a query.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let format = self.format(context.lang)?;
        let columns = self
            .columns
            .as_ref()
            .map(|names| list::columns(names, context.lang))
            .transpose()?;
        let work = context.open()?;
        let found = (!self.query.is_empty()).then(|| work.find(&self.query, false));
        let found = found.transpose()?;
        let basis = work.basis();
        let ledger = Ledger {
            basis: &basis,
            columns: columns.as_deref(),
            by_unit: self.by.is_some(),
            clauses: found.as_deref(),
            bom: self.bom,
        };
        let bytes = ledger
            .bytes(format)
            .map_err(|e| Failure::Failed(e.to_string()))?;
        match &self.output {
            Some(path) if path != Path::new("-") => {
                if !self.force {
                    allow(&basis, path, &bytes, Some(format))?;
                }
                write(path, &bytes, work.lang)?;
                let count = found.map_or(work.document().clauses.len(), |found| found.len());
                let path = path.display();
                let said = work
                    .lang
                    .fill("export.saved", &[("n", &count), ("path", &path)]);
                output::tell(said);
                Ok(())
            }
            _ if format == Format::Xlsx && io::stdout().is_terminal() => {
                Err(Failure::Usage(work.lang.text("export.terminal").to_owned()))
            }
            _ => out.text(&bytes),
        }
    }

    /// Returns the named format, otherwise the one of the file's ending.
    fn format(&self, lang: Lang) -> Result<Format, Failure> {
        let path = self.output.as_ref().filter(|path| *path != Path::new("-"));
        let ending = path.map(|path| {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            ending.to_ascii_lowercase()
        });
        let Some(name) = self.format.as_deref().or(ending.as_deref()) else {
            return Ok(Format::Json);
        };
        Format::from_name(name).ok_or_else(|| {
            let formats = lang.list(&Format::ALL.map(Format::ending));
            let path = path.map_or(Path::new(""), |path| path).display();
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("format", &name), ("formats", &formats), ("path", &path)];
            let key = if name.is_empty() {
                "export.ending"
            } else {
                "export.format"
            };
            Failure::Usage(lang.fill(key, &values))
        })
    }
}

fn formats() -> PossibleValuesParser {
    let value = |format: Format| PossibleValue::new(format.ending()).aliases(format.names());
    PossibleValuesParser::new(Format::ALL.map(value))
}

/// Refuses to overwrite a file that is not an export of this checklist, or that somebody added to.
pub(super) fn allow(
    basis: &Basis<'_>,
    path: &Path,
    bytes: &[u8],
    format: Option<Format>,
) -> Result<(), Failure> {
    match over::over(basis, path, bytes, format) {
        Some(over) => Err(Failure::Failed(over.message(path, basis.lang))),
        None => Ok(()),
    }
}

/// Writes a file atomically, as [`files::replace`] does.
pub(super) fn write(path: &Path, bytes: &[u8], lang: Lang) -> Result<(), Failure> {
    files::replace(path, bytes).map_err(|why| {
        Failure::Failed(lang.fill(
            "export.failed",
            &[("path", &path.display()), ("why", &lang.system(&why))],
        ))
    })
}
