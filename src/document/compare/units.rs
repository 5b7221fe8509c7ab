//! Units in two versions: renamed ones, and clauses that other units are responsible for now.

use super::{
    Doubt, Matching,
    likeness::{is_verbatim, share},
};
use crate::text::diff;
use std::collections::{BTreeMap, BTreeSet};

/// The least similarity of two names, in thousandths, if only one clause shows the new one.
const ALIKE: u16 = 650;
/// Factor on the similarity of clauses with no unit in common, in thousandths.
const TEXT: u16 = 800;

/// Returns the renamed units: wherever the old name was, the new one is now.
pub(super) fn renamed(matching: &Matching<'_>) -> Vec<(String, String)> {
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) = (
        matching.old.units().into_iter().collect(),
        matching.new.units().into_iter().collect(),
    );
    // Only names that one of the documents does not have at all.
    let mut votes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (o, n) in matching.pairs.iter().filter_map(super::Pair::both) {
        let (a, b) = (units(matching.old, o), units(matching.new, n));
        let gone: Vec<&String> = a.iter().filter(|u| !new.contains(u.as_str())).collect();
        let come: Vec<&String> = b.iter().filter(|u| !old.contains(u.as_str())).collect();
        if let ([gone], [come]) = (&gone[..], &come[..])
            && a.len() == b.len()
        {
            *votes.entry(gone).or_default().entry(come).or_default() += 1;
        }
    }
    let mut taken = BTreeSet::new();
    let mut out = Vec::new();
    for (from, to) in votes {
        let [(to, count)] = to.into_iter().collect::<Vec<_>>()[..] else {
            continue;
        };
        if (count > 1 || is_alike(from, to)) && taken.insert(to) {
            out.push((from.to_owned(), to.to_owned()));
        }
    }
    out
}

fn is_alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (diff::split(a).collect(), diff::split(b).collect());
    share(2 * diff::common(&a, &b), a.len() + b.len()) >= ALIKE
}

fn units(document: &super::Document, clause: usize) -> &[String] {
    &document.clauses[clause].responsibility.units
}

/// Lowers the similarity of pairs with other units, and marks them doubtful if none of the old
/// units remains or the deadline in the bracket changed.
pub(super) fn judge(matching: &mut Matching<'_>, renamed: &[(String, String)]) {
    let name = |unit: &String| {
        let found = renamed.iter().find(|(from, _)| from == unit);
        found.map_or(unit, |(_, to)| to).clone()
    };
    for pair in &mut matching.pairs {
        let Some((old, new)) = pair.both() else {
            continue;
        };
        let (a, b) = (&matching.old.clauses[old], &matching.new.clauses[new]);
        let set = |units: &[String]| units.iter().cloned().collect::<BTreeSet<_>>();
        let before: Vec<String> = a.responsibility.units.iter().map(name).collect();
        let (was, is) = (set(&before), set(&b.responsibility.units));
        let lead: Vec<String> = a.responsibility.lead.iter().map(name).collect();
        let mut doubt = None;
        if was != is {
            let common = was.intersection(&is).count();
            if common == 0 && !was.is_empty() {
                doubt = Some(Doubt::Units);
            }
            let same = u32::from(share(2 * common, was.len() + is.len()));
            let text = u32::from(pair.likeness);
            let whole = u32::from(TEXT) + (1000 - u32::from(TEXT)) * same / 1000;
            pair.likeness = u16::try_from(text * whole / 1000).unwrap_or(999);
        }
        if a.due != b.due {
            doubt = Some(Doubt::Number);
        }
        let differs = lead[..] != *b.responsibility.lead || a.due != b.due;
        if differs || !is_verbatim(&a.text, &b.text) {
            pair.likeness = pair.likeness.min(999);
        }
        pair.doubt = pair.doubt.or(doubt);
    }
}
