//! `check` and `uncheck`: status done, status todo.
//!
//! Clauses that already have the status are left alone and reported on standard error; so are
//! closed (已销号) ones by `check`, since those are done and confirmed. Any other status changes:
//! naming a clause on the command line is deliberate.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    edit::{self, Plan},
    ids,
};
use crate::progress::{Edit, Status};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Args {
    /// Sets this status on the clauses and steps, as one set.
    pub(super) fn run(
        &self,
        context: &CommandContext,
        out: &mut Out,
        status: Status,
    ) -> Result<(), Failure> {
        let mut work = context.open()?;
        edit::append(&mut work, out, |work| self.plan(work, status))
    }

    fn plan(&self, work: &OpenChecklist, status: Status) -> Result<Plan, Failure> {
        let mut plan = Plan::default();
        for named in ids::resolve(&self.ids, &work.progress, work.lang)? {
            let is = edit::status(work, &named);
            if is == status || (status.is_complete() && is.is_complete()) {
                plan.unchanged.push(edit::unchanged(work, &named));
                continue;
            }
            let set = Edit {
                status: Some(status),
                ..Edit::new(named.target.clone())
            };
            plan.edits.push((named, set));
        }
        Ok(plan)
    }
}
