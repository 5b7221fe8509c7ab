//! The difference as lines for a terminal or a pipe: side by side, or one below the other.

use super::Aspect;
use crate::{
    locale::Lang,
    text::{self, Policy, Tone, diff},
};
use std::{fmt::Write as _, ops::Range};

/// The least width for side by side.
const WIDE: usize = 100;

/// Layout of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DifferenceLayout {
    /// Width policy of ambiguous characters.
    pub policy: Policy,
    /// Terminal width; `None` in a pipe, where a paragraph is one line.
    pub width: Option<usize>,
}

/// A text with its changes, ready for a terminal.
struct ChangedText {
    text: String,
    changed: Vec<Range<usize>>,
}

impl DifferenceLayout {
    /// Returns the lines of a difference.
    pub(super) fn lines(self, aspect: &Aspect, lang: Lang) -> Vec<String> {
        let runs = diff::diff(&aspect.old, &aspect.new);
        let label = match aspect.label {
            "" => "",
            key => lang.text(key),
        };
        let old = ChangedText::new(label, &runs, |r| r.of_old(&aspect.old), ("[-", "-]"));
        let new = ChangedText::new(label, &runs, |r| r.of_new(&aspect.new), ("{+", "+}"));
        if let Some(width) = self.width.filter(|width| *width >= WIDE) {
            return beside(self, &old, &new, (width - 3) / 2);
        }
        let mut out = Vec::new();
        if !aspect.old.is_empty() {
            out.extend(self.below(&old, "- ", Tone::Removed));
        }
        if !aspect.new.is_empty() {
            out.extend(self.below(&new, "+ ", Tone::Added));
        }
        out
    }

    /// Returns the lines of one text, with its sign before the first.
    fn below(self, marked: &ChangedText, sign: &str, tone: Tone) -> Vec<String> {
        let width = self
            .width
            .map_or(usize::MAX, |w| w.saturating_sub(2).max(2));
        let lines = marked.lines(self, width, tone).into_iter();
        let signs = std::iter::once(sign).chain(std::iter::repeat("  "));
        signs
            .zip(lines)
            .map(|(sign, (line, _))| format!("{sign}{line}"))
            .collect()
    }
}

impl ChangedText {
    fn new<'a>(
        label: &str,
        runs: &[diff::Run],
        pick: impl Fn(&diff::Run) -> &'a str,
        (open, close): (&str, &str),
    ) -> Self {
        let mut out = Self {
            text: String::new(),
            changed: Vec::new(),
        };
        if !label.is_empty() {
            let _ = write!(out.text, "{label}  ");
        }
        for run in runs {
            let part = text::clean(pick(run));
            if run.same || part.trim().is_empty() {
                out.text += &part;
                continue;
            }
            let start = out.text.len();
            let _ = write!(out.text, "{open}{part}{close}");
            out.changed.push(start..out.text.len());
        }
        out
    }

    /// Returns the lines wrapped to a width, with their widths.
    fn lines(&self, layout: DifferenceLayout, width: usize, tone: Tone) -> Vec<(String, usize)> {
        let ranges = text::wrap(layout.policy, &self.text, width).into_iter();
        ranges
            .map(|range| {
                let line = self.text.get(range.clone()).unwrap_or_default().trim_end();
                let columns = layout.policy.width(line);
                let end = range.start + line.len();
                (self.toned(range.start..end, tone), columns)
            })
            .collect()
    }

    fn toned(&self, line: Range<usize>, tone: Tone) -> String {
        let get = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let (mut out, mut at) = (String::new(), line.start);
        for changed in &self.changed {
            let (from, to) = (
                changed.start.clamp(at, line.end),
                changed.end.clamp(at, line.end),
            );
            if from < to {
                let _ = write!(out, "{}{}", get(at..from), tone.set(get(from..to)));
                at = to;
            }
        }
        out + get(at..line.end)
    }
}

/// Returns the two texts side by side.
fn beside(
    layout: DifferenceLayout,
    old: &ChangedText,
    new: &ChangedText,
    width: usize,
) -> Vec<String> {
    let left = old.lines(layout, width, Tone::Removed);
    let right = new.lines(layout, width, Tone::Added);
    let get = |side: &[(String, usize)], nth: usize| side.get(nth).cloned().unwrap_or_default();
    (0..left.len().max(right.len()))
        .map(|nth| {
            let ((a, columns), (b, _)) = (get(&left, nth), get(&right, nth));
            let blanks = " ".repeat(width.saturating_sub(columns));
            format!("{a}{blanks} | {b}").trim_end().to_owned()
        })
        .collect()
}
