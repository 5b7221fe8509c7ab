//! The past: progress at a moment, week by week, and since somebody's last visit. Pure.
//!
//! A moment is compared with the clock's time of changes ([`Change::when`]), which people read and
//! filter by; `at` only orders, and runs ahead once somebody's clock was wrong. A line that arrives
//! late counts from when it was made; one made after the moment, even a retract, has not happened.

use super::{Body, Change, ChangeId, Due, Progress, Status, Tally};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use std::collections::BTreeSet;

#[cfg(test)]
mod tests;

/// The most weeks, counted back from today: ten years.
const MOST_WEEKS: usize = 520;

/// When somebody last looked at a checklist, and the journal's last change then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The clock's time.
    pub at: Timestamp,
    /// The last change in the journal.
    pub last: Option<ChangeId>,
}

/// The status of every clause at the end of each week, Monday to Sunday.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weeks {
    /// The Sundays, oldest first; the last one is today or ahead.
    pub ends: Vec<Date>,
    /// For each week, the status of each clause.
    statuses: Vec<Vec<Status>>,
    /// The present deadlines.
    due: Vec<Option<Due>>,
}

/// Returns the last moment of a day, or the last there is at the end of the calendar.
pub fn end_of(day: Date, zone: &TimeZone) -> Timestamp {
    let next = day.checked_add(1.day()).ok();
    let next = next.and_then(|next| next.to_zoned_datetime(zone.clone()).ok());
    let last = next.and_then(|next| next.timestamp().checked_sub(1.nanosecond()).ok());
    last.unwrap_or(Timestamp::MAX)
}

impl Progress {
    /// Returns the progress at a moment, without items added later.
    #[must_use]
    pub fn until(&self, moment: Timestamp) -> Self {
        self.part(self.base.clone(), |change| change.when() <= moment)
    }

    /// Returns the days on which changes were made, in order.
    pub fn days(&self, zone: &TimeZone) -> Vec<Date> {
        let day = |change: &Change| change.when().to_zoned_datetime(zone.clone()).date();
        let days: BTreeSet<Date> = self.changes.iter().map(day).collect();
        days.into_iter().collect()
    }

    /// Returns the weeks from the first change to today.
    pub fn weeks(&self, today: Date, zone: &TimeZone) -> Weeks {
        let first = self.changes.iter().map(Change::when).min();
        let Some(first) = first.map(|at| at.to_zoned_datetime(zone.clone()).date()) else {
            return Weeks::default();
        };
        let mut ends = Vec::new();
        let mut end = sunday(today);
        while ends.len() < MOST_WEEKS && (end >= first || ends.is_empty()) {
            ends.push(end);
            end = end.saturating_sub(7.days());
        }
        ends.reverse();
        let moments: Vec<Timestamp> = ends.iter().map(|end| end_of(*end, zone)).collect();
        let clauses = 0..self.document().clauses.len();
        Weeks {
            ends,
            statuses: self.statuses(&moments),
            due: clauses.map(|clause| self.record(clause).due).collect(),
        }
    }

    /// Returns the status of each clause at each of these moments, which are sorted.
    ///
    /// A fold would keep remarks, owners and steps too; with statuses alone a year of weeks takes
    /// no longer than one fold.
    fn statuses(&self, moments: &[Timestamp]) -> Vec<Vec<Status>> {
        let fold = self.fold();
        let when: Vec<Timestamp> = self.changes().map(Change::when).collect();
        let targets: Vec<Option<usize>> = (self.changes().enumerate())
            .map(|(place, change)| fold.target(change, place, &self.by_id))
            .collect();
        let given = self.changes().enumerate().flat_map(|(place, change)| {
            let own = change.edits().iter().filter(|e| e.target.step.is_none());
            own.filter_map(move |edit| {
                let clause = self.document().find(edit.target.clause_id()?)?;
                Some((place, clause, edit.status?))
            })
        });
        let given: Vec<(usize, usize, Status)> = given.collect();
        let mut times = when.clone();
        times.sort_unstable();
        let mut all: Vec<Vec<Status>> = Vec::new();
        let mut counted = 0;
        for moment in moments {
            let count = times.partition_point(|time| time <= moment);
            let same = (count == counted).then(|| all.last().cloned()).flatten();
            counted = count;
            all.push(same.unwrap_or_else(|| {
                let mut stands: Vec<bool> = when.iter().map(|when| when <= moment).collect();
                for place in (0..stands.len()).rev() {
                    if let Some(target) = targets[place].filter(|_| stands[place]) {
                        stands[target] = false;
                    }
                }
                let mut statuses = vec![Status::Todo; self.document().clauses.len()];
                for (_, clause, status) in given.iter().filter(|(place, ..)| stands[*place]) {
                    statuses[*clause] = *status;
                }
                statuses
            }));
        }
        all
    }

