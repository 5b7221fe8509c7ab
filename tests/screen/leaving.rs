//! Programs on a real terminal: first the test harness itself, on programs with known output.

use crate::command::{Home, json, surround};
use crate::pty::{Manner, Pty};
use std::path::Path;

fn sh(script: &str, manner: Manner) -> Pty {
    let args = ["-c", script];
    Pty::start(Path::new("/bin/sh"), &args, (40, 10), manner, |command| {
        command.env("PATH", std::env::var("PATH").unwrap_or_default());
    })
}

#[test]
fn the_harness_shows_what_a_program_prints_and_types_what_it_reads() {
    let script = "stty -echo; printf 'name? '; read n; echo \"hello $n\"; exit 3";
    let mut pty = sh(script, Manner::Answers);
    pty.wait_for("name? ");
    pty.send("张三\r");
    pty.wait_for("hello 张三");
    assert_eq!(pty.wait_end().exit_code(), 3);
}

#[test]
fn the_harness_answers_where_the_cursor_is() {
    let script = "stty raw -echo; printf 'ab\\033[6n'; a=$(dd bs=1 count=6 2>/dev/null); \
                  stty sane; printf '%s' \"$a\" | od -An -c";
    let mut pty = sh(script, Manner::Answers);
    pty.wait_for("033   [   1   ;   3   R");
    assert!(pty.wait_end().success());
}

#[test]
fn the_harness_answers_what_terminal_it_is_unless_it_is_mute() {
    let ask = "stty raw -echo min 0 time 3; printf '\\033[c'; dd bs=9 count=1 2>/dev/null | od -An -c; echo end";
    sh(ask, Manner::Answers).wait_for("033   [   ?   6   2   ;   2   2   c");
    let mut mute = sh(ask, Manner::Mute);
    assert!(mute.wait_end().success());
    assert!(!mute.lines().concat().contains("033"));
}

#[test]
fn the_harness_tells_the_program_its_size() {
    let script = "trap 'stty size; exit 0' WINCH; stty size; sleep 60 & wait";
    let mut pty = sh(script, Manner::Answers);
    pty.wait_for("10 40");
    pty.resize(60, 12);
    pty.wait_for("12 60");
    assert!(pty.wait_end().success());
}

#[test]
fn a_wait_for_what_never_comes_fails_at_the_programs_end() {
    let pty = sh("echo done", Manner::Answers);
    let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| pty.wait_for("more")));
    let said = *failed.unwrap_err().downcast::<String>().unwrap();
    assert!(
        said.contains("never came: more") && said.contains("done"),
        "{said}"
    );
}

#[test]
fn a_list_on_a_terminal_keeps_within_its_columns() {
    let home = Home::new();
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let mut pty = Pty::start(
        kouan,
        &["list", "no:1.1"],
        (40, 10),
        Manner::Answers,
        |command| {
            surround(&home.path(""), |name, value| command.env(name, value));
        },
    );
    assert!(pty.wait_end().success());
    let lines = pty.lines();
    assert!(
        lines[0].starts_with("[ ] 1.1") && lines[0].contains("天津海关"),
        "{lines:?}"
    );
    assert!(lines[1].is_empty(), "{lines:?}");
}

/// Text that would clear the screen, set the title, reverse the line, or hide in it.
const HOSTILE: &str = "a\u{1b}[2J\u{1b}]0;t\u{7}\u{9b}31m\u{202e}b\u{200b}\u{8}c";

/// One ambiguous character, the cursor's position, and the line cleared again.
const PROBE: &str = "\r“\u{1b}[6n\u{1b}[c\r\u{1b}[K";

#[test]
fn no_command_lets_a_journal_command_the_terminal() {
    let home = Home::new();
    let said = serde_json::to_string(HOSTILE).unwrap();
    let start = "- {\"at\":\"2026-11-22T10:00:00+08:00\",\"session\":\"s\",\"by\":";
    let one = format!(
        "{start}{said},\"id\":\"a\",\"clause\":\"1.1\",\"owner\":{said},\"remark\":{said}}}\n"
    );
    let two = format!(
        "{start}{said},\"id\":{said},\"clause\":\"1.1\",\"step\":{said},\"text\":{said}}}\n"
    );
    home.write("data/progress/tianjin-2025.yaml", &(one + &two));
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    for words in [
        "list --columns id,owner,by,progress",
        "show 1.1",
        "show 1.1 --json",
        "log",
        "log --json",
        "export --format csv",
        "export --format md",
        "export --format json",
        "minutes --since 30d",
        "doctor",
        "set 1.1 --owner x\u{1b}[2J",
    ] {
        let args: Vec<&str> = words.split(' ').collect();
        let mut pty = Pty::start(kouan, &args, (200, 50), Manner::Answers, |command| {
            surround(&home.path(""), |name, value| command.env(name, value));
        });
        pty.wait_end();
        let bytes = String::from_utf8(pty.bytes()).unwrap();
        // The width question of `doctor` is ours.
        let bytes = bytes.strip_prefix(PROBE).unwrap_or(&bytes);
        // So are styles.
        let bytes = ["\x1b[1m", "\x1b[0m"]
            .iter()
            .fold(bytes.to_owned(), |b, sgr| b.replace(sgr, ""));
        let bad = bytes.find(|c: char| !matches!(c, '\r' | '\n') && kouan::text::is_hidden(c));
        assert_eq!(bad, None, "{words}: {bytes:?}");
        assert!(!bytes.is_empty(), "{words}");
    }
    let shown = json(&home.kouan("show 1.1 --json").quiet());
    assert_eq!(shown[0]["steps"][0]["text"], HOSTILE);
}
