//! Reads one word as a term, and suggests terms for unreadable ones.

use super::{AskedOwner, Asks, Compare, DerivedState, DueCondition, Made, Term, fold};
use crate::{
    day::{Toward, TypedDay},
    document::id,
    locale::Lang,
    progress::{Status, pace::Light},
    search::pattern::Pattern,
};

/// An example of each field; `is:` takes the words of [`states`].
const FIELDS: [(&str, &str); 14] = [
    ("is", "is:overdue"),
    ("owner", "owner:me"),
    ("by", "by:zhangsan"),
    ("due", "due:<2026-12-31"),
    ("before", "before:2026-12-31"),
    ("after", "after:2026-12-31"),
    ("since", "since:2026-11-01"),
    ("until", "until:2026-11-30"),
    ("stale", "stale:7d"),
    ("no", "no:16.3"),
    ("ch", "ch:2"),
    ("exact", "exact:通关"),
    ("view", "view:NAME"),
    ("not", "not:is:done"),
];

/// Returns the words of `is:` in English and Chinese, with their meaning.
pub(in super::super) fn states() -> impl Iterator<Item = ([&'static str; 2], Asks)> {
    let statuses = Status::ALL.into_iter().map(|status| {
        let names = [status.id(), Lang::ZhCn.text(status.name_key())];
        (names, Asks::Is(status))
    });
    let derived = [
        (["open", "未完成"], DerivedState::Open),
        (["overdue", "逾期"], DerivedState::Overdue),
        (["soon", "临期"], DerivedState::Soon),
        (["stale", "久未更新"], DerivedState::Stale(None)),
        (["red", "红"], DerivedState::Light(Light::Red)),
        (["yellow", "黄"], DerivedState::Light(Light::Yellow)),
        (["postponed", "延期"], DerivedState::Postponed),
        (["new", "新变动"], DerivedState::New),
    ];
    statuses.chain(derived.map(|(names, state)| (names, Asks::State(state))))
}

/// Returns the names of the fields, each with an example.
pub(in super::super) fn fields() -> impl Iterator<Item = (&'static str, &'static str)> {
    FIELDS.into_iter()
}

/// Returns terms that may replace an unreadable one: those of its field, or one of each field. The
/// caller chooses the nearest.
pub fn readable(term: &str) -> Vec<String> {
    let term = fold::text(term, fold::any);
    let mut bare = &*term;
    while let Some(rest) = bare.strip_prefix('!').or(bare.strip_prefix("not:")) {
        bare = rest;
    }
    let before = term.strip_suffix(bare).unwrap_or_default();
    let known = |(name, _): &&(&str, &str)| bare.split_once(':').is_some_and(|(n, _)| n == *name);
    let all: Vec<String> = match FIELDS.iter().find(known) {
        Some(("is", _)) => {
            let words = states().flat_map(|(names, _)| names);
            words.map(|word| format!("is:{word}")).collect()
        }
        Some((_, example)) => vec![(*example).to_owned()],
        None if bare.starts_with('#') => vec!["#16".to_owned()],
        None => FIELDS.iter().map(|(_, e)| (*e).to_owned()).collect(),
    };
    all.iter().map(|term| format!("{before}{term}")).collect()
}

impl Term {
    /// Reads a word; `None` if it has no meaning.
    pub(super) fn read(word: &[(char, bool)]) -> Option<Self> {
        if let Some((('!', false), rest)) = word.split_first() {
            return Self::read(rest).map(Self::turned);
        }
        if let Some((name, value)) = field(word) {
            return match name.as_str() {
                "not" => Self::read(value).map(Self::turned),
                name => Asks::field(name, value).map(Self::from),
            };
        }
        let asks = match word.split_first()? {
            (('#', false), number) => Asks::any_of(number, |part| Asks::number(&text(part))),
            (('@', false), names) => Asks::any_of(names, Asks::unit),
            (('\'', false), rest) => {
                // An input method closes the quote that it opened.
                let rest = rest.strip_suffix(&[('\'', false)]).unwrap_or(rest);
                Asks::exact(&text(rest))
            }
            _ => phrase(word).map(Asks::Text),
        };
        asks.map(Self::from)
    }

    fn turned(mut self) -> Self {
        self.not = !self.not;
        self
    }
}

fn text(word: &[(char, bool)]) -> String {
    word.iter().map(|(c, _)| *c).collect()
}

/// Splits `name:value` if the name is ASCII letters; `10:30` is text.
fn field(word: &[(char, bool)]) -> Option<(String, &[(char, bool)])> {
    let colon = word.iter().position(|at| *at == (':', false))?;
    let (name, rest) = word.split_at(colon);
    let letters = name
        .iter()
        .all(|(c, quoted)| c.is_ascii_lowercase() && !quoted);
    (colon > 0 && letters).then(|| (text(name), rest.get(1..).unwrap_or_default()))
}

fn pattern(text: &str, exact: bool) -> Option<Pattern> {
    text.chars()
        .any(|c| !c.is_whitespace() && c != '\'')
        .then(|| Pattern::new(text, exact))
}

/// Returns the pattern of a word, exact if quoted.
fn phrase(word: &[(char, bool)]) -> Option<Pattern> {
    pattern(&text(word), word.iter().any(|(_, quoted)| *quoted))
}

/// Returns the number that a text word may also mean: `16`, `16.3`, `第16条`.
pub(in super::super) fn bare_number(pattern: &Pattern) -> Option<Vec<u32>> {
    let text = pattern.text();
    let is_number = text.starts_with('第') == text.ends_with(['条', '款', '项']);
    match Asks::number(text).filter(|_| is_number && !pattern.is_exact())? {
        Asks::Number(parts) => Some(parts),
        _ => None,
    }
}

impl Asks {
    /// Reads a list separated by ASCII or Chinese commas; a trailing comma is a list still being
    /// typed.
    fn any_of(
        list: &[(char, bool)],
        read: impl Fn(&[(char, bool)]) -> Option<Self>,
    ) -> Option<Self> {
        let parts = list.split(|at| matches!(at, (',' | '、', false)));
        let parts = parts.filter(|part| !part.is_empty());
        let mut several = parts.map(read).collect::<Option<Vec<_>>>()?;
        let one = several.pop()?;
        if several.is_empty() {
            return Some(one);
        }
        several.push(one);
        Some(Self::Any(several))
    }

    fn exact(text: &str) -> Option<Self> {
        pattern(text, true).map(Self::Text)
    }

    /// Reads the name of a unit; each in a list may have its own `@`.
    fn unit(name: &[(char, bool)]) -> Option<Self> {
        phrase(name.strip_prefix(&[('@', false)]).unwrap_or(name)).map(Self::Unit)
    }

    fn owner(name: &str) -> Option<Self> {
        Some(Self::Owner(match name {
            "none" | "无" => AskedOwner::None,
            "me" | "我" => AskedOwner::Me,
            name => AskedOwner::Named(pattern(name, false)?),
        }))
    }

    fn chapter(number: &str) -> Option<Self> {
        number.parse().ok().map(Self::Chapter)
    }

    fn field(name: &str, list: &[(char, bool)]) -> Option<Self> {
        let any_of = |read: fn(&str) -> Option<Self>| Self::any_of(list, |part| read(&text(part)));
        let value = &*text(list);
        Some(match name {
            "is" => return any_of(Self::is),
            "owner" => return any_of(Self::owner),
            "no" => return any_of(Self::number),
            "ch" => return any_of(Self::chapter),
            "stale" => Self::State(DerivedState::Stale(Some(days(value)?))),
            "exact" => return Self::exact(value),
            "due" => Self::Due(due(value)?),
            "before" => Self::Due(DueCondition::Day(
                Compare::Less,
                TypedDay::new(value, Toward::Future)?,
            )),
            "after" => Self::Due(DueCondition::Day(
                Compare::More,
                TypedDay::new(value, Toward::Future)?,
            )),
            "by" => Self::Made(Made::By(pattern(value, false)?)),
            "view" if !value.is_empty() => Self::View(value.to_owned()),
            "since" => Self::Made(Made::Since(TypedDay::new(value, Toward::Past)?)),
            "until" => Self::Made(Made::Until(TypedDay::new(value, Toward::Past)?)),
            _ => return None,
        })
    }

    fn is(value: &str) -> Option<Self> {
        let named = |(names, _): &([&str; 2], Self)| names.contains(&value);
        let state = states().find(named).map(|(_, asks)| asks);
        state.or_else(|| Status::parse(value).map(Self::Is))
    }

    fn number(value: &str) -> Option<Self> {
        let number = id::spelled(value);
        // `16.` is an unfinished `16.3`.
        let parts = number.strip_suffix('.').unwrap_or(&number).split('.');
        let plain = |part: &str| part.parse().ok().filter(|_| !part.starts_with('+'));
        let parts: Option<Vec<u32>> = parts.map(plain).collect();
        parts.filter(|parts| parts.len() <= 3).map(Self::Number)
    }
}

/// Reads `7d` or `7`.
fn days(value: &str) -> Option<i32> {
    let days = value.strip_suffix('d').unwrap_or(value).parse().ok()?;
    (0..=99_999).contains(&days).then_some(days)
}

fn due(value: &str) -> Option<DueCondition> {
    let value = value.replace('《', "<").replace('》', ">");
    let (compare, day) = if let Some(day) = value.strip_prefix("<=") {
        (Compare::AtMost, day)
    } else if let Some(day) = value.strip_prefix(">=") {
        (Compare::AtLeast, day)
    } else if let Some(day) = value.strip_prefix('<') {
        (Compare::Less, day)
    } else if let Some(day) = value.strip_prefix('>') {
        (Compare::More, day)
    } else {
        (Compare::Equal, value.strip_prefix('=').unwrap_or(&value))
    };
    match (compare, day) {
        (Compare::Equal, "none" | "无") => Some(DueCondition::None),
        (Compare::Equal, "long" | "长期") => Some(DueCondition::Long),
        _ => Some(DueCondition::Day(
            compare,
            TypedDay::new(day, Toward::Future)?,
        )),
    }
}
