//! Documents of other shapes than the shipped one: sections, text without clauses, plain lists,
//! deadlines in brackets.

use crate::{
    document::import::{ImportOptions, import},
    progress::Due,
    tui::test_app::TestApp,
};

const SHAPES: &str = "\
辛市任务分工方案

一、指导思想
坚持稳中求进。

二、主要任务
（一）打造加工中心。
1.拓展市场。开展资格试点。（责任单位：市税务局，2030年6月底前完成）
2.释放产能。承接委托加工。（责任单位：市商务局）
（二）打造研发中心。
3.促进研发。免于提交许可证件。（责任单位：辛海关、市商务局）

三、保障措施
加强督促检查。
辛市人民政府办公厅
";

fn stage(text: &str) -> TestApp {
    let imported = import(text, &ImportOptions::default()).unwrap();
    TestApp::with(imported.document, 100, 24)
}

#[test]
fn sections_are_above_their_measures_and_the_cursor_skips_them() {
    let mut stage = stage(SHAPES);
    let screen = stage.screen();
    for line in [
        "   一、指导思想",
        " ▾ 二、主要任务",
        "     （一）打造加工中心。",
        "   1 拓展市场",
        "     （二）打造研发中心。",
        "   三、保障措施",
    ] {
        let is_there = |l: &str| {
            l.trim_start_matches('›')
                .trim_start()
                .starts_with(line.trim())
        };
        assert!(screen.lines().any(is_there), "{line}\n{screen}");
    }
    for (keys, at) in [
        ("g", "1"),
        ("g j", "2"),
        ("g j j", "1"),
        ("g j j k", "2"),
        ("g j j j j j", "2.1"),
        ("g j j j j j j", "3"),
        ("G k k", "3"),
        ("G k k k", "2.1"),
        ("g ] ] ]", "3"),
        ("'3 Enter h k", "2.1"),
    ] {
        assert_eq!(stage.keys(keys).at(), at, "{keys}");
    }
    let screen = stage.keys("'3 Enter").screen();
    assert!(screen.contains("╎ （二）打造研发中心。"), "{screen}");
}

#[test]
fn filtered_clauses_are_under_their_section() {
    let mut stage = stage(SHAPES);
    let document = stage.context.document.clone();
    for (clauses, sections) in [
        (vec![1], [true, false]),
        (vec![0, 2], [true, true]),
        (vec![2], [false, true]),
    ] {
        stage.context.outline.set_filter(&document, Some(clauses));
        stage.keys("g");
        let screen = stage.screen();
        let shown = ["（一）打造加工中心", "（二）打造研发中心"];
        assert_eq!(shown.map(|s| screen.contains(s)), sections, "{screen}");
    }
}

#[test]
fn a_heading_without_clauses_has_no_rate() {
    let mut stage = stage(SHAPES);
    let screen = stage.keys("G").screen();
    assert!(!screen.contains("0/0"), "{screen}");
    for part in ["加强督促检查。", "此处没有列入清单的条款"] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    stage.keys("Space");
    assert_eq!(stage.notice(), "此处没有条款");
}

#[test]
fn a_documents_own_deadline_holds_and_is_typed_but_set_by_nobody() {
    let mut stage = stage(SHAPES);
    let screen = stage.keys("'1 Enter j").screen();
    assert!(screen.contains("2030-06-30（文件所定"), "{screen}");
    stage.keys("d");
    assert_eq!(stage.typed(), ("2030-06-30", true));
    stage.keys("Esc");
    assert!(!stage.context.progress.given(0).due);
    let date = "2030-06-30".parse().unwrap();
    assert_eq!(stage.context.progress.record(0).due, Some(Due::Date(date)));
    stage.keys("d Enter");
    assert!(stage.context.progress.given(0).due);
    let screen = stage.screen();
    assert!(!screen.contains("文件所定"), "{screen}");
}

#[test]
fn a_plain_list_has_no_signs_of_markdown_and_asks_for_no_units() {
    let mut stage =
        stage("# Release\n\n## Before\n- [ ] Freeze\n- [ ] Build\n## After\n- [ ] Post\n");
    let screen = stage.keys("j j").screen();
    assert!(
        screen.contains("▾ Before") && screen.contains("[ ] Freeze"),
        "{screen}"
    );
    assert!(
        !screen.contains('#') && !screen.contains("责任单位"),
        "{screen}"
    );
}
