//! Meetings: agenda, keys, times, minutes.

use crate::{
    progress::Status,
    tui::{
        action::{Action, Content, Effect, Filed, Paper},
        keymap::Mode,
        stage::Stage,
    },
};

/// Returns a stage whose search index is made.
fn stage() -> Stage {
    let mut stage = Stage::new(80, 24);
    stage.bring_index();
    stage
}

fn place(stage: &Stage) -> (usize, usize, String) {
    let meeting = stage.model.meeting.as_ref().unwrap();
    let (at, of) = meeting.place();
    (at, of, meeting.topic().to_owned())
}

fn paper(stage: &Stage) -> &Paper {
    match stage.effects.last() {
        Some(Effect::File(paper, false)) => paper,
        other => panic!("{other:?}"),
    }
}

fn text(paper: &Paper) -> &str {
    match &paper.content {
        Content::Minutes(text) => text,
        Content::Export(_) => panic!("{paper:?}"),
    }
}

#[test]
fn the_agenda_is_what_is_shown_marked_or_all() {
    for (keys, wanted) in [
        ("m", (1, 42, "全部条款")),
        ("'16 Enter m", (27, 42, "全部条款")),
        ("/ '@天津海关 Enter m", (1, 19, "天津海关")),
        ("/ '@市商务局 Enter m", (1, 8, "市商务局")),
        ("/ '#16 Enter m", (1, 4, "#16")),
        ("j j v j v m", (1, 2, "已标记")),
        ("、 '@天津海关 Enter ： '会议 Enter", (1, 19, "天津海关")),
    ] {
        let mut stage = stage();
        stage.keys(keys);
        let (at, of, topic) = wanted;
        assert_eq!(stage.model.mode(), Mode::Meeting, "{keys}");
        assert_eq!(place(&stage), (at, of, topic.to_owned()), "{keys}");
    }
    let mut stage = stage();
    stage.keys("/ '无此内容 Enter m");
    assert_eq!(
        (stage.model.mode(), stage.notice()),
        (Mode::Browse, "此处没有条款")
    );
}

#[test]
fn a_clause_is_worked_on_by_keys_that_an_input_method_passes() {
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter m");
    stage.keys("Space → ２ → 5 → 6 '系统未通 Enter → 8 '已对接 Enter → 9 '12-31 Enter");
    let of = |stage: &Stage, nth: usize| {
        let clause = stage.model.meeting.as_ref().unwrap().clauses()[nth];
        stage.model.progress.record(clause).clone()
    };
    let statuses: Vec<Status> = (0..6).map(|nth| of(&stage, nth).status).collect();
    assert_eq!(
        statuses,
        [
            Status::Done,
            Status::Doing,
            Status::Ongoing,
            Status::Blocked,
            Status::Todo,
            Status::Todo
        ]
    );
    assert_eq!(of(&stage, 3).remarks[0].text, "系统未通");
    assert_eq!(of(&stage, 4).remarks[0].text, "已对接");
    assert!(of(&stage, 5).due.is_some());
    stage.keys("0");
    assert_eq!(of(&stage, 5).due, None);
    // What is ongoing needs the picker, which needs digits.
    stage.keys("← ← ← Space 1");
    assert_eq!((of(&stage, 2).status, place(&stage).0), (Status::Todo, 3));
}

#[test]
fn at_the_ends_it_says_so() {
    let mut stage = stage();
    stage.keys("j j v j v m ←");
    assert_eq!(stage.notice(), "已是第一款");
    stage.keys("→ →");
    assert!(stage.notice().contains("最后一款"), "{}", stage.notice());
    assert_eq!(place(&stage).0, 2);
}

