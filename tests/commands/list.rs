//! `list` and `show`: which clauses are printed, and how.

use crate::{
    cli::shown,
    command::{Home, json},
};
use serde_json::{Value, json};
use std::fs;

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
fn list_prints_nothing_if_nothing_matches() {
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
    // A remark about what blocks a clause is a problem.
    assert_eq!(shown(&home, "2.1")[0]["remarks"][0]["kind"], "problem");
}

#[test]
fn deadlines_are_listed_with_the_days_left_the_owner_and_the_steps_that_have_one() {
    let home = Home::new();
    home.kouan("set 1.2 --due 2026-11-30 --owner 王五").quiet();
    home.kouan("set 1.1 --due 2026-12-31 --step")
        .arg("先对接")
        .quiet();
    let shown = shown(&home, "1.1");
    let step = format!("1.1/{}", shown[0]["steps"][0]["id"].as_str().unwrap());
    home.kouan("set --due 2026-11-20").arg(&step).quiet();
    let list = home.kouan("list no:1 --sort due").quiet();
    let rows: Vec<Vec<&str>> = list.lines().map(|row| row.split('\t').collect()).collect();
    let begins = |row: usize| rows[row][..5].join(" ");
    assert_eq!(begins(0), format!("[ ] {step} 2026-11-20 3 days overdue "));
    assert_eq!(rows[0].last(), Some(&"先对接"));
    assert_eq!(begins(1), "[ ] 1.2 2026-11-30 in 7 days 王五");
    assert_eq!(begins(2), "[ ] 1.1 2026-12-31 in 38 days ");
    assert_eq!(rows.len(), 3);
    // What was asked for by name stays as it is.
    let columns = home.kouan("list no:1 --sort due --columns id,days").quiet();
    assert!(
        columns.starts_with(&format!("{step}\t3 days overdue\n")),
        "{columns}"
    );
}

#[test]
fn duties_are_shown_beside_units() {
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
