//! `carry` and `diff` on the shipped draft, a plausible final text of it, and work on both.

use crate::command::{Home, json};

const FINAL: &str = include_str!("../fixtures/carry/final.txt");

/// A home with work on the draft and the final text imported.
fn home() -> Home {
    let home = Home::new();
    import(&home, "final", FINAL);
    for words in [
        "check 1.1 8",
        "set 16.3 --status blocked --kind problem --due 2026-12-31 --owner 李四 --remark 等待总署部署",
        "set 16.3 --by lisi --remark 已报送",
        // For a person to decide: thoroughly reworded, split, one of two that were merged.
        "set 18.2 7.1 --status doing",
        "check 3.1",
        // Gone.
        "check 10.2",
    ] {
        home.kouan(words).quiet();
    }
    home
}

fn import(home: &Home, id: &str, text: &str) {
    let path = home.write(&format!("{id}.txt"), text);
    let run = home.kouan("import --id").arg(id).arg(path).run();
    assert_eq!(run.code, Some(0), "{run:?}");
}

/// Returns the lines of the final text's journal, without the header.
fn lines(home: &Home) -> Vec<String> {
    let text = std::fs::read_to_string(home.path("data/progress/final.yaml"));
    let text = text.unwrap_or_default();
    text.lines().skip(1).map(str::to_owned).collect()
}

/// Carries; returns standard output and standard error.
fn carry(home: &Home, words: &str) -> (String, String) {
    let run = home
        .kouan(&format!("carry tianjin-2025 final {words}"))
        .run();
    assert_eq!(run.code, Some(0), "{run:?}");
    (run.stdout, run.stderr)
}

fn clause(home: &Home, id: &str) -> serde_json::Value {
    let shown = home.kouan("--document final show --json").arg(id).quiet();
    json(&shown)[0].clone()
}

/// Returns the row of an old clause, by cell.
fn row(printed: &str, old: &str) -> Vec<String> {
    let rows = printed.lines().map(|l| l.split('\t').collect::<Vec<_>>());
    let mut of = rows.filter(|cells| cells.get(1) == Some(&old));
    of.next().unwrap().into_iter().map(str::to_owned).collect()
}

#[test]
fn what_is_certain_is_one_line_and_the_rest_is_listed() {
    let home = home();
    let (printed, said) = carry(&home, "");
    // Every old and every new clause is listed.
    assert_eq!(printed.lines().count(), 44, "{printed}");
    assert_eq!(lines(&home).len(), 1);
    assert_eq!(
        row(&printed, "1.1")[..5],
        ["unchanged", "1.1", "1.1", "100%", "carried: done"]
    );
    assert_eq!(row(&printed, "10.2")[..3], ["gone", "10.2", "-"]);
    assert_eq!(row(&printed, "8.1")[..3], ["renumbered", "8.1", "7.1"]);
    assert_eq!(row(&printed, "12.1")[..3], ["moved", "12.1", "14.1"]);
    for (old, fate) in [("18.2", "edited"), ("7.1", "split"), ("3.1", "merged")] {
        let row = row(&printed, old);
        assert!(
            row[0] == fate && row[4].starts_with("to decide: "),
            "{row:?}"
        );
    }
    for part in [
        "unit renamed: 市交通运输委 → 市交通运输局",
        "1 new, 1 gone",
        "4 to decide",
        "--accept 3.1=3.1",
        "4 clauses, as one change",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let blocked = clause(&home, "15.3");
    assert_eq!(
        (&blocked["status"], &blocked["due"], &blocked["owner"]),
        (&"blocked".into(), &"2026-12-31".into(), &"李四".into())
    );
    let remarks = blocked["remarks"].as_array().unwrap();
    assert_eq!(remarks[0]["kind"], "problem");
    assert_eq!(
        remarks[1]["text"],
        "已报送\n(from tianjin-2025 16.3, lisi, 2026-11-23 10:00)"
    );
    assert_eq!(clause(&home, "17.2")["status"], "todo");
    assert_eq!(clause(&home, "3.1")["status"], "todo");
    // The old journal is unchanged, and one undo retracts everything.
    home.kouan("--document final undo").quiet();
    assert_eq!(clause(&home, "15.3")["status"], "todo");
}

#[test]
fn carrying_twice_changes_nothing_and_a_dry_run_writes_nothing() {
    let home = home();
    let (dry, said) = carry(&home, "--dry-run");
    assert!(said.contains("would carry"), "{said}");
    assert!(!home.path("data/progress/final.yaml").exists());
    let (printed, _) = carry(&home, "");
    assert_eq!(printed, dry.replace("to be carried: ", "carried: "));
    let (again, said) = carry(&home, "");
    assert!(said.ends_with("nothing new to carry\n"), "{said}");
    assert_eq!(row(&again, "1.1")[4], "already there");
    // In the other language it is still the same.
    carry(&home, "--lang zh-CN");
    assert_eq!(lines(&home).len(), 1);
    // Later work is carried too; differing fields of the new document stay.
    home.kouan("--document final uncheck 1.1").quiet();
    home.kouan("set 1.1 --remark 上线").quiet();
    let (printed, _) = carry(&home, "");
    let row = row(&printed, "1.1");
    assert!(
        row[4].contains("1 remark") && row[4].contains("keeps not started, not done"),
        "{row:?}"
    );
    assert_eq!(clause(&home, "1.1")["status"], "todo");
    assert_eq!(lines(&home).len(), 3);
}

#[test]
fn a_person_decides_in_the_shell() {
    let home = home();
    carry(&home, "--accept 18.2=17.2 --accept 7.1=6.1,7.1=6.2");
    for id in ["17.2", "6.1", "6.2"] {
        assert_eq!(clause(&home, id)["status"], "doing", "{id}");
    }
    assert_eq!(lines(&home).len(), 1, "with what is certain, in one line");
    // The merged clause is not done while one of its parts is not.
    let (printed, _) = carry(&home, "--accept 3.1=3.1 --accept 4.1=3.1");
    assert!(printed.contains("disagree"), "{printed}");
    assert_eq!(clause(&home, "3.1")["status"], "todo");
    home.kouan("check 4.1").quiet();
    carry(&home, "--accept 3.1=3.1 --accept 4.1=3.1");
    assert_eq!(clause(&home, "3.1")["status"], "done");
    // Against the comparison.
    carry(&home, "--accept 10.2=20.1");
    assert_eq!(clause(&home, "20.1")["status"], "done");
    // Decisions are kept, and not asked for again.
    let (_, said) = carry(&home, "");
    assert!(!said.contains("to decide"), "{said}");
}

#[test]
fn what_means_nothing_is_refused_before_anything_is_written() {
    let home = home();
    for (words, part) in [
        ("--accept 3.1", "invalid pair"),
        ("--accept 99.1=1.1", "tianjin-2025 has no clause 99.1"),
        ("--accept 1.1=99.1", "final has no clause 99.1"),
        ("--review --dry-run", "--review"),
    ] {
        let said = home
            .kouan(&format!("carry tianjin-2025 final {words}"))
            .fails(2);
        assert!(said.contains(part), "{words}: {said}");
    }
    home.kouan("carry tianjin-2025").fails(2);
    home.kouan("carry tianjin-2025 nope").fails(2);
    home.kouan("diff nope final").fails(2);
    // Without a terminal there is no screen to decide on.
    home.kouan("carry tianjin-2025 final --review").fails(1);
    // Another text with the same id would write to the same journal.
    let file = std::fs::read_to_string(home.path("data/documents/final.yaml")).unwrap();
    let file = home.write(
        "same.yaml",
        &file.replacen("id: final", "id: tianjin-2025", 1),
    );
    let said = home.kouan("carry tianjin-2025").arg(&file).fails(1);
    assert!(said.contains("share the journal"), "{said}");
    assert_eq!(lines(&home).len(), 0);
    // With a journal of its own it is an ordinary revision.
    let own = home.path("own.yaml");
    let run = home
        .kouan("carry tianjin-2025")
        .arg(&file)
        .arg("--journal")
        .arg(&own)
        .run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(std::fs::read_to_string(own).unwrap().lines().count(), 2);
}

#[test]
fn a_document_to_itself_has_nothing_to_carry_but_to_another_journal_all() {
    let home = home();
    let run = home.kouan("carry tianjin-2025 tianjin-2025").run();
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stderr.contains("nothing new"), "{run:?}");
    let copy = home.path("copy.yaml");
    let words = "carry tianjin-2025 tianjin-2025 --journal";
    assert_eq!(home.kouan(words).arg(&copy).run().code, Some(0));
    let stats = |test: crate::command::Test| json(&test.arg("--json").quiet());
    let here = stats(home.kouan("stats"));
    assert_eq!(here, stats(home.kouan("stats --journal").arg(&copy)));
}

