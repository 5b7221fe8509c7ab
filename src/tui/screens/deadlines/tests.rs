//! The deadlines: groups, order, and that a clause's keys work.

use crate::{
    progress::{Due, Status},
    tui::{keymap::Mode, message::Message, test_app::TestApp},
};
use jiff::civil::date;

/// 2026-11-23 is a Monday.
fn stage() -> TestApp {
    let mut stage = TestApp::new(100, 30);
    for (clause, day) in [
        ("1.1", "2026-11-20"),
        ("1.2", "2026-11-23"),
        ("2.1", "2026-11-29"),
        ("3.1", "2026-12-06"),
        ("4.1", "2026-11-30"),
        ("5.1", "2026-12-31"),
        ("6.1", "long"),
    ] {
        stage.keys(&format!(": '{clause} Enter d '{day} Enter"));
    }
    stage.keys("c");
    assert_eq!(stage.context.mode(), Mode::Deadlines);
    stage
}

#[test]
fn what_is_owed_is_grouped_by_when_it_is_due() {
    let stage = stage();
    let screen = stage.screen();
    let place = |what: &str| {
        screen
            .find(what)
            .unwrap_or_else(|| panic!("{what}: {screen}"))
    };
    let groups = [
        "逾期  1 项",
        "今天  1 项",
        "本周  1 项",
        "下周  2 项",
        "以后  1 项",
        "无期限  36 项",
    ];
    assert!(groups.map(place).is_sorted(), "{screen}");
    let clauses = ["1.1 ", "1.2 ", "2.1 ", "4.1 ", "3.1 ", "5.1 ", "6.1 "];
    assert!(clauses.map(place).is_sorted(), "{screen}");
    assert!(screen.contains("周一至周五"), "{screen}");
    // 24 to 27 November are four working days, the two after them none.
    assert!(screen.contains("（5 个工作日）"), "{screen}");
}

/// The days that are left are what the list is for.
#[test]
fn the_days_left_are_there_at_every_width() {
    for (width, late, left) in [
        (120, "!2026-11-20 逾期 3 天", "2026-12-31 还有 38 天 "),
        (80, "!2026-11-20 逾期 3 天", "2026-12-31 还有 38 天 "),
        (40, "!逾 3 天", "剩 38 天 "),
    ] {
        let mut stage = stage();
        stage.receive(Message::Resize(width, 30));
        let screen = stage.screen();
        for said in [late, left, "3.1  [ ]"] {
            assert!(screen.contains(said), "{said} {width}: {screen}");
        }
    }
}

#[test]
fn a_clauses_keys_work_and_finished_items_stay() {
    let mut stage = stage();
    stage.keys("Space");
    assert_eq!(stage.status("1.1"), Status::Done);
    assert!(stage.screen().contains("[x]"), "{}", stage.screen());
    stage.keys("j s 2 o '王五 Enter");
    assert_eq!(stage.status("1.2"), Status::Doing);
    let record = |stage: &TestApp, id: &str| {
        let clause = stage.context.document.find(id.parse().unwrap()).unwrap();
        stage.context.progress.record(clause).clone()
    };
    assert_eq!(record(&stage, "1.2").owner.as_deref(), Some("王五"));
    // The cursor stays on the clause, wherever its new day puts it.
    stage.keys("d Ctrl-u '2026-12-30 Enter");
    assert_eq!(
        record(&stage, "1.2").due,
        Some(Due::Date(date(2026, 12, 30)))
    );
    stage.keys("Space");
    assert_eq!(stage.status("1.2"), Status::Done);
    stage.keys("u u");
    assert_eq!(
        record(&stage, "1.2").due,
        Some(Due::Date(date(2026, 11, 23)))
    );
    stage.keys("Enter");
    assert_eq!(stage.context.mode(), Mode::Browse);
    let node = stage
        .context
        .outline
        .node()
        .map(|node| stage.context.label(node));
    assert_eq!(node.as_deref(), Some("1.2"));
    // Done clauses are not listed.
    stage.keys("c");
    assert!(!stage.screen().contains(" 1.1 "), "{}", stage.screen());
    stage.keys("Esc / '@天津海关 Enter c");
    assert!(
        !stage.screen().contains(" 1.2 "),
        "the filter is kept: {}",
        stage.screen()
    );
    stage.keys("Esc Esc : '期限 Enter");
    assert_eq!(stage.context.mode(), Mode::Deadlines);
}

#[test]
fn a_step_with_a_deadline_is_owed_by_itself() {
    let mut stage = TestApp::new(79, 24);
    stage.keys("j j a '买设备 Enter a '没有期限 Enter j d '2026-11-25 Enter c");
    let screen = stage.screen();
    assert!(
        screen.contains("本周  1 项") && screen.contains("1.1  [ ] 步骤：买设备"),
        "{screen}"
    );
    assert!(!screen.contains("没有期限"), "{screen}");
    stage.keys("d Ctrl-u '2026-11-23 Enter");
    let screen = stage.screen();
    assert!(
        screen.contains("今天到期") && screen.contains("今天  1 项"),
        "{screen}"
    );
    // Keys change the step, not its clause.
    stage.keys("Space");
    let record = stage.context.progress.record(0);
    assert_eq!(
        (record.status, record.steps[0].status),
        (Status::Todo, Status::Done)
    );
    assert!(stage.screen().contains("1.1  [x] 步骤：买设备"));
    stage.keys("j Space");
    assert_eq!(stage.status("1.1"), Status::Done);
}
