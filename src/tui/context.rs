//! State shared by screens: document and progress, the outline and its filter, clock, appearance,
//! notice; and requests to the app.

use super::{
    action::Action,
    ids::Ids,
    key::Key,
    keymap::{Keymap, Mode},
    layout::{self, Panes},
    meeting::Meeting,
    message::DocumentItem,
    outline::{Focus, Outline},
    present::Present,
    request::{Effect, Prompting, Request},
    text_draft::TextDraft,
    widgets::{
        glyphs,
        pen::{Look, Pen},
        theme::Theme,
    },
};
use crate::{
    document::{Document, Node},
    locale::Lang,
    progress::{Body, Edit, Progress},
    report::Basis,
    search::{Limits, Matches, Query, Scene, Units, Views},
    text::Policy,
};
use compact_str::CompactString;
use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};
use ratatui::{buffer::Buffer, layout::Rect};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

mod renew;
mod saving;
mod targets;

pub use saving::{Next, Saving};

/// What screens share.
#[derive(Debug)]
pub struct Context {
    /// How the document was opened: its id, or its file.
    pub name: String,
    /// The document given by file at start, if it is in no catalogue.
    pub by_file: Option<DocumentItem>,
    /// The document.
    pub document: Arc<Document>,
    /// The progress.
    pub progress: Progress,
    /// The language of the interface.
    pub lang: Lang,
    /// Width policy of ambiguous characters.
    pub policy: Policy,
    /// The theme.
    pub theme: Theme,
    /// The key table.
    pub keymap: Keymap,
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// The time of the last batch of input.
    pub now: Timestamp,
    /// The date.
    pub today: Date,
    /// Time zone of the times shown.
    pub zone: TimeZone,
    /// Name recorded as the author.
    pub by: CompactString,
    /// This process's session in the journal.
    pub session: CompactString,
    /// The outline.
    pub outline: Outline,
    /// The search.
    pub search: SearchState,
    /// The registry of units.
    pub units: Arc<Units>,
    /// Limits from which a clause is due soon, stale or behind.
    pub limits: Limits,
    /// The searches that `view:` names.
    pub views: Arc<Views>,
    /// The meeting in progress, on the screen or behind the outline.
    pub meeting: Option<Meeting>,
    /// The meeting that was left without saving its minutes; the next one of that day resumes it.
    pub left: Option<Meeting>,
    /// The present, while the past is shown.
    pub past: Option<Box<Present>>,
    /// What is under the cursor of the deadlines, while they are open.
    pub focus: Option<Focus>,
    /// Clauses changed since the last layout.
    pub touched: BTreeSet<usize>,
    /// Clauses marked for the next change.
    pub marks: BTreeSet<usize>,
    /// Texts whose typing was interrupted, by clause.
    pub drafts: BTreeMap<String, TextDraft>,
    /// Modes of the open screens, the top one last.
    pub open: Vec<Mode>,
    /// Whether another document is being opened.
    pub opening: bool,
    /// Why drafts could not be kept, by name.
    pub unkept: BTreeMap<String, String>,
    /// A notice to show once the draft with this name is kept.
    pub kept_notice: Option<(String, &'static str)>,
    /// The current notice.
    pub notice: Option<Notice>,
    /// What a colleague has just done: beside the hints, and after a notice.
    pub news: Option<String>,
    /// Changes that are not durable yet.
    pub saving: Saving,
    /// Change-id generator.
    pub ids: Ids,
    /// Requests that the app has not performed yet.
    pub requests: Vec<Request>,
}

/// The search. Its result stays unchanged while clauses are edited.
#[derive(Debug, Default)]
pub struct SearchState {
    /// The query as typed.
    pub text: String,
    /// The parsed query.
    pub query: Query,
    /// Its result.
    pub matches: Matches,
    /// Whether something has changed since it ran.
    pub stale: bool,
    /// The outline before the search, to return to.
    pub before: Option<Outline>,
    /// The query in force when the search line was opened, and its outline.
    pub kept: Option<(String, Outline)>,
    /// Whether the query is being typed.
    pub is_typed: bool,
    /// Earlier queries, latest last.
    pub history: Vec<String>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its text.
    pub text: String,
    /// Whether it is an error.
    pub alarm: bool,
}

impl Context {
    /// Returns the context of a freshly opened checklist, with defaults: Chinese, narrow, no
    /// author. `now` gives the date and the time zone.
    pub fn new(progress: Progress, size: (u16, u16), now: &ZonedDateTime) -> Self {
        let document = progress.document().clone();
        Self {
            name: document.id.clone(),
            by_file: None,
            outline: Outline::new(&document),
            document,
            progress,
            lang: Lang::default(),
            policy: Policy::default(),
            theme: Theme::default(),
            keymap: Keymap::default(),
            size,
            now: now.timestamp(),
            today: now.date(),
            zone: now.time_zone().clone(),
            limits: Limits::default(),
            views: Arc::default(),
            meeting: None,
            left: None,
            units: Arc::default(),
            search: SearchState::default(),
            by: CompactString::default(),
            session: CompactString::default(),
            past: None,
            focus: None,
            marks: BTreeSet::new(),
            touched: BTreeSet::new(),
            drafts: BTreeMap::new(),
            opening: false,
            unkept: BTreeMap::new(),
            kept_notice: None,
            open: vec![Mode::Browse],
            notice: None,
            news: None,
            saving: Saving::default(),
            ids: Ids::new(0),
            requests: Vec::new(),
        }
    }

    /// Returns the mode of the top screen.
    pub fn mode(&self) -> Mode {
        self.open.last().copied().unwrap_or(Mode::Browse)
    }

    /// Returns whether a screen with this mode is open, even below others.
    pub fn has(&self, mode: Mode) -> bool {
        self.open.contains(&mode)
    }

