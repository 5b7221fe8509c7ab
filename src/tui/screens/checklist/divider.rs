//! The line between the list and the detail.

use crate::tui::{
    context::Context,
    widgets::{
        glyphs::{LEVEL, UPRIGHT},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Draws an upright line in an area of one column, else a level one.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect) {
    let glyph = if area.width == 1 { UPRIGHT } else { LEVEL };
    for row in 0..area.height {
        let line = glyph.repeat(usize::from(area.width));
        context.pen(buf, area, row).put(&line, Role::Dim);
    }
}
