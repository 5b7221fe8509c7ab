//! Typing in prompts, with initial and proposed texts.

use crate::tui::{message::Message, test_app::TestApp, widgets::theme::Role};

#[test]
fn the_old_value_gives_way_to_what_is_typed_and_stays_for_keys_that_edit() {
    for (keys, wanted) in [
        ("d", "2027-11-01"),
        ("d '12-31", "12-31"),
        ("d Left '9", "2027-11-091"),
        ("d Home '1", "12027-11-01"),
        ("d Backspace '2", "2027-11-02"),
        ("d '1 Ctrl-_", "2027-11-01"),
        ("o", "王敏"),
        ("o '李娜", "李娜"),
        ("o End '、李娜", "王敏、李娜"),
    ] {
        let mut stage = TestApp::new(80, 24);
        stage.keys("j j d '2027-11-01 Enter o '王敏 Enter");
        stage.keys(keys);
        assert_eq!(stage.typed().0, wanted, "{keys}");
    }
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j d '2027-11-01 Enter d Enter");
    let clause = stage.context.outline.node().unwrap();
    assert_eq!(stage.context.label(clause), "1.1");
    let due = stage.context.progress.record(0).due;
    assert!(due.is_some(), "Enter alone keeps it: {due:?}");
    stage.keys("d");
    stage.receive(Message::Paste("2028-01-01".into()));
    assert_eq!(stage.typed(), ("2028-01-01", false));
}

#[test]
fn the_day_that_is_understood_is_shown_while_a_deadline_is_typed() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j d");
    assert!(stage.screen().contains("如 12-31"), "{}", stage.screen());
    for (typed, understood) in [
        ("next friday", "2026-12-04 周五"),
        ("月中", "2026-11-15 周日"),
        (
            "10个工作日内",
            "2026-12-07 周一（只扣除周末，未扣除法定节假日）",
        ),
        ("长期", "长期"),
    ] {
        stage.keys(&format!("Ctrl-u '{}", typed.replace(' ', " Space '")));
        assert!(
            stage.screen().contains(understood),
            "{typed}: {}",
            stage.screen()
        );
    }
}

#[test]
fn what_typing_replaces_is_shown_so() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j o '王敏 Enter o");
    let (buf, cursor) = stage.drawn();
    let cursor = cursor.unwrap();
    let selected = stage.context.theme.style(Role::Selected);
    let cell = &buf[(cursor.x - 2, cursor.y)];
    assert_eq!(cell.symbol(), "敏");
    assert!(cell.modifier.contains(selected.add_modifier), "{cell:?}");
}

#[test]
fn a_number_that_names_nothing_gives_way_to_the_next() {
    let mut stage = TestApp::new(80, 24);
    stage.keys(": '16.9 Enter");
    assert_eq!(stage.typed(), ("16.9", true));
    stage.keys("'16.2 Enter");
    assert_eq!(stage.at(), "16.2");
    // Errors can be corrected, and ambiguous actions continued.
    stage.keys(": '16.9 Enter Backspace '3 Enter");
    assert_eq!(stage.at(), "16.3");
    stage.keys(": 'xy Enter");
    assert_eq!(stage.typed(), ("xy", false));
}
