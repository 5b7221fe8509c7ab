//! The tree, one row per item: number, box and text, and at the right its unit and deadline, or the
//! rate of a heading's clauses. The columns are the same in every row.

use crate::{
    document::Node,
    progress::{Due, Record, Tally, Urgency},
    text::{clean, elide, elide_around, flow, pad},
    tui::{
        context::Context,
        figures::bar,
        keymap::Mode,
        outline::Row,
        widgets::{
            glyphs::{CURSOR, FOLDED, MARK, UNFOLDED},
            list,
            pen::Pen,
            theme::Role,
        },
    },
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::borrow::Cow;

/// The widths of the parts of a row.
#[derive(Debug, Clone, Copy)]
struct TreeColumns {
    /// Before the number: the cursor and the sign of folding.
    lead: usize,
    /// A clause's number and the blank after it.
    number: usize,
    /// The unit; 0 if it does not fit, or no clause has one.
    unit: usize,
    /// A deadline.
    due: usize,
    /// The bar of a chapter; 0 if it does not fit.
    bar: usize,
}

impl TreeColumns {
    fn of(context: &Context, width: u16) -> Self {
        let clauses = &context.document.clauses;
        let is_wide = width >= 50;
        let has_units = is_wide && clauses.iter().any(|c| !c.responsibility.units.is_empty());
        Self {
            lead: if is_wide { 3 } else { 2 },
            number: context.document.id_width + 1,
            unit: if has_units {
                usize::from(width / 7).clamp(8, 14)
            } else {
                0
            },
            due: "!11-20".len(),
            bar: if is_wide { 5 } else { 0 },
        }
    }
}

/// Draws the outline's window; returns the place of the row under the cursor.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    if context.outline.rows().is_empty() {
        nothing(context, buf, area);
        return None;
    }
    let columns = TreeColumns::of(context, area.width);
    let rows = context.outline.in_sight();
    // If the detail has the keys, only a sign marks the current row.
    let selected = if context.has(Mode::Detail) {
        usize::MAX
    } else {
        context.outline.selected()
    };
    list::draw(context.look(), buf, area, rows, selected, |pen, nth| {
        draw_row(context, columns, pen, context.outline.rows()[nth]);
    })
}

/// Says why nothing is shown and what to do about it, as many hints per line as fit.
fn nothing(context: &Context, buf: &mut Buffer, area: Rect) {
    let lang = context.lang;
    let said = if context.outline.filter().is_some() {
        let (back, search) = (context.key("back"), context.key("search"));
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("query", &clean(&context.search.text)),
            ("n", &context.document.clauses.len()),
            ("back", &back),
            ("search", &search),
        ];
        let found = lang.fill("outline.none-found", &values);
        vec![found, lang.text("outline.examples").to_owned()]
    } else {
        let keys = [
            ("add", context.key("add")),
            ("documents", context.key("documents")),
        ];
        let values = keys
            .each_ref()
            .map(|(id, key)| (*id, key as &dyn std::fmt::Display));
        vec![lang.fill("outline.empty", &values)]
    };
    let room = usize::from(area.width).saturating_sub(3).max(1);
    let rows = said
        .iter()
        .flat_map(|text| flow(context.policy, text.split('|'), 3, room));
    for (row, text) in (1..area.height).zip(rows) {
        let mut pen = context.pen(buf, area, row);
        pen.skip(2);
        pen.put(&text, Role::Text);
    }
}

fn draw_row(context: &Context, columns: TreeColumns, pen: &mut Pen<'_>, row: Row) {
    let is_selected = context.outline.row() == Some(row);
    pen.put(if is_selected { CURSOR } else { " " }, Role::Text);
    let (sign, role) = sign(context, row);
    pen.put(sign, role);
    pen.skip(columns.lead - 2);
    // A blank separates every row from what is beside it.
    pen.end = pen.end.saturating_sub(1).max(pen.x);
    match row {
        Row::Node(Node::Clause(clause)) => draw_clause(context, columns, pen, clause),
        Row::Step(clause, step) => draw_step(context, columns, pen, (clause, step)),
        Row::Section(measure) => {
            let section = context.document.measures[measure].section.as_deref();
            pen.put_elided(&one_line(&clean(section.unwrap_or_default())), Role::Dim);
        }
        Row::Node(node) => draw_heading(context, columns, pen, node),
    }
}

