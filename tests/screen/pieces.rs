//! Input that a slow line splits in two arrives complete.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use std::{path::Path, thread, time::Duration};

/// Opens the checklist with a remark begun on 1.1. Terminals answer before or after a key; this one
/// would answer in the middle, so it is silent.
fn writing(home: &Home) -> Pty {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let args = ["--lang", "zh-CN"];
    let pty = Pty::start(kouan, &args, (100, 30), Manner::Mute, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
    });
    pty.wait_for("已保存");
    pty.send("jjr甲乙");
    pty.wait_for("甲乙");
    pty
}

/// Sends the parts with a pause, as on a slow line, and then `last`, which appears nowhere else on
/// the screen; succeeds if the screen then shows `wanted`. A busy machine may make the pause longer
/// than kouan waits; then it is tried again.
fn try_apart(parts: [&[u8]; 2], pause: u64, last: &str, wanted: &str) {
    for _ in 0..5 {
        let home = Home::new();
        let pty = writing(&home);
        pty.send_bytes(parts[0]);
        thread::sleep(Duration::from_millis(pause));
        pty.send_bytes(parts[1]);
        pty.send(last);
        pty.wait_for(last);
        if pty.lines().iter().any(|line| line.contains(wanted)) {
            return leave(pty);
        }
    }
    panic!("{parts:?} {pause} ms apart");
}

fn leave(mut pty: Pty) {
    pty.send("\x03");
    pty.wait_gone("甲");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn an_arrow_in_two_parts_leaves_no_remark_and_runs_no_keys() {
    for (cut, pause) in [(1, 60), (1, 250), (2, 60), (2, 250)] {
        let (first, second) = "\x1b[D".split_at(cut);
        let parts = [first.as_bytes(), second.as_bytes()];
        try_apart(parts, pause, "丙", "甲丙乙");
    }
}

#[test]
fn half_a_character_is_waited_for() {
    for (cut, pause) in [(1, 40), (2, 700)] {
        let (first, second) = "口".as_bytes().split_at(cut);
        try_apart([first, second], pause, "丙", "甲乙口丙");
    }
}

#[test]
fn a_paste_whose_marks_are_cut_is_text() {
    for (cut, pause) in [(1, 60), (2, 200), (4, 200), (5, 200), (8, 700), (14, 700)] {
        let (first, second) = "\x1b[200~jk\r丁\x1b[201~".as_bytes().split_at(cut);
        try_apart([first, second], pause, "戊", "丁戊");
    }
}

#[test]
fn what_putty_and_urxvt_send_for_alt_and_enter_stays_in_the_remark() {
    let home = Home::new();
    let pty = writing(&home);
    pty.send("\x1b\x1b[D");
    pty.send("丙");
    pty.wait_for("丙甲乙");
    for enter in ["\x1b[27;3;13~", "\x1b[27;2;13~", "\x1bOM", "\x1b\r"] {
        pty.send("\x1b[F");
        pty.send(enter);
    }
    pty.send("戊");
    pty.wait_until("four new lines", |screen| {
        let row = |text| screen.lines().position(|line| line.contains(text));
        row("戊") == row("丙甲乙").map(|row| row + 4)
    });
    leave(pty);
}
