//! The line between the list and the detail.

use crate::tui::{
    context::Context,
    widgets::{glyphs::Glyphs, theme::Role},
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Draws an upright line in an area of one column, else a level one.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect) {
    let glyphs = Glyphs::of(context.policy);
    let glyph = if area.width == 1 {
        glyphs.upright
    } else {
        glyphs.level
    };
    for row in 0..area.height {
        let line = glyph.repeat(usize::from(area.width));
        context.pen(buf, area, row).put(&line, Role::Dim);
    }
}
