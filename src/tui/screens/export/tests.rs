//! Exports: contents, format, path; and path completion.

use crate::{
    report::export::Format,
    tui::{
        action::Action,
        keymap::{BINDINGS, Mode},
        message::{Content, ExportRequest, Message, SaveJob, SaveResult},
        request::Effect,
        test_app::TestApp,
    },
};

fn stage() -> TestApp {
    TestApp::new(80, 24)
}

fn line(stage: &TestApp) -> &str {
    stage.typed().0
}

fn ordered(stage: &TestApp) -> (&SaveJob, &ExportRequest) {
    match stage.effects.last() {
        Some(Effect::Save(paper, false)) => match &paper.content {
            Content::Export(order) => (paper, order),
            Content::Minutes(_) => panic!("{paper:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_shown_or_marked_is_exported_as_what_is_picked() {
    let all = "tianjin-2025-台账-2026-11-23";
    for (keys, format, by_unit, count, path) in [
        ("e Enter", Format::Xlsx, false, None, format!("{all}.xlsx")),
        ("e ２", Format::Xlsx, true, None, format!("{all}.xlsx")),
        (
            "e Down Down Space",
            Format::Csv,
            false,
            None,
            format!("{all}.csv"),
        ),
        ("e 4", Format::Markdown, false, None, format!("{all}.md")),
        ("e 5", Format::Json, false, None, format!("{all}.json")),
        (
            "/ '@天津海关 Enter e 1",
            Format::Xlsx,
            false,
            Some(19),
            "tianjin-2025-天津海关-台账-2026-11-23.xlsx".to_owned(),
        ),
        (
            "j j v j v e 1",
            Format::Xlsx,
            false,
            Some(2),
            "tianjin-2025-已标记-台账-2026-11-23.xlsx".to_owned(),
        ),
    ] {
        let mut stage = stage();
        stage.keys(keys);
        assert_eq!(line(&stage), path, "{keys}");
        stage.keys("Enter");
        let (paper, order) = ordered(&stage);
        assert_eq!(paper.path, path, "{keys}");
        assert_eq!((order.format, order.by_unit), (format, by_unit), "{keys}");
        assert_eq!(order.clauses.as_ref().map(Vec::len), count, "{keys}");
        assert_eq!(stage.context.mode(), Mode::Browse);
        let paper = paper.clone();
        stage.receive(Message::Saved(paper, SaveResult::Saved));
        let n = count.unwrap_or(42);
        assert_eq!(stage.notice(), format!("已导出 {n} 款：{path}"));
    }
}

#[test]
fn every_row_of_the_picker_has_its_key() {
    for nth in 0..super::EXPORTS.len() {
        let is_own = |b: &&crate::tui::keymap::Binding| b.action == Action::Choose(nth);
        let own = BINDINGS.iter().find(is_own);
        assert!(
            own.is_some_and(|b| b.modes.contains(&Mode::Export)),
            "{nth}"
        );
    }
}

#[test]
fn a_report_asks_for_its_first_day_and_its_title() {
    for (keys, since, title, count) in [
        ("Enter Enter Enter", "2026-11-01", None, None),
        (
            "'7月 Enter '三季度通报 Enter Enter",
            "2026-07-01",
            Some("三季度通报"),
            None,
        ),
    ] {
        let mut stage = stage();
        stage.keys("e 8").keys(keys);
        let (paper, order) = ordered(&stage);
        let report = order.report.as_ref().unwrap();
        assert_eq!(report.since.to_string(), since);
        assert_eq!(report.title.as_deref(), title);
        assert_eq!(order.clauses.as_ref().map(Vec::len), count);
        assert_eq!(paper.path, "tianjin-2025-通报-2026-11-23.docx");
    }
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter e 8 '不是日子 Enter");
    assert_eq!(line(&stage), "不是日子", "it is not accepted");
    stage.keys("Ctrl-u '7d");
    assert!(stage.screen().contains("2026-11-16"), "{}", stage.screen());
    stage.keys("Enter Enter Enter");
    assert_eq!(ordered(&stage).1.clauses.as_ref().map(Vec::len), Some(19));
}

#[test]
fn an_export_can_be_left_at_every_step() {
    for keys in ["e Esc", "e e", "e q", "e 1 Esc", "e 1 Ctrl-u Enter"] {
        let mut stage = stage();
        stage.keys(keys);
        assert_eq!(stage.context.mode(), Mode::Browse, "{keys}");
        assert!(stage.effects.is_empty(), "{keys}: {:?}", stage.effects);
    }
    let mut stage = stage();
    stage.keys("/ '无此内容 Enter e");
    assert_eq!(
        (stage.context.mode(), stage.notice()),
        (Mode::Browse, "此处没有条款")
    );
}

#[test]
fn no_file_is_written_over_without_a_question() {
    let mut stage = stage();
    stage.keys("e 1 Enter");
    let asked = ordered(&stage).0.clone();
    stage.receive(Message::Saved(asked.clone(), SaveResult::Exists(None)));
    assert_eq!(stage.notice(), "", "the keys of the question stand there");
    assert_eq!(stage.context.mode(), Mode::Confirm);
    stage.keys("n");
    assert_eq!(line(&stage), asked.path, "another name can be given");
    stage.keys("Enter");
    stage.receive(Message::Saved(asked.clone(), SaveResult::Exists(None)));
    stage.keys("y");
    assert_eq!(
        stage.effects.last(),
        Some(&Effect::Save(asked.clone(), true))
    );
    stage.receive(Message::Saved(asked, SaveResult::Failed("磁盘已满".into())));
    assert_eq!(stage.context.mode(), Mode::Line);
    assert!(stage.screen().contains("磁盘已满"), "{}", stage.screen());
}

#[test]
fn a_path_is_completed_as_far_as_it_is_clear_and_then_in_turn() {
    let mut stage = stage();
    let paths = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    stage.keys("e 1 Ctrl-u 'o Tab");
    assert_eq!(stage.effects.pop(), Some(Effect::Complete("o".into())));
    let two = paths(&["out/一季.xlsx", "out/一月.xlsx"]);
    stage.receive(Message::Completed("o".into(), two.clone()));
    assert_eq!(line(&stage), "out/一");
    stage.keys("Tab");
    assert_eq!(stage.effects.pop(), Some(Effect::Complete("out/一".into())));
    stage.receive(Message::Completed("out/一".into(), two.clone()));
    for wanted in [&two[0], &two[1], &two[0]] {
        assert_eq!(line(&stage), wanted);
        let screen = stage.screen();
        assert!(two.iter().all(|path| screen.contains(path)), "{screen}");
        stage.keys("Tab");
    }
    // A late answer, after something else was typed, is ignored.
    stage.keys("Backspace");
    let typed = line(&stage).to_owned();
    stage.receive(Message::Completed("out/一".into(), two));
    assert_eq!(line(&stage), typed);
    stage.keys("Tab");
    stage.receive(Message::Completed(typed.clone(), Vec::new()));
    assert_eq!(line(&stage), typed);
    assert!(
        stage.screen().contains("没有以此开头"),
        "{}",
        stage.screen()
    );
}

#[test]
fn the_path_of_minutes_is_completed_too() {
    let mut stage = stage();
    stage.keys("m Esc Ctrl-u 'x Tab");
    assert_eq!(stage.effects.last(), Some(&Effect::Complete("x".into())));
    stage.receive(Message::Completed("x".into(), vec!["x/".into()]));
    assert_eq!(line(&stage), "x/");
}
