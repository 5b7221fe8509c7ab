//! Folding: which characters a search treats as equal.
//!
//! Every fold maps one character to one, so that positions in folded text are positions in the
//! text.

pub(super) use crate::text::simplified::{HAN, slot};
use crate::text::{half_width, simplified::simplified};
use std::borrow::Cow;

/// Folds a letter, digit or Han character: lower case, half width, simplified, ü as v. Punctuation
/// is unchanged.
pub(super) fn letter(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    if slot(c).is_some() {
        return simplified(c);
    }
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half_width(c).to_ascii_lowercase(),
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' | 'Ǖ' | 'Ǘ' | 'Ǚ' | 'Ǜ' => 'v',
        _ => {
            let mut lower = c.to_lowercase();
            lower.next().filter(|_| lower.len() == 0).unwrap_or(c)
        }
    }
}

/// Folds any character: like [`letter`], plus full-width punctuation and quotation marks to ASCII.
pub(super) fn any(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' => '"',
        '‘' | '’' | '‚' | '‛' => '\'',
        '—' | '–' | '‐' | '‑' | '−' => '-',
        '\u{3000}' | '！'..='～' => half_width(c).to_ascii_lowercase(),
        _ => letter(c),
    }
}

/// Returns the text folded by `fold`, borrowed if unchanged.
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
