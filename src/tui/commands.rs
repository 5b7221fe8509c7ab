//! Changes to the journal, the same on every screen: ticking, statuses, undo and redo, and the
//! prompts and pickers for others. One key makes one set.

use super::{
    action::Action,
    context::Context,
    past,
    request::{Effect, Prompting, Question, Request},
    text_draft::TextDraft,
};
use crate::{
    document::Node,
    progress::{Body, Draft, Edit, Status, Target, Walk},
    text::Policy,
};

mod copy;
pub mod said;
mod steps;

use said::{retraction, said};
pub use steps::is_own;

#[cfg(test)]
mod said_tests;

/// Handles the keys that work wherever clauses are edited.
pub fn act(context: &mut Context, action: Action) {
    if steps::act(context, action) {
        return;
    }
    match action {
        Action::Add => context.prompt(Prompting::Item),
        Action::SetStatus(status) => set_status(context, context.targets(), status),
        Action::Reword | Action::Remove => steps::of_item(context, action),
        Action::MoveUp | Action::MoveDown => context.say(context.lang.text("notice.no-step")),
        Action::Due => ask_of_targets(context, Prompting::Due),
        Action::Owner => ask_of_targets(context, Prompting::Owner),
        Action::Step => ask_step(context),
        Action::Remark => context.ask(Request::Remark(context.targets(), None)),
        Action::Tick => tick(context),
        Action::PickStatus => context.ask(Request::Pick(context.targets())),
        Action::Undo => undo(context),
        Action::Redo => redo(context),
        Action::Command => context.prompt(Prompting::Command(String::new())),
        Action::History => match context.node_here() {
            Some(Node::Clause(clause)) => context.ask(Request::Dossier(clause)),
            _ => context.ask(Request::History),
        },
        Action::Deadlines => context.ask(Request::Deadlines),
        Action::Past => past::open(context),
        Action::Copy => copy::copy(context),
        Action::Help => context.ask(Request::Help),
        Action::CyclePolicy => cycle_policy(context),
        _ => {}
    }
}

fn ask_of_targets(context: &mut Context, line: impl FnOnce(Vec<usize>) -> Prompting) {
    match context.targets() {
        none if none.is_empty() => context.say(context.lang.text("notice.nothing-here")),
        targets => context.prompt(line(targets)),
    }
}

fn ask_step(context: &mut Context) {
    match context.node_here() {
        Some(Node::Clause(clause)) => context.prompt(Prompting::Step(clause)),
        _ => context.say(context.lang.text("notice.step-of-clause")),
    }
}

fn cycle_policy(context: &mut Context) {
    let (next, name) = match context.policy {
        Policy::Narrow => (Policy::Wide, "width.wide"),
        Policy::Wide => (Policy::Roomy, "width.roomy"),
        Policy::Roomy => (Policy::Safe, "width.safe"),
        Policy::Safe => (Policy::Narrow, "width.narrow"),
    };
    context.policy = next;
    context.effect(Effect::KeepWidth(next));
    context.effect(Effect::Clear);
    context.say(context.lang.text(name));
}

/// Returns the draft with this name, or an empty one, and says if it came back.
pub fn draft(context: &mut Context, name: &str) -> TextDraft {
    let draft = context.drafts.get(name).cloned();
    if draft.is_some() {
        context.say(context.lang.text("notice.draft"));
    }
    draft.unwrap_or_default()
}

/// Keeps a text being typed under a name; an empty one is forgotten.
pub fn keep_draft(context: &mut Context, name: String, typed: TextDraft) {
    if typed.text.trim().is_empty() {
        context.drafts.remove(&name);
    } else {
        context.drafts.insert(name.clone(), typed);
    }
    let draft = context.draft_file(&name);
    context.effect(Effect::Keep(name, draft));
}

/// Keeps a text that was being typed, and says so once it is kept.
pub fn keep_for_good(context: &mut Context, name: String, notice: &'static str) {
    let draft = context.draft_file(&name);
    context.kept_notice = Some((name.clone(), notice));
    context.effect(Effect::KeepNow(name, draft));
}

