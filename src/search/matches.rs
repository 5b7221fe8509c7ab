//! Finding: the clauses that have the words of a query, and how well. May use: the search files
//! above it.
//!
//! Each block of the index is one piece of work. In it the terms are looked for one after the
//! other, each only among the clauses that the earlier ones left; the index says which of them
//! are worth a look, and the text decides.

use super::{
    Index, Query, Scene,
    filter::{Clauses, filtered},
    fold,
    index::{Bits, Block, each},
    pattern::Way,
    query::Asks,
};
use crate::progress::Record;
use fuzzy_matcher::{FuzzyMatcher, skim::SkimMatcherV2};
use std::borrow::Cow;

mod key;
mod sought;
use key::{Field, Hit, Key};
use sought::{Maybe, Sought, Titles};

/// How many loose matches are scored; the others keep document order behind them.
const SCORED: usize = 2_000;

/// How many texts are fetched from memory together.
const AHEAD: usize = 32;

/// The clauses that a query finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Indices into [`Document::clauses`](crate::document::Document::clauses), in document order.
    pub clauses: Vec<u32>,
    /// How well each is found, the lesser the better; empty where the query asks for no words.
    keys: Vec<Key>,
    query: Query,
}

impl Matches {
    /// Returns the best match, the first of equals.
    pub fn best(&self) -> Option<u32> {
        let best = (0..self.keys.len()).min_by_key(|i| self.keys[*i]);
        self.clauses.get(best.unwrap_or(0)).copied()
    }

    /// Returns the clauses, best first; equals keep document order.
    pub fn ranked(&self) -> Vec<u32> {
        let mut ranked: Vec<_> = self.keys.iter().zip(&self.clauses).collect();
        if ranked.is_empty() {
            return self.clauses.clone();
        }
        ranked.sort_by_key(|(key, _)| **key);
        ranked.into_iter().map(|(_, clause)| *clause).collect()
    }
}

/// Finds the clauses that a query admits. The index is to be of the scene's document.
pub fn find(query: &Query, scene: &Scene<'_>, index: &Index) -> Matches {
    Search::new(query, scene, index, true).run(None)
}

/// Finds the same as [`find`], faster where this query is the earlier one made longer and nothing
/// else has changed since.
pub fn narrow(previous: &Matches, query: &Query, scene: &Scene<'_>, index: &Index) -> Matches {
    let search = Search::new(query, scene, index, true);
    // What nothing was asked of has found nothing, though it admits all.
    if previous.query.is_empty() || !query.implies(&previous.query) {
        return search.run(None);
    }
    let clauses = previous.clauses.iter().map(|clause| *clause as usize);
    search.run(Some(Clauses::of(scene.document, clauses)))
}

/// Returns the clauses that have what the query asks for in the document's own words, whatever
/// remarks say.
pub(super) fn find_in_document(query: &Query, scene: &Scene<'_>, index: &Index) -> Clauses {
    let found = Search::new(query, scene, index, false).run(None).clauses;
    Clauses::of(scene.document, found.into_iter().map(|c| c as usize))
}

struct Search<'a> {
    query: &'a Query,
    scene: &'a Scene<'a>,
    index: &'a Index,
    sought: Vec<Sought<'a>>,
    /// The clauses that may have remarks, where these are looked at.
    notes: Option<Clauses>,
}

/// What one block has.
#[derive(Debug, Default)]
struct Found {
    clauses: Vec<(u32, Key)>,
    loose: Vec<(u32, usize, Box<str>, u64)>,
}

impl<'a> Search<'a> {
    fn new(query: &'a Query, scene: &'a Scene<'a>, index: &'a Index, notes: bool) -> Self {
        let sought = query.terms().iter().filter_map(|term| match &term.asks {
            Asks::Text(pattern) => Some(Sought::new(pattern, term.not, scene, index)),
            _ => None,
        });
        Self {
            sought: sought.collect(),
            query,
            scene,
            index,
            notes: notes.then(|| Clauses::of(scene.document, scene.progress.touched())),
        }
    }

