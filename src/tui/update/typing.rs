//! Lines being typed: the command line, the search, deadlines, names, steps.

use super::{command, meeting, papers, popup, search, work, writing};
use crate::{
    document::Node,
    progress::{Due, Edit, Kind, Target, day},
    tui::{
        action::{Action, Content, Effect},
        detail,
        editor::Editor,
        kept::{self, Kept},
        model::{Layer, Model, Prompt, Purpose},
    },
};

/// Opens a line, with this text in it.
pub(super) fn open(model: &mut Model, purpose: Purpose, text: &str) {
    open_with(model, purpose, Editor::new(text));
}

/// Opens a line, with the value that is there by now: what is typed takes its place.
pub(super) fn open_over(model: &mut Model, purpose: Purpose, value: &str) {
    open_with(model, purpose, Editor::selected(value));
}

fn open_with(model: &mut Model, purpose: Purpose, editor: Editor) {
    model.layers.push(Layer::Line(Prompt {
        purpose,
        editor,
        error: None,
        seed: None,
    }));
}

/// What a key does in a line being typed.
pub(super) fn line(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(Layer::Line(prompt)) = model.layers.last_mut() else {
        return;
    };
    prompt.error = None;
    if !matches!(action, Action::Cycle | Action::Up | Action::Down) {
        prompt.seed = None;
    }
    match action {
        Action::Type(c) => prompt.editor.insert(c.encode_utf8(&mut [0; 4])),
        Action::Paste(text) => prompt.editor.insert(&one_line(&text)),
        Action::Edit(typing) => {
            let empty = prompt.editor.text().is_empty();
            prompt.editor.edit(typing);
            if empty && typing == crate::tui::action::Typing::Backspace {
                return back(model, effects);
            }
        }
        Action::Accept => return accept(model, effects),
        Action::Back => return back(model, effects),
        Action::Cycle if prompt.purpose == Purpose::Command => return command::complete(model),
        Action::Cycle if matches!(prompt.purpose, Purpose::Minutes(_) | Purpose::Export(_)) => {
            return papers::complete(model, effects);
        }
        Action::Cycle => return complete(model),
        Action::Up => return search::recall(model, true),
        Action::Down => return search::recall(model, false),
        _ => {}
    }
    search::changed(model);
    meeting::seek::changed(model);
    popup::find(model);
    super::documents::narrow(model);
    keep_step(model, effects);
}

/// A step that is being typed outlives the session.
fn keep_step(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Line(Prompt {
        purpose: Purpose::Step(clause),
        editor,
        ..
    })) = model.layers.last()
    else {
        return;
    };
    let name = kept::step_name(model.document.clauses[*clause].id);
    let (kind, text) = (Kind::default(), editor.text().to_owned());
    writing::keep_as(model, name, Kept { kind, text }, effects);
}

/// Closes the line without taking it.
fn back(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Line(prompt)) = model.layers.pop() else {
        return;
    };
    match prompt.purpose {
        Purpose::Search => search::cancel(model),
        Purpose::Find => popup::forget(model),
        Purpose::Minutes(_) => meeting::leave(model, effects),
        Purpose::Documents => super::documents::all_or(model, ""),
        Purpose::Step(clause) if !prompt.editor.text().trim().is_empty() => {
            let name = kept::step_name(model.document.clauses[clause].id);
            writing::keep_for_good(model, name, "notice.step-kept", effects);
        }
        _ => {}
    }
}

/// A pasted text in a line: line ends become blanks.
fn one_line(text: &str) -> String {
    text.trim_end_matches(['\r', '\n'])
        .replace("\r\n", " ")
        .replace(['\r', '\n', '\t'], " ")
}

fn accept(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Layer::Line(mut prompt)) = model.layers.pop() else {
        return;
    };
    let text = prompt.editor.text().trim().to_owned();
    let done = match &prompt.purpose {
        Purpose::Command => command::run(model, &text, effects),
        Purpose::Search => {
            search::keep(model);
            Ok(())
        }
        Purpose::Seek => meeting::seek::accept(model, text),
        Purpose::History => {
            super::history::filter(model, &text);
            Ok(())
        }
        // The help, or the list, has taken it in at each key.
        Purpose::Find | Purpose::Documents => Ok(()),
        Purpose::Due(targets) => due(model, targets, &text, effects),
        Purpose::Owner(targets) => {
            owner(model, targets, text, effects);
            Ok(())
        }
        Purpose::Step(clause) => {
            step(model, *clause, text, effects);
            Ok(())
        }
        Purpose::Minutes(minutes) => {
            meeting::save(model, minutes, text, effects);
            Ok(())
        }
        Purpose::Export(order) => {
            papers::save(model, Content::Export(order.clone()), text, effects);
            Ok(())
        }
    };
    if let Err(error) = done {
        // A number that names nothing is no beginning of the next one.
        let typed = prompt.editor.text().trim();
        if prompt.purpose == Purpose::Command && command::is_nowhere(model, typed) {
            prompt.editor.select();
        }
        model.layers.push(Layer::Line(Prompt {
            error: Some(error),
            ..prompt
        }));
    }
}

