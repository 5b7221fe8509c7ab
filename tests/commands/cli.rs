//! The command line from outside: output, errors and exit codes of every command.

use crate::command::{Home, json};
use serde_json::{Value, json};
use std::{fs, os::unix::fs::PermissionsExt as _, process::Stdio};

/// Returns the clause objects of `show --json`.
fn shown(home: &Home, ids: &str) -> Vec<Value> {
    let printed = home.kouan(&format!("show --json {ids}")).quiet();
    json(&printed).as_array().unwrap().clone()
}

fn status(home: &Home, id: &str) -> String {
    shown(home, id)[0]["status"].as_str().unwrap().to_owned()
}

fn journal_lines(home: &Home) -> Vec<String> {
    let text = fs::read_to_string(home.journal()).unwrap_or_default();
    text.lines()
        .filter(|l| l.starts_with("- "))
        .map(str::to_owned)
        .collect()
}

// -- list, show

#[test]
fn list_prints_a_line_a_clause() {
    let home = Home::new();
    let printed = home.kouan("list").quiet();
    assert_eq!(printed.lines().count(), 42);
    let first = printed.lines().next().unwrap();
    assert!(
        first.starts_with("[ ]\t1.1\t") && first.contains("天津海关"),
        "{first}"
    );
    assert!(!home.journal().exists(), "looking writes nothing");
}

#[test]
fn list_takes_a_query_and_finds_nothing_in_silence() {
    let home = Home::new();
    assert_eq!(home.kouan("list @天津海关").quiet().lines().count(), 19);
    assert_eq!(home.kouan("list no:16.3").quiet().lines().count(), 1);
    assert_eq!(home.kouan("list is:done").quiet(), "");
}

#[test]
fn a_term_that_cannot_be_read_is_an_error_and_nothing_is_printed_or_written() {
    let home = Home::new();
    let ledger = home.path("ledger.csv");
    home.kouan("check 1.1").quiet();
    for command in ["list", "list --json", "log", "stats", "export", "export -o"] {
        let mut run = home.kouan(command);
        if command.ends_with("-o") {
            run = run.arg(&ledger);
        }
        let said = run.arg("no:16.3").arg("is:overdu").fails(2);
        assert!(
            said.contains("is:overdu”") && said.contains("is:overdue"),
            "{said}"
        );
    }
    assert!(!ledger.exists());
    for (term, near) in [
        ("not:is:don", "not:is:done"),
        ("ownr:me", "owner:me"),
        ("due:<2026-13-01", "due:<2026-12-31"),
        ("is:qqqqqqqqqq", "is:blocked"),
        ("@天津海馆", "天津海关"),
        ("not:@天津海馆", "天津海关"),
    ] {
        let said = home.kouan("list").arg(term).fails(2);
        assert!(said.contains(near), "{term}: {said}");
    }
}

#[test]
fn whose_clauses_they_are_is_asked_by_owner() {
    let home = Home::new();
    home.kouan("set 1.1 1.2 --owner zhangsan").quiet();
    home.kouan("set 2.1 --owner 王五").quiet();
    let found = |query: &str| {
        let printed = home.kouan("list --columns id").arg(query).quiet();
        printed.lines().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("owner:me"), "1.1 1.2");
    assert_eq!(found("owner:ww"), "2.1");
    assert_eq!(found("owner:me,王五"), "1.1 1.2 2.1");
    assert_eq!(found("not:owner:none"), "1.1 1.2 2.1");
}

#[test]
fn list_prints_the_columns_asked_for() {
    let home = Home::new();
    home.kouan("set 16.3 --due 2026-12-31 --owner 李四").quiet();
    let printed = home
        .kouan("list no:16.3 --columns id,due,owner,status")
        .quiet();
    assert_eq!(printed, "16.3\t2026-12-31\t李四\tnot started\n");
    let said = home.kouan("list --columns id,txet").fails(2);
    assert!(said.contains("txet") && said.contains("text"), "{said}");
}

#[test]
fn list_json_is_an_array_of_clauses_in_their_place() {
    let home = Home::new();
    let all = json(&home.kouan("list --json").quiet());
    assert_eq!(all.as_array().unwrap().len(), 42);
    assert_eq!(all[0]["id"], "1.1");
    assert_eq!(
        all[0]["chapter"],
        json!({"number": 1, "title": "进一步强化政策供给"})
    );
    assert_eq!(
        all[0]["measure"],
        json!({"number": 1, "title": "优化出口锂电池检验监管模式"})
    );
    assert_eq!(json(&home.kouan("list is:done --json").quiet()), json!([]));
}

