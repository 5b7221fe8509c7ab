//! `check`, `uncheck` and `set`: what is written, and what is refused.

use crate::{
    cli::{journal_lines, shown, status},
    command::{Home, json},
};
use serde_json::{Value, json};
use std::fs;

#[test]
fn check_marks_done_and_is_there_the_next_time() {
    let home = Home::new();
    let printed = home.kouan("check 1.1").quiet();
    assert!(
        printed.starts_with("[x] 1.1 not started → done"),
        "{printed}"
    );
    assert_eq!(status(&home, "1.1"), "done");
    assert_eq!(journal_lines(&home).len(), 1);
    home.kouan("uncheck 1.1").quiet();
    assert_eq!(status(&home, "1.1"), "todo");
}

#[test]
fn a_measure_is_one_change_that_prints_all_its_clauses() {
    let home = Home::new();
    let printed = home.kouan("check 16").quiet();
    assert_eq!(printed.lines().count(), shown(&home, "16").len());
    assert_eq!(journal_lines(&home).len(), 1);
    assert!(shown(&home, "16").iter().all(|c| c["status"] == "done"));
}

#[test]
fn unchanged_clauses_are_left_alone_and_reported() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    let done = home.kouan("check 1.1").run();
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""));
    assert!(done.stderr.contains("1.1"), "{done:?}");
    assert_eq!(journal_lines(&home).len(), 1);
    home.kouan("set 1.1 --status closed").quiet();
    home.kouan("check 1.1").run();
    assert_eq!(
        status(&home, "1.1"),
        "closed",
        "what is closed is done already"
    );
}

#[test]
fn a_batch_with_one_wrong_id_writes_nothing() {
    let home = Home::new();
    home.kouan("check 1.1 1.9 2.1").fails(2);
    assert!(!home.journal().exists());
}

#[test]
fn set_writes_everything_as_one_change() {
    let home = Home::new();
    let printed = home.kouan("set 16.3 16.4 --status blocked --due 12-31 --owner 王五 --kind problem --remark 无接口").quiet();
    assert_eq!(printed.lines().count(), 2);
    assert_eq!(journal_lines(&home).len(), 1);
    for clause in shown(&home, "16.3 16.4") {
        assert_eq!(clause["status"], "blocked");
        assert_eq!(clause["due"], "2026-12-31");
        assert_eq!(clause["owner"], "王五");
        assert_eq!(clause["remarks"][0]["kind"], "problem");
        assert_eq!(clause["remarks"][0]["text"], "无接口");
    }
}

#[test]
fn set_reads_a_remark_from_standard_input() {
    let home = Home::new();
    home.kouan("set 1.1 --remark -")
        .stdin("一行\n两行 \"引号\"\n")
        .quiet();
    assert_eq!(
        shown(&home, "1.1")[0]["remarks"][0]["text"],
        "一行\n两行 \"引号\""
    );
    let long = "长".repeat(10_000);
    home.kouan("set 1.2 --remark -").stdin(&long).quiet();
    assert_eq!(shown(&home, "1.2")[0]["remarks"][0]["text"], long);
}

#[test]
fn remarks_are_kept_as_typed_and_shown_safely() {
    let home = Home::new();
    let nasty = "\u{1b}[31mred\u{7}\u{202e}abc\u{200b}👨‍👩‍👧";
    home.kouan("set 1.1 --remark").arg(nasty).quiet();
    assert_eq!(shown(&home, "1.1")[0]["remarks"][0]["text"], nasty);
    for command in ["show 1.1", "log", "minutes", "list --columns id,progress"] {
        let printed = home.kouan(command).quiet();
        assert!(
            !printed.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{command}: {printed}"
        );
    }
}

