//! YAML scalars as kouan writes them: which text may stand plain, and how the rest is quoted.
//!
//! YAML 1.1 readers (`PyYAML`) and 1.2 readers must read the same string, so anything that either
//! could take for something else is quoted.

use std::borrow::Cow;

/// Words that some YAML reader takes for a boolean or null.
const WORDS: [&str; 12] = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "none", ".inf", ".nan",
];

/// The longest of them.
const LONGEST_WORD: usize = 5;

/// Tells whether the text may stand without quotes, in a flow list too.
#[expect(clippy::needless_bitwise_bool, reason = "a jump a byte is dear")]
pub(super) fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let bytes = text.as_bytes();
    let starts_well = if first.is_ascii() {
        first.is_ascii_alphabetic()
            || (first.is_ascii_digit() && !text.is_ascii())
            || (first == '(' && text.len() > 1)
    } else {
        !first.is_whitespace()
    };
    starts_well
        && !text.ends_with(char::is_whitespace)
        && !needs_escape(text)
        && !any(bytes, |b| {
            let brackets = (b == b'[') | (b == b']') | (b == b'{') | (b == b'}');
            let quotes = (b == b'"') | (b == b'\'');
            brackets | quotes | (b == b',') | (b == b'#') | (b == b':')
        })
        && (text.len() > LONGEST_WORD || !WORDS.iter().any(|w| text.eq_ignore_ascii_case(w)))
}

/// Tells whether the text has a character that only a double-quoted scalar can hold.
///
/// The set is the journal's: controls, U+007F–9F, U+2028–9, U+FEFF, U+FFFE and U+FFFF.
#[expect(clippy::needless_bitwise_bool, reason = "a jump a byte is dear")]
fn needs_escape(text: &str) -> bool {
    // By bytes: this runs over every text of a document on the start path.
    let bytes = text.as_bytes();
    let second = bytes.get(1..).unwrap_or_default();
    let third = bytes.get(2..).unwrap_or_default();
    let pairs = bytes.iter().zip(second);
    let triples = pairs.clone().zip(third);
    any(bytes, |b| (b < 0x20) | (b == 0x7f))
        || pairs.fold(0, |found, (a, b)| {
            found | u8::from((*a == 0xc2) & (*b < 0xa0))
        }) != 0
        || triples.fold(0, |found, ((a, b), c)| {
            let separator = (*a == 0xe2) & (*b == 0x80) & ((*c == 0xa8) | (*c == 0xa9));
            let mark = (*a == 0xef) & (*b == 0xbb) & (*c == 0xbf);
            let nothing = (*a == 0xef) & (*b == 0xbf) & (*c >= 0xbe);
            found | u8::from(separator | mark | nothing)
        }) != 0
}

/// Tells whether a byte is such a one: without an early end, so that the compiler looks at many
/// bytes at once.
fn any(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(0, |found, b| found | u8::from(is(*b))) != 0
}

fn is_special(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Appends the text as a scalar.
pub(super) fn push(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
    } else if needs_escape(text) {
        push_double(out, text);
    } else {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    }
}

fn push_double(out: &mut String, text: &str) {
    use std::fmt::Write as _;
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Writing to a String cannot fail.
            c if is_special(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Reads a scalar that [`push`] made; anything else is nothing.
pub(super) fn read(text: &str) -> Option<Cow<'_, str>> {
    if let Some(inner) = text.strip_prefix('\'') {
        return read_single(inner.strip_suffix('\'')?);
    }
    if let Some(inner) = text.strip_prefix('"') {
        return read_double(inner.strip_suffix('"')?).map(Cow::Owned);
    }
    is_plain(text).then_some(Cow::Borrowed(text))
}

fn read_single(inner: &str) -> Option<Cow<'_, str>> {
    if needs_escape(inner) {
        return None;
    }
    if !inner.contains('\'') {
        return Some(Cow::Borrowed(inner));
    }
    let pairs = inner.replace("''", "");
    (!pairs.contains('\'')).then(|| Cow::Owned(inner.replace("''", "'")))
}

fn read_double(inner: &str) -> Option<String> {
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => out.push(match chars.next()? {
                'n' => '\n',
                '"' => '"',
                '\\' => '\\',
                'u' => {
                    let hex: String = chars.by_ref().take(4).collect();
                    let plain = hex.len() == 4 && hex.bytes().all(|b| b.is_ascii_hexdigit());
                    char::from_u32(u32::from_str_radix(&hex, 16).ok().filter(|_| plain)?)?
                }
                _ => return None,
            }),
            c if is_special(c) => return None,
            c => out.push(c),
        }
    }
    Some(out)
}

/// Appends a flow list of scalars.
pub(super) fn push_list(out: &mut String, items: &[String]) {
    out.push('[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        push(out, item);
    }
    out.push(']');
}

/// Reads a flow list of scalars that [`push_list`] made, quoted ones only without `, ` in them.
pub(super) fn read_list(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    if inner.is_empty() {
        return Some(Vec::new());
    }
    inner
        .split(", ")
        .map(|item| read(item).map(Cow::into_owned))
        .collect()
}
