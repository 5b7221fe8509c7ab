//! Finds the clauses with the words of a query, and how well they match.
//!
//! Every query looks at every clause and nothing is cached: 2,000 clauses take a millisecond or
//! two.

use super::{
    Query, Scene,
    filter::{Clauses, filtered, named, numbered},
    fold,
    pattern::{MatchKind, Matcher, Pattern},
    query::{Asks, bare_number},
};
use crate::{document::Document, progress::Record};
use fuzzy_matcher::skim::SkimMatcherV2;

mod key;
use key::{MatchField, RankKey};

/// The clauses that a query finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Indices into [`Document::clauses`], in document order.
    pub clauses: Vec<usize>,
    /// How well each is found, lower is better; empty if the query has no words.
    keys: Vec<RankKey>,
}

impl Matches {
    /// Returns the best match, the first of equals.
    pub fn best(&self) -> Option<usize> {
        let best = (0..self.keys.len()).min_by_key(|i| self.keys[*i]);
        self.clauses.get(best.unwrap_or(0)).copied()
    }

    /// Returns the clauses, best first; equals keep document order.
    pub fn ranked(&self) -> Vec<usize> {
        let mut ranked: Vec<_> = self.keys.iter().zip(&self.clauses).collect();
        if ranked.is_empty() {
            return self.clauses.clone();
        }
        ranked.sort_by_key(|(key, _)| **key);
        ranked.into_iter().map(|(_, clause)| *clause).collect()
    }
}

/// Finds the clauses that a query admits.
pub fn find(query: &Query, scene: &Scene<'_>) -> Matches {
    Searcher::new(query, scene, true).run(query)
}

/// Returns the clauses that match in the document's own words, ignoring remarks.
pub(super) fn find_in_document(query: &Query, scene: &Scene<'_>) -> Clauses {
    let found = Searcher::new(query, scene, false).run(query);
    Clauses::of(scene.document, found.clauses)
}

struct Searcher<'a> {
    scene: &'a Scene<'a>,
    terms: Vec<TextTerm<'a>>,
    /// What negated views find.
    excluded: Vec<Clauses>,
    /// Whether remarks, steps and owners count too.
    notes: bool,
    scorer: SkimMatcherV2,
}

/// A text term, prepared for searching.
struct TextTerm<'a> {
    matcher: Matcher<'a>,
    not: bool,
    fold: fn(char) -> char,
    /// The key of each clause's best unit name; empty if no unit matches.
    units: Vec<Option<RankKey>>,
    /// Clauses with the term as their number.
    numbered: Vec<usize>,
}

impl<'a> TextTerm<'a> {
    fn new(pattern: &'a Pattern, not: bool, document: &Document) -> Self {
        let matcher = Matcher::for_many(pattern);
        Self {
            not,
            fold: if pattern.has_punctuation() {
                fold::any
            } else {
                fold::letter
            },
            units: unit_keys(&matcher, document),
            numbered: bare_number(pattern).map_or_else(Vec::new, |n| numbered(&n, document)),
            matcher,
        }
    }
}

fn unit_keys(matcher: &Matcher<'_>, document: &Document) -> Vec<Option<RankKey>> {
    let mut keys: Vec<Option<RankKey>> = Vec::new();
    for (unit, clauses) in named(document) {
        // Only the printed name: a unit's other names may hold words that nobody reads here
        // (国铁北京局集团 is also 北京铁路局), and `@` knows all names.
        let Some((way, place)) = matcher.find(&fold::text(unit, fold::any)) else {
            continue;
        };
        let key = RankKey::new(way, MatchField::Unit, place.start as u64);
        keys.resize(document.clauses.len(), None);
        for clause in clauses {
            keys[clause] = Some(keys[clause].map_or(key, |other| other.min(key)));
        }
    }
    keys
}

impl<'a> Searcher<'a> {
    fn new(query: &'a Query, scene: &'a Scene<'a>, notes: bool) -> Self {
        let terms = query.terms().iter().filter_map(|term| match &term.asks {
            Asks::Text(pattern) => Some(TextTerm::new(pattern, term.not, scene.document)),
            _ => None,
        });
        let excluded = query.terms().iter().filter_map(|term| match &term.asks {
            Asks::All(query) => {
                let found = Searcher::new(query, scene, notes).run(query);
                Some(Clauses::of(scene.document, found.clauses))
            }
            _ => None,
        });
        Self {
            terms: terms.collect(),
            excluded: excluded.collect(),
            scene,
            notes,
            scorer: SkimMatcherV2::default(),
        }
    }

    fn run(&self, query: &Query) -> Matches {
        let live = filtered(query, self.scene);
        let found = (0..self.scene.document.clauses.len())
            .filter(|clause| live.as_ref().is_none_or(|live| live.has(*clause)))
            .filter(|clause| !self.excluded.iter().any(|view| view.has(*clause)))
            .filter_map(|clause| Some((clause, self.key(clause)?)));
        let (clauses, mut keys): (_, Vec<_>) = found.unzip();
        if self.terms.iter().all(|term| term.not) {
            keys.clear();
        }
        Matches { clauses, keys }
    }

    /// Returns how well a clause matches all terms, or `None`.
    fn key(&self, clause: usize) -> Option<RankKey> {
        let mut sum = RankKey::default();
        for term in &self.terms {
            let key = self.key_of(term, clause);
            if key.is_some() == term.not {
                return None;
            }
            sum.0 += key.map_or(0, |key| key.0);
        }
        Some(sum)
    }

    /// Returns how well a clause matches a term, or `None`.
    fn key_of(&self, term: &TextTerm<'_>, clause: usize) -> Option<RankKey> {
        if term.numbered.contains(&clause) {
            return Some(RankKey::NUMBER);
        }
        let other = self.elsewhere(term, clause);
        let document = self.scene.document;
        let item = &document.clauses[clause];
        let title = fold::text(&document.measures[item.measure].title, term.fold);
        let text = fold::text(&item.text, term.fold);
        for way in [MatchKind::Exact, MatchKind::Sound, MatchKind::Loose] {
            if other.is_some_and(|other| other.way() < way) {
                break;
            }
            for (field, text) in [(MatchField::Title, &title), (MatchField::Text, &text)] {
                if let Some(place) = term.matcher.place(way, text) {
                    let pattern = term.matcher.pattern().text();
                    return Some(RankKey::of(
                        way,
                        field,
                        text,
                        &place,
                        (&self.scorer, pattern),
                    ));
                }
            }
        }
        other
    }

    /// Returns how well the names of a clause's units, or what people wrote, match a term.
    fn elsewhere(&self, term: &TextTerm<'_>, clause: usize) -> Option<RankKey> {
        let unit = term.units.get(clause).copied().flatten();
        if !self.notes || unit.is_some_and(|key| key.way() == MatchKind::Exact) {
            return unit;
        }
        let notes = notes(self.scene.progress.record(clause)).filter_map(|note| {
            let note = fold::text(note, fold::any);
            let (way, place) = term.matcher.find(&note)?;
            let pattern = term.matcher.pattern().text();
            Some(RankKey::of(
                way,
                MatchField::Notes,
                &note,
                &place,
                (&self.scorer, pattern),
            ))
        });
        unit.into_iter().chain(notes).min()
    }
}

/// Returns what people wrote about a clause: remarks, steps, and the owner.
pub(super) fn notes(record: &Record) -> impl Iterator<Item = &str> {
    let remarks = record.remarks.iter().map(|remark| remark.text.as_str());
    let steps = record.steps.iter().map(|step| step.text.as_str());
    remarks.chain(steps).chain(record.owner.as_deref())
}
