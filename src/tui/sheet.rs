//! The frame that is being drawn: what is put where, and as cells only what differs from the frame
//! before. May use: `text`, ratatui's buffer.
//!
//! Most rows of most frames say what they said before. So the view does not draw into cells: it
//! writes down, row by row, what it puts there, some two hundred bytes a row. Where a row reads as it
//! did, its cells stand; where it begins to differ, they are drawn from there on. What is compared is
//! all that a row is drawn from, so there is nothing to forget to invalidate.

use crate::text::{self, Policy};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

#[cfg(test)]
mod tests;

/// A screen of cells, and what stands on it.
#[derive(Debug, Default)]
pub struct Sheet {
    cells: Buffer,
    /// What this frame puts into each row.
    rows: Vec<Script>,
    /// What the cells show.
    shown: Vec<Script>,
    /// By row, the column from which this frame's cells may differ from those before.
    changed: Vec<Option<u16>>,
}

/// What is done to one row, in order.
#[derive(Debug, Default)]
struct Script {
    steps: Vec<Step>,
    /// The texts of the steps, one after the other.
    text: String,
}

/// One thing that is done to some columns of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    /// The first column, and the one after the last.
    from: u16,
    to: u16,
    style: Style,
    deed: Deed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// Blanks of the style.
    Fill,
    /// The style laid over what stands there.
    Lay,
    /// A text that takes these columns, up to this byte of the script's.
    Put(Policy, usize),
}

impl Step {
    /// Returns where its text ends in the script's, if it has one.
    const fn text_end(&self) -> Option<usize> {
        match self.deed {
            Deed::Put(_, end) => Some(end),
            Deed::Fill | Deed::Lay => None,
        }
    }
}

impl Sheet {
    /// Begins a frame of this size. What is not put on it again is gone.
    pub fn begin(&mut self, (width, height): (u16, u16)) {
        let area = Rect::new(0, 0, width, height);
        std::mem::swap(&mut self.rows, &mut self.shown);
        if self.cells.area != area {
            self.cells = Buffer::empty(area);
            // Blank cells are what no step at all makes.
            self.shown.clear();
        }
        let height = usize::from(height);
        self.rows.resize_with(height, Script::default);
        self.shown.resize_with(height, Script::default);
        for row in &mut self.rows {
            row.steps.clear();
            row.text.clear();
        }
    }

    /// Returns the sheet's area: all of the screen.
    pub fn area(&self) -> Rect {
        self.cells.area
    }

    /// Fills an area with blanks of one style; see [`text::fill`].
    pub fn fill(&mut self, area: Rect, style: Style) {
        self.on_rows(area, style, Deed::Fill);
    }

    /// Lays a style over what stands in an area.
    pub fn lay(&mut self, area: Rect, style: Style) {
        self.on_rows(area, style, Deed::Lay);
    }

    fn on_rows(&mut self, area: Rect, style: Style, deed: Deed) {
        let area = area.intersection(self.cells.area);
        if area.is_empty() {
            return;
        }
        let step = Step {
            from: area.x,
            to: area.right(),
            style,
            deed,
        };
        let rows = usize::from(area.y)..usize::from(area.bottom());
        for row in self.rows.get_mut(rows).unwrap_or_default() {
            if deed == Deed::Fill {
                row.forget(step.from, step.to);
            }
            row.steps.push(step);
        }
    }

    /// Puts a text at (`x`, `y`), cut at `max` columns and at the sheet's edge; returns the columns
    /// used. See [`text::put`].
    pub fn put(
        &mut self,
        (x, y): (u16, u16),
        max: usize,
        text: &str,
        style: Style,
        policy: Policy,
    ) -> usize {
        if !self.cells.area.contains(Position::new(x, y)) {
            return 0;
        }
        let room = usize::from(self.cells.area.right() - x).min(max);
        let (fits, used) = policy.fit(text, room);
        let end = u16::try_from(used).ok().and_then(|n| x.checked_add(n));
        if let (Some(to), Some(row)) = (end, self.rows.get_mut(usize::from(y)))
            && used > 0
        {
            row.text.push_str(fits);
            row.steps.push(Step {
                from: x,
                to,
                style,
                deed: Deed::Put(policy, row.text.len()),
            });
        }
        used
    }

