//! `list`: a line a clause.

use super::{Failure, Out, desk::Desk};
use crate::{
    config::nearest::nearest,
    locale::Lang,
    report::{Column, column::table, json},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long)]
    rank: bool,
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    #[arg(long, conflicts_with = "columns")]
    json: bool,
}

impl Args {
    /// Prints the clauses that the query finds.
    pub(super) fn run(&self, desk: &Desk, out: &mut Out) -> Result<(), Failure> {
        let names = self.columns.as_ref().unwrap_or(&desk.config.columns);
        let columns = columns(names, desk.lang)?;
        let work = desk.open()?;
        let clauses = work.find(&self.query, self.rank)?;
        let basis = work.basis();
        if self.json {
            let all: Vec<_> = clauses
                .iter()
                .map(|c| json::clause(&basis, *c, true))
                .collect();
            return out.json(&all);
        }
        out.table(
            &table(&basis, &columns, &clauses),
            false,
            desk.policy(),
            work.lang,
        )
    }
}

/// Returns the columns with these names; fails, as usage, on the names of none.
pub(super) fn columns(names: &[String], lang: Lang) -> Result<Vec<Column>, Failure> {
    let known = || Column::ALL.into_iter().map(Column::id);
    names
        .iter()
        .map(|name| {
            Column::from_id(name.trim()).ok_or_else(|| {
                let near = nearest(name, known(), 3);
                if near.is_empty() {
                    let values: [(&str, &dyn std::fmt::Display); 1] = [("name", name)];
                    return Failure::Usage(lang.fill("cli.unknown-column-only", &values));
                }
                let near = near.join(lang.text("cli.or"));
                Failure::Usage(lang.fill("cli.unknown-column", &[("name", name), ("near", &near)]))
            })
        })
        .collect()
}