/// Returns the sign of folding, or the mark of a marked clause.
fn sign(context: &Context, row: Row) -> (&'static str, Role) {
    let Row::Node(node) = row else {
        return (" ", Role::Text);
    };
    let sign = match node {
        Node::Clause(clause) if context.marks.contains(&clause) => return (MARK, Role::Key),
        node if is_leaf(context, node) => " ",
        node if context.outline.is_folded(node) => FOLDED,
        Node::Chapter(_) => UNFOLDED,
        Node::Measure(_) | Node::Clause(_) => " ",
    };
    (sign, Role::Text)
}

/// Draws a chapter or measure, and the rate of its clauses.
fn draw_heading(context: &Context, columns: TreeColumns, pen: &mut Pen<'_>, node: Node) {
    let (text, columns) = match node {
        Node::Measure(i) => {
            let title = &context.document.measures[i].title;
            let text = format!("{} {title}", context.label(node));
            (text, TreeColumns { bar: 0, ..columns })
        }
        Node::Chapter(i) => (context.document.chapters[i].heading(), columns),
        Node::Clause(_) => return,
    };
    let rolled = roll_up(context, columns, node);
    let width: usize = rolled.iter().map(|(text, _)| pen.width(text)).sum();
    let room = pen.room();
    if width > 0 && room >= width + 8 {
        let right = right_of(pen, width);
        let text = elide(context.policy, &clean(&text), room - width - 2).into_owned();
        pen.put_found(&context.search.query, &text, Role::Heading);
        pen.x = right;
        for (text, role) in rolled {
            pen.put(&text, role);
        }
    } else {
        let text = elide(context.policy, &clean(&text), room).into_owned();
        pen.put_found(&context.search.query, &text, Role::Heading);
    }
}

/// Returns the column from which this many columns are left.
fn right_of(pen: &Pen<'_>, columns: usize) -> u16 {
    let columns = u16::try_from(columns).unwrap_or(u16::MAX);
    pen.end.saturating_sub(columns).max(pen.x)
}

/// Returns the rate of a heading's clauses; empty if it has none.
fn roll_up(context: &Context, columns: TreeColumns, node: Node) -> Vec<(String, Role)> {
    if context.document.clauses_of(node).is_empty() {
        return Vec::new();
    }
    let (n, of) = context.progress.tally(node).rate();
    let rate = match context.outline.filter() {
        None => format!("{n}/{of}"),
        Some(shown) => shown_rate(context, node, shown, of),
    };
    // The bars of all chapters begin in one column.
    let rate = crate::text::pad_left(
        context.policy,
        &rate,
        rate.len().max(5 * columns.bar.min(1)),
    );
    let mut parts = Vec::from(bar(columns.bar, n, of));
    if columns.bar > 0 {
        parts.push((" ".to_owned(), Role::Text));
    }
    parts.push((rate, Role::Dim));
    parts
}

fn draw_clause(context: &Context, columns: TreeColumns, pen: &mut Pen<'_>, clause: usize) {
    let id = context.document.clauses[clause].id.to_string();
    let record = context.progress.record(clause);
    pen.put(&pad(context.policy, &id, columns.number), Role::Text);
    pen.put(record.status.mark(), Role::Status(record.status));
    pen.skip(1);
    let urgency = record.urgency(context.today, context.limits.days_ahead);
    let (due, role) = due(context, record.due, urgency);
    let width = pen.width(&due);
    let room = pen.room();
    let beside = if columns.unit > 0 {
        columns.unit + columns.due + 4
    } else {
        width + usize::from(width > 0)
    };
    // With little room, the text is more important.
    let beside = if room >= beside + 8 { beside } else { 0 };
    let steps = steps_done(record);
    let taken = match pen.width(&steps) {
        0 => 0,
        width if room > beside + width + 8 => width + 2,
        _ => 0,
    };
    let text = clause_text(context, clause, room - beside - taken);
    let (from, right) = (right_of(pen, beside), right_of(pen, width));
    pen.put_found(&context.search.query, &text, Role::Text);
    if taken > 0 {
        pen.skip(2);
        pen.put(&steps, Role::Dim);
    }
    if beside == 0 {
        return;
    }
    if columns.unit > 0 {
        pen.x = from + 2;
        let room = usize::from(right - pen.x).saturating_sub(usize::from(width > 0));
        pen.put(
            &unit(context, clause, room.min(columns.unit + 1)),
            Role::Dim,
        );
    }
    pen.x = right;
    pen.put(&due, role);
}

