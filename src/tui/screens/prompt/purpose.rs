//! What every line that is typed does.

use crate::tui::{
    context::Context, message::Message, screens::remark::LONGEST, widgets::editor::Editor,
};
use std::fmt::Debug;

/// A line being typed.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The text.
    pub editor: Editor,
    /// Why it could not be taken.
    pub error: Option<String>,
    /// What was typed before it was completed.
    pub seed: Option<String>,
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

    /// Returns the text without blanks around it.
    pub(super) fn text(&self) -> &str {
        self.editor.text().trim()
    }
}

/// What a line is typed for.
pub(super) trait Purpose: Debug {
    /// Returns what stands before the line.
    fn label(&self, context: &Context, room: usize) -> String;

    /// Returns what stands at the right of the line, and in how many columns at most.
    fn aside(&self, _: &Context, _: &Line, _room: usize) -> Option<(String, usize)> {
        None
    }

    /// The text is another now.
    fn changed(&mut self, _: &mut Context, _: &Line) {}

    /// Tab.
    fn complete(&mut self, _: &mut Context, _: &mut Line) {}

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

/// Returns what a line is about: a clause, or how many.
pub(super) fn about(context: &Context, key: &'static str, clauses: &[usize]) -> String {
    let what = match clauses {
        [one] => context.document.clauses[*one].id.to_string(),
        many => context.lang.fill("write.many", &[("n", &many.len())]),
    };
    context.lang.fill(key, &[("what", &what)])
}

/// A text in a line: line ends become blanks.
pub(super) fn one_line(text: &str) -> String {
    text.trim_end_matches(['\r', '\n'])
        .replace("\r\n", " ")
        .replace(['\r', '\n', '\t'], " ")
}
