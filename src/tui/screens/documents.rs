//! The document picker: switches to another document, or carries its progress.

use super::screen::{Screen, hints};
use crate::tui::{
    action::Action,
    context::Context,
    keymap::Mode,
    message::Message,
    request::{Effect, Prompting, Request},
    widgets::list::{self, around, moved},
};
use ratatui::{buffer::Buffer, layout::Position};

mod picker;
mod view;

use picker::DocumentPicker;

/// The document picker.
#[derive(Debug)]
pub struct Documents(DocumentPicker);

impl Documents {
    /// Returns the picker; the runtime lists the documents.
    pub fn new(context: &mut Context) -> Self {
        context.effect(Effect::List);
        Self(DocumentPicker::default())
    }

    /// Compares the document under the cursor with the open one.
    fn carry(&self, context: &mut Context) {
        let Some(name) = self.0.item().map(|item| item.name.clone()) else {
            return;
        };
        if name == context.name {
            return context.say(context.lang.text("review.itself"));
        }
        context.say(context.lang.text("review.comparing"));
        context.effect(Effect::Compare(name));
    }
}

impl Screen for Documents {
    fn mode(&self) -> Mode {
        Mode::Documents
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(context.size.1).saturating_sub(3).max(1);
        let last = self.0.shown().len().saturating_sub(1);
        if let Some(to) = moved(action, self.0.selected(), page, last) {
            return self.0.go(to);
        }
        match action {
            Action::Search => context.prompt(Prompting::Find(self.0.find().to_owned())),
            Action::Accept => {
                if let Some(item) = self.0.item() {
                    context.ask(Request::Close);
                    context.ask(Request::Open(item.name.clone()));
                }
            }
            Action::Carry => self.carry(context),
            Action::Add => context.prompt(Prompting::NewList),
            Action::Back if !self.0.find().is_empty() => self.0.narrow(""),
            Action::Back => context.ask(Request::Close),
            _ => {}
        }
    }

    fn receive(&mut self, context: &mut Context, message: &Message) {
        if let Message::Listed(items, wrong) = message {
            self.0.fill(items.clone(), *wrong, &context.name);
        }
        if let Message::Counted(counts) = message {
            self.0.counts = counts.iter().cloned().collect();
        }
    }

    fn narrow(&mut self, _: &mut Context, text: &str) {
        self.0.narrow(text);
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let area = view::frame(context, buf, &self.0, hints(context, self));
        let selected = self.0.selected();
        let rows = around(selected, self.0.shown().len(), usize::from(area.height));
        list::draw(context.look(), buf, area, rows, selected, |pen, row| {
            if let Some(item) = self.0.shown().nth(row) {
                view::draw_item(context, pen, item, self.0.count(context, item));
            }
        })
    }
}

#[cfg(test)]
mod tests;
