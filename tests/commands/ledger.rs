//! Ledgers: other readers can read what `export` writes.

use crate::command::Home;
use calamine::{Data, Reader as _, Xlsx};
use kouan::{locale::Lang, report::export::Format};
use std::{fs, io::Cursor, path::Path};

fn book(path: &Path) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(fs::read(path).unwrap())).unwrap()
}

/// A home with some of everything in its journal.
fn worked() -> Home {
    let home = Home::new();
    home.kouan("set 1.1 --status done --owner 张三 --remark 已对接")
        .quiet();
    home.kouan("set 1.2 --status ongoing --due long").quiet();
    home.kouan("set 2.1 --due 2026-11-01 --status blocked --kind problem --remark")
        .arg("=1+1\n| 第二行")
        .quiet();
    home
}

#[test]
fn csv_is_read_by_a_csv_reader_and_holds_no_formula() {
    let home = worked();
    let text = home.kouan("export --format csv --lang zh-CN").quiet();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let place = |name: &str| heads.iter().position(|h| h == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 42);
    assert_eq!(&rows[0][place("状态")], "已完成");
    assert_eq!(&rows[1][place("完成时限")], "长期");
    let blocked = rows.iter().find(|r| &r[place("序号")] == "2.1").unwrap();
    assert_eq!(&blocked[place("存在问题")], "'=1+1\n| 第二行");
    assert!(
        rows.iter()
            .flatten()
            .all(|cell| !cell.starts_with(['=', '+', '-', '@']))
    );
    assert!(
        home.kouan("export --bom --format csv")
            .quiet()
            .starts_with('\u{feff}')
    );
}

#[test]
fn columns_and_units_shape_the_table() {
    let home = worked();
    let path = home.path("out.CSV");
    home.kouan("export @天津海关 --columns id,status -o")
        .arg(&path)
        .works();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 20);
    assert!(text.contains("\r\n1.1,"), "{text}");
    let by_unit = home
        .kouan("export --by unit --columns id --format csv")
        .quiet();
    assert_eq!(
        by_unit
            .lines()
            .filter(|l| l.starts_with("天津海关,"))
            .count(),
        19
    );
    home.kouan("export --columns ids -o").arg(&path).fails(2);
}

#[test]
fn markdown_keeps_its_columns() {
    let home = worked();
    let text = home
        .kouan("export --format md --columns id,problem")
        .quiet();
    let rows: Vec<&str> = text.lines().filter(|l| l.starts_with('|')).collect();
    assert_eq!(rows.len(), 44);
    assert!(text.contains("=1+1<br>\\| 第二行"), "{text}");
    let parts = home
        .kouan("export --format md --by unit --columns id")
        .quiet();
    assert_eq!(parts.lines().filter(|l| l.starts_with("## ")).count(), 22);
}

#[test]
fn a_workbook_is_read_back_with_days_as_days() {
    let home = worked();
    let path = home.path("out.xlsx");
    home.kouan("export --lang zh-CN -o").arg(&path).works();
    let mut book = book(&path);
    assert_eq!(book.sheet_names(), ["台账", "汇总", "_kouan"]);
    let sheet = book.worksheet_range("台账").unwrap();
    let heads: Vec<String> = sheet
        .rows()
        .nth(1)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let place = |name: &str| heads.iter().position(|h| h == name).unwrap();
    assert_eq!(sheet.rows().count(), 44);
    let row = sheet
        .rows()
        .find(|r| r[place("序号")] == Data::String("2.1".into()))
        .unwrap();
    let Data::DateTime(day) = &row[place("完成时限")] else {
        panic!("{:?}", row[place("完成时限")]);
    };
    // 2026-11-01 is day 46,327 of Excel's calendar.
    assert!((day.as_f64() - 46_327.0).abs() < f64::EPSILON);
    // Times are numbers too, and sort in any locale.
    assert!(matches!(row[place("更新时间")], Data::DateTime(_)));
    assert_eq!(row[place("逾期/临期")], Data::String("逾期".into()));
    assert_eq!(
        row[place("存在问题")],
        Data::String("=1+1\n| 第二行".into())
    );
    let hidden = book.worksheet_range("_kouan").unwrap();
    assert_eq!(
        hidden.get((0, 1)),
        Some(&Data::String("tianjin-2025".into()))
    );
    assert_eq!(hidden.rows().count(), 44);
}

