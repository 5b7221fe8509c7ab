//! The search that narrows the list: while a query is typed, when it is kept, when it is left.

use super::{context::Context, outline::Row};
use crate::{
    document::Node,
    search::{self, Matches, Query},
};

/// Begins to search: returns what the line begins with, the last query where one is kept.
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

/// Returns a query ready for one more term: most who open the line again want to narrow.
fn ready(text: &str) -> String {
    let ends = !text.is_empty() && !text.ends_with(char::is_whitespace) && Query::is_ended(text);
    format!("{text}{}", if ends { " " } else { "" })
}

/// Narrows to what a query finds.
pub fn run(context: &mut Context, text: String) {
    let query = Query::parse(&text);
    let matches = (!query.is_empty()).then(|| search::find(&query, &context.scene()));
    (context.search.text, context.search.query) = (text, query);
    show(context, matches);
}

/// Asks again what something has changed since. What now has what was asked for is let in; what has it
/// no more stays, for somebody may be at work on it, until the query is typed or kept anew.
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

/// Asks again, and shows just what is found now.
pub fn ask_again(context: &mut Context) {
    if ask(context) {
        let found = context.search.matches.clauses.clone();
        context.outline.let_through(&context.document, found);
    }
}

/// Finds what the query that is shown finds now; returns whether there is one.
fn ask(context: &mut Context) -> bool {
    let asks = context.outline.filter().is_some() && !context.search.query.is_empty();
    if asks {
        context.search.matches = search::find(&context.search.query, &context.scene());
    }
    asks
}

/// Shows what was found, with the cursor on the best; or all, as it was before.
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
        context
            .outline
            .select(&context.document, Node::Clause(best));
    }
}

/// Keeps a query that was not typed.
pub fn set(context: &mut Context, text: String) {
    if context.search.before.is_none() {
        context.search.before = Some(context.outline.clone());
    }
    run(context, text);
    keep(context);
}

/// Enter: keeps what was found.
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

/// Esc in the search line: everything as it was when the line was opened, an earlier search that
/// was kept among it.
pub fn cancel(context: &mut Context) {
    context.search.is_typed = false;
    let Some((text, outline)) = context.search.kept.take() else {
        return leave(context);
    };
    let query = Query::parse(&text);
    context.search.matches = search::find(&query, &context.scene());
    (context.search.text, context.search.query) = (text, query);
    context.outline = outline;
}

/// Esc: everything as it was before the search, the cursor and what was folded too.
pub fn leave(context: &mut Context) {
    context.search.kept = None;
    if let Some(before) = context.search.before.take() {
        context.outline = before;
    }
    context.search.text.clear();
    context.search.query = Query::default();
    context.search.matches = Matches::default();
}

/// n and N: walks what was found, in document order, and round at the ends.
pub fn walk(context: &mut Context, down: bool) {
    if context.outline.filter().is_none() {
        return context.say(context.lang.text("search.no-query"));
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
