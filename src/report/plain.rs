//! A table as plain text: aligned for people, or with tabs for programs.

use super::{Cell, Span, Table};
use crate::{
    locale::Lang,
    text::{self, Policy, Tone},
};
use share::{UnsizedColumn, share, worth};
use std::ops::Range;

mod share;

/// Layout of plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Aligned columns separated by blanks, sharing the given width if there is one.
    Aligned(Policy, Option<usize>),
    /// One tab between cells, nothing cut.
    Tabs,
}

/// A table as lines of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTable {
    /// The lines.
    pub lines: Vec<String>,
    /// Headings of the columns for which there was no room.
    pub left_out: Vec<String>,
}

/// Returns the rows as lines, with the headings if `headings` is set; what is coloured is marked by
/// its [`Tone`].
pub fn lines(table: &Table, layout: Layout, headings: bool, lang: Lang) -> TextTable {
    let mut rows: Vec<Vec<Shown>> = Vec::with_capacity(table.rows.len() + 1);
    if headings {
        let shown = table.headings.iter().map(|h| Shown::words(&h.text));
        rows.push(shown.collect());
    }
    rows.extend(table.rows.iter().enumerate().map(|(nth, row)| {
        let spans = table.spans.get(nth).map_or(&[][..], Vec::as_slice);
        let shown = row.iter().enumerate();
        let shown = shown.map(|(column, cell)| Shown::cell(cell, column, spans, lang));
        shown.collect()
    }));
    let Layout::Aligned(policy, limit) = layout else {
        let joined = |row: &Vec<Shown>| {
            let mut line = ColouredLine::default();
            for (nth, cell) in row.iter().enumerate() {
                line.text += if nth > 0 { "\t" } else { "" };
                line.push(&cell.whole, 0, &cell.spans);
            }
            line.set()
        };
        return TextTable {
            lines: rows.iter().map(joined).collect(),
            left_out: Vec::new(),
        };
    };
    let (widths, gap) = widths(table, &rows, policy, limit);
    let fitted = Fitted {
        widths: &widths,
        numbers: &numbers(table),
        gap,
        policy,
        wraps: table.headings.last().is_some_and(|h| h.id == "said"),
        limit,
    };
    let left_out = table.headings.iter().zip(&widths).enumerate();
    let had_room = |nth: usize| rows.iter().all(|row| row[nth].whole.is_empty());
    TextTable {
        lines: rows.iter().flat_map(|row| fitted.lines(row)).collect(),
        left_out: left_out
            .filter(|(nth, (_, width))| **width == 0 && !had_room(*nth))
            .map(|(_, (heading, _))| heading.text.clone())
            .collect(),
    }
}

/// A cell's text, its short form if it has one, and what is coloured.
struct Shown {
    whole: String,
    brief: Option<String>,
    spans: Vec<(Range<usize>, Tone)>,
}

/// A line with what is coloured in it.
#[derive(Default)]
struct ColouredLine {
    text: String,
    spans: Vec<(Range<usize>, Tone)>,
}

impl ColouredLine {
    /// Appends a part of a cell's text that begins at this byte of it, with the cell's spans.
    fn push(&mut self, part: &str, from: usize, spans: &[(Range<usize>, Tone)]) {
        let place = |at: usize| self.text.len() + at.saturating_sub(from).min(part.len());
        let moved = spans.iter();
        let moved: Vec<_> = moved
            .map(|(range, tone)| (place(range.start)..place(range.end), *tone))
            .collect();
        self.spans.extend(moved);
        self.text += part;
    }

    /// Returns the line with its marks, which have no width.
    fn set(&self) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for (range, tone) in &self.spans {
            let (before, toned) = (self.text.get(at..range.start), self.text.get(range.clone()));
            if let (Some(before), Some(toned)) = (before, toned)
                && !toned.is_empty()
            {
                out.extend([before, &tone.set(toned)]);
                at = range.end;
            }
        }
        out + self.text.get(at..).unwrap_or_default()
    }
}

impl Shown {
    fn words(text: &str) -> Self {
        Self {
            whole: one_line(text),
            brief: None,
            spans: Vec::new(),
        }
    }

    fn cell(cell: &Cell, column: usize, spans: &[Span], lang: Lang) -> Self {
        let own = spans.iter().filter(|span| span.column == column);
        Self {
            spans: own.map(|span| (span.range.clone(), span.tone)).collect(),
            whole: one_line(&cell.show(lang)),
            brief: match cell {
                Cell::Brief(_, brief) => Some(one_line(brief)),
                _ => None,
            },
        }
    }

    fn fit(&self, policy: Policy, width: usize) -> std::borrow::Cow<'_, str> {
        let brief = self
            .brief
            .as_ref()
            .filter(|_| policy.width(&self.whole) > width);
        text::elide(policy, brief.unwrap_or(&self.whole), width)
    }
}

