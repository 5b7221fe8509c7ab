//! `merge`: takes in filled-in ledgers and other journals.
//!
//! All files are read and compared before anything is written; the ledgers' changes are appended in
//! one write, one set per file, so that each can be undone. If a colleague saved something
//! meanwhile, they are compared again, so that nothing is overwritten unseen.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    output,
    waiting::{Manner, Waiting},
};
use crate::{
    locale::Lang,
    progress::{Change, Draft, journal::Journal},
    report::{
        ledger::{LedgerError, Prefer},
        phrase,
    },
    text,
};
use filled::{How, LedgerChanges, SignedLedger};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

pub(super) mod filled;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long)]
    add: bool,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "theirs|ours", value_parser = ["theirs", "ours"], hide_possible_values = true)]
    prefer: Option<String>,
}

/// The most lines about another journal's changes.
const SHOWN: usize = 200;

/// The type of a file, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InputFormat {
    Workbook,
    Csv,
    Journal,
}

impl Args {
    /// Merges all files, and prints a line per edit.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let (locks, files): (Vec<_>, Vec<_>) = self.files.iter().partition(|p| is_lock(p));
        for path in locks {
            let path = [("path", &path.display() as &dyn std::fmt::Display)];
            output::tell(context.lang.fill("merge.lock", &path));
        }
        let sorts = files.iter().map(|path| sort(path, context.lang));
        let sorts: Vec<InputFormat> = sorts.collect::<Result<_, _>>()?;
        let mut work = context.open()?;
        let waiting = Waiting::new(work.lang, Manner::Alone, "waiting.stopped");
        let mut lines: Vec<Box<str>> = Vec::new();
        let mut said: Vec<String> = Vec::new();
        let mut ledgers: Vec<SignedLedger<'_>> = Vec::new();
        for (nth, (path, sort)) in (1..).zip(files.iter().zip(sorts)) {
            let reading = [("path", &path.display() as &dyn std::fmt::Display)];
            let reading = work.lang.fill("waiting.merge", &reading);
            waiting.step(nth, files.len(), &reading);
            if sort == InputFormat::Journal {
                for change in journal(path, &work)? {
                    lines.push(change.line.clone());
                    said.extend(items(&change, work.lang));
                    work.progress.insert(change);
                }
            } else {
                let read = filled::read(path, context, &work);
                ledgers.push(read.map_err(|e| Failure::Failed(e.message(work.lang)))?);
            }
        }
        let how = How {
            prefer: prefer(self.prefer.as_deref()),
            add: self.add,
        };
        let mut found = filled::judge(&ledgers, how, &mut work);
        refuse(&ledgers, &mut found, work.lang)?;
        waiting.writing();
        if !self.dry_run {
            // A journal that has read nothing yet, so that union() knows all lines.
            let fresh = Journal::open(work.journal.path(), &work.document().id);
            let united = fresh.and_then(|mut journal| journal.union(&lines));
            if united.map_err(|e| Failure::Failed(e.message(work.lang)))? > 0 {
                output::saved();
            }
            found = filled::append(&ledgers, how, &mut work, found)?;
            refuse(&ledgers, &mut found, work.lang)?;
        }
        let drafts = filled::drafts(&found);
        let found: Vec<LedgerChanges> = found.into_iter().flatten().collect();
        let notes: Vec<&String> = found.iter().flat_map(|found| &found.notes).collect();
        output::tell_all(&notes, work.lang);
        let rows: Vec<&String> = found.iter().flat_map(|found| &found.rows).collect();
        if !self.add && !rows.is_empty() {
            output::tell(work.lang.fill("merge.rows", &[("n", &rows.len())]));
        }
        self.tell(&work, &lines, &drafts);
        drop(waiting);
        let more = said.len().saturating_sub(SHOWN);
        if more > 0 {
            said.truncate(SHOWN);
            said.push(work.lang.fill("merge.more", &[("n", &more)]));
        }
        let edits = found.iter().flat_map(|found| &found.said).cloned();
        let added = rows.into_iter().filter(|_| self.add);
        let added = added.map(|text| filled::added(text, work.lang));
        let mut said = said.into_iter().chain(edits).chain(added);
        said.try_for_each(|line| out.line(line))
    }

    /// Prints how much was merged, and how to undo the ledgers' changes.
    fn tell(&self, work: &OpenChecklist, lines: &[Box<str>], drafts: &[Draft]) {
        let lang = work.lang;
        let edits: usize = drafts.iter().map(|d| d.edits().len()).sum();
        let counts: [(&str, &dyn std::fmt::Display); 2] =
            [("edits", &edits), ("changes", &lines.len())];
        let key = match (edits + lines.len(), self.dry_run) {
            (0, _) => "merge.nothing",
            (_, true) => "merge.dry",
            (_, false) => "merge.done",
        };
        output::tell(lang.fill(key, &counts));
        if !self.dry_run && !drafts.is_empty() {
            // An undo retracts one set, and each ledger is one.
            let undos = vec!["kouan undo"; drafts.len()];
            let undos = undos.join("; ");
            output::tell(lang.fill("merge.back", &[("undo", &undos)]));
        }
    }
}

