//! `sync`: journals and documents through git. May use: `sync`, `document::catalogue`.

use super::{
    Failure, Out,
    desk::Desk,
    waiting::{Manner, Waiting},
};
use crate::{
    document::catalogue,
    locale::Lang,
    sync::{self, Places, Report, Step, SyncError},
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
        let waiting = Waiting::new(lang, Manner::Together, "waiting.stopped-sync");
        if let Some(url) = &self.init {
            waiting.step(1, 1, &lang.fill("waiting.clone", &[("url", url)]));
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
        let tell = |step| told(&waiting, &step, lang);
        let report = sync::sync_telling(&places, &tell).map_err(failed)?;
        drop(waiting);
        for line in lines(&report, lang) {
            out.line(line)?;
        }
        Ok(())
    }
}

fn told(waiting: &Waiting, step: &Step, lang: Lang) {
    match step {
        Step::Fetch => waiting.step(1, 3, lang.text("waiting.fetch")),
        Step::Exchange { document, nth, of } => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("document", document), ("n", nth), ("of", of)];
            waiting.step(2, 3, &lang.fill("waiting.exchange", &values));
        }
        Step::Push => waiting.step(3, 3, lang.text("waiting.push")),
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
