//! Views: searches that the config names, used as `view:本周`.

use super::{
    Query, fold,
    query::{Asks, Term},
};
use std::collections::BTreeMap;

/// Views, by name.
pub type Views = BTreeMap<String, String>;

/// No views.
pub static NO_VIEWS: Views = Views::new();

impl Query {
    /// Replaces views by their terms. A view is read without views, so that none can use itself; an
    /// unknown name is unread.
    #[must_use]
    pub fn with(mut self, views: &Views) -> Self {
        for term in std::mem::take(&mut self.terms) {
            let Asks::View(name) = &term.asks else {
                self.terms.push(term);
                continue;
            };
            let same = |(view, _): &(&String, &String)| fold::text(view, fold::any) == *name;
            match views.iter().find(same) {
                None => {
                    let not = if term.not { "!" } else { "" };
                    self.unread.push(format!("{not}view:{name}"));
                }
                Some((_, text)) if term.not => self.terms.push(Term {
                    not: true,
                    asks: Asks::All(Self::parse(text)),
                }),
                Some((_, text)) => self.terms.extend(Self::parse(text).terms),
            }
        }
        self
    }
}

/// Returns whether a view can have this name, which a search must read as one word.
pub fn is_name(name: &str) -> bool {
    let apart = |c: char| c.is_whitespace() || "\"'“”‘’,，、".contains(c);
    !name.is_empty() && !name.contains(apart)
}

/// Returns a term that a view's search cannot have: an unreadable one, or another view.
pub fn unread(text: &str) -> Option<String> {
    Query::parse(text).with(&NO_VIEWS).unread().first().cloned()
}
