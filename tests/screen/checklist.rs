//! The checklist on a real terminal: start, work, quit; dropped connections and killed processes.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;

/// Questions for the cursor position and the terminal's type.
const ASKS: &str = "\x1b[6n\x1b[c";
const LEFT: &str = "\x1b[?1049l";

fn open(home: &Home, size: (u16, u16), manner: Manner) -> Pty {
    open_with(home, size, manner, &[])
}

fn open_with(home: &Home, size: (u16, u16), manner: Manner, more: &[(&str, &str)]) -> Pty {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let pty = Pty::start(kouan, &["--lang", "zh-CN"], size, manner, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
        for (name, value) in more {
            command.env(name, value);
        }
    });
    pty.wait_for("已保存");
    pty
}

fn signal(pty: &Pty, signal: Signal) {
    let pid = Pid::from_raw(pty.pid()).unwrap();
    kill_process(pid, signal).unwrap();
}

fn sent(pty: &Pty, bytes: &str) -> bool {
    pty.bytes()
        .windows(bytes.len())
        .any(|w| w == bytes.as_bytes())
}

fn journal(home: &Home) -> String {
    std::fs::read_to_string(home.journal()).unwrap_or_default()
}

#[test]
fn the_first_frame_stays() {
    let home = Home::new();
    let pty = open(&home, (120, 40), Manner::Answers);
    pty.wait_bytes(ASKS);
    let bytes = pty.bytes();
    let end = memchr::memmem::find(&bytes, b"\x1b[?2026l").unwrap();
    let mut first = vt100::Parser::new(40.try_into().unwrap(), 120.try_into().unwrap(), 0);
    first.process(&bytes[..end]);
    let first = first.screen().contents();
    let stays = pty.screen(vt100::Screen::contents);
    assert_eq!(first, stays);
}

#[test]
fn what_was_ticked_is_still_ticked_tomorrow() {
    let home = Home::new();
    let mut pty = open(&home, (120, 40), Manner::Answers);
    pty.wait_for("0/42 0%");
    pty.send("jj ");
    pty.wait_for("[x] 根据企业需求");
    pty.wait_for("已保存");
    pty.send(":16.3\rz");
    pty.wait_for("▸ 一、");
    pty.send("q");
    assert!(pty.wait_end().success());
    assert!(sent(&pty, LEFT) && sent(&pty, "\x1b[?2004l") && sent(&pty, "\x1b[?25h"));
    assert_eq!(journal(&home).lines().count(), 2, "{}", journal(&home));

    let mut again = open(&home, (120, 40), Manner::Answers);
    again.wait_for("1/42 2%");
    again.wait_for("▸ 四、");
    again.send("zgjj");
    again.wait_for("[x] 根据企业需求");
    again.send("q");
    assert!(again.wait_end().success());
}

