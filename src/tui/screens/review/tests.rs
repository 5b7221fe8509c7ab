//! The review of carried progress by keys, and its effects.

use crate::{
    document::{
        Document,
        compare::compare,
        import::{ImportOptions, import},
    },
    locale::Lang,
    progress::{Body, Draft, Edit, Kind, Progress, Status},
    report::{
        export::{Format, Ledger},
        ledger::{ReturnedLedger, read},
    },
    text::Policy,
    tui::{
        keymap::Mode,
        message::{Compared, DocumentItem, FilledIn, Message},
        request::Effect,
        test_app::{TestApp, noon},
    },
};
use std::sync::{Arc, LazyLock};

const FINAL: &str = include_str!("../../../../tests/fixtures/carry/final.txt");

fn revised() -> Document {
    let mut document = import(FINAL, &ImportOptions::default()).unwrap().document;
    "tianjin-final".clone_into(&mut document.id);
    document
}

/// The draft with progress: three clauses are certain, four pairs are not.
fn draft() -> Progress {
    let document = crate::document::catalogue::embedded().unwrap();
    let mut progress = Progress::new(Arc::new(document));
    let status = |id: &str, status| Edit {
        status: Some(status),
        ..Edit::new(id.parse().unwrap())
    };
    let remark = |id: &str, text: &str| Edit {
        remark: Some((Kind::Progress, text.to_owned())),
        ..Edit::new(id.parse().unwrap())
    };
    let edits = vec![
        status("1.1", Status::Done),
        status("8.1", Status::Doing),
        status("16.3", Status::Blocked),
        remark("16.3", "等待“总署”部署"),
        status("18.2", Status::Doing),
        remark("18.2", "已与船公司对接，“弹性集港”试行方案正在征求意见"),
        status("7.1", Status::Done),
        status("3.1", Status::Done),
    ];
    progress.propose(&Draft::new("lisi", "s", Body::Edits(edits)), noon());
    progress
}

fn compared(old: Progress, new: &Document) -> Message {
    let comparison = Arc::new(compare(old.document(), new));
    Message::Compared(Compared {
        old: Arc::new(old),
        comparison,
    })
}

/// The two texts, read and compared once for all tests.
static READ: LazyLock<(Document, Message)> = LazyLock::new(|| {
    let document = revised();
    let action = compared(draft(), &document);
    (document, action)
});

/// An app with the final text open, and the review of the draft's progress.
fn stage(width: u16, height: u16) -> TestApp {
    let (document, action) = &*READ;
    let mut stage = TestApp::with(document.clone(), width, height);
    stage.receive(action.clone());
    assert_eq!(stage.context.mode(), Mode::Review);
    stage
}

fn changes(stage: &TestApp) -> usize {
    stage.context.progress.changes().len()
}

#[test]
fn the_list_of_documents_leads_to_it() {
    let mut stage = TestApp::with(revised(), 80, 24);
    stage.keys("D");
    let item = |name: &str| DocumentItem {
        name: name.into(),
        title: name.into(),
        stage: None,
    };
    stage.receive(Message::Listed(
        vec![item("tianjin-2025"), item("tianjin-final")],
        0,
    ));
    stage.context.name = "tianjin-final".into();
    stage.effects.clear();
    // The open document does not count as another; keys that an input method passes do the same.
    stage.keys("G c");
    assert_eq!(
        (stage.effects.len(), stage.context.mode()),
        (0, Mode::Documents)
    );
    stage.keys("g c g Tab");
    let asked = Effect::Compare("tianjin-2025".into());
    assert_eq!(stage.effects, [asked.clone(), asked]);
    let action = compared(draft(), &stage.context.document);
    stage.receive(action.clone());
    assert_eq!(stage.context.mode(), Mode::Review);
    stage.keys("Esc");
    assert_eq!(stage.context.mode(), Mode::Browse);
    // A user who has begun something else is left alone.
    stage.keys("?");
    stage.receive(action);
    assert_eq!(stage.context.mode(), Mode::Help);
}

