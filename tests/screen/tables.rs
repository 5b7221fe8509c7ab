//! Tables on terminals of every width, in both languages: nothing essential is cut.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use kouan::text::Policy;
use std::path::Path;

const WIDTHS: [u16; 5] = [40, 60, 80, 100, 200];

/// Returns what a terminal of this width receives.
fn lines(home: &Home, command: &str, lang: &str, width: u16) -> Vec<String> {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let args: Vec<&str> = command.split(' ').chain(["--lang", lang]).collect();
    let mut pty = Pty::start(kouan, &args, (width, 100), Manner::Mute, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
    });
    assert!(pty.wait_end().success(), "{command}");
    let sent = String::from_utf8(pty.bytes()).unwrap();
    let lines: Vec<String> = sent
        .lines()
        .map(|l| bare(l).trim_end().to_owned())
        .collect();
    for line in &lines {
        let columns = Policy::Narrow.width(line);
        let notes = ["no room for", "放不下的列", "A joint clause", "多个单位"];
        let is_note = notes.iter().any(|note| line.starts_with(note));
        assert!(
            is_note || columns <= width.into(),
            "{command} at {width}: {line}"
        );
    }
    lines
}

/// Returns a line without its colours.
fn bare(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default();
    let rest = parts.filter_map(|part| Some(part.split_once('m')?.1));
    std::iter::once(first).chain(rest).collect()
}

fn each(look: impl Fn(&Home, &str, u16)) {
    let home = Home::new();
    home.kouan("set 1.1 --status done --due 2026-12-31").quiet();
    home.kouan("set 16.3 --due 2026-11-01 --status blocked --remark")
        .arg("企业反映“鉴定检验”用时仍然偏长，需商天津海关和市商务局共同研究解决的办法，并于月底之前答复企业")
        .quiet();
    for width in WIDTHS {
        for lang in ["en", "zh-CN"] {
            look(&home, lang, width);
        }
    }
}

#[test]
fn a_list_has_its_numbers_marks_and_deadlines_whole_and_half_of_it_is_text() {
    each(|home, lang, width| {
        let lines = lines(home, "list", lang, width);
        for (start, text) in [("[x] ", "根据企业需求"), ("[!] ", "按照海关")] {
            let line = lines.iter().find(|line| line.starts_with(start)).unwrap();
            let (before, _) = line
                .split_once(text)
                .unwrap_or_else(|| panic!("{width}: {line}"));
            let (id, due) = if start == "[x] " {
                ("1.1", "2026-12-31")
            } else {
                ("16.3", "2026-11-01")
            };
            assert!(
                before.contains(id) && before.contains(due),
                "{width}: {line}"
            );
            assert!(
                Policy::Narrow.width(before) * 2 <= width.into(),
                "{width}: {line}"
            );
            // The units are there in short form from 80 columns on.
            let units = before.contains("海关") || before.contains("等") || before.contains('+');
            assert!(width < 80 || units, "{width}: {line}");
        }
    });
}

#[test]
fn counts_have_their_rate_and_what_is_overdue() {
    each(|home, lang, width| {
        for by in ["chapter", "unit", "status"] {
            let lines = lines(home, &format!("stats --by {by}"), lang, width);
            let (overdue, rate) = if lang == "en" {
                ("overdue", "rate")
            } else {
                ("逾期", "完成率")
            };
            let head = &lines[0];
            assert!(
                head.contains(overdue) && head.contains(rate),
                "{width}: {head}"
            );
            assert!(
                lines.iter().any(|line| line.contains("1/42 2%")),
                "{width}: {lines:?}"
            );
        }
    });
}

#[test]
fn a_log_says_all_of_what_was_done() {
    each(|home, lang, width| {
        let lines = lines(home, "log", lang, width);
        let said: String = lines.concat().split_whitespace().collect();
        assert!(
            said.contains("需商天津海关和市商务局共同研究解决的办法，并于月底之前答复企业"),
            "{width}: {lines:?}"
        );
        let dates = lines
            .iter()
            .filter(|line| line.starts_with("2026-11-23 10:00"));
        assert_eq!(dates.count(), 2, "{width}: {lines:?}");
    });
}

#[test]
fn documents_have_their_ids_and_titles() {
    each(|home, lang, width| {
        let lines = lines(home, "documents", lang, width);
        assert!(lines[0].starts_with("tianjin-2025"), "{width}: {lines:?}");
        assert!(lines[0].contains("天津口岸"), "{width}: {lines:?}");
    });
}
