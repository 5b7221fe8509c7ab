//! Progress: the fold of the journal over the document. Pure. May use: `document` and above.
//!
//! The fold does not depend on the order in which changes are inserted, and one inserted twice
//! counts once. Order of effect is (`at`, `id`, line bytes).

use crate::document::{Document, Node};
use compact_str::CompactString;
use fold::Fold;
use jiff::{Span, Timestamp, civil::Date, tz::Offset};
use std::sync::Arc;

pub mod carry;
pub mod change;
mod changes;
pub mod day;
mod fold;
pub mod follow;
pub mod journal;
pub mod pace;
pub mod told;
mod walk;

pub use change::{Body, Change, ChangeId, Draft, Due, Edit, Kind, Remark, Target};
pub use changes::Changes;
pub use told::{Did, Told};

/// The state that a clause is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Status {
    /// 未启动
    #[default]
    Todo,
    /// 推进中
    Doing,
    /// 已完成
    Done,
    /// 已销号: complete, and confirmed.
    Closed,
    /// 持续推进: has no end, outside the rate.
    Ongoing,
    /// 受阻
    Blocked,
    /// 不再实施: outside the rate.
    Dropped,
}

impl Status {
    /// All statuses in the order of the table in the design (and of the digits 1 to 7).
    pub const ALL: [Self; 7] = [
        Self::Todo,
        Self::Doing,
        Self::Done,
        Self::Closed,
        Self::Ongoing,
        Self::Blocked,
        Self::Dropped,
    ];

    /// Returns the word that files and the command line use.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Closed => "closed",
            Self::Ongoing => "ongoing",
            Self::Blocked => "blocked",
            Self::Dropped => "dropped",
        }
    }

    /// Returns the key of its name in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Todo => "status.todo",
            Self::Doing => "status.doing",
            Self::Done => "status.done",
            Self::Closed => "status.closed",
            Self::Ongoing => "status.ongoing",
            Self::Blocked => "status.blocked",
            Self::Dropped => "status.dropped",
        }
    }

    /// Returns the box that stands before a clause, three columns in every policy.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Todo => "[ ]",
            Self::Doing => "[~]",
            Self::Done => "[x]",
            Self::Closed => "[X]",
            Self::Ongoing => "[>]",
            Self::Blocked => "[!]",
            Self::Dropped => "[-]",
        }
    }

    /// Returns the status with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.id() == id)
    }

    /// Tells whether it counts as complete.
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Done | Self::Closed)
    }

    /// Tells whether work on it is still owed.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing | Self::Blocked)
    }

    /// Tells whether it counts in 完成率 at all.
    pub const fn is_rated(self) -> bool {
        !matches!(self, Self::Ongoing | Self::Dropped)
    }
}

/// Counts of clauses by status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    counts: [usize; 7],
}

impl Tally {
    /// Returns how many clauses have this status.
    pub const fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// Adds one clause of this status.
    pub const fn add(&mut self, status: Status) {
        self.counts[status as usize] += 1;
    }

    /// Takes out one clause of this status.
    pub const fn remove(&mut self, status: Status) {
        self.counts[status as usize] -= 1;
    }

    /// Returns how many clauses were counted.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Returns 完成率 as numerator and denominator:
    /// (done + closed) / (total − ongoing − dropped).
    pub fn rate(&self) -> (usize, usize) {
        (
            self.count(Status::Done) + self.count(Status::Closed),
            self.total() - self.count(Status::Ongoing) - self.count(Status::Dropped),
        )
    }
}

/// One of the user's own steps under a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id within the clause (`k2`).
    pub id: CompactString,
    /// What is to be done.
    pub text: String,
    /// Its status (a step is ticked like a clause, and never counts in 完成率).
    pub status: Status,
}

/// The state of one clause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The status that the last standing change gave.
    pub status: Status,
    /// The deadline.
    pub due: Option<Due>,
    /// The name or contact of the person in charge.
    pub owner: Option<String>,
    /// All standing remarks, oldest first.
    pub remarks: Vec<Remark>,
    /// The user's own steps, in the order of their making.
    pub steps: Vec<Step>,
    /// When and by whom it was last changed (the clock's time, see [`Change::when`]).
    pub updated: Option<(Timestamp, CompactString)>,
}

