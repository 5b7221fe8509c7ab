//! A text term made ready, and what is known of where it may be. May use: `search::index`,
//! `search::filter`, `search::pattern`, `search::matches::key`.

use super::{
    super::{
        Index, Scene,
        filter::Clauses,
        fold,
        index::{Bits, Block, Cuts},
        pattern::{Matcher, Pattern, Way},
    },
    key::{Field, Key},
};
use crate::document::Document;
use std::{cell::OnceCell, ops::Range};

/// One text term, made ready.
#[derive(Debug)]
pub(super) struct Sought<'a> {
    pub(super) matcher: Matcher<'a>,
    pub(super) not: bool,
    pub(super) punctuation: bool,
    pub(super) cuts: Option<Cuts>,
    pub(super) units: Units,
}

/// The clauses of which some unit has a term.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// By clause: the key of the best; empty where no unit has the term.
    pub(super) keys: Vec<Option<Key>>,
    pub(super) clauses: Option<Clauses>,
}

impl<'a> Sought<'a> {
    pub(super) fn new(pattern: &'a Pattern, not: bool, scene: &Scene<'_>, index: &Index) -> Self {
        let matcher = Matcher::for_many(pattern);
        Self {
            not,
            punctuation: pattern.has_punctuation(),
            cuts: pattern.has_sound().then(|| Cuts::new(pattern)),
            units: Units::new(&matcher, scene.document, index),
            matcher,
        }
    }
}

impl Units {
    /// Finds the units that have the term, and their clauses.
    pub(super) fn new(matcher: &Matcher<'_>, document: &Document, index: &Index) -> Self {
        let mut keys: Vec<Option<Key>> = Vec::new();
        for (unit, clauses) in index.units() {
            // Only as lists print it: another name of the unit may hold words that no one reads here
            // (国铁北京局集团 is 北京铁路局 too), and `@` knows all names.
            let Some((way, place)) = matcher.find(&fold::text(unit, fold::any)) else {
                continue;
            };
            let key = Key::new(way, Field::Unit, place.start as u64);
            keys.resize(document.clauses.len(), None);
            for clause in clauses {
                let slot = &mut keys[*clause as usize];
                *slot = Some(slot.map_or(key, |other| other.min(key)));
            }
        }
        let has = |clause: &usize| keys[*clause].is_some();
        let clauses =
            (!keys.is_empty()).then(|| Clauses::of(document, (0..keys.len()).filter(has)));
        Units { keys, clauses }
    }
}

/// What was found in the title of the measure that was looked at last: its clauses follow each
/// other, and all have its title.
#[derive(Debug, Default)]
pub(super) struct Titles {
    measure: usize,
    /// By way, where it was looked for.
    places: [OnceCell<Option<Range<usize>>>; 3],
}

impl Titles {
    pub(super) fn find(
        &mut self,
        measure: usize,
        way: Way,
        look: impl FnOnce() -> Option<Range<usize>>,
    ) -> Option<&Range<usize>> {
        if self.measure != measure {
            *self = Self {
                measure,
                ..Self::default()
            };
        }
        self.places[way as usize].get_or_init(look).as_ref()
    }
}

/// The clauses of a block that may have a term, by way.
pub(super) struct Maybe {
    pub(super) exact: Bits,
    pub(super) sound: Bits,
    pub(super) loose: Bits,
}

impl Maybe {
    /// Asks the index.
    pub(super) fn new(block: &Block, sought: &Sought<'_>) -> Self {
        let pattern = sought.matcher.pattern();
        let all = block.may_have_all(pattern);
        let mut exact = all.clone();
        block.keep_in_a_row(&mut exact, pattern);
        let nowhere = || vec![0; exact.len()];
        let cuts = sought.cuts.as_ref();
        Self {
            sound: cuts.map_or_else(nowhere, |cuts| block.may_sound(cuts)),
            loose: if pattern.has_loose() { all } else { nowhere() },
            exact,
        }
    }

    pub(super) fn any(&self) -> impl Iterator<Item = u64> {
        let ways = self.exact.iter().zip(&self.sound).zip(&self.loose);
        ways.map(|((a, b), c)| a | b | c)
    }

    pub(super) fn has(&self, way: Way, clause: usize) -> bool {
        let bits = match way {
            Way::Exact => &self.exact,
            Way::Sound => &self.sound,
            Way::Loose => &self.loose,
        };
        bits[clause / 64] >> (clause % 64) & 1 == 1
    }
}
