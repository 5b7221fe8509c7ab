//! A small terminal that reads the bytes of ratatui's crossterm backend. It draws ambiguous
//! characters one or two columns wide and, as real terminals do, blanks the rest of a wide glyph
//! when half of it is overwritten.

use crate::text::width::is_ambiguous;
use ratatui::{
    backend::{Backend as _, CrosstermBackend},
    buffer::Buffer,
};
use unicode_width::UnicodeWidthChar as _;

/// The glyph of each column, empty where one from further left covers it.
pub(super) type Row = Vec<String>;

/// Returns a row of blanks.
pub(super) fn blank_row(width: usize) -> Row {
    vec![" ".to_owned(); width]
}

/// Puts a glyph into a row and blanks the glyphs that it half covers.
pub(super) fn overwrite(row: &mut Row, at: usize, glyph: &str, width: usize) {
    for cut in [at, at + width] {
        if row.get(cut).is_some_and(String::is_empty) {
            let head = (0..cut).rev().find(|&i| !row[i].is_empty()).unwrap();
            let end = (cut..row.len())
                .find(|&i| !row[i].is_empty())
                .unwrap_or(row.len());
            row[head..end].fill(" ".to_owned());
        }
    }
    row[at..at + width].fill(String::new());
    glyph.clone_into(&mut row[at]);
}

pub(super) struct Screen {
    /// Whether ambiguous characters take two columns.
    wide: bool,
    pub(super) rows: Vec<Row>,
    at: (usize, usize),
    seen: Buffer,
}

impl Screen {
    pub(super) fn new(wide: bool, seen: Buffer) -> Self {
        let row = blank_row(usize::from(seen.area.width));
        let rows = vec![row; usize::from(seen.area.height)];
        Screen {
            wide,
            rows,
            at: (0, 0),
            seen,
        }
    }

    /// Draws the difference to the last frame, from the real backend's bytes.
    pub(super) fn show(&mut self, frame: Buffer) {
        let mut bytes = Vec::new();
        let mut backend = CrosstermBackend::new(&mut bytes);
        backend.draw(self.seen.diff_iter(&frame)).unwrap();
        self.read(std::str::from_utf8(&bytes).unwrap());
        self.seen = frame;
    }

    fn read(&mut self, bytes: &str) {
        let mut rest = bytes.chars();
        while let Some(c) = rest.next() {
            if c == '\u{1b}' {
                assert_eq!(rest.next(), Some('['), "only CSI sequences");
                let params: String = rest
                    .by_ref()
                    .take_while(|&c| c != 'H' && c != 'm')
                    .collect();
                self.moved(&params, bytes.len() - rest.as_str().len(), bytes);
            } else {
                assert!(!c.is_control(), "{c:?} reached the terminal");
                self.print(c);
            }
        }
    }

    fn moved(&mut self, params: &str, end: usize, bytes: &str) {
        if bytes.as_bytes()[end - 1] == b'H' {
            let (y, x) = params.split_once(';').unwrap();
            let number = |n: &str| n.parse::<usize>().unwrap() - 1;
            self.at = (number(x), number(y));
        }
    }

    fn print(&mut self, c: char) {
        let (x, y) = self.at;
        let row = &mut self.rows[y];
        let width = match c.width() {
            Some(1) if self.wide && is_ambiguous(c) => 2,
            width => width.unwrap_or(0),
        };
        if width == 0 {
            let head = (0..x).rev().find(|&i| !row[i].is_empty()).unwrap();
            row[head].push(c);
        } else {
            assert!(x + width <= row.len(), "{c:?} runs over the end of the row");
            overwrite(row, x, c.encode_utf8(&mut [0; 4]), width);
            self.at.0 += width;
        }
    }
}
