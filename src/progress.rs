//! Progress: the fold of the journal over the document. Pure.
//!
//! The result does not depend on the order in which changes are inserted, and one inserted twice
//! counts once. Changes take effect in order of (`at`, `id`, line bytes).

use crate::document::{Document, Node};
use compact_str::CompactString;
use fold::Fold;
use jiff::{Timestamp, tz::Offset};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, OnceLock},
};

pub mod carry;
pub mod change;
mod fold;
pub mod follow;
pub mod history;
mod items;
pub mod journal;
pub mod pace;
pub mod past;
pub mod reminder;
mod status;
mod urgency;
mod walk;

pub use crate::day::Due;
use crate::day::days_between;
pub use change::{Body, Change, ChangeId, Draft, Edit, Kind, Remark, Target, TooLong};
pub use status::{Status, Tally, percent};
pub use urgency::Urgency;

/// One of the user's own steps under a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id within the clause (`k2`).
    pub id: CompactString,
    /// What is to be done.
    pub text: String,
    /// Its status. Steps are ticked like clauses and never count in 完成率.
    pub status: Status,
    /// Its own deadline.
    pub due: Option<Due>,
}

/// The state of one clause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// The status set by the last standing change.
    pub status: Status,
    /// The deadline.
    pub due: Option<Due>,
    /// When its deadline was set; `None` if the document gives it. Moving it does not count.
    pub dated: Option<Timestamp>,
    /// Name or contact of the person in charge.
    pub owner: Option<String>,
    /// All standing remarks, oldest first.
    pub remarks: Vec<Remark>,
    /// The user's own steps, in the order of their making, or as they were moved since.
    pub steps: Vec<Step>,
    /// When (see [`Change::when`]) and by whom it was last changed.
    pub updated: Option<(Timestamp, CompactString)>,
}

/// How a deadline was moved later (延期).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The deadline before it was first moved later.
    pub first: Due,
    /// How many times it was moved later.
    pub times: usize,
    /// Who moved it later the last time.
    pub by: CompactString,
    /// When that was (the clock's time).
    pub at: Timestamp,
}

impl Slip {
    /// Returns how many days later a deadline is than the first one was; `None` if one of them is
    /// not a day, or if it is not later any more.
    pub fn days(&self, due: Option<Due>) -> Option<i32> {
        let (Due::Date(first), Due::Date(due)) = (self.first, due?) else {
            return None;
        };
        i32::try_from(days_between(first, due))
            .ok()
            .filter(|days| *days > 0)
    }
}

/// Which fields of a clause somebody has set, even to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Given {
    /// The status.
    pub status: bool,
    /// The deadline.
    pub due: bool,
    /// The person in charge.
    pub owner: bool,
}

/// The outcome of [`Progress::insert`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// The change is new.
    New,
    /// The same line is already there.
    Known,
    /// Another line has the same id; the greater of the two counts.
    Conflict,
}

/// The changes inserted so far, and the state of every clause that follows from them.
///
/// Folding is lazy. A change that comes last and retracts nothing, as most do, is added to the
/// existing fold; after any other, everything is folded again.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The document itself, without added items.
    base: Arc<Document>,
    /// One per id, in order of insertion.
    changes: Vec<Change>,
    by_id: HashMap<ChangeId, usize>,
    /// Those shown before they are durable.
    proposed: HashSet<ChangeId>,
    /// Lines that lost to another line with the same id.
    lost: BTreeMap<ChangeId, HashSet<Box<str>>>,
    fold: OnceLock<Fold>,
    /// When the user was last here.
    visit: Option<past::Visit>,
}

/// Which changes an undo or redo walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk<'a> {
    /// Those of one person in one session. A short session id may occur twice in a long journal, so
    /// the person is named too: a colleague's change is never taken back.
    Session {
        /// The session.
        session: &'a str,
        /// The person.
        by: &'a str,
    },
    /// Those that one person made or ran.
    By(&'a str),
}

