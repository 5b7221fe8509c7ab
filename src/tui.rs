//! The terminal interface. `run` opens the terminal, owns the loop and performs effects; the
//! meaning of keys, their effects and the view are pure.
//!
//! One loop waits on the terminal and on one channel, into which the journal's thread, signals and
//! background tasks send. Everything pending is processed before one draw, and the process sleeps
//! when there is nothing; the only timer is midnight, when deadlines pass.

use crate::{
    config::Clock,
    locale::Lang,
    progress::journal::Journal,
    search::{Limits, Units, Views},
    text::Policy,
};
use std::{io, path::PathBuf, sync::Arc, time::Instant};

pub mod action;
pub mod app;
pub mod burnup;
pub mod command;
pub mod commands;
pub mod context;
pub mod figures;
pub mod footer;
pub mod ids;
pub mod jobs;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod meeting;
pub mod message;
pub mod messages;
pub mod minutes;
pub mod node_lines;
pub mod outline;
pub mod past;
pub mod present;
pub mod renumber;
pub mod request;
mod runtime;
pub mod screens;
pub mod search;
pub mod terminal;
#[cfg(test)]
pub(crate) mod test_app;
pub mod text_draft;
pub mod welcome;
pub mod widgets;

use app::App;
use context::{Context, Notice};
use ids::Ids;
use jobs::{
    opening::{self, DocumentTasks, Opened, Opener},
    state::ScreenState,
    writer::Unsaved,
};
use runtime::Runtime;

/// What the interface is started with.
#[derive(Debug)]
pub struct Setup {
    /// The document shown first.
    pub opened: Opened,
    /// Opens other documents.
    pub opener: Opener,
    /// The document whose progress is carried to the one shown.
    pub review: Option<String>,
    /// The data folder, where the user's documents are.
    pub data: PathBuf,
    /// Name recorded as the author.
    pub by: String,
    /// This process's session in the journal.
    pub session: String,
    /// Width policy of the first frame; `None` lets the terminal decide.
    pub policy: Option<Policy>,
    /// Whether to ask the terminal how wide it draws “.
    pub probing: bool,
    /// The kind of terminal.
    pub kind: terminal::known::TerminalKind,
    /// Theme settings.
    pub theme: widgets::theme::Wanted,
    /// The terminal's background and quiet text, if the environment or an earlier answer tells.
    pub ground: (widgets::theme::Ground, widgets::theme::Quiet),
    /// The key table.
    pub keymap: keymap::Keymap,
    /// Whether the mouse is taken from the terminal.
    pub mouse: bool,
    /// A notice shown at the start.
    pub news: Option<String>,
    /// Folder of the screens' state.
    pub state: PathBuf,
    /// File of the user's own unit names.
    pub aliases: PathBuf,
    /// Limits from which a clause is due soon, stale or behind.
    pub limits: Limits,
    /// The searches that `view:` names.
    pub views: Arc<Views>,
    /// The clock.
    pub clock: Clock,
    /// The moment in the past that is shown first.
    pub past: Option<jiff::Timestamp>,
}

/// An error of the interface as a whole.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// Standard output is not a terminal.
    #[error("not a terminal: use `kouan list`, or run kouan in a terminal")]
    NoTerminal,
    /// The terminal failed, or the system refused what the screen needs.
    #[error("the screen failed: {0}")]
    Io(#[from] io::Error),
    /// The program has ended without keeping a text that was being typed.
    #[error("a draft could not be kept: {0}")]
    Unkept(String),
    /// The program has ended without writing these changes.
    #[error("{count} changes could not be saved: {why}")]
    Unsaved {
        /// Their number.
        count: usize,
        /// Why.
        why: String,
    },
}

impl TuiError {
    /// Returns the error in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::NoTerminal => lang.text("error.no-terminal").to_owned(),
            Self::Io(error) => lang.fill("error.terminal", &[("why", &lang.system(error))]),
            Self::Unkept(why) => lang.fill("notice.draft-unkept", &[("why", why)]),
            Self::Unsaved { count, why } => {
                lang.fill("error.unsaved", &[("n", count), ("why", why)])
            }
        }
    }
}

