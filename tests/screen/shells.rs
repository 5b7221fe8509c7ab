//! Completion in real shells: colleagues' text becomes one word of the line, whatever it contains,
//! and is never run.

#![expect(clippy::print_stderr, reason = "the figures are said")]

use crate::command::{Home, NOW, surround};
use crate::pty::{Manner, Pty};
use std::{fmt::Write as _, path::Path, process::Command};

/// Text that could end a word, be expanded, or run, each between `p07` and `z` of its own name.
const PIECES: [&str; 62] = [
    "!",
    "\"",
    "#",
    "$",
    "%",
    "&",
    "'",
    "(",
    ")",
    "*",
    "+",
    ",",
    "-",
    ".",
    ":",
    ";",
    "<",
    "=",
    ">",
    "?",
    "@",
    "[",
    "\\",
    "]",
    "^",
    "_",
    "`",
    "{",
    "|",
    "}",
    "~",
    "/",
    "$(touch${IFS}ran)",
    "`touch${IFS}ran`",
    ";touch${IFS}ran;",
    "&touch${IFS}ran&",
    "|touch${IFS}ran|",
    "<(touch${IFS}ran)",
    "=(touch${IFS}ran)",
    ">ran",
    "(touch${IFS}ran)",
    "$((a[$(touch${IFS}ran)]))",
    "'$(touch${IFS}ran)'",
    "'\\''",
    "\"$(touch${IFS}ran)\"",
    "\\$HOME",
    "$'\\x41'",
    "${HOME}",
    "$HOME",
    "*(e:'touch${IFS}ran':)",
    "{a,b}",
    "[a-z]*",
    "!!",
    "!$",
    "^a^b",
    "%s%{",
    "%F{red}",
    "\\\\",
    "\\:",
    "海关（‘甲’、“乙”）",
    "👨‍👩‍👧",
    "a\u{301}",
];

/// Never offered: it would command the terminal, or hide in the line.
const HIDDEN: [&str; 8] = [
    "\u{1b}]0;x\u{7}",
    "\u{9b}31m",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{e000}",
    "\r",
    "\n",
];

/// A program that prints its last argument in hexadecimal, and counts its runs.
const PROGRAM: &str = r#"#!/bin/sh
for last; do :; done
echo >>"$HOME/runs"
printf 'run%s=%s.\n' "$(wc -l <"$HOME/runs")" "$(printf %s "$last" | od -An -tx1 -v | tr -d ' \n')"
"#;

struct Shell {
    name: &'static str,
    args: &'static [&'static str],
    /// Registers the completion of kouan for `args` too.
    setup: &'static str,
}

const BASH: Shell = Shell {
    name: "bash",
    args: &["--norc", "--noprofile"],
    setup: "set -H; PS1='ready> '; source kouan.bash; complete -o bashdefault -o nosort -F _kouan args\r",
};

const ZSH: Shell = Shell {
    name: "zsh",
    args: &["-f"],
    setup: "PS1='ready> '; autoload -U compinit; compinit -u -D; source kouan.zsh; compdef _kouan args\r",
};

const FISH: Shell = Shell {
    name: "fish",
    args: &["--no-config"],
    setup: "function fish_prompt; echo 'ready> '; end; source kouan.fish; \
            complete --keep-order --exclusive --command args --arguments \
            \"(KOUAN_COMPLETE=fish kouan -- (commandline --current-process --tokenize --cut-at-cursor) \
            (commandline --current-token --cut-at-cursor | string unescape) 2>/dev/null)\"\r",
};

fn name(nth: usize) -> String {
    format!("p{nth:02}{}z", PIECES[nth])
}

