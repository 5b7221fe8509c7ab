//! The runtime: the loop that waits, passes input to the app, performs its effects, and draws.

mod background;
mod lent;

use super::{
    app::App,
    jobs::{
        drafts,
        opening::{self, DocumentTasks, Opened, Opener},
        writer::{Job, Unsaved},
    },
    key::Key,
    message::Message,
    request::Effect,
    terminal::{
        self, clipboard,
        events::{Event, EventSource, Events},
        input::Input,
        known::{self, TerminalKind},
        mouse,
    },
    text_draft::TextDraft,
    widgets::theme::{Ground, Quiet, Wanted},
};
use crate::{config::Clock, progress};
use crossterm::event::KeyEvent;
use jiff::{SpanRelativeTo, ToSpan as _};
use signal_hook::consts::{SIGCHLD, SIGCONT, SIGTSTP, SIGWINCH};
use std::{
    io,
    path::PathBuf,
    sync::mpsc::Receiver,
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Time given to the first frame alone.
pub(super) const SETTLED: Duration = Duration::from_millis(50);

/// The loop's state, and what performs effects.
pub(super) struct Runtime {
    pub(super) events: Events,
    pub(super) source: EventSource,
    pub(super) drawing: terminal::Drawing,
    /// Background tasks of the open document.
    pub(super) tasks: DocumentTasks,
    /// What could not be written of documents that were left.
    pub(super) unsaved: Unsaved,
    pub(super) opener: Opener,
    /// Folder of the screens' state.
    pub(super) state: PathBuf,
    /// The data folder.
    pub(super) data: PathBuf,
    pub(super) clock: Clock,
    /// When to ask the terminal, if that is still to do.
    pub(super) ask_at: Option<Instant>,
    /// Whether to ask how wide it draws “, until it answers.
    pub(super) probing: bool,
    /// Theme settings besides the background, until the terminal has answered.
    pub(super) wanted: Option<Wanted>,
    /// The colour of text as told, 0 to 1.
    pub(super) text: Option<[f64; 3]>,
    /// The kind of terminal, for remembering its answers.
    pub(super) kind: TerminalKind,
    /// Whether the mouse is taken from the terminal.
    pub(super) mouse: bool,
    /// Exports in progress.
    pub(super) exports: Vec<JoinHandle<()>>,
    /// The document being opened, by name, and where it will arrive.
    pub(super) coming: Option<(String, Receiver<Result<Opened, String>>)>,
    pub(super) quit: bool,
}

impl Runtime {
    /// Waits, processes everything pending, and draws, until it is time to leave.
    pub(super) fn run(&mut self, app: &mut App) -> io::Result<()> {
        while !self.quit {
            self.ask(app)?;
            let wait = match self.ask_at {
                Some(at) => at.saturating_duration_since(Instant::now()),
                None => self.until_midnight(app),
            };
            let events = self.source.wait(wait)?;
            self.tell_time(app);
            for event in events {
                self.take(app, event)?;
            }
            if !self.quit {
                self.draw(app)?;
            }
        }
        Ok(())
    }

    /// Asks the terminal once, after the first frame has settled: not while it may still be
    /// drawing, or on a slow line.
    fn ask(&mut self, app: &App) -> io::Result<()> {
        if self.ask_at.is_none_or(|at| at > Instant::now()) {
            return Ok(());
        }
        self.ask_at = None;
        let ground = self.wanted.map_or("", |_| terminal::ASK_COLOURS);
        let (width, columns) = if self.probing {
            (terminal::ASK_WIDTH, terminal::PROBE_COLUMNS)
        } else {
            ("", 0)
        };
        let question = [ground, width, terminal::ASK_LAST].concat();
        self.drawing.ask(&question, columns);
        self.draw(app)
    }

    fn until_midnight(&self, app: &App) -> Duration {
        let now = self.clock.now();
        let midnight = now
            .date()
            .tomorrow()
            .and_then(|d| d.to_zoned_datetime(app.context.zone.clone()));
        let left = midnight.map_or(1.day(), |m| m.since(&now).unwrap_or(1.day()));
        let relative = SpanRelativeTo::days_are_24_hours();
        let seconds = left
            .total((jiff::Unit::Second, relative))
            .unwrap_or(86_400.0);
        // A second late rather than a moment early.
        Duration::from_secs_f64(seconds.clamp(0.0, 90_000.0) + 1.0)
    }

    fn tell_time(&mut self, app: &mut App) {
        let now = self.clock.now();
        self.tell(app, Message::Clock(now.timestamp()));
        if now.date() != app.context.today {
            self.tell(app, Message::Day(now.date()));
        }
    }

    fn take(&mut self, app: &mut App, event: Event) -> io::Result<()> {
        match event {
            Event::Input(inputs) => {
                for input in inputs {
                    self.input(app, input);
                }
            }
            Event::Report(number, Message::Opened) if number == self.tasks.number => {
                self.go_over(app);
            }
            Event::Report(number, message) if number == self.tasks.number => {
                self.tell(app, message);
            }
            // From a document that was left; or an editor that ended before it had the terminal.
            Event::Report(..) | Event::Signal(SIGCHLD) => {}
            Event::Signal(SIGWINCH) => {
                let (width, height) = terminal::size();
                self.tell(app, Message::Resize(width, height));
            }
            Event::Signal(SIGCONT) => self.resume(app)?,
            Event::Signal(SIGTSTP) => self.suspend(app)?,
            Event::Gone | Event::Signal(_) => self.tell(app, Message::Terminate),
        }
        Ok(())
    }

    fn input(&mut self, app: &mut App, input: Input) {
        use crossterm::event::Event as Terminal;
        let message = match input {
            Input::Event(Terminal::Key(event)) => return self.key(app, event),
            // The Esc before was the start of this key: reopen what it closed. Elsewhere the rest
            // of a key does nothing rather than something else.
            Input::Late(event) => {
                if app.reopen() {
                    self.input(app, Input::Event(event));
                }
                return;
            }
            Input::Event(Terminal::Paste(text)) => Some(Message::Paste(text)),
            Input::Event(Terminal::Mouse(event)) => mouse::pointer(event).map(Message::Mouse),
            // Our “ was in the first column, so the cursor's column after it gives its width. Any
            // other position is no answer.
            Input::Column(column) if std::mem::take(&mut self.probing) => {
                let columns = column.saturating_sub(1);
                self.kind.note(|known| known.columns = columns);
                known::answered(columns, app.context.lang).map(Message::Probed)
            }
            Input::Foreground(rgb) => {
                self.text = Some(scaled(rgb));
                None
            }
            // Only the first answer counts: to the second question xterm answers with another
            // colour.
            Input::Background(rgb) => self.wanted.take().map(|wanted| {
                let (rgb, text) = (scaled(rgb), self.text);
                let ground = Ground::of(rgb);
                let quiet = text.map_or(Quiet::Usual, |text| Quiet::of(rgb, text));
                self.kind
                    .note(|known| (known.ground, known.quiet) = (ground, quiet));
                Message::Themed(wanted.on(ground).quietly(quiet))
            }),
            Input::Event(_) | Input::Column(_) => None,
            Input::Attributes => {
                self.probing = false;
                None
            }
        };
        if let Some(message) = message {
            self.tell(app, message);
        }
    }

    fn key(&mut self, app: &mut App, event: KeyEvent) {
        let Some(key) = Key::from_event(event) else {
            return;
        };
        for key in app.context.keymap.pressed(app.context.mode(), key) {
            if let Some(action) = app.context.keymap.resolve(app.context.mode(), key) {
                let effects = app.act(action);
                self.perform(app, effects);
            }
        }
    }

    fn tell(&mut self, app: &mut App, message: Message) {
        let effects = app.receive(message);
        self.perform(app, effects);
    }

    fn perform(&mut self, app: &mut App, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Append(draft) => self.tasks.writer.send(Job::Append(draft)),
                Effect::Carry(draft) => {
                    let heard = app.context.saving.heard;
                    self.tasks.writer.send(Job::Carry(draft, heard));
                }
                Effect::List => self.list(app),
                Effect::Open(name) => self.open(app, name),
                Effect::NewList(title) => {
                    let (data, lang) = (self.data.clone(), app.context.lang);
                    self.beside(app, move || opening::new_list(&data, &title, lang));
                }
                Effect::Compare(name) => self.compare(app, name),
                Effect::ReadLedger(path) => self.read_ledger(app, path),
                Effect::Keep(name, text) => self.tasks.drafts.send(name, text),
                Effect::KeepNow(name, text) => self.tasks.drafts.send_now(name, text),
                Effect::KeepMeeting(text) => self.keep_meeting(text),
                Effect::FreeName(path) => self.free_name(app, path),
                Effect::External(text) => self.external(app, &text),
                Effect::Read => self.tasks.writer.send(Job::Read),
                Effect::Save(job, over) => self.save(app, job, over),
                Effect::Complete(typed) => self.complete(app, typed),
                Effect::Clear => self.clear(app.context.size),
                Effect::KeepWidth(policy) => {
                    let lang = app.context.lang;
                    self.kind.note(|known| known.choose(policy, lang));
                }
                Effect::Copy(text) => self.copy(&text),
                Effect::Suspend => drop(self.suspend(app)),
                Effect::Quit => self.quit = true,
            }
        }
    }

    fn keep_meeting(&self, text: String) {
        let kind = progress::Kind::default();
        let kept = TextDraft { kind, text };
        self.tasks.drafts.send(drafts::MEETING.into(), kept);
    }

    /// Sends a text to the terminal's clipboard, which gives no answer.
    fn copy(&mut self, text: &str) {
        let in_tmux = std::env::var_os("TMUX").is_some_and(|v| !v.is_empty());
        let bytes = clipboard::sequence(text, in_tmux);
        self.drawing.raw(&bytes);
    }

    fn clear(&mut self, size: (u16, u16)) {
        self.drawing.clear(size);
    }

    fn draw(&mut self, app: &App) -> io::Result<()> {
        let (frame, cursor) = app.draw();
        match self.drawing.show(&frame, cursor) {
            // Nobody is reading, and the next event is the signal to end.
            Err(error) if error.kind() == io::ErrorKind::TimedOut => Ok(()),
            drawn => drawn,
        }
    }

    /// Keeps what exists nowhere else, after the terminal has failed.
    pub(super) fn keep_all(&mut self, app: &mut App) {
        self.tell(app, Message::Terminate);
    }
}

/// Returns a colour of 16 bits each on a scale from 0 to 1.
fn scaled(rgb: [u16; 3]) -> [f64; 3] {
    rgb.map(|v| f64::from(v) / 65_535.0)
}
