//! What all prompts have in common.

use super::completion::{self, Completion, CompletionItem};
use crate::tui::{
    context::Context, message::Message, renumber::Renumbering, screens::remark::LONGEST,
    widgets::editor::Editor,
};
use std::fmt::Debug;

/// A line being typed.
#[derive(Debug, Default)]
pub(super) struct PromptLine {
    /// The text.
    pub editor: Editor,
    /// Why it could not be accepted.
    pub error: Option<String>,
    /// The text typed before it was replaced by an earlier one, or before paths were asked for.
    pub seed: Option<String>,
    /// Completion in progress.
    pub completion: Option<Completion>,
}

impl PromptLine {
    /// Returns a line with this text.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            editor: Editor::new(text),
            ..Self::default()
        }
    }

    /// Returns a line with a text that was not accepted, if there is a reason why.
    pub(super) fn again(text: String, error: Option<String>) -> Self {
        Self {
            error,
            ..Self::new(text)
        }
    }

    /// Returns a line with the present value, which typing replaces.
    pub(super) fn over(value: impl Into<String>) -> Self {
        Self {
            editor: Editor::selected(value),
            ..Self::default()
        }
    }

    /// Handles Tab, with the choices at a position of the line.
    pub(super) fn complete(&mut self, start: usize, choices: Vec<CompletionItem>) {
        completion::complete(&mut self.editor, &mut self.completion, start, choices);
    }

    /// Returns the text, trimmed.
    pub(super) fn text(&self) -> &str {
        self.editor.text().trim()
    }
}

/// What Tab completes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// Nothing.
    Idle,
    /// The last word, by [`Purpose::candidates`].
    Words,
    /// A path.
    Paths,
}

/// What is always the same about a prompt; its words by their keys in `data/locales`.
#[derive(Debug, Clone, Copy)]
pub(super) struct PromptFace {
    /// The title of the box.
    pub title: &'static str,
    /// The sign before the text.
    pub sign: &'static str,
    /// What an empty line means; an empty key where that goes without saying.
    pub empty: &'static str,
    /// What Tab completes.
    pub tab: Tab,
}

/// The purpose of a prompt.
pub(super) trait Purpose: Debug {
    /// Returns what is always the same.
    fn face(&self) -> PromptFace;

    /// Returns the subject: a clause, search results, a number's target.
    fn about(&self, _: &Context, _: &PromptLine) -> String {
        String::new()
    }

    /// Returns the help below the line if there are no choices.
    fn aside(&self, _: &Context, _: &PromptLine) -> String {
        String::new()
    }

    /// Returns where the last word of a text begins, and its possible replacements.
    fn candidates(&self, _: &Context, _text: &str) -> (usize, Vec<CompletionItem>) {
        (0, Vec::new())
    }

    /// The text has changed.
    fn changed(&mut self, _: &mut Context, _: &PromptLine) {}

    /// Up or Down: an earlier or later text.
    fn recall(&mut self, _: &mut Context, _: &mut PromptLine, _back: bool) {}

    /// Receives a message.
    fn receive(&mut self, _: &mut Context, _: &Message, _: &mut PromptLine) {}

    /// Enter.
    ///
    /// # Errors
    ///
    /// Why the line can't be accepted; the prompt then stays open.
    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String>;

    /// Updates the clause indexes that it holds; returns whether any of its clauses is left.
    fn renumber(&mut self, _: &Renumbering) -> bool {
        true
    }

    /// Returns the line's limit in bytes.
    fn most(&self) -> usize {
        LONGEST
    }

    /// Reverts an Esc that turned out to begin a late key sequence; returns whether it reopens.
    fn reopened(&mut self, context: &mut Context, line: &PromptLine) -> bool {
        self.changed(context, line);
        true
    }

    /// Esc.
    fn cancel(&mut self, _: &mut Context, _: &PromptLine) {}
}

/// Returns a text on one line: line ends become blanks.
pub(super) fn one_line(text: &str) -> String {
    text.trim_end_matches(['\r', '\n'])
        .replace("\r\n", " ")
        .replace(['\r', '\n', '\t'], " ")
}
