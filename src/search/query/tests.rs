//! Tests of the query parser.

use super::*;
use crate::day::{Toward, TypedDay};
use proptest::prelude::*;

fn text(text: &str) -> Asks {
    Asks::Text(Pattern::new(text, false))
}

fn exact(text: &str) -> Asks {
    Asks::Text(Pattern::new(text, true))
}

fn unit(text: &str) -> Asks {
    Asks::Unit(Pattern::new(text, false))
}

fn by(text: &str) -> Asks {
    Asks::Made(Made::By(Pattern::new(text, false)))
}

fn asked(query: &Query) -> Vec<Asks> {
    query.terms().iter().map(|term| term.asks.clone()).collect()
}

#[test]
fn terms_as_typed() {
    let typed = |text, toward| TypedDay::new(text, toward).expect("a day");
    let day = || typed("2026-12-31", Toward::Future);
    let table: &[(&str, &[Asks])] = &[
        ("锂电池", &[text("锂电池")]),
        ("  锂电池　tjhg ", &[text("锂电池"), text("tjhg")]),
        ("ＡＥＯ", &[text("aeo")]),
        ("'通关", &[exact("通关")]),
        ("‘通关’", &[exact("通关")]),
        ("exact:通关", &[exact("通关")]),
        ("\"a b\" c", &[exact("a b"), text("c")]),
        ("“药食同源” c", &[exact("药食同源"), text("c")]),
        ("\"a b", &[exact("a b")]),
        ("“药食同源”商品", &[text("\"药食同源\"商品")]),
        ("实行“药食同源” c", &[text("实行\"药食同源\""), text("c")]),
        ("\"is:done\"", &[exact("is:done")]),
        ("@天津海关", &[unit("天津海关")]),
        ("＠ｈｇ", &[unit("hg")]),
        ("is:done", &[Asks::Is(Status::Done)]),
        ("IS：Done", &[Asks::Is(Status::Done)]),
        ("is:受阻", &[Asks::Is(Status::Blocked)]),
        ("is:open", &[Asks::State(DerivedState::Open)]),
        ("is:stale", &[Asks::State(DerivedState::Stale(None))]),
        ("stale:7d", &[Asks::State(DerivedState::Stale(Some(7)))]),
        ("#16", &[Asks::Number(vec![16])]),
        ("＃16。3", &[Asks::Number(vec![16, 3])]),
        ("no:16.3", &[Asks::Number(vec![16, 3])]),
        ("#2.16.3", &[Asks::Number(vec![2, 16, 3])]),
        ("#16.", &[Asks::Number(vec![16])]),
        ("ch:2", &[Asks::Chapter(2)]),
        ("by:zhangsan", &[by("zhangsan")]),
        ("by:\"Zhang San\"", &[by("zhang san")]),
        (
            "due:<2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::Less, day()))],
        ),
        (
            "due：《2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::Less, day()))],
        ),
        (
            "due:<=2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::AtMost, day()))],
        ),
        (
            "due:>2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::More, day()))],
        ),
        (
            "due:>=2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::AtLeast, day()))],
        ),
        (
            "due:2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::Equal, day()))],
        ),
        (
            "due:=2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::Equal, day()))],
        ),
        (
            "before:2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::Less, day()))],
        ),
        (
            "after:2026-12-31",
            &[Asks::Due(DueCondition::Day(Compare::More, day()))],
        ),
        ("due:none", &[Asks::Due(DueCondition::None)]),
        ("due:长期", &[Asks::Due(DueCondition::Long)]),
        (
            "due:<7d",
            &[Asks::Due(DueCondition::Day(
                Compare::Less,
                typed("7d", Toward::Future),
            ))],
        ),
        (
            "since:2026-12-31",
            &[Asks::Made(Made::Since(typed("2026-12-31", Toward::Past)))],
        ),
        (
            "since:7d",
            &[Asks::Made(Made::Since(typed("7d", Toward::Past)))],
        ),
        (
            "until:today",
            &[Asks::Made(Made::Until(typed("today", Toward::Past)))],
        ),
        ("10:30", &[text("10:30")]),
        ("注：说明", &[text("注:说明")]),
        ("", &[]),
        (" ", &[]),
    ];
    check(table);
}

#[track_caller]
fn check(table: &[(&str, &[Asks])]) {
    for (line, expected) in table {
        let query = Query::parse(line);
        assert_eq!(asked(&query), *expected, "{line}");
        assert_eq!(query.unread(), &[] as &[String], "{line}");
        assert!(query.terms().iter().all(|term| !term.not), "{line}");
    }
}

