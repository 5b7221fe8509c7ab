//! Random workbooks: each is read or refused, and what is read is imported completely.

use crate::docx::build::archive;
use kouan::document::{
    import::{ImportError, ImportOptions, import_source},
    source,
};
use proptest::{prelude::*, sample::Index};
use std::io::{Cursor, Read as _};

/// Returns the parts of a small workbook with a merged cell, a day and a hidden sheet.
fn parts() -> Vec<(String, Vec<u8>)> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["序号", "工作任务", "责任单位", "完成时限"]) {
        sheet.write(0, column, head).unwrap();
    }
    let plain = rust_xlsxwriter::Format::new();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for row in 1..4 {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 1, format!("做好第{row}件")).unwrap();
        sheet.write_with_format(row, 3, 46_000, &day).unwrap();
    }
    sheet.merge_range(1, 2, 3, 2, "市甲局", &plain).unwrap();
    book.add_worksheet().set_hidden(true);
    let bytes = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for nth in 0..archive.len() {
        let mut part = archive.by_index(nth).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        parts.push((part.name().unwrap().into_owned(), content));
    }
    parts
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<_> = parts.iter().map(|(n, b)| (n.as_str(), &b[..])).collect();
    archive(&parts)
}

/// Returns the number of clauses in a workbook; `None` if it is refused.
fn imported(bytes: Vec<u8>) -> Option<usize> {
    let source = source::read(bytes, None, "a.xlsx").ok()?;
    match import_source(&source, &ImportOptions::default()) {
        Ok(imported) => Some(imported.document.clauses.len()),
        Err(ImportError::Lost { line }) => panic!("line {line} of\n{}", source.text),
        Err(_) => None,
    }
}

#[test]
fn the_workbook_that_is_damaged_below_is_read() {
    assert_eq!(imported(packed(&parts())), Some(3));
}

/// Parts of a sheet, and of broken ones.
const MARKUP: [&str; 20] = [
    "<row>",
    "<row r=\"1048577\">",
    "<row r=\"0\">",
    "</row>",
    "<c>",
    "<c r=\"XFD1048576\" t=\"s\">",
    "<c r=\"AAAAAAAAAAAA1\">",
    "<c r=\"A99999999999\" t=\"inlineStr\">",
    "<c t=\"d\" s=\"99\">",
    "</c>",
    "<v>-1</v>",
    "<v>1e308</v>",
    "<v>99999999999999999999</v>",
    "<v>2</v>",
    "<is><t>甲</t></is>",
    "</sheetData>",
    "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/>",
    "<mergeCell ref=\"C9:A1\"/></mergeCells>",
    "<dimension ref=\"A1:ZZZZZZZ9\"/>",
    "&bogus;",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_workbook_with_any_bytes_changed_is_read_or_refused(
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = packed(&parts());
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        imported(bytes);
    }

    /// The archive is valid with correct checksums; its contents are not.
    #[test]
    fn a_workbook_with_any_bytes_of_a_part_changed_is_read_or_refused(
        part in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..6)
    ) {
        let mut parts = parts();
        let part = part.index(parts.len());
        let bytes = &mut parts[part].1;
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        imported(packed(&parts));
    }

    #[test]
    fn a_sheet_of_any_markup_is_read_or_refused(
        soup in prop::collection::vec(prop::sample::select(&MARKUP[..]), 1..30)
    ) {
        let mut parts = parts();
        let sheet = parts.iter_mut().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
        let text = String::from_utf8(sheet.1.clone()).unwrap();
        let (rows, rest) = text.split_once("</sheetData>").unwrap();
        let text = format!("{rows}{}</sheetData>{rest}", soup.concat());
        sheet.1 = text.into_bytes();
        imported(packed(&parts));
    }
}
