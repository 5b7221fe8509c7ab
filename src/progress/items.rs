//! Added items: their ids and counts; and what steps share with clauses.

use super::{Change, Due, Progress, Status, Step, Tally, Target, Urgency, change::random_id};
use crate::document::ClauseId;
use jiff::{Span, civil::Date};

/// Digits in an item's id: enough that two machines without contact never draw the same in
/// practice.
const ITEM_DIGITS: usize = 5;

impl Progress {
    /// Returns the counts of the items that are counted separately.
    pub fn beside(&self) -> Tally {
        self.count(self.document().beside())
    }

    /// Returns a random id for a new item, which no change and none of `taken` uses.
    pub fn free_item(&self, taken: &[ClauseId]) -> ClauseId {
        let ids = std::iter::repeat_with(|| format!("+{}", random_id(ITEM_DIGITS)).parse());
        let is_known = |id: &ClauseId| {
            let target = Target::clause(*id);
            let mut edits = self.changes.iter().flat_map(Change::edits);
            taken.contains(id) || edits.any(|edit| edit.target.clause == target.clause)
        };
        let mut free = ids.flatten().filter(|id| !is_known(id));
        free.next().unwrap_or_default()
    }
}

/// Returns whether a deadline is overdue (逾期) or due soon (临期) on a day; derived, never stored.
/// Only clauses and steps that are still open can be either.
pub(super) fn urgency(
    due: Option<Due>,
    status: Status,
    today: Date,
    days_ahead: i32,
) -> Option<Urgency> {
    let Some(Due::Date(due)) = due.filter(|_| status.is_open()) else {
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

impl Step {
    /// Returns whether it is overdue or due soon on this day.
    pub fn urgency(&self, today: Date, days_ahead: i32) -> Option<Urgency> {
        urgency(self.due, self.status, today, days_ahead)
    }
}
