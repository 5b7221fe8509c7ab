//! `/`: narrows the list at each key.

use super::purpose::{Line, Purpose};
use crate::tui::{context::Context, search, widgets::editor::Editor};

#[derive(Debug)]
pub(super) struct Search;

pub(super) fn open(context: &mut Context, text: &str) -> (Search, Line) {
    (Search, Line::new(search::begin(context, text)))
}

impl Purpose for Search {
    fn label(&self, _: &Context, _: usize) -> String {
        "/".to_owned()
    }

    /// Says how many clauses are found, and which terms could not be read.
    fn aside(&self, context: &Context, _: &Line, room: usize) -> Option<(String, usize)> {
        let (lang, search) = (context.lang, &context.search);
        if search.query.is_empty() {
            return None;
        }
        let n = search.matches.clauses.len();
        let mut said = lang.fill("search.count", &[("n", &n)]);
        if !search.query.unread().is_empty() {
            let terms = lang.list(search.query.unread());
            let unread = lang.fill("search.unread", &[("terms", &terms)]);
            said = format!("{unread}  {said}");
        }
        Some((said, room / 2))
    }

    fn changed(&mut self, context: &mut Context, line: &Line) {
        search::run(context, line.editor.text().to_owned());
    }

    /// Earlier queries.
    fn recall(&mut self, context: &mut Context, line: &mut Line, back: bool) {
        let history = &context.search.history;
        let typed = line.editor.text();
        let at = history.iter().position(|t| t == typed);
        let next = match (at, back) {
            (None, true) => history.len().checked_sub(1),
            (Some(i), true) => Some(i.saturating_sub(1)),
            (Some(i), false) => Some(i + 1),
            (None, false) => None,
        };
        let Some(next) = next else { return };
        // After the latest comes what was typed before the first step back.
        let seed = line.seed.clone().unwrap_or_else(|| match at {
            None => typed.to_owned(),
            Some(_) => String::new(),
        });
        let text = history.get(next).unwrap_or(&seed);
        line.editor = Editor::new(text.as_str());
        line.seed = Some(seed);
        self.changed(context, line);
    }

    fn accept(&mut self, context: &mut Context, _: &mut Line) -> Result<(), String> {
        search::keep(context);
        Ok(())
    }

    fn cancel(&mut self, context: &mut Context, _: &Line) {
        search::cancel(context);
    }
}

#[cfg(test)]
mod tests;
