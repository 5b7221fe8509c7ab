//! `import`: one task table in every file type, importing again, and progress in a list.

use super::command::Home;
use rust_xlsxwriter::{Format, Workbook};

const HEADS: [&str; 5] = ["序号", "工作任务", "责任单位", "责任人", "完成时限"];
const ROWS: [[&str; 5]; 3] = [
    ["1", "建设数据平台", "市甲局、市乙局", "张三", "2026年6月底"],
    ["2", "发布操作指引", "市丙局", "", "2026-03-01"],
    ["3", "培训窗口人员", "市丁局", "李四", "长期"],
];

/// Returns the imported clauses, one per line.
fn listed(home: &Home, id: &str) -> String {
    let list = home.kouan(&format!("--document {id} list --json")).quiet();
    let clauses: serde_json::Value = serde_json::from_str(&list).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let line = |c: &serde_json::Value| {
        let units = c["units"].as_array().unwrap().iter().map(text);
        let units = units.collect::<Vec<_>>().join("、");
        let (id, said) = (text(&c["id"]), text(&c["text"]));
        format!(
            "{id} {said} {units} {} {}\n",
            text(&c["due"]),
            text(&c["owner"])
        )
    };
    clauses.as_array().unwrap().iter().map(line).collect()
}

const EXPECTED: &str = "1.1 建设数据平台 市甲局、市乙局 2026-06-30 张三\n\
    2.1 发布操作指引 市丙局 2026-03-01 -\n\
    3.1 培训窗口人员 市丁局 long 李四\n";

fn delimited(between: &str) -> String {
    let rows = std::iter::once(&HEADS).chain(&ROWS);
    rows.map(|r| r.join(between) + "\n").collect()
}

fn markdown() -> String {
    let row = |cells: &[&str; 5]| format!("| {} |\n", cells.join(" | "));
    let rows: String = ROWS.iter().map(row).collect();
    format!(
        "# 某市任务清单\n\n{}|---|---|---|---|---|\n{rows}",
        row(&HEADS)
    )
}

fn page() -> String {
    let row = |cells: &[&str; 5], tag: &str| {
        let cells = cells.iter().map(|c| format!("<{tag}>{c}</{tag}>"));
        format!("<tr>{}</tr>", cells.collect::<Vec<_>>().concat())
    };
    let rows: String = ROWS.iter().map(|r| row(r, "td")).collect();
    format!(
        "<!DOCTYPE html><html><head><title>某网</title><script>alert(1)</script></head><body>\
         <nav><ul><li><a href=\"/\">首页</a></li></ul></nav><h1>某市任务清单</h1>\
         <table>{}{rows}</table><footer>版权所有</footer></body></html>",
        row(&HEADS, "th")
    )
}

fn workbook(path: &std::path::Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("任务").unwrap();
    sheet
        .merge_range(0, 0, 0, 4, "某市任务清单", &Format::new())
        .unwrap();
    for (row, cells) in (1..).zip(std::iter::once(&HEADS).chain(&ROWS)) {
        for (column, text) in (0..).zip(cells) {
            sheet.write(row, column, *text).unwrap();
        }
    }
    book.add_worksheet()
        .set_name("说明")
        .unwrap()
        .write(0, 0, "没有任务")
        .unwrap();
    book.save(path).unwrap();
}

#[test]
fn one_table_of_tasks_is_the_same_document_in_every_form() {
    let home = Home::new();
    let files = [
        home.write("comma.csv", &delimited(",")),
        home.write("tab.tsv", &delimited("\t")),
        home.write("drawn.md", &markdown()),
        home.write("page.html", &page()),
        home.path("book.xlsx"),
    ];
    workbook(files.last().unwrap());
    for file in files {
        let id = file.file_stem().unwrap().to_string_lossy().into_owned();
        let done = home.kouan("import --lang en").arg(&file).run();
        assert_eq!(done.code, Some(0), "{done:?}");
        assert_eq!(listed(&home, &id), EXPECTED, "{id}: {}", done.stderr);
        let told = match id.as_str() {
            "page" => "left out: 首页 / 版权所有",
            "book" => "sheets without a task table: 1, left out: 说明",
            _ => "read 1 chapter, 3 measures, 3 clauses, 4 units",
        };
        assert!(done.stderr.contains(told), "{told}: {}", done.stderr);
    }
}

