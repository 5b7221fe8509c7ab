//! Concurrent commands: each decides on everything above the line it writes.

use crate::command::{Done, Home, json};
use std::{fs, io::Write as _, os::unix::fs::MetadataExt as _, path::Path, process::Stdio};

const ROUNDS: usize = 20;

/// Runs commands at once; returns whether each succeeded.
fn at_once(home: &Home, commands: &[&str]) -> Vec<bool> {
    let start = |words: &&str| {
        let mut command = home.kouan(words).into_command();
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    let running: Vec<_> = commands.iter().map(start).collect();
    let ended = running.into_iter().map(|mut child| child.wait().unwrap());
    ended.map(|status| status.success()).collect()
}

#[test]
fn two_undos_take_back_two_sets_and_two_redos_bring_them_back() {
    let home = Home::new();
    for _ in 0..ROUNDS {
        home.kouan("check 1.1").quiet();
        home.kouan("check 1.2").quiet();
        assert_eq!(at_once(&home, &["undo", "undo"]), [true, true]);
        assert_eq!(home.kouan("list is:done").quiet(), "");
        assert_eq!(at_once(&home, &["redo", "redo"]), [true, true]);
        assert_eq!(home.kouan("list is:done").quiet().lines().count(), 2);
        home.kouan("undo").quiet();
        home.kouan("undo").quiet();
    }
}

#[test]
fn only_what_is_done_is_closed_whoever_writes_meanwhile() {
    let home = Home::new();
    for _ in 0..ROUNDS {
        home.kouan("check 1.1").run();
        at_once(&home, &["uncheck 1.1", "set 1.1 --status closed"]);
        home.kouan("uncheck 1.1").run();
    }
    let log = home.kouan("log --json").quiet();
    let mut before = "todo".to_owned();
    let mut closed = 0;
    for change in json(&log).as_array().unwrap() {
        let status = change["edits"][0]["status"].as_str().unwrap();
        if status == "closed" {
            assert_eq!(before, "done", "{log}");
            closed += 1;
        }
        status.clone_into(&mut before);
    }
    assert!(closed <= ROUNDS);
}

/// Runs a command that finds the journal locked, while a colleague's status is appended as another
/// session would.
fn overtaken(home: &Home, journal: &Path, words: &str, (clause, status): (&str, &str)) -> Done {
    let mut file = fs::OpenOptions::new().append(true).open(journal).unwrap();
    file.lock().unwrap();
    let mut command = home.kouan(words).into_command();
    let command = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let inode = format!(":{} ", file.metadata().unwrap().ino());
    let waits = |line: &str| line.contains("->") && line.contains(&inode);
    while child.try_wait().unwrap().is_none()
        && !fs::read_to_string("/proc/locks")
            .unwrap()
            .lines()
            .any(waits)
    {
        std::thread::yield_now();
    }
    let line = format!(
        r#"- {{"at":"2026-11-23T11:00:00.000+08:00","by":"lisi","session":"b","id":"abcdefghjk","clause":"{clause}","status":"{status}"}}"#
    );
    writeln!(file, "{line}").unwrap();
    file.unlock().unwrap();
    child.wait_with_output().unwrap().into()
}

fn status(home: &Home, document: &str, clause: &str) -> String {
    let shown = home
        .kouan("show --json --document")
        .arg(document)
        .arg(clause);
    json(&shown.quiet())[0]["status"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_merge_does_not_overwrite_what_was_saved_meanwhile() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    home.kouan("export --lang zh-CN -o")
        .arg(home.path("out.csv"))
        .run();
    let text = fs::read_to_string(home.path("out.csv")).unwrap();
    let line = text.lines().find(|line| line.starts_with("2.1,")).unwrap();
    let text = text.replace(line, &line.replace("未启动", "已完成"));
    let ledger = home.write("out.csv", &text);
    let words = format!("merge {}", ledger.display());
    let done = overtaken(&home, &home.journal(), &words, ("2.1", "doing"));
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.stderr.contains("both sides changed it"), "{done:?}");
    assert_eq!(status(&home, "tianjin-2025", "2.1"), "doing");
    assert!(home.kouan("show 2.1").quiet().contains("the ledger says"));
}

#[test]
fn progress_is_not_carried_over_what_was_saved_meanwhile() {
    let home = Home::new();
    let text = home.write("final.txt", include_str!("../fixtures/carry/final.txt"));
    assert_eq!(
        home.kouan("import --id final").arg(text).run().code,
        Some(0)
    );
    home.kouan("check 1.1 2.1").quiet();
    home.kouan("--document final check 9.1").quiet();
    let journal = home.path("data/progress/final.yaml");
    let words = "carry tianjin-2025 final";
    let done = overtaken(&home, &journal, words, ("1.1", "doing"));
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(status(&home, "final", "1.1"), "doing");
    assert_eq!(status(&home, "final", "2.1"), "done");
}
