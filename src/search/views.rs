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
    pub fn with(self, views: &Views) -> Self {
        let (terms, unread) = self.into_parts();
        let mut query = Self::new(Vec::new(), unread);
        for term in terms {
            let Asks::View(name) = &term.asks else {
                query.push(term);
                continue;
            };
            let same = |(view, _): &(&String, &String)| fold::text(view, fold::any) == *name;
            match views.iter().find(same) {
                None => {
                    query.push_unread(format!("{}view:{name}", if term.not { "!" } else { "" }));
                }
                Some((_, text)) if term.not => query.push(Term {
                    not: true,
                    asks: Asks::All(Self::parse(text)),
                }),
                Some((_, text)) => Self::parse(text)
                    .into_parts()
                    .0
                    .into_iter()
                    .for_each(|t| query.push(t)),
            }
        }
        query
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
