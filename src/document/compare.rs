//! Two versions of a document: what became of each clause. Pure.
//!
//! Clauses are matched by their texts first, then by units and place. What has the same text is
//! paired at once; what is left is looked for among the clauses that share pairs of characters with
//! it, first for clauses that were split or merged, then for the best partner. Whatever is not
//! beyond doubt says why, for a person to decide: a comparison never guesses in silence.
//!
//! The result depends on the two documents only, so it is the same on every machine and every day.

use super::Document;
use likeness::Texts;

mod accepted;
mod candidates;
mod edited;
mod likeness;
mod parts;
mod place;
mod same;
mod units;

/// What became of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// The same text, units, number and place.
    Unchanged,
    /// Another text, or other units.
    Edited,
    /// The same text, elsewhere.
    Moved,
    /// The same text in the same order, under another number.
    Renumbered,
    /// One clause became several; each of them makes a pair with it.
    Split,
    /// Several clauses became one; it makes a pair with each of them.
    Merged,
    /// It was not there before.
    New,
    /// It is there no more.
    Gone,
}

impl Fate {
    /// All fates, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Unchanged,
        Self::Edited,
        Self::Moved,
        Self::Renumbered,
        Self::Split,
        Self::Merged,
        Self::New,
        Self::Gone,
    ];

    /// Returns the word that JSON uses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Edited => "edited",
            Self::Moved => "moved",
            Self::Renumbered => "renumbered",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }

    /// Returns the key of its name in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Unchanged => "fate.unchanged",
            Self::Edited => "fate.edited",
            Self::Moved => "fate.moved",
            Self::Renumbered => "fate.renumbered",
            Self::Split => "fate.split",
            Self::Merged => "fate.merged",
            Self::New => "fate.new",
            Self::Gone => "fate.gone",
        }
    }
}

/// Why a pair is for a person to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// The text changed too much.
    Different,
    /// Another clause is nearly as like.
    Rival,
    /// Several clauses have this text, and their number changed.
    Twin,
    /// A number or a deadline in the text changed: what was done may not be enough now.
    Number,
    /// None of the old units answers for it now.
    Units,
    /// It is a part of what was one clause.
    Split,
    /// It is one clause of what were several.
    Merged,
}

impl Doubt {
    /// Returns the word that JSON uses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Different => "different",
            Self::Rival => "rival",
            Self::Twin => "twin",
            Self::Number => "number",
            Self::Units => "units",
            Self::Split => "split",
            Self::Merged => "merged",
        }
    }

    /// Returns the key of its words in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Different => "doubt.different",
            Self::Rival => "doubt.rival",
            Self::Twin => "doubt.twin",
            Self::Number => "doubt.number",
            Self::Units => "doubt.units",
            Self::Split => "doubt.split",
            Self::Merged => "doubt.merged",
        }
    }
}

/// An old clause and the new one that it became; one of the two alone where it is gone or new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The clause in the old document, as an index into its clauses.
    pub old: Option<usize>,
    /// The clause in the new document, as an index into its clauses.
    pub new: Option<usize>,
    /// What became of it.
    pub fate: Fate,
    /// How like the two are, in thousandths; 1000 is the same text by the same units.
    pub likeness: u16,
    /// Why a person is to decide; none where it is certain.
    pub doubt: Option<Doubt>,
}

impl Pair {
    /// Returns both clauses, where there are two.
    pub const fn both(&self) -> Option<(usize, usize)> {
        match (self.old, self.new) {
            (Some(old), Some(new)) => Some((old, new)),
            _ => None,
        }
    }

    /// Returns how like the two are, in percent: cut, so that 100 means the same.
    pub const fn percent(&self) -> u16 {
        self.likeness / 10
    }

    /// Returns an old clause that is there no more.
    const fn gone(old: usize) -> Self {
        Self {
            old: Some(old),
            new: None,
            fate: Fate::Gone,
            likeness: 0,
            doubt: None,
        }
    }

    /// Returns a new clause that was not there before.
    const fn fresh(new: usize) -> Self {
        Self {
            old: None,
            new: Some(new),
            fate: Fate::New,
            ..Self::gone(0)
        }
    }

    /// Returns a pair of clauses whose texts differ.
    const fn edited(old: usize, new: usize, likeness: u16, doubt: Option<Doubt>) -> Self {
        Self {
            old: Some(old),
            new: Some(new),
            fate: Fate::Edited,
            likeness,
            doubt,
        }
    }
}

/// What became of all clauses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The pairs, in the order of the new document; what is gone stands behind what stood before it.
    pub pairs: Vec<Pair>,
    /// The units that have another name in the new document: the old one and the new one.
    pub renamed: Vec<(String, String)>,
}

impl Comparison {
    /// Returns how many pairs have this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.pairs.iter().filter(|p| p.fate == fate).count()
    }
}

/// Compares two versions of a document.
pub fn compare(old: &Document, new: &Document) -> Comparison {
    compare_with(old, new, &[])
}

/// Compares two versions of a document, with the pairs that a person has decided on.
pub fn compare_with(old: &Document, new: &Document, accepted: &[(usize, usize)]) -> Comparison {
    let texts = Texts::of(old, new);
    let mut matching = Matching::new(old, new, &texts);
    same::pair(&mut matching);
    let candidates = candidates::find(&matching);
    parts::pair(&mut matching, &candidates);
    edited::pair(&mut matching, &candidates);
    let mut comparison = matching.finish();
    accepted::take(&mut comparison.pairs, accepted, &texts);
    comparison
}

/// The pairs found so far.
struct Matching<'a> {
    old: &'a Document,
    new: &'a Document,
    texts: &'a Texts,
    pairs: Vec<Pair>,
    /// Whether a clause is in a pair already.
    old_used: Vec<bool>,
    new_used: Vec<bool>,
}

impl<'a> Matching<'a> {
    fn new(old: &'a Document, new: &'a Document, texts: &'a Texts) -> Self {
        Self {
            old,
            new,
            texts,
            pairs: Vec::new(),
            old_used: vec![false; old.clauses.len()],
            new_used: vec![false; new.clauses.len()],
        }
    }

    fn add(&mut self, pair: Pair) {
        if let Some(old) = pair.old {
            self.old_used[old] = true;
        }
        if let Some(new) = pair.new {
            self.new_used[new] = true;
        }
        self.pairs.push(pair);
    }

    fn finish(mut self) -> Comparison {
        let renamed = units::renamed(&self);
        units::judge(&mut self, &renamed);
        place::judge(&mut self);
        let gone = (0..self.old_used.len()).filter(|i| !self.old_used[*i]);
        let fresh = (0..self.new_used.len()).filter(|i| !self.new_used[*i]);
        let gone: Vec<Pair> = gone.map(Pair::gone).collect();
        self.pairs
            .extend(gone.into_iter().chain(fresh.map(Pair::fresh)));
        place::sort(&mut self.pairs);
        Comparison {
            pairs: self.pairs,
            renamed,
        }
    }
}

#[cfg(test)]
mod tests;
