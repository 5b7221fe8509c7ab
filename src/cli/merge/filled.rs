//! Filled-in ledgers for `merge` and `collect`: who signs each, and what it adds to the journal.

use super::super::{
    Failure,
    context::{CommandContext, OpenChecklist},
};
use crate::{
    locale::Lang,
    progress::{Body, Draft, Edit},
    report::{
        ledger::{self, LedgerError, Prefer, ReturnedLedger},
        phrase,
    },
    text,
};
use compact_str::CompactString;
use std::path::Path;

/// A ledger with the name that signs it.
pub(in crate::cli) struct SignedLedger<'a> {
    pub(in crate::cli) path: &'a Path,
    pub(in crate::cli) filled: ReturnedLedger,
    pub(in crate::cli) by: String,
}

/// What a ledger adds to the journal.
#[derive(Default)]
pub(in crate::cli) struct LedgerChanges {
    /// The change, if the ledger adds anything.
    pub(in crate::cli) draft: Option<Draft>,
    /// Rows that somebody added, as their texts.
    pub(in crate::cli) rows: Vec<String>,
    /// Whether it was filled in with what the journal has by now.
    pub(in crate::cli) is_known: bool,
    /// One line per edit.
    pub(in crate::cli) said: Vec<String>,
    /// What was not understood, not merged or left open.
    pub(in crate::cli) notes: Vec<String>,
}

/// Reads a ledger and determines who signs it.
pub(in crate::cli) fn read<'a>(
    path: &'a Path,
    context: &CommandContext,
    work: &OpenChecklist,
) -> Result<SignedLedger<'a>, LedgerError> {
    let filled = ledger::read(path)?;
    let named = match context.options.by {
        Some(_) => None,
        None => ledger::signer(&work.scene(), path, &filled),
    };
    Ok(SignedLedger {
        path,
        filled,
        by: named.unwrap_or_else(|| work.by.clone()),
    })
}

/// Options of a merge.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct How {
    /// Whose value counts where both sides changed one.
    pub(in crate::cli) prefer: Prefer,
    /// Whether rows that somebody added become added items.
    pub(in crate::cli) add: bool,
}

/// Compares the ledgers with the progress, each also with what those before it said.
pub(in crate::cli) fn judge(
    ledgers: &[SignedLedger<'_>],
    how: How,
    work: &mut OpenChecklist,
) -> Vec<Result<LedgerChanges, LedgerError>> {
    let mut all = Vec::new();
    for ledger in ledgers {
        let merged = ledger::merge(&work.basis(), &ledger.filled, how.prefer);
        all.push(merged.map(|mut merged| {
            let mut found = LedgerChanges {
                said: lines(work, &merged.edits),
                is_known: merged.known > 0,
                ..LedgerChanges::default()
            };
            let mut taken = Vec::new();
            for row in std::mem::take(&mut merged.rows) {
                if how.add {
                    let id = work.progress.free_item(&taken);
                    taken.push(id);
                    merged.edits.extend(row.item(id, &ledger.by));
                } else {
                    merged.notes.push(row.note);
                }
                found.rows.push(row.text);
            }
            found.notes = merged.notes;
            if !merged.edits.is_empty() {
                let body = Body::Edits(merged.edits);
                let draft = Draft {
                    via: (ledger.by != work.by).then(|| work.by.as_str().into()),
                    ..Draft::new(ledger.by.as_str(), work.session.as_str(), body)
                };
                work.progress.propose(&draft, work.now.timestamp());
                found.draft = Some(draft);
            }
            found
        }));
    }
    for found in all.iter().flatten() {
        if let Some(draft) = &found.draft {
            work.progress.withdraw(&draft.id);
        }
    }
    all
}

/// Returns `新增：…` for a row that somebody added.
pub(in crate::cli) fn added(text: &str, lang: Lang) -> String {
    let text = text::clean(text).into_owned();
    lang.fill("collect.row", &[("text", &text)])
}

/// Returns a line for each edit.
fn lines(work: &OpenChecklist, edits: &[Edit]) -> Vec<String> {
    let mut new: Option<&(CompactString, String)> = None;
    let mut lines = Vec::new();
    for edit in edits {
        // What is set of a new step follows its making.
        new = edit.step.as_ref().or(new);
        let new = new.filter(|(step, _)| Some(step) == edit.target.step.as_ref());
        lines.push(line(work, edit, new.map(|(_, text)| text.as_str())));
    }
    lines
}

/// Returns `16.3 受阻  根据企业需求…`, with the words of a step where it is about one.
fn line(work: &OpenChecklist, edit: &Edit, new: Option<&str>) -> String {
    let lang = work.lang;
    let parts = phrase::parts(edit, lang).join(lang.text("phrase.and"));
    let clause = edit
        .target
        .clause_id()
        .and_then(|id| work.document().find(id));
    let said = clause.map_or("", |c| {
        let mut steps = work.progress.record(c).steps.iter();
        let step = steps.find(|step| Some(&step.id) == edit.target.step.as_ref());
        let known = step.map(|step| step.text.as_str());
        known.or(new).unwrap_or(&work.document().clauses[c].text)
    });
    let glimpse = text::elide(text::Policy::Narrow, &text::clean(said), 40).into_owned();
    format!(
        "{} {}  {glimpse}",
        edit.target,
        text::clean(&parts).replace('\n', " ")
    )
}

/// Appends each ledger's change; if others have written meanwhile, compares again. Returns what was
/// appended.
pub(in crate::cli) fn append(
    ledgers: &[SignedLedger<'_>],
    how: How,
    work: &mut OpenChecklist,
    mut found: Vec<Result<LedgerChanges, LedgerError>>,
) -> Result<Vec<Result<LedgerChanges, LedgerError>>, Failure> {
    loop {
        let drafts: Vec<Draft> = drafts(&found);
        if drafts.is_empty() || work.try_append(&drafts)? {
            return Ok(found);
        }
        found = judge(ledgers, how, work);
    }
}

/// Returns the changes that were found.
pub(in crate::cli) fn drafts(found: &[Result<LedgerChanges, LedgerError>]) -> Vec<Draft> {
    let found = found.iter().flatten();
    found.filter_map(|found| found.draft.clone()).collect()
}
