//! Out of order: to the clause that somebody names, by its number or by what is in it. The meeting and
//! its times go on, and its agenda waits where it is.

use super::{follow, search, typing};
use crate::{
    document::Node,
    search::{self as find, Query},
    tui::{
        meeting::Sought,
        model::{Layer, Model, Prompt, Purpose},
    },
};

/// Goes to a node: of a measure, to its first clause on the agenda, or to its first.
pub(in crate::tui::update) fn to_node(model: &mut Model, node: Node) {
    let Some(meeting) = &model.meeting else {
        return;
    };
    let mut clauses = model.document.clauses_of(node);
    let on_agenda = clauses.clone().find(|c| meeting.has(*c));
    match on_agenda.or_else(|| clauses.next()) {
        Some(clause) => to(model, clause),
        None => model.say(model.lang.text("notice.nothing-here")),
    }
}

/// Goes to a clause; says where it is not on the agenda.
fn to(model: &mut Model, clause: usize) {
    let now = model.now;
    let Some(meeting) = &mut model.meeting else {
        return;
    };
    let on_agenda = meeting.visit(clause, now);
    let (at, of) = meeting.place();
    follow(model);
    if !on_agenda {
        let id = model.document.clauses[clause].id;
        let values: [(&str, &dyn std::fmt::Display); 3] = [("id", &id), ("at", &at), ("of", &of)];
        model.say(model.lang.fill("meeting.aside", &values));
    }
}

/// Opens the search line.
pub(super) fn open(model: &mut Model, text: &str) {
    typing::open(model, Purpose::Seek, text);
    changed(model);
}

/// Looks for what the line has now: what Enter would lead to is shown beside it.
pub(in crate::tui::update) fn changed(model: &mut Model) {
    if let Some(Layer::Line(Prompt {
        purpose: Purpose::Seek,
        editor,
        ..
    })) = model.layers.last()
    {
        let text = editor.text().trim().to_owned();
        look(model, text);
    }
}

fn look(model: &mut Model, text: String) {
    let query = Query::parse(&text);
    let matches = (!query.is_empty()).then(|| find::find(&query, &search::scene(model)));
    let Some(meeting) = &mut model.meeting else {
        return;
    };
    let mut sought = Sought {
        text,
        ..Sought::default()
    };
    if let Some(matches) = matches {
        let ranked = matches.ranked();
        let mut on_agenda = ranked.iter().filter(|c| meeting.has(**c));
        sought.best = on_agenda.next().or(ranked.first()).copied();
        sought.found = matches.clauses;
    }
    meeting.sought = sought;
}

/// Enter: goes to the best match.
pub(in crate::tui::update) fn accept(model: &mut Model, text: String) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    look(model, text);
    lead(model)
}

/// Goes to the best match; says how many there are.
fn lead(model: &mut Model) -> Result<(), String> {
    let Some(meeting) = &model.meeting else {
        return Ok(());
    };
    let query = Query::parse(&meeting.sought.text);
    let unread: Vec<&str> = query.unread().iter().map(String::as_str).collect();
    if !unread.is_empty() {
        let terms = model.lang.list(&unread);
        return Err(model.lang.fill("search.unread", &[("terms", &terms)]));
    }
    let n = meeting.sought.found.len();
    let Some(best) = meeting.sought.best else {
        return Err(model.lang.text("search.none").to_owned());
    };
    to(model, best);
    if n > 1 {
        let next = model.keymap.first_key("next-match");
        let said = model
            .lang
            .fill("meeting.found", &[("n", &n), ("key", &next)]);
        let aside = model.notice.take().map_or_else(String::new, |n| n.text);
        model.say(format!("{said}  {aside}").trim_end());
    }
    Ok(())
}

/// n and N: the next of what was found, in document order, and round at the ends.
pub(super) fn walk(model: &mut Model, down: bool) {
    let here = model.discussed();
    let found = model.meeting.as_ref().map(|m| &m.sought.found);
    let next = found.zip(here).and_then(|(found, here)| {
        if down {
            found.iter().find(|c| **c > here).or(found.first())
        } else {
            found.iter().rfind(|c| **c < here).or(found.last())
        }
    });
    match next.copied() {
        Some(clause) => to(model, clause),
        None => model.say(model.lang.text("search.no-query")),
    }
}

#[cfg(test)]
mod tests;
