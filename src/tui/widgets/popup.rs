//! Boxes in the middle of the screen: their frame, and lists to pick from.

use super::{
    glyphs::Glyphs,
    list,
    pen::{Look, Pen},
    theme::Role,
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Returns the inside of a box of this size in the middle of the screen, its frame drawn where
/// there is room for one.
pub fn frame(look: Look, buf: &mut Buffer, width: usize, height: usize) -> Rect {
    let screen = buf.area;
    let limit = |n: usize, max: u16| u16::try_from(n).unwrap_or(u16::MAX).min(max);
    // The footer stays in sight: it has the keys.
    let body = Rect {
        height: screen.height.saturating_sub(u16::from(screen.height >= 2)),
        ..screen
    };
    let (w, h) = (limit(width + 4, body.width), limit(height + 2, body.height));
    let area = Rect::new((body.width - w) / 2, (body.height - h) / 2, w, h);
    look.blank(buf, area);
    if w < 8 || h < 4 {
        return area;
    }
    let level = Glyphs::of(look.policy).level.repeat(usize::from(w));
    for row in [0, h - 1] {
        Pen::over(look, buf, area, row).put(&level, Role::Dim);
    }
    Rect::new(area.x + 2, area.y + 1, w - 4, h - 2)
}

/// Draws a box with a list under a title; where not all of it fits, the selected row is in sight.
pub fn pick(look: Look, buf: &mut Buffer, title: &str, rows: &[(String, Role)], selected: usize) {
    let texts = rows.iter().map(|(text, _)| text.as_str()).chain([title]);
    let widest = texts.map(|t| look.policy.width(t)).max().unwrap_or(0);
    let mut area = frame(look, buf, widest, rows.len() + 1);
    if usize::from(area.height) > rows.len() {
        Pen::new(look, buf, area, 0).put(title, Role::Heading);
        (area.y, area.height) = (area.y + 1, area.height - 1);
    }
    let first = (selected + 1).saturating_sub(usize::from(area.height).max(1));
    list::draw(look, buf, area, first..rows.len(), selected, |pen, nth| {
        pen.put(&rows[nth].0, rows[nth].1);
    });
}
