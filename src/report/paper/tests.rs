//! Tests that text stays text in every form, and that headings are numbered.

use super::{Form, Paper, Style, html::hashes};
use crate::{
    locale::Lang,
    report::{Cell, Heading, Table},
};
use std::io::Read as _;

/// Text that tries to be more than text.
const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "</style></script><img src=x onerror=alert(1)>",
    "]]><w:fldSimple w:instr=\"DDEAUTO c:\\\\cmd\"/>",
    "=cmd|'/c calc'!A1",
    "{ INCLUDETEXT \"http://a.example/x\" }",
    "[a](javascript:alert(1)) ![b](http://a.example/x)",
    "\u{1b}[31m\u{1}\u{fffe}",
    "abc\u{202e}gpj.exe",
    "\" onmouseover='alert(1)' & &lt;b&gt;",
];

fn paper() -> Paper {
    let mut paper = Paper::new(Lang::ZhCn, HOSTILE[0]);
    for style in [
        Style::Subtitle,
        Style::Section,
        Style::Item,
        Style::Clause,
        Style::Line,
        Style::Body,
        Style::Point,
        Style::Signature,
    ] {
        for said in HOSTILE {
            paper.text(style, said);
        }
    }
    let heading = |text: &str| Heading {
        id: "x",
        text: text.into(),
    };
    let table = Table {
        headings: HOSTILE.map(heading).to_vec(),
        rows: vec![HOSTILE.map(Cell::words).to_vec()],
        note: Some(HOSTILE.join("\n")),
        ..Table::default()
    };
    paper.table(table, &[1; HOSTILE.len()]);
    paper
}

#[test]
fn what_people_typed_is_text_in_a_page() {
    let text = String::from_utf8(paper().bytes(Form::Html).unwrap()).unwrap();
    let (_, body) = text.split_once("<body>").unwrap();
    for tag in ["<script", "<img", "<w:", "<style"] {
        assert!(!body.contains(tag), "{tag} in\n{body}");
    }
    assert!(!body.contains("\u{202e}") && !body.contains('\u{1b}'));
    // We write every attribute of the page; none comes from a text.
    assert!(!body.contains("onmouseover='") && !body.contains("\" onmouseover"));
    assert!(body.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

/// Returns the text part of a Word document.
fn document(paper: &Paper) -> String {
    let bytes = paper.bytes(Form::Docx).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    let mut part = archive.by_name("word/document.xml").unwrap();
    part.read_to_string(&mut xml).unwrap();
    xml
}

#[test]
fn a_table_is_as_wide_as_the_text_and_repeats_its_headings() {
    let heading = |text: &str| Heading {
        id: "x",
        text: text.into(),
    };
    let mut paper = Paper::new(Lang::ZhCn, "题");
    let table = Table {
        headings: ["序号", "条款"].map(heading).to_vec(),
        rows: vec![vec![Cell::words("1.1"), Cell::words("甲\n乙")]],
        ..Table::default()
    };
    paper.table(table, &[1, 3]);
    let xml = document(&paper);
    assert!(
        xml.contains("<w:gridCol w:w=\"2211\"/><w:gridCol w:w=\"6633\"/>"),
        "{xml}"
    );
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
}

#[test]
fn what_people_typed_is_text_in_word() {
    let xml = document(&paper());
    for tag in [
        "<w:fldSimple",
        "<w:instrText",
        "<script",
        "<img",
        "\u{202e}",
        "\u{1b}",
        "\u{1}",
    ] {
        assert!(!xml.contains(tag), "{tag}");
    }
    assert!(xml.contains("]]&gt;&lt;w:fldSimple"));
    let mut reader = quick_xml::Reader::from_str(&xml);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
}

#[test]
fn what_people_typed_is_text_in_markdown() {
    let text = paper().markdown();
    let unescaped = |mark: &str| {
        text.match_indices(mark)
            .any(|(at, _)| !text.get(..at).unwrap().ends_with('\\'))
    };
    for mark in ["<script", "<img", "<w:", "[a]", "![b]"] {
        assert!(!unescaped(mark), "{mark} in\n{text}");
    }
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
}

#[test]
fn a_policy_names_the_style_and_the_script_that_are_there() {
    for (named, is) in hashes() {
        assert_eq!(named, is, "put the right one into src/report/paper/html.rs");
    }
}

#[test]
fn sections_are_numbered_as_papers_are() {
    let mut paper = Paper::new(Lang::ZhCn, "题");
    for (style, said) in [
        (Style::Section, "甲"),
        (Style::Item, "子"),
        (Style::Section, "乙"),
        (Style::Item, "丑"),
        (Style::Item, "寅"),
    ] {
        paper.text(style, said);
    }
    let page = String::from_utf8(paper.bytes(Form::Html).unwrap()).unwrap();
    for heading in [
        "<h2>一、甲<",
        "<h3>（一）子<",
        "<h2>二、乙<",
        "<h3>（一）丑<",
        "<h3>（二）寅<",
    ] {
        assert!(page.contains(heading), "{heading}");
    }
}
