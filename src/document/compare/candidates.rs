//! Which clauses may belong together: those that share pairs of characters. Looking at an index
//! instead of at every two clauses is what keeps a thousand against a thousand quick.

use super::{
    Matching,
    likeness::{Texts, overlap, share},
};
use std::{cmp::Reverse, collections::HashMap};

/// How many partners a clause may have.
const MOST: usize = 24;

/// A pair of characters that more clauses have than this tells nothing.
const COMMON: usize = 512;

/// Of how many partners, those that share the most, the likeness is looked at in full.
const FULL: usize = 6;

/// The least that a partner shares, of the shorter of the two, in thousandths.
const LEAST: u16 = 300;

/// Two clauses that share something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) old: usize,
    pub(super) new: usize,
    /// How many pairs of characters both have.
    pub(super) shared: usize,
    /// How like they are, in thousandths.
    pub(super) likeness: u16,
}

/// Returns the candidates among the clauses that are in no pair yet, by old and new clause.
pub(super) fn find(matching: &Matching<'_>) -> Vec<Candidate> {
    let texts = matching.texts;
    let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
    for new in free(&matching.new_used) {
        let mut pairs = texts.new[new].pairs.clone();
        pairs.dedup();
        for pair in pairs {
            index.entry(pair).or_default().push(new);
        }
    }
    index.retain(|_, clauses| clauses.len() <= COMMON);
    let mut out = Vec::new();
    let mut hits = vec![0usize; texts.new.len()];
    for old in free(&matching.old_used) {
        let mut pairs = texts.old[old].pairs.clone();
        pairs.dedup();
        let mut met = Vec::new();
        for new in pairs.iter().filter_map(|p| index.get(p)).flatten() {
            if hits[*new] == 0 {
                met.push(*new);
            }
            hits[*new] += 1;
        }
        // The most hits of the length of the two; of equals, the first.
        let weight = |new: usize| share(hits[new], texts.new[new].pairs.len().min(pairs.len()));
        met.sort_unstable_by_key(|new| (Reverse(weight(*new)), *new));
        let near = met.iter().take(MOST);
        let mut near: Vec<Candidate> = near.filter_map(|n| candidate(texts, old, *n)).collect();
        near.sort_unstable_by_key(|c| (Reverse(c.likeness), c.new));
        for candidate in near.iter_mut().take(FULL) {
            candidate.likeness = texts.likeness(old, candidate.new);
        }
        out.extend(near);
        for new in met {
            hits[new] = 0;
        }
    }
    out.sort_unstable_by_key(|c| (c.old, c.new));
    out
}

/// Returns two clauses as candidates where they share enough, as like as their pairs of characters
/// are.
fn candidate(texts: &Texts, old: usize, new: usize) -> Option<Candidate> {
    let (a, b) = (&texts.old[old].pairs, &texts.new[new].pairs);
    let shared = overlap(a, b);
    (share(shared, a.len().min(b.len())) >= LEAST).then(|| Candidate {
        old,
        new,
        shared,
        likeness: share(2 * shared, a.len() + b.len()).min(999),
    })
}

/// Returns the clauses that are in no pair.
pub(super) fn free(used: &[bool]) -> impl Iterator<Item = usize> + '_ {
    (0..used.len()).filter(|i| !used[*i])
}
