//! The table of units, with figures counted by hand.

use super::{
    UnitsScreen,
    table::{UnitColumn, UnitRow, UnitTable},
    view,
};
use crate::{
    progress::Status,
    tui::{keymap::Mode, message::Message, test_app::TestApp},
};

fn stage() -> TestApp {
    TestApp::new(120, 36)
}

fn table(stage: &TestApp) -> &UnitTable {
    &stage.top::<UnitsScreen>().table
}

fn names(stage: &TestApp) -> Vec<(&str, usize)> {
    let total = |r: &UnitRow| r.group.tally.total();
    let rows = table(stage).rows.iter();
    rows.map(|r| (r.group.name.as_str(), total(r))).collect()
}

#[test]
fn figures_counted_by_hand() {
    let mut stage = stage();
    stage.keys("t");
    let found = names(&stage);
    assert_eq!(found.len(), 22);
    for (name, total) in [
        ("天津海关", 19),
        ("市交通运输委", 10),
        ("市商务局", 8),
        ("天津港集团", 7),
    ] {
        assert!(found.contains(&(name, total)), "{name}: {found:?}");
    }
    let whole = &table(&stage).whole.group;
    assert_eq!((whole.tally.total(), whole.lead), (42, 0));
    // Joint clauses are in several rows, and every clause in at least one.
    let alone: usize = table(&stage)
        .rows
        .iter()
        .map(|r| r.group.tally.total() - r.group.joint)
        .sum();
    assert_eq!(alone + whole.joint, 42);
    stage.keys("t");
    assert_eq!(stage.context.mode(), Mode::Browse);
}

#[test]
fn a_unit_shows_how_it_went() {
    for (width, height) in [(80, 24), (120, 36), (100, 30)] {
        let mut stage = TestApp::new(width, height);
        stage.keys("t Tab");
        assert!(stage.notice().contains("没有走势"), "{}", stage.notice());
        stage.keys("Esc : '1.1 Enter Space t End Home");
        let name = table(&stage).row().unwrap().group.name.clone();
        stage.keys("Tab");
        let screen = stage.screen();
        assert!(
            screen.contains(&format!("{name}各周进展")) && screen.contains("完成 "),
            "{screen}"
        );
        assert!(
            screen.contains("本周新增"),
            "its numbers in words: {screen}"
        );
        // At least two units are left to choose from.
        assert!(
            view::UnitTableAreas::of(
                &stage.context,
                table(&stage),
                stage.top::<UnitsScreen>().weeks.as_ref()
            )
            .list
            .height
                >= 2
        );
        stage.keys("Tab");
        assert!(!stage.screen().contains("本周新增"));
    }
}

#[test]
fn every_status_has_a_column_and_a_rank() {
    for status in Status::ALL.map(UnitColumn::Status) {
        assert!(UnitColumn::ALL.contains(&status) && view::RANK.contains(&status));
    }
}

#[test]
fn those_with_most_overdue_come_first() {
    let mut stage = stage();
    stage.keys(": '16 Enter d '2026-11-20 Enter t");
    assert_eq!(table(&stage).sort, UnitColumn::Overdue);
    let overdue = |r: &UnitRow| r.group.overdue;
    let counts: Vec<usize> = table(&stage).rows.iter().map(overdue).collect();
    assert!(
        counts[0] > 0 && counts.is_sorted_by(|a, b| a >= b),
        "{counts:?}"
    );
    // Units without any stay in the document's order.
    let units = stage.context.document.units();
    let rest: Vec<&str> = table(&stage)
        .rows
        .iter()
        .filter(|r| overdue(r) == 0)
        .map(|r| r.group.name.as_str())
        .collect();
    let in_order = units.into_iter().filter(|unit| rest.contains(unit));
    assert!(in_order.eq(rest.iter().copied()), "{rest:?}");
}

