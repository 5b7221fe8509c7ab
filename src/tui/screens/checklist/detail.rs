//! The whole node under the cursor, and the numbered menu of an open clause.

use super::menu;
use crate::tui::{
    context::Context,
    figures, node_lines,
    widgets::{
        lines::{self, Line},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Margin on both sides of the text.
const MARGIN: usize = 1;

/// Returns how many lines the detail can scroll in a pane.
pub(super) fn scroll_limit(context: &Context, pane: Rect) -> usize {
    let (text, lines) = laid_out(context, pane);
    lines.len().saturating_sub(usize::from(text.height))
}

/// Returns the lines of the detail, and their area: the pane without the menu and, if they don't
/// all fit, without the row that counts the rest.
fn laid_out(context: &Context, pane: Rect) -> (Rect, Vec<Line>) {
    let width = usize::from(pane.width).saturating_sub(2 * MARGIN).max(1);
    let lines = node_lines::lines(context, context.outline.node(), width);
    let mut height = pane.height.saturating_sub(menu::height(context, pane));
    if lines.len() > usize::from(height) && height > 2 {
        height -= 1;
    }
    (Rect { height, ..pane }, lines)
}

/// Draws the detail pane.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect, scroll: usize) {
    if area.is_empty() {
        return;
    }
    let look = context.look();
    look.blank(buf, area);
    let (text, lines) = laid_out(context, area);
    lines::draw(look, buf, text, MARGIN, lines.iter().skip(scroll));
    let height = usize::from(text.height);
    let below = lines.len().saturating_sub(scroll + height);
    let said = figures::more(context, scroll.min(lines.len()), below);
    let menu = menu::height(context, area);
    if let (Some(said), true) = (said, text.height + menu < area.height) {
        let mut pen = context.pen(buf, area, text.height);
        pen.skip(MARGIN);
        pen.put_elided(&said, Role::Dim);
    }
    if menu > 0 {
        draw_menu(context, buf, area);
    }
}

/// Draws the numbered menu on the pane's last rows.
fn draw_menu(context: &Context, buf: &mut Buffer, area: Rect) {
    let rows = menu::rows(context, area);
    let count = u16::try_from(rows.len()).unwrap_or(area.height);
    for (row, items) in (area.height.saturating_sub(count)..area.height).zip(rows) {
        let mut pen = context.pen(buf, area, row);
        pen.skip(MARGIN);
        for (key, name) in items {
            pen.put(&key, Role::Key);
            pen.skip(1);
            pen.put(name, Role::Text);
            pen.skip(2);
        }
    }
}
