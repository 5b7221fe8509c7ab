//! A line being typed in the footer, whatever for.

use super::screen::Screen;
use crate::tui::{
    action::{Action, Typing},
    context::Context,
    keymap::Mode,
    message::Message,
    request::{Prompting, Request},
    widgets::{field, pen::Pen, theme::Role},
};
use ratatui::{buffer::Buffer, layout::Position};

mod command;
mod due;
mod export;
mod find;
mod minutes;
mod owner;
mod paths;
mod purpose;
mod search;
mod seek;
mod step;

use purpose::{Line, Purpose, one_line};

/// A line being typed, and what for.
#[derive(Debug)]
pub struct Prompt {
    line: Line,
    purpose: Box<dyn Purpose>,
}

impl Prompt {
    /// Returns the line that is asked for; `None` where there is nothing that it could be about.
    pub fn new(context: &mut Context, prompting: Prompting) -> Option<Self> {
        fn of((purpose, line): (impl Purpose + 'static, Line)) -> Prompt {
            let purpose = Box::new(purpose);
            Prompt { line, purpose }
        }
        Some(match prompting {
            Prompting::Command(text) => of(command::open(text)),
            Prompting::Search(text) => of(search::open(context, &text)),
            Prompting::Seek(text) => of(seek::open(context, text)),
            Prompting::Find(text) => of(find::open(text, true)),
            Prompting::Filter(text) => of(find::open(text, false)),
            Prompting::Due(clauses) => of(due::open(context, clauses)),
            Prompting::Owner(clauses) => of(owner::open(context, clauses)),
            Prompting::Step(clause) => of(step::open(context, clause)),
            Prompting::Minutes => of(minutes::open(context)?),
            Prompting::MinutesAgain(minutes, path, error) => {
                of(minutes::again(minutes, path, error))
            }
            Prompting::Export(export, path, error) => of(export::open(export, path, error)),
        })
    }

    /// Returns the text being typed, and whether what is typed next takes its place.
    #[cfg(test)]
    pub(crate) fn typed(&self) -> (&str, bool) {
        (self.line.editor.text(), self.line.editor.is_selected())
    }

    fn accept(&mut self, context: &mut Context) {
        let asked = context.requests.len();
        match self.purpose.accept(context, &mut self.line) {
            // It is closed before what it has asked for is done.
            Ok(()) => context.requests.insert(asked, Request::Close),
            Err(why) => self.line.error = Some(why),
        }
    }

    /// Closes the line without taking it.
    fn cancel(&mut self, context: &mut Context) {
        context.ask(Request::Close);
        self.purpose.cancel(context, &self.line);
    }
}

impl Screen for Prompt {
    fn mode(&self) -> Mode {
        Mode::Line
    }

    fn is_box(&self) -> bool {
        self.purpose.is_box()
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let Self { line, purpose } = self;
        line.error = None;
        if !matches!(action, Action::Cycle | Action::Up | Action::Down) {
            line.seed = None;
        }
        match action {
            Action::Type(c) => {
                let (typed, most) = (&mut [0; 4], purpose.most());
                let typed = c.encode_utf8(typed);
                line.error = line.editor.insert_within(typed, most, context.lang);
            }
            Action::Edit(Typing::Backspace) if line.editor.text().is_empty() => {
                return self.cancel(context);
            }
            Action::Edit(typing) => line.editor.edit(typing),
            Action::Accept => return self.accept(context),
            Action::Back => return self.cancel(context),
            Action::Cycle => return purpose.complete(context, line),
            Action::Up => return purpose.recall(context, line, true),
            Action::Down => return purpose.recall(context, line, false),
            _ => {}
        }
        purpose.changed(context, line);
    }

    fn paste(&mut self, context: &mut Context, text: &str) {
        let Self { line, purpose } = self;
        let (text, most) = (one_line(text), purpose.most());
        line.error = line.editor.insert_within(&text, most, context.lang);
        line.seed = None;
        purpose.changed(context, line);
    }

    fn receive(&mut self, context: &mut Context, message: &Message) {
        self.purpose.receive(context, message, &mut self.line);
    }

    fn draw(&self, _: &Context, _: &mut Buffer) -> Option<Position> {
        None
    }

    fn draw_line(
        &self,
        context: &Context,
        pen: &mut Pen<'_>,
        extent: Option<String>,
    ) -> Option<Position> {
        let room = pen.room();
        let label = self.purpose.label(context, room);
        if let Some(error) = &self.line.error {
            // What is wrong is worth more room than what was typed has left over.
            let typed = pen.width(&label) + pen.width(self.line.editor.text());
            let most = room.saturating_sub(typed + 2).max(room / 2);
            pen.put_aside(error, most, Role::Alarm);
        }
        let aside = self.purpose.aside(context, &self.line, room);
        let extent = extent.map(|extent| (extent, room / 2));
        if let Some((text, most)) = aside.or(extent) {
            pen.put_aside(&text, most, Role::Dim);
        }
        pen.put(&label, Role::Key);
        Some(field::draw(pen, &self.line.editor))
    }
}

#[cfg(test)]
mod tests;
