//! Lines of text with parts in different roles.

use super::{pen::Look, pen::Pen, theme::Role};
use crate::{
    search::{Query, highlight},
    text::{Policy, link::on_line, link_cells, links, wrap, wrap_indented},
};
use ratatui::{buffer::Buffer, layout::Rect};
use std::ops::Range;

/// A line: where it starts, and its pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Blank columns before it.
    pub indent: usize,
    /// Its parts, in order.
    pub pieces: Vec<(String, Role)>,
    /// Columns behind the indent that link to an address.
    pub links: Vec<(Range<usize>, String)>,
}

/// A part of a text that has a role of its own.
pub type MarkedRange = (Range<usize>, Role);

/// Lines being laid out at a width.
#[derive(Debug)]
pub struct Page {
    policy: Policy,
    width: usize,
    /// The query whose matches are highlighted.
    query: Query,
    /// The lines so far.
    pub lines: Vec<Line>,
}

impl Page {
    /// Returns an empty page.
    pub fn new(policy: Policy, width: usize) -> Self {
        Self::highlighting(Query::default(), policy, width)
    }

    /// Returns an empty page that will highlight a query's matches.
    pub const fn highlighting(query: Query, policy: Policy, width: usize) -> Self {
        let lines = Vec::new();
        Self {
            policy,
            width,
            query,
            lines,
        }
    }

    /// Appends an empty line.
    pub fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// Appends a line of these pieces.
    pub fn line(&mut self, pieces: Vec<(String, Role)>) {
        self.lines.push(Line {
            pieces,
            ..Line::default()
        });
    }

    /// Appends a text, wrapped.
    pub fn paragraph(&mut self, text: &str, role: Role) {
        self.hanging("", role, text, &[], role);
    }

    /// Appends a label and its value, if it has one.
    pub fn field(&mut self, label: &str, value: &str, role: Role) {
        if !value.is_empty() {
            self.hanging(&format!("{label}  "), Role::Dim, value, &[], role);
        }
    }

    /// Appends a label and a text, whose further lines are aligned with its first, with parts of it
    /// in other roles.
    pub fn hanging(
        &mut self,
        label: &str,
        label_role: Role,
        text: &str,
        marks: &[MarkedRange],
        role: Role,
    ) {
        let found = highlight(&self.query, text).into_iter();
        let marks: Vec<MarkedRange> = (marks.iter().cloned())
            .chain(found.map(|range| (range, Role::Match)))
            .collect();
        let indent = self.policy.width(label);
        // If the label leaves no space, the text continues at the left.
        let rest = if indent * 2 > self.width { 0 } else { indent };
        let first = self.width.saturating_sub(indent).max(2);
        let ranges = if label.is_empty() {
            wrap(self.policy, text, self.width.max(1))
        } else {
            wrap_indented(
                self.policy,
                text,
                first,
                self.width.saturating_sub(rest).max(2),
            )
        };
        if text.is_empty() && !label.is_empty() {
            self.line(vec![(label.to_owned(), label_role)]);
        }
        let addresses = links(text);
        for (nth, range) in ranges.into_iter().enumerate() {
            let width = |range| self.policy.width(text.get(range).unwrap_or_default());
            let before = if nth == 0 { indent } else { 0 };
            let linked = on_line(text, &addresses, &range).map(|(part, address)| {
                let start = before + width(range.start..part.start);
                (start..start + width(part), address)
            });
            let mut line = Line {
                indent: if nth == 0 { 0 } else { rest },
                links: linked.collect(),
                pieces: pieces(text, range, &marks, role),
            };
            if nth == 0 && !label.is_empty() {
                line.pieces.insert(0, (label.to_owned(), label_role));
            }
            self.lines.push(line);
        }
    }
}

/// Draws lines from the top of an area.
pub fn draw<'a>(
    look: Look,
    buf: &mut Buffer,
    area: Rect,
    margin: usize,
    lines: impl IntoIterator<Item = &'a Line>,
) {
    for (row, line) in (0..area.height).zip(lines) {
        let mut pen = Pen::new(look, buf, area, row);
        pen.skip(margin + line.indent);
        for (text, role) in &line.pieces {
            pen.put(text, *role);
        }
        let start = usize::from(area.x) + margin + line.indent;
        for (columns, address) in &line.links {
            let at = |column: usize| u16::try_from(start + column).unwrap_or(u16::MAX);
            let end = at(columns.end).min(area.right());
            link_cells(buf, at(columns.start)..end, area.y + row, address);
        }
    }
}

/// Splits a line of a text into parts: marked ranges in their roles, and the text between.
fn pieces(
    text: &str,
    line: Range<usize>,
    marks: &[MarkedRange],
    role: Role,
) -> Vec<(String, Role)> {
    let end = line.start + text.get(line.clone()).unwrap_or_default().trim_end().len();
    let mut out = Vec::new();
    let mut push = |range: Range<usize>, role| {
        let piece = text.get(range).unwrap_or_default();
        if !piece.is_empty() {
            out.push((piece.to_owned(), role));
        }
    };
    let mut at = line.start;
    for (range, marked) in marks {
        let (from, to) = (range.start.clamp(at, end), range.end.clamp(at, end));
        push(at..from, role);
        push(from..to, *marked);
        at = to;
    }
    push(at..end, role);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_set_off_across_lines() {
        let text = "支持天津海关 ";
        let found = [(6..18, Role::Match)];
        let role = |text: &str, role| (text.to_owned(), role);
        assert_eq!(
            pieces(text, 0..12, &found, Role::Text),
            [role("支持", Role::Text), role("天津", Role::Match)]
        );
        assert_eq!(
            pieces(text, 12..19, &found, Role::Text),
            [role("海关", Role::Match)]
        );
        assert_eq!(
            pieces(text, 0..6, &found, Role::Text),
            [role("支持", Role::Text)]
        );
    }
}
