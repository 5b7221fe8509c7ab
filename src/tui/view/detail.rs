//! The clause, measure or chapter under the cursor, whole, and the numbered menu of an open clause.

use super::Pen;
use crate::{
    progress::Status,
    text::fill,
    tui::{detail, model::Model, theme::Role},
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
    if detail::menu_rows(model, area) > 0 {
        menu(model, buf, area);
    }
}

/// The numbered menu: what an input method lets through is enough to work with.
fn menu(model: &Model, buf: &mut Buffer, area: Rect) {
    let items: Vec<(String, &str)> = Status::ALL
        .iter()
        .enumerate()
        .map(|(i, s)| ((i + 1).to_string(), model.lang.text(s.name_key())))
        .chain([
            ("8".to_owned(), model.lang.text("hint.remark")),
            ("9".to_owned(), model.lang.text("hint.due")),
            ("0".to_owned(), model.lang.text("hint.undo")),
        ])
        .collect();
    let rows = menu_rows(
        model,
        &items,
        usize::from(area.width).saturating_sub(detail::MARGIN),
    );
    // Where two rows do not hold them all, the blank row above gives way.
    let count = u16::try_from(rows.len())
        .unwrap_or(u16::MAX)
        .clamp(2, detail::MENU_ROWS);
    for (row, items) in (area.height - count..area.height).zip(rows) {
        let mut pen = Pen::new(model, buf, area, row);
        pen.skip(detail::MARGIN);
        for (digit, name) in items {
            pen.put(digit, Role::Key);
            pen.skip(1);
            pen.put(name, Role::Text);
            pen.skip(2);
        }
    }
}

/// Fills rows with whole items: in halves where they fit, else as many as a row holds.
fn menu_rows<'a>(
    model: &Model,
    items: &'a [(String, &'a str)],
    room: usize,
) -> Vec<&'a [(String, &'a str)]> {
    let width = |items: &[(String, &str)]| -> usize {
        let widths = items.iter().map(|(_, name)| model.policy.width(name) + 4);
        widths.sum::<usize>().saturating_sub(2)
    };
    let halves: Vec<_> = items.chunks(items.len().div_ceil(2)).collect();
    if halves.iter().all(|row| width(row) <= room) {
        return halves;
    }
    let mut rows = Vec::new();
    let mut rest = items;
    while !rest.is_empty() {
        let fit = (1..=rest.len())
            .take_while(|n| width(&rest[..*n]) <= room)
            .last()
            .unwrap_or(1);
        let (row, more) = rest.split_at(fit);
        rows.push(row);
        rest = more;
    }
    rows
}
