//! Pairs clauses whose text was edited, most similar first.

use super::{Doubt, Matching, Pair, candidates::CandidatePair, likeness::numbers};
use std::cmp::Reverse;

/// Below this similarity, in thousandths, two clauses are different.
const LEAST: u16 = 500;
/// From here on they are certain.
const CERTAIN: u16 = 800;
/// How much less similar any rival must be.
const LEAD: u32 = 80;

/// Pairs the remaining clauses, most similar first.
pub(super) fn pair(matching: &mut Matching<'_>, candidates: &[CandidatePair]) {
    let free = |c: &&CandidatePair| !matching.old_used[c.old] && !matching.new_used[c.new];
    let mut scored: Vec<(u32, CandidatePair)> = candidates
        .iter()
        .filter(free)
        .filter(|c| c.likeness >= LEAST)
        .map(|c| (score(matching, c), *c))
        .collect();
    scored.sort_unstable_by_key(|(score, c)| (Reverse(*score), c.old, c.new));
    let mut old_best: Vec<[(u32, usize); 2]> = vec![[(0, 0); 2]; matching.old_used.len()];
    let mut new_best: Vec<[(u32, usize); 2]> = vec![[(0, 0); 2]; matching.new_used.len()];
    for (score, c) in &scored {
        note(&mut old_best[c.old], *score, c.new);
        note(&mut new_best[c.new], *score, c.old);
    }
    for (score, c) in scored {
        if matching.old_used[c.old] || matching.new_used[c.new] {
            continue;
        }
        let rival = [(&old_best[c.old], c.new), (&new_best[c.new], c.old)]
            .iter()
            .any(|(best, partner)| {
                best.iter()
                    .any(|(s, other)| other != partner && *s + LEAD > score)
            });
        let likeness = matching.texts.likeness(c.old, c.new);
        let doubt = if likeness < CERTAIN {
            Some(Doubt::Different)
        } else if rival {
            Some(Doubt::Rival)
        } else {
            let (old, new) = (&matching.old.clauses[c.old], &matching.new.clauses[c.new]);
            (numbers(&old.text) != numbers(&new.text)).then_some(Doubt::Number)
        };
        matching.add(Pair::edited(c.old, c.new, likeness, doubt));
    }
}

/// Keeps the two best partners of a clause; scores arrive in descending order.
fn note(best: &mut [(u32, usize); 2], score: u32, partner: usize) {
    if let Some(slot) = best.iter_mut().find(|b| b.0 == 0) {
        *slot = (score, partner);
    }
}

/// Returns how well two clauses match: similarity first, then title, units and number.
fn score(matching: &Matching<'_>, c: &CandidatePair) -> u32 {
    let (old, new) = (matching.old, matching.new);
    let title = old.measure_of(c.old).title == new.measure_of(c.new).title;
    let (a, b) = (&old.clauses[c.old], &new.clauses[c.new]);
    let units = a.responsibility.units == b.responsibility.units;
    u32::from(c.likeness)
        + 40 * u32::from(title)
        + 30 * u32::from(units)
        + 10 * u32::from(a.id == b.id)
}
