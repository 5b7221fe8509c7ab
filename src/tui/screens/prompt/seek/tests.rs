//! Out of order: by number, by words, and back.

use crate::{
    progress::Status,
    tui::{keymap::Mode, request::Effect, test_app::TestApp},
};

/// Returns an app in a meeting on the customs' 19 clauses.
fn stage() -> TestApp {
    let mut stage = TestApp::new(80, 24);
    stage.keys("/ '@天津海关 Enter m → →");
    stage
}

/// Returns the clause in discussion, the position on the agenda, and whether the clause is on it.
fn place(stage: &TestApp) -> (String, usize, bool) {
    let meeting = stage.context.meeting.as_ref().unwrap();
    let clause = meeting.clause().unwrap();
    let id = stage.context.document.clauses[clause].id.to_string();
    (id, meeting.place().0, !meeting.is_aside())
}

fn at(id: &str, nth: usize, on_agenda: bool) -> (String, usize, bool) {
    (id.to_owned(), nth, on_agenda)
}

#[test]
fn a_number_leads_to_its_clause_on_the_agenda_or_not() {
    for (keys, wanted) in [
        // On the agenda.
        (": '16.2 Enter", at("16.2", 15, true)),
        ("： '１６。２ Enter", at("16.2", 15, true)),
        // A measure means its first clause on the agenda.
        (": '1 Enter", at("1.1", 1, true)),
        // Not on the agenda, which stays at its third.
        (": '19.1 Enter", at("19.1", 3, false)),
        (": '19 Enter", at("19.1", 3, false)),
        (": '19.1 Enter →", at("3.1", 3, true)),
        (": '19.1 Enter ←", at("3.1", 3, true)),
        (": '19.1 Enter → →", at("4.1", 4, true)),
        (": '19.1 Enter : '16.2 Enter", at("16.2", 15, true)),
    ] {
        let mut stage = stage();
        let began = stage.context.meeting.as_ref().unwrap().began();
        stage.keys(keys);
        assert_eq!(place(&stage), wanted, "{keys}");
        assert_eq!(stage.context.mode(), Mode::Meeting, "{keys}");
        assert_eq!(stage.context.meeting.as_ref().unwrap().began(), began);
    }
}

#[test]
fn a_clause_off_the_agenda_says_so_and_is_worked_on_and_minuted() {
    let mut stage = stage();
    stage.keys(": '19.1 Enter");
    assert_eq!(
        stage.notice(),
        "19.1 不在本次议程中；按左右键回到第 3/19 款"
    );
    let head = stage.screen().lines().next().unwrap().to_owned();
    assert!(head.contains("议程外（原在 3/19 天津海关）"), "{head}");
    stage.keys("Space");
    assert_eq!(stage.status("19.1"), Status::Done);
    stage.keys("← Esc Enter");
    let Some(Effect::Save(paper, _)) = stage.effects.last() else {
        panic!("{:?}", stage.effects.last());
    };
    assert!(format!("{:?}", paper.content).contains("19.1 "));
}

#[test]
fn a_number_that_names_nothing_is_asked_for_again_and_never_a_key() {
    let mut stage = stage();
    for typed in ["99.9", "0"] {
        stage.keys(&format!(": '{typed} Enter"));
        assert_eq!(stage.context.mode(), Mode::Line, "{typed}");
        stage.keys("'16.2 Enter");
        assert_eq!(place(&stage).0, "16.2", "typed over {typed}");
    }
}

#[test]
fn actions_of_the_meeting_have_their_names_there() {
    let mut stage = stage();
    stage.keys(": '勾选 Enter");
    assert_eq!(stage.status("3.1"), Status::Done);
    stage.keys(": '下一款 Enter");
    assert_eq!(place(&stage), at("4.1", 4, true));
    stage.keys(": '结束 Enter");
    assert_eq!(stage.context.mode(), Mode::Line);
}

#[test]
fn a_search_leads_to_the_best_match_and_leaves_list_and_agenda_as_they_are() {
    let mut stage = stage();
    stage.keys("、 '两证合一");
    let title = stage.rows(5)[0].clone();
    assert!(title.contains("2 款  5.1 "), "{title}");
    assert_eq!(place(&stage).1, 3, "not before Enter");
    stage.keys("Enter");
    assert_eq!(place(&stage), at("5.1", 5, true));
    // The agenda comes before clauses off it; n goes through all.
    stage.keys("/ '锂电池 Enter");
    assert_eq!(place(&stage), at("1.1", 1, true));
    assert_eq!(stage.notice(), "共 2 款，按 n 看下一款");
    stage.keys("n");
    assert_eq!(place(&stage), at("1.2", 1, false));
    stage.keys("n");
    assert_eq!(place(&stage), at("1.1", 1, true), "round at the end");
    stage.keys("N ←");
    assert_eq!(place(&stage), at("1.1", 1, true));
    // The outline is unchanged.
    stage.keys("Enter");
    assert_eq!(stage.context.search.text, "@天津海关");
    assert_eq!(stage.context.outline.filter().map(<[usize]>::len), Some(19));
}

#[test]
fn what_is_found_only_off_the_agenda_is_gone_to() {
    let mut stage = stage();
    stage.keys("/ '#19.1 Enter");
    assert_eq!(place(&stage), at("19.1", 3, false));
    assert!(
        stage.notice().contains("不在本次议程中"),
        "{}",
        stage.notice()
    );
}

#[test]
fn nothing_found_or_not_understood_keeps_the_line_and_esc_the_place() {
    let mut stage = stage();
    for typed in ["无此内容", "is:typo"] {
        stage.keys(&format!("/ '{typed} Enter"));
        assert_eq!(stage.context.mode(), Mode::Line, "{typed}");
        stage.keys("Esc");
        assert_eq!(
            (stage.context.mode(), place(&stage)),
            (Mode::Meeting, at("3.1", 3, true))
        );
    }
    stage.keys("/ '锂电池 Esc / Enter");
    assert_eq!(place(&stage), at("3.1", 3, true));
}

#[test]
fn a_han_character_of_an_input_method_begins_the_search() {
    let mut stage = stage();
    stage.keys("'两证 Enter");
    assert_eq!(place(&stage), at("5.1", 5, true));
}
