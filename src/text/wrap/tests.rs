//! Line breaking: cases that read well, and properties of every text at every width. The counts
//! over the source text are in `tests/library/wrapping.rs`.

use super::*;
use proptest::prelude::*;

fn lines(policy: Policy, text: &str, width: usize) -> Vec<&str> {
    wrap(policy, text, width)
        .into_iter()
        .map(|r| text.get(r).unwrap())
        .collect()
}

#[test]
fn lines_read_well() {
    #[rustfmt::skip]
    let table: &[(&str, usize, &[&str])] = &[
        ("", 10, &[]),
        ("检验监管，模式", 8, &["检验监", "管，模式"]),
        ("检验监，模式", 8, &["检验监，", "模式"]),
        ("用时。）。检", 8, &["用", "时。）。", "检"]),
        ("建设（《目录》", 8, &["建设", "（《目", "录》"]),
        ("“一”“二”“三”“四”", 10, &["“一”“二”", "“三”“四”"]),
        ("如“空空中转”等", 9, &["如“空空中", "转”等"]),
        ("口岸 2025 年跨境", 10, &["口岸 ", "2025 年跨", "境"]),
        ("自2025年11月23日起", 8, &["自2025年", "11月23日", "起"]),
        ("用时减少50%以上", 10, &["用时减少", "50%以上"]),
        ("不超过 3 项", 8, &["不超过 ", "3 项"]),
        ("海关9610监管", 8, &["海关9610", "监管"]),
        ("用e-CNY结算", 6, &["用", "e-CNY", "结算"]),
        ("依据第 20 条", 8, &["依据", "第 20 条"]),
        ("加强（AEO）企业", 8, &["加强", "（AEO）", "企业"]),
        ("天津——海关", 5, &["天津", "——海", "关"]),
        ("一二……三", 5, &["一", "二……", "三"]),
        ("天津-石家庄", 5, &["天津-", "石家", "庄"]),
        ("进/出口", 4, &["进/", "出口"]),
        ("it’s don’t", 5, &["it’s ", "don’t"]),
        ("一\n\n二\n", 9, &["一\n", "\n", "二\n"]),
        ("一\r\n二", 9, &["一\r\n", "二"]),
        ("中文   字", 4, &["中文   ", "字"]),
        ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
        ("见https://example.com/a/b", 10, &["见", "https://ex", "ample.co", "m/a/b"]),
        ("👨‍👩‍👧👍🏽", 1, &["👨‍👩‍👧", "👍🏽"]),
        ("中", 0, &["中"]),
    ];
    for &(text, width, expected) in table {
        assert_eq!(lines(Policy::Narrow, text, width), expected, "{width}");
    }
}

#[test]
fn quotes_count_two_columns_under_wide_and_safe() {
    let text = "如“空空中转”等";
    assert_eq!(lines(Policy::Wide, text, 10), ["如“空空中", "转”等"]);
    assert_eq!(lines(Policy::Safe, text, 10), ["如“空空中", "转”等"]);
    assert_eq!(lines(Policy::Narrow, "①②③④", 4), ["①②③④"]);
    assert_eq!(lines(Policy::Wide, "①②③④", 4), ["①②", "③④"]);
    assert_eq!(lines(Policy::Safe, "①②③④", 4), ["①", "②", "③", "④"]);
}

#[test]
fn continued_lines_have_a_width_of_their_own() {
    let text = "一二三四五六七八九";
    let widths: Vec<usize> = wrap_indented(Policy::Narrow, text, 10, 6)
        .into_iter()
        .map(|r| r.len() / 3)
        .collect();
    assert_eq!(widths, [5, 3, 1]);
}

/// Returns whether a break here violates the table.
fn is_bad(text: &str, at: usize) -> bool {
    let kind_of = |(_, g, _): (usize, &str, usize)| match kind(g.chars().next().unwrap()) {
        CharKind::Blank if g.chars().count() > 1 => CharKind::Other,
        kind => kind,
    };
    let (before, after) = text.split_at(at);
    let before: Vec<CharKind> = Policy::Narrow.graphemes(before).map(kind_of).collect();
    let mut after = Policy::Narrow.graphemes(after).map(kind_of);
    let (next, then) = (after.next(), after.next());
    let last = before.iter().rfind(|&&k| k != CharKind::Blank).copied();
    let dash = Some(CharKind::Dash);
    next.is_some_and(|k| k.never_begins(before.last() == Some(&CharKind::Blank)))
        || next == dash && (last == dash || then != dash)
        || last.is_some_and(CharKind::never_ends)
}

fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "天",
        "津",
        "海关",
        "，",
        "。",
        "、",
        "）",
        "（",
        "《",
        "》",
        "“",
        "”",
        "’",
        "——",
        "……",
        "2025",
        " 年",
        "AEO",
        "e-CNY",
        "/",
        "-",
        " ",
        "\n",
        "%",
        "①",
        "·",
        "👨‍👩‍👧",
        "e\u{301}",
        "\u{3000}",
        "http://a.b/c?d",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|v| v.concat())
}

#[test]
fn parts_share_a_line_where_they_fit() {
    let flowed = |width| flow(Policy::Narrow, ["海关 3", "税务", "a b"], 2, width);
    assert_eq!(flowed(20), ["海关 3  税务  a b"]);
    assert_eq!(flowed(12), ["海关 3  税务", "a b"]);
    assert_eq!(flowed(5), ["海关", "3", "税务", "a b"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn slices_join_and_fit(text in text(), first in 0..30usize, rest in 0..30usize) {
        for policy in Policy::ALL {
            let ranges = wrap_indented(policy, &text, first, rest);
            let joined: String = ranges.iter().map(|r| text.get(r.clone()).unwrap()).collect();
            prop_assert_eq!(&joined, &text);
            for (n, range) in ranges.into_iter().enumerate() {
                let line = text.get(range).unwrap();
                let shown = line.trim_end();
                let width = if n == 0 { first } else { rest };
                let one = policy.graphemes(shown).filter(|g| g.2 > 0).count() <= 1;
                prop_assert!(!line.is_empty());
                prop_assert!(policy.width(shown) <= width || one, "{:?} {}", line, width);
                prop_assert!(!line.trim_end_matches('\n').contains('\n'));
            }
        }
    }

    /// A line that breaks the table had no better break.
    #[test]
    fn the_table_is_broken_only_where_nothing_else_is_left(text in text(), width in 1..30usize) {
        for policy in Policy::ALL {
            for range in wrap(policy, &text, width) {
                let line = text.get(range.clone()).unwrap();
                if line.ends_with(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
                    || range.end == text.len()
                    || !is_bad(&text, range.end)
                {
                    continue;
                }
                for (at, _, _) in policy.graphemes(line).filter(|&(at, ..)| at > 0) {
                    let bad = is_bad(&text, range.start + at);
                    prop_assert!(bad, "{:?} at {} in {:?}", line, at, width);
                }
            }
        }
    }
}