    fn run(&self, among: Option<Clauses>) -> Matches {
        let mut live = filtered(self.query, self.scene, self.index);
        if let Some(among) = among {
            match &mut live {
                Some(live) => live.keep(&among, false),
                None => live = Some(among),
            }
        }
        let blocks = self.index.blocks();
        let found = each(blocks.len(), |i| self.look_in(&blocks[i], live.as_ref()));
        let mut all = Found::default();
        for found in found {
            all.clauses.extend(found.clauses);
            all.loose.extend(found.loose);
        }
        self.score(&mut all);
        let (clauses, keys) = all.clauses.into_iter().unzip();
        Matches {
            clauses,
            keys: if self.sought.iter().all(|s| s.not) {
                Vec::new()
            } else {
                keys
            },
            query: self.query.clone(),
        }
    }

    fn look_in(&self, block: &Block, live: Option<&Clauses>) -> Found {
        let mut bits = block.all();
        if let Some(live) = live {
            bits.iter_mut()
                .zip(live.from(block.first))
                .for_each(|(a, b)| *a &= b);
        }
        let mut keys = vec![Key::default(); block.count];
        let mut loose = Vec::new();
        for (term, sought) in self.sought.iter().enumerate() {
            let hits = self.hits(block, sought, &bits);
            let mut have = vec![0; bits.len()];
            for (clause, hit) in hits {
                have[clause / 64] |= 1u64 << (clause % 64);
                keys[clause].0 += hit.key.0;
                if let Some((span, before)) = hit.loose.filter(|_| !sought.not) {
                    loose.push((clause, term, span, before));
                }
            }
            let have = have
                .iter()
                .map(|word| if sought.not { !word } else { *word });
            bits.iter_mut().zip(have).for_each(|(a, b)| *a &= b);
        }
        let number = |clause: usize| u32::try_from(block.first + clause).unwrap_or(u32::MAX);
        let has = |clause: usize| bits[clause / 64] >> (clause % 64) & 1 == 1;
        loose.retain(|(clause, ..)| has(*clause));
        Found {
            clauses: set_bits(&bits).map(|c| (number(c), keys[c])).collect(),
            loose: loose
                .into_iter()
                .map(|(c, t, s, b)| (number(c), t, s, b))
                .collect(),
        }
    }

    /// Returns the clauses of a block, among these, that have a term.
    fn hits(&self, block: &Block, sought: &Sought<'_>, among: &Bits) -> Vec<(usize, Hit)> {
        let maybe = Maybe::new(block, sought);
        let first = block.first;
        let mut worth: Bits = maybe.any().collect();
        for elsewhere in [&sought.units.clauses, &self.notes].into_iter().flatten() {
            worth
                .iter_mut()
                .zip(elsewhere.from(first))
                .for_each(|(a, b)| *a |= b);
        }
        worth.iter_mut().zip(among).for_each(|(a, b)| *a &= b);
        let worth: Vec<usize> = set_bits(&worth).collect();
        let mut titles = Titles::default();
        let mut hits = Vec::new();
        for clauses in worth.chunks(AHEAD) {
            self.fetch(first, clauses);
            hits.extend(clauses.iter().filter_map(|&clause| {
                let other = self.elsewhere(sought, first + clause);
                Some((
                    clause,
                    self.hit(block, sought, &maybe, &mut titles, clause, other)?,
                ))
            }));
        }
        hits
    }

    /// Reads a byte of the texts that come next: done together, the waits for memory overlap.
    fn fetch(&self, first: usize, clauses: &[usize]) {
        let document = self.scene.document;
        let bytes = clauses.iter().map(|clause| {
            let clause = &document.clauses[first + clause];
            let title = &document.measures[clause.measure].title;
            let byte = |text: &str, at| text.as_bytes().get(at).copied().unwrap_or(0);
            byte(&clause.text, 0) ^ byte(&clause.text, 64) ^ byte(title, 0)
        });
        std::hint::black_box(bytes.fold(0, |all, byte| all ^ byte));
    }

