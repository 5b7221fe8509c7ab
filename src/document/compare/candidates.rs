//! Candidate pairs: clauses that share character pairs. An index instead of comparing every two
//! clauses keeps a thousand against a thousand fast.

use super::{
    Matching,
    likeness::{Texts, overlap, share},
};
use std::{cmp::Reverse, collections::HashMap};

/// The most partners of a clause.
const MOST: usize = 24;

/// A character pair in more clauses than this says nothing.
const COMMON: usize = 512;

/// The number of best partners whose similarity is computed in full.
const FULL: usize = 6;

/// The least share of the shorter clause that a partner must have, in thousandths.
const LEAST: u16 = 300;

/// Two clauses that share character pairs.
#[derive(Debug, Clone, Copy)]
pub(super) struct CandidatePair {
    pub(super) old: usize,
    pub(super) new: usize,
    /// The number of character pairs in both.
    pub(super) shared: usize,
    /// Their similarity in thousandths.
    pub(super) likeness: u16,
}

/// Returns the candidates among unpaired clauses, by old and new clause.
pub(super) fn find(matching: &Matching<'_>) -> Vec<CandidatePair> {
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
        // The most hits relative to length; of equals, the first.
        let weight = |new: usize| share(hits[new], texts.new[new].pairs.len().min(pairs.len()));
        met.sort_unstable_by_key(|new| (Reverse(weight(*new)), *new));
        let near = met.iter().take(MOST);
        let mut near: Vec<CandidatePair> = near.filter_map(|n| candidate(texts, old, *n)).collect();
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

/// Returns two clauses as candidates if they share enough; their similarity is that of their
/// character pairs.
fn candidate(texts: &Texts, old: usize, new: usize) -> Option<CandidatePair> {
    let (a, b) = (&texts.old[old].pairs, &texts.new[new].pairs);
    let shared = overlap(a, b);
    (share(shared, a.len().min(b.len())) >= LEAST).then(|| CandidatePair {
        old,
        new,
        shared,
        likeness: share(2 * shared, a.len() + b.len()).min(999),
    })
}

/// Returns the unpaired clauses.
pub(super) fn free(used: &[bool]) -> impl Iterator<Item = usize> + '_ {
    (0..used.len()).filter(|i| !used[*i])
}