    /// Returns the mode whose actions can be named after `:`: the meeting's while it is on the
    /// screen, otherwise the checklist's.
    pub fn named_mode(&self) -> Mode {
        if self.has(Mode::Meeting) {
            Mode::Meeting
        } else {
            Mode::Browse
        }
    }

    /// Moves the outline's cursor to a node; returns whether it is in the list.
    pub fn go_to(&mut self, node: Node) -> bool {
        self.outline.select(&self.document, node);
        self.outline.node() == Some(node)
    }

    /// Returns the contents of a draft's file: what is not durable yet, and what is being typed.
    pub fn draft_file(&self, name: &str) -> TextDraft {
        TextDraft::of(name, &self.saving.pending, self.drafts.get(name))
    }

    /// Requests something of the app.
    pub fn ask(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Requests an effect of the runtime.
    pub fn effect(&mut self, effect: Effect) {
        self.ask(Request::Effect(effect));
    }

    /// Opens a prompt.
    pub fn prompt(&mut self, prompting: Prompting) {
        self.ask(Request::Prompt(prompting));
    }

    /// Returns the appearance.
    pub const fn look(&self) -> Look {
        Look {
            theme: self.theme,
            policy: self.policy,
        }
    }

    /// Returns a pen at the start of a row, which is blanked.
    pub fn pen<'a>(&self, buf: &'a mut Buffer, area: Rect, row: u16) -> Pen<'a> {
        Pen::new(self.look(), buf, area, row)
    }

    /// Returns the scene for queries.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            // In the middle of a turn, `self.document` may lack what a change has just added.
            document: self.progress.document(),
            progress: &self.progress,
            units: &self.units,
            me: &self.by,
            today: self.today,
            now: self.now,
            zone: &self.zone,
            limits: self.limits,
            views: &self.views,
        }
    }

    /// Returns the basis of reports.
    pub fn basis(&self) -> Basis<'_> {
        Basis {
            scene: self.scene(),
            lang: self.lang,
        }
    }

    /// Returns the columns and rows that a prompt leaves to the screen below, whose cursor stays
    /// visible.
    pub fn stage(&self) -> (u16, u16) {
        let (width, height) = self.size;
        let dock = if self.has(Mode::Line) {
            layout::dock(self.size).height
        } else {
            0
        };
        (width, height - if dock > 1 { dock } else { 0 })
    }

    /// Returns the panes.
    pub fn panes(&self) -> Panes {
        let panes = Panes::of(self.stage(), self.has(Mode::Detail));
        let panes = if self.is_fresh() {
            panes.with_tip()
        } else {
            panes
        };
        panes.with_rest(self.outline.rows().len())
    }

    /// Returns whether this checklist is untouched.
    pub fn is_fresh(&self) -> bool {
        self.progress.changes().len() == 0 && self.past.is_none()
    }

    /// Returns a node's number as people type it: `16.3`, `16`, or `一、`.
    pub fn label(&self, node: Node) -> String {
        match node {
            Node::Clause(i) => self.document.clauses[i].id.to_string(),
            Node::Measure(i) => self.document.measure_label(i),
            Node::Chapter(i) => self.document.chapters[i].number.to_string(),
        }
    }

    /// Returns the name of a binding's first key; empty if the user has unbound it.
    pub fn key(&self, id: &str) -> String {
        let key = self.keymap.first_key(id);
        key.map_or_else(String::new, |key| glyphs::key(self.lang, key))
    }

    /// Shows a notice until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            alarm: false,
        });
    }

    /// Says that a key does nothing here, and which one shows those that do.
    pub fn say_unbound(&mut self, key: Key) {
        let help = (self.keymap.of_mode(self.mode()))
            .find(|(binding, _)| binding.action == Action::Help)
            .and_then(|(_, keys)| keys.first())
            .map(|key| glyphs::key(self.lang, *key));
        let key = glyphs::key(self.lang, key);
        let said = match &help {
            Some(help) => self
                .lang
                .fill("notice.unbound", &[("key", &key), ("help", help)]),
            None => self.lang.fill("notice.unbound-here", &[("key", &key)]),
        };
        self.say(said);
    }

    /// Says that another document is being opened and how to stop that, until it is open.
    pub fn say_opening(&mut self) {
        if self.opening && self.notice.is_none() {
            self.say(self.lang.text("notice.opening"));
        }
    }

    /// Shows an error until the next key.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            alarm: true,
        });
    }

    /// Returns the question with this key if drafts are not kept: how many, and why.
    pub fn unkept_question(&self, key: &'static str) -> Option<String> {
        let why = self.unkept.values().next()?;
        let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &self.unkept.len()), ("why", why)];
        Some(self.lang.fill(key, &values))
    }

    /// Returns a document's deadline as people type it.
    pub fn proposed_due(&self, due: &str) -> String {
        match due {
            "long" => self.lang.text("due.long").to_owned(),
            date => date.to_owned(),
        }
    }

    /// Marks the clauses of a change, and of the one it retracts, for the next layout.
    pub fn touch(&mut self, body: &Body) {
        self.search.stale = true;
        let body = match body {
            Body::Retract(id) => self.progress.change(id).map(|change| &change.body),
            Body::Edits(_) => Some(body),
        };
        let edits = match body {
            Some(Body::Edits(edits)) => edits,
            // A retract of a retract ends at some set.
            Some(Body::Retract(_)) => return self.touch_all(),
            None => return,
        };
        let find = |edit: &Edit| self.document.find(edit.target.clause_id()?);
        self.touched.extend(edits.iter().filter_map(find));
    }

    /// Marks all clauses that were ever changed.
    pub fn touch_all(&mut self) {
        self.search.stale = true;
        self.touched.extend(self.progress.touched());
    }
}
