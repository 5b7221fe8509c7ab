//! Resolves names of units (责任单位) and people.

use super::{
    fold,
    pattern::{MatchKind, Matcher, Pattern},
};

/// How well a name matches, better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meant {
    /// It was typed in full.
    Whole,
    /// It was typed in full in pinyin.
    WholeSound,
    /// It contains what was typed, in this way.
    Has(MatchKind),
}

/// Returns the candidates, each with all its names, that a pattern means best, so that `海关` as
/// the name of one unit does not mean another that contains it.
pub(super) fn meant<'n, T>(
    pattern: &Pattern,
    named: impl Iterator<Item = (T, Vec<&'n str>)>,
) -> Vec<T> {
    let matcher = Matcher::new(pattern);
    let mut best = None;
    let mut found = Vec::new();
    for (item, names) in named {
        let Some(how) = names.iter().filter_map(|name| how(&matcher, name)).min() else {
            continue;
        };
        if best.is_none_or(|best| how < best) {
            best = Some(how);
            found.clear();
        }
        if best == Some(how) {
            found.push(item);
        }
    }
    found
}

fn how(matcher: &Matcher<'_>, name: &str) -> Option<Meant> {
    let name = fold::text(name, fold::any);
    let (way, place) = matcher.find(&name)?;
    let whole = place == (0..name.len());
    Some(match way {
        MatchKind::Exact if whole => Meant::Whole,
        MatchKind::Sound if whole => Meant::WholeSound,
        way => Meant::Has(way),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_meant_only() {
        let units = [
            ("天津海关", vec!["天津海关", "海关"]),
            ("海关总署", vec!["海关总署"]),
            ("天津海事局", vec!["天津海事局", "海事局"]),
            ("市发展改革委", vec!["市发展改革委", "市发改委", "发改委"]),
        ];
        for (typed, expected) in [
            ("海关", &["天津海关"][..]),
            ("關", &["天津海关", "海关总署"]),
            ("hg", &["天津海关"]),
            ("haiguan", &["天津海关"]),
            ("tjh", &["天津海关", "天津海事局"]),
            ("发改", &["市发展改革委"]),
            ("市发委", &["市发展改革委"]),
            ("fgw", &["市发展改革委"]),
            ("海", &["天津海关", "海关总署", "天津海事局"]),
            ("关海", &[]),
        ] {
            let named = units.iter().map(|(unit, names)| (*unit, names.clone()));
            assert_eq!(
                meant(&Pattern::new(typed, false), named),
                expected,
                "{typed}"
            );
        }
    }
}
