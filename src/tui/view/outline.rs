//! The tree, one row an item: fold sign or box, title or text, and what it comes to at the right.

use super::Pen;
use crate::{
    document::Node,
    progress::{Due, Record, Status, Tally, Urgency},
    text::{clean, elide, elide_around, wrap},
    tui::{glyphs::Glyphs, model::Model, outline::Row, theme::Role},
};
use ratatui::{buffer::Buffer, layout::Rect};
use std::borrow::Cow;

/// Draws the outline's window.
pub fn draw(model: &Model, buf: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    if model.outline.rows().is_empty() {
        return nothing(model, buf, area);
    }
    for (line, (index, row)) in (0u16..).zip(model.outline.window()) {
        if line >= area.height {
            break;
        }
        draw_row(model, buf, area, line, row);
        if index == model.outline.selected() {
            let line = Rect {
                y: area.y + line,
                height: 1,
                ..area
            };
            buf.set_style(line, model.theme.style(Role::Selected));
        }
    }
}

/// Says why there is nothing to show, and what to do about it.
fn nothing(model: &Model, buf: &mut Buffer, area: Rect) {
    let lang = model.lang;
    let words = if model.outline.filter().is_some() {
        lang.fill(
            "outline.none-found",
            &[("query", &clean(&model.search.text))],
        )
    } else {
        lang.text("outline.empty").to_owned()
    };
    let width = usize::from(area.width).saturating_sub(2).max(1);
    for (row, range) in (0..area.height).zip(wrap(model.policy, &words, width)) {
        let mut pen = Pen::new(model, buf, area, row);
        pen.skip(1);
        pen.put(words.get(range).unwrap_or_default().trim_end(), Role::Dim);
    }
}

fn draw_row(model: &Model, buf: &mut Buffer, area: Rect, line: u16, row: Row) {
    let selected = model.outline.row() == Some(row);
    let glyphs = Glyphs::of(model.policy);
    let mut pen = Pen::new(model, buf, area, line);
    pen.put(if selected { glyphs.cursor } else { " " }, Role::Text);
    let (right, right_role) = right(model, row);
    let reserved = if right.is_empty() {
        1
    } else {
        model.policy.width(&right) + 2
    };
    // Where there is hardly room for the text, the text counts more.
    let reserved = if pen.room() >= reserved + 8 {
        reserved
    } else {
        0
    };
    let end = pen.end - u16::try_from(reserved).unwrap_or(0).min(pen.end - pen.x);
    draw_left(model, &mut pen, row, end);
    if reserved > 1 {
        pen.x = end + 1;
        pen.put(&right, right_role);
    }
}

fn draw_left(model: &Model, pen: &mut Pen<'_>, row: Row, end: u16) {
    // On a narrow screen a level is one column.
    let step = if pen.room() >= 36 { 2 } else { 1 };
    let glyphs = Glyphs::of(model.policy);
    let fold = if model.outline.is_folded(row.node()) {
        glyphs.folded
    } else {
        glyphs.unfolded
    };
    let node = row.node();
    let fold = if is_leaf(model, node) { " " } else { fold };
    let (depth, sign, sign_role, text, role) = match node {
        Node::Clause(i) if matches!(row, Row::Step(..)) => step_row(model, i, row),
        Node::Measure(i) if matches!(row, Row::Section(_)) => (
            1,
            " ",
            Role::Dim,
            one_line(
                model.document.measures[i]
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
            model.document.chapters[i].heading().into(),
            Role::Heading,
        ),
        Node::Measure(i) => {
            let title = &model.document.measures[i].title;
            (
                1,
                fold,
                Role::Text,
                format!("{} {title}", model.label(node)).into(),
                Role::Text,
            )
        }
        Node::Clause(i) => {
            let status = model.progress.status(i);
            let role = Role::Status(status);
            (2, status.mark(), role, Cow::Borrowed(""), role)
        }
    };
    let marked = matches!(row, Row::Node(Node::Clause(i)) if model.marks.contains(&i));
    if marked {
        pen.put(glyphs.marked, Role::Key);
    }
    pen.skip(depth * step - usize::from(marked));
    pen.put(sign, sign_role);
    pen.skip(1);
    let room = usize::from(end.saturating_sub(pen.x));
    let text = match row {
        Row::Node(Node::Clause(i)) => clause(model, i, room),
        _ => elide(model.policy, &clean(&text), room).into_owned(),
    };
    pen.put_found(&text, role);
}

/// Returns as much of a clause as there is room for: its beginning, or what the search found in it.
fn clause(model: &Model, clause: usize, room: usize) -> String {
    let text = clean(&model.document.clauses[clause].text);
    match crate::search::highlight(&model.search.query, &text).first() {
        Some(found) => one_line(&elide_around(model.policy, &text, found, room)).into_owned(),
        None => elide(model.policy, &one_line(&text), room).into_owned(),
    }
}

/// Tells whether a chapter or measure has text only, and nothing to unfold.
fn is_leaf(model: &Model, node: Node) -> bool {
    match node {
        Node::Chapter(i) => model.document.chapters[i].measures.is_empty(),
        Node::Measure(i) => model.document.measures[i].clauses.is_empty(),
        Node::Clause(_) => false,
    }
}

/// A step under its clause.
fn step_row(
    model: &Model,
    clause: usize,
    row: Row,
) -> (usize, &'static str, Role, Cow<'_, str>, Role) {
    let Row::Step(_, step) = row else {
        return (3, "", Role::Text, Cow::Borrowed(""), Role::Text);
    };
    let record = model.progress.record(clause);
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
fn right(model: &Model, row: Row) -> (String, Role) {
    match row.node() {
        Node::Clause(_) if matches!(row, Row::Step(..)) => (String::new(), Role::Dim),
        Node::Clause(i) => due(model, model.progress.record(i)),
        // Nothing is to be done there.
        node if matches!(row, Row::Section(_)) || model.document.clauses_of(node).is_empty() => {
            (String::new(), Role::Dim)
        }
        node => {
            let (n, of) = model.progress.tally(node).rate();
            match model.outline.filter() {
                None => (format!("{n}/{of}"), Role::Dim),
                Some(shown) => (shown_rate(model, node, shown, of), Role::Dim),
            }
        }
    }
}

/// The roll-up of what a filter shows, and of how many: `1/2 / 4`.
fn shown_rate(model: &Model, node: Node, shown: &[usize], all: usize) -> String {
    let range = model.document.clauses_of(node);
    let from = shown.partition_point(|c| *c < range.start);
    let mut tally = Tally::default();
    for clause in shown.iter().skip(from).take_while(|c| **c < range.end) {
        tally.add(model.progress.status(*clause));
    }
    let (n, of) = tally.rate();
    model
        .lang
        .fill("outline.shown", &[("n", &n), ("of", &of), ("all", &all)])
}

fn due(model: &Model, record: &Record) -> (String, Role) {
    let Some(Due::Date(date)) = record.due else {
        return (String::new(), Role::Dim);
    };
    let date = if date.year() == model.today.year() {
        date.strftime("%m-%d").to_string()
    } else {
        date.to_string()
    };
    match record.urgency(model.today, model.days_ahead) {
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
