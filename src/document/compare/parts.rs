//! Split and merged clauses: several small ones lie within a large one, each with a part of its
//! own, and together cover most of it.

use super::{
    Doubt, Fate, Matching, Pair,
    candidates::CandidatePair,
    likeness::{overlap, share},
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How much of a part must lie within the whole, in thousandths.
const WITHIN: u16 = 600;
/// How much of the whole the parts must cover together.
const COVER: u16 = 700;
/// How much of the whole a part must cover alone.
const OWN: u16 = 80;

/// A whole and its parts.
struct WholeAndParts {
    /// Whether the whole is the old clause, which was split.
    split: bool,
    whole: usize,
    parts: Vec<usize>,
    cover: u16,
}

/// Pairs the parts of split or merged clauses with the whole.
pub(super) fn pair(matching: &mut Matching<'_>, candidates: &[CandidatePair]) {
    let mut groups = groups(matching, candidates, true);
    groups.extend(self::groups(matching, candidates, false));
    groups.sort_by_key(|g| (Reverse(g.cover), g.split, g.whole));
    for group in groups {
        let (whole_used, part_used) = if group.split {
            (&matching.old_used, &matching.new_used)
        } else {
            (&matching.new_used, &matching.old_used)
        };
        if whole_used[group.whole] || group.parts.iter().any(|p| part_used[*p]) {
            continue;
        }
        for part in &group.parts {
            add(matching, &group, *part);
        }
    }
}

fn add(matching: &mut Matching<'_>, group: &WholeAndParts, part: usize) {
    let (old, new, fate, doubt) = if group.split {
        (group.whole, part, Fate::Split, Doubt::Split)
    } else {
        (part, group.whole, Fate::Merged, Doubt::Merged)
    };
    matching.add(Pair {
        fate,
        ..Pair::edited(old, new, matching.texts.likeness(old, new), Some(doubt))
    });
}

fn groups(
    matching: &Matching<'_>,
    candidates: &[CandidatePair],
    split: bool,
) -> Vec<WholeAndParts> {
    let texts = matching.texts;
    let (wholes, parts) = if split {
        (&texts.old, &texts.new)
    } else {
        (&texts.new, &texts.old)
    };
    // Each part goes to the whole that contains most of it.
    let mut home: BTreeMap<usize, (u16, u16, Reverse<usize>)> = BTreeMap::new();
    for c in candidates {
        let (whole, part) = if split {
            (c.old, c.new)
        } else {
            (c.new, c.old)
        };
        let within = share(c.shared, parts[part].pairs.len());
        if within >= WITHIN {
            let best = home.entry(part).or_default();
            *best = (*best).max((within, c.likeness, Reverse(whole)));
        }
    }
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (part, (_, _, Reverse(whole))) in home {
        of.entry(whole).or_default().push(part);
    }
    of.into_iter()
        .filter_map(|(whole, mut own)| {
            let pairs = &wholes[whole].pairs;
            let cover = |own: &[usize]| {
                let mut all: Vec<u64> =
                    own.iter().flat_map(|p| &parts[*p].pairs).copied().collect();
                all.sort_unstable();
                share(overlap(pairs, &all), pairs.len())
            };
            drop_idle(&mut own, cover);
            let cover = cover(&own);
            (own.len() > 1 && cover >= COVER).then_some(WholeAndParts {
                split,
                whole,
                parts: own,
                cover,
            })
        })
        .collect()
}

/// Drops parts that cover nothing on their own, the least useful first.
fn drop_idle(parts: &mut Vec<usize>, cover: impl Fn(&[usize]) -> u16) {
    while parts.len() > 1 {
        let all = cover(parts);
        let without = |nth: usize| {
            let rest: Vec<usize> = parts
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != nth)
                .map(|(_, p)| *p)
                .collect();
            all.saturating_sub(cover(&rest))
        };
        let idlest = (0..parts.len()).min_by_key(|nth| (without(*nth), Reverse(*nth)));
        match idlest.filter(|nth| without(*nth) < OWN) {
            Some(nth) => drop(parts.remove(nth)),
            None => return,
        }
    }
}
