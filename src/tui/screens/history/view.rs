//! Draws the history: the clause, its old and new value, and who changed it.

use super::{
    History,
    entries::{HistoryRow, Old},
};
use crate::{
    document::ClauseId,
    progress::{Body, Change, Edit},
    report::phrase,
    text::{clean, elide, pad},
    tui::{
        context::Context,
        figures, layout,
        widgets::{
            glyphs::{FOLDED, UNFOLDED},
            list::{self, around},
            pen::Pen,
            theme::Role,
        },
    },
};
use jiff::civil::Date;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// Between the old and the new value; `→` has different widths in different terminals.
const BECAME: &str = " -> ";

/// Returns the area of the rows.
pub(super) fn area(context: &Context) -> Rect {
    layout::under_title(layout::above_footer(context.stage())).1
}

/// Draws the history over everything but the footer; returns the position of the cursor's row.
pub(super) fn draw(context: &Context, buf: &mut Buffer, history: &History) -> Option<Position> {
    let whole = layout::above_footer(context.stage());
    context.look().blank(buf, whole);
    if whole.is_empty() {
        return None;
    }
    title(context, &mut context.pen(buf, whole, 0), history);
    let area = area(context);
    if history.entries.is_empty() {
        nothing(context, buf, area, history);
        return None;
    }
    let rows = around(history.selected, history.entries.len(), area.height.into());
    list::draw(
        context.look(),
        buf,
        area,
        rows,
        history.selected,
        |pen, row| match history.entries[row] {
            HistoryRow::Day(day, count) => heading(context, pen, day, count),
            HistoryRow::Change(place) => {
                if let Some(change) = context.progress.changes().nth(place) {
                    draw_change(context, pen, history, place, change);
                }
            }
            HistoryRow::Item(place, nth) => {
                let change = context.progress.changes().nth(place);
                if let Some(edit) = change.and_then(|change| change.edits().get(nth)) {
                    pen.skip(4);
                    let old = history.before.edit(place, nth);
                    subject(context, pen, &edit.target.clause);
                    pen.put_elided(&moved(context, edit, old), Role::Text);
                }
            }
        },
    )
}

fn title(context: &Context, pen: &mut Pen<'_>, history: &History) {
    let lang = context.lang;
    pen.skip(1);
    let count = history.count;
    pen.put(&lang.fill("history.title", &[("n", &count)]), Role::Heading);
    if !history.query.is_empty() {
        pen.put(&format!("  /{}", clean(&history.query)), Role::Key);
    }
}

/// Draws what to do if the list is empty.
fn nothing(context: &Context, buf: &mut Buffer, area: Rect, history: &History) {
    let lang = context.lang;
    let lines = if history.query.is_empty() {
        vec![lang.text("history.empty").to_owned()]
    } else {
        let none = lang.fill("history.none", &[("query", &clean(&history.query))]);
        vec![none, lang.text("prompt.filter-takes").to_owned()]
    };
    for (row, line) in (1..area.height).zip(lines) {
        let mut pen = context.pen(buf, area, row);
        pen.skip(3);
        pen.put_elided(&line, if row == 1 { Role::Text } else { Role::Dim });
    }
}

fn heading(context: &Context, pen: &mut Pen<'_>, day: Date, count: usize) {
    let lang = context.lang;
    let near = match (context.today - day).get_days() {
        0 => "history.today",
        1 => "history.yesterday",
        _ => "",
    };
    pen.skip(1);
    let named = format!(
        "{} {}",
        day.strftime(figures::day_format(context, day)),
        lang.find(near).unwrap_or_default()
    );
    pen.put(named.trim_end(), Role::Heading);
    pen.put(
        &format!("  {}", lang.fill("history.count", &[("n", &count)])),
        Role::Dim,
    );
}

