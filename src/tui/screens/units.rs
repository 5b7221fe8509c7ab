//! The table of units: moving, sorting, and going to a unit's clauses.

use super::screen::Screen;
use crate::{
    progress::past::Weeks,
    tui::{
        action::Action,
        commands,
        context::Context,
        keymap::Mode,
        message::Message,
        request::{Meet, Request},
        search,
        widgets::list::moved,
    },
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
    /// The weeks, while how it went is shown in the place of the figures.
    weeks: Option<Weeks>,
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
        Some(Self {
            table,
            scroll: 0,
            weeks: None,
        })
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

    /// Shows how the unit under the cursor went, or its figures again.
    fn turn(&mut self, context: &mut Context) {
        self.weeks = match self.weeks.take() {
            Some(_) => None,
            None if context.progress.changes().len() == 0 => {
                return context.say(context.lang.text("burnup.none"));
            }
            None => Some(context.progress.weeks(context.today, &context.zone)),
        };
    }

    fn areas(&self, context: &Context) -> UnitTableAreas {
        UnitTableAreas::of(context, &self.table, self.weeks.as_ref())
    }

    fn height(&self, context: &Context) -> usize {
        usize::from(self.areas(context).list.height).max(1)
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
            Action::Cycle => return self.turn(context),
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
            if let Some(weeks) = &mut self.weeks {
                *weeks = context.progress.weeks(context.today, &context.zone);
            }
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
        view::draw(context, buf, &self.table, &self.areas(context), self.scroll)
    }
}

#[cfg(test)]
mod tests;
