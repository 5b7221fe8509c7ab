//! What is new since the last visit: the line at opening, and stepping through the clauses.

use super::{commands::said, context::Context};
use crate::{
    document::Node,
    progress::{Change, Edit},
    text::clean,
};
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of people named.
const NAMED: usize = 3;

/// Returns the message at opening: what others changed, and what was left unfinished.
pub fn line(context: &Context) -> Option<String> {
    let lang = context.lang;
    let mut parts = changed(context);
    let fresh = !parts.is_empty();
    let drafts = context.drafts.len();
    if drafts > 0 {
        parts.push(lang.fill("welcome.drafts", &[("n", &drafts)]));
    }
    if context.left.is_some() {
        parts.push(lang.text("welcome.meeting").to_owned());
    }
    if parts.is_empty() {
        return None;
    }
    let what = lang.list(&parts);
    let key = context.key("next-match");
    let values: [(&str, &dyn std::fmt::Display); 2] = [("what", &what), ("key", &key)];
    Some(lang.fill(
        if fresh {
            "welcome.news"
        } else {
            "welcome.left"
        },
        &values,
    ))
}

/// Returns who changed how many clauses, the most active first.
fn changed(context: &Context) -> Vec<String> {
    let lang = context.lang;
    let mut by_person: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (change, set) in context.progress.news(&context.by) {
        let clauses = by_person.entry(&change.by).or_default();
        clauses.extend(clauses_of(context, set));
    }
    let mut people: Vec<(&str, usize)> = by_person.iter().map(|(by, of)| (*by, of.len())).collect();
    people.retain(|(_, n)| *n > 0);
    people.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut parts: Vec<String> = (people.iter().take(NAMED))
        .map(|(by, n)| lang.fill("welcome.changed", &[("by", &clean(by)), ("n", n)]))
        .collect();
    if let Some(rest) = people.len().checked_sub(NAMED).filter(|rest| *rest > 0) {
        parts.push(lang.fill("welcome.others", &[("n", &rest)]));
    }
    parts
}

fn clauses_of<'a>(context: &'a Context, set: &'a Change) -> impl Iterator<Item = usize> + 'a {
    let find = |edit: &Edit| context.document.find(edit.target.clause_id()?);
    set.edits().iter().filter_map(find)
}

/// Goes to the next or previous clause that others changed, wrapping around, and shows what they
/// did; returns whether there is one.
pub fn walk(context: &mut Context, down: bool) -> bool {
    let mut last: BTreeMap<usize, &Change> = BTreeMap::new();
    for (change, set) in context.progress.news(&context.by) {
        last.extend(clauses_of(context, set).map(|clause| (clause, change)));
    }
    let here = context
        .outline
        .node()
        .map(|node| context.document.clauses_of(node));
    let goal = if down {
        // On a heading, the first clause under it is next.
        let from = here.map_or(0, |here| {
            if here.len() == 1 {
                here.end
            } else {
                here.start
            }
        });
        last.range(from..).next().or_else(|| last.iter().next())
    } else {
        let to = here.map_or(0, |here| here.start);
        last.range(..to)
            .next_back()
            .or_else(|| last.iter().next_back())
    };
    let Some((&clause, change)) = goal else {
        return false;
    };
    let nth = last.keys().position(|c| *c == clause).unwrap_or(0) + 1;
    let said = said::others(context, change);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("nth", &nth), ("n", &last.len()), ("said", &said)];
    let said = context.lang.fill("welcome.walk", &values);
    context.go_to(Node::Clause(clause));
    context.say(said);
    true
}
