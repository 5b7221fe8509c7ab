//! `minutes`: what changed, as meeting minutes.

use super::{Failure, Out, context::CommandContext, export, output, past};
use crate::report::{minutes::Minutes, paper::Form};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long)]
    force: bool,
}

impl Args {
    /// Writes the minutes of the changes since a day, by default today.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let work = context.open()?;
        let since = self.since.as_deref().unwrap_or("today");
        let since = past::since(since, &work.now, work.lang)?;
        let minutes = Minutes::whole(&work.basis(), since);
        let Some(path) = self.output.as_ref().filter(|p| *p != Path::new("-")) else {
            return out.text(minutes.paper.markdown().as_bytes());
        };
        let bytes = minutes.paper.bytes(Form::of(path))?;
        export::save(&work.basis(), path, bytes, None, self.force)?;
        let (changed, open) = (minutes.changed, minutes.open);
        let path = path.display();
        output::tell(work.lang.fill(
            "minutes.saved",
            &[("changed", &changed), ("open", &open), ("path", &path)],
        ));
        Ok(())
    }
}
