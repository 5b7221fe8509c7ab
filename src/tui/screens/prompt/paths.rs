//! Path completion.

use super::{completion::CompletionItem, purpose::PromptLine};
use crate::tui::{context::Context, message::Message, request::Effect};

/// Has the runtime look for paths with the typed prefix.
pub(super) fn ask(context: &mut Context, line: &mut PromptLine) {
    if line.completion.is_some() {
        return line.complete(0, Vec::new());
    }
    let typed = line.editor.split().0.to_owned();
    context.effect(Effect::Complete(typed.clone()));
    line.seed = Some(typed);
}

/// Receives the paths.
pub(super) fn receive(context: &Context, message: &Message, line: &mut PromptLine) {
    let Message::Completed(typed, paths) = message else {
        return;
    };
    // Something else was typed meanwhile.
    if line.seed.as_ref() != Some(typed) || line.editor.split().0 != typed {
        return;
    }
    if paths.is_empty() {
        line.error = Some(context.lang.text("error.no-path").to_owned());
    }
    line.complete(0, paths.iter().cloned().map(CompletionItem::from).collect());
}
