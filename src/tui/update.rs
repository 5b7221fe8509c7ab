//! `update`: what an action does to the model, and what it asks of the edge. Pure: no clock, no
//! file, no terminal. May use: the pure parts of `tui`.

mod browse;
mod command;
mod copy;
mod documents;
mod history;
mod meeting;
mod mouse;
mod papers;
mod popup;
mod report;
mod review;
mod said;
mod search;
mod typing;
mod units;
mod work;
mod writing;

#[cfg(test)]
mod documents_tests;
#[cfg(test)]
mod review_tests;
#[cfg(test)]
mod said_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod writing_tests;

use super::{
    action::{Action, Effect},
    keymap::Mode,
    model::{Layer, Model, Next, Notice},
};

/// Does an action; returns the work that is left for the edge. Ends by laying out, so that what is
/// under the cursor is on the screen.
pub fn update(model: &mut Model, action: Action) -> Vec<Effect> {
    let mut effects = Vec::new();
    // Every wake brings the time, and nothing on the screen stands elsewhere for it.
    if let Action::Clock(now) = action {
        model.now = now;
        return effects;
    }
    if let Some(action) = report::take(model, action, &mut effects) {
        let notice = model.notice.take();
        if model.opening && matches!(action, Action::Back | Action::Quit) {
            model.opening = false;
            model.say(model.lang.text("notice.opening-stopped"));
        } else if !only_clears(model, &action, notice.as_ref()) {
            key(model, action, &mut effects);
            say_opening(model);
        }
    }
    settle(model);
    effects
}

/// Says that another document is being opened, and how that is stopped, until it is open.
pub(super) fn say_opening(model: &mut Model) {
    if model.opening && model.notice.is_none() {
        model.say(model.lang.text("notice.opening"));
    }
}

/// Where clauses are worked on by digits, somebody who presses Esc at an error wants the error gone,
/// not the meeting.
fn only_clears(model: &Model, action: &Action, notice: Option<&Notice>) -> bool {
    *action == Action::Back
        && matches!(model.mode(), Mode::Meeting | Mode::Detail)
        && notice.is_some_and(|notice| notice.alarm)
}

/// Does what a key asked for, in the mode that it was pressed in.
fn key(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match (model.mode(), action) {
        (_, Action::Redraw) => {
            search::ask_again(model);
            effects.extend([Effect::Clear, Effect::Read]);
        }
        (_, Action::Suspend) => effects.push(Effect::Suspend),
        (_, Action::Quit) => quit(model, effects),
        (_, Action::Mouse(pointer)) => mouse::mouse(model, pointer, effects),
        (Mode::Browse | Mode::Detail | Mode::Units | Mode::Meeting, Action::Paste(_)) => {}
        (Mode::Browse, action) => browse::browse(model, action, effects),
        (Mode::Detail, action) => browse::detail(model, action, effects),
        (Mode::Help, action) => popup::help(model, &action),
        (Mode::History, action) => history::history(model, &action),
        (Mode::Documents, action) => documents::documents(model, &action, effects),
        (Mode::Review, action) => review::review(model, &action, effects),
        (Mode::Export, action) => papers::export(model, &action),
        (Mode::Pick, action) => popup::pick(model, &action, effects),
        (Mode::Confirm, action) => popup::confirm(model, &action, effects),
        (Mode::Line, action) => typing::line(model, action, effects),
        (Mode::Write, action) => writing::write(model, action, effects),
        (Mode::Units, action) => units::units(model, action, effects),
        (Mode::Meeting, action) => meeting::meeting(model, action, effects),
    }
}

/// Leaves as soon as all changes are saved; where they could not be, asks first. A meeting under way
/// is ended before.
fn quit(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.meeting.is_some() {
        return meeting::offer(model, effects);
    }
    match (&model.saving.failed, model.saving.pending.len()) {
        (None, n) if n > 0 => {
            model.saving.then = Some(Next::Leave);
            model.say(model.lang.text("notice.leaving"));
        }
        (Some(why), n) if n > 0 => {
            let question = model
                .lang
                .fill("ask.leave-unsaved", &[("n", &n), ("why", why)]);
            // The question says why, and its keys are wanted in the place of the notice.
            model.notice = None;
            popup::ask(model, question, super::model::Then::Leave);
        }
        _ => match model.unkept_question("ask.leave-unkept") {
            Some(question) => {
                model.notice = None;
                popup::ask(model, question, super::model::Then::Leave);
            }
            None => effects.push(Effect::Quit),
        },
    }
}

/// Brings what is under the cursor onto the screen, and no scroll beyond its end.
pub(super) fn settle(model: &mut Model) {
    steps(model);
    search::freshen(model);
    let panes = model.panes();
    model.outline.set_height(usize::from(panes.outline.height));
    // Where the end is takes a layout of the whole text: what stands at its beginning is not past it.
    if model.detail_scroll > 0 {
        let last = super::detail::scroll_limit(model, panes.detail);
        model.detail_scroll = model.detail_scroll.min(last);
    }
    units::settle(model);
    if model.meeting.as_ref().is_some_and(|m| m.scroll > 0) {
        let last = super::view::meeting::scroll_limit(model);
        if let Some(meeting) = &mut model.meeting {
            meeting.scroll = meeting.scroll.min(last);
        }
    }
    review::settle(model);
    if matches!(model.layers.last(), Some(Layer::Help(help)) if help.scroll > 0) {
        let limit = super::view::help::scroll_limit(model);
        if let Some(Layer::Help(help)) = model.layers.last_mut() {
            help.scroll = help.scroll.min(limit);
        }
    }
}

/// The outline has a row for each step; only a clause that was just changed can have new ones.
fn steps(model: &mut Model) {
    for clause in std::mem::take(&mut model.touched) {
        let count = model.progress.record(clause).steps.len();
        model.outline.set_steps(&model.document, clause, count);
        if let Some(before) = &mut model.search.before {
            before.set_steps(&model.document, clause, count);
        }
    }
}
