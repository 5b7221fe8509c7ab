//! `diff`: two versions of a document, clause by clause.

use super::{Failure, Out, context::CommandContext, output};
use crate::{
    document::compare::compare,
    report::difference::{Layout, Versions},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "OLD", display_order = 1)]
    old: String,
    #[arg(value_name = "NEW", display_order = 2)]
    new: String,
    #[arg(long, value_name = "text|md", value_parser = ["text", "md"], hide_possible_values = true)]
    format: Option<String>,
    #[arg(long)]
    all: bool,
}

impl Args {
    /// Prints the differences, and the number of clauses by fate.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let (old, new) = (context.load(&self.old)?, context.load(&self.new)?);
        let comparison = compare(&old, &new);
        let versions = Versions {
            old: &old,
            new: &new,
            comparison: &comparison,
            lang: context.language(&new),
        };
        if self.format.as_deref() == Some("md") {
            return out.text(versions.markdown(self.all).as_bytes());
        }
        let layout = Layout {
            policy: context.policy(),
            width: output::terminal_width(),
        };
        let lines = versions.plain(layout, self.all);
        for line in &lines {
            out.line(line)?;
        }
        if lines.is_empty() {
            output::tell(versions.lang.text("diff.nothing"));
        } else {
            output::tell(versions.counts());
        }
        Ok(())
    }
}
