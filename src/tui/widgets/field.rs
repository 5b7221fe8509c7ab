//! A line of text being typed.

use super::{editor::Editor, pen::Pen, theme::Role};
use crate::text::clean;
use ratatui::layout::Position;

/// Draws the text, scrolled to keep the cursor visible; returns the cursor's position.
pub fn draw(pen: &mut Pen<'_>, editor: &Editor) -> Position {
    let policy = pen.look.policy;
    let (before, after) = editor.split();
    let (before, after) = (clean(before), clean(after));
    let room = pen.room().saturating_sub(1);
    let mut hidden = policy.width(&before).saturating_sub(room);
    let mut start = 0;
    for (i, g, w) in policy.graphemes(&before) {
        if hidden == 0 {
            break;
        }
        hidden = hidden.saturating_sub(w);
        start = i + g.len();
    }
    // Shows what typing would replace.
    let role = if editor.is_selected() {
        Role::Selected
    } else {
        Role::Text
    };
    pen.put(before.get(start..).unwrap_or_default(), role);
    let cursor = Position::new(pen.x.min(pen.end.saturating_sub(1)), pen.y);
    pen.put(&after, Role::Text);
    cursor
}
