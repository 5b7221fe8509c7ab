//! What screens share: the document and its progress, the list and what narrows it, the clock, the
//! looks, the notice; and what they ask of the app.

use super::{
    ids::Ids,
    keymap::{Keymap, Mode},
    layout::{self, Panes},
    meeting::Meeting,
    message::DocumentItem,
    outline::Outline,
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
    progress::{Body, Draft, Edit, Progress},
    report::Basis,
    search::{Limits, Matches, Query, Scene, Units, Views},
    text::{self, Policy},
};
use compact_str::CompactString;
use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};
use ratatui::{buffer::Buffer, layout::Rect};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

mod renew;

/// What screens share.
#[derive(Debug)]
pub struct Context {
    /// What the document was opened by: its id, or its file.
    pub name: String,
    /// The document that the program was started with by its file, in no catalogue.
    pub by_file: Option<DocumentItem>,
    /// What is to be done.
    pub document: Arc<Document>,
    /// What was done.
    pub progress: Progress,
    /// The language of the interface.
    pub lang: Lang,
    /// How ambiguous characters are measured and drawn.
    pub policy: Policy,
    /// What things look like.
    pub theme: Theme,
    /// What keys do.
    pub keymap: Keymap,
    /// The terminal's columns and rows.
    pub size: (u16, u16),
    /// The clock, as the last batch of actions brought it.
    pub now: Timestamp,
    /// The date.
    pub today: Date,
    /// The zone that times are shown in.
    pub zone: TimeZone,
    /// Name recorded as the author.
    pub by: CompactString,
    /// This process, in the journal.
    pub session: CompactString,
    /// The tree.
    pub outline: Outline,
    /// What is searched for.
    pub search: Search,
    /// The registry of units.
    pub units: Arc<Units>,
    /// Limits from which a clause is due soon, stale or behind.
    pub limits: Limits,
    /// The searches that `view:` names.
    pub views: Arc<Views>,
    /// The meeting that is under way, on the screen or behind the outline.
    pub meeting: Option<Meeting>,
    /// The meeting that was left without its minutes saved: the same day, the next one goes on with
    /// it.
    pub left: Option<Meeting>,
    /// The clauses that changes have touched since the last layout.
    pub touched: BTreeSet<usize>,
    /// The clauses marked for the next change.
    pub marks: BTreeSet<usize>,
    /// Texts that were being typed when they were left, by clause.
    pub drafts: BTreeMap<String, TextDraft>,
    /// The modes of what is open, the one on top last.
    pub open: Vec<Mode>,
    /// Whether another document is being opened.
    pub opening: bool,
    /// Why the drafts of these names are not kept.
    pub unkept: BTreeMap<String, String>,
    /// What is to be said once the draft of this name is kept.
    pub kept_notice: Option<(String, &'static str)>,
    /// What there is to say.
    pub notice: Option<Notice>,
    /// What is not durable yet.
    pub saving: Saving,
    /// Generator of change ids.
    pub ids: Ids,
    /// What the screens have asked for and the app has not done yet.
    pub requests: Vec<Request>,
}

/// What is searched for. What it found stays as it is while clauses are worked on.
#[derive(Debug, Default)]
pub struct Search {
    /// The query as typed.
    pub text: String,
    /// The query.
    pub query: Query,
    /// What it finds.
    pub matches: Matches,
    /// Whether something has changed since it was asked.
    pub stale: bool,
    /// The outline as it was before the search, to go back to.
    pub before: Option<Outline>,
    /// The query that was kept when the search line was opened, and the outline then.
    pub kept: Option<(String, Outline)>,
    /// Whether the query is being typed.
    pub is_typed: bool,
    /// Earlier queries, the latest last.
    pub history: Vec<String>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether something is wrong.
    pub alarm: bool,
}

/// What is not durable yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saving {
    /// The changes shown but not durable, oldest first.
    pub pending: Vec<Draft>,
    /// Why the last try failed.
    pub failed: Option<String>,
    /// How many batches of others' changes were taken in.
    pub heard: usize,
    /// What happens when all is durable.
    pub then: Option<Next>,
}

