//! The status picker.

use super::screen::{Screen, popup};
use crate::{
    progress::Status,
    tui::{
        action::Action,
        commands,
        context::Context,
        keymap::Mode,
        renumber::Renumbering,
        request::Request,
        widgets::{list::moved, popup::PopupRow, theme::Role},
    },
};
use ratatui::{buffer::Buffer, layout::Position};

/// A status picker for some clauses.
#[derive(Debug)]
pub struct Pick {
    clauses: Vec<usize>,
    /// Index of the status under the cursor in [`Status::ALL`].
    pub selected: usize,
}

impl Pick {
    /// Returns the picker, with the cursor on the first clause's status.
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

    fn renumber(&mut self, to: &Renumbering) -> bool {
        to.clauses(&mut self.clauses)
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let rows: Vec<PopupRow> = Status::ALL.iter().map(|s| self.row(context, *s)).collect();
        let (title, about) = (
            context.lang.text("field.status"),
            context.about(&self.clauses),
        );
        popup(context, self, title, &about).pick(buf, &rows, self.selected)
    }
}

impl Pick {
    /// Returns a status with its key, and what it requires or asks for.
    fn row(&self, context: &Context, status: Status) -> PopupRow {
        let mut keys = context.keymap.of_mode(Mode::Pick);
        let own = keys.find(|(binding, _)| binding.action == Action::SetStatus(status));
        let key = own
            .and_then(|(_, keys)| keys.first())
            .map(ToString::to_string);
        let name = context.lang.text(status.name_key());
        let aside = match status {
            Status::Closed if !self.are(context, Status::Done) => "pick.done-first",
            _ if status.needs_reason() => "pick.reason",
            _ => "",
        };
        let aside = if self.are(context, status) {
            "pick.now"
        } else {
            aside
        };
        PopupRow {
            text: format!(
                "{}  {} {name}",
                key.unwrap_or_else(|| " ".into()),
                status.mark()
            ),
            role: Role::Status(status),
            aside: context.lang.find(aside).unwrap_or_default().to_owned(),
        }
    }

    /// Returns whether all clauses have this status.
    fn are(&self, context: &Context, status: Status) -> bool {
        self.clauses
            .iter()
            .all(|clause| context.progress.status(*clause) == status)
    }
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
