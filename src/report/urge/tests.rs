//! Tests that the remarks of reminders are read back.

use super::{ReminderLevel, reminder};

#[test]
fn an_earlier_reminder_is_read_from_its_remark() {
    let read = |text| reminder::read(text).map(|e| (e.number, e.unit, e.until.to_string()));
    assert_eq!(
        read("督办〔2026〕3号 · 天津海关 · 红色 · 2026-11-30 前反馈"),
        Some(("督办〔2026〕3号", "天津海关", "2026-11-30".to_owned()))
    );
    assert_eq!(
        read("3/2026 · a · b · red · 2026-11-30 at the latest"),
        Some(("3/2026", "a · b", "2026-11-30".to_owned()))
    );
    for other in [
        "",
        "已对接",
        "a · b · c",
        "a · b · c · soon",
        "a · b · c · 2026-02-30",
    ] {
        assert_eq!(read(other), None, "{other}");
    }
}

#[test]
fn a_colour_is_raised_up_to_red() {
    assert_eq!(ReminderLevel::Blue.raised(), ReminderLevel::Yellow);
    assert_eq!(ReminderLevel::Yellow.raised(), ReminderLevel::Red);
    assert_eq!(ReminderLevel::Red.raised(), ReminderLevel::Red);
}