#[test]
fn what_is_certain_is_one_change_and_each_pair_another() {
    for keys in ["y", "1", "Enter", "ｙ", "１"] {
        let mut stage = stage(120, 36);
        assert!(stage.screen().contains("1/5"), "{}", stage.screen());
        stage.keys(keys);
        assert_eq!(changes(&stage), 1, "{keys}");
        let is = |id: &str| stage.status(id);
        assert_eq!(
            [is("1.1"), is("7.1"), is("15.3"), is("17.2"), is("3.1")],
            [
                Status::Done,
                Status::Doing,
                Status::Blocked,
                Status::Todo,
                Status::Todo
            ]
        );
        assert!(stage.screen().contains("2/5"), "{}", stage.screen());
    }
    let mut stage = stage(120, 36);
    // 3.1 has two origins that disagree, so it has no status to carry, and requires nothing.
    stage.keys("y 1 y n y");
    assert_eq!(stage.context.mode(), Mode::Browse, "{}", stage.screen());
    assert_eq!(stage.notice(), "已结转 3，不结转 2，尚未定 0");
    assert_eq!(stage.status("6.1"), Status::Done);
    assert_eq!(stage.status("6.2"), Status::Todo);
    assert_eq!(stage.status("17.2"), Status::Doing);
    let clause = stage
        .context
        .document
        .find("17.2".parse().unwrap())
        .unwrap();
    let remarks = &stage.context.progress.record(clause).remarks;
    assert!(
        remarks[0]
            .text
            .ends_with("（结转自 tianjin-2025 18.2，lisi，2026-11-23 10:00）")
    );
    assert_eq!(changes(&stage), 3);
    // Carrying again offers only what was refused.
    let action = compared(draft(), &stage.context.document);
    stage.receive(action);
    assert!(stage.screen().contains("1/2"), "{}", stage.screen());
}

#[test]
fn a_review_can_be_walked_undone_and_left() {
    let mut stage = stage(80, 24);
    stage.keys("Right Right ]");
    assert!(stage.screen().contains("4/5"), "{}", stage.screen());
    stage.keys("Left h [ [ [");
    assert!(stage.screen().contains("1/5"), "{}", stage.screen());
    // Retracted, it is undecided again, and current.
    stage.keys("y Right Right 0");
    assert!(stage.screen().contains("1/5"), "{}", stage.screen());
    assert_eq!(stage.status("1.1"), Status::Todo);
    // What is carried is not carried again.
    stage.keys("y Left y");
    assert_eq!(stage.notice(), "已在新版");
    stage.keys("n Esc");
    assert_eq!(stage.context.mode(), Mode::Browse);
    assert_eq!(stage.notice(), "已结转 0，不结转 1，尚未定 4");
    assert_eq!(stage.status("1.1"), Status::Done, "no is no undo");
}

#[test]
fn a_colleagues_work_counts_while_it_is_open() {
    let mut stage = stage(80, 24);
    let clause = stage
        .context
        .document
        .find("17.2".parse().unwrap())
        .unwrap();
    let edit = Edit::status(stage.context.document.clauses[clause].id, Status::Closed);
    let draft = Draft::new("wangwu", "t", Body::Edits(vec![edit]));
    let change = draft.at(noon(), None, jiff::tz::Offset::UTC);
    stage.receive(Message::Read(crate::progress::journal::Batch {
        changes: vec![change],
        ..Default::default()
    }));
    stage.keys("Right Right Right Right y");
    assert_eq!(stage.status("17.2"), Status::Closed);
    assert_eq!(stage.context.progress.record(clause).remarks.len(), 1);
}

