//! `/` over a list: narrows what is below at each key, or when it is taken.

use super::purpose::{Line, Purpose};
use crate::tui::{context::Context, request::Request};

#[derive(Debug)]
pub(super) struct Find {
    /// Whether each key narrows.
    at_each_key: bool,
}

pub(super) fn open(text: String, at_each_key: bool) -> (Find, Line) {
    (Find { at_each_key }, Line::new(text))
}

impl Purpose for Find {
    fn label(&self, _: &Context, _: usize) -> String {
        "/".to_owned()
    }

    fn changed(&mut self, context: &mut Context, line: &Line) {
        if self.at_each_key {
            context.ask(Request::Narrow(line.text().to_owned()));
        }
    }

    fn accept(&mut self, context: &mut Context, line: &mut Line) -> Result<(), String> {
        if !self.at_each_key {
            context.ask(Request::Narrow(line.text().to_owned()));
        }
        Ok(())
    }

    fn cancel(&mut self, context: &mut Context, _: &Line) {
        if self.at_each_key {
            context.ask(Request::Narrow(String::new()));
        }
    }
}
