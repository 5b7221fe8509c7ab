//! Screens as text, in every supported size and width policy.

use crate::{
    locale::Lang,
    text::Policy,
    tui::test_app::{TestApp, sampled},
};
use ratatui::{layout::Position, style::Modifier};

fn stage(size: (u16, u16), policy: Policy) -> TestApp {
    let mut stage = TestApp::new(size.0, size.1);
    stage.context.policy = policy;
    // A checklist in use: an overdue clause, one due soon, a problem, a done clause, a fold.
    stage.keys("j j Space j s 6 '等待“总署”部署 Enter d '2026-11-30 Enter j Tab");
    stage.keys("'5.1 Enter d '2026-11-01 Enter o '李四 Enter a '联系企业 Enter");
    stage
}

/// Roomy lays out like wide; its cells are tested where text is drawn.
const SHOWN: [Policy; 3] = [Policy::Narrow, Policy::Wide, Policy::Safe];

fn snapshots(name: &str, sizes: &[(u16, u16)], keys: &str) {
    for size in sizes {
        for policy in SHOWN {
            let mut stage = stage(*size, policy);
            stage.keys(keys);
            let name = format!("{name}_{}x{}_{policy:?}", size.0, size.1);
            insta::assert_snapshot!(name, stage.screen());
        }
    }
}

#[test]
fn the_checklist() {
    let sizes = [
        (120, 36),
        (100, 30),
        (80, 24),
        (60, 20),
        (40, 16),
        (30, 10),
        (20, 5),
        (120, 5),
        (80, 50),
    ];
    snapshots("checklist", &sizes, "");
}

#[test]
fn an_open_clause() {
    snapshots(
        "open",
        &[(120, 36), (80, 24), (40, 16)],
        ": '16.3 Enter Enter",
    );
}

#[test]
fn a_measure_and_a_chapter() {
    snapshots("measure", &[(120, 36)], "'16 Enter");
    snapshots("chapter", &[(120, 36)], "g");
}

#[test]
fn the_status_picker() {
    snapshots("picker", &[(80, 24), (40, 16)], "s");
}

#[test]
fn the_picker_of_exports_and_its_path() {
    snapshots("exports", &[(80, 24), (40, 16)], "e");
    snapshots("export_path", &[(80, 24), (40, 16)], "e 2");
}

#[test]
fn a_question() {
    snapshots("question", &[(80, 24), (40, 16)], "'16 Enter Space");
}

#[test]
fn a_remark_being_written() {
    snapshots(
        "remark",
        &[(80, 24), (40, 16)],
        "r '已与企业对接，“两证合一”试点正在推进。 Ctrl-j '第二行 Tab",
    );
}

#[test]
fn the_help() {
    snapshots("help", &[(80, 24), (40, 16)], "?");
}

#[test]
fn the_units() {
    let sizes = [(120, 36), (80, 24), (40, 16)];
    snapshots("units", &sizes, "g t");
    // Sorted by 未更新, which then has room even on a narrow screen.
    snapshots("units_stale", &[(40, 16)], "g t → Down");
}

#[test]
fn a_meeting() {
    let sizes = [(120, 36), (80, 24), (40, 16)];
    let keys = "t m → 8 '已与企业对接，“两证合一”试点正在推进。 Enter 2 → ←";
    snapshots("meeting", &sizes, keys);
    snapshots("meeting_remark", &sizes[1..], "t m 8 '已对接");
    snapshots("meeting_minutes", &sizes[1..], "t m → Esc");
}

#[test]
fn english_screens() {
    for (name, keys) in [
        ("list", ""),
        ("clause", ": '16.3 Enter Enter"),
        ("help", "?"),
        ("units", "t"),
        ("meeting", "t m"),
    ] {
        for size in [(120, 36), (40, 16)] {
            let mut stage = TestApp::new(size.0, size.1);
            stage.context.lang = Lang::En;
            stage.keys(keys);
            insta::assert_snapshot!(
                format!("english_{name}_{}x{}", size.0, size.1),
                stage.screen()
            );
        }
    }
}

#[test]
fn the_text_cursor_is_where_text_is_typed_in_display_columns() {
    for (policy, column) in [(Policy::Narrow, 6), (Policy::Wide, 7), (Policy::Safe, 7)] {
        let mut stage = TestApp::new(80, 24);
        stage.context.policy = policy;
        stage.keys(": '“中");
        assert_eq!(
            stage.drawn().1,
            Some(Position::new(column, 20)),
            "{policy:?}"
        );
    }
    let mut stage = TestApp::new(80, 24);
    stage.keys("j j r '中文 Left");
    let (buf, cursor) = stage.drawn();
    let cursor = cursor.unwrap();
    assert_eq!(buf[cursor].symbol(), "文");
}

/// Braille displays, magnifiers and input methods follow the cursor.
#[test]
fn the_cursor_of_the_terminal_is_on_the_selected_row() {
    for keys in [
        "j j j",
        "j j s j",
        "e j",
        "t j j",
        "L",
        "s",
        "j j Space L L",
        "'4 Enter",
    ] {
        for size in [(120, 36), (80, 24), (40, 16)] {
            let mut stage = TestApp::new(size.0, size.1);
            stage.keys("j j Space s 2 k k");
            stage.keys(keys);
            let (buf, cursor) = stage.drawn();
            let cell = &buf[cursor.unwrap()];
            let is_set_off = cell.modifier.contains(Modifier::REVERSED);
            assert!(is_set_off, "{keys} {size:?} {cursor:?}\n{}", stage.screen());
        }
    }
}

/// No size makes it panic, in any mode, and every row is complete.
#[test]
fn every_size_from_nothing() {
    let modes = [
        "",
        "j j Enter",
        "?",
        "j j s",
        "'16 Enter Space",
        "j j r '字",
        ": '1",
        "/ '海关",
        "t → Down",
        "m →",
        "m Esc",
    ];
    for (nth, keys) in (0..).zip(modes) {
        for width in (0..24).chain([59, 60, 99, 100, 250]) {
            for height in (0..10).chain([14, 15, 60]) {
                if !sampled(nth + width + height, 5) {
                    continue;
                }
                let mut stage = TestApp::new(width, height);
                stage.context.policy = Policy::ALL[usize::from(width + height) % 4];
                stage.keys(keys);
                stage.screen();
            }
        }
    }
}

/// Text by colleagues never reaches the terminal as control characters.
#[test]
fn hostile_texts_are_shown_as_marks() {
    let mut stage = TestApp::new(120, 36);
    let hostile = "\u{1b}]52;c;eA==\u{7}\u{202e}\u{200b}\u{9b}31m\r\n\0x";
    let line = serde_json::json!({
        "at": "2026-11-23T11:00:00+08:00", "by": hostile, "session": "e", "id": "p2c8w1n5ru",
        "edits": [{"clause": "1.1", "remark": hostile, "owner": hostile}, {"clause": "1.1", "step": "k1", "text": hostile}],
    });
    let change = crate::progress::Change::read(&format!("- {line}")).unwrap();
    let batch = crate::progress::journal::Batch {
        changes: vec![change],
        ..Default::default()
    };
    stage.receive(crate::tui::message::Message::Read(batch));
    stage.keys("j j");
    let (buf, _) = stage.drawn();
    let all: String = buf
        .content
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert!(
        !all.contains(|c: char| c.is_control() || "\u{202e}\u{200b}".contains(c)),
        "{all:?}"
    );
    assert!(all.contains("<1B>"), "{all}");
}
