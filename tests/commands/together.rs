//! Commands at the same moment: each decides on all that stands above the line it writes.

use crate::command::{Home, json};
use std::process::Stdio;

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