#[test]
fn nothing_to_carry_opens_nothing() {
    let mut stage = TestApp::with(revised(), 80, 24);
    let document = stage.context.document.clone();
    let none = Progress::new(Arc::new(crate::document::catalogue::embedded().unwrap()));
    stage.receive(compared(none, &document));
    assert_eq!(
        (stage.context.mode(), stage.notice()),
        (Mode::Browse, "没有新的进度可结转")
    );
}

#[test]
fn screens() {
    for size in [(120, 36), (80, 24), (40, 16)] {
        for policy in [Policy::Narrow, Policy::Wide, Policy::Safe] {
            let mut stage = stage(size.0, size.1);
            stage.context.policy = policy;
            stage.act(crate::tui::action::Action::Redraw);
            let name = |what: &str| format!("review_{what}_{}x{}_{policy:?}", size.0, size.1);
            insta::assert_snapshot!(name("certain"), stage.screen());
            stage.keys("Right Right Right Right");
            insta::assert_snapshot!(name("pair"), stage.screen());
        }
        let mut stage = stage(size.0, size.1);
        stage.context.lang = Lang::En;
        stage.keys("Right");
        insta::assert_snapshot!(
            format!("review_english_{}x{}", size.0, size.1),
            stage.screen()
        );
    }
}

#[test]
fn every_size_from_nothing() {
    for width in (1..10).chain([23, 59, 60, 99, 100, 103, 250]) {
        for height in (1..8).chain([12, 15, 60]) {
            let mut stage = stage(width, height);
            for keys in ["", "Right G", "PgUp Right Down", "y n"] {
                stage.keys(keys);
                stage.screen();
            }
        }
    }
}

// -- a filled-in ledger

/// A stage to which a ledger of 天津海关 came back, with 1.1 done and a name on 2.1.
fn ledger(columns: u16, rows: u16) -> TestApp {
    let mut stage = TestApp::new(columns, rows);
    let filled = filled(&stage);
    stage.receive(Message::Filled(filled));
    stage
}

fn filled(stage: &TestApp) -> FilledIn {
    let basis = stage.context.basis();
    let exported = Ledger::of(&basis).bytes(Format::Csv).unwrap();
    let text = String::from_utf8(exported).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        match cells.first() {
            Some(&"1.1") => line.replacen("未启动", "已完成", 1),
            Some(&"16.3") => line.replacen("未启动", "推进中", 1),
            _ => line.to_owned(),
        }
    };
    let filled: Vec<String> = text.split("\r\n").map(row).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账-天津海关.csv");
    std::fs::write(&path, filled.join("\r\n")).unwrap();
    FilledIn {
        path: "台账-天津海关.csv".to_owned(),
        filled: Arc::new(read(&path).unwrap()),
    }
}

#[test]
fn a_ledger_is_taken_in_clause_by_clause() {
    let mut stage = ledger(80, 24);
    assert_eq!(stage.context.mode(), Mode::Review);
    assert!(stage.screen().contains("1/2"), "{}", stage.screen());
    assert!(stage.screen().contains("+ 已完成"), "{}", stage.screen());
    stage.keys("y");
    let change = stage.context.progress.changes().last().unwrap();
    assert_eq!(change.by, "天津海关");
    assert_eq!(change.via.as_deref(), Some(stage.context.by.as_str()));
    let at = |stage: &TestApp, id: &str| {
        let clause = stage.context.document.find(id.parse().unwrap()).unwrap();
        stage.context.progress.status(clause)
    };
    assert_eq!(at(&stage, "1.1"), Status::Done);
    assert!(stage.screen().contains("2/2"), "{}", stage.screen());
    stage.keys("u");
    assert_eq!(at(&stage, "1.1"), Status::Todo, "it is taken back");
    stage.keys("n n");
    assert_eq!(stage.context.mode(), Mode::Browse);
    assert_eq!(at(&stage, "16.3"), Status::Todo);
}

