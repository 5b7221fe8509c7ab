//! `list`: a line a clause. May use: `search`, `report`.

use super::{Failure, Out, desk::Desk, output};
use crate::{
    config::nearest::nearest,
    locale::Lang,
    report::{
        Column,
        column::table,
        json,
        plain::{self, Layout},
    },
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
    ///
    /// On a terminal the columns line up and a line is cut at its edge; into a pipe or file they are
    /// parted by one tab and nothing is cut.
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
        let layout = match output::terminal_width() {
            Some(width) => Layout::Aligned(desk.policy(), Some(width)),
            None => Layout::Tabs,
        };
        let table = table(&basis, &columns, &clauses);
        for line in plain::lines(&table, layout, false, work.lang) {
            out.line(line)?;
        }
        Ok(())
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
                let near = if near.is_empty() {
                    known().collect()
                } else {
                    near
                };
                let near = near.join(lang.text("cli.or"));
                Failure::Usage(lang.fill("cli.unknown-column", &[("name", name), ("near", &near)]))
            })
        })
        .collect()
}