#[test]
fn show_prints_a_clause_whole() {
    let home = Home::new();
    home.kouan("set 16.3 --status doing --due 2026-11-20 --owner 李四 --remark 已对接")
        .quiet();
    let printed = home.kouan("show 16.3").quiet();
    let text = shown(&home, "16.3")[0]["text"].as_str().unwrap().to_owned();
    for part in [
        "16.3",
        &text,
        "in progress",
        "zhangsan",
        "2026-11-20",
        "overdue",
        "李四",
        "已对接",
    ] {
        assert!(printed.contains(part), "{part} in\n{printed}");
    }
}

#[test]
fn show_takes_a_measure_and_names_each_clause_once() {
    let home = Home::new();
    let ids: Vec<Value> = shown(&home, "1 1.1 #1.2")
        .iter()
        .map(|c| c["id"].clone())
        .collect();
    assert_eq!(ids, ["1.1", "1.2"]);
}

#[test]
fn unknown_ids_are_all_named_with_the_nearest() {
    let home = Home::new();
    let said = home.kouan("show 16.9 1.1 99").fails(2);
    assert!(said.contains("16.9") && said.contains("16.4"), "{said}");
    assert!(said.contains("99") && said.lines().count() == 2, "{said}");
    let said = home.kouan("show 1.1/k9").fails(2);
    assert!(said.contains("1.1/k9"), "{said}");
    home.kouan("show").fails(2);
}

// -- check, uncheck

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
fn what_is_so_already_is_left_alone_and_said() {
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

// -- set

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
        ("list --jsno", "--json"),
        ("--lang fr list", "zh-CN"),
        ("export --format pdf", "json"),
    ] {
        let said = home.kouan(args).fails(2);
        assert!(said.contains(right), "{args}: {said}");
    }
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

// -- steps

const STEP: &str = "# kouan journal 1 · tianjin-2025 · one change a line, append only\n\
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
        json!([{"id": "k2", "text": "联系企业", "done": true}])
    );
    assert_eq!(clause["status"], "todo", "a step does not tick its clause");
    let said = home.kouan("check 16.3/k3").fails(2);
    assert!(said.contains("16.3/k2"), "{said}");
    home.kouan("set 16.3/k2 --due 12-31").fails(2);
    home.kouan("set 16.3/k2 --status blocked --remark x")
        .fails(2);
}

// -- undo, redo, log

#[test]
fn undo_and_redo_walk_this_users_sets_and_print_them() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    home.kouan("check 16").quiet();
    let printed = home.kouan("undo").quiet();
    assert!(
        printed.contains("16.1") && printed.contains("done → not started"),
        "{printed}"
    );
    assert_eq!(
        (status(&home, "16.1"), status(&home, "1.1")),
        ("todo".into(), "done".into())
    );
    home.kouan("redo").quiet();
    assert_eq!(status(&home, "16.1"), "done");
    home.kouan("undo").quiet();
    home.kouan("undo").quiet();
    assert_eq!(status(&home, "1.1"), "todo");
    home.kouan("undo").fails(1);
    home.kouan("redo").quiet();
    home.kouan("redo").quiet();
    home.kouan("redo").fails(1);
    assert_eq!(status(&home, "16.1"), "done");
}

#[test]
fn undo_never_takes_back_a_colleagues_change() {
    let home = Home::new();
    home.kouan("check 1.1 --by lisi").quiet();
    home.kouan("undo --by wangwu").fails(1);
    assert_eq!(status(&home, "1.1"), "done");
}

#[test]
fn undo_and_redo_say_where_a_later_change_has_won() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    home.kouan("set 1.1 --status ongoing --by lisi")
        .env("KOUAN_CLOCK", "2026-11-23T11:00:00+08:00")
        .quiet();
    let done = home
        .kouan("undo")
        .env("KOUAN_CLOCK", "2026-11-23T12:00:00+08:00")
        .run();
    assert_eq!(done.code, Some(0));
    assert!(done.stderr.contains("1.1"), "{done:?}");
    assert_eq!(status(&home, "1.1"), "ongoing");
    let again = home
        .kouan("redo")
        .env("KOUAN_CLOCK", "2026-11-23T13:00:00+08:00")
        .run();
    assert_eq!(again.code, Some(0));
    assert_eq!(again.stderr, done.stderr);
    assert_eq!(status(&home, "1.1"), "ongoing");
}

