//! The past on the command line: `--at`, changes since a day, weeks, a clause's file.

use crate::command::{Home, Test, json};
use std::fs;

/// Returns a command run by somebody at ten o'clock on another day.
fn on(home: &Home, day: &str, by: &str, words: &str) -> Test {
    let clock = format!("{day}T10:00:00+08:00");
    home.kouan(words)
        .env("KOUAN_CLOCK", &clock)
        .env("KOUAN_BY", by)
}

/// A year in brief: statuses in June, who moved a deadline, and the result.
fn year() -> Home {
    let home = Home::new();
    for (day, by, words) in [
        (
            "2026-06-10",
            "张三",
            "set 16.3 --status doing --due 2026-10-31 --owner 王五",
        ),
        (
            "2026-06-12",
            "张三",
            "set 16.3 --remark 已对接海关总署 --kind progress",
        ),
        ("2026-06-20", "李四", "check 1.1"),
        (
            "2026-10-30",
            "李四",
            "set 16.3 --due 2026-11-30 --remark 无接口 --kind problem",
        ),
        ("2026-11-02", "李四", "set 16.3 --due 2026-12-31"),
        ("2026-11-03", "李四", "undo"),
        ("2026-11-04", "李四", "redo"),
        ("2026-11-20", "王五", "check 16.3"),
    ] {
        on(&home, day, by, words).quiet();
    }
    home
}

fn clause(home: &Home, words: &str) -> serde_json::Value {
    json(&home.kouan(words).works())[0].take()
}

