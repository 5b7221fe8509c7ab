//! Importing a file again: what changed, and how its progress continues. Also the progress in a
//! file: its ticks, and items under items.

use super::super::{
    Failure, Out, carry,
    context::{CommandContext, OpenChecklist},
    output,
};
use crate::{
    document::{
        ClauseId, Document, catalogue,
        compare::{Comparison, compare},
        import::ImportReport,
    },
    progress::{Body, Change, Edit, Status, Target},
    report::difference::Versions,
};
use std::{collections::BTreeSet, path::PathBuf};

/// The author of a file's own progress.
const AUTHOR: &str = "import";

/// Replaces an old document with the same id, if asked to; otherwise reports what changed and what
/// to do. The journal continues if every clause with progress keeps its number; if not, the new
/// document gets an id of its own, and the progress is carried over.
pub(super) fn replace(
    context: &CommandContext,
    old: &Document,
    new: &Document,
    asked: bool,
    out: &mut Out,
) -> Result<(PathBuf, String, Option<String>), Failure> {
    let lang = context.lang;
    let comparison = compare(old, new);
    let versions = Versions {
        old,
        new,
        comparison: &comparison,
        lang,
    };
    let lost = moved(&context.work(&old.id)?, old, new, &comparison);
    let counts = versions.counts();
    let values: [(&str, &dyn std::fmt::Display); 3] = [
        ("id", &old.id),
        ("counts", &counts),
        ("clauses", &lang.list(&lost)),
    ];
    if !asked {
        versions.headings().iter().take(MOST).for_each(output::tell);
        return Err(Failure::Failed(lang.fill("import.taken", &values)));
    }
    if lost.is_empty() {
        let path = super::keep(context, new)?;
        let said = lang.fill("import.replaced", &values);
        return Ok((path, old.id.clone(), Some(said)));
    }
    let id = free(context, &old.id);
    let mut own = new.clone();
    own.id.clone_from(&id);
    let path = super::keep(context, &own)?;
    carry::Args::between(&old.id, &id).run(context, out)?;
    Ok((path, id, Some(lang.fill("import.moved", &values))))
}

/// The most differences listed.
const MOST: usize = 40;

/// Returns an unused id.
fn free(context: &CommandContext, id: &str) -> String {
    let folder = catalogue::folder(&context.paths.data);
    let free = |id: &String| !folder.join(format!("{id}.yaml")).exists();
    let mut ids = (2..).map(|n: u32| format!("{id}-{n}"));
    ids.find(free).unwrap_or_default()
}

/// Returns the clauses with progress whose numbers belong to other clauses in the new document.
fn moved(
    work: &OpenChecklist,
    old: &Document,
    new: &Document,
    comparison: &Comparison,
) -> Vec<String> {
    let edits = work.progress.changes().flat_map(Change::edits);
    let ids: BTreeSet<ClauseId> = edits.filter_map(|e| e.target.clause_id()).collect();
    let stays = |id: &ClauseId| {
        let Some(place) = old.find(*id) else {
            return true;
        };
        let pairs = comparison.pairs.iter();
        let mut became = pairs.filter(|p| p.old == Some(place)).filter_map(|p| p.new);
        let same = became.next().is_some_and(|n| new.clauses[n].id == *id);
        same && became.next().is_none() || new.find(*id).is_none()
    };
    let lost = ids.into_iter().filter(|id| !stays(id));
    lost.map(|id| id.to_string()).collect()
}

/// Writes a file's own progress as the first line of an empty journal: ticked items are done, and
/// items under an item are its steps.
pub(super) fn begin(
    context: &CommandContext,
    report: &ImportReport,
    id: &str,
) -> Result<Option<String>, Failure> {
    if report.ticked.is_empty() && report.steps.is_empty() {
        return Ok(None);
    }
    let mut work = context.work(id)?;
    if work.progress.changes().len() > 0 {
        return Ok(None);
    }
    let ticks = report
        .ticked
        .iter()
        .map(|id| Edit::status(*id, Status::Done));
    let mut edits: Vec<Edit> = ticks.collect();
    for (nth, (id, text, done)) in (1..).zip(&report.steps) {
        let step = format!("i{nth}");
        let mut edit = Edit::new(Target::clause(*id));
        edit.step = Some((step.as_str().into(), text.clone()));
        edits.push(edit);
        if *done {
            let mut target = Target::clause(*id);
            target.step = Some(step.as_str().into());
            let mut edit = Edit::new(target);
            edit.status = Some(Status::Done);
            edits.push(edit);
        }
    }
    AUTHOR.clone_into(&mut work.by);
    work.append(|_| Ok((Some(Body::Edits(edits.clone())), ())))?;
    let values: [(&str, &dyn std::fmt::Display); 2] = [
        ("ticked", &report.ticked.len()),
        ("steps", &report.steps.len()),
    ];
    Ok(Some(context.lang.fill("import.begun", &values)))
}
