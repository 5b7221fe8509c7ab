//! The table of units: moving, sorting, and going to a unit's clauses.

use super::screen::Screen;
use crate::tui::{
    action::Action,
    commands,
    context::Context,
    keymap::Mode,
    message::Message,
    request::{Meet, Request},
    search,
    widgets::list::moved,
};
use ratatui::{buffer::Buffer, layout::Position};

mod table;
mod view;

use table::UnitTable;
use view::UnitTableAreas;

/// The table and its scroll position.
#[derive(Debug)]
pub struct UnitsScreen {
    table: UnitTable,
    /// The first row shown.
    scroll: usize,
}

impl UnitsScreen {
    /// Returns the table; `None` if no clause names a unit.
    pub fn new(context: &mut Context) -> Option<Self> {
        let table = UnitTable::new(&context.basis());
        if table.rows.is_empty() {
            let key = context.key("owner");
            context.say(context.lang.fill("units.none", &[("key", &key)]));
            return None;
        }
        Some(Self { table, scroll: 0 })
    }

    /// Goes to the clauses of the unit under the cursor, in the outline or in a meeting.
    fn go(&self, context: &mut Context, meet: bool) {
        context.ask(Request::Close);
        let Some(row) = self.table.row() else { return };
        let name = row.group.name.clone();
        let query = if name.contains(char::is_whitespace) {
            format!("@\"{name}\"")
        } else {
            format!("@{name}")
        };
        search::set(context, query);
        if meet {
            let over = Meet::Over(name, row.group.clauses.clone());
            context.ask(Request::Meet(over));
        }
    }

    fn height(&self, context: &Context) -> usize {
        usize::from(UnitTableAreas::of(context, &self.table).list.height).max(1)
    }
}

impl Screen for UnitsScreen {
    fn mode(&self) -> Mode {
        Mode::Units
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = self.height(context).saturating_sub(1).max(1);
        let table = &mut self.table;
        let last = table.rows.len().saturating_sub(1);
        if let Some(to) = moved(action, table.selected, page, last) {
            table.selected = to;
            return;
        }
        match action {
            Action::NextColumn => table.sort_beside(true),
            Action::PreviousColumn => table.sort_beside(false),
            Action::Reverse => table.reverse(),
            Action::Back => context.ask(Request::Close),
            Action::Open => self.go(context, false),
            Action::Meeting => self.go(context, true),
            other => return commands::act(context, other),
        }
        self.scroll = 0;
    }

    /// Counts again after others' changes, or when the date has changed.
    fn receive(&mut self, context: &mut Context, message: &Message) {
        if let Message::Day(_) | Message::Read(_) | Message::Written(..) = message {
            self.table = self.table.renewed(&context.basis());
        }
    }

    /// Keeps the cursor's row visible.
    fn settle(&mut self, context: &mut Context) {
        let (height, selected) = (self.height(context), self.table.selected);
        let last = self.table.rows.len().saturating_sub(height);
        let low = (selected + 1).saturating_sub(height);
        self.scroll = self.scroll.clamp(low, selected.max(low)).min(last);
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        view::draw(context, buf, &self.table, self.scroll)
    }
}

#[cfg(test)]
mod tests;
