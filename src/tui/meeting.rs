//! A meeting: its agenda, position and durations. Pure.
//!
//! There is no timer: durations are computed on demand from the time of the last key.

use super::renumber::Renumbering;
use compact_str::CompactString;
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

mod saved;

/// A meeting in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The agenda's name: a unit, a query.
    topic: String,
    /// The clauses on the agenda, in document order.
    clauses: Vec<usize>,
    /// Index of the one in discussion.
    at: usize,
    /// A clause in discussion that is not on the agenda.
    aside: Option<usize>,
    /// When it began.
    began: Timestamp,
    /// When the clause in discussion came up.
    turned: Timestamp,
    /// Time spent on clauses before that.
    spent: BTreeMap<usize, SignedDuration>,
    /// Every clause that was ever on the agenda.
    covered: BTreeSet<usize>,
    /// The sessions it was held in.
    sessions: BTreeSet<CompactString>,
    /// The last search in it.
    pub sought: MeetingSearch,
    /// The clause's scroll position in lines.
    pub scroll: usize,
    /// Whether to scroll to what it has just changed.
    pub shows_news: bool,
}

/// A search in a meeting and its result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingSearch {
    /// The query as typed.
    pub text: String,
    /// The clauses found, in document order.
    pub found: Vec<usize>,
    /// The best on the agenda, otherwise the best of all.
    pub best: Option<usize>,
}

impl Meeting {
    /// Returns a meeting that begins now.
    pub fn new(topic: String, clauses: Vec<usize>, now: Timestamp) -> Self {
        let mut meeting = Self {
            topic: String::new(),
            clauses: Vec::new(),
            at: 0,
            aside: None,
            began: now,
            turned: now,
            spent: BTreeMap::new(),
            covered: BTreeSet::new(),
            sessions: BTreeSet::new(),
            sought: MeetingSearch::default(),
            scroll: 0,
            shows_news: false,
        };
        meeting.go_on_with(topic, clauses, now);
        meeting
    }

    /// Continues the same meeting with another agenda.
    pub fn go_on_with(&mut self, topic: String, clauses: Vec<usize>, now: Timestamp) {
        self.clock_off(now);
        self.covered.extend(&clauses);
        (self.topic, self.clauses, self.at) = (topic, clauses, 0);
        (self.aside, self.scroll) = (None, 0);
    }

    /// Updates the clauses to a document with other added items.
    pub fn renumber(&mut self, to: &Renumbering) {
        let before = self.clauses.get(..self.at).unwrap_or_default();
        let gone = before
            .iter()
            .filter(|clause| to.clause(**clause).is_none())
            .count();
        to.clauses(&mut self.clauses);
        self.at = (self.at - gone).min(self.clauses.len().saturating_sub(1));
        self.aside = self.aside.and_then(|clause| to.clause(clause));
        to.set(&mut self.covered);
        to.clauses(&mut self.sought.found);
        self.sought.best = self.sought.best.and_then(|clause| to.clause(clause));
        let spent = std::mem::take(&mut self.spent).into_iter();
        let spent = spent.filter_map(|(clause, time)| Some((to.clause(clause)?, time)));
        self.spent = spent.collect();
    }

    /// Returns the agenda's name.
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// Returns the clauses on the agenda.
    pub fn clauses(&self) -> &[usize] {
        &self.clauses
    }

    /// Returns every clause that was ever on the agenda.
    pub const fn covered(&self) -> &BTreeSet<usize> {
        &self.covered
    }

    /// Returns the clause in discussion; `None` if the agenda is empty.
    pub fn clause(&self) -> Option<usize> {
        self.aside.or_else(|| self.clauses.get(self.at).copied())
    }

    /// Returns whether the clause in discussion is not on the agenda.
    pub const fn is_aside(&self) -> bool {
        self.aside.is_some()
    }

    /// Returns whether a clause is on the agenda.
    pub fn has(&self, clause: usize) -> bool {
        self.clauses.binary_search(&clause).is_ok()
    }

    /// Returns the position on the agenda, from 1, and the agenda's length.
    pub fn place(&self) -> (usize, usize) {
        (self.at + 1, self.clauses.len())
    }

    /// Returns when it began.
    pub const fn began(&self) -> Timestamp {
        self.began
    }

    /// Goes to the next or previous clause; returns whether there was one. From a clause off the
    /// agenda, it returns to where the agenda was left.
    pub fn step(&mut self, down: bool, now: Timestamp) -> bool {
        if self.is_aside() {
            return self.go(self.at, now);
        }
        let to = if down {
            Some(self.at + 1).filter(|to| *to < self.clauses.len())
        } else {
            self.at.checked_sub(1)
        };
        to.is_some_and(|to| self.go(to, now))
    }

