//! Tests of the file format.

use super::*;
use crate::document::ClauseId;
use proptest::prelude::*;
use std::sync::Arc;

const SMALL: &str = "\
id: jia
title: 甲市措施
chapters:
- number: 1
  title: 通关
  measures:
  - number: 1
    title: 查验
    clauses:
    - id: '1.1'
      text: 预约查验。
      units: [甲海关, 市商务局]
      lead: [甲海关]
      by_duties: true
      due: '2030-06-30'
      said: （责任单位：甲海关、市商务局）
    - id: '1.2'
      text: 公布结果。
      units: [甲海关]
      said: ''
";

fn slow(text: &str) -> RawDocument {
    serde_yaml::from_str(text).expect("reads")
}

fn quick(text: &str) -> Option<Document> {
    read_lines(text.as_bytes())
}

fn slow_document(text: &str) -> Document {
    assemble(slow(text)).unwrap_or_else(|broken| panic!("{}", broken.rule))
}

#[test]
fn a_small_document_is_read_and_written_back() {
    let doc = read(SMALL, "x").expect("reads");
    assert_eq!(doc.clauses.len(), 2);
    assert_eq!(doc.clauses[0].responsibility.lead, ["甲海关"]);
    assert_eq!(doc.find(ClauseId::new(1, 2)), Some(1));
    assert_eq!(write(&doc), SMALL);
}

#[test]
fn both_readers_read_the_same() {
    let tianjin = include_str!("../../../data/tianjin-2025.yaml");
    for text in [SMALL, tianjin] {
        assert_eq!(quick(text).expect("in lines"), slow_document(text));
    }
}

/// Whatever the line reader accepts, the YAML reader reads the same.
#[test]
fn the_line_reader_takes_nothing_that_yaml_reads_otherwise() {
    let lines: Vec<&str> = SMALL.lines().collect();
    let mut taken = 0;
    for i in 0..lines.len() {
        let mut variants: Vec<Vec<String>> = Vec::new();
        let owned = || lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
        let mut without = owned();
        without.remove(i);
        variants.push(without);
        let mut twice = owned();
        twice.insert(i, lines[i].to_owned());
        variants.push(twice);
        for change in [
            " #",
            " x",
            "]",
            "'",
            ":",
            "  ",
            "\t",
            "\n ",
            "\n      x",
            " # x",
            "\u{85}",
            " &x",
        ] {
            let mut changed = owned();
            changed[i].push_str(change);
            variants.push(changed);
        }
        let mut deeper = owned();
        deeper[i].insert(0, ' ');
        variants.push(deeper);
        for (from, to) in [
            (": ", ":"),
            (": ", ": &x "),
            (": ", ": |\n  "),
            (": ", ": ~ # "),
            ("- ", "-  "),
            ("- ", "- - "),
            ("[", "[["),
            (", ", "\t,"),
            ("'", "\""),
        ] {
            let mut changed = owned();
            changed[i] = changed[i].replacen(from, to, 1);
            variants.push(changed);
        }
        for variant in variants {
            let text = variant.join("\n") + "\n";
            if let Some(raw) = quick(&text) {
                taken += 1;
                assert_eq!(raw, slow_document(&text), "{text}");
            }
        }
    }
    assert!(taken >= 5, "{taken}");
}

fn error(text: &str) -> (String, usize) {
    match read(text, "f.yaml").expect_err("broken") {
        DocumentError::Yaml { line, problem, .. } => (problem, line),
        DocumentError::Broken { line, rule, .. } => (rule.to_owned(), line),
        other => panic!("{other}"),
    }
}

#[test]
fn a_broken_rule_names_its_line() {
    let broken = |from: &str, to: &str| {
        assert!(SMALL.contains(from));
        error(&SMALL.replacen(from, to, 1))
    };
    for (from, to, rule, line) in [
        ("id: jia", "id: ../jia", "document.broken.id", 1),
        ("- number: 1", "- number: 0", "document.broken.chapter", 4),
        (
            "  - number: 1",
            "  - number: 0",
            "document.broken.measure",
            7,
        ),
        ("'1.2'", "'1.1'", "document.broken.duplicate-id", 17),
        ("'1.2'", "'2.2'", "document.broken.clause-id", 17),
        ("'1.2'", "'1.02'", "document.broken.clause-id", 17),
        ("'1.1'", "'2.1.1'", "document.broken.clause-id", 10),
        (
            "lead: [甲海关]",
            "lead: [乙海关]",
            "document.broken.lead",
            10,
        ),
        ("2030-06-30", "2030-02-30", "document.broken.due", 10),
    ] {
        assert_eq!(broken(from, to), (rule.to_owned(), line), "{to}");
    }
}

#[test]
fn an_invalid_document_is_an_error_with_its_line() {
    let (problem, line) = error(&SMALL.replacen("      units: [甲海关]\n", "", 1));
    assert!(problem.contains("units"), "{problem}");
    assert_eq!(line, 17);
    let (problem, _) = error(&SMALL.replacen("title: 查验", "titel: 查验", 1));
    assert!(problem.contains("titel"), "{problem}");
    for text in [
        "",
        "[]",
        "a: b",
        "id: [\n",
        "\u{1}",
        "- - -",
        "id: 1\nid: 2\n",
    ] {
        error(text);
    }
}

