//! The current clause in a meeting: its text and state, what was said last time, and what this
//! meeting has changed.

use crate::{
    progress::{Change, Edit, Remark},
    report::phrase,
    search::highlight,
    text::{clean, pad},
    tui::{
        context::Context,
        figures,
        meeting::Meeting,
        widgets::{
            lines::{Line, Page},
            theme::Role,
        },
    },
};
use jiff::Timestamp;
use ratatui::layout::Rect;

/// From this width on, the fields are side by side.
const WIDE: usize = 64;

/// The clause as lines.
#[derive(Debug, Default)]
pub(super) struct ClausePage {
    /// The lines.
    pub lines: Vec<Line>,
    /// The line after this meeting's changes.
    pub news_end: usize,
}

impl ClausePage {
    /// Returns the page of the current clause for an area; double-spaced if it fits, since a
    /// projection is read from afar.
    pub(super) fn of(context: &Context, area: Rect) -> Self {
        let mut page = Self::close(context, area.width.max(1).into());
        if area.width >= 60 && page.lines.len() * 2 <= area.height.into() {
            let rule = page.lines.iter().position(is_rule).unwrap_or(0);
            let spread = page.lines.drain(..).enumerate().flat_map(|(nth, line)| {
                let is_title = nth < rule || line.pieces.is_empty();
                std::iter::once(line).chain((!is_title).then(Line::default))
            });
            page.lines = spread.collect();
            page.news_end = page.lines.len();
        }
        page
    }

    /// Returns the page at a width.
    fn close(context: &Context, width: usize) -> Self {
        let Some((meeting, clause)) = context
            .meeting
            .as_ref()
            .and_then(|m| Some((m, m.clause()?)))
        else {
            return Self::default();
        };
        let mut page = Page::new(context.policy, width);
        title(context, &mut page, clause, width);
        let text = &context.document.clauses[clause].text;
        let found = highlight(&context.search.query, text).into_iter();
        let found: Vec<_> = found.map(|range| (range, Role::Match)).collect();
        page.hanging("", Role::Text, text, &found, Role::Text);
        page.blank();
        state(context, &mut page, clause, width);
        let (said, before): (Vec<_>, Vec<_>) = {
            let remarks = context.progress.record(clause).remarks.iter();
            remarks.partition(|remark| remark.at >= meeting.began())
        };
        let mut before = before.into_iter().rev().map(|said| remark(context, said));
        let last = before
            .next()
            .or_else(|| last_change(context, meeting, clause));
        listed(context, &mut page, "meeting.last-time", last, Role::Text);
        news(context, &mut page, meeting, clause, &said);
        let news_end = page.lines.len();
        listed(context, &mut page, "meeting.earlier", before, Role::Dim);
        if let Some(after) = &context.document.clauses[clause].after {
            page.blank();
            page.paragraph(after, Role::Dim);
        }
        let lines = page.lines;
        Self { lines, news_end }
    }
}

fn is_rule(line: &Line) -> bool {
    matches!(line.pieces.as_slice(), [(_, Role::Rule)])
}

/// Appends the number and the measure's title, above a rule.
fn title(context: &Context, page: &mut Page, clause: usize, width: usize) {
    let label = format!("{}  ", context.document.clauses[clause].id);
    let title = &context.document.measure_of(clause).title;
    page.hanging(&label, Role::Heading, title, &[], Role::Heading);
    page.line(vec![(" ".repeat(width), Role::Rule)]);
}

