//! The query language: from one typed line to terms.
//!
//! A term is what stands between blanks; quotation marks, straight or Chinese, hold blanks
//! together and make a phrase. Marks typed with a Chinese input method (：＠＃！“”《》＝) are their
//! ASCII twins.

use super::{fold, pattern::Pattern};
use crate::{
    day,
    progress::{Status, pace::Light},
};
pub(super) use term::bare_number;
pub use term::readable;
pub(super) use term::{fields, states};
use word::Word;
pub(super) use word::split;

mod term;
mod word;

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
    /// One of several.
    Any(Vec<Asks>),
    /// That its words have this.
    Text(Pattern),
    /// That this unit answers for it.
    Unit(Pattern),
    /// Something of the person in charge.
    Owner(Owner),
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
    /// A pace light (序时进度).
    Light(Light),
    /// 延期: the deadline was moved later.
    Postponed,
    /// Others changed it since whoever asks was last here.
    New,
    /// Not updated for so many days, or for as many as the scene says.
    Stale(Option<i32>),
}

/// What is asked of the person in charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// There is none.
    None,
    /// It is whoever asks.
    Me,
    Named(Pattern),
}

/// What is asked of a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Due {
    /// There is none.
    None,
    /// 长期
    Long,
    /// It is a day that compares so with this one, or this period.
    Day(Compare, day::Typed),
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
    Since(day::Typed),
    Until(day::Typed),
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
    /// `'锂电池 is:open'` is two terms; but `exact:`, `by:` and `owner:` (with `not:` or `!` before
    /// them or not) take all of their word, since a shell leaves no other way to write a blank in them.
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

    /// Returns whether what is typed behind a blank would be another term: not where a phrase is open, or
    /// a field has nothing yet.
    pub fn is_ended(text: &str) -> bool {
        let (so_far, further) = (Self::parse(text), Self::parse(&format!("{text} 口")));
        let is_another =
            further.terms.len() == so_far.terms.len() + 1 && further.unread == so_far.unread;
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

fn takes_blanks(word: &str) -> bool {
    let mut rest: &str = &fold::text(word.trim_start(), fold::any);
    while let Some(inner) = rest.strip_prefix('!').or(rest.strip_prefix("not:")) {
        rest = inner;
    }
    ["exact:", "by:", "owner:"]
        .iter()
        .any(|field| rest.starts_with(field))
}

impl From<Asks> for Term {
    fn from(asks: Asks) -> Self {
        Self { not: false, asks }
    }
}

impl Asks {
    /// Returns what is asked, one by one where it is one of several.
    pub(super) fn each(&self) -> &[Self] {
        match self {
            Self::Any(several) => several,
            one => std::slice::from_ref(one),
        }
    }
}

#[cfg(test)]
mod tests;
