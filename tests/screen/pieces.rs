//! What a slow line cuts in two arrives whole.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use std::{path::Path, thread, time::Duration};

/// Opens the checklist with a remark begun on 1.1.
fn writing(home: &Home) -> Pty {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let args = ["--lang", "zh-CN"];
    let pty = Pty::start(kouan, &args, (100, 30), Manner::Answers, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
    });
    pty.wait_for("已保存");
    pty.send("jjr甲乙");
    pty.wait_for("甲乙");
    pty
}

/// Sends the parts with a pause between them, as a line does that loses packets.
fn send_apart(pty: &Pty, parts: [&[u8]; 2], pause: u64) {
    pty.send_bytes(parts[0]);
    thread::sleep(Duration::from_millis(pause));
    pty.send_bytes(parts[1]);
}

fn leave(mut pty: Pty) {
    pty.send("\x03");
    pty.wait_gone("甲");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn an_arrow_in_two_parts_leaves_no_remark_and_runs_no_keys() {
    for (cut, pause) in [(1, 60), (1, 300), (2, 60), (2, 400)] {
        let home = Home::new();
        let pty = writing(&home);
        let (first, second) = "\x1b[D".split_at(cut);
        send_apart(&pty, [first.as_bytes(), second.as_bytes()], pause);
        pty.send("丙");
        pty.wait_for("甲丙乙");
        leave(pty);
    }
}

#[test]
fn half_a_character_is_waited_for() {
    let home = Home::new();
    let pty = writing(&home);
    let han = "口".as_bytes();
    send_apart(&pty, [&han[..1], &han[1..]], 40);
    pty.wait_for("甲乙口");
    send_apart(&pty, [&han[..2], &han[2..]], 700);
    pty.wait_for("甲乙口口");
    leave(pty);
}

#[test]
fn a_paste_whose_marks_are_cut_is_text() {
    for cut in [1, 2, 4, 5, 8, 15] {
        let home = Home::new();
        let pty = writing(&home);
        let (first, second) = "\x1b[200~qjk\r丁\x1b[201~".as_bytes().split_at(cut);
        send_apart(&pty, [first, second], 200);
        pty.wait_for("甲乙qjk");
        pty.wait_for("丁");
        leave(pty);
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
