//! An app for tests: the shipped document, keys by name, the screen as text, and a journal that
//! writes at once.

use super::{
    action::Action, app::App, context::Context, ids::Ids, key::Key, message::Message,
    request::Effect,
};
use crate::{
    document::{Document, catalogue},
    progress::{Draft, Progress, Status, journal::Batch},
    search::Units,
    text::link::ADDRESS,
};
use jiff::{
    Timestamp,
    tz::{Offset, TimeZone},
};
use ratatui::{
    buffer::{Buffer, CellWidth as _},
    layout::Position,
    style::Modifier,
};
use std::{
    any::Any,
    ops::{Deref, DerefMut},
    sync::Arc,
};

pub(crate) struct TestApp {
    app: App,
    /// Effects that were not performed here.
    pub(crate) effects: Vec<Effect>,
    /// Whether the journal writes at once.
    pub(crate) saves: bool,
}

impl Deref for TestApp {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl DerefMut for TestApp {
    fn deref_mut(&mut self) -> &mut App {
        &mut self.app
    }
}

/// 2026-11-23T10:00:00+08:00.
pub(crate) fn noon() -> Timestamp {
    "2026-11-23T10:00:00+08:00".parse().unwrap()
}

/// Returns whether a long test tries this case: one in `one_in`, or every case with `KOUAN_CI`.
pub(crate) fn sampled(nth: u16, one_in: u16) -> bool {
    nth.is_multiple_of(one_in) || std::env::var_os("KOUAN_CI").is_some()
}

impl TestApp {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Self::with(catalogue::embedded().unwrap(), width, height)
    }

    pub(crate) fn with(document: Document, width: u16, height: u16) -> Self {
        let document = Arc::new(document);
        let now = noon().to_zoned_datetime(TimeZone::fixed(Offset::constant(8)));
        let context = Context {
            by: "zhangsan".into(),
            session: "s1".into(),
            ids: Ids::new(7),
            units: Arc::new(Units::builtin().clone()),
            ..Context::new(Progress::new(document), (width, height), &now)
        };
        Self {
            app: App::new(context),
            effects: Vec::new(),
            saves: true,
        }
    }

    /// Sends a message, and performs its effects on the journal.
    pub(crate) fn receive(&mut self, message: Message) {
        let effects = self.app.receive(message);
        self.perform(effects);
    }

    /// Performs an action like a key.
    pub(crate) fn act(&mut self, action: Action) {
        let effects = self.app.act(action);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Append(draft) | Effect::Carry(draft) if self.saves => self.write(&draft),
                Effect::KeepNow(name, _) if self.context.kept_notice.is_some() => {
                    self.app.receive(Message::Kept(name, Ok(())));
                }
                other => self.effects.push(other),
            }
        }
    }

    fn write(&mut self, draft: &Draft) {
        let line = self.context.progress.change(&draft.id).unwrap();
        let written = draft.at(line.at, line.clock, Offset::constant(8));
        self.app
            .receive(Message::Written(vec![written], Batch::default()));
    }

    /// Presses keys by name, separated by blanks; `'text` types the text after the quote. Each
    /// advances the clock by a second.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            match name.strip_prefix('\'') {
                Some(text) => text.chars().for_each(|c| self.press(Key::char(c))),
                None => self.press(Key::parse(name).unwrap()),
            }
        }
        self
    }

    pub(crate) fn press(&mut self, key: Key) {
        let now = self.context.now + jiff::SignedDuration::from_secs(1);
        self.receive(Message::Clock(now));
        for key in self.context.keymap.pressed(self.context.mode(), key) {
            let mode = self.context.mode();
            if let Some(action) = self.context.keymap.resolve(mode, key) {
                self.act(action);
            }
        }
    }

    /// Returns the top screen, which has this type.
    pub(crate) fn top<S: 'static>(&self) -> &S {
        let top: &dyn Any = self.above.last().unwrap().as_ref();
        top.downcast_ref().unwrap()
    }

    /// Returns the screen below the one on top, which is of this type.
    pub(crate) fn top_below<S: 'static>(&self) -> &S {
        let below: &dyn Any = self.above[self.above.len() - 2].as_ref();
        below.downcast_ref().unwrap()
    }

    /// Returns the text in the prompt, and whether it is selected.
    pub(crate) fn typed(&self) -> (&str, bool) {
        self.top::<super::screens::prompt::Prompt>().typed()
    }

    /// Returns the label of the node under the cursor.
    pub(crate) fn at(&self) -> String {
        self.context
            .outline
            .node()
            .map_or_else(String::new, |n| self.context.label(n))
    }

    /// Returns a clause's status.
    pub(crate) fn status(&self, id: &str) -> Status {
        self.context
            .progress
            .status(self.context.document.find(id.parse().unwrap()).unwrap())
    }

    /// Returns the notice, or the news beside the hints.
    pub(crate) fn notice(&self) -> &str {
        let notice = self.context.notice.as_ref().map(|notice| &notice.text);
        notice
            .or(self.context.news.as_ref())
            .map_or("", |said| said)
    }

    /// Draws the screen; returns its buffer, and the position of the text cursor.
    pub(crate) fn drawn(&self) -> (Buffer, Option<Position>) {
        self.draw()
    }

    /// Returns the screen as lines of text, checked to fill exactly its columns.
    pub(crate) fn screen(&self) -> String {
        let (buf, _) = self.drawn();
        (0..buf.area.height).map(|y| row(&buf, y) + "\n").collect()
    }
}

/// Returns whether a cell belongs to a run of blanks in this style without text: a frame, a bar or
/// a rule.
fn is_bare(buf: &Buffer, x: u16, y: u16, style: Modifier) -> bool {
    let is_styled = |at: &u16| buf[(*at, y)].modifier.contains(style);
    let left = (0..=x).rev().take_while(is_styled);
    let mut run = left.chain((x..buf.area.width).take_while(is_styled));
    is_styled(&x) && run.all(|at| buf[(at, y)].symbol() == " ")
}

impl TestApp {
    /// Returns the last rows of the screen: a prompt's box has 4, the footer 1.
    pub(crate) fn rows(&self, last: usize) -> Vec<String> {
        let screen = self.screen();
        let mut rows: Vec<String> = screen.lines().map(str::to_owned).collect();
        rows.split_off(rows.len() - last)
    }
}

fn row(buf: &Buffer, y: u16) -> String {
    let (mut x, mut out) = (0, String::new());
    while x < buf.area.width {
        let cell = &buf[(x, y)];
        let shown = if is_bare(buf, x, y, Modifier::REVERSED) {
            "█"
        } else if is_bare(buf, x, y, Modifier::UNDERLINED) {
            "▔"
        } else {
            cell.symbol().split(ADDRESS).next().unwrap()
        };
        out.push_str(shown);
        x += cell.cell_width().max(1);
    }
    assert_eq!(x, buf.area.width, "row {y} is cut in a glyph: {out}");
    out.trim_end().to_owned()
}
