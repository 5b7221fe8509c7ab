//! Interrupted remarks, by keys: what comes back, and how long it is kept.

use crate::{
    progress::{Kind, Status, journal::Batch},
    tui::{message::Message, request::Effect, test_app::TestApp, text_draft::TextDraft},
};

/// Returns the remarks on the first clause.
fn written(stage: &TestApp) -> Vec<(Kind, &str)> {
    let remarks = &stage.context.progress.record(0).remarks;
    remarks.iter().map(|r| (r.kind, &*r.text)).collect()
}

fn kept(kind: Kind, text: &str) -> TextDraft {
    let text = text.to_owned();
    TextDraft { kind, text }
}

#[test]
fn a_remark_that_was_left_comes_back_with_its_kind() {
    for (keys, kind, status) in [
        ("r 'ab Esc r Enter", Kind::Progress, Status::Todo),
        ("r Tab 'ab Esc r Enter", Kind::Problem, Status::Todo),
        ("r 'ab Tab Esc r Enter", Kind::Problem, Status::Todo),
        ("r 'ab Tab Tab Esc r Enter", Kind::Next, Status::Todo),
        (
            "r 'ab Tab Esc r Tab Tab Enter",
            Kind::Progress,
            Status::Todo,
        ),
        ("s 6 Enter 'ab Esc Esc r Enter", Kind::Problem, Status::Todo),
        ("r 'ab Esc s 6 Enter Enter", Kind::Problem, Status::Blocked),
        (
            // The reason for 受阻 is a problem, whatever was chosen before or is chosen now.
            "r 'ab Tab Tab Esc s 6 Enter Tab Enter",
            Kind::Problem,
            Status::Blocked,
        ),
    ] {
        let mut stage = TestApp::new(80, 24);
        stage.keys("j j").keys(keys);
        assert_eq!(written(&stage), [(kind, "ab")], "{keys}");
        assert_eq!(stage.status("1.1"), status, "{keys}");
        let last = stage.effects.iter().rev().find_map(|effect| match effect {
            Effect::Keep(name, kept) => Some((name.as_str(), kept)),
            _ => None,
        });
        // A kind chosen without typing since is not in the file yet.
        if !keys.contains('6') {
            assert_eq!(last, Some(("1.1", &kept(kind, "ab"))), "{keys}");
        }
    }
}

/// Lets the journal write what is pending; returns the resulting effects.
fn becomes_durable(stage: &mut TestApp) -> Vec<Effect> {
    let draft = stage.context.saving.pending[0].clone();
    let written = draft.at(stage.context.now, None, jiff::tz::Offset::constant(8));
    stage.effects.clear();
    stage.receive(Message::Written(vec![written], Batch::default()));
    std::mem::take(&mut stage.effects)
}

fn now(kept: TextDraft) -> [Effect; 1] {
    [Effect::KeepNow("1.1".into(), kept)]
}

#[test]
fn a_draft_goes_when_its_remark_is_durable_at_once_and_not_before() {
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    stage.keys("j j r Tab 'ab");
    stage.effects.clear();
    stage.keys("Enter");
    let [Effect::Append(_)] = &stage.effects[..] else {
        panic!("{:?}", stage.effects);
    };
    stage.receive(Message::WriteFailed("disk full".into()));
    assert_eq!(becomes_durable(&mut stage), now(TextDraft::default()));
}

#[test]
fn the_next_remark_on_a_clause_takes_no_place_from_one_that_is_not_durable() {
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    stage.keys("j j r Tab 'ab Enter r 'c");
    let keep = |kept| Some(Effect::Keep("1.1".into(), kept));
    let last = stage.effects.last().cloned();
    assert_eq!(last, keep(kept(Kind::Progress, "ab\nc")));
    stage.keys("Backspace");
    let last = stage.effects.last().cloned();
    assert_eq!(last, keep(kept(Kind::Problem, "ab")));
    stage.keys("'d Esc");
    let typed = kept(Kind::Progress, "d");
    assert_eq!(becomes_durable(&mut stage), now(typed));
}