#[test]
fn what_is_not_a_document_in_lines_is_refused() {
    let broken = [SMALL.as_bytes(), b"\xff\n"].concat();
    assert_eq!(read_lines(&broken[..]), None);
    for text in ["", "id: jia", &SMALL.replacen("'1.2'", "'1.1'", 1)] {
        assert_eq!(quick(text), None, "{text}");
    }
}

/// The line reader also accepts what people and other programs write.
#[test]
fn a_file_in_another_hand_is_read_in_lines() {
    let same = read(SMALL, "x").expect("reads");
    let text = SMALL.replacen("id: jia\ntitle: 甲市措施", "title: 甲市措施\nid: jia", 1);
    let python = text
        .replace("units: [甲海关]", "units:\n      - 甲海关")
        .replace(
            "units: [甲海关, 市商务局]",
            "units:\n      - 甲海关\n      - 市商务局",
        )
        .replace("lead: [甲海关]", "lead:\n      - 甲海关");
    let by_hand = text
        .replace("id: '1.1'", "id: 1.1  # 第一款")
        .replace("title: 通关", "title: \"通关\" # 一")
        .replace("'2030-06-30'", "2030-06-30")
        .replace("chapters:\n", "# 各章\nchapters:\n\n")
        .replace("[甲海关, 市商务局]", "[ '甲海关',市商务局 ]")
        .replace('\n', "\r\n");
    let twice_as_deep = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        format!("{}{line}\n", " ".repeat(indent)).replace("- ", "-   ")
    };
    let deep: String = text.lines().map(twice_as_deep).collect();
    for text in [SMALL.trim_end(), &text, &python, &by_hand, &deep] {
        assert_eq!(quick(text).as_ref(), Some(&same), "{text}");
        assert_eq!(slow_document(text), same);
    }
}

#[test]
fn a_bom_and_other_yaml_are_read_too() {
    let doc = read(SMALL, "x").expect("reads");
    assert_eq!(read(&format!("\u{feff}{SMALL}"), "x").expect("reads"), doc);
    let loose = SMALL.replace("title: 查验", "title: >-\n      查验");
    assert_eq!(quick(&loose), None);
    assert_eq!(read(&loose, "x").expect("reads"), doc);
}

#[test]
fn the_head_is_read_from_a_part_of_the_file() {
    let head = read_header("id: jia\ntitle: 甲\nstage: 草案\npreamble: 半").expect("reads");
    assert_eq!(
        (head.id.as_str(), head.stage.as_deref()),
        ("jia", Some("草案"))
    );
    assert_eq!(read_header("title: 甲\n"), None);
    assert_eq!(read_header("{id: a}"), None);
}

proptest! {
    #[test]
    fn any_text_is_written_so_that_both_readers_read_it(text in "[ -~]{0,12}|\\PC{0,12}|[\\x00-\\x{ff}\\n：，'\"#\\[]{0,8}", n in 0usize..3) {
        let mut doc = read(SMALL, "x").expect("reads");
        doc.title.clone_from(&text);
        doc.clauses[0].text = text.as_str().into();
        Arc::make_mut(&mut doc.clauses[1].responsibility).units = vec![text.clone(); n];
        doc.clauses[1].after = Some(text);
        Arc::make_mut(&mut doc.clauses[0].responsibility).lead.clear();
        let yaml = write(&doc);
        prop_assert_eq!(&read(&yaml, "x").expect("reads"), &doc);
        let slow = slow_document(&yaml);
        if let Some(quick) = quick(&yaml) {
            prop_assert_eq!(quick, slow);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}") {
        let _ = read(&text, "x");
        let _ = read_header(&text);
    }
}

#[test]
fn every_character_survives_in_either_reader() {
    let mut doc = read(SMALL, "x").expect("reads");
    for chunk in (0..=0x0011_0000u32).collect::<Vec<_>>().chunks(4096) {
        // Between letters, so that none is white space at an end.
        let text: String = chunk
            .iter()
            .filter_map(|n| char::from_u32(*n))
            .flat_map(|c| ['x', c, 'x'])
            .collect();
        doc.clauses[0].text = text;
        let yaml = write(&doc);
        assert_eq!(read(&yaml, "x").expect("reads"), doc);
        assert_eq!(slow_document(&yaml).clauses[0].text, doc.clauses[0].text);
    }
}

#[test]
fn brackets_without_end_are_refused_at_once() {
    for open in ["[", "{", "[a: ", "{a: "] {
        let text = format!("id: x\ntitle: {}", open.repeat(1_000_000));
        let error = read(&text, "x.yaml").unwrap_err();
        let place = format!("x.yaml:2:{}: ", 8 + 100 * open.len());
        assert!(error.to_string().starts_with(&place), "{error}");
    }
}
