//! The picker of documents: a line a document, the open one marked.

use super::Pen;
use crate::{
    text::{clean, elide, fill},
    tui::{
        glyphs::Glyphs,
        model::Model,
        shelf::{Item, Shelf},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Below this many columns a line has no room for more than the title.
const ROOMY: usize = 48;

/// Draws the picker over everything but the footer.
pub fn draw(model: &Model, buf: &mut Buffer, shelf: &Shelf) {
    let footer = u16::from(model.size.1 >= 2);
    let area = Rect::new(0, 0, model.size.0, model.size.1 - footer.min(model.size.1));
    fill(buf, area, model.theme.style(Role::Text));
    if area.is_empty() {
        return;
    }
    heading(&mut Pen::new(model, buf, area, 0), shelf);
    let count = shelf.shown().len();
    let room = usize::from(area.height - 1);
    // The cursor stays in the middle where there are more.
    let first = shelf
        .selected()
        .saturating_sub(room / 2)
        .min(count.saturating_sub(room));
    let rows = shelf.shown().enumerate().skip(first);
    for (line, (index, item)) in (1..area.height).zip(rows) {
        draw_item(&mut Pen::new(model, buf, area, line), item);
        if index == shelf.selected() {
            let line = Rect {
                y: area.y + line,
                height: 1,
                ..area
            };
            buf.set_style(line, model.theme.style(Role::Selected));
        }
    }
}

fn heading(pen: &mut Pen<'_>, shelf: &Shelf) {
    let lang = pen.model.lang;
    pen.skip(1);
    if !shelf.is_listed() {
        return pen.put(lang.text("documents.listing"), Role::Dim);
    }
    let count = shelf.shown().len();
    pen.put(
        &lang.fill("documents.title", &[("n", &count)]),
        Role::Heading,
    );
    if !shelf.find().is_empty() {
        pen.put(&format!("  /{}", clean(shelf.find())), Role::Key);
    }
    if shelf.wrong > 0 {
        let wrong = lang.fill("documents.wrong", &[("n", &shelf.wrong)]);
        pen.put(&format!("  {wrong}"), Role::Alarm);
    }
}

fn draw_item(pen: &mut Pen<'_>, item: &Item) {
    let (model, policy) = (pen.model, pen.model.policy);
    let open = item.name == model.name;
    let sign = if open { Glyphs::of(policy).marked } else { " " };
    pen.put(sign, Role::Key);
    pen.skip(1);
    let end = pen.end;
    if pen.room() >= ROOMY {
        // The end of a path tells more than its beginning.
        let name = tail(model, &clean(&item.name), pen.room() / 3);
        let width = u16::try_from(policy.width(&name) + 1).unwrap_or(u16::MAX);
        let start = std::mem::replace(&mut pen.x, end.saturating_sub(width));
        let at = pen.x;
        pen.put(&name, Role::Dim);
        (pen.x, pen.end) = (start, at.saturating_sub(2));
    }
    let title = clean(&item.title);
    let stage = item.stage.as_deref().map(clean).unwrap_or_default();
    let taken = policy.width(&stage) + 2;
    let role = if open { Role::Heading } else { Role::Text };
    let with_stage = !stage.is_empty() && pen.room() >= ROOMY / 2 + taken;
    let room = pen.room() - if with_stage { taken } else { 0 };
    pen.put(&elide(policy, &title, room), role);
    if with_stage {
        pen.skip(2);
        pen.put(&stage, Role::Dim);
    }
}

/// Cuts a name at its beginning to so many columns.
fn tail(model: &Model, name: &str, width: usize) -> String {
    let policy = model.policy;
    if policy.width(name) <= width {
        return name.to_owned();
    }
    let mut over = policy.width(name) + 2 - width.max(2);
    let mut start = 0;
    for (at, glyph, columns) in policy.graphemes(name) {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(columns);
        start = at + glyph.len();
    }
    format!("..{}", name.get(start..).unwrap_or_default())
}
