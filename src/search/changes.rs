//! Filters changes of the journal by a query, for the log and the minutes.

use super::{
    Query, Scene,
    filter::{Clauses, Making, admitted, asks_of_change},
    fold,
    matches::find_in_document,
    pattern::{Matcher, Pattern},
    query::{Asks, Term},
};
use crate::{
    locale::Lang,
    progress::{Body, Change, Edit, Status},
};

/// A query prepared for filtering changes.
#[derive(Debug)]
pub struct ChangeFilter<'a> {
    scene: Scene<'a>,
    made: Vec<(bool, Making)>,
    terms: Vec<Judged<'a>>,
}

/// A term about clauses, or about the words of a change.
#[derive(Debug)]
struct Judged<'a> {
    not: bool,
    clauses: Clauses,
    words: Option<&'a Pattern>,
}

impl<'a> ChangeFilter<'a> {
    /// Prepares a query.
    pub fn new(query: &'a Query, scene: &Scene<'a>) -> Self {
        let mut made = Vec::new();
        let mut terms = Vec::new();
        for term in query.terms() {
            match asks_of_change(term) {
                Some(asked) => made.push((term.not, Making::new(asked, scene))),
                None => terms.push(Judged::new(term, scene)),
            }
        }
        Self {
            scene: *scene,
            made,
            terms,
        }
    }

    /// Returns whether the query admits a change. `by:`, `since:` and `until:` look at the change
    /// itself, words at its clauses and its own remarks, steps and statuses, and all other terms at
    /// its clauses. A retract is judged by the change that it retracts.
    pub fn admits(&self, change: &Change) -> bool {
        let made = |(not, making): &(bool, Making)| making.admits(change) != *not;
        if !self.made.iter().all(made) {
            return false;
        }
        self.terms.is_empty() || self.touches(change)
    }

    /// Returns whether the terms admit an edit of a change, or of the set that it retracts or
    /// restores.
    fn touches(&self, change: &Change) -> bool {
        let set = match &change.body {
            Body::Retract(id) => self.scene.progress.retracted(id).map(|(set, _)| set),
            Body::Edits(_) => Some(change),
        };
        set.is_some_and(|set| set.edits().iter().any(|edit| self.admits_edit(edit)))
    }

    fn admits_edit(&self, edit: &Edit) -> bool {
        let clause = edit.target.clause.parse().ok();
        let clause = clause.and_then(|id| self.scene.document.find(id));
        self.terms.iter().all(|term| {
            let has = clause.is_some_and(|clause| term.clauses.has(clause))
                || term.words.is_some_and(|words| says(edit, words));
            has != term.not
        })
    }
}

impl<'a> Judged<'a> {
    fn new(term: &'a Term, scene: &Scene<'_>) -> Self {
        let (clauses, words) = match &term.asks {
            Asks::Text(pattern) => {
                let alone = Query::of(term.asks.clone());
                (find_in_document(&alone, scene), Some(pattern))
            }
            Asks::All(query) => (find_in_document(query, scene), None),
            asks => (admitted(asks, scene), None),
        };
        Self {
            not: term.not,
            clauses,
            words,
        }
    }
}

fn says(edit: &Edit, words: &Pattern) -> bool {
    let matcher = Matcher::new(words);
    let remark = edit.remark.as_ref().map(|(_, text)| text.as_str());
    let step = edit.step.as_ref().map(|(_, text)| text.as_str());
    let text = edit.text.as_ref().and_then(Option::as_deref);
    let owner = edit.owner.as_ref().and_then(Option::as_deref);
    // A status matches as printed, in either language.
    let names = |s: Status| [Lang::ZhCn, Lang::En].map(|lang| lang.text(s.name_key()));
    let status = edit.status.map(names).into_iter().flatten();
    [remark, step, text, owner]
        .into_iter()
        .flatten()
        .chain(status)
        .any(|text| matcher.find(&fold::text(text, fold::any)).is_some())
}