#[test]
fn any_day_is_shown_as_it_stood() {
    let home = year();
    let at = |day: &str| clause(&home, &format!("show 16.3 --json --at {day}"));
    let june = at("2026-06-11");
    assert_eq!(
        (&june["status"], &june["due"]),
        (&"doing".into(), &"2026-10-31".into())
    );
    assert_eq!(june["remarks"].as_array().unwrap().len(), 0);
    assert_eq!(june["days_left"], 142, "counted from that day");
    assert_eq!(at("2026-06-09")["status"], "todo");
    assert_eq!(at("2026-06-12")["remarks"].as_array().unwrap().len(), 1);
    assert_eq!(
        at("2026-06-12T09:59:59+08:00")["remarks"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    // Undone on the third, redone on the fourth.
    let due = |day: &str| at(day)["due"].as_str().unwrap().to_owned();
    let dues = ["2026-11-02", "2026-11-03", "2026-11-04"].map(due);
    assert_eq!(dues, ["2026-12-31", "2026-11-30", "2026-12-31"]);
    assert_eq!(
        at("2026-11-30T23:00:00Z")["overdue"],
        false,
        "it is done by then"
    );
    let list = |at: &str| {
        home.kouan("list is:overdue --columns id --at")
            .arg(at)
            .works()
    };
    assert_eq!(list("2026-10-31"), "");
    assert_eq!(
        home.kouan("list is:done --columns id --at 2026-06-30")
            .quiet(),
        "1.1\n"
    );
    assert_eq!(home.kouan("log --at 2026-06-12").quiet().lines().count(), 2);
    let tally = json(&home.kouan("export --at 2026-06-30").quiet());
    assert_eq!(tally["tally"]["done"], 1);
    assert!(
        home.kouan("minutes --since 2026-06-01 --at 2026-06-30")
            .quiet()
            .contains("1.1")
    );
    // It says how a day was read, unless it was written in full.
    let said = home.kouan("list --at 7d").run();
    assert!(said.stderr.contains("2026-11-16"), "{said:?}");
    let june = home.kouan("list is:done --columns id --at 6月").run();
    assert_eq!(june.stdout, "1.1\n", "a period ends with its last day");
    assert!(june.stderr.contains("2026-06-30"), "{june:?}");
    let said = home.kouan("list --at 19月").fails(2);
    assert!(said.contains("19月"), "{said}");
}

#[test]
fn the_past_is_not_written_to() {
    let home = year();
    let before = fs::read(home.journal()).unwrap();
    for words in [
        "check 1.2",
        "uncheck 1.1",
        "set 1.1 --due none",
        "undo",
        "redo",
        "merge x.csv",
        "sync",
        "import x.txt",
        "carry a b",
        "doctor",
        "documents",
    ] {
        let said = home.kouan(&format!("{words} --at 2026-06-30")).fails(2);
        assert!(said.contains("--at"), "{words}: {said}");
    }
    assert_eq!(fs::read(home.journal()).unwrap(), before);
}

#[test]
fn a_slipped_deadline_says_where_it_was_and_who_moved_it() {
    let home = year();
    let shown = home.kouan("show 16.3 --lang zh-CN").quiet();
    let said = "2026-12-31（原 10-31，延 2 次 61 天，李四 11-02）";
    assert!(shown.contains(said), "{shown}");
    let before = home.kouan("show 16.3 --lang zh-CN --at 2026-10-31").quiet();
    assert!(
        before.contains("（原 10-31，延 1 次 30 天，李四 10-30）"),
        "{before}"
    );
    let slip = clause(&home, "show 16.3 --json")["slip"].take();
    assert_eq!(
        (&slip["first"], &slip["times"], &slip["days"]),
        (&"2026-10-31".into(), &2.into(), &61.into())
    );
    assert_eq!(
        clause(&home, "show 1.1 --json")["slip"],
        serde_json::Value::Null
    );
    // A column of the ledger from then on, merged like any other.
    assert!(
        !home
            .kouan("export --format csv --at 2026-10-29")
            .quiet()
            .contains("postponed")
    );
    let ledger = home.kouan("export --format csv").quiet();
    assert!(
        ledger.contains("was 10-31, postponed 2 times by 61 days"),
        "{ledger}"
    );
    let path = home.write("out.csv", &ledger);
    home.kouan("merge").arg(path).works();
    let units = home
        .kouan("stats --by unit --columns name,slipped,postponed @天津海关 16.3")
        .quiet();
    let table = "name\tdays later\tpostponed\n天津海关\t61\t1\nall\t61\t1\n";
    assert!(units.starts_with(table), "{units}");
    assert!(!home.kouan("stats --by unit").quiet().contains("days later"));
    home.kouan("stats --columns slpped").fails(2);
}

#[test]
fn weeks_show_how_it_went() {
    let home = year();
    let weeks = home.kouan("stats --by week --lang zh-CN").quiet();
    let lines: Vec<&str> = weeks.lines().collect();
    assert!(
        lines[1].starts_with("2026-06-08~06-14\t0/42 0%\t...................."),
        "{weeks}"
    );
    assert!(
        lines[2].starts_with("2026-06-15~06-21\t1/42 2%\t#...................\t0\t+1"),
        "{weeks}"
    );
    let all = json(&home.kouan("stats --by week --json").quiet());
    let all = all.as_array().unwrap();
    assert_eq!((all.len(), lines.len()), (25, 27));
    let last = all.last().unwrap();
    assert_eq!(
        (&last["from"], &last["to"], &last["rate"]["n"]),
        (&"2026-11-23".into(), &"2026-11-29".into(), &2.into())
    );
    let then = json(
        &home
            .kouan("stats --by week 16.3 --json --at 2026-06-14")
            .quiet(),
    );
    assert_eq!(
        (&then[0]["doing"], &then[1]),
        (&1.into(), &serde_json::Value::Null)
    );
    assert_eq!(
        home.kouan("stats --by week --json --at 2020-01-01").quiet(),
        "[]\n"
    );
}

#[test]
fn changes_since_a_day_have_old_and_new_values() {
    let home = year();
    let told = home.kouan("diff --since 2026-10-01 --lang zh-CN").quiet();
    for line in [
        "自 2026-10-01 起 1 款有变动，完成率 1/42 2% → 2/42 5%",
        "状态：推进中 → 已完成（王五，2026-11-20 10:00）",
        "期限：2026-10-31 → 2026-12-31（李四，2026-11-02 10:00）",
        "问题（李四，2026-10-30 10:00）：无接口",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(
        told.contains("\n天津海关\t1/19 5%\t2/19 11%\t+6%\n"),
        "{told}"
    );
    assert!(!told.contains("已对接"), "{told}");
    let june = json(
        &home
            .kouan("diff --since 6月 --format json --at 2026-10-31")
            .quiet(),
    );
    let ids: Vec<_> = june["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["id"])
        .collect();
    assert_eq!(ids, ["1.1", "16.3"]);
    let moved = &june["clauses"][1]["moved"];
    assert_eq!(
        (&moved[1]["from"], &moved[1]["to"]),
        (&serde_json::Value::Null, &"2026-11-30".into())
    );
    let page = home.kouan("diff --since 2026-10-01 --format md").quiet();
    assert!(
        page.contains(" 16.3 ") && page.contains("| 天津海关"),
        "{page}"
    );
    assert!(
        home.kouan("diff --since today")
            .quiet()
            .contains("0 clauses")
    );
    for words in ["diff", "diff a", "diff a b --since 7d", "diff --since 19月"] {
        home.kouan(words).fails(2);
    }
}

#[test]
fn what_others_did_is_new_until_one_has_looked() {
    let home = year();
    let new = |by: &str| {
        home.kouan("list is:new --columns id")
            .env("KOUAN_BY", by)
            .quiet()
    };
    assert_eq!(new("张三"), "1.1\n16.3\n", "since the own last change");
    assert_eq!(new("王五"), "");
    assert_eq!(new("赵六"), "", "who was never here");
    let id = json(&home.kouan("log --json").quiet())[5]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let visit = home.path(".local/state/kouan/drafts/tianjin-2025/@张三/.visit");
    let folder = visit.parent().unwrap();
    fs::create_dir_all(folder).unwrap();
    fs::write(&visit, format!("2026-11-03T12:00:00+08:00 {id}\n")).unwrap();
    assert_eq!(new("张三"), "16.3\n");
    fs::write(&visit, [0xff; 99]).unwrap();
    assert_eq!(
        new("张三"),
        "1.1\n16.3\n",
        "what cannot be read is no visit"
    );
}

#[test]
fn a_clauses_file_has_every_change_in_order() {
    let home = year();
    let told = home.kouan("show 16.3 --history --lang zh-CN").quiet();
    let place = |said: &str| told.find(said).unwrap_or_else(|| panic!("{said}: {told}"));
    let order = [
        "全部改动",
        "2026-06-10 10:00  张三\n  状态：未启动 › 推进中\n  期限：无 › 2026-10-31\n  联系人：无 › 王五",
        "  进展：已对接海关总署",
        "2026-10-30 10:00  李四\n  期限：2026-10-31 › 2026-11-30\n  问题：无接口",
        "2026-11-02 10:00  李四\n  期限：2026-11-30 › 2026-12-31",
        "2026-11-20 10:00  王五\n  状态：推进中 › 已完成",
    ];
    assert!(order.map(place).is_sorted(), "{told}");
    assert!(told.contains("（已撤销）撤销：期限 2026-12-31"), "{told}");
    let then = home
        .kouan("show 16.3 --history --at 2026-11-03 --lang zh-CN")
        .quiet();
    assert!(
        then.contains("（已撤销）期限 2026-12-31") && !then.contains("王五\n  状态"),
        "{then}"
    );
    for name in ["file.md", "file.docx", "file.html"] {
        let path = home.path(name);
        home.kouan("show 16.3 --history -o").arg(&path).works();
        assert!(fs::metadata(&path).unwrap().len() > 500, "{name}");
    }
    let page = fs::read_to_string(home.path("file.md")).unwrap();
    assert!(
        page.contains("16.3") && page.contains("2026-12-31"),
        "{page}"
    );
    for words in [
        "show 16 --history -o x.md",
        "show 16.3 -o x.md",
        "show 16.3 --history --json",
    ] {
        home.kouan(words).fails(2);
    }
}

#[test]
fn an_export_of_the_past_names_its_day() {
    let home = year();
    let title = |words: &str| {
        let text = home.kouan(words).quiet();
        text.lines().next().unwrap_or_default().to_owned()
    };
    let now = title("export --format markdown");
    let then = title("export --format markdown --at 2026-06-11");
    assert_eq!(then, format!("{now} (as of 2026-06-11)"));
    let by_unit = title("export --format markdown --by unit --at 2026-06-11");
    assert_eq!(by_unit, then);
    let export = |words: &str| home.kouan(&format!("export {words}")).quiet();
    let json = |words: &str| crate::command::json(&export(words));
    let day = "2026-06-11";
    assert_eq!(json("--at 2026-06-11")["as_of"], day);
    assert_eq!(json("")["as_of"], serde_json::Value::Null);
    assert_eq!(json("--by unit --at 2026-06-11")[0]["as_of"], day);
    assert_eq!(json("--columns id --at 2026-06-11")[0]["as_of"], day);
    let csv = export("--format csv --at 2026-06-11");
    let (head, rest) = csv.split_once("\r\n").unwrap();
    let place = head.split(',').position(|name| name == "as of").unwrap();
    let row = rest.lines().next().unwrap();
    assert_eq!(
        row.rsplit(',').nth(head.split(',').count() - 1 - place),
        Some(day)
    );
    assert!(!export("--format csv").contains("as of"));
    let calendar = export("--format ics --at 2026-06-11").replace("\r\n ", "");
    assert!(calendar.contains("(as of 2026-06-11)"), "{calendar}");
}
