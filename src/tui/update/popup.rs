//! Help, pickers and questions.

use super::{papers, typing, work};
use crate::{
    progress::Status,
    tui::{
        action::{Action, Effect},
        model::{Confirm, Help, Layer, Model, Pick, Purpose, Then},
    },
};

/// What a key does in the help. The layout brings a scroll beyond the end back.
pub(super) fn help(model: &mut Model, action: &Action) {
    let page = usize::from(model.size.1).saturating_sub(3).max(1);
    let Some(Layer::Help(Help { scroll, find })) = model.layers.last_mut() else {
        return;
    };
    match action {
        Action::Down => *scroll += 1,
        Action::Up => *scroll = scroll.saturating_sub(1),
        Action::PageDown => *scroll += page,
        Action::PageUp => *scroll = scroll.saturating_sub(page),
        Action::Top => *scroll = 0,
        Action::Bottom => *scroll = usize::MAX / 2,
        Action::Back if !find.is_empty() => forget(model),
        Action::Back => drop(model.layers.pop()),
        Action::Search => {
            let find = find.clone();
            typing::open(model, Purpose::Find, &find);
        }
        // A Han character, which an input method left on may send, begins to look for it.
        Action::Type(c) => {
            typing::open(model, Purpose::Find, &c.to_string());
            self::find(model);
        }
        _ => {}
    }
}

/// Shows what the line over the help has now.
pub(super) fn find(model: &mut Model) {
    if let [.., Layer::Help(help), Layer::Line(prompt)] = model.layers.as_mut_slice()
        && prompt.purpose == Purpose::Find
    {
        prompt.editor.text().trim().clone_into(&mut help.find);
        help.scroll = 0;
    }
}

/// Shows the whole help again.
pub(super) fn forget(model: &mut Model) {
    if let Some(Layer::Help(help)) = model.layers.last_mut() {
        *help = Help::default();
    }
}

/// Opens the status picker for what is under the cursor.
pub(super) fn open_pick(model: &mut Model) {
    let targets = model.targets();
    let Some(first) = targets.first() else {
        return model.say(model.lang.text("notice.nothing-here"));
    };
    let selected = model.progress.status(*first) as usize;
    model.layers.push(Layer::Pick(Pick { targets, selected }));
}

/// What a key does in the status picker.
pub(super) fn pick(model: &mut Model, action: &Action, effects: &mut Vec<Effect>) {
    let Some(Layer::Pick(pick)) = model.layers.last_mut() else {
        return;
    };
    let last = Status::ALL.len() - 1;
    let chosen = match action {
        Action::Down => return pick.selected = (pick.selected + 1).min(last),
        Action::Up => return pick.selected = pick.selected.saturating_sub(1),
        Action::Top | Action::PageUp => return pick.selected = 0,
        Action::Bottom | Action::PageDown => return pick.selected = last,
        Action::SetStatus(status) => *status,
        Action::Accept => Status::ALL[pick.selected],
        Action::Back => return drop(model.layers.pop()),
        _ => return,
    };
    let targets = std::mem::take(&mut pick.targets);
    model.layers.pop();
    work::set_status(model, targets, chosen, effects);
}

/// Asks a question.
pub(super) fn ask(model: &mut Model, question: String, then: Then) {
    model
        .layers
        .push(Layer::Confirm(Confirm { question, then }));
}

/// What a key does at a question.
pub(super) fn confirm(model: &mut Model, action: &Action, effects: &mut Vec<Effect>) {
    if !matches!(action, Action::Accept | Action::Refuse | Action::Back) {
        return;
    }
    let Some(Layer::Confirm(confirm)) = model.layers.pop() else {
        return;
    };
    if *action != Action::Accept {
        if let Then::File(paper) = confirm.then {
            papers::ask_again(model, paper, None);
        }
        return;
    }
    match confirm.then {
        Then::File(paper) => effects.push(Effect::File(paper, true)),
        Then::Make(body, said) => work::make(model, body, said, effects),
        Then::Open(name) => effects.push(Effect::Open(name)),
        Then::Leave => effects.push(Effect::Quit),
    }
}
