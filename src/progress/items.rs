//! Added items: their ids and counts.

use super::{Change, Progress, Tally, Target, change::random_id};
use crate::document::ClauseId;

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
