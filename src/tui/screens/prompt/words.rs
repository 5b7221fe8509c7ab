//! The text of an added item, the title of a new list, or a new text for a step or item.

use super::purpose::{PromptFace, PromptLine, Purpose, Tab, one_line};
use crate::{
    document::Node,
    progress::{Edit, Kind, Target},
    tui::{
        commands,
        context::Context,
        request::Effect,
        text_draft::{ITEM, TextDraft},
    },
};

/// What the text is for.
#[derive(Debug)]
pub(super) enum WordsPrompt {
    /// An item, kept as a draft until it is saved.
    Item,
    /// A new text for this.
    Of(Target),
    /// The title of a list.
    List,
}

pub(super) fn open_item(context: &mut Context) -> (WordsPrompt, PromptLine) {
    let draft = commands::draft(context, ITEM);
    (WordsPrompt::Item, PromptLine::new(one_line(&draft.text)))
}

impl Purpose for WordsPrompt {
    fn face(&self) -> PromptFace {
        let (title, empty) = match self {
            Self::Item => ("items.heading", "prompt.step-takes"),
            Self::Of(_) => ("prompt.reword", "prompt.step-takes"),
            Self::List => ("prompt.new-list", "prompt.new-list-takes"),
        };
        PromptFace {
            title,
            sign: "",
            empty,
            tab: Tab::Idle,
        }
    }

    fn about(&self, _: &Context, _: &PromptLine) -> String {
        match self {
            Self::Of(target) => target.to_string(),
            Self::Item | Self::List => String::new(),
        }
    }

    /// What is being typed outlives the session.
    fn changed(&mut self, context: &mut Context, line: &PromptLine) {
        if let Self::Item = self {
            let (kind, text) = (Kind::default(), line.editor.text().to_owned());
            commands::keep_draft(context, ITEM.to_owned(), TextDraft { kind, text });
        }
    }

    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        let text = line.text().to_owned();
        if text.is_empty() {
            return Ok(());
        }
        let edit = match self {
            Self::List => {
                context.effect(Effect::NewList(text));
                return Ok(());
            }
            Self::Item => Edit::item(context.progress.free_item(&[]), text, Vec::new()),
            Self::Of(target) => {
                let mut edit = Edit::new(target.clone());
                edit.text = Some(Some(text));
                edit
            }
        };
        edit.check().map_err(|long| long.message(context.lang))?;
        commands::make_edits(context, vec![edit]);
        if let Self::Item = self {
            context.drafts.remove(ITEM);
            // It is the last clause, so no other clause moves.
            let _ = context.renew_document();
            if context.discussed().is_none() {
                let last = Node::Clause(context.document.clauses.len() - 1);
                context.go_to(last);
            }
        }
        Ok(())
    }

    fn cancel(&mut self, context: &mut Context, line: &PromptLine) {
        if let (Self::Item, false) = (self, line.text().is_empty()) {
            commands::keep_for_good(context, ITEM.to_owned(), "notice.item-kept");
        }
    }
}
