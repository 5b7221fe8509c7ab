//! The importer on random text: no panic, nothing lost, and a document that reads back.

use kouan::{
    document::{
        import::{ImportError, ImportOptions, import, import_source, proof},
        source, yaml,
    },
    locale::Lang,
};
use proptest::prelude::*;

/// Parts of documents, and of broken ones.
const PARTS: [&str; 60] = [
    "\n",
    "\n\n",
    " ",
    "\u{3000}",
    "一、",
    "二、",
    "（一）",
    "（二）",
    "(三)",
    "1.",
    "2．",
    "3、",
    "10. ",
    "(1)",
    "（2）",
    "第一条 ",
    "第二章 ",
    "# ",
    "## ",
    "- [ ] ",
    "- [x] ",
    "* ",
    "- ",
    "1) ",
    "支持企业申请",
    "优化流程",
    "，",
    "。",
    "；",
    "：",
    "“",
    "”",
    "（责任单位：",
    "(责任单位:",
    "牵头单位：",
    "〔配合单位：",
    "【",
    "】",
    "）",
    ")",
    "〕",
    "（",
    "(",
    "市商务局",
    "、",
    "天津海关",
    "市发改委",
    "等",
    "按职责分工",
    "负责",
    "牵头",
    "指导",
    "参与",
    "6月底完成",
    "排在第一位的为牵头单位，下同",
    "—2—",
    "附件",
    "2019年1月12日",
    "国务院",
    "text, words",
];

fn soup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        20 => proptest::sample::select(&PARTS[..]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    proptest::collection::vec(part, 0..120).prop_map(|parts| parts.concat())
}

/// Nearly correct documents: a heading, items, brackets, with soup between.
fn nearly() -> impl Strategy<Value = String> {
    proptest::collection::vec((soup(), 0usize..6), 1..8).prop_map(|items| {
        let mut out = String::from("某市若干措施\n一、甲\n");
        for (i, (soup, kind)) in items.into_iter().enumerate() {
            let n = i + 1;
            let part = match kind {
                0 => format!("{n}.做好{soup}。推进。（责任单位：市商务局）\n"),
                1 => format!("{n}.标题。{soup}（市商务局牵头，天津海关参与）\n"),
                2 => format!("（{n}）标题\n{soup}\n牵头单位：市商务局\n"),
                3 => format!("二、{soup}\n1.标题。{soup}（责任单位：天津海关\n"),
                4 => format!("{soup}\n"),
                _ => format!("- [ ] {soup}\n"),
            };
            out.push_str(&part);
        }
        out
    })
}

fn check(text: &str) -> Result<(), TestCaseError> {
    match import(text, &ImportOptions::default()) {
        Ok(imported) => {
            let written = yaml::write(&imported.document);
            let read = yaml::read(&written, "fuzz");
            prop_assert!(read.is_ok(), "{:?}\n{text}\n{written}", read.err());
            prop_assert_eq!(read.ok(), Some(imported.document));
        }
        Err(error) => prop_assert!(
            !matches!(error, ImportError::Lost { .. }),
            "{text:?}: {error}"
        ),
    }
    Ok(())
}

proptest! {

    #[test]
    fn any_mix_of_lines_is_imported_whole_or_refused(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn what_is_nearly_a_document_is_imported_whole(text in nearly()) {
        check(&text)?;
    }

    #[test]
    fn any_text_at_all_is_imported_whole_or_refused(text in "(?s).{0,200}") {
        check(&text)?;
    }
}

// -- tables, pages and marks

/// Parts of tables, pages and lists, and of broken ones.
const MARKUP: [&str; 44] = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "<td colspan=3>",
    "<td rowspan=9>",
    "<th>",
    "<td rowspan=99999999 colspan=99999999>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "</li>",
    "<p>",
    "<br>",
    "<h1>",
    "<h2>",
    "</h2>",
    "<nav>",
    "</nav>",
    "<div class=menu>",
    "</div>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<input type=checkbox checked>",
    "<a href=x>",
    "</a>",
    "&nbsp;",
    "&#x4e00;",
    "&bogus;",
    "<",
    ">",
    "\"",
    "|",
    "|---|---|\n",
    ",",
    "\t",
    "序号",
    "责任单位",
    "Task",
    "#+TITLE: x",
];

