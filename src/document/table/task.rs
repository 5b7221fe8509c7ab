//! The rows of a task table as lines.

use super::{
    super::mark::{Mark, TaskRow},
    Join, PrintedLine, SourceRow,
    column::{self, ColumnKind, TaskColumn, TaskColumns},
    joined, one_line,
};
use crate::document::vocabulary::{self as of, vocabulary};

/// Heading level within a table: below those of the text around it.
const HEADING: u8 = 6;

/// Prints rows; `None` if they exceed `room`.
pub(super) fn lines(
    rows: &[SourceRow],
    columns: &TaskColumns,
    room: usize,
) -> Option<Vec<PrintedLine>> {
    let mut printer = Printer {
        columns,
        above: vec![Vec::new(); columns.width()],
        groups: vec![String::new(); columns.width()],
        rule: columns.rule(),
        lines: Vec::new(),
    };
    let mut length = 0;
    for row in rows {
        // The header again, on a new page.
        if column::is_heads(row) {
            continue;
        }
        let from = printer.lines.len();
        printer.row(row);
        let new = printer.lines.get(from..).unwrap_or_default();
        length += new.iter().map(|l| l.0.len() + 1).sum::<usize>();
        if length > room {
            return None;
        }
    }
    printer.lines.retain(|l| !l.0.is_empty());
    Some(printer.lines)
}

/// Returns whether a box or a status says done.
fn is_done(text: &str) -> bool {
    let bare = text.trim_matches(['[', ']', ' ']).to_lowercase();
    of::is_one(&bare, &vocabulary().finished)
}

struct Printer<'a> {
    columns: &'a TaskColumns,
    /// The last vertically merged cells, by column.
    above: Vec<Vec<String>>,
    /// The last text of each column of groups.
    groups: Vec<String>,
    /// A rule of the header that has not been printed yet.
    rule: Option<&'a str>,
    lines: Vec<PrintedLine>,
}

/// A cell with its column, and whether it continues from the row above.
struct TaskCell<'a> {
    at: usize,
    column: &'a TaskColumn,
    lines: Vec<String>,
    below: bool,
}

impl TaskCell<'_> {
    fn is(&self, kind: ColumnKind) -> bool {
        self.column.kind == kind
    }
}