#[test]
fn a_table_of_something_else_is_refused_with_what_was_looked_for() {
    let home = Home::new();
    let people = home.write("people.csv", "姓名,电话\n张三,1234\n");
    let error = home.kouan("import --lang en").arg(people).fails(1);
    assert!(error.contains("no task table"), "{error}");
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "姓名").unwrap();
    let path = home.path("people.xlsx");
    book.save(&path).unwrap();
    let error = home.kouan("import --lang zh-CN").arg(path).fails(1);
    assert!(error.contains("表里找不到任务表"), "{error}");
}

#[test]
fn each_form_that_is_not_read_says_what_works() {
    let home = Home::new();
    for (name, bytes, works) in [
        ("a.doc", &b"\xd0\xcf\x11\xe0"[..], ".docx"),
        ("a.WPS", b"\xd0\xcf\x11\xe0", ".docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0", ".xlsx"),
        ("a.et", b"\xd0\xcf\x11\xe0", ".xlsx"),
        ("a.ods", b"PK\x03\x04opendocument.spreadsheet", ".xlsx"),
        ("a.odt", b"PK\x03\x04opendocument.text", "pandoc -t plain"),
        ("a.ofd", b"PK\x03\x04OFD.xml", ".docx"),
        ("a.pdf", b"%PDF-1.7", "pdftotext -layout"),
        ("a.rtf", b"{\\rtf1", "pandoc -t plain"),
        ("a.opml", b"<opml>", "pandoc -t markdown"),
    ] {
        let path = home.path(name);
        std::fs::write(&path, bytes).unwrap();
        for lang in ["en", "zh-CN"] {
            let error = home.kouan("import --lang").arg(lang).arg(&path).fails(1);
            assert!(error.contains(name) && error.contains(works), "{error}");
        }
    }
    // Web pages and tables in text are often named so.
    for (name, text) in [("page.xls", page()), ("tabs.xls", delimited("\t"))] {
        let path = home.write(name, &text);
        home.kouan("import").arg(path).run();
        let id = name.split('.').next().unwrap();
        assert_eq!(listed(&home, id), EXPECTED, "{name}");
    }
}

#[test]
fn a_ledger_is_for_merge() {
    let home = Home::new();
    for (words, name) in [
        ("export -o", "l.xlsx"),
        ("export -o", "l.csv"),
        ("export --bom --by unit -o", "units.csv"),
        ("export --lang en --by unit -o", "units.xlsx"),
        ("export --lang en -o", "en.csv"),
    ] {
        let path = home.path(name);
        home.kouan(words).arg(&path).run();
        let error = home.kouan("import --lang en").arg(&path).fails(1);
        assert!(error.contains("kouan merge"), "{name}: {error}");
    }
    // As Excel saves it in China, and renamed.
    let text = std::fs::read_to_string(home.path("l.csv")).unwrap();
    let semicolons = text.replace(',', ";");
    let error = home.kouan("import -").stdin(&semicolons).fails(1);
    assert!(error.contains("kouan merge"), "{error}");
    // A document that only mentions the column is not a ledger.
    let text = "某市若干措施\n1.做好“核对码（勿改）”一列，另见甲,核对码。（责任单位：市甲局）\n";
    let path = home.write("text.txt", text);
    home.kouan("import").arg(path).works();
}

#[test]
fn a_count_that_a_workbook_claims_is_not_believed() {
    let home = Home::new();
    let path = home.path("claims.xlsx");
    workbook(&path);
    let texts = br#"<sst xmlns="x" count="1" uniqueCount="4294967295"></sst>"#;
    let old = std::fs::read(&path).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(old)).unwrap();
    let mut made = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for nth in 0..archive.len() {
        let mut part = archive.by_index(nth).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).unwrap();
        if name.ends_with("sharedStrings.xml") {
            bytes = texts.to_vec();
        }
        made.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        std::io::Write::write_all(&mut made, &bytes).unwrap();
    }
    std::fs::write(&path, made.finish().unwrap().into_inner()).unwrap();
    for command in ["import --lang en", "merge --lang en"] {
        let error = home.kouan(command).arg(&path).fails(1);
        assert!(
            error.contains("large") || error.contains("larger"),
            "{error}"
        );
    }
}

