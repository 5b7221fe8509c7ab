//! The rows of a 任务分工表 as lines. May use: `column`.

use super::{
    Join, Row,
    column::{self, Column, Columns, Kind},
    joined, one_line,
};

/// Prints rows; none where that is more than there is room for.
pub(super) fn lines(rows: &[Row], columns: &Columns, room: usize) -> Option<Vec<String>> {
    let mut printer = Printer {
        columns,
        above: vec![Vec::new(); columns.width()],
        rule: columns.rule(),
    };
    let mut lines = Vec::new();
    let mut length = 0;
    for row in rows {
        // The heads again, on a new page.
        if column::is_heads(row) {
            continue;
        }
        let line = printer.row(row);
        length += line.len() + 1;
        if length > room {
            return None;
        }
        lines.push(line);
    }
    lines.retain(|l| !l.is_empty());
    Some(lines)
}

struct Printer<'a> {
    columns: &'a Columns,
    /// What the last cells that were joined downwards hold.
    above: Vec<Vec<String>>,
    /// A rule of the heads that has not been printed yet.
    rule: Option<&'a str>,
}

/// A cell with its column, and whether it goes on from the row above.
struct Held<'a> {
    column: &'a Column,
    lines: Vec<String>,
    below: bool,
}

impl<'a> Printer<'a> {
    fn row(&mut self, row: &Row) -> String {
        let held = self.held(row);
        let told = held.iter().filter(|h| !h.lines.is_empty());
        let mut told = told.filter(|h| !h.below);
        if let (Some(only), None) = (told.next(), told.next())
            && only.column.kind != Kind::Unit
            && held.len() < self.columns.width().max(3)
            && !held.iter().any(|h| h.below)
        {
            // A heading over the rows below it.
            return one_line(&only.lines);
        }
        let number = number(&held);
        let goes_on = number.is_empty()
            && held
                .iter()
                .any(|h| h.below && h.column.kind == Kind::Number)
            || number.is_empty() && held.iter().any(|h| h.below && h.column.kind == Kind::Task);
        let mut out = text(&held, goes_on);
        out = if out.starts_with(|c: char| c.is_ascii()) && !number.is_empty() {
            format!("{} {out}", number.trim_end())
        } else {
            number + &out
        };
        out.push_str(&self.bracket(&held));
        out
    }

    /// Returns the cells of a row, each with what holds in it.
    fn held(&mut self, row: &Row) -> Vec<Held<'a>> {
        let mut out = Vec::new();
        for cell in &row.cells {
            let columns: &'a Columns = self.columns;
            let Some(column) = columns.at(cell.column) else {
                continue;
            };
            let below = cell.join == Join::Below;
            let Some(above) = self.above.get_mut(cell.column) else {
                continue;
            };
            if !below {
                above.clone_from(&cell.lines);
            }
            out.push(Held {
                column,
                lines: above.clone(),
                below,
            });
        }
        out
    }

    fn bracket(&mut self, held: &[Held<'_>]) -> String {
        let units = held.iter().filter(|h| h.column.kind == Kind::Unit);
        let units = units.filter(|h| is_told(&h.lines));
        let mut parts: Vec<String> = units
            .map(|h| format!("{}：{}", h.column.head, joined(&h.lines, "、")))
            .collect();
        if parts.is_empty() {
            return String::new();
        }
        if let Some(rule) = self.rule.take()
            && let Some(first) = parts.first_mut()
        {
            first.push('。');
            first.push_str(rule);
        }
        let due = held.iter().filter(|h| h.column.kind == Kind::Due);
        let due = due.filter(|h| is_told(&h.lines));
        parts.extend(due.map(|h| format!("{}：{}", h.column.head, one_line(&h.lines))));
        format!("（{}）", parts.join("；"))
    }
}

/// Tells whether a cell says anything: / and — stand for nothing.
fn is_told(lines: &[String]) -> bool {
    lines.iter().any(|l| l.chars().any(char::is_alphanumeric))
}

/// Returns the number of a row as a document prints it: `1.`, `一、`; nothing where it is joined to
/// the row above.
fn number(held: &[Held<'_>]) -> String {
    let cell = held
        .iter()
        .find(|h| h.column.kind == Kind::Number && !h.below);
    let text = cell.map(|h| one_line(&h.lines)).unwrap_or_default();
    let bare = text.trim().trim_end_matches(['.', '．', '、']);
    if bare.is_empty() {
        String::new()
    } else if bare.chars().all(|c| c.is_ascii_digit()) {
        format!("{}.", bare.trim_start_matches('0'))
    } else if bare
        .chars()
        .all(|c| "一二三四五六七八九十百〇零".contains(c))
    {
        format!("{bare}、")
    } else {
        format!("{} ", text.trim())
    }
}

/// Returns the text of a row, its cells as sentences.
fn text(held: &[Held<'_>], goes_on: bool) -> String {
    let mut out = String::new();
    let has_units = held
        .iter()
        .any(|h| h.column.kind == Kind::Unit && is_told(&h.lines));
    for part in held {
        let kind = part.column.kind;
        let loose_due = kind == Kind::Due && !has_units;
        let shown = matches!(kind, Kind::Task | Kind::Other) || loose_due;
        let text = one_line(&part.lines);
        if !shown || text.is_empty() || goes_on && part.below {
            continue;
        }
        if !out.is_empty() && !out.ends_with(['。', '；', '：', '！', '？']) {
            out.push('。');
        }
        if kind != Kind::Task && !part.column.head.is_empty() {
            out.push_str(&part.column.head);
            out.push('：');
        }
        out.push_str(&text);
    }
    out
}
