//! Prompts: a line being typed, for any purpose.

use super::screen::{Screen, popup};
use crate::tui::{
    action::{Action, Typing},
    context::Context,
    keymap::{Binding, Mode},
    layout,
    message::{Message, Pointer},
    renumber::Renumbering,
    request::{Prompting, Request},
    widgets::{field, pen::Pen, theme::Role},
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

mod command;
mod completion;
mod due;
mod export;
mod find;
mod merge;
mod minutes;
mod owner;
mod paths;
mod purpose;
mod report;
mod search;
mod seek;
mod step;
mod words;

use command::CommandPrompt;
use export::ExportPrompt;
use find::FindPrompt;
use merge::MergePrompt;
use minutes::MinutesPrompt;
use purpose::{PromptLine, Purpose, Tab, one_line};
use words::WordsPrompt;

/// A line being typed and its purpose.
#[derive(Debug)]
pub struct Prompt {
    line: PromptLine,
    purpose: Box<dyn Purpose>,
}

impl Prompt {
    /// Returns the requested prompt; `None` if it has no target.
    pub fn new(context: &mut Context, prompting: Prompting) -> Option<Self> {
        fn of((purpose, line): (impl Purpose + 'static, PromptLine)) -> Prompt {
            let purpose = Box::new(purpose);
            Prompt { line, purpose }
        }
        let find = |text, is_query| of((FindPrompt { is_query }, PromptLine::new(text)));
        Some(match prompting {
            Prompting::Command(text) => of((CommandPrompt, PromptLine::new(text))),
            Prompting::Search(text) => of(search::open(context, &text)),
            Prompting::Seek(text) => of(seek::open(context, text)),
            Prompting::Find(text) => find(text, false),
            Prompting::Filter(text) => find(text, true),
            Prompting::Due(clauses) => of(due::open(context, clauses)),
            Prompting::Owner(clauses) => of(owner::open(context, clauses)),
            Prompting::Step(clause) => of(step::open(context, clause)),
            Prompting::Item => of(words::open_item(context)),
            Prompting::Reword(target, text) => {
                of((WordsPrompt::Of(target), PromptLine::new(one_line(&text))))
            }
            Prompting::NewList => of((WordsPrompt::List, PromptLine::default())),
            Prompting::StepDue(target, due) => of(due::of_step(context, target, due)),
            Prompting::Minutes => of(minutes::open(context)?),
            Prompting::MinutesAgain(minutes, path, error) => {
                of((MinutesPrompt(minutes), PromptLine::again(path, error)))
            }
            Prompting::Export(export, path, error) => {
                of((ExportPrompt(export), PromptLine::again(path, error)))
            }
            Prompting::ReportSince(order, path) => of(report::since(order, path)),
            Prompting::ReportTitle(order, path) => of(report::title(context, order, path)),
            Prompting::Merge => of((MergePrompt, PromptLine::default())),
        })
    }

    /// Returns the typed text, and whether typing replaces it.
    #[cfg(test)]
    pub(crate) fn typed(&self) -> (&str, bool) {
        (self.line.editor.text(), self.line.editor.is_selected())
    }

    fn accept(&mut self, context: &mut Context) {
        let asked = context.requests.len();
        match self.purpose.accept(context, &mut self.line) {
            // It is closed before its requests are performed.
            Ok(()) => context.requests.insert(asked, Request::Close),
            Err(why) => self.line.error = Some(why),
        }
    }

    /// Closes the prompt without accepting it.
    fn cancel(&mut self, context: &mut Context) {
        context.ask(Request::Close);
        self.purpose.cancel(context, &self.line);
    }
}

impl Screen for Prompt {
    fn mode(&self) -> Mode {
        Mode::Line
    }

    fn reopened(&mut self, context: &mut Context) -> bool {
        self.purpose.reopened(context, &self.line)
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        self.purpose.renumber(to)
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let Self { line, purpose } = self;
        line.error = None;
        if action != Action::Cycle {
            line.completion = None;
            line.seed
                .take_if(|_| !matches!(action, Action::Up | Action::Down));
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
            Action::Cycle if purpose.face().tab == Tab::Paths => paths::ask(context, line),
            Action::Cycle => {
                let (start, choices) = purpose.candidates(context, line.editor.split().0);
                line.complete(start, choices);
            }
            Action::Up => return purpose.recall(context, line, true),
            Action::Down => return purpose.recall(context, line, false),
            _ => {}
        }
        purpose.changed(context, line);
    }

    /// The wheel leaves what is typed alone.
    fn point(&mut self, _: &mut Context, _: Pointer) {}

    fn paste(&mut self, context: &mut Context, text: &str) {
        let Self { line, purpose } = self;
        let (text, most) = (one_line(text), purpose.most());
        line.error = line.editor.insert_within(&text, most, context.lang);
        (line.seed, line.completion) = (None, None);
        purpose.changed(context, line);
    }

    fn receive(&mut self, context: &mut Context, message: &Message) {
        self.purpose.receive(context, message, &mut self.line);
        if self.purpose.face().tab == Tab::Paths {
            paths::receive(context, message, &mut self.line);
        }
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let (line, dock) = (&self.line, layout::dock(context.size));
        let (face, about) = (self.purpose.face(), self.purpose.about(context, line));
        let popup = popup(context, self, context.lang.text(face.title), &about);
        let area = popup.around(buf, dock);
        if area.is_empty() {
            return None;
        }
        let mut pen = context.pen(buf, area, 0);
        if area == dock {
            // There is no room for a box.
            pen.skip(1);
            let said = line.error.clone().unwrap_or(about);
            pen.put_aside(&said, pen.room() / 2, Role::Dim);
        }
        pen.put(face.sign, Role::Key);
        let cursor = field::draw(&mut pen, &line.editor);
        if line.editor.text().is_empty() {
            pen.skip(1);
            let empty = context.lang.find(face.empty).unwrap_or_default();
            pen.put_elided(empty, Role::Dim);
        }
        if area.height > 1 {
            self.draw_below(context, &mut context.pen(buf, area, 1));
        } else if let (Some(error), true) = (&line.error, area != dock) {
            let row = Rect {
                y: area.y + 1,
                ..area
            };
            Pen::over(context.look(), buf, row, 0).put_elided(error, Role::Selected);
        }
        Some(cursor)
    }

    fn hint(&self, _: &Context, binding: &Binding) -> Option<String> {
        let idle = binding.action == Action::Cycle && self.purpose.face().tab == Tab::Idle;
        idle.then(String::new)
    }
}

impl Prompt {
    /// Draws the line's error, completions, or help.
    fn draw_below(&self, context: &Context, pen: &mut Pen<'_>) {
        let line = &self.line;
        let (start, choices) = self.purpose.candidates(context, line.editor.split().0);
        let typed = line.editor.split().0.get(start..).unwrap_or_default();
        let chosen = matches!(choices.as_slice(), [one] if one.text == typed);
        if let Some(error) = &line.error {
            pen.put_elided(error, Role::Alarm);
        } else if line.completion.is_some() || !choices.is_empty() && !chosen {
            completion::draw(pen, &choices, line.completion.as_ref());
        } else {
            pen.put_elided(&self.purpose.aside(context, line), Role::Dim);
        }
    }
}

#[cfg(test)]
mod tests;
