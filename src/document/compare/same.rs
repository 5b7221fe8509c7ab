//! Clauses with the same text. Where several have one, units, the measure's title and the order tell.

use super::{Doubt, Matching, Pair};
use std::collections::BTreeMap;

/// Pairs the clauses whose texts are the same.
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
    // Those that have a place of their own.
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
    // The others in order; which is a guess where some have come or gone.
    let doubt = (!even).then_some(Doubt::Twin);
    for (o, n) in old.into_iter().zip(new) {
        matching.add(Pair::edited(o, n, 1000, doubt));
    }
}

/// Tells whether two clauses stand under the same title and are the same units'.
fn is_at_home(matching: &Matching<'_>, old: usize, new: usize) -> bool {
    let (a, b) = (matching.old, matching.new);
    a.measure_of(old).title == b.measure_of(new).title
        && a.clauses[old].responsibility.units == b.clauses[new].responsibility.units
}
