//! Automatic numbering, as Word shows it.

use super::{
    build::{Docx, level, numbered, p},
    lines, read, told,
};

/// Numbering 1: 一、 （一） 1.; numbering 2 continues its count, numbering 3 restarts.
fn official() -> String {
    let levels = [
        level(0, "chineseCountingThousand", "%1、", ""),
        level(1, "japaneseCounting", "（%2）", ""),
        level(2, "decimal", "%3.", ""),
    ];
    let num = |id: u32, more: &str| {
        format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"7\"/>{more}</w:num>")
    };
    let restart = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    format!(
        "<w:abstractNum w:abstractNumId=\"7\">{}</w:abstractNum>{}{}{}",
        levels.concat(),
        num(1, ""),
        num(2, ""),
        num(3, restart),
    )
}

#[test]
fn levels_count_and_begin_again_below_a_higher_one() {
    let body = [
        numbered(1, 0, "甲"),
        numbered(1, 1, "子"),
        numbered(1, 2, "1甲"),
        numbered(1, 2, "5G"),
        numbered(1, 1, "丑"),
        numbered(1, 2, "乙"),
        p("无号"),
        numbered(2, 0, "乙"),
        numbered(2, 1, "寅"),
        numbered(3, 0, "又一"),
        numbered(3, 0, "又二"),
        numbered(0, 0, "不编号"),
        numbered(99, 0, "没有定义"),
    ];
    let docx = Docx::new(&body.concat()).numbering(&official()).bytes();
    assert_eq!(
        lines(docx),
        [
            "一、甲",
            "（一）子",
            "1. 1甲",
            "2. 5G",
            "（二）丑",
            "1.乙",
            "无号",
            "二、乙",
            "（一）寅",
            "一、又一",
            "二、又二",
            "不编号",
            "没有定义",
        ]
    );
}

#[test]
fn levels_name_each_other_restart_or_not_and_may_be_legal() {
    let levels = [
        level(0, "chineseCounting", "第%1条", ""),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "lowerLetter", "%3)", "<w:lvlRestart w:val=\"0\"/>"),
    ];
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>",
        levels.concat()
    );
    let body = [
        numbered(1, 0, "甲"),
        numbered(1, 1, "乙"),
        numbered(1, 2, "丙"),
        numbered(1, 0, "丁"),
        numbered(1, 1, "戊"),
        numbered(1, 2, "己"),
    ];
    let docx = Docx::new(&body.concat()).numbering(&numbering).bytes();
    assert_eq!(
        lines(docx),
        ["第一条 甲", "1.1 乙", "a)丙", "第二条 丁", "2.1 戊", "b)己"]
    );
}

#[test]
fn styles_number_paragraphs_and_a_definition_may_refer_to_a_style() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:pPr><w:numPr><w:numId w:val=\"5\"/>\
        </w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:basedOn w:val=\"1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"loop\"><w:basedOn w:val=\"loop\"/></w:style>\
        <w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"6\"/></w:numPr></w:pPr></w:style>";
    let levels = [
        level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"1\"/>"),
        level(1, "decimal", "%2.", "<w:pStyle w:val=\"2\"/>"),
    ];
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"2\"><w:styleLink w:val=\"L\"/>{}</w:abstractNum>\
         <w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"6\"><w:abstractNumId w:val=\"2\"/></w:num>",
        levels.concat()
    );
    let para = |style: &str, more: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let off = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let body = [
        para("1", "", "甲"),
        para("2", "", "乙"),
        para("2", "", "丙"),
        para("1", off, "不编号"),
        para("loop", "", "圈"),
        para("1", "", "丁"),
    ];
    let docx = Docx::new(&body.concat())
        .styles(styles)
        .numbering(&numbering);
    assert_eq!(
        lines(docx.bytes()),
        ["一、甲", "1.乙", "2.丙", "不编号", "圈", "二、丁"]
    );
}

#[test]
fn bullets_differ_from_boxes_and_other_formats_are_reported() {
    let levels = [
        level(0, "bullet", "\u{f0b7}", ""),
        level(1, "bullet", "\u{f0a8}", ""),
        level(2, "hebrew1", "%3.", ""),
    ];
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>",
        levels.concat()
    );
    let body = [
        numbered(1, 0, "甲"),
        numbered(1, 1, "乙"),
        numbered(1, 2, "丙"),
    ];
    let source = read(Docx::new(&body.concat()).numbering(&numbering).bytes());
    assert_eq!(source.text, "• 甲\n□ 乙\n1.丙\n");
    assert!(told(&source).contains("unknown format, written as 1, 2, 3: 1: hebrew1"));
}

#[test]
fn a_paragraph_that_deletions_emptied_counts_as_word_counts_it() {
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        level(0, "decimal", "%1.", "")
    );
    let emptied = numbered(1, 0, "乙").replace(
        "<w:r><w:t>乙</w:t></w:r>",
        "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>",
    );
    let body = [numbered(1, 0, "甲"), emptied, numbered(1, 0, "丙")].concat();
    let source = read(Docx::new(&body).numbering(&numbering).bytes());
    assert_eq!(source.text, "1.甲\n3.丙\n");
}
