//! Folding: what counts as the same character for a search. May use: the `hanconv` table.
//!
//! Every fold takes one character to one character, so that positions in a folded text are
//! positions in the text.

use hanconv::RawDictionary;
use std::{borrow::Cow, sync::LazyLock};

/// The block of Han characters that has nearly all of modern use (U+4E00 to U+9FFF).
pub(super) const HAN: std::ops::Range<u32> = 0x4E00..0xA000;

/// The simplified twin of each character of [`HAN`], 0 where it has none.
static SIMPLIFIED: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    let mut table = vec![0; HAN.len()].into_boxed_slice();
    for (from, to) in RawDictionary::TSCharacters.iter() {
        if let (Some(from), Some(to)) = (only(from), only(to))
            && let Some(slot) = slot(from)
            && let Ok(to) = u16::try_from(u32::from(to))
        {
            table[slot] = to;
        }
    }
    // Some twins have a twin of their own.
    for slot in 0..table.len() {
        let twin = usize::from(table[slot]).checked_sub(HAN.start as usize);
        if let Some(&last) = twin.and_then(|twin| table.get(twin)).filter(|t| **t != 0) {
            table[slot] = last;
        }
    }
    table
});

fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Returns where a Han character stands in a table over [`HAN`].
pub(super) fn slot(c: char) -> Option<usize> {
    let code = u32::from(c);
    HAN.contains(&code).then(|| (code - HAN.start) as usize)
}

/// Returns a letter, digit or Han character in the form that is searched: lower case, half width,
/// simplified, ü as v. Punctuation stays as it is.
pub(super) fn letter(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    if let Some(slot) = slot(c) {
        let twin = u32::from(SIMPLIFIED[slot]);
        return char::from_u32(twin).filter(|_| twin != 0).unwrap_or(c);
    }
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half(c).to_ascii_lowercase(),
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' | 'Ǖ' | 'Ǘ' | 'Ǚ' | 'Ǜ' => 'v',
        _ => {
            let mut lower = c.to_lowercase();
            lower.next().filter(|_| lower.len() == 0).unwrap_or(c)
        }
    }
}

/// Returns any character in the form that is searched: as [`letter`], and full-width punctuation
/// and quotation marks as their ASCII twins.
pub(super) fn any(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '—' | '–' | '‐' | '‑' | '−' => '-',
        '！'..='～' => half(c).to_ascii_lowercase(),
        _ => letter(c),
    }
}

/// Returns the ASCII twin of a full-width character (U+FF01 to U+FF5E).
fn half(c: char) -> char {
    u32::from(c)
        .checked_sub(0xFEE0)
        .and_then(char::from_u32)
        .unwrap_or(c)
}

/// Returns a text with every character folded by `fold`, borrowed where that changes nothing.
pub(super) fn text(text: &str, fold: impl Fn(char) -> char) -> Cow<'_, str> {
    if text.chars().all(|c| fold(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(fold).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_the_same_for_a_search() {
        for (typed, searched) in [
            ("關務檢驗", "关务检验"),
            ("ＡＥＯ９６１０", "aeo9610"),
            ("LÜSE Я", "lvse я"),
            ("海关，", "海关，"),
        ] {
            assert_eq!(text(typed, letter), searched);
        }
        assert_eq!(text("＠“海关”　＃（１）—", any), "@\"海关\" #(1)-");
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for c in ('\0'..='\u{ffff}').chain('\u{20000}'..='\u{20100}') {
            assert_eq!(any(any(c)), any(c), "{c}");
            assert_eq!(any(letter(c)), any(c), "{c}");
        }
    }
}
