//! `report`: writes a progress report.

use super::{Failure, Out, context::CommandContext, export, output, past};
use crate::report::{bulletin::Bulletin, paper::Form};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long)]
    force: bool,
}

impl Args {
    /// Writes the report on the clauses found, with the changes since a day, by default the first
    /// of the month.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let work = context.open()?;
        let clauses = work.find(&self.query, false)?;
        let month = work.now.date().first_of_month().to_string();
        let since = self.since.as_deref().unwrap_or(&month);
        let since = past::since(since, &work.now, work.lang)?;
        let basis = work.basis();
        let paper = Bulletin {
            basis: &basis,
            clauses: &clauses,
            since,
            title: self.title.as_deref(),
        }
        .paper();
        let Some(path) = self.output.as_ref().filter(|p| *p != Path::new("-")) else {
            return out.text(paper.markdown().as_bytes());
        };
        let bytes = paper.bytes(Form::of(path))?;
        export::save(&basis, path, bytes, None, self.force)?;
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("total", &clauses.len()), ("path", &path.display())];
        output::tell(work.lang.fill("bulletin.saved", &values));
        Ok(())
    }
}
