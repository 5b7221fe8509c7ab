//! The search: narrowing while a query is typed, keeping it, leaving it, walking what it found.

use crate::{
    document::Node,
    search::{self, Matches, Query, Scene},
    tui::{
        model::{Layer, Model, Prompt, Purpose},
        outline::Row,
    },
};

use super::typing;

/// Opens the search line, with the last query in it where one is kept.
pub(super) fn open(model: &mut Model, text: &str) {
    if model.search.before.is_none() {
        model.search.before = Some(model.outline.clone());
    }
    model.search.kept = (!model.search.query.is_empty())
        .then(|| (model.search.text.clone(), model.outline.clone()));
    let kept = if text.is_empty() {
        ready(&model.search.text)
    } else {
        text.to_owned()
    };
    typing::open(model, Purpose::Search, &kept);
    changed(model);
}

/// Returns a query ready for one more term: most who open the line again want to narrow.
fn ready(text: &str) -> String {
    let ends = !text.is_empty() && !text.ends_with(char::is_whitespace) && Query::is_ended(text);
    format!("{text}{}", if ends { " " } else { "" })
}

/// Narrows to what the line has now.
pub(super) fn changed(model: &mut Model) {
    let Some(Layer::Line(Prompt {
        purpose: Purpose::Search,
        editor,
        ..
    })) = model.layers.last()
    else {
        return;
    };
    let text = editor.text().to_owned();
    run(model, text);
}

fn run(model: &mut Model, text: String) {
    let query = Query::parse(&text);
    let matches = (!query.is_empty()).then(|| search::find(&query, &scene(model)));
    (model.search.text, model.search.query) = (text, query);
    show(model, matches);
}

/// Asks again what something has changed since. What now has what was asked for is let in; what has it
/// no more stays, for somebody may be at work on it, until the query is typed or kept anew.
pub(super) fn freshen(model: &mut Model) {
    if !std::mem::take(&mut model.search.stale) || !ask(model) {
        return;
    }
    let found = model.search.matches.clauses.clone();
    let shown = model.outline.filter().unwrap_or_default();
    let is_typed =
        matches!(model.layers.last(), Some(Layer::Line(p)) if p.purpose == Purpose::Search);
    let mut next = found;
    if !is_typed {
        next.extend(shown);
        next.sort_unstable();
        next.dedup();
    }
    if next != shown {
        model.outline.let_through(&model.document, next);
    }
}

/// Asks again, and shows just what is found now.
pub(super) fn ask_again(model: &mut Model) {
    if ask(model) {
        let found = model.search.matches.clauses.clone();
        model.outline.let_through(&model.document, found);
    }
}

/// Finds what the query that is shown finds now; returns whether there is one.
fn ask(model: &mut Model) -> bool {
    let asks = model.outline.filter().is_some() && !model.search.query.is_empty();
    if asks {
        model.search.matches = search::find(&model.search.query, &scene(model));
    }
    asks
}

/// Shows what was found, with the cursor on the best; or all, as it was before.
fn show(model: &mut Model, matches: Option<Matches>) {
    let Some(matches) = matches else {
        if let Some(before) = &model.search.before {
            model.outline = before.clone();
        }
        model.search.matches = Matches::default();
        return;
    };
    let found = matches.clauses.clone();
    model.search.matches = matches;
    model.outline.set_filter(&model.document, Some(found));
    if let Some(best) = model.search.matches.best() {
        model.outline.select(&model.document, Node::Clause(best));
    }
    model.detail_scroll = 0;
}

/// Keeps a query that was not typed.
pub(super) fn set(model: &mut Model, text: String) {
    if model.search.before.is_none() {
        model.search.before = Some(model.outline.clone());
    }
    run(model, text);
    keep(model);
}

