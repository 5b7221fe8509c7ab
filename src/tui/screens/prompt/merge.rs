//! The prompt for the filled-in ledger to merge.

use super::purpose::{Line, Purpose, Tab};
use crate::tui::{context::Context, request::Effect};

#[derive(Debug)]
pub(super) struct LedgerPath;

pub(super) fn open() -> (LedgerPath, Line) {
    (LedgerPath, Line::new(""))
}

impl Purpose for LedgerPath {
    fn title(&self, context: &Context) -> String {
        context.lang.text("prompt.merge").to_owned()
    }

    fn tab(&self) -> Tab {
        Tab::Paths
    }

    fn accept(&mut self, context: &mut Context, line: &mut Line) -> Result<(), String> {
        let path = line.text().to_owned();
        if !path.is_empty() {
            let said = context.lang.fill("merge.reading", &[("path", &path)]);
            context.say(said);
            context.effect(Effect::ReadLedger(path));
        }
        Ok(())
    }
}
