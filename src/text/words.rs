//! Word boundaries in Chinese, which writes no spaces.
//!
//! A dictionary (ICU's) takes 2 MB, a third of the program. Moving by words and deleting one need
//! less: most words have two characters, particles one, and a few hundred words common in remarks
//! show where the next begins.

use std::{collections::HashSet, sync::LazyLock};

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/words.txt").lines();
    let words = lines.filter(|line| !line.starts_with('#'));
    words.flat_map(str::split_whitespace).collect()
});

/// Characters that are words by themselves unless a longer word is known.
const PARTICLES: &str = "的了和与及或是在将把被已未也都就其该这那由向从等并且但而";

/// The most characters of a known word.
const LONGEST: usize = 7;

/// Returns the ends of a text's words, in bytes; the last is the text's end. Other scripts stay
/// together by kind.
pub fn word_ends(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let count = word(rest).max(1);
        let end = rest
            .char_indices()
            .nth(count)
            .map_or(rest.len(), |(at, _)| at);
        rest = rest.get(end..).unwrap_or_default();
        out.push(text.len() - rest.len());
    }
    out
}

/// Returns how many characters the first word of a text has.
fn word(text: &str) -> usize {
    let mut chars = text.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else {
        return 0;
    };
    if !is_han(first) {
        return text.chars().take_while(|c| !is_han(*c)).count();
    }
    if let Some(known) = known(text) {
        return known;
    }
    let after = text.get(first.len_utf8()..).unwrap_or_default();
    let alone = |c: char| PARTICLES.contains(c) || !is_han(c);
    let ends = alone(first) || second.is_none_or(alone) || known(after).is_some();
    if ends { 1 } else { 2 }
}

/// Returns the characters of the longest known word that a text begins with.
fn known(text: &str) -> Option<usize> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let ends: Vec<usize> = ends.take(LONGEST).collect();
    let is_word = |end: &usize| text.get(..*end).is_some_and(|w| WORDS.contains(w));
    ends.iter().rposition(is_word).map(|at| at + 1)
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇' | '々')
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, WORDS, word_ends};

    fn parted(text: &str) -> String {
        let mut start = 0;
        let found: Vec<&str> = word_ends(text)
            .into_iter()
            .filter_map(|end| text.get(std::mem::replace(&mut start, end)..end))
            .collect();
        found.join(" ")
    }

    #[test]
    fn chinese_is_split_into_words() {
        for words in [
            "推动 天津海关 加强 工作",
            "已 与 企业 对接",
            "进展 顺利",
            "请 市商务局 尽快 反馈",
            "单一窗口 接口 尚未 联调",
            "由 天津港集团 牵头 落实",
            "的",
            "Привет",
            "海关 AEO 企业",
        ] {
            assert_eq!(parted(&words.replace(' ', "")), words);
        }
        assert!(word_ends("").is_empty());
    }

    #[test]
    fn every_known_word_is_short_enough_to_be_found() {
        assert!(WORDS.len() > 300);
        for word in WORDS.iter() {
            assert!((2..=LONGEST).contains(&word.chars().count()), "{word}");
            assert_eq!(word_ends(word), [word.len()], "{word}");
        }
    }
}
