//! Steps as lines of a ledger: what people write there comes back, and nothing is lost.

use crate::{
    command::{Home, json},
    merge::{Sheets, column, read, row, write},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A home whose clause 1.1 has three steps, and its ledger.
fn exported(options: &str) -> (Home, PathBuf) {
    let home = Home::new();
    for text in ["起草", "=1+1", "会签"] {
        home.kouan("set 1.1 --step").arg(text).quiet();
    }
    home.kouan("set --status doing --due 2026-12-10")
        .arg(id(&home, 0))
        .quiet();
    let path = home.path("out.xlsx");
    home.kouan("export --lang zh-CN -o")
        .arg(&path)
        .args(options)
        .works();
    (home, path)
}

fn steps(home: &Home, clause: &str) -> Vec<serde_json::Value> {
    let shown = json(&home.kouan("show --json").arg(clause).quiet());
    shown[0]["steps"].as_array().unwrap().clone()
}

/// Returns the id of a step of 1.1.
fn id(home: &Home, nth: usize) -> String {
    format!("1.1/{}", steps(home, "1.1")[nth]["id"].as_str().unwrap())
}

/// Returns the steps of a clause in words.
fn said(home: &Home, clause: &str) -> Vec<String> {
    let said = |step: &serde_json::Value| {
        let words = ["text", "status", "due"].map(|field| step[field].as_str().unwrap_or("-"));
        words.join(" ")
    };
    steps(home, clause).iter().map(said).collect()
}

fn set(sheets: &mut Sheets, id: &str, heading: &str, value: &str) {
    let rows = &mut sheets[0].1;
    let (row, column) = (row(rows, id), column(rows, heading));
    value.clone_into(&mut rows[row][column]);
}

/// Puts a line of these cells under a row.
fn insert(sheets: &mut Sheets, below: usize, cells: &[(&str, &str)]) {
    let rows = &mut sheets[0].1;
    let mut line = vec![String::new(); rows[1].len()];
    for (heading, value) in cells {
        (*value).clone_into(&mut line[column(rows, heading)]);
    }
    rows.insert(below + 1, line);
}

fn merge(home: &Home, path: &Path, options: &str) -> (String, String) {
    let done = home.kouan("merge --lang en").arg(path).args(options).run();
    assert_eq!(done.code, Some(0), "{done:?}");
    (done.stdout, done.stderr)
}

#[test]
fn steps_have_lines_under_their_clause() {
    let (home, path) = exported("");
    let sheets = read(&path);
    let rows = &sheets[0].1;
    let at = row(rows, "1.1");
    let (text, status, due) = (
        column(rows, "具体内容"),
        column(rows, "状态"),
        column(rows, "完成时限"),
    );
    let lines = [1, 2, 3].map(|nth| &rows[at + nth]);
    assert_eq!(lines.map(|line| &*line[text]), ["起草", "=1+1", "会签"]);
    assert_eq!(
        (&*lines[0][0], &*lines[0][status], &*lines[0][due]),
        (&*id(&home, 0), "推进中", "2026.12.10")
    );
    assert_eq!(rows[at + 4][0], "1.2");
    // Steps never count.
    let summary = sheets.iter().find(|(name, _)| name == "汇总").unwrap();
    let all = summary.1.iter().find(|row| row[0] == "合计").unwrap();
    assert_eq!((&*all[1], &*all[3]), ("42", "0"));
    assert_eq!(merge(&home, &path, "").1, "nothing new\n");
    for options in ["--by unit", "--columns id,text,status"] {
        let (home, path) = exported(options);
        let found = read(&path)[..2].iter().any(|(_, rows)| {
            let rows: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
            rows.contains(&&id(&home, 0))
        });
        assert!(found, "{options}");
        assert_eq!(merge(&home, &path, "").1, "nothing new\n", "{options}");
    }
    let csv = home.kouan("export --format csv").works();
    assert!(csv.contains(&format!("\r\n{},", id(&home, 2))), "{csv}");
    assert!(csv.contains("'=1+1"), "no formula");
    let list = home.kouan("export --format csv --columns id,text").works();
    assert_eq!(list.lines().count(), 43, "for programs a line is a clause");
}

#[test]
fn what_was_filled_in_of_steps_comes_back() {
    let (home, path) = exported("");
    let mut sheets = read(&path);
    let ids = [0, 1, 2].map(|nth| id(&home, nth));
    set(&mut sheets, &ids[0], "状态", "√");
    set(&mut sheets, &ids[0], "完成时限", "");
    set(&mut sheets, &ids[1], "具体内容", "=2+2");
    set(&mut sheets, &ids[1], "进展情况", "等回函");
    set(&mut sheets, &ids[2], "完成时限", "2027.1.31");
    write(&path, &sheets);
    let (printed, notes) = merge(&home, &path, "");
    assert_eq!(printed.lines().count(), 5, "{printed}{notes}");
    assert!(printed.contains(&format!("{} done", ids[0])), "{printed}");
    let now = ["起草 done -", "=2+2 todo -", "会签 todo 2027-01-31"];
    assert_eq!(said(&home, "1.1"), now);
    let shown = home.kouan("show 1.1").quiet();
    assert!(
        shown.contains("=1+1：等回函") || shown.contains("=1+1: 等回函"),
        "{shown}"
    );
    assert!(merge(&home, &path, "").1.ends_with("nothing new\n"));
    home.kouan("undo").quiet();
    assert_eq!(said(&home, "1.1")[0], "起草 doing 2026-12-10");
}

#[test]
fn a_line_that_was_taken_out_or_emptied_removes_nothing() {
    let (home, path) = exported("");
    let before = said(&home, "1.1");
    let mut sheets = read(&path);
    let second = id(&home, 1);
    set(&mut sheets, &second, "具体内容", "");
    let first = row(&sheets[0].1, &id(&home, 0));
    sheets[0].1.remove(first);
    write(&path, &sheets);
    let (printed, notes) = merge(&home, &path, "");
    assert_eq!(printed, "");
    assert!(notes.contains("stays"), "{notes}");
    assert_eq!(said(&home, "1.1"), before);
}

#[test]
fn a_step_changed_on_both_sides_keeps_both() {
    for (prefer, text) in [("", "起草初稿"), ("--prefer theirs", "起草并送审")] {
        let (home, path) = exported("");
        let first = id(&home, 0);
        let mut sheets = read(&path);
        set(&mut sheets, &first, "具体内容", "起草并送审");
        set(&mut sheets, &first, "状态", "受阻");
        write(&path, &sheets);
        home.kouan("set --by lisi --text 起草初稿")
            .arg(&first)
            .quiet();
        let (_, notes) = merge(&home, &path, prefer);
        assert!(notes.contains("a step is todo, doing or done"), "{notes}");
        assert_eq!(steps(&home, "1.1")[0]["text"], text);
        let kept = home.kouan("show 1.1").quiet().contains("起草并送审");
        assert!(kept, "{prefer}");
        merge(&home, &path, prefer);
        let remarks = json(&home.kouan("show --json 1.1").quiet());
        let remarks = remarks[0]["remarks"].as_array().unwrap();
        assert_eq!(remarks.len(), usize::from(prefer.is_empty()));
    }
}

#[test]
fn a_step_that_was_removed_stays_removed() {
    let (home, path) = exported("");
    let first = id(&home, 0);
    home.kouan("set --remove").arg(&first).quiet();
    assert_eq!(merge(&home, &path, "").1, "nothing new\n");
    let mut sheets = read(&path);
    set(&mut sheets, &first, "状态", "已完成");
    write(&path, &sheets);
    let (printed, notes) = merge(&home, &path, "");
    assert_eq!(printed, "");
    assert!(notes.contains("removed since"), "{notes}");
}

#[test]
fn lines_without_an_id_are_steps_of_the_clause_above() {
    let (home, path) = exported("");
    let mut sheets = read(&path);
    let rows = &sheets[0].1;
    let (first, second) = (row(rows, "1.1"), row(rows, "2.1"));
    // From the bottom up, so that the rows above stay where they are.
    insert(
        &mut sheets,
        second,
        &[("具体内容", "@走访\n企业"), ("状态", "已完成")],
    );
    let end = ("完成时限", "2026-12-31");
    insert(&mut sheets, first + 3, &[("具体内容", "印发"), end]);
    insert(&mut sheets, first + 1, &[("具体内容", "征求意见")]);
    insert(&mut sheets, first + 2, &[("具体内容", "汇总意见")]);
    insert(
        &mut sheets,
        first,
        &[("具体内容", "调研"), ("状态", "推进中")],
    );
    let below = sheets[0].1.len() - 1;
    insert(
        &mut sheets,
        below,
        &[("序号", "3.1/"), ("具体内容", "写明的步骤")],
    );
    write(&path, &sheets);
    let (_, notes) = merge(&home, &path, "");
    assert!(notes.contains("merged"), "{notes}");
    let wanted = [
        "调研 doing -",
        "起草 doing 2026-12-10",
        "征求意见 todo -",
        "汇总意见 todo -",
        "=1+1 todo -",
        "会签 todo -",
        "印发 todo 2026-12-31",
    ];
    assert_eq!(said(&home, "1.1"), wanted);
    assert_eq!(said(&home, "2.1"), ["@走访 企业 done -"]);
    assert_eq!(said(&home, "3.1"), ["写明的步骤 todo -"]);
    // Merged again it changes nothing, whatever became of the steps since.
    home.kouan("set --text 调查研究").arg(id(&home, 0)).quiet();
    home.kouan("set --remove").arg(id(&home, 2)).quiet();
    home.kouan("check").arg(id(&home, 4)).quiet();
    let before = said(&home, "1.1");
    merge(&home, &path, "");
    assert_eq!(said(&home, "1.1"), before);
}

#[test]
fn a_new_row_is_no_step_where_its_place_says_nothing() {
    let add = |change: &dyn Fn(&mut Sheets)| {
        let (home, path) = exported("");
        let mut sheets = read(&path);
        change(&mut sheets);
        write(&path, &sheets);
        let listed = merge(&home, &path, "").1;
        assert!(
            listed.contains("编写指南") && listed.contains("--add"),
            "{listed}"
        );
        let (printed, _) = merge(&home, &path, "--add");
        assert!(printed.contains("编写指南"), "{printed}");
        let items = home.kouan("list 编写指南 --columns id,text").quiet();
        assert!(items.starts_with('+'), "{items}");
        assert_eq!(steps(&home, "1.1").len(), 3);
        assert!(merge(&home, &path, "--add").1.ends_with("nothing new\n"));
        // One that was reworded or removed since is not made again.
        let item = items.split_whitespace().next().unwrap();
        home.kouan("set --text 编写手册").arg(item).quiet();
        assert!(merge(&home, &path, "--add").1.ends_with("nothing new\n"));
    };
    let new = [("具体内容", "编写指南")];
    // Below the last clause.
    add(&|sheets| {
        let below = sheets[0].1.len() - 1;
        insert(sheets, below, &new);
    });
    // With what only a clause has.
    add(&|sheets| {
        let below = row(&sheets[0].1, "1.1");
        insert(sheets, below, &[new[0], ("责任单位", "市外办")]);
    });
    // In a sheet that somebody sorted.
    add(&|sheets| {
        sheets[0].1[2..].reverse();
        let below = row(&sheets[0].1, "2.1");
        insert(sheets, below, &new);
    });
    // In a ledger that has no lines for steps, as of version 0.1.
    add(&|sheets| {
        let below = row(&sheets[0].1, "2.1");
        insert(sheets, below, &new);
        let hidden = sheets.last_mut().unwrap();
        hidden.1.iter_mut().for_each(|row| row.truncate(7));
    });
}

#[test]
fn a_ledger_of_the_version_before_still_merges() {
    let (home, path) = exported("");
    let mut sheets = read(&path);
    let hidden = sheets.last_mut().unwrap();
    hidden.1.iter_mut().for_each(|row| row.truncate(7));
    for (_, rows) in &mut sheets {
        rows.retain(|row| !row[0].contains('/'));
    }
    set(&mut sheets, "2.1", "状态", "已完成");
    write(&path, &sheets);
    let (printed, notes) = merge(&home, &path, "");
    assert_eq!(printed.lines().count(), 1, "{printed}{notes}");
    assert_eq!(said(&home, "1.1").len(), 3);
}

#[test]
fn a_csv_ledger_carries_steps_too() {
    let (home, _) = exported("");
    let path = home.path("out.csv");
    home.kouan("export --lang zh-CN -o").arg(&path).works();
    let text = fs::read_to_string(&path).unwrap();
    let width = text.lines().next().unwrap().split(',').count();
    let line = |cells: &str| {
        format!(
            "{cells}{}\r\n",
            ",".repeat(width - cells.split(',').count())
        )
    };
    let text = text
        .replacen("推进中", "已完成", 1)
        .replace("会签", "会签送审");
    let at = text.find("\r\n1.2,").unwrap() + 2;
    let (head, rest) = text.split_at(at);
    fs::write(&path, format!("{head}{}{rest}", line(",,,印发"))).unwrap();
    home.kouan("set --status done").arg(id(&home, 1)).quiet();
    let (printed, notes) = merge(&home, &path, "");
    assert_eq!(printed.lines().count(), 3, "{printed}{notes}");
    let now = [
        "起草 done 2026-12-10",
        "=1+1 done -",
        "会签送审 todo -",
        "印发 todo -",
    ];
    assert_eq!(said(&home, "1.1"), now);
    assert!(merge(&home, &path, "").1.ends_with("nothing new\n"));
}