/// Returns the width of each column, and of the gap between two.
fn widths(
    table: &Table,
    rows: &[Vec<Shown>],
    policy: Policy,
    limit: Option<usize>,
) -> (Vec<usize>, usize) {
    let natural = |nth: usize| {
        let cells = rows.iter().filter_map(|row| row.get(nth));
        cells
            .map(|cell| policy.width(&cell.whole))
            .max()
            .unwrap_or(0)
    };
    let zeros = |nth: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(nth));
        cells.all(|cell| *cell == Cell::Count(0))
    };
    let column = |nth: usize| UnsizedColumn {
        worth: worth(table.headings[nth].id),
        natural: natural(nth),
        zeros: zeros(nth),
    };
    let columns: Vec<UnsizedColumn> = (0..table.headings.len()).map(column).collect();
    share(&columns, limit.unwrap_or(usize::MAX))
}

/// Returns for each column whether it holds numbers, which are right-aligned.
fn numbers(table: &Table) -> Vec<bool> {
    let number = |nth| {
        table
            .rows
            .iter()
            .any(|row| row.get(nth).is_some_and(Cell::is_number))
    };
    (0..table.headings.len()).map(number).collect()
}

/// Returns the text of a cell on one line, safe for a terminal.
pub fn one_line(cell: &str) -> String {
    let joined = cell.split(['\n', '\r', '\t']).collect::<Vec<_>>().join(" ");
    text::clean(&joined).into_owned()
}

/// The least width of running text beside other columns.
const BESIDE: usize = 24;

/// The layout of a table's rows.
struct Fitted<'a> {
    /// By column; 0 leaves it out.
    widths: &'a [usize],
    numbers: &'a [bool],
    gap: usize,
    policy: Policy,
    /// Whether the last column continues on further lines.
    wraps: bool,
    limit: Option<usize>,
}

impl Fitted<'_> {
    fn lines(&self, row: &[Shown]) -> Vec<String> {
        let lines = match (row.split_last(), self.limit) {
            (Some((last, before)), Some(limit)) if self.wraps => self.wrapped(before, last, limit),
            _ => vec![self.line(row)],
        };
        let drawn = |mut line: ColouredLine| {
            line.text.truncate(line.text.trim_end().len());
            self.policy.drawn_text(&line.set()).into_owned()
        };
        lines.into_iter().map(drawn).collect()
    }

    fn line(&self, row: &[Shown]) -> ColouredLine {
        let mut line = ColouredLine::default();
        let shown = row.iter().zip(self.widths).enumerate();
        for (nth, (cell, &width)) in shown.filter(|(_, (_, width))| **width > 0) {
            if !line.text.is_empty() {
                line.text += &" ".repeat(self.gap);
            }
            let fit = cell.fit(self.policy, width);
            let blanks = " ".repeat(width.saturating_sub(self.policy.width(&fit)));
            let is_number = self.numbers.get(nth).copied().unwrap_or(false);
            let (before, after) = if is_number {
                (&*blanks, "")
            } else {
                ("", &*blanks)
            };
            line.text += before;
            line.push(&fit, 0, &cell.spans);
            line.text += after;
        }
        if let Some(limit) = self.limit {
            line.text = text::elide(self.policy, &line.text, limit).into_owned();
        }
        line
    }

    /// Returns a row whose last cell is running text: beside the others if there is room, otherwise
    /// below.
    fn wrapped(&self, before: &[Shown], last: &Shown, limit: usize) -> Vec<ColouredLine> {
        let head = self.line(before);
        let beside = self.policy.width(&head.text) + self.gap;
        let indent = if limit >= beside + BESIDE { beside } else { 2 };
        let room = limit.saturating_sub(indent).max(1);
        let mut lines = vec![head];
        for (nth, range) in text::wrap(self.policy, &last.whole, room)
            .into_iter()
            .enumerate()
        {
            if nth > 0 || indent != beside {
                lines.push(ColouredLine::default());
            }
            let Some(line) = lines.last_mut() else {
                continue;
            };
            let gap = if nth == 0 && indent == beside {
                self.gap
            } else {
                indent
            };
            line.text += &" ".repeat(gap);
            let part = last.whole.get(range.clone()).unwrap_or_default();
            line.push(part, range.start, &last.spans);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, lines as laid_out};
    use crate::{
        locale::Lang,
        report::{Cell, Heading, Table},
        text::Policy,
    };

    fn lines(table: &Table, layout: Layout, headings: bool, lang: Lang) -> Vec<String> {
        laid_out(table, layout, headings, lang).lines
    }

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
    fn columns_line_up_and_numbers_are_right_aligned() {
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
