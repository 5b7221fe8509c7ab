//! Merging filled-in ledgers: exactly what people changed becomes changes, and nothing is lost.

use crate::command::{Home, json, surround};
use calamine::{Data, Reader as _, Xlsx};
use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    process::Command,
};

/// A workbook's sheets: names, and cells as text, as other programs hold them.
pub(crate) type Sheets = Vec<(String, Vec<Vec<String>>)>;

pub(crate) fn read(path: &Path) -> Sheets {
    let mut book = Xlsx::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let show = |data: &Data| match data {
        Data::DateTime(day) => {
            let (y, m, d, ..) = day.to_ymd_hms_milli();
            format!("{y}.{m}.{d}")
        }
        other => other.to_string(),
    };
    let names = book.sheet_names();
    let sheet = |name: &String| {
        let range = book.worksheet_range(name).unwrap();
        let rows = range.rows().map(|row| row.iter().map(show).collect());
        (name.clone(), rows.collect())
    };
    names.iter().map(sheet).collect()
}

/// Writes sheets like a program that keeps no formatting.
pub(crate) fn write(path: &Path, sheets: &Sheets) {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

/// A home with progress, and its ledger.
fn exported(ending: &str) -> (Home, PathBuf) {
    let home = Home::new();
    home.kouan("set 1.1 --status doing --due 2026-12-31 --owner 张三 --remark")
        .arg("=1+1\n第二行")
        .quiet();
    home.kouan("set 1.2 --status ongoing --due long --kind problem --remark 无接口")
        .quiet();
    home.kouan("check 3.1").quiet();
    let path = home.path(&format!("out.{ending}"));
    home.kouan("export --lang zh-CN -o").arg(&path).works();
    (home, path)
}

/// Returns the column with a heading in the sheet's header.
pub(crate) fn column(rows: &[Vec<String>], heading: &str) -> usize {
    rows[1].iter().position(|h| h == heading).unwrap()
}

pub(crate) fn row(rows: &[Vec<String>], id: &str) -> usize {
    rows.iter().position(|r| r[0] == id).unwrap()
}

fn lines(home: &Home) -> Vec<String> {
    let text = fs::read_to_string(home.journal()).unwrap();
    text.lines()
        .filter(|l| l.starts_with('-'))
        .map(str::to_owned)
        .collect()
}

/// Runs a merge that must succeed; returns standard output and standard error.
fn merge(home: &Home, args: &str, path: &Path) -> (String, String) {
    let done = home.kouan("merge --lang en").arg(path);
    let done = args
        .split_whitespace()
        .fold(done, crate::command::Test::arg)
        .run();
    assert_eq!(done.code, Some(0), "{done:?}");
    (done.stdout, done.stderr)
}

fn clause(home: &Home, id: &str) -> serde_json::Value {
    json(&home.kouan("show --json").arg(id).quiet())[0].clone()
}

#[test]
fn what_nobody_changed_changes_nothing() {
    for ending in ["xlsx", "csv"] {
        let (home, path) = exported(ending);
        let before = lines(&home);
        let (printed, said) = merge(&home, "", &path);
        assert_eq!(
            (printed.as_str(), said.as_str()),
            ("", "nothing new\n"),
            "{ending}"
        );
        assert_eq!(lines(&home), before);
    }
    let (home, path) = exported("xlsx");
    home.kouan("export --by unit -o").arg(&path).works();
    assert_eq!(merge(&home, "", &path).1, "nothing new\n");
    // Also through a program that writes days as text.
    let sheets = read(&path);
    write(&path, &sheets);
    assert_eq!(merge(&home, "", &path).1, "nothing new\n");
}

#[test]
fn ten_cells_are_ten_edits_in_one_line() {
    let (home, path) = exported("xlsx");
    let mut sheets = read(&path);
    let rows = &mut sheets[0].1;
    for (id, heading, value) in [
        ("1.1", "状态", " 已 办结 "),
        ("1.1", "完成时限", "2027.1.31"),
        ("1.1", "联系人", ""),
        ("2.1", "状态", "√"),
        ("5.2", "完成时限", "2026年底"),
        ("4.1", "进展情况", "已对接\n第二行"),
        ("5.1", "存在问题", "缺少接口"),
        ("6.1", "下一步", "12月上线"),
        ("7.1", "联系人", "李四"),
        ("7.1", "状态", "进行中"),
    ] {
        let (r, c) = (row(rows, id), column(rows, heading));
        value.clone_into(&mut rows[r][c]);
    }
    // People sort and cut.
    rows[2..].reverse();
    rows.remove(5);
    write(&path, &sheets);
    let before = lines(&home).len();
    let (dry, _) = merge(&home, "--dry-run", &path);
    assert_eq!((dry.lines().count(), lines(&home).len()), (10, before));
    let (printed, said) = merge(&home, "", &path);
    assert_eq!(printed.lines().count(), 10, "{printed}{said}");
    let after = lines(&home);
    assert_eq!(after.len(), before + 1);
    let change: serde_json::Value =
        serde_json::from_str(after.last().unwrap().trim_start_matches("- ")).unwrap();
    assert_eq!(change["edits"].as_array().unwrap().len(), 10);
    let first = clause(&home, "1.1");
    assert_eq!(
        (&first["status"], &first["due"], &first["owner"]),
        (
            &"done".into(),
            &"2027-01-31".into(),
            &serde_json::Value::Null
        )
    );
    assert_eq!(clause(&home, "4.1")["remarks"][0]["text"], "已对接\n第二行");
    // The same file again has nothing new.
    assert_eq!(merge(&home, "", &path).1, "nothing new\n");
}

#[test]
fn a_csv_filled_in_comes_back_in_any_code() {
    let (home, path) = exported("csv");
    let text = fs::read_to_string(&path).unwrap();
    let text = text
        .replacen("持续推进", "受阻", 1)
        .replace("'=1+1\n第二行", "'=1+1\n第二行\n'=2");
    fs::write(&path, encoding_rs::GB18030.encode(&text).0).unwrap();
    let (printed, said) = merge(&home, "", &path);
    assert_eq!(printed.lines().count(), 2, "{printed}{said}");
    assert_eq!(clause(&home, "1.2")["status"], "blocked");
    assert_eq!(clause(&home, "1.1")["remarks"][1]["text"], "'=2");
}

#[test]
fn a_clause_changed_on_both_sides_keeps_both() {
    for (prefer, status) in [("", "dropped"), ("--prefer theirs", "done")] {
        let (home, path) = exported("xlsx");
        let mut sheets = read(&path);
        let rows = &mut sheets[0].1;
        let (r, c) = (row(rows, "1.1"), column(rows, "状态"));
        "已完成".clone_into(&mut rows[r][c]);
        write(&path, &sheets);
        home.kouan("set 1.1 --by lisi --status dropped --remark 取消")
            .quiet();
        let (printed, said) = merge(&home, prefer, &path);
        assert_eq!(printed.lines().count(), 1);
        assert_eq!(said.contains("both sides"), prefer.is_empty(), "{said}");
        let clause = clause(&home, "1.1");
        assert_eq!(clause["status"], status);
        let kept = clause["remarks"].to_string().contains("done");
        assert_eq!(kept, prefer.is_empty());
        assert!(merge(&home, prefer, &path).1.ends_with("nothing new\n"));
    }
}

#[test]
fn cells_that_are_not_understood_are_reported_with_their_place() {
    let (home, path) = exported("xlsx");
    let mut sheets = read(&path);
    let rows = &mut sheets[0].1;
    let (r, status, due) = (
        row(rows, "2.1"),
        column(rows, "状态"),
        column(rows, "完成时限"),
    );
    "差不多".clone_into(&mut rows[r][status]);
    "尽快".clone_into(&mut rows[r][due]);
    let text = column(rows, "具体内容");
    "改了原文".clone_into(&mut rows[r][text]);
    rows[1].push("备注".into());
    rows[r].push("看这里".into());
    rows.push(vec!["99.9".into(), "新增一行".into()]);
    write(&path, &sheets);
    let before = lines(&home);
    let (printed, said) = merge(&home, "", &path);
    assert_eq!((printed.as_str(), lines(&home)), ("", before));
    let number = r + 1;
    for part in [
        "差不多",
        "尽快",
        "改了原文",
        "备注",
        "新增一行",
        &format!("台账!F{number}"),
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_units_name_in_the_files_name_signs() {
    let (home, path) = exported("csv");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replacen("持续推进", "进行中", 1);
    let signed = home.write("台账-市商务局0930.csv", &text);
    merge(&home, "", &signed);
    let signed = r#""by":"市商务局","via":"zhangsan""#;
    assert!(lines(&home).last().unwrap().contains(signed));
    let log = home.kouan("log --json").quiet();
    assert!(log.contains(signed), "{log}");
    // Whoever ran the merge can undo it without losing their own changes; nobody else can.
    let before = home.kouan("export").quiet();
    home.kouan("undo --by lisi").run();
    assert_eq!(home.kouan("export").quiet(), before);
    let undone = home.kouan("undo").quiet();
    assert!(
        lines(&home).last().unwrap().contains("\"retract\""),
        "{undone}"
    );
    let ids = |line: &str| {
        line.split("\"id\":\"")
            .nth(1)
            .unwrap()
            .chars()
            .take(10)
            .collect::<String>()
    };
    let all = lines(&home);
    let set = ids(all[all.len() - 2].as_str());
    assert!(all[all.len() - 1].contains(&format!("\"retract\":\"{set}\"")));
    home.kouan("redo").quiet();
    assert_eq!(home.kouan("export").quiet(), before);
    let (home, path) = exported("csv");
    fs::write(&path, &text).unwrap();
    merge(&home, "--by wangwu", &path);
    assert!(lines(&home).last().unwrap().contains("\"by\":\"wangwu\""));
}

#[test]
fn a_line_after_2199_is_not_taken_from_another_journal() {
    let home = Home::new();
    let other = Home::new();
    other.kouan("check 1.1").quiet();
    let text = fs::read_to_string(other.journal()).unwrap();
    let late = r#"- {"at":"2200-01-01T00:00:00Z","by":"li","session":"s","id":"fut0000001","clause":"1.2","status":"done"}"#;
    fs::write(other.journal(), format!("{text}{late}\n")).unwrap();
    let (printed, said) = merge(&home, "", &other.journal());
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(said.contains("1 line"), "{said}");
    assert_eq!(fs::read_to_string(home.journal()).unwrap(), text);
    home.kouan("check 1.2").quiet();
}

#[test]
fn another_journal_is_joined() {
    let (home, other) = (Home::new(), Home::new());
    home.kouan("check 1.1").quiet();
    other.kouan("check 2.1 --by lisi").quiet();
    other.kouan("check 5.2 --by lisi").quiet();
    let (_, said) = merge(&home, "--dry-run", &other.journal());
    assert!(said.contains('2') && lines(&home).len() == 1, "{said}");
    merge(&home, "", &other.journal());
    assert_eq!(lines(&home).len(), 3);
    assert_eq!(merge(&home, "", &other.journal()).1, "nothing new\n");
    let foreign = home.write(
        "x.yaml",
        "# kouan journal 1 · another · one change a line, append only\n",
    );
    home.kouan("merge").arg(&foreign).fails(1);
    home.kouan("merge").arg(home.path("none.yaml")).fails(1);
    home.kouan("merge").arg(home.path("x.pdf")).fails(2);
}

/// Removes the computed values from a workbook, as programs do that don't compute.
fn without_values(path: &Path) {
    let mut old = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for nth in 0..old.len() {
        let mut part = old.by_index(nth).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let options = zip::write::SimpleFileOptions::default();
        new.start_file(name, options).unwrap();
        let text = text.replace("</f><v>0</v>", "</f>");
        std::io::Write::write_all(&mut new, text.as_bytes()).unwrap();
    }
    fs::write(path, new.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn a_formula_without_a_result_is_reported() {
    let home = Home::new();
    let path = home.path("out.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["序号", "状态", "进展情况"]) {
        sheet.write_string(0, column, text).unwrap();
    }
    sheet.write_string(1, 0, "1.1").unwrap();
    sheet.write_string(1, 1, "已完成").unwrap();
    sheet.write_formula(1, 2, "=HYPERLINK(A1)").unwrap();
    book.save(&path).unwrap();
    without_values(&path);
    let (printed, said) = merge(&home, "", &path);
    assert!(
        said.contains("C2") && printed.starts_with("1.1 done"),
        "{printed}{said}"
    );
}

#[test]
fn hostile_files_are_refused() {
    let (home, path) = exported("xlsx");
    // A part that unpacks to more than any ledger.
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("xl/sharedStrings.xml", options).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..130 {
        std::io::Write::write_all(&mut archive, &blanks).unwrap();
    }
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    fs::write(&path, bomb).unwrap();
    assert!(
        home.kouan("merge --lang en")
            .arg(&path)
            .fails(1)
            .contains("too large")
    );
    fs::write(&path, "no archive").unwrap();
    home.kouan("merge").arg(&path).fails(1);
    // A long text shared by many cells.
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let long = "长".repeat(30_000);
    for row in 0..2_000 {
        sheet.write_string(row, 0, &long).unwrap();
    }
    book.save(&path).unwrap();
    assert!(
        home.kouan("merge --lang en")
            .arg(&path)
            .fails(1)
            .contains("too large")
    );
    // A cell in the far corner costs nothing.
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet()
        .write_string(1_048_575, 16_383, "x")
        .unwrap();
    book.save(&path).unwrap();
    assert!(
        home.kouan("merge --lang en")
            .arg(&path)
            .fails(1)
            .contains("no ledger")
    );
}

#[test]
fn a_line_of_millions_of_cells_takes_no_memory() {
    let home = Home::new();
    let path = home.write("wide.csv", &"a,".repeat(20_000_000));
    let mut command = Command::new("sh");
    // With a gigabyte of address space; storing every cell would need three times as much.
    let script = "ulimit -v 1000000; exec \"$0\" merge --lang en \"$1\"";
    command.args(["-c", script, env!("CARGO_BIN_EXE_kouan")]);
    surround(&home.path(""), |name, value| {
        command.env(name, value);
    });
    let out = command.arg(&path).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(1), "{said}");
    assert!(said.contains("too large"), "{said}");
}

#[test]
fn a_file_that_is_not_a_ledger_is_named_as_what_it_is() {
    let home = Home::new();
    let fixture = |name: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/ledger")
            .join(name)
    };
    let empty = home.write("empty.xlsx", "");
    let old = home.path("old.xls");
    fs::write(&old, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest").unwrap();
    let blank = home.path("blank.xlsx");
    rust_xlsxwriter::Workbook::new().save(&blank).unwrap();
    for (path, words) in [
        (fixture("encrypted.xlsx"), "password"),
        (old, "97"),
        (empty, "empty"),
        (blank, "empty"),
        (fixture("xlsx-uniquecount.xlsx"), "too large"),
        (fixture("xlsx-uniquecount-max.xlsx"), "too large"),
    ] {
        let said = home.kouan("merge").arg(&path).fails(1);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(said.contains(words) && said.contains(name), "{said}");
    }
}

#[test]
fn the_mark_of_an_open_file_stops_no_merge() {
    let (home, path) = exported("csv");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("未启动", "已完成", 1)).unwrap();
    let marks = [
        home.write("~$out.xlsx", "zhang"),
        home.write(".~lock.out.xlsx#", "x"),
    ];
    let done = home
        .kouan("merge")
        .arg(&marks[0])
        .arg(&path)
        .arg(&marks[1])
        .run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(done.stderr.matches("skipped").count(), 2, "{done:?}");
    assert_eq!(done.stdout.lines().count(), 1, "{done:?}");
}

#[test]
fn a_workbook_saved_by_another_program_gives_the_one_change_that_was_made() {
    let home = Home::new();
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ledger/ledger-one-change.xlsx");
    let (printed, said) = merge(&home, "--dry-run", &path);
    assert_eq!(printed.lines().count(), 1, "{printed}{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_day_beyond_the_calendar_and_a_cell_without_ink_are_not_taken() {
    let (home, path) = exported("xlsx");
    let before = lines(&home);
    let mut sheets = read(&path);
    let rows = &mut sheets[0].1;
    let (at, due, owner, next) = (
        row(rows, "3.1"),
        column(rows, "完成时限"),
        column(rows, "联系人"),
        column(rows, "下一步"),
    );
    rows[at][owner] = "\u{200b}".to_owned();
    rows[at][next] = "\u{200b}\u{2060}".to_owned();
    write(&path, &sheets);
    let mut book = rust_xlsxwriter::Workbook::new();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (name, rows) in &sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (r, cells) in (0..).zip(rows) {
            for (c, cell) in (0..).zip(cells) {
                if name == &sheets[0].0 && (r as usize, c as usize) == (at, due) {
                    sheet.write_number_with_format(r, c, 1e300, &day).unwrap();
                } else {
                    sheet.write_string(r, c, cell).unwrap();
                }
            }
        }
    }
    book.save(&path).unwrap();
    let (printed, said) = merge(&home, "", &path);
    assert_eq!((printed.as_str(), lines(&home)), ("", before), "{said}");
    assert_eq!(
        said.lines()
            .filter(|l| l.contains("not understood"))
            .count(),
        1,
        "{said}"
    );
}

#[test]
fn units_that_differ_by_case_or_quotes_have_sheets_of_their_own() {
    let home = Home::new();
    let text = "某市2026年措施\n\n一、优化服务\n\n1.推进甲事项。\n（1）开展第一项工作。（责任单位：A局）\n\
                （2）开展第二项工作。（责任单位：a局）\n（3）开展第三项工作。（责任单位：'A局）\n";
    let text = home.write("units.txt", text);
    home.kouan("import --id units").arg(&text).works();
    let path = home.path("units.xlsx");
    home.kouan("export --document units --by unit -o")
        .arg(&path)
        .works();
    let names: Vec<String> = read(&path).into_iter().map(|(name, _)| name).collect();
    assert!(
        names.starts_with(&["A局".to_owned(), "a局 2".to_owned()]),
        "{names:?}"
    );
    let done = home.kouan("merge --document units").arg(&path).run();
    assert_eq!(done.stderr, "nothing new\n");
}

#[test]
fn a_merge_says_what_it_did_and_how_to_take_it_back() {
    let (home, path) = exported("csv");
    let other = Home::new();
    other.kouan("set 5.1 --status doing --by li").quiet();
    let (printed, said) = merge(&home, "", &other.journal());
    assert_eq!(printed, "5.1 in progress (li)\n");
    assert!(
        !said.contains("undo"),
        "a colleague's changes are not taken back: {said}"
    );
    let text = fs::read_to_string(&path).unwrap();
    let named = home.path("台账-天津海关.csv");
    fs::write(&named, text.replacen("未启动", "已完成", 1)).unwrap();
    fs::write(&path, text.replacen(",推进中,", ",已完成,", 1)).unwrap();
    let done = home.kouan("merge").arg(&path).arg(&named).run();
    let back = "to undo this: kouan undo; kouan undo\n";
    assert!(done.stderr.ends_with(back), "{done:?}");
    home.kouan("undo").works();
    home.kouan("undo").works();
    let states = ["1.1", "2.1"].map(|id| clause(&home, id)["status"].clone());
    assert_eq!(states, ["doing", "todo"]);
}
