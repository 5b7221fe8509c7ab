//! A stage for tests: a model of the shipped document, keys by name, the screen as text, and a
//! journal that writes what it is told at once. May use: the pure parts of `tui`.

use super::{
    action::{Action, Effect},
    ids::Ids,
    key::Key,
    model::Model,
    update::{settle, update},
    view::draw,
};
use crate::{
    document::{Document, catalogue},
    progress::{Draft, Progress, Status, journal::Batch},
    search::Units,
};
use jiff::{
    Timestamp,
    tz::{Offset, TimeZone},
};
use ratatui::{
    buffer::{Buffer, CellWidth as _},
    layout::Position,
};
use std::sync::Arc;

pub(crate) struct Stage {
    pub(crate) model: Model,
    /// The effects that were not performed here.
    pub(crate) effects: Vec<Effect>,
    /// Whether the journal writes at once.
    pub(crate) saves: bool,
}

/// 2026-11-23T10:00:00+08:00.
pub(crate) fn noon() -> Timestamp {
    "2026-11-23T10:00:00+08:00".parse().unwrap()
}

/// Returns whether a long test tries this case: one in `one_in`, or every case where all are asked
/// for (`KOUAN_CI`, which `.ci/run` sets).
pub(crate) fn sampled(nth: u16, one_in: u16) -> bool {
    nth.is_multiple_of(one_in) || std::env::var_os("KOUAN_CI").is_some()
}

impl Stage {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Self::with(catalogue::embedded().unwrap(), width, height)
    }

    pub(crate) fn with(document: Document, width: u16, height: u16) -> Self {
        let document = Arc::new(document);
        let now = noon().to_zoned_datetime(TimeZone::fixed(Offset::constant(8)));
        let mut model = Model {
            by: "zhangsan".into(),
            session: "s1".into(),
            ids: Ids::new(7),
            units: Arc::new(Units::builtin().clone()),
            ..Model::new(Progress::new(document), (width, height), &now)
        };
        settle(&mut model);
        Self {
            model,
            effects: Vec::new(),
            saves: true,
        }
    }

    /// Does an action, and what it asks of the journal.
    pub(crate) fn act(&mut self, action: Action) {
        for effect in update(&mut self.model, action) {
            match effect {
                Effect::Append(draft) if self.saves => self.write(&draft),
                Effect::KeepNow(name, _) if self.model.kept_notice.is_some() => {
                    update(&mut self.model, Action::Kept(name, Ok(())));
                }
                other => self.effects.push(other),
            }
        }
    }

    fn write(&mut self, draft: &Draft) {
        let line = self.model.progress.change(&draft.id).unwrap();
        let written = draft.at(line.at, line.clock, Offset::constant(8));
        update(
            &mut self.model,
            Action::Written(vec![written], Batch::default()),
        );
    }

    /// Presses keys, by name, blanks between; `'text` types the text after the quote. The clock
    /// goes on by a second at each.
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
        let now = self.model.now + jiff::SignedDuration::from_secs(1);
        self.act(Action::Clock(now));
        for key in self.model.keymap.pressed(self.model.mode(), key) {
            if let Some(action) = self.model.keymap.resolve(self.model.mode(), key) {
                self.act(action);
            }
        }
    }

    /// Returns the label of the node under the cursor.
    pub(crate) fn at(&self) -> String {
        self.model
            .outline
            .node()
            .map_or_else(String::new, |n| self.model.label(n))
    }

    /// Returns a clause's status.
    pub(crate) fn status(&self, id: &str) -> Status {
        self.model
            .progress
            .status(self.model.document.find(id.parse().unwrap()).unwrap())
    }

    pub(crate) fn notice(&self) -> &str {
        self.model.notice.as_ref().map_or("", |n| &n.text)
    }

    /// Draws the screen: its buffer, and where the text cursor stands.
    pub(crate) fn drawn(&self) -> (Buffer, Option<Position>) {
        draw(&self.model)
    }

    /// Returns the screen as lines of text, checked to fill exactly its columns.
    pub(crate) fn screen(&self) -> String {
        let (buf, _) = self.drawn();
        (0..buf.area.height).map(|y| row(&buf, y) + "\n").collect()
    }
}

fn row(buf: &Buffer, y: u16) -> String {
    let (mut x, mut out) = (0, String::new());
    while x < buf.area.width {
        let cell = &buf[(x, y)];
        out.push_str(cell.symbol());
        x += cell.cell_width().max(1);
    }
    assert_eq!(x, buf.area.width, "row {y} is cut in a glyph: {out}");
    out.trim_end().to_owned()
}