/// Opens the line for a deadline, with the present one in it.
pub(super) fn open_due(model: &mut Model) {
    let targets = model.targets();
    let now = match targets.as_slice() {
        [] => return model.say(model.lang.text("notice.nothing-here")),
        [one] => model.progress.record(*one).due,
        _ => None,
    };
    let text = match now {
        None => proposed(model, &targets),
        Some(Due::Long) => model.lang.text("due.long").to_owned(),
        Some(Due::Date(date)) => date.to_string(),
    };
    open_over(model, Purpose::Due(targets), &text);
}

/// The deadline that the document's bracket proposes: typed for the user, who may take it.
fn proposed(model: &Model, targets: &[usize]) -> String {
    let [clause] = targets else {
        return String::new();
    };
    let due = model.document.clauses[*clause].due.as_deref();
    due.map_or_else(String::new, |due| detail::proposal(due, model.lang))
}

fn due(
    model: &mut Model,
    targets: &[usize],
    text: &str,
    effects: &mut Vec<Effect>,
) -> Result<(), String> {
    let due = if text.is_empty() {
        Ok(None)
    } else {
        day::due(text, model.today)
    };
    let due = due.map_err(|bad| match bad.meant {
        Some(date) => model
            .lang
            .fill("error.day-meant", &[("text", &bad.text), ("date", &date)]),
        None => model.lang.fill("error.no-day", &[("text", &bad.text)]),
    })?;
    edit_all(model, targets, effects, |edit| edit.due = Some(due));
    Ok(())
}

/// Opens the line for who is in charge, with the present name in it.
pub(super) fn open_owner(model: &mut Model) {
    let targets = model.targets();
    let name = match targets.as_slice() {
        [] => return model.say(model.lang.text("notice.nothing-here")),
        [one] => model
            .progress
            .record(*one)
            .owner
            .clone()
            .unwrap_or_default(),
        _ => String::new(),
    };
    open_over(model, Purpose::Owner(targets), &name);
}

fn owner(model: &mut Model, targets: &[usize], name: String, effects: &mut Vec<Effect>) {
    let name = (!name.is_empty()).then_some(name);
    edit_all(model, targets, effects, |edit| {
        edit.owner = Some(name.clone());
    });
}

/// Opens the line for a step of the clause under the cursor.
pub(super) fn open_step(model: &mut Model) {
    match model.discussed().map(Node::Clause).or(model.outline.node()) {
        Some(Node::Clause(clause)) => {
            let name = kept::step_name(model.document.clauses[clause].id);
            let draft = writing::draft(model, &name);
            open(model, Purpose::Step(clause), &one_line(&draft.text));
        }
        _ => model.say(model.lang.text("notice.step-of-clause")),
    }
}

fn step(model: &mut Model, clause: usize, text: String, effects: &mut Vec<Effect>) {
    if text.is_empty() {
        return;
    }
    // Random, so that steps added in two places at once are two steps.
    let id = model.ids.draw().chars().take(4).collect();
    let step = (id, text);
    edit_all(model, &[clause], effects, |edit| {
        edit.step = Some(step.clone());
    });
    // Its file goes only when the step is durable.
    let name = kept::step_name(model.document.clauses[clause].id);
    model.drafts.remove(&name);
}

/// Makes one change that sets the same on all of these clauses.
fn edit_all(
    model: &mut Model,
    targets: &[usize],
    effects: &mut Vec<Effect>,
    mut set: impl FnMut(&mut Edit),
) {
    let edits = targets.iter().map(|i| {
        let mut edit = Edit::new(Target::clause(model.document.clauses[*i].id));
        set(&mut edit);
        edit
    });
    let edits = edits.collect();
    work::make_edits(model, edits, effects);
}

/// Tab: completes a name from those used before, one after the other.
fn complete(model: &mut Model) {
    let Some(Layer::Line(prompt)) = model.layers.last_mut() else {
        return;
    };
    if !matches!(prompt.purpose, Purpose::Owner(_)) {
        return;
    }
    let typed = prompt.editor.text();
    let names: Vec<&str> = model.progress.owners();
    let after = names.iter().position(|n| *n == typed).map_or(0, |i| i + 1);
    // What was typed begins the name; a whole name goes on to the next.
    let begins = |n: &&&str| after > 0 || n.starts_with(typed);
    if let Some(name) = names.iter().skip(after).chain(&names).find(begins) {
        prompt.editor = Editor::new(*name);
    }
}

#[cfg(test)]
mod tests;
