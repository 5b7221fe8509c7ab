//! Mouse events. Off by default, so that the terminal's own selection works.

use crate::tui::message::Pointer;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

/// Returns what a mouse event does; most do nothing.
pub fn pointer(event: MouseEvent) -> Option<Pointer> {
    let (x, y) = (event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Pointer::Press(x, y)),
        MouseEventKind::ScrollDown => Some(Pointer::Down(x, y)),
        MouseEventKind::ScrollUp => Some(Pointer::Up(x, y)),
        _ => None,
    }
}
