//! The picker of documents, and going over to another.

use super::{meeting, popup, review, typing};
use crate::tui::{
    action::{Action, Effect},
    model::{Layer, Model, Next, Prompt, Purpose, Then},
    shelf::{Item, Shelf},
};

/// Opens the picker; the edge lists what there is.
pub(super) fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    model.layers.push(Layer::Documents(Shelf::default()));
    effects.push(Effect::List);
}

/// Takes in the list.
pub(super) fn listed(model: &mut Model, items: Vec<Item>, wrong: usize) {
    let name = model.name.clone();
    if let Some(shelf) = shelf(model) {
        shelf.fill(items, wrong, &name);
    }
}

/// The picker, which the line that narrows it may stand above.
fn shelf(model: &mut Model) -> Option<&mut Shelf> {
    model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::Documents(shelf) => Some(shelf),
        _ => None,
    })
}

/// What a key does in the picker.
pub(super) fn documents(model: &mut Model, action: &Action, effects: &mut Vec<Effect>) {
    let page = usize::from(model.size.1).saturating_sub(3).max(1);
    let Some(shelf) = shelf(model) else { return };
    let at = shelf.selected();
    match action {
        Action::Down => shelf.go(at + 1),
        Action::Up => shelf.go(at.saturating_sub(1)),
        Action::PageDown => shelf.go(at + page),
        Action::PageUp => shelf.go(at.saturating_sub(page)),
        Action::Top => shelf.go(0),
        Action::Bottom => shelf.go(usize::MAX),
        Action::Search => {
            let find = shelf.find().to_owned();
            typing::open(model, Purpose::Documents, &find);
        }
        Action::Accept => {
            if let Some(name) = shelf.item().map(|i| i.name.clone()) {
                model.layers.pop();
                // As when leaving, a meeting under way is ended first.
                if model.meeting.is_some() && name != model.name {
                    return meeting::offer(model, effects);
                }
                choose(model, name, effects);
            }
        }
        Action::Carry => {
            if let Some(name) = shelf.item().map(|i| i.name.clone()) {
                review::ask(model, name, effects);
            }
        }
        Action::Back if !shelf.find().is_empty() => shelf.narrow(""),
        Action::Back => drop(model.layers.pop()),
        _ => {}
    }
}

/// Narrows the list to what the line above it has now.
pub(super) fn narrow(model: &mut Model) {
    if let Some(Layer::Line(Prompt {
        purpose: Purpose::Documents,
        editor,
        ..
    })) = model.layers.last()
    {
        let find = editor.text().trim().to_owned();
        all_or(model, &find);
    }
}

/// Narrows the list; to all documents, for nothing.
pub(super) fn all_or(model: &mut Model, find: &str) {
    if let Some(shelf) = shelf(model) {
        shelf.narrow(find);
    }
}

/// Goes over to a document as soon as all changes are saved; where they could not be, asks first.
fn choose(model: &mut Model, name: String, effects: &mut Vec<Effect>) {
    if name == model.name {
        return;
    }
    match (&model.saving.failed, model.saving.pending.len()) {
        (_, 0) => match model.unkept_question("ask.open-unkept") {
            Some(question) => popup::ask(model, question, Then::Open(name)),
            None => effects.push(Effect::Open(name)),
        },
        (Some(why), n) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("why", why)];
            let question = model.lang.fill("ask.open-unsaved", &values);
            popup::ask(model, question, Then::Open(name));
        }
        (None, _) => model.saving.then = Some(Next::Open(name)),
    }
}

/// Goes on with what waited for the journal: it has written, or could not.
pub(super) fn go_on(model: &mut Model, effects: &mut Vec<Effect>) {
    let settled = model.saving.pending.is_empty() || model.saving.failed.is_some();
    match model.saving.then.take_if(|_| settled) {
        // Somebody who has begun something else since has thought better of it.
        Some(_) if !model.layers.is_empty() => {}
        Some(Next::Open(name)) => choose(model, name, effects),
        Some(Next::Leave) => super::quit(model, effects),
        None => {}
    }
}
