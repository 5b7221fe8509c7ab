//! Boxes: a reversed title with keys, edges on all four sides, a blank column inside. Edges are
//! reversed blanks, which take one column in every terminal.

use super::{
    hint::{self, Hint},
    list,
    pen::{Look, Pen},
    theme::Role,
};
use crate::tui::layout;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// The least width inside a centred box, if there is room.
const LEAST: usize = 60;

/// A box to draw.
#[derive(Debug)]
pub struct Popup<'a> {
    /// Theme and width policy.
    pub look: Look,
    /// Its title.
    pub title: &'a str,
    /// Its subject: the clause, or how many.
    pub about: &'a str,
    /// Its keys.
    pub keys: Vec<Hint>,
}

impl Popup<'_> {
    /// Draws the box centred around an inside of this size, leaving the footer visible; returns the
    /// inside.
    pub fn centre(self, buf: &mut Buffer, width: usize, height: usize) -> Rect {
        let screen = layout::above_footer((buf.area.width, buf.area.height));
        let area = layout::centred(screen, width.max(LEAST), height);
        self.around(buf, area)
    }

    /// Draws the box over an area; returns its inside, which is the whole area if there is no room
    /// for a frame.
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
        // The title gets at least a third of the row, and its subject another if that costs no key;
        // keys without room go to the lower edge.
        let policy = self.look.policy;
        let room = usize::from(inner.width);
        let third = |text: &str| match policy.width(text) {
            0 => 0,
            width => width.min(room / 3) + 2,
        };
        let about = if hint::width(policy, &self.keys) > room {
            0
        } else {
            third(self.about)
        };
        let left = room.saturating_sub(third(self.title) + about);
        let mut below = hint::fit(policy, &mut self.keys, left);
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

    /// Draws the box with a list, each row with a side note, scrolled to the selected row; returns
    /// that row's position.
    pub fn pick(self, buf: &mut Buffer, rows: &[PopupRow], selected: usize) -> Option<Position> {
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

/// A row of a list.
#[derive(Debug)]
pub struct PopupRow {
    /// What can be picked.
    pub text: String,
    /// How it is drawn.
    pub role: Role,
    /// A side note, such as why it can't be picked.
    pub aside: String,
}
