//! `view`: the model as cells. Pure: `&Model`, so the compiler keeps it so. May use: the pure parts
//! of `tui`.

use super::{
    model::{Layer, Model},
    theme::Role,
};
use crate::{
    progress::pace::{Light, Pace},
    report::table::percent,
    text::{self, fill, put},
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

pub mod detail;
pub mod documents;
pub mod footer;
pub mod header;
pub mod help;
pub mod history;
pub mod meeting;
pub mod outline;
pub mod popup;
pub mod review;
pub mod tip;
pub mod units;
pub mod writing;

#[cfg(test)]
mod shape_tests;
#[cfg(test)]
mod tests;

/// Draws the whole screen; returns it, and the place of the text cursor while text is being typed.
pub fn draw(model: &Model) -> (Buffer, Option<Position>) {
    let (width, height) = model.size;
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = frame(model, &mut buf);
    (buf, cursor)
}

fn frame(model: &Model, buf: &mut Buffer) -> Option<Position> {
    let panes = model.panes();
    // A theme that sets the background sets it everywhere.
    fill(buf, buf.area, model.theme.style(Role::Text));
    header::draw(model, buf, panes.header);
    outline::draw(model, buf, panes.outline);
    divider(model, buf, panes.divider);
    detail::draw(model, buf, panes.detail);
    tip::draw(model, buf, panes.tip);
    let mut cursor = None;
    for layer in &model.layers {
        match layer {
            Layer::Help(help) => help::draw(model, buf, help),
            Layer::History(history) => history::draw(model, buf, history),
            Layer::Units(board) => units::draw(model, buf, board),
            Layer::Meeting => meeting::draw(model, buf),
            Layer::Documents(shelf) => documents::draw(model, buf, shelf),
            Layer::Review(review) => review::draw(model, buf, review),
            Layer::Pick(pick) => popup::pick(model, buf, pick),
            Layer::Export(choice) => popup::export(model, buf, choice),
            Layer::Confirm(confirm) => popup::confirm(model, buf, confirm),
            Layer::Write(writing) => cursor = writing::draw(model, buf, writing),
            Layer::Detail | Layer::Line(_) => {}
        }
    }
    footer::draw(model, buf, panes.footer).or(cursor)
}

fn divider(model: &Model, buf: &mut Buffer, area: Rect) {
    let glyphs = super::glyphs::Glyphs::of(model.policy);
    let style = model.theme.style(Role::Dim);
    let glyph = if area.width == 1 {
        glyphs.upright
    } else {
        glyphs.level
    };
    for position in area.positions() {
        put(buf, position.x, position.y, 1, glyph, style, model.policy);
    }
}

/// A line of pieces with different styles, put one after the other.
pub(crate) struct Pen<'a> {
    pub(crate) model: &'a Model,
    pub(crate) buf: &'a mut Buffer,
    pub(crate) x: u16,
    pub(crate) y: u16,
    /// The column where the line ends.
    pub(crate) end: u16,
}

impl<'a> Pen<'a> {
    /// Returns a pen at the start of a row of an area; the row is blanked.
    pub(crate) fn new(model: &'a Model, buf: &'a mut Buffer, area: Rect, row: u16) -> Self {
        let line = Rect {
            y: area.y + row,
            height: 1,
            ..area
        };
        fill(buf, line, model.theme.style(Role::Text));
        Self {
            model,
            buf,
            x: area.x,
            y: line.y,
            end: area.right(),
        }
    }

    /// Returns the columns left.
    pub(crate) const fn room(&self) -> usize {
        (self.end - self.x) as usize
    }

    /// Puts a text, cut at the line's end. What measures a text cleans it first; that nothing raw is
    /// sent is seen to here.
    pub(crate) fn put(&mut self, text: &str, role: Role) {
        let style = self.model.theme.style(role);
        let (policy, room) = (self.model.policy, self.room());
        let used = text::put(
            self.buf,
            self.x,
            self.y,
            room,
            &text::clean(text),
            style,
            policy,
        );
        self.skip(used);
    }

    /// Puts a text with what the search found in it set off.
    pub(crate) fn put_found(&mut self, text: &str, role: Role) {
        let query = &self.model.search.query;
        if query.is_empty() {
            return self.put(text, role);
        }
        let mut at = 0;
        for found in crate::search::highlight(query, text) {
            self.put(text.get(at..found.start).unwrap_or_default(), role);
            self.put(text.get(found.clone()).unwrap_or_default(), Role::Match);
            at = found.end;
        }
        self.put(text.get(at..).unwrap_or_default(), role);
    }

    /// Leaves columns as they are.
    pub(crate) fn skip(&mut self, columns: usize) {
        self.x = self
            .x
            .saturating_add(u16::try_from(columns).unwrap_or(u16::MAX))
            .min(self.end);
    }
}

/// Returns a rate as `12/42 29%`, as reports have it.
pub fn rate(n: usize, of: usize) -> String {
    match percent(n, of) {
        Some(percent) => format!("{n}/{of} {percent}%"),
        None => format!("{n}/{of}"),
    }
}

/// Returns a pace in words, `! 红 时间已过 89%，完成 0%`, and how it is drawn.
pub fn pace(model: &Model, pace: &Pace) -> (String, Role) {
    let (sign, light) = (pace.light.sign(), model.lang.text(pace.light.name_key()));
    let words = model.lang.fill(
        "pace.said",
        &[
            ("sign", &sign),
            ("light", &light),
            ("gone", &pace.gone),
            ("complete", &pace.complete),
        ],
    );
    (words, light_role(pace.light))
}

/// Returns a pace in its figures only, and how that is drawn.
pub(crate) fn plain_pace(model: &Model, pace: &Pace) -> (String, Role) {
    let values: [(&str, &dyn std::fmt::Display); 2] =
        [("gone", &pace.gone), ("complete", &pace.complete)];
    (model.lang.fill("pace.plain", &values), Role::Dim)
}

/// Returns how a light is drawn.
pub(crate) const fn light_role(light: Light) -> Role {
    match light {
        Light::Green => Role::Bar,
        Light::Yellow => Role::Behind,
        Light::Red => Role::Overdue,
    }
}
