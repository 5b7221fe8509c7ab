//! Steps and added items, by keys.

use crate::{
    progress::{Status, journal::Batch},
    tui::{message::Message, test_app::TestApp},
};

/// A clause with three steps, the cursor on the first of them.
fn stage() -> TestApp {
    let mut stage = TestApp::new(120, 36);
    stage.keys("j j a '一 Enter a '二 Enter a '三 Enter j");
    stage
}

/// The steps of the first clause, as `一 [x]`.
fn steps(stage: &TestApp) -> Vec<String> {
    let steps = stage.context.progress.record(0).steps.iter();
    steps
        .map(|s| format!("{} {}", s.text, s.status.mark()))
        .collect()
}

#[test]
fn keys_on_a_step_are_about_the_step() {
    for (keys, shown) in [
        ("Space", "一 [x],二 [ ],三 [ ]"),
        ("Space Space", "一 [ ],二 [ ],三 [ ]"),
        ("s", "一 [~],二 [ ],三 [ ]"),
        ("s s", "一 [x],二 [ ],三 [ ]"),
        ("s s s", "一 [ ],二 [ ],三 [ ]"),
        ("Enter 2", "一 [~],二 [ ],三 [ ]"),
        ("Enter 6", "一 [ ],二 [ ],三 [ ]"),
        ("J", "二 [ ],一 [ ],三 [ ]"),
        ("J J s", "二 [ ],三 [ ],一 [~]"),
        ("J J J K", "二 [ ],一 [ ],三 [ ]"),
        ("K", "一 [ ],二 [ ],三 [ ]"),
        ("X", "二 [ ],三 [ ]"),
        ("X u", "一 [ ],二 [ ],三 [ ]"),
        ("E Ctrl-u '壹 Enter", "壹 [ ],二 [ ],三 [ ]"),
        ("E Ctrl-u Enter", "一 [ ],二 [ ],三 [ ]"),
        ("v X", "一 [ ],二 [ ],三 [ ]"),
    ] {
        let mut stage = stage();
        stage.keys(keys);
        assert_eq!(steps(&stage).join(","), shown, "{keys}");
        assert_eq!(stage.status("1.1"), Status::Todo, "{keys}");
    }
}

#[test]
fn a_steps_own_deadline_is_in_its_row() {
    let mut stage = stage();
    stage.keys("d '12-31 Enter");
    let steps = &stage.context.progress.record(0).steps;
    assert!(steps[0].due.is_some() && stage.context.progress.record(0).due.is_none());
    let screen = stage.screen();
    let row = screen.lines().find(|l| l.contains("[ ] 一")).unwrap();
    assert!(row.contains("12-31"), "{row}");
    let detail = screen.lines().find(|l| l.contains("[ ] 一  20"));
    assert!(detail.is_some_and(|l| l.contains("-12-31")), "{screen}");
    stage.keys("Space");
    let screen = stage.screen();
    assert!(screen.lines().any(|l| l.contains("1/3")), "{screen}");
    stage.keys("r");
    assert!(stage.screen().contains("1.1"), "the remark is the clause's");
}

#[test]
fn an_item_is_added_reworded_and_removed() {
    let mut stage = TestApp::new(120, 36);
    stage.keys("A '买咖啡 Enter");
    let id = stage.context.document.clauses[42].id.to_string();
    let screen = stage.screen();
    for part in ["新增事项", &id, "买咖啡", "＋新增 0/1"] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    stage.keys("Space");
    assert_eq!(stage.status(&id), Status::Done);
    assert!(stage.screen().contains("＋新增 1/1"), "{}", stage.screen());
    assert!(!stage.screen().contains("E 改写"), "{}", stage.screen());
    // Its menu says how it is reworded; those of clauses do not.
    stage.keys("Enter");
    assert!(stage.screen().contains("E 改写"), "{}", stage.screen());
    stage.keys("E Ctrl-u '买茶 Enter");
    assert_eq!(stage.context.document.clauses[42].text, "买茶");
    stage.keys("Left");
    assert!(!stage.screen().contains("E 改写"), "{}", stage.screen());
    stage.keys("Right Esc");
    stage.keys("X");
    assert_eq!(stage.context.document.clauses.len(), 42);
    assert!(!stage.screen().contains("新增事项  "), "{}", stage.screen());
    stage.keys("u");
    assert_eq!(stage.context.document.clauses[42].text, "买茶");
    // The document's own text stays.
    stage.keys("g j j X E");
    assert_eq!(stage.context.document.clauses.len(), 43);
    assert!(stage.notice().contains("条款不能"), "{}", stage.notice());
}

/// Returns a colleague's line.
fn line(nth: u8, by: &str, line: &str) -> Message {
    let line = format!(
        r#"- {{"at":"2026-11-23T12:00:0{nth}.000+08:00","by":"{by}","session":"x","id":"c{nth}",{line}}}"#
    );
    let change = crate::progress::Change::read(&line).unwrap();
    let changes = vec![change];
    Message::Read(Batch {
        changes,
        ..Batch::default()
    })
}

#[test]
fn what_colleagues_add_and_take_away_moves_what_is_marked_and_written_on() {
    let mut stage = TestApp::new(120, 36);
    stage.receive(line(1, "李四", r#""item":"+k1","text":"甲""#));
    assert!(stage.notice().contains("李四"), "{}", stage.notice());
    stage.receive(line(2, "李四", r#""item":"+k2","text":"乙""#));
    assert!(stage.screen().contains("乙"), "{}", stage.screen());
    stage.keys("G v k v r '记在两项上");
    assert_eq!(stage.context.marks.len(), 2);
    // The first of the two disappears while a remark is written on both.
    stage.receive(line(3, "李四", r#""retract":"c1""#));
    stage.keys("Enter");
    let document = &stage.context.document;
    assert_eq!(document.clauses[42].id.to_string(), "+k2");
    assert_eq!(stage.context.progress.record(42).remarks.len(), 1);
    // No clause of the remark is left.
    stage.keys("G s");
    stage.receive(line(4, "李四", r#""retract":"c2""#));
    assert_eq!(stage.context.document.clauses.len(), 42);
    assert!(stage.screen().contains("20.4"), "{}", stage.screen());
    stage.keys("Enter j k G");
}

#[test]
fn hostile_words_of_an_item_do_no_harm() {
    let mut stage = TestApp::new(80, 24);
    let long = "甲".repeat(20_000);
    for (nth, text) in [r"\u001b[2J\u009b31m\u202e=1+1\n两行", "", " ", &*long]
        .into_iter()
        .enumerate()
    {
        let edit = format!(r#""item":"+h{nth}","text":"{text}","units":["\u001b]0;x\u0007"]"#);
        stage.receive(line(u8::try_from(nth).unwrap(), "李四", &edit));
    }
    let screen = stage.keys("G k k k Enter").screen();
    assert!(
        !screen.contains('\u{1b}') && !screen.contains('\u{202e}'),
        "{screen}"
    );
    for size in [(1, 1), (20, 5), (40, 16), (120, 36)] {
        stage.receive(Message::Resize(size.0, size.1));
        assert_eq!(stage.screen().lines().count(), usize::from(size.1));
    }
}

#[test]
fn an_empty_list_says_how_to_begin() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("D A '家里 Enter");
    let asked = format!("{:?}", stage.effects.last());
    assert!(asked.contains("NewList(\"家里\")"), "{asked}");
}
