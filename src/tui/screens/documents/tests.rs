//! The document picker by keys, and its effects.

use crate::{
    document::Document,
    locale::Lang,
    progress::{
        Progress, Status, Tally,
        journal::{Batch, Journal},
    },
    tui::{
        jobs::opening::{self, LoadedChecklist, Opened, Opener},
        keymap::Mode,
        message::{DocumentCount, DocumentItem, Message},
        request::Effect,
        test_app::TestApp,
    },
};

fn item(name: &str, title: &str) -> DocumentItem {
    DocumentItem {
        name: name.into(),
        title: title.into(),
        stage: Some("征求意见稿".into()),
    }
}

/// An app with the picker open and three documents in it.
fn stage() -> TestApp {
    let mut stage = TestApp::new(80, 24);
    stage.keys("D");
    assert_eq!(stage.effects, [Effect::List]);
    stage.effects.clear();
    let items = vec![
        item("bonded-2019", "综合保税区"),
        item("tianjin-2025", "天津口岸"),
        item("zhijiao-2019", "职业教育"),
    ];
    stage.receive(Message::Listed(items, 1));
    stage
}

fn open(name: &str) -> Effect {
    Effect::Open(name.into())
}

#[test]
fn the_cursor_begins_on_the_open_document_and_enter_opens_another() {
    for (keys, effects) in [
        ("Enter", vec![]),
        ("j Enter", vec![open("zhijiao-2019")]),
        ("k Enter", vec![open("bonded-2019")]),
        ("g Enter", vec![open("bonded-2019")]),
        ("G j Enter", vec![open("zhijiao-2019")]),
        ("/ 'bsq Enter Enter", vec![open("bonded-2019")]),
        ("/ 'zyjy Enter Esc Enter", vec![open("zhijiao-2019")]),
        ("/ 'zyjy Esc Enter", vec![open("zhijiao-2019")]),
        ("/ 'xyzw Enter Enter", vec![]),
        ("Esc", vec![]),
        ("q", vec![]),
        ("D", vec![]),
    ] {
        let mut stage = stage();
        stage.keys(keys);
        assert_eq!(stage.effects, effects, "{keys}");
    }
}

#[test]
fn back_takes_the_narrowing_off_and_then_closes() {
    let mut stage = stage();
    stage.keys("/ '教育 Enter");
    assert_eq!(stage.context.mode(), Mode::Documents);
    assert!(!stage.screen().contains("综合保税区"), "{}", stage.screen());
    stage.keys("Esc");
    assert!(stage.screen().contains("综合保税区"), "{}", stage.screen());
    stage.keys("Esc");
    assert_eq!(stage.context.mode(), Mode::Browse);
}

#[test]
fn a_list_that_comes_after_the_picker_closed_is_ignored() {
    let mut stage = stage();
    stage.keys("Esc");
    stage.receive(Message::Listed(vec![item("a", "甲")], 0));
    assert_eq!(stage.context.mode(), Mode::Browse);
}

/// An app whose journal has not written the last tick.
fn unsaved() -> TestApp {
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    stage.keys("j j Space D");
    stage.receive(Message::Listed(vec![item("a", "甲")], 0));
    stage.effects.clear();
    stage
}

#[test]
fn what_is_being_written_is_waited_for() {
    let mut stage = unsaved();
    stage.keys("Enter");
    assert_eq!(stage.effects, []);
    let draft = stage.context.saving.pending[0].clone();
    let written = draft.at(stage.context.now, None, jiff::tz::Offset::constant(8));
    let written = Message::Written(vec![written], Batch::default());
    stage.receive(written.clone());
    assert_eq!(stage.effects, [open("a")]);
    assert_eq!(stage.status("1.1"), Status::Done);

    // A user who has begun something else stays.
    let mut stage = unsaved();
    stage.keys("Enter ?");
    stage.receive(written);
    assert_eq!(stage.effects, []);
}

