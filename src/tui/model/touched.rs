//! Which clauses the next layout looks at anew. May use: `progress`, the model.

use super::Model;
use crate::progress::Body;

impl Model {
    /// Notes the clauses of a change, and of the one that it takes back, so that the layout looks
    /// at them again.
    pub fn touch(&mut self, body: &Body) {
        self.search.stale = true;
        let retracted;
        let body = match body {
            Body::Retract(id) => match self.progress.change(id) {
                Some(change) => {
                    retracted = change.body;
                    // A retract of a retract leads to the set in the end.
                    if let Body::Retract(_) = &retracted {
                        return self.touch_all();
                    }
                    &retracted
                }
                None => return,
            },
            edits @ Body::Edits(_) => edits,
        };
        let Body::Edits(edits) = body else { return };
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