#[test]
fn a_terminal_that_never_answers_delays_nothing_and_loses_no_key() {
    let home = Home::new();
    let mut pty = open(&home, (80, 24), Manner::Mute);
    pty.send("jj ");
    pty.wait_for("[x] 根据企业需求");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn a_wide_terminal_is_found_out_while_keys_are_typed() {
    let home = Home::new();
    let mut pty = open(&home, (100, 24), Manner::Mute);
    pty.wait_bytes(ASKS);
    // Answers of a terminal that draws “ in two columns, among the user's keys.
    pty.send("j\x1b[1;3Rj\x1b[?62;22c ");
    pty.wait_for("[x] 根据企业需求");
    pty.wait_gone("…");
    pty.send("q");
    assert!(pty.wait_end().success());
}

/// Answers of xterm, `PuTTY`, and one with two digits; before the answer there is no colour.
#[test]
fn the_background_decides_on_the_colours() {
    for (answer, colour) in [
        ("\x1b]11;rgb:0000/0000/0000\x1b\\", "38;5;114"),
        ("\x1b]4;258;rgb:0000/0000/0000\x07", "38;5;114"),
        (
            "\x1b]11;rgb:ff/ff/ff\x07\x1b]4;258;rgb:0000/0000/0000\x1b\\",
            "38;5;22",
        ),
    ] {
        let home = Home::new();
        let mut pty = open(&home, (100, 24), Manner::Mute);
        pty.wait_bytes(ASKS);
        pty.send("jj ");
        pty.wait_for("[x] 根据企业需求");
        assert!(!sent(&pty, "38;5;"), "no colour on an unknown ground");
        pty.send(answer);
        pty.wait_bytes(colour);
        pty.send("\x1b[1;2R\x1b[?62;22cq");
        assert!(pty.wait_end().success());
    }
}

/// “ in one cell under a Chinese locale means a Chinese font: it gets a blank. Later, the same
/// bytes are a key and not an answer.
#[test]
fn a_narrow_answer_makes_a_chinese_screen_roomy() {
    let home = Home::new();
    let mut pty = open(&home, (100, 24), Manner::Mute);
    pty.wait_bytes(ASKS);
    pty.send("\x1b[1;2R\x1b[?62;22cjj ");
    pty.wait_for("[x] 根据企业需求");
    pty.wait_for("探索“ 药食同源” 进口");
    pty.send("\x1b[1;3Rjj");
    pty.wait_for("2 探索“ 药食同源” 进口");
    pty.send("q");
    assert!(pty.wait_end().success());
}

/// The next first frame uses what was chosen and answered, for this kind of terminal only.
#[test]
fn a_kind_of_terminal_is_remembered() {
    let home = Home::new();
    let mut pty = open(&home, (100, 24), Manner::Mute);
    pty.wait_bytes(ASKS);
    pty.send("\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[1;2R\x1b[?62;22cWj");
    pty.wait_for("＂药食同源＂");
    pty.send("q");
    assert!(pty.wait_end().success());
    for (term, is_known) in [("xterm-256color", true), ("xterm", false)] {
        let mut pty = open_with(&home, (100, 24), Manner::Mute, &[("TERM", term)]);
        pty.send("gjj ");
        pty.wait_for("[x] ");
        assert_eq!(
            pty.lines().concat().contains("＂药食同源＂"),
            is_known,
            "{term}"
        );
        assert_eq!(sent(&pty, "38;5;114"), is_known, "{term}");
        pty.send("q");
        assert!(pty.wait_end().success());
    }
}

/// GNU screen answers for itself, whatever the terminal around it draws.
#[test]
fn inside_gnu_screen_nothing_ambiguous_is_drawn() {
    let home = Home::new();
    let more = [("STY", "1.tty.host"), ("TERM", "screen")];
    let mut pty = open_with(&home, (100, 24), Manner::Answers, &more);
    pty.wait_for("＂药食同源＂");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn a_dropped_line_loses_nothing_and_the_half_written_remark_comes_back() {
    for end in [Signal::HUP, Signal::TERM] {
        let home = Home::new();
        let mut pty = open(&home, (100, 30), Manner::Answers);
        pty.send("jj ");
        pty.wait_for("[x] 根据企业需求");
        pty.send("r等待总署");
        pty.wait_for("等待总署");
        signal(&pty, end);
        pty.wait_end();
        assert!(sent(&pty, LEFT), "the terminal is given back");
        assert_eq!(journal(&home).lines().count(), 2);

        let mut again = open(&home, (100, 30), Manner::Answers);
        again.wait_for("[x] 根据企业需求");
        again.send("r");
        again.wait_for("等待总署");
        again.send("部署\r");
        again.wait_for("等待总署部署");
        again.wait_for("已保存");
        again.send("q");
        assert!(again.wait_end().success());
        assert!(journal(&home).contains(r#""remark":"等待总署部署""#));

        let mut last = open(&home, (100, 30), Manner::Answers);
        last.send("r");
        last.wait_for("Ctrl-o");
        last.wait_gone("已恢复");
        last.send("\x03q");
        assert!(last.wait_end().success());
    }
}

#[test]
fn a_half_written_problem_is_still_one_after_a_dropped_line() {
    let home = Home::new();
    let mut pty = open(&home, (100, 30), Manner::Answers);
    pty.send("jjr\t等待总署");
    pty.wait_for("等待总署");
    signal(&pty, Signal::HUP);
    pty.wait_end();

    let mut again = open(&home, (100, 30), Manner::Answers);
    again.send("r");
    again.wait_for("已恢复");
    again.send("\r");
    again.wait_for("已记问题");
    again.wait_for("已保存");
    again.send("q");
    assert!(again.wait_end().success());
    let line = r#""remark":"等待总署","kind":"problem""#;
    assert!(journal(&home).contains(line), "{}", journal(&home));
}

/// Killed during later work, repeatedly, with the same journal.
#[test]
fn a_killed_process_has_lost_nothing_that_it_called_saved() {
    let home = Home::new();
    let rounds = std::env::var_os("KOUAN_CI").map_or(4, |_| 50);
    for round in 0..rounds {
        home.kouan("uncheck 1.1").run();
        let before = journal(&home);
        let mut pty = open(&home, (100, 30), Manner::Answers);
        pty.wait_for("已保存");
        pty.send("gjj ");
        pty.wait_for("1.1 -> 已完成");
        pty.wait_for("已保存");
        let saved = journal(&home);
        assert!(
            saved.len() > before.len() && saved.ends_with('\n'),
            "{saved}"
        );
        pty.send(&" ".repeat(round % 5));
        signal(&pty, Signal::KILL);
        pty.wait_end();
        assert!(journal(&home).starts_with(&saved), "round {round}");
        let list = home.kouan("list").quiet();
        assert_eq!(list.lines().count(), 42);
    }
}

#[test]
fn any_size_is_survived_and_a_resize_fills_the_screen() {
    let home = Home::new();
    let mut pty = open(&home, (120, 40), Manner::Answers);
    for size in [
        (1, 1),
        (2, 3),
        (7, 2),
        (20, 5),
        (40, 16),
        (300, 3),
        (80, 24),
    ] {
        pty.resize(size.0, size.1);
        pty.send("?qjkG r\x03s\x03");
    }
    pty.wait_for("口岸清单");
    pty.wait_for("20.4");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn a_text_goes_through_the_users_editor_and_back() {
    let home = Home::new();
    let editor = home.write(
        "editor.sh",
        "#!/bin/sh\nread -r line </dev/tty\necho \"$line\" >>\"$1\"\n",
    );
    let editor = format!("sh {}", editor.display());
    let mut pty = open_with(&home, (100, 30), Manner::Answers, &[("EDITOR", &editor)]);
    pty.send("jjr第一行\x1b\rx");
    pty.wait_for("x");
    pty.send("\x0f");
    pty.wait_bytes(LEFT);
    pty.send("从编辑器来\r");
    pty.wait_for("从编辑器来");
    pty.wait_for("第一行");
    pty.send("\r");
    pty.wait_for("已保存");
    pty.send("q");
    assert!(pty.wait_end().success());
    assert!(
        journal(&home).contains(r#""remark":"第一行\nx从编辑器来""#),
        "{}",
        journal(&home)
    );
}

#[test]
fn a_journal_that_cannot_be_written_keeps_the_change_and_asks_before_leaving() {
    let home = Home::new();
    let folder = home.journal().parent().unwrap().to_owned();
    let mut pty = open(&home, (100, 30), Manner::Answers);
    // A file in place of the journal's folder: not even root can write there. The follower may
    // create the folder between the two steps; then once more.
    std::fs::create_dir_all(folder.parent().unwrap()).unwrap();
    loop {
        let _ = std::fs::remove_dir_all(&folder);
        if std::fs::write(&folder, "").is_ok() {
            break;
        }
    }
    pty.send("jj ");
    pty.wait_for("1 项未保存");
    pty.wait_for("[x] 根据企业需求");
    pty.send("q");
    pty.wait_for("这些改动将丢失");
    pty.send("n");
    pty.wait_gone("这些改动将丢失");
    std::fs::remove_file(&folder).unwrap();
    pty.send(" ");
    pty.wait_for("已保存");
    pty.send("q");
    assert!(pty.wait_end().success());
    assert_eq!(journal(&home).lines().count(), 3, "{}", journal(&home));
}

#[test]
fn what_one_has_half_written_is_offered_to_no_other_signer_of_the_account() {
    let home = Home::new();
    let mut first = open(&home, (100, 30), Manner::Answers);
    first.send("jjr张三写到一半");
    first.wait_for("张三写到一半");
    signal(&first, Signal::TERM);
    first.wait_end();
    let by = |name| open_with(&home, (100, 30), Manner::Answers, &[("KOUAN_BY", name)]);
    let mut other = by("lisi");
    other.send("r另一句");
    other.wait_for("另一句");
    assert!(!other.lines().join("\n").contains("张三写到一半"));
    other.send("\r");
    other.wait_for("已保存");
    other.send("q");
    assert!(other.wait_end().success());
    let mut again = by("zhangsan");
    again.send("r");
    again.wait_for("张三写到一半");
    again.send("\x1b");
    again.wait_gone("张三写到一半");
    again.send("q");
    assert!(again.wait_end().success());
}

#[test]
fn two_sessions_see_each_other_and_disturb_nothing() {
    let home = Home::new();
    let mut one = open(&home, (100, 30), Manner::Answers);
    let more = [("KOUAN_BY", "lisi"), ("KOUAN_SESSION", "other")];
    let mut two = open_with(&home, (100, 30), Manner::Answers, &more);
    one.send("jjr写到一半");
    one.wait_for("写到一半");
    two.send(":16.3\rs2");
    two.wait_for("16.3 -> 推进中");
    // The footer shows the notice while a remark is being written.
    one.wait_for("lisi 16.3 -> 推进中");
    one.wait_for("写到一半");
    one.send("的备注\r");
    one.wait_for("zhangsan  写到一半的");
    two.send("gjj");
    two.wait_for("zhangsan  写到一半的");
    one.send("q");
    two.send("q");
    assert!(one.wait_end().success() && two.wait_end().success());
    assert_eq!(journal(&home).lines().count(), 3, "{}", journal(&home));
}

#[test]
fn a_replaced_journal_is_read_again_and_missing_lines_are_reported() {
    let home = Home::new();
    let mut pty = open(&home, (100, 30), Manner::Answers);
    pty.send("jj j ");
    pty.wait_for("1.2 -> 已完成");
    pty.wait_for("已保存");
    // As an editor saves: another file with the same name, without the last line.
    let text = journal(&home);
    let kept: Vec<&str> = text.lines().take(2).collect();
    let beside = home.journal().with_extension("new");
    std::fs::write(&beside, kept.join("\n") + "\n").unwrap();
    std::fs::rename(&beside, home.journal()).unwrap();
    pty.wait_for("缺少原有的 1 行");
    pty.wait_for("1/42");
    pty.send("G ");
    // The notice of the tick may give way to one about the replaced file.
    pty.wait_for("2/42");
    pty.wait_for("已保存");
    pty.send("q");
    assert!(pty.wait_end().success());
    assert_eq!(
        journal(&home).lines().count(),
        3,
        "the append went to the new file"
    );
}

#[test]
fn a_journal_is_reported_unreadable_and_readable_again() {
    let home = Home::new();
    let mut pty = open(&home, (120, 30), Manner::Answers);
    pty.send("jj ");
    pty.wait_for("[x] 根据企业需求");
    pty.wait_for("已保存");
    let journal = home.journal();
    let kept = home.path("kept.yaml");
    std::fs::rename(&journal, &kept).unwrap();
    pty.wait_for("无法读取进度文件");
    pty.wait_for("已不在原处");
    // Said once: the next key clears the line.
    pty.send("j");
    pty.wait_gone("无法读取进度文件");
    std::fs::rename(&kept, &journal).unwrap();
    pty.wait_for("又能读取了");
    // A folder in its place, or closed folders above it, are errors too.
    std::fs::rename(&journal, &kept).unwrap();
    pty.wait_for("已不在原处");
    std::fs::create_dir(&journal).unwrap();
    pty.wait_for("这是一个目录");
    pty.send("q");
    assert!(pty.wait_end().success());
}

/// Version 1 kept what was folded, the row, and a text that a dropped line cut off.
#[test]
fn the_state_of_version_1_is_taken_up() {
    let home = Home::new();
    let state = include_str!("../fixtures/v1/state/tianjin-2025.yaml");
    home.write(".local/state/kouan/tianjin-2025.yaml", state);
    home.write(".local/state/kouan/last-opened", "tianjin-2025\n");
    home.write(
        ".local/state/kouan/drafts/tianjin-2025/@zhangsan/2.1",
        "写到一半",
    );
    let pty = open(&home, (120, 36), Manner::Answers);
    pty.wait_for("▸ 二、");
    pty.wait_for("▸ 3 ");
    pty.wait_for("2.1  探索");
    pty.send("r");
    pty.wait_for("写到一半");
}
