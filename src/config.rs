//! The config file and the environment: paths, names, clock.
//!
//! A mistake in the file stops every command but `doctor`, because a misread `progress:` would put
//! work in the wrong place. All mistakes are reported at once, each with file, line, column and the
//! nearest valid name.

use crate::{
    progress::pace,
    search::{Limits, Views},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
};

pub mod account;
pub mod check;
pub mod clock;
pub mod language;
pub mod layers;
pub mod locate;
pub mod paths;

pub use check::{ConfigError, Problem};
pub use clock::Clock;
pub use paths::Paths;

/// Returns a non-empty environment variable.
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// All options with their defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Language of the interface; `auto` follows the locale.
    pub language: Language,
    /// The document that opens: an id of the catalogue or a file.
    pub document: Option<String>,
    /// Folder of the journals, one file per document; by default in the data folder.
    pub progress: Option<PathBuf>,
    /// Name that signs changes; by default the account's.
    pub by: Option<String>,
    /// How characters of ambiguous width are measured and drawn.
    pub ambiguous_width: AmbiguousWidth,
    /// Days before its deadline from which a clause is due soon (临期).
    pub days_ahead: i32,
    /// Days without a change after which an open clause is stale (未更新).
    pub stale_days: i32,
    /// Day from which the pace (序时进度) is counted; by default the day on which a deadline was set
    /// or, for one that the document gives, 1 January of the year in its title, or else of its own.
    pub start: Option<String>,
    /// Points behind the pace that are yellow.
    pub behind: i32,
    /// Points behind the pace that are red.
    pub far_behind: i32,
    /// Who signs letters and reminders: the office's name.
    pub office: Option<String>,
    /// The form of the numbers of reminders (督办单), with `{year}` and `{n}`.
    pub urge_number: String,
    /// The colours.
    pub theme: ThemeSetting,
    /// The user's own colours by what they mark, overriding the theme's.
    pub colours: BTreeMap<String, ColourSetting>,
    /// Whether kouan takes the mouse from the terminal.
    pub mouse: bool,
    /// Columns of `kouan list`.
    pub columns: Vec<String>,
    /// Searches by name, used as `view:NAME`.
    pub views: Views,
    /// Keys by binding id, overriding the defaults.
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
            office: None,
            urge_number: "督办〔{year}〕{n}号".to_owned(),
            theme: ThemeSetting::default(),
            colours: BTreeMap::new(),
            mouse: false,
            columns: ["mark", "id", "due", "units", "text"]
                .map(String::from)
                .to_vec(),
            views: Views::new(),
            keys: BTreeMap::new(),
        }
    }
}

/// Language in the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    /// From the locale, see [`language`].
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

/// Width policy in the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AmbiguousWidth {
    /// Ask the terminal once at start.
    #[default]
    Auto,
    /// One column.
    Narrow,
    /// Two columns.
    Wide,
    /// The glyph and a blank.
    Roomy,
    /// Nothing ambiguous is drawn.
    Safe,
}

impl AmbiguousWidth {
    /// Returns the policy, if the terminal need not be asked.
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

    /// Returns the setting with this name; `auto` for any other.
    pub fn from_name(name: &str) -> Self {
        let all = [Self::Narrow, Self::Wide, Self::Roomy, Self::Safe];
        let named = all.into_iter().find(|width| width.name() == name);
        named.unwrap_or_default()
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

/// Theme in the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeSetting {
    /// Dark or light, by the terminal's background. Version 0.1 called its only theme `terminal`.
    #[default]
    #[serde(alias = "terminal")]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// No colours, only weight and reverse video.
    Mono,
    /// Light on black, both set, with a contrast of 7:1 or more (WCAG 2.2, 1.4.6).
    HighContrast,
    /// Blue against yellow or brown, distinguishable with any kind of colour vision.
    ColourBlind,
}

/// Colour in the config.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ColourSetting {
    /// One of xterm's 256.
    Number(u8),
    /// Red, green and blue, as `#rrggbb`.
    Text(String),
}

impl ColourSetting {
    /// Returns red, green and blue; `None` for a number or malformed text.
    pub fn rgb(&self) -> Option<[u8; 3]> {
        let Self::Text(text) = self else { return None };
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6)?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        Some([r, g, b])
    }
}

/// Names of the colours that users can set, in the order of the theme's tints.
pub const COLOUR_NAMES: [&str; 8] = [
    "done", "doing", "ongoing", "overdue", "soon", "behind", "match", "quiet",
];

/// One key or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Keys {
    /// One key: `x`, `Ctrl-x`.
    One(String),
    /// Several keys for the same action.
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
    /// Returns the limits from which a clause is due soon, stale or behind.
    pub fn limits(&self) -> Limits {
        Limits {
            days_ahead: self.days_ahead,
            stale_days: self.stale_days,
            pace: pace::PaceRule {
                start: self.start.as_deref().and_then(|day| day.parse().ok()),
                behind: self.behind,
                far_behind: self.far_behind,
            },
        }
    }

    /// Parses a config file's text; `path` is only for messages.
    ///
    /// # Errors
    ///
    /// All mistakes in the text.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        check::parse(text).map_err(|problems| ConfigError::Bad {
            path: path.to_owned(),
            problems,
        })
    }
}

#[cfg(test)]
mod tests;
