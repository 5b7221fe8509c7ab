//! Who signs, which language is spoken, mistakes, and what the shell asks.

use crate::command::{Home, json};
use serde_json::Value;
use std::{fs, os::unix::fs::PermissionsExt as _, process::Stdio};

/// Returns the clause objects of `show --json`.
pub(crate) fn shown(home: &Home, ids: &str) -> Vec<Value> {
    let printed = home.kouan(&format!("show --json {ids}")).quiet();
    json(&printed).as_array().unwrap().clone()
}

pub(crate) fn status(home: &Home, id: &str) -> String {
    shown(home, id)[0]["status"].as_str().unwrap().to_owned()
}

pub(crate) fn journal_lines(home: &Home) -> Vec<String> {
    let text = fs::read_to_string(home.journal()).unwrap_or_default();
    text.lines()
        .filter(|l| l.starts_with("- "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_author_is_one_line_and_an_unknown_zone_is_reported() {
    let home = Home::new();
    home.kouan("check 1.1")
        .env("KOUAN_BY", " 张三\n\r\n# 李四 ")
        .quiet();
    assert!(journal_lines(&home)[0].contains(r#""by":"张三 # 李四""#));
    let done = home.kouan("list is:done").env("TZ", "Asia/Shanghia").run();
    assert_eq!(done.code, Some(0));
    assert!(
        done.stderr.contains("TZ=Asia/Shanghia") && done.stderr.contains("UTC"),
        "{done:?}"
    );
}

#[test]
fn a_message_does_not_hold_a_whole_file() {
    let home = Home::new();
    let wrong = home.write("wrong.yaml", &"非文件。".repeat(100_000));
    let said = home.kouan("list --document").arg(&wrong).fails(1);
    assert!(
        said.len() < 6_000 && said.contains(" bytes "),
        "{}",
        said.len()
    );
    assert!(said.contains("wrong.yaml"), "{said}");
}

#[test]
fn changes_are_signed_by_flag_then_variable_then_config_then_account() {
    let home = Home::new();
    let by = |home: &Home| shown(home, "1.1")[0]["by"].as_str().unwrap().to_owned();
    home.write("c.yaml", "by: fromconfig\n");
    let config = home.path("c.yaml");
    let config = config.to_str().unwrap();
    home.kouan("check 1.1 --by flag")
        .env("KOUAN_CONFIG", config)
        .quiet();
    assert_eq!(by(&home), "flag");
    home.kouan("uncheck 1.1")
        .env("KOUAN_CONFIG", config)
        .quiet();
    assert_eq!(by(&home), "zhangsan");
    home.kouan("check 1.1")
        .env("KOUAN_CONFIG", config)
        .without("KOUAN_BY")
        .quiet();
    assert_eq!(by(&home), "fromconfig");
    home.kouan("uncheck 1.1")
        .without("KOUAN_BY")
        .env("USER", "liar")
        .quiet();
    let id = std::process::Command::new("id")
        .arg("-un")
        .output()
        .unwrap();
    assert_eq!(by(&home), String::from_utf8(id.stdout).unwrap().trim());
}

#[test]
fn the_language_comes_from_flag_then_config_then_locale_then_document() {
    let home = Home::new();
    home.write("c.yaml", "language: zh-CN\n");
    let config = home.path("c.yaml");
    let config = config.to_str().unwrap();
    let chinese = |text: &str| text.contains("用法：");
    let help = |test: crate::command::Test| test.arg("--help").quiet();
    assert!(!chinese(&help(home.kouan(""))));
    assert!(chinese(&help(home.kouan("").env("KOUAN_CONFIG", config))));
    assert!(!chinese(&help(
        home.kouan("--lang en").env("KOUAN_CONFIG", config)
    )));
    assert!(chinese(&help(home.kouan("").env("LC_ALL", "zh_CN.UTF-8"))));
    assert!(
        chinese(&help(home.kouan("").without("LANG"))),
        "the document's own"
    );
    assert!(
        chinese(&help(home.kouan("").env("LC_ALL", "C"))),
        "the document's own"
    );
}

#[test]
fn help_and_mistakes_speak_chinese_too() {
    let home = Home::new();
    for command in ["", "list", "set", "man"] {
        let help = home
            .kouan(command)
            .arg("--help")
            .env("LANG", "zh_CN.UTF-8")
            .quiet();
        for english in ["Usage", "Options:", "Arguments", "Commands", "Print "] {
            assert!(!help.contains(english), "{command}: {help}");
        }
    }
    for wrong in [
        "lst",
        "list --jsno",
        "set 1.1 --status don",
        "show",
        "list --rank --rank",
        "list --json --columns id",
    ] {
        let said = home.kouan(wrong).env("LANG", "zh_CN.UTF-8").fails(2);
        assert!(
            said.contains("kouan：") && !said.contains("error"),
            "{wrong}: {said}"
        );
    }
}

#[test]
fn a_config_with_mistakes_stops_all_but_the_doctor() {
    let home = Home::new();
    home.write("c.yaml", "them: mono\nmouse: perhaps\n");
    let config = home.path("c.yaml");
    let config = config.to_str().unwrap();
    let said = home.kouan("check 1.1").env("KOUAN_CONFIG", config).fails(2);
    assert!(
        said.contains("c.yaml:1:1") && said.contains("c.yaml:2:8"),
        "{said}"
    );
    let done = home.kouan("doctor").env("KOUAN_CONFIG", config).run();
    assert_eq!(done.code, Some(1));
    assert!(
        done.stdout.contains("c.yaml:1:1") && done.stdout.contains("c.yaml:2:8"),
        "{done:?}"
    );
    home.kouan("list --config")
        .arg(home.path("none.yaml"))
        .fails(2);
}

#[test]
fn the_doctor_finds_nothing_wrong_at_first() {
    let home = Home::new();
    let printed = home.kouan("doctor").quiet();
    assert!(!printed.contains("wrong"), "{printed}");
    home.kouan("check 1.1").quiet();
    assert_eq!(
        fs::metadata(home.journal()).unwrap().permissions().mode() & 0o777,
        0o600
    );
    fs::set_permissions(home.journal(), fs::Permissions::from_mode(0o666)).unwrap();
    let done = home.kouan("doctor").run();
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("chmod o-w"), "{done:?}");
}

#[test]
fn a_bad_clock_is_refused() {
    let home = Home::new();
    home.kouan("check 1.1").env("KOUAN_CLOCK", "noon").fails(2);
}

#[test]
fn completions_answer_with_ids_units_and_statuses() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            home.kouan("completions")
                .arg(shell)
                .quiet()
                .contains("kouan")
        );
    }
    let ask = |words: &[&str]| {
        let mut test = home.kouan("--").arg("kouan").env("KOUAN_COMPLETE", "fish");
        for word in words {
            test = test.arg(word);
        }
        test.quiet()
    };
    assert!(ask(&["check", "16."]).contains("16.3"));
    assert!(ask(&["list", "@天津"]).contains("@天津海关"));
    assert!(ask(&["list", "is:"]).contains("is:blocked"));
    assert!(ask(&["set", "1.1", "--status", ""]).contains("blocked"));
    assert!(ask(&["sho"]).contains("show"));
    assert!(ask(&["list", "not:is:d"]).contains("not:is:done"));
    assert!(ask(&["list", "ch:"]).contains("ch:5"));
    home.kouan("check 1.1").quiet();
    assert!(ask(&["list", "by:"]).contains("by:zhangsan"));
    assert!(ask(&["man", "s"]).contains("sync"));
    home.kouan("completions tcsh").fails(2);
}

#[test]
fn version_names_the_number_and_the_commit() {
    let home = Home::new();
    let printed = home.kouan("--version").quiet();
    let number = concat!("kouan ", env!("CARGO_PKG_VERSION"));
    let rest = printed.trim_end().strip_prefix(number).expect("the number");
    // A source package has no commit.
    if std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(".git")
        .exists()
    {
        let commit = rest.strip_prefix(" (").and_then(|r| r.strip_suffix(')'));
        let commit = commit.unwrap_or_default().trim_end_matches(" debug");
        let is_hash = commit.len() >= 10 && commit.bytes().all(|b| b.is_ascii_hexdigit());
        assert!(is_hash, "{printed}");
    }
}

#[test]
fn a_pipe_closed_early_is_not_an_error() {
    let home = Home::new();
    let mut child = home
        .kouan("export")
        .into_command()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), &b""[..])
    );
}

#[test]
fn a_full_disk_is_a_mistake() {
    let home = Home::new();
    for words in ["list", "--help", "--version", "help set"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        let mut command = home.kouan(words).into_command();
        let output = command.stdout(full.unwrap()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(!output.stderr.is_empty(), "{words}");
    }
}
