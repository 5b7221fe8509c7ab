//! The burn-up: complete, open and dropped clauses week by week, and those due by then, as a small
//! chart and in words. All signs are ASCII, one column in every terminal.

use super::{
    context::Context,
    figures::rate,
    widgets::{
        lines::{Line, Page},
        theme::Role,
    },
};
use crate::{
    progress::{Status, past::Weeks},
    report::weeks::{self, Week},
};

/// The rows of the chart.
const ROWS: usize = 6;
/// The most columns of the chart.
const COLUMNS: usize = 60;

/// Returns the chart of these clauses under a name, at most this wide; empty before the first
/// change.
pub fn lines(
    context: &Context,
    all: &Weeks,
    (name, clauses): (&str, &[usize]),
    width: usize,
) -> Vec<Line> {
    let weeks = weeks::of(all, clauses);
    let Some(last) = weeks.last().filter(|_| width >= 20) else {
        return Vec::new();
    };
    let lang = context.lang;
    let mut page = Page::new(context.policy, width);
    page.paragraph(
        &lang.fill("burnup.title", &[("name", &name)]),
        Role::Heading,
    );
    let columns = columns(&weeks, clauses, width);
    for row in (0..ROWS).rev() {
        page.line(chart_row(&columns, row));
    }
    let first = weeks.first().map_or(last.from, |first| first.from);
    let gap = columns.len().saturating_sub(20).max(1);
    let axis = format!("{first}{}{}", " ".repeat(gap), last.to);
    page.line(vec![(axis, Role::Dim)]);
    let (n, of) = last.tally.rate();
    let values: [(&str, &dyn std::fmt::Display); 6] = [
        ("rate", &rate(n, of)),
        ("gained", &last.gained),
        ("planned", &last.planned),
        ("open", &(of - n)),
        ("dropped", &last.tally.count(Status::Dropped)),
        ("weeks", &weeks.len()),
    ];
    page.paragraph(&lang.fill("burnup.words", &values), Role::Text);
    page.paragraph(lang.text("burnup.legend"), Role::Dim);
    page.lines
}

/// A column: how many of all are complete, open and planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct BurnupColumn {
    complete: usize,
    open: usize,
    dropped: usize,
    planned: usize,
    total: usize,
}

/// Returns the columns that fit. If there are more weeks, each column shows the last of several.
fn columns(weeks: &[Week], clauses: &[usize], width: usize) -> Vec<BurnupColumn> {
    let room = width.min(COLUMNS);
    let span = weeks.len().div_ceil(room).max(1);
    let column = |week: &Week| {
        let (complete, of) = week.tally.rate();
        BurnupColumn {
            complete,
            open: of - complete,
            dropped: week.tally.count(Status::Dropped),
            planned: week.planned,
            total: clauses.len(),
        }
    };
    let mut shown: Vec<BurnupColumn> = weeks
        .rchunks(span)
        .filter_map(|part| part.last().map(column))
        .collect();
    shown.reverse();
    // A few weeks are drawn broader.
    let broad = (room / shown.len().max(1)).clamp(1, 3);
    shown
        .into_iter()
        .flat_map(|column| std::iter::repeat_n(column, broad))
        .collect()
}

/// Returns one row of the chart, 0 the lowest: runs of signs with their roles.
fn chart_row(columns: &[BurnupColumn], row: usize) -> Vec<(String, Role)> {
    let mut pieces: Vec<(String, Role)> = Vec::new();
    for column in columns {
        let (sign, role) = cell(column, row);
        match pieces.last_mut() {
            Some((text, last)) if *last == role => text.push(sign),
            _ => pieces.push((sign.to_string(), role)),
        }
    }
    pieces
}

fn cell(column: &BurnupColumn, row: usize) -> (char, Role) {
    // Half a row or more is drawn, and any count above zero in the lowest row.
    let height = |n: usize| match n {
        0 => 0,
        n => ((n * ROWS * 2 + column.total) / (column.total * 2).max(1)).max(1),
    };
    let (complete, open) = (
        height(column.complete),
        height(column.complete + column.open),
    );
    let dropped = height(column.complete + column.open + column.dropped);
    if column.planned > 0 && row + 1 == height(column.planned) {
        ('+', Role::Soon)
    } else if row < complete {
        ('#', Role::Status(Status::Done))
    } else if row < open {
        ('.', Role::Dim)
    } else if row < dropped {
        ('x', Role::Dim)
    } else {
        (' ', Role::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_shows_what_is_complete_open_dropped_and_the_plan() {
        let column = |complete, open, dropped, planned| BurnupColumn {
            complete,
            open,
            dropped,
            planned,
            total: 12,
        };
        let drawn =
            |column: &BurnupColumn| (0..ROWS).map(|row| cell(column, row).0).collect::<String>();
        assert_eq!(drawn(&column(0, 12, 0, 0)), "......");
        assert_eq!(drawn(&column(4, 6, 2, 0)), "##...x");
        assert_eq!(drawn(&column(1, 11, 0, 8)), "#..+..");
        assert_eq!(drawn(&column(12, 0, 0, 12)), "#####+");
        assert_eq!(drawn(&column(0, 0, 0, 0)), "      ");
    }
}