#[test]
fn log_prints_the_newest_last_and_marks_what_was_taken_back() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    home.kouan("check 2.1 --by lisi")
        .env("KOUAN_CLOCK", "2026-11-24T09:00:00+08:00")
        .quiet();
    home.kouan("undo")
        .env("KOUAN_CLOCK", "2026-11-25T09:00:00+08:00")
        .quiet();
    let printed = home.kouan("log").quiet();
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 3, "{printed}");
    assert!(
        lines[0].starts_with("2026-11-23 10:00\tzhangsan\t")
            && lines[0].contains("(undone) 1.1 done")
    );
    assert!(lines[1].contains("\tlisi\t") && lines[1].ends_with("2.1 done"));
    let since = home.kouan("log --since 2026-11-24").quiet();
    assert_eq!(since.lines().collect::<Vec<_>>(), lines[1..]);
    // A moment as the journal writes it.
    let since = home
        .kouan("log --since 2026-11-24T09:00:00.000+08:00")
        .quiet();
    assert_eq!(since.lines().collect::<Vec<_>>(), lines[1..]);
    let since = home.kouan("log --since 2026-11-24T01:00:01Z").quiet();
    assert_eq!(since.lines().collect::<Vec<_>>(), lines[2..]);
    assert_eq!(home.kouan("log by:lisi").quiet().lines().count(), 1);
    // As printed, in either language.
    home.kouan("set 3.1 --status blocked --remark x").quiet();
    for word in ["blocked", "受阻", "sz"] {
        let found = home.kouan(&format!("log {word}")).quiet();
        assert!(
            found.ends_with("3.1 blocked, problem: x\n"),
            "{word}: {found}"
        );
        assert!(!found.contains("1.1 done"), "{word}: {found}");
    }
}

#[test]
fn log_json_tells_what_each_change_set() {
    let home = Home::new();
    home.kouan("set 1.1 --status done --due none --remark 好")
        .quiet();
    let log = json(&home.kouan("log --json").quiet());
    assert_eq!(log[0]["by"], "zhangsan");
    assert_eq!(log[0]["session"], "test");
    assert_eq!(log[0]["stands"], true);
    assert_eq!(
        log[0]["edits"][0],
        json!({"clause": "1.1", "status": "done", "due": null, "remark": "好", "kind": "progress"})
    );
}

// -- stats, export, minutes

#[test]
fn stats_count_as_by_hand() {
    let home = Home::new();
    let units = json(&home.kouan("stats --by unit --json").quiet());
    let total = |name: &str| {
        let found = units.as_array().unwrap().iter().find(|u| u["name"] == name);
        found.map(|u| u["total"].clone())
    };
    assert_eq!(units.as_array().unwrap().len(), 22);
    for (name, count) in [
        ("天津海关", 19),
        ("市交通运输委", 10),
        ("市商务局", 8),
        ("天津港集团", 7),
    ] {
        assert_eq!(total(name), Some(json!(count)), "{name}");
    }
    home.kouan("check 1.1").quiet();
    home.kouan("set 1.2 --status ongoing").quiet();
    home.kouan("set 2.1 --due 2026-11-01").quiet();
    let chapters = json(&home.kouan("stats --json").quiet());
    let first = &chapters[0];
    let clauses = first["total"].as_u64().unwrap();
    assert_eq!(first["rate"], json!({"n": 1, "of": clauses - 1}));
    assert_eq!(
        (&first["done"], &first["ongoing"], &first["overdue"]),
        (&json!(1), &json!(1), &json!(1))
    );
    let statuses = json(&home.kouan("stats --by status --json").quiet());
    assert_eq!(
        (&statuses[2]["name"], &statuses[2]["total"]),
        (&json!("done"), &json!(1))
    );
}

