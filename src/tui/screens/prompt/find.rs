//! `/` over a list: filters what is below at each key.

use super::{
    completion::CompletionItem,
    purpose::{PromptLine, Purpose, Tab},
    search,
};
use crate::tui::{context::Context, request::Request};

#[derive(Debug)]
pub(super) struct FindPrompt {
    /// Whether the text is a query rather than words.
    is_query: bool,
}

pub(super) fn open(text: String, is_query: bool) -> (FindPrompt, PromptLine) {
    (FindPrompt { is_query }, PromptLine::new(text))
}

impl Purpose for FindPrompt {
    fn title(&self, context: &Context) -> String {
        context.lang.text("prompt.find").to_owned()
    }

    fn sign(&self) -> &'static str {
        "/"
    }

    fn empty(&self, context: &Context) -> String {
        let takes = if self.is_query {
            "prompt.filter-takes"
        } else {
            "prompt.find-takes"
        };
        context.lang.text(takes).to_owned()
    }

    fn candidates(&self, context: &Context, text: &str) -> (usize, Vec<CompletionItem>) {
        if self.is_query {
            search::terms(context, text)
        } else {
            (0, Vec::new())
        }
    }

    fn tab(&self) -> Tab {
        if self.is_query { Tab::Words } else { Tab::Idle }
    }

    fn changed(&mut self, context: &mut Context, line: &PromptLine) {
        context.ask(Request::Narrow(line.text().to_owned()));
    }

    fn accept(&mut self, _: &mut Context, _: &mut PromptLine) -> Result<(), String> {
        Ok(())
    }

    fn cancel(&mut self, context: &mut Context, _: &PromptLine) {
        context.ask(Request::Narrow(String::new()));
    }

    fn reopened(&mut self, context: &mut Context, line: &PromptLine) -> bool {
        self.changed(context, line);
        true
    }
}