#[test]
fn set_takes_names_in_any_language_and_clears_with_none() {
    let home = Home::new();
    home.kouan("set 1.1 --status 推进中 --due 长期 --owner a --kind 下一步 --remark x")
        .quiet();
    let clause = &shown(&home, "1.1")[0];
    assert_eq!(
        (&clause["status"], &clause["due"]),
        (&json!("doing"), &json!("long"))
    );
    assert_eq!(clause["remarks"][0]["kind"], "next");
    home.kouan("set 1.1 --due none --owner none").quiet();
    let clause = &shown(&home, "1.1")[0];
    assert_eq!(
        (&clause["due"], &clause["owner"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn blocked_and_dropped_need_a_reason_and_closed_a_clause_that_is_done() {
    let home = Home::new();
    home.kouan("set 1.1 --status blocked").fails(2);
    home.kouan("set 1.1 --status dropped").fails(2);
    for kind in ["next", "progress"] {
        let words = format!("set 1.1 --status blocked --remark x --kind {kind}");
        let said = home.kouan(&words).fails(2);
        assert!(said.contains("always a problem"), "{said}");
    }
    home.kouan("set 1.1 --status blocked --remark")
        .arg("  ")
        .fails(2);
    home.kouan("check 1.1").quiet();
    let said = home.kouan("set 1 --status closed").fails(1);
    assert!(said.contains("1.2") && !said.contains("1.1,"), "{said}");
    assert_eq!(
        status(&home, "1.1"),
        "done",
        "half a batch is never written"
    );
    home.kouan("set 1.1 --status closed").quiet();
    assert_eq!(status(&home, "1.1"), "closed");
}

#[test]
fn wrong_words_get_the_right_ones_and_exit_2() {
    let home = Home::new();
    for (args, right) in [
        ("set 1.1 --status don", "done"),
        ("set 1.1 --due 2026-02-30", "2026-02-28"),
        ("set 1.1 --due someday", "2026-12-31"),
        ("set 1.1 --remark x --kind problme", "problem"),
        ("set 1.1", "--status"),
        ("set 1.1 --kind next", "--remark"),
        ("stats --by unti", "unit"),
        ("log --since someday", "7d"),
        ("lst", "list"),
        ("--jurnal x list", "--journal"),
        ("--bogus", "--by"),
        ("list --srot due", "--sort"),
        ("completions bsh", "bash"),
        ("help qury", "query"),
        ("list --jsno", "--json"),
        ("--lang fr list", "zh-CN"),
        ("export --format pdf", "json"),
    ] {
        let said = home.kouan(args).fails(2);
        assert!(said.contains(right), "{args}: {said}");
    }
    // What is far from everything names nothing, rather than something else.
    let said = home.kouan("list --zzzzz").fails(2);
    assert!(!said.contains("did you mean"), "{said}");
    assert!(!home.journal().exists());
}

#[test]
fn a_set_that_changes_nothing_writes_nothing() {
    let home = Home::new();
    home.kouan("set 1.1 --due 2026-12-31").quiet();
    let done = home.kouan("set 1.1 --due 2026-12-31").run();
    assert_eq!((done.code, journal_lines(&home).len()), (Some(0), 1));
    assert!(done.stderr.contains("1.1"));
}

pub(crate) const STEP: &str = "# kouan journal 1 · tianjin-2025 · one change a line, append only\n\
    - {\"at\":\"2026-11-20T10:00:00.000+08:00\",\"by\":\"lisi\",\"session\":\"s\",\"id\":\"aaaaaaaaaa\",\"clause\":\"16.3\",\"step\":\"k2\",\"text\":\"联系企业\"}\n";

#[test]
fn a_step_is_ticked_like_a_clause() {
    let home = Home::new();
    home.write("data/progress/tianjin-2025.yaml", STEP);
    let printed = home.kouan("check 16.3/k2").quiet();
    assert!(
        printed.contains("16.3/k2") && printed.contains("联系企业"),
        "{printed}"
    );
    let clause = &shown(&home, "16.3")[0];
    assert_eq!(
        clause["steps"],
        json!([{"id": "k2", "text": "联系企业", "done": true, "status": "done", "due": null}])
    );
    assert_eq!(clause["status"], "todo", "a step does not tick its clause");
    let said = home.kouan("check 16.3/k3").fails(2);
    assert!(said.contains("16.3/k2"), "{said}");
    home.kouan("set 16.3/k2 --owner 王五").fails(2);
    home.kouan("set 16.3/k2 --status blocked --remark x")
        .fails(2);
}

#[test]
fn a_step_is_named_in_full_width_too() {
    let home = Home::new();
    home.write(
        "data/progress/tianjin-2025.yaml",
        "- {\"at\":\"2026-11-23T10:00:00.000+08:00\",\"id\":\"a\",\"clause\":\"1.2\",\"step\":\"k2\",\"text\":\"x\"}\n",
    );
    home.kouan("check １．２／ｋ２").quiet();
    let shown = crate::command::json(&home.kouan("show 1.2 --json").quiet());
    assert_eq!(shown[0]["steps"][0]["done"], true);
}

#[test]
fn set_prints_one_line_per_clause() {
    let home = Home::new();
    let set = home.kouan("set 1.1 --remark -").stdin("first\nsecond\n");
    let said = set.quiet();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("first second"), "{said}");
}

/// As Windows writes it: with a byte order mark and CR LF, or in GBK.
#[test]
fn a_remark_from_standard_input_is_read_as_an_import_reads() {
    let home = Home::new();
    let said = |bytes: &[u8]| {
        let path = home.path("remark.txt");
        fs::write(&path, bytes).unwrap();
        let mut command = home.kouan("set 1.1 --remark -").into_command();
        let done = command
            .stdin(fs::File::open(path).unwrap())
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        let shown = json(&home.kouan("show 1.1 --json").quiet());
        let remarks = shown[0]["remarks"].as_array().unwrap().clone();
        remarks.last().unwrap()["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        said("\u{feff}第一行\r\n第二行\r\n".as_bytes()),
        "第一行\n第二行"
    );
    let gbk = b"\xb5\xc8\xb4\xfd\xb2\xbf\xca\xf0\xa3\xac\xd2\xd1\xb1\xa8\xca\xd0\xc9\xcc\xce\xf1\xbe\xd6\r\n";
    assert_eq!(said(gbk), "等待部署，已报市商务局");
}
