//! Messages by key, in Chinese and English.
//!
//! They are written in `data/locales/*.yaml`, one `key: "text"` per line. `src/build.rs` compiles
//! them, so that nothing is parsed at start; a test checks that a YAML reader agrees.

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
struct MessageCatalog {
    /// Each key followed by its message, sorted by key.
    text: &'static str,
    /// Offset of each key, and the lengths of it and its message.
    places: &'static [(u32, u16, u16)],
}

macro_rules! words {
    ($language:literal) => {
        MessageCatalog {
            text: include_str!(concat!(env!("OUT_DIR"), "/", $language, ".txt")),
            places: include!(concat!(env!("OUT_DIR"), "/", $language, ".rs")),
        }
    };
}

static ZH_CN: MessageCatalog = words!("zh-CN");
static EN: MessageCatalog = words!("en");

impl Lang {
    /// Returns the message for a key, or the key itself if there is none. (A test checks that no
    /// language lacks a key.)
    pub fn text(self, key: &'static str) -> &'static str {
        self.find(key).unwrap_or(key)
    }

    /// Returns the message for a key, if there is one.
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.words().find(key)
    }

    /// Returns the message with its `{name}` placeholders filled in; `{name|one|many}` is the first
    /// word if the value is 1, else the second.
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

    /// Returns the message as [`Lang::fill`] does, with values that are texts.
    pub fn fill_all(self, key: &'static str, values: &[(&'static str, String)]) -> String {
        let values = values.iter();
        let values = values.map(|(name, value)| (*name, value as &dyn std::fmt::Display));
        self.fill(key, &values.collect::<Vec<_>>())
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

    fn words(self) -> &'static MessageCatalog {
        match self {
            Self::ZhCn => &ZH_CN,
            Self::En => &EN,
        }
    }
}

impl MessageCatalog {
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
