//! Tables of changes and their notices.

use crate::{
    progress::{Change, Status, journal::Batch},
    tui::{message::Message, test_app::TestApp},
};

/// Reads lines written by others, given the fields after the time.
fn read(stage: &mut TestApp, lines: &[&str]) {
    let changes = lines.iter().zip(0..).map(|(rest, minute)| {
        let line = format!(r#"- {{"at":"2026-11-23T11:{minute:02}:00+08:00",{rest}}}"#);
        Change::read(&line).unwrap()
    });
    let changes = changes.collect();
    stage.receive(Message::Read(Batch {
        changes,
        ..Batch::default()
    }));
}

#[test]
fn anothers_undo_and_redo_say_what_goes_and_comes_back() {
    let set = r#""by":"lisi","session":"m0ze","id":"set0","edits":[{"clause":"16.3","status":"doing"},{"clause":"16.4","status":"doing"}]"#;
    let undo = r#""by":"lisi","session":"m0ze","id":"undo","retract":"set0""#;
    let redo = r#""by":"lisi","session":"sh11","id":"redo","retract":"undo""#;
    let again = r#""by":"lisi","session":"sh11","id":"agai","retract":"redo""#;
    let lost = r#""by":"lisi","session":"sh11","id":"lost","retract":"gone""#;
    let won = r#""by":"wangwu","session":"w000","id":"won0","edits":[{"clause":"16.4","status":"blocked","remark":"x"}]"#;
    for (lines, said) in [
        (&[set][..], "lisi 16.3 等 2 款 -> 推进中"),
        (&[set, undo], "lisi 撤销了：16.3 等 2 款 -> 推进中"),
        (&[set, undo, redo], "lisi 重做了：16.3 等 2 款 -> 推进中"),
        (
            &[set, undo, redo, again],
            "lisi 撤销了：16.3 等 2 款 -> 推进中",
        ),
        (
            &[set, undo, won, redo],
            "lisi 重做了：16.3 等 2 款 -> 推进中（16.4 其后另有改动，不受影响）",
        ),
        (&[set, lost], "lisi 撤销了一项改动"),
    ] {
        let mut stage = TestApp::new(80, 24);
        read(&mut stage, lines);
        assert_eq!(stage.notice(), said);
    }
}

#[test]
fn a_redo_says_that_a_later_change_won_as_an_undo_does() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("'18.2 Enter Space");
    let later = r#""by":"lisi","session":"m0ze","id":"won0","clause":"18.2","status":"blocked","remark":"x""#;
    read(&mut stage, &[later]);
    stage.keys("u");
    let won = "18.2 -> 已完成（18.2 其后另有改动，不受影响）";
    assert_eq!(stage.notice(), format!("已撤销：{won}"));
    stage.keys("Ctrl-r");
    assert_eq!(stage.notice(), format!("已重做：{won}"));
    assert_eq!(stage.status("18.2"), Status::Blocked);
}

#[test]
fn clauses_are_counted_and_not_edits() {
    let edits = r#"{"clause":"1.1","status":"doing"},{"clause":"1.1","owner":"x"}"#;
    let one = format!(r#""by":"zhangsan","session":"s1","id":"set0","edits":[{edits}]"#);
    let two = one.replace(']', r#",{"clause":"1.2","status":"doing"}]"#);
    for (set, said) in [(one, "1.1 -> 推进中"), (two, "1.1 等 2 款 -> 推进中")] {
        let mut stage = TestApp::new(80, 24);
        read(&mut stage, &[&set]);
        stage.keys("u");
        assert_eq!(stage.notice(), format!("已撤销：{said}"));
    }
}

#[test]
fn a_step_is_named_by_its_text() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("'4.1 Enter a '报商务部 Enter");
    assert_eq!(stage.notice(), "4.1 新增步骤：报商务部");
    stage.keys("j Space");
    assert_eq!(stage.notice(), "4.1 步骤“报商务部” -> 已完成");
    stage.keys("u");
    assert_eq!(stage.notice(), "已撤销：4.1 步骤“报商务部” -> 已完成");
    let long = r#""by":"lisi","session":"m0ze","id":"step","clause":"5.1","step":"k1","text":"向商务部对外投资司书面报送备案材料""#;
    let tick = r#""by":"lisi","session":"m0ze","id":"tick","clause":"5.1/k1","status":"done""#;
    let early = r#""by":"lisi","session":"m0ze","id":"earl","clause":"5.1/k2","status":"done""#;
    for (line, said) in [
        (long, "lisi 5.1 添加了步骤"),
        (tick, "lisi 5.1 步骤“向商务部对外投资司书面…” -> 已完成"),
        (early, "lisi 5.1 的一个步骤 -> 已完成"),
    ] {
        read(&mut stage, &[line]);
        stage.context.notice = None;
        assert_eq!(stage.notice(), said);
    }
}
