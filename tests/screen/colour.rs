//! Colours and the pager: on terminals, in pipes, by the environment and `--color`.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use std::path::Path;

/// Commands with colours.
const STYLED: [&str; 6] = [
    "show 16.3",
    "list is:blocked",
    "log",
    "stats",
    "stats --by unit",
    "diff tianjin-2025 new.yaml",
];

fn home() -> Home {
    let home = Home::new();
    home.kouan("set 16.3 --status blocked --due 2026-11-01 --remark why")
        .quiet();
    home.kouan("check 1.1").quiet();
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/data/tianjin-2025.yaml");
    let text = std::fs::read_to_string(built_in).unwrap();
    let text = text
        .replacen("tianjin-2025", "new", 1)
        .replace("压缩锂电池", "减少锂电池");
    home.write("new.yaml", &text);
    home
}

/// Returns what a terminal receives.
fn sent(home: &Home, command: &str, rows: u16, more: &[(&str, &str)]) -> String {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let args: Vec<&str> = command.split(' ').collect();
    let mut pty = Pty::start(kouan, &args, (100, rows), Manner::Mute, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
        command.cwd(home.path(""));
        for (name, value) in more {
            command.env(name, value);
        }
    });
    assert!(pty.wait_end().success(), "{command}");
    String::from_utf8(pty.bytes()).unwrap()
}

#[test]
fn a_terminal_has_colours_and_no_marks_of_them() {
    let home = home();
    for command in STYLED {
        let coloured = sent(&home, command, 200, &[]);
        assert!(
            coloured.contains("\u{1b}[") && coloured.contains("\u{1b}[0m"),
            "{coloured:?}"
        );
        assert!(
            !coloured.contains("<1B>") && !coloured.contains("<U+"),
            "{coloured:?}"
        );
        let without = |variables| sent(&home, command, 200, variables);
        let plain = without(&[("NO_COLOR", "1")]);
        assert!(!plain.contains('\u{1b}'), "{plain:?}");
        assert_eq!(without(&[("TERM", "dumb")]), plain, "{command}");
        assert_eq!(without(&[("CLICOLOR", "0")]), plain, "{command}");
        let never = format!("--color never {command}");
        assert_eq!(sent(&home, &never, 200, &[]), plain, "{command}");
        let always = format!("--color always {command}");
        let forced = sent(&home, &always, 200, &[("NO_COLOR", "1")]);
        assert!(forced.contains("\u{1b}["), "{forced:?}");
        let mut bare = coloured;
        while let Some((before, rest)) = bare.split_once("\u{1b}[") {
            bare = format!("{before}{}", rest.split_once('m').unwrap().1);
        }
        assert_eq!(bare, plain, "{command}");
    }
}

#[test]
fn a_pipe_has_colours_only_where_they_are_asked_for() {
    let home = home();
    for command in STYLED {
        let path = home.path("new.yaml").display().to_string();
        let command = command.replace("new.yaml", &path);
        let plain = home.kouan(&command).run().stdout;
        assert!(
            !plain.contains('\u{1b}') && !plain.contains("<U+"),
            "{plain:?}"
        );
        let always = home
            .kouan(&format!("--color always {command}"))
            .run()
            .stdout;
        assert!(always.contains("\u{1b}["), "{always:?}");
        let forced = home.kouan(&command).env("CLICOLOR_FORCE", "1").run().stdout;
        assert_eq!(forced, always);
    }
    home.kouan("--color sometimes list").fails(2);
}

#[test]
fn what_has_no_room_goes_through_the_pager() {
    let home = home();
    for command in [
        "show 16",
        "log",
        "diff tianjin-2025 new.yaml --all",
        "help list",
        "list --help",
    ] {
        let sed = [("PAGER", "sed s/^/page:/")];
        let paged = sent(&home, command, 2, &sed);
        assert!(
            paged.starts_with("page:") || paged.contains("\npage:"),
            "{command}: {paged}"
        );
        let whole = sent(&home, command, 200, &sed);
        assert!(!whole.contains("page:"), "{command}: {whole}");
        let missing = sent(&home, command, 2, &[("PAGER", "no-such-pager 2>/dev/null")]);
        assert!(missing.ends_with(&whole), "{command}: {missing}");
    }
    let listed = sent(&home, "list", 2, &[("PAGER", "sed s/^/page:/")]);
    assert!(!listed.contains("page:"));
    let ran = home.path("ran");
    let pager = format!("touch {}", ran.display());
    home.kouan("log").env("PAGER", &pager).works();
    assert!(!ran.exists(), "a pager ran in a pipe");
}

/// Marks, status words, urgency and rates are coloured, and nothing that somebody wrote.
#[test]
fn tables_colour_values_but_not_typed_text() {
    let home = home();
    home.kouan("set 1.1 --remark").arg("已完成 blocked").quiet();
    let dark = [("COLORFGBG", "15;0"), ("TERM", "xterm-256color")];
    let coloured = |command: &str| {
        let sent = sent(&home, &format!("--lang en {command}"), 200, &dark);
        let spans = sent.split("\u{1b}[").skip(1);
        let spans = spans.filter_map(|span| span.split_once('m'));
        let spans = spans.filter(|(style, text)| *style != "0" && !text.is_empty());
        spans
            .map(|(style, text)| format!("{style} {text}"))
            .collect::<Vec<_>>()
    };
    let (bad, done) = ("1;38;5;210", "38;5;114");
    let list = coloured("list #16.3");
    assert_eq!(list, [format!("{bad} [!]"), format!("{bad} 2026-11-01")]);
    assert_eq!(coloured("list #1.1"), [format!("{done} [x]")]);
    let status = coloured("list #1.1 --columns id,status,text");
    assert_eq!(status, [format!("{done} done")]);
    let log = coloured("log");
    for want in [format!("{bad} blocked"), format!("{done} done")] {
        assert_eq!(
            log.iter().filter(|span| **span == want).count(),
            1,
            "{log:?}"
        );
    }
    assert!(!log.concat().contains("已完成"), "{log:?}");
    let counts = coloured("stats --columns name,rate,overdue");
    let (all, late) = (format!("{done} 1/42 2%"), format!("{bad} 1"));
    assert_eq!(counts, [format!("{done} 1/9 11%"), late.clone(), all, late]);
}

#[test]
fn a_locale_without_utf_8_is_named_once_on_a_terminal() {
    let home = home();
    let gbk = [("LANG", "zh_CN.GBK")];
    let first = sent(&home, "list", 200, &gbk);
    assert!(
        first.contains("LANG=zh_CN.GBK") && first.contains("UTF-8"),
        "{first}"
    );
    assert!(!sent(&home, "list", 200, &gbk).contains("LANG="));
    assert!(!sent(&home, "list", 200, &[("LANG", "en_US.UTF-8")]).contains("LANG="));
}
