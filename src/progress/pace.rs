//! 序时进度: the time gone by compared with the work completed. Pure.
//!
//! A deadline alone says little before it passes. Half the time gone with nothing complete shows in
//! July what 逾期 shows only in January. But a false alarm is worse than none: a clause has a light
//! only if its steps, its status or a missed deadline say how far it is, and its time starts on the day
//! its deadline was set. A group compares its 完成率 with the time from the first of those days to the
//! last deadline.

use super::{Record, Status, Urgency, percent};
use crate::{
    day::{Due, days_between},
    document::Document,
};
use jiff::{civil::Date, tz::TimeZone};

/// The parameters of pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaceRule {
    /// Start of the time; `None` is the day on which a deadline was set or, for one that the document
    /// gives, 1 January of the year in its title, or else of the deadline's.
    pub start: Option<Date>,
    /// Percentage points behind that make it yellow.
    pub behind: i32,
    /// Percentage points behind that make it red.
    pub far_behind: i32,
}

impl Default for PaceRule {
    fn default() -> Self {
        Self {
            start: None,
            behind: 10,
            far_behind: 30,
        }
    }
}

/// Pace light, ordered best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// 绿: on time or ahead.
    Green,
    /// 黄: behind.
    Yellow,
    /// 红: far behind, or overdue.
    Red,
}

/// Time gone and work complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Start of the time.
    pub from: Date,
    /// End of the time: the deadline, or a group's last.
    pub to: Date,
    /// Time gone, in whole percent.
    pub gone: i32,
    /// Complete out of all: steps of a clause (`None` without steps), rated clauses of a group.
    pub done: Option<(usize, usize)>,
    /// The resulting light.
    pub light: Light,
    /// The overdue clauses that alone make a group red; 0 if it would be red without them.
    pub overdue: usize,
}

/// The parameters applied to one document on one day.
#[derive(Debug, Clone, Copy)]
pub struct Meter<'a> {
    rule: PaceRule,
    /// 1 January of the year in the document's title.
    year: Option<Date>,
    today: Date,
    zone: &'a TimeZone,
}

impl Light {
    /// Returns the key of its name in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Green => "pace.green",
            Self::Yellow => "pace.yellow",
            Self::Red => "pace.red",
        }
    }

    /// Returns the name used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// Returns its sign, one column under every policy.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Green => "=",
            Self::Yellow => "<",
            Self::Red => "!",
        }
    }
}

impl Pace {
    /// Returns the points by which work lags behind time; negative if ahead.
    pub fn lag(&self) -> i32 {
        self.gone - self.done.map_or(0, complete)
    }
}

impl PaceRule {
    /// Returns a meter for a document's clauses on a day in a time zone.
    pub fn on<'a>(&self, document: &Document, today: Date, zone: &'a TimeZone) -> Meter<'a> {
        let first = |year| Date::new(year, 1, 1).ok();
        Meter {
            rule: *self,
            year: document.year().and_then(first),
            today,
            zone,
        }
    }
}

impl Meter<'_> {
    /// Returns the pace of a clause with a date as deadline that counts in 完成率; `None` if nothing
    /// says how far it is.
    pub fn clause(&self, record: &Record) -> Option<Pace> {
        let (from, to) = self.span(record)?;
        let complete_steps = record.steps.iter().filter(|s| s.status.is_complete());
        let steps = (complete_steps.count(), record.steps.len());
        let done = (steps.1 > 0).then_some(steps);
        let gone = self.gone(from, to);
        let by_steps = done.map(|done| self.judge(gone, complete(done)));
        let light = if record.status.is_complete() {
            Light::Green
        } else if self.is_overdue(record) {
            Light::Red
        } else if record.status == Status::Blocked {
            by_steps.unwrap_or(Light::Yellow).max(Light::Yellow)
        } else {
            by_steps?
        };
        Some(Pace {
            from,
            to,
            gone,
            done,
            light,
            overdue: 0,
        })
    }

    /// Returns the pace of a group: its 完成率 and the time of the clauses with a date as deadline;
    /// `None` if there are none. An overdue clause makes it red.
    pub fn group<'a>(&self, records: impl IntoIterator<Item = &'a Record>) -> Option<Pace> {
        let (mut done, mut spanned, mut overdue) = ((0, 0), None, 0);
        for record in records.into_iter().filter(|r| r.status.is_rated()) {
            done.0 += usize::from(record.status.is_complete());
            done.1 += 1;
            overdue += usize::from(self.is_overdue(record));
            if let Some((from, to)) = self.span(record) {
                let (first, last) = spanned.unwrap_or((from, to));
                spanned = Some((from.min(first), to.max(last)));
            }
        }
        let (from, to) = spanned?;
        let gone = self.gone(from, to);
        let by_rate = self.judge(gone, complete(done));
        let light = if overdue > 0 { Light::Red } else { by_rate };
        Some(Pace {
            from,
            to,
            gone,
            done: Some(done),
            light,
            overdue: if by_rate == Light::Red { 0 } else { overdue },
        })
    }

    /// Returns the start and end of a clause's time.
    fn span(&self, record: &Record) -> Option<(Date, Date)> {
        let Some(Due::Date(due)) = record.due.filter(|_| record.status.is_rated()) else {
            return None;
        };
        let day = |at: jiff::Timestamp| at.to_zoned_datetime(self.zone.clone()).date();
        // A deadline that was given when it had passed doesn't say when work began.
        let dated = record.dated.map(day).filter(|day| *day < due);
        let from = self.rule.start.or(dated).or(self.year);
        let from = from.unwrap_or_else(|| due.first_of_year());
        Some((from.min(due), due))
    }

    fn is_overdue(&self, record: &Record) -> bool {
        record.urgency(self.today, 0) == Some(Urgency::Overdue)
    }

    /// Returns the share of a time gone today, in percent.
    fn gone(&self, from: Date, to: Date) -> i32 {
        let days = |to: Date| usize::try_from(days_between(from, to)).unwrap_or(0);
        if self.today >= to {
            100
        } else {
            complete((days(self.today), days(to).max(1)))
        }
    }

    const fn judge(&self, gone: i32, complete: i32) -> Light {
        let lag = gone - complete;
        if lag > 0 && lag >= self.rule.far_behind {
            Light::Red
        } else if lag > 0 && lag >= self.rule.behind {
            Light::Yellow
        } else {
            Light::Green
        }
    }
}

/// Returns a share in percent; of nothing, none.
fn complete((part, whole): (usize, usize)) -> i32 {
    let percent = percent(part, whole).unwrap_or(0);
    i32::try_from(percent).unwrap_or(100)
}

#[cfg(test)]
mod tests;
