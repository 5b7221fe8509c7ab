//! What keys do on a step, and on an added item.

use super::make_edits;
use crate::{
    document::{Clause, Node},
    progress::{Edit, Status, Step, Target},
    tui::{action::Action, context::Context, outline::Row, request::Prompting},
};

/// Performs an action on the step under the cursor; returns whether there is one and it applies.
pub(super) fn act(context: &mut Context, action: Action) -> bool {
    let Some((clause, nth, step)) = selected(context) else {
        return false;
    };
    let target = Target {
        step: Some(step.id.clone()),
        ..Target::clause(context.document.clauses[clause].id)
    };
    let open = if step.status.is_complete() {
        Status::Todo
    } else {
        Status::Done
    };
    match action {
        Action::Tick => set(context, target, |edit| edit.status = Some(open)),
        Action::PickStatus => {
            let next = match step.status {
                Status::Todo => Status::Doing,
                Status::Doing => Status::Done,
                _ => Status::Todo,
            };
            set(context, target, |edit| edit.status = Some(next));
        }
        Action::SetStatus(status) => match status {
            Status::Todo | Status::Doing | Status::Done => {
                set(context, target, |edit| edit.status = Some(status));
            }
            _ => context.say(context.lang.text("notice.step-status")),
        },
        Action::Due => context.prompt(Prompting::StepDue(target, step.due)),
        Action::Reword => context.prompt(Prompting::Reword(target, step.text)),
        Action::Remove => set(context, target, |edit| edit.text = Some(None)),
        Action::MoveUp | Action::MoveDown => shift(context, (clause, nth), target, action),
        Action::Remark | Action::Owner => {
            context.say(context.lang.text("notice.of-clause"));
            return false;
        }
        _ => return false,
    }
    true
}

/// Returns whether a step or an added item is under the cursor, whose words are the user's own.
pub fn is_own(context: &Context) -> bool {
    selected(context).is_some() || item(context).is_some()
}

/// Returns the added item under the cursor.
fn item(context: &Context) -> Option<&Clause> {
    let Some(Node::Clause(clause)) = context.node_here() else {
        return None;
    };
    Some(&context.document.clauses[clause]).filter(|clause| clause.id.is_own())
}

/// Rewords the added item under the cursor, or removes it.
pub(super) fn of_item(context: &mut Context, action: Action) {
    let Some(item) = item(context) else {
        return context.say(context.lang.text("notice.only-own"));
    };
    let target = Target::clause(item.id);
    match action {
        Action::Reword => context.prompt(Prompting::Reword(target, item.text.clone())),
        _ => set(context, target, |edit| edit.text = Some(None)),
    }
}

/// Returns the clause, the index and the step under the cursor.
fn selected(context: &Context) -> Option<(usize, usize, Step)> {
    if let Some((clause, id)) = &context.focus {
        let steps = &context.progress.record(*clause).steps;
        let nth = steps
            .iter()
            .position(|step| Some(&step.id) == id.as_ref())?;
        return Some((*clause, nth, steps[nth].clone()));
    }
    let is_free = context.discussed().is_none() && context.marks.is_empty();
    let Some(Row::Step(clause, nth)) = context.outline.row().filter(|_| is_free) else {
        return None;
    };
    let step = context.progress.record(clause).steps.get(nth)?;
    Some((clause, nth, step.clone()))
}

fn set(context: &mut Context, target: Target, fill: impl FnOnce(&mut Edit)) {
    let mut edit = Edit::new(target);
    fill(&mut edit);
    make_edits(context, vec![edit]);
}

/// Moves a step one place; the cursor stays on it.
fn shift(context: &mut Context, (clause, nth): (usize, usize), target: Target, action: Action) {
    let steps = &context.progress.record(clause).steps;
    let to = match action {
        Action::MoveUp => nth.checked_sub(1),
        _ => Some(nth + 1).filter(|to| *to < steps.len()),
    };
    let Some(to) = to else {
        return context.say(context.lang.text("notice.step-end"));
    };
    let before = if to > nth {
        Some(to)
    } else {
        to.checked_sub(1)
    };
    let after = before.map(|before| steps[before].id.clone());
    set(context, target, |edit| edit.after = Some(after));
    let mut rows = context.outline.rows().iter();
    if let Some(row) = rows.position(|row| *row == Row::Step(clause, to)) {
        context.outline.go(row);
    }
}

#[cfg(test)]
mod tests;
