//! The search terms of a command. Unreadable terms and unknown units are errors: without them the
//! rest would find more than was asked for.

use super::{Failure, context::OpenChecklist};
use crate::{
    locale::Lang,
    progress::Change,
    search::{self, ChangeFilter, Query, Views},
    text::nearest,
};
use jiff::Timestamp;

impl OpenChecklist {
    /// Returns the clauses found, in document order or ranked.
    pub(super) fn find(&self, words: &[String], rank: bool) -> Result<Vec<usize>, Failure> {
        let query = self.query(words)?;
        if query.is_empty() {
            return Ok(self.basis().all());
        }
        self.check_units(&query)?;
        let found = search::find(&query, &self.scene());
        Ok(if rank { found.ranked() } else { found.clauses })
    }

    /// Returns the matching changes since a moment, oldest first.
    pub(super) fn changes(
        &self,
        words: &[String],
        since: Option<Timestamp>,
    ) -> Result<Vec<Change>, Failure> {
        let query = self.query(words)?;
        self.check_units(&query)?;
        let filter = ChangeFilter::new(&query, &self.scene());
        let changes = self.progress.changes();
        Ok(changes
            .filter(|c| since.is_none_or(|since| c.when() >= since))
            .filter(|c| filter.admits(c))
            .cloned()
            .collect())
    }

    fn query(&self, words: &[String]) -> Result<Query, Failure> {
        let query = Query::from_words(words).with(&self.views);
        if query.unread().is_empty() {
            return Ok(query);
        }
        let said = query
            .unread()
            .iter()
            .map(|term| unread(term, &self.views, self.lang));
        Err(Failure::Usage(said.collect::<Vec<_>>().join("\n")))
    }

    fn check_units(&self, query: &Query) -> Result<(), Failure> {
        let said = |(unit, near): (String, Vec<&str>)| {
            let key = if near.is_empty() {
                "cli.no-unit-only"
            } else {
                "cli.no-unit"
            };
            let near = near.join(self.lang.text("cli.or"));
            self.lang.fill(key, &[("unit", &unit), ("near", &near)])
        };
        let strangers = search::strangers(query, &self.scene());
        if strangers.is_empty() {
            return Ok(());
        }
        let said: Vec<String> = strangers.into_iter().map(said).collect();
        Err(Failure::Usage(said.join("\n")))
    }
}

/// Returns the error for an unreadable term, with suggestions.
fn unread(term: &str, views: &Views, lang: Lang) -> String {
    let said = lang.fill("cli.unread", &[("term", &term)]);
    let readable: Vec<String> = match term.trim_start_matches('!').strip_prefix("view:") {
        Some(_) if views.is_empty() => return format!("{said}\n{}", lang.text("cli.no-views")),
        Some(_) => views.keys().map(|name| format!("view:{name}")).collect(),
        None => search::readable(term),
    };
    let near = nearest(term, readable.iter().map(String::as_str), 3);
    let (key, near) = if near.is_empty() {
        ("cli.takes", readable.iter().map(String::as_str).collect())
    } else {
        ("cli.meant", near)
    };
    let near = near.join(lang.text("cli.or"));
    format!("{said}\n{}", lang.fill(key, &[("near", &near)]))
}
