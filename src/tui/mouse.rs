//! What the mouse does, as far as the checklist minds it. Off by default, so that the terminal's own
//! selection works. May use: crossterm's event types.

use super::action::Action;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

/// What the mouse did, and where: column and row, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// The left button was pressed.
    Press(u16, u16),
    /// The wheel was turned towards the user.
    Down(u16, u16),
    /// The wheel was turned away.
    Up(u16, u16),
}

/// Returns what a mouse event asks for; most ask for nothing.
pub fn action(event: MouseEvent) -> Option<Action> {
    let (x, y) = (event.column, event.row);
    let pointer = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Pointer::Press(x, y),
        MouseEventKind::ScrollDown => Pointer::Down(x, y),
        MouseEventKind::ScrollUp => Pointer::Up(x, y),
        _ => return None,
    };
    Some(Action::Mouse(pointer))
}
