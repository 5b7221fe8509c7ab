//! A step of a clause, kept as a draft until it is saved.

use super::purpose::{Line, Purpose, one_line};
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
pub(super) struct Step(usize);

pub(super) fn open(context: &mut Context, clause: usize) -> (Step, Line) {
    let step = Step(clause);
    let draft = commands::draft(context, &step.draft_name(context));
    (step, Line::new(one_line(&draft.text)))
}

impl Step {
    fn draft_name(&self, context: &Context) -> String {
        step_name(context.document.clauses[self.0].id)
    }
}

impl Purpose for Step {
    fn renumber(&mut self, to: &Renumbering) -> bool {
        let clause = to.clause(self.0);
        self.0 = clause.unwrap_or_default();
        clause.is_some()
    }

    fn reopened(&mut self, _: &mut Context, _: &Line) -> bool {
        true
    }

    fn title(&self, context: &Context) -> String {
        context.lang.text("field.step").to_owned()
    }

    fn about(&self, context: &Context, _: &Line) -> String {
        context.about(&[self.0])
    }

    fn empty(&self, context: &Context) -> String {
        context.lang.text("prompt.step-takes").to_owned()
    }

    /// The draft outlives the session.
    fn changed(&mut self, context: &mut Context, line: &Line) {
        let (kind, text) = (Kind::default(), line.editor.text().to_owned());
        let name = self.draft_name(context);
        commands::keep_draft(context, name, TextDraft { kind, text });
    }

    fn accept(&mut self, context: &mut Context, line: &mut Line) -> Result<(), String> {
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

    fn cancel(&mut self, context: &mut Context, line: &Line) {
        if !line.text().is_empty() {
            let name = self.draft_name(context);
            commands::keep_for_good(context, name, "notice.step-kept");
        }
    }
}
