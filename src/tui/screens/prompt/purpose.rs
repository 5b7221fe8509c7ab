//! What every line that is typed does.

use super::completion::{self, Choice, Completion};
use crate::tui::{
    context::Context, message::Message, renumber::Renumbering, screens::remark::LONGEST,
    widgets::editor::Editor,
};
use std::fmt::Debug;

/// A line being typed.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The text.
    pub editor: Editor,
    /// Why it could not be taken.
    pub error: Option<String>,
    /// What was typed before an earlier text took its place, or paths were asked for.
    pub seed: Option<String>,
    /// The choices that Tab goes through.
    pub completion: Option<Completion>,
}

impl Line {
    /// Returns a line with this text in it.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            editor: Editor::new(text),
            ..Self::default()
        }
    }

    /// Returns a line with the value that is there by now: what is typed takes its place.
    pub(super) fn over(value: impl Into<String>) -> Self {
        Self {
            editor: Editor::selected(value),
            ..Self::default()
        }
    }

    /// Tab, with what may stand at a place of the line.
    pub(super) fn complete(&mut self, start: usize, choices: Vec<Choice>) {
        completion::complete(&mut self.editor, &mut self.completion, start, choices);
    }

    /// Returns the text without blanks around it.
    pub(super) fn text(&self) -> &str {
        self.editor.text().trim()
    }
}

/// What a line is typed for.
pub(super) trait Purpose: Debug {
    /// Returns what the box is for.
    fn title(&self, context: &Context) -> String;

    /// Returns what the box is about: a clause, what was found, where a number leads.
    fn about(&self, _: &Context, _: &Line) -> String {
        String::new()
    }

    /// Returns the sign before the text.
    fn sign(&self) -> &'static str {
        ""
    }

    /// Returns what an empty line takes, or does.
    fn empty(&self, _: &Context) -> String {
        String::new()
    }

    /// Returns what is said below the line where there is nothing to choose from.
    fn aside(&self, _: &Context, _: &Line) -> String {
        String::new()
    }

    /// Returns where the word at the end of a text begins, and what may take its place.
    fn candidates(&self, _: &Context, _text: &str) -> (usize, Vec<Choice>) {
        (0, Vec::new())
    }

    /// Returns whether Tab completes.
    fn completes(&self) -> bool {
        false
    }

    /// The text is another now.
    fn changed(&mut self, _: &mut Context, _: &Line) {}

    /// Tab.
    fn complete(&mut self, context: &mut Context, line: &mut Line) {
        let (start, choices) = self.candidates(context, line.editor.split().0);
        line.complete(start, choices);
    }

    /// Up, or down: an earlier text, or a later one.
    fn recall(&mut self, _: &mut Context, _: &mut Line, _back: bool) {}

    /// Takes in a message.
    fn receive(&mut self, _: &mut Context, _: &Message, _: &mut Line) {}

    /// Enter.
    ///
    /// # Errors
    ///
    /// Says why the line can't be taken; it then stays.
    fn accept(&mut self, context: &mut Context, line: &mut Line) -> Result<(), String>;

    /// Goes over to the new places of clauses; returns whether there is still something that it is about.
    fn renumber(&mut self, _: &Renumbering) -> bool {
        true
    }

    /// Returns the most bytes that the line may have.
    fn most(&self) -> usize {
        LONGEST
    }

    /// Returns whether Esc does nothing but close the line.
    fn is_box(&self) -> bool {
        false
    }

    /// Esc.
    fn cancel(&mut self, _: &mut Context, _: &Line) {}
}

/// A text in a line: line ends become blanks.
pub(super) fn one_line(text: &str) -> String {
    text.trim_end_matches(['\r', '\n'])
        .replace("\r\n", " ")
        .replace(['\r', '\n', '\t'], " ")
}
