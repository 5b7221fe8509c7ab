//! `import`: official text → document.
//!
//! `-o` writes the document to a file (`-o -`: standard output); otherwise it joins the catalogue.
//! The report goes to standard error, and says where the document is.

use super::{
    Failure, Out,
    context::CommandContext,
    export, output,
    waiting::{Manner, Waiting},
};
use crate::{
    document::{
        Document, catalogue,
        import::{self, ImportError, ImportOptions, Imported},
        source::{self, SourceText, encoding::NamedEncoding},
        unit::Units,
        yaml,
    },
    files::{self, make_folder},
    locale::Lang,
    report::over,
};
use std::{
    fs,
    io::{self, IsTerminal as _, Read as _},
    path::{Path, PathBuf},
};

mod again;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[arg(long, conflicts_with = "output")]
    replace: bool,
    #[arg(long, requires = "output")]
    force: bool,
}

impl Args {
    /// Reads the text, writes the document, and reports what was not understood.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let lang = context.lang;
        if let Some(id) = self.id.clone().filter(|id| !yaml::is_id(id)) {
            return Err(Failure::Usage(ImportError::Id { id }.message(lang)));
        }
        let waiting = Waiting::new(lang, Manner::Alone, "waiting.stopped");
        if self.is_stdin() && io::stdin().is_terminal() {
            output::tell(lang.text("import.typed"));
        } else {
            waiting.step(1, 3, lang.text("waiting.read"));
        }
        let source = self.read(lang)?;
        waiting.step(2, 3, lang.text("waiting.import"));
        let name = self.file.file_name().filter(|_| !self.is_stdin());
        let options = ImportOptions {
            id: self.id.clone(),
            name: name.map(|n| n.to_string_lossy().into_owned()),
            units: Some(units(context)),
        };
        let imported = import::import_source(&source, &options)
            .map_err(|e| self.refused(&source, &e, lang))?;
        let yaml = yaml::write(&imported.document);
        waiting.step(3, 3, lang.text("waiting.write"));
        waiting.writing();
        let where_to = self.store(context, &imported, &yaml, out)?;
        drop(waiting);
        // First what was read and where it is, then what to look at.
        let mut report = imported.report.lines(&imported.document, lang).into_iter();
        let notes = source.notes.iter().map(|n| n.message(lang));
        let first = report.next().into_iter().chain(where_to);
        let lines: Vec<String> = first.chain(notes).chain(report).collect();
        output::tell_all(&lines, lang);
        Ok(())
    }

    /// Writes the document; returns the lines that say where it is.
    fn store(
        &self,
        context: &CommandContext,
        imported: &Imported,
        yaml: &str,
        out: &mut Out,
    ) -> Result<Vec<String>, Failure> {
        let (lang, document) = (context.lang, &imported.document);
        match self.output.as_deref() {
            Some(path) if path == Path::new("-") => {
                out.text(yaml.as_bytes())?;
                let seen = io::stdout().is_terminal() && io::stderr().is_terminal();
                let said = seen.then(|| lang.text("import.not-kept").to_owned());
                Ok(said.into_iter().collect())
            }
            Some(path) => {
                if !self.force {
                    allow(path, document, lang)?;
                }
                export::write(path, yaml.as_bytes(), lang)?;
                let values: [(&str, &dyn std::fmt::Display); 1] = [("path", &path.display())];
                Ok(vec![lang.fill("import.written", &values)])
            }
            None => {
                let (path, id, again) = match old(context, document, yaml)? {
                    Some(old) => again::replace(context, &old, document, self.replace, out)?,
                    None => (keep(context, document)?, document.id.clone(), None),
                };
                let began = again::begin(context, &imported.report, &id)?;
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("path", &path.display()), ("id", &id)];
                let kept = lang.fill("import.kept", &values);
                let twin = twin(context, document).map(|twin| {
                    let values: [(&str, &dyn std::fmt::Display); 2] =
                        [("path", &path.display()), ("twin", &twin)];
                    lang.fill("import.twin", &values)
                });
                let said = [Some(kept), again, began, twin];
                Ok(said.into_iter().flatten().collect())
            }
        }
    }

    fn is_stdin(&self) -> bool {
        self.file == Path::new("-")
    }

    /// Reads a file of any type as text.
    fn read(&self, lang: Lang) -> Result<SourceText, Failure> {
        let asked = self.asked(lang)?;
        let path = self.file.display();
        let bytes = self.bytes().map_err(|why| {
            Failure::Failed(lang.fill(
                "import.unreadable",
                &[("path", &path), ("why", &lang.system(&why))],
            ))
        })?;
        if bytes.len() > import::MOST_BYTES {
            return Err(self.failed(&ImportError::TooLarge.message(lang), lang));
        }
        source::read(bytes, asked, &self.file.to_string_lossy())
            .map_err(|e| self.failed(&e.message(lang), lang))
    }

    /// Reads at most one byte more than the import limit.
    fn bytes(&self) -> io::Result<Vec<u8>> {
        let most = import::MOST_BYTES as u64 + 1;
        let mut bytes = Vec::new();
        if self.is_stdin() {
            io::stdin().lock().take(most).read_to_end(&mut bytes)?;
        } else {
            fs::File::open(&self.file)?
                .take(most)
                .read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }

    fn asked(&self, lang: Lang) -> Result<Option<NamedEncoding>, Failure> {
        let Some(name) = self.encoding.as_deref() else {
            return Ok(None);
        };
        let asked = NamedEncoding::from_name(name);
        asked
            .map(Some)
            .ok_or_else(|| Failure::Usage(lang.fill("import.encoding-name", &[("name", &name)])))
    }

    fn failed(&self, why: &str, lang: Lang) -> Failure {
        let path = self.file.display();
        Failure::Failed(lang.fill("import.failed", &[("path", &path), ("why", &why)]))
    }

    /// Reports how the text was read, and returns why it is not a document.
    fn refused(&self, source: &SourceText, error: &ImportError, lang: Lang) -> Failure {
        for note in &source.notes {
            output::tell(note.message(lang));
        }
        self.failed(&error.message(lang), lang)
    }
}