#[test]
fn sorted_by_any_column_and_back() {
    let mut stage = stage();
    stage.keys(": '16 Enter Space y t → → → →");
    assert_eq!(table(&stage).sort, UnitColumn::Total);
    let totals: Vec<usize> = names(&stage).iter().map(|(_, total)| *total).collect();
    assert!(totals.is_sorted_by(|a, b| a >= b), "{totals:?}");
    assert_eq!(names(&stage)[0], ("天津海关", 19));
    stage.keys("Space");
    assert!(names(&stage).iter().rev().map(|(_, n)| *n).eq(totals));
    let first = names(&stage)[0].0.to_owned();
    let count = UnitColumn::ALL.len();
    stage.keys(&"→ ".repeat(count - 1));
    assert_eq!(
        (table(&stage).sort, table(&stage).reversed),
        (UnitColumn::Name, false)
    );
    let units = stage.context.document.units();
    assert!(names(&stage).iter().map(|(name, _)| *name).eq(units));
    assert_ne!(names(&stage)[0].0, first);
    // Rates are in descending order.
    stage.keys("→ → → →");
    assert_eq!(table(&stage).sort, UnitColumn::Rate);
    let rates: Vec<(usize, usize)> = table(&stage)
        .rows
        .iter()
        .map(|r| r.group.tally.rate())
        .collect();
    assert!(rates.iter().any(|(n, _)| *n > 0));
    assert!(
        rates.is_sorted_by(|a, b| a.0 * b.1 >= b.0 * a.1),
        "{rates:?}"
    );
}

#[test]
fn enter_shows_exactly_the_clauses_that_were_counted() {
    let mut stage = stage();
    for nth in 0..22 {
        stage.keys("t Home");
        stage.keys(&"Down ".repeat(nth));
        let row = table(&stage).row().unwrap().group.clone();
        stage.keys("Enter");
        assert_eq!(stage.context.mode(), Mode::Browse);
        assert_eq!(
            stage.context.outline.filter(),
            Some(&row.clauses[..]),
            "{}",
            row.name
        );
        assert_eq!(stage.context.search.text, format!("@{}", row.name));
    }
    stage.keys("Esc");
    assert_eq!(stage.context.outline.filter(), None);
}

#[test]
fn a_query_taken_before_the_index_is_made_is_not_lost() {
    let mut stage = TestApp::new(120, 36);
    stage.keys("/ '@天津海关 Enter");
    assert_eq!(stage.context.outline.filter().map(<[usize]>::len), Some(19));
    let mut stage = TestApp::new(120, 36);
    stage.keys("/ '@天津海关 Enter Esc");
    assert_eq!(stage.context.outline.filter(), None);
}

#[test]
fn a_number_stays_with_its_label() {
    let mut stage = TestApp::new(80, 36);
    stage.keys("t");
    for nth in 0..22 {
        let row = table(&stage).row().unwrap();
        let shown = stage.screen();
        for words in view::in_words(&stage.context, row) {
            assert!(shown.contains(&words), "{nth}: {words} in\n{shown}");
        }
        stage.keys("Down");
    }
}

#[test]
fn a_meeting_over_a_unit() {
    let mut stage = TestApp::new(120, 36);
    stage.keys("t → → → → Down m");
    let meeting = stage.context.meeting.as_ref().unwrap();
    assert_eq!(meeting.topic(), "市交通运输委");
    assert_eq!(meeting.place(), (1, 10));
}

#[test]
fn a_colleagues_line_is_counted_at_once_and_the_cursor_stays() {
    let mut stage = stage();
    stage.keys("t → → → → Down Down");
    let line = r#"- {"at":"2026-11-23T11:00:00+08:00","by":"lisi","session":"m0ze","id":"p2c8w1n5ru","clause":"1.1","status":"done"}"#;
    let batch = crate::progress::journal::Batch {
        changes: vec![crate::progress::Change::read(line).unwrap()],
        ..Default::default()
    };
    stage.receive(Message::Read(batch));
    let row = table(&stage).row().unwrap();
    assert_eq!(
        (row.group.name.as_str(), table(&stage).selected),
        ("市商务局", 2)
    );
    assert_eq!(table(&stage).whole.group.tally.rate(), (1, 42));
    let customs = &table(&stage).rows[0].group;
    assert_eq!(
        (customs.name.as_str(), customs.tally.rate()),
        ("天津海关", (1, 19))
    );
}

#[test]
fn a_document_without_units_says_what_to_do_instead() {
    let mut document = crate::document::catalogue::embedded().unwrap();
    for clause in &mut document.clauses {
        clause.responsibility = std::sync::Arc::default();
    }
    let mut stage = TestApp::with(document, 80, 24);
    stage.keys("t");
    assert_eq!(stage.context.mode(), Mode::Browse);
    assert!(stage.notice().contains("按 o"), "{}", stage.notice());
}
