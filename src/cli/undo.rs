//! `undo` and `redo` of this user's last standing set.

use super::{
    Failure, Out,
    context::{CommandContext, OpenChecklist},
    edit,
    ids::Named,
    output,
};
use crate::{
    progress::{Body, Change, ChangeId, Status, Target, Walk},
    report::phrase,
    text,
};

/// Retracts this user's last standing set, and prints it.
pub(super) fn undo(context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
    let mut work = context.open()?;
    take_back(&mut work, "undo.done", out, |work| {
        let set = work.progress.undo_target(Walk::By(&work.by));
        let set = set.ok_or_else(|| nothing(work, "undo.nothing"))?;
        Ok((set.id.clone(), set))
    })
}

/// Restores the set that this user's last `undo` retracted, and prints it.
pub(super) fn redo(context: &CommandContext, out: &mut Out) -> Result<(), Failure> {
    let mut work = context.open()?;
    take_back(&mut work, "redo.done", out, |work| {
        let retract = work.progress.redo_target(Walk::By(&work.by));
        let set = retract.and_then(|retract| match &retract.body {
            Body::Retract(id) => Some((retract.id.clone(), work.progress.change(id)?.clone())),
            Body::Edits(_) => None,
        });
        set.ok_or_else(|| nothing(work, "redo.nothing"))
    })
}

fn nothing(work: &OpenChecklist, key: &'static str) -> Failure {
    Failure::Failed(work.lang.fill(key, &[("by", &work.by)]))
}

/// Retracts the change that `find` returns (a set, or the retraction of one), and prints the effect
/// on the clauses of the set that it returns too. What others retract meanwhile is not retracted
/// twice.
fn take_back(
    work: &mut OpenChecklist,
    said: &'static str,
    out: &mut Out,
    find: impl Fn(&OpenChecklist) -> Result<(ChangeId, Change), Failure>,
) -> Result<(), Failure> {
    let (set, named, before) = work.append(|work| {
        let (id, set) = find(work)?;
        let named = named(work, &set);
        let before: Vec<Status> = named.iter().map(|n| edit::status(work, n)).collect();
        Ok((Some(Body::Retract(id)), (set, named, before)))
    })?;
    let overtaken = work.progress.overtaken(&set.id);
    let lang = work.lang;
    let at = work.basis().minute(set.when());
    out.line(lang.fill(said, &[("at", &at), ("id", &set.id)]))?;
    for item in phrase::items(&set, lang) {
        out.line(format!("  {}", text::clean(&item)))?;
    }
    for (named, before) in named.iter().zip(before) {
        let after = edit::status(work, named);
        if before != after {
            out.line(edit::moved(work, named, before))?;
        }
    }
    for target in &overtaken {
        let id = target.to_string();
        output::tell(lang.fill("undo.overtaken", &[("id", &id)]));
    }
    Ok(())
}

/// Returns the clauses and steps of a set that exist in the document, without duplicates.
fn named(work: &OpenChecklist, set: &Change) -> Vec<Named> {
    let Body::Edits(edits) = &set.body else {
        return Vec::new();
    };
    let mut all: Vec<Named> = Vec::new();
    for target in edits.iter().map(|e| &e.target) {
        if let Some(clause) = clause(work, target)
            && all.iter().all(|n| n.target != *target)
        {
            all.push(Named {
                clause,
                target: target.clone(),
            });
        }
    }
    all
}

fn clause(work: &OpenChecklist, target: &Target) -> Option<usize> {
    work.document().find(target.clause.parse().ok()?)
}