fn draw_change(
    context: &Context,
    pen: &mut Pen<'_>,
    history: &History,
    place: usize,
    change: &Change,
) {
    let lang = context.lang;
    let at = change.when().to_zoned_datetime(context.zone.clone());
    let by = elide(context.policy, &clean(&change.by), 12).into_owned();
    let by = if pen.room() >= 60 {
        format!("{by}  ")
    } else {
        String::new()
    };
    pen.put_aside(
        &format!("{by}{}", at.strftime("%H:%M")),
        usize::MAX,
        Role::Dim,
    );
    let stands = context.progress.stands(&change.id);
    let role = if stands { Role::Text } else { Role::Dim };
    // A retraction shows the change it retracts or restores.
    let (set, key) = match &change.body {
        Body::Edits(_) => (Some((place, change)), "history.taken-back"),
        Body::Retract(id) => match context.progress.retracted(id) {
            Some((set, is_undo)) => {
                let place = context.progress.changes().position(|c| c.id == set.id);
                let key = if is_undo {
                    "history.undone"
                } else {
                    "history.redone"
                };
                (place.map(|place| (place, set)), key)
            }
            None => (None, ""),
        },
    };
    let Some((place, set)) = set else {
        pen.skip(4);
        return pen.put_elided(&phrase::items(change, lang).join(""), role);
    };
    let edits = set.edits();
    let is_batch = edits.len() > 1;
    let sign = match (is_batch, history.open.contains(&change.id)) {
        (false, _) => " ",
        (true, false) => FOLDED,
        (true, true) => UNFOLDED,
    };
    pen.skip(2);
    pen.put(sign, Role::Dim);
    pen.skip(1);
    let Some(first) = edits.first() else { return };
    subject(context, pen, &first.target.clause);
    let mut said = moved(context, first, history.before.edit(place, 0));
    if is_batch {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &edits.len()), ("said", &said)];
        said = lang.fill("history.batch", &values);
    }
    let is_set = matches!(change.body, Body::Edits(_));
    if !is_set || !stands {
        said = lang.fill(key, &[("said", &said)]);
    }
    if !is_set && !stands {
        said = lang.fill("history.taken-back", &[("said", &said)]);
    }
    pen.put_elided(&said, role);
}

/// Draws the clause's number, and the title of its measure if it fits.
fn subject(context: &Context, pen: &mut Pen<'_>, id: &str) {
    let policy = context.policy;
    pen.put(&pad(policy, &clean(id), 6), Role::Key);
    let clause = id
        .parse::<ClauseId>()
        .ok()
        .and_then(|id| context.document.find(id));
    if let Some(clause) = clause.filter(|_| pen.room() >= 60) {
        let width = pen.room() / 3;
        let text = elide(policy, &context.document.clauses[clause].text, width).into_owned();
        pen.put(&pad(policy, &text, width), Role::Dim);
        pen.skip(2);
    }
}

/// Returns what an edit changed: `未启动 -> 推进中，问题：…`.
fn moved(context: &Context, edit: &Edit, old: Option<&Old>) -> String {
    let lang = context.lang;
    let old = old.cloned().unwrap_or_default();
    let mut parts = Vec::new();
    if edit.target.step.is_some() {
        parts.push(lang.text("field.step").to_owned());
    }
    if let Some(status) = edit.status {
        let names = [old.status, status].map(|s| lang.text(s.name_key()));
        parts.push(names.join(BECAME));
    }
    if let Some(due) = edit.due {
        let days = [old.due, due]
            .map(|due| phrase::due(due, lang))
            .join(BECAME);
        parts.push(lang.fill("phrase.due", &[("due", &days)]));
    }
    if let Some(owner) = &edit.owner {
        let names = [old.owner.as_deref(), owner.as_deref()];
        let names = names
            .map(|name| name.unwrap_or(lang.text("phrase.nobody")))
            .join(BECAME);
        parts.push(lang.fill("phrase.owner", &[("owner", &names)]));
    }
    let said = Edit {
        step: edit.step.clone(),
        remark: edit.remark.clone(),
        ..Edit::new(edit.target.clone())
    };
    parts.extend(phrase::parts(&said, lang));
    clean(&parts.join(lang.text("phrase.and"))).replace('\n', " ")
}
