//! Meetings: agenda, keys, times, minutes.

use crate::{
    progress::Status,
    tui::{
        keymap::Mode,
        meeting::Meeting,
        message::{Content, Message, SaveJob, SaveResult},
        request::Effect,
        test_app::TestApp,
    },
};

fn stage() -> TestApp {
    TestApp::new(80, 24)
}

fn place(stage: &TestApp) -> (usize, usize, String) {
    let meeting = stage.context.meeting.as_ref().unwrap();
    let (at, of) = meeting.place();
    (at, of, meeting.topic().to_owned())
}

fn paper(stage: &TestApp) -> &SaveJob {
    match stage.effects.last() {
        Some(Effect::Save(paper, false)) => paper,
        other => panic!("{other:?}"),
    }
}

fn text(paper: &SaveJob) -> String {
    match &paper.content {
        Content::Minutes(minutes) => minutes.paper.markdown(),
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
        assert_eq!(stage.context.mode(), Mode::Meeting, "{keys}");
        assert_eq!(place(&stage), (at, of, topic.to_owned()), "{keys}");
    }
    let mut stage = stage();
    stage.keys("/ '无此内容 Enter m");
    assert_eq!(
        (stage.context.mode(), stage.notice()),
        (Mode::Browse, "此处没有条款")
    );
}

