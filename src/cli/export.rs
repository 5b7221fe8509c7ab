//! `export`: the document with its state, for programs and people.

use super::{Failure, Out, context::CommandContext, list, output};
use crate::{
    files,
    locale::Lang,
    report::{
        Basis,
        apart::file_names,
        column,
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
        let folder = self.folder();
        let format = match folder {
            Some(_) => self.named().unwrap_or(Format::Xlsx),
            None => self.format(context.lang)?,
        };
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
            columns: columns.as_deref(),
            by_unit: self.by.is_some() && folder.is_none(),
            clauses: found.as_deref(),
            bom: self.bom,
            as_of: context.at.map(|_| work.now.date()),
            ..Ledger::of(&basis)
        };
        if let Some(folder) = folder {
            return self.apart(&ledger, folder, format);
        }
        let bytes = ledger
            .bytes(format)
            .map_err(|e| Failure::Failed(e.to_string()))?;
        match &self.output {
            Some(path) if path != Path::new("-") => {
                save(&basis, path, bytes, Some(format), self.force)?;
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

    /// Returns the folder that gets a file for each unit.
    fn folder(&self) -> Option<&Path> {
        let is_folder =
            |path: &&Path| path.as_os_str().as_encoded_bytes().ends_with(b"/") || path.is_dir();
        let path = self.output.as_deref().filter(is_folder);
        path.filter(|_| self.by.is_some())
    }

    fn named(&self) -> Option<Format> {
        self.format.as_deref().and_then(Format::from_name)
    }

    /// Writes a file for each unit.
    fn apart(&self, ledger: &Ledger<'_>, folder: &Path, format: Format) -> Result<(), Failure> {
        let basis = ledger.basis;
        let parts = column::by_unit(basis, ledger.clauses.unwrap_or(&basis.all()));
        let units: Vec<&str> = parts.iter().map(|(unit, _)| unit.as_str()).collect();
        let prefix = basis.lang.text("send.ledger");
        let names = file_names(prefix, &units, format.ending());
        let mut files = Vec::new();
        for (name, (unit, clauses)) in names.into_iter().zip(&parts) {
            let own = Ledger {
                unit: Some(unit),
                clauses: Some(clauses),
                ..*ledger
            };
            let bytes = own.bytes(format);
            let bytes = bytes.map_err(|e| Failure::Failed(e.to_string()))?;
            files.push((name, bytes, Some(format)));
        }
        write_all(basis, folder, files, self.force)?;
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("n", &parts.len()), ("path", &folder.display())];
        output::tell(basis.lang.fill("export.apart", &values));
        Ok(())
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
fn allow(
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

/// Writes a file, over another only as [`allow`] says or with `force`.
pub(super) fn save(
    basis: &Basis<'_>,
    path: &Path,
    bytes: Vec<u8>,
    format: Option<Format>,
    force: bool,
) -> Result<(), Failure> {
    let bytes = over::sealed(bytes, format);
    if !force {
        allow(basis, path, &bytes, format)?;
    }
    write(path, &bytes, basis.lang)
}

/// A file to be written: its name, its bytes, and its format, which minutes and letters lack.
pub(super) type NewFile = (String, Vec<u8>, Option<Format>);

/// Writes files into a folder, created if necessary; none of them if one must not be overwritten.
pub(super) fn write_all(
    basis: &Basis<'_>,
    folder: &Path,
    mut files: Vec<NewFile>,
    force: bool,
) -> Result<(), Failure> {
    for (name, bytes, format) in &mut files {
        *bytes = over::sealed(std::mem::take(bytes), *format);
        if !force {
            allow(basis, &folder.join(&*name), bytes, *format)?;
        }
    }
    files::make_folder(folder).map_err(|why| failed(folder, &why, basis.lang))?;
    for (name, bytes, _) in &files {
        write(&folder.join(name), bytes, basis.lang)?;
    }
    Ok(())
}

/// Writes a file atomically, as [`files::replace`] does.
pub(super) fn write(path: &Path, bytes: &[u8], lang: Lang) -> Result<(), Failure> {
    files::replace(path, bytes).map_err(|why| failed(path, &why, lang))
}

fn failed(path: &Path, why: &io::Error, lang: Lang) -> Failure {
    let why = lang.system(why);
    Failure::Failed(lang.fill("export.failed", &[("path", &path.display()), ("why", &why)]))
}