impl Record {
    /// Returns the texts of the standing remarks of a kind, oldest first.
    pub fn remarks_of(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &str> {
        let remarks = self.remarks.iter().filter(move |r| r.kind == kind);
        remarks.map(|r| r.text.as_str())
    }
}

/// Record of an untouched clause.
static UNTOUCHED: Record = Record {
    status: Status::Todo,
    due: None,
    dated: None,
    owner: None,
    remarks: Vec::new(),
    steps: Vec::new(),
    updated: None,
};

impl Progress {
    /// Returns the progress of an untouched document.
    pub fn new(document: Arc<Document>) -> Self {
        Self {
            base: document,
            changes: Vec::new(),
            by_id: HashMap::new(),
            proposed: HashSet::new(),
            lost: BTreeMap::new(),
            fold: OnceLock::new(),
            visit: None,
        }
    }

    /// Returns the progress that follows from these changes alone, with this one's clauses, so that
    /// the two can be compared. Of two lines with one id, the one that counts here is used.
    #[must_use]
    pub fn only(&self, keeps: impl FnMut(&Change) -> bool) -> Self {
        self.part(Arc::clone(self.document()), keeps)
    }

    fn part(&self, document: Arc<Document>, mut keeps: impl FnMut(&Change) -> bool) -> Self {
        let mut part = Self::new(document);
        part.visit.clone_from(&self.visit);
        for change in self.changes.iter().filter(|c| keeps(c)) {
            part.insert(change.clone());
        }
        // A line may have lost to one that is not among these.
        let lost = self.lost.values().flatten();
        for change in lost.filter_map(|line| Change::read(line).ok()) {
            if keeps(&change) {
                part.insert(change);
            }
        }
        part
    }

    /// Returns the document, with the added items from the changes.
    pub fn document(&self) -> &Arc<Document> {
        &self.fold().document
    }

    /// Returns the document itself, without added items.
    pub const fn base(&self) -> &Arc<Document> {
        &self.base
    }

    /// Inserts a change. The result does not depend on the order of calls.
    pub fn insert(&mut self, change: Change) -> Inserted {
        self.take(change, false)
    }

    /// Inserts a draft as if it were appended now, to show it before it is durable: its time is
    /// `now`, or later than every known change. The written line, once inserted, replaces it.
    pub fn propose(&mut self, draft: &Draft, now: Timestamp) {
        let at = change::next_at(now, self.last_at());
        let clock = change::clock(now, at);
        self.take(draft.at(at, clock, Offset::UTC), true);
    }

    /// Removes a proposed change as if it had never been made; a written one stays.
    pub fn withdraw(&mut self, id: &str) {
        if !self.proposed.remove(id) {
            return;
        }
        let Some(place) = self.by_id.remove(id) else {
            return;
        };
        self.changes.swap_remove(place);
        if let Some(moved) = self.changes.get(place) {
            self.by_id.insert(moved.id.clone(), place);
        }
        self.fold.take();
    }

    fn take(&mut self, mut change: Change, proposed: bool) -> Inserted {
        if change.line.is_empty() {
            change.line = change.to_line(Offset::UTC).into();
        }
        self.withdraw(&change.id);
        let id = change.id.clone();
        let Some(&place) = self.by_id.get(&id) else {
            if proposed {
                self.proposed.insert(id.clone());
            }
            self.by_id.insert(id, self.changes.len());
            self.changes.push(change);
            let is_added = |fold: &mut Fold| fold.append(&self.changes);
            if !self.fold.get_mut().is_some_and(is_added) {
                self.fold.take();
            }
            return Inserted::New;
        };
        let known = &mut self.changes[place];
        let has_lost = || self.lost.get(&id).is_some_and(|l| l.contains(&change.line));
        if proposed || known.line == change.line || has_lost() {
            return Inserted::Known;
        }
        if (change.at, &change.line) > (known.at, &known.line) {
            std::mem::swap(known, &mut change);
            self.fold.take();
        }
        self.lost.entry(id).or_default().insert(change.line);
        Inserted::Conflict
    }

    fn fold(&self) -> &Fold {
        self.fold
            .get_or_init(|| Fold::new(&self.base, &self.changes, &self.by_id))
    }

    /// Returns the state of a clause.
    pub fn record(&self, clause: usize) -> &Record {
        let fold = self.fold().clause(clause);
        fold.map_or(&UNTOUCHED, |f| &f.record)
    }

    /// Returns the status of a clause.
    pub fn status(&self, clause: usize) -> Status {
        self.record(clause).status
    }