#[test]
fn where_both_sides_changed_something_either_can_be_taken() {
    for (keys, status, remarks) in [
        ("", Status::Doing, 1),
        ("Tab ", Status::Done, 0),
        ("Tab Tab ", Status::Doing, 1),
    ] {
        let mut stage = TestApp::new(80, 24);
        let filled = filled(&stage);
        stage.keys(": '1.1 Enter s 2");
        assert_eq!(stage.status("1.1"), Status::Doing);
        stage.receive(Message::Filled(filled));
        assert!(stage.screen().contains("两边都改过"), "{}", stage.screen());
        stage.keys(&format!("{keys}y"));
        assert_eq!(stage.status("1.1"), status, "{keys}");
        let clause = stage.context.document.find("1.1".parse().unwrap()).unwrap();
        assert_eq!(stage.context.progress.record(clause).remarks.len(), remarks);
        // 16.3 was changed by one side only.
        stage.keys("Tab");
        assert!(!stage.screen().contains("两边都改过"), "{}", stage.screen());
        stage.keys("y");
        assert_eq!(stage.status("16.3"), Status::Doing);
    }
}

#[test]
fn a_ledger_that_says_nothing_new_opens_no_review() {
    let mut stage = TestApp::new(80, 24);
    let filled = ReturnedLedger::default();
    stage.receive(Message::Filled(FilledIn {
        path: "x.csv".to_owned(),
        filled: Arc::new(filled),
    }));
    assert_eq!(stage.context.mode(), Mode::Browse);
}

#[test]
fn steps_and_added_rows_of_a_ledger_are_taken_or_left() {
    let mut stage = TestApp::new(80, 24);
    let step = |text: &str| Edit {
        step: Some(("k2".into(), text.to_owned())),
        ..Edit::new("1.1".parse().unwrap())
    };
    let draft = Draft::new("lisi", "s", Body::Edits(vec![step("起草")]));
    stage.context.progress.propose(&draft, noon());
    let exported = Ledger::of(&stage.context.basis())
        .bytes(Format::Csv)
        .unwrap();
    let text = String::from_utf8(exported).unwrap();
    let text = text.replacen("起草,,未启动", "起草,,已完成", 1);
    let (head, _) = text.split_once("\r\n").unwrap();
    let row = |text: &str| format!(",,,{text}{}\r\n", ",".repeat(head.matches(',').count() - 3));
    let text = text.replacen("\r\n1.2,", &format!("\r\n{}1.2,", row("会签")), 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("台账-天津海关.csv");
    std::fs::write(
        &path,
        format!("{text}{}{}", row("编写指南"), row("走访企业")),
    )
    .unwrap();
    stage.receive(Message::Filled(FilledIn {
        path: "台账-天津海关.csv".to_owned(),
        filled: Arc::new(read(&path).unwrap()),
    }));
    let screen = stage.screen();
    assert!(screen.contains("1/3"), "{screen}");
    assert!(screen.contains("+ 起草：已完成"), "{screen}");
    assert!(screen.contains("+ 新增步骤 会签"), "{screen}");
    stage.keys("y");
    let clause = stage.context.document.find("1.1".parse().unwrap()).unwrap();
    let steps = &stage.context.progress.record(clause).steps;
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[0].status, Status::Done);
    let screen = stage.screen();
    assert!(screen.contains("+ 新增事项 编写指南"), "{screen}");
    insta::assert_snapshot!("review_added_80x24", screen);
    stage.keys("n");
    assert!(
        stage.screen().contains("+ 新增事项 走访企业"),
        "{}",
        stage.screen()
    );
    stage.keys("y");
    let document = stage.context.progress.document();
    let items = document.items();
    let items: Vec<&str> = items.map(|c| document.clauses[c].text.as_str()).collect();
    assert_eq!(items, ["走访企业"]);
    let item = &document.clauses[document.items().start];
    assert_eq!(
        item.responsibility.units,
        ["天津海关"],
        "by whom it was signed"
    );
    assert_eq!(stage.context.mode(), Mode::Browse);
}