#[test]
fn a_file_imported_again_says_what_changed_and_is_replaced_with_its_progress() {
    let home = Home::new();
    let file = home.write("work.csv", &delimited(","));
    assert_eq!(home.kouan("import").arg(&file).run().code, Some(0));
    home.kouan("--document work check 2.1").quiet();
    home.write(
        "work.csv",
        &delimited(",").replace("发布操作指引", "发布新的操作指引"),
    );
    let error = home.kouan("import --lang en").arg(&file).run();
    assert_eq!(error.code, Some(1), "{error:?}");
    assert!(error.stderr.contains("2.1"), "{}", error.stderr);
    assert!(error.stderr.contains("--replace"), "{}", error.stderr);
    let done = home.kouan("import --replace --lang en").arg(&file).run();
    assert_eq!(done.code, Some(0), "{done:?}");
    let list = home.kouan("--document work list is:done").quiet();
    assert!(list.contains("发布新的操作指引"), "{list}");
}

#[test]
fn where_numbers_mean_other_clauses_now_the_progress_is_carried_beside() {
    let home = Home::new();
    let file = home.write("work.csv", &delimited(","));
    assert_eq!(home.kouan("import").arg(&file).run().code, Some(0));
    home.kouan("--document work check 2.1").quiet();
    let moved = "序号,工作任务,责任单位,责任人,完成时限\n\
        1,建设数据平台,市甲局、市乙局,张三,2026年6月底\n\
        2,全新的一件事情要做,市戊局,,\n\
        3,发布操作指引,市丙局,,2026-03-01\n";
    home.write("work.csv", moved);
    let done = home.kouan("import --replace --lang en").arg(&file).run();
    assert_eq!(done.code, Some(0), "{done:?}");
    let list = home.kouan("--document work-2 list is:done").quiet();
    assert!(list.contains("发布操作指引"), "{list}");
    let list = home.kouan("--document work list is:done").quiet();
    assert!(list.contains("2.1"), "{list}");
}

#[test]
fn ticks_and_items_under_items_come_in_as_progress() {
    let home = Home::new();
    let text = "# Release\n\n- [x] Tag it\n- [ ] Build it\n  - [x] on Linux\n  - on Windows\n";
    let file = home.write("release.md", text);
    let done = home.kouan("import --lang en").arg(&file).run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(
        done.stderr.contains("1 item ticked, 2 steps"),
        "{}",
        done.stderr
    );
    assert!(!done.stderr.contains("unit"), "{}", done.stderr);
    let shown = home.kouan("--document release show 1.1 1.2 --json").quiet();
    let clauses: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(clauses[0]["status"], "done");
    assert_eq!(clauses[0]["by"], "import");
    assert_eq!(clauses[1]["steps"][0]["text"], "on Linux");
    assert_eq!(clauses[1]["steps"][0]["done"], true);
    assert_eq!(clauses[1]["steps"][1]["done"], false);
}

#[test]
fn a_documents_own_deadline_counts_until_somebody_sets_another() {
    let home = Home::new();
    let file = home.write("work.csv", &delimited(","));
    assert_eq!(home.kouan("import").arg(&file).run().code, Some(0));
    let overdue = || home.kouan("--document work list is:overdue").quiet();
    assert!(
        overdue().contains("2.1") && overdue().contains("1.1"),
        "{}",
        overdue()
    );
    home.kouan("--document work set 2.1 --due 2027-01-01")
        .quiet();
    assert!(!overdue().contains("2.1"), "{}", overdue());
    home.kouan("--document work set 1.1 --due none").quiet();
    assert_eq!(overdue(), "");
    home.kouan("--document work undo").run();
    assert!(overdue().contains("1.1"), "{}", overdue());
}
