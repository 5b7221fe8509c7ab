//! The first line: the title, what needs attention, the rate, and the author's name.

use crate::{
    progress::{Status, Urgency},
    report::stats,
    text::{clean, elide},
    tui::{
        context::Context,
        figures::{bar, rate},
        keymap::Mode,
        widgets::theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Something beside the title: the higher its rank, the earlier it is dropped for the title.
struct HeaderPart {
    rank: u8,
    pieces: Vec<(String, Role)>,
}

/// Draws the header.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let policy = context.policy;
    let mut pen = context.pen(buf, area, 0);
    pen.skip(1);
    let day = || context.lang.fill("header.past", &[("day", &context.today)]);
    let past = context.past.as_ref().map(|_| day());
    let name = past.as_deref().unwrap_or(context.lang.text("header.name"));
    let role = if past.is_some() {
        Role::Selected
    } else {
        Role::Heading
    };
    let title = clean(&context.document.title);
    // The day that is shown comes before everything else.
    let wanted = match &past {
        Some(day) => policy.width(day) + 2,
        None => usize::from(area.width / 3).min(policy.width(&title)),
    };
    let gap = if area.width < 60 { 1 } else { 2 };
    let mut parts = parts(context, area.width);
    let width = |parts: &[HeaderPart]| -> usize {
        let pieces = parts.iter().flat_map(|part| &part.pieces);
        let widths = pieces.map(|(text, _)| policy.width(text));
        widths.sum::<usize>() + parts.len() * gap
    };
    while wanted + width(&parts) + 1 > pen.room() && parts.len() > 1 {
        let last = parts.iter().map(|part| part.rank).max();
        parts.retain(|part| Some(part.rank) != last);
    }
    let right = width(&parts);
    let has_room = policy.width(name) + 2 + policy.width(&title).min(24) + right < pen.room();
    if has_room || past.is_some() {
        pen.put(name, role);
        pen.skip(2);
    }
    let left = pen.room().saturating_sub(right + 1);
    pen.put(&elide(policy, &title, left), Role::Text);
    pen.skip(pen.room().saturating_sub(right + 1));
    for part in &parts {
        pen.skip(gap);
        for (text, role) in &part.pieces {
            pen.put(text, *role);
        }
    }
}

/// Returns what is shown beside the title, in order.
fn parts(context: &Context, width: u16) -> Vec<HeaderPart> {
    let part = |rank, text: String, role| HeaderPart {
        rank,
        pieces: vec![(text, role)],
    };
    let mut parts = Vec::new();
    let text = clean(&context.search.text);
    let filter = context.outline.filter();
    // A line being typed shows its own query.
    if filter.is_some() && context.mode() != Mode::Line {
        let query = elide(context.policy, &text, usize::from(width / 5)).into_owned();
        parts.push(part(5, format!("/{query}"), Role::Key));
    }
    let burning = burning(context).into_iter().filter(|(n, ..)| *n > 0);
    parts.extend(burning.map(|(n, rank, name, role)| {
        let name = context.lang.text(name);
        part(rank, format!("{name} {n}"), role)
    }));
    let (n, of) = context.progress.total().rate();
    let mut said = rate(n, of);
    if let Some(shown) = filter {
        let total = context.document.clauses.len();
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("n", &shown.len()), ("of", &total), ("rate", &said)];
        said = context.lang.fill("header.shown", &values);
    }
    let mut pieces = vec![(said, Role::Heading)];
    if let Some(columns) = bar_width(width) {
        pieces.push((" ".to_owned(), Role::Text));
        pieces.extend(bar(columns, n, of));
    }
    parts.push(HeaderPart { rank: 0, pieces });
    let beside = context.progress.beside();
    if beside.total() > 0 {
        parts.push(part(4, stats::added(beside, context.lang), Role::Text));
    }
    let by = elide(context.policy, &context.by, 12).into_owned();
    if !by.is_empty() && width >= 70 {
        parts.push(part(6, by, Role::Dim));
    }
    parts
}

/// Returns what needs attention: the count, the rank, the key of its name, and the role.
fn burning(context: &Context) -> [(usize, u8, &'static str, Role); 3] {
    let (mut overdue, mut soon, mut blocked) = (0, 0, 0);
    for clause in 0..context.document.clauses.len() {
        let record = context.progress.record(clause);
        blocked += usize::from(record.status == Status::Blocked);
        match record.urgency(context.today, context.limits.days_ahead) {
            Some(Urgency::Overdue) => overdue += 1,
            Some(Urgency::Soon) => soon += 1,
            None => {}
        }
    }
    let status = Status::Blocked;
    [
        (overdue, 1, "urgency.overdue", Role::Overdue),
        (soon, 2, "urgency.soon", Role::Soon),
        (blocked, 3, status.name_key(), Role::Status(status)),
    ]
}

const fn bar_width(width: u16) -> Option<usize> {
    match width {
        120.. => Some(12),
        70.. => Some(8),
        _ => None,
    }
}
