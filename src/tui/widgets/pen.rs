//! Writes parts of a line in different styles, one after the other.

use super::theme::{Role, Theme};
use crate::{
    search::{Query, highlight},
    text::{self, Policy, elide, fill},
};
use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
};

/// Theme and width policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The theme.
    pub theme: Theme,
    /// The width policy.
    pub policy: Policy,
}

impl Look {
    /// Returns a blank cell.
    pub fn blank_cell(self) -> Cell {
        let mut cell = Cell::default();
        cell.set_style(self.theme.style(Role::Text));
        cell
    }

    /// Blanks an area.
    pub fn blank(self, buf: &mut Buffer, area: Rect) {
        fill(buf, area, self.theme.style(Role::Text));
    }
}

/// Writes text into a row.
pub struct Pen<'a> {
    /// Theme and width policy.
    pub look: Look,
    buf: &'a mut Buffer,
    /// Column of the next text.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// Column of the line's end.
    pub end: u16,
}

impl<'a> Pen<'a> {
    /// Returns a pen at the start of a row, which is blanked.
    pub fn new(look: Look, buf: &'a mut Buffer, area: Rect, row: u16) -> Self {
        let pen = Self::over(look, buf, area, row);
        let line = Rect::new(pen.x, pen.y, area.width, 1);
        look.blank(pen.buf, line);
        pen
    }

    /// Returns a pen at the start of a row, keeping its contents.
    pub const fn over(look: Look, buf: &'a mut Buffer, area: Rect, row: u16) -> Self {
        Self {
            look,
            buf,
            x: area.x,
            y: area.y + row,
            end: area.right(),
        }
    }

    /// Returns the columns left.
    pub const fn room(&self) -> usize {
        (self.end - self.x) as usize
    }

    /// Returns the columns that a text takes.
    pub fn width(&self, text: &str) -> usize {
        self.look.policy.width(text)
    }

    /// Writes a text, cut at the line's end. Texts must be cleaned before measuring; this makes
    /// sure that nothing raw is sent.
    pub fn put(&mut self, text: &str, role: Role) {
        let style = self.look.theme.style(role);
        let (policy, room) = (self.look.policy, self.room());
        let text = text::clean(text);
        let used = text::put(self.buf, self.x, self.y, room, &text, style, policy);
        self.skip(used);
    }

    /// Writes a text, elided at the line's end.
    pub fn put_elided(&mut self, text: &str, role: Role) {
        let text = elide(self.look.policy, text, self.room());
        self.put(&text, role);
    }

    /// Writes a text with a query's matches highlighted.
    pub fn put_found(&mut self, query: &Query, text: &str, role: Role) {
        let mut at = 0;
        for found in highlight(query, text) {
            self.put(text.get(at..found.start).unwrap_or_default(), role);
            self.put(text.get(found.clone()).unwrap_or_default(), Role::Match);
            at = found.end;
        }
        self.put(text.get(at..).unwrap_or_default(), role);
    }

    /// Writes a text right-aligned, in at most `most` columns, and ends the line before it.
    pub fn put_aside(&mut self, text: &str, most: usize, role: Role) {
        let text = elide(self.look.policy, text, most).into_owned();
        let width = u16::try_from(self.width(&text) + 1).unwrap_or(u16::MAX);
        let x = self.end.saturating_sub(width).max(self.x);
        let start = std::mem::replace(&mut self.x, x);
        self.put(&text, role);
        (self.x, self.end) = (start, x.saturating_sub(1).max(start));
    }

    /// Skips columns, keeping their contents.
    pub fn skip(&mut self, columns: usize) {
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        self.x = self.x.saturating_add(columns).min(self.end);
    }
}
