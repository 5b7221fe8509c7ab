//! The edge: the loop, and where effects are performed. May use: all of `tui`.

mod jobs;

use super::{
    action::{Action, Content, Effect, Paper},
    clipboard, drafts,
    events::{Event, Events, Source},
    input::Input,
    kept::Kept,
    key::Key,
    model::{Layer, Model},
    mouse,
    opening::{self, Bench, Opened, Opener},
    paper,
    review::Compared,
    terminal, update,
    writer::{Job, Leftover},
};
use crate::{config::Clock, document::compare::compare, progress::Kind, text::Policy};
use crossterm::event::{KeyCode, KeyEvent};
use jiff::{SpanRelativeTo, ToSpan as _};
use signal_hook::consts::{SIGCHLD, SIGCONT, SIGTSTP, SIGWINCH};
use std::{
    io,
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How long the first frame has for itself.
pub(super) const SETTLED: Duration = Duration::from_millis(50);

/// The edge: where effects are performed.
pub(super) struct Edge {
    pub(super) events: Events,
    pub(super) source: Source,
    pub(super) drawing: terminal::Drawing,
    /// What works on the open document.
    pub(super) bench: Bench,
    /// What could not be written of documents that were left.
    pub(super) leftover: Leftover,
    pub(super) opener: Opener,
    /// The folder that keeps the screens' state.
    pub(super) state: PathBuf,
    /// The data folder.
    pub(super) data: PathBuf,
    pub(super) clock: Clock,
    /// Whether the width probe's answer is still awaited.
    pub(super) probing: bool,
    /// When to ask for the width of ambiguous characters, where that is still to be asked.
    pub(super) ask_at: Option<Instant>,
    /// Whether the mouse is taken from the terminal.
    pub(super) mouse: bool,
    /// The exports that are being made.
    pub(super) exports: Vec<JoinHandle<()>>,
    /// The box that the last key, an Esc, has closed.
    pub(super) closed: Option<Layer>,
    /// The document that is being opened, by its name, and where it will come.
    pub(super) coming: Option<(String, Receiver<Result<Opened, String>>)>,
    pub(super) quit: bool,
}

impl Edge {
    /// Waits, takes all that waits, draws; until it is time to leave.
    pub(super) fn run(&mut self, model: &mut Model) -> io::Result<()> {
        while !self.quit {
            self.ask_width(model)?;
            let wait = match self.ask_at {
                Some(at) => at.saturating_duration_since(Instant::now()),
                None => self.until_midnight(model),
            };
            let events = self.source.wait(wait)?;
            self.tell_time(model);
            for event in events {
                self.take(model, event)?;
            }
            if !self.quit {
                self.draw(model)?;
            }
        }
        Ok(())
    }

    /// Asks the terminal once, when the first frame has settled: a terminal that is still drawing
    /// it, or a slow line, is asked nothing meanwhile.
    fn ask_width(&mut self, model: &Model) -> io::Result<()> {
        if self.ask_at.is_none_or(|at| at > Instant::now()) {
            return Ok(());
        }
        self.ask_at = None;
        self.probing = true;
        self.drawing.ask(terminal::PROBE, terminal::PROBE_COLUMNS);
        self.draw(model)
    }

    fn until_midnight(&self, model: &Model) -> Duration {
        let now = self.clock.now();
        let midnight = now
            .date()
            .tomorrow()
            .and_then(|d| d.to_zoned_datetime(model.zone.clone()));
        let left = midnight.map_or(1.day(), |m| m.since(&now).unwrap_or(1.day()));
        let relative = SpanRelativeTo::days_are_24_hours();
        let seconds = left
            .total((jiff::Unit::Second, relative))
            .unwrap_or(86_400.0);
        // A second late rather than a moment early.
        Duration::from_secs_f64(seconds.clamp(0.0, 90_000.0) + 1.0)
    }

    fn tell_time(&mut self, model: &mut Model) {
        let now = self.clock.now();
        self.perform(model, Action::Clock(now.timestamp()));
        if now.date() != model.today {
            self.perform(model, Action::Day(now.date()));
        }
    }

    fn take(&mut self, model: &mut Model, event: Event) -> io::Result<()> {
        match event {
            Event::Input(inputs) => {
                for input in inputs {
                    self.input(model, input);
                }
            }
            Event::Report(number, Action::Opened) if number == self.bench.number => {
                self.go_over(model);
            }
            Event::Report(number, action) if number == self.bench.number => {
                self.perform(model, action);
            }
            // Of a document that was left; an editor has ended before it had the terminal.
            Event::Report(..) | Event::Signal(SIGCHLD) => {}
            Event::Signal(SIGWINCH) => {
                let (width, height) = terminal::size();
                self.perform(model, Action::Resize(width, height));
            }
            Event::Signal(SIGCONT) => self.resume(model)?,
            Event::Signal(SIGTSTP) => self.suspend(model)?,
            Event::Gone | Event::Signal(_) => self.perform(model, Action::Terminate),
        }
        Ok(())
    }

    fn input(&mut self, model: &mut Model, input: Input) {
        use crossterm::event::Event as Terminal;
        // An answer comes at any time.
        let is_typed = !matches!(input, Input::Column(_) | Input::Attributes);
        let closed = self.closed.take_if(|_| is_typed);
        let action = match input {
            Input::Event(Terminal::Key(event)) => return self.key(model, event),
            // The Esc before was none: what it closed opens again. Elsewhere the rest of a key does
            // nothing rather than something else than was meant.
            Input::Late(event) => {
                let Some(layer) = closed else { return };
                model.layers.push(layer);
                model.notice = None;
                return self.input(model, Input::Event(event));
            }
            Input::Event(Terminal::Paste(text)) => Some(Action::Paste(text)),
            Input::Event(Terminal::Mouse(event)) => mouse::action(event),
            // Our “ stood in the first column: where the cursor was after it is its width. An answer
            // from anywhere else is none.
            Input::Column(column) if std::mem::take(&mut self.probing) => {
                Some(Action::Probed(if column == 3 {
                    Policy::Wide
                } else {
                    Policy::Narrow
                }))
            }
            Input::Event(_) | Input::Column(_) => None,
            Input::Attributes => {
                self.probing = false;
                None
            }
        };
        if let Some(action) = action {
            self.perform(model, action);
        }
    }

    fn key(&mut self, model: &mut Model, event: KeyEvent) {
        let Some(key) = Key::from_event(event) else {
            return;
        };
        let is_escape = key == Key::plain(KeyCode::Esc);
        let open = model.layers.last().filter(|top| is_escape && top.is_box());
        let (open, layers) = (open.cloned(), model.layers.len());
        for key in model.keymap.pressed(model.mode(), key) {
            if let Some(action) = model.keymap.resolve(model.mode(), key) {
                self.perform(model, action);
            }
        }
        self.closed = open.filter(|_| model.layers.len() < layers);
    }

    fn perform(&mut self, model: &mut Model, action: Action) {
        for effect in update::update(model, action) {
            match effect {
                Effect::Append(draft) => self.bench.writer.send(Job::Append(draft)),
                Effect::List => self.list(model),
                Effect::Open(name) => self.open(model, name),
                Effect::Compare(name) => self.compare(model, name),
                Effect::Keep(name, text) => self.bench.drafts.send(name, text),
                Effect::KeepNow(name, text) => self.bench.drafts.send_now(name, text),
                Effect::KeepMeeting(text) => self.keep_meeting(text),
                Effect::FreeName(path) => self.free_name(model, path),
                Effect::External(text) => self.external(model, &text),
                Effect::Read => self.bench.writer.send(Job::Read),
                Effect::File(paper, over) => self.file(model, paper, over),
                Effect::Complete(typed) => self.complete(model, typed),
                Effect::Clear => self.clear(model.size),
                Effect::Copy(text) => self.copy(&text),
                Effect::Suspend => drop(self.suspend(model)),
                Effect::Quit => self.quit = true,
            }
        }
    }

    fn keep_meeting(&self, text: String) {
        let kind = Kind::default();
        let kept = Kept { kind, text };
        self.bench.drafts.send(drafts::MEETING.into(), kept);
    }

    /// Does work on a thread of its own and reports what comes of it; says why where none can be
    /// started.
    fn beside(
        &self,
        model: &mut Model,
        work: impl FnOnce() -> Action + Send + 'static,
    ) -> Option<JoinHandle<()>> {
        let (number, events) = (self.bench.number, self.events.clone());
        let work = move || {
            events.send(Event::Report(number, work()));
        };
        let started = thread::Builder::new().spawn(work);
        started
            .map_err(|error| model.warn(model.lang.system(&error)))
            .ok()
    }

    /// Saves a paper. An export is made on a thread of its own: a workbook of ten thousand clauses
    /// takes its time.
    fn file(&mut self, model: &mut Model, paper: Paper, over: bool) {
        let lang = model.lang;
        if let Content::Minutes(_) = paper.content {
            let (paper, filed) = paper::filed(paper, over, lang, None);
            return self.perform(model, Action::Filed(paper, filed));
        }
        let source = paper::Source::of(model);
        self.exports.retain(|thread| !thread.is_finished());
        let thread = self.beside(model, move || {
            let (paper, filed) = paper::filed(paper, over, lang, Some(&source));
            Action::Filed(paper, filed)
        });
        self.exports.extend(thread);
    }

    /// Proposes another name where a file has the one that was proposed.
    fn free_name(&mut self, model: &mut Model, path: String) {
        let free = paper::free(&path);
        if free != path {
            self.perform(model, Action::Freed(path, free));
        }
    }

    /// Waits for the exports that are being made: what was asked for before leaving is there after.
    pub(super) fn finish_exports(&mut self) {
        for thread in self.exports.drain(..) {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }

    /// Completes a path; its folder may be a slow one.
    fn complete(&self, model: &mut Model, typed: String) {
        self.beside(model, move || {
            let paths = paper::complete(&typed);
            Action::Completed(typed, paths)
        });
    }

    /// Lists the documents; their folder may be a slow one.
    fn list(&self, model: &mut Model) {
        let (data, by_file) = (self.data.clone(), model.by_file.clone());
        self.beside(model, move || opening::list(&data, by_file));
    }

    /// Opens another document; its journal may be a long one.
    fn open(&mut self, model: &mut Model, name: String) {
        let (send, coming) = channel();
        let (opener, asked) = (self.opener.clone(), name.clone());
        let started = self.beside(model, move || {
            // Nobody waits for it any more where another was asked for.
            let _ = send.send(opener.open(&asked));
            Action::Opened
        });
        if started.is_some() {
            self.coming = Some((name, coming));
            model.opening = true;
            update::say_opening(model);
        }
    }

    /// Goes over to the document that was opened: where it can't be, all stays as it is.
    fn go_over(&mut self, model: &mut Model) {
        let coming = self.coming.take_if(|_| model.opening);
        let Some((name, opened)) = coming.and_then(|(n, c)| Some((n, c.try_recv().ok()?))) else {
            return;
        };
        model.opening = false;
        let Opened { checklist, journal } = match opened {
            Ok(opened) => opened,
            Err(why) => return model.warn(why),
        };
        let id = &checklist.progress.document().id;
        let drafts = opening::drafts(&self.state, id, &model.by);
        let (clock, events) = (self.clock.clone(), self.events.clone());
        let next = self.bench.number + 1;
        let bench = Bench::set_up(journal, (checklist.lang, drafts), clock, events, next);
        let bench = match bench {
            Ok(bench) => bench,
            Err(error) => return model.warn(model.lang.system(&error)),
        };
        let left = std::mem::replace(&mut self.bench, bench);
        self.leftover.add(left.clear_away(model, &self.state));
        opening::turn(model, checklist, &self.state);
        opening::note(&self.state, &name);
    }

    /// Compares another document with this one; where it can't be opened, or is not another, says so.
    pub(super) fn compare(&self, model: &mut Model, name: String) {
        let (open, new, lang) = (self.opener.clone(), model.document.clone(), model.lang);
        let own = self.bench.journal.clone();
        self.beside(model, move || {
            let Opened { checklist, journal } = match open.open(&name) {
                Ok(opened) => opened,
                Err(why) => return Action::Refused(why),
            };
            if journal.path() == own {
                return Action::Refused(lang.text("review.itself").to_owned());
            }
            let old = checklist.progress;
            let comparison = Arc::new(compare(old.document(), &new));
            Action::Compared(Compared {
                old: Arc::new(old),
                comparison,
            })
        });
    }

    /// Asks the terminal to take a text into its clipboard. There is no answer to wait for.
    fn copy(&mut self, text: &str) {
        let in_tmux = std::env::var_os("TMUX").is_some_and(|v| !v.is_empty());
        let bytes = clipboard::sequence(text, in_tmux);
        self.drawing.raw(&bytes);
    }

    fn clear(&mut self, size: (u16, u16)) {
        self.drawing.clear(size);
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        match self.drawing.draw(model) {
            // Nobody reads what is drawn, and the signal that asks to end is the next event.
            Err(error) if error.kind() == io::ErrorKind::TimedOut => Ok(()),
            drawn => drawn,
        }
    }

    /// Keeps what has no other place, where the terminal has failed.
    pub(super) fn keep_all(&mut self, model: &mut Model) {
        self.perform(model, Action::Terminate);
    }
}
