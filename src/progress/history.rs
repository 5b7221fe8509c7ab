//! One clause's changes in order of effect, each with the state before it. Pure.

use super::{Body, Change, Due, Edit, Progress, Status};
use crate::document::Clause;

/// A change of one clause.
#[derive(Debug, Clone)]
pub struct ClauseEvent<'a> {
    /// The change.
    pub change: &'a Change,
    /// The change that sets the fields: itself, or the one that it takes out or brings back.
    pub set: &'a Change,
    /// Whether it takes that out (true) or brings it back (false); `None` where it sets the fields.
    pub out: Option<bool>,
    /// Whether it stands.
    pub stands: bool,
    /// The fields before it, of the changes that stand.
    pub before: Fields,
}

/// The fields of a clause that have one value each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// The status.
    pub status: Status,
    /// The deadline.
    pub due: Option<Due>,
    /// The person in charge.
    pub owner: Option<String>,
}

impl Fields {
    fn of_document(clause: &Clause) -> Self {
        Self {
            due: clause.due.as_deref().and_then(|due| due.parse().ok()),
            owner: clause.owner.clone(),
            ..Self::default()
        }
    }

    fn apply(&mut self, edit: &Edit) {
        self.status = edit.status.unwrap_or(self.status);
        self.due = edit.due.unwrap_or(self.due);
        if let Some(owner) = &edit.owner {
            self.owner.clone_from(owner);
        }
    }
}

impl Progress {
    /// Returns the changes of a clause and its steps.
    pub fn history(&self, clause: usize) -> Vec<ClauseEvent<'_>> {
        let id = self.document().clauses[clause].id;
        let is_about = |edit: &&Edit| edit.target.clause_id() == Some(id);
        let mut fields = Fields::of_document(&self.document().clauses[clause]);
        let mut events = Vec::new();
        for change in self.changes() {
            let (set, out) = match &change.body {
                Body::Edits(_) => (change, None),
                Body::Retract(target) => match self.retracted(target) {
                    Some((set, out)) => (set, Some(out)),
                    None => continue,
                },
            };
            let edits: Vec<&Edit> = set.edits().iter().filter(is_about).collect();
            if edits.is_empty() {
                continue;
            }
            let stands = self.stands(&change.id);
            events.push(ClauseEvent {
                change,
                set,
                out,
                stands,
                before: fields.clone(),
            });
            let own = edits.into_iter().filter(|e| e.target.step.is_none());
            if stands && out.is_none() {
                own.for_each(|edit| fields.apply(edit));
            }
        }
        events
    }
}
