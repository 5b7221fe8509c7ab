//! Appends one set of edits and prints the result.

use super::{Failure, Out, context::OpenChecklist, ids::Named, output};
use crate::{
    progress::{Body, Edit, Record, Status, Step},
    report::phrase,
    text,
};

/// Width of the clause's text in the line that reports an edit.
const GLIMPSE: usize = 40;

/// The edits of a command, and messages about what stays unchanged.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) edits: Vec<(Named, Edit)>,
    pub(super) unchanged: Vec<String>,
}

/// Appends the edits of a plan as one change, if there are any, and prints a line for each. If
/// others write meanwhile, it plans again.
pub(super) fn append(
    work: &mut OpenChecklist,
    out: &mut Out,
    plan: impl Fn(&OpenChecklist) -> Result<Plan, Failure>,
) -> Result<(), Failure> {
    let (plan, before) = work.append(|work| {
        let plan = plan(work)?;
        let was = |(named, _): &(Named, Edit)| (status(work, named), glimpse(work, named));
        let before: Vec<(Status, String)> = plan.edits.iter().map(was).collect();
        let edits: Vec<Edit> = plan.edits.iter().map(|(_, edit)| edit.clone()).collect();
        let body = (!edits.is_empty()).then_some(Body::Edits(edits));
        Ok((body, (plan, before)))
    })?;
    for said in plan.unchanged {
        output::tell(said);
    }
    for ((named, edit), (before, glimpsed)) in plan.edits.iter().zip(before) {
        let line = line(work, named, edit, before);
        // The text of a removed item can't be looked up any more.
        let gone = if edit.text == Some(None) {
            &*glimpsed
        } else {
            ""
        };
        out.line(format!("{line}{gone}"))?;
    }
    Ok(())
}

/// Returns the status of a clause or step.
pub(super) fn status(work: &OpenChecklist, named: &Named) -> Status {
    let Some(record) = record(work, named) else {
        return Status::Todo;
    };
    match &named.target.step {
        None => record.status,
        Some(id) => step(record, id).map_or(Status::Todo, |s| s.status),
    }
}

/// Returns the state of a clause; `None` for an item that does not exist yet or was removed.
fn record<'a>(work: &'a OpenChecklist, named: &Named) -> Option<&'a Record> {
    let clause = work.document().find(named.target.clause_id()?)?;
    Some(work.progress.record(clause))
}

/// Returns a step of a clause.
pub(super) fn step<'a>(record: &'a Record, id: &str) -> Option<&'a Step> {
    record.steps.iter().find(|step| step.id == id)
}

/// Returns `[x] 1.1 未启动 → 已完成  根据企业需求…` for a clause whose status has changed.
pub(super) fn moved(work: &OpenChecklist, named: &Named, before: Status) -> String {
    let edit = Edit {
        status: Some(status(work, named)),
        ..Edit::new(named.target.clone())
    };
    line(work, named, &edit, before)
}

fn line(work: &OpenChecklist, named: &Named, edit: &Edit, before: Status) -> String {
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
    // One line per clause, even for a remark of several.
    let said = text::clean(&said).replace('\n', " ");
    let mark = status(work, named).mark();
    // A rewording already shows the text.
    let glimpse = match edit.text {
        Some(Some(_)) => String::new(),
        _ => glimpse(work, named),
    };
    format!("{mark} {said}  {glimpse}").trim_end().to_owned()
}

/// Returns the beginning of a clause's or step's text.
pub(super) fn glimpse(work: &OpenChecklist, named: &Named) -> String {
    let document = work.document();
    let Some(clause) = named.target.clause_id().and_then(|id| document.find(id)) else {
        return String::new();
    };
    let own = named.target.step.as_ref();
    let said = own
        .and_then(|id| step(work.progress.record(clause), id))
        .map_or(&*document.clauses[clause].text, |s| &*s.text);
    text::elide(text::Policy::Narrow, &text::clean(said), GLIMPSE).into_owned()
}

/// Returns the message about a clause that stays as it is.
pub(super) fn unchanged(work: &OpenChecklist, named: &Named) -> String {
    let status = work.lang.text(status(work, named).name_key());
    let id = named.target.to_string();
    work.lang
        .fill("cli.unchanged", &[("id", &id), ("status", &status)])
}
