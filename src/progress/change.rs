//! One line of the journal: a change, and what it sets.

use super::Status;
use crate::{day::Due, document::ClauseId, locale::Lang};
use compact_str::CompactString;
use jiff::{Timestamp, tz::Offset};
use std::{fmt, str::FromStr};

mod limit;
mod read;
mod write;

pub use limit::TooLong;
pub use read::Flaw;
pub(super) use read::{END, is_whole};

/// Identity of a change: 10 random base-32 characters, or whatever a foreign line has.
pub type ChangeId = CompactString;

/// A change: one line, one set of edits (all or nothing), or the retraction of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Orders changes; later than every `at` in the file when it was appended.
    pub at: Timestamp,
    /// The clock's time, if it differs from `at` by over a second.
    pub clock: Option<Timestamp>,
    /// Who made it.
    pub by: CompactString,
    /// Who ran it, if that is somebody else: a ledger that a unit signed.
    pub via: Option<CompactString>,
    /// The process (or `KOUAN_SESSION`) that made it.
    pub session: CompactString,
    /// Its identity.
    pub id: ChangeId,
    /// Its content.
    pub body: Body,
    /// The line in the file without its end; empty until it is written.
    pub line: Box<str>,
}

/// The 32 digits of ids, chosen to be hard to confuse.
pub const DIGITS: &[u8; 32] = b"0123456789abcdefhjkmnpqrstuvwxyz";

/// Returns random base-32 digits: 10 for a change's id, a few for a session's.
pub fn random_id(digits: usize) -> CompactString {
    let digit = |_| char::from(DIGITS[(crate::files::random() % 32) as usize]);
    (0..digits).map(digit).collect()
}

/// Returns the `at` of a change made now: the clock's millisecond, or the next one after the latest
/// `at`.
pub(super) fn next_at(now: Timestamp, last: Option<Timestamp>) -> Timestamp {
    let millis = match last {
        Some(last) if last >= floor(now) => last.as_millisecond().saturating_add(1),
        _ => now.as_millisecond(),
    };
    // At the end of the calendar (a line with a wild time), ids decide the order.
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
}

/// Returns the clock's time if `at` is over a second away from it.
pub(super) fn clock(now: Timestamp, at: Timestamp) -> Option<Timestamp> {
    let now = floor(now);
    (at.duration_since(now).unsigned_abs() > std::time::Duration::from_secs(1)).then_some(now)
}

/// Truncates a time to milliseconds.
fn floor(time: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time)
}

impl Change {
    /// Parses one line of a journal, without its end.
    ///
    /// # Errors
    ///
    /// Why the line is not a change.
    pub fn read(line: &str) -> Result<Self, Flaw> {
        read::change(line)
    }

    /// Returns the canonical line of this change without its end, with times at this UTC offset.
    pub fn to_line(&self, offset: Offset) -> String {
        write::line(self, offset)
    }

    /// Returns its edits; a retraction has none.
    pub fn edits(&self) -> &[Edit] {
        self.body.edits()
    }

    /// Returns whether this person made or ran it.
    pub fn is_of(&self, name: &str) -> bool {
        self.by == name || self.via.as_deref() == Some(name)
    }

    /// Returns the clock's time, which people read and filter by.
    pub fn when(&self) -> Timestamp {
        self.clock.unwrap_or(self.at)
    }
}

/// A change without a time, and so without a place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who makes it.
    pub by: CompactString,
    /// Who runs it, if that is somebody else.
    pub via: Option<CompactString>,
    /// The session that makes it.
    pub session: CompactString,
    /// Its identity, from [`Draft::new`].
    pub id: ChangeId,
    /// Its content.
    pub body: Body,
}

impl Draft {
    /// Returns a draft with a new random id.
    pub fn new(
        by: impl Into<CompactString>,
        session: impl Into<CompactString>,
        body: Body,
    ) -> Self {
        Self {
            by: by.into(),
            via: None,
            session: session.into(),
            id: random_id(10),
            body,
        }
    }

    /// Returns the change that this draft becomes at a time, with its line.
    pub fn at(&self, at: Timestamp, clock: Option<Timestamp>, offset: Offset) -> Change {
        let mut change = Change {
            at,
            clock,
            by: self.by.clone(),
            via: self.via.clone(),
            session: self.session.clone(),
            id: self.id.clone(),
            body: self.body.clone(),
            line: Box::default(),
        };
        change.line = change.to_line(offset).into();
        change
    }
}

impl Draft {
    /// Returns its edits; a retraction has none.
    pub fn edits(&self) -> &[Edit] {
        self.body.edits()
    }
}