    /// Returns when (by the clock) and by whom a clause got its present status; `None` if nobody
    /// set one.
    pub fn status_given(&self, clause: usize) -> Option<(Timestamp, &str)> {
        let place = self.fold().clause(clause)?.status?;
        let change = self.at(place);
        Some((change.when(), &change.by))
    }

    /// Returns which fields of a clause somebody has set, even back to their defaults.
    pub fn given(&self, clause: usize) -> Given {
        let fold = self.fold().clause(clause);
        fold.map_or_else(Given::default, |fold| Given {
            status: fold.status.is_some(),
            due: fold.due.is_some(),
            owner: fold.owner.is_some(),
        })
    }

    /// Returns how a clause's deadline slipped (延期); `None` where it was never moved later.
    pub fn slip(&self, clause: usize) -> Option<&Slip> {
        self.fold().clause(clause)?.slip.as_deref()
    }

    /// Returns whether somebody has ticked or unticked a step.
    pub fn is_ticked(&self, clause: usize, step: &str) -> bool {
        let fold = self.fold().clause(clause);
        fold.is_some_and(|fold| fold.steps.places(step)[0].is_some())
    }

    /// Returns the status before the standing change that set the present one, for Space to
    /// restore.
    pub fn status_before(&self, clause: usize) -> Status {
        let fold = self.fold().clause(clause);
        fold.map_or(Status::Todo, |fold| fold.status_before)
    }

    /// Returns the counts of the whole document, or of a list that has added items only.
    pub fn total(&self) -> Tally {
        self.count(self.document().rated())
    }

    /// Returns the counts of a node.
    pub fn tally(&self, node: Node) -> Tally {
        self.count(self.document().clauses_of(node))
    }

    fn count(&self, clauses: std::ops::Range<usize>) -> Tally {
        let mut tally = Tally::default();
        clauses.for_each(|clause| tally.add(self.status(clause)));
        tally
    }

    /// Returns all changes in order of effect, including retracted and proposed ones.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = &Change> + ExactSizeIterator + Clone {
        self.fold().order.iter().map(|&place| &self.changes[place])
    }

    /// Returns the change with this id.
    pub fn change(&self, id: &str) -> Option<&Change> {
        self.by_id.get(id).map(|&place| &self.changes[place])
    }

    /// Returns whether the change with this id stands: it exists, and no standing retract names it.
    pub fn stands(&self, id: &str) -> bool {
        let place = self.place(id);
        place.is_some_and(|place| self.fold().stands[place])
    }

    /// Returns the latest `at`.
    pub fn last_at(&self) -> Option<Timestamp> {
        self.changes.iter().map(|change| change.at).max()
    }

    /// Returns the clause ids that changes name but the document lacks, with the number of edits
    /// for each.
    pub fn unknown(&self) -> Vec<(&str, usize)> {
        let unknown = self.fold().unknown.iter();
        unknown.map(|(id, count)| (id.as_str(), *count)).collect()
    }

    /// Returns the ids used by more than one line, with the number of lines that lost.
    pub fn conflicts(&self) -> Vec<(&str, usize)> {
        let lost = self.lost.iter();
        lost.map(|(id, lines)| (id.as_str(), lines.len())).collect()
    }

    /// Returns the clauses that any change has named, in document order.
    pub fn touched(&self) -> Vec<usize> {
        let clauses = 0..self.document().clauses.len();
        clauses
            .filter(|&clause| self.fold().clause(clause).is_some())
            .collect()
    }

    /// Returns the owners set so far without duplicates, latest first.
    pub fn owners(&self) -> Vec<&str> {
        let given = self.fold().owners.iter();
        let mut owners: Vec<_> = given
            .map(|(name, place)| (Reverse(*place), &**name))
            .collect();
        // One set can name several owners; names then decide, to keep the order stable.
        owners.sort_unstable();
        owners.into_iter().map(|(_, name)| name).collect()
    }

    /// Returns the change at a position in the order of effect.
    fn at(&self, place: usize) -> &Change {
        &self.changes[self.fold().order[place]]
    }

    /// Returns a change's position in the order of effect.
    fn place(&self, id: &str) -> Option<usize> {
        let change = self.by_id.get(id)?;
        self.fold().places.get(*change).copied()
    }
}

#[cfg(test)]
mod tests;
