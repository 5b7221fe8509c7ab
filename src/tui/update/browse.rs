//! Walking the outline and the open clause.

use super::{copy, history, meeting, papers, popup, search, typing, units, work, writing};
use crate::{
    document::Node,
    text::Policy,
    tui::{
        action::{Action, Effect},
        model::{Help, Layer, Model, Purpose},
        outline::Row,
        view::help,
    },
};

/// What a key does while browsing.
pub(super) fn browse(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Down => model.outline.step(1),
        Action::Up => model.outline.step(-1),
        Action::PageDown => model.outline.page(true),
        Action::PageUp => model.outline.page(false),
        Action::Top => model.outline.step(isize::MIN),
        Action::Bottom => model.outline.step(isize::MAX),
        Action::NextMeasure => to_measure(model, true),
        Action::PreviousMeasure => to_measure(model, false),
        Action::Fold => fold(model),
        Action::Unfold => unfold(model),
        Action::ToggleFold => toggle(model),
        Action::ToggleAll => model.outline.toggle_all(&model.document),
        Action::Open if meeting::back_to(model) => {}
        Action::Units => units::open(model),
        Action::Meeting => meeting::open(model, effects),
        Action::Open => match model.outline.node() {
            Some(Node::Clause(_)) => model.layers.push(Layer::Detail),
            _ => toggle(model),
        },
        Action::Type(c) if c.is_ascii_digit() => {
            typing::open(model, Purpose::Command, &c.to_string());
        }
        // A Han character, which an input method left on may send, begins a search.
        Action::Type(c) if !c.is_ascii() && c.is_alphanumeric() => {
            search::open(model, &c.to_string());
        }
        // Who guesses at keys is told where they stand.
        Action::Type(c) => unbound(model, c),
        Action::Search => search::open(model, ""),
        Action::Export => papers::open(model),
        Action::Documents => super::documents::open(model, effects),
        Action::NextMatch => search::walk(model, true),
        Action::PreviousMatch => search::walk(model, false),
        Action::Back if !model.marks.is_empty() => model.marks.clear(),
        Action::Back => search::leave(model),
        other => return common(model, &other, effects),
    }
    model.detail_scroll = 0;
}

/// Says that a key does nothing, and which one shows those that do.
fn unbound(model: &mut Model, key: char) {
    let help = model.keymap.first_key("help");
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("key", &crate::tui::key::Key::char(key)), ("help", &help)];
    model.say(model.lang.fill("notice.unbound", &values));
}

/// What a key does while a clause is open.
pub(super) fn detail(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let page = usize::from(model.panes().detail.height)
        .saturating_sub(1)
        .max(1);
    match action {
        Action::Down => model.detail_scroll += 1,
        Action::Up => model.detail_scroll = model.detail_scroll.saturating_sub(1),
        Action::PageDown => model.detail_scroll += page,
        Action::PageUp => model.detail_scroll = model.detail_scroll.saturating_sub(page),
        Action::Top => model.detail_scroll = 0,
        // The layout brings it back to the last line.
        Action::Bottom => model.detail_scroll = usize::MAX / 2,
        Action::NextMeasure | Action::PreviousMeasure => {
            let down = action == Action::NextMeasure;
            model
                .outline
                .seek(down, |n| matches!(n, Row::Node(Node::Clause(_))));
            model.detail_scroll = 0;
        }
        Action::SetStatus(status) => work::set_status(model, model.targets(), status, effects),
        Action::Back => {
            model.layers.pop();
            model.detail_scroll = 0;
        }
        other => common(model, &other, effects),
    }
}

/// What a key does in both, and wherever clauses are worked on.
pub(super) fn common(model: &mut Model, action: &Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Mark => mark(model),
        Action::MarkAll => mark_all(model),
        Action::Due => typing::open_due(model),
        Action::Owner => typing::open_owner(model),
        Action::Step => typing::open_step(model),
        Action::Remark => writing::open(model),
        Action::Tick => work::tick(model, effects),
        Action::PickStatus => popup::open_pick(model),
        Action::Undo => work::undo(model, effects),
        Action::Redo => work::redo(model, effects),
        Action::Command => typing::open(model, Purpose::Command, ""),
        Action::History => history::open(model),
        Action::Copy => copy::copy(model, effects),
        Action::Help => {
            // Where the keys of what is on the screen are.
            let scroll = help::line_of(model, model.mode());
            let find = String::new();
            model.layers.push(Layer::Help(Help { scroll, find }));
        }
        Action::CyclePolicy => cycle_policy(model, effects),
        _ => {}
    }
}

fn to_measure(model: &mut Model, down: bool) {
    model
        .outline
        .seek(down, |n| matches!(n, Row::Node(Node::Measure(_))));
}

fn fold(model: &mut Model) {
    let Some(node) = model.outline.node() else {
        return;
    };
    let is_open = !matches!(node, Node::Clause(_)) && !model.outline.is_folded(node);
    if is_open {
        model.outline.fold(&model.document, node, true);
    } else if let Some(parent) = crate::tui::outline::ancestors(&model.document, node).next() {
        model.outline.seek(false, |n| n == Row::Node(parent));
    }
}

fn unfold(model: &mut Model) {
    match model.outline.node() {
        Some(Node::Clause(_)) => model.layers.push(Layer::Detail),
        Some(node) if model.outline.is_folded(node) => {
            model.outline.fold(&model.document, node, false);
        }
        Some(_) => model.outline.step(1),
        None => {}
    }
}

fn toggle(model: &mut Model) {
    let Some(node) = model.outline.node() else {
        return;
    };
    // On a clause, what folds is the measure around it.
    let node = match node {
        Node::Clause(i) => Node::Measure(model.document.clauses[i].measure),
        node => node,
    };
    let folded = !model.outline.is_folded(node);
    model.outline.fold(&model.document, node, folded);
}

/// Marks what is under the cursor, or takes the mark off; the cursor goes on, so that a held key
/// marks a run.
fn mark(model: &mut Model) {
    let clauses = model.under_cursor();
    let all = clauses.iter().all(|c| model.marks.contains(c));
    for clause in clauses {
        if all {
            model.marks.remove(&clause);
        } else {
            model.marks.insert(clause);
        }
    }
    model.outline.step(1);
    model.say(
        model
            .lang
            .fill("notice.marked", &[("n", &model.marks.len())]),
    );
}

/// Marks all clauses shown, or takes all marks off.
fn mark_all(model: &mut Model) {
    let shown: Vec<usize> = match model.outline.filter() {
        Some(found) => found.to_vec(),
        None => (0..model.document.clauses.len()).collect(),
    };
    if shown.iter().all(|c| model.marks.contains(c)) {
        model.marks.clear();
    } else {
        model.marks.extend(shown);
    }
    model.say(
        model
            .lang
            .fill("notice.marked", &[("n", &model.marks.len())]),
    );
}

fn cycle_policy(model: &mut Model, effects: &mut Vec<Effect>) {
    let (next, name) = match model.policy {
        Policy::Narrow => (Policy::Wide, "width.wide"),
        Policy::Wide => (Policy::Roomy, "width.roomy"),
        Policy::Roomy => (Policy::Safe, "width.safe"),
        Policy::Safe => (Policy::Narrow, "width.narrow"),
    };
    model.policy = next;
    effects.push(Effect::Clear);
    model.say(model.lang.text(name));
}
