//! `sync`: journals and documents through git. May use: `sync`, `document::catalogue`.

use super::{Failure, Out, desk::Desk};
use crate::{
    document::catalogue,
    locale::Lang,
    sync::{self, Places, Report, SyncError},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "URL")]
    init: Option<String>,
}

impl Args {
    /// Makes the clone where one is asked for; then takes in and sends on, and prints what came and
    /// what went.
    pub(super) fn run(&self, desk: &Desk, out: &mut Out) -> Result<(), Failure> {
        let lang = desk.lang;
        let failed = |error: SyncError| Failure::Failed(error.message(lang));
        let clone = desk.paths.data.join("sync");
        if let Some(url) = &self.init {
            sync::init(&clone, url).map_err(failed)?;
            let made = [("clone", &clone.display() as _), ("url", url as _)];
            out.line(lang.fill("sync.cloned", &made))?;
        }
        let team = desk.config.progress.as_deref();
        let live = |document: &str| desk.paths.journal(team, document);
        let folder = live("x").parent().map(Path::to_owned).unwrap_or_default();
        let mut journals = sync::journals_in(&folder).map_err(failed)?;
        if let Some(path) = &desk.options.journal {
            journals.insert(desk.document()?.id, path.clone());
        }
        let places = Places {
            clone,
            documents: catalogue::folder(&desk.paths.data),
            journals,
            journal: &live,
        };
        let report = sync::sync(&places).map_err(failed)?;
        for line in lines(&report, lang) {
            out.line(line)?;
        }
        Ok(())
    }
}

fn lines(report: &Report, lang: Lang) -> Vec<String> {
    let counted = |key, counts: &BTreeMap<String, usize>| -> Vec<String> {
        let line =
            |(id, count): (&String, &usize)| lang.fill(key, &[("document", id), ("count", count)]);
        counts.iter().map(line).collect()
    };
    let named = |key, names: &BTreeSet<String>| -> Vec<String> {
        let line = |id: &String| lang.fill(key, &[("document", id)]);
        names.iter().map(line).collect()
    };
    let mut lines = [
        counted("sync.came", &report.came),
        counted("sync.went", &report.went),
        counted("sync.unreadable", &report.unreadable),
        named("sync.document.came", &report.documents_came),
        named("sync.document.went", &report.documents_went),
        named("sync.document.differ", &report.documents_differ),
    ]
    .concat();
    if lines.is_empty() {
        lines.push(lang.text("sync.nothing").to_owned());
    }
    lines
}
