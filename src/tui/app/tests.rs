//! Tables of keys and their results.

use crate::{
    progress::{Body, Status, journal::Batch},
    tui::{
        keymap::Mode, message::Message, request::Effect, screens::screen::hints, test_app::TestApp,
    },
};

/// On a fresh checklist: keys, then the node under the cursor.
#[test]
fn walking() {
    for (keys, at) in [
        ("", "1"),
        ("j", "1"),
        ("j j", "1.1"),
        ("j j j", "1.2"),
        ("j j j k", "1.1"),
        ("Down Down Up", "1"),
        ("G", "20.4"),
        ("G g", "1"),
        ("G j j", "20.4"),
        ("k k", "1"),
        ("j j h", "1"),
        ("j j h h", "1"),
        ("j ]", "2"),
        ("] ] ] [", "2"),
        ("'16 Enter", "16"),
        (": '16.3 Enter", "16.3"),
        ("： '16。3 Enter", "16.3"),
        ("'９ Enter", "9"),
        ("'99 Enter Esc", "1"),
        ("'1 Esc", "1"),
        ("'1 Backspace Backspace j j", "1.1"),
        ("z", "1"),
        ("z j", "2"),
        ("z j j G", "5"),
        ("z z j j", "1.1"),
        ("j j Tab", "1"),
        ("j j Tab j", "2"),
        ("j j Tab Tab j", "1.1"),
        ("h", "1"),
        ("h l j", "1"),
        ("h l j j", "1.1"),
        ("h j", "2"),
        // Esc and the following key in one read look like Alt with that key.
        ("? Alt-j j", "1.1"),
        ("s Alt-G", "20.4"),
        ("j j Enter Alt-j", "1.2"),
        ("/ '通 Alt-j", "12.1"),
    ] {
        let mut stage = TestApp::new(80, 24);
        assert_eq!(stage.keys(keys).at(), at, "{keys}");
    }
}

#[test]
fn a_page_moves_by_a_page_and_back() {
    let mut stage = TestApp::new(80, 24);
    let top = stage.keys("PgDn PgDn").context.outline.scroll();
    assert!(top > 0);
    stage.keys("PgUp PgUp");
    assert_eq!(
        (stage.at().as_str(), stage.context.outline.scroll()),
        ("1", 0)
    );
    stage.keys("PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
    assert_eq!(stage.at(), "20.4");
}

#[test]
fn space_ticks_and_puts_back() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j Space");
    assert_eq!(stage.status("1.1"), Status::Done);
    assert_eq!(stage.notice(), "1.1 -> 已完成");
    stage.keys("Space");
    assert_eq!(stage.status("1.1"), Status::Todo);
    stage.keys("s 2 Space");
    assert_eq!(stage.status("1.1"), Status::Done);
    stage.keys("Space");
    assert_eq!(stage.status("1.1"), Status::Doing);
}

#[test]
fn space_on_what_is_closed_ongoing_or_dropped_opens_the_picker() {
    for (keys, status) in [
        ("j j s 3 s 4", Status::Closed),
        ("j j s 5", Status::Ongoing),
        ("j j s 7 '机构改革 Enter", Status::Dropped),
    ] {
        let mut stage = TestApp::new(80, 24);
        stage.keys(keys);
        assert_eq!(stage.status("1.1"), status);
        stage.keys("Space");
        assert_eq!(
            (stage.status("1.1"), stage.context.mode()),
            (status, Mode::Pick)
        );
        stage.keys("Esc");
        assert_eq!(stage.context.mode(), Mode::Browse);
    }
}