#[test]
fn the_list_is_at_the_clause_and_leads_back() {
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter m → → Enter");
    assert_eq!(stage.model.mode(), Mode::Browse);
    let third = stage.model.meeting.as_ref().unwrap().clause().unwrap();
    assert_eq!(
        stage.at(),
        stage.model.document.clauses[third].id.to_string()
    );
    stage.keys("Enter");
    assert_eq!((stage.model.mode(), place(&stage).0), (Mode::Meeting, 3));
    // From elsewhere in the list, to what is under the cursor.
    stage.keys("Enter n m");
    assert_eq!((stage.model.mode(), place(&stage).0), (Mode::Meeting, 4));
    // With the search left, `m` still goes back to the same agenda.
    stage.keys("Enter Esc g m");
    assert_eq!(place(&stage), (1, 19, "天津海关".to_owned()));
    // What is shown by another search is the next agenda of the same meeting.
    let began = stage.model.meeting.as_ref().unwrap().began();
    stage.keys("Enter / '@市商务局 Enter m");
    assert_eq!(place(&stage), (1, 8, "市商务局".to_owned()));
    let meeting = stage.model.meeting.as_ref().unwrap();
    assert_eq!(meeting.began(), began);
    assert!(meeting.covered().len() > 19);
}

#[test]
fn leaving_offers_the_minutes_of_what_was_gone_through() {
    let mut stage = stage();
    stage.keys("j j Space / '@天津海关 Enter m → Space 8 '已对接企业 Enter Esc");
    assert_eq!(stage.model.mode(), Mode::Line);
    stage.keys("Enter");
    assert_eq!(stage.model.mode(), Mode::Browse);
    assert!(stage.model.meeting.is_none());
    let paper = paper(&stage);
    assert_eq!(paper.path, "tianjin-2025-纪要-2026-11-23.md");
    assert!(text(paper).contains("共 19 款"), "{}", text(paper));
    assert!(text(paper).contains("已对接企业") && text(paper).contains("未启动 → 已完成"));
    // What was done before it began, or on other clauses by others, is not told.
    assert_eq!(text(paper).matches("未启动 → 已完成").count(), 1);
}

#[test]
fn what_was_changed_from_the_list_meanwhile_is_told_too() {
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter m Enter Esc : '19.1 Enter Space m Esc Enter");
    let outside = stage.model.document.find("19.1".parse().unwrap()).unwrap();
    let who = &stage.model.document.clauses[outside].responsibility.units;
    assert!(!who.contains(&"天津海关".to_owned()));
    assert!(
        text(paper(&stage)).contains("### 19.1 "),
        "{}",
        text(paper(&stage))
    );
}

#[test]
fn minutes_are_never_lost_nor_put_over_a_file_without_a_question() {
    let mut stage = stage();
    stage.keys("m Space Esc Enter");
    let asked = paper(&stage).clone();
    stage.act(Action::Filed(asked.clone(), Filed::Exists));
    assert_eq!(stage.model.mode(), Mode::Confirm);
    stage.keys("Esc");
    assert_eq!(stage.model.mode(), Mode::Line, "another name can be given");
    stage.keys("Backspace Backspace Backspace '.txt Enter");
    assert_eq!(paper(&stage).path, "tianjin-2025-纪要-2026-11-23.txt");
    assert_eq!(text(paper(&stage)), text(&asked));
    stage.act(Action::Filed(
        asked.clone(),
        Filed::Failed("磁盘已满".into()),
    ));
    assert_eq!(stage.model.mode(), Mode::Line);
    stage.keys("Enter");
    stage.act(Action::Filed(asked.clone(), Filed::Exists));
    stage.keys("Enter");
    assert_eq!(
        stage.effects.last(),
        Some(&Effect::File(asked.clone(), true))
    );
    stage.act(Action::Filed(asked, Filed::Saved));
    assert_eq!(
        stage.notice(),
        "纪要已保存：tianjin-2025-纪要-2026-11-23.md"
    );
}

#[test]
fn leaving_without_minutes_and_quitting() {
    let mut stage = stage();
    stage.keys("m Esc Esc");
    assert!(stage.model.meeting.is_none() && stage.effects.is_empty());
    assert_eq!(stage.model.mode(), Mode::Browse);
    // A meeting behind the list is ended before the program is.
    stage.keys("m Enter q");
    assert_eq!(stage.model.mode(), Mode::Line);
    stage.keys("Esc q");
    assert_eq!(stage.effects.last(), Some(&Effect::Quit));
}