    /// Goes to a clause; returns whether it is on the agenda.
    pub fn turn_to(&mut self, clause: usize, now: Timestamp) -> bool {
        let to = self.clauses.iter().position(|c| *c == clause);
        to.is_some_and(|to| self.go(to, now))
    }

    /// Goes to a clause even if it is not on the agenda, which then keeps its place; returns
    /// whether it is.
    pub fn visit(&mut self, clause: usize, now: Timestamp) -> bool {
        if self.turn_to(clause, now) {
            return true;
        }
        if self.aside != Some(clause) {
            self.clock_off(now);
            self.covered.insert(clause);
            (self.aside, self.scroll) = (Some(clause), 0);
        }
        false
    }

    fn go(&mut self, to: usize, now: Timestamp) -> bool {
        if to != self.at || self.is_aside() {
            self.clock_off(now);
            (self.at, self.aside, self.scroll) = (to, None, 0);
        }
        true
    }

    /// Interrupts the meeting.
    pub fn pause(&mut self, now: Timestamp) {
        self.clock_off(now);
    }

    /// Resumes the meeting. The interruption does not count for the clause in discussion.
    pub const fn resume(&mut self, now: Timestamp) {
        self.turned = now;
    }

    /// Records that it is held in this session.
    pub fn note_session(&mut self, session: &str) {
        self.sessions.insert(session.into());
    }

    /// Returns whether at least a part of it was held in this session.
    pub fn was_held_in(&self, session: &str) -> bool {
        self.sessions.contains(session)
    }

    /// Books the time of the clause in discussion.
    fn clock_off(&mut self, now: Timestamp) {
        if let Some(clause) = self.clause() {
            *self.spent.entry(clause).or_default() += now.duration_since(self.turned);
        }
        self.turned = now;
    }

    /// Returns the duration of the meeting, and of the clause in discussion.
    pub fn elapsed(&self, now: Timestamp) -> (SignedDuration, SignedDuration) {
        let before = self.clause().and_then(|c| self.spent.get(&c));
        let item = now.duration_since(self.turned) + before.copied().unwrap_or_default();
        (now.duration_since(self.began), item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).unwrap()
    }

    fn elapsed(meeting: &Meeting, now: i64) -> (i64, i64) {
        let (whole, item) = meeting.elapsed(at(now));
        (whole.as_secs(), item.as_secs())
    }

    #[test]
    fn it_steps_within_its_agenda() {
        let mut meeting = Meeting::new("天津海关".into(), vec![3, 5, 8], at(0));
        assert!(!meeting.step(false, at(1)));
        assert!(meeting.step(true, at(1)) && meeting.step(true, at(2)));
        assert!(!meeting.step(true, at(3)));
        assert_eq!((meeting.clause(), meeting.place()), (Some(8), (3, 3)));
        assert!(meeting.turn_to(5, at(4)) && !meeting.turn_to(4, at(4)));
        assert_eq!(meeting.clause(), Some(5));
    }

    #[test]
    fn time_adds_up_for_a_clause_that_comes_up_again() {
        let mut meeting = Meeting::new(String::new(), vec![3, 5], at(0));
        assert_eq!(elapsed(&meeting, 60), (60, 60));
        meeting.step(true, at(60));
        assert_eq!(elapsed(&meeting, 90), (90, 30));
        meeting.step(false, at(100));
        assert_eq!(elapsed(&meeting, 105), (105, 65));
        meeting.go_on_with(String::new(), vec![5], at(110));
        assert_eq!(elapsed(&meeting, 111), (111, 41));
        assert_eq!(meeting.covered().len(), 2);
    }

    #[test]
    fn a_clause_out_of_order_leaves_the_agenda_where_it_is() {
        let mut meeting = Meeting::new(String::new(), vec![3, 5, 8], at(0));
        meeting.step(true, at(10));
        assert!(!meeting.visit(6, at(20)));
        assert_eq!((meeting.clause(), meeting.place()), (Some(6), (2, 3)));
        assert_eq!(elapsed(&meeting, 25), (25, 5));
        assert!(meeting.is_aside() && meeting.covered().contains(&6) && !meeting.has(6));
        for down in [true, false] {
            meeting.visit(6, at(25));
            assert!(meeting.step(down, at(30)));
            assert_eq!((meeting.clause(), meeting.is_aside()), (Some(5), false));
        }
        assert!(meeting.visit(8, at(30)) && !meeting.is_aside());
        // From outside to the very clause where the agenda was left.
        meeting.visit(6, at(31));
        assert!(meeting.visit(8, at(32)));
        assert_eq!(meeting.clause(), Some(8));
    }

    #[test]
    fn an_empty_agenda_can_be_left() {
        let mut meeting = Meeting::new(String::new(), vec![], at(0));
        assert!(!meeting.step(true, at(1)) && !meeting.step(false, at(1)));
        assert_eq!(meeting.clause(), None);
    }
}
