//! Screens from bytes: the cells at one moment.

use std::num::NonZero;

/// The style of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Style {
    pub(crate) fg: vt100::Color,
    pub(crate) bg: vt100::Color,
    /// Bold, dim, italic, underlined, reversed.
    pub(crate) flags: [bool; 5],
}

/// A cell; the second half of a wide glyph has no text and no width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) width: usize,
    pub(crate) style: Style,
}

impl Cell {
    /// Returns whether it shows only the terminal's own background.
    pub(crate) fn is_blank(&self) -> bool {
        self.text == " " && self.style == Style::default()
    }
}

/// A screen at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<Vec<Cell>>,
    /// The cursor's row and column.
    pub(crate) cursor: (usize, usize),
}

impl Grid {
    /// Returns an empty screen.
    pub(crate) fn empty(size: (u16, u16)) -> Self {
        Screen::new(size).grid()
    }
}

/// A terminal's screen, fed with bytes.
pub(crate) struct Screen {
    parser: vt100::Parser,
    size: (u16, u16),
}

impl Screen {
    pub(crate) fn new(size: (u16, u16)) -> Self {
        let parser = vt100::Parser::new(some(size.1), some(size.0), 0);
        Self { parser, size }
    }

    pub(crate) const fn size(&self) -> (u16, u16) {
        self.size
    }

    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        self.parser.set_size(some(size.1), some(size.0));
        self.size = size;
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
    }

    /// Returns the text on the screen, without trailing blanks.
    pub(crate) fn text(&self) -> String {
        let rows = self.parser.screen().rows(0, self.size.0);
        let rows: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
        rows.join("\n")
    }

    /// Returns the screen as it is now.
    pub(crate) fn grid(&self) -> Grid {
        let screen = self.parser.screen();
        let (row, column) = screen.cursor_position();
        let cells = |row| {
            let cells = (0..self.size.0).filter_map(move |column| screen.cell(row, column));
            cells.map(cell).collect()
        };
        Grid {
            rows: (0..self.size.1).map(cells).collect(),
            cursor: (row.into(), column.into()),
        }
    }
}

fn cell(cell: &vt100::Cell) -> Cell {
    let text = cell.contents();
    let (text, width) = match (cell.is_wide_continuation(), text) {
        (true, _) => (String::new(), 0),
        (false, "") => (" ".to_owned(), 1),
        (false, text) => (text.to_owned(), if cell.is_wide() { 2 } else { 1 }),
    };
    Cell {
        text,
        width,
        style: Style {
            fg: cell.fgcolor(),
            bg: cell.bgcolor(),
            flags: [
                cell.bold(),
                cell.dim(),
                cell.italic(),
                cell.underline(),
                cell.inverse(),
            ],
        },
    }
}

fn some(n: u16) -> NonZero<u16> {
    NonZero::new(n).unwrap_or(NonZero::<u16>::MIN)
}
