//! kouan and the user's editor as shell jobs: stopping, continuing, ending, and the state of the
//! terminal afterwards.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

const KOUAN: &str = env!("CARGO_BIN_EXE_kouan");

/// Opens the checklist with this script as the editor.
fn open(home: &Home, program: &str, args: &[&str], script: &str) -> Pty {
    let editor = home.write("editor", &format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let pty = Pty::start(
        Path::new(program),
        args,
        (100, 30),
        Manner::Answers,
        |command| {
            surround(&home.path(""), |name, value| command.env(name, value));
            command.env("EDITOR", &editor);
            command.env("TMPDIR", home.path(""));
        },
    );
    pty.wait_for("已保存");
    pty
}

fn alone(home: &Home, script: &str) -> Pty {
    open(home, KOUAN, &["--lang", "zh-CN"], script)
}

/// Opens it in a shell with job control, which reports when the job has stopped and then waits.
fn in_shell(home: &Home, script: &str) -> Pty {
    let shell = "set -m; \"$0\" --lang zh-CN; echo STOPPED; read line; fg; echo ENDED";
    open(home, "/bin/sh", &["-c", shell, KOUAN], script)
}

#[test]
fn suspended_and_continued_it_draws_itself_again() {
    let home = Home::new();
    let mut pty = in_shell(&home, "");
    // With a notice that the next key clears.
    pty.send("jj x");
    pty.wait_for("x 键没有功能");
    pty.send("\x1a");
    pty.wait_for("STOPPED");
    pty.resize(60, 20);
    let before = pty.bytes().len();
    pty.send("\r");
    pty.wait_after(before, "\x1b[?1049h");
    pty.wait_for("[x] 根据企业需求");
    // Nothing was drawn on the shell's screen.
    let back = String::from_utf8_lossy(&pty.bytes()[before..]).into_owned();
    let (shell, _) = back.split_once("\x1b[?1049h").unwrap();
    assert!(!shell.contains("勾选"), "{shell:?}");
    pty.send("q");
    pty.wait_for("ENDED");
    assert!(pty.wait_end().success());
}

#[test]
fn without_a_shell_to_go_back_to_it_goes_on() {
    let home = Home::new();
    let mut pty = alone(&home, "");
    pty.send("\x1a");
    pty.wait_for("未挂起");
    pty.send("q");
    assert!(pty.wait_end().success());
}

/// As in a container that was entered with nsenter(1): the session and the process group are outside.
#[test]
fn in_another_pid_namespace_the_terminal_still_comes_back() {
    let enter = ["--fork", "--pid"];
    let tried = Command::new("unshare").args(enter).arg("true").status();
    if !tried.is_ok_and(|status| status.success()) {
        return;
    }
    let home = Home::new();
    let args = [&enter[..], &[KOUAN, "--lang", "zh-CN"]].concat();
    let mut pty = open(&home, "unshare", &args, "echo 从编辑器来 >\"$1\"");
    pty.send("\x1a");
    pty.wait_for("未挂起");
    pty.send("jjr\x0f");
    pty.wait_for("从编辑器来");
    pty.send("\r");
    pty.wait_for("已记进展");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn where_the_editor_stops_the_whole_job_stops_and_goes_on() {
    let home = Home::new();
    let mut pty = in_shell(
        &home,
        "echo EDITING\nread -r line </dev/tty\necho \"$line\" >>\"$1\"",
    );
    pty.send("jjr第一行");
    pty.wait_for("第一行");
    pty.send("\x0f");
    pty.wait_for("EDITING");
    pty.send("\x1a");
    pty.wait_for("STOPPED");
    pty.send("\r");
    pty.send("从编辑器来\r");
    pty.wait_until("the text of the editor in the box", |screen| {
        screen.contains("从编辑器来") && screen.contains("第一行") && screen.contains("Ctrl-o")
    });
    pty.send("\x03");
    pty.wait_for("草稿已保留");
    pty.send("q");
    pty.wait_for("ENDED");
    assert!(pty.wait_end().success());
}

#[test]
fn the_keys_that_interrupt_are_the_editors_alone() {
    let home = Home::new();
    let script = "trap 'echo INTERRUPTED' INT\ntrap 'echo QUITTING' QUIT\necho EDITING\n\
        while ! read -r line </dev/tty; do :; done\necho \"$line\" >\"$1\"";
    let mut pty = alone(&home, script);
    pty.send("jjr甲\x0f");
    pty.wait_for("EDITING");
    pty.send("\x03");
    pty.wait_for("INTERRUPTED");
    pty.send("\x1c");
    pty.wait_for("QUITTING");
    pty.send("乙\r");
    pty.wait_until("the text of the editor in the box", |screen| {
        screen.contains("乙") && screen.contains("Ctrl-o")
    });
    pty.send("\x03");
    pty.wait_for("草稿已保留");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn an_editor_that_dies_in_raw_mode_leaves_neither_that_nor_its_loss() {
    let home = Home::new();
    let script =
        "echo EDITING\nread -r line </dev/tty\nstty raw -echo\nprintf 新 >>\"$1\"\nkill -9 $$";
    // The terminal is held open, so that its settings can be read after the end.
    let mut pty = in_shell(&home, script);
    pty.send("jjr甲\x0f");
    pty.wait_for("EDITING");
    let before = pty.settings();
    pty.send("\r");
    pty.wait_for("编辑器出错退出");
    let kept = files(&home.path(""), "kouan-");
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), "甲新");
    pty.send("\x03q");
    pty.wait_for("STOPPED");
    assert_eq!(pty.settings(), before);
    pty.send("\r");
    pty.wait_end();
}

/// Returns the files of a folder with this prefix.
fn files(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let begins = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(prefix)
    };
    let paths = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
    paths.filter(begins).collect()
}

