//! The past on the screen: walking it, what it refuses, and what comes meanwhile.

use crate::{
    progress::{Body, Change, Draft, Edit, Status, journal::Batch},
    tui::{keymap::Mode, message::Message, test_app::TestApp},
};
use jiff::tz::Offset;

fn change(at: &str, by: &str, clause: &str, status: Status) -> Change {
    let edit = Edit {
        status: Some(status),
        ..Edit::new(clause.parse().unwrap())
    };
    let draft = Draft::new(by, "s", Body::Edits(vec![edit]));
    draft.at(at.parse().unwrap(), None, Offset::constant(8))
}

fn stage(size: (u16, u16)) -> TestApp {
    let mut stage = TestApp::new(size.0, size.1);
    for (at, by, clause, status) in [
        ("2026-10-30T10:00:00+08:00", "李四", "1.1", Status::Doing),
        ("2026-10-31T10:00:00+08:00", "李四", "1.1", Status::Done),
        ("2026-10-31T11:00:00+08:00", "张三", "1.2", Status::Done),
        ("2026-11-20T10:00:00+08:00", "李四", "1.1", Status::Closed),
    ] {
        stage
            .context
            .progress
            .insert(change(at, by, clause, status));
    }
    stage.keys(": '1.1 Enter");
    stage
}

#[test]
fn days_with_changes_are_walked_and_nothing_is_written() {
    let mut stage = stage((120, 40));
    stage.keys("p");
    assert_eq!(stage.context.mode(), Mode::Past);
    assert_eq!(stage.status("1.1"), Status::Closed);
    let screen = stage.screen();
    assert!(
        screen.contains("截至 2026-11-20") && screen.contains("李四 1 处"),
        "{screen}"
    );
    stage.keys("←");
    assert_eq!(
        (stage.status("1.1"), stage.status("1.2")),
        (Status::Done, Status::Done)
    );
    assert!(stage.screen().contains("李四 1 处"), "{}", stage.screen());
    for keys in [
        "Space",
        "s",
        "r",
        "d",
        "o",
        "a",
        "u",
        "Ctrl-r",
        "Enter 1",
        ": '撤销 Enter",
    ] {
        stage.keys(keys);
        let notice = stage
            .context
            .notice
            .clone()
            .unwrap_or_else(|| panic!("{keys}"));
        assert!(
            notice.alarm && notice.text.contains("只能看"),
            "{keys}: {notice:?}"
        );
        // Esc first takes the notice away from an open clause.
        while stage.context.mode() != Mode::Past {
            stage.keys("Esc");
        }
    }
    stage.keys("[");
    assert_eq!(stage.context.today.to_string(), "2026-10-24");
    assert_eq!(stage.context.progress.changes().len(), 0);
    stage.keys("[");
    assert!(
        stage.screen().contains("再往前没有改动"),
        "{}",
        stage.screen()
    );
    stage.keys("→ → ]");
    assert_eq!(stage.context.today.to_string(), "2026-11-07");
    assert_eq!(stage.status("1.1"), Status::Done);
    stage.keys("→ →");
    assert_eq!(
        stage.context.mode(),
        Mode::Browse,
        "beyond the last day is now"
    );
    stage.keys("p ← Esc");
    assert_eq!(
        (stage.context.mode(), stage.status("1.1")),
        (Mode::Browse, Status::Closed)
    );
    assert_eq!(stage.context.today.to_string(), "2026-11-23");
}

#[test]
fn what_comes_meanwhile_is_in_the_present() {
    let mut stage = stage((80, 24));
    stage.keys("p ←");
    let now = change("2026-11-23T10:00:00+08:00", "王五", "2.1", Status::Blocked);
    let batch = Batch {
        changes: vec![now],
        ..Batch::default()
    };
    stage.receive(Message::Read(batch));
    stage.receive(Message::Clock("2026-11-24T09:00:00+08:00".parse().unwrap()));
    stage.receive(Message::Day("2026-11-24".parse().unwrap()));
    assert_eq!(
        (stage.status("2.1"), stage.context.today.to_string()),
        (Status::Todo, "2026-10-31".to_owned())
    );
    assert!(stage.screen().contains("王五"), "{}", stage.screen());
    stage.keys("Esc");
    assert_eq!(
        (stage.status("2.1"), stage.context.today.to_string()),
        (Status::Blocked, "2026-11-24".to_owned())
    );
}

#[test]
fn a_clauses_file_tells_every_change() {
    let mut stage = stage((80, 24));
    stage.keys("L");
    assert_eq!(stage.context.mode(), Mode::Dossier);
    let screen = stage.screen();
    for said in [
        "改动 3 次",
        "未启动 › 推进中",
        "推进中 › 已完成",
        "已完成 › 已销号",
        "2026-11-20 10:00  李四",
    ] {
        assert!(screen.contains(said), "{said}: {screen}");
    }
    stage.keys("L");
    assert_eq!(stage.context.mode(), Mode::History);
    stage.keys("Esc p ← ← L");
    assert!(stage.screen().contains("改动 1 次"), "{}", stage.screen());
}
