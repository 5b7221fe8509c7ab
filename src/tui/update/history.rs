//! The history pane: who did what, newest last, filtered with the query language.

use super::search;
use crate::{
    document::Node,
    progress::{Body, Change},
    search::{ChangeFilter, Query},
    tui::{
        action::Action,
        model::{History, Layer, Model, Purpose},
    },
};

/// Opens the pane, the cursor on the newest.
pub(super) fn open(model: &mut Model) {
    let count = model.progress.changes().len();
    let selected = count.saturating_sub(1);
    model.layers.push(Layer::History(History {
        selected,
        ..History::default()
    }));
}

/// What a key does in the pane.
pub(super) fn history(model: &mut Model, action: &Action) {
    let page = usize::from(model.size.1).saturating_sub(3).max(1);
    let count = rows(model);
    let Some(Layer::History(history)) = model.layers.last_mut() else {
        return;
    };
    let at = history.selected;
    history.selected = match action {
        Action::Down => at + 1,
        Action::Up => at.saturating_sub(1),
        Action::PageDown => at + page,
        Action::PageUp => at.saturating_sub(page),
        Action::Top => 0,
        Action::Bottom => count,
        Action::Search => {
            let text = history.query.clone();
            return super::typing::open(model, Purpose::History, &text);
        }
        Action::Accept => return jump(model),
        Action::Back if !history.query.is_empty() => return filter(model, ""),
        Action::Back => return drop(model.layers.pop()),
        _ => return,
    }
    .min(count.saturating_sub(1));
}

/// Returns how many changes the pane shows.
fn rows(model: &Model) -> usize {
    match model.layers.last() {
        Some(Layer::History(History {
            found: Some(found), ..
        })) => found.len(),
        _ => model.progress.changes().len(),
    }
}

/// Goes to the clause that the change under the cursor is about.
fn jump(model: &mut Model) {
    let Some(Layer::History(history)) = model.layers.last() else {
        return;
    };
    let row = match &history.found {
        Some(found) => found.get(history.selected).copied(),
        None => Some(history.selected),
    };
    let change = row.and_then(|row| model.progress.changes().nth(row));
    let Some(clause) = change.and_then(|change| clause_of(model, change)) else {
        return model.say(model.lang.text("history.no-clause"));
    };
    model.layers.clear();
    model.outline.select(&model.document, Node::Clause(clause));
    model.detail_scroll = 0;
    if model.outline.node() != Some(Node::Clause(clause)) {
        let id = model.document.clauses[clause].id;
        model.warn(model.lang.fill("notice.filtered-out", &[("what", &id)]));
    }
}

/// The first clause that a change, or what it takes back, is about.
fn clause_of(model: &Model, change: &Change) -> Option<usize> {
    let set = match &change.body {
        Body::Retract(id) => model.progress.retracted(id)?.0,
        Body::Edits(_) => change,
    };
    set.edits()
        .iter()
        .find_map(|e| model.document.find(e.target.clause_id()?))
}

/// Shows only the changes that a query admits; all, for an empty one.
pub(super) fn filter(model: &mut Model, text: &str) {
    let query = Query::parse(text);
    let found: Option<Vec<usize>> = (!query.is_empty()).then(|| {
        let filter = ChangeFilter::new(&query, &search::scene(model));
        let all = model.progress.changes().enumerate();
        all.filter(|(_, c)| filter.admits(c))
            .map(|(i, _)| i)
            .collect()
    });
    let count = found
        .as_ref()
        .map_or_else(|| model.progress.changes().len(), Vec::len);
    // The line being typed stands above the pane.
    let pane = model.layers.iter_mut().rev().find_map(|layer| match layer {
        Layer::History(history) => Some(history),
        _ => None,
    });
    let Some(history) = pane else { return };
    history.selected = count.saturating_sub(1);
    history.query = if found.is_some() {
        text.to_owned()
    } else {
        String::new()
    };
    history.found = found;
}
