//! The path of an export.

use super::purpose::{PromptFace, PromptLine, Purpose, Tab};
use crate::tui::{
    context::Context,
    message::{Content, ExportRequest, SaveJob},
    renumber::Renumbering,
    request::Effect,
};

#[derive(Debug)]
pub(super) struct ExportPrompt(pub ExportRequest);

impl Purpose for ExportPrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "prompt.export",
            sign: "",
            empty: "",
            tab: Tab::Paths,
        }
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        let clauses = self.0.clauses.as_mut();
        clauses.is_none_or(|clauses| to.clauses(clauses))
    }

    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        let path = line.text().to_owned();
        if path.is_empty() {
            return Ok(());
        }
        // The marks were for this.
        if self.0.clauses.is_some() {
            context.marks.clear();
        }
        context.say(context.lang.fill("export.saving", &[("path", &path)]));
        let job = SaveJob {
            path,
            content: Content::Export(self.0.clone()),
        };
        context.effect(Effect::Save(job, false));
        Ok(())
    }
}
