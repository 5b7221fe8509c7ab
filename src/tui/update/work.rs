//! Changes: ticking, statuses, undo and redo. One key makes one set.

use super::{
    popup,
    said::{retraction, said},
    writing,
};
use crate::{
    document::Node,
    progress::{Body, Draft, Edit, Status, Target, Walk},
    tui::{
        action::Effect,
        model::{Model, Then},
        outline::Row,
    },
};

/// Space: open clauses become done; done ones what they were before; for the rest there is the
/// picker. More than one clause is asked about first.
pub(super) fn tick(model: &mut Model, effects: &mut Vec<Effect>) {
    let free = model.discussed().is_none() && model.marks.is_empty();
    if let (Some(Row::Step(clause, step)), true) = (model.outline.row(), free) {
        return tick_step(model, clause, step, effects);
    }
    let targets = model.targets();
    let of = |model: &Model, wanted: fn(Status) -> bool| -> Vec<usize> {
        targets
            .iter()
            .copied()
            .filter(|i| wanted(model.progress.status(*i)))
            .collect()
    };
    let open = of(model, Status::is_open);
    let done = of(model, |s| s == Status::Done);
    let done = if free { ticked_last(model, done) } else { done };
    let edits: Vec<Edit> = if open.is_empty() {
        let before = |i: &usize| {
            Edit::status(
                model.document.clauses[*i].id,
                model.progress.status_before(*i),
            )
        };
        done.iter().map(before).collect()
    } else {
        open.iter()
            .map(|i| Edit::status(model.document.clauses[*i].id, Status::Done))
            .collect()
    };
    let single = model.discussed().is_some()
        || model.marks.is_empty() && matches!(model.outline.node(), Some(Node::Clause(_)));
    match (edits.is_empty(), single) {
        (true, _) if targets.is_empty() => model.say(model.lang.text("notice.nothing-here")),
        (true, _) => popup::open_pick(model),
        (false, true) => make_edits(model, edits, effects),
        (false, false) => ask_many(model, edits, open.is_empty()),
    }
}

/// What was ticked as a whole goes back as it was: what had been done before that stays done. Of
/// clauses that were done one by one, all go back.
fn ticked_last(model: &Model, done: Vec<usize>) -> Vec<usize> {
    let last = model.progress.given_last(&done);
    if last.len() > 1 { last } else { done }
}

/// A step is ticked like a clause, but has no more than done and not done.
fn tick_step(model: &mut Model, clause: usize, step: usize, effects: &mut Vec<Effect>) {
    let Some(step) = model.progress.record(clause).steps.get(step) else {
        return;
    };
    let next = if step.status.is_complete() {
        Status::Todo
    } else {
        Status::Done
    };
    let target = Target {
        step: Some(step.id.clone()),
        ..Target::clause(model.document.clauses[clause].id)
    };
    make_edits(
        model,
        vec![Edit {
            status: Some(next),
            ..Edit::new(target)
        }],
        effects,
    );
}

/// Several clauses are asked about first, in one line that says how many.
fn ask_many(model: &mut Model, edits: Vec<Edit>, back: bool) {
    let document = &model.document;
    let title = match model.outline.node().filter(|_| model.marks.is_empty()) {
        Some(Node::Chapter(i)) => Some(&document.chapters[i].title),
        Some(Node::Measure(i)) => Some(&document.measures[i].title),
        _ => None,
    };
    let n = edits.len();
    let question = match (title, back) {
        (Some(title), false) => model
            .lang
            .fill("ask.tick-all", &[("n", &n), ("what", title)]),
        (Some(title), true) => model
            .lang
            .fill("ask.untick-all", &[("n", &n), ("what", title)]),
        (None, false) => model.lang.fill("ask.tick-marked", &[("n", &n)]),
        (None, true) => model.lang.fill("ask.untick-marked", &[("n", &n)]),
    };
    let said = said(model, &edits);
    popup::ask(model, question, Then::Make(Body::Edits(edits), said));
}

/// Gives clauses a status, by its rules: closed only what is done; blocked and dropped ask why.
pub(super) fn set_status(
    model: &mut Model,
    targets: Vec<usize>,
    status: Status,
    effects: &mut Vec<Effect>,
) {
    let changing: Vec<usize> = targets
        .into_iter()
        .filter(|i| model.progress.status(*i) != status)
        .collect();
    if changing.is_empty() {
        return model.say(model.lang.fill(
            "notice.already",
            &[("status", &model.lang.text(status.name_key()))],
        ));
    }
    let not_done: Vec<String> = changing
        .iter()
        .filter(|i| status == Status::Closed && model.progress.status(**i) != Status::Done)
        .map(|i| model.document.clauses[*i].id.to_string())
        .collect();
    if !not_done.is_empty() {
        return model.warn(
            model
                .lang
                .fill("error.close-only-done", &[("what", &not_done.join(" "))]),
        );
    }
    if matches!(status, Status::Blocked | Status::Dropped) {
        return writing::open_reason(model, changing, status);
    }
    let edits = changing
        .iter()
        .map(|i| Edit::status(model.document.clauses[*i].id, status))
        .collect();
    make_edits(model, edits, effects);
}

/// Makes one change of these edits.
pub(super) fn make_edits(model: &mut Model, edits: Vec<Edit>, effects: &mut Vec<Effect>) {
    let said = said(model, &edits);
    make(model, Body::Edits(edits), said, effects);
}

/// Makes a change: shown at once, marked unsaved, handed to the edge.
pub(super) fn make(model: &mut Model, body: Body, said: String, effects: &mut Vec<Effect>) {
    let id = model.ids.draw();
    let draft = Draft {
        by: model.by.clone(),
        session: model.session.clone(),
        id,
        body,
    };
    model.touch(&draft.body);
    model.progress.propose(&draft, model.now);
    model.saving.pending.push(draft.clone());
    effects.push(Effect::Append(draft));
    // The marks were for this change.
    model.marks.clear();
    model.say(said);
}

/// Takes back this session's last set; when there is none left, asks about this user's.
pub(super) fn undo(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(change) = model.progress.undo_target(Walk::Session {
        session: &model.session,
        by: &model.by,
    }) {
        let said = retraction(model, "notice.undone", &change);
        make(model, Body::Retract(change.id), said, effects);
    } else if let Some(change) = model.progress.undo_target(Walk::By(&model.by)) {
        let question = retraction(model, "ask.undo-earlier", &change);
        let said = retraction(model, "notice.undone", &change);
        popup::ask(model, question, Then::Make(Body::Retract(change.id), said));
    } else {
        model.say(model.lang.text("notice.nothing-to-undo"));
    }
}

/// Makes again what this session last took back.
pub(super) fn redo(model: &mut Model, effects: &mut Vec<Effect>) {
    let retract = model.progress.redo_target(Walk::Session {
        session: &model.session,
        by: &model.by,
    });
    let Some(retract) = retract else {
        return model.say(model.lang.text("notice.nothing-to-redo"));
    };
    let Body::Retract(target) = &retract.body else {
        return;
    };
    let said = match model.progress.change(target) {
        Some(change) => retraction(model, "notice.redone", change),
        None => model.lang.text("notice.nothing-to-redo").to_owned(),
    };
    make(model, Body::Retract(retract.id), said, effects);
}
