//! The person in charge.

use super::purpose::{Line, Purpose, about};
use crate::{
    progress::TooLong,
    tui::{commands, context::Context, widgets::editor::Editor},
};

#[derive(Debug)]
pub(super) struct Owner(Vec<usize>);

/// Opens the line with the present name in it.
pub(super) fn open(context: &Context, clauses: Vec<usize>) -> (Owner, Line) {
    let name = match clauses.as_slice() {
        [one] => context.progress.record(*one).owner.clone(),
        _ => None,
    };
    (Owner(clauses), Line::over(name.unwrap_or_default()))
}

impl Purpose for Owner {
    fn most(&self) -> usize {
        TooLong::NAME.most
    }

    fn is_box(&self) -> bool {
        true
    }

    fn label(&self, context: &Context, _: usize) -> String {
        about(context, "prompt.owner", &self.0)
    }

    fn aside(&self, context: &Context, line: &Line, room: usize) -> Option<(String, usize)> {
        let takes = || context.lang.text("prompt.owner-takes").to_owned();
        (line.error.is_none() && room >= 60).then(|| (takes(), usize::MAX))
    }

    /// Completes a name from those used before, one after the other.
    fn complete(&mut self, context: &mut Context, line: &mut Line) {
        let typed = line.editor.text();
        let names: Vec<&str> = context.progress.owners();
        let after = names.iter().position(|n| *n == typed).map_or(0, |i| i + 1);
        // What was typed begins the name; a whole name goes on to the next.
        let begins = |n: &&&str| after > 0 || n.starts_with(typed);
        if let Some(name) = names.iter().skip(after).chain(&names).find(begins) {
            line.editor = Editor::new(*name);
        }
    }

    fn accept(&mut self, context: &mut Context, line: &mut Line) -> Result<(), String> {
        let name = Some(line.text().to_owned()).filter(|name| !name.is_empty());
        commands::edit_all(context, &self.0, |edit| edit.owner = Some(name.clone()))
    }
}
