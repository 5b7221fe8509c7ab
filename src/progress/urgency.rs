//! Whether something is overdue or due soon.

use super::{Due, Record, Status, Step};
use jiff::{Span, civil::Date};

/// State of a deadline on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// 逾期: past its deadline and open.
    Overdue,
    /// 临期: within the days ahead, and open.
    Soon,
}

impl Urgency {
    /// Returns its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "soon",
        }
    }

    /// Returns the key of its name in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Overdue => "urgency.overdue",
            Self::Soon => "urgency.soon",
        }
    }

    /// Returns the urgency on a day; derived, never stored. Only clauses and steps that are still open
    /// have any.
    fn of(due: Option<Due>, status: Status, today: Date, days_ahead: i32) -> Option<Self> {
        let Some(Due::Date(due)) = due.filter(|_| status.is_open()) else {
            return None;
        };
        if due < today {
            return Some(Self::Overdue);
        }
        // A horizon past the calendar's end includes every day.
        let days = Span::new().try_days(days_ahead);
        let horizon = days.and_then(|days| today.checked_add(days));
        let horizon = horizon.unwrap_or(Date::MAX);
        (due <= horizon).then_some(Self::Soon)
    }
}

impl Record {
    /// Returns whether the clause is overdue or due soon on this day.
    pub fn urgency(&self, today: Date, days_ahead: i32) -> Option<Urgency> {
        Urgency::of(self.due, self.status, today, days_ahead)
    }
}

impl Step {
    /// Returns whether it is overdue or due soon on this day.
    pub fn urgency(&self, today: Date, days_ahead: i32) -> Option<Urgency> {
        Urgency::of(self.due, self.status, today, days_ahead)
    }
}
