//! A table in GitHub-flavoured Markdown.

use super::Table;
use crate::{
    locale::Lang,
    text::{self, Policy},
};
use std::fmt::Write as _;

/// Beyond this width cells are not padded, which would only widen the source.
const PADDED: usize = 24;

/// Returns the table under a heading of this level.
pub fn write(table: &Table, level: usize, lang: Lang) -> String {
    let head = format!("{} {}\n\n", "#".repeat(level), cell(&table.title));
    head + &grid(table, lang)
}

/// Returns the table itself.
pub(super) fn grid(table: &Table, lang: Lang) -> String {
    let mut rows: Vec<Vec<String>> = vec![table.headings.iter().map(|h| cell(&h.text)).collect()];
    let shown = table.rows.iter();
    rows.extend(shown.map(|row| row.iter().map(|c| cell(&c.show(lang))).collect()));
    let widths: Vec<usize> = (0..table.headings.len())
        .map(|nth| width(&rows, nth))
        .collect();
    let mut out = String::new();
    for (nth, row) in rows.iter().enumerate() {
        line(&mut out, row, &widths);
        if nth == 0 {
            rule(&mut out, table, &widths);
        }
    }
    if let Some(note) = &table.note {
        let _ = write!(out, "\n{}\n", cell(note));
    }
    out
}

/// Returns the padded width of a column.
fn width(rows: &[Vec<String>], nth: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(nth));
    let widths = cells.map(|c| Policy::Wide.width(c));
    widths.filter(|w| *w <= PADDED).max().unwrap_or(0).max(3)
}

fn line(out: &mut String, row: &[String], widths: &[usize]) {
    for (cell, width) in row.iter().zip(widths) {
        let blanks = width.saturating_sub(Policy::Wide.width(cell));
        let _ = write!(out, "| {cell}{} ", " ".repeat(blanks));
    }
    out.push_str("|\n");
}

/// Numbers are right-aligned.
fn rule(out: &mut String, table: &Table, widths: &[usize]) {
    for (nth, width) in widths.iter().enumerate() {
        let mut cells = table.rows.iter().filter_map(|row| row.get(nth));
        let end = if cells.any(super::Cell::is_number) {
            ':'
        } else {
            '-'
        };
        let _ = write!(out, "| {}{end} ", "-".repeat(width - 1));
    }
    out.push_str("|\n");
}

/// Returns a text escaped for a table cell: line ends become `<br>`, and `|` is escaped too, since
/// GFM splits cells before anything else.
fn cell(said: &str) -> String {
    let mut out = String::new();
    for c in text::clean(said).trim().chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '&' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::{
        locale::Lang,
        report::{Cell, Heading, Table},
        text::Policy,
    };

    #[test]
    fn cells_stay_cells_and_columns_line_up() {
        let heading = |text: &str| Heading {
            id: "x",
            text: text.into(),
        };
        let table = Table {
            title: "题 | 目".into(),
            headings: ["单位", "内容", "n"].map(heading).to_vec(),
            rows: vec![
                vec![
                    Cell::words("天津海关"),
                    Cell::words("a|b\n*c* <d>"),
                    Cell::Count(3),
                ],
                vec![Cell::Empty, Cell::words("\u{1b}[2J"), Cell::Count(12)],
            ],
            ..Table::default()
        };
        let text = write(&table, 2, Lang::En);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "## 题 \\| 目");
        assert!(
            lines[3].starts_with("| ---") && lines[3].ends_with("-: |"),
            "{text}"
        );
        assert!(lines[4].contains("a\\|b<br>\\*c\\* \\<d>"), "{text}");
        assert_eq!(lines.len(), 6);
        let widths: Vec<usize> = lines[2..].iter().map(|l| Policy::Wide.width(l)).collect();
        assert!(widths.windows(2).all(|w| w[0] == w[1]), "{text}");
        assert!(!text.contains('\u{1b}'));
    }
}
