//! The search that filters the outline: typing, accepting and leaving a query.

use super::{context::Context, outline::Row, welcome};
use crate::{
    document::Node,
    search::{self, Matches, Query},
};

/// Begins a search; returns the prompt's initial text, the last query if one is in force.
pub fn begin(context: &mut Context, text: &str) -> String {
    let search = &mut context.search;
    if search.before.is_none() {
        search.before = Some(context.outline.clone());
    }
    search.kept =
        (!search.query.is_empty()).then(|| (search.text.clone(), context.outline.clone()));
    search.is_typed = true;
    let text = if text.is_empty() {
        ready(&search.text)
    } else {
        text.to_owned()
    };
    run(context, text.clone());
    text
}

/// Returns a query ready for another term: most users who reopen it want to narrow it.
fn ready(text: &str) -> String {
    let ends = !text.is_empty() && !text.ends_with(char::is_whitespace) && Query::is_ended(text);
    format!("{text}{}", if ends { " " } else { "" })
}

/// Filters by a query.
pub fn run(context: &mut Context, text: String) {
    let query = Query::parse(&text).with(&context.views);
    let matches = (!query.is_empty()).then(|| search::find(&query, &context.scene()));
    (context.search.text, context.search.query) = (text, query);
    show(context, matches);
}

/// Runs the query again after changes. New matches are added, but clauses that no longer match
/// stay, since somebody may be working on them, until the query is typed or accepted again.
pub fn freshen(context: &mut Context) {
    if !std::mem::take(&mut context.search.stale) || !ask(context) {
        return;
    }
    let found = context.search.matches.clauses.clone();
    let shown = context.outline.filter().unwrap_or_default();
    let mut next = found;
    if !context.search.is_typed {
        next.extend(shown);
        next.sort_unstable();
        next.dedup();
    }
    if next != shown {
        context.outline.let_through(&context.document, next);
    }
}

/// Runs the query again, and shows exactly its result.
pub fn ask_again(context: &mut Context) {
    if ask(context) {
        let found = context.search.matches.clauses.clone();
        context.outline.let_through(&context.document, found);
    }
}

/// Runs the query in force; returns whether there is one.
fn ask(context: &mut Context) -> bool {
    let asks = context.outline.filter().is_some() && !context.search.query.is_empty();
    if asks {
        context.search.matches = search::find(&context.search.query, &context.scene());
    }
    asks
}

/// Shows the result with the cursor on the best match, or everything as before.
fn show(context: &mut Context, matches: Option<Matches>) {
    let Some(matches) = matches else {
        if let Some(before) = &context.search.before {
            context.outline = before.clone();
        }
        context.search.matches = Matches::default();
        return;
    };
    let found = matches.clauses.clone();
    context.search.matches = matches;
    context.outline.set_filter(&context.document, Some(found));
    if let Some(best) = context.search.matches.best() {
        context.go_to(Node::Clause(best));
    }
}

/// Sets a query that was not typed.
pub fn set(context: &mut Context, text: String) {
    if context.search.before.is_none() {
        context.search.before = Some(context.outline.clone());
    }
    run(context, text);
    keep(context);
}

/// Enter: accepts the result.
pub fn keep(context: &mut Context) {
    context.search.is_typed = false;
    let end = context.search.text.trim_end().len();
    context.search.text.truncate(end);
    let text = context.search.text.clone();
    let unread = context.search.query.unread();
    let unread = (!unread.is_empty()).then(|| {
        let terms = unread.iter().map(String::as_str).collect::<Vec<_>>();
        let terms = context.lang.list(&terms);
        context.lang.fill("search.unread", &[("terms", &terms)])
    });
    if context.search.query.is_empty() {
        leave(context);
        if let Some(unread) = unread {
            context.warn(unread);
        }
        return;
    }
    context.search.history.retain(|t| *t != text);
    context.search.history.push(text);
    if let Some(unread) = unread {
        context.warn(unread);
    } else if context.search.matches.clauses.is_empty() {
        context.say(context.lang.text("search.none"));
    } else {
        let key = |id| context.key(id);
        let (next, previous, back) = (key("next-match"), key("previous-match"), key("back"));
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("n", &context.search.matches.clauses.len()),
            ("next", &next),
            ("previous", &previous),
            ("back", &back),
        ];
        context.say(context.lang.fill("search.kept", &values));
    }
}

/// Esc in the prompt: restores the state before it was opened, including an earlier query.
pub fn cancel(context: &mut Context) {
    context.search.is_typed = false;
    let Some((text, outline)) = context.search.kept.take() else {
        return leave(context);
    };
    let query = Query::parse(&text).with(&context.views);
    context.search.matches = search::find(&query, &context.scene());
    (context.search.text, context.search.query) = (text, query);
    context.outline = outline;
}

/// Esc: restores the state before the search, including cursor and folds.
pub fn leave(context: &mut Context) {
    context.search.kept = None;
    if let Some(before) = context.search.before.take() {
        context.outline = before;
    }
    context.search.text.clear();
    context.search.query = Query::default();
    context.search.matches = Matches::default();
}

/// n and N: the next or previous match, or without a search what others changed, in document order,
/// wrapping around.
pub fn walk(context: &mut Context, down: bool) {
    if context.outline.filter().is_none() {
        if !welcome::walk(context, down) {
            context.say(context.lang.text("search.no-query"));
        }
        return;
    }
    let is_clause = |row| matches!(row, Row::Node(Node::Clause(_)));
    if !context.outline.seek(down, is_clause) {
        let rows = context.outline.rows();
        let goal = if down {
            rows.iter().position(|n| is_clause(*n))
        } else {
            rows.iter().rposition(|n| is_clause(*n))
        };
        if let Some(goal) = goal {
            context.outline.go(goal);
        }
    }
}