#[test]
fn programs_read_json() {
    let home = home();
    let (printed, _) = carry(&home, "--json --dry-run");
    let pairs = json(&printed);
    let pairs = pairs.as_array().unwrap();
    assert_eq!(pairs.len(), 44);
    let of = |old: &str| pairs.iter().find(|p| p["old"] == old).unwrap();
    assert_eq!(
        *of("18.2"),
        serde_json::json!({"fate":"edited","old":"18.2","new":"17.2","likeness":64,
            "doubt":"different","undecided":true,"edits":0})
    );
    assert_eq!(
        (&of("16.3")["edits"], &of("16.3")["undecided"]),
        (&3.into(), &false.into())
    );
    assert_eq!(of("10.2")["new"], serde_json::Value::Null);
}

#[test]
fn the_difference_is_shown_clause_by_clause() {
    let home = home();
    let run = home.kouan("diff tianjin-2025 final").run();
    assert_eq!(run.code, Some(0));
    for part in [
        "edited 95%  5.2 → 4.2  扩大进口机动车“两证合一”试点应用\n",
        "公安交管部门{+应当+}快速审",
        "split  7.1 → 6.1 + 6.2",
        "merged  3.1 + 4.1 → 3.1",
        "gone  10.2",
        "降低企业仓储成本[-。-]积极争取",
        "unit renamed: 市交通运输委 → 市交通运输局\n",
        "new  20.1",
        "moved 100%  12.1 → 14.1",
    ] {
        assert!(run.stdout.contains(part), "{part}\n{}", run.stdout);
    }
    assert!(run.stderr.contains("31 renumbered"), "{run:?}");
    assert!(!run.stdout.contains('\u{1b}'));
    let paper = home
        .kouan("diff tianjin-2025 final --format md --lang zh-CN")
        .quiet();
    assert!(paper.starts_with("# 修订对照\n"), "{paper}");
    assert!(
        paper.contains("公安交管部门<ins>应当</ins>快速审"),
        "{paper}"
    );
    let same = home.kouan("diff final final").run();
    assert_eq!((same.code, same.stdout.as_str()), (Some(0), ""));
    let all = home.kouan("diff final final --all").run().stdout;
    assert_eq!(
        all.lines().filter(|l| l.starts_with("unchanged")).count(),
        42
    );
}
