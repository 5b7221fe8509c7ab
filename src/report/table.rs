//! The table that all formats print.

use crate::{locale::Lang, progress::percent, text::Tone};
use jiff::civil::{Date, DateTime};
use std::ops::Range;

/// A table of typed cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Printed above it.
    pub title: String,
    /// The columns, left to right.
    pub headings: Vec<Heading>,
    /// The rows; each has as many cells as there are headings.
    pub rows: Vec<Vec<Cell>>,
    /// Printed below it.
    pub note: Option<String>,
    /// What a terminal colours in each row; empty for nothing anywhere.
    pub spans: Vec<Vec<Span>>,
}

/// A part of a cell's text that a terminal colours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The place of the column.
    pub column: usize,
    /// The bytes of the cell's text; what is beyond its end is left out.
    pub range: Range<usize>,
    /// What the part is.
    pub tone: Tone,
}

impl Span {
    /// Returns a span of a whole cell.
    pub const fn whole(column: usize, tone: Tone) -> Self {
        Self {
            column,
            range: 0..usize::MAX,
            tone,
        }
    }
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The column's name for machines.
    pub id: &'static str,
    /// The column's name for people.
    pub text: String,
}

/// A cell; formats decide how a value looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text as typed; formats clean or escape it.
    Text(String),
    /// Text, and a short form for narrow screens.
    Brief(String, String),
    /// A count.
    Count(usize),
    /// A day.
    Day(Date),
    /// A minute, in local time.
    Moment(DateTime),
    /// A rate: numerator and denominator.
    Rate(usize, usize),
}

impl Heading {
    /// Returns a heading with the message of a key.
    pub fn new(id: &'static str, key: &'static str, lang: Lang) -> Self {
        let text = lang.text(key).to_owned();
        Self { id, text }
    }
}

impl Table {
    /// Returns a table without a title; each heading has its name and the key of its text.
    pub fn new<const N: usize>(
        lang: Lang,
        headings: [(&'static str, &'static str); N],
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Self {
        Self {
            headings: headings.map(|(id, key)| Heading::new(id, key, lang)).into(),
            rows: rows.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Returns a table whose headings are the same in every language.
    pub fn named<const N: usize>(
        ids: [&'static str; N],
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Self {
        let heading = |id: &'static str| Heading {
            id,
            text: id.to_owned(),
        };
        Self {
            headings: ids.map(heading).into(),
            rows: rows.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Keeps the columns at these places, in this order.
    pub fn pick(&mut self, places: &[usize]) {
        self.headings = places.iter().map(|at| self.headings[*at].clone()).collect();
        for row in &mut self.rows {
            *row = places.iter().map(|at| row[*at].clone()).collect();
        }
        for spans in &mut self.spans {
            let old = std::mem::take(spans);
            for (column, from) in places.iter().enumerate() {
                let own = old.iter().filter(|span| span.column == *from).cloned();
                spans.extend(own.map(|span| Span { column, ..span }));
            }
        }
    }

    /// Leaves out the columns of these names.
    pub fn leave_out(&mut self, ids: &[&str]) {
        let kept = |at: &usize| !ids.contains(&self.headings[*at].id);
        let places: Vec<usize> = (0..self.headings.len()).filter(kept).collect();
        self.pick(&places);
    }
}

impl Cell {
    /// Returns a cell of text, or an empty one for an empty text.
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// Returns the cell's text.
    pub fn show(&self, lang: Lang) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Brief(text, _) => text.clone(),
            Self::Count(n) => n.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Moment(at) => at.strftime("%Y-%m-%d %H:%M").to_string(),
            Self::Rate(n, of) => rate(*n, *of, lang),
        }
    }

    /// Returns whether it is a number, which is right-aligned.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Rate(..))
    }
}

/// Returns a rate as `12/42 29%`; without a percentage if the denominator is 0.
pub fn rate(n: usize, of: usize, lang: Lang) -> String {
    percent(n, of).map_or_else(
        || lang.text("report.rate-none").to_owned(),
        |percent| format!("{n}/{of} {percent}%"),
    )
}

/// Returns by how many percentage points a rate changed.
pub fn points(before: (usize, usize), now: (usize, usize)) -> i64 {
    let whole = |(n, of)| i64::try_from(percent(n, of).unwrap_or(0)).unwrap_or(0);
    whole(now) - whole(before)
}

#[cfg(test)]
mod tests {
    use super::rate;
    use crate::locale::Lang;

    #[test]
    fn a_rate_is_complete_only_when_it_is() {
        assert_eq!(rate(12, 42, Lang::En), "12/42 29%");
        assert_eq!(rate(0, 42, Lang::En), "0/42 0%");
        assert_eq!(rate(999, 1000, Lang::En), "999/1000 99%");
        assert_eq!(rate(1000, 1000, Lang::En), "1000/1000 100%");
        assert_eq!(rate(1, 8, Lang::En), "1/8 13%");
        assert_eq!(rate(0, 0, Lang::ZhCn), "0/0");
    }
}
