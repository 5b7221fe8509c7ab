//! Line breaking with 避头尾.
//!
//! Break opportunities are those of UAX #14, corrected by a table (see `kinsoku`): some that it
//! forbids are good next to “ and ”, and some that it allows are bad in official Chinese text (2025
//! 年, e-CNY). Lines are filled greedily, in one pass.

mod kinsoku;

use super::Policy;
use kinsoku::{CharKind, is_east_asian, is_unit, kind};
use std::ops::Range;
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// Returns the lines of a text as byte ranges; joined, they are the text. A `\n` ends its line and
/// is part of it. No line is wider than `width` columns (without trailing blanks and line end),
/// unless a single grapheme is.
pub fn wrap(policy: Policy, text: &str, width: usize) -> Vec<Range<usize>> {
    fill(policy, text, width, usize::MAX)
}

/// Wraps like [`wrap`], the first line at `first` columns and the others at `rest`: for a label
/// before the text, or a hanging indent.
pub fn wrap_indented(policy: Policy, text: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    if first == rest {
        return wrap(policy, text, first);
    }
    let mut lines = fill(policy, text, first, 1);
    let end = lines.last().map_or(0, |line| line.end);
    let others = wrap(policy, text.get(end..).unwrap_or_default(), rest);
    lines.extend(others.into_iter().map(|l| l.start + end..l.end + end));
    lines
}

/// Returns parts as lines, as many a line as fit with `gap` blanks between them; a part that is wider
/// than a line is wrapped.
pub fn flow<'a>(
    policy: Policy,
    parts: impl IntoIterator<Item = &'a str>,
    gap: usize,
    width: usize,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        let columns = gap + policy.width(part);
        if let Some(line) = lines.last_mut()
            && policy.width(line) + columns <= width
        {
            line.extend([&*" ".repeat(gap), part]);
            continue;
        }
        let wrapped = wrap(policy, part, width).into_iter();
        lines
            .extend(wrapped.map(|range| part.get(range).unwrap_or_default().trim_end().to_owned()));
    }
    lines
}

/// Returns the first lines of a text, at most `count`.
fn fill(policy: Policy, text: &str, width: usize, count: usize) -> Vec<Range<usize>> {
    let mut fill = Fill::new(width);
    let mut breaks = linebreaks(text).peekable();
    let mut before = BreakContext::new();
    for (at, grapheme, columns) in policy.graphemes(text) {
        let mut chars = grapheme.chars();
        let Some(c) = chars.next() else { continue };
        // A blank that carries a mark is drawn, so it does not hang.
        let kind = match kind(c) {
            CharKind::Blank if grapheme.len() > c.len_utf8() => CharKind::Other,
            kind => kind,
        };
        while breaks.next_if(|&(b, _)| b < at).is_some() {}
        let unicode = breaks.next_if(|&(b, _)| b == at).map(|(_, kind)| kind);
        if at > fill.start {
            if unicode == Some(BreakOpportunity::Mandatory) {
                fill.end_line(at, fill.total);
            } else if let Some(rank) = before.rank(unicode.is_some(), (c, kind), || {
                text.get(at + c.len_utf8()..)
                    .and_then(|rest| rest.chars().next())
            }) {
                fill.offer(rank, at);
            }
        }
        before.push(c, kind);
        fill.take(at, columns, before.blank);
        if fill.lines.len() >= count {
            fill.lines.truncate(count);
            return fill.lines;
        }
    }
    fill.finish(text.len())
}

/// Quality of a break. A worse one is taken only if the line has no better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// Allowed by UAX #14 and by the table.
    Good,
    /// Allowed but undesirable: between 2025 and 年, after the hyphen of e-CNY.
    Poor,
    /// Inside something too long for a line: a web address, a chain of brackets.
    Last,
}

/// The text before a possible break.
#[derive(Debug)]
struct BreakContext {
    /// The last character that is not a blank, and the one before it.
    last: (char, CharKind),
    earlier: char,
    /// Whether a blank follows them.
    blank: bool,
    /// Whether more than one does.
    blanks: bool,
}

impl BreakContext {
    fn new() -> Self {
        BreakContext {
            last: (' ', CharKind::Blank),
            earlier: ' ',
            blank: false,
            blanks: false,
        }
    }