/// Enter: keeps what was found.
pub(super) fn keep(model: &mut Model) {
    let end = model.search.text.trim_end().len();
    model.search.text.truncate(end);
    let text = model.search.text.clone();
    let unread = model.search.query.unread();
    let unread = (!unread.is_empty()).then(|| {
        let terms = unread.iter().map(String::as_str).collect::<Vec<_>>();
        let terms = model.lang.list(&terms);
        model.lang.fill("search.unread", &[("terms", &terms)])
    });
    if model.search.query.is_empty() {
        leave(model);
        if let Some(unread) = unread {
            model.warn(unread);
        }
        return;
    }
    model.search.history.retain(|t| *t != text);
    model.search.history.push(text);
    if let Some(unread) = unread {
        model.warn(unread);
    } else if model.search.matches.clauses.is_empty() {
        model.say(model.lang.text("search.none"));
    } else {
        let key = |id| model.keymap.first_key(id);
        let (next, previous, back) = (key("next-match"), key("previous-match"), key("back"));
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("n", &model.search.matches.clauses.len()),
            ("next", &next),
            ("previous", &previous),
            ("back", &back),
        ];
        model.say(model.lang.fill("search.kept", &values));
    }
}

/// Esc in the search line: everything as it was when the line was opened, an earlier search that
/// was kept among it.
pub(super) fn cancel(model: &mut Model) {
    let Some((text, outline)) = model.search.kept.take() else {
        return leave(model);
    };
    let query = Query::parse(&text);
    model.search.matches = search::find(&query, &scene(model));
    (model.search.text, model.search.query) = (text, query);
    model.outline = outline;
    model.detail_scroll = 0;
}

/// Esc: everything as it was before the search, the cursor and what was folded too.
pub(super) fn leave(model: &mut Model) {
    model.search.kept = None;
    if let Some(before) = model.search.before.take() {
        model.outline = before;
    }
    model.search.text.clear();
    model.search.query = Query::default();
    model.search.matches = Matches::default();
    model.detail_scroll = 0;
}

/// n and N: walks what was found, in document order, and round at the ends.
pub(super) fn walk(model: &mut Model, down: bool) {
    if model.outline.filter().is_none() {
        return model.say(model.lang.text("search.no-query"));
    }
    let is_clause = |row| matches!(row, Row::Node(Node::Clause(_)));
    if !model.outline.seek(down, is_clause) {
        let rows = model.outline.rows();
        let goal = if down {
            rows.iter().position(|n| is_clause(*n))
        } else {
            rows.iter().rposition(|n| is_clause(*n))
        };
        if let Some(goal) = goal {
            model.outline.go(goal);
        }
    }
    model.detail_scroll = 0;
}

/// ↑ and ↓ in the search line: earlier queries.
pub(super) fn recall(model: &mut Model, back: bool) {
    let history = &model.search.history;
    let Some(Layer::Line(prompt)) = model.layers.last() else {
        return;
    };
    if prompt.purpose != Purpose::Search {
        return;
    }
    let typed = prompt.editor.text();
    let at = history.iter().position(|t| t == typed);
    let next = match (at, back) {
        (None, true) => history.len().checked_sub(1),
        (Some(i), true) => Some(i.saturating_sub(1)),
        (Some(i), false) => Some(i + 1),
        (None, false) => None,
    };
    let Some(next) = next else { return };
    // After the latest comes what was typed before the first step back.
    let seed = prompt.seed.clone().unwrap_or_else(|| match at {
        None => typed.to_owned(),
        Some(_) => String::new(),
    });
    let text = history.get(next).cloned().unwrap_or_else(|| seed.clone());
    if let Some(Layer::Line(prompt)) = model.layers.last_mut() {
        prompt.editor = crate::tui::editor::Editor::new(text);
        prompt.seed = Some(seed);
    }
    changed(model);
}

/// Returns what queries look at.
pub(super) fn scene(model: &Model) -> Scene<'_> {
    Scene {
        document: &model.document,
        progress: &model.progress,
        me: &model.by,
        units: &model.units,
        today: model.today,
        now: model.now,
        zone: &model.zone,
        days_ahead: model.days_ahead,
        stale_days: model.stale_days,
    }
}
