//! Compares two versions of a document: what became of each clause. Pure.
//!
//! Clauses are matched by text, then by units and place. Identical texts are paired at once; the
//! rest is compared with the clauses that share character pairs, first for splits and merges, then
//! for the best partner. Any pair that is not certain carries the reason, for a person to decide.
//!
//! The result depends only on the two documents, so it is the same on every machine and day.

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
    /// Same text, units, number and place.
    Unchanged,
    /// Different text or units.
    Edited,
    /// Same text, elsewhere.
    Moved,
    /// Same text in the same order, with another number.
    Renumbered,
    /// One clause became several; each pairs with it.
    Split,
    /// Several clauses became one; it pairs with each.
    Merged,
    /// Only in the new document.
    New,
    /// Only in the old document.
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

    /// Returns the name used in JSON.
    pub fn id(self) -> &'static str {
        self.name_key().trim_start_matches("fate.")
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

/// Why a pair needs a person's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// The text changed too much.
    Different,
    /// Another clause is nearly as similar.
    Rival,
    /// Several clauses have this text, and its number changed.
    Twin,
    /// A number or deadline in the text changed: the work done may not suffice.
    Number,
    /// None of the old units is responsible any more.
    Units,
    /// It is part of a former clause.
    Split,
    /// It combines several former clauses.
    Merged,
}

impl Doubt {
    /// Returns the name used in JSON.
    pub fn id(self) -> &'static str {
        self.name_key().trim_start_matches("doubt.")
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

/// An old clause and what it became; one of the two is missing if it is gone or new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Index of the clause in the old document.
    pub old: Option<usize>,
    /// Index of the clause in the new document.
    pub new: Option<usize>,
    /// What became of it.
    pub fate: Fate,
    /// Similarity in thousandths; 1000 is the same text by the same units.
    pub likeness: u16,
    /// Why a person must decide; `None` if it is certain.
    pub doubt: Option<Doubt>,
}

impl Pair {
    /// Returns both clauses, if there are two.
    pub const fn both(&self) -> Option<(usize, usize)> {
        match (self.old, self.new) {
            (Some(old), Some(new)) => Some((old, new)),
            _ => None,
        }
    }

    /// Returns the similarity in percent, rounded down so that 100 means identical.
    pub const fn percent(&self) -> u16 {
        self.likeness / 10
    }

    /// Returns the pair of an old clause that is gone.
    const fn gone(old: usize) -> Self {
        Self {
            old: Some(old),
            new: None,
            fate: Fate::Gone,
            likeness: 0,
            doubt: None,
        }
    }

    /// Returns the pair of a new clause.
    const fn fresh(new: usize) -> Self {
        Self {
            old: None,
            new: Some(new),
            fate: Fate::New,
            ..Self::gone(0)
        }
    }

    /// Returns a pair of clauses with different texts.
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
    /// The pairs in the order of the new document; a gone clause follows its former predecessor.
    pub pairs: Vec<Pair>,
    /// Units with another name in the new document: old name, new name.
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

/// Compares two versions of a document, given the pairs that a person has decided on.
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
    /// Whether a clause is paired already.
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