/// Makes one change that sets the same on all these clauses.
///
/// # Errors
///
/// What is too long to be written, in words for users.
pub fn edit_all(
    context: &mut Context,
    clauses: &[usize],
    mut set: impl FnMut(&mut Edit),
) -> Result<(), String> {
    let edits = clauses.iter().map(|i| {
        let mut edit = Edit::new(Target::clause(context.document.clauses[*i].id));
        set(&mut edit);
        edit
    });
    let edits: Vec<Edit> = edits.collect();
    let long = edits.iter().try_for_each(Edit::check);
    long.map_err(|long| long.message(context.lang))?;
    make_edits(context, edits);
    Ok(())
}

/// Steps have rows in the outline; only clauses just changed can have new ones.
pub fn settle_steps(context: &mut Context) {
    for clause in std::mem::take(&mut context.touched) {
        let count = context.progress.record(clause).steps.len();
        context.outline.set_steps(&context.document, clause, count);
        if let Some(before) = &mut context.search.before {
            before.set_steps(&context.document, clause, count);
        }
    }
}

/// Space: open clauses become done, done ones what they were before, others open the picker. Asks
/// first if there are several.
pub fn tick(context: &mut Context) {
    if steps::act(context, Action::Tick) {
        return;
    }
    let free = context.discussed().is_none() && context.marks.is_empty();
    let targets = context.targets();
    let of = |context: &Context, wanted: fn(Status) -> bool| -> Vec<usize> {
        targets
            .iter()
            .copied()
            .filter(|i| wanted(context.progress.status(*i)))
            .collect()
    };
    let open = of(context, Status::is_open);
    let done = of(context, |s| s == Status::Done);
    let done = if free {
        ticked_last(context, done)
    } else {
        done
    };
    let edits: Vec<Edit> = if open.is_empty() {
        let before = |i: &usize| {
            Edit::status(
                context.document.clauses[*i].id,
                context.progress.status_before(*i),
            )
        };
        done.iter().map(before).collect()
    } else {
        open.iter()
            .map(|i| Edit::status(context.document.clauses[*i].id, Status::Done))
            .collect()
    };
    let single = context.discussed().is_some()
        || context.marks.is_empty() && matches!(context.outline.node(), Some(Node::Clause(_)));
    match (edits.is_empty(), single) {
        (true, _) if targets.is_empty() => context.say(context.lang.text("notice.nothing-here")),
        (true, _) => context.ask(Request::Pick(targets)),
        (false, true) => make_edits(context, edits),
        (false, false) => ask_many(context, edits, open.is_empty()),
    }
}

/// Clauses ticked together go back together, and those done before stay done. Clauses done one by
/// one all go back.
fn ticked_last(context: &Context, done: Vec<usize>) -> Vec<usize> {
    let last = context.progress.given_last(&done);
    if last.len() > 1 { last } else { done }
}

/// Asks before changing several clauses, in one line with their number.
fn ask_many(context: &mut Context, edits: Vec<Edit>, back: bool) {
    let document = &context.document;
    let title = match context.outline.node().filter(|_| context.marks.is_empty()) {
        Some(Node::Chapter(i)) => Some(&document.chapters[i].title),
        Some(Node::Measure(i)) => Some(&document.measures[i].title),
        _ => None,
    };
    let n = edits.len();
    let question = match (title, back) {
        (Some(title), false) => context
            .lang
            .fill("ask.tick-all", &[("n", &n), ("what", title)]),
        (Some(title), true) => context
            .lang
            .fill("ask.untick-all", &[("n", &n), ("what", title)]),
        (None, false) => context.lang.fill("ask.tick-marked", &[("n", &n)]),
        (None, true) => context.lang.fill("ask.untick-marked", &[("n", &n)]),
    };
    let said = said(context, &edits);
    let yes = Request::Change(Body::Edits(edits), said);
    context.ask(Request::Ask(Question::new(question, yes)));
}

