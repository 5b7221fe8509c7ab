//! A yes-no question.

use super::screen::{Screen, popup};
use crate::{
    text::wrap,
    tui::{
        action::Action,
        context::Context,
        keymap::Mode,
        request::{Question, Request},
        widgets::theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Position};

/// A question.
#[derive(Debug)]
pub struct Confirm(Question);

impl Confirm {
    /// Returns the screen of a question.
    pub const fn new(question: Question) -> Self {
        Self(question)
    }
}

impl Screen for Confirm {
    fn mode(&self) -> Mode {
        Mode::Confirm
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let then = match action {
            Action::Accept => Some(&self.0.yes),
            Action::Refuse | Action::Back => self.0.no.as_ref(),
            _ => return,
        };
        context.ask(Request::Close);
        if let Some(then) = then {
            context.ask(Request::clone(then));
        }
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let question = &self.0.text;
        let width = usize::from(context.size.0).saturating_sub(4).clamp(1, 60);
        let lines = wrap(context.policy, question, width);
        let popup = popup(context, self, context.lang.text("mode.confirm"), "");
        // Blank rows set the question off if there is room.
        let air = usize::from(context.size.1 >= 14);
        let area = popup.centre(buf, width, lines.len() + 2 * air);
        let air = u16::from(usize::from(area.height) >= lines.len() + 2 * air && air > 0);
        for (row, range) in (air..area.height).zip(lines) {
            let text = question.get(range).unwrap_or_default().trim_end();
            context.pen(buf, area, row).put(text, Role::Heading);
        }
        None
    }
}
