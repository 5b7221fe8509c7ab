//! Twins are sorted, known to be unambiguous, and exist for everything that Chinese documents use.

use super::*;
use crate::text::{Policy, width::is_ambiguous};

#[test]
fn twins_are_sorted_and_each_replaces_an_ambiguous_character() {
    assert!(TWINS.is_sorted_by(|a, b| a.0 < b.0));
    for &(c, _) in TWINS {
        assert!(is_ambiguous(c), "{c}");
    }
    for (first, _) in RUNS {
        assert!(is_ambiguous(first), "{first}");
    }
}

#[test]
fn no_twin_is_ambiguous_or_without_width() {
    for c in ('\0'..=char::MAX).filter(|&c| is_ambiguous(c)) {
        let twin = twin(c);
        assert!(!twin.contains(is_ambiguous), "{c:?} as {twin}");
        assert!(Policy::Narrow.width(&twin) > 0, "{c:?}");
        let simple = |c: char| c.is_ascii() || ('\u{300}'..='\u{30c}').contains(&c);
        let wide = |c: char| Policy::Narrow.width(c.encode_utf8(&mut [0; 4])) == 2;
        assert!(twin.chars().all(|c| simple(c) || wide(c)), "{twin}");
    }
}

#[test]
fn what_documents_use_has_a_twin() {
    for c in "“”‘’—…·①⑳⑴⒈℃‰×±→←●○■□◆★☆※Ⅰ─│┌┐└┘├┤█▌αβμЯя№§°".chars()
    {
        assert_ne!(twin(c), MISSING, "{c}");
    }
    assert_eq!(drawn("①"), "(1)");
    assert_eq!(drawn("⑳"), "(20)");
    assert_eq!(drawn("Ⅳ"), "IV");
    assert_eq!(drawn("🇨🇳"), "CN");
    assert_eq!(drawn("👨‍👩‍👧"), "👨");
    assert_eq!(drawn("\u{e123}"), MISSING);
    assert_eq!(drawn("药"), "药");
}