#[test]
fn a_status_is_picked_by_letters_digits_and_arrows() {
    for (keys, status) in [
        ("s d", Status::Done),
        ("s i", Status::Doing),
        ("s d s c", Status::Closed),
        ("s o", Status::Ongoing),
        ("s o s t", Status::Todo),
        ("s b '等待部署 Enter", Status::Blocked),
        ("s p '机构改革 Enter", Status::Dropped),
        ("s 2", Status::Doing),
        ("s ２", Status::Doing),
        ("s Down Down Enter", Status::Done),
        ("s Down Down Down Down Space", Status::Ongoing),
    ] {
        let mut stage = TestApp::new(80, 24);
        stage.keys("j j").keys(keys);
        assert_eq!(stage.status("1.1"), status, "{keys}");
    }
    let mut stage = TestApp::new(80, 24);
    let screen = stage.keys("j j s").screen();
    for row in [
        "状态  1.1 根据",
        "3  [x] 已完成",
        "须先完成",
        "须填原因",
        "现在的状态",
    ] {
        assert!(screen.contains(row), "{row}\n{screen}");
    }
    let screen = stage.keys("d s").screen();
    assert!(!screen.contains("须先完成"), "{screen}");
}

#[test]
fn a_measure_is_ticked_whole_after_a_question_as_one_set() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("'16 Enter Space");
    assert_eq!(stage.context.mode(), Mode::Confirm);
    assert_eq!(stage.status("16.1"), Status::Todo);
    stage.keys("n");
    assert_eq!(stage.status("16.1"), Status::Todo);
    stage.keys("Space / '通 Enter");
    assert_eq!(
        stage.status("16.1"),
        Status::Todo,
        "not answered by what was meant for another line"
    );
    stage.keys("Esc '16 Enter Space y");
    for id in ["16.1", "16.2", "16.3", "16.4"] {
        assert_eq!(stage.status(id), Status::Done);
    }
    assert_eq!(stage.context.progress.changes().len(), 1);
    stage.keys("u");
    assert_eq!(stage.status("16.4"), Status::Todo);
    stage.keys("Ctrl-r Space Enter");
    assert_eq!(
        stage.status("16.4"),
        Status::Todo,
        "a second Space puts all back"
    );
    // Each goes back to what it was, which is what the notice says.
    stage.keys("j s 2 h Space Enter Space Enter");
    assert_eq!(stage.status("16.1"), Status::Doing);
    assert_eq!(stage.status("16.4"), Status::Todo);
    assert_eq!(stage.notice(), "16.1 等 4 款 -> 各自原状态");
}

#[test]
fn a_second_space_leaves_done_what_was_done_before_the_first() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("'19.2 Enter Space '19 Enter Space Enter Space");
    assert_eq!(
        (stage.status("19.2"), stage.status("19.3")),
        (Status::Done, Status::Done)
    );
    assert!(stage.screen().contains("下 3 款复原"), "{}", stage.screen());
    stage.keys("Enter");
    for (id, status) in [
        ("19.1", Status::Todo),
        ("19.2", Status::Done),
        ("19.3", Status::Todo),
        ("19.4", Status::Todo),
    ] {
        assert_eq!(stage.status(id), status, "{id}");
    }
    // Clauses ticked one by one go back together.
    let mut stage = TestApp::new(80, 24);
    stage.keys("'19.1 Enter Space j Space j Space j Space '19 Enter Space Enter");
    for id in ["19.1", "19.2", "19.3", "19.4"] {
        assert_eq!(stage.status(id), Status::Todo, "{id}");
    }
}

#[test]
fn a_reason_is_asked_for_and_kept_in_the_same_set() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j s 6 Enter");
    assert_eq!(
        (stage.context.mode(), stage.status("1.1")),
        (Mode::Write, Status::Todo)
    );
    stage.keys("'等待部署 Enter");
    assert_eq!(stage.status("1.1"), Status::Blocked);
    let record = stage.context.progress.record(0);
    assert_eq!(record.remarks[0].text, "等待部署");
    assert_eq!(stage.context.progress.changes().len(), 1);
}

#[test]
fn only_what_is_done_can_be_closed() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j s 4");
    assert_eq!(
        (stage.status("1.1"), stage.context.saving.pending.len()),
        (Status::Todo, 0)
    );
    assert!(stage.notice().contains("1.1"), "{}", stage.notice());
}

