//! The status picker.

use super::screen::{self, Screen, wheel};
use crate::{
    progress::Status,
    tui::{
        action::Action,
        commands,
        context::Context,
        key::Key,
        keymap::Mode,
        message::Pointer,
        request::Request,
        widgets::{list::moved, popup::Popup, theme::Role},
    },
};
use ratatui::{buffer::Buffer, layout::Position};

/// A status to be picked for some clauses.
#[derive(Debug)]
pub struct Pick {
    clauses: Vec<usize>,
    /// The place of the status under the cursor in [`Status::ALL`].
    pub selected: usize,
}

impl Pick {
    /// Returns the picker with the cursor on the first clause's status.
    pub fn new(context: &mut Context, clauses: Vec<usize>) -> Option<Self> {
        let Some(first) = clauses.first() else {
            context.say(context.lang.text("notice.nothing-here"));
            return None;
        };
        let selected = context.progress.status(*first) as usize;
        Some(Self { clauses, selected })
    }
}

impl Screen for Pick {
    fn mode(&self) -> Mode {
        Mode::Pick
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let last = Status::ALL.len() - 1;
        if let Some(to) = moved(action, self.selected, last, last) {
            self.selected = to;
            return;
        }
        let chosen = match action {
            Action::SetStatus(status) => status,
            Action::Accept => Status::ALL[self.selected],
            Action::Back => return context.ask(Request::Close),
            _ => return,
        };
        context.ask(Request::Close);
        commands::set_status(context, self.clauses.clone(), chosen);
    }

    fn point(&mut self, context: &mut Context, pointer: Pointer) {
        wheel(self, context, pointer);
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let row = |(nth, status): (usize, Status)| {
            let (letter, mark) = (letter(context, status), status.mark());
            let name = context.lang.text(status.name_key());
            let text = format!("{nth} {letter} {mark} {name}");
            (text, Role::Status(status))
        };
        let rows: Vec<_> = (1..).zip(Status::ALL).map(row).collect();
        let title = match self.clauses.as_slice() {
            [one] => context.document.clauses[*one].id.to_string(),
            many => context.lang.fill("pick.many", &[("n", &many.len())]),
        };
        let hints = &screen::keys(context, self);
        let popup = Popup {
            title: &title,
            hints,
        };
        popup.pick(context.look(), buf, &rows, self.selected);
        None
    }
}

/// Returns the letter that picks a status, or a blank where the user's keys have none.
fn letter(context: &Context, status: Status) -> String {
    let digit = |key: &Key| matches!(key.typed(), Some(c) if c.is_ascii_digit());
    let mut keys = context.keymap.of_mode(Mode::Pick);
    let own = keys.find_map(|(binding, keys)| {
        let picks = binding.action == Action::SetStatus(status);
        keys.iter().find(|key| picks && !digit(key))
    });
    own.map_or_else(|| " ".to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use crate::{
        progress::Status,
        tui::{
            action::Action,
            keymap::{BINDINGS, Binding, Mode},
        },
    };

    #[test]
    fn every_status_has_its_keys() {
        for status in Status::ALL {
            let action = Action::SetStatus(status);
            for mode in [Mode::Detail, Mode::Meeting, Mode::Pick] {
                let sets = |b: &Binding| b.action == action && b.modes.contains(&mode);
                assert!(BINDINGS.iter().any(sets), "{status:?} {mode:?}");
            }
        }
    }
}
