//! The first line: whose checklist this is, and how far it is.

use super::{Pen, rate};
use crate::{
    text::{clean, elide},
    tui::{
        glyphs::Glyphs,
        model::{Layer, Model},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Draws the header.
pub fn draw(model: &Model, buf: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let (n, of) = model.progress.total().rate();
    let mut right = rate(n, of);
    if let Some(shown) = model.outline.filter() {
        let total = model.document.clauses.len();
        right = model.lang.fill(
            "header.shown",
            &[("n", &shown.len()), ("of", &total), ("rate", &right)],
        );
    }
    let bar = bar_width(area.width);
    let used = model.policy.width(&right) + if bar > 0 { bar + 1 } else { 0 } + 1;
    let mut pen = Pen::new(model, buf, area, 0);
    let query = query(model, pen.room().saturating_sub(used));
    let used = used + model.policy.width(&query);
    let room = pen.room().saturating_sub(used + 1);
    let name = model.lang.text("header.name");
    if model.policy.width(name) + 10 <= room {
        pen.skip(1);
        pen.put(name, Role::Heading);
    }
    pen.skip(1);
    let left = (room + usize::from(area.x)).saturating_sub(usize::from(pen.x));
    let title = elide(model.policy, &clean(&model.document.title), left).into_owned();
    pen.put(&title, Role::Text);
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
fn query(model: &Model, room: usize) -> String {
    let typing = matches!(model.layers.last(), Some(Layer::Line(_)));
    if typing || model.outline.filter().is_none() || room < 40 {
        return String::new();
    }
    let text = format!("/{}", clean(&model.search.text));
    format!("{}  ", elide(model.policy, &text, room / 3))
}

const fn bar_width(width: u16) -> usize {
    match width {
        100.. => 14,
        70.. => 8,
        _ => 0,
    }
}

/// Draws a bar of so many columns, `n` of `of` full.
pub(crate) fn draw_bar(pen: &mut Pen<'_>, width: usize, n: usize, of: usize) {
    let glyphs = Glyphs::of(pen.model.policy);
    let halves = (n * width * 2).checked_div(of).unwrap_or(0);
    let (full, half) = (halves / 2, halves % 2);
    for i in 0..width {
        match (i < full, i == full && half == 1) {
            (true, _) => pen.put(glyphs.full, Role::Bar),
            (_, true) => pen.put(glyphs.half, Role::Bar),
            _ => pen.put(glyphs.empty, Role::Dim),
        }
    }
}
