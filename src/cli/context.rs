//! The context of a command: environment, document, journal and progress.

use super::{Failure, GlobalOptions, other_document_hint, output};
use crate::{
    config::{self, AmbiguousWidth, Clock, Config, Paths, account},
    document::{Document, DocumentError, catalogue},
    locale::Lang,
    progress::{
        Body, Change, Draft, Inserted, Progress,
        journal::{Journal, JournalError, JournalFault, Unreadable},
    },
    report::Basis,
    search::{Limits, Scene, Units, Views},
    text::Policy,
    tui::jobs::visit,
};
use jiff::{Timestamp, ZonedDateTime};
use std::{
    cell::OnceCell,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The checked environment of a command.
#[derive(Debug, Clone)]
pub(super) struct CommandContext {
    pub(super) options: GlobalOptions,
    pub(super) paths: Paths,
    pub(super) config: Config,
    /// What is wrong with the config file, if anything; `config` is then the default.
    pub(super) trouble: Option<String>,
    pub(super) clock: Clock,
    /// The moment of `--at`.
    pub(super) at: Option<Timestamp>,
    /// The language, as far as it is known without a document.
    pub(super) lang: Lang,
    pub(super) asked: Option<Lang>,
    /// Whether the screen is open, so that nothing can be printed.
    pub(super) on_screen: bool,
}

/// A journal of this many MiB takes over half a second to read.
const LONG: u64 = 16;

/// An open document with its journal and progress.
#[derive(Debug)]
pub(super) struct OpenChecklist {
    pub(super) journal: Journal,
    pub(super) progress: Progress,
    pub(super) unreadable: Vec<Unreadable>,
    pub(super) lang: Lang,
    pub(super) now: ZonedDateTime,
    pub(super) by: String,
    pub(super) session: String,
    /// Loaded on demand: marking a clause needs none.
    units: OnceCell<Units>,
    /// The user's file of unit names.
    pub(super) aliases: PathBuf,
    limits: Limits,
    pub(super) views: Views,
}

impl CommandContext {
    /// Returns the name that signs changes, from `--by`, `KOUAN_BY`, the config or the account,
    /// with white space collapsed.
    pub(super) fn by(&self) -> String {
        let variable = || config::variable("KOUAN_BY").map(|v| v.to_string_lossy().into_owned());
        let said = |name: &String| !name.trim().is_empty();
        let named = self.options.by.clone().filter(said);
        let named = named
            .or_else(|| variable().filter(said))
            .or_else(|| self.config.by.clone().filter(said))
            .unwrap_or_else(account::name);
        // A line break in a name would break the lines of minutes and lists.
        let words: Vec<&str> = named.split_whitespace().collect();
        crate::text::clean(&words.join(" ")).into_owned()
    }

    /// Returns what to say if changes are signed by an account that several people may use.
    pub(super) fn shared_account(&self, lang: Lang) -> Option<String> {
        let named = self.options.by.is_some()
            || config::variable("KOUAN_BY").is_some()
            || self.config.by.is_some();
        let name = account::name();
        (!named && account::is_shared(&name))
            .then(|| lang.fill("welcome.shared", &[("name", &name)]))
    }

    /// Returns the width policy for plain output: as asked for, otherwise narrow.
    pub(super) fn policy(&self) -> Policy {
        self.width().policy().unwrap_or_default()
    }

    /// Returns the width policy asked for.
    pub(super) fn width(&self) -> AmbiguousWidth {
        let named = self.options.ambiguous_width.as_deref();
        named.map_or(self.config.ambiguous_width, AmbiguousWidth::from_name)
    }

    /// Returns the document named by `--document` or the config.
    pub(super) fn asked_for(&self) -> Option<&str> {
        let named = self.options.document.as_deref();
        named.or(self.config.document.as_deref())
    }

    /// Returns the name of the command's document.
    pub(super) fn name(&self) -> &str {
        self.asked_for().unwrap_or(catalogue::DEFAULT_ID)
    }

    /// Returns the command's document: from `--document`, the config, or embedded.
    pub(super) fn document(&self) -> Result<Document, Failure> {
        self.load(self.name())
    }

    /// Returns the document with this id or file name.
    pub(super) fn load(&self, name: &str) -> Result<Document, Failure> {
        catalogue::load(name, &self.paths.data).map_err(|error| {
            let message = error.message(self.lang);
            match error {
                DocumentError::Unknown { .. } => Failure::Usage(message),
                _ => Failure::Failed(message),
            }
        })
    }

    /// Returns the language for a document: the one asked for, or its own.
    pub(super) fn language(&self, document: &Document) -> Lang {
        self.asked.unwrap_or_else(|| document.lang())
    }

    /// Opens the command's document; reports what is wrong with its journal.
    pub(super) fn open(&self) -> Result<OpenChecklist, Failure> {
        let work = self.work(self.name())?;
        work.flaws().iter().for_each(output::tell);
        if self.asked_for().is_none() && self.options.journal.is_none() {
            other_document_hint::tell(&self.paths.state, self.name(), work.lang);
        }
        Ok(self.stood(work))
    }

    /// Returns the checklist as it was at `--at`, which also becomes its clock.
    pub(super) fn stood(&self, mut work: OpenChecklist) -> OpenChecklist {
        if let Some(at) = self.at {
            work.progress = work.progress.until(at);
            work.now = at.to_zoned_datetime(self.clock.zone().clone());
        }
        work
    }

    /// Opens a document and its journal, and folds them. `--journal` belongs to the command's
    /// document only.
    pub(super) fn work(&self, name: &str) -> Result<OpenChecklist, Failure> {
        let document = Arc::new(self.load(name)?);
        let lang = self.language(&document);
        let journal = self.options.journal.clone();
        let path = journal.filter(|_| name == self.name()).unwrap_or_else(|| {
            let folder = self.config.progress.as_deref();
            self.paths.journal(folder, &document.id)
        });
        self.say_reading(&path, lang);
        let mut journal = Journal::open(&path, &document.id).map_err(|e| failed(&e, lang))?;
        let mut progress = Progress::new(Arc::clone(&document));
        let read = journal.read().map_err(|e| failed(&e, lang))?;
        for change in read.changes {
            progress.insert(change);
        }
        let by = self.by();
        progress.set_visit(visit::last(&self.paths.state, &document.id, &by));
        Ok(OpenChecklist {
            journal,
            progress,
            unreadable: read.unreadable,
            lang,
            now: self.clock.now(),
            by,
            session: account::session(
                config::variable("KOUAN_SESSION").map(|v| v.to_string_lossy().into_owned()),
            ),
            units: OnceCell::new(),
            aliases: self.paths.data.join("units.yaml"),
            limits: self.config.limits(),
            views: self.config.views.clone(),
        })
    }
}

impl CommandContext {
    /// Announces on a terminal that a long journal is being read.
    fn say_reading(&self, path: &Path, lang: Lang) {
        let mib = path.metadata().map_or(0, |data| data.len() >> 20);
        if mib >= LONG && !self.on_screen && io::stderr().is_terminal() {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("path", &path.display()), ("mib", &mib)];
            output::tell(lang.fill("cli.reading", &values));
        }
    }
}