#[test]
fn stats_line_up_and_say_how_joint_clauses_count() {
    let home = Home::new();
    let printed = home.kouan("stats --by unit --lang zh-CN").quiet();
    assert!(
        printed.contains("天津海关") && printed.contains("0/19 0%"),
        "{printed}"
    );
    assert!(printed.contains("各计一次"), "{printed}");
    let printed = home.kouan("stats @天津海关").quiet();
    assert!(
        printed.lines().last().unwrap().contains("0/19 0%"),
        "{printed}"
    );
}

#[test]
fn export_json_has_exactly_the_promised_shape() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    let export = json(&home.kouan("export --format json").quiet());
    assert_eq!(export["document"]["id"], "tianjin-2025");
    assert_eq!(export["document"]["stage"], "再次征求意见稿");
    assert!(
        export["document"]["preamble"]
            .as_str()
            .unwrap()
            .starts_with("为深入贯彻")
    );
    assert_eq!(
        export["tally"],
        json!({"total": 42, "todo": 41, "doing": 0, "done": 1, "closed": 0, "ongoing": 0, "blocked": 0, "dropped": 0})
    );
    let chapters = export["chapters"].as_array().unwrap();
    let measures: Vec<usize> = chapters
        .iter()
        .map(|c| c["measures"].as_array().unwrap().len())
        .collect();
    assert_eq!(measures, [7, 5, 3, 1, 4]);
    let clause = &chapters[0]["measures"][0]["clauses"][0];
    assert_eq!(
        (&clause["id"], &clause["status"]),
        (&json!("1.1"), &json!("done"))
    );
    assert_eq!(clause["said"], "（责任单位：天津海关）。");
    assert!(
        clause.get("chapter").is_none(),
        "in the tree the place says itself"
    );
}