    /// Sets when the user was last here, for [`Progress::news`].
    pub fn set_visit(&mut self, visit: Option<Visit>) {
        self.visit = visit;
    }

    /// Returns the visit that ends now.
    pub fn visit(&self, now: Timestamp) -> Visit {
        let written = |c: &&Change| !self.proposed.contains(&c.id);
        let last = self.changes.iter().rfind(written);
        Visit {
            at: now,
            last: last.map(|change| change.id.clone()),
        }
    }

    /// Returns what others changed since a person was last here, in order of arrival: since the
    /// visit, or since the person's own last change if no visit is known. Each change comes with
    /// the set that it makes, retracts or restores; what came and went in the meantime is left out.
    pub fn news(&self, me: &str) -> Vec<(&Change, &Change)> {
        let place = |id: &ChangeId| self.by_id.get(id).copied();
        let known = self
            .visit
            .as_ref()
            .map(|visit| (visit.at, visit.last.as_ref()));
        let (first, after) = match known {
            // The journal was empty.
            Some((_, None)) => (0, None),
            // If the file was replaced and lacks the line, only the time is left.
            Some((at, Some(last))) => place(last).map_or((0, Some(at)), |last| (last + 1, None)),
            None => {
                let own = self.changes.iter().rposition(|change| change.is_of(me));
                (own.map_or(self.changes.len(), |last| last + 1), None)
            }
        };
        let is_new = |change: &&Change| {
            let is_late = after.is_none_or(|at| change.when() > at);
            is_late && !change.is_of(me) && self.stands(&change.id)
        };
        let new = self.changes.iter().skip(first).filter(is_new);
        let with_set = new.filter_map(|change| {
            let Body::Retract(_) = change.body else {
                return Some((change, change));
            };
            let (set, _) = self.retracted(&change.id)?;
            (place(&set.id)? < first).then_some((change, set))
        });
        with_set.collect()
    }
}

impl Weeks {
    /// Returns the counts of these clauses at the end of each week.
    pub fn tallies(&self, clauses: &[usize]) -> Vec<Tally> {
        let tally = |statuses: &Vec<Status>| {
            let mut tally = Tally::default();
            for clause in clauses {
                tally.add(statuses[*clause]);
            }
            tally
        };
        self.statuses.iter().map(tally).collect()
    }

    /// Returns how many of these clauses should be complete by the end of a day: those that count
    /// in 完成率 and whose present deadline is up to then.
    pub fn planned(&self, clauses: &[usize], end: Date) -> usize {
        let now = self.statuses.last();
        let is_rated = |clause: usize| now.is_none_or(|now| now[clause].is_rated());
        let is_due = |clause: usize| matches!(self.due[clause], Some(Due::Date(day)) if day <= end);
        let planned = clauses.iter().filter(|c| is_rated(**c) && is_due(**c));
        planned.count()
    }
}

/// Returns the first day of a day's week.
pub fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(back.days())
}

/// Returns the Sunday of a day's week.
pub fn sunday(day: Date) -> Date {
    let ahead = 6 - i32::from(day.weekday().to_monday_zero_offset());
    day.saturating_add(ahead.days())
}
