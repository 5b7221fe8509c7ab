//! A table as plain text: aligned for people, or by tabs for other programs. May use: `text`.

use super::{Cell, Table};
use crate::{
    locale::Lang,
    text::{self, Policy},
};

/// How plain text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Columns lined up, blanks between, cut at so many columns where a number is given.
    Aligned(Policy, Option<usize>),
    /// One tab between cells, nothing cut.
    Tabs,
}

/// Returns the rows as lines; the headings too where `headings` says so.
pub fn lines(table: &Table, layout: Layout, headings: bool, lang: Lang) -> Vec<String> {
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(table.rows.len() + 1);
    if headings {
        rows.push(table.headings.iter().map(|h| one_line(&h.text)).collect());
    }
    rows.extend(table.rows.iter().map(|row| {
        let shown = row.iter().map(|cell| one_line(&cell.show(lang)));
        shown.collect()
    }));
    match layout {
        Layout::Tabs => rows.iter().map(|row| row.join("\t")).collect(),
        Layout::Aligned(policy, limit) => aligned(&rows, &numbers(table), policy, limit),
    }
}

/// Tells for each column whether it holds numbers, which stand at the right.
fn numbers(table: &Table) -> Vec<bool> {
    let number = |nth| {
        table
            .rows
            .iter()
            .any(|row| row.get(nth).is_some_and(Cell::is_number))
    };
    (0..table.headings.len()).map(number).collect()
}

/// Returns the text on one line, safe for a terminal.
fn one_line(cell: &str) -> String {
    let joined = cell.split(['\n', '\r', '\t']).collect::<Vec<_>>().join(" ");
    text::clean(&joined).into_owned()
}

fn aligned(
    rows: &[Vec<String>],
    numbers: &[bool],
    policy: Policy,
    limit: Option<usize>,
) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |nth: usize| {
        let cells = rows.iter().filter_map(|row| row.get(nth));
        cells.map(|cell| policy.width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    rows.iter()
        .map(|row| {
            let line = joined(row, &widths, numbers, policy);
            let line = match limit {
                Some(limit) => text::elide(policy, &line, limit),
                None => line.into(),
            };
            policy.drawn_text(&line).into_owned()
        })
        .collect()
}

/// Returns one row; a column that is empty in every row takes no room.
fn joined(row: &[String], widths: &[usize], numbers: &[bool], policy: Policy) -> String {
    let mut line = String::new();
    for (nth, (cell, width)) in row
        .iter()
        .zip(widths)
        .enumerate()
        .filter(|(_, (_, w))| **w > 0)
    {
        if !line.is_empty() {
            line.push_str("  ");
        }
        let blanks = " ".repeat(width.saturating_sub(policy.width(cell)));
        if numbers.get(nth).copied().unwrap_or(false) {
            line.push_str(&blanks);
            line.push_str(cell);
        } else {
            line.push_str(cell);
            line.push_str(&blanks);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

#[cfg(test)]
mod tests {
    use super::{Layout, lines};
    use crate::{
        locale::Lang,
        report::{Cell, Heading, Table},
        text::Policy,
    };

    #[test]
    fn what_is_lined_up_is_drawn_as_it_is_counted() {
        let mut table = table();
        table.rows[0][1] = Cell::words("“两仓”…");
        for line in lines(
            &table,
            Layout::Aligned(Policy::Safe, None),
            false,
            Lang::ZhCn,
        ) {
            assert!(!line.contains(['“', '”', '…']), "{line}");
        }
        let tabs = lines(&table, Layout::Tabs, false, Lang::ZhCn);
        assert!(tabs[0].contains("“两仓”…"), "a pipe has the text itself");
    }

    fn table() -> Table {
        let heading = |id: &'static str| Heading {
            id,
            text: id.to_owned(),
        };
        Table {
            headings: ["name", "none", "n"].map(heading).to_vec(),
            rows: vec![
                vec![Cell::words("天津海关"), Cell::Empty, Cell::Count(19)],
                vec![Cell::words("a\tb\nc\u{1b}[2J"), Cell::Empty, Cell::Count(7)],
            ],
            ..Table::default()
        }
    }

    #[test]
    fn columns_line_up_and_numbers_stand_at_the_right() {
        let lines = lines(
            &table(),
            Layout::Aligned(Policy::Narrow, None),
            false,
            Lang::En,
        );
        let ends: Vec<usize> = lines.iter().map(|l| Policy::Narrow.width(l)).collect();
        assert_eq!(ends[0], ends[1]);
        assert!(lines[0].starts_with("天津海关") && lines[0].ends_with(" 19"));
    }

    #[test]
    fn a_cell_is_one_line_and_sends_no_escape() {
        for layout in [Layout::Tabs, Layout::Aligned(Policy::Narrow, None)] {
            let lines = lines(&table(), layout, true, Lang::En);
            assert_eq!(lines.len(), 3);
            assert!(!lines.concat().contains(['\n', '\u{1b}']));
        }
    }

    #[test]
    fn a_limit_is_kept() {
        for line in lines(
            &table(),
            Layout::Aligned(Policy::Narrow, Some(7)),
            true,
            Lang::En,
        ) {
            assert!(Policy::Narrow.width(&line) <= 7, "{line}");
        }
    }
}
