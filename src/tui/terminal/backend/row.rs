//! One row: what changed, and the shortest way to send it.

use super::{CurrentStyle, TerminalScreen};
use crate::text::{has_stable_width, link::ADDRESS};
use ratatui::{
    buffer::{Buffer, Cell, CellWidth as _},
    style::{Color, Modifier},
};
use std::io::Write;

/// Attributes that are visible on blanks.
const SEEN_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED);

/// From this many blanks on, erasing them and moving on is shorter.
const MANY_BLANKS: u16 = 10;

/// Returns the width of a cell's glyph.
fn width(cell: &Cell) -> u16 {
    cell.cell_width().max(1)
}

/// Returns what a cell shows, and the address that it links to.
fn linked(cell: &Cell) -> (&str, &str) {
    let symbol = cell.symbol();
    symbol.split_once(ADDRESS).unwrap_or((symbol, ""))
}

/// Returns the visible style of a cell: for a blank only the background.
fn pen(cell: &Cell) -> CurrentStyle {
    let unseen = cell.symbol() == " " && !cell.modifier.intersects(SEEN_ON_BLANKS);
    CurrentStyle {
        fg: if unseen { Color::Reset } else { cell.fg },
        bg: cell.bg,
        modifier: if unseen {
            Modifier::empty()
        } else {
            cell.modifier
        },
    }
}

/// Returns whether a cell shows only the terminal's own background, as erasing leaves.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && pen(cell) == CurrentStyle::default()
}

/// Returns for each column whether the glyph that begins there has changed.
fn changed(before: &[Cell], after: &[Cell]) -> Vec<bool> {
    let mut changed = vec![false; after.len()];
    // Where the old glyph ends.
    let (mut x, mut old_end) = (0, 0);
    while let (Some(old), Some(new)) = (before.get(x), after.get(x)) {
        let (begins, wide) = (x >= old_end, usize::from(width(new)));
        if begins && old == new {
            (x, old_end) = (x + wide, x + wide);
            continue;
        }
        let same = begins
            && usize::from(width(old)) == wide
            && old.symbol() == new.symbol()
            && pen(old) == pen(new);
        if let Some(changed) = changed.get_mut(x) {
            *changed = !same;
        }
        // The old glyphs under this one, the last perhaps only partly.
        let mut at = if begins { x } else { old_end };
        while let Some(old) = before.get(at).filter(|_| at < x + wide) {
            at += usize::from(width(old));
        }
        old_end = at;
        x += wide;
    }
    for x in 1..after.len() {
        // A glyph that is wider than its cell is drawn over a blank of its own style (PuTTY), not
        // over one that erasing left.
        let (glyph, blank) = (&after[x - 1], &after[x]);
        if changed[x - 1] && blank.symbol() == " " && !has_stable_width(linked(glyph).0) {
            changed[x] = true;
        }
    }
    changed
}

impl<W: Write> TerminalScreen<W> {
    /// Sends the changes of a row.
    pub(super) fn draw_row(&mut self, y: u16, next: &Buffer) {
        let width = usize::from(next.area.width);
        let row = usize::from(y) * width..(usize::from(y) + 1) * width;
        let (Some(shown), Some(cells)) = (
            self.buffer.content.get_mut(row.clone()),
            next.content.get(row),
        ) else {
            return;
        };
        if shown == cells {
            return;
        }
        let changed = changed(shown, cells);
        shown.clone_from_slice(cells);
        self.send(y, &changed);
    }

    /// Sends the marked glyphs of a row.
    fn send(&mut self, y: u16, changed: &[bool]) {
        let right = self.buffer.area.width;
        let is_changed = |x: u16| changed.get(usize::from(x)) == Some(&true);
        let mut x = 0;
        while x < right {
            let Some(cell) = self.buffer.cell((x, y)) else {
                return;
            };
            if !is_changed(x) {
                x += width(cell);
                continue;
            }
            let cell = cell.clone();
            self.reach(x, y);
            let blanks = self.blanks(x, y);
            // Up to the last change: unchanged blanks may be erased with the others.
            let last = (x..x + blanks).rev().find(|at| is_changed(*at));
            let needed = last.map_or(0, |last| last + 1 - x);
            if x + blanks == right && needed > 3 {
                self.erase("\x1b[K");
                return;
            }
            if needed >= MANY_BLANKS {
                self.erase(&format!("\x1b[{needed}X"));
                x += needed;
                continue;
            }
            self.cell(&cell);
            x += width(&cell);
        }
    }

    /// Returns the number of blanks from here.
    fn blanks(&self, x: u16, y: u16) -> u16 {
        let row = (x..self.buffer.area.width).filter_map(|x| self.buffer.cell((x, y)));
        let count = row.take_while(|cell| is_blank(cell)).count();
        u16::try_from(count).unwrap_or(u16::MAX)
    }

    /// Moves the cursor here, by repeating the cells between if that is shorter.
    fn reach(&mut self, x: u16, y: u16) {
        let Some(from) = self.column.filter(|from| self.row == Some(y) && *from < x) else {
            return self.go(x, y);
        };
        let limit = match x - from {
            1 => 3,
            2..10 => 4,
            _ if x < 99 => 5,
            _ => 6,
        };
        let mut between = String::new();
        let mut at = from;
        while at < x {
            let Some(cell) = self.buffer.cell((at, y)) else {
                return self.go(x, y);
            };
            let (glyph, address) = linked(cell);
            between.push_str(glyph);
            let steady = has_stable_width(glyph) && (!self.has_links || address == self.link);
            if between.len() >= limit || !steady || !self.suits(cell) {
                return self.go(x, y);
            }
            at += width(cell);
        }
        if at == x {
            self.frame.push_str(&between);
            self.column = Some(x);
        } else {
            self.go(x, y);
        }
    }

    /// Returns whether a cell can be sent in the current style.
    fn suits(&self, cell: &Cell) -> bool {
        let on = self.pen;
        let style = pen(cell);
        // On a blank the rest is invisible.
        let blank = cell.symbol() == " " && style.modifier.is_empty();
        style == on || blank && style.bg == on.bg && !on.modifier.intersects(SEEN_ON_BLANKS)
    }

    /// Erases, which uses the current background, and in some terminals more attributes.
    fn erase(&mut self, sequence: &str) {
        if self.pen.bg != Color::Reset || self.pen.modifier.intersects(SEEN_ON_BLANKS) {
            self.style(CurrentStyle::default());
        }
        self.point_to("");
        self.frame.push_str(sequence);
    }

    fn cell(&mut self, cell: &Cell) {
        if !self.suits(cell) {
            self.style(pen(cell));
        }
        let (glyph, address) = linked(cell);
        self.point_to(address);
        self.print(glyph, width(cell));
    }
}
