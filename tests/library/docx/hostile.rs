//! Files that would exhaust memory or time, or fetch what is not theirs: each is refused by name.

use super::{
    build::{Docx, archive, p, table},
    lines, read, refused,
};
use kouan::document::source;
use proptest::prelude::*;

const HEAD: &str = "<?xml version=\"1.0\"?>";

fn with_document(text: &[u8]) -> Vec<u8> {
    archive(&[("word/document.xml", text)])
}

/// Unpacked size of the largest part of a bomb.
const BOMB: usize = 17 << 20;

#[test]
fn a_part_that_unpacks_to_too_much_is_refused_whatever_size_it_names() {
    let mut bytes = with_document(&vec![b' '; BOMB]);
    assert!(bytes.len() < BOMB / 100);
    let error = refused(bytes.clone());
    assert_eq!(error.key, "docx.too-large");
    assert!(error.to_string().contains("word/document.xml"), "{error}");
    // Every size in the archive is set to 1.
    let named = u32::try_from(BOMB).unwrap().to_le_bytes();
    let places = |bytes: &[u8]| bytes.windows(4).position(|w| w == named);
    let mut found = 0;
    while let Some(place) = places(&bytes) {
        bytes[place..place + 4].copy_from_slice(&1u32.to_le_bytes());
        found += 1;
    }
    assert!(found > 0);
    let error = refused(bytes);
    let refused = ["docx.too-large", "docx.broken"];
    assert!(refused.contains(&error.key), "{error:?}");
}

#[test]
fn text_that_grows_on_the_way_is_bounded() {
    // A cell merged over many rows holds for each of them.
    let long = "甲".repeat(20_000);
    let mut rows: Vec<Vec<&str>> = vec![vec!["工作任务", "责任单位"]];
    let first = format!("{long}[v]");
    rows.push(vec![&first, "市商务局"]);
    rows.extend((0..3000).map(|_| vec!["^", "市商务局"]));
    // Numbers in another column keep the rows apart.
    let rows: Vec<Vec<&str>> = rows
        .into_iter()
        .enumerate()
        .map(|(i, mut row)| {
            row.insert(0, if i == 0 { "序号" } else { "1" });
            row
        })
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let error = refused(Docx::new(&table(&rows)).bytes());
    assert_eq!(error.key, "docx.too-large", "{error:?}");
    let many = p(&"甲".repeat(10_000)).repeat(200);
    assert_eq!(refused(Docx::new(&many).bytes()).key, "docx.too-large");
}

#[test]
fn tables_of_too_many_cells_are_refused() {
    let row = format!("<w:tr>{}</w:tr>", "<w:tc/>".repeat(1000));
    let body = format!("<w:tbl>{}</w:tbl>", row.repeat(200));
    assert_eq!(refused(Docx::new(&body).bytes()).key, "docx.cells");
    // Spans are limited to the width of a table.
    let wide = table(&[&[">2000000000 工作任务", "责任单位"], &["甲", "乙"]]);
    assert!(!lines(Docx::new(&wide).bytes()).is_empty());
}

#[test]
fn entities_and_external_references_are_refused_unread() {
    for text in [
        "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><w:document><w:t>&c;</w:t></w:document>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><w:document>&b;</w:document>",
        "<!DOCTYPE a SYSTEM \"http://localhost/x.dtd\"><w:document/>",
        "<w:document><w:p><w:r><w:t>&nbsp;</w:t></w:r></w:p></w:document>",
    ] {
        let error = refused(with_document(format!("{HEAD}{text}").as_bytes()));
        assert_eq!(error.key, "docx.entities", "{text}: {error:?}");
    }
    // An external main part does not count.
    let rels = "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"http://localhost/document.xml\" \
                TargetMode=\"External\"/></Relationships>";
    let parts: [(&str, &[u8]); 2] = [("_rels/.rels", rels.as_bytes()), ("word/documents", b"")];
    assert_eq!(refused(archive(&parts)).key, "source.zip");
}

#[test]
fn deep_nesting_is_refused() {
    for element in ["w:ins", "w:tbl><w:tr><w:tc", "w:p"] {
        let name = element.split('>').next().unwrap_or_default();
        let body = format!("<{element}>").repeat(100_000);
        let error = refused(Docx::new(&body).bytes());
        assert_eq!(error.key, "docx.too-deep", "{name}: {error:?}");
    }
}

#[test]
fn an_archive_of_too_many_parts_is_refused() {
    let names: Vec<String> = (0..6000).map(|i| format!("word/{i}")).collect();
    let mut parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
    parts.push(("word/document.xml", b"<a/>"));
    assert_eq!(refused(archive(&parts)).key, "docx.too-many");
}

#[test]
fn a_cut_or_damaged_file_is_refused_at_every_place() {
    let whole = Docx::new(&p("甲")).bytes();
    for length in 0..whole.len() {
        let cut = source::read(whole[..length].to_vec(), None, "");
        assert!(cut.is_err() || length < 4, "{length}");
    }
    for text in [
        "<w:document><w:p>",
        "<w:document></w:body>",
        "<w:document><w:t a=></w:document",
        "\u{0}",
    ] {
        let error = refused(with_document(text.as_bytes()));
        assert_eq!(error.key, "docx.broken", "{text}: {error:?}");
    }
    assert_eq!(refused(with_document(b"<a>\xff</a>")).key, "docx.broken");
}

#[test]
fn other_kinds_of_files_are_named() {
    for (bytes, kind) in [
        (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "source.doc"),
        (b"%PDF-1.4\n", "source.pdf"),
        (
            &archive(&[("ppt/presentation.xml", b"<a/>")]),
            "source.pptx",
        ),
        (&archive(&[("a.txt", b"a")]), "source.zip"),
        // An archive within an archive is not unpacked.
        (
            &archive(&[("b.zip", &archive(&[("a.txt", &[b' '; 1000])]))]),
            "source.zip",
        ),
    ] {
        assert_eq!(refused(bytes.to_vec()).key, kind);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_file_with_any_bytes_changed_is_read_or_refused(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let body = [p("一、甲"), table(&[&["工作", "责任单位"], &["甲", "市商务局"]])].concat();
        let mut bytes = Docx::new(&body).numbering("<w:num/>").styles("").bytes();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = source::read(bytes, None, "");
    }

    #[test]
    fn any_markup_is_read_or_refused(parts in proptest::collection::vec(proptest::sample::select(&[
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>甲</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
        "<w:tc>", "</w:tc>", "<w:tcPr><w:vMerge/></w:tcPr>", "<w:tcPr><w:gridSpan w:val=\"-3\"/></w:tcPr>",
        "<w:t>责任单位</w:t>", "<w:t>工作任务</w:t>", "<w:del>", "</w:del>", "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:fldChar w:fldCharType=\"end\"/>", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:br/>", "<w:drawing>",
        "</w:drawing>", "<w:pPr><w:numPr><w:numId w:val=\"1\"/><w:ilvl w:val=\"99\"/></w:numPr></w:pPr>",
    ][..]), 0..60)) {
        let docx = Docx::new(&parts.concat());
        let docx = docx.numbering("<w:abstractNum w:abstractNumId=\"0\"/><w:num w:numId=\"1\"/>");
        let _ = source::read(docx.bytes(), None, "");
    }
}

#[test]
fn a_plain_file_is_still_read_beside_all_that() {
    assert_eq!(read(Docx::new(&p("甲")).bytes()).text, "甲\n");
}
