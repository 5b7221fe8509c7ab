//! The messages, by key, in Chinese and English.
//!
//! The words stand in `data/locales/*.yaml`, one `key: "text"` a line. `src/build.rs` puts them into
//! the form that is looked up here, so that nothing is read at start; a test proves that a YAML
//! reader reads the same in the files.

mod system;

pub use system::Said;

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

/// The messages of a language.
struct Words {
    /// Each key with its message behind it, in the order of the keys.
    text: &'static str,
    /// Where each key begins, and how many bytes it and its message have.
    places: &'static [(u32, u16, u16)],
}

macro_rules! words {
    ($language:literal) => {
        Words {
            text: include_str!(concat!(env!("OUT_DIR"), "/", $language, ".txt")),
            places: include!(concat!(env!("OUT_DIR"), "/", $language, ".rs")),
        }
    };
}

static ZH_CN: Words = words!("zh-CN");
static EN: Words = words!("en");

impl Lang {
    /// Returns the message with this key, or the key itself where there is none (a test shows
    /// that no key of the program lacks a language).
    pub fn text(self, key: &'static str) -> &'static str {
        self.find(key).unwrap_or(key)
    }

    /// Returns the message with this key, if there is one.
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.words().find(key)
    }

    /// Returns the message with its `{name}` places filled in; `{name|one|many}` is the first word where
    /// the value is 1, else the second.
    pub fn fill(self, key: &'static str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
        use std::fmt::Write as _;
        let mut out = String::new();
        let mut rest = self.text(key);
        while let Some((before, place)) = rest.split_once('{') {
            out.push_str(before);
            let (place, after) = place.split_once('}').unwrap_or((place, ""));
            let (name, forms) = place.split_once('|').unwrap_or((place, ""));
            let value = values.iter().find(|(n, _)| *n == name);
            match (value, forms.split_once('|')) {
                (Some((_, value)), Some((one, many))) => {
                    out.push_str(if value.to_string() == "1" { one } else { many });
                }
                // Writing to a String cannot fail.
                (Some((_, value)), None) => drop(write!(out, "{value}")),
                (None, _) => drop(write!(out, "{{{name}}}")),
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

impl Words {
    fn find(&self, key: &str) -> Option<&'static str> {
        let key_at = |&(start, key, _): &(u32, u16, u16)| {
            let start = start as usize;
            self.text.get(start..start + usize::from(key)).unwrap_or("")
        };
        let place = self
            .places
            .binary_search_by(|at| key_at(at).cmp(key))
            .ok()?;
        let (start, key, text) = self.places[place];
        let start = start as usize + usize::from(key);
        self.text.get(start..start + usize::from(text))
    }
}
