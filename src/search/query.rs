//! The query language: from one typed line to terms. May use: `search::fold`, `search::pattern`,
//! `search::day`.
//!
//! A term is what stands between blanks; quotation marks, straight or Chinese, hold blanks
//! together and make a phrase. Marks typed with a Chinese input method (：＠＃！“”《》＝) are their
//! ASCII twins.

use super::{day::Day, fold, pattern::Pattern};
use crate::{locale::Lang, progress::Status};

/// A parsed query: terms, joined by AND.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
    unread: Vec<String>,
}

/// A term, or its opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// It was typed with `!` or `not:`.
    pub(super) not: bool,
    pub(super) asks: Asks,
}

/// What a term asks of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asks {
    /// That its words have this.
    Text(Pattern),
    /// That this unit answers for it.
    Unit(Pattern),
    /// A status.
    Is(Status),
    /// A derived state.
    State(State),
    /// A number as typed after `#`: `16`, `16.3`, `2.16.3`.
    Number(Vec<u32>),
    /// That it stands in the chapter of this number.
    Chapter(u32),
    /// Something of its deadline.
    Due(Due),
    /// That a change of it was made so.
    Made(Made),
}

/// A state that is derived and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Work on it is still owed.
    Open,
    /// 逾期
    Overdue,
    /// 临期
    Soon,
    /// Not updated for so many days, or for as many as the scene says.
    Stale(Option<i32>),
}

/// What is asked of a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Due {
    /// There is none.
    None,
    /// 长期
    Long,
    /// It is a day that compares so with this one.
    Day(Compare, Day),
}

/// How two days compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compare {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// What is asked of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Made {
    By(Pattern),
    Since(Day),
    Until(Day),
}

impl Query {
    /// Reads one line as typed. Never fails: what cannot be read is in [`Query::unread`].
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for word in split(text) {
            query.take_in(&word);
        }
        query
    }

    /// Reads the words of a shell command line. A word is read as a line of its own, so that
    /// `'锂电池 is:open'` is two terms; but `exact:` and `by:` (with `not:` or `!` before them or
    /// not) take all of their word, since a shell leaves no other way to write a blank in them.
    pub fn from_words(words: &[String]) -> Self {
        let mut query = Self::default();
        for word in words {
            if takes_blanks(word) {
                query.take_in(&Word::held_together(word));
            } else {
                for word in &split(word) {
                    query.take_in(word);
                }
            }
        }
        query
    }

    /// Tells whether what is typed behind a blank would be another term: not where a phrase is open, or
    /// a field has nothing yet.
    pub fn is_ended(text: &str) -> bool {
        let further = Self::parse(&format!("{text} 口"));
        let is_another = further.terms.len() == Self::parse(text).terms.len() + 1;
        is_another && !text.ends_with([':', '：', '@', '＠', '#', '＃', '!', '！', '-'])
    }

    /// Tells whether the query asks for nothing, so that it finds every clause.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns the terms that could not be read, as typed; the rest works.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns a query of one term.
    pub(super) fn of(asks: Asks) -> Self {
        Self {
            terms: vec![asks.into()],
            unread: Vec::new(),
        }
    }

    /// Returns the text patterns that a match has.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.terms.iter().filter_map(|term| match &term.asks {
            Asks::Text(pattern) if !term.not => Some(pattern),
            _ => None,
        })
    }

    fn take_in(&mut self, word: &Word) {
        match Term::read(&word.chars) {
            Some(term) => self.terms.push(term),
            None => self.unread.push(word.typed.clone()),
        }
    }
}

/// A word of a query: folded characters, each with whether it was quoted.
#[derive(Debug, Default)]
struct Word {
    typed: String,
    chars: Vec<(char, bool)>,
    phrase: Phrase,
    /// Where the quotation mark stood that opened the phrase.
    opened: usize,
}

/// How far the quotation marks of a word have come.
#[derive(Debug, Default, PartialEq, Eq)]
enum Phrase {
    #[default]
    None,
    Open,
    Closed,
}

impl Word {
    /// Takes in one more character. Quotation marks make a phrase where they hold all that a term
    /// asks for; otherwise they are text: `“药食同源”商品` may have been copied out of a document.
    fn push(&mut self, c: char) {
        self.typed.push(c);
        let folded = fold::any(c);
        let begins = self.chars.last().is_none_or(|(c, _)| ":@!'".contains(*c));
        match (folded, &self.phrase) {
            ('"', Phrase::None) if begins => {
                self.phrase = Phrase::Open;
                self.opened = self.chars.len();
            }
            ('"', Phrase::Open) => self.phrase = Phrase::Closed,
            (_, Phrase::Closed) => {
                self.phrase = Phrase::None;
                for (_, quoted) in &mut self.chars {
                    *quoted = false;
                }
                self.chars.insert(self.opened, ('"', false));
                self.chars.extend([('"', false), (folded, false)]);
            }
            (_, phrase) => self.chars.push((folded, *phrase == Phrase::Open)),
        }
    }