fn markup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        prop::sample::select(&MARKUP[..]).prop_map(str::to_owned),
        prop::sample::select(&PARTS[..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..80).prop_map(|parts| parts.concat())
}

/// Imports a file's text: nothing is lost, and the document reads back.
fn holds(text: String, name: &str) -> Result<(), TestCaseError> {
    let Ok(source) = source::read(text.into_bytes(), None, name) else {
        return Ok(());
    };
    match import_source(&source, &ImportOptions::default()) {
        Ok(imported) => {
            let written = yaml::write(&imported.document);
            let read = yaml::read(&written, "fuzz.yaml");
            prop_assert!(
                read.as_ref().is_ok_and(|r| *r == imported.document),
                "{written}"
            );
            prop_assert!(
                !imported
                    .report
                    .lines(&imported.document, Lang::ZhCn)
                    .is_empty()
            );
        }
        Err(ImportError::Lost { line }) => prop_assert!(false, "line {line} of\n{}", source.text),
        Err(_) => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn pages_tables_and_lists_of_any_kind_lose_nothing(text in markup()) {
        holds(text.clone(), "a.txt")?;
        holds(format!("<!doctype html>{text}"), "a.html")?;
        holds(format!("序号,任务,责任单位\n{text}"), "a.csv")?;
        holds(format!("| # | Task | Owner |\n|---|---|---|\n{text}"), "a.md")?;
        holds(format!("- [ ] a\n{text}"), "a.md")?;
    }

    /// Each character of a cell is in the document, except leading zeros of numbers and words for
    /// nobody.
    #[test]
    fn every_cell_of_a_table_of_tasks_is_in_the_document(
        rows in prop::collection::vec(prop::collection::vec("[甲乙丙a-z、。（） 0-9]{0,6}", 5), 1..6)
    ) {
        let mut table = "序号,工作任务,责任单位,责任人,备注\n".to_owned();
        for (nth, row) in rows.iter().enumerate() {
            let cells = [
                (nth + 1).to_string(),
                format!("做{}", row[0]),
                format!("{}局", row[1]),
                row[2].clone(),
                row[3].clone(),
            ];
            table.extend(["\"", &cells.join("\",\""), "\"\n"]);
        }
        let source = source::read(table.into_bytes(), None, "a.csv").unwrap();
        let imported = import_source(&source, &ImportOptions::default()).unwrap();
        let joined = proof::joined(&imported.document);
        for row in &rows {
            for cell in &row[..4] {
                for c in cell.chars().filter(|c| c.is_alphanumeric()) {
                    prop_assert!(joined.contains(c), "{c} of {cell} in\n{joined}");
                }
            }
        }
        prop_assert_eq!(imported.document.clauses.len(), rows.len());
    }
}

#[test]
fn hostile_tables_and_pages_are_bounded() {
    let deep = "<table><tr><td>".repeat(20_000);
    let lists = "<ul><li>".repeat(50_000);
    let wide = format!(
        "<table><tr>{}</tr></table>",
        "<td colspan=999999999 rowspan=999999999>x".repeat(300)
    );
    let bars = format!(
        "| # | Task | Owner |\n|---|---|---|\n{}",
        "|".repeat(1 << 20)
    );
    let columns = format!("序号,任务,责任单位\n{}", ",".repeat(1_100_000));
    let quotes = format!("序号,任务,责任单位\n1,\"{}", "甲\n".repeat(100_000));
    let marks = "#".repeat(1 << 20);
    let spaces = format!("某方案\n（责任单位：{}", "市甲局 ".repeat(2_000));
    for (text, name) in [
        (format!("<html>{deep}甲"), "a.html"),
        (format!("<html>{lists}甲"), "a.html"),
        (format!("<html>{wide}"), "a.html"),
        (bars, "a.md"),
        (columns, "a.csv"),
        (quotes, "a.csv"),
        (marks, "a.md"),
        (spaces, "a.txt"),
    ] {
        if let Ok(source) = source::read(text.into_bytes(), None, name) {
            let _ = import_source(&source, &ImportOptions::default());
        }
    }
}
