//! `man`: manual pages, for the packager and for `man -l`. May use: clap's page maker.

use super::{Failure, Out, command, desk::Desk};
use crate::config::nearest::nearest;
use clap_mangen::Man;
use std::{io, path::PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "COMMAND")]
    name: Option<String>,
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    dir: Option<PathBuf>,
}

impl Args {
    /// Prints the page of the program or of one command, or writes all of them into a folder.
    pub(super) fn run(&self, desk: &Desk, out: &mut Out) -> Result<(), Failure> {
        let mut whole = command(desk.lang);
        whole.build();
        if let Some(dir) = &self.dir {
            return write_all(whole, dir).map_err(|why| {
                let path = dir.display();
                let message = desk.lang.fill(
                    "export.failed",
                    &[("path", &path), ("why", &desk.lang.system(&why))],
                );
                Failure::Failed(message)
            });
        }
        let page = match &self.name {
            None => whole,
            Some(name) => whole.find_subcommand(name).cloned().ok_or_else(|| {
                let names: Vec<&str> = whole
                    .get_subcommands()
                    .map(clap::Command::get_name)
                    .collect();
                let near = nearest(name, names.iter().copied(), 3);
                let near = if near.is_empty() { names } else { near };
                let near = near.join(desk.lang.text("cli.or"));
                let values: [(&str, &dyn std::fmt::Display); 2] = [("name", name), ("near", &near)];
                Failure::Usage(desk.lang.fill("man.unknown", &values))
            })?,
        };
        out.bytes(&render(page)?)
    }
}

/// Returns the page in roff.
fn render(page: clap::Command) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    Man::new(page).render(&mut bytes)?;
    Ok(bytes)
}

fn write_all(whole: clap::Command, dir: &std::path::Path) -> io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for sub in whole.get_subcommands() {
        let name = format!("kouan-{}.1", sub.get_name());
        std::fs::write(dir.join(name), render(sub.clone())?)?;
    }
    std::fs::write(dir.join("kouan.1"), render(whole)?)
}
