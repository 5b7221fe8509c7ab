//! Opens documents, and runs their background tasks: the journal's thread, the watch on the
//! journal, the drafts' thread.

use super::{
    drafts::{self, Drafts, Keeper, Outcome},
    state::ScreenState,
    visit,
    writer::{Job, JournalWriter, Unsaved},
};
use crate::{
    config::Clock,
    document::{Document, catalogue, yaml},
    files,
    locale::Lang,
    progress::{
        Progress,
        follow::Follower,
        journal::{Journal, JournalError},
    },
    tui::{
        app::App,
        context::{Context, Saving, SearchState},
        meeting::Meeting,
        message::{DocumentCount, DocumentItem, Message},
        past,
        terminal::events::{Event, Events},
        text_draft::{self, TextDraft},
        welcome,
    },
};
use jiff::civil::Date;
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// An opened document.
#[derive(Debug)]
pub struct Opened {
    /// What the screen shows.
    pub checklist: LoadedChecklist,
    /// Its journal, read as far as the progress goes.
    pub journal: Journal,
}

/// A document with its progress.
#[derive(Debug)]
pub struct LoadedChecklist {
    /// How the document was opened: its id, or its file.
    pub name: String,
    /// The progress, which includes the document.
    pub progress: Progress,
    /// Interface language for this document.
    pub lang: Lang,
    /// A warning for the user.
    pub trouble: Option<String>,
}

/// Opens a document by name, or returns why not, in words for the user.
#[derive(Clone)]
pub struct Opener {
    open: Arc<OpenFn>,
    size: Arc<Size>,
}

type OpenFn = dyn Fn(&str) -> Result<Opened, String> + Send + Sync;
type Size = dyn Fn(&str) -> u64 + Send + Sync;

/// The most bytes of a document and its journal that are read to count it for the list, and the
/// most documents.
const COUNTED: (u64, usize) = (1 << 20, 100);

impl Opener {
    /// Returns an opener that calls `open`; `size` returns the bytes it would read.
    pub fn new(
        open: impl Fn(&str) -> Result<Opened, String> + Send + Sync + 'static,
        size: impl Fn(&str) -> u64 + Send + Sync + 'static,
    ) -> Self {
        Self {
            open: Arc::new(open),
            size: Arc::new(size),
        }
    }

    /// Opens a document.
    pub(in crate::tui) fn open(&self, name: &str) -> Result<Opened, String> {
        (self.open)(name)
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener")
    }
}

/// Lists the documents that can be opened: the catalogue, and this one if it is not in it; and
/// counts unreadable files.
pub(in crate::tui) fn list(data: &Path, by_file: Option<DocumentItem>) -> Message {
    let listing = catalogue::list(data);
    let of_catalogue = listing.entries.into_iter().map(|entry| DocumentItem {
        name: entry.id,
        title: entry.title,
        stage: entry.stage,
    });
    let items = by_file.into_iter().chain(of_catalogue).collect();
    Message::Listed(items, listing.errors.len())
}

/// Counts the small ones of these documents, as of a day.
pub(in crate::tui) fn count(opener: &Opener, names: &[String], today: Date) -> Message {
    let small = names.iter().filter(|name| (opener.size)(name) <= COUNTED.0);
    let counted = small.take(COUNTED.1).filter_map(|name| {
        let checklist = opener.open(name).ok()?.checklist;
        let count = DocumentCount::of(&checklist.progress, today);
        Some((name.clone(), count))
    });
    Message::Counted(counted.collect())
}

/// Creates an empty list; its id is the title without what an id cannot have.
pub(in crate::tui) fn new_list(data: &Path, title: &str, lang: Lang) -> Message {
    let fit = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let id: String = title.chars().map(fit).take(40).collect();
    let id = id.trim_matches('-').to_owned();
    let made = if yaml::is_id(&id) {
        catalogue::create(&id, title, data).map(|_| id)
    } else {
        Err(io::ErrorKind::InvalidInput.into())
    };
    Message::Created(made.map_err(|error| lang.system(&error)))
}

/// Returns the document as a list item if its name is a file, not an id.
pub(in crate::tui) fn by_file(name: &str, document: &Document) -> Option<DocumentItem> {
    (name != document.id).then(|| DocumentItem {
        name: name.to_owned(),
        title: document.title.clone(),
        stage: document.stage.clone(),
    })
}

/// Replaces the document on the screen by the opened one.
pub(in crate::tui) fn turn(app: &mut App, opened: LoadedChecklist, folder: &Path) {
    let document = opened.progress.document().clone();
    app.turn(|context| {
        past::close(context);
        context.outline = ScreenState::read(&state_file(folder, &document.id)).outline(&document);
        let drafts = drafts(folder, &document.id, &context.by);
        (context.drafts, context.left) = (drafts.read(), meeting(&drafts, &document));
        context.document = document;
        context.progress = opened.progress;
        context.name = opened.name;
        context.lang = opened.lang;
        context.marks.clear();
        context.touched.clear();
        context.meeting = None;
        context.saving = Saving::default();
        (context.unkept, context.kept_notice) = Default::default();
        context.opening = false;
        context.search = SearchState {
            history: std::mem::take(&mut context.search.history),
            ..SearchState::default()
        };
        let title = &context.document.title;
        let said = context.lang.fill("documents.opened", &[("title", title)]);
        if let Some(trouble) = opened.trouble {
            context.warn(trouble);
        } else {
            let news = welcome::line(context).map(|news| format!("{said}  {news}"));
            context.say(news.unwrap_or(said));
        }
        context.touch_all();
    });
}