/// Appends the clause's fields, side by side if they fit.
fn state(context: &Context, page: &mut Page, clause: usize, width: usize) {
    let (lang, record) = (context.lang, context.progress.record(clause));
    let units = &context.document.clauses[clause].responsibility.units;
    let owner = record.owner.iter().map(|owner| clean(owner).into_owned());
    let answers: Vec<String> = Some(lang.list(units)).into_iter().chain(owner).collect();
    let answers = answers.join("  ");
    let status = figures::status(lang, record.status);
    let (due, urgency) = figures::due(context, record);
    let fields = [
        ("field.status", status, Role::Status(record.status)),
        ("field.due", due, urgency),
        ("meeting.answers", answers.trim().to_owned(), Role::Text),
    ];
    let fields = fields.into_iter().filter(|(_, value, _)| !value.is_empty());
    let fields: Vec<(String, String, Role)> = fields
        .map(|(label, value, role)| (format!("{}  ", lang.text(label)), value, role))
        .collect();
    let policy = context.policy;
    let least = |(label, value, _): &(String, String, Role)| {
        (policy.width(label) + policy.width(value) + 4).max(width / 4)
    };
    if width >= WIDE && fields.iter().map(least).sum::<usize>() <= width + 4 {
        let padded = fields.iter().flat_map(|field| {
            let (label, value, role) = field;
            let value = pad(policy, value, least(field) - policy.width(label));
            [(label.clone(), Role::Dim), (value, *role)]
        });
        page.line(padded.collect());
    } else {
        for (label, value, role) in &fields {
            page.hanging(label, Role::Dim, value, &[], *role);
        }
    }
    let done = record.steps.iter().filter(|s| !s.status.is_open()).count();
    let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &done), ("of", &record.steps.len())];
    let mut label = lang.fill("field.steps", &values) + "  ";
    for step in &record.steps {
        let (said, marks) = figures::step(context, step);
        page.hanging(&label, Role::Dim, &said, &marks, Role::Text);
        label = " ".repeat(policy.width(&label));
    }
}

/// Appends this meeting's changes to the clause, and its remarks.
fn news(context: &Context, page: &mut Page, meeting: &Meeting, clause: usize, said: &[&Remark]) {
    let id = context.document.clauses[clause].id.to_string();
    let changes = context.progress.changes();
    let here = |change: &&Change| {
        let is_ours = change.session == context.session || meeting.was_held_in(&change.session);
        change.at >= meeting.began() && is_ours && context.progress.stands(&change.id)
    };
    let edits = changes.filter(here).flat_map(Change::edits);
    let edits = edits.filter(|edit| edit.target.clause == id);
    let parts = edits.flat_map(|edit| {
        let mut edit = edit.clone();
        // Remarks are shown in full below.
        edit.remark = None;
        phrase::parts(&edit, context.lang)
    });
    let parts: Vec<String> = parts.collect();
    let parts = Some(parts.join(context.lang.text("phrase.and"))).filter(|parts| !parts.is_empty());
    let mut all: Vec<String> = parts.into_iter().collect();
    all.extend(said.iter().rev().map(|said| remark(context, said)));
    if all.is_empty() {
        let [label, none] =
            ["meeting.this-time", "meeting.no-change"].map(|k| context.lang.text(k));
        return page.field(label, none, Role::Dim);
    }
    listed(context, page, "meeting.this-time", all.iter(), Role::Text);
}

/// Returns the last change of a clause before the meeting.
fn last_change(context: &Context, meeting: &Meeting, clause: usize) -> Option<String> {
    let id = context.document.clauses[clause].id.to_string();
    let is_here = |edit: &&Edit| edit.target.clause == id;
    let changes = context.progress.changes();
    let earlier = changes.filter(|change| change.at < meeting.began());
    let (change, edit) = earlier
        .filter_map(|change| Some((change, change.edits().iter().rfind(is_here)?)))
        .filter(|(change, _)| context.progress.stands(&change.id))
        .last()?;
    let parts = phrase::parts(edit, context.lang).join(context.lang.text("phrase.and"));
    let (at, by) = (day(context, change.when()), clean(&change.by));
    Some(format!("{at}  {by}  {}", clean(&parts)))
}

/// Appends items under one label.
fn listed(
    context: &Context,
    page: &mut Page,
    key: &'static str,
    items: impl IntoIterator<Item = impl AsRef<str>>,
    role: Role,
) {
    let mut label = format!("{}  ", context.lang.text(key));
    for item in items {
        page.hanging(&label, Role::Dim, &clean(item.as_ref()), &[], role);
        label = " ".repeat(context.policy.width(&label));
    }
}

/// Returns a remark as `11-20  问题  …`; with the time if it is today's.
fn remark(context: &Context, remark: &Remark) -> String {
    let (at, kind) = (
        day(context, remark.at),
        context.lang.text(remark.kind.name_key()),
    );
    format!("{at}  {kind}  {}", clean(&remark.text))
}

fn day(context: &Context, at: Timestamp) -> String {
    let at = at.to_zoned_datetime(context.zone.clone());
    let format = match at.date() {
        day if day == context.today => "%H:%M",
        day => figures::day_format(context, day),
    };
    at.strftime(format).to_string()
}