    fn push(&mut self, c: char, kind: CharKind) {
        if kind == CharKind::Blank {
            self.blanks = self.blank;
            self.blank = true;
        } else {
            self.earlier = self.last.0;
            self.last = (c, kind);
            (self.blank, self.blanks) = (false, false);
        }
    }

    /// Returns the quality of a break before a character, or `None` if there can be none.
    fn rank(
        &self,
        unicode: bool,
        (c, next): (char, CharKind),
        then: impl Fn() -> Option<char>,
    ) -> Option<Rank> {
        let (last, kind) = self.last;
        if kind == CharKind::Han && next == CharKind::Han && unicode && !self.blank {
            return Some(Rank::Good);
        }
        let lone_dash = || then().is_none_or(|c| kinsoku::kind(c) != CharKind::Dash);
        if kind.never_ends()
            || next.never_begins(self.blank)
            || next == CharKind::Dash && (kind == CharKind::Dash || lone_dash())
        {
            return None;
        }
        Some(if self.glued(kind, last, next, c) {
            Rank::Poor
        } else if unicode || self.at_quote(kind, next, c, then) {
            Rank::Good
        } else {
            Rank::Last
        })
    }

    /// Returns whether two characters should stay together though UAX #14 may allow a break.
    fn glued(&self, kind: CharKind, last: char, next: CharKind, c: char) -> bool {
        let in_word = |c: char| c.is_ascii_alphanumeric();
        !self.blanks
            && match kind {
                CharKind::Digit => is_unit(c),
                CharKind::Hyphen => !self.blank && in_word(c) && in_word(self.earlier),
                _ => last == '第' && next == CharKind::Digit,
            }
    }

    /// Returns whether a break next to a quote is good in Chinese text: before “ and after ”.
    fn at_quote(
        &self,
        kind: CharKind,
        next: CharKind,
        c: char,
        then: impl Fn() -> Option<char>,
    ) -> bool {
        if next == CharKind::OpenQuote {
            return is_east_asian(self.last.0) || then().is_some_and(is_east_asian);
        }
        // An apostrophe closes nothing, so the next character decides.
        let closed = self.last.0 != '’' && is_east_asian(self.earlier);
        kind == CharKind::CloseQuote && (closed || is_east_asian(c))
    }
}

/// A possible break: byte offset, and columns from the beginning of the text.
type Place = (usize, usize);

/// A greedy fill of lines.
#[derive(Debug)]
struct Fill {
    lines: Vec<Range<usize>>,
    start: usize,
    /// Columns before the line, and in total.
    base: usize,
    total: usize,
    limit: usize,
    /// The last place of each rank.
    places: [Place; 3],
}

impl Fill {
    fn new(limit: usize) -> Self {
        Fill {
            lines: Vec::new(),
            start: 0,
            base: 0,
            total: 0,
            limit,
            places: [(0, 0); 3],
        }
    }

    fn offer(&mut self, rank: Rank, at: usize) {
        self.places[rank as usize] = (at, self.total);
    }

    fn take(&mut self, at: usize, width: usize, blank: bool) {
        while !blank && self.total + width > self.base.saturating_add(self.limit) && at > self.start
        {
            let (end, columns) = self.best().unwrap_or((at, self.total));
            self.end_line(end, columns);
        }
        self.total += width;
    }

    /// Returns the best break of the line. A poor one that leaves the line mostly empty is worse
    /// than one inside a word.
    fn best(&self) -> Option<Place> {
        let [good, poor, last] = self.places.map(|p| Some(p).filter(|p| p.0 > self.start));
        let full = |p: &Place| (p.1 - self.base) * 2 > self.limit;
        good.or(poor.filter(full)).or(last).or(poor)
    }

    fn end_line(&mut self, end: usize, columns: usize) {
        self.lines.push(self.start..end);
        self.start = end;
        self.base = columns;
    }

    fn finish(mut self, end: usize) -> Vec<Range<usize>> {
        if self.start < end {
            self.lines.push(self.start..end);
        }
        self.lines
    }
}

#[cfg(test)]
mod tests;
