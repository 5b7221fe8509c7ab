//! Several documents on a real terminal: importing, switching, working, returning.

use crate::command::{Home, surround};
use crate::pty::{Manner, Pty};
use std::path::Path;

const OTHER: &str = "\
某市优化营商环境若干措施

一、压减办理环节
1.推行一网通办。实现企业开办全程网上办理。（责任单位：市市场监管局）
2.推行告知承诺。公布告知承诺事项清单。（责任单位：市司法局）
";

fn open(home: &Home, args: &[&str]) -> Pty {
    let kouan = Path::new(env!("CARGO_BIN_EXE_kouan"));
    let mut all = vec!["--lang", "zh-CN"];
    all.extend(args);
    let pty = Pty::start(kouan, &all, (120, 40), Manner::Answers, |command| {
        surround(&home.path(""), |name, value| command.env(name, value));
    });
    pty.wait_for("已保存");
    pty
}

/// Imports the other document into the catalogue.
fn import(home: &Home) {
    let text = home.write("text.txt", OTHER);
    let run = home.kouan("import --id other").arg(text).run();
    assert_eq!(run.code, Some(0), "{run:?}");
}

fn lines(home: &Home, journal: &str) -> usize {
    let text = std::fs::read_to_string(home.path(journal)).unwrap_or_default();
    text.lines().count()
}

#[test]
fn each_document_has_its_own_work_and_the_last_one_comes_back() {
    let home = Home::new();
    import(&home);
    let mut pty = open(&home, &[]);
    pty.wait_for("0/42 0%");
    pty.send("jj ");
    pty.wait_for("1/42 2%");
    // The journal may still be writing; the picker waits for it.
    pty.send("D");
    pty.wait_for("文件 2 份");
    pty.send("/若干\r\r");
    pty.wait_for("已打开：某市优化营商环境若干措施");
    pty.wait_for("0/2 0%");
    pty.send("jj ");
    pty.wait_for("1/2 50%");
    pty.send("jjr已发文\r");
    pty.wait_for("已发文");
    pty.send("z");
    pty.wait_gone("推行告知承诺");
    // Back again: cursor and progress are as before.
    pty.send("D");
    pty.wait_for("文件 2 份");
    pty.send("j\r");
    pty.wait_for("1/42 2%");
    pty.wait_for("›  1.1  [x] 根据企业需求");
    pty.send("u");
    pty.wait_for("0/42 0%");
    pty.wait_for("已保存");
    pty.send("D");
    pty.wait_for("文件 2 份");
    pty.send("k\r");
    pty.wait_for("1/2 50%");
    pty.wait_for("▸ 一、压减办理环节");
    pty.send("q");
    assert!(pty.wait_end().success());
    // A header and one line per change.
    assert_eq!(lines(&home, "data/progress/other.yaml"), 3);
    assert_eq!(lines(&home, "data/progress/tianjin-2025.yaml"), 3);

    let mut again = open(&home, &[]);
    again.wait_for("1/2 50%");
    again.wait_for("▸ 一、压减办理环节");
    // One document's search finds nothing of another.
    again.send("z/告知\r");
    again.wait_for("[ ] 公布告知承诺事项清单");
    again.send("q");
    assert!(again.wait_end().success());

    // An explicit name has priority.
    let mut asked = open(&home, &["--document", "tianjin-2025"]);
    asked.wait_for("0/42 0%");
    asked.send("q");
    assert!(asked.wait_end().success());
}

#[test]
fn a_conflict_copy_of_the_journal_is_reported_when_the_screen_opens() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    std::fs::copy(
        home.journal(),
        home.path("data/progress/tianjin-2025 (1).yaml"),
    )
    .unwrap();
    let mut pty = open(&home, &[]);
    pty.wait_for("冲突副本");
    pty.send("q");
    assert!(pty.wait_end().success());
}

#[test]
fn a_missing_document_is_reported_and_one_opened_by_file_can_be_reopened() {
    let home = Home::new();
    import(&home);
    let from = home.path("data/documents/other.yaml");
    let file = home.path("elsewhere.yaml");
    std::fs::rename(&from, &file).unwrap();
    let mut pty = open(&home, &["--document", file.to_str().unwrap()]);
    pty.wait_for("0/2 0%");
    pty.send("D");
    pty.wait_for("文件 2 份");
    pty.send("j\r");
    pty.wait_for("已打开：天津");
    pty.send("D");
    pty.wait_for("elsewhere.yaml");
    pty.send("k\r");
    pty.wait_for("已打开：某市");
    pty.send("q");
    assert!(pty.wait_end().success());

    let mut again = open(&home, &[]);
    again.wait_for("0/2 0%");
    again.send("q");
    assert!(again.wait_end().success());

    std::fs::remove_file(&file).unwrap();
    let mut gone = open(&home, &[]);
    gone.wait_for("0/42 0%");
    gone.wait_for("elsewhere.yaml");
    gone.send("q");
    assert!(gone.wait_end().success());
}

#[test]
fn a_document_that_cannot_be_opened_leaves_everything_as_it_is() {
    let home = Home::new();
    import(&home);
    let mut pty = open(&home, &[]);
    pty.wait_for("0/42 0%");
    pty.send("D");
    pty.wait_for("文件 2 份");
    let journal = "# kouan journal 1 · another · one change a line, append only\n";
    home.write("data/progress/other.yaml", journal);
    pty.send("k\r");
    pty.wait_for("another");
    pty.send("jj ");
    pty.wait_for("1/42 2%");
    pty.wait_for("已保存");
    pty.send("q");
    assert!(pty.wait_end().success());
    assert_eq!(lines(&home, "data/progress/tianjin-2025.yaml"), 2);
}