/// Sets a status by the rules: only done clauses can be closed; blocked and dropped need a reason.
pub fn set_status(context: &mut Context, targets: Vec<usize>, status: Status) {
    let changing: Vec<usize> = targets
        .into_iter()
        .filter(|i| context.progress.status(*i) != status)
        .collect();
    if changing.is_empty() {
        return context.say(context.lang.fill(
            "notice.already",
            &[("status", &context.lang.text(status.name_key()))],
        ));
    }
    let not_done: Vec<String> = changing
        .iter()
        .filter(|i| status == Status::Closed && context.progress.status(**i) != Status::Done)
        .map(|i| context.document.clauses[*i].id.to_string())
        .collect();
    if !not_done.is_empty() {
        return context.warn(
            context
                .lang
                .fill("error.close-only-done", &[("what", &not_done.join(" "))]),
        );
    }
    if status.needs_reason() {
        return context.ask(Request::Remark(changing, Some(status)));
    }
    let edits = changing
        .iter()
        .map(|i| Edit::status(context.document.clauses[*i].id, status))
        .collect();
    make_edits(context, edits);
}

/// Makes one change of these edits.
pub fn make_edits(context: &mut Context, edits: Vec<Edit>) {
    let said = said(context, &edits);
    make(context, Body::Edits(edits), said);
}

/// Makes a change: shows it at once, marks it unsaved, and passes it to the runtime.
pub fn make(context: &mut Context, body: Body, said: String) {
    if context.past.is_some() {
        return past::refuse(context);
    }
    let draft = propose(context, body, said);
    context.effect(Effect::Append(draft));
}

/// Shows a change at once and marks it unsaved; the caller passes it to the runtime.
pub fn propose(context: &mut Context, body: Body, said: String) -> Draft {
    let by = context.by.clone();
    propose_of(context, &by, body, said)
}

/// Shows a change that somebody else signs, like [`propose`]; its `via` says who ran it.
pub fn propose_of(context: &mut Context, by: &str, body: Body, said: String) -> Draft {
    let id = context.ids.draw();
    let draft = Draft {
        by: by.into(),
        via: (by != context.by.as_str()).then(|| context.by.clone()),
        session: context.session.clone(),
        id,
        body,
    };
    context.touch(&draft.body);
    context.progress.propose(&draft, context.now);
    context.saving.pending.push(draft.clone());
    // The marks were for this change.
    context.marks.clear();
    context.say(said);
    draft
}

/// Undoes this session's last set; if there is none, asks about this user's last one.
pub fn undo(context: &mut Context) {
    if let Some(change) = context.progress.undo_target(Walk::Session {
        session: &context.session,
        by: &context.by,
    }) {
        let said = retraction(context, "notice.undone", &change);
        make(context, Body::Retract(change.id), said);
    } else if let Some(change) = context.progress.undo_target(Walk::By(&context.by)) {
        let question = retraction(context, "ask.undo-earlier", &change);
        let said = retraction(context, "notice.undone", &change);
        let yes = Request::Change(Body::Retract(change.id), said);
        context.ask(Request::Ask(Question::new(question, yes)));
    } else {
        context.say(context.lang.text("notice.nothing-to-undo"));
    }
}

/// Redoes what this session last undid.
pub fn redo(context: &mut Context) {
    let retract = context.progress.redo_target(Walk::Session {
        session: &context.session,
        by: &context.by,
    });
    let Some(retract) = retract else {
        return context.say(context.lang.text("notice.nothing-to-redo"));
    };
    let Body::Retract(target) = &retract.body else {
        return;
    };
    let said = match context.progress.change(target) {
        Some(change) => retraction(context, "notice.redone", change),
        None => context.lang.text("notice.nothing-to-redo").to_owned(),
    };
    make(context, Body::Retract(retract.id), said);
}
