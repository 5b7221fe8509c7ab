//! The tree, one row an item: fold sign or box, title or text, and what it comes to at the right.

use crate::{
    document::Node,
    progress::{Due, Record, Status, Tally, Urgency},
    text::{clean, elide, elide_around, wrap},
    tui::{
        context::Context,
        outline::Row,
        widgets::{
            glyphs::{CURSOR, FOLDED, MARK, UNFOLDED},
            list,
            pen::Pen,
            theme::Role,
        },
    },
};
use ratatui::{buffer::Buffer, layout::Rect};
use std::borrow::Cow;

/// Draws the outline's window.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    if context.outline.rows().is_empty() {
        return nothing(context, buf, area);
    }
    let rows = context.outline.in_sight();
    let selected = context.outline.selected();
    list::draw(context.look(), buf, area, rows, selected, |pen, nth| {
        draw_row(context, pen, context.outline.rows()[nth]);
    });
}

/// Says why there is nothing to show, and what to do about it.
fn nothing(context: &Context, buf: &mut Buffer, area: Rect) {
    let lang = context.lang;
    let words = if context.outline.filter().is_some() {
        lang.fill(
            "outline.none-found",
            &[("query", &clean(&context.search.text))],
        )
    } else {
        lang.text("outline.empty").to_owned()
    };
    let width = usize::from(area.width).saturating_sub(2).max(1);
    for (row, range) in (0..area.height).zip(wrap(context.policy, &words, width)) {
        let mut pen = context.pen(buf, area, row);
        pen.skip(1);
        pen.put(words.get(range).unwrap_or_default().trim_end(), Role::Dim);
    }
}

fn draw_row(context: &Context, pen: &mut Pen<'_>, row: Row) {
    let selected = context.outline.row() == Some(row);
    pen.put(if selected { CURSOR } else { " " }, Role::Text);
    let (right, right_role) = right(context, row);
    let reserved = if right.is_empty() {
        1
    } else {
        context.policy.width(&right) + 2
    };
    // Where there is hardly room for the text, the text counts more.
    let reserved = if pen.room() >= reserved + 8 {
        reserved
    } else {
        0
    };
    let end = pen.end - u16::try_from(reserved).unwrap_or(0).min(pen.end - pen.x);
    draw_left(context, pen, row, end);
    if reserved > 1 {
        pen.x = end + 1;
        pen.put(&right, right_role);
    }
}

fn draw_left(context: &Context, pen: &mut Pen<'_>, row: Row, end: u16) {
    // On a narrow screen a level is one column.
    let step = if pen.room() >= 36 { 2 } else { 1 };
    let fold = if context.outline.is_folded(row.node()) {
        FOLDED
    } else {
        UNFOLDED
    };
    let node = row.node();
    let fold = if is_leaf(context, node) { " " } else { fold };
    let (depth, sign, sign_role, text, role) = match node {
        Node::Clause(i) if matches!(row, Row::Step(..)) => step_row(context, i, row),
        Node::Measure(i) if matches!(row, Row::Section(_)) => (
            1,
            " ",
            Role::Dim,
            one_line(
                context.document.measures[i]
                    .section
                    .as_deref()
                    .unwrap_or_default(),
            ),
            Role::Dim,
        ),
        Node::Chapter(i) => (
            0,
            fold,
            Role::Text,
            context.document.chapters[i].heading().into(),
            Role::Heading,
        ),
        Node::Measure(i) => {
            let title = &context.document.measures[i].title;
            (
                1,
                fold,
                Role::Text,
                format!("{} {title}", context.label(node)).into(),
                Role::Text,
            )
        }
        Node::Clause(i) => {
            let status = context.progress.status(i);
            let role = Role::Status(status);
            (2, status.mark(), role, Cow::Borrowed(""), role)
        }
    };
    let marked = matches!(row, Row::Node(Node::Clause(i)) if context.marks.contains(&i));
    if marked {
        pen.put(MARK, Role::Key);
    }
    pen.skip(depth * step - usize::from(marked));
    pen.put(sign, sign_role);
    pen.skip(1);
    let room = usize::from(end.saturating_sub(pen.x));
    let text = match row {
        Row::Node(Node::Clause(i)) => clause(context, i, room),
        _ => elide(context.policy, &clean(&text), room).into_owned(),
    };
    pen.put_found(&context.search.query, &text, role);
}

