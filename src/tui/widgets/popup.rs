//! Boxes on the screen: a title in reverse with its keys, edges on all four sides, a blank column
//! inside. The edges are reversed blanks, which are one column in every terminal.

use super::{
    hint::{self, Hint},
    list,
    pen::{Look, Pen},
    theme::Role,
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// The least columns inside a box in the middle of the screen, where it has them.
const LEAST: usize = 60;

/// A box that is to be drawn.
#[derive(Debug)]
pub struct Popup<'a> {
    /// How things look.
    pub look: Look,
    /// What it is for.
    pub title: &'a str,
    /// What it is about: the clause, or how many.
    pub about: &'a str,
    /// Its keys.
    pub keys: Vec<Hint>,
}

impl Popup<'_> {
    /// Draws the box in the middle of the screen around an inside of this size, the footer left in
    /// sight; returns the inside.
    pub fn centre(self, buf: &mut Buffer, width: usize, height: usize) -> Rect {
        let screen = buf.area;
        let limit = |n: usize, max: u16| u16::try_from(n).unwrap_or(u16::MAX).min(max);
        let rows = screen.height - u16::from(screen.height >= 2);
        let (w, h) = (
            limit(width.max(LEAST) + 4, screen.width),
            limit(height + 2, rows),
        );
        let area = Rect::new((screen.width - w) / 2, (rows - h) / 2, w, h);
        self.around(buf, area)
    }

    /// Draws the box over an area; returns its inside. Where there is no room for a frame, that is
    /// the area.
    pub fn around(mut self, buf: &mut Buffer, area: Rect) -> Rect {
        self.look.blank(buf, area);
        if area.width < 8 || area.height < 3 {
            return area;
        }
        let bar = self.look.theme.style(Role::Selected);
        let (w, h) = (area.width, area.height);
        for edge in [
            Rect { height: 1, ..area },
            Rect { width: 1, ..area },
            Rect::new(area.right() - 1, area.y, 1, h),
            Rect::new(area.x, area.bottom() - 1, w, 1),
        ] {
            buf.set_style(edge, bar);
        }
        let inner = Rect::new(area.x + 2, area.y, w - 4, h);
        // The title has a third of the row at least; keys that find no room are on the lower edge.
        let policy = self.look.policy;
        let room = usize::from(inner.width);
        let title = policy.width(self.title).min(room / 3);
        let mut below = hint::fit(policy, &mut self.keys, room.saturating_sub(title + 2));
        let mut pen = Pen::over(self.look, buf, inner, 0);
        let keys = hint::width(policy, &self.keys);
        pen.end -= u16::try_from(keys).unwrap_or(0);
        let end = pen.end;
        pen.end = end.saturating_sub(if keys > 0 { 2 } else { 0 }).max(pen.x);
        pen.put_elided(self.title, Role::Selected);
        if !self.about.is_empty() && pen.room() > 6 {
            pen.put("  ", Role::Selected);
            pen.put_elided(self.about, Role::Selected);
        }
        (pen.x, pen.end) = (end, inner.right());
        hint::put(&mut pen, &self.keys, Role::Selected, Role::Selected);
        hint::fit(policy, &mut below, room);
        let mut pen = Pen::over(self.look, buf, inner, h - 1);
        hint::put(&mut pen, &below, Role::Selected, Role::Selected);
        Rect::new(inner.x, area.y + 1, inner.width, h - 2)
    }

    /// Draws the box with a list in it, each row with what is to be said beside it; where not all of
    /// it fits, the selected row is in sight. Returns the place of the selected row.
    pub fn pick(self, buf: &mut Buffer, rows: &[Row], selected: usize) -> Option<Position> {
        let look = self.look;
        let widest = rows.iter().map(|row| look.policy.width(&row.text)).max();
        let widest = widest.unwrap_or(0);
        let area = self.centre(buf, widest + 2, rows.len());
        let first = (selected + 1).saturating_sub(usize::from(area.height).max(1));
        list::draw(look, buf, area, first..rows.len(), selected, |pen, nth| {
            let row = &rows[nth];
            pen.put(&row.text, row.role);
            if !row.aside.is_empty() {
                pen.skip(widest.saturating_sub(look.policy.width(&row.text)) + 4);
                pen.put_elided(&row.aside, Role::Dim);
            }
        })
    }
}

/// A row of a list to pick from.
#[derive(Debug)]
pub struct Row {
    /// What is picked.
    pub text: String,
    /// How it is drawn.
    pub role: Role,
    /// What is to be said of it, as why it can't be picked.
    pub aside: String,
}
