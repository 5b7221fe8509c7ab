//! `sync`: journals and documents through git.

use super::{
    Failure, Out,
    context::CommandContext,
    output,
    waiting::{Manner, Waiting},
};
use crate::{
    document::catalogue,
    locale::Lang,
    progress::Edit,
    report::phrase,
    sync::{self, Crossed, Places, SyncError, SyncReport, SyncStep},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    path::Path,
};

/// The most lines about conflicting changes.
const CROSSED: usize = 20;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(long, value_name = "URL")]
    init: Option<String>,
}

impl Args {
    /// Makes the clone if asked to; then exchanges, and prints what came and went.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let lang = context.lang;
        let failed = |error: SyncError| Failure::Failed(error.message(lang));
        let clone = context.paths.data.join("sync");
        let waiting = Waiting::new(lang, Manner::Together, "waiting.stopped-sync");
        if let Some(url) = &self.init {
            waiting.step(1, 1, &lang.fill("waiting.clone", &[("url", url)]));
            sync::init(&clone, url).map_err(failed)?;
            output::saved();
            let made = [("clone", &clone.display() as _), ("url", url as _)];
            out.line(lang.fill("sync.cloned", &made))?;
        }
        let team = context.config.progress.as_deref();
        let live = |document: &str| context.paths.journal(team, document);
        let folder = live("x").parent().map(Path::to_owned).unwrap_or_default();
        let mut journals = sync::journals_in(&folder).map_err(failed)?;
        if let Some(path) = &context.options.journal {
            journals.insert(context.document()?.id, path.clone());
        }
        let places = Places {
            clone,
            documents: catalogue::folder(&context.paths.data),
            journals,
            journal: &live,
        };
        let tell = |step| told(&waiting, &step, lang);
        let report = sync::sync(&places, &tell).map_err(failed)?;
        drop(waiting);
        if has_moved(&report) {
            output::saved();
        }
        for line in lines(&report, lang) {
            out.line(line)?;
        }
        let skipped = report.skipped.iter().map(|s| s.message(lang));
        let failed: Vec<String> = report.failed.iter().map(|e| e.message(lang)).collect();
        skipped.for_each(output::tell);
        if failed.is_empty() {
            Ok(())
        } else {
            Err(Failure::Failed(failed.join("\n")))
        }
    }
}

fn told(waiting: &Waiting, step: &SyncStep, lang: Lang) {
    match step {
        SyncStep::Fetch => waiting.step(1, 3, lang.text("waiting.fetch")),
        SyncStep::Exchange { document, nth, of } => {
            let values: [(&str, &dyn Display); 3] =
                [("document", document), ("n", nth), ("of", of)];
            waiting.step(2, 3, &lang.fill("waiting.exchange", &values));
        }
        SyncStep::Push => waiting.step(3, 3, lang.text("waiting.push")),
    }
}

/// Returns whether anything came or went.
fn has_moved(report: &SyncReport) -> bool {
    let changes = [&report.came, &report.went];
    let documents = [&report.documents_came, &report.documents_went];
    !changes.iter().all(|c| c.is_empty()) || !documents.iter().all(|d| d.is_empty())
}

fn lines(report: &SyncReport, lang: Lang) -> Vec<String> {
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
        crossed(&report.crossed, lang),
    ]
    .concat();
    if report.is_renewed {
        lines.push(lang.text("sync.renewed").to_owned());
    }
    if lines.is_empty() {
        lines.push(lang.text("sync.nothing").to_owned());
    }
    lines
}

/// Returns conflicting changes, one per line, and which of them counts.
fn crossed(all: &[Crossed], lang: Lang) -> Vec<String> {
    let said = |edit: &Edit| phrase::parts(edit, lang).concat();
    let line = |crossed: &Crossed| {
        let ((won_by, won), (lost_by, lost)) = (&crossed.won, &crossed.lost);
        let values: [(&str, &dyn Display); 6] = [
            ("document", &crossed.document),
            ("clause", &won.target),
            ("won-by", won_by),
            ("won", &said(won)),
            ("lost-by", lost_by),
            ("lost", &said(lost)),
        ];
        lang.fill("sync.crossed", &values)
    };
    let mut lines: Vec<String> = all.iter().take(CROSSED).map(line).collect();
    let more = all.len().saturating_sub(CROSSED);
    if more > 0 {
        lines.push(lang.fill("sync.crossed-more", &[("n", &more)]));
    }
    lines
}
