//! `/` over a list: filters what is below at each key.

use super::{
    completion::Choice,
    purpose::{Line, Purpose, Tab},
    search,
};
use crate::tui::{context::Context, request::Request};

#[derive(Debug)]
pub(super) struct Find {
    /// Whether the text is a query rather than words.
    is_query: bool,
}

pub(super) fn open(text: String, is_query: bool) -> (Find, Line) {
    (Find { is_query }, Line::new(text))
}

impl Purpose for Find {
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

    fn candidates(&self, context: &Context, text: &str) -> (usize, Vec<Choice>) {
        if self.is_query {
            search::terms(context, text)
        } else {
            (0, Vec::new())
        }
    }

    fn tab(&self) -> Tab {
        if self.is_query { Tab::Words } else { Tab::Idle }
    }

    fn changed(&mut self, context: &mut Context, line: &Line) {
        context.ask(Request::Narrow(line.text().to_owned()));
    }

    fn accept(&mut self, _: &mut Context, _: &mut Line) -> Result<(), String> {
        Ok(())
    }

    fn cancel(&mut self, context: &mut Context, _: &Line) {
        context.ask(Request::Narrow(String::new()));
    }

    fn reopened(&mut self, context: &mut Context, line: &Line) -> bool {
        self.changed(context, line);
        true
    }
}