/// Returns an attribute of all elements with a name, in order.
fn attributes(xml: &str, element: &str, attribute: &str) -> Vec<f64> {
    let begin = format!("<{element}");
    let tags = xml.split(&begin).skip(1).filter(|e| e.starts_with(' '));
    let tags = tags.map(|e| e.split('>').next().unwrap());
    let value = |tag: &str| -> Option<f64> {
        let (_, rest) = tag.split_once(&format!(" {attribute}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    tags.filter_map(value).collect()
}

#[test]
fn a_sheet_is_wide_enough_to_be_read_and_narrow_enough_for_a_page() {
    let home = worked();
    let path = home.path("out.xlsx");
    home.kouan("export --lang zh-CN -o").arg(&path).works();
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut part = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
    // Fifteen columns on A4 landscape: 277 mm at 1.85 mm per column are 150, printed at two thirds.
    let [first, last, width] = ["min", "max", "width"].map(|name| attributes(&xml, "col", name));
    let columns = first.iter().zip(&last).zip(&width);
    let columns = columns.map(|((first, last), width)| (last - first + 1.0) * width);
    let width: f64 = columns.sum();
    assert!(width < 225.0, "{width}");
    // Row heights fit wrapped text: only Excel computes them by itself.
    let heights = attributes(&xml, "row", "ht");
    assert_eq!(heights.len(), 1 + 42, "the title and all clauses");
    let longest = heights[1..].iter().copied().fold(0.0, f64::max);
    // 2.1 has 141 characters: eight lines of 36 columns.
    assert!((110.0..160.0).contains(&longest), "{longest}");
    assert!(heights[1..].iter().all(|h| *h > 30.0), "{heights:?}");
}

#[test]
fn json_has_the_shape_that_was_asked_for() {
    let home = worked();
    let json = |args: &str| -> serde_json::Value {
        serde_json::from_str(&home.kouan(&format!("export --lang zh-CN {args}")).quiet()).unwrap()
    };
    let rows = json("@天津海关 --columns id,status,due");
    assert_eq!(rows.as_array().unwrap().len(), 19);
    let first = serde_json::json!({"id": "1.1", "status": "已完成", "due": null});
    assert_eq!(rows[0], first);
    let units = json("--by unit");
    assert_eq!(units.as_array().unwrap().len(), 22);
    assert_eq!(units[0]["unit"], "天津海关");
    assert_eq!(units[0]["clauses"].as_array().unwrap().len(), 19);
    assert_eq!(units[0]["clauses"][0]["measure"]["number"], 1);
    let both = json("--by unit --columns id");
    assert_eq!(both[1]["clauses"][0], serde_json::json!({"id": "1.2"}));
}

#[test]
fn the_summary_counts_by_formulas_that_carry_their_values() {
    let home = worked();
    let path = home.path("out.xlsx");
    home.kouan("export --lang zh-CN -o").arg(&path).works();
    let mut book = book(&path);
    let formulas = book.worksheet_formula("汇总").unwrap();
    assert!(
        formulas
            .used_cells()
            .filter(|(_, _, f)| f.starts_with("SUMPRODUCT("))
            .count()
            > 150
    );
    let values = book.worksheet_range("汇总").unwrap();
    let row = |name: &str| {
        let found = values.rows().find(|r| r[0] == Data::String(name.into()));
        found
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        row("合计")[1..9],
        ["42", "39", "0", "1", "0", "1", "1", "0"]
    );
    assert_eq!(row("天津海关")[1], "19");
}

#[test]
fn by_unit_each_unit_has_its_sheet() {
    let home = worked();
    let path = home.path("out.xlsx");
    home.kouan("export --by unit --lang zh-CN -o")
        .arg(&path)
        .works();
    let mut book = book(&path);
    assert_eq!(book.sheet_names().len(), 24);
    let sheet = book.worksheet_range("天津海关").unwrap();
    assert_eq!(sheet.rows().count(), 21);
}

#[test]
fn every_format_is_offered_and_named_wherever_formats_are_listed() {
    let home = worked();
    for format in Format::ALL {
        let ending = format.ending();
        assert_eq!(Format::from_name(&ending.to_uppercase()), Some(format));
        for name in format.names() {
            let done = home.kouan(&format!("export no:1.1 --format {name} -o"));
            assert_eq!(done.arg(home.path(name)).run().code, Some(0), "{name}");
        }
        for lang in [Lang::ZhCn, Lang::En] {
            let help = lang.text("cli.export.format");
            assert!(help.contains(ending), "cli.export.format: {help}");
        }
        let wrong = home.kouan("export -o list.nothing").fails(2);
        assert!(wrong.contains(ending), "{wrong}");
    }
}