/// Opens the checklist; returns when the user leaves.
///
/// # Errors
///
/// Standard output is not a terminal, or changes could not be saved.
pub fn run(setup: Setup) -> Result<(), TuiError> {
    let (events, inbox) = terminal::events::events()?;
    // First, so that no signal before the first frame is lost, least of all a resize.
    let ending = terminal::events::read_signals(events.clone())?;
    let mut drawing = terminal::open(ending).map_err(no_terminal)?;
    drawing.set_links(setup.kind.has_links());
    let tty = terminal::open_input().map_err(no_terminal)?;
    let (probing, mouse, kind) = (setup.probing, setup.mouse, setup.kind.clone());
    let asks_ground = setup.theme.depends_on_ground();
    let wanted = asks_ground.then_some(setup.theme);
    let (clock, state) = (setup.clock.clone(), setup.state.clone());
    let (aliases, data) = (setup.aliases.clone(), setup.data.clone());
    terminal::give_back_on_panic();
    let guard = terminal::Guard::take(&mut drawing, mouse)?;
    let review = setup.review.clone();
    let (mut app, journal, opener) = app_of(setup);
    let context = &mut app.context;
    match Units::with_file(&aliases) {
        Ok(units) => context.units = Arc::new(units),
        Err(flaw) => context.warn(flaw.message(context.lang)),
    }
    let (frame, cursor) = app.draw();
    drawing.show(&frame, cursor)?;
    let context = &app.context;
    let drafts = opening::drafts(&state, &context.document.id, &context.by);
    let work = (clock.clone(), events.clone());
    let tasks = DocumentTasks::start(journal, (context.lang, drafts), work.0, work.1, 0)?;
    opening::note(&state, &context.name);
    let mut runtime = Runtime {
        source: terminal::events::EventSource::new(tty, inbox),
        events,
        drawing,
        tasks,
        unsaved: Unsaved::default(),
        opener,
        state,
        data,
        clock,
        ask_at: (probing || asks_ground).then(|| Instant::now() + runtime::SETTLED),
        probing,
        wanted,
        text: None,
        kind,
        mouse,
        exports: Vec::new(),
        coming: None,
        quit: false,
    };
    if let Some(old) = review {
        runtime.compare(&mut app, old);
    }
    let ended = runtime.run(&mut app);
    if ended.is_err() {
        runtime.keep_all(&mut app);
    }
    runtime.finish_exports();
    runtime
        .unsaved
        .add(runtime.tasks.stop(&app.context, &runtime.state));
    drop(guard);
    ended?;
    unsaved(runtime.unsaved)
}

fn no_terminal(error: io::Error) -> TuiError {
    match error.kind() {
        io::ErrorKind::NotConnected => TuiError::NoTerminal,
        _ => TuiError::Io(error),
    }
}

fn unsaved(unsaved: Unsaved) -> Result<(), TuiError> {
    let Unsaved {
        drafts,
        why,
        unkept,
    } = unsaved;
    match drafts.len() {
        0 => unkept.map_or(Ok(()), |why| Err(TuiError::Unkept(why))),
        count => Err(TuiError::Unsaved {
            count,
            why: why.unwrap_or_default(),
        }),
    }
}

fn app_of(setup: Setup) -> (App, Journal, Opener) {
    let now = setup.clock.now();
    let Opened { checklist, journal } = setup.opened;
    let document = checklist.progress.document().clone();
    let news = setup.news.or(checklist.trouble);
    let drafts = opening::drafts(&setup.state, &document.id, &setup.by);
    let mut context = Context {
        drafts: drafts.read(),
        left: opening::meeting(&drafts, &document),
        by_file: opening::by_file(&checklist.name, &document),
        name: checklist.name,
        lang: checklist.lang,
        policy: setup.policy.unwrap_or_default(),
        theme: setup.theme.on(setup.ground.0).quietly(setup.ground.1),
        keymap: setup.keymap,
        limits: setup.limits,
        views: setup.views,
        by: setup.by.into(),
        session: setup.session.into(),
        notice: news.map(|text| Notice { text, alarm: true }),
        ids: Ids::random(),
        ..Context::new(checklist.progress, terminal::size(), &now)
    };
    // Moved rather than copied: the outline of a long document is large.
    let outline = std::mem::take(&mut context.outline);
    let state = ScreenState::read(&opening::state_file(&setup.state, &document.id));
    context.outline = state.laid_on(outline, &document);
    context.touch_all();
    if let (None, Some(news)) = (&context.notice, welcome::line(&context)) {
        context.say(news);
    }
    if let Some(moment) = setup.past {
        past::show(&mut context, moment);
    }
    (App::new(context), journal, setup.opener)
}
