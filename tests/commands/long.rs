//! Documents of thousands of clauses, in kouan's own form and another, are marked alike.

use crate::command::Home;
use std::{fmt::Write as _, fs};

const MEASURES: u32 = 900;

/// Returns a document of 900 measures with three clauses each, in canonical form.
fn document() -> String {
    let mut text = "id: long\ntitle: 很长的措施\nchapters:\n".to_owned();
    for measure in 1..=MEASURES {
        if measure % 100 == 1 {
            let chapter = measure / 100 + 1;
            writeln!(text, "- number: {chapter}\n  title: 部分\n  measures:").unwrap();
        }
        writeln!(text, "  - number: {measure}\n    title: 任务\n    clauses:").unwrap();
        for clause in 1..=3 {
            writeln!(
                text,
                "    - id: '{measure}.{clause}'\n      text: 第 {measure} 项第 {clause} 款，压缩通关用时，优化口岸营商环境。\n      units: [天津海关]\n      said: （责任单位：天津海关）",
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn a_long_document_is_marked_alike_in_either_form() {
    let text = document();
    // Quotes that kouan would not write make the YAML reader read it.
    let loose = text.replacen("id: long", "id: \"long\"", 1);
    let homes = [text, loose].map(|text| {
        let home = Home::new();
        home.write("data/documents/long.yaml", &text);
        home.write(
            "data/progress/long.yaml",
            "# kouan journal 1 · long · one change a line, append only\n\
             - {\"at\":\"2026-11-20T10:00:00.000+08:00\",\"by\":\"lisi\",\"session\":\"s\",\"id\":\"aaaaaaaaaa\",\"clause\":\"450.2\",\"step\":\"k2\",\"text\":\"联系企业\"}\n",
        );
        home
    });
    for words in [
        "check 1.1",
        "check 1.1",
        "check 第450条第2款 900.3 #3",
        "check 450.2/k2",
        "check 450.2/k9",
        "check 0450.2",
        "check 901",
        "check 17.4 17.5 1.1",
        "check 通关",
        "uncheck 900 1.1 450.2/k2",
        "set 612.1 --status blocked --remark 等待部署",
        "set 612.1 --status closed",
        "set 3 --status closed",
    ] {
        let [own, other] = [&homes[0], &homes[1]].map(|home| {
            let done = home.kouan(&format!("--document long {words}")).run();
            (done.code, done.stdout, done.stderr)
        });
        assert_eq!(own, other, "{words}");
    }
    let [own, other] = homes.map(|home| {
        let text = fs::read_to_string(home.path("data/progress/long.yaml")).unwrap();
        // Everything but the random ids.
        let lines = text.lines().map(|line| {
            let (before, rest) = line.split_once("\"id\":\"").unwrap_or((line, ""));
            format!("{before}{}", rest.get(10..).unwrap_or_default())
        });
        lines.collect::<Vec<_>>()
    });
    assert_eq!(own, other);
    assert_eq!(own.len(), 8, "{own:#?}");
}

#[test]
fn a_mistake_in_a_long_document_is_reported_with_its_line() {
    let home = Home::new();
    let text = document().replacen("    - id: '800.2'\n", "    - id: '800.1'\n", 1);
    let file = home.write("long.yaml", &text);
    let kouan = |words: &str| home.kouan(&format!("--document {} {words}", file.display()));
    let line = text
        .lines()
        .position(|l| l.ends_with("id: '800.3'"))
        .unwrap();
    let line = line + 1 - 4;
    for words in ["check 700.1", "list 700.1"] {
        let said = kouan(words).fails(1);
        assert!(said.contains(&format!("long.yaml:{line}:")), "{said}");
    }
    let text = text.replacen(
        "    - id: '700.1'\n",
        "    - id: '700.1'\n      titel: 甲\n",
        1,
    );
    home.write("long.yaml", &text);
    assert!(kouan("check 700.1").fails(1).contains("titel"));
}