#[test]
fn undo_and_redo_walk_this_session() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j Space j Space u");
    assert_eq!(
        (stage.status("1.1"), stage.status("1.2")),
        (Status::Done, Status::Todo)
    );
    stage.keys("u");
    assert_eq!(stage.status("1.1"), Status::Todo);
    stage.keys("u");
    assert_eq!(stage.notice(), "没有可撤销的改动");
    stage.keys("Ctrl-r Ctrl-r Ctrl-r");
    assert_eq!(
        (stage.status("1.1"), stage.status("1.2")),
        (Status::Done, Status::Done)
    );
    assert_eq!(stage.notice(), "没有可重做的改动");
}

#[test]
fn an_earlier_session_is_undone_after_a_question_and_a_colleague_never() {
    let mut stage = TestApp::new(80, 24);
    stage.context.session = "s0".into();
    stage.keys("j j Space");
    (stage.context.session, stage.context.by) = ("s9".into(), "lisi".into());
    stage.keys("j Space");
    (stage.context.session, stage.context.by) = ("s1".into(), "zhangsan".into());
    stage.keys("u");
    assert_eq!(stage.context.mode(), Mode::Confirm);
    stage.keys("y u");
    assert_eq!(
        (stage.status("1.1"), stage.status("1.2")),
        (Status::Todo, Status::Done)
    );
    assert_eq!(stage.notice(), "没有可撤销的改动");
}

#[test]
fn unsaved_changes_are_reported_and_leaving_asks() {
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    stage.keys("j j Space");
    let [Effect::Append(draft)] = &stage.effects[..] else {
        panic!("{:?}", stage.effects)
    };
    assert!(matches!(&draft.body, Body::Edits(edits) if edits.len() == 1));
    stage.receive(Message::WriteFailed("磁盘已满".into()));
    assert_eq!(
        stage.status("1.1"),
        Status::Done,
        "what was done stays on the screen"
    );
    stage.keys("q");
    assert_eq!(stage.context.mode(), Mode::Confirm);
    stage.keys("n");
    assert!(!stage.effects.contains(&Effect::Quit));
    stage.keys("q y");
    assert_eq!(stage.effects.last(), Some(&Effect::Quit));
}

/// The journal may give a change a later time than the screen gave the following one.
#[test]
fn what_is_not_saved_yet_comes_after_what_is() {
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    stage.keys("j j Space Space");
    let drafts: Vec<_> = std::mem::take(&mut stage.effects)
        .into_iter()
        .filter_map(|e| match e {
            Effect::Append(draft) => Some(draft),
            _ => None,
        })
        .collect();
    let later = stage.context.now + jiff::SignedDuration::from_secs(60);
    let first = drafts[0].at(later, None, jiff::tz::Offset::UTC);
    stage.receive(Message::Written(vec![first], Batch::default()));
    assert_eq!(stage.status("1.1"), Status::Todo, "ticked, and back");
    let line = r#"- {"at":"2026-11-24T11:00:00+08:00","by":"lisi","session":"m0ze","id":"p2c8w1n5ru","clause":"1.1","status":"doing"}"#;
    stage.receive(Message::Read(Batch {
        changes: vec![crate::progress::Change::read(line).unwrap()],
        ..Batch::default()
    }));
    assert_eq!(stage.status("1.1"), Status::Todo, "ours will come after it");
    let last = later + jiff::SignedDuration::from_hours(48);
    let second = drafts[1].at(last, None, jiff::tz::Offset::UTC);
    stage.receive(Message::Written(vec![second], Batch::default()));
    assert_eq!(stage.status("1.1"), Status::Todo);
}

#[test]
fn leaving_waits_for_what_is_being_saved() {
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    stage.keys("j j Space q");
    assert!(!stage.effects.contains(&Effect::Quit), "still being saved");
    assert_eq!(stage.notice(), "正在保存，写完即退出");
    let Effect::Append(draft) = stage.effects.remove(0) else {
        panic!("{:?}", stage.effects)
    };
    let written = draft.at(stage.context.now, None, jiff::tz::Offset::UTC);
    stage.receive(Message::Written(vec![written], Batch::default()));
    assert_eq!(stage.effects.last(), Some(&Effect::Quit));
}

