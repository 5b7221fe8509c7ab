//! `stats`, `export` and `minutes`.

use crate::command::{Home, json};
use serde_json::json;
use std::fs;

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

#[test]
fn an_export_says_which_endings_there_are() {
    let home = Home::new();
    let said = home.kouan("export -o list").fails(2);
    assert!(said.contains("list") && said.contains("xlsx"), "{said}");
    let said = home.kouan("import - --id ../evil").stdin("x").fails(2);
    assert!(said.contains("../evil"), "{said}");
}