#[test]
fn a_list_is_sorted_as_asked() {
    let home = Home::new();
    home.kouan("set 3.1 --due long").quiet();
    home.kouan("set 2.1 --due 2026-12-01 --status blocked --remark 无接口")
        .quiet();
    home.kouan("set 1.2 --due 2026-11-30 --owner 王五").quiet();
    let first = |sort: &str| {
        let printed = home
            .kouan("list --columns id ch:1 --sort")
            .arg(sort)
            .quiet();
        printed.lines().take(4).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(first("due"), "1.2 2.1 3.1 1.1");
    assert_eq!(first("期限"), first("due"));
    assert_eq!(first("updated"), "1.2 2.1 3.1 1.1");
    assert_eq!(first("status"), "1.1 1.2 3.1 4.1");
    assert_eq!(first("unit"), "1.1 2.1 3.1 5.1");
    home.kouan("list --sort text").fails(2);
    home.kouan("list --sort due --rank").fails(2);
    assert_eq!(home.kouan("list --columns id is:postponed").quiet(), "");
    home.kouan("set 1.2 --due 2026-12-30").quiet();
    assert_eq!(
        home.kouan("list --columns id is:postponed").quiet(),
        "1.2\n"
    );
    let owners = home.kouan("stats --by owner").quiet();
    let rows: Vec<&str> = owners
        .lines()
        .skip(1)
        .map(|l| l.split('\t').next().unwrap())
        .collect();
    assert_eq!(rows, ["王五", "no owner", "all"]);
    // A remark about what blocks a clause is a problem, unless told otherwise.
    assert_eq!(shown(&home, "2.1")[0]["remarks"][0]["kind"], "problem");
}

#[test]
fn duties_are_said_where_units_are() {
    let home = Home::new();
    let id = json(&home.kouan("list --json").quiet());
    let clause = id
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["by_duties"] == true)
        .unwrap();
    let id = clause["id"].as_str().unwrap();
    let shown = home.kouan("--lang zh-CN show").arg(id).quiet();
    assert!(shown.contains("（按职责分工负责）"), "{shown}");
    let ledger = home.path("ledger.csv");
    home.kouan("--lang zh-CN export -o").arg(&ledger).run();
    let text = fs::read_to_string(&ledger).unwrap();
    assert!(text.contains("（按职责分工负责）"));
    // An older ledger has only the names, which nobody changed.
    fs::write(&ledger, text.replace("（按职责分工负责）", "")).unwrap();
    let said = home.kouan("--lang zh-CN merge").arg(&ledger).run().stderr;
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn who_signs_is_one_line_and_an_unknown_zone_is_said() {
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
fn export_takes_a_query_and_a_file() {
    let home = Home::new();
    let path = home.path("out.json");
    assert_eq!(home.kouan("export @天津海关 -o").arg(&path).works(), "");
    let export = json(&fs::read_to_string(&path).unwrap());
    assert_eq!(export["tally"]["total"], 19);
    let said = home
        .kouan("export -o")
        .arg(home.path("no/such/folder.json"))
        .fails(1);
    assert!(said.contains("no/such"), "{said}");
    home.kouan("export -o").arg(home.path("out.doc")).fails(2);
}

#[test]
fn minutes_tell_what_changed_and_what_is_open() {
    let home = Home::new();
    home.kouan("check 2.1")
        .env("KOUAN_CLOCK", "2026-11-20T10:00:00+08:00")
        .quiet();
    home.kouan("set 1.1 --status done --remark 已办结 --by lisi")
        .quiet();
    home.kouan("set 16.3 --status blocked --kind problem --remark")
        .arg("等待部署\n# 第二行")
        .quiet();
    home.kouan("check 3.1").quiet();
    home.kouan("undo").quiet();
    let printed = home.kouan("minutes --lang zh-CN").quiet();
    let (changed, open) = printed.split_once("## 尚未完成").unwrap();
    for part in [
        "2026-11-23",
        "出席：",
        "### 1.1 ",
        "状态：未启动 → 已完成（lisi，2026-11-23 10:00）",
        "进展（lisi",
        "已办结",
        "### 16.3 ",
        "问题（zhangsan",
        "\\# 第二行",
    ] {
        assert!(changed.contains(part), "{part} in\n{changed}");
    }
    assert!(!changed.contains("### 2.1 "), "that was before\n{changed}");
    assert!(
        !changed.contains("### 3.1 "),
        "that was taken back\n{changed}"
    );
    assert!(
        open.contains("- 天津海关（17 款）：") && open.contains("| 16.3 "),
        "{open}"
    );
    let since = home.kouan("minutes --since 2026-11-20").quiet();
    assert!(since.contains("### 2.1 "), "{since}");
}

// -- documents and files

#[test]
fn documents_lists_what_can_be_opened() {
    let home = Home::new();
    let printed = home.kouan("documents").quiet();
    assert!(printed.starts_with("tianjin-2025\t天津口岸"), "{printed}");
    let said = home.kouan("list --document tianjin-2052").fails(2);
    assert!(said.contains("tianjin-2025"), "{said}");
}

const TEXT: &str = "关于提升口岸效率的若干措施\n\n一、优化流程\n\n1.加快验放。推行预约查验。（责任单位：市口岸办）\n\
    2.降低费用。公开收费目录。（责任单位：市发展改革委）\n";

#[test]
fn import_makes_a_document_that_opens() {
    let home = Home::new();
    let text = home.write("xiaolv.txt", TEXT);
    let done = home.kouan("import --id xiaolv").arg(&text).run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(done.stdout, "", "nobody asked for the YAML");
    assert!(done.stderr.contains("documents/xiaolv.yaml"), "{done:?}");
    assert!(
        home.kouan("documents")
            .quiet()
            .contains("xiaolv\t关于提升口岸效率的若干措施")
    );
    home.kouan("check 2 --document xiaolv").quiet();
    assert!(home.path("data/progress/xiaolv.yaml").exists());
    let listed = home
        .kouan("list --document xiaolv --columns mark,id,units")
        .quiet();
    assert_eq!(listed, "[ ]\t1.1\t市口岸办\n[x]\t2.1\t市发展改革委\n");
}

#[test]
fn import_never_puts_another_text_under_a_known_id() {
    let home = Home::new();
    let text = home.write("a.txt", TEXT);
    home.kouan("import --id a").arg(&text).run();
    home.kouan("import --id a").arg(&text).run();
    fs::write(&text, TEXT.replace("预约", "提前")).unwrap();
    let said = home.kouan("import --id a").arg(&text).fails(1);
    assert!(said.contains("--id"), "{said}");
    let kept = fs::read_to_string(home.path("data/documents/a.yaml")).unwrap();
    assert!(kept.contains("预约"));
    home.kouan("import --id tianjin-2025").arg(&text).fails(1);
}

#[test]
fn import_reads_standard_input_and_writes_where_it_is_told() {
    let home = Home::new();
    let out = home.path("b.yaml");
    let done = home.kouan("import - --id b -o").arg(&out).stdin(TEXT).run();
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""), "{done:?}");
    let listed = home.kouan("list --document").arg(&out).quiet();
    assert_eq!(listed.lines().count(), 2);
    let printed = home.kouan("import - --id b -o -").stdin(TEXT).run();
    assert_eq!(printed.stdout, fs::read_to_string(&out).unwrap());
    assert!(!home.path("data/documents").exists());
}

