//! The review of progress that is carried: the old clause and the new one, side by side or one above
//! the other, what differs set off.

use super::Pen;
use crate::{
    text::{clean, elide, fill},
    tui::{
        detail::Line,
        glyphs::Glyphs,
        model::Model,
        review::{Answer, Page, Review},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// The margin left and right, in columns.
const MARGIN: u16 = 1;

/// Where the parts stand.
struct Areas {
    title: Rect,
    head: Rect,
    body: Rect,
}

/// Returns the columns that there are for text.
fn width(model: &Model) -> usize {
    usize::from(model.size.0.saturating_sub(2 * MARGIN).max(1))
}

impl Areas {
    fn of(model: &Model, page: &Page) -> Self {
        let (columns, rows) = model.size;
        let rows = rows - u16::from(rows >= 2);
        let x = MARGIN.min(columns);
        let inner = columns.saturating_sub(2 * MARGIN);
        let title = u16::from(rows >= 3);
        let wanted = u16::try_from(page.head.len()).unwrap_or(u16::MAX);
        // The texts have the most room.
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

/// Returns how many lines the review can be scrolled by.
pub fn scroll_limit(model: &Model, review: &Review) -> usize {
    let page = Page::of(model, review, width(model));
    let areas = Areas::of(model, &page);
    page.height().saturating_sub(usize::from(areas.body.height))
}

/// Draws the review over everything but the footer.
pub fn draw(model: &Model, buf: &mut Buffer, review: &Review) {
    let rows = model.size.1 - u16::from(model.size.1 >= 2);
    let screen = Rect::new(0, 0, model.size.0, rows);
    fill(buf, screen, model.theme.style(Role::Text));
    let page = Page::of(model, review, width(model));
    let areas = Areas::of(model, &page);
    if !areas.title.is_empty() {
        title(
            &mut Pen::new(model, buf, areas.title, 0),
            review,
            &page,
            &areas,
        );
    }
    lines(model, buf, areas.head, &page.head);
    match &page.columns[..] {
        [one] => lines(
            model,
            buf,
            areas.body,
            one.get(review.scroll..).unwrap_or_default(),
        ),
        [old, new] => beside(model, buf, areas.body, review.scroll, (old, new)),
        _ => {}
    }
}

/// The place, the old document, and what was decided here.
fn title(pen: &mut Pen<'_>, review: &Review, page: &Page, areas: &Areas) {
    let model = pen.model;
    let lang = model.lang;
    let (at, of) = review.place();
    let answer = match review.answer(model) {
        Some(Answer::Yes(_)) => lang.text("review.yes").to_owned(),
        Some(Answer::No) => lang.text("review.no").to_owned(),
        None => {
            let below = page
                .height()
                .saturating_sub(review.scroll + usize::from(areas.body.height));
            match below {
                0 => String::new(),
                n => super::meeting::lines_below(model, n),
            }
        }
    };
    let used = u16::try_from(model.policy.width(&answer) + 1).unwrap_or(u16::MAX);
    let end = pen.end.saturating_sub(used).max(pen.x);
    let old = clean(review.document()).into_owned();
    let values: [(&str, &dyn std::fmt::Display); 3] = [("at", &at), ("of", &of), ("old", &old)];
    let said = lang.fill("review.title", &values);
    pen.skip(1);
    let room = usize::from(end.saturating_sub(pen.x + 1));
    let said = elide(model.policy, &said, room).into_owned();
    pen.put(&said, Role::Heading);
    pen.x = end;
    pen.put(&answer, Role::Dim);
}

fn lines(model: &Model, buf: &mut Buffer, area: Rect, lines: &[Line]) {
    for (row, line) in (0..area.height).zip(lines) {
        let mut pen = Pen::new(model, buf, area, row);
        pen.skip(line.indent);
        for (text, role) in &line.pieces {
            pen.put(text, *role);
        }
    }
}

fn beside(
    model: &Model,
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
    let upright = Glyphs::of(model.policy).upright;
    for row in 0..area.height {
        let middle = Rect {
            x: area.x + half + 1,
            width: 1,
            ..area
        };
        Pen::new(model, buf, middle, row).put(upright, Role::Dim);
    }
    lines(model, buf, left, old.get(scroll..).unwrap_or_default());
    lines(model, buf, right, new.get(scroll..).unwrap_or_default());
}
