//! Pairs clauses with identical text; among several, by units, measure title and order.

use super::{Doubt, Matching, Pair};
use std::collections::BTreeMap;

/// Pairs clauses with identical text.
pub(super) fn pair(matching: &mut Matching<'_>) {
    let mut groups: BTreeMap<&[u32], (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    let texts = matching.texts;
    for (i, text) in texts.old.iter().enumerate() {
        groups.entry(&text.letters).or_default().0.push(i);
    }
    for (i, text) in texts.new.iter().enumerate() {
        groups.entry(&text.letters).or_default().1.push(i);
    }
    for (old, new) in groups.into_values() {
        if !old.is_empty() && !new.is_empty() {
            group(matching, old, new);
        }
    }
}

fn group(matching: &mut Matching<'_>, mut old: Vec<usize>, mut new: Vec<usize>) {
    let even = old.len() == new.len();
    // First those with the same title and units.
    let mut own = Vec::new();
    for o in &old {
        let rest = new.iter().filter(|n| is_at_home(matching, *o, **n));
        let others = |n: usize| old.iter().filter(|o| is_at_home(matching, **o, n)).count();
        if let [n] = rest.copied().collect::<Vec<_>>()[..]
            && others(n) == 1
        {
            own.push((*o, n));
        }
    }
    old.retain(|o| own.iter().all(|p| p.0 != *o));
    new.retain(|n| own.iter().all(|p| p.1 != *n));
    for (o, n) in own {
        matching.add(Pair::edited(o, n, 1000, None));
    }
    // Then the others in order, which is a guess if their numbers differ.
    let doubt = (!even).then_some(Doubt::Twin);
    for (o, n) in old.into_iter().zip(new) {
        matching.add(Pair::edited(o, n, 1000, doubt));
    }
}

/// Returns whether two clauses have the same measure title and units.
fn is_at_home(matching: &Matching<'_>, old: usize, new: usize) -> bool {
    let (a, b) = (matching.old, matching.new);
    a.measure_of(old).title == b.measure_of(new).title
        && a.clauses[old].responsibility.units == b.clauses[new].responsibility.units
}