#[test]
fn a_clause_is_worked_on_by_keys_that_an_input_method_passes() {
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter m");
    stage.keys("Space → ２ → 5 → 6 '系统未通 Enter → 8 '已对接 Enter → 9 '12-31 Enter");
    let of = |stage: &TestApp, nth: usize| {
        let clause = stage.context.meeting.as_ref().unwrap().clauses()[nth];
        stage.context.progress.record(clause).clone()
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
    // Ongoing clauses need the picker, which takes digits.
    stage.keys("← ← ← Space 1");
    assert_eq!((of(&stage, 2).status, place(&stage).0), (Status::Todo, 3));
}

#[test]
fn a_remark_that_was_saved_is_on_the_screen() {
    let mut stage = TestApp::new(40, 16);
    stage.keys("'16.1 Enter m");
    let fits = |stage: &TestApp| stage.context.meeting.as_ref().unwrap().scroll == 0;
    assert!(fits(&stage));
    stage.keys("8 '等待部署 Enter");
    assert!(
        !fits(&stage) && stage.screen().contains("进展  等待部署"),
        "{}",
        stage.screen()
    );
    // The next clause is shown from its beginning.
    stage.keys("Right");
    assert!(fits(&stage));
}

/// Short clauses leave room: the agenda has it, and the next clause is always there.
#[test]
fn the_agenda_around_the_clause_has_the_room_that_it_leaves() {
    for (size, least) in [((120, 40), 9), ((80, 24), 3), ((40, 16), 1)] {
        let mut stage = TestApp::new(size.0, size.1);
        stage.keys("/ '@天津海关 Enter m");
        let clauses = stage.context.meeting.as_ref().unwrap().clauses().to_vec();
        let id = |nth: usize| stage.context.document.clauses[clauses[nth]].id.to_string();
        let ids: Vec<String> = (0..clauses.len()).map(id).collect();
        for nth in 0..ids.len() {
            let screen = stage.screen();
            let next = ids.get(nth + 1).map(|id| format!("下一款  {id}"));
            let next = next.as_deref().unwrap_or("已是最后一款");
            assert!(screen.contains(next), "{next} {size:?}\n{screen}");
            if least > 1 {
                assert!(
                    screen.contains(&format!("本款    {}", ids[nth])),
                    "{screen}"
                );
            }
            if nth == 1 {
                let rows = ids.iter().filter(|id| screen.contains(&format!("  {id} ")));
                assert!(rows.count() >= least, "{size:?}\n{screen}");
            }
            stage.keys("→");
        }
    }
}

/// What was changed without a word counts too.
#[test]
fn the_last_time_is_a_remark_or_else_a_change() {
    let mut stage = stage();
    stage.keys("j j a '走访企业 Enter a '梳理需求 Enter s 2 m");
    let screen = stage.screen();
    let last = screen
        .lines()
        .find(|row| row.contains("上次"))
        .unwrap_or("");
    assert!(last.ends_with("zhangsan  推进中"), "{screen}");
    assert!(screen.contains("步骤 0/2  [ ] 走访企业"), "{screen}");
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
    assert_eq!(stage.context.mode(), Mode::Browse);
    let third = stage.context.meeting.as_ref().unwrap().clause().unwrap();
    assert_eq!(
        stage.at(),
        stage.context.document.clauses[third].id.to_string()
    );
    stage.keys("Enter");
    assert_eq!((stage.context.mode(), place(&stage).0), (Mode::Meeting, 3));
    // From elsewhere in the outline, to the clause under the cursor.
    stage.keys("Enter n m");
    assert_eq!((stage.context.mode(), place(&stage).0), (Mode::Meeting, 4));
    // With the search left, `m` still returns to the same agenda.
    stage.keys("Enter Esc g m");
    assert_eq!(place(&stage), (1, 19, "天津海关".to_owned()));
    // Another search gives the next agenda of the same meeting.
    let began = stage.context.meeting.as_ref().unwrap().began();
    stage.keys("Enter / '@市商务局 Enter m");
    assert_eq!(place(&stage), (1, 8, "市商务局".to_owned()));
    let meeting = stage.context.meeting.as_ref().unwrap();
    assert_eq!(meeting.began(), began);
    assert!(meeting.covered().len() > 19);
}

#[test]
fn leaving_offers_the_minutes_of_what_was_gone_through() {
    let mut stage = stage();
    stage.keys("j j Space / '@天津海关 Enter m → Space 8 '已对接企业 Enter Esc");
    assert_eq!(stage.context.mode(), Mode::Line);
    stage.keys("Enter");
    assert_eq!(stage.context.mode(), Mode::Browse);
    assert!(stage.context.meeting.is_none());
    let paper = paper(&stage);
    assert_eq!(paper.path, "tianjin-2025-纪要-2026-11-23.md");
    assert!(text(paper).contains("共 19 款"), "{}", text(paper));
    assert!(text(paper).contains("已对接企业") && text(paper).contains("未启动 → 已完成"));
    // Earlier changes, and others' changes on other clauses, are left out.
    assert_eq!(text(paper).matches("未启动 → 已完成").count(), 1);
}

#[test]
fn changes_made_from_the_list_meanwhile_are_in_the_minutes() {
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter m Enter Esc : '19.1 Enter Space m Esc Enter");
    let outside = stage
        .context
        .document
        .find("19.1".parse().unwrap())
        .unwrap();
    let who = &stage.context.document.clauses[outside].responsibility.units;
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
    stage.receive(Message::Saved(asked.clone(), SaveResult::Exists(None)));
    assert_eq!(stage.context.mode(), Mode::Confirm);
    stage.keys("Esc");
    assert_eq!(
        stage.context.mode(),
        Mode::Line,
        "another name can be given"
    );
    stage.keys("Backspace Backspace Backspace '.txt Enter");
    assert_eq!(paper(&stage).path, "tianjin-2025-纪要-2026-11-23.txt");
    assert_eq!(text(paper(&stage)), text(&asked));
    stage.receive(Message::Saved(
        asked.clone(),
        SaveResult::Failed("磁盘已满".into()),
    ));
    assert_eq!(stage.context.mode(), Mode::Line);
    stage.keys("Enter");
    stage.receive(Message::Saved(asked.clone(), SaveResult::Exists(None)));
    stage.keys("Enter");
    assert_eq!(
        stage.effects.last(),
        Some(&Effect::Save(asked.clone(), true))
    );
    stage.receive(Message::Saved(asked, SaveResult::Saved));
    assert_eq!(
        stage.notice(),
        "纪要已保存：tianjin-2025-纪要-2026-11-23.md"
    );
}

#[test]
fn leaving_without_minutes_and_quitting() {
    let mut stage = stage();
    stage.keys("m Esc Esc");
    assert!(stage.context.meeting.is_none());
    let is_paper = |e: &Effect| matches!(e, Effect::Save(..));
    assert!(!stage.effects.iter().any(is_paper), "{:?}", stage.effects);
    assert_eq!(stage.context.mode(), Mode::Browse);
    // A meeting behind the outline is ended before the program.
    stage.keys("m Enter q");
    assert_eq!(stage.context.mode(), Mode::Line);
    stage.keys("Esc q");
    assert_eq!(stage.effects.last(), Some(&Effect::Quit));
}

/// Returns the kept text of the meeting, as a later session finds it.
fn kept(stage: &TestApp) -> &str {
    let texts = stage.effects.iter().rev();
    let mut texts = texts.filter_map(|effect| match effect {
        Effect::KeepMeeting(text) => Some(text.as_str()),
        _ => None,
    });
    texts.next().unwrap()
}

#[test]
fn an_escape_at_an_error_clears_the_error_only() {
    for keys in ["m 4", "j j Enter 4"] {
        let mut stage = stage();
        stage.keys(keys);
        let mode = stage.context.mode();
        assert!(stage.notice().contains("才能销号"), "{}", stage.notice());
        stage.keys("Esc");
        assert_eq!((stage.context.mode(), stage.notice()), (mode, ""));
        stage.keys("Esc");
        assert_ne!(stage.context.mode(), mode, "the next one leaves");
    }
}

#[test]
fn a_meeting_left_without_minutes_is_gone_on_with() {
    let mut stage = stage();
    stage.keys("/ '@天津海关 Enter m Space → → Esc");
    let began = stage.context.meeting.as_ref().unwrap().began();
    stage.keys("Esc");
    assert_eq!(
        stage.notice(),
        "已离开会议，纪要未保存；按 m 接着开，时间仍从原来的开始算起"
    );
    // Meanwhile the clock runs, but the clause is not in discussion.
    stage.keys("k j k j");
    stage.keys("m");
    assert!(
        stage.notice().starts_with("接着开 10:00 开始的会议"),
        "{}",
        stage.notice()
    );
    assert_eq!(place(&stage), (3, 19, "天津海关".to_owned()));
    let meeting = stage.context.meeting.as_ref().unwrap();
    assert_eq!(meeting.began(), began);
    let (whole, item) = meeting.elapsed(stage.context.now);
    assert!(
        whole.as_secs() >= 10 && item.as_secs() == 2,
        "{whole} {item}"
    );
    // Changes before the interruption are in the minutes.
    stage.keys("Esc Enter");
    assert_eq!(text(paper(&stage)).matches("未启动 → 已完成").count(), 1);
    // Once saved it is over: the next one is new.
    let paper = paper(&stage).clone();
    stage.receive(Message::Saved(paper, SaveResult::Saved));
    assert_eq!(kept(&stage), "");
    stage.keys("m");
    assert!(stage.context.meeting.as_ref().unwrap().began() > began);
    assert_eq!(stage.notice(), "");
}

#[test]
fn minutes_that_could_not_be_saved_end_no_meeting() {
    let mut stage = stage();
    stage.keys("m Space Esc Enter");
    let began = stage.context.left.as_ref().unwrap().began();
    let paper = paper(&stage).clone();
    stage.receive(Message::Saved(paper, SaveResult::Failed("磁盘已满".into())));
    stage.keys("Esc m");
    assert_eq!(stage.context.meeting.as_ref().unwrap().began(), began);
    // An empty name means no minutes.
    stage.keys("Esc Ctrl-u Enter");
    assert!(
        stage.notice().starts_with("会议已结束"),
        "{}",
        stage.notice()
    );
    assert_eq!((&stage.context.left, kept(&stage)), (&None, ""));
}

#[test]
fn a_later_session_of_the_day_goes_on_with_the_meeting() {
    let mut before = stage();
    before.keys("/ '@天津海关 Enter m");
    assert!(
        !kept(&before).is_empty(),
        "kept from its start: the line may drop"
    );
    before.keys("→ Enter Esc : '19.1 Enter Space");
    before.receive(Message::Terminate);
    let text_kept = kept(&before).to_owned();
    assert_eq!(before.effects.last(), Some(&Effect::Quit));

    let later = |day: &str| {
        let mut stage = stage();
        stage.context.progress = before.context.progress.clone();
        stage.context.session = "s2".into();
        stage.context.left = Meeting::from_text(&text_kept, &stage.context.document);
        stage.receive(Message::Clock(day.parse().unwrap()));
        stage.receive(Message::Day(
            stage
                .context
                .now
                .to_zoned_datetime(stage.context.zone.clone())
                .date(),
        ));
        stage.keys("m");
        stage
    };
    let mut stage = later("2026-11-23T16:00:00+08:00");
    assert!(
        stage.notice().starts_with("接着开 10:00"),
        "{}",
        stage.notice()
    );
    assert_eq!(place(&stage).1, 19);
    stage.keys("Esc Enter");
    let told = text(paper(&stage));
    assert!(
        told.contains("### 19.1 "),
        "done in the session before: {told}"
    );
    let stage = later("2026-11-24T09:00:00+08:00");
    assert_eq!((place(&stage).1, stage.notice()), (42, ""));
}

#[test]
fn a_unit_of_the_table_is_the_next_agenda_of_a_meeting_that_was_left() {
    let mut stage = stage();
    stage.keys("m Esc Esc t m");
    assert!(stage.notice().starts_with("接着开"), "{}", stage.notice());
    assert!(place(&stage).1 < 42);
    assert_eq!(stage.context.meeting.as_ref().unwrap().covered().len(), 42);
}

#[test]
fn a_name_that_no_file_has_is_proposed_unless_another_was_typed() {
    let proposed = "tianjin-2025-纪要-2026-11-23.md";
    let free = "tianjin-2025-纪要-2026-11-23-2.md";
    for (keys, wanted) in [
        ("", free),
        ("Backspace 'x", "tianjin-2025-纪要-2026-11-23.mx"),
    ] {
        let mut stage = stage();
        stage.keys("m Esc");
        assert_eq!(
            stage.effects.last(),
            Some(&Effect::FreeName(proposed.into()))
        );
        stage.keys(keys);
        stage.receive(Message::FreeName(proposed.into(), free.into()));
        stage.keys("Enter");
        assert_eq!(paper(&stage).path, wanted);
    }
}

#[test]
fn minutes_in_which_nothing_changed_say_so() {
    let mut stage = stage();
    // Changes earlier that day count for a period.
    stage.keys("j j Space / '@天津海关 Enter m Esc Enter");
    let told = text(paper(&stage));
    assert!(
        told.contains("\n会上没有变动。共 19 款，完成率 1/19 5%。\n"),
        "{told}"
    );
}

#[test]
fn a_deadline_that_was_just_given_is_not_called_behind() {
    let mut stage = stage();
    stage.receive(Message::Resize(120, 36));
    stage.keys("m 9 '12-01 Enter");
    let screen = stage.screen();
    assert!(screen.contains("期限  2026-12-01"), "{screen}");
    assert!(!screen.contains("红"), "{screen}");
    assert!(!stage.screen().contains("序时"), "{}", stage.screen());
    stage.keys("Enter");
    assert!(!stage.screen().contains("序时"), "{}", stage.screen());
    stage.keys("Left");
    let screen = stage.screen();
    assert!(!screen.contains("红") && !screen.contains("黄"), "{screen}");
}

#[test]
fn the_help_opens_at_the_keys_of_what_is_on_the_screen() {
    let mut stage = TestApp::new(60, 12);
    for (keys, mode) in [("m ?", Mode::Meeting), ("t ?", Mode::Units)] {
        stage.keys(keys);
        let screen = stage.screen();
        let name = crate::locale::Lang::ZhCn.text(mode.name_key());
        assert!(
            screen.lines().next().unwrap().contains(name),
            "{keys}: {screen}"
        );
        stage.keys("Esc Esc Esc");
    }
}