/// Returns as much of a clause as there is room for: its beginning, or what the search found in it.
fn clause(context: &Context, clause: usize, room: usize) -> String {
    let text = clean(&context.document.clauses[clause].text);
    match crate::search::highlight(&context.search.query, &text).first() {
        Some(found) => one_line(&elide_around(context.policy, &text, found, room)).into_owned(),
        None => elide(context.policy, &one_line(&text), room).into_owned(),
    }
}

/// Returns whether a chapter or measure has text only, and nothing to unfold.
fn is_leaf(context: &Context, node: Node) -> bool {
    match node {
        Node::Chapter(i) => context.document.chapters[i].measures.is_empty(),
        Node::Measure(i) => context.document.measures[i].clauses.is_empty(),
        Node::Clause(_) => false,
    }
}

/// A step under its clause.
fn step_row(
    context: &Context,
    clause: usize,
    row: Row,
) -> (usize, &'static str, Role, Cow<'_, str>, Role) {
    let Row::Step(_, step) = row else {
        return (3, "", Role::Text, Cow::Borrowed(""), Role::Text);
    };
    let record = context.progress.record(clause);
    let (status, text) = record
        .steps
        .get(step)
        .map_or((Status::Todo, ""), |s| (s.status, s.text.as_str()));
    let role = Role::Status(status);
    (
        4,
        status.mark(),
        role,
        one_line(&clean(text)).into_owned().into(),
        role,
    )
}

/// What stands at the right end: a roll-up, or a deadline with its sign.
fn right(context: &Context, row: Row) -> (String, Role) {
    match row.node() {
        Node::Clause(_) if matches!(row, Row::Step(..)) => (String::new(), Role::Dim),
        Node::Clause(i) => due(context, context.progress.record(i)),
        // Nothing is to be done there.
        node if matches!(row, Row::Section(_)) || context.document.clauses_of(node).is_empty() => {
            (String::new(), Role::Dim)
        }
        node => {
            let (n, of) = context.progress.tally(node).rate();
            match context.outline.filter() {
                None => (format!("{n}/{of}"), Role::Dim),
                Some(shown) => (shown_rate(context, node, shown, of), Role::Dim),
            }
        }
    }
}

/// The roll-up of what a filter shows, and of how many: `1/2 / 4`.
fn shown_rate(context: &Context, node: Node, shown: &[usize], all: usize) -> String {
    let range = context.document.clauses_of(node);
    let from = shown.partition_point(|c| *c < range.start);
    let mut tally = Tally::default();
    for clause in shown.iter().skip(from).take_while(|c| **c < range.end) {
        tally.add(context.progress.status(*clause));
    }
    let (n, of) = tally.rate();
    context
        .lang
        .fill("outline.shown", &[("n", &n), ("of", &of), ("all", &all)])
}

fn due(context: &Context, record: &Record) -> (String, Role) {
    let Some(Due::Date(date)) = record.due else {
        return (String::new(), Role::Dim);
    };
    let date = if date.year() == context.today.year() {
        date.strftime("%m-%d").to_string()
    } else {
        date.to_string()
    };
    match record.urgency(context.today, context.limits.days_ahead) {
        Some(Urgency::Overdue) => (format!("!{date}"), Role::Overdue),
        Some(Urgency::Soon) => (format!("~{date}"), Role::Soon),
        None => (date, Role::Dim),
    }
}

/// Returns a text as one line; a row needs no more of it than fits on the widest screen.
fn one_line(text: &str) -> Cow<'_, str> {
    let most = match text.len() {
        ..=1600 => text.len(),
        _ => text
            .char_indices()
            .nth(400)
            .map_or(text.len(), |(at, _)| at),
    };
    let text = text.get(..most).unwrap_or_default();
    if text.contains('\n') {
        text.replace('\n', " ").into()
    } else {
        text.into()
    }
}
