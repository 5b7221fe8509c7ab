//! Deciding on carried progress on a real terminal: from the shell, and from the list of documents.

use crate::command::{Home, json, surround};
use crate::pty::{Manner, Pty};
use std::{fs, io::Write as _, os::unix::fs::MetadataExt as _, path::Path};

const FINAL: &str = include_str!("../fixtures/carry/final.txt");

/// A home with work on the draft and the final text imported.
fn home() -> Home {
    let home = Home::new();
    let text = home.write("final.txt", FINAL);
    let run = home.kouan("import --id final").arg(text).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    home.kouan("check 1.1 8.1").quiet();
    home.kouan("set 18.2 --status doing --remark 试行中")
        .quiet();
    home
}

fn open(home: &Home, args: &[&str]) -> Pty {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let mut all = vec!["--lang", "zh-CN"];
    all.extend(args);
    Pty::start(kouan, &all, (120, 36), Manner::Answers, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
    })
}

/// Returns the status of a clause of the final text, and the number of lines in its journal.
fn state(home: &Home, id: &str) -> (String, usize) {
    let shown = home.kouan("--document final show --json").arg(id).quiet();
    let text = std::fs::read_to_string(home.path("data/progress/final.yaml"));
    let status = json(&shown)[0]["status"].as_str().unwrap().to_owned();
    (status, text.unwrap_or_default().lines().count())
}

#[test]
fn the_shell_leads_to_the_screen() {
    let home = home();
    let mut pty = open(&home, &["carry", "tianjin-2025", "final", "--review"]);
    pty.wait_for("1/2  由 tianjin-2025 结转");
    pty.send("1");
    pty.wait_for("2/2");
    pty.wait_for("推行弹性集港");
    pty.send("\r");
    pty.wait_for("已结转 2，不结转 0，尚未定 0");
    pty.wait_for("已保存");
    pty.send("q");
    assert!(pty.wait_end().success());
    assert_eq!(state(&home, "17.2"), ("doing".to_owned(), 3));
    assert_eq!(state(&home, "7.1").0, "done");
}

#[test]
fn the_list_of_documents_opens_it_and_refuses_the_open_document() {
    let home = home();
    let mut pty = open(&home, &["--document", "final"]);
    pty.wait_for("已保存");
    pty.send("D");
    pty.wait_for("文件 2 份");
    pty.send("c");
    pty.wait_for("这就是打开的文件");
    pty.send("G\t");
    pty.wait_for("1/2  由 tianjin-2025 结转");
    pty.send("n");
    pty.wait_for("2/2");
    pty.send("n");
    pty.wait_for("已结转 0，不结转 2");
    pty.send("q");
    assert!(pty.wait_end().success());
    assert_eq!(state(&home, "7.1"), ("todo".to_owned(), 0));
}

#[test]
fn what_others_saved_meanwhile_is_not_carried_over() {
    let home = home();
    home.kouan("--document final check 9.1").quiet();
    let mut pty = open(&home, &["carry", "tianjin-2025", "final", "--review"]);
    pty.wait_for("1/2  由 tianjin-2025 结转");
    let journal = home.path("data/progress/final.yaml");
    let mut file = fs::OpenOptions::new().append(true).open(journal).unwrap();
    file.lock().unwrap();
    pty.send("1");
    let inode = format!(":{} ", file.metadata().unwrap().ino());
    let waits = |line: &str| line.contains("->") && line.contains(&inode);
    while !fs::read_to_string("/proc/locks")
        .unwrap()
        .lines()
        .any(waits)
    {
        std::thread::yield_now();
    }
    let line = r#"- {"at":"2026-11-23T11:00:00.000+08:00","by":"lisi","session":"b","id":"abcdefghjk","clause":"1.1","status":"blocked"}"#;
    writeln!(file, "{line}").unwrap();
    file.unlock().unwrap();
    pty.wait_for("本次没有结转");
    pty.wait_for("1/2  由 tianjin-2025 结转");
    assert_eq!(state(&home, "1.1"), ("blocked".to_owned(), 3));
    // The rest is carried on confirming again.
    pty.send("1");
    pty.wait_for("2/2");
    pty.wait_for("已保存");
    pty.send("nq");
    assert!(pty.wait_end().success());
    assert_eq!(state(&home, "1.1"), ("blocked".to_owned(), 4));
    assert_eq!(state(&home, "7.1").0, "done");
}

#[test]
fn a_ledger_that_came_back_is_decided_on_clause_by_clause() {
    let home = Home::new();
    let csv = home
        .kouan("--lang zh-CN export --format csv @天津海关")
        .quiet();
    let path = home.write("台账-天津海关.csv", &csv.replacen("未启动", "已完成", 2));
    let mut pty = open(&home, &[]);
    pty.wait_for("已保存");
    pty.send("e");
    pty.wait_for("并入填好的台账");
    pty.send("9");
    pty.wait_for("并入哪个台账");
    pty.send(path.to_str().unwrap());
    pty.send("\r");
    pty.wait_for("1/2  并入");
    pty.wait_for("台账要改");
    pty.send("y");
    pty.wait_for("2/2  并入");
    pty.send("n");
    pty.wait_for("已并入 1 项，不并入 1 项");
    pty.wait_for("已保存");
    pty.send("q");
    assert!(pty.wait_end().success());
    let journal = fs::read_to_string(home.journal()).unwrap();
    assert_eq!(journal.lines().count(), 2, "{journal}");
    assert!(
        journal.contains(r#""by":"天津海关","via":"zhangsan""#),
        "{journal}"
    );
}