#[test]
fn a_step_being_typed_is_kept_until_it_is_durable() {
    let mut stage = TestApp::new(80, 24);
    stage.saves = false;
    let name = || "1.1-step".to_owned();
    stage.keys("j j a '联系企");
    let last = stage.effects.last().cloned();
    assert_eq!(
        last,
        Some(Effect::Keep(name(), kept(Kind::Progress, "联系企")))
    );
    stage.keys("Esc");
    assert_eq!(stage.notice(), "草稿已保留，按 a 继续");
    // It is neither a remark, nor another clause's.
    stage.keys("r");
    assert!(!stage.screen().contains("联系企"));
    stage.keys("Esc j a");
    assert!(!stage.screen().contains("联系企"));
    stage.keys("Esc k a");
    assert!(stage.screen().contains("联系企"), "{}", stage.screen());
    stage.keys("'业 Enter");
    let Some(Effect::Append(_)) = stage.effects.last() else {
        panic!("{:?}", stage.effects);
    };
    let gone = [Effect::KeepNow(name(), TextDraft::default())];
    assert_eq!(becomes_durable(&mut stage), gone);
    stage.keys("a");
    assert!(stage.context.drafts.is_empty());
    // A deleted text is not a draft.
    stage.keys("'x Backspace");
    let last = stage.effects.last().cloned();
    assert_eq!(last, Some(Effect::Keep(name(), TextDraft::default())));
}

#[test]
fn what_was_meant_for_one_does_not_come_back_for_several() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j r '只给一款 Esc k r");
    assert!(!stage.screen().contains("只给一款"));
    stage.keys("'给整条 Esc j r");
    assert!(stage.screen().contains("只给一款"));
    stage.keys("Esc v v r");
    assert!(
        stage.screen().contains("给整条"),
        "1.1 and 1.2 are measure 1"
    );
}

#[test]
fn a_draft_is_reported_kept_only_once_it_is_and_leaving_without_it_asks() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j r 'ab");
    let full = Err("磁盘已满".to_owned());
    stage.receive(Message::Kept("1.1".into(), full));
    assert_eq!(stage.notice(), "草稿未能保留：磁盘已满，将自动重试");
    stage.keys("Esc");
    assert_eq!(stage.notice(), "草稿已保留，按 r 继续");
    stage.receive(Message::Kept("1.1".into(), Err("磁盘已满".to_owned())));
    stage.effects.clear();
    stage.keys("q");
    assert!(
        stage.screen().contains("有 1 份草稿未能保留"),
        "{}",
        stage.screen()
    );
    assert_eq!(stage.effects, []);
    stage.receive(Message::Kept("1.1".into(), Ok(())));
    assert_eq!(stage.notice(), "草稿已保留");
    stage.keys("n q");
    assert_eq!(stage.effects, [Effect::Quit]);
}

#[test]
fn a_text_that_no_journal_takes_is_not_typed_and_one_from_elsewhere_is_not_saved() {
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j r");
    stage.receive(Message::Paste("字".repeat(21_845)));
    stage.keys("'a");
    for beyond in ["Ctrl-j", "c"] {
        stage.keys(beyond);
        assert!(stage.screen().contains("65537"), "{}", stage.screen());
    }
    stage.receive(Message::Paste("bb".into()));
    assert!(stage.screen().contains("65538"), "{}", stage.screen());
    let last = stage.effects.last();
    assert!(matches!(last, Some(Effect::Keep(_, kept)) if kept.text.len() == 65_536));
    stage.receive(Message::Edited("字".repeat(21_846)));
    stage.keys("Enter");
    assert_eq!(written(&stage), []);
    stage.keys("Backspace Enter");
    assert_eq!(written(&stage).len(), 1);
}
