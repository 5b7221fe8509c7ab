//! The floor: the fewest bytes that turn one screen into another.
//!
//! Only what changed is sent, row by row. Between two changes in a row one either moves the cursor
//! or sends the text between, whichever is shorter; blanks are sent or erased (ECH, EL). A change
//! of style costs the shortest SGR. Scrolling is left out: a screen with two panes side by side
//! can't use it.

use crate::screen::{Cell, Grid, Style};

/// Returns the floor in bytes.
pub(crate) fn cost(before: &Grid, after: &Grid) -> usize {
    let mut path = Path {
        cost: 0,
        at: Some(before.cursor),
        pen: Style::default(),
    };
    for (y, (old, new)) in before.rows.iter().zip(&after.rows).enumerate() {
        path.row(y, old, new);
    }
    if path.pen != Style::default() {
        path.cost += sgr(path.pen, Style::default());
    }
    path.cost
}

struct Path {
    cost: usize,
    at: Option<(usize, usize)>,
    pen: Style,
}

/// A part of a row that is sent completely.
#[derive(Debug, Clone, Copy)]
struct Run {
    from: usize,
    to: usize,
}

impl Path {
    fn row(&mut self, y: usize, old: &[Cell], new: &[Cell]) {
        let blank_from = new.iter().rposition(|c| !c.is_blank()).map_or(0, |x| x + 1);
        let runs = runs(old, new);
        let tail = runs.last().filter(|r| r.to > blank_from).copied();
        for run in &runs {
            let to = if tail.is_some() {
                run.to.min(blank_from)
            } else {
                run.to
            };
            if run.from < to {
                self.run(y, new, Run { from: run.from, to });
            }
        }
        if let Some(tail) = tail {
            self.tail(y, tail.from.max(blank_from), tail.to, new.len());
        }
    }

    /// Erases the rest of a row that is blank to its end.
    fn tail(&mut self, y: usize, from: usize, to: usize, width: usize) {
        self.go(y, from);
        self.style(Style::default());
        let spaces = to - from;
        if spaces > 3 {
            self.cost += 3;
        } else {
            self.cost += spaces;
            self.at = Some((y, to)).filter(|_| to < width);
        }
    }

    fn run(&mut self, y: usize, new: &[Cell], run: Run) {
        if let Some((row, x)) = self.at
            && row == y
            && x < run.from
        {
            // Sending the text between may be shorter than moving the cursor.
            let between = Self::text(&new[x..run.from], self.pen);
            let there = sgr(between.1, new[run.from].style);
            let jump = go((y, x), (y, run.from)) + sgr(self.pen, new[run.from].style);
            if between.0 + there < jump {
                self.cost += between.0;
                self.pen = between.1;
                self.at = Some((y, run.from));
            }
        }
        self.go(y, run.from);
        let (cost, pen) = Self::text(&new[run.from..run.to], self.pen);
        self.cost += cost;
        self.pen = pen;
        self.at = Some((y, run.to)).filter(|_| run.to < new.len());
    }

    /// Returns the cost of cells, and the style afterwards. Long blanks are erased.
    fn text(cells: &[Cell], mut pen: Style) -> (usize, Style) {
        let mut cost = 0;
        let mut rest = cells;
        while let Some(first) = rest.first() {
            // The second half of a wide glyph costs nothing, and has no style of its own.
            if first.width == 0 {
                rest = &rest[1..];
                continue;
            }
            let blanks = rest.iter().take_while(|c| c.is_blank()).count();
            let length = if blanks > 0 { blanks } else { 1 };
            cost += sgr(pen, first.style);
            pen = first.style;
            if blanks > 0 {
                let erased = 3 + digits(blanks) + 3 + digits(blanks);
                cost += blanks.min(erased);
            } else {
                cost += first.text.len();
            }
            rest = &rest[length..];
        }
        (cost, pen)
    }

    fn go(&mut self, y: usize, x: usize) {
        self.cost += match self.at {
            Some(at) => go(at, (y, x)),
            None => absolute(y, x),
        };
        self.at = Some((y, x));
    }

    fn style(&mut self, style: Style) {
        self.cost += sgr(self.pen, style);
        self.pen = style;
    }
}

/// Returns the changed parts, in whole glyphs.
fn runs(old: &[Cell], new: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < new.len() {
        let end = (x + new[x].width.max(1)).min(new.len());
        if old.get(x..end) != Some(&new[x..end]) {
            match runs.last_mut().filter(|r| r.to == x) {
                Some(run) => run.to = end,
                None => runs.push(Run { from: x, to: end }),
            }
        }
        x = end;
    }
    runs
}

/// The shortest cursor movement.
fn go(from: (usize, usize), to: (usize, usize)) -> usize {
    if from == to {
        return 0;
    }
    let forward = |n: usize| if n == 1 { 3 } else { 3 + digits(n) };
    let within = |x: usize, goal: usize| match goal {
        _ if goal == x => 0,
        0 => 1,
        _ => {
            let near = forward(goal.abs_diff(x));
            near.min(3 + digits(goal + 1))
                .min(if goal < x { 1 + forward(goal) } else { 9 })
        }
    };
    let absolute = absolute(to.0, to.1);
    match to.0.checked_sub(from.0) {
        Some(0) => within(from.1, to.1),
        // Line feeds keep the column.
        Some(down @ 1..4) => absolute.min(down + within(from.1, to.1)),
        _ => absolute,
    }
}

fn absolute(y: usize, x: usize) -> usize {
    match (y, x) {
        (0, 0) => 3,
        (_, 0) => 3 + digits(y + 1),
        _ => 4 + digits(y + 1) + digits(x + 1),
    }
}

fn digits(n: usize) -> usize {
    n.to_string().len()
}

/// The shortest change of style, in bytes.
fn sgr(from: Style, to: Style) -> usize {
    if from == to {
        return 0;
    }
    // `ESC [ m` suffices for a plain style; after it, or after `0;`, everything is set again.
    let anew = match codes(Style::default(), to, false) {
        0 => 3,
        n => 3 + 2 + n - 1,
    };
    let codes = codes(from, to, true);
    anew.min(3 + codes.saturating_sub(1))
}

/// Returns the length of the codes, each followed by `;`.
fn codes(from: Style, to: Style, ends: bool) -> usize {
    let mut length = 0;
    if from.fg != to.fg {
        length += colour(to.fg);
    }
    if from.bg != to.bg {
        length += colour(to.bg);
    }
    let intensity = from.flags[0] && !to.flags[0] || from.flags[1] && !to.flags[1];
    let mut off = [false; 5];
    for (i, off) in off.iter_mut().enumerate() {
        *off = from.flags[i] && !to.flags[i];
    }
    if ends {
        length += 3 * usize::from(intensity);
        length += 3 * off[2..].iter().filter(|o| **o).count();
    }
    for (i, on) in to.flags.iter().enumerate() {
        let lost = intensity && i < 2;
        length += 2 * usize::from(*on && (!from.flags[i] || lost));
    }
    length
}

fn colour(colour: vt100::Color) -> usize {
    match colour {
        vt100::Color::Default | vt100::Color::Idx(0..16) => 3,
        vt100::Color::Idx(n) => 6 + digits(n.into()),
        vt100::Color::Rgb(r, g, b) => {
            7 + [r, g, b].map(|c| digits(c.into())).iter().sum::<usize>() + 2
        }
    }
}
