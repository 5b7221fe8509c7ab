//! The clause, measure or chapter under the cursor, whole, and the numbered menu of an open clause.

use super::Pen;
use crate::{
    text::fill,
    tui::{detail, menu, model::Model, theme::Role},
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Draws the detail pane.
pub fn draw(model: &Model, buf: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    fill(buf, area, model.theme.style(Role::Text));
    let (width, height) = detail::text_area(model, area);
    let lines = detail::lines(model, width);
    for (row, line) in (0u16..).zip(lines.iter().skip(model.detail_scroll).take(height)) {
        let mut pen = Pen::new(model, buf, area, row);
        pen.skip(detail::MARGIN + line.indent);
        for (text, role) in &line.pieces {
            pen.put(text, *role);
        }
    }
    if menu::height(model, area) > 0 {
        self::menu(model, buf, area);
    }
}

/// The numbered menu, on the pane's last rows.
fn menu(model: &Model, buf: &mut Buffer, area: Rect) {
    let rows = menu::rows(model, area);
    let count = u16::try_from(rows.len()).unwrap_or(area.height);
    for (row, items) in (area.height.saturating_sub(count)..area.height).zip(rows) {
        let mut pen = Pen::new(model, buf, area, row);
        pen.skip(detail::MARGIN);
        for (digit, name) in items {
            pen.put(&digit.to_string(), Role::Key);
            pen.skip(1);
            pen.put(name, Role::Text);
            pen.skip(2);
        }
    }
}
