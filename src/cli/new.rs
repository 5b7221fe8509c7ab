//! `new`: creates an empty list for items of the user's own.

use super::{Failure, Out, context::CommandContext};
use crate::document::{catalogue, yaml};
use std::io;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "ID")]
    id: String,
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
}

impl Args {
    /// Creates the list, and prints its id and file.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let (id, lang) = (self.id.trim(), context.lang);
        if !yaml::is_id(id) {
            return Err(Failure::Usage(lang.fill("new.id", &[("id", &id)])));
        }
        let title = self.title.as_deref().map(str::trim);
        let title = title.filter(|title| !title.is_empty()).unwrap_or(id);
        let path = catalogue::create(id, title, &context.paths.data);
        let path = path.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Failure::Failed(lang.fill("new.exists", &[("id", &id)]))
            }
            _ => Failure::Failed(
                lang.fill("new.failed", &[("id", &id), ("why", &lang.system(&error))]),
            ),
        })?;
        out.line(format!("{id}\t{}", path.display()))?;
        super::output::tell(lang.fill("new.next", &[("id", &id)]));
        Ok(())
    }
}