#[test]
fn what_the_editor_left_is_read_as_an_import_reads_it() {
    // GBK, and UTF-8 with a byte order mark and CR LF.
    for (bytes, remark) in [
        (
            r"\265\310\264\375\262\277\312\360\312\265\312\251",
            "等待部署实施",
        ),
        (
            r"\357\273\277\347\254\254\344\270\200\350\241\214\r\n\347\254\254\344\272\214\350\241\214\r\n",
            "第一行\\n第二行",
        ),
    ] {
        let home = Home::new();
        let mut pty = alone(&home, &format!("printf '{bytes}' >\"$1\""));
        pty.send("jjr\x0f");
        pty.wait_for(remark.split('\\').next().unwrap());
        pty.send("\r");
        pty.wait_gone("Ctrl-o");
        pty.wait_for("已保存");
        pty.send("q");
        assert!(pty.wait_end().success());
        let journal = fs::read_to_string(home.journal()).unwrap();
        assert!(
            journal.contains(&format!("\"remark\":\"{remark}\"")),
            "{journal}"
        );
    }
}

#[test]
fn what_cannot_be_read_and_what_comes_later_stays_in_its_file() {
    for (script, said) in [
        ("printf 'x\\377\\376\\200\\000\\201y' >\"$1\"", "未取回"),
        ("exit 0", "--wait"),
    ] {
        let home = Home::new();
        let mut pty = alone(&home, script);
        pty.send("jjr甲\x0f");
        pty.wait_for(said);
        let kept = files(&home.path(""), "kouan-");
        assert_eq!(kept.len(), 1, "{said}");
        pty.wait_for(kept[0].file_name().unwrap().to_str().unwrap());
        pty.wait_for("甲");
        pty.send("\x03q");
        assert!(pty.wait_end().success());
    }
}

#[test]
fn whatever_signal_ends_it_the_terminal_is_as_before_and_what_was_typed_is_kept() {
    for end in [
        Signal::QUIT,
        Signal::ABORT,
        Signal::ALARM,
        Signal::USR1,
        Signal::INT,
    ] {
        let home = Home::new();
        let mut pty = alone(&home, "");
        pty.send("jjr半句话");
        pty.wait_for("半句话");
        kill_process(Pid::from_raw(pty.pid()).unwrap(), end).unwrap();
        assert!(pty.wait_end().success(), "{end:?}");
        let sent = String::from_utf8_lossy(&pty.bytes()).into_owned();
        assert!(
            sent.ends_with("\x1b[2J\x1b[H\x1b[?1049l"),
            "{end:?}: {sent:?}"
        );
        let again = alone(&home, "");
        again.send("gjjr");
        again.wait_for("半句话");
    }
}

#[test]
fn a_signal_to_end_ends_the_editor_too_and_keeps_what_it_saved() {
    let home = Home::new();
    let script =
        "trap 'printf 改好 >>\"$1\"; exit 1' HUP\necho EDITING\nwhile :; do sleep 1 & wait; done";
    let mut pty = alone(&home, script);
    pty.send("jjr甲\x0f");
    pty.wait_for("EDITING");
    kill_process(Pid::from_raw(pty.pid()).unwrap(), Signal::TERM).unwrap();
    assert!(pty.wait_end().success());
    let again = alone(&home, "");
    again.send("gjjr");
    again.wait_for("甲改好");
}
