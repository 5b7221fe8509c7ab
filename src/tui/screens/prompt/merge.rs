//! The prompt for the filled-in ledger to merge.

use super::purpose::{PromptLine, Purpose, Tab};
use crate::tui::{context::Context, request::Effect};

#[derive(Debug)]
pub(super) struct MergePrompt;

pub(super) fn open() -> (MergePrompt, PromptLine) {
    (MergePrompt, PromptLine::new(""))
}

impl Purpose for MergePrompt {
    fn title(&self, context: &Context) -> String {
        context.lang.text("prompt.merge").to_owned()
    }

    fn tab(&self) -> Tab {
        Tab::Paths
    }

    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        let path = line.text().to_owned();
        if !path.is_empty() {
            let said = context.lang.fill("merge.reading", &[("path", &path)]);
            context.say(said);
            context.effect(Effect::ReadLedger(path));
        }
        Ok(())
    }
}
