//! The first line: whose checklist this is, and how far it is.

use crate::{
    text::{clean, elide},
    tui::{
        context::Context,
        figures::{draw_bar, rate},
        keymap::Mode,
        widgets::theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Draws the header.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let (n, of) = context.progress.total().rate();
    let mut right = rate(n, of);
    if let Some(shown) = context.outline.filter() {
        let total = context.document.clauses.len();
        right = context.lang.fill(
            "header.shown",
            &[("n", &shown.len()), ("of", &total), ("rate", &right)],
        );
    }
    let bar = bar_width(area.width);
    let used = context.policy.width(&right) + if bar > 0 { bar + 1 } else { 0 } + 1;
    let mut pen = context.pen(buf, area, 0);
    let query = query(context, pen.room().saturating_sub(used));
    let used = used + context.policy.width(&query);
    let room = pen.room().saturating_sub(used + 1);
    let name = context.lang.text("header.name");
    if context.policy.width(name) + 10 <= room {
        pen.skip(1);
        pen.put(name, Role::Heading);
    }
    pen.skip(1);
    let left = (room + usize::from(area.x)).saturating_sub(usize::from(pen.x));
    let title = clean(&context.document.title);
    pen.put(&elide(context.policy, &title, left), Role::Text);
    pen.x = area
        .right()
        .saturating_sub(u16::try_from(used).unwrap_or(u16::MAX))
        .max(area.x);
    pen.put(&query, Role::Key);
    pen.put(&right, Role::Heading);
    pen.skip(1);
    draw_bar(&mut pen, bar, n, of);
}

/// Returns the query that was kept, where there is room for it beside the title; a line being typed
/// shows its own.
fn query(context: &Context, room: usize) -> String {
    if context.mode() == Mode::Line || context.outline.filter().is_none() || room < 40 {
        return String::new();
    }
    let text = format!("/{}", clean(&context.search.text));
    format!("{}  ", elide(context.policy, &text, room / 3))
}

const fn bar_width(width: u16) -> usize {
    match width {
        100.. => 14,
        70.. => 8,
        _ => 0,
    }
}
