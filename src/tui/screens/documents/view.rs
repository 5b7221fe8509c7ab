//! Draws the document picker: one line per document, the open one marked.

use super::picker::DocumentPicker;
use crate::{
    text::{clean, elide},
    tui::{
        context::Context,
        message::DocumentItem,
        widgets::{glyphs::MARK, pen::Pen, theme::Role},
    },
};

/// Below this width a line shows only the title.
const ROOMY: usize = 48;

pub(super) fn heading(context: &Context, pen: &mut Pen<'_>, picker: &DocumentPicker) {
    let lang = context.lang;
    pen.skip(1);
    if !picker.is_listed() {
        return pen.put(lang.text("documents.listing"), Role::Dim);
    }
    let count = picker.shown().len();
    pen.put(
        &lang.fill("documents.title", &[("n", &count)]),
        Role::Heading,
    );
    if !picker.find().is_empty() {
        pen.put(&format!("  /{}", clean(picker.find())), Role::Key);
    }
    if picker.wrong > 0 {
        let wrong = lang.fill("documents.wrong", &[("n", &picker.wrong)]);
        pen.put(&format!("  {wrong}"), Role::Alarm);
    }
}

pub(super) fn draw_item(context: &Context, pen: &mut Pen<'_>, item: &DocumentItem) {
    let policy = context.policy;
    let open = item.name == context.name;
    let sign = if open { MARK } else { " " };
    pen.put(sign, Role::Key);
    pen.skip(1);
    let end = pen.end;
    if pen.room() >= ROOMY {
        // The end of a path says more than its beginning.
        let name = tail(context, &clean(&item.name), pen.room() / 3);
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

/// Cuts a name at its beginning to a width.
fn tail(context: &Context, name: &str, width: usize) -> String {
    let policy = context.policy;
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
