//! A remark being written: one or many lines, kept as a draft until it is saved.

use super::{meeting, work};
use crate::{
    progress::{Edit, Kind, Status, Target},
    tui::{
        action::{Action, Effect},
        editor::Editor,
        kept::{self, Kept},
        model::{Layer, Model, Writing},
        view::writing,
    },
};

/// Opens a remark on what is under the cursor or marked; a draft of it comes back.
pub(super) fn open(model: &mut Model) {
    let targets = model.targets();
    if targets.is_empty() {
        return model.say(model.lang.text("notice.nothing-here"));
    }
    push(model, targets, Kind::Progress, None);
}

/// Opens the reason that a status asks for.
pub(super) fn open_reason(model: &mut Model, targets: Vec<usize>, status: Status) {
    let kind = if status == Status::Blocked {
        Kind::Problem
    } else {
        Kind::Progress
    };
    push(model, targets, kind, Some(status));
}

fn push(model: &mut Model, targets: Vec<usize>, kind: Kind, status: Option<Status>) {
    let draft = draft(model, &draft_name(model, &targets));
    // A text that nobody gave a kind gets the one that is asked for.
    let kind = match draft.kind {
        Kind::Progress => kind,
        chosen => chosen,
    };
    let editor = Editor::new(draft.text);
    model.layers.push(Layer::Write(Writing {
        targets,
        kind,
        status,
        editor,
        error: None,
    }));
}

/// Returns the draft of this name, an empty one where there is none, and says that it came back.
pub(super) fn draft(model: &mut Model, name: &str) -> Kept {
    let draft = model.drafts.get(name).cloned();
    if draft.is_some() {
        model.say(model.lang.text("notice.draft"));
    }
    draft.unwrap_or_default()
}

fn draft_name(model: &Model, targets: &[usize]) -> String {
    let ids = targets.iter().map(|i| model.document.clauses[*i].id);
    kept::name(&ids.collect::<Vec<_>>())
}

/// What a key does in a remark being written.
pub(super) fn write(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let layout = writing::text_width(model);
    let policy = model.policy;
    let Some(Layer::Write(writing)) = model.layers.last_mut() else {
        return;
    };
    writing.error = None;
    match action {
        Action::Type(c) => writing.editor.insert(c.encode_utf8(&mut [0; 4])),
        Action::Paste(text) => writing.editor.insert(&unified(&text)),
        Action::NewLine => writing.editor.insert("\n"),
        Action::Edit(typing) => writing.editor.edit(typing),
        Action::Up => return writing.editor.move_line(policy, layout, false),
        Action::Down => return writing.editor.move_line(policy, layout, true),
        Action::Cycle => writing.kind = writing.kind.next(),
        Action::External => {
            return effects.push(Effect::External(writing.editor.text().to_owned()));
        }
        Action::Edited(text) => writing.editor = Editor::new(unified(&text).trim_end()),
        Action::Accept => return accept(model, effects),
        Action::Back => return back(model, effects),
        _ => return,
    }
    keep(model, effects);
}

/// Returns text from elsewhere with our line ends.
fn unified(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// What is being typed outlives the session.
fn keep(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Write(writing)) = model.layers.last() else {
        return;
    };
    let name = draft_name(model, &writing.targets);
    let (kind, text) = (writing.kind, writing.editor.text().to_owned());
    keep_as(model, name, Kept { kind, text }, effects);
}

/// Keeps a text that is being typed under a name; an empty one is none.
pub(super) fn keep_as(model: &mut Model, name: String, typed: Kept, effects: &mut Vec<Effect>) {
    if typed.text.trim().is_empty() {
        model.drafts.remove(&name);
    } else {
        model.drafts.insert(name.clone(), typed);
    }
    let kept = Kept::of(&name, &model.saving.pending, model.drafts.get(&name));
    effects.push(Effect::Keep(name, kept));
}

/// Leaves; the draft stays and comes back.
fn back(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Write(writing)) = model.layers.pop() else {
        return;
    };
    if !writing.editor.text().trim().is_empty() {
        let name = draft_name(model, &writing.targets);
        keep_for_good(model, name, "notice.draft-kept", effects);
    }
}

/// Keeps a text that was being typed, and says so when it is.
pub(super) fn keep_for_good(
    model: &mut Model,
    name: String,
    notice: &'static str,
    effects: &mut Vec<Effect>,
) {
    let kept = Kept::of(&name, &model.saving.pending, model.drafts.get(&name));
    model.kept_notice = Some((name.clone(), notice));
    effects.push(Effect::KeepNow(name, kept));
}

fn accept(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Write(writing)) = model.layers.pop() else {
        return;
    };
    let text = writing.editor.text().trim_end().to_owned();
    if text.trim().is_empty() {
        if writing.status.is_some() {
            let error = Some(model.lang.text("error.reason-needed").to_owned());
            model
                .layers
                .push(Layer::Write(Writing { error, ..writing }));
        }
        return;
    }
    let edits = writing.targets.iter().map(|i| Edit {
        status: writing.status,
        remark: Some((writing.kind, text.clone())),
        ..Edit::new(Target::clause(model.document.clauses[*i].id))
    });
    let edits = edits.collect();
    work::make_edits(model, edits, effects);
    meeting::show_end(model);
    let name = draft_name(model, &writing.targets);
    // Its file goes only when the change that replaces it is durable.
    model.drafts.remove(&name);
}