/// The content of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// One edit (the short form) or several (`edits`), all or nothing.
    Edits(Vec<Edit>),
    /// Retracts the change with this id.
    Retract(ChangeId),
}

impl Body {
    /// Returns its edits; a retraction has none.
    pub fn edits(&self) -> &[Edit] {
        match self {
            Self::Edits(edits) => edits,
            Self::Retract(_) => &[],
        }
    }
}

/// What an edit is about: a clause, one of its steps (`16.3/k2`), or an added item (`+k7`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    /// The clause's id as written; the document need not have it.
    pub clause: CompactString,
    /// The step's id.
    pub step: Option<CompactString>,
}

/// What a change sets on one clause; fields that are `None` stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The clause or step.
    pub target: Target,
    /// A new status.
    pub status: Option<Status>,
    /// A new deadline, or `Some(None)` to clear it.
    pub due: Option<Option<Due>>,
    /// A new owner, or `Some(None)` to clear it.
    pub owner: Option<Option<String>>,
    /// A remark and its kind.
    pub remark: Option<(Kind, String)>,
    /// A new step of the clause: its id and text.
    pub step: Option<(CompactString, String)>,
    /// Makes the target an added item for which these units are responsible; `text` is its text.
    pub item: Option<Vec<String>>,
    /// The text of a step or item, or `Some(None)` to remove it.
    pub text: Option<Option<String>>,
    /// The step after which a step is moved, or `Some(None)` for the first place.
    pub after: Option<Option<CompactString>>,
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// 进展
    #[default]
    Progress,
    /// 问题
    Problem,
    /// 下一步
    Next,
}

/// A standing remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The clock's time of its change.
    pub at: Timestamp,
    /// Who made it.
    pub by: CompactString,
    /// What it is about.
    pub kind: Kind,
    /// The text as typed; clean it before showing it.
    pub text: String,
}

impl Target {
    /// Returns the target that is this clause.
    pub fn clause(id: ClauseId) -> Self {
        Self {
            clause: compact_str::format_compact!("{id}"),
            step: None,
        }
    }
}

impl Edit {
    /// Returns an edit of this target that sets nothing yet.
    pub const fn new(target: Target) -> Self {
        Self {
            target,
            status: None,
            due: None,
            owner: None,
            remark: None,
            step: None,
            item: None,
            text: None,
            after: None,
        }
    }

    /// Returns the edit that makes an added item.
    pub fn item(id: ClauseId, text: impl Into<String>, units: Vec<String>) -> Self {
        Self {
            item: Some(units),
            text: Some(Some(text.into())),
            ..Self::new(Target::clause(id))
        }
    }

    /// Returns the edit that sets a clause's status.
    pub fn status(id: ClauseId, status: Status) -> Self {
        Self {
            status: Some(status),
            ..Self::new(Target::clause(id))
        }
    }
}

impl Kind {
    /// All kinds, in the order of the minutes.
    pub const ALL: [Self; 3] = [Self::Progress, Self::Problem, Self::Next];

    /// Returns the name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Problem => "problem",
            Self::Next => "next",
        }
    }

    /// Returns the key of its name in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Progress => "kind.progress",
            Self::Problem => "kind.problem",
            Self::Next => "kind.next",
        }
    }

    /// Returns the following kind, wrapping around.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Progress => Self::Problem,
            Self::Problem => Self::Next,
            Self::Next => Self::Progress,
        }
    }

    /// Returns what people may type for it: its id and its names.
    pub fn words(self) -> [&'static str; 3] {
        let [zh, en] = [Lang::ZhCn, Lang::En].map(|lang| lang.text(self.name_key()));
        [self.id(), zh, en]
    }

    /// Returns the kind that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL.into_iter().find(|k| k.words().contains(&word))
    }

    /// Returns the kind with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.id() == id)
    }
}

impl Target {
    /// Returns the clause's id, if it has the form of one.
    pub fn clause_id(&self) -> Option<ClauseId> {
        self.clause.parse().ok()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clause)?;
        match &self.step {
            Some(step) => write!(f, "/{step}"),
            None => Ok(()),
        }
    }
}

/// `16.3` or `16.3/k2`; the part before `/` need not be a clause's number.
impl FromStr for Target {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (clause, step) = match text.split_once('/') {
            Some((clause, step)) => (clause, Some(step)),
            None => (text, None),
        };
        if clause.is_empty() || step == Some("") {
            return Err(());
        }
        Ok(Self {
            clause: clause.into(),
            step: step.map(Into::into),
        })
    }
}

#[cfg(test)]
mod tests;
