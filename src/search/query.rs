//! The query language: from one typed line to terms.
//!
//! Terms are separated by blanks; quotation marks, straight or Chinese, keep blanks together and
//! make a phrase. Punctuation typed with a Chinese input method (：＠＃！“”《》＝) equals its ASCII
//! twins.

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
    pub(super) terms: Vec<Term>,
    pub(super) unread: Vec<String>,
}

/// A term, possibly negated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// Whether it was typed with `!` or `not:`.
    pub(super) not: bool,
    pub(super) asks: Asks,
}

/// What a term asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asks {
    /// Any of several.
    Any(Vec<Asks>),
    /// Text.
    Text(Pattern),
    /// A responsible unit.
    Unit(Pattern),
    /// The person in charge.
    Owner(AskedOwner),
    /// A status.
    Is(Status),
    /// A derived state.
    State(DerivedState),
    /// A number as typed after `#`: `16`, `16.3`, `2.16.3`.
    Number(Vec<u32>),
    /// The number of its chapter.
    Chapter(u32),
    /// Its deadline.
    Due(DueCondition),
    /// A change of it.
    Made(Made),
    /// The view of this folded name, see [`Query::with`].
    View(String),
    /// All of another query: a view that is negated.
    All(Query),
}

/// A derived state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DerivedState {
    /// It needs work.
    Open,
    /// 逾期
    Overdue,
    /// 临期
    Soon,
    /// A pace light (序时进度).
    Light(Light),
    /// 延期: the deadline was moved later.
    Postponed,
    /// Others changed it since the user was last here.
    New,
    /// Not updated for this many days, or for the scene's.
    Stale(Option<i32>),
}

/// A condition on the person in charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AskedOwner {
    /// Nobody.
    None,
    /// The user.
    Me,
    Named(Pattern),
}

/// A condition on a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DueCondition {
    /// No deadline.
    None,
    /// 长期
    Long,
    /// A day that compares like this with the given day or period.
    Day(Compare, day::TypedDay),
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

/// A condition on a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Made {
    By(Pattern),
    Since(day::TypedDay),
    Until(day::TypedDay),
}

impl Query {
    /// Parses a typed line. Never fails: unreadable terms are in [`Query::unread`].
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for word in split(text) {
            query.take_in(&word);
        }
        query
    }

    /// Parses the words of a shell command line. Each word is parsed as a line, so that `'锂电池
    /// is:open'` is two terms; but `exact:`, `by:` and `owner:` (also negated) take their whole
    /// word, since a shell leaves no other way to write a blank in them.
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

    /// Returns whether text typed after a blank would be a new term: not inside an open phrase, or
    /// after a field without a value.
    pub fn is_ended(text: &str) -> bool {
        let (so_far, further) = (Self::parse(text), Self::parse(&format!("{text} 口")));
        let is_another =
            further.terms.len() == so_far.terms.len() + 1 && further.unread == so_far.unread;
        is_another && !text.ends_with([':', '：', '@', '＠', '#', '＃', '!', '！', '-'])
    }

    /// Returns whether the query has no terms, so that it finds every clause.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns the unreadable terms as typed; the others still work.
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

    /// Returns the text patterns that a match must have.
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
    /// Returns the alternatives, or the term itself.
    pub(super) fn each(&self) -> &[Self] {
        match self {
            Self::Any(several) => several,
            one => std::slice::from_ref(one),
        }
    }
}

#[cfg(test)]
mod tests;
