//! The one function that puts text into cells.
//!
//! ratatui measures a cell by its symbol, with narrow widths. Where the policy differs, the cell
//! carries `ForcedWidth`; the diff then skips as many cells as the terminal will, and the next cell
//! gets a cursor movement of its own, so that even a terminal that disagrees keeps the columns.

use super::{Policy, link::ADDRESS, width::char_width};
use ratatui::{
    buffer::{Buffer, Cell, CellDiffOption, CellWidth as _},
    layout::{Position, Rect},
    style::Style,
};
use std::{borrow::Cow, num::NonZeroU16, ops::Range};

/// How far to the left a glyph that covers a cell may begin. Chinese text and the chrome have at
/// most two columns per grapheme; some syllables of other scripts have more.
const REACH: u16 = 8;

/// Puts text into the buffer at (`x`, `y`), at most `max` columns and never half a glyph, measured
/// and drawn under the policy. A wide glyph that it half covers is blanked. Control characters and
/// anything else without a width are skipped. The style patches the cells' own, as
/// [`Buffer::set_stringn`] does. Returns the columns used.
pub fn put(
    buf: &mut Buffer,
    x: u16,
    y: u16,
    max: usize,
    text: &str,
    style: Style,
    policy: Policy,
) -> usize {
    if !buf.area.contains(Position::new(x, y)) {
        return 0;
    }
    let room = usize::from(buf.area.right() - x).min(max);
    let mut used = 0;
    for (_, grapheme, width) in policy.graphemes(text) {
        if used + width > room {
            break;
        }
        if width > 0 {
            if used == 0 {
                uncover(buf, x, y);
            }
            put_drawn(buf, column(x, used), y, (grapheme, width), style, policy);
            used += width;
        }
    }
    used
}

/// Makes the glyphs of these columns link to an address, for terminals that know links.
pub fn link_cells(buf: &mut Buffer, columns: Range<u16>, y: u16, address: &str) {
    for x in columns {
        let Some(cell) = buf.cell_mut(Position::new(x, y)) else {
            return;
        };
        // A link under it has no place, and neither has a blank, the rest of a wide glyph.
        let glyph = cell.symbol();
        if glyph == " " || glyph.contains(ADDRESS) {
            continue;
        }
        let width = NonZeroU16::new(cell.cell_width()).unwrap_or(NonZeroU16::MIN);
        let symbol = format!("{glyph}{ADDRESS}{address}");
        cell.set_symbol(&symbol)
            .set_diff_option(CellDiffOption::ForcedWidth(width));
    }
}

/// Fills an area with blanks of one style, and blanks any wide glyph across its edges.
pub fn fill(buf: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    for y in area.rows().map(|row| row.y) {
        uncover(buf, area.x, y);
        uncover(buf, area.right(), y);
    }
    let mut blank = Cell::default();
    blank.set_style(style);
    // Row by row: this runs over the whole screen, and most of it twice, for every frame.
    let width = usize::from(area.width);
    for y in area.rows().map(|row| row.y) {
        let start = buf.index_of(area.x, y);
        if let Some(row) = buf.content.get_mut(start..start + width) {
            row.fill(blank.clone());
        }
    }
}

/// Puts a grapheme as the policy draws it, which under [`Policy::Safe`] may be several.
fn put_drawn(
    buf: &mut Buffer,
    x: u16,
    y: u16,
    (grapheme, width): (&str, usize),
    style: Style,
    policy: Policy,
) {
    let drawn = match grapheme {
        // Some terminals give them a column, others move the cursor.
        "\u{2028}" | "\u{2029}" => Cow::Borrowed(" "),
        _ if spread(grapheme) > usize::from(buf.area.right() - x) => Policy::Safe.drawn(grapheme),
        _ => policy.drawn(grapheme),
    };
    if drawn == grapheme {
        let own = Policy::Narrow.width(grapheme);
        if policy != Policy::Roomy || own == width {
            return put_glyph(buf, x, y, (&drawn, width), style);
        }
        put_glyph(buf, x, y, (&drawn, own), style);
        return put_glyph(buf, column(x, own), y, (" ", width - own), style);
    }
    let mut at = x;
    for (_, part, width) in Policy::Narrow.graphemes(&drawn) {
        put_glyph(buf, at, y, (part, width), style);
        at = column(at, width);
    }
}

