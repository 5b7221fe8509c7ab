//! Text of colleagues' files, paths and servers that tries to command a terminal: every output of
//! the program shows it as visible text.

use crate::command::{Home, NOW, surround};
use crate::pty::{Manner, Pty};
use kouan::text::{clean, is_hidden};
use std::{fmt::Write as _, fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

/// Text that would command a terminal, end a paste, reverse the line or hide in it.
const HOSTILE: [&str; 20] = [
    "\u{1b}]0;own\u{7}",
    "\u{1b}]52;c;b3du\u{7}",
    "\u{1b}[7777m",
    "\u{1b}[201~\r",
    "\u{1b}P7777q\u{1b}\\",
    "\u{9b}31m",
    "\u{90}q\u{9c}",
    "\u{8}\u{8}",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "a\u{200d}b",
    "\u{e000}",
    "a\u{fe0f}",
    "\u{e0041}",
    "\u{2028}",
    "\u{feff}",
    "\u{34f}",
    "\u{f0000}",
];

/// Returns a name with all of them; `stack` adds more marks on one letter than a path can hold.
fn name(label: &str, stack: bool) -> String {
    let marks = if stack {
        "\u{301}".repeat(900)
    } else {
        String::new()
    };
    format!(
        "{label}{}e{marks}",
        HOSTILE.map(|h| format!("{h}-")).concat()
    )
}

/// Fails if a text contains anything a terminal would obey.
#[track_caller]
fn assert_clean(what: &str, text: &str) {
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    let cleaned = clean(&text);
    let at = text
        .chars()
        .zip(cleaned.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let near: String = text.chars().skip(at.saturating_sub(60)).take(80).collect();
    assert!(text == cleaned, "{what}: …{near:?}…");
}

/// Fails if the bytes sent to a terminal contain a sequence that is not the program's own.
#[track_caller]
fn assert_own(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for hostile in [
        "\u{1b}]0;",
        "b3du",
        "7777m",
        "\u{1b}[201~",
        "\u{1b}P",
        "\u{8}\u{8}",
        "\u{7f}",
    ] {
        let raw = text.contains(hostile)
            && (hostile.contains(|c: char| c.is_control())
                || text.contains(&format!("\u{1b}[{hostile}")));
        assert!(!raw, "{what}: {hostile:?}\n{text:?}");
    }
    let hidden = text
        .chars()
        .find(|c| is_hidden(*c) && !c.is_ascii_control());
    assert_eq!(hidden, None, "{what}\n{text:?}");
    assert!(!text.contains(&"\u{301}".repeat(9)), "{what}");
}

/// Returns JSON that YAML readers accept too: they refuse raw control characters.
fn escaped(json: &serde_json::Value) -> String {
    let escape = |c: char| match u32::from(c) {
        code @ (0x7f..=0x9f | 0x2028 | 0xfeff) => format!("\\u{code:04x}"),
        _ => c.to_string(),
    };
    json.to_string().chars().map(escape).collect()
}

/// Writes a document and a journal that are hostile in every field, and a config and a folder.
fn fill(home: &Home) {
    let say = |label: &str| name(label, true);
    let clause = |id: &str| serde_json::json!({"id": id, "text": say("text"), "units": [say("unit")], "said": say("said")});
    let document = |stage: &'static str, clauses: &[serde_json::Value]| {
        serde_json::json!({
            "id": "bad", "title": say("title"), "stage": say(stage), "preamble": say("preamble"),
            "chapters": [{"number": 1, "title": say("chapter"), "measures": [
                {"number": 1, "title": say("measure"), "clauses": clauses},
            ]}],
        })
    };
    let text = escaped(&document("stage", &[clause("1.1"), clause("1.2")]));
    home.write("data/documents/bad.yaml", &text);
    let newer = escaped(&document("newer", &[clause("1.1")])).replace("text\\u001b", "newer text");
    home.write("newer.yaml", &newer.replacen("\"bad\"", "\"new\"", 1));
    let mut journal = "# kouan journal 1 · bad · one change a line, append only\n".to_owned();
    let edits = [
        serde_json::json!({"status": "blocked", "remark": say("remark"), "kind": "problem"}),
        serde_json::json!({"owner": say("owner"), "due": "2026-11-01"}),
        serde_json::json!({"step": say("step"), "text": say("do")}),
        serde_json::json!({"clause": "9.9", "remark": say("stray")}),
        serde_json::json!({"at": say("time")}),
        serde_json::json!({"retract": say("id")}),
    ];
    for (nth, edit) in edits.into_iter().enumerate() {
        let mut change = serde_json::json!({
            "at": NOW, "by": say("by"), "session": say("session"), "id": format!("k{nth:09}"), "clause": "1.1",
        });
        change
            .as_object_mut()
            .unwrap()
            .extend(edit.as_object().unwrap().clone());
        writeln!(journal, "- {}", escaped(&change)).unwrap();
    }
    writeln!(journal, "- not a change {}", say("line").replace('\r', "")).unwrap();
    home.write("data/progress/bad.yaml", &journal);
    home.write(
        "bad.yaml",
        &format!("by: [{}", name("config", false).replace('\r', "")),
    );
    home.write(
        "odd.yaml",
        &serde_json::json!({"theme": say("theme"), say("key"): 1}).to_string(),
    );
    let path = name("file", false);
    home.write(
        &format!("dir/{path}.csv"),
        &format!(
            "编号,条款内容,完成状态,联系人\n1.1,x,{0},{0}\n1.2,{0},done,{0}\n",
            say("cell").replace('\r', "")
        ),
    );
    home.write(
        &format!("dir/{path}.txt"),
        &format!(
            "{}\n一、优化\n1.优化监管。{}（责任单位：{}）\n",
            say("typed"),
            say("typed"),
            say("unit")
        ),
    );
    home.write(&format!("dir/{path}.xlsx"), "no workbook");
    home.write(&format!("dir/{path}.yaml"), &journal);
}

/// A remote that refuses pushes, with a hostile message.
fn remote(home: &Home) -> String {
    let path = home.path("remote.git");
    let git = Command::new("git")
        .args(["init", "-q", "--bare"])
        .arg(&path)
        .status();
    assert!(git.unwrap().success());
    let words = home.write("words", &name("remote", true));
    let hook = path.join("hooks/pre-receive");
    fs::write(
        &hook,
        format!("#!/bin/sh\ncat '{}' >&2\nexit 1\n", words.display()),
    )
    .unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

/// Returns every command with arguments.
fn commands(home: &Home) -> Vec<Vec<String>> {
    let said = name("said", false);
    let file = |ending: &str| {
        home.path(&format!("dir/{}.{ending}", name("file", false)))
            .display()
            .to_string()
    };
    let newer = home.path("newer.yaml").display().to_string();
    let bad = home.path("bad.yaml").display().to_string();
    let odd = home.path("odd.yaml").display().to_string();
    let (csv, yaml, missing) = (file("csv"), file("yaml"), file("missing"));
    let remote = remote(home);
    let all: &[&[&str]] = &[
        &["list"],
        &["list", "--rank", "text"],
        &["list", "--json"],
        &["list", &said],
        &["list", "is:x", &said],
        &["list", "--columns", &said],
        &["show", "1.1", "1.2"],
        &["show", "1.1", "--json"],
        &["show", &said],
        &["log"],
        &["log", "--json"],
        &["log", "--since", &said],
        &["stats", "--by", "unit"],
        &["stats", "--by", "chapter"],
        &["stats"],
        &["stats", "--json"],
        &["stats", "--by", &said],
        &["export", "--format", "md"],
        &["export", "--format", "csv"],
        &["export", "--format", "json"],
        &["export", "--format", &said],
        &["export", "-o", &missing],
        &["export", "-o", "/nowhere/\u{1b}]0;own\u{7}.md"],
        &["minutes"],
        &["minutes", "--since", &said],
        &["documents"],
        &["diff", "bad", &newer],
        &["diff", "bad", &newer, "--format", "md", "--all"],
        &["diff", "bad", &missing],
        &["carry", "bad", &newer, "--dry-run"],
        &["carry", &said, &newer],
        &["doctor"],
        &["set", "1.1", "--remark", &said, "--owner", &said],
        &["set", "1.1", "--due", &said],
        &["set", "1.1", "--status", &said],
        &["check", "1.2"],
        &["check", &said],
        &["undo"],
        &["redo"],
        &["uncheck", "1.2"],
        &["merge", &csv, "--dry-run"],
        &["merge", &csv],
        &["merge", &yaml],
        &["merge", &file("xlsx")],
        &["merge", &missing],
        &["import", &file("txt"), "-o", "-"],
        &["import", &missing],
        &["import", &file("xlsx"), "--id", &said],
        &["sync"],
        &["sync", "--init", &format!("/nowhere/{said}")],
        &["sync", "--init", &remote],
        &["sync", "--init", &format!("https://{said}@[::1]:1/x")],
        &["man", &said],
        &["completions", &said],
        &["help", &said],
        &[&said],
        &["--document", &said, "list"],
        &["--document", &missing, "list"],
        &["--document", &newer, "list"],
        &["--journal", &yaml, "list"],
        &["--journal", &csv, "list"],
        &["--config", &bad, "list"],
        &["--config", &odd, "list"],
        &["--config", &bad, "doctor"],
        &["--by", &said, "check", "1.1"],
        &["--lang", &said, "list"],
    ];
    let owned = |words: &&[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    all.iter().map(owned).collect()
}

#[test]
fn no_command_prints_what_a_terminal_would_obey() {
    let home = Home::new();
    fill(&home);
    assert!(
        home.kouan("--document bad list")
            .run()
            .stdout
            .contains("1.2")
    );
    let all = commands(&home);
    let mut ways = 0;
    for words in &all {
        for lang in ["zh-CN", "en"] {
            let mut command = home.kouan(if words[0].starts_with("--") {
                ""
            } else {
                "--document bad"
            });
            for word in words {
                command = command.arg(word);
            }
            let done = command
                .env("LANG", &format!("{}.UTF-8", lang.replace('-', "_")))
                .run();
            assert_clean(&format!("{words:?} stdout"), &done.stdout);
            assert_clean(&format!("{words:?} stderr"), &done.stderr);
            ways += usize::from(!done.stdout.is_empty()) + usize::from(!done.stderr.is_empty());
        }
    }
    for shell in ["bash", "zsh", "fish"] {
        for word in ["by:", "@", "--owner=", ""] {
            let line = format!("kouan --document bad list {word}");
            let words = if shell == "bash" {
                vec![line.as_str(), word]
            } else {
                line.split(' ').collect()
            };
            let ask = words.iter().fold(
                home.kouan("--").env("KOUAN_COMPLETE", shell),
                super::command::Test::arg,
            );
            assert_clean(shell, &ask.quiet());
            ways += 1;
        }
    }
    eprintln!(
        "{} hostile strings, {ways} outputs of commands",
        HOSTILE.len() + 1
    );
}

fn start(home: &Home, args: &[String]) -> Pty {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    Pty::start(
        Path::new(env!("CARGO_BIN_EXE_kouan")),
        &args,
        (120, 40),
        Manner::Answers,
        |command| {
            surround(&home.path(""), |name, value| command.env(name, value));
            command.env("LANG", "zh_CN.UTF-8");
            command.env("PAGER", "cat");
            command.cwd(home.path("dir"));
        },
    )
}

#[test]
fn no_command_sends_a_terminal_what_it_would_obey() {
    let home = Home::new();
    fill(&home);
    let all = commands(&home);
    for words in &all {
        let mut args = words.clone();
        if !words[0].starts_with("--") {
            args.splice(0..0, ["--document".to_owned(), "bad".to_owned()]);
        }
        let mut pty = start(&home, &args);
        pty.wait_end();
        assert_own(&format!("{words:?}"), &pty.bytes());
    }
    let pipe = home.pipe(&format!("dir/{}.yaml", name("pipe", false)));
    // An import waits for a pipe and says so; a merge refuses it.
    let pty = start(&home, &["import".to_owned(), pipe.display().to_string()]);
    pty.wait_for("步：");
    assert_own("waiting", &pty.bytes());
    let merge = ["--document", "bad", "merge"].map(str::to_owned);
    let words: Vec<String> = merge
        .into_iter()
        .chain([pipe.display().to_string()])
        .collect();
    let mut pty = start(&home, &words);
    pty.wait_end();
    assert_own("a pipe", &pty.bytes());
    eprintln!(
        "{} hostile strings, {} commands on a terminal",
        HOSTILE.len() + 1,
        all.len() + 2
    );
}

#[test]
fn no_pane_sends_a_terminal_what_it_would_obey() {
    let home = Home::new();
    fill(&home);
    let mut pty = start(&home, &["--document".to_owned(), "bad".to_owned()]);
    pty.wait_for("0/2");
    let panes = [
        ("jj", "1.1"),
        ("\r", "8 备注"),
        ("\x1b", "q 退出"),
        ("L", "L 全部记录"),
        ("L", "改动记录"),
        ("\x1b", "q 退出"),
        ("c", "工作日"),
        ("\x1b", "q 退出"),
        ("D", "文件 2 份"),
        ("\x1b", "q 退出"),
        ("t", "倒序"),
        ("\x1b", "q 退出"),
        ("?", "再按一次复原"),
        ("\x1b", "q 退出"),
        ("s", "不再实施"),
        ("\x1b", "q 退出"),
        ("o", "Tab 补全"),
        ("\x1b", "q 退出"),
        ("e", "导出"),
        ("\x1b", "q 退出"),
        ("/by:", "/by:"),
        ("\x1b", "q 退出"),
        ("y", "请终端复制"),
        ("m", "第 1 款／共 2 款"),
        ("q", "纪要"),
        ("\x1b", "已离开会议"),
    ];
    let mut shown = "";
    for (keys, text) in panes {
        pty.send(keys);
        // A key sent before an Esc has closed its pane would be Alt and that key.
        if keys == "\x1b" && text == "q 退出" {
            pty.wait_gone(shown);
        }
        pty.wait_for(text);
        shown = text;
        assert_own(keys, &pty.bytes());
    }
    eprintln!(
        "{} hostile strings, {} screens",
        HOSTILE.len() + 1,
        panes.len()
    );
    pty.send("q");
    pty.wait_end();
    let sent = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(sent.contains("\u{1b}]52;c;"), "copied");
}