/// The open document's background tasks.
pub(in crate::tui) struct DocumentTasks {
    pub(in crate::tui) writer: JournalWriter,
    pub(in crate::tui) drafts: Keeper,
    /// The watch on the journal, if it can be watched.
    follower: Option<Follower>,
    /// The journal's file.
    pub(in crate::tui) journal: PathBuf,
    /// Document generation; messages from earlier ones are ignored.
    pub(in crate::tui) number: usize,
}

impl DocumentTasks {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// They cannot be started.
    pub(in crate::tui) fn start(
        journal: Journal,
        (lang, drafts): (Lang, Drafts),
        clock: Clock,
        events: Events,
        number: usize,
    ) -> io::Result<Self> {
        let explain = move |e: &JournalError| e.brief(lang);
        let path = journal.path().to_owned();
        // Nobody listens once the program is leaving.
        let keeper = events.clone();
        let report = move |message| {
            events.send(Event::Report(number, message));
        };
        let kept = move |(name, done): Outcome| {
            let done = done.map_err(|error| lang.system(&error));
            keeper.send(Event::Report(number, Message::Kept(name, done)));
        };
        let writer = JournalWriter::start(journal, report, clock, explain)?;
        let jobs = writer.jobs();
        let look = |sees_all| if sees_all { Job::Read } else { Job::Look };
        let follower = Follower::new(&path, move |sees_on| drop(jobs.send(look(sees_on)))).ok();
        // Lines written between the read and the watch.
        let sees_all = follower.as_ref().is_some_and(Follower::sees_all);
        writer.send(look(sees_all));
        Ok(Self {
            writer,
            drafts: Keeper::start(drafts, kept)?,
            follower,
            journal: path,
            number,
        })
    }

    /// Writes everything and ends the threads; returns what could not be written.
    pub(in crate::tui) fn stop(self, context: &Context, folder: &Path) -> Unsaved {
        drop(self.follower);
        // Losing the screen's state must not make this fail.
        let _ = ScreenState::of(context).write(&state_file(folder, &context.document.id));
        let ends = match &context.past {
            Some(past) => past.present.visit(past.now),
            None => context.progress.visit(context.now),
        };
        visit::note(folder, &context.document.id, &context.by, &ends);
        // Drafts first, because the journal may have to be waited for.
        self.drafts.flush();
        let mut unsaved = self.writer.stop();
        let unwritten = &unsaved.drafts;
        // The screen does not know yet what has just become durable.
        for draft in &context.saving.pending {
            let durable = unwritten.iter().all(|other| other.id != draft.id);
            if let Some((name, _)) = text_draft::typed_in(&draft.body).filter(|_| durable) {
                let kept = TextDraft::of(&name, unwritten, context.drafts.get(&name));
                self.drafts.send_now(name, kept);
            }
        }
        let unkept = self.drafts.stop();
        unsaved.unkept = unkept.map(|error| context.lang.system(&error));
        unsaved
    }
}

/// Returns the state file of a document's screen.
pub(in crate::tui) fn state_file(folder: &Path, id: &str) -> PathBuf {
    folder.join(format!("{id}.yaml"))
}

/// Returns an author's drafts and interrupted meeting of a document.
pub(in crate::tui) fn drafts(folder: &Path, id: &str, by: &str) -> Drafts {
    Drafts::new(drafts::own_folder(folder, id, by))
}

/// Returns a document's meeting that was left without saving its minutes.
pub(in crate::tui) fn meeting(drafts: &Drafts, document: &Document) -> Option<Meeting> {
    Meeting::from_text(&drafts.meeting()?, document)
}

/// Names the document opened last; no document's state file has this name.
const LAST: &str = "last-opened";

/// Returns the document opened last, from the state folder.
pub fn last(folder: &Path) -> Option<String> {
    let name = files::read_text(&folder.join(LAST), files::MOST_SMALL).ok()?;
    let name = name.trim_end_matches('\n');
    (!name.is_empty()).then(|| name.to_owned())
}

/// Records the open document. Failing to is harmless.
pub(in crate::tui) fn note(folder: &Path, name: &str) {
    let _ = write_last(folder, name);
}

fn write_last(folder: &Path, name: &str) -> io::Result<()> {
    if last(folder).as_deref() == Some(name) {
        return Ok(());
    }
    files::keep(&folder.join(LAST), format!("{name}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{request::Effect, test_app::TestApp};
    use std::fs;

    #[test]
    fn the_last_name_noted_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        assert_eq!(last(&state), None);
        for name in ["tianjin-2025", "/srv/口岸 2.yaml", "/srv/口岸 2.yaml"] {
            note(&state, name);
            assert_eq!(last(&state).as_deref(), Some(name));
        }
        assert_eq!(fs::read_dir(&state).unwrap().count(), 1);
    }

    #[test]
    fn a_remark_made_durable_at_the_end_leaves_no_draft() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(folder.path().join("drafts"));
        let mut stage = TestApp::new(80, 24);
        stage.saves = false;
        stage.keys("j j r Tab 'ab Enter");
        let journal = Journal::open(&folder.path().join("j.yaml"), &stage.context.document.id);
        let (events, _inbox) = crate::tui::terminal::events::events().unwrap();
        let clock = Clock::new(Some("2026-11-23T10:00:00+08:00")).unwrap();
        let all = (Lang::default(), drafts.clone());
        let tasks = DocumentTasks::start(journal.unwrap(), all, clock, events, 1).unwrap();
        for effect in std::mem::take(&mut stage.effects) {
            match effect {
                Effect::Append(draft) => tasks.writer.send(Job::Append(draft)),
                Effect::Keep(name, kept) => tasks.drafts.send(name, kept),
                _ => {}
            }
        }
        // The screen ends before the result reaches it.
        let unsaved = tasks.stop(&stage.context, folder.path());
        assert_eq!(unsaved.drafts, []);
        assert_eq!(drafts.read().len(), 0);
    }
}
