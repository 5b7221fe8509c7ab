//! `/` over a list: filters what is below at each key.

use super::{
    completion::CompletionItem,
    purpose::{PromptFace, PromptLine, Purpose, Tab},
    search,
};
use crate::tui::{context::Context, request::Request};

#[derive(Debug)]
pub(super) struct FindPrompt {
    /// Whether the text is a query rather than words.
    pub is_query: bool,
}

impl Purpose for FindPrompt {
    fn face(&self) -> PromptFace {
        let (empty, tab) = if self.is_query {
            ("prompt.filter-takes", Tab::Words)
        } else {
            ("prompt.find-takes", Tab::Idle)
        };
        PromptFace {
            title: "prompt.find",
            sign: "/",
            empty,
            tab,
        }
    }

    fn candidates(&self, context: &Context, text: &str) -> (usize, Vec<CompletionItem>) {
        if self.is_query {
            search::terms(context, text)
        } else {
            (0, Vec::new())
        }
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
}
