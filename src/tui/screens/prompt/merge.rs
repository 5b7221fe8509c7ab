//! The prompt for the filled-in ledger to merge.

use super::purpose::{PromptFace, PromptLine, Purpose, Tab};
use crate::tui::{context::Context, request::Effect};

#[derive(Debug)]
pub(super) struct MergePrompt;

impl Purpose for MergePrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "prompt.merge",
            sign: "",
            empty: "",
            tab: Tab::Paths,
        }
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
