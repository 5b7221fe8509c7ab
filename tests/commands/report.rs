//! Reports.

use crate::command::Home;

/// A home with work done in October and November.
fn at_work() -> Home {
    let home = Home::new();
    let at = |day: &str, words: &str| {
        let clock = format!("2026-{day}T10:00:00+08:00");
        home.kouan(words).env("KOUAN_CLOCK", &clock).works();
    };
    at("10-08", "check 2.1");
    at("10-12", "set 16.3 --due 2026-10-31 --status doing");
    at(
        "11-02",
        "set 16.3 --due 2026-11-15 --status blocked --kind problem --remark 接口未开通",
    );
    at("11-03", "check 1.1 3.1");
    at(
        "11-03",
        "set 9.1 --due 2026-11-27 --kind next --remark 签订协议",
    );
    home
}

#[test]
fn a_report_says_how_the_work_stands_and_how_it_moved() {
    let home = at_work();
    let text = home.kouan("report --lang zh-CN").quiet();
    assert!(
        text.starts_with("# 天津口岸 2025 年跨境贸易便利化专项行动措施进展通报\n"),
        "{text}"
    );
    for said in [
        "（截至2026年11月23日）",
        "42 款中，已完成 3 款，完成率 3/42 7%",
        "受阻 1 款；逾期 1 款，临期 1 款",
        "自2026年11月1日起新完成 2 款，完成率由 1/42 2% 变为 3/42 7%（+5 个百分点）",
        "问题：接口未开通",
        "请天津海关说明原因",
        "- 9.1 深入推进共建“一带一路”，完成时限2026年11月27日：签订协议",
    ] {
        assert!(text.contains(said), "{said} in\n{text}");
    }
    assert!(!text.contains("出席") && !text.contains("纪要"));
    let units = text.split("## 各单位进展").nth(1).unwrap();
    let first = units.lines().find(|line| line.contains('%')).unwrap();
    assert!(
        first.starts_with("| 天津海关 "),
        "what is overdue comes first: {first}"
    );
    let late = text.split("## 逾期和延期的事项").nth(1).unwrap();
    let row = late
        .lines()
        .find(|line| line.starts_with("| 16.3"))
        .unwrap();
    assert!(
        row.contains("2026-11-15") && row.contains("8 天") && row.contains("1 次"),
        "{row}"
    );
    let done = text.split("## 2026年11月1日以来完成的事项").nth(1).unwrap();
    let done = done.split("\n## ").next().unwrap();
    assert!(
        done.contains("| 1.1 ") && done.contains("| 3.1 ") && !done.contains("| 2.1 "),
        "{done}"
    );
}

#[test]
fn a_report_goes_by_query_day_and_title() {
    let home = at_work();
    let text = home
        .kouan("report --lang zh-CN @天津海关 --since 10月1日 --title 海关季报")
        .quiet();
    assert!(text.starts_with("# 海关季报\n"), "{text}");
    assert!(
        text.contains("19 款中") && text.contains("2026年10月1日以来完成的事项"),
        "{text}"
    );
    home.kouan("report --since neverday").fails(2);
    for (name, begin) in [
        ("r.docx", &b"PK"[..]),
        ("r.html", b"<!DOCTYPE html>"),
        ("r.md", b"# "),
    ] {
        let path = home.path(name);
        home.kouan("report -o").arg(&path).works();
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(begin), "{name}");
    }
}
