//! The difference between two texts, by grapheme.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// Above this many pairs of graphemes, everything between the common prefix and suffix counts as
/// replaced; a full comparison would take seconds.
const MOST: usize = 100_000_000;

/// A run that two texts share, or do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Whether it is in both texts.
    pub same: bool,
    /// Its bytes in the old text; empty if added.
    pub old: Range<usize>,
    /// Its bytes in the new text; empty if removed.
    pub new: Range<usize>,
}

impl Run {
    /// Returns its part of the old text.
    pub fn of_old<'a>(&self, old: &'a str) -> &'a str {
        old.get(self.old.clone()).unwrap_or_default()
    }

    /// Returns its part of the new text.
    pub fn of_new<'a>(&self, new: &'a str) -> &'a str {
        new.get(self.new.clone()).unwrap_or_default()
    }
}

/// Returns the runs of two texts in order; joined, they are the texts.
pub fn diff(old: &str, new: &str) -> Vec<Run> {
    let (a, b) = (graphemes(old), graphemes(new));
    let (at, bt) = (starts(&a, old.len()), starts(&b, new.len()));
    let (old, new): (Vec<_>, Vec<_>) = (
        a.iter().map(|g| g.1).collect(),
        b.iter().map(|g| g.1).collect(),
    );
    let mut runs: Vec<Run> = Vec::new();
    for op in operations(&old, &new) {
        let (x, y) = (op.old_range(), op.new_range());
        let run = Run {
            same: matches!(op, DiffOp::Equal { .. }),
            old: at[x.start]..at[x.end],
            new: bt[y.start]..bt[y.end],
        };
        match runs.last_mut().filter(|last| last.same == run.same) {
            Some(last) => (last.old.end, last.new.end) = (run.old.end, run.new.end),
            None => runs.push(run),
        }
    }
    runs
}

/// Returns how many items two sequences have in common, in order.
pub fn common<T: Eq + std::hash::Hash + Ord>(old: &[T], new: &[T]) -> usize {
    let same = |op: &DiffOp| match op {
        DiffOp::Equal { len, .. } => *len,
        _ => 0,
    };
    operations(old, new).iter().map(same).sum()
}

/// Returns a text's graphemes.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    text.graphemes(true)
}

fn operations<T: Eq + std::hash::Hash + Ord>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    if old.len().saturating_mul(new.len()) <= MOST {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    let ends = |a: &mut dyn Iterator<Item = (&T, &T)>| a.take_while(|(x, y)| x == y).count();
    let head = ends(&mut old.iter().zip(new));
    let tail = ends(&mut old[head..].iter().rev().zip(new[head..].iter().rev()));
    let (old_len, new_len) = (old.len() - head - tail, new.len() - head - tail);
    let equal = |old_index, new_index, len| DiffOp::Equal {
        old_index,
        new_index,
        len,
    };
    vec![
        equal(0, 0, head),
        DiffOp::Replace {
            old_index: head,
            old_len,
            new_index: head,
            new_len,
        },
        equal(head + old_len, head + new_len, tail),
    ]
}

fn graphemes(text: &str) -> Vec<(usize, &str)> {
    text.grapheme_indices(true).collect()
}

/// Returns where each grapheme starts, and where the last one ends.
fn starts(graphemes: &[(usize, &str)], end: usize) -> Vec<usize> {
    let starts = graphemes.iter().map(|g| g.0);
    starts.chain(std::iter::once(end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Shows the runs as `same[-removed-]{+added+}`.
    fn shown(old: &str, new: &str) -> String {
        let runs = diff(old, new);
        let part = |open, text: &str, close| match text {
            "" => String::new(),
            text => format!("{open}{text}{close}"),
        };
        let show = |run: &Run| {
            let (old, new) = (run.of_old(old), run.of_new(new));
            if run.same {
                old.to_owned()
            } else {
                part("[-", old, "-]") + &part("{+", new, "+}")
            }
        };
        runs.iter().map(show).collect()
    }

    #[test]
    fn changed_characters_are_found() {
        for (old, new, want) in [
            ("压缩用时", "压缩用时", "压缩用时"),
            ("压缩用时", "大幅压缩时间", "{+大幅+}压缩[-用-]时{+间+}"),
            ("", "新", "{+新+}"),
            ("旧", "", "[-旧-]"),
            ("", "", ""),
            // A letter with its mark, or a family of emoji, is one character.
            ("e\u{301}x", "ex", "[-e\u{301}-]{+e+}x"),
            ("👨‍👩‍👧好", "👨‍👩‍👦好", "[-👨‍👩‍👧-]{+👨‍👩‍👦+}好"),
        ] {
            assert_eq!(shown(old, new), want);
        }
    }

    #[test]
    fn texts_too_long_to_look_into_keep_their_ends() {
        let (a, b) = ("甲".repeat(11_000), "乙".repeat(11_000));
        let (old, new) = (format!("头{a}尾"), format!("头{b}尾"));
        let runs = diff(&old, &new);
        assert_eq!(
            runs.iter().map(|r| r.same).collect::<Vec<_>>(),
            [true, false, true]
        );
        assert_eq!(runs[1].of_old(&old), a);
    }

    proptest! {
        #[test]
        fn the_runs_joined_are_the_texts(old in "[甲乙丙e\u{301}，]{0,12}", new in "[甲乙丙e\u{301}，]{0,12}") {
            let runs = diff(&old, &new);
            let a: String = runs.iter().map(|r| r.of_old(&old)).collect();
            let b: String = runs.iter().map(|r| r.of_new(&new)).collect();
            prop_assert_eq!((&a, &b), (&old, &new));
            for run in runs.iter().filter(|r| r.same) {
                prop_assert_eq!(run.of_old(&old), run.of_new(&new));
            }
        }
    }
}