#[test]
fn one_of_several() {
    check(&[
        (
            "is:doing,blocked",
            &[Asks::Any(vec![
                Asks::Is(Status::Doing),
                Asks::Is(Status::Blocked),
            ])],
        ),
        ("is:逾期，", &[Asks::State(DerivedState::Overdue)]),
        ("@hg、＠商务", &[Asks::Any(vec![unit("hg"), unit("商务")])]),
        ("@\"a,b\"", &[Asks::Unit(Pattern::new("a,b", true))]),
        (
            "no:16.3,17",
            &[Asks::Any(vec![
                Asks::Number(vec![16, 3]),
                Asks::Number(vec![17]),
            ])],
        ),
        (
            "owner:me,王五",
            &[Asks::Any(vec![
                Asks::Owner(AskedOwner::Me),
                Asks::Owner(AskedOwner::Named(Pattern::new("王五", false))),
            ])],
        ),
        ("owner:无", &[Asks::Owner(AskedOwner::None)]),
    ]);
}

#[test]
fn opposites() {
    for (line, not, asks) in [
        ("!锂电池", true, text("锂电池")),
        ("！锂电池", true, text("锂电池")),
        ("not:锂电池", true, text("锂电池")),
        ("!is:done", true, Asks::Is(Status::Done)),
        ("not:@hg", true, unit("hg")),
        ("!!hg", false, text("hg")),
        ("not:!'通", false, exact("通")),
        ("!\"a b\"", true, exact("a b")),
    ] {
        assert_eq!(Query::parse(line).terms(), [Term { not, asks }], "{line}");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_works() {
    for line in [
        "is:nothing",
        "is:done,nothing",
        "@,",
        "owner:",
        "is:",
        "#",
        "#x",
        "#1.2.3.4",
        "#1..2",
        "#+1",
        "ch:二x",
        "ch:",
        "due:soonish",
        "due:<none",
        "due:2026-02-30",
        "before:",
        "since:x",
        "stale:x",
        "stale:-1",
        "by:",
        "@",
        "!",
        "'",
        "\"\"",
        "\"",
        "not:",
        "exact:",
        "status:done",
        "not:is:x",
    ] {
        let query = Query::parse(&format!("锂 {line}"));
        assert_eq!(query.unread(), [line], "{line}");
        assert_eq!(asked(&query), [text("锂")], "{line}");
    }
    let query = Query::parse("is:甲 海关 ＃乙");
    assert_eq!(query.unread(), ["is:甲", "＃乙"]);
}

#[test]
fn words_of_a_shell() {
    let read = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Query::from_words(&words)
    };
    assert_eq!(read(&["锂电池", "is:open"]), Query::parse("锂电池 is:open"));
    assert_eq!(read(&["锂电池 is:open"]), Query::parse("锂电池 is:open"));
    assert_eq!(asked(&read(&["exact:2 年以内"])), [exact("2 年以内")]);
    assert_eq!(asked(&read(&["by:Zhang San"])), [by("zhang san")]);
    assert_eq!(read(&["owner:Li Si"]).terms().len(), 1);
    assert_eq!(read(&["not:exact:a b"]), Query::parse("!\"a b\""));
    assert_eq!(read(&["exact:\"a b\""]), Query::parse("\"a b\""));
    assert!(read(&[]).is_empty());
    assert!(read(&["", " "]).is_empty());
}

proptest! {
    #[test]
    fn reading_never_panics(line in any::<String>(), words in proptest::collection::vec(any::<String>(), 0..4)) {
        let _ = Query::parse(&line);
        let _ = Query::from_words(&words);
    }

    #[test]
    fn nothing_typed_is_lost(line in "[!@#'\":：a-z0-9<>=. 海关“”！《is]{0,24}") {
        let query = Query::parse(&line);
        let words = split(&line).len();
        prop_assert_eq!(query.terms().len() + query.unread().len(), words);
    }
}

#[test]
fn a_word_of_text_may_be_a_number() {
    for (line, expected) in [
        ("16", Some(vec![16])),
        ("１６．３", Some(vec![16, 3])),
        ("第16条", Some(vec![16])),
        ("第十六条第三款", Some(vec![16, 3])),
        ("第16", None),
        ("16条", None),
        ("10:30", None),
        ("'16", None),
    ] {
        let asks = asked(&Query::parse(line));
        let [Asks::Text(pattern)] = asks.as_slice() else {
            panic!("{line}: {asks:?}");
        };
        assert_eq!(bare_number(pattern), expected, "{line}");
    }
}

#[test]
fn suggested_terms_can_be_read() {
    for term in [
        "is:x",
        "!is:x",
        "not:due:x",
        "status:done",
        "#x",
        "@",
        "",
        "ch:",
    ] {
        let all = readable(term);
        assert!(!all.is_empty());
        for one in all {
            assert_eq!(Query::parse(&one).unread(), &[] as &[String], "{one}");
        }
    }
    assert!(readable("not:is:overdu").contains(&"not:is:overdue".to_owned()));
    assert_eq!(readable("Due：soonish"), ["due:<2026-12-31"]);
}

#[test]
fn a_blank_ends_a_term_unless_a_phrase_or_a_field_is_open() {
    for (text, ended) in [
        ("海关", true),
        ("is:甲", true),
        ("\"药食 同源\"", true),
        ("\"药食", false),
        ("“", false),
        ("海关 \"", false),
        ("is:", false),
        ("@", false),
    ] {
        assert_eq!(Query::is_ended(text), ended, "{text}");
    }
}