    /// Ends the frame: draws what differs from the one before.
    pub fn finish(&mut self) {
        self.changed.clear();
        for (y, (row, shown)) in (0..).zip(self.rows.iter().zip(&self.shown)) {
            let changed = row.differs_from(shown);
            if let Some(column) = changed {
                row.draw(&mut self.cells, y, column);
            }
            self.changed.push(changed);
        }
    }

    /// Returns the cells of the frame that was finished last.
    pub const fn cells(&self) -> &Buffer {
        &self.cells
    }

    /// Returns by row the column from which on the last frame may differ from the one before it; none
    /// where a row stands as it was. No glyph of either frame reaches over that column.
    pub fn changed(&self) -> &[Option<u16>] {
        &self.changed
    }
}

impl Script {
    /// Takes back the last steps as far as they lie between two columns, where nothing of them will
    /// be seen.
    fn forget(&mut self, from: u16, to: u16) {
        while self
            .steps
            .pop_if(|s| from <= s.from && s.to <= to)
            .is_some()
        {}
        let ends = self.steps.iter().rev().find_map(Step::text_end);
        self.text.truncate(ends.unwrap_or(0));
    }

    /// Returns the first column where two scripts may differ in what they draw, at which both can be
    /// cut.
    fn differs_from(&self, other: &Self) -> Option<u16> {
        let same = self.same_steps(other);
        let rest = |script: &Self| {
            let steps = script.steps.get(same..).unwrap_or_default();
            steps.iter().map(|step| step.from).min()
        };
        let first = [rest(self), rest(other)].into_iter().flatten().min()?;
        Some(self.cut(other, first))
    }

    /// Returns how many steps both begin with.
    fn same_steps(&self, other: &Self) -> usize {
        let mut from = 0;
        let pairs = self.steps.iter().zip(&other.steps);
        pairs
            .take_while(|(a, b)| {
                let Some(to) = a.text_end() else {
                    return a == b;
                };
                let (start, end) = (std::mem::replace(&mut from, to), to);
                a == b && self.text.get(start..end) == other.text.get(start..end)
            })
            .count()
    }

    /// Returns the last column up to this one that no text of the two scripts reaches over: there a
    /// glyph may stand.
    fn cut(&self, other: &Self, mut column: u16) -> u16 {
        loop {
            let steps = self.steps.iter().chain(&other.steps);
            let over = steps
                .filter(|step| step.text_end().is_some())
                .filter(|step| step.from < column && column < step.to);
            match over.map(|step| step.from).min() {
                Some(before) => column = before,
                None => return column,
            }
        }
    }

    /// Draws the row from a column on that no text reaches over.
    fn draw(&self, cells: &mut Buffer, y: u16, column: u16) {
        let right = cells.area.right();
        // What stands there may have been put by steps that are gone.
        let covers = |s: &Step| s.deed == Deed::Fill && s.from <= column && s.to == right;
        if !self.steps.first().is_some_and(covers) {
            let rest = Rect::new(column, y, right - column, 1);
            text::fill(cells, rest, Style::reset());
        }
        let mut start = 0;
        for step in &self.steps {
            let end = step.text_end().unwrap_or(start);
            let text = self.text.get(start..end).unwrap_or_default();
            start = end;
            if step.to <= column {
                continue;
            }
            let from = step.from.max(column);
            let area = Rect::new(from, y, step.to - from, 1);
            match step.deed {
                Deed::Fill => text::fill(cells, area, step.style),
                Deed::Lay => cells.set_style(area, step.style),
                Deed::Put(policy, _) => {
                    let room = usize::from(area.width);
                    text::put(cells, from, y, room, text, step.style, policy);
                }
            }
        }
    }
}
