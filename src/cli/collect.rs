//! `collect`: merges all ledgers in a folder, and reports the result for each unit.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    merge::{
        filled::{self, How, LedgerChanges, SignedLedger},
        is_lock,
    },
    output,
};
use crate::{
    report::{
        column,
        ledger::{self, LedgerError},
    },
    text,
};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    #[arg(long)]
    add: bool,
    #[arg(long)]
    dry_run: bool,
    #[arg(long, value_name = "theirs|ours", value_parser = ["theirs", "ours"], hide_possible_values = true)]
    prefer: Option<String>,
}

/// The lines of one unit, or of a file that belongs to none.
struct UnitReply {
    unit: String,
    file: String,
    said: String,
    more: Vec<String>,
}

impl Args {
    /// Merges each returned ledger as its own change, and prints a line per unit.
    pub(super) fn run(&self, context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
        let mut work = context.open()?;
        let lang = work.lang;
        let how = How {
            prefer: super::merge::prefer(self.prefer.as_deref()),
            add: self.add,
        };
        let (files, others) = self.files(context)?;
        let mut ledgers: Vec<SignedLedger<'_>> = Vec::new();
        let mut lines: Vec<UnitReply> = Vec::new();
        let mut failed = 0;
        for path in &files {
            match filled::read(path, context, &work) {
                Ok(ledger) => ledgers.push(ledger),
                Err(error) => {
                    failed += 1;
                    let unit = ledger::unit_in(&work.scene(), path).unwrap_or_default();
                    lines.push(unread(unit, path, &error, lang));
                }
            }
        }
        let found = filled::judge(&ledgers, how, &mut work);
        let found = if self.dry_run {
            found
        } else {
            filled::append(&ledgers, how, &mut work, found)?
        };
        for (ledger, found) in ledgers.iter().zip(&found) {
            match found {
                Ok(found) => lines.push(answered(ledger, found, &work)),
                Err(error) => {
                    failed += 1;
                    lines.push(unread(ledger.by.clone(), ledger.path, error, lang));
                }
            }
        }
        silent(&mut lines, &work);
        for line in &lines {
            let parts = [&line.unit, &line.file, &line.said];
            let parts = parts.map(|part| text::clean(part).replace('\n', " "));
            out.line(parts.join("\t"))?;
            for more in &line.more {
                out.line(format!("  {more}"))?;
            }
        }
        for path in others {
            let path = [("path", &path.display() as &dyn std::fmt::Display)];
            output::tell(lang.fill("collect.other", &path));
        }
        let drafts = filled::drafts(&found);
        let edits: usize = drafts.iter().map(|draft| draft.edits().len()).sum();
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("files", &files.len()),
            ("edits", &edits),
            ("failed", &failed),
        ];
        let key = if self.dry_run {
            "collect.dry"
        } else {
            "collect.done"
        };
        output::tell(lang.fill(key, &values));
        if failed > 0 {
            return Err(Failure::Failed(lang.fill("collect.failed", &values)));
        }
        Ok(())
    }

    /// Returns the folder's ledgers by name, and its other files.
    fn files(&self, context: &CommandContext) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
        let failed = |why: std::io::Error| {
            let why = context.lang.system(&why);
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("path", &self.folder.display()), ("why", &why)];
            Failure::Failed(context.lang.fill("merge.error.io", &values))
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().as_encoded_bytes();
            if !name.starts_with(b".") && !is_lock(&path) && path.is_file() {
                files.push(path);
            }
        }
        files.sort();
        Ok(files.into_iter().partition(|path| is_ledger(path)))
    }
}

/// Returns whether the file may be a ledger, by its ending; old and foreign workbooks too, which
/// are then reported as such.
fn is_ledger(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    ["xlsx", "xlsm", "xls", "et", "csv"]
        .iter()
        .any(|e| ending == *e)
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn unread(unit: String, path: &Path, error: &LedgerError, lang: crate::locale::Lang) -> UnitReply {
    let why = error.message(lang);
    UnitReply {
        unit,
        file: name(path),
        said: lang.fill("collect.unread", &[("why", &why)]),
        more: Vec::new(),
    }
}

/// Returns what a unit changed, or that its ledger was merged before or left blank.
fn answered(ledger: &SignedLedger<'_>, found: &LedgerChanges, work: &OpenChecklist) -> UnitReply {
    let lang = work.lang;
    let said = match &found.draft {
        Some(draft) => {
            let n = draft.edits().len();
            lang.fill("collect.changed", &[("n", &n)])
        }
        None if found.is_known => lang.text("collect.before").to_owned(),
        None => lang.text("collect.blank").to_owned(),
    };
    let notes = found
        .notes
        .iter()
        .map(|note| lang.fill("collect.note", &[("note", note)]));
    let rows = found.rows.iter().map(|text| filled::added(text, lang));
    UnitReply {
        unit: ledger.by.clone(),
        file: name(ledger.path),
        said,
        more: found
            .said
            .iter()
            .cloned()
            .chain(rows)
            .chain(notes)
            .collect(),
    }
}

/// Adds the units without a file; sorts all in document order, files without a unit last.
fn silent(lines: &mut Vec<UnitReply>, work: &OpenChecklist) {
    let basis = work.basis();
    let units = column::by_unit(&basis, &basis.all());
    let named = work.document().units();
    let place = |unit: &str| named.iter().position(|u| *u == unit);
    for (unit, _) in units {
        if named.contains(&unit.as_str()) && lines.iter().all(|line| line.unit != unit) {
            lines.push(UnitReply {
                unit,
                file: String::new(),
                said: work.lang.text("collect.silent").to_owned(),
                more: Vec::new(),
            });
        }
    }
    lines.sort_by_key(|line| place(&line.unit).unwrap_or(usize::MAX));
}
