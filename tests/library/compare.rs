//! Comparing documents: a plausible final text of the shipped draft, with every clause's fate; and
//! properties of any two versions.

use kouan::document::{
    Document, catalogue,
    compare::{Comparison, Doubt, Fate, Pair, compare, compare_with},
    import::{ImportOptions, import},
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Measures 3 and 4 are merged, 7.1 is split, 10.2 is gone, 20 is new; 5.2, 13.1 and 18.2 are
/// reworded, the last one thoroughly; 12 is in another chapter; 市交通运输委 is now 市交通运输局.
/// So nearly every number differs.
const FINAL: &str = include_str!("../fixtures/carry/final.txt");

fn draft() -> Document {
    catalogue::embedded().unwrap()
}

fn revised(text: &str) -> Document {
    import(text, &ImportOptions::default()).unwrap().document
}

fn name(document: &Document, clause: Option<usize>) -> String {
    clause.map_or_else(|| "-".into(), |c| document.clauses[c].id.to_string())
}

/// Returns `old new fate doubt`, one line per pair.
fn told(old: &Document, new: &Document, comparison: &Comparison) -> String {
    let line = |p: &Pair| {
        let doubt = p.doubt.map_or_else(String::new, |d| format!(" {d:?}"));
        let (old, new) = (name(old, p.old), name(new, p.new));
        format!("{old} {new} {}{doubt}\n", p.fate.id())
    };
    comparison.pairs.iter().map(line).collect()
}

#[test]
fn every_clause_of_the_final_text_has_its_fate() {
    let (old, new) = (draft(), revised(FINAL));
    let comparison = compare(&old, &new);
    let want = "\
1.1 1.1 unchanged
1.2 1.2 unchanged
2.1 2.1 unchanged
3.1 3.1 merged Merged
4.1 3.1 merged Merged
5.1 4.1 renumbered
5.2 4.2 edited
6.1 5.1 renumbered
7.1 6.1 split Split
7.1 6.2 split Split
8.1 7.1 renumbered
8.2 7.2 renumbered
9.1 8.1 renumbered
9.2 8.2 renumbered
10.1 9.1 renumbered
10.2 - gone
10.3 9.2 renumbered
11.1 10.1 renumbered
11.2 10.2 renumbered
11.3 10.3 renumbered
13.1 11.1 edited
13.2 11.2 renumbered
13.3 11.3 renumbered
14.1 12.1 renumbered
15.1 13.1 renumbered
15.2 13.2 renumbered
12.1 14.1 moved
16.1 15.1 renumbered
16.2 15.2 renumbered
16.3 15.3 renumbered
16.4 15.4 renumbered
17.1 16.1 renumbered
17.2 16.2 renumbered
18.1 17.1 renumbered
18.2 17.2 edited Different
19.1 18.1 renumbered
19.2 18.2 renumbered
19.3 18.3 renumbered
19.4 18.4 renumbered
20.1 19.1 renumbered
20.2 19.2 renumbered
20.3 19.3 renumbered
20.4 19.4 renumbered
- 20.1 new
";
    assert_eq!(told(&old, &new, &comparison), want);
    assert_eq!(
        comparison.renamed,
        [("市交通运输委".into(), "市交通运输局".into())]
    );
    assert_eq!(comparison, compare(&old, &new), "the same each time");
}

/// Every old and new clause is in a pair, and in only one except for splits and merges.
fn is_sound(old: &Document, new: &Document, comparison: &Comparison) {
    let of = |pick: fn(&Pair) -> Option<usize>| comparison.pairs.iter().filter_map(pick);
    let all: BTreeSet<usize> = of(|p| p.old).collect();
    assert_eq!(all.len(), old.clauses.len());
    let all: BTreeSet<usize> = of(|p| p.new).collect();
    assert_eq!(all.len(), new.clauses.len());
    let plain = |p: &&Pair| !matches!(p.fate, Fate::Split | Fate::Merged);
    for (i, a) in comparison
        .pairs
        .iter()
        .enumerate()
        .filter(|(_, p)| plain(p))
    {
        for b in comparison.pairs.iter().skip(i + 1) {
            assert!(a.old.is_none() || a.old != b.old, "{a:?} {b:?}");
            assert!(a.new.is_none() || a.new != b.new, "{a:?} {b:?}");
        }
    }
    for pair in &comparison.pairs {
        let many = matches!(pair.fate, Fate::Split | Fate::Merged);
        assert!(!many || pair.doubt.is_some(), "{pair:?}");
        assert!(!many || pair.both().is_some(), "{pair:?}");
    }
}

#[test]
fn a_document_is_the_same_as_itself() {
    let document = draft();
    let comparison = compare(&document, &document);
    assert_eq!(comparison.count(Fate::Unchanged), 42);
    assert!(
        comparison
            .pairs
            .iter()
            .all(|p| p.old == p.new && p.doubt.is_none())
    );
    is_sound(&document, &document, &comparison);
}

/// Compares the final text with a copy in which one passage is replaced.
fn with(from: &str, to: &str) -> Comparison {
    assert!(FINAL.contains(from), "{from}");
    compare(&revised(FINAL), &revised(&FINAL.replacen(from, to, 1)))
}

fn doubts(comparison: &Comparison) -> Vec<Doubt> {
    comparison.pairs.iter().filter_map(|p| p.doubt).collect()
}

#[test]
fn what_a_person_must_see_is_doubtful() {
    // A different number is different work.
    let more = with("换发 2 年以内", "换发 5 年以内");
    assert_eq!(doubts(&more), [Doubt::Number]);
    assert_eq!(more.count(Fate::Edited), 1);
    // Other units are responsible; a single clause does not show a renaming.
    let others = with("（责任单位：市外办）", "（责任单位：市委网信办）");
    assert_eq!(doubts(&others), [Doubt::Units]);
    assert_eq!(others.renamed, []);
    // An additional unit is a change, but not a doubt.
    let joint = with("（责任单位：市外办）", "（责任单位：市外办、市公安局）");
    assert_eq!((doubts(&joint), joint.count(Fate::Edited)), (vec![], 1));
    // Punctuation makes no other text, but not the same either.
    let stop = with(
        "压缩锂电池包装使用鉴定检验用时。",
        "压缩锂电池包装使用鉴定检验用时；",
    );
    let edited = stop.pairs.iter().find(|p| p.fate == Fate::Edited).unwrap();
    assert_eq!((edited.percent() < 100, edited.doubt), (true, None));
    // A name similar to the old one.
    let renamed = with(
        "（责任单位：自贸区管委会）",
        "（责任单位：自贸试验区管理委员会）",
    );
    assert_eq!(renamed.renamed.len(), 1);
    assert_eq!(renamed.count(Fate::Unchanged), 42);
}

#[test]
fn twins_whose_number_changed_are_doubtful() {
    let text = |own: &str| {
        format!(
            "措施\n\n一、总\n1.甲。{own}（责任单位：市商务局）\n2.乙。完善服务机制。（责任单位：市商务局）\n"
        )
    };
    let twin = "完善服务机制。";
    let (one, two) = (revised(&text("建设智能平台。")), revised(&text(twin)));
    // Each keeps its place.
    assert_eq!(compare(&two, &two).count(Fate::Unchanged), 2);
    assert_eq!(doubts(&compare(&two, &two)), []);
    // The one that kept its place is certain.
    assert_eq!(doubts(&compare(&two, &one)), []);
    let other = revised("措施\n\n一、总\n1.丙。完善服务机制。（责任单位：市商务局）\n");
    assert_eq!(doubts(&compare(&two, &other)), [Doubt::Twin]);
}

#[test]
fn what_a_person_says_counts() {
    let (old, new) = (draft(), revised(FINAL));
    let at = |document: &Document, id: &str| document.find(id.parse().unwrap()).unwrap();
    let pair = |a: &str, b: &str| (at(&old, a), at(&new, b));
    // A doubtful pair, both parts of a split, and a pair against the comparison.
    let said = [
        pair("18.2", "17.2"),
        pair("7.1", "6.1"),
        pair("7.1", "6.2"),
        pair("1.1", "20.1"),
    ];
    let comparison = compare_with(&old, &new, &said);
    is_sound_but_said(&comparison);
    let of = |a: &str| -> Vec<(Fate, bool)> {
        let mine = comparison
            .pairs
            .iter()
            .filter(|p| p.old == Some(at(&old, a)));
        mine.map(|p| (p.fate, p.doubt.is_some())).collect()
    };
    assert_eq!(of("18.2"), [(Fate::Edited, false)]);
    assert_eq!(of("7.1"), [(Fate::Split, false); 2]);
    assert_eq!(of("1.1"), [(Fate::Edited, false)]);
    assert_eq!(of("4.1"), [(Fate::Merged, true)]);
    // The former partner of 1.1 is new now.
    let left = comparison
        .pairs
        .iter()
        .find(|p| p.new == Some(at(&new, "1.1")))
        .unwrap();
    assert_eq!((left.old, left.fate), (None, Fate::New));
}

fn is_sound_but_said(comparison: &Comparison) {
    let both: Vec<_> = comparison.pairs.iter().filter_map(Pair::both).collect();
    let once: BTreeSet<_> = both.iter().collect();
    assert_eq!(both.len(), once.len());
}

#[test]
fn documents_without_clauses_can_be_compared() {
    let none = Document::default();
    assert_eq!(compare(&none, &none).pairs, []);
    assert_eq!(compare(&draft(), &none).count(Fate::Gone), 42);
    assert_eq!(compare(&none, &draft()).count(Fate::New), 42);
}

/// Measures of few sentences, so that duplicates, splits and merges occur.
fn texts() -> impl Strategy<Value = String> {
    let sentence = prop::sample::select(vec![
        "深化港口与铁路企业合作，促进物流降本增效",
        "深化港口与航运企业合作，促进物流提质增效",
        "压缩锂电池包装检验用时 30%",
        "压缩锂电池包装检验用时 50%",
        "完善服务机制",
        "推广应用“单一窗口”，提升通关便利化水平，鼓励企业开展无纸化换单",
        "扩大出口信用保险覆盖面",
    ]);
    let unit = prop::sample::select(vec!["天津海关", "市商务局", "市交通委、天津海关"]);
    let clause = (prop::collection::vec(sentence, 1..4), unit)
        .prop_map(|(parts, unit)| format!("{}。（责任单位：{unit}）", parts.join("，")));
    let measure = (
        prop::sample::select(vec!["甲", "乙", "丙"]),
        prop::collection::vec(clause, 1..3),
    )
        .prop_map(|(title, clauses)| format!("{title}。{}", clauses.concat()));
    prop::collection::vec(measure, 1..6).prop_map(|measures| {
        let numbered = measures.iter().zip(1..).map(|(m, n)| format!("{n}.{m}\n"));
        format!("措施\n\n一、总\n{}", numbered.collect::<String>())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_two_versions_are_compared_soundly(old in texts(), new in texts()) {
        let (old, new) = (revised(&old), revised(&new));
        let comparison = compare(&old, &new);
        is_sound(&old, &new, &comparison);
        prop_assert_eq!(&comparison, &compare(&old, &new));
        let own = compare(&old, &old);
        prop_assert_eq!(own.count(Fate::Unchanged), old.clauses.len());
    }
}