#[test]
fn what_cannot_be_written_is_asked_about() {
    let failed = || Message::WriteFailed("disk full".into());
    for (before, keys, effects) in [
        (true, "Enter y", vec![open("a")]),
        (true, "Enter n", vec![]),
        (false, "Enter", vec![]),
    ] {
        let mut stage = unsaved();
        if before {
            stage.receive(failed());
        }
        stage.keys(keys);
        if !before {
            stage.receive(failed());
            assert_eq!(stage.context.mode(), Mode::Confirm);
            assert!(stage.screen().contains("disk full"), "{}", stage.screen());
        }
        assert_eq!(stage.effects, effects, "{before} {keys}");
    }
}

#[test]
fn the_picker_is_drawn_at_every_size() {
    for size in [(1, 1), (8, 2), (20, 5), (40, 16), (80, 24), (200, 50)] {
        let mut stage = stage();
        stage.receive(Message::Resize(size.0, size.1));
        stage.keys("j");
        assert_eq!(stage.screen().lines().count(), usize::from(size.1));
    }
    let mut stage = stage();
    let screen = stage.keys("j").screen();
    for part in [
        "文件 3 份  另有 1 份无法读取",
        "* 天津口岸  征求意见稿",
        "tianjin-2025",
    ] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
}

#[test]
fn a_meeting_under_way_is_ended_first() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j m Enter D");
    assert!(stage.context.meeting.is_some(), "{}", stage.screen());
    stage.receive(Message::Listed(vec![item("a", "甲")], 0));
    stage.effects.clear();
    stage.keys("Enter");
    let opens = |e: &Effect| matches!(e, Effect::Open(_));
    assert!(!stage.effects.iter().any(opens), "{:?}", stage.effects);
    assert_eq!(stage.context.mode(), Mode::Line, "{}", stage.screen());
}

#[test]
fn a_document_that_takes_long_to_open_is_stopped_by_esc() {
    let mut stage = TestApp::new(80, 24);
    stage.context.opening = true;
    stage.keys("j");
    assert_eq!(stage.notice(), "正在打开文件，按 Esc 取消");
    stage.keys("Esc");
    assert_eq!(stage.notice(), "已取消打开");
    assert!(!stage.context.opening);
    stage.keys("j");
    assert_eq!(stage.notice(), "");
}

#[test]
fn each_document_says_how_far_it_is_and_what_is_overdue() {
    let mut stage = stage();
    let mut beside = Tally::default();
    beside.add(Status::Done);
    let count = DocumentCount {
        rate: (8, 40),
        beside,
        overdue: 3,
    };
    stage.receive(Message::Counted(vec![("bonded-2019".into(), count)]));
    let screen = stage.screen();
    for part in [
        "综合保税区  8/40 20%  ＋新增 1/1  逾期 3",
        "天津口岸  征求意见稿  0/42 0%",
    ] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    let other = screen.lines().find(|l| l.contains("职业教育")).unwrap();
    assert!(!other.contains('%'), "not counted: {other}");
}

#[test]
fn only_small_documents_are_counted() {
    let document = std::sync::Arc::new(Document::default());
    let open = move |name: &str| {
        let journal = Journal::open(std::path::Path::new("/nowhere/a.yaml"), name);
        Ok(Opened {
            checklist: LoadedChecklist {
                name: name.to_owned(),
                progress: Progress::new(document.clone()),
                lang: Lang::En,
                trouble: None,
            },
            journal: journal.map_err(|_| "no journal".to_owned())?,
        })
    };
    let opener = Opener::new(open, |name| if name == "big" { 2 << 20 } else { 9 });
    let names = ["big".to_owned(), "small".to_owned()];
    let Message::Counted(counts) = opening::count(&opener, &names, jiff::civil::date(2026, 1, 1))
    else {
        panic!("not a count");
    };
    let names: Vec<&str> = counts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["small"]);
}
