//! The messages, by key, in Chinese and English. May use: nothing.
//!
//! The words stand in `data/locales/*.yaml`, one `key: "text"` a line, so that they can be read at
//! start without a YAML reader; a test proves that a YAML reader reads the same.

use hashbrown::HashMap;
use std::{borrow::Cow, sync::LazyLock};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

type Words = HashMap<&'static str, Cow<'static, str>>;

static ZH_CN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../data/locales/zh-CN.yaml")));
static EN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../data/locales/en.yaml")));

impl Lang {
    /// Returns the message with this key, or the key itself where there is none (a test shows
    /// that no key of the program lacks a language).
    pub fn text(self, key: &'static str) -> &'static str {
        self.find(key).unwrap_or(key)
    }

    /// Returns the message with this key, if there is one.
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.words().get(key).map(AsRef::as_ref)
    }

    /// Returns the message with its `{name}` places filled in.
    pub fn fill(self, key: &'static str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        let mut rest = self.text(key);
        while let Some((before, place)) = rest.split_once('{') {
            out.push_str(before);
            let (name, after) = place.split_once('}').unwrap_or((place, ""));
            match values.iter().find(|(n, _)| *n == name) {
                // Writing to a String cannot fail.
                Some((_, value)) => drop(write!(out, "{value}")),
                None => drop(write!(out, "{{{name}}}")),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// Returns the items as a list: `甲、乙` or `A, B`.
    pub fn list<S: std::borrow::Borrow<str>>(self, items: &[S]) -> String {
        items.join(self.text("list.separator"))
    }

    /// Returns the tag that the config and `--lang` use.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Returns the language of a locale name or tag: `zh*` is Chinese, `en*` English.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        if tag.starts_with("zh") {
            Some(Self::ZhCn)
        } else if tag.starts_with("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    fn words(self) -> &'static Words {
        match self {
            Self::ZhCn => &ZH_CN,
            Self::En => &EN,
        }
    }
}

/// Reads `key: "text"` lines; the escapes are `\"`, `\\` and `\n`. Most texts have none, and are not
/// copied.
fn read(source: &'static str) -> Words {
    // A line is hardly shorter than this; a map that grows hashes everything again.
    let mut words = Words::with_capacity(source.len() / 32);
    words.extend(
        source
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(": "))
            .map(|(key, text)| {
                let text = text.trim_end().trim_start_matches('"');
                (key, unescaped(text.strip_suffix('"').unwrap_or(text)))
            }),
    );
    words
}

fn unescaped(text: &'static str) -> Cow<'static, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        out.push(match c {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some(other) => other,
                None => '\\',
            },
            _ => c,
        });
    }
    Cow::Owned(out)
}
