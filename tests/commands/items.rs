//! Added items and steps, on the command line.

use crate::command::{Home, json};
use serde_json::Value;

/// Returns the ids of the items, in their order.
fn ids(home: &Home) -> Vec<String> {
    let listed = json(&home.kouan("list --json").quiet());
    let added = listed.as_array().unwrap().iter();
    let added = added.filter(|clause| clause["added"] == true);
    added
        .map(|c| c["id"].as_str().unwrap().to_owned())
        .collect()
}

fn shown(home: &Home, id: &str) -> Value {
    json(&home.kouan("show --json").arg(id).quiet())[0].clone()
}

#[test]
fn an_item_is_added_worked_on_and_counted_beside() {
    let home = Home::new();
    let added = home
        .kouan("add 组织企业 座谈会 --unit 海关 --due 2026-12-31 --owner 王五")
        .quiet();
    let id = ids(&home).remove(0);
    assert!(added.starts_with(&format!("[ ] {id} ")), "{added}");
    assert!(added.contains("组织企业 座谈会"), "{added}");
    let item = shown(&home, &id);
    for (field, value) in [
        ("text", "组织企业 座谈会"),
        ("due", "2026-12-31"),
        ("owner", "王五"),
        ("status", "todo"),
    ] {
        assert_eq!(item[field], value, "{item}");
    }
    assert_eq!(item["units"], json(r#"["天津海关"]"#), "by its short name");
    home.kouan("check").arg(&id).quiet();
    home.kouan("check 1.1").quiet();
    // A beginning that no other has is enough; a full-width plus too.
    let short: String = id.chars().take(4).collect();
    home.kouan("set --status blocked --remark 场地未定")
        .arg(short.replace('+', "＋"))
        .quiet();
    let export = json(&home.kouan("export --format json").quiet());
    assert_eq!(
        (&export["tally"]["total"], &export["tally"]["done"]),
        (&42.into(), &1.into())
    );
    assert_eq!(
        (&export["added"]["total"], &export["added"]["blocked"]),
        (&1.into(), &1.into())
    );
    let last = export["chapters"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["title"], &last["added"]),
        (&"新增事项".into(), &true.into())
    );
    assert_eq!(last["measures"][0]["clauses"][0]["id"], *id);
    let stats = home.kouan("stats --lang zh-CN").quiet();
    assert!(
        stats.contains("1/42") && stats.contains("＋新增 0/1"),
        "{stats}"
    );
    for query in ["座谈会", "@天津海关 is:blocked", "owner:王五", "ch:6"] {
        let found = home.kouan("list --columns id").args(query).quiet();
        assert!(found.lines().any(|line| line == id), "{query}: {found}");
    }
}

#[test]
fn undo_takes_an_item_off_and_redo_brings_it_back() {
    let home = Home::new();
    home.kouan("add 买咖啡").quiet();
    let id = ids(&home).remove(0);
    home.kouan("undo").quiet();
    assert_eq!(ids(&home), [""; 0]);
    let unknown = home.kouan("check").arg(&id).fails(2);
    assert!(unknown.contains(&id), "{unknown}");
    home.kouan("redo").quiet();
    assert_eq!(ids(&home), std::slice::from_ref(&id));
    let removed = home.kouan("set --remove").arg(&id).quiet();
    assert!(removed.contains("买咖啡"), "{removed}");
    assert_eq!(ids(&home), [""; 0]);
    let doctor = home.kouan("doctor").works();
    assert!(
        !doctor.contains(&id),
        "what is gone is not unknown: {doctor}"
    );
    home.kouan("undo").quiet();
    home.kouan("set --text 买茶").arg(&id).quiet();
    assert_eq!(shown(&home, &id)["text"], "买茶");
    let log = home.kouan("log --lang zh-CN").quiet();
    assert!(
        log.contains("新增事项 买咖啡") && log.contains("改为：买茶"),
        "{log}"
    );
}

#[test]
fn the_documents_own_text_stays() {
    let home = Home::new();
    for words in [
        "set 1.1 --text 甲",
        "set 1.1 --remove",
        "set 1.1 --after first",
        "add",
        "set 1.1 --step",
    ] {
        let said = home.kouan(words).fails(2);
        assert!(!said.is_empty());
    }
    home.kouan("add").arg("  ").fails(2);
    assert!(!home.journal().exists());
}

#[test]
fn a_line_of_standard_input_is_an_item() {
    let home = Home::new();
    let added = home
        .kouan("add - --owner 我")
        .stdin("买咖啡\r\n\n 寄  快递 \n")
        .quiet();
    assert_eq!(added.lines().count(), 2, "{added}");
    let journal = std::fs::read_to_string(home.journal()).unwrap();
    assert_eq!(journal.lines().count(), 2, "one change: {journal}");
    let texts: Vec<Value> = ids(&home)
        .iter()
        .map(|id| shown(&home, id)["text"].clone())
        .collect();
    assert_eq!(texts, ["买咖啡", "寄 快递"]);
}

#[test]
fn steps_are_worked_on_by_their_ids() {
    let home = Home::new();
    home.kouan("set 1.1 --step 起草").quiet();
    home.kouan("set 1.1 --step 会签").quiet();
    let step = |nth: usize| {
        let id = shown(&home, "1.1")["steps"][nth]["id"].clone();
        format!("1.1/{}", id.as_str().unwrap())
    };
    let (first, second) = (step(0), step(1));
    home.kouan("set --due 2026-12-31 --status doing --text 会签送审")
        .arg(&second)
        .quiet();
    let key = first.strip_prefix("1.1/").unwrap();
    home.kouan("set --after first").arg(&second).quiet();
    let steps = shown(&home, "1.1")["steps"].clone();
    assert_eq!(
        steps[0],
        serde_json::json!({"id": second.strip_prefix("1.1/").unwrap(), "text": "会签送审",
            "done": false, "status": "doing", "due": "2026-12-31"})
    );
    home.kouan("set --after").arg(key).arg(&second).quiet();
    assert_eq!(step(0), first);
    home.kouan("set --remove").arg(&first).quiet();
    assert_eq!(step(0), second);
    home.kouan("undo").quiet();
    assert_eq!(step(0), first);
    for wrong in [
        "--status closed",
        "--owner 王五",
        "--remark 甲",
        "--after zz",
        "--step 甲",
    ] {
        home.kouan("set").args(wrong).arg(&first).fails(2);
    }
}

/// A line that a colleague's newer version wrote, as an older one sees it: it names a clause.
#[test]
fn an_items_line_can_be_read_by_version_1() {
    let home = Home::new();
    home.kouan("add 买咖啡 --unit 天津海关").quiet();
    let id = ids(&home).remove(0);
    home.kouan("set --text 买茶").arg(&id).quiet();
    let journal = std::fs::read_to_string(home.journal()).unwrap();
    for line in journal.lines().skip(1) {
        let line: Value = json(line.strip_prefix("- ").unwrap());
        assert_eq!(line["clause"], *id, "{line}");
        assert!(line.get("step").is_none(), "{line}");
    }
}

#[test]
fn a_list_of_the_users_own_begins_with_one_command() {
    let home = Home::new();
    let made = home.kouan("new 家里 --title 家里的事").works();
    assert!(
        made.starts_with("家里\t") && made.contains("家里.yaml"),
        "{made}"
    );
    let own = |words: &str| home.kouan("--document 家里").args(words);
    assert_eq!(own("list").quiet(), "");
    let empty = json(&own("export --format json").quiet());
    assert_eq!(empty["chapters"], json("[]"));
    for text in ["买咖啡", "寄快递", "修水管"] {
        own("add").arg(text).quiet();
    }
    let listed = json(&own("list --json").quiet());
    let id = listed[1]["id"].as_str().unwrap().to_owned();
    own("check").arg(&id).quiet();
    let export = json(&own("export --format json").quiet());
    let counts = |of: &str| [&export[of]["total"], &export[of]["done"]].map(Value::as_u64);
    assert_eq!(
        counts("tally"),
        [Some(3), Some(1)],
        "the items are the list"
    );
    assert_eq!(counts("added"), [Some(0), Some(0)]);
    assert_eq!(export["chapters"][0]["title"], "事项");
    assert!(own("stats").quiet().contains("1/3"));
    assert!(!own("stats").quiet().contains("added"));
    assert!(own("minutes").works().contains("家里的事"));
    for words in ["new 家里", "new tianjin-2025"] {
        home.kouan(words).fails(1);
    }
    for words in ["new ../x", "new .x", "new a/b"] {
        home.kouan(words).fails(2);
    }
}

#[test]
fn two_machines_that_add_at_once_have_two_items_after_a_merge() {
    let (one, other) = (Home::new(), Home::new());
    one.kouan("add 甲").quiet();
    other.kouan("add 乙").quiet();
    one.kouan("merge").arg(other.journal()).works();
    other.kouan("merge").arg(one.journal()).works();
    let texts = |home: &Home| {
        let ids = ids(home);
        let mut texts: Vec<Value> = ids
            .iter()
            .map(|id| shown(home, id)["text"].clone())
            .collect();
        texts.sort_by_key(ToString::to_string);
        texts
    };
    assert_eq!(texts(&one), ["乙", "甲"]);
    assert_eq!(ids(&one), ids(&other));
}

#[test]
fn items_are_carried_to_a_revision_once() {
    let home = Home::new();
    home.kouan("add 甲 --due 2026-12-31 --unit 天津海关")
        .quiet();
    let id = ids(&home).remove(0);
    home.kouan("set --status blocked --remark 场地未定")
        .arg(&id)
        .quiet();
    home.kouan("set --step 起草").arg(&id).quiet();
    home.kouan("new b --title 修订稿").works();
    home.kouan("carry tianjin-2025 b").works();
    home.kouan("carry tianjin-2025 b").works();
    let listed = json(&home.kouan("--document b list --json").quiet());
    let [item] = listed.as_array().unwrap().as_slice() else {
        panic!("{listed}");
    };
    assert_eq!(item["id"], *id);
    assert_eq!(
        (&item["status"], &item["due"]),
        (&"blocked".into(), &"2026-12-31".into())
    );
    assert_eq!(item["remarks"].as_array().map(Vec::len), Some(1));
    assert_eq!(item["steps"][0]["text"], "起草");
}

#[test]
fn evidence_is_an_address_in_the_remark() {
    let home = Home::new();
    home.write("纪要 1.docx", "x");
    let file = home.path("纪要 1.docx");
    home.kouan("set 1.1 --remark 已报送 --link")
        .arg(&file)
        .quiet();
    home.kouan("set 1.1 --kind problem --link https://a.cn/b")
        .quiet();
    let alone = home.kouan("set 1.1 --kind problem").fails(2);
    assert!(alone.contains("--link"), "{alone}");
    let remarks = shown(&home, "1.1")["remarks"].clone();
    let said = |nth: usize| remarks[nth]["text"].as_str().unwrap().to_owned();
    let all = format!("{}|{}", said(0), said(1));
    assert!(all.contains("已报送 file:///"), "{all}");
    assert!(all.contains("/纪要%201.docx"), "{all}");
    assert!(all.contains("https://a.cn/b"), "{all}");
    for wrong in ["javascript:alert(1)", "不存在.docx", "https://a.cn b", ""] {
        let said = home.kouan("set 1.1 --link").arg(wrong).fails(2);
        assert!(said.contains("--link"), "{said}");
    }
    let page = home.kouan("export --format html").quiet();
    assert!(page.contains("<a href=\"https://a.cn/b\""), "{page}");
}

#[test]
fn a_steps_deadline_is_shown() {
    let home = Home::new();
    home.kouan("set 1.1 --step 起草").quiet();
    let id = shown(&home, "1.1")["steps"][0]["id"].clone();
    let step = format!("1.1/{}", id.as_str().unwrap());
    for (day, said) in [
        ("2026-12-31", "期限 2026-12-31\n"),
        ("2026-11-01", "期限 2026-11-01  逾期\n"),
    ] {
        home.kouan("set --due").arg(day).arg(&step).quiet();
        let shown = home.kouan("show 1.1 --lang zh-CN").quiet();
        assert!(shown.contains(&format!("起草  {said}")), "{shown}");
    }
}

#[test]
fn the_templates_are_lists() {
    for (name, items) in [
        ("shopping", 5),
        ("travel", 5),
        ("release", 7),
        ("review", 5),
    ] {
        let home = Home::new();
        let file = format!("{}/docs/templates/{name}.md", env!("CARGO_MANIFEST_DIR"));
        home.kouan("import")
            .arg(&file)
            .args("--id")
            .arg(name)
            .works();
        let listed = json(
            &home
                .kouan("--document")
                .arg(name)
                .args("list --json")
                .quiet(),
        );
        assert_eq!(listed.as_array().unwrap().len(), items, "{name}");
    }
}