/// Returns the units whose names are folded: the built-in ones with the user's own on top. A user's
/// file that cannot be read is reported and ignored.
fn units(context: &CommandContext) -> Units {
    Units::with_file(&context.paths.data.join("units.yaml")).unwrap_or_else(|error| {
        output::tell(error.message(context.lang));
        Units::builtin().clone()
    })
}

/// Returns another document of the catalogue with the same text.
fn twin(context: &CommandContext, document: &Document) -> Option<String> {
    let listing = catalogue::list(&context.paths.data);
    let alike = listing.entries.into_iter();
    let mut alike = alike.filter(|e| e.title == document.title && e.id != document.id);
    let same = alike.find(|entry| {
        catalogue::load(&entry.id, &context.paths.data).is_ok_and(|mut other| {
            other.id.clone_from(&document.id);
            other == *document
        })
    });
    same.map(|entry| entry.id)
}

/// Refuses to overwrite anything but an earlier version of the document, such as its own source.
fn allow(path: &Path, document: &Document, lang: Lang) -> Result<(), Failure> {
    if !over::has_content(path) {
        return Ok(());
    }
    let (key, id) = match catalogue::load_file(path) {
        Ok(old) if old.id == document.id => return Ok(()),
        Ok(old) => ("import.over-other", old.id),
        Err(_) => ("import.over-foreign", String::new()),
    };
    let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &path.display()), ("id", &id)];
    Err(Failure::Failed(lang.fill(key, &values)))
}

/// Returns the catalogue's document with this id, if it differs.
fn old(
    context: &CommandContext,
    document: &Document,
    text: &str,
) -> Result<Option<Document>, Failure> {
    let path = catalogue::folder(&context.paths.data).join(format!("{}.yaml", document.id));
    let differs = match files::read_text(&path, files::MOST) {
        Ok(old) => old != text,
        Err(_) => {
            document.id == catalogue::DEFAULT_ID
                && catalogue::embedded().ok().as_ref() != Some(document)
        }
    };
    differs.then(|| context.load(&document.id)).transpose()
}

/// Puts the document into the catalogue.
fn keep(context: &CommandContext, document: &Document) -> Result<PathBuf, Failure> {
    let folder = catalogue::folder(&context.paths.data);
    let path = folder.join(format!("{}.yaml", document.id));
    make_folder(&folder)?;
    export::write(&path, yaml::write(document).as_bytes(), context.lang)?;
    output::saved();
    Ok(path)
}
