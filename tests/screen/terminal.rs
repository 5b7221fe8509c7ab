//! The checklist on all kinds of terminals: with a mouse, without colours, without a screen.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

fn open(home: &Home, args: &[&str], more: &[(&str, &str)]) -> Pty {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    Pty::start(kouan, args, (100, 30), Manner::Answers, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
        for (name, value) in more {
            command.env(name, value);
        }
    })
}

fn sent(pty: &Pty, bytes: &str) -> bool {
    pty.bytes()
        .windows(bytes.len())
        .any(|w| w == bytes.as_bytes())
}

fn leave(mut pty: Pty) -> Pty {
    pty.send("q");
    assert!(pty.wait_end().success());
    pty
}

#[test]
fn the_mouse_is_left_to_the_terminal_unless_it_is_asked_for() {
    let home = Home::new();
    let pty = open(&home, &["--lang", "zh-CN"], &[]);
    pty.wait_for("已保存");
    assert!(!sent(&leave(pty), "\x1b[?1000h"));

    let config = home.write("config.yaml", "mouse: true\n");
    let args = ["--lang", "zh-CN", "--config", config.to_str().unwrap()];
    let pty = open(&home, &args, &[]);
    pty.wait_for("已保存");
    assert!(sent(&pty, "\x1b[?1000h") && sent(&pty, "\x1b[?1006h"));
    // The fourth row twice (from 1): 1.1 opens with the numbered menu.
    pty.send("\x1b[<0;10;4M\x1b[<0;10;4m\x1b[<0;10;4M\x1b[<0;10;4m");
    pty.wait_for("7 不再实施");
    pty.send("3");
    pty.wait_for("[x] 根据企业需求");
    pty.send("\x1b");
    pty.wait_gone("7 不再实施");
    pty.send("\x1b[<65;10;4M");
    let pty = leave(pty);
    assert!(sent(&pty, "\x1b[?1000l") && sent(&pty, "\x1b[?1006l"));
}

#[test]
fn a_clause_goes_to_the_clipboard_through_tmux_too() {
    let home = Home::new();
    let pty = open(&home, &["--lang", "zh-CN"], &[]);
    pty.wait_for("已保存");
    pty.send("jjy");
    pty.wait_for("已请终端复制 1.1");
    // `1.1 根` in base64.
    assert!(sent(&pty, "\x1b]52;c;MS4xIOaguQ") || sent(&pty, "\x1b]52;c;MS4xIOagu"));
    assert!(!sent(&pty, "\x1bPtmux;"));
    leave(pty);
    let pty = open(&home, &["--lang", "zh-CN"], &[("TMUX", "/tmp/tmux,1,0")]);
    pty.wait_for("已保存");
    pty.send("gjjy");
    pty.wait_for("已请终端复制 1.1");
    assert!(sent(&pty, "\x1bPtmux;\x1b\x1b]52;c;MS4x"));
    leave(pty);
}

#[test]
fn a_terminal_without_a_screen_gets_plain_lines() {
    let home = Home::new();
    home.kouan("set 1.1 --status doing --due 2026-11-01").run();
    let mut pty = open(&home, &["--lang", "zh-CN"], &[("TERM", "dumb")]);
    assert!(pty.wait_end().success());
    let bytes = String::from_utf8(pty.bytes()).unwrap();
    assert!(!bytes.contains('\x1b'), "{bytes:?}");
    assert!(bytes.contains("1.1 推进中 根据企业需求"), "{bytes}");
    assert!(
        bytes.contains("责任单位：天津海关。 期限：2026-11-01。 逾期"),
        "{bytes}"
    );
    assert!(bytes.contains("kouan check 1.1"), "{bytes}");
    assert_eq!(bytes.lines().count(), 1 + 5 + 20 + 42 + 1, "{bytes}");
}

/// Returns the contents of a folder tree with their modes.
fn modes(folder: &Path, found: &mut Vec<(PathBuf, u32)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let (path, data) = entry.map(|e| (e.path(), e.metadata().unwrap())).unwrap();
        found.push((path.clone(), data.permissions().mode() & 0o777));
        if data.is_dir() {
            modes(&path, found);
        }
    }
}

#[test]
fn all_that_a_session_keeps_is_its_users_own() {
    let home = Home::new();
    let mut pty = open(&home, &["--lang", "zh-CN"], &[("LC_CTYPE", "zh_CN.GBK")]);
    pty.wait_for("LC_CTYPE");
    pty.send("jj r半句话");
    pty.wait_for("半句话");
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(pty.pid()).unwrap(),
        rustix::process::Signal::TERM,
    )
    .unwrap();
    assert!(pty.wait_end().success());
    let mut found = Vec::new();
    modes(&home.path(""), &mut found);
    for name in ["1.1", "said", "tianjin-2025.yaml", "drafts"] {
        assert!(found.iter().any(|(p, _)| p.ends_with(name)), "{found:?}");
    }
    for (path, mode) in found {
        assert_eq!(mode & 0o077, 0, "{} has {mode:o}", path.display());
    }
}

/// Returns whether a colour was ever set: SGR 30 to 49, 90 to 107.
fn has_colour(pty: &Pty) -> bool {
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    bytes.split("\x1b[").skip(1).any(|rest| {
        let codes = rest
            .split_once('m')
            .map_or(vec![], |(codes, _)| codes.split(';').collect());
        let codes: Result<Vec<u8>, _> = codes.into_iter().map(str::parse).collect();
        codes.is_ok_and(|c| c.iter().any(|n| matches!(n, 30..50 | 90..108)))
    })
}

