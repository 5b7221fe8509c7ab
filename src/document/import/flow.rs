//! Lines joined into running text that remembers their numbers.
//!
//! A paragraph break is kept as a line break, which goes when the text becomes a clause. A line
//! that ends in mid-sentence is joined with the next, even across blank lines.

use super::{
    lines::{SourceLine, is_blank},
    report::{Notes, ReadingRule},
};

/// Running text.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    pub text: String,
    /// Offset of each source line in the text.
    marks: Vec<(usize, usize)>,
}

/// How a line is joined to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// In mid-sentence; noted.
    Cut,
    /// A new paragraph.
    Break,
}

impl Flow {
    /// Adds a line, or the part after its number.
    pub(super) fn push(
        &mut self,
        line: &SourceLine<'_>,
        text: &str,
        joint: Joint,
        notes: &mut Notes,
    ) {
        if !self.text.is_empty() {
            match joint {
                Joint::Break => self.text.push('\n'),
                Joint::Cut => {
                    let from = self.marks.last().map_or(line.number, |m| m.1);
                    note_join(&self.text, from, line, notes);
                    if needs_blank(&self.text, text) {
                        self.text.push(' ');
                    }
                }
            }
        }
        self.marks.push((self.text.len(), line.number));
        self.text.extend(text.chars().map(|c| match c {
            '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            c => c,
        }));
    }

    /// Returns the source line of an offset.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        let after = self.marks.partition_point(|(start, _)| *start <= offset);
        after
            .checked_sub(1)
            .and_then(|i| self.marks.get(i))
            .map_or(0, |m| m.1)
    }

    /// Returns whether a source line begins at this offset.
    pub(super) fn is_line_start(&self, offset: usize) -> bool {
        self.marks
            .binary_search_by_key(&offset, |(start, _)| *start)
            .is_ok()
    }

    /// Returns whether it is a single source line.
    pub(super) fn is_single_line(&self) -> bool {
        self.marks.len() == 1
    }

    /// Returns the text from an offset on.
    pub(super) fn after(&self, start: usize) -> &str {
        self.slice(start, self.text.len())
    }

    /// Returns a part of the text.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Returns whether a line ends in mid-sentence.
pub(super) fn is_cut(text: &str) -> bool {
    !text.chars().next_back().is_some_and(|c| {
        is_stop(c)
            || matches!(
                c,
                '：' | ':' | '”' | '’' | '"' | '…' | '）' | ')' | '】' | '〕' | ']' | '》'
            )
    })
}

/// Returns whether a character ends a sentence or part of one.
pub(super) const fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | ';' | '!' | '?' | '.' | '．')
}

fn note_join(before: &str, from: usize, line: &SourceLine<'_>, notes: &mut Notes) {
    notes.joins.push(line.number);
    let rule = if line.gap {
        ReadingRule::JOIN
    } else {
        ReadingRule::WRAP
    };
    if notes.again(rule) {
        return;
    }
    let gap = if line.gap { "\n\n" } else { "\n" };
    let start = before.char_indices().rev().nth(7).map_or(0, |(i, _)| i);
    let before = before.get(start..).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after: String = line.text.chars().take(8).collect();
    let blank = if needs_blank(before, &after) { " " } else { "" };
    notes.correct(
        from,
        &format!("{before}{gap}{after}"),
        &format!("{before}{blank}{after}"),
        rule,
    );
}

/// Returns whether two lines are joined with a blank: alphabetic words are, Chinese is not.
fn needs_blank(before: &str, after: &str) -> bool {
    let narrow = |c: Option<char>| c.is_some_and(|c| u32::from(c) < 0x1100);
    narrow(before.chars().next_back()) && narrow(after.chars().next())
}

/// Returns the text as one paragraph: breaks are removed, or become a blank between words.
pub(super) fn unbroken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split('\n') {
        let part = part.trim_matches(is_blank);
        if !out.is_empty() && needs_blank(&out, part) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}
