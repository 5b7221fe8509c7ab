//! `view`: the model as cells. Pure: `&Model`, so the compiler keeps it so. May use: the pure parts
//! of `tui`.

use super::{
    model::{Layer, Model},
    sheet::Sheet,
    theme::Role,
};
use crate::{
    progress::pace::{Light, Pace},
    report::table::percent,
};
use ratatui::layout::{Position, Rect};

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

/// Draws the whole screen onto a sheet; returns where the text cursor stands, where text is being
/// typed.
pub fn draw(model: &Model, sheet: &mut Sheet) -> Option<Position> {
    sheet.begin(model.size);
    let cursor = frame(model, sheet);
    sheet.finish();
    cursor
}

fn frame(model: &Model, sheet: &mut Sheet) -> Option<Position> {
    let panes = model.panes();
    // A theme that sets the background sets it everywhere.
    sheet.fill(sheet.area(), model.theme.style(Role::Text));
    header::draw(model, sheet, panes.header);
    outline::draw(model, sheet, panes.outline);
    divider(model, sheet, panes.divider);
    detail::draw(model, sheet, panes.detail);
    tip::draw(model, sheet, panes.tip);
    let mut cursor = None;
    for layer in &model.layers {
        match layer {
            Layer::Help(help) => help::draw(model, sheet, help),
            Layer::History(history) => history::draw(model, sheet, history),
            Layer::Units(board) => units::draw(model, sheet, board),
            Layer::Meeting => meeting::draw(model, sheet),
            Layer::Documents(shelf) => documents::draw(model, sheet, shelf),
            Layer::Review(review) => review::draw(model, sheet, review),
            Layer::Pick(pick) => popup::pick(model, sheet, pick),
            Layer::Export(choice) => popup::export(model, sheet, choice),
            Layer::Confirm(confirm) => popup::confirm(model, sheet, confirm),
            Layer::Write(writing) => cursor = writing::draw(model, sheet, writing),
            Layer::Detail | Layer::Line(_) => {}
        }
    }
    footer::draw(model, sheet, panes.footer).or(cursor)
}

fn divider(model: &Model, sheet: &mut Sheet, area: Rect) {
    let glyphs = super::glyphs::Glyphs::of(model.policy);
    let style = model.theme.style(Role::Dim);
    let glyph = if area.width == 1 {
        glyphs.upright
    } else {
        glyphs.level
    };
    for position in area.positions() {
        sheet.put((position.x, position.y), 1, glyph, style, model.policy);
    }
}

/// A line of pieces with different styles, put one after the other.
pub(crate) struct Pen<'a> {
    pub(crate) model: &'a Model,
    pub(crate) sheet: &'a mut Sheet,
    pub(crate) x: u16,
    pub(crate) y: u16,
    /// The column where the line ends.
    pub(crate) end: u16,
}

impl<'a> Pen<'a> {
    /// Returns a pen at the start of a row of an area; the row is blanked.
    pub(crate) fn new(model: &'a Model, sheet: &'a mut Sheet, area: Rect, row: u16) -> Self {
        let line = Rect {
            y: area.y + row,
            height: 1,
            ..area
        };
        sheet.fill(line, model.theme.style(Role::Text));
        Self {
            model,
            sheet,
            x: area.x,
            y: line.y,
            end: area.right(),
        }
    }

    /// Returns the columns left.
    pub(crate) const fn room(&self) -> usize {
        (self.end - self.x) as usize
    }

    /// Puts a text, cut at the line's end.
    pub(crate) fn put(&mut self, text: &str, role: Role) {
        let style = self.model.theme.style(role);
        let used = self.sheet.put(
            (self.x, self.y),
            self.room(),
            text,
            style,
            self.model.policy,
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
