//! Turns cells into bytes, sending no more than necessary.
//!
//! Over a slow line, bytes are time. So the screen remembers the terminal's cells, cursor and
//! style, and sends only what changes of a frame: it skips unchanged cells, or repeats them if that
//! is shorter than moving the cursor; it erases long runs of blanks; and it sends each frame in one
//! write, inside one synchronized update (DEC mode 2026). After a glyph that a terminal may draw in
//! another width, it sets the position, so that one wrong glyph never shifts a row.

use crate::text::has_stable_width;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Color, Modifier},
};
use std::{
    fmt::Write as _,
    io::{self, Write},
};

mod row;

#[cfg(test)]
mod tests;

/// A terminal's screen over a writer that receives whole frames.
#[derive(Debug)]
pub struct TerminalScreen<W> {
    out: W,
    /// The terminal's cells.
    buffer: Buffer,
    frame: String,
    /// The terminal's cursor; the column is unknown after a glyph of unstable width.
    row: Option<u16>,
    column: Option<u16>,
    pen: CurrentStyle,
    /// Whether the text cursor is visible, if known.
    shown: Option<bool>,
    /// Whether the terminal knows links.
    has_links: bool,
    /// The address that printed text links to.
    link: String,
}

/// The current style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct CurrentStyle {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const BEGIN_UPDATE: &str = "\x1b[?2026h";
const END_UPDATE: &str = "\x1b[?2026l";

/// The attributes in use, with the codes that set and reset them (ECMA-48 §8.3.117).
const ATTRIBUTES: [(Modifier, u8, u8); 5] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
];

/// Unknown cell content: a private-use character that nobody uses.
const UNKNOWN: &str = "\u{10fffd}";

impl<W: Write> TerminalScreen<W> {
    /// Returns the screen of a blank terminal of this size.
    pub fn new(out: W, size: (u16, u16)) -> Self {
        Self {
            out,
            buffer: blank(size),
            frame: String::new(),
            row: None,
            column: None,
            pen: CurrentStyle::default(),
            shown: None,
            has_links: false,
            link: String::new(),
        }
    }

    /// Sets whether the terminal knows links (OSC 8).
    pub const fn set_links(&mut self, has_links: bool) {
        self.has_links = has_links;
    }

    /// Clears the terminal, whose size is now this.
    pub fn clear(&mut self, size: (u16, u16)) {
        // Resizing a terminal may move its cursor anywhere.
        (self.row, self.column) = (None, None);
        // Erasing uses the background colour.
        self.style(CurrentStyle::default());
        self.frame.push_str("\x1b[2J");
        self.buffer = blank(size);
    }

    /// Sends bytes unchanged before the next frame, for modes. Afterwards the terminal's cursor and
    /// style are unknown.
    pub fn raw(&mut self, bytes: &str) {
        self.frame.push_str(bytes);
        (self.row, self.column, self.shown) = (None, None, None);
        self.pen = CurrentStyle::default();
        self.frame.push_str("\x1b[m");
    }

    /// Sends a question that overwrites the first `columns` of the first row, which the next frame
    /// repairs, and moves the cursor.
    pub fn ask(&mut self, question: &str, columns: u16) {
        self.style(CurrentStyle::default());
        self.frame.push_str(question);
        (self.row, self.column) = (None, None);
        for x in 0..columns {
            if let Some(cell) = self.buffer.cell_mut((x, 0)) {
                cell.reset();
                cell.set_symbol(UNKNOWN);
            }
        }
    }

    /// Shows a frame, with the text cursor if it has one.
    ///
    /// # Errors
    ///
    /// The terminal is gone.
    pub fn show(&mut self, next: &Buffer, cursor: Option<Position>) -> io::Result<()> {
        if next.area != self.buffer.area {
            self.clear((next.area.width, next.area.height));
        }
        for y in 0..next.area.height {
            self.draw_row(y, next);
        }
        match cursor {
            None => self.show_cursor(false),
            Some(place) => {
                self.show_cursor(true);
                self.go(place.x, place.y);
            }
        }
        self.flush()
    }

