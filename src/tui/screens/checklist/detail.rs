//! The clause, measure or chapter under the cursor, whole, and the numbered menu of an open clause.

use super::menu;
use crate::tui::{
    context::Context,
    node_lines,
    widgets::{
        lines::{self, Line},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// The margin left and right of the text, in columns.
const MARGIN: usize = 1;

/// Returns how many lines the detail can be scrolled by in a pane.
pub(super) fn scroll_limit(context: &Context, pane: Rect) -> usize {
    let text = text_area(context, pane);
    let lines = lines_in(context, text);
    lines.len().saturating_sub(usize::from(text.height))
}

/// Returns what a pane leaves for the detail's text.
fn text_area(context: &Context, pane: Rect) -> Rect {
    let height = pane.height.saturating_sub(menu::height(context, pane));
    Rect { height, ..pane }
}

fn lines_in(context: &Context, area: Rect) -> Vec<Line> {
    let width = usize::from(area.width).saturating_sub(2 * MARGIN).max(1);
    node_lines::lines(context, context.outline.node(), width)
}

/// Draws the detail pane.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect, scroll: usize) {
    if area.is_empty() {
        return;
    }
    context.look().blank(buf, area);
    let text = text_area(context, area);
    let lines = lines_in(context, text);
    let shown = lines.iter().skip(scroll);
    lines::draw(context.look(), buf, text, MARGIN, shown);
    if text.height < area.height {
        draw_menu(context, buf, area);
    }
}

/// The numbered menu, on the pane's last rows.
fn draw_menu(context: &Context, buf: &mut Buffer, area: Rect) {
    let rows = menu::rows(context, area);
    let count = u16::try_from(rows.len()).unwrap_or(area.height);
    for (row, items) in (area.height.saturating_sub(count)..area.height).zip(rows) {
        let mut pen = context.pen(buf, area, row);
        pen.skip(MARGIN);
        for (digit, name) in items {
            pen.put(&digit.to_string(), Role::Key);
            pen.skip(1);
            pen.put(name, Role::Text);
            pen.skip(2);
        }
    }
}
