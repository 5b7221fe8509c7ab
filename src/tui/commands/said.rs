//! Notices about changes, this session's own or others'.

use crate::{
    progress::{Body, Change, Due, Edit, Status, Target},
    report::phrase,
    text::{clean, elide},
    tui::context::Context,
};
use std::collections::HashSet;

/// Width of a step's text in its name.
const STEP_COLUMNS: usize = 24;

/// Describes the undo or redo of a set, and where later changes have won.
pub fn retraction(context: &Context, key: &'static str, change: &Change) -> String {
    let what = said(context, change.edits());
    let at = change
        .when()
        .to_zoned_datetime(context.zone.clone())
        .strftime("%m-%d %H:%M")
        .to_string();
    let mut out = context.lang.fill(key, &[("what", &what), ("at", &at)]);
    let overtaken = context.progress.overtaken(&change.id);
    if !overtaken.is_empty() {
        let names: Vec<String> = overtaken.iter().map(|t| target_name(context, t)).collect();
        out.push_str(
            &context
                .lang
                .fill("notice.overtaken", &[("what", &names.join(" "))]),
        );
    }
    out
}

/// Names the target of an edit; a step by its text, since its id is never shown.
fn target_name(context: &Context, target: &Target) -> String {
    let clause = clean(&target.clause);
    let Some(id) = &target.step else {
        return clause.into_owned();
    };
    let found = target.clause_id().and_then(|id| context.document.find(id));
    let steps = found.map_or(&[][..], |c| &context.progress.record(c).steps);
    match steps.iter().find(|s| s.id == *id) {
        Some(step) => context.lang.fill(
            "news.of-step",
            &[("clause", &clause), ("text", &short(context, &step.text))],
        ),
        None => context
            .lang
            .fill("news.of-some-step", &[("clause", &clause)]),
    }
}

/// Names the targets of a set: `16.3`, `16.3 等 4 款`. Several edits may target one clause.
fn targets_name(context: &Context, edits: &[Edit], first: &str) -> String {
    let clauses: HashSet<&str> = edits.iter().map(|e| e.target.clause.as_str()).collect();
    match clauses.len() {
        0 | 1 => first.to_owned(),
        n => context
            .lang
            .fill("news.many", &[("first", &first), ("n", &n)]),
    }
}

fn short(context: &Context, text: &str) -> String {
    elide(context.policy, &clean(text), STEP_COLUMNS).into_owned()
}

/// Describes a set in one line: `16.3 -> 已完成`, `16.3 等 4 款 -> 已完成`, `16.3 已记进展`.
pub fn said(context: &Context, edits: &[Edit]) -> String {
    let Some(first) = edits.first() else {
        return String::new();
    };
    let lang = context.lang;
    let target = targets_name(context, edits, &target_name(context, &first.target));
    let is_other = |edit: &Edit| edit.status.is_some() && edit.status != first.status;
    let what = match first {
        Edit { item: Some(_), .. } | Edit { text: Some(_), .. } | Edit { after: Some(_), .. } => {
            worded(context, first)
        }
        // Each goes back to what it was.
        Edit {
            status: Some(_), ..
        } if edits.iter().any(is_other) => lang.text("news.each").to_owned(),
        Edit {
            status: Some(status),
            ..
        } => lang.text(status.name_key()).to_owned(),
        Edit {
            due: Some(None), ..
        } => lang.text("news.no-due").to_owned(),
        Edit {
            due: Some(Some(Due::Long)),
            ..
        } => lang.text("due.long").to_owned(),
        Edit {
            due: Some(Some(Due::Date(date))),
            ..
        } => {
            let clause = first.target.clause.parse().ok();
            let clause = clause.and_then(|id| context.document.find(id));
            let status = clause.map_or(Status::Todo, |c| context.progress.record(c).status);
            if phrase::is_missed(first.due, status, context.today) {
                lang.fill("news.missed", &[("date", date)])
            } else {
                date.to_string()
            }
        }
        Edit {
            owner: Some(None), ..
        } => lang.text("news.no-owner").to_owned(),
        Edit {
            owner: Some(Some(name)),
            ..
        } => clean(name).into_owned(),
        Edit {
            remark: Some((kind, _)),
            ..
        } => {
            let kind = lang.text(kind.name_key());
            return lang.fill("news.remark", &[("what", &target), ("kind", &kind)]);
        }
        Edit {
            step: Some((_, text)),
            ..
        } => {
            let text = short(context, text);
            return lang.fill("news.new-step", &[("what", &target), ("text", &text)]);
        }
        _ => lang.text("news.other").to_owned(),
    };
    format!("{target} -> {what}")
}

/// Describes how a step or item was added, reworded, moved or removed.
fn worded(context: &Context, edit: &Edit) -> String {
    let words = Edit {
        item: edit.item.as_ref().map(|_| Vec::new()),
        text: edit
            .text
            .as_ref()
            .map(|text| text.as_deref().map(|text| short(context, text))),
        ..Edit::new(edit.target.clone())
    };
    if edit.after.is_some() {
        return context.lang.text("news.moved").to_owned();
    }
    phrase::parts(&words, context.lang).join(context.lang.text("phrase.and"))
}

/// Describes a colleague's change in one line: `李四 16.3 -> 推进中`, `李四 重做了：16.3 -> 推进中`.
/// It is not inserted yet.
pub fn others(context: &Context, change: &Change) -> String {
    let by = clean(&change.by).into_owned();
    let what = match &change.body {
        Body::Retract(id) => match context.progress.retracted(id) {
            Some((set, true)) => retraction(context, "news.undone", set),
            Some((set, false)) => retraction(context, "news.redone", set),
            // The change it retracts has not arrived.
            None => context.lang.text("news.retract").to_owned(),
        },
        Body::Edits(edits) => others_edits(context, edits),
    };
    format!("{by} {what}")
}

fn others_edits(context: &Context, edits: &[Edit]) -> String {
    let Some(edit) = edits.first() else {
        return String::new();
    };
    let lang = context.lang;
    let is_worded = edit.item.is_some() || edit.text.is_some() || edit.after.is_some();
    let what = if is_worded {
        format!("-> {}", worded(context, edit))
    } else if let Some(status) = edit.status {
        format!("-> {}", lang.text(status.name_key()))
    } else if let Some((_, text)) = &edit.remark {
        format!("“{}”", clean(text.lines().next().unwrap_or_default()))
    } else if edit.due.is_some() {
        lang.text("news.due").to_owned()
    } else if edit.owner.is_some() {
        lang.text("news.owner").to_owned()
    } else {
        lang.text("news.step").to_owned()
    };
    let known = edit
        .target
        .clause_id()
        .and_then(|id| context.document.find(id));
    let unknown = if known.is_some() { "" } else { "?" };
    let first = target_name(context, &edit.target) + unknown;
    format!("{} {what}", targets_name(context, edits, &first))
}
