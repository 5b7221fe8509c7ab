//! `minutes`: what changed, as meeting minutes. May use: `report`.

use super::{Failure, Out, desk::Desk, log};
use crate::report::minutes;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
}

impl Args {
    /// Prints the minutes of what changed since a day, today where none is named.
    pub(super) fn run(&self, desk: &Desk, out: &mut Out) -> Result<(), Failure> {
        let work = desk.open()?;
        let since = self.since.as_deref().unwrap_or("today");
        let Some(since) = log::since(Some(since), &work)? else {
            return Ok(());
        };
        out.text(minutes::minutes(&work.basis(), since).as_bytes())
    }
}
