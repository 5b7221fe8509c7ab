//! `diff`: two versions of a document, clause by clause; or what was done since a day.

use super::{Failure, Out, context::CommandContext, output, past};
use crate::{
    document::compare::compare,
    report::{
        difference::{DifferenceLayout, Versions},
        since::Since,
    },
    text::{self, Tone},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(
        value_name = "OLD",
        display_order = 1,
        required_unless_present = "since",
        requires = "new",
        conflicts_with = "since"
    )]
    old: Option<String>,
    #[arg(value_name = "NEW", display_order = 2)]
    new: Option<String>,
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    #[arg(long, value_name = "text|md|json", value_parser = ["text", "md", "json"], hide_possible_values = true)]
    format: Option<String>,
    #[arg(long, conflicts_with = "since")]
    all: bool,
}

impl Args {
    /// Prints what differs, and says how much.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        match (&self.old, &self.new, &self.since) {
            (Some(old), Some(new), None) => self.versions(old, new, context, out),
            (_, _, since) => self.since(since.as_deref().unwrap_or("today"), context, out),
        }
    }

    fn versions(
        &self,
        old: &str,
        new: &str,
        context: &CommandContext,
        out: &mut Out,
    ) -> Result<(), Failure> {
        let (old, new) = (context.load(old)?, context.load(new)?);
        let comparison = compare(&old, &new);
        let versions = Versions {
            old: &old,
            new: &new,
            comparison: &comparison,
            lang: context.language(&new),
        };
        match self.format.as_deref() {
            Some("md") => return out.text(versions.markdown(self.all).as_bytes()),
            Some("json") => {
                let refused = versions.lang.text("diff.no-json").to_owned();
                return Err(Failure::Usage(refused));
            }
            _ => {}
        }
        let layout = DifferenceLayout {
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

    fn since(&self, since: &str, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let work = context.open()?;
        let moment = past::since(since, &work.now, work.lang)?;
        let basis = work.basis();
        let told = Since::new(&basis, moment);
        let day = basis.minute(moment);
        let day = day.strip_suffix(" 00:00").unwrap_or(&day);
        match self.format.as_deref() {
            Some("json") => return out.json(&told.json(moment)),
            Some("md") => return out.text(told.paper(day).markdown().as_bytes()),
            _ => {}
        }
        let rates = told.rates();
        out.line(told.summary(day))?;
        for clause in told.changed() {
            let title = text::clean(&work.document().measure_of(clause).title);
            out.line("")?;
            out.line(format!(
                "{}  {}",
                work.document().clauses[clause].id,
                Tone::Heading.set(&title)
            ))?;
            for line in told.lines(clause) {
                out.line(format!("  {}", line.replace('\n', " ")))?;
            }
        }
        if !rates.rows.is_empty() {
            out.line("")?;
            out.table(&rates, true, context.policy(), work.lang)?;
        }
        Ok(())
    }
}