/// Returns the columns of an emoji sequence in a terminal that draws each part: at the end of a row
/// it would spill into the next, and the last row would scroll.
fn spread(grapheme: &str) -> usize {
    // A joiner or skin tone with its base is at least this long.
    if grapheme.len() < 8 {
        return 0;
    }
    grapheme.chars().map(char_width).sum()
}

fn put_glyph(buf: &mut Buffer, x: u16, y: u16, (glyph, width): (&str, usize), style: Style) {
    let end = column(x, width);
    for at in x..end {
        spill(buf, at, y, end);
        let Some(cell) = buf.cell_mut(Position::new(at, y)) else {
            return;
        };
        if at == x {
            cell.set_symbol(glyph).set_style(style);
            cell.set_diff_option(diff_option(glyph, width));
        } else {
            cell.reset();
        }
    }
}

/// Forces the width where ratatui would count another, and for emoji with a variation selector,
/// whose second column ratatui writes itself: terminals that draw them wide take that as a blank
/// over the emoji.
fn diff_option(glyph: &str, width: usize) -> CellDiffOption {
    let agreed =
        Policy::Narrow.width(glyph) == width && (glyph.len() < 4 || !glyph.contains('\u{fe0f}'));
    u16::try_from(width)
        .ok()
        .and_then(NonZeroU16::new)
        .filter(|_| !agreed)
        .map_or(CellDiffOption::None, CellDiffOption::ForcedWidth)
}

/// Blanks the part beyond `end` of a glyph that is about to be overwritten.
fn spill(buf: &mut Buffer, x: u16, y: u16, end: u16) {
    let Some(cell) = buf.cell(Position::new(x, y)) else {
        return;
    };
    if let Some(reach) = reach(cell, x) {
        let style = cell.style();
        blank(buf, end..reach, y, style);
    }
}

/// Blanks the glyph, if any, that begins left of the cell and reaches into it. Its cells keep their
/// style, so that a coloured row has no hole.
fn uncover(buf: &mut Buffer, x: u16, y: u16) {
    let leftmost = x.saturating_sub(REACH).max(buf.area.x);
    let glyph = (leftmost..x)
        .rev()
        .filter_map(|at| Some((at, buf.cell(Position::new(at, y))?)))
        .find_map(|(at, cell)| Some((at, reach(cell, at)?, cell.style())));
    if let Some((head, end, style)) = glyph.filter(|&(_, end, _)| end > x) {
        blank(buf, head..end, y, style);
    }
}

fn blank(buf: &mut Buffer, columns: Range<u16>, y: u16, style: Style) {
    for at in columns {
        if let Some(cell) = buf.cell_mut(Position::new(at, y)) {
            cell.reset();
            cell.set_style(style);
        }
    }
}

/// Returns the column after a cell's glyph, if it is wide.
fn reach(cell: &Cell, at: u16) -> Option<u16> {
    // Most cells are blank or ASCII, and checking the length is cheaper than measuring.
    let forced = matches!(cell.diff_option, CellDiffOption::ForcedWidth(_));
    if !forced && cell.symbol().len() < 2 {
        return None;
    }
    Some(cell.cell_width()).filter(|&w| w > 1).map(|w| at + w)
}

/// Returns the column `by` columns after `x`.
fn column(x: u16, by: usize) -> u16 {
    u16::try_from(by).map_or(u16::MAX, |by| x.saturating_add(by))
}

#[cfg(test)]
mod tests;
