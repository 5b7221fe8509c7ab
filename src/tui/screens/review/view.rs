//! Draws the review: old and new clause side by side or one above the other, with differences
//! highlighted.

use super::{
    page::ReviewPage,
    walk::{ReviewSource, ReviewWalk},
};
use crate::{
    text::{clean, elide},
    tui::{
        context::Context,
        figures::more,
        layout,
        widgets::{
            glyphs::UPRIGHT,
            lines::{self, Line},
            list,
            pen::Pen,
            theme::Role,
        },
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Margin on both sides.
const MARGIN: u16 = 1;

/// Areas of the screen.
struct ReviewAreas {
    title: Rect,
    head: Rect,
    body: Rect,
}

fn width(context: &Context) -> usize {
    usize::from(context.size.0.saturating_sub(2 * MARGIN).max(1))
}

impl ReviewAreas {
    fn of(context: &Context, page: &ReviewPage) -> Self {
        let (columns, rows) = context.stage();
        let rows = rows - u16::from(rows >= 2);
        let x = MARGIN.min(columns);
        let inner = columns.saturating_sub(2 * MARGIN);
        let title = u16::from(rows >= 3);
        let wanted = u16::try_from(page.head.len()).unwrap_or(u16::MAX);
        // Most room is for the texts.
        let head = wanted.min((rows - title) / 3);
        let air = u16::from(rows >= 12);
        let top = title + head + air;
        Self {
            title: Rect::new(0, 0, columns, title),
            head: Rect::new(x, title, inner, head),
            body: Rect::new(x, top.min(rows), inner, rows.saturating_sub(top)),
        }
    }
}

/// Returns how many lines the review can scroll.
pub(super) fn scroll_limit(context: &Context, review: &ReviewWalk) -> usize {
    let page = ReviewPage::of(context, review, width(context));
    let areas = ReviewAreas::of(context, &page);
    page.height().saturating_sub(usize::from(areas.body.height))
}

/// Draws the review over everything but the footer.
pub(super) fn draw(context: &Context, buf: &mut Buffer, review: &ReviewWalk, scroll: usize) {
    let look = context.look();
    look.blank(buf, layout::above_footer(context.stage()));
    let page = ReviewPage::of(context, review, width(context));
    let areas = ReviewAreas::of(context, &page);
    if !areas.title.is_empty() {
        let below = page.height();
        let below = below.saturating_sub(scroll + usize::from(areas.body.height));
        let mut pen = context.pen(buf, areas.title, 0);
        title(context, &mut pen, review, below);
        list::select(look, buf, areas.title);
    }
    lines::draw(look, buf, areas.head, 0, &page.head);
    match &page.columns[..] {
        [one] => lines::draw(look, buf, areas.body, 0, one.iter().skip(scroll)),
        [old, new] => beside(context, buf, areas.body, scroll, (old, new)),
        _ => {}
    }
}

/// Draws the position, the old document, and what was decided here.
fn title(context: &Context, pen: &mut Pen<'_>, review: &ReviewWalk, below: usize) {
    let lang = context.lang;
    let (at, of) = review.place();
    let answer = match review.answer(context) {
        Some(answer) => lang.text(review.decided(answer)).to_owned(),
        None => more(context, 0, below).unwrap_or_default(),
    };
    let used = u16::try_from(context.policy.width(&answer) + 1).unwrap_or(u16::MAX);
    let end = pen.end.saturating_sub(used).max(pen.x);
    let (at_of, count): (&dyn std::fmt::Display, &dyn std::fmt::Display) = (&at, &of);
    let said = match &review.source {
        ReviewSource::Carried(compared) => {
            let old = clean(&compared.old.document().id).into_owned();
            let values = [("at", at_of), ("of", count), ("old", &old)];
            lang.fill("review.title", &values)
        }
        ReviewSource::Filled(ledger) => {
            let (path, by) = (clean(&ledger.file.path), clean(&ledger.by));
            let values = [("at", at_of), ("of", count), ("path", &path), ("by", &by)];
            lang.fill("merge.title", &values)
        }
    };
    pen.skip(1);
    let room = usize::from(end.saturating_sub(pen.x + 1));
    pen.put(&elide(context.policy, &said, room), Role::Heading);
    pen.x = end;
    pen.put(&answer, Role::Dim);
}

fn beside(
    context: &Context,
    buf: &mut Buffer,
    area: Rect,
    scroll: usize,
    (old, new): (&[Line], &[Line]),
) {
    let half = area.width.saturating_sub(3) / 2;
    let left = Rect {
        width: half,
        ..area
    };
    let right = Rect {
        x: area.x + half + 3,
        width: area.width.saturating_sub(half + 3),
        ..area
    };
    for row in 0..area.height {
        let middle = Rect {
            x: area.x + half + 1,
            width: 1,
            ..area
        };
        context.pen(buf, middle, row).put(UPRIGHT, Role::Dim);
    }
    let look = context.look();
    lines::draw(look, buf, left, 0, old.iter().skip(scroll));
    lines::draw(look, buf, right, 0, new.iter().skip(scroll));
}