#[test]
fn leaving_asks_when_what_is_being_saved_fails() {
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    stage.keys("j j Space q");
    stage.receive(Message::WriteFailed("磁盘已满".into()));
    assert_eq!(stage.context.mode(), Mode::Confirm);
    assert_eq!(stage.notice(), "", "the keys of the question are shown");
    assert!(!stage.effects.contains(&Effect::Quit));
    // A user who has continued working is not thrown out.
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    stage.keys("j j Space q s");
    stage.receive(Message::WriteFailed("磁盘已满".into()));
    assert_eq!(stage.context.mode(), Mode::Pick);
}

#[test]
fn a_colleagues_line_is_shown_and_reported_and_moves_nothing() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j : '16");
    let before = (stage.context.outline.clone(), format!("{:?}", stage.above));
    let line = r#"- {"at":"2026-11-23T11:00:00+08:00","by":"lisi","session":"m0ze","id":"p2c8w1n5ru","clause":"16.3","status":"doing"}"#;
    let change = crate::progress::Change::read(line).unwrap();
    stage.receive(Message::Read(Batch {
        changes: vec![change],
        ..Batch::default()
    }));
    assert_eq!(stage.status("16.3"), Status::Doing);
    assert_eq!(stage.notice(), "lisi 16.3 -> 推进中");
    assert_eq!(
        (stage.context.outline.clone(), format!("{:?}", stage.above)),
        before
    );
}

#[test]
fn a_key_that_does_nothing_says_so() {
    for (keys, said) in [
        ("F5", "F5 键没有功能，按 ? 查看全部按键"),
        ("x", "x 键没有功能，按 ? 查看全部按键"),
        ("j j Enter p", "p 键没有功能，按 ? 查看全部按键"),
        ("m x", "x 键没有功能，按 ? 查看全部按键"),
        ("t x", "x 键没有功能，按 ? 查看全部按键"),
        ("j j s x", "x 键在这里没有功能"),
        ("L x", "x 键在这里没有功能"),
        ("? x", "x 键在这里没有功能"),
    ] {
        let mut stage = TestApp::new(80, 24);
        stage.keys("j j Space g");
        stage.keys(keys);
        assert_eq!(stage.notice(), said, "{keys}");
    }
}

/// They are shown beside the hints; during a notice, or while text is typed, they wait.
#[test]
fn news_leaves_the_hints_and_waits_until_it_can_be_read() {
    let line = r#"- {"at":"2026-11-23T11:00:00+08:00","by":"lisi","session":"m0ze","id":"p2c8w1n5ru","clause":"16.3","status":"doing"}"#;
    let news = || {
        Message::Read(Batch {
            changes: vec![crate::progress::Change::read(line).unwrap()],
            ..Batch::default()
        })
    };
    let row = |stage: &TestApp| stage.screen().lines().last().unwrap().to_owned();
    for (width, hint) in [(120, "/ 查找"), (80, "q 退出"), (40, "? 帮助")] {
        let mut stage = TestApp::new(width, 24);
        stage.receive(news());
        let row = row(&stage);
        assert!(row.contains(hint) && row.contains("lisi 16.3"), "{row}");
        stage.keys("j");
        assert_eq!(stage.notice(), "");
    }
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j Space");
    stage.receive(news());
    assert!(row(&stage).contains("1.1 -> 已完成"), "{}", row(&stage));
    stage.keys("r '字");
    assert!(row(&stage).contains("lisi 16.3"), "{}", row(&stage));
    stage.keys("Esc j j");
    assert_eq!(stage.notice(), "");
}

