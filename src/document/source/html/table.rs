//! Tables of a page: cells that span columns and rows.

use super::{DEEPEST, PageWalk, SourceError, StartTag, attribute};
use crate::document::source::TOO_LARGE;
use crate::document::table::{MOST_CELLS, MOST_COLUMNS, SourceTable};

/// A table being read, and the cells that reach down from rows above.
#[derive(Default)]
pub(super) struct OpenTable {
    pub table: SourceTable,
    in_row: bool,
    pub in_cell: bool,
    column: usize,
    /// By column: the rows it still covers, and its width.
    down: Vec<(usize, usize)>,
}

impl PageWalk {
    pub(super) fn table_part(&mut self, name: &str, tag: &StartTag) -> Result<(), SourceError> {
        match name {
            "table" => {
                self.flush()?;
                if self.tables.len() < DEEPEST {
                    self.tables.push(OpenTable::default());
                }
            }
            "tr" => {
                self.end_row()?;
                if let Some(open) = self.tables.last_mut() {
                    open.table.begin_row();
                    open.in_row = true;
                    open.column = 0;
                }
            }
            "td" | "th" => {
                self.end_cell()?;
                self.cells += 1;
                if self.cells > MOST_CELLS {
                    return Err(TOO_LARGE);
                }
                let number = |name| attribute(tag, name).trim().parse::<usize>().unwrap_or(1);
                if let Some(open) = self.tables.last_mut() {
                    open.begin_cell(number("colspan"), number("rowspan"));
                }
            }
            _ => self.flush()?,
        }
        Ok(())
    }

    pub(super) fn end_cell(&mut self) -> Result<(), SourceError> {
        if self.tables.last().is_some_and(|t| t.in_cell) {
            self.flush()?;
            self.label.clear();
            if let Some(open) = self.tables.last_mut() {
                open.in_cell = false;
                open.table.end_cell();
            }
        }
        Ok(())
    }

    pub(super) fn end_row(&mut self) -> Result<(), SourceError> {
        self.end_cell()?;
        if let Some(open) = self.tables.last_mut().filter(|t| t.in_row) {
            open.cells_from_above();
            open.in_row = false;
            open.table.end_row();
        }
        Ok(())
    }

    pub(super) fn end_table(&mut self) -> Result<(), SourceError> {
        self.end_row()?;
        self.flush()?;
        let Some(open) = self.tables.pop() else {
            return Ok(());
        };
        if let Some(outer) = self.tables.last_mut() {
            for line in open.table.plain() {
                outer.table.add(&line);
            }
            return Ok(());
        }
        self.lines.table(open.table)?;
        Ok(())
    }
}

impl OpenTable {
    /// Adds the cells that continue from rows above, up to the next free column.
    fn cells_from_above(&mut self) {
        while let Some((rows, span)) = self.down.get_mut(self.column).filter(|(rows, _)| *rows > 0)
        {
            *rows -= 1;
            let span = (*span).max(1);
            self.table.begin_cell();
            self.table.span(span);
            self.table.join(false);
            self.table.end_cell();
            self.column += span;
        }
    }

    fn begin_cell(&mut self, span: usize, rows: usize) {
        if !self.in_row {
            self.table.begin_row();
            self.in_row = true;
            self.column = 0;
        }
        self.cells_from_above();
        let span = span.clamp(1, MOST_COLUMNS);
        self.table.begin_cell();
        self.table.span(span);
        self.in_cell = true;
        if self.column >= MOST_COLUMNS {
            return;
        }
        if self.down.len() <= self.column {
            self.down.resize(self.column + 1, (0, 0));
        }
        self.down[self.column] = (rows.clamp(1, 65_534) - 1, span);
        if rows > 1 {
            self.table.join(true);
        }
        self.column += span;
    }
}
