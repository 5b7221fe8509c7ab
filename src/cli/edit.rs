//! Appending one set of edits and printing what it did. May use: `cli::desk`, `report`.

use super::{Failure, Out, desk::Work, ids::Named, output};
use crate::{
    progress::{Body, Edit, Status},
    report::phrase,
    text,
};

/// How many columns of a clause's text stand in the line that says what was done to it.
const GLIMPSE: usize = 40;

/// Appends the edits as one change (none: nothing is written) and prints a line for each.
pub(super) fn append(
    work: &mut Work,
    edits: Vec<(Named, Edit)>,
    out: &mut Out,
) -> Result<(), Failure> {
    if edits.is_empty() {
        return Ok(());
    }
    let before: Vec<Status> = edits.iter().map(|(n, _)| status(work, n)).collect();
    let (named, edits): (Vec<Named>, Vec<Edit>) = edits.into_iter().unzip();
    let printed = edits.clone();
    work.append(Body::Edits(edits))?;
    for ((named, edit), before) in named.iter().zip(&printed).zip(before) {
        out.line(line(work, named, edit, before))?;
    }
    Ok(())
}

/// Returns the status of a clause or step.
pub(super) fn status(work: &Work, named: &Named) -> Status {
    let record = work.progress.record(named.clause);
    match &named.target.step {
        None => record.status,
        Some(id) => record
            .steps
            .iter()
            .find(|s| s.id == *id)
            .map_or(Status::Todo, |s| s.status),
    }
}

/// Returns `[x] 1.1 未启动 → 已完成  根据企业需求…`, for a clause whose status has changed.
pub(super) fn moved(work: &Work, named: &Named, before: Status) -> String {
    let edit = Edit {
        status: Some(status(work, named)),
        ..Edit::new(named.target.clone())
    };
    line(work, named, &edit, before)
}

fn line(work: &Work, named: &Named, edit: &Edit, before: Status) -> String {
    let lang = work.lang;
    let mut parts = phrase::parts(edit, lang);
    if edit.status.is_some_and(|after| after != before) {
        let after = parts.remove(0);
        parts.insert(0, format!("{} → {after}", lang.text(before.name_key())));
    }
    if phrase::is_missed(edit.due, status(work, named), work.now.date()) {
        parts.push(lang.text("phrase.missed").to_owned());
    }
    let said = format!("{} {}", named.target, parts.join(lang.text("phrase.and")));
    // A line a clause, also where a remark has several.
    let said = text::clean(&said).replace('\n', " ");
    let mark = status(work, named).mark();
    format!("{mark} {said}  {}", glimpse(work, named))
}

/// Returns the beginning of what a clause or step says.
pub(super) fn glimpse(work: &Work, named: &Named) -> String {
    let steps = &work.progress.record(named.clause).steps;
    let own = named.target.step.as_ref();
    let said = own
        .and_then(|id| steps.iter().find(|s| s.id == *id))
        .map_or(&*work.document.clauses[named.clause].text, |s| &*s.text);
    text::elide(text::Policy::Narrow, &text::clean(said), GLIMPSE).into_owned()
}

/// Tells of a clause that stays as it is.
pub(super) fn unchanged(work: &Work, named: &Named) {
    let status = work.lang.text(status(work, named).name_key());
    let id = named.target.to_string();
    output::tell(
        work.lang
            .fill("cli.unchanged", &[("id", &id), ("status", &status)]),
    );
}