#[test]
fn news_takes_the_place_of_no_keys_that_a_box_waits_for() {
    for keys in [
        "j j s",
        "'16 Enter Space",
        "j j r",
        "j j d",
        ":",
        "/",
        "e",
        "j j s 6",
    ] {
        for size in [(120, 40), (80, 24), (40, 16)] {
            let mut stage = TestApp::new(size.0, size.1);
            stage.keys(keys);
            stage.context.notice = None;
            let screen = stage.screen();
            let hints = hints(&stage.context, stage.screen_on_top()).into_iter();
            let hints = hints.map(|hint| format!("{} {}", hint.key, hint.words));
            let shown: Vec<String> = hints.filter(|hint| screen.contains(hint)).collect();
            assert!(!shown.is_empty(), "{keys} {size:?}\n{screen}");
            let line = r#"- {"at":"2026-11-23T11:00:00+08:00","by":"lisi","session":"m0ze","id":"p2c8w1n5ru","clause":"16.3","status":"doing"}"#;
            stage.receive(Message::Read(Batch {
                changes: vec![crate::progress::Change::read(line).unwrap()],
                ..Batch::default()
            }));
            assert!(stage.notice().contains("lisi"));
            let screen = stage.screen();
            for hint in shown {
                assert!(screen.contains(&hint), "{hint}: {keys} {size:?}\n{screen}");
            }
        }
    }
}

#[test]
fn a_paste_is_text_and_never_keys() {
    let mut stage = TestApp::new(80, 24);
    stage.receive(Message::Paste("j\rq".into()));
    assert_eq!((stage.at().as_str(), stage.effects.len()), ("1", 0));
    stage.keys(":");
    stage.receive(Message::Paste("16\n".into()));
    stage.keys("Enter");
    assert_eq!(stage.at(), "16");
}

#[test]
fn an_action_is_found_by_its_name() {
    let mut stage = TestApp::new(80, 24);
    stage.keys(": 'bottom Enter");
    assert_eq!(stage.at(), "20.4");
    stage.keys(": '到开头 Enter");
    assert_eq!(stage.at(), "1");
    stage.keys(": '16.9 Enter");
    assert_eq!(
        stage.context.mode(),
        Mode::Line,
        "the line stays, with what is wrong"
    );
    stage.keys("Esc : 'quit Enter");
    assert_eq!(stage.effects, [Effect::Quit]);
}

#[test]
fn the_open_clause_is_worked_by_digits() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j Enter");
    assert_eq!(stage.context.mode(), Mode::Detail);
    stage.keys("3 → 2 ← 0");
    assert_eq!(
        (stage.status("1.1"), stage.status("1.2")),
        (Status::Done, Status::Todo)
    );
    stage.keys("Esc");
    assert_eq!(
        (stage.context.mode(), stage.at().as_str()),
        (Mode::Browse, "1.1")
    );
}

#[test]
fn a_key_that_does_nothing_says_which_shows_those_that_do() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("x");
    assert_eq!(stage.notice(), "x 键没有功能，按 ? 查看全部按键");
    stage.keys("j");
    assert_eq!(stage.notice(), "");
}

#[test]
fn a_clause_says_how_its_deadline_slipped() {
    let mut stage = TestApp::new(120, 36);
    stage.keys(": '16.3 Enter d '2026-11-30 Enter");
    assert!(!stage.screen().contains("（原"), "{}", stage.screen());
    stage.keys("d Ctrl-u '2026-12-31 Enter");
    let screen = stage.screen();
    assert!(screen.contains("（原 11-30，延"), "{screen}");
}

#[test]
fn a_missed_deadline_is_confirmed_with_its_year() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("'1.1 Enter");
    let week_ago = stage.context.today.saturating_sub(jiff::ToSpan::days(7));
    stage.keys(&format!("d Ctrl-u '{} Enter", week_ago.strftime("%m-%d")));
    assert_eq!(stage.notice(), format!("1.1 -> {week_ago}（已逾期）"));
    stage.keys("Space");
    stage.keys(&format!(
        "d Ctrl-u '{} Enter",
        week_ago.strftime("%Y-%m-%d")
    ));
    assert!(
        !stage.notice().contains("逾期"),
        "what is done is not overdue"
    );
}