impl OpenChecklist {
    /// Returns what is wrong with the journal: the number of unreadable lines, and possible
    /// conflict copies.
    pub(super) fn flaws(&self) -> Vec<String> {
        let count = self.unreadable.len();
        let path = self.journal.path().display();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("count", &count), ("path", &path)];
        let unreadable = (count > 0).then(|| self.lang.fill("cli.unreadable", &values));
        let copies = self.journal.conflict_copies().into_iter();
        let copies = copies.map(|copy| {
            let values = [("path", &copy.display() as &dyn std::fmt::Display)];
            self.lang.fill("cli.copy", &values)
        });
        unreadable.into_iter().chain(copies).collect()
    }

    /// Returns the document, with the added items.
    pub(super) fn document(&self) -> &Arc<Document> {
        self.progress.document()
    }

    /// Returns the basis of reports.
    pub(super) fn basis(&self) -> Basis<'_> {
        Basis {
            scene: self.scene(),
            lang: self.lang,
        }
    }

    /// Returns the built-in names of units with the user's own on top. A user's file that cannot be
    /// read is reported and ignored.
    pub(super) fn units(&self) -> &Units {
        self.units.get_or_init(|| {
            Units::with_file(&self.aliases).unwrap_or_else(|error| {
                output::tell(error.message(self.lang));
                Units::builtin().clone()
            })
        })
    }

    /// Returns the scene for queries.
    pub(super) fn scene(&self) -> Scene<'_> {
        Scene {
            document: self.document(),
            progress: &self.progress,
            me: &self.by,
            units: self.units(),
            today: self.now.date(),
            now: self.now.timestamp(),
            zone: self.now.time_zone(),
            limits: self.limits,
            views: &self.views,
        }
    }

    /// Appends a change durably and folds it in. `decide` decides on it from the progress; if
    /// others have appended news meanwhile, it decides again, perhaps on nothing. Returns the last
    /// decision.
    pub(super) fn append<T>(
        &mut self,
        mut decide: impl FnMut(&Self) -> Result<(Option<Body>, T), Failure>,
    ) -> Result<T, Failure> {
        loop {
            let (body, decided) = decide(self)?;
            let Some(body) = body else {
                return Ok(decided);
            };
            let draft = Draft::new(self.by.as_str(), self.session.as_str(), body);
            if self.try_append(&[draft])? {
                return Ok(decided);
            }
        }
    }

    /// Appends changes, unless others have appended news; that is folded in.
    pub(super) fn try_append(&mut self, drafts: &[Draft]) -> Result<bool, Failure> {
        let progress = &mut self.progress;
        let mut is_news = |c: &Change| progress.insert(c.clone()) != Inserted::Known;
        let appended = self
            .journal
            .append_unless(drafts, &self.now, &mut is_news)
            .map_err(|e| failed(&e, self.lang))?;
        let Some((mine, _)) = appended else {
            return Ok(false);
        };
        if mine.is_empty() {
            let why = self.lang.text("cli.not-written").to_owned();
            return Err(Failure::Failed(why));
        }
        output::saved();
        for change in mine {
            self.progress.insert(change);
        }
        Ok(true)
    }
}

fn failed(error: &JournalError, lang: Lang) -> Failure {
    match error.fault {
        JournalFault::TooLong(_) => Failure::Usage(error.message(lang)),
        _ => Failure::Failed(error.message(lang)),
    }
}
