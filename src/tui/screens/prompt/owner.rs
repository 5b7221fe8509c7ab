//! The person in charge.

use super::{
    completion::CompletionItem,
    purpose::{PromptFace, PromptLine, Purpose, Tab},
};
use crate::{
    progress::TooLong,
    tui::{commands, context::Context, renumber::Renumbering},
};

#[derive(Debug)]
pub(super) struct OwnerPrompt(Vec<usize>);

/// Opens the prompt with the present name.
pub(super) fn open(context: &Context, clauses: Vec<usize>) -> (OwnerPrompt, PromptLine) {
    let name = match clauses.as_slice() {
        [one] => context.progress.record(*one).owner.clone(),
        _ => None,
    };
    (
        OwnerPrompt(clauses),
        PromptLine::over(name.unwrap_or_default()),
    )
}

impl Purpose for OwnerPrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "field.owner",
            sign: "",
            empty: "prompt.empty-clears",
            tab: Tab::Words,
        }
    }

    fn most(&self) -> usize {
        TooLong::NAME.most
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        to.clauses(&mut self.0)
    }

    fn about(&self, context: &Context, _: &PromptLine) -> String {
        context.about(&self.0)
    }

    /// Returns names used before.
    fn candidates(&self, context: &Context, text: &str) -> (usize, Vec<CompletionItem>) {
        let names = context.progress.owners().into_iter();
        let names = names.filter(|name| name.starts_with(text) && *name != text);
        (0, names.map(|name| name.to_owned().into()).collect())
    }

    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        let name = Some(line.text().to_owned()).filter(|name| !name.is_empty());
        commands::edit_all(context, &self.0, |edit| edit.owner = Some(name.clone()))
    }
}
