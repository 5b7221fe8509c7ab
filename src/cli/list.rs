//! `list`: one line per clause.

use super::{Failure, Out, context::CommandContext};
use crate::{
    locale::Lang,
    report::{Basis, Column, RowSubject, Table, column::table, json},
    text::nearest,
};

use clap::builder::{PossibleValue, PossibleValuesParser};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[arg(long)]
    rank: bool,
    #[arg(long, value_name = "due|updated|status|unit", value_parser = orders(), hide_possible_values = true, conflicts_with = "rank")]
    sort: Option<String>,
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    #[arg(long, conflicts_with = "columns")]
    json: bool,
}

impl Args {
    /// Prints the clauses found.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let names = self.columns.as_ref().unwrap_or(&context.config.columns);
        let mut columns = columns(names, context.lang)?;
        let is_by_due = matches!(self.sort.as_deref(), Some("due" | "期限" | "完成时限"));
        if is_by_due && self.columns.is_none() {
            dated(&mut columns);
        }
        let work = context.open()?;
        let mut clauses = work.find(&self.query, self.rank)?;
        let basis = work.basis();
        sort(&basis, &mut clauses, self.sort.as_deref());
        if self.json {
            return out.json(&json::clauses(&basis, &clauses));
        }
        let table = if is_by_due {
            by_due(&basis, &columns, &clauses)
        } else {
            table(&basis, &columns, &clauses)
        };
        out.table(&table, false, context.policy(), work.lang)
    }
}

/// Returns the table of clauses and dated steps; for a step, its clause says who answers for it.
fn by_due(basis: &Basis<'_>, columns: &[Column], clauses: &[usize]) -> Table {
    let subjects = RowSubject::by_due(basis, clauses);
    let mut table = table(basis, columns, &subjects);
    for (row, subject) in table.rows.iter_mut().zip(&subjects) {
        for (cell, column) in row.iter_mut().zip(columns) {
            if matches!(column, Column::Units | Column::Owner) {
                *cell = column.cell(basis, subject.clause);
            }
        }
    }
    table
}

/// Adds the days left and the owner, as on the screen of deadlines.
fn dated(columns: &mut Vec<Column>) {
    let place = columns.iter().position(|c| *c == Column::Due);
    for column in [Column::Owner, Column::Days] {
        if !columns.contains(&column) {
            columns.insert(place.map_or(0, |due| due + 1), column);
        }
    }
}

/// Returns the sort orders, with their Chinese names.
fn orders() -> PossibleValuesParser {
    PossibleValuesParser::new([
        PossibleValue::new("due").aliases(["期限", "完成时限"]),
        PossibleValue::new("updated").aliases(["更新", "更新时间"]),
        PossibleValue::new("status").alias("状态"),
        PossibleValue::new("unit").aliases(["单位", "责任单位"]),
    ])
}

/// Sorts clauses: earliest deadline, latest update, status in its order, or first unit in document
/// order. Clauses without one come last; ties keep document order.
fn sort(basis: &Basis<'_>, clauses: &mut [usize], order: Option<&str>) {
    let record = |clause: &usize| basis.record(*clause);
    match order {
        Some("due" | "期限" | "完成时限") => {
            clauses.sort_by_key(|c| (record(c).due.is_none(), record(c).due));
        }
        Some("updated" | "更新" | "更新时间") => {
            let updated = |c: &usize| record(c).updated.as_ref().map(|(at, _)| *at);
            clauses.sort_by_key(|c| std::cmp::Reverse(updated(c)));
        }
        Some("status" | "状态") => clauses.sort_by_key(|c| record(c).status),
        Some(_) => {
            let units = basis.document().units();
            let place = |c: &usize| {
                let first = basis.document().clauses[*c].responsibility.units.first();
                let place = first.and_then(|first| units.iter().position(|unit| unit == first));
                place.unwrap_or(usize::MAX)
            };
            clauses.sort_by_cached_key(place);
        }
        None => {}
    }
}

/// Returns the columns with these names; a usage error for unknown ones.
pub(super) fn columns(names: &[String], lang: Lang) -> Result<Vec<Column>, Failure> {
    let known = || Column::ALL.into_iter().map(Column::id);
    names
        .iter()
        .map(|name| {
            let found = Column::from_id(name.trim());
            found.ok_or_else(|| unknown_column(name, known(), lang))
        })
        .collect()
}

/// Returns the error for an unknown column, with similar names.
pub(super) fn unknown_column<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
    lang: Lang,
) -> Failure {
    let near = nearest(name, known, 3);
    if near.is_empty() {
        return Failure::Usage(lang.fill("cli.unknown-column-only", &[("name", &name)]));
    }
    let near = near.join(lang.text("cli.or"));
    Failure::Usage(lang.fill("cli.unknown-column", &[("name", &name), ("near", &near)]))
}
