//! Tests of the history: days, old and new values, batches, the filter.

use super::History;
use crate::tui::{keymap::Mode, test_app::TestApp};

fn rows(stage: &TestApp) -> Vec<String> {
    let screen = stage.screen();
    screen.lines().map(|row| row.trim().to_owned()).collect()
}

#[test]
fn each_change_says_what_it_found_the_newest_first() {
    let mut stage = TestApp::new(120, 24);
    stage.keys("j j s 2 d '2026-12-31 Enter d '2027-01-31 Enter o '王敏 Enter Space u L L");
    let rows = rows(&stage);
    assert!(rows[1].starts_with("11-23 今天  6 项"), "{rows:?}");
    for (row, said) in [
        (2, "撤销：推进中 -> 已完成"),
        (3, "（已撤销）推进中 -> 已完成"),
        (4, "联系人 无 -> 王敏"),
        (5, "期限 2026-12-31 -> 2027-01-31"),
        (6, "期限 无 -> 2026-12-31"),
        (7, "未启动 -> 推进中"),
    ] {
        assert!(
            rows[row].starts_with("1.1 ") && rows[row].contains(said),
            "{said}: {}",
            rows[row]
        );
        assert!(rows[row].contains("zhangsan  10:00"), "{}", rows[row]);
    }
    // A retracted value is not the next one's old value.
    stage.keys("Esc s 3 L L");
    assert!(
        stage.screen().contains("  推进中 -> 已完成"),
        "{}",
        stage.screen()
    );
    stage.keys("Esc u Ctrl-r u s 5 L L");
    assert!(
        stage.screen().contains("重做：推进中 -> 已完成"),
        "{}",
        stage.screen()
    );
    assert!(
        stage.screen().contains("  推进中 -> 持续推进"),
        "{}",
        stage.screen()
    );
}

#[test]
fn a_batch_is_one_row_that_opens_and_each_of_its_rows_leads_to_its_clause() {
    let mut stage = TestApp::new(120, 24);
    stage.keys("'16 Enter Space y L");
    let row = rows(&stage)[2].clone();
    assert!(
        row.starts_with("▸ 16.1") && row.contains("等 4 款：未启动 -> 已完成"),
        "{row}"
    );
    assert!(
        stage.rows(1)[0].contains("Enter 展开"),
        "{:?}",
        stage.rows(1)
    );
    stage.keys("Enter");
    assert_eq!(stage.top::<History>().entries.len(), 6);
    assert!(
        stage.rows(1)[0].contains("Enter 收起"),
        "{:?}",
        stage.rows(1)
    );
    stage.keys("Down Down Enter");
    assert_eq!(
        (stage.context.mode(), stage.at()),
        (Mode::Browse, "16.2".to_owned())
    );
    stage.keys("L L Enter Enter");
    assert_eq!(stage.top::<History>().entries.len(), 2);
}

#[test]
fn the_cursor_passes_the_headings() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j Space j Space L L");
    let selected = |stage: &TestApp| stage.top::<History>().selected;
    assert_eq!(selected(&stage), 1);
    for (keys, at) in [
        ("Up", 1),
        ("Down", 2),
        ("Down", 2),
        ("g", 1),
        ("G", 2),
        ("PgUp", 1),
    ] {
        stage.keys(keys);
        assert_eq!(selected(&stage), at, "{keys}");
    }
}

#[test]
fn the_filter_narrows_at_each_key_and_an_empty_result_teaches() {
    let mut stage = TestApp::new(100, 24);
    stage.keys("j j Space j s 6 '等待部署 Enter L L");
    let count = |stage: &TestApp| stage.top_below::<History>().count;
    stage.keys("/");
    assert!(stage.screen().contains("by:张三"), "{}", stage.screen());
    stage.keys("'#1.2");
    assert_eq!(count(&stage), 1);
    stage.keys("Backspace Backspace");
    assert_eq!(count(&stage), 2);
    stage.keys("'9");
    assert_eq!(count(&stage), 0);
    assert!(
        stage.screen().contains("没有符合“#19”的改动"),
        "{}",
        stage.screen()
    );
    stage.keys("Esc");
    assert_eq!(
        (stage.context.mode(), stage.top::<History>().count),
        (Mode::History, 2)
    );
}
