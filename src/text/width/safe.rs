//! Unambiguous twins: what [`Policy::Safe`](super::Policy::Safe) draws.
//!
//! A twin consists of ASCII, wide (W, F) characters and ASCII letters with one combining mark;
//! xterm, `xterm -cjk_width` and tmux were asked and agree on all of these. They disagree on emoji
//! sequences, which are cut to their first emoji.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation as _;

/// Drawn for an ambiguous character without a twin: the printers' mark for a missing sort, two
/// columns wide.
const MISSING: &str = "〓";

/// Returns what is drawn for a grapheme.
pub(super) fn drawn(grapheme: &str) -> Cow<'_, str> {
    let mut chars = grapheme.chars();
    let Some(first) = chars.next() else {
        return Cow::Borrowed(grapheme);
    };
    if super::is_ambiguous(first) {
        return twin(first);
    }
    if regional(first).is_some() {
        return Cow::Owned(grapheme.chars().filter_map(regional).collect());
    }
    if chars.clone().any(is_emoji_joint) {
        return Cow::Borrowed(first_of(grapheme, first));
    }
    if chars.any(super::is_ambiguous) {
        return Cow::Borrowed(MISSING);
    }
    Cow::Borrowed(grapheme)
}

fn first_of(grapheme: &str, first: char) -> &str {
    grapheme
        .get(..first.len_utf8())
        .filter(|one| one.graphemes(true).count() == 1)
        .unwrap_or(MISSING)
}

/// Returns the letter of a regional indicator: a flag is drawn as its country code.
fn regional(c: char) -> Option<char> {
    let letter = u32::from(c).checked_sub(0x1f1e6).filter(|&n| n < 26)?;
    char::from_u32(u32::from('A') + letter)
}

/// Returns whether a character changes the width of the emoji before it, but only in some
/// terminals.
fn is_emoji_joint(c: char) -> bool {
    matches!(
        c,
        '\u{200d}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{20e3}'
            | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{e0020}'..='\u{e007f}'
    )
}

/// Returns the twin of an ambiguous character.
fn twin(c: char) -> Cow<'static, str> {
    let listed = RUNS.iter().find_map(|&(first, twins)| {
        let n = u32::from(c).checked_sub(u32::from(first))?;
        twins.split(' ').nth(usize::try_from(n).ok()?)
    });
    match listed.or_else(|| single(c)).or_else(|| block(c)) {
        Some(twin) => Cow::Borrowed(twin),
        None => enclosed(c).map_or(Cow::Borrowed(MISSING), Cow::Owned),
    }
}

/// Returns the twin of an enclosed number or letter: `(12)`, `(a)`, `3.`.
fn enclosed(c: char) -> Option<String> {
    let place = |first: char| u32::from(c) - u32::from(first);
    let number = |first, start| format!("({})", place(first) + start);
    let letter = |first, start: char| {
        let letter = char::from_u32(u32::from(start) + place(first))?;
        Some(format!("({letter})"))
    };
    match c {
        '①'..='⑳' => Some(number('①', 1)),
        '⑴'..='⒇' => Some(number('⑴', 1)),
        '⒈'..='⒛' => Some(format!("{}.", place('⒈') + 1)),
        '⒜'..='⒵' => letter('⒜', 'a'),
        'Ⓐ'..='Ⓩ' => letter('Ⓐ', 'A'),
        'ⓐ'..='ⓩ' => letter('ⓐ', 'a'),
        '⓫'..='⓴' => Some(number('⓫', 11)),
        '⓵'..='⓾' => Some(number('⓵', 1)),
        '⓿' => Some(number('⓿', 0)),
        '❶'..='❿' => Some(number('❶', 1)),
        '㉈'..='㉏' => Some(format!("({}0)", place('㉈') + 1)),
        '\u{1f110}'..='\u{1f129}' => letter('\u{1f110}', 'A'),
        '\u{1f130}'..='\u{1f149}' => letter('\u{1f130}', 'A'),
        '\u{1f150}'..='\u{1f169}' => letter('\u{1f150}', 'A'),
        '\u{1f170}'..='\u{1f189}' => letter('\u{1f170}', 'A'),
        _ => None,
    }
}

fn single(c: char) -> Option<&'static str> {
    let at = TWINS.binary_search_by_key(&c, |&(of, _)| of).ok()?;
    TWINS.get(at).map(|&(_, twin)| twin)
}

/// Returns the twin of a box line or block element: only its direction matters.
fn block(c: char) -> Option<&'static str> {
    Some(match c {
        '─' | '━' | '┄' | '┅' | '┈' | '┉' | '▔' => "-",
        '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '║' | '▏' | '▎' | '▕' => "|",
        '═' => "=",
        '╱' => "/",
        '╲' => "\\",
        '╳' => "X",
        '▁' => "_",
        '\u{2500}'..='\u{2573}' => "+",
        '\u{2580}'..='\u{2595}' => "#",
        _ => return None,
    })
}

const ROMAN: &str = "I II III IV V VI VII VIII IX X XI XII";
const ROMAN_SMALL: &str = "i ii iii iv v vi vii viii ix x";

/// Greek in Latin letters (ISO 843), from alpha, including the final sigma.
const GREEK: &str = "A B G D E Z I Th I K L M N X O P R S S T Y F Ch Ps O";
const GREEK_SMALL: &str = "a b g d e z i th i k l m n x o p r s s t y f ch ps o";

/// Russian in Latin letters (as in passports, ICAO 9303): the document names ports on that border.
const RUSSIAN: &str = "A B V G D E Zh Z I I K L M N O P R S T U F Kh Ts Ch Sh Shch Ie Y ' E Iu Ia";
const RUSSIAN_SMALL: &str =
    "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y ' e iu ia";

