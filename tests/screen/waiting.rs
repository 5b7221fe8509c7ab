//! Progress of slow commands on a terminal, and stopping them safely with Ctrl-c.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

const TEXT: &str = "某市行动措施\n\n1.优化监管。压缩用时。（责任单位：天津海关）\n";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";

fn run(home: &Home, args: &[&str], more: &[(&str, &str)]) -> Pty {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    Pty::start(kouan, args, (100, 30), Manner::Answers, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
        for (name, value) in more {
            command.env(name, value);
        }
    })
}

#[test]
fn an_import_says_how_far_it_is_and_is_stopped() {
    let home = Home::new();
    // A pipe, which keeps its reader waiting.
    let pipe = home.pipe("pipe.txt");
    let mut pty = run(&home, &["import", pipe.to_str().unwrap()], &[]);
    pty.wait_for("step 1 of 3: reading the file (Ctrl-c stops)");
    pty.send(CTRL_C);
    pty.wait_for("stopped: nothing was written");
    assert!(!pty.wait_end().success());
    let lines = pty.lines();
    assert!(!lines.iter().any(|l| l.contains("step 1")), "{lines:?}");
    assert!(!home.path("data/documents").exists());

    let mut pty = run(&home, &["import", pipe.to_str().unwrap()], &[]);
    pty.wait_for("step 1 of 3");
    fs::write(&pipe, TEXT).unwrap();
    pty.wait_for("1 clause,");
    assert!(pty.wait_end().success());
    let lines = pty.lines();
    assert!(!lines.iter().any(|l| l.contains("step")), "{lines:?}");
}

#[test]
fn what_is_to_be_typed_is_asked_for() {
    let home = Home::new();
    let mut pty = run(&home, &["import", "-", "--id", "typed"], &[]);
    pty.wait_for("then press Ctrl-d");
    pty.send(&TEXT.replace('\n', "\r"));
    pty.send(CTRL_D);
    pty.wait_for("1 clause,");
    assert!(pty.wait_end().success());
    assert!(home.path("data/documents/typed.yaml").exists());
    let mut pty = run(&home, &["set", "1.1", "--remark", "-"], &[]);
    pty.wait_for("then press Ctrl-d");
    pty.send("seen\r");
    pty.send(CTRL_D);
    assert!(pty.wait_end().success());
    let shown = home.kouan("show 1.1").quiet();
    assert!(shown.contains("seen"), "{shown}");
}

#[test]
fn progress_is_not_shown_outside_a_terminal() {
    let home = Home::new();
    let done = home.kouan("import - --id typed").stdin(TEXT).run();
    assert_eq!(done.code, Some(0));
    assert!(!done.stderr.contains("step"), "{}", done.stderr);
}

/// A git that hangs on this command.
fn slow_git(home: &Home, word: &str) -> String {
    let real = Command::new("sh").args(["-c", "command -v git"]).output();
    let real = String::from_utf8(real.unwrap().stdout).unwrap();
    let script = format!(
        "#!/bin/sh\ncase \" $* \" in *' {word} '*) exec sleep 600;; esac\nexec {} \"$@\"\n",
        real.trim()
    );
    let git = home.write("bin/git", &script);
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    format!("{}:{path}", git.parent().unwrap().display())
}

#[test]
fn a_sync_says_what_it_waits_for_and_is_stopped() {
    let home = Home::new();
    let path = slow_git(&home, "clone");
    let args = ["sync", "--init", "https://example.org/team.git"];
    let mut pty = run(&home, &args, &[("PATH", &path)]);
    pty.wait_for("cloning https://example.org/team.git (Ctrl-c stops)");
    pty.send(CTRL_C);
    pty.wait_for("run kouan sync again");
    assert!(!pty.wait_end().success());
    // Nothing of the attempt is left.
    let left = fs::read_dir(home.path("data")).unwrap().count();
    assert_eq!(left, 0);

    let shared = home.path("shared.git");
    let made = Command::new("git")
        .args(["init", "-q", "--bare"])
        .arg(&shared)
        .status();
    assert!(made.unwrap().success());
    home.kouan("check 1.1").quiet();
    home.kouan("sync --init").arg(&shared).quiet();
    let journal = fs::read(home.journal()).unwrap();
    let path = slow_git(&home, "fetch");
    let mut pty = run(&home, &["sync"], &[("PATH", &path)]);
    pty.wait_for("step 1 of 3: fetching");
    pty.send(CTRL_C);
    pty.wait_for("run kouan sync again");
    assert!(!pty.wait_end().success());
    assert_eq!(fs::read(home.journal()).unwrap(), journal);
    home.kouan("sync").quiet();
}
