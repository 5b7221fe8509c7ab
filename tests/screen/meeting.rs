//! A meeting on a real terminal, from start to minutes, with only the keys that an input method
//! lets through: arrows, Space, Enter, Esc, digits, punctuation, and Chinese text.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;

const RIGHT: &str = "\x1b[C";
const LEFT: &str = "\x1b[D";
const DOWN: &str = "\x1b[B";
/// Default file of the minutes.
const MINUTES: &str = "tianjin-2025-纪要-2026-11-23.md";

fn open(home: &Home, size: (u16, u16)) -> Pty {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let pty = Pty::start(
        kouan,
        &["--lang", "zh-CN", "--ambiguous-width", "narrow"],
        size,
        Manner::Answers,
        |command| {
            surround(&home.path(""), |name, value| command.env(name, value));
            command.cwd(home.path(""));
        },
    );
    pty.wait_for("已保存");
    pty
}

/// Sends keys that an input method lets through; letters would never arrive.
fn send(pty: &Pty, keys: &str) {
    let plain = keys.replace(RIGHT, "").replace(LEFT, "").replace(DOWN, "");
    assert!(!plain.chars().any(|c| c.is_ascii_alphabetic()), "{keys:?}");
    pty.send(keys);
}

/// Opens a meeting on a query's clauses; `place` is its position then.
fn meet(pty: &Pty, query: &str, count: &str, place: &str) {
    send(pty, "、");
    send(pty, query);
    pty.wait_for(count);
    send(pty, "\r：会议");
    pty.wait_for(":会议");
    send(pty, "\r");
    pty.wait_for(place);
}

/// The decision on the nth clause, and what the screen then says.
fn decide(pty: &Pty, nth: usize) {
    let (keys, said) = match nth % 5 {
        0 => (" ".to_owned(), "已完成".to_owned()),
        1 => ("２".to_owned(), "推进中".to_owned()),
        2 => (
            format!("6第{nth}款受阻的原因\r"),
            format!("第{nth}款受阻的原因"),
        ),
        3 => (
            format!("8第{nth}款的“备注”\r"),
            format!("第{nth}款的“备注”"),
        ),
        _ => ("9年底\r".to_owned(), "2026-12-31".to_owned()),
    };
    send(pty, &keys);
    pty.wait_for(&said);
}

#[test]
fn nineteen_clauses_from_open_to_minutes() {
    let home = Home::new();
    let mut pty = open(&home, (120, 40));
    meet(&pty, "@天津海关", "19 款", "第 1 款／共 19 款");
    for nth in 1..=19 {
        pty.wait_for(&format!("第 {nth} 款／共 19 款"));
        decide(&pty, nth);
        send(&pty, RIGHT);
    }
    pty.wait_for("已是最后一款");
    pty.wait_for("已保存");
    send(&pty, "\x1b");
    pty.wait_for("纪要存为");
    pty.wait_for(MINUTES);
    send(&pty, "\r");
    pty.wait_for("纪要已保存");
    pty.send("q");
    assert!(pty.wait_end().success());

    let journal = std::fs::read_to_string(home.journal()).unwrap();
    assert_eq!(journal.lines().count(), 1 + 19, "{journal}");
    let minutes = std::fs::read_to_string(home.path(MINUTES)).unwrap();
    let (changed, open) = minutes.split_once("## 尚未完成").unwrap();
    assert_eq!(changed.matches("\n### ").count(), 19, "{minutes}");
    for nth in 1..=19 {
        match nth % 5 {
            2 => assert!(changed.contains(&format!("第{nth}款受阻的原因")), "{nth}"),
            3 => assert!(changed.contains(&format!("第{nth}款的“备注”")), "{nth}"),
            _ => {}
        }
    }
    for (words, times) in [
        ("未启动 → 已完成", 3),
        ("未启动 → 推进中", 4),
        ("未启动 → 受阻", 4),
        ("2026-12-31", 4),
    ] {
        assert_eq!(changed.matches(words).count(), times, "{words}\n{minutes}");
    }
    assert!(open.starts_with("（16 款）"), "{open}");
    // The command line reports the same about these clauses.
    let told = home
        .kouan("--lang zh-CN minutes --since 2026-11-23")
        .quiet();
    for part in changed.split("\n### ").skip(1) {
        assert!(told.contains(part.trim_end()), "{part}");
    }
}

