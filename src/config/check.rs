//! Finds every mistake in a config file, with its position.

use super::{
    COLOUR_NAMES, ColourSetting, Config,
    locate::{PathStep, locate},
};
use crate::{
    locale::Lang,
    report::Column,
    search::{readable, views},
    text::nearest,
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_yaml::Value;
use std::{fmt, path::PathBuf};

/// Why a config file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file has mistakes.
    #[error("{}", self.message(Lang::En))]
    Bad {
        /// The file.
        path: PathBuf,
        /// All its mistakes, in the order of the text.
        problems: Vec<Problem>,
    },
}

impl ConfigError {
    /// Returns the message for the user, one line per mistake.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io { path, source } => lang.fill(
                "config.unreadable",
                &[("path", &path.display()), ("why", &lang.system(source))],
            ),
            Self::Bad { path, problems } => problems
                .iter()
                .map(|p| {
                    let (line, column) = (p.line, p.column);
                    format!("{}:{line}:{column}: {}", path.display(), p.message(lang))
                })
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }
}

/// A mistake and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub what: Mistake,
}

/// A mistake in a config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// Not a YAML mapping; the reader's message.
    Syntax(String),
    /// An unknown option, and the nearest valid one.
    Unknown(String, Option<&'static str>),
    /// A duplicate option.
    Twice(String),
    /// A value that the option does not take, what it takes, and the nearest valid word.
    Value(String, Expect, Option<&'static str>),
    /// A view whose search has this term, which it cannot have.
    View(String, String),
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Any text, or null.
    Text,
    /// A calendar date, or null.
    Date,
    /// A text with `{n}` once.
    Number,
    /// true or false.
    Flag,
    /// A whole number within these bounds.
    Count(i64, i64),
    /// A list of columns.
    Columns,
    /// A mapping of binding ids to a key or a list of keys.
    Keys,
    /// A mapping of names to colours.
    Colours,
    /// A mapping of names to searches.
    Views,
}

/// The options by name, in the order of `config.example.yaml`.
const OPTIONS: &[(&str, Expect)] = &[
    ("language", Expect::Choice(&["auto", "zh-CN", "en"])),
    ("document", Expect::Text),
    ("progress", Expect::Text),
    ("by", Expect::Text),
    (
        "ambiguous_width",
        Expect::Choice(&["auto", "narrow", "wide", "roomy", "safe"]),
    ),
    ("days_ahead", Expect::Count(0, 3650)),
    ("stale_days", Expect::Count(1, 3650)),
    ("start", Expect::Date),
    ("behind", Expect::Count(0, 100)),
    ("far_behind", Expect::Count(0, 100)),
    ("office", Expect::Text),
    ("urge_number", Expect::Number),
    (
        "theme",
        Expect::Choice(&[
            "auto",
            "dark",
            "light",
            "high-contrast",
            "colour-blind",
            "mono",
            "terminal",
        ]),
    ),
    ("colours", Expect::Colours),
    ("mouse", Expect::Flag),
    ("columns", Expect::Columns),
    ("views", Expect::Views),
    ("keys", Expect::Keys),
];

/// Parses a config, or returns all its mistakes.
pub(super) fn parse(text: &str) -> Result<Config, Vec<Problem>> {
    let text = text.trim_start_matches('\u{feff}');
    let Entries(entries) = serde_yaml::from_str::<Option<Entries>>(text)
        .map_err(|e| vec![syntax(&e)])?
        .unwrap_or_default();
    let mut problems = Vec::new();
    for (nth, (key, value)) in entries.iter().enumerate() {
        let twice = entries[..nth].iter().any(|(k, _)| k == key);
        for (steps, what) in mistakes(nth, key, value, twice) {
            let (line, column) = locate(text, &steps).unwrap_or((1, 1));
            problems.push(Problem { line, column, what });
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    serde_yaml::from_str::<Option<Config>>(text)
        .map(Option::unwrap_or_default)
        .map_err(|e| vec![syntax(&e)])
}

fn syntax(error: &serde_yaml::Error) -> Problem {
    let (line, column) = error.location().map_or((1, 1), |l| (l.line(), l.column()));
    Problem {
        line,
        column,
        what: Mistake::Syntax(error.to_string()),
    }
}

fn mistakes(nth: usize, key: &str, value: &Value, twice: bool) -> Vec<(Vec<PathStep>, Mistake)> {
    let here = |what| vec![(vec![PathStep::Key(nth)], what)];
    if twice {
        return here(Mistake::Twice(key.to_owned()));
    }
    let Some((_, expect)) = OPTIONS.iter().find(|(name, _)| *name == key) else {
        let near = nearest(key, OPTIONS.iter().map(|(name, _)| *name), 1);
        return here(Mistake::Unknown(key.to_owned(), near.first().copied()));
    };
    if let (Expect::Views, Value::Mapping(views)) = (expect, value) {
        return wrong_views(nth, views);
    }
    wrong_values(*expect, value)
        .into_iter()
        .map(|(rest, near)| {
            let mut steps = vec![PathStep::Value(nth)];
            steps.extend(rest);
            (steps, Mistake::Value(key.to_owned(), *expect, near))
        })
        .collect()
}

type Wrong = (Vec<PathStep>, Option<&'static str>);

/// Returns the paths within a value that the option does not take, with the nearest word for each.
fn wrong_values(expect: Expect, value: &Value) -> Vec<Wrong> {
    let whole = |good: bool, near| if good { vec![] } else { vec![(vec![], near)] };
    match (expect, value) {
        (Expect::Choice(words), Value::String(word)) => whole(
            words.contains(&word.as_str()),
            near(word, words.iter().copied()),
        ),
        (Expect::Date, Value::String(date)) => {
            whole(date.parse::<jiff::civil::Date>().is_ok(), None)
        }
        (Expect::Count(least, most), Value::Number(n)) => whole(
            n.as_i64().is_some_and(|n| (least..=most).contains(&n)),
            None,
        ),
        (Expect::Columns, Value::Sequence(items)) => wrong_columns(items),
        (Expect::Keys, Value::Mapping(keys)) => keys
            .values()
            .enumerate()
            .filter(|(_, keys)| !is_keys(keys))
            .map(|(nth, _)| (vec![PathStep::Value(nth)], None))
            .collect(),
        (Expect::Colours, Value::Mapping(colours)) => colours
            .iter()
            .enumerate()
            .filter_map(|(nth, (name, colour))| wrong_colour(nth, name, colour))
            .collect(),
        (Expect::Number, Value::String(form)) => whole(form.matches("{n}").count() == 1, None),
        (Expect::Text, Value::String(_) | Value::Null)
        | (Expect::Date, Value::Null)
        | (Expect::Flag, Value::Bool(_)) => vec![],
        _ => whole(false, None),
    }
}

fn near(word: &str, words: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    nearest(word, words, 1).first().copied()
}

fn wrong_columns(items: &[Value]) -> Vec<Wrong> {
    let names = || Column::ALL.into_iter().map(Column::id);
    items
        .iter()
        .enumerate()
        .filter_map(|(nth, item)| {
            let word = item.as_str().unwrap_or_default();
            let wrong = Column::from_id(word).is_none();
            wrong.then(|| (vec![PathStep::Item(nth)], near(word, names())))
        })
        .collect()
}

fn wrong_views(nth: usize, views: &serde_yaml::Mapping) -> Vec<(Vec<PathStep>, Mistake)> {
    let wrong = |(place, (name, text)): (usize, (&Value, &Value))| {
        let value = || Mistake::Value("views".to_owned(), Expect::Views, None);
        let at = |step, what| Some((vec![PathStep::Value(nth), step], what));
        let name = name.as_str().unwrap_or_default();
        match text.as_str() {
            _ if !views::is_name(name) => at(PathStep::Key(place), value()),
            None => at(PathStep::Value(place), value()),
            Some(text) => {
                let what = Mistake::View(name.to_owned(), views::unread(text)?);
                at(PathStep::Value(place), what)
            }
        }
    };
    views.iter().enumerate().filter_map(wrong).collect()
}

fn wrong_colour(nth: usize, name: &Value, colour: &Value) -> Option<Wrong> {
    let name = name.as_str().unwrap_or_default();
    if !COLOUR_NAMES.contains(&name) {
        return Some((
            vec![PathStep::Key(nth)],
            near(name, COLOUR_NAMES.into_iter()),
        ));
    }
    let good = match serde_yaml::from_value(colour.clone()) {
        Ok(ColourSetting::Number(_)) => true,
        Ok(text) => text.rgb().is_some(),
        Err(_) => false,
    };
    (!good).then(|| (vec![PathStep::Value(nth)], None))
}

fn is_keys(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Sequence(keys) => keys.iter().all(Value::is_string),
        _ => false,
    }
}

impl Problem {
    /// Returns the message for the user, without the position.
    pub fn message(&self, lang: Lang) -> String {
        match &self.what {
            Mistake::Syntax(said) => lang.fill("config.syntax", &[("said", said)]),
            Mistake::Twice(key) => lang.fill("config.twice", &[("key", key)]),
            Mistake::Unknown(key, near) => {
                lang.fill("config.unknown", &[("key", key)]) + &meant(*near, lang)
            }
            Mistake::View(name, term) => {
                let term = term.as_str();
                let key = if term.trim_start_matches('!').starts_with("view:") {
                    "config.view-in-view"
                } else {
                    "config.view"
                };
                let readable = readable(term);
                let near = nearest(term, readable.iter().map(String::as_str), 1);
                let near = near.first().filter(|_| key == "config.view").copied();
                lang.fill(key, &[("name", name), ("term", &term)]) + &meant(near, lang)
            }
            Mistake::Value(key, expect, near) => {
                let takes = expect.message(lang);
                lang.fill("config.value", &[("key", key), ("takes", &takes)]) + &meant(*near, lang)
            }
        }
    }
}

fn meant(near: Option<&str>, lang: Lang) -> String {
    near.map_or_else(String::new, |name| {
        lang.fill("config.meant", &[("name", &name)])
    })
}

impl Expect {
    fn message(self, lang: Lang) -> String {
        match self {
            Self::Choice(words) => {
                lang.fill("config.takes.choice", &[("words", &words.join(" | "))])
            }
            Self::Text => lang.text("config.takes.text").to_owned(),
            Self::Date => lang.text("config.takes.date").to_owned(),
            Self::Number => lang.text("config.takes.number").to_owned(),
            Self::Flag => lang.text("config.takes.flag").to_owned(),
            Self::Count(least, most) => {
                lang.fill("config.takes.count", &[("least", &least), ("most", &most)])
            }
            Self::Columns => {
                let words = Column::ALL.map(Column::id).join(" ");
                lang.fill("config.takes.columns", &[("words", &words)])
            }
            Self::Keys => lang.text("config.takes.keys").to_owned(),
            Self::Views => lang.text("config.takes.views").to_owned(),
            Self::Colours => {
                let names = COLOUR_NAMES.join(" ");
                lang.fill("config.takes.colours", &[("names", &names)])
            }
        }
    }
}

/// A mapping's entries in order, including duplicate keys.
#[derive(Default)]
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("options, as `name: value`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(All)
    }
}