/// Returns whose value counts, as the option says it.
pub(super) fn prefer(named: Option<&str>) -> Prefer {
    match named {
        Some("theirs") => Prefer::Theirs,
        _ => Prefer::Ours,
    }
}

/// Fails on the first ledger that can't be merged.
fn refuse(
    ledgers: &[SignedLedger<'_>],
    found: &mut [Result<LedgerChanges, LedgerError>],
    lang: Lang,
) -> Result<(), Failure> {
    let mut pairs = ledgers.iter().zip(found);
    let failed = pairs.find_map(|(ledger, found)| Some((ledger, found.as_ref().err()?)));
    match failed {
        Some((ledger, error)) => {
            let message = error.message(lang);
            let path = ledger.path.display();
            Err(Failure::Failed(format!("{path}: {message}")))
        }
        None => Ok(()),
    }
}

/// Returns another journal's change in words, a line per clause: `16.3 受阻（zhang）`.
fn items(change: &Change, lang: Lang) -> Vec<String> {
    let items = phrase::items(change, lang).into_iter();
    let signed = |item: String| {
        let item = text::clean(&item).replace('\n', " ");
        lang.fill("merge.item", &[("item", &item), ("by", &change.by)])
    };
    items.map(signed).collect()
}

/// Returns whether a file is the lock file that Excel, WPS or `LibreOffice` puts beside an open
/// one.
pub(super) fn is_lock(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(b"~$") || name.starts_with(b".~lock.")
}

fn sort(path: &Path, lang: Lang) -> Result<InputFormat, Failure> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    match ending.to_ascii_lowercase().as_str() {
        "xlsx" | "xlsm" | "xls" | "et" => Ok(InputFormat::Workbook),
        "csv" | "tsv" | "txt" => Ok(InputFormat::Csv),
        "yaml" | "yml" => Ok(InputFormat::Journal),
        _ => Err(Failure::Usage(
            lang.fill("merge.ending", &[("path", &path.display())]),
        )),
    }
}

/// Returns the changes of another journal of this document that ours lacks.
fn journal(path: &Path, work: &OpenChecklist) -> Result<Vec<Change>, Failure> {
    let lang = work.lang;
    if let Err(why) = path.metadata() {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("path", &path.display()), ("why", &lang.system(&why))];
        return Err(Failure::Failed(lang.fill("merge.error.io", &values)));
    }
    let read = Journal::open(path, &work.document().id).and_then(|mut other| other.read());
    let read = read.map_err(|e| Failure::Failed(e.message(lang)))?;
    if !read.unreadable.is_empty() {
        let count = read.unreadable.len();
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("count", &count), ("path", &path.display())];
        output::tell(lang.fill("merge.unreadable", &values));
    }
    let known: HashSet<&str> = work.progress.changes().map(|c| &*c.line).collect();
    let mut theirs = read.changes;
    theirs.retain(|change| !known.contains(&*change.line));
    Ok(theirs)
}
