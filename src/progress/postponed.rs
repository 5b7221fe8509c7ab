//! Which deadlines were moved later (延期).

use super::{Due, Progress};

impl Progress {
    /// Returns for each clause whether a standing change moved its deadline later than the one before;
    /// 长期 is later than any day.
    pub fn postponed(&self) -> Vec<bool> {
        let document = self.document();
        let mut last: Vec<Option<Due>> = vec![None; document.clauses.len()];
        let mut postponed = vec![false; document.clauses.len()];
        for change in self.changes() {
            if !self.stands(&change.id) {
                continue;
            }
            for edit in change.edits().iter().filter(|e| e.target.step.is_none()) {
                let clause = edit.target.clause_id().and_then(|id| document.find(id));
                if let (Some(clause), Some(due)) = (clause, edit.due) {
                    postponed[clause] |= last[clause].is_some_and(|last| due > Some(last));
                    last[clause] = due;
                }
            }
        }
        postponed
    }
}
