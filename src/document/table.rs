//! Tables of any file type: their rows and cells, and how they become lines.
//!
//! A task table (任务分工表, 台账, an audit list) has a header row that names the task and what
//! belongs to it. Each row below becomes one line as a document would print it,
//! `1.任务。措施（责任单位：甲；完成时限：6月底）`, in the words of header and cells, with a
//! [`Mark::Row`] that marks its parts. A merged cell holds for each row that it covers. Any other
//! table is printed one row per line.

use super::mark::Mark;

mod column;
mod task;

pub(super) use column::{TaskColumns, are_heads, is_number_head};

/// The most cells in all tables of a file.
pub(super) const MOST_CELLS: usize = 1_000_000;

/// The most columns of a table.
pub(super) const MOST_COLUMNS: usize = 256;

/// How a cell is merged with the one above.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Join {
    #[default]
    None,
    /// It is the first of the merged cells.
    First,
    /// It continues the cell above.
    Below,
}

#[derive(Debug, Default)]
struct SourceCell {
    /// Its first column.
    column: usize,
    span: usize,
    join: Join,
    lines: Vec<String>,
}

impl SourceCell {
    /// Returns its text as one line.
    fn text(&self) -> String {
        one_line(&self.lines)
    }
}

#[derive(Debug, Default)]
struct SourceRow {
    cells: Vec<SourceCell>,
    /// Where the next cell begins.
    column: usize,
    deleted: bool,
}

/// A table being read.
#[derive(Debug, Default)]
pub(super) struct SourceTable {
    rows: Vec<SourceRow>,
}

/// A printed line, with what it is.
pub(super) type PrintedLine = (String, Option<Mark>);

/// A printed table.
pub(super) struct Printed {
    pub lines: Vec<PrintedLine>,
    /// The columns by which its rows were read as tasks; `None` if it is not a task table.
    pub columns: Option<TaskColumns>,
}

impl SourceTable {
    pub(super) fn begin_row(&mut self) {
        self.rows.push(SourceRow::default());
    }

    /// Leaves columns empty at the beginning of a row; a deleted row is removed when it ends.
    pub(super) fn begin_columns(&mut self, before: usize, deleted: bool) {
        if let Some(row) = self.rows.last_mut() {
            row.deleted = deleted;
            row.column += before.min(MOST_COLUMNS);
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(SourceCell {
                column: row.column,
                span: 1,
                ..SourceCell::default()
            });
        }
    }

    pub(super) fn end_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.column += row.cells.last().map_or(0, |c| c.span);
        }
    }

    pub(super) fn end_row(&mut self) {
        self.rows.pop_if(|row| row.deleted);
    }

    /// Adds a row of cells, each one column wide.
    pub(super) fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        self.begin_row();
        for text in cells.into_iter().take(MOST_COLUMNS) {
            self.begin_cell();
            self.add(text);
            self.end_cell();
        }
    }

    fn cell(&mut self) -> Option<&mut SourceCell> {
        self.rows.last_mut()?.cells.last_mut()
    }

    pub(super) fn span(&mut self, count: usize) {
        if let Some(cell) = self.cell() {
            cell.span = count.clamp(1, MOST_COLUMNS);
        }
    }

    pub(super) fn join(&mut self, begins: bool) {
        if let Some(cell) = self.cell() {
            cell.join = if begins { Join::First } else { Join::Below };
        }
    }

    /// Adds a paragraph to the open cell.
    pub(super) fn add(&mut self, text: &str) {
        let Some(cell) = self.cell() else { return };
        let lines = text.split('\n').map(str::trim);
        let lines = lines.filter(|l| !l.is_empty());
        cell.lines.extend(lines.map(str::to_owned));
    }

    /// Returns one line per row, cells separated by tabs; a table of a single column gives its
    /// paragraphs.
    pub(super) fn plain(&self) -> Vec<String> {
        if self.is_frame() {
            let cells = self.rows.iter().flat_map(|r| &r.cells);
            return cells.flat_map(|c| c.lines.iter().cloned()).collect();
        }
        let line = |row: &SourceRow| {
            let cells = row.cells.iter().map(SourceCell::text);
            let cells: Vec<String> = cells.filter(|c| !c.is_empty()).collect();
            cells.join("\t")
        };
        self.rows.iter().map(line).collect()
    }

    /// Returns whether it is only a frame around text.
    pub(super) fn is_frame(&self) -> bool {
        self.rows.iter().all(|r| r.cells.len() < 2)
    }

    fn width(&self) -> usize {
        self.rows.iter().map(|r| r.column).max().unwrap_or(0)
    }

    /// Returns the table as lines, or `None` if its text exceeds `room`. `earlier` are the columns
    /// of the preceding table, which may continue here.
    pub(super) fn print(mut self, earlier: Option<TaskColumns>, room: usize) -> Option<Printed> {
        let width = self.width();
        let mut before = Vec::new();
        let columns = match column::find(&self.rows) {
            Some((columns, heads)) => {
                before = self.rows.drain(..heads).collect();
                Some(columns)
            }
            None => earlier.filter(|c| c.width() == width),
        };
        let Some(columns) = columns else {
            let lines = self.plain().into_iter().map(|l| (l, None)).collect();
            return Some(Printed {
                lines,
                columns: None,
            });
        };
        let titles = column::titles(&before);
        let mut lines: Vec<PrintedLine> = titles.into_iter().map(|t| (t, None)).collect();
        lines.extend(task::lines(&self.rows, &columns, room)?);
        Some(Printed {
            lines,
            columns: Some(columns.begun()),
        })
    }
}

/// Joins the lines of a cell, without a separator next to punctuation.
fn one_line(lines: &[String]) -> String {
    joined(lines, " ")
}

fn joined(lines: &[String], between: &str) -> String {
    let mut out = String::new();
    for line in lines {
        let mark = |c: char| !c.is_alphanumeric();
        let smooth = out.is_empty()
            || out.ends_with(mark)
            || line.starts_with(['、', '，', '；', '（', '）']);
        if !smooth {
            out.push_str(between);
        }
        out.push_str(line);
    }
    out
}