/// What waits until all is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// The document of this name opens.
    Open(String),
    /// The program ends.
    Leave,
}

impl Context {
    /// Returns the context of a checklist as it opens, everything else at its default: in Chinese,
    /// narrow, by nobody. `now` brings the date and the zone.
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
            search: Search::default(),
            by: CompactString::default(),
            session: CompactString::default(),
            marks: BTreeSet::new(),
            touched: BTreeSet::new(),
            drafts: BTreeMap::new(),
            opening: false,
            unkept: BTreeMap::new(),
            kept_notice: None,
            open: vec![Mode::Browse],
            notice: None,
            saving: Saving::default(),
            ids: Ids::new(0),
            requests: Vec::new(),
        }
    }

    /// Returns the input state, by what is on top.
    pub fn mode(&self) -> Mode {
        self.open.last().copied().unwrap_or(Mode::Browse)
    }

    /// Returns whether something of this mode is open, be it under something else.
    pub fn has(&self, mode: Mode) -> bool {
        self.open.contains(&mode)
    }

    /// Returns the mode whose actions can be named after `:`: the meeting's while it is on the
    /// screen, else those of the checklist.
    pub fn named_mode(&self) -> Mode {
        if self.has(Mode::Meeting) {
            Mode::Meeting
        } else {
            Mode::Browse
        }
    }

    /// Asks something of the app.
    pub fn ask(&mut self, request: Request) {
        self.requests.push(request);
    }

    /// Asks for work of the runtime.
    pub fn effect(&mut self, effect: Effect) {
        self.ask(Request::Effect(effect));
    }

    /// Opens a line to be typed.
    pub fn prompt(&mut self, prompting: Prompting) {
        self.ask(Request::Prompt(prompting));
    }

    /// Returns how things look.
    pub const fn look(&self) -> Look {
        Look {
            theme: self.theme,
            policy: self.policy,
        }
    }

    /// Returns a pen at the start of a row of an area; the row is blanked.
    pub fn pen<'a>(&self, buf: &'a mut Buffer, area: Rect, row: u16) -> Pen<'a> {
        Pen::new(self.look(), buf, area, row)
    }

    /// Returns what queries look at.
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

    /// Returns what reports are made from.
    pub fn basis(&self) -> Basis<'_> {
        Basis {
            scene: self.scene(),
            lang: self.lang,
        }
    }

    /// Returns the columns and rows that a line being typed leaves to the screen below it, which has its
    /// cursor in sight then too.
    pub fn stage(&self) -> (u16, u16) {
        let (width, height) = self.size;
        let dock = if self.has(Mode::Line) {
            layout::dock(self.size).height
        } else {
            0
        };
        (width, height - if dock > 1 { dock } else { 0 })
    }

    /// Returns where the panes stand.
    pub fn panes(&self) -> Panes {
        let panes = Panes::of(self.stage(), self.has(Mode::Detail));
        let panes = if self.is_fresh() {
            panes.with_tip()
        } else {
            panes
        };
        panes.with_rest(self.outline.rows().len())
    }

    /// Returns whether nothing has ever been done with this checklist.
    pub fn is_fresh(&self) -> bool {
        self.progress.changes().len() == 0
    }

    /// Returns the clause that the meeting on the screen is at.
    pub fn discussed(&self) -> Option<usize> {
        let meeting = self.meeting.as_ref()?;
        self.has(Mode::Meeting).then(|| meeting.clause())?
    }

    /// Returns the clauses that the next change is about: the one in discussion, the marked ones, or
    /// those under the cursor.
    pub fn targets(&self) -> Vec<usize> {
        if let Some(clause) = self.discussed() {
            vec![clause]
        } else if self.marks.is_empty() {
            self.under_cursor()
        } else {
            self.marks.iter().copied().collect()
        }
    }

    /// Returns the clauses of the node under the cursor that are shown: all of them, or those that
    /// the filter lets through.
    pub fn under_cursor(&self) -> Vec<usize> {
        let Some(node) = self.outline.node() else {
            return Vec::new();
        };
        let clauses = self.document.clauses_of(node);
        match self.outline.filter() {
            None => clauses.collect(),
            Some(shown) => shown
                .iter()
                .copied()
                .filter(|c| clauses.contains(c))
                .collect(),
        }
    }

    /// Returns a node's number as people type it: `16.3`, `16`, or `一、`.
    pub fn label(&self, node: Node) -> String {
        match node {
            Node::Clause(i) => self.document.clauses[i].id.to_string(),
            Node::Measure(i) => self.document.measure_label(i),
            Node::Chapter(i) => self.document.chapters[i].number.to_string(),
        }
    }

    /// Returns how the first key of a binding is called; nothing where the user took its keys away.
    pub fn key(&self, id: &str) -> String {
        let key = self.keymap.first_key(id);
        key.map_or_else(String::new, |key| glyphs::key(self.lang, key))
    }

    /// Says something until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            alarm: false,
        });
    }

    /// Says that another document is being opened, and how that is stopped, until it is open.
    pub fn say_opening(&mut self) {
        if self.opening && self.notice.is_none() {
            self.say(self.lang.text("notice.opening"));
        }
    }

    /// Says that something is wrong.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            alarm: true,
        });
    }

    /// Returns the clauses that are marked or shown, and how that is called; `None` for all.
    pub fn agenda(&self) -> Option<(String, Vec<usize>)> {
        if !self.marks.is_empty() {
            let topic = self.lang.text("meeting.marked").to_owned();
            return Some((topic, self.marks.iter().copied().collect()));
        }
        self.outline.filter()?;
        let topic = self.search.text.trim().trim_start_matches(['@', '＠']);
        Some((topic.to_owned(), self.search.matches.clauses.clone()))
    }

    /// Returns what a box is about: a clause by its number and text, or how many.
    pub fn about(&self, clauses: &[usize]) -> String {
        match clauses {
            [one] => {
                let clause = &self.document.clauses[*one];
                let text: String = clause.text.chars().take(200).collect();
                format!("{} {}", clause.id, text::clean(&text))
            }
            many => self.lang.fill("write.many", &[("n", &many.len())]),
        }
    }

    /// Returns the question of this key where drafts are not kept: how many, and why.
    pub fn unkept_question(&self, key: &'static str) -> Option<String> {
        let why = self.unkept.values().next()?;
        let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &self.unkept.len()), ("why", why)];
        Some(self.lang.fill(key, &values))
    }

    /// Returns a deadline that a document proposes, as people type it.
    pub fn proposed_due(&self, due: &str) -> String {
        match due {
            "long" => self.lang.text("due.long").to_owned(),
            date => date.to_owned(),
        }
    }

    /// Notes the clauses of a change, and of the one that it takes back, so that the layout looks
    /// at them again.
    pub fn touch(&mut self, body: &Body) {
        self.search.stale = true;
        let body = match body {
            Body::Retract(id) => self.progress.change(id).map(|change| &change.body),
            Body::Edits(_) => Some(body),
        };
        let edits = match body {
            Some(Body::Edits(edits)) => edits,
            // A retract of a retract leads to the set in the end.
            Some(Body::Retract(_)) => return self.touch_all(),
            None => return,
        };
        let find = |edit: &Edit| self.document.find(edit.target.clause_id()?);
        self.touched.extend(edits.iter().filter_map(find));
    }

    /// Notes all clauses that have ever been changed.
    pub fn touch_all(&mut self) {
        self.search.stale = true;
        self.touched.extend(self.progress.touched());
    }
}
