//! `merge`: takes in filled-in ledgers and other journals. May use: `report::ledger`, `progress`.
//!
//! All files are read and judged before anything is written; what came of the ledgers is appended in
//! one write, a change set a file, so that it can be taken back file by file.

use super::{
    Failure, Out,
    desk::{Desk, Work},
    output,
    waiting::{Manner, Waiting},
};
use crate::{
    locale::Lang,
    progress::{Body, Draft, Edit, journal::Journal},
    report::{
        ledger::{self, LedgerError, Merged, Prefer},
        phrase,
    },
    text,
};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "theirs|ours", value_parser = ["theirs", "ours"], hide_possible_values = true)]
    prefer: Option<String>,
}

/// What a file is, by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Workbook,
    Csv,
    Journal,
}

impl Args {
    /// Takes in all files, and prints a line for each edit.
    pub(super) fn run(&self, desk: &Desk, out: &mut Out) -> Result<(), Failure> {
        let (locks, files): (Vec<_>, Vec<_>) = self.files.iter().partition(|p| is_lock(p));
        for path in locks {
            let path = [("path", &path.display() as &dyn std::fmt::Display)];
            output::tell(desk.lang.fill("merge.lock", &path));
        }
        let sorts = files.iter().map(|path| sort(path, desk.lang));
        let sorts: Vec<Sort> = sorts.collect::<Result<_, _>>()?;
        let mut work = desk.open()?;
        let own = desk.options.by.is_some();
        let waiting = Waiting::new(work.lang, Manner::Alone, "waiting.stopped");
        let mut said = Vec::new();
        let mut lines: Vec<Box<str>> = Vec::new();
        let mut drafts: Vec<Draft> = Vec::new();
        for (nth, (path, sort)) in (1..).zip(files.iter().zip(sorts)) {
            let reading = [("path", &path.display() as &dyn std::fmt::Display)];
            let reading = work.lang.fill("waiting.merge", &reading);
            waiting.step(nth, files.len(), &reading);
            if sort == Sort::Journal {
                lines.extend(journal(path, &work)?);
                continue;
            }
            let merged = self.ledger(path, sort, &work)?;
            for note in &merged.notes {
                output::tell(note);
            }
            if merged.edits.is_empty() {
                continue;
            }
            let by = if own { None } else { unit_in(path, &work) };
            let by = by.unwrap_or_else(|| work.by.clone());
            said.extend(merged.edits.iter().map(|edit| line(&work, edit)));
            let draft = Draft::new(by, work.session.as_str(), Body::Edits(merged.edits));
            // The next file is compared with what this one said.
            work.progress.propose(&draft, work.now.timestamp());
            drafts.push(draft);
        }
        waiting.writing();
        self.finish(&mut work, &lines, &drafts)?;
        drop(waiting);
        said.iter().try_for_each(|line| out.line(line))
    }

    fn ledger(&self, path: &Path, sort: Sort, work: &Work) -> Result<Merged, Failure> {
        let prefer = match self.prefer.as_deref() {
            Some("theirs") => Prefer::Theirs,
            _ => Prefer::Ours,
        };
        let read = match sort {
            Sort::Workbook => ledger::read_xlsx(path),
            _ => ledger::read_csv(path),
        };
        let merged = read.and_then(|filled| ledger::merge(&work.basis(), &filled, prefer));
        merged.map_err(|error| {
            let message = error.message(work.lang);
            match error {
                LedgerError::OtherDocument { .. } | LedgerError::NoTable => {
                    Failure::Failed(format!("{}: {message}", path.display()))
                }
                _ => Failure::Failed(message),
            }
        })
    }

