//! Position of clauses: which kept their number, which only their order, and which moved.

use super::{Fate, Matching, Pair};
use std::collections::BTreeMap;

/// Sets the fate of identical texts by their position.
pub(super) fn judge(matching: &mut Matching<'_>) {
    let mut pairs: Vec<(usize, usize)> = matching.pairs.iter().filter_map(Pair::both).collect();
    pairs.sort_unstable();
    let order = in_order(&pairs);
    let chapters = chapters(matching, &pairs);
    for pair in &mut matching.pairs {
        let Some((old, new)) = pair.both() else {
            continue;
        };
        if pair.fate != Fate::Edited || pair.likeness < 1000 {
            continue;
        }
        let chapter = |document: &super::Document, clause| document.measure_of(clause).chapter;
        let home = chapters.get(&chapter(matching.old, old));
        let at_home = home == Some(&chapter(matching.new, new));
        pair.fate = if order.binary_search(&(old, new)).is_err() || !at_home {
            Fate::Moved
        } else if matching.old.clauses[old].id == matching.new.clauses[new].id {
            Fate::Unchanged
        } else {
            Fate::Renumbered
        };
    }
}

/// Returns what each old chapter became: the chapter with most of its clauses.
fn chapters(matching: &Matching<'_>, pairs: &[(usize, usize)]) -> BTreeMap<usize, usize> {
    let mut votes: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for (old, new) in pairs {
        let from = matching.old.measure_of(*old).chapter;
        let to = matching.new.measure_of(*new).chapter;
        *votes.entry(from).or_default().entry(to).or_default() += 1;
    }
    let most = |votes: BTreeMap<usize, usize>| {
        let best = votes
            .into_iter()
            .max_by_key(|(to, n)| (*n, std::cmp::Reverse(*to)));
        best.map_or(0, |(to, _)| to)
    };
    votes
        .into_iter()
        .map(|(from, to)| (from, most(to)))
        .collect()
}

/// Returns the largest set of pairs in the same order in both documents (the longest increasing
/// subsequence), sorted; the input is sorted by old clause.
fn in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The end of the best run of each length, and each pair's predecessor in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (nth, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        before.push(length.checked_sub(1).map(|l| ends[l]));
        match ends.get_mut(length) {
            Some(end) => *end = nth,
            None => ends.push(nth),
        }
    }
    let mut run = Vec::new();
    let mut at = ends.last().copied();
    while let Some(nth) = at {
        run.push(pairs[nth]);
        at = before[nth];
    }
    run.reverse();
    run
}

/// Sorts the pairs by the new document; a gone clause follows its former predecessor.
pub(super) fn sort(pairs: &mut [Pair]) {
    let mut places: Vec<(usize, usize)> = pairs.iter().filter_map(Pair::both).collect();
    places.sort_unstable();
    let key = |pair: &Pair| match (pair.old, pair.new) {
        (old, Some(new)) => (new + 1, 0, old.unwrap_or(0)),
        (old, None) => {
            let old = old.unwrap_or(0);
            let before = places.partition_point(|(o, _)| *o < old).checked_sub(1);
            (before.map_or(0, |b| places[b].1 + 1), 1, old)
        }
    };
    pairs.sort_by_cached_key(key);
}
