//! `stats`: rates with numerator and denominator.

use super::{Failure, Out, context::CommandContext, list};
use crate::report::{
    stats::{self, By},
    weeks,
};
use clap::builder::{PossibleValue, PossibleValuesParser};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long, value_name = "BY", value_parser = groups(), hide_possible_values = true)]
    by: Option<String>,
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    #[arg(long, conflicts_with = "columns")]
    json: bool,
}

/// Returns the groupings, with their Chinese names.
fn groups() -> PossibleValuesParser {
    PossibleValuesParser::new([
        PossibleValue::new("chapter").aliases(["章", "各章"]),
        PossibleValue::new("unit").aliases(["单位", "责任单位"]),
        PossibleValue::new("status").alias("状态"),
        PossibleValue::new("owner").alias("联系人"),
        PossibleValue::new("week").aliases(["周", "各周"]),
    ])
}

impl Args {
    /// Prints the counts of the clauses found, by chapter unless told otherwise.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let work = context.open()?;
        let clauses = work.find(&self.query, false)?;
        let basis = work.basis();
        let by = match self.by.as_deref() {
            Some("week" | "周" | "各周") => None,
            Some("unit" | "单位" | "责任单位") => Some(By::Unit),
            Some("status" | "状态") => Some(By::Status),
            Some("owner" | "联系人") => Some(By::Owner),
            _ => Some(By::Chapter),
        };
        let mut table = match (by, self.json) {
            (None, true) => return out.json(&weeks::weeks(&basis, &clauses)),
            (Some(by), true) => return out.json(&stats::groups(&basis, by, &clauses)),
            (None, false) => weeks::table(&basis, &clauses),
            (Some(by), false) => stats::table(&basis, by, &clauses),
        };
        match &self.columns {
            Some(names) => {
                let known = || table.headings.iter().map(|heading| heading.id);
                let place = |name: &String| {
                    let found = known().position(|id| id == name.trim());
                    found.ok_or_else(|| list::unknown_column(name, known(), work.lang))
                };
                let places = names.iter().map(place).collect::<Result<Vec<_>, _>>()?;
                table.pick(&places);
            }
            None => table.leave_out(&stats::ON_REQUEST),
        }
        out.table(&table, true, context.policy(), work.lang)?;
        if let Some(note) = table.note {
            out.line(note)?;
        }
        Ok(())
    }
}