/// Which fields of a clause somebody has set, be it to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Given {
    /// The status.
    pub status: bool,
    /// The deadline.
    pub due: bool,
    /// The person in charge.
    pub owner: bool,
}

/// What [`Progress::insert`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// It is new.
    New,
    /// The same line was there already.
    Known,
    /// Another line has the same id; the greater of the two counts.
    Conflict,
}

/// The fold: the state of every clause after the changes inserted so far.
#[derive(Debug, Clone)]
pub struct Progress {
    fold: Fold,
}

/// Which lines an undo or redo walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk<'a> {
    /// Those of one person in one session. (A session's few digits may come twice in a long
    /// journal, so the person is named too: nobody takes back a colleague's change.)
    Session {
        /// The session.
        session: &'a str,
        /// The person.
        by: &'a str,
    },
    /// Those of one person.
    By(&'a str),
}

/// How a deadline stands on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// 逾期: the day is past and the clause is open.
    Overdue,
    /// 临期: within the days ahead, and open.
    Soon,
}

impl Record {
    /// Returns whether the clause is overdue (逾期) or due soon (临期) on this day; derived, never
    /// stored. Only an open clause can be either.
    pub fn urgency(&self, today: Date, days_ahead: i32) -> Option<Urgency> {
        let Some(Due::Date(due)) = self.due.filter(|_| self.status.is_open()) else {
            return None;
        };
        if due < today {
            return Some(Urgency::Overdue);
        }
        // A horizon past the calendar's end includes every day.
        let days = Span::new().try_days(days_ahead);
        let horizon = days.and_then(|days| today.checked_add(days));
        let horizon = horizon.unwrap_or(Date::MAX);
        (due <= horizon).then_some(Urgency::Soon)
    }
}

/// The record of a clause that nobody has touched.
static UNTOUCHED: Record = Record {
    status: Status::Todo,
    due: None,
    owner: None,
    remarks: Vec::new(),
    steps: Vec::new(),
    updated: None,
};

impl Progress {
    /// Returns the progress of a document that nobody has touched.
    pub fn new(document: Arc<Document>) -> Self {
        Self {
            fold: Fold::new(document),
        }
    }

    /// Returns the document.
    pub fn document(&self) -> &Arc<Document> {
        &self.fold.document
    }

    /// Takes in one change. The result does not depend on the order of calls.
    pub fn insert(&mut self, change: Change) -> Inserted {
        self.fold.insert(change, false)
    }

    /// Takes in a draft as if it were appended now, to be shown before it is durable: its time is
    /// `now`, or later than every known change. [`Progress::confirm`] puts the written line in its
    /// place.
    pub fn propose(&mut self, draft: &Draft, now: Timestamp) {
        let at = change::next_at(now, self.last_at());
        let clock = change::clock(now, at);
        self.fold.insert(draft.at(at, clock, Offset::UTC), true);
    }

    /// Replaces the proposed change of this id by the line as it was written.
    pub fn confirm(&mut self, change: Change) {
        self.fold.insert(change, false);
    }

    /// Takes a proposed change back out, as if it had never been made; one that is written stays.
    pub fn withdraw(&mut self, id: &str) {
        if let Some(row) = self.fold.find(id)
            && self.fold.rows.get(row).proposed
        {
            self.fold.remove(row);
        }
    }

    /// Returns the state of a clause.
    pub fn record(&self, clause: usize) -> &Record {
        let fold = self.fold.clause(clause);
        fold.map_or(&UNTOUCHED, |f| &f.record)
    }

    /// Returns the status of a clause.
    pub fn status(&self, clause: usize) -> Status {
        self.record(clause).status
    }