    /// Writes what is new, and says how much.
    fn finish(&self, work: &mut Work, lines: &[Box<str>], drafts: &[Draft]) -> Result<(), Failure> {
        let lang = work.lang;
        let edits: usize = drafts.iter().map(|d| body(d).len()).sum();
        let counts: [(&str, &dyn std::fmt::Display); 2] =
            [("edits", &edits), ("changes", &lines.len())];
        if edits + lines.len() == 0 {
            output::tell(lang.text("merge.nothing"));
        } else if self.dry_run {
            output::tell(lang.fill("merge.dry", &counts));
        } else {
            let failed =
                |e: crate::progress::journal::JournalError| Failure::Failed(e.message(lang));
            // Only a journal that has read nothing yet knows what the file has.
            let path = work.journal.path().to_owned();
            let mut fresh = Journal::open(&path, &work.document.id).map_err(failed)?;
            fresh.union(lines).map_err(failed)?;
            if !drafts.is_empty() {
                work.journal.append(drafts, &work.now).map_err(failed)?;
            }
            output::tell(lang.fill("merge.done", &counts));
        }
        Ok(())
    }
}

fn body(draft: &Draft) -> &[Edit] {
    match &draft.body {
        Body::Edits(edits) => edits,
        Body::Retract(_) => &[],
    }
}

/// Returns whether a file is what Excel, WPS or `LibreOffice` puts beside one that is open.
fn is_lock(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(b"~$") || name.starts_with(b".~lock.")
}

fn sort(path: &Path, lang: Lang) -> Result<Sort, Failure> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    match ending.to_ascii_lowercase().as_str() {
        "xlsx" | "xlsm" | "xls" | "et" => Ok(Sort::Workbook),
        "csv" | "tsv" | "txt" => Ok(Sort::Csv),
        "yaml" | "yml" => Ok(Sort::Journal),
        _ => Err(Failure::Usage(
            lang.fill("merge.ending", &[("path", &path.display())]),
        )),
    }
}

/// Returns the lines of another journal of this document that ours lacks.
fn journal(path: &Path, work: &Work) -> Result<Vec<Box<str>>, Failure> {
    let lang = work.lang;
    if let Err(why) = std::fs::File::open(path) {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("path", &path.display()), ("why", &lang.system(&why))];
        return Err(Failure::Failed(lang.fill("merge.error.io", &values)));
    }
    let failed = |e: crate::progress::journal::JournalError| Failure::Failed(e.message(lang));
    let mut theirs = Vec::new();
    let mut other = Journal::open(path, &work.document.id).map_err(failed)?;
    let read = other
        .read_each(&mut |change| theirs.push(change.line))
        .map_err(failed)?;
    if theirs.is_empty() && !read.unreadable.is_empty() {
        return Err(Failure::Failed(
            lang.fill("merge.no-journal", &[("path", &path.display())]),
        ));
    }
    if !read.unreadable.is_empty() {
        let count = read.unreadable.len();
        output::tell(lang.fill(
            "cli.unreadable",
            &[("count", &count), ("path", &path.display())],
        ));
    }
    let known: std::collections::HashSet<&Box<str>> =
        work.progress.changes().map(|c| &c.line).collect();
    theirs.retain(|line| !known.contains(line));
    Ok(theirs)
}

/// Returns the unit of the document that a file's name holds: the longest name that it does.
fn unit_in(path: &Path, work: &Work) -> Option<String> {
    let name = path.file_stem()?.to_string_lossy().into_owned();
    let units = work.document.units().into_iter();
    let named = units.flat_map(|unit| {
        let all = std::iter::once(unit).chain(work.units().names(unit));
        all.map(move |other| (other.to_owned(), unit))
            .collect::<Vec<_>>()
    });
    let held =
        named.filter(|(other, _)| other.chars().count() > 1 && name.contains(other.as_str()));
    let best = held.max_by_key(|(other, _)| other.chars().count());
    best.map(|(_, unit)| unit.to_owned())
}

/// Returns `16.3 受阻  根据企业需求…`.
fn line(work: &Work, edit: &Edit) -> String {
    let lang = work.lang;
    let parts = phrase::parts(edit, lang).join(lang.text("phrase.and"));
    let clause = edit
        .target
        .clause_id()
        .and_then(|id| work.document.find(id));
    let said = clause.map_or("", |c| work.document.clauses[c].text.as_str());
    let glimpse = text::elide(text::Policy::Narrow, &text::clean(said), 40).into_owned();
    format!(
        "{} {}  {glimpse}",
        edit.target,
        text::clean(&parts).replace('\n', " ")
    )
}
