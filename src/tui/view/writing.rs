//! A remark being written, in a box above the outline.

use super::{Pen, popup};
use crate::{
    text::clean,
    tui::{
        editor::Editor,
        model::{Model, Writing},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Position};

/// The widest a line gets: beyond, the eye loses it.
const WIDEST: usize = 76;

/// Returns the columns that a text being written is wrapped at.
pub fn text_width(model: &Model) -> usize {
    // The frame takes two columns on each side, and the text cursor one after the last glyph.
    usize::from(model.size.0).saturating_sub(5).clamp(1, WIDEST)
}

/// Draws the box; returns where the text cursor stands.
pub fn draw(model: &Model, buf: &mut Buffer, writing: &Writing) -> Option<Position> {
    let width = text_width(model);
    let shown = Editor::at(
        clean(writing.editor.split().0),
        clean(writing.editor.split().1),
    );
    let lines = shown.lines(model.policy, width);
    let rows = lines.len().clamp(4, 12) + 1;
    let area = popup::frame(model, buf, width + 1, rows);
    if area.is_empty() {
        return None;
    }
    heading(model, &mut Pen::new(model, buf, area, 0), writing);
    let (row, column) = shown.place(model.policy, &lines);
    let room = usize::from(area.height.saturating_sub(1)).max(1);
    let first = (row + 1).saturating_sub(room);
    for (y, range) in (1..area.height).zip(lines.iter().skip(first)) {
        let line = shown.text().get(range.clone()).unwrap_or_default();
        Pen::new(model, buf, area, y).put(line.trim_end_matches('\n'), Role::Text);
    }
    let y = area.y + 1 + u16::try_from(row - first).unwrap_or(0);
    let x = area.x + u16::try_from(column).unwrap_or(0);
    Some(Position::new(
        x.min(area.right() - 1),
        y.min(area.bottom() - 1),
    ))
}

/// What is written, about what; or why it could not be taken.
fn heading(model: &Model, pen: &mut Pen<'_>, writing: &Writing) {
    let lang = model.lang;
    let about = match writing.targets.as_slice() {
        [one] => model.document.clauses[*one].id.to_string(),
        many => lang.fill("write.many", &[("n", &many.len())]),
    };
    let status = writing.status.map_or("", |s| lang.text(s.name_key()));
    pen.put(&format!("{about} {status} "), Role::Heading);
    pen.put(lang.text(writing.kind.name_key()), Role::Key);
    if let Some(error) = &writing.error {
        pen.put(&format!("  {error}"), Role::Alarm);
    } else if writing.status.is_some() && writing.editor.text().is_empty() {
        pen.put(&format!("  {}", lang.text("write.reason")), Role::Dim);
    }
}