    fn show_cursor(&mut self, shows: bool) {
        if self.shown != Some(shows) {
            let sequence = if shows { "\x1b[?25h" } else { "\x1b[?25l" };
            self.frame.push_str(sequence);
            self.shown = Some(shows);
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        self.point_to("");
        let frame = format!("{BEGIN_UPDATE}{}{END_UPDATE}", self.frame);
        self.frame.clear();
        self.out.write_all(frame.as_bytes())?;
        self.out.flush()
    }

    fn go(&mut self, x: u16, y: u16) {
        if self.row == Some(y) && self.column == Some(x) {
            return;
        }
        let down = self.row.and_then(|row| y.checked_sub(row));
        // Writing to a String cannot fail.
        let _ = match (down, x, self.column) {
            (Some(0), 0, _) => self.frame.write_str("\r"),
            (Some(0), ..) => self.along(x),
            (Some(1), 0, _) => self.frame.write_str("\r\n"),
            (_, 0, _) => write!(self.frame, "\x1b[{}H", y + 1),
            (Some(1), ..) => self.frame.write_str("\n").and_then(|()| self.along(x)),
            _ => write!(self.frame, "\x1b[{};{}H", y + 1, x + 1),
        };
        (self.row, self.column) = (Some(y), Some(x));
    }

    /// Moves to another column of the row.
    fn along(&mut self, x: u16) -> std::fmt::Result {
        match self.column {
            Some(at) if x == at => Ok(()),
            Some(at) if x == at + 1 => self.frame.write_str("\x1b[C"),
            Some(at) if x > at && x - at < 10 => write!(self.frame, "\x1b[{}C", x - at),
            _ => write!(self.frame, "\x1b[{}G", x + 1),
        }
    }

    /// Makes what is printed from here link to an address, or to none.
    fn point_to(&mut self, address: &str) {
        if self.has_links && self.link != address {
            self.frame.push_str(&link(address));
            address.clone_into(&mut self.link);
        }
    }

    fn style(&mut self, pen: CurrentStyle) {
        if pen == self.pen {
            return;
        }
        let old = std::mem::replace(&mut self.pen, pen);
        if pen == CurrentStyle::default() {
            return self.frame.push_str("\x1b[m");
        }
        let anew = format!("0;{}", codes(CurrentStyle::default(), pen));
        let change = codes(old, pen);
        let codes = if anew.len() < change.len() {
            anew
        } else {
            change
        };
        if let Some(codes) = codes.strip_suffix(';') {
            let _ = write!(self.frame, "\x1b[{codes}m");
        }
    }

    fn print(&mut self, symbol: &str, width: u16) {
        self.frame.push_str(symbol);
        let next = self.column.map(|x| x + width);
        // At the right edge, the cursor stays on the last column.
        self.column = next.filter(|x| has_stable_width(symbol) && *x < self.buffer.area.width);
        if next.is_some_and(|x| x >= self.buffer.area.width) {
            self.row = None;
        }
    }
}

fn blank((width, height): (u16, u16)) -> Buffer {
    Buffer::empty(Rect::new(0, 0, width, height))
}

/// Returns the sequence (OSC 8) after which text links to an address; to none for an empty one.
pub fn link(address: &str) -> String {
    format!("\x1b]8;;{address}\x1b\\")
}

/// Returns the sequence that sets a style, from the default; empty for the default.
pub fn begin(style: ratatui::style::Style) -> String {
    let pen = CurrentStyle {
        fg: style.fg.unwrap_or_default(),
        bg: style.bg.unwrap_or_default(),
        modifier: style.add_modifier,
    };
    let codes = codes(CurrentStyle::default(), pen);
    codes
        .strip_suffix(';')
        .map_or_else(String::new, |codes| format!("\x1b[{codes}m"))
}

/// Returns the codes that change a style, each followed by `;`.
fn codes(old: CurrentStyle, new: CurrentStyle) -> String {
    let mut codes = String::new();
    attributes(&mut codes, old.modifier, new.modifier);
    if new.fg != old.fg {
        colour(&mut codes, new.fg, 30);
    }
    if new.bg != old.bg {
        colour(&mut codes, new.bg, 40);
    }
    codes
}

fn attributes(codes: &mut String, old: Modifier, new: Modifier) {
    let gone = old - new;
    let mut lost = Modifier::empty();
    for (modifier, _, off) in ATTRIBUTES {
        if gone.contains(modifier) && !(off == 22 && lost.contains(Modifier::BOLD)) {
            let _ = write!(codes, "{off};");
            // 22 resets both bold and dim.
            lost |= if off == 22 {
                Modifier::BOLD | Modifier::DIM
            } else {
                modifier
            };
        }
    }
    for (modifier, on, _) in ATTRIBUTES {
        if new.contains(modifier) && (!old.contains(modifier) || lost.contains(modifier)) {
            let _ = write!(codes, "{on};");
        }
    }
}

/// `base` is 30 for the foreground and 40 for the background.
fn colour(codes: &mut String, colour: Color, base: u8) {
    let index = match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Reset => 9,
        Color::Indexed(n) => {
            let _ = write!(codes, "{};5;{n};", base + 8);
            return;
        }
        Color::Rgb(r, g, b) => {
            let _ = write!(codes, "{};2;{r};{g};{b};", base + 8);
            return;
        }
    };
    let _ = write!(codes, "{};", base + index);
}
