//! Rebuilds the document after changes to the user's own items.

use crate::tui::{context::Context, renumber::Renumbering};
use std::sync::Arc;

impl Context {
    /// Rebuilds the document from the changes; returns the new indexes of its clauses, if any
    /// moved.
    pub fn renew_document(&mut self) -> Option<Renumbering> {
        let new = Arc::clone(self.progress.document());
        if Arc::ptr_eq(&self.document, &new) {
            return None;
        }
        let to = Renumbering::between(&self.document, &new);
        self.document = new;
        let to = to?;
        let outlines = [&mut self.outline]
            .into_iter()
            .chain(&mut self.search.before);
        let kept = self.search.kept.iter_mut().map(|(_, outline)| outline);
        for outline in outlines.chain(kept) {
            outline.renumber(&self.document, &to);
        }
        for meeting in self.meeting.iter_mut().chain(&mut self.left) {
            meeting.renumber(&to);
        }
        to.set(&mut self.marks);
        self.touch_all();
        Some(to)
    }
}
