//! The review of progress that is carried from another document: yes or no, pair by pair.

use super::work;
use crate::{
    progress::Body,
    report::carried,
    tui::{
        action::{Action, Effect},
        keymap::Mode,
        model::{Layer, Model},
        review::{self, Answer, Compared, Review},
        view,
    },
};

/// Asks the edge to compare the document of this name with the one on the screen.
pub(super) fn ask(model: &mut Model, name: String, effects: &mut Vec<Effect>) {
    if name == model.name {
        return model.say(model.lang.text("review.itself"));
    }
    model.say(model.lang.text("review.comparing"));
    effects.push(Effect::Compare(name));
}

/// Opens the review. Somebody who has begun something else meanwhile is left alone.
pub(super) fn compared(model: &mut Model, compared: Compared) {
    if !matches!(model.mode(), Mode::Browse | Mode::Documents) {
        return;
    }
    model.notice = None;
    match Review::new(model, compared) {
        Some(review) => {
            model.layers.retain(|l| !matches!(l, Layer::Documents(_)));
            model.layers.push(Layer::Review(review));
        }
        None => model.say(model.lang.text("carry.nothing")),
    }
}

fn open(model: &mut Model) -> Option<&mut Review> {
    match model.layers.last_mut() {
        Some(Layer::Review(review)) => Some(review),
        _ => None,
    }
}

/// What a key does in the review. The layout brings a scroll beyond the end back.
pub(super) fn review(model: &mut Model, action: &Action, effects: &mut Vec<Effect>) {
    let page = usize::from(model.size.1).saturating_sub(4).max(1);
    let Some(review) = open(model) else { return };
    let (at, _) = review.place();
    match action {
        Action::Down => review.scroll += 1,
        Action::Up => review.scroll = review.scroll.saturating_sub(1),
        Action::PageDown => review.scroll += page,
        Action::PageUp => review.scroll = review.scroll.saturating_sub(page),
        Action::Top => review.scroll = 0,
        Action::Bottom => review.scroll = usize::MAX / 2,
        Action::NextMeasure => review.go(at),
        Action::PreviousMeasure => review.go(at.saturating_sub(2)),
        Action::Accept => yes(model, effects),
        Action::Refuse => decide(model, Answer::No),
        Action::Undo => undo(model, effects),
        Action::Back => leave(model),
        _ => {}
    }
}

/// Carries what is shown, as one change. What is carried already is not carried again.
fn yes(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(review) = review::open(model) else {
        return;
    };
    if let Some(Answer::Yes(_)) = review.answer(model) {
        return model.say(model.lang.text("carry.there"));
    }
    let edits = review.edits(model);
    if edits.is_empty() {
        model.say(model.lang.text("carry.nothing"));
        return decide(model, Answer::No);
    }
    let what = carried::what(&edits, model.lang);
    let said = model.lang.fill("carry.carried", &[("what", &what)]);
    work::make(model, Body::Edits(edits), said, effects);
    if let Some(id) = model.saving.pending.last().map(|draft| draft.id.clone()) {
        decide(model, Answer::Yes(id));
    }
}

/// Notes the answer and goes on; ends the review with the last one.
fn decide(model: &mut Model, answer: Answer) {
    let Some(mut review) = take(model) else {
        return;
    };
    let more = review.decide(model, answer);
    model.layers.push(Layer::Review(review));
    if !more {
        leave(model);
    }
}

/// Takes back this session's last change, and goes back to what it had decided.
fn undo(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(mut review) = take(model) else {
        return;
    };
    work::undo(model, effects);
    review.go_back(model);
    // A question about an older change stands above the review.
    let above = usize::from(matches!(model.layers.last(), Some(Layer::Confirm(_))));
    let place = model.layers.len() - above;
    model.layers.insert(place, Layer::Review(review));
}

fn take(model: &mut Model) -> Option<Review> {
    match model.layers.pop() {
        Some(Layer::Review(review)) => Some(review),
        Some(other) => {
            model.layers.push(other);
            None
        }
        None => None,
    }
}

/// Closes the review, and says how it went.
fn leave(model: &mut Model) {
    let Some(review) = take(model) else { return };
    let (yes, no) = review.counts(model);
    let left = review.place().1 - yes - no;
    let values: [(&str, &dyn std::fmt::Display); 3] = [("yes", &yes), ("no", &no), ("left", &left)];
    model.say(model.lang.fill("review.left", &values));
}

/// Brings the scroll back to the last line.
pub(super) fn settle(model: &mut Model) {
    let Some(review) = review::open(model).filter(|review| review.scroll > 0) else {
        return;
    };
    let limit = view::review::scroll_limit(model, review);
    for layer in &mut model.layers {
        if let Layer::Review(review) = layer {
            review.scroll = review.scroll.min(limit);
        }
    }
}