/// Returns how many steps of a clause are done, `1/3`; empty if it has none.
fn steps_done(record: &Record) -> String {
    let done = record.steps.iter().filter(|s| s.status.is_complete());
    match record.steps.len() {
        0 => String::new(),
        of => format!("{}/{of}", done.count()),
    }
}

/// Draws a step under its clause, with its own deadline.
fn draw_step(
    context: &Context,
    columns: TreeColumns,
    pen: &mut Pen<'_>,
    (clause, step): (usize, usize),
) {
    let record = context.progress.record(clause);
    let Some(step) = record.steps.get(step) else {
        return;
    };
    pen.skip(columns.number + step.status.mark().len() + 1);
    pen.put(step.status.mark(), Role::Status(step.status));
    pen.skip(1);
    let (due, role) = due(
        context,
        step.due,
        step.urgency(context.today, context.limits.days_ahead),
    );
    let width = pen.width(&due);
    let beside = if width > 0 && pen.room() > width + 8 {
        width + 1
    } else {
        0
    };
    let right = right_of(pen, width);
    let room = pen.room() - beside;
    let text = elide(context.policy, &one_line(&clean(&step.text)), room).into_owned();
    pen.put_found(&context.search.query, &text, Role::Text);
    if beside > 0 {
        pen.x = right;
        pen.put(&due, role);
    }
}

/// Returns the first unit of a clause, by the first of its short names that fits, and the number of
/// its units, or at least a sign that it has others.
fn unit(context: &Context, clause: usize, room: usize) -> String {
    let units = &context.document.clauses[clause].responsibility.units;
    let Some(first) = units.first() else {
        return String::new();
    };
    let said = |name: &str, count: Option<usize>| {
        let (all, more) = (count.unwrap_or(0), count.unwrap_or(0).saturating_sub(1));
        let number = |n: usize| count.map_or_else(String::new, |_| n.to_string());
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("unit", &name),
            ("n", &number(all)),
            ("more", &number(more)),
        ];
        match units.len() {
            1 => name.to_owned(),
            _ => context.lang.fill("outline.unit", &values),
        }
    };
    let names = context.units.short_names(first).iter().map(String::as_str);
    let names: Vec<&str> = names.chain([first.as_str()]).collect();
    let counted = names.iter().map(|name| said(name, Some(units.len())));
    let others = names.iter().map(|name| said(name, None));
    let fits = |text: &String| context.policy.width(text) <= room;
    let found = counted.chain(others).find(fits);
    found.unwrap_or_else(|| elide(context.policy, names[0], room).into_owned())
}

/// Returns as much of a clause as fits: its beginning, or around the search's match.
fn clause_text(context: &Context, clause: usize, room: usize) -> String {
    let text = clean(&context.document.clauses[clause].text);
    match crate::search::highlight(&context.search.query, &text).first() {
        Some(found) => one_line(&elide_around(context.policy, &text, found, room)).into_owned(),
        None => elide(context.policy, &one_line(&text), room).into_owned(),
    }
}

/// Returns whether a chapter or measure has only text, and nothing to unfold.
fn is_leaf(context: &Context, node: Node) -> bool {
    match node {
        Node::Chapter(i) => context.document.chapters[i].measures.is_empty(),
        Node::Measure(i) => context.document.measures[i].clauses.is_empty(),
        Node::Clause(_) => false,
    }
}

/// Returns the roll-up of the filtered clauses, and the number of all: `1/2 / 4`.
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

fn due(context: &Context, due: Option<Due>, urgency: Option<Urgency>) -> (String, Role) {
    let date = match due {
        Some(Due::Date(date)) if date.year() == context.today.year() => date.strftime("%m-%d"),
        Some(Due::Date(date)) => date.strftime("%y-%m-%d"),
        Some(Due::Long) => return (context.lang.text("due.long").to_owned(), Role::Dim),
        None => return (String::new(), Role::Dim),
    };
    match urgency {
        Some(Urgency::Overdue) => (format!("!{date}"), Role::Overdue),
        Some(Urgency::Soon) => (format!("~{date}"), Role::Soon),
        None => (date.to_string(), Role::Dim),
    }
}

/// Returns a text on one line, cut beyond what the widest screen shows.
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