    fn held_together(text: &str) -> Self {
        let hold = |c| (fold::any(c), c.is_whitespace());
        Self {
            typed: text.to_owned(),
            chars: text
                .trim()
                .chars()
                .map(hold)
                .filter(|(c, _)| *c != '"')
                .collect(),
            ..Self::default()
        }
    }
}

/// Cuts a line at its blanks; a quotation mark that is not closed holds to the end.
fn split(text: &str) -> Vec<Word> {
    let mut words = vec![Word::default()];
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if !c.is_whitespace() || word.phrase == Phrase::Open => word.push(c),
            _ => words.push(Word::default()),
        }
    }
    words.retain(|word| !word.typed.is_empty());
    words
}

fn takes_blanks(word: &str) -> bool {
    let mut rest: &str = &fold::text(word.trim_start(), fold::any);
    while let Some(inner) = rest.strip_prefix('!').or(rest.strip_prefix("not:")) {
        rest = inner;
    }
    rest.starts_with("exact:") || rest.starts_with("by:")
}

impl Term {
    fn read(word: &[(char, bool)]) -> Option<Self> {
        if let Some((('!', false), rest)) = word.split_first() {
            return Self::read(rest).map(Self::turned);
        }
        if let Some((name, value)) = field(word) {
            return match name.as_str() {
                "not" => Self::read(value).map(Self::turned),
                name => Asks::field(name, &text(value)).map(Self::from),
            };
        }
        let (asks, rest): (fn(Pattern) -> Asks, _) = match word.split_first()? {
            (('#', false), number) => return Asks::number(&text(number)).map(Self::from),
            (('@', false), name) => (Asks::Unit, name),
            (('\'', false), rest) => {
                // An input method closes the mark that it opened.
                let rest = rest.strip_suffix(&[('\'', false)]).unwrap_or(rest);
                return Asks::exact(&text(rest)).map(Self::from);
            }
            _ => (Asks::Text, word),
        };
        let phrase = rest.iter().any(|(_, quoted)| *quoted);
        pattern(&text(rest), phrase).map(asks).map(Self::from)
    }

    fn turned(mut self) -> Self {
        self.not = !self.not;
        self
    }
}

impl From<Asks> for Term {
    fn from(asks: Asks) -> Self {
        Self { not: false, asks }
    }
}

fn text(word: &[(char, bool)]) -> String {
    word.iter().map(|(c, _)| *c).collect()
}

/// Splits `name:value`, where the name is ASCII letters; so `10:30` is text.
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

impl Asks {
    fn exact(text: &str) -> Option<Self> {
        pattern(text, true).map(Self::Text)
    }

    fn field(name: &str, value: &str) -> Option<Self> {
        Some(match name {
            "is" => return Self::is(value),
            "stale" => Self::State(State::Stale(Some(days(value)?))),
            "exact" => return Self::exact(value),
            "no" => return Self::number(value),
            "ch" => Self::Chapter(value.parse().ok()?),
            "due" => Self::Due(due(value)?),
            "before" => Self::Due(Due::Day(Compare::Less, Day::ahead(value)?)),
            "after" => Self::Due(Due::Day(Compare::More, Day::ahead(value)?)),
            "by" => Self::Made(Made::By(pattern(value, false)?)),
            "since" => Self::Made(Made::Since(Day::ago(value)?)),
            "until" => Self::Made(Made::Until(Day::ago(value)?)),
            _ => return None,
        })
    }

    fn is(value: &str) -> Option<Self> {
        let named =
            |status: &Status| status.id() == value || Lang::ZhCn.text(status.name_key()) == value;
        if let Some(status) = Status::ALL.into_iter().find(named) {
            return Some(Self::Is(status));
        }
        Some(Self::State(match value {
            "open" | "未完成" => State::Open,
            "overdue" | "逾期" => State::Overdue,
            "soon" | "临期" => State::Soon,
            "stale" => State::Stale(None),
            _ => return None,
        }))
    }

    fn number(value: &str) -> Option<Self> {
        let value = value.replace('。', ".");
        // `16.` is `16.3` half typed.
        let parts: Option<Vec<u32>> = value
            .strip_suffix('.')
            .unwrap_or(&value)
            .split('.')
            .map(|part| part.parse().ok().filter(|_| !part.starts_with('+')))
            .collect();
        parts.filter(|parts| parts.len() <= 3).map(Self::Number)
    }
}

/// Reads `7d` or `7`.
fn days(value: &str) -> Option<i32> {
    let days = value.strip_suffix('d').unwrap_or(value).parse().ok()?;
    (0..=99_999).contains(&days).then_some(days)
}

fn due(value: &str) -> Option<Due> {
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
        (Compare::Equal, "none" | "无") => Some(Due::None),
        (Compare::Equal, "long" | "长期") => Some(Due::Long),
        _ => Some(Due::Day(compare, Day::ahead(day)?)),
    }
}

#[cfg(test)]
mod tests;