#[test]
fn a_fresh_import_equals_the_document_that_is_built_in() {
    let home = Home::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let seed = format!("{root}/seeds/tianjin-2025.txt");
    let done = home.kouan("import -o -").arg(seed).run();
    let built_in = fs::read_to_string(format!("{root}/data/tianjin-2025.yaml")).unwrap();
    assert_eq!(done.stdout, built_in);
}

#[test]
fn what_is_no_document_is_told_so() {
    let home = Home::new();
    for text in [
        "",
        "\u{0}\u{1}",
        "<html><body>x</body></html>",
        "just a line\n",
    ] {
        home.kouan("import - -o -").stdin(text).fails(1);
    }
    home.kouan("import").arg(home.path("none.txt")).fails(1);
    home.write("latin.txt", "");
    fs::write(home.path("latin.txt"), b"\xff\xfe\x00").unwrap();
    home.kouan("import").arg(home.path("latin.txt")).fails(1);
}

#[test]
fn import_folds_names_by_the_users_own_aliases() {
    let home = Home::new();
    home.write("data/units.yaml", "- name: 天津海关\n  aliases: [本关]\n");
    let text = "某市措施\n一、甲\n1.做好甲。（责任单位：本关、市发改委）\n";
    let done = home.kouan("import - --id a -o -").stdin(text).run();
    assert!(
        done.stdout.contains("units: [天津海关, 市发展改革委]"),
        "{done:?}"
    );
    home.write("data/units.yaml", "- nome: x\n");
    let done = home.kouan("import - --id a -o -").stdin(text).run();
    assert!(
        done.stdout.contains("units: [本关, 市发展改革委]"),
        "{done:?}"
    );
    assert!(done.stderr.contains("units.yaml"), "{done:?}");
}

#[test]
fn import_reads_word_files_and_old_encodings_by_their_bytes() {
    let home = Home::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let word = fs::read(format!("{root}/tests/fixtures/docx/libreoffice.docx")).unwrap();
    fs::write(home.path("misnamed.txt"), word).unwrap();
    let done = home
        .kouan("import -o -")
        .arg(home.path("misnamed.txt"))
        .run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.stdout.contains("id: misnamed") && done.stdout.contains("设立服务专窗"));
    assert!(
        done.stderr.contains("tracked deletions: 1, left out: 不予"),
        "{done:?}"
    );

    let (gbk, ..) = encoding_rs::GB18030.encode(TEXT);
    let file = home.path("gbk.txt");
    fs::write(&file, &gbk).unwrap();
    let plain = home.kouan("import - --id gbk -o -").stdin(TEXT).run();
    for words in ["import -o -", "import -o - --encoding gbk"] {
        let done = home.kouan(words).arg(&file).run();
        assert_eq!(done.stdout, plain.stdout);
        assert!(done.stderr.contains("read as gb18030"), "{done:?}");
    }
    let said = home
        .kouan("import -o - --encoding utf-8")
        .arg(&file)
        .fails(1);
    assert!(
        said.contains("gbk.txt") && said.contains("gb18030"),
        "{said}"
    );
    home.kouan("import -o - --encoding klingon")
        .arg(&file)
        .fails(2);
    fs::write(home.path("old.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    let said = home.kouan("import").arg(home.path("old.doc")).fails(1);
    assert!(said.contains("old.doc") && said.contains(".docx"), "{said}");
}

#[test]
fn the_journal_is_where_it_was_asked_for() {
    let home = Home::new();
    home.kouan("check 1.1 --journal")
        .arg(home.path("own.yaml"))
        .quiet();
    assert!(home.path("own.yaml").exists() && !home.journal().exists());
    home.write("config.yaml", "progress: team\n");
    let config = home.path("config.yaml");
    home.kouan("check 1.2")
        .env("KOUAN_CONFIG", config.to_str().unwrap())
        .quiet();
    assert!(home.path("team/tianjin-2025.yaml").exists());
}

#[test]
fn another_documents_journal_is_refused() {
    let home = Home::new();
    home.write(
        "other.yaml",
        "# kouan journal 1 · beijing-2025 · one change a line, append only\n",
    );
    let said = home
        .kouan("check 1.1 --journal")
        .arg(home.path("other.yaml"))
        .fails(1);
    assert!(said.contains("beijing-2025"), "{said}");
}

#[test]
fn unreadable_lines_are_counted_and_never_removed() {
    let home = Home::new();
    let text = format!("{STEP}- {{\"garbage\n");
    home.write("data/progress/tianjin-2025.yaml", &text);
    let done = home.kouan("check 1.1").run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.stderr.contains("doctor"), "{done:?}");
    assert!(
        fs::read_to_string(home.journal())
            .unwrap()
            .starts_with(&text)
    );
    let done = home.kouan("doctor").run();
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("line 3"), "{done:?}");
}