    /// Returns how a clause has a term in its units or in what people wrote.
    fn elsewhere(&self, sought: &Sought<'_>, clause: usize) -> Option<Hit> {
        let unit = sought.units.keys.get(clause).copied().flatten();
        let unit = unit.map(|key| Hit { key, loose: None });
        let has_notes = self.notes.as_ref().is_some_and(|notes| notes.has(clause));
        match unit {
            Some(unit) if !has_notes || unit.key.way() == Way::Exact => Some(unit),
            unit if has_notes => {
                let notes = self.notes_with(sought, clause);
                unit.into_iter().chain(notes).min_by_key(|hit| hit.key)
            }
            unit => unit,
        }
    }

    /// Returns how a clause has a term, if it does: in its words or as known already from elsewhere.
    fn hit(
        &self,
        block: &Block,
        sought: &Sought<'_>,
        maybe: &Maybe,
        titles: &mut Titles,
        clause: usize,
        other: Option<Hit>,
    ) -> Option<Hit> {
        let matcher = &sought.matcher;
        let mut words = None;
        for way in [Way::Exact, Way::Sound, Way::Loose] {
            if other.as_ref().is_some_and(|other| other.key.way() < way) {
                break;
            }
            if !maybe.has(way, clause) {
                continue;
            }
            let [title, text] = words.get_or_insert_with(|| self.words(block, sought, clause));
            let measure = self.scene.document.clauses[block.first + clause].measure;
            if let Some(place) = titles.find(measure, way, || matcher.place(way, title)) {
                return Some(Hit::new(way, Field::Title, title, place));
            }
            if let Some(place) = matcher.place(way, text) {
                return Some(Hit::new(way, Field::Text, text, &place));
            }
        }
        other
    }

    /// Returns a clause's title and text in the form that is searched.
    fn words(&self, block: &'a Block, sought: &Sought<'_>, clause: usize) -> [Cow<'a, str>; 2] {
        let document = self.scene.document;
        let item = &document.clauses[block.first + clause];
        let title = &document.measures[item.measure].title;
        if sought.punctuation {
            [title.as_str(), &*item.text].map(|text| fold::text(text, fold::any))
        } else {
            block.folded(clause, title, &item.text).map(Cow::Borrowed)
        }
    }

    fn notes_with(&self, sought: &Sought<'_>, clause: usize) -> Option<Hit> {
        notes(self.scene.progress.record(clause))
            .filter_map(|note| {
                let note = fold::text(note, fold::any);
                let (way, place) = sought.matcher.find(&note)?;
                Some(Hit::new(way, Field::Notes, &note, &place))
            })
            .min_by_key(|hit| hit.key)
    }

    /// Scores the first of the loose matches.
    fn score(&self, found: &mut Found) {
        let scorer = SkimMatcherV2::default();
        for (clause, term, span, before) in found.loose.iter().take(SCORED) {
            let pattern = self.sought[*term].matcher.pattern().text();
            let at = found
                .clauses
                .binary_search_by_key(clause, |(clause, _)| *clause);
            if let (Some(score), Ok(at)) = (scorer.fuzzy_match(span, pattern), at) {
                let key = &mut found.clauses[at].1;
                key.0 = key.0 - Key::UNSCORED + Key::scored(score, *before);
            }
        }
    }
}

/// Returns what people wrote about a clause: remarks, steps, and who is in charge.
pub(super) fn notes(record: &Record) -> impl Iterator<Item = &str> {
    let remarks = record.remarks.iter().map(|remark| remark.text.as_str());
    let steps = record.steps.iter().map(|step| step.text.as_str());
    remarks.chain(steps).chain(record.owner.as_deref())
}

fn set_bits(bits: &[u64]) -> impl Iterator<Item = usize> {
    bits.iter().enumerate().flat_map(|(word, bits)| {
        let mut left = *bits;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| word * 64 + left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            next
        })
    })
}