#[test]
fn to_the_list_and_back_and_other_names_for_the_minutes() {
    let home = Home::new();
    home.write(MINUTES, "别人的纪要");
    let mut pty = open(&home, (80, 24));
    meet(&pty, "@市商务局", "8 款", "第 1 款／共 8 款");
    send(&pty, &RIGHT.repeat(2));
    pty.wait_for("第 3 款／共 8 款");
    // The outline, its next clause, and back there.
    send(&pty, "\r");
    pty.wait_for("会议未结束");
    send(&pty, "：会议\r");
    pty.wait_for("第 3 款／共 8 款");
    send(&pty, "3");
    pty.wait_for("[x] 已完成");
    send(&pty, "0");
    pty.wait_for("[ ] 未启动");
    send(&pty, " ");
    pty.wait_for("[x] 已完成");
    send(&pty, LEFT);
    pty.wait_for("第 2 款／共 8 款");
    send(&pty, "\x1b");
    // A name that is taken gets a number; insisting on it needs a confirmation.
    pty.wait_for("-2026-11-23-2.md");
    pty.send(&format!(
        "{}{MINUTES}\r",
        "\x7f".repeat(MINUTES.chars().count() + 2)
    ));
    pty.wait_for("已存在");
    send(&pty, "\x1b");
    pty.wait_for("散会，纪要存为");
    send(&pty, "二\r");
    pty.wait_for("纪要已保存");
    let kept = std::fs::read_to_string(home.path(MINUTES)).unwrap();
    assert_eq!(kept, "别人的纪要");
    let minutes = std::fs::read_to_string(home.path(&format!("{MINUTES}二"))).unwrap();
    assert!(minutes.contains("未启动 → 已完成"), "{minutes}");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn a_meeting_outlives_one_escape_too_many_and_the_window() {
    let home = Home::new();
    home.write(MINUTES, "上午的纪要");
    let mut pty = open(&home, (80, 24));
    meet(&pty, "@市商务局", "8 款", "第 1 款／共 8 款");
    send(&pty, "2");
    pty.wait_for("[~] 推进中");
    // Closing an open clause is refused; the Esc that clears the message ends nothing.
    send(&pty, "4");
    pty.wait_for("才能销号");
    send(&pty, "\x1b");
    pty.wait_gone("才能销号");
    pty.wait_for("第 1 款／共 8 款");
    send(&pty, "\x1b");
    pty.wait_for("散会，纪要存为");
    send(&pty, "\x1b");
    pty.wait_for("按 m 接着开");
    pty.send("m");
    pty.wait_for("接着开");
    pty.wait_for("已保存");
    let pid = Pid::from_raw(pty.pid()).unwrap();
    kill_process(pid, Signal::HUP).unwrap();
    pty.wait_end();

    let mut pty = open(&home, (80, 24));
    send(&pty, "：会议");
    pty.wait_for(":会议");
    send(&pty, "\r");
    pty.wait_for("接着开");
    pty.wait_for("第 1 款／共 8 款");
    send(&pty, "\x1b");
    pty.wait_for("-2026-11-23-2.md");
    send(&pty, "\r");
    pty.wait_for("纪要已保存");
    pty.send("q");
    assert!(pty.wait_end().success());
    let minutes = std::fs::read_to_string(home.path("tianjin-2025-纪要-2026-11-23-2.md")).unwrap();
    assert!(minutes.contains("未启动 → 推进中"), "{minutes}");
    let kept = std::fs::read_to_string(home.path(MINUTES)).unwrap();
    assert_eq!(kept, "上午的纪要");
}

#[test]
fn the_figures_of_units_and_a_meeting_over_one_of_them() {
    let home = Home::new();
    let mut pty = open(&home, (80, 24));
    send(&pty, "：单位");
    pty.wait_for(":单位");
    send(&pty, "\r");
    pty.wait_for("0/19 0%");
    // Sorted by the number of clauses.
    while !pty.lines()[1].contains("按款数排序") {
        let before = pty.lines()[1].clone();
        send(&pty, RIGHT);
        pty.wait_gone(before.trim());
    }
    let rows = pty.lines();
    let figures: Vec<Vec<&str>> = rows[4..8]
        .iter()
        .map(|row| row.split_whitespace().take(2).collect())
        .collect();
    assert_eq!(
        figures,
        [
            ["天津海关", "19"],
            ["市交通运输委", "10"],
            ["市商务局", "8"],
            ["天津港集团", "7"]
        ]
    );
    pty.wait_for("合计（同一款计一次）");
    send(&pty, DOWN);
    pty.wait_for("市交通运输委 共 10 款");
    send(&pty, "\r");
    pty.wait_for("10/42");
    pty.send("q");
    assert!(pty.wait_end().success());
}
