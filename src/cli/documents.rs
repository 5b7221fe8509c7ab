//! `documents`: the known documents.

use super::{Failure, Out, context::CommandContext};
use crate::{
    document::catalogue,
    report::{Cell, Table},
};

/// Prints a line per document: id, title, stage, file. An unreadable file is reported on standard
/// error, and makes the command fail at the end.
pub(super) fn run(context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
    let listing = catalogue::list(&context.paths.data);
    let rows = listing.entries.iter().map(|entry| {
        let path = entry.path.as_ref().map(|path| path.display().to_string());
        let built_in = context.lang.text("documents.built-in").to_owned();
        vec![
            Cell::words(&entry.id),
            Cell::words(&entry.title),
            Cell::words(entry.stage.clone().unwrap_or_default()),
            Cell::words(path.unwrap_or(built_in)),
        ]
    });
    let table = Table::named(["document", "title", "stage", "file"], rows);
    out.table(&table, false, context.policy(), context.lang)?;
    let wrong: Vec<String> = listing
        .errors
        .iter()
        .map(|e| e.message(context.lang))
        .collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failure::Failed(wrong.join("\n")))
}