    /// Returns when and by whom a clause was given its present status (the clock's time); nothing
    /// where nobody gave it one.
    pub fn status_given(&self, clause: usize) -> Option<(Timestamp, &str)> {
        let row = self.fold.clause(clause)?.status_row()?;
        let row = self.fold.rows.get(row);
        Some((row.when, self.fold.names.text(row.by)))
    }

    /// Returns which fields of a clause somebody has set; one put back to what it was is set too.
    pub fn given(&self, clause: usize) -> Given {
        let fold = self.fold.clause(clause);
        fold.map_or_else(Given::default, fold::clause::ClauseFold::given)
    }

    /// Tells whether somebody has ticked a step of a clause, or unticked it.
    pub fn is_ticked(&self, clause: usize, step: &str) -> bool {
        let number = self.fold.names.find(step);
        let fold = self.fold.clause(clause).zip(number);
        fold.is_some_and(|(fold, step)| fold.is_ticked(step))
    }

    /// Returns the status that the clause had before the standing change that gave it its
    /// present one (for Space: done → what it was before).
    pub fn status_before(&self, clause: usize) -> Status {
        let fold = self.fold.clause(clause);
        fold.map_or(Status::Todo, fold::clause::ClauseFold::status_before)
    }

    /// Returns the counts of the whole document.
    pub fn total(&self) -> Tally {
        self.fold.tallies.total
    }

    /// Returns the counts of a node.
    pub fn tally(&self, node: Node) -> Tally {
        let tallies = &self.fold.tallies;
        match node {
            Node::Chapter(i) => tallies.chapters[i],
            Node::Measure(i) => tallies.measures[i],
            Node::Clause(i) => {
                let mut tally = Tally::default();
                tally.add(self.status(i));
                tally
            }
        }
    }

    /// Returns all changes in order of effect, retracted and proposed ones included. Each is read
    /// from its line as it is asked for, since keeping 100,000 of them would need 50 MB; skipping
    /// (`nth`, `skip`) reads nothing.
    pub fn changes(&self) -> Changes<'_> {
        Changes::new(&self.fold)
    }

    /// Returns the change with this id.
    pub fn change(&self, id: &str) -> Option<Change> {
        self.fold.change(self.fold.find(id)?)
    }

    /// Tells whether the change with this id stands: it is there, and no standing retract names it.
    pub fn stands(&self, id: &str) -> bool {
        let row = self.fold.find(id);
        row.is_some_and(|row| self.fold.rows.stands(row))
    }

    /// Returns the latest `at`.
    pub fn last_at(&self) -> Option<Timestamp> {
        let last = self.fold.order.last()?;
        Some(self.fold.rows.get(last).at)
    }

    /// Returns the clause ids that changes name and the document does not have, with how many
    /// edits name each.
    pub fn unknown(&self) -> Vec<(&str, usize)> {
        let unknown = self.fold.unknown.iter();
        unknown.map(|(id, count)| (id.as_str(), *count)).collect()
    }

    /// Returns the ids that stand on more than one line, with how many lines lost to the one that
    /// counts.
    pub fn conflicts(&self) -> Vec<(&str, usize)> {
        let conflicts = self.fold.conflicts.iter();
        conflicts
            .map(|(id, lines)| (id.as_str(), lines.len()))
            .collect()
    }

    /// Returns the clauses that any change has named, in the document's order.
    pub fn touched(&self) -> Vec<usize> {
        self.fold.touched().collect()
    }

    /// Returns the owners given so far, each once, latest first.
    pub fn owners(&self) -> Vec<&str> {
        let fold = &self.fold;
        let given = fold.owners.iter();
        let mut owners: Vec<_> = given
            .filter_map(|(name, rows)| rows.last().map(|&last| (last, *name)))
            .collect();
        // One set may give several owners: names then decide, so the order is always the same.
        owners.sort_by(|a, b| {
            let by_name = || fold.names.text(a.1).cmp(fold.names.text(b.1));
            fold.rows.cmp(b.0, a.0).then_with(by_name)
        });
        owners.into_iter().map(|o| fold.names.text(o.1)).collect()
    }
}

#[cfg(test)]
mod tests;
