//! Similarity of two texts: by characters in common, in order and in pairs.

use super::Document;
use crate::text::{diff, half_width};
use std::collections::HashMap;

/// The texts of two documents, prepared for comparison.
pub(super) struct Texts {
    pub(super) old: Vec<FoldedText>,
    pub(super) new: Vec<FoldedText>,
}

/// A text as numbered characters, without blanks and with variants of punctuation folded.
pub(super) struct FoldedText {
    pub(super) letters: Vec<u32>,
    /// Every two adjacent characters, sorted.
    pub(super) pairs: Vec<u64>,
}

impl Texts {
    pub(super) fn of(old: &Document, new: &Document) -> Self {
        let mut names = HashMap::new();
        let mut all = |document: &Document| -> Vec<FoldedText> {
            let clauses = document.clauses.iter();
            clauses
                .map(|c| FoldedText::of(&c.text, &mut names))
                .collect()
        };
        Self {
            old: all(old),
            new: all(new),
        }
    }

    /// Returns the similarity of two clauses' texts in thousandths; below 1000 unless they are
    /// equal.
    pub(super) fn likeness(&self, old: usize, new: usize) -> u16 {
        let (a, b) = (&self.old[old], &self.new[new]);
        if a.letters == b.letters {
            return 1000;
        }
        let dice = share(
            2 * overlap(&a.pairs, &b.pairs),
            a.pairs.len() + b.pairs.len(),
        );
        let common = diff::common(&a.letters, &b.letters);
        let ratio = share(2 * common, a.letters.len() + b.letters.len());
        dice.max(ratio).min(999)
    }
}

impl FoldedText {
    fn of(text: &str, names: &mut HashMap<String, u32>) -> Self {
        let mut letters = Vec::new();
        for grapheme in diff::split(text).filter(|g| !g.trim().is_empty()) {
            let twin = twin(grapheme);
            let next = u32::try_from(names.len()).unwrap_or(u32::MAX);
            let known = names.get(&twin).copied();
            letters.push(known.unwrap_or_else(|| *names.entry(twin).or_insert(next)));
        }
        Self {
            pairs: pairs(&letters),
            letters,
        }
    }
}

/// Returns every two adjacent letters, sorted; a single letter counts as a pair of its own.
fn pairs(letters: &[u32]) -> Vec<u64> {
    let pair = |a: u32, b: u32| (u64::from(a) << 32) | u64::from(b);
    let mut pairs: Vec<u64> = match letters {
        [one] => vec![pair(u32::MAX, *one)],
        _ => letters.windows(2).map(|w| pair(w[0], w[1])).collect(),
    };
    pairs.sort_unstable();
    pairs
}

/// Returns the size of the intersection of two sorted lists, with multiplicity.
pub(super) fn overlap(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, count) = (i + 1, j + 1, count + 1),
        }
    }
    count
}

/// Returns a share in thousandths, rounded down.
pub(super) fn share(part: usize, whole: usize) -> u16 {
    let thousandths = (part * 1000).checked_div(whole).unwrap_or(0);
    u16::try_from(thousandths.min(1000)).unwrap_or(1000)
}

/// Returns whether two texts are equal except for blanks, which joined lines may differ in.
pub(super) fn is_verbatim(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<Vec<_>>()
    };
    a == b || letters(a) == letters(b)
}

/// Folds full-width forms to ASCII, and all quotes to one kind.
fn twin(grapheme: &str) -> String {
    let fold = |c: char| match c {
        '“' | '”' | '「' | '」' => '"',
        '‘' | '’' => '\'',
        '。' => '.',
        '、' => ',',
        c => half_width(c),
    };
    grapheme.chars().map(fold).collect()
}

/// Returns the numbers in a text, sorted: a different number may mean different work.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let folded: String = text
        .chars()
        .map(|c| twin(c.encode_utf8(&mut [0; 4])))
        .collect();
    let mut all: Vec<String> = folded
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '%'))
        .map(|n| n.trim_matches('.').to_owned())
        .filter(|n| n.contains(|c: char| c.is_ascii_digit()))
        .collect();
    all.extend(han_numbers(text));
    all.sort_unstable();
    all
}

/// Returns the Han numerals before a measure word, and percentages. A single 一 is left out, since
/// it is part of too many words (进一步, 统一).
fn han_numbers(text: &str) -> Vec<String> {
    let is_digit = |c: char| "〇零一二两三四五六七八九十百千万亿".contains(c);
    let measured = |c: char| "个年月日天时成倍项家次".contains(c);
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !is_digit(c)).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        let counts = after.starts_with(measured) || before.ends_with("分之");
        if counts && number.contains(|c| c != '一') {
            found.push(number.to_owned());
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Clause;

    fn like(old: &str, new: &str) -> u16 {
        let document = |text: &str| Document {
            clauses: vec![Clause {
                text: text.into(),
                ..Clause::default()
            }],
            ..Document::default()
        };
        Texts::of(&document(old), &document(new)).likeness(0, 0)
    }

    #[test]
    fn similarity_counts_the_characters_in_common() {
        for (old, new, low, high) in [
            ("压缩用时", "压缩用时", 1000, 1000),
            ("压缩 用时，“甲”", "压缩用时,\"甲\"", 1000, 1000),
            ("压缩用时", "压缩时间", 500, 800),
            ("深化港口合作", "便利居留许可", 0, 200),
            // Sentences in another order are still the same work.
            (
                "推动班列开行。扩大保险覆盖面。",
                "扩大保险覆盖面。推动班列开行。",
                800,
                999,
            ),
            ("", "字", 0, 0),
            ("字", "字", 1000, 1000),
            ("", "", 1000, 1000),
        ] {
            let like = like(old, new);
            assert!((low..=high).contains(&like), "{old} {new}: {like}");
            assert_eq!(like, super::tests::like(new, old));
        }
    }

    #[test]
    fn numbers_are_found_in_any_shape() {
        assert_eq!(
            numbers("2025年底前压缩３０％，共 2.5 万"),
            ["2.5", "2025", "30%"]
        );
        assert_eq!(numbers("三个月内降低百分之二十"), ["三", "二十"]);
        assert_eq!(numbers("进一步统一一项标准，十分便利"), [""; 0]);
    }
}