#[test]
fn an_independent_reader_reads_the_journal() {
    let python = |args: &[&str]| std::process::Command::new("python3").args(args).output();
    if !python(&["-c", "import yaml"]).is_ok_and(|o| o.status.success()) {
        // `.ci/run` makes sure that it is installed.
        assert!(std::env::var_os("KOUAN_CI").is_none(), "PyYAML is missing");
        return;
    }
    let home = Home::new();
    let remark = "“引号” \\ \u{85}\u{2028}\u{feff}👍 \u{1b}";
    home.kouan("set 1.1 --status done --remark")
        .arg(remark)
        .quiet();
    home.kouan("check 16").quiet();
    let script = "import sys, yaml, json; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
    let output = python(&["-c", script, home.journal().to_str().unwrap()]).unwrap();
    let read = json(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(read[0]["remark"], remark);
    let edits = read[1]["edits"].as_array().unwrap();
    assert_eq!(edits.len(), shown(&home, "16").len());
}

// -- names, languages, config

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
fn the_language_goes_by_flag_then_config_then_locale_then_document() {
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

// -- for the packager and the shell

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
fn a_pipe_closed_early_is_no_mistake() {
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
fn an_export_says_which_endings_there_are() {
    let home = Home::new();
    let said = home.kouan("export -o list").fails(2);
    assert!(said.contains("list") && said.contains("xlsx"), "{said}");
    let said = home.kouan("import - --id ../evil").stdin("x").fails(2);
    assert!(said.contains("../evil"), "{said}");
}

#[test]
fn what_is_set_is_said_in_one_line_a_clause() {
    let home = Home::new();
    let set = home.kouan("set 1.1 --remark -").stdin("first\nsecond\n");
    let said = set.quiet();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("first second"), "{said}");
}

/// Nobody can end the calendar for everyone: a line after the year 2199 is kept and reported, but
/// not read.
#[test]
fn a_line_at_the_end_of_the_calendar_stops_nobody() {
    let home = Home::new();
    let line = "# kouan journal 1 · tianjin-2025 · one change a line, append only\n- {\"at\":\"9999-12-30T22:00:00.999+00:00\",\"by\":\"ls\",\"session\":\"s\",\"id\":\"fut0000001\",\"clause\":\"1.2\",\"status\":\"doing\"}\n";
    let path = home.write("j.yaml", line);
    let kouan = |words: &str| home.kouan(&format!("--journal {} {words}", path.display()));
    for words in ["check 1.1", "uncheck 1.1", "check 1.1"] {
        kouan(words).works();
    }
    assert!(fs::read_to_string(&path).unwrap().starts_with(line));
    let shown = kouan("list is:done is:doing,done").run();
    assert!(
        shown.stdout.contains("1.1") && !shown.stdout.contains("1.2"),
        "{shown:?}"
    );
    let doctor = kouan("doctor").run();
    assert!(
        doctor.stdout.contains("line 2 cannot be read"),
        "{doctor:?}"
    );
}

#[test]
fn a_pipe_or_a_device_is_no_journal() {
    let home = Home::new();
    let pipe = home.pipe("pipe");
    for path in [pipe.to_str().unwrap(), "/dev/null"] {
        for command in ["check 1.1", "list", "undo"] {
            let said = home.kouan(&format!("--journal {path} {command}")).fails(1);
            assert!(said.contains("not a file"), "{said}");
        }
    }
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