#[test]
fn colours_come_and_go_with_the_environment() {
    for (set, want) in [
        (&[("COLORFGBG", "15;0")][..], true),
        // A terminal that does not tell its background.
        (&[], false),
        (&[("NO_COLOR", "1"), ("COLORFGBG", "15;0")], false),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
        (&[("CLICOLOR", "0"), ("COLORFGBG", "15;0")], false),
        (&[("TERM", "linux")], true),
        (&[("TERM", "vt220"), ("COLORFGBG", "15;0")], false),
    ] {
        let home = Home::new();
        let pty = open(&home, &["--lang", "zh-CN"], set);
        pty.wait_for("已保存");
        pty.send("jj ");
        pty.wait_for("[x] 根据企业需求");
        assert_eq!(has_colour(&leave(pty)), want, "{set:?}");
    }
}

#[test]
fn the_doctor_says_what_becomes_of_a_theme() {
    let home = Home::new();
    let config = home.write("config.yaml", "theme: high-contrast\n");
    for (set, want) in [
        (("TERM", "xterm-256color"), "256 colours\n"),
        (
            ("TERM", "linux"),
            "8 colours, but the theme high-contrast needs 256",
        ),
        (("TERM", "vt220"), "no colour"),
    ] {
        let doctor = home.kouan("doctor --config").arg(&config);
        let said = doctor.env(set.0, set.1).run().stdout;
        assert!(said.contains(want), "{set:?}: {said}");
    }
}

#[test]
fn the_doctor_says_how_wide_the_terminal_draws() {
    let home = Home::new();
    let run = |args: &[&str], manner| {
        let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
        let mut pty = Pty::start(kouan, args, (200, 30), manner, |command| {
            surround(&home.path(""), |name, value| command.env(name, value));
        });
        pty.wait_end();
        let width = |line: &String| line.contains("and the like");
        pty.lines().into_iter().find(width).unwrap()
    };
    let said = run(&["doctor"], Manner::Answers);
    assert!(
        said.starts_with("ok") && said.ends_with("draws them 1 wide"),
        "{said}"
    );
    let said = run(&["--ambiguous-width", "wide", "doctor"], Manner::Answers);
    assert!(
        said.starts_with("note") && said.contains("set ambiguous_width: auto"),
        "{said}"
    );
    let said = run(&["doctor"], Manner::Mute);
    assert!(
        said.starts_with("note") && said.contains("wide or safe"),
        "{said}"
    );
}

#[test]
fn terminal_problems_are_reported_once() {
    for (set, want) in [
        (("LC_CTYPE", "zh_CN.GBK"), "LC_CTYPE=zh_CN.UTF-8"),
        (("TERM", "linux"), "no Chinese glyphs"),
    ] {
        let home = Home::new();
        let pty = open(&home, &["--lang", "zh-CN"], &[set]);
        pty.wait_for(want);
        leave(pty);
        let pty = open(&home, &["--lang", "zh-CN"], &[set]);
        pty.wait_for("已保存");
        pty.send("jj");
        pty.wait_for("1.1");
        let bytes = String::from_utf8_lossy(&leave(pty).bytes()).into_owned();
        assert!(!bytes.contains(want), "{want}");
    }
}

#[test]
fn mistakes_in_the_keys_are_reported_with_their_places() {
    let home = Home::new();
    let text = "them: mono\nkeys:\n  quti: x\n  tick: [x, Wurst]\n  status: u\n";
    let config = home.write("config.yaml", text);
    let said = home.kouan("--config").arg(&config).fails(2);
    for place in ["1:1", "3:3", "4:13", "5:11"] {
        assert!(said.contains(&format!("config.yaml:{place}: ")), "{said}");
    }
    let doctor = |config: &Path| home.kouan("doctor --config").arg(config).run().stdout;
    let said = doctor(&config);
    assert_eq!(said.matches("config.yaml:").count(), 4, "{said}");
    let text = text.replace("them: mono", "theme: mono");
    let config = home.write("config.yaml", &text);
    let said = doctor(&config);
    assert_eq!(said.matches("config.yaml:").count(), 3, "{said}");
    let said = home.kouan("--config").arg(&config).fails(2);
    assert_eq!(said.matches("config.yaml:").count(), 3, "{said}");
}

#[test]
fn an_address_links_where_the_terminal_is_known_to_have_links() {
    let home = Home::new();
    let address = format!("https://a.cn/{}", "x".repeat(90));
    home.kouan("set 1.1 --link").arg(&address).quiet();
    let link = format!("\x1b]8;;{address}\x1b\\");
    for (term, has_links) in [("foot", true), ("xterm-256color", false)] {
        let pty = open(&home, &["--lang", "zh-CN"], &[("TERM", term)]);
        pty.wait_for("已保存");
        pty.send(":1.1\r");
        pty.wait_for("https://a.cn/x");
        let pty = leave(pty);
        assert_eq!(sent(&pty, &link), has_links, "{term}");
        assert_eq!(sent(&pty, "\x1b]8;;"), has_links, "{term}");
        let mut pty = open(&home, &["show", "1.1"], &[("TERM", term)]);
        pty.wait_for("https://a.cn/x");
        assert!(pty.wait_end().success());
        // Each of its two lines links to the whole address.
        let lines = String::from_utf8(pty.bytes())
            .unwrap()
            .matches(&link)
            .count();
        assert_eq!(lines, if has_links { 2 } else { 0 }, "{term}");
    }
}
