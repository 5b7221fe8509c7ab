//! What a change did, from what to what: for notices, the log and minutes. May use:
//! `progress::fold`, `progress::change`.

use super::{Change, Due, Inserted, Kind, Progress, Status, Step};

/// One thing that a change did to one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    /// The clause, as an index into the document's.
    pub clause: usize,
    /// What became different.
    pub what: Told,
}

/// What became different in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Its status.
    Status {
        /// What it was.
        from: Status,
        /// What it is now.
        to: Status,
    },
    /// Its deadline.
    Due {
        /// What it was.
        from: Option<Due>,
        /// What it is now.
        to: Option<Due>,
    },
    /// The person in charge.
    Owner {
        /// Who it was.
        from: Option<String>,
        /// Who it is now.
        to: Option<String>,
    },
    /// A remark came, or was taken back.
    Remark {
        /// What the remark is about.
        kind: Kind,
        /// The text as typed.
        text: String,
        /// Whether it stands now.
        stands: bool,
    },
    /// A step came, went, or became different.
    Step {
        /// What it was; `None` where it is new.
        from: Option<Step>,
        /// What it is now; `None` where it is gone.
        to: Option<Step>,
    },
}

impl Did {
    pub(super) const fn new(clause: usize, what: Told) -> Self {
        Self { clause, what }
    }
}

impl Progress {
    /// Takes in one change as [`Progress::insert`] does, and returns what became different.
    pub fn insert_told(&mut self, change: Change) -> (Inserted, Vec<Did>) {
        self.fold.told = Some(Vec::new());
        let inserted = self.insert(change);
        (inserted, self.fold.told.take().unwrap_or_default())
    }

    /// Returns all changes in order of effect, each with what it did when it was the last one: a
    /// retract tells what it turned back.
    pub fn log(&self) -> impl Iterator<Item = (Change, Vec<Did>)> + '_ {
        let mut past = Self::new(self.document().clone());
        self.changes().map(move |change| {
            let (_, did) = past.insert_told(change.clone());
            (change, did)
        })
    }
}
