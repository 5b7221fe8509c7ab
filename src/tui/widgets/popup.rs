//! Boxes in the middle of the screen: a frame of reversed blanks on all four sides, with the title and
//! the keys in it, and lists to pick from.

use super::{
    list,
    pen::{Look, Pen},
    theme::Role,
};
use ratatui::{
    buffer::Buffer,
    layout::{Margin, Rect},
};

/// What a key does, in a word: the key, and the word.
pub type Hint = (String, String);

/// A box: what it is about, and its keys, the most needed first.
#[derive(Debug, Clone, Copy)]
pub struct Popup<'a> {
    /// The title.
    pub title: &'a str,
    /// The keys.
    pub hints: &'a [Hint],
}

impl Popup<'_> {
    /// Draws the frame of a box for content of this size, in the middle of the screen; returns its
    /// inside, which is smaller where the screen is. A blank column parts it from the frame. The keys
    /// stand beside the title where they fit, else in the lower edge, as many as fit there.
    pub fn frame(&self, look: Look, buf: &mut Buffer, width: usize, height: usize) -> Rect {
        let screen = buf.area;
        let limit = |n: usize, max: u16| u16::try_from(n).unwrap_or(u16::MAX).min(max);
        // The footer stays in sight.
        let room = screen.height.saturating_sub(u16::from(screen.height >= 4));
        let wanted = self.title_width(look) + 2 + self.hints_width(look);
        let most = usize::from(screen.width).saturating_sub(4);
        let width = width.max(wanted.min(most));
        let (w, h) = (limit(width + 4, screen.width), limit(height + 2, room));
        let area = Rect::new((screen.width - w) / 2, (room - h) / 2, w, h);
        look.blank(buf, area);
        if w < 8 || h < 3 {
            return area;
        }
        buf.set_style(area, look.theme.style(Role::Selected));
        look.blank(buf, area.inner(Margin::new(1, 1)));
        self.edges(look, buf, area);
        area.inner(Margin::new(2, 1))
    }

    /// Draws a list in a frame; where not all of it fits, the selected row is in sight.
    pub fn pick(&self, look: Look, buf: &mut Buffer, rows: &[(String, Role)], selected: usize) {
        let widths = rows.iter().map(|(text, _)| look.policy.width(text));
        let area = self.frame(look, buf, widths.max().unwrap_or(0), rows.len());
        let first = (selected + 1).saturating_sub(usize::from(area.height).max(1));
        list::draw(look, buf, area, first..rows.len(), selected, |pen, nth| {
            pen.put(&rows[nth].0, rows[nth].1);
        });
    }

    fn edges(&self, look: Look, buf: &mut Buffer, area: Rect) {
        let inner = area.inner(Margin::new(2, 0));
        let mut top = Pen::over(look, buf, inner, 0);
        let fits = self.title_width(look) + 2 + self.hints_width(look) <= top.room();
        top.put_elided(self.title, Role::Selected);
        let edge = if fits { 0 } else { inner.height - 1 };
        let mut pen = Pen::over(look, buf, inner, edge);
        let mut shown = self.hints;
        while hints_width(look, shown) > pen.room() {
            shown = shown.split_last().map_or(&[], |(_, rest)| rest);
        }
        pen.skip(pen.room() - hints_width(look, shown));
        for (nth, (key, word)) in shown.iter().enumerate() {
            pen.skip(if nth == 0 { 0 } else { 2 });
            pen.put(key, Role::Selected);
            pen.skip(1);
            pen.put(word, Role::Selected);
        }
    }

    fn title_width(&self, look: Look) -> usize {
        look.policy.width(self.title)
    }

    fn hints_width(&self, look: Look) -> usize {
        hints_width(look, self.hints)
    }
}

fn hints_width(look: Look, hints: &[Hint]) -> usize {
    let width = |(key, word): &Hint| look.policy.width(key) + look.policy.width(word) + 3;
    hints.iter().map(width).sum::<usize>().saturating_sub(2)
}