/// Writes a journal signed and owned by every name, a document with them as units, and a file with
/// each name.
fn fill(home: &Home) {
    let mut journal = "# kouan journal 1 · units · one change a line, append only\n".to_owned();
    let names = (0..PIECES.len()).map(name);
    let hidden = HIDDEN.iter().map(|piece| format!("q{piece}z"));
    for (nth, by) in names.chain(hidden).enumerate() {
        let change = serde_json::json!({
            "at": NOW, "by": by, "session": "s", "id": format!("k{nth:09}"), "clause": "1.1", "owner": by,
        });
        writeln!(journal, "- {change}").unwrap();
        if !by.contains('/') {
            home.write(&format!("files/{by}"), "");
        }
    }
    home.write("data/progress/units.yaml", &journal);
    let units: Vec<String> = (0..PIECES.len()).map(name).collect();
    let document = serde_json::json!({
        "id": "units", "title": "题", "preamble": "", "chapters": [{"number": 1, "title": "章", "measures": [
            {"number": 1, "title": "条", "clauses": [{"id": "1.1", "text": "文", "units": units, "said": ""}]},
        ]}],
    });
    home.write("data/documents/units.yaml", &document.to_string());
}

/// A shell waiting for a line, in a folder with the files.
fn start(home: &Home, shell: &Shell) -> Option<Pty> {
    let works = Command::new(shell.name).arg("--version").output().is_ok();
    if !works {
        assert!(
            std::env::var_os("KOUAN_CI").is_none(),
            "{} is missing",
            shell.name
        );
        return None;
    }
    let script = home.kouan("completions").arg(shell.name).quiet();
    home.write(&format!("files/kouan.{}", shell.name), &script);
    let program = home.write("bin/args", PROGRAM);
    Command::new("chmod")
        .arg("+x")
        .arg(program)
        .status()
        .unwrap();
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan")).parent().unwrap();
    let path = format!(
        "{}:{}:{}",
        home.path("bin").display(),
        kouan.display(),
        std::env::var("PATH").unwrap()
    );
    let which = std::env::split_paths(&path)
        .map(|p| p.join(shell.name))
        .find(|p| p.exists())
        .unwrap();
    let pty = Pty::start(&which, shell.args, (200, 40), Manner::Answers, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
        command.env("PATH", &path);
        command.env("LC_ALL", "C.UTF-8");
        command.env("SHELL", &which);
        command.cwd(home.path("files"));
    });
    pty.send(shell.setup);
    pty.wait_for("ready> ");
    Some(pty)
}

/// Types each line with Tab and Enter; returns how many turned out right.
#[track_caller]
fn try_shell(shell: &Shell) {
    let home = Home::new();
    fill(&home);
    let Some(pty) = start(&home, shell) else {
        return;
    };
    let mut runs = 0;
    let mut typed = |line: &str, expected: &str| {
        runs += 1;
        pty.send(&format!("args --document units {line}\t\r"));
        let hex = expected
            .bytes()
            .fold(String::new(), |hex, b| format!("{hex}{b:02x}"));
        pty.wait_bytes(&format!("run{runs}="));
        pty.wait_bytes(&format!("run{runs}={hex}."));
    };
    for nth in 0..PIECES.len() {
        let (short, whole) = (format!("p{nth:02}"), name(nth));
        let term = |before: &str| format!("{before}{whole}");
        typed(&format!("list by:{short}"), &term("by:"));
        typed(&format!("list @{short}"), &term("@"));
        typed(&format!("set 1.1 --owner {short}"), &whole);
        typed(&format!("list \"by:{short}"), &term("by:"));
        typed(&format!("list by:'{short}"), &term("by:"));
        if !whole.contains('/') {
            typed(&format!("merge {short}"), &whole);
        }
    }
    for line in ["list by:q", "set 1.1 --owner q", "merge q"] {
        typed(line, line.split(' ').next_back().unwrap());
    }
    for (line, word) in [
        ("check 1.", "1.1"),
        ("list is:ov", "is:overdue"),
        ("list not:is:ov", "not:is:overdue"),
        ("list \"is:ov", "is:overdue"),
        ("set 1.1 --status=bl", "--status=blocked"),
        ("set 1.1 --status bl", "blocked"),
        ("sho", "show"),
    ] {
        typed(line, word);
    }
    eprintln!("{}: {runs} completions", shell.name);
    for file in ["ran", "z", "runz"] {
        assert!(!home.path("files").join(file).exists(), "{file}");
    }
}

#[test]
fn bash_puts_in_every_name_as_one_word() {
    try_shell(&BASH);
}

#[test]
fn zsh_puts_in_every_name_as_one_word() {
    try_shell(&ZSH);
}

#[test]
fn fish_puts_in_every_name_as_one_word() {
    try_shell(&FISH);
}