impl<'a> Printer<'a> {
    fn row(&mut self, row: &SourceRow) {
        let held = self.held(row);
        if let Some(heading) = self.heading(&held) {
            return self.push_heading(heading, 0);
        }
        self.group_headings(&held);
        let number = number(&held);
        let goes_on = |kind| held.iter().any(|h| h.below && h.is(kind));
        let goes_on =
            number.is_empty() && (goes_on(ColumnKind::Number) || goes_on(ColumnKind::Task));
        let parts = parts(&held, goes_on);
        let first = parts.first().map(|p| p.starts_with(|c: char| c.is_ascii()));
        let mut line = boxed(&held) + &number;
        if first == Some(true) && !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
        let mut mark = TaskRow {
            label: line.len(),
            ticked: held.iter().any(|h| {
                (h.is(ColumnKind::Box) || h.is(ColumnKind::Status))
                    && is_done(one_line(&h.lines).trim())
            }),
            assigns: self.columns.assigns(),
            ..TaskRow::default()
        };
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                let ascii = line.chars().all(|c| u32::from(c) < 0x2e80);
                if !line.ends_with(['。', '；', '：', '！', '？', '.', ';', ':', '!', '?']) {
                    line.push_str(if ascii { "." } else { "。" });
                }
                if i == 1 && !goes_on {
                    mark.title = line.len();
                }
                line.push_str(if ascii { " " } else { "" });
            }
            line.push_str(part);
        }
        mark.text = line.len();
        let bracket = self.bracket(&held, &mut mark);
        // A number with nothing behind it is text, not the label of a row.
        let marked = !parts.is_empty() || !bracket.is_empty();
        line.push_str(&bracket);
        self.lines
            .push((line, marked.then(|| Mark::Row(Box::new(mark)))));
    }

    fn push_heading(&mut self, text: String, depth: u8) {
        self.lines
            .push((text, Some(Mark::Heading(HEADING + depth))));
    }

    /// Returns the text of a row that is only a heading: a single cell that spans the row, stands
    /// in the number column, or begins with a chapter's number.
    fn heading(&self, held: &[TaskCell<'_>]) -> Option<String> {
        let mut told = held.iter().filter(|h| !h.lines.is_empty() && !h.below);
        let only = told.next()?;
        if told.next().is_some() || only.is(ColumnKind::Unit) || held.iter().any(|h| h.below) {
            return None;
        }
        let text = one_line(&only.lines);
        let wide = held.len() < self.columns.width().max(3);
        let numbered = is_chapter_number(&text);
        let in_number = only.is(ColumnKind::Number) && text.chars().count() > 4;
        (wide || numbered || in_number).then_some(text)
    }

    /// Prints the columns of groups if their text changed.
    fn group_headings(&mut self, held: &[TaskCell<'_>]) {
        let mut before = String::new();
        let mut depth = 0;
        for cell in held.iter().filter(|h| h.is(ColumnKind::Group)) {
            let text = one_line(&cell.lines);
            let named = cell.column.head.to_lowercase();
            if named.ends_with("id") || named.ends_with("编号") {
                before = text + " ";
                continue;
            }
            let text = std::mem::take(&mut before) + &text;
            depth += 1;
            let Some(known) = self.groups.get_mut(cell.at) else {
                continue;
            };
            if !text.trim().is_empty() && *known != text {
                known.clone_from(&text);
                for deeper in self.groups.iter_mut().skip(cell.at + 1) {
                    deeper.clear();
                }
                self.push_heading(text, depth);
            }
        }
    }

    /// Returns the cells of a row, including those merged from above.
    fn held(&mut self, row: &SourceRow) -> Vec<TaskCell<'a>> {
        let mut out = Vec::new();
        for cell in &row.cells {
            let columns: &'a TaskColumns = self.columns;
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
            out.push(TaskCell {
                at: cell.column,
                column,
                lines: above.clone(),
                below,
            });
        }
        out
    }

    /// Prints the units and deadline of a row, and records both.
    fn bracket(&mut self, held: &[TaskCell<'_>], mark: &mut TaskRow) -> String {
        let mut parts: Vec<(&str, String)> = Vec::new();
        for kind in [ColumnKind::Unit, ColumnKind::Owner, ColumnKind::Due] {
            let cells = held.iter().filter(|h| h.is(kind) && is_told(&h.lines));
            for cell in cells {
                let name = cell.column.head.as_str();
                let told = match kind {
                    ColumnKind::Due => one_line(&cell.lines),
                    _ => joined(&cell.lines, "、"),
                };
                match kind {
                    ColumnKind::Unit => mark.units.push((name.to_owned(), told.clone())),
                    ColumnKind::Owner => more(&mut mark.owner, &told),
                    _ => more(&mut mark.due, &told),
                }
                parts.push((name, told));
            }
        }
        let Some((first, _)) = parts.first() else {
            return String::new();
        };
        let ascii = first.is_ascii();
        let (open, colon, between, close) = if ascii {
            (" (", ": ", "; ", ")")
        } else {
            ("（", "：", "；", "）")
        };
        let rule = self.rule.take().filter(|_| !mark.units.is_empty());
        mark.rule = rule.map(str::to_owned);
        let mut out = open.to_owned();
        for (i, (head, told)) in parts.iter().enumerate() {
            if i > 0 {
                out.push_str(between);
            }
            out.push_str(head);
            out.push_str(colon);
            out.push_str(told);
            if let Some(rule) = rule.filter(|_| i == 0) {
                out.push('。');
                out.push_str(rule);
            }
        }
        out + close
    }
}

/// Returns whether a text begins like a chapter: 一、 （一） 第一章.
fn is_chapter_number(text: &str) -> bool {
    let han = |c: char| "一二三四五六七八九十百".contains(c);
    let body = text.trim_start_matches(['第', '（', '(']);
    let rest = body.trim_start_matches(han);
    rest.len() < body.len() && rest.starts_with(['、', '）', ')', '章', '节', '編', '编', '篇'])
}

fn more(known: &mut Option<String>, told: &str) {
    match known {
        Some(known) => {
            known.push('、');
            known.push_str(told);
        }
        None => *known = Some(told.to_owned()),
    }
}

/// Returns whether a cell has any content: / and — mean none.
fn is_told(lines: &[String]) -> bool {
    lines.iter().any(|l| l.chars().any(char::is_alphanumeric))
}

/// Returns the box of a row.
fn boxed(held: &[TaskCell<'_>]) -> String {
    let cell = held.iter().find(|h| h.is(ColumnKind::Box) && !h.below);
    let text = cell.map(|h| one_line(&h.lines)).unwrap_or_default();
    if text.is_empty() { text } else { text + " " }
}

/// Returns the number of a row as a document prints it: `1.`, `一、`; empty if merged with the row
/// above.
fn number(held: &[TaskCell<'_>]) -> String {
    let cell = held.iter().find(|h| h.is(ColumnKind::Number) && !h.below);
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

/// Returns the texts of a row, cell by cell, with headers for those that need them.
fn parts(held: &[TaskCell<'_>], goes_on: bool) -> Vec<String> {
    let mut out = Vec::new();
    for part in held {
        let kind = part.column.kind;
        let shown = matches!(
            kind,
            ColumnKind::Task | ColumnKind::Other | ColumnKind::Status
        );
        let text = one_line(&part.lines);
        if !shown || text.is_empty() || goes_on && part.below {
            continue;
        }
        let name = part.column.head.as_str();
        let colon = if name.is_ascii() { ": " } else { "：" };
        out.push(if kind == ColumnKind::Task || name.is_empty() {
            text
        } else {
            format!("{name}{colon}{text}")
        });
    }
    out
}
