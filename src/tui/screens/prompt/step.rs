//! A step of a clause, kept as a draft until it is saved.

use super::purpose::{PromptFace, PromptLine, Purpose, Tab, one_line};
use crate::{
    progress::Kind,
    tui::{
        commands,
        context::Context,
        renumber::Renumbering,
        text_draft::{TextDraft, step_name},
    },
};

#[derive(Debug)]
pub(super) struct StepPrompt(usize);

pub(super) fn open(context: &mut Context, clause: usize) -> (StepPrompt, PromptLine) {
    let step = StepPrompt(clause);
    let draft = commands::draft(context, &step.draft_name(context));
    (step, PromptLine::new(one_line(&draft.text)))
}

impl StepPrompt {
    fn draft_name(&self, context: &Context) -> String {
        step_name(context.document.clauses[self.0].id)
    }
}

impl Purpose for StepPrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "field.step",
            sign: "",
            empty: "prompt.step-takes",
            tab: Tab::Idle,
        }
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        let clause = to.clause(self.0);
        self.0 = clause.unwrap_or_default();
        clause.is_some()
    }

    fn about(&self, context: &Context, _: &PromptLine) -> String {
        context.about(&[self.0])
    }

    /// The draft outlives the session.
    fn changed(&mut self, context: &mut Context, line: &PromptLine) {
        let (kind, text) = (Kind::default(), line.editor.text().to_owned());
        let name = self.draft_name(context);
        commands::keep_draft(context, name, TextDraft { kind, text });
    }

    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        let text = line.text().to_owned();
        if text.is_empty() {
            return Ok(());
        }
        // Random, so that steps added in two places at once stay two.
        let id = context.ids.draw().chars().take(4).collect();
        let step = (id, text);
        commands::edit_all(context, &[self.0], |edit| edit.step = Some(step.clone()))?;
        // Its file is removed only when the step is durable.
        let name = self.draft_name(context);
        context.drafts.remove(&name);
        Ok(())
    }

    fn cancel(&mut self, context: &mut Context, line: &PromptLine) {
        if !line.text().is_empty() {
            let name = self.draft_name(context);
            commands::keep_for_good(context, name, "notice.step-kept");
        }
    }
}
