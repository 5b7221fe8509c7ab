//! Which clauses the next layout looks at anew. May use: `progress`, the model.

use super::Model;
use crate::progress::Body;

impl Model {
    /// Notes the clauses of a change, and of the one that it takes back, so that the layout looks
    /// at them again.
    pub fn touch(&mut self, body: &Body) {
        self.search.stale = true;
        let body = match body {
            Body::Retract(id) => self.progress.change(id).map(|change| &change.body),
            Body::Edits(_) => Some(body),
        };
        let edits = match body {
            Some(Body::Edits(edits)) => edits,
            // A retract of a retract leads to the set in the end.
            Some(Body::Retract(_)) => return self.touch_all(),
            None => return,
        };
        let clauses = edits
            .iter()
            .filter_map(|e| self.document.find(e.target.clause_id()?));
        self.touched.extend(clauses.collect::<Vec<_>>());
    }

    /// Notes all clauses that have ever been changed.
    pub fn touch_all(&mut self) {
        self.search.stale = true;
        let touched = self.progress.touched();
        self.touched.extend(touched);
    }
}
