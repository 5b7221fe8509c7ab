//! The divider between list and detail, which also counts the rows that are not shown.

use crate::tui::{
    context::Context,
    figures,
    keymap::Mode,
    layout::Panes,
    widgets::{glyphs::UPRIGHT, pen::Pen, theme::Role},
};
use ratatui::buffer::Buffer;

/// Draws a vertical line beside the list, or a rule under it, solid if the detail has the keys; and
/// how many more rows the list has.
pub(super) fn draw(context: &Context, buf: &mut Buffer, panes: &Panes) {
    let (area, is_level) = (panes.divider, panes.divider.width > 1);
    let (text, role) = match (context.has(Mode::Detail), is_level) {
        (true, _) => (" ".repeat(area.width.into()), Role::Selected),
        (false, true) => (" ".repeat(area.width.into()), Role::Rule),
        (false, false) => (UPRIGHT.to_owned(), Role::Dim),
    };
    for row in 0..area.height {
        context.pen(buf, area, row).put(&text, role);
    }
    let foot = if is_level { area } else { panes.rest };
    let rows = context.outline.in_sight();
    let count = context.outline.rows().len();
    let said = figures::more(context, rows.start, count.saturating_sub(rows.end));
    if let (Some(said), false) = (said, foot.is_empty()) {
        let role = if is_level { role } else { Role::Dim };
        let mut pen = Pen::over(context.look(), buf, foot, 0);
        pen.skip(3);
        pen.put_elided(&said, role);
    }
}
