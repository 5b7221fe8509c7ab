//! `/`: filters the outline at each key.

use super::{
    completion::CompletionItem,
    purpose::{PromptFace, PromptLine, Purpose, Tab},
};
use crate::{
    search::candidates,
    tui::{context::Context, search, widgets::editor::Editor},
};

#[derive(Debug)]
pub(super) struct SearchPrompt;

pub(super) fn open(context: &mut Context, text: &str) -> (SearchPrompt, PromptLine) {
    (SearchPrompt, PromptLine::new(search::begin(context, text)))
}

impl Purpose for SearchPrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "hint.search",
            sign: "/",
            empty: "prompt.search-takes",
            tab: Tab::Words,
        }
    }

    /// Says how many clauses are found, and which terms are unreadable.
    fn about(&self, context: &Context, _: &PromptLine) -> String {
        let (lang, search) = (context.lang, &context.search);
        if search.query.is_empty() {
            return String::new();
        }
        let n = search.matches.clauses.len();
        let said = lang.fill("search.count", &[("n", &n)]);
        if search.query.unread().is_empty() {
            return said;
        }
        let terms = lang.list(search.query.unread());
        let unread = lang.fill("search.unread", &[("terms", &terms)]);
        format!("{said}  {unread}")
    }

    fn aside(&self, context: &Context, _: &PromptLine) -> String {
        let key = context.key("earlier");
        context.lang.fill("prompt.search-more", &[("key", &key)])
    }

    fn candidates(&self, context: &Context, text: &str) -> (usize, Vec<CompletionItem>) {
        terms(context, text)
    }

    fn changed(&mut self, context: &mut Context, line: &PromptLine) {
        search::run(context, line.editor.text().to_owned());
    }

    /// Goes through earlier queries.
    fn recall(&mut self, context: &mut Context, line: &mut PromptLine, back: bool) {
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
        // The latest is followed by what was typed before the first step back.
        let seed = line.seed.clone().unwrap_or_else(|| match at {
            None => typed.to_owned(),
            Some(_) => String::new(),
        });
        let text = history.get(next).unwrap_or(&seed);
        line.editor = Editor::new(text.as_str());
        line.seed = Some(seed);
        self.changed(context, line);
    }

    fn accept(&mut self, context: &mut Context, _: &mut PromptLine) -> Result<(), String> {
        search::keep(context);
        Ok(())
    }

    fn cancel(&mut self, context: &mut Context, _: &PromptLine) {
        search::cancel(context);
    }

    fn reopened(&mut self, context: &mut Context, line: &PromptLine) -> bool {
        // An empty text would be the search that was kept.
        search::begin(context, &format!("{} ", line.editor.text()));
        search::run(context, line.editor.text().to_owned());
        true
    }
}

/// Returns the search terms that the end of a text may become.
pub(super) fn terms(context: &Context, text: &str) -> (usize, Vec<CompletionItem>) {
    let (start, terms) = candidates(&context.scene(), context.lang, text);
    let choice = |(text, help)| CompletionItem { text, help };
    (start, terms.into_iter().map(choice).collect())
}

#[cfg(test)]
mod tests;
