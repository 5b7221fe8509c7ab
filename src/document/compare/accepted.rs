//! Pairs that a person has decided on.

use super::{Fate, Pair, likeness::Texts, place};
use std::collections::BTreeSet;

/// Applies a person's decisions. A doubtful pair becomes certain. A pair that was not found takes
/// its clauses out of their former pairs; what is left of those is gone, or new. Earlier decisions
/// and the other parts of a split or merge are kept.
pub(super) fn take(pairs: &mut Vec<Pair>, accepted: &[(usize, usize)], texts: &Texts) {
    let said: BTreeSet<(usize, usize)> = accepted.iter().copied().collect();
    for (old, new) in accepted {
        let is_it = |p: &&mut Pair| p.both() == Some((*old, *new));
        match pairs.iter_mut().find(is_it) {
            Some(pair) => pair.doubt = None,
            None => make(pairs, (*old, *new), &said, texts),
        }
    }
    place::sort(pairs);
}

fn make(
    pairs: &mut Vec<Pair>,
    (old, new): (usize, usize),
    said: &BTreeSet<(usize, usize)>,
    texts: &Texts,
) {
    let gives_way = |p: &Pair| {
        let touched = p.old == Some(old) || p.new == Some(new);
        let stays = matches!(p.fate, Fate::Split | Fate::Merged)
            || p.both().is_some_and(|both| said.contains(&both));
        touched && !stays
    };
    let lost: Vec<Pair> = pairs.extract_if(.., |p| gives_way(p)).collect();
    let free_old = lost.iter().filter_map(|p| p.old).filter(|o| *o != old);
    let free_new = lost.iter().filter_map(|p| p.new).filter(|n| *n != new);
    pairs.extend(free_old.map(Pair::gone));
    pairs.extend(free_new.map(Pair::fresh));
    pairs.push(Pair::edited(old, new, texts.likeness(old, new), None));
}
