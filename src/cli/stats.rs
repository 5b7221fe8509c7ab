//! `stats`: rates with numerator and denominator.

use super::{Failure, Out, context::CommandContext};
use crate::report::stats::{self, By};
use clap::builder::{PossibleValue, PossibleValuesParser};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long, value_name = "BY", value_parser = groups(), hide_possible_values = true)]
    by: Option<String>,
    #[arg(long)]
    json: bool,
}

/// Returns what clauses can be counted by; the Chinese words are taken too.
fn groups() -> PossibleValuesParser {
    PossibleValuesParser::new([
        PossibleValue::new("chapter").aliases(["章", "各章"]),
        PossibleValue::new("unit").aliases(["单位", "责任单位"]),
        PossibleValue::new("status").alias("状态"),
        PossibleValue::new("owner").alias("联系人"),
    ])
}

impl Args {
    /// Prints the counts of what the query finds, by chapter where nothing else is named.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let by = match self.by.as_deref() {
            Some("unit" | "单位" | "责任单位") => By::Unit,
            Some("status" | "状态") => By::Status,
            Some("owner" | "联系人") => By::Owner,
            _ => By::Chapter,
        };
        let work = context.open()?;
        let clauses = work.find(&self.query, false)?;
        let basis = work.basis();
        if self.json {
            return out.json(&stats::groups(&basis, by, &clauses));
        }
        let table = stats::table(&basis, by, &clauses);
        out.table(&table, true, context.policy(), work.lang)?;
        if let Some(note) = table.note {
            out.line(note)?;
        }
        Ok(())
    }
}
