//! The config file, and what else the surroundings say: paths, names, clock.
//!
//! A mistake in the file stops every command but `doctor`, because a misread `progress:` would put
//! work in the wrong place; so all mistakes are reported at once, each with file, line, column and
//! the nearest right name.

use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
};

pub mod account;
pub mod check;
pub mod clock;
pub mod layers;
pub mod locate;
pub mod paths;
pub mod speech;

pub use check::{ConfigError, Problem};
pub use clock::Clock;
pub use paths::Paths;

/// Returns a variable of the environment that is set to something.
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// All options, each with its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The language of the interface; `auto` goes by the locale.
    pub language: Language,
    /// The document that opens: an id of the catalogue or a file.
    pub document: Option<String>,
    /// The folder of the journals, one file a document; none is the data folder's.
    pub progress: Option<PathBuf>,
    /// The name that signs changes; none is the account's.
    pub by: Option<String>,
    /// How characters of ambiguous width are measured and drawn.
    pub ambiguous_width: AmbiguousWidth,
    /// How many days before its deadline a clause counts as due soon (临期).
    pub days_ahead: i32,
    /// After how many days without a change an open clause counts as stale (未更新).
    pub stale_days: i32,
    /// The day from which the pace (序时进度) is counted; none is the first of the year in the
    /// document's title, or else of the deadline's year.
    pub start: Option<String>,
    /// How many points behind the pace is yellow.
    pub behind: i32,
    /// How many points behind the pace is red.
    pub far_behind: i32,
    /// The colours.
    pub theme: Theme,
    /// Colours of one's own by what they mark, in place of the theme's.
    pub colours: BTreeMap<String, Colour>,
    /// Whether the mouse is taken from the terminal.
    pub mouse: bool,
    /// The columns of `kouan list`.
    pub columns: Vec<String>,
    /// Keys by binding id, in place of the binding's own.
    pub keys: BTreeMap<String, Keys>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            language: Language::default(),
            document: None,
            progress: None,
            by: None,
            ambiguous_width: AmbiguousWidth::default(),
            days_ahead: 7,
            stale_days: 30,
            start: None,
            behind: 10,
            far_behind: 30,
            theme: Theme::default(),
            colours: BTreeMap::new(),
            mouse: false,
            columns: ["mark", "id", "due", "units", "text"]
                .map(String::from)
                .to_vec(),
            keys: BTreeMap::new(),
        }
    }
}

/// The language as the config says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    /// By the locale, see [`speech`].
    #[default]
    #[serde(rename = "auto")]
    Auto,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// The width policy as the config says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AmbiguousWidth {
    /// Ask the terminal once, at start.
    #[default]
    Auto,
    /// One column.
    Narrow,
    /// Two columns.
    Wide,
    /// The glyph and a blank.
    Roomy,
    /// None is drawn at all.
    Safe,
}

impl AmbiguousWidth {
    /// Returns the policy, if it needs no question to the terminal.
    pub const fn policy(self) -> Option<crate::text::Policy> {
        match self {
            Self::Auto => None,
            Self::Narrow => Some(crate::text::Policy::Narrow),
            Self::Wide => Some(crate::text::Policy::Wide),
            Self::Roomy => Some(crate::text::Policy::Roomy),
            Self::Safe => Some(crate::text::Policy::Safe),
        }
    }

    /// Returns the name in the config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Narrow => "narrow",
            Self::Wide => "wide",
            Self::Roomy => "roomy",
            Self::Safe => "safe",
        }
    }

    /// Returns what the config calls a policy.
    pub const fn of(policy: crate::text::Policy) -> Self {
        match policy {
            crate::text::Policy::Narrow => Self::Narrow,
            crate::text::Policy::Wide => Self::Wide,
            crate::text::Policy::Roomy => Self::Roomy,
            crate::text::Policy::Safe => Self::Safe,
        }
    }
}

/// The theme as the config says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Dark or light, by the terminal's background. Version 0.1 called its only one `terminal`.
    #[default]
    #[serde(alias = "terminal")]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// No colour at all: weight and reversal only.
    Mono,
    /// Light on black, both set, at 7:1 or more (WCAG 2.2, 1.4.6).
    HighContrast,
    /// Blue against yellow or brown, told apart with any kind of colour vision.
    ColourBlind,
}

/// A colour as the config says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Colour {
    /// One of xterm's 256.
    Number(u8),
    /// Red, green and blue, as `#rrggbb`.
    Text(String),
}

impl Colour {
    /// Returns red, green and blue; `None` for a number, or for a text of another form.
    pub fn rgb(&self) -> Option<[u8; 3]> {
        let Self::Text(text) = self else { return None };
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        Some([r, g, b])
    }
}

/// What a colour of one's own may be given to, in the order of the theme's tints.
pub const COLOUR_NAMES: [&str; 8] = [
    "done", "doing", "ongoing", "overdue", "soon", "behind", "match", "quiet",
];

/// One key or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Keys {
    /// One key, as `x` or `Ctrl-x`.
    One(String),
    /// Several keys for the same.
    Several(Vec<String>),
}

impl Keys {
    /// Returns the keys one by one.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Several(keys) => keys,
        }
        .iter()
        .map(String::as_str)
    }
}

impl Config {
    /// Returns what pace (序时进度) is measured by.
    pub fn pace(&self) -> crate::progress::pace::Rule {
        crate::progress::pace::Rule {
            start: self.start.as_deref().and_then(|day| day.parse().ok()),
            behind: self.behind,
            far_behind: self.far_behind,
        }
    }

    /// Reads a config file's text; `path` is only for messages.
    ///
    /// # Errors
    ///
    /// All mistakes of the text at once.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        check::parse(text).map_err(|problems| ConfigError::Bad {
            path: path.to_owned(),
            problems,
        })
    }
}

#[cfg(test)]
mod tests;
