//! YAML scalars as kouan writes them: which text can be plain, and how the rest is quoted.
//!
//! YAML 1.1 readers (`PyYAML`) and 1.2 readers must read the same string, so anything that either
//! could misread is quoted.

use std::borrow::Cow;

/// Words that some YAML reader takes for a boolean or null.
const WORDS: [&str; 12] = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "none", ".inf", ".nan",
];

/// The longest of them.
const LONGEST_WORD: usize = 5;

/// Returns whether the text needs no quotes, even in a flow list.
pub(super) fn is_plain(text: &str) -> bool {
    let starts_well =
        |c: char| c.is_alphabetic() || !text.is_ascii() || (c == '(' && text.len() > 1);
    reads_plain(text)
        && text.starts_with(starts_well)
        && !text.contains(['[', ']', '{', '}', '"', '\'', ',', '#', ':'])
}

/// Returns whether the text needs no quotes on a line of its own key.
fn reads_plain(text: &str) -> bool {
    let starts_well = |c: char| match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric() || c == '(',
        _ => !c.is_whitespace(),
    };
    let is_word = || WORDS.iter().any(|w| text.eq_ignore_ascii_case(w));
    text.starts_with(starts_well)
        && !text.ends_with(|c: char| c.is_whitespace() || c == ':')
        && !needs_escape(text)
        && !text.contains(": ")
        && !text.contains(" #")
        && (text.len() > LONGEST_WORD || !is_word())
}

/// Returns whether the text has a character that only a double-quoted scalar can hold.
fn needs_escape(text: &str) -> bool {
    text.contains(is_special)
}

/// The same set as the journal's: controls, U+2028–9, U+FEFF, U+FFFE and U+FFFF.
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

/// Reads a one-line scalar; `None` if a YAML reader might read it differently.
pub(super) fn read(text: &str) -> Option<Cow<'_, str>> {
    if let Some(inner) = text.strip_prefix('\'') {
        return read_single(inner.strip_suffix('\'')?);
    }
    if let Some(inner) = text.strip_prefix('"') {
        return read_double(inner.strip_suffix('"')?).map(Cow::Owned);
    }
    reads_plain(text).then_some(Cow::Borrowed(text))
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

/// Reads a flow list of scalars; quoted ones only without commas and brackets.
pub(super) fn read_list(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    if inner.is_empty() {
        return Some(Vec::new());
    }
    let item = |item: &str| {
        let item = read(item.trim_matches(' '))?;
        (!item.contains(['[', ']', '{', '}'])).then(|| item.into_owned())
    };
    inner.split(',').map(item).collect()
}