/// Runs of characters whose twins are in order, by the first.
const RUNS: [(char, &str); 6] = [
    ('Ⅰ', ROMAN),
    ('ⅰ', ROMAN_SMALL),
    ('Α', GREEK),
    ('α', GREEK_SMALL),
    ('А', RUSSIAN),
    ('а', RUSSIAN_SMALL),
];

/// The other twins, by character.
#[rustfmt::skip]
const TWINS: &[(char, &str)] = &[
    ('¡', "!"), ('¤', "$"), ('§', "S."), ('¨', "\""), ('ª', "a"), ('®', "(R)"), ('°', "度"),
    ('±', "+-"), ('²', "^2"), ('³', "^3"), ('´', "'"), ('¶', "P."), ('·', "・"), ('¸', ","),
    ('¹', "^1"), ('º', "o"), ('¼', "1/4"), ('½', "1/2"), ('¾', "3/4"), ('¿', "?"), ('Æ', "AE"),
    ('Ð', "D"), ('×', "x"), ('Ø', "O"), ('Þ', "Th"), ('ß', "ss"),
    ('à', "a\u{300}"), ('á', "a\u{301}"), ('æ', "ae"), ('è', "e\u{300}"), ('é', "e\u{301}"),
    ('ê', "e\u{302}"), ('ì', "i\u{300}"), ('í', "i\u{301}"), ('ð', "d"), ('ò', "o\u{300}"),
    ('ó', "o\u{301}"), ('÷', "/"), ('ø', "o"), ('ù', "u\u{300}"), ('ú', "u\u{301}"),
    ('ü', "u\u{308}"), ('þ', "th"), ('ā', "a\u{304}"), ('đ', "d"), ('ē', "e\u{304}"),
    ('ě', "e\u{30c}"), ('Ħ', "H"), ('ħ', "h"), ('ī', "i\u{304}"), ('ı', "i"), ('Ĳ', "IJ"),
    ('ĳ', "ij"), ('ĸ', "q"), ('Ŀ', "L"), ('ŀ', "l"), ('Ł', "L"), ('ł', "l"), ('ń', "n\u{301}"),
    ('ň', "n\u{30c}"), ('ŉ', "'n"), ('Ŋ', "N"), ('ŋ', "n"), ('ō', "o\u{304}"), ('Œ', "OE"),
    ('œ', "oe"), ('Ŧ', "T"), ('ŧ', "t"), ('ū', "u\u{304}"), ('ǎ', "a\u{30c}"), ('ǐ', "i\u{30c}"),
    ('ǒ', "o\u{30c}"), ('ǔ', "u\u{30c}"), ('ǖ', "u\u{304}"), ('ǘ', "u\u{301}"), ('ǚ', "u\u{30c}"),
    ('ǜ', "u\u{300}"), ('ɑ', "a"), ('ɡ', "g"), ('ˇ', "v"), ('ˉ', "-"), ('ˊ', "'"), ('ˋ', "`"),
    ('Ё', "E"), ('ё', "e"), ('‐', "-"), ('–', "-"), ('—', "--"), ('―', "--"), ('‖', "||"),
    ('‘', "＇"), ('’', "＇"), ('“', "＂"), ('”', "＂"), ('†', "+"), ('‡', "++"), ('•', "*"),
    ('․', "."), ('‥', ".."), ('…', ".."), ('‧', "・"), ('‰', "o/oo"), ('′', "'"), ('″', "\""),
    ('‵', "`"), ('※', "[*]"), ('‾', "-"), ('⁴', "^4"), ('ⁿ', "^n"), ('₁', "1"), ('₂', "2"),
    ('₃', "3"), ('₄', "4"), ('€', "EUR"), ('℃', "度C"), ('℅', "c/o"), ('℉', "度F"), ('ℓ', "l"),
    ('№', "No."), ('℡', "TEL"), ('™', "TM"), ('\u{2126}', "Ohm"), ('\u{212b}', "A"), ('⅓', "1/3"),
    ('⅔', "2/3"), ('⅛', "1/8"), ('⅜', "3/8"), ('⅝', "5/8"), ('⅞', "7/8"), ('↉', "0/3"),
    ('←', "<-"), ('↑', "^"), ('→', "->"), ('↓', "v"), ('↔', "<->"), ('↕', "|"), ('⇒', "=>"),
    ('⇔', "<=>"), ('∈', "in"), ('∏', "prod"), ('∑', "sum"), ('∕', "/"), ('√', "sqrt"), ('∞', "oo"),
    ('∠', "L"), ('∣', "|"), ('∥', "||"), ('∧', "and"), ('∨', "or"), ('∫', "S"), ('∴', "so"),
    ('∵', "for"), ('∶', ":"), ('∷', "::"), ('∼', "~"), ('≈', "~="), ('≌', "~="), ('≒', "~="),
    ('≠', "!="), ('≡', "=="), ('≤', "<="), ('≥', ">="), ('≦', "<="), ('≧', ">="), ('≪', "<<"),
    ('≫', ">>"), ('■', "#"), ('□', "[]"), ('▲', "^"), ('△', "^"), ('▶', ">"),
    ('▷', ">"), ('▼', "v"), ('▽', "v"), ('◀', "<"), ('◁', "<"), ('◆', "*"), ('◇', "*"),
    ('○', "o"), ('◎', "@"), ('●', "*"), ('◯', "o"), ('★', "*"), ('☆', "*"), ('\u{fffd}', "?"),
];

#[cfg(test)]
mod tests;
