//! Tables: rows and cells as they are read, and how they become lines. May use: `xml`, `left`.
//!
//! A table that shares out tasks (任务分工表) has a row of heads with 责任单位 or its like among them:
//! each row below becomes one line as a document would print it, `1.任务。措施（责任单位：甲；完成时限：6月底）`,
//! in the words of the heads and cells. A joined cell holds for each row that it covers. Any other
//! table is printed a row a line.

use super::{
    DocxError,
    left::{Left, Thing},
    xml::{Step, Xml, name, number},
};

mod column;
mod task;

pub(super) use column::Columns;

/// The most cells of a file, in all tables.
pub(super) const MOST_CELLS: usize = 100_000;

/// The most columns of a table, which is Word's own limit.
const MOST_COLUMNS: usize = 63;

/// How a cell is joined to the one above.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Join {
    #[default]
    None,
    /// It is the first of those that are joined.
    First,
    /// It goes on from the cell above.
    Below,
}

#[derive(Debug, Default)]
struct Cell {
    /// Its first column.
    column: usize,
    span: usize,
    join: Join,
    lines: Vec<String>,
}

impl Cell {
    /// Returns its text as one line.
    fn text(&self) -> String {
        one_line(&self.lines)
    }
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    /// Where the next cell begins.
    column: usize,
    deleted: bool,
}

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

/// What the properties of a row say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowProperties {
    /// It is deleted, by a change that is tracked.
    pub deleted: bool,
    /// How many columns stand empty before it.
    before: usize,
}

/// Reads `w:trPr`, which has just begun.
pub(super) fn row_properties(xml: &mut Xml<'_>) -> Result<RowProperties, DocxError> {
    let mut out = RowProperties::default();
    xml.within(|_, tag| {
        match name(tag) {
            "del" => out.deleted = true,
            "gridBefore" => out.before = columns(number(tag)),
            "trPrChange" => return Ok(Step::Over),
            _ => {}
        }
        Ok(Step::Into)
    })?;
    Ok(out)
}

fn columns(count: Option<i64>) -> usize {
    let count = count.and_then(|c| usize::try_from(c).ok());
    count.unwrap_or(0).min(MOST_COLUMNS)
}

impl Table {
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Row::default());
    }

    pub(super) fn begin_columns(&mut self, properties: RowProperties) {
        if let Some(row) = self.rows.last_mut() {
            row.deleted = properties.deleted;
            row.column += properties.before;
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Cell {
                column: row.column,
                span: 1,
                ..Cell::default()
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

    fn cell(&mut self) -> Option<&mut Cell> {
        self.rows.last_mut()?.cells.last_mut()
    }

    pub(super) fn span(&mut self, count: Option<i64>) {
        if let Some(cell) = self.cell() {
            cell.span = columns(count).max(1);
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

    /// Returns the table a row a line, its cells parted by tabs; one of a single column is its
    /// paragraphs.
    pub(super) fn plain(&self) -> Vec<String> {
        if self.is_frame() {
            let cells = self.rows.iter().flat_map(|r| &r.cells);
            return cells.flat_map(|c| c.lines.iter().cloned()).collect();
        }
        let line = |row: &Row| {
            let cells = row.cells.iter().map(Cell::text);
            let cells: Vec<String> = cells.filter(|c| !c.is_empty()).collect();
            cells.join("\t")
        };
        self.rows.iter().map(line).collect()
    }

    /// Tells whether it is only a frame round text.
    fn is_frame(&self) -> bool {
        self.rows.iter().all(|r| r.cells.len() < 2)
    }

    fn width(&self) -> usize {
        self.rows.iter().map(|r| r.column).max().unwrap_or(0)
    }

    /// Returns the table as lines, and the columns by which it was read; none where its text is more
    /// than there is room for. `earlier` are the columns of the table right before it.
    pub(super) fn print(
        mut self,
        earlier: Option<Columns>,
        room: usize,
        left: &mut Left,
    ) -> Option<(Vec<String>, Option<Columns>)> {
        let found = column::find(&self.rows);
        let width = self.width();
        let columns = match found {
            Some((columns, heads)) => {
                let before: Vec<Row> = self.rows.drain(..heads).collect();
                Some((columns, before))
            }
            None => earlier
                .filter(|c| c.width() == width)
                .map(|c| (c, Vec::new())),
        };
        let Some((columns, before)) = columns else {
            if !self.is_frame() {
                left.count(Thing::Tables);
            }
            return Some((self.plain(), None));
        };
        let mut lines = column::titles(&before);
        lines.extend(task::lines(&self.rows, &columns, room)?);
        left.count(Thing::Tasks);
        Some((lines, Some(columns.begun())))
    }
}

/// Joins the lines of a cell, without a sign where one ends or begins with punctuation.
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
