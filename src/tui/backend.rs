//! Cells to bytes: a ratatui backend that sends no more than it must. May use: ratatui, `text`.
//!
//! Crossterm's backend names a position before every wide glyph, and colours at the end of every
//! frame; over a slow line that is most of what is sent. This one knows where the terminal's cursor
//! is and which style is on, across frames, and hands each frame over in one write, inside one
//! synchronized update (DEC mode 2026). Where a terminal may draw a glyph in another width than we
//! count, it names the position after it, so that one wrong glyph never shifts a row.

use crate::text::is_steady;
use ratatui::{
    backend::{Backend, ClearType, WindowSize},
    buffer::{Cell, CellWidth as _},
    layout::{Position, Size},
    style::{Color, Modifier},
};
use std::{
    fmt::Write as _,
    io::{self, Write},
};

/// A backend over a writer that gets whole frames.
#[derive(Debug)]
pub struct Screen<W> {
    out: W,
    size: Size,
    frame: String,
    /// Where the terminal's cursor is; the column is not known after an unsteady glyph.
    row: Option<u16>,
    column: Option<u16>,
    pen: Pen,
    shown: Option<bool>,
    /// Where the text cursor is to stand after the frame.
    cursor: Option<Position>,
}

/// The style that is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const BEGIN_UPDATE: &str = "\x1b[?2026h";
const END_UPDATE: &str = "\x1b[?2026l";

/// The attributes we use, with the numbers that set and clear them (ECMA-48 §8.3.117).
const ATTRIBUTES: [(Modifier, u8, u8); 5] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
];

impl<W: Write> Screen<W> {
    /// Returns a backend of this size over a writer.
    pub fn new(out: W, (width, height): (u16, u16)) -> Self {
        Self {
            out,
            size: Size::new(width, height),
            frame: String::new(),
            row: None,
            column: None,
            pen: Pen::default(),
            shown: None,
            cursor: None,
        }
    }

    /// Says that the terminal has another size now.
    pub const fn resize(&mut self, (width, height): (u16, u16)) {
        self.size = Size::new(width, height);
        // A terminal that changes its size moves its cursor as it likes.
        (self.row, self.column) = (None, None);
    }

    /// Sends this before the next frame, as it is: for modes and queries. Nothing is known of the
    /// terminal's cursor and style after it.
    pub fn raw(&mut self, bytes: &str) {
        self.frame.push_str(bytes);
        (self.row, self.column, self.shown) = (None, None, None);
        self.pen = Pen::default();
        self.frame.push_str("\x1b[m");
    }

    /// Returns the writer.
    pub const fn writer(&self) -> &W {
        &self.out
    }

    /// Returns the writer.
    pub const fn writer_mut(&mut self) -> &mut W {
        &mut self.out
    }

    fn go(&mut self, x: u16, y: u16) {
        if self.row == Some(y) && self.column == Some(x) {
            return;
        }
        // Writing to a String cannot fail.
        let _ = match (self.row == Some(y), x, self.column) {
            (true, 0, _) => self.frame.write_str("\r"),
            (true, _, Some(at)) if x > at && x - at < 10 => write!(self.frame, "\x1b[{}C", x - at),
            (true, ..) => write!(self.frame, "\x1b[{}G", x + 1),
            (false, 0, _) if self.row.is_some_and(|r| r + 1 == y) => self.frame.write_str("\r\n"),
            (false, 0, _) => write!(self.frame, "\x1b[{}H", y + 1),
            (false, ..) => write!(self.frame, "\x1b[{};{}H", y + 1, x + 1),
        };
        (self.row, self.column) = (Some(y), Some(x));
    }

    fn style(&mut self, pen: Pen) {
        if pen == self.pen {
            return;
        }
        let old = std::mem::replace(&mut self.pen, pen);
        if pen == Pen::default() {
            return self.frame.push_str("\x1b[m");
        }
        let mut codes = String::new();
        attributes(&mut codes, old.modifier, pen.modifier);
        if pen.fg != old.fg {
            colour(&mut codes, pen.fg, 30);
        }
        if pen.bg != old.bg {
            colour(&mut codes, pen.bg, 40);
        }
        if !codes.is_empty() {
            codes.pop();
            let _ = write!(self.frame, "\x1b[{codes}m");
        }
    }

    fn print(&mut self, symbol: &str, width: u16) {
        self.frame.push_str(symbol);
        let next = self.column.map(|x| x + width);
        // At the edge a terminal waits with its cursor on the last column.
        self.column = next.filter(|x| is_steady(symbol) && *x < self.size.width);
        if next.is_some_and(|x| x >= self.size.width) {
            self.row = None;
        }
    }
}

fn attributes(codes: &mut String, old: Modifier, new: Modifier) {
    let gone = old - new;
    let mut lost = Modifier::empty();
    for (modifier, _, off) in ATTRIBUTES {
        if gone.contains(modifier) && !(off == 22 && lost.contains(Modifier::BOLD)) {
            let _ = write!(codes, "{off};");
            // 22 ends bold and dim alike.
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

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.go(x, y);
            self.style(Pen {
                fg: cell.fg,
                bg: cell.bg,
                modifier: cell.modifier,
            });
            self.print(cell.symbol(), cell.cell_width());
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = None;
        if self.shown != Some(false) {
            self.frame.push_str("\x1b[?25l");
            self.shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(true) {
            self.frame.push_str("\x1b[?25h");
            self.shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        self.go(position.x, position.y);
        self.cursor = Some(position);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        // Only ever asked for whole, by a resize or a redraw; back-colour erase wants the default.
        self.style(Pen::default());
        self.frame.push_str("\x1b[2J");
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size,
            pixels: Size::default(),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        let frame = format!("{BEGIN_UPDATE}{}{END_UPDATE}", self.frame);
        self.frame.clear();
        self.out.write_all(frame.as_bytes())?;
        self.out.flush()
    }
}
