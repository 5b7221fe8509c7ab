//! The whole state of the screen. May use: all rooms above `tui`, and the pure parts of it.

mod touched;
mod typing;

use super::{
    action::{Order, Paper},
    editor::Editor,
    exports::Choice,
    ids::Ids,
    kept::Kept,
    keymap::{Keymap, Mode},
    layout::Panes,
    meeting::Meeting,
    outline::Outline,
    review::Review,
    shelf::{Item, Shelf},
    theme::Theme,
    units::Board,
};
use crate::{
    document::{Document, Node},
    locale::Lang,
    progress::{Body, Draft, Kind, Progress, Status, pace},
    report::minutes::Minutes,
    search::{Matches, Query, Units},
    text::Policy,
};
use compact_str::CompactString;
use jiff::{Timestamp, ZonedDateTime, civil::Date, tz::TimeZone};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// The whole state of the screen.
#[derive(Debug)]
pub struct Model {
    /// What the document was opened by: its id, or its file.
    pub name: String,
    /// The document that the program was started with by its file, in no catalogue.
    pub by_file: Option<Item>,
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
    /// How many days before its deadline a clause is due soon.
    pub days_ahead: i32,
    /// Who sits here.
    pub by: CompactString,
    /// This process, in the journal.
    pub session: CompactString,
    /// The tree.
    pub outline: Outline,
    /// How far the detail beside the outline is scrolled, in lines.
    pub detail_scroll: usize,
    /// What is searched for.
    pub search: Search,
    /// The registry of units.
    pub units: Arc<Units>,
    /// After how many days without a change a clause is stale.
    pub stale_days: i32,
    /// What pace (序时进度) is measured by.
    pub pace: pace::Rule,
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
    pub drafts: BTreeMap<String, Kept>,
    /// The row of the outline that the mouse pressed last, and when.
    pub pressed: Option<(usize, Timestamp)>,
    /// What is open above the outline, the last one on top.
    pub layers: Vec<Layer>,
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
    /// Where the next change's identity comes from.
    pub ids: Ids,
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
    /// Earlier queries, the latest last.
    pub history: Vec<String>,
}

/// What is open above the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layer {
    /// The clause under the cursor, with the numbered menu.
    Detail,
    /// The help.
    Help(Help),
    /// What was done, by whom and when.
    History(History),
    /// The documents to choose from.
    Documents(Shelf),
    /// What is carried from another document, pair by pair.
    Review(Review),
    /// A status to be picked.
    Pick(Pick),
    /// An export to be chosen.
    Export(Choice),
    /// A question.
    Confirm(Confirm),
    /// A line being typed.
    Line(Prompt),
    /// A remark being written.
    Write(Writing),
    /// The table of units.
    Units(Board),
    /// The clause that the meeting is at.
    Meeting,
}

/// The history pane.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The row under the cursor.
    pub selected: usize,
    /// The query that narrows it.
    pub query: String,
    /// The changes that the query admits, by their place in order.
    pub found: Option<Vec<usize>>,
}

/// The help, as far as it is seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// The first line shown.
    pub scroll: usize,
    /// What the bindings shown have in their words, keys or ids; empty shows all.
    pub find: String,
}

/// A status to be picked for some clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The clauses.
    pub targets: Vec<usize>,
    /// The place of the status under the cursor in [`Status::ALL`].
    pub selected: usize,
}

/// A question, and what is done on yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// The question.
    pub question: String,
    /// What is done on yes.
    pub then: Then,
}

/// What is done on yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Makes this change.
    Make(Body, String),
    /// Leaves with changes that are not saved.
    Leave,
    /// Saves a paper over the file that is there.
    File(Paper),
    /// Opens this document, with changes that are not saved.
    Open(String),
}

/// A line being typed, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// For what.
    pub purpose: Purpose,
    /// The line.
    pub editor: Editor,
    /// Why it could not be taken.
    pub error: Option<String>,
    /// What was typed before it was completed.
    pub seed: Option<String>,
}

/// A remark being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// The clauses that it is about.
    pub targets: Vec<usize>,
    /// What kind of remark.
    pub kind: Kind,
    /// The status that it is the reason for.
    pub status: Option<Status>,
    /// The text.
    pub editor: Editor,
    /// Why it could not be taken.
    pub error: Option<String>,
}

/// What a line is typed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A number or an action's name.
    Command,
    /// What to search for.
    Search,
    /// What to look for in the meeting.
    Seek,
    /// What to look for in the history.
    History,
    /// What to look for in the help.
    Find,
    /// What to look for among the documents.
    Documents,
    /// A deadline.
    Due(Vec<usize>),
    /// A name or contact.
    Owner(Vec<usize>),
    /// A step of a clause.
    Step(usize),
    /// Where to save these minutes.
    Minutes(Box<Minutes>),
    /// Where to save this export.
    Export(Order),
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

impl Model {
    /// Returns the model of a checklist as it opens, everything else at its default: in Chinese,
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
            days_ahead: 7,
            stale_days: 30,
            pace: crate::progress::pace::Rule::default(),
            meeting: None,
            left: None,
            units: Arc::default(),
            search: Search::default(),
            by: CompactString::default(),
            session: CompactString::default(),
            detail_scroll: 0,
            marks: BTreeSet::new(),
            touched: BTreeSet::new(),
            drafts: BTreeMap::new(),
            layers: Vec::new(),
            opening: false,
            unkept: BTreeMap::new(),
            kept_notice: None,
            pressed: None,
            notice: None,
            saving: Saving::default(),
            ids: Ids::new(0),
        }
    }

    /// Returns the input state, by what is on top.
    pub fn mode(&self) -> Mode {
        match self.layers.last() {
            None => Mode::Browse,
            Some(Layer::Detail) => Mode::Detail,
            Some(Layer::Help(_)) => Mode::Help,
            Some(Layer::Pick(_)) => Mode::Pick,
            Some(Layer::Export(_)) => Mode::Export,
            Some(Layer::History(_)) => Mode::History,
            Some(Layer::Documents(_)) => Mode::Documents,
            Some(Layer::Review(_)) => Mode::Review,
            Some(Layer::Confirm(_)) => Mode::Confirm,
            Some(Layer::Line(_)) => Mode::Line,
            Some(Layer::Write(_)) => Mode::Write,
            Some(Layer::Units(_)) => Mode::Units,
            Some(Layer::Meeting) => Mode::Meeting,
        }
    }

    /// Returns where the panes stand.
    pub fn panes(&self) -> Panes {
        let detail_open = self.layers.contains(&Layer::Detail);
        let panes = Panes::of(self.size, detail_open);
        if self.is_fresh() {
            panes.with_tip()
        } else {
            panes
        }
    }

    /// Tells whether nothing has ever been done with this checklist.
    pub fn is_fresh(&self) -> bool {
        self.progress.changes().len() == 0
    }

    /// Returns the clause that the meeting on the screen is at.
    pub fn discussed(&self) -> Option<usize> {
        let meeting = self.meeting.as_ref()?;
        self.layers
            .contains(&Layer::Meeting)
            .then(|| meeting.clause())?
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

    /// Says something until the next key.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            alarm: false,
        });
    }

    /// Says that something is wrong.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            alarm: true,
        });
    }
}
