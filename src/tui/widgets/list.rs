//! Scrolling: lists with a cursor, and the effect of keys on cursors and scroll positions.

use super::{
    pen::{Look, Pen},
    theme::Role,
};
use crate::tui::action::Action;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Modifier,
};
use std::ops::Range;

/// A scroll position at the end, which the layout limits to the last line.
pub const END: usize = usize::MAX / 2;

/// Returns the new position of a cursor or scroll, at most `last`; `None` if the action does not
/// move it.
pub fn moved(action: Action, at: usize, page: usize, last: usize) -> Option<usize> {
    let to = match action {
        Action::Down => at + 1,
        Action::Up => at.saturating_sub(1),
        Action::PageDown => at + page,
        Action::PageUp => at.saturating_sub(page),
        Action::Top => 0,
        Action::Bottom => last,
        _ => return None,
    };
    Some(to.min(last))
}

/// Returns the visible rows of a list that keeps its cursor in the middle.
pub fn around(selected: usize, count: usize, room: usize) -> Range<usize> {
    let first = selected
        .saturating_sub(room / 2)
        .min(count.saturating_sub(room));
    first..(first + room).min(count)
}

/// Returns which rows or lines are in view, as `1-23/85`; `None` if all are.
pub fn extent(shown: Range<usize>, count: usize) -> Option<String> {
    (count > shown.len()).then(|| format!("{}-{}/{count}", shown.start + 1, shown.end))
}

/// Highlights a row; parts already reversed, such as bars, stay distinguishable.
pub fn select(look: Look, buf: &mut Buffer, line: Rect) {
    let style = look.theme.style(Role::Selected);
    for place in line.intersection(buf.area).positions() {
        let cell = &mut buf[place];
        let was_reversed = cell.modifier.contains(Modifier::REVERSED);
        cell.set_style(style);
        if was_reversed {
            cell.modifier.remove(Modifier::REVERSED);
        }
    }
}

/// Draws the visible rows, the selected one highlighted; returns its position.
pub fn draw(
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    rows: Range<usize>,
    selected: usize,
    mut row: impl FnMut(&mut Pen<'_>, usize),
) -> Option<Position> {
    let mut place = None;
    for (line, nth) in (0..area.height).zip(rows) {
        row(&mut Pen::new(look, buf, area, line), nth);
        if nth == selected {
            let line = Rect::new(area.x, area.y + line, area.width, 1);
            select(look, buf, line);
            place = Some(line.as_position());
        }
    }
    place
}
