//! Paragraphs, breaks, fields, tracked changes, and non-text.

use super::{
    build::{Docx, p},
    lines, read, told,
};

fn run(inner: &str) -> String {
    format!("<w:p><w:r>{inner}</w:r></w:p>")
}

fn one(body: &str) -> String {
    lines(Docx::new(body).bytes()).join("/")
}

#[test]
fn breaks_tabs_and_signs_are_text() {
    let body = "<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/>\
                <w:sym w:font=\"Wingdings\" w:char=\"F0A8\"/><w:t xml:space=\"preserve\"> 丁&amp;&#x4e00;</w:t>";
    assert_eq!(one(&run(body)), "甲\t乙/丙-□ 丁&一");
    // A line break in the XML is not one in the text.
    assert_eq!(one(&run("<w:t>甲\n乙</w:t>")), "甲 乙");
    // Tab stops are not tabs.
    let stops = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
    assert_eq!(one(stops), "甲");
}

#[test]
fn a_line_is_a_paragraph_so_that_lines_can_be_found_again() {
    let body = [p("甲"), p(""), p("乙")].concat();
    assert_eq!(read(Docx::new(&body).bytes()).text, "甲\n\n乙\n");
}

#[test]
fn links_keep_their_text_and_fields_what_they_show() {
    let body = "<w:p><w:hyperlink r:id=\"x\"><w:r><w:t>市商务局</w:t></w:r></w:hyperlink>\
        <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>\
        <w:r><w:t>不显示</w:t></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
        <w:r><w:t>负责</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
        <w:fldSimple w:instr=\"DATE\"><w:r><w:t>2026年</w:t></w:r></w:fldSimple>\
        <w:smartTag><w:r><w:t>完</w:t></w:r></w:smartTag>\
        <w:ruby><w:rt><w:r><w:t>wán</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>成</w:t></w:r></w:rubyBase></w:ruby></w:p>";
    assert_eq!(one(body), "市商务局负责2026年完成");
}

#[test]
fn tracked_changes_are_read_as_accepted_and_reported() {
    let body = "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>\
        <w:del><w:r><w:delText>丙</w:delText></w:r></w:del>\
        <w:moveFrom><w:r><w:t>丁</w:t></w:r></w:moveFrom></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>戊</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr>\
        <w:r><w:t>己</w:t></w:r></w:p>";
    let source = read(Docx::new(body).bytes());
    assert_eq!(source.text, "甲乙\n戊己\n");
    assert_eq!(
        told(&source),
        "tracked insertions: 1, kept\ntracked deletions: 2, left out: 丙 / 丁"
    );
}

#[test]
fn a_last_paragraph_whose_end_is_deleted_is_kept() {
    let body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>戊</w:t></w:r></w:p>";
    assert_eq!(one(body), "戊");
}

#[test]
fn hidden_text_is_left_out_and_reported_wherever_it_is() {
    let hidden = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
    };
    let body = format!(
        "<w:p>{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr>{}{}</w:p>",
        hidden("<w:vanish/>", "一"),
        hidden("<w:vanish w:val=\"0\"/>", "见"),
        hidden("<w:rStyle w:val=\"B\"/>", "二"),
        hidden("", "三"),
        hidden("<w:vanish w:val=\"false\"/>", "又见"),
    );
    let styles = "<w:style w:type=\"character\" w:styleId=\"A\"><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"H\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let source = read(Docx::new(&body).styles(styles).bytes());
    assert_eq!(source.text, "见\n又见\n");
    assert_eq!(told(&source), "hidden text: 3, left out: 一 / 二 / 三");
}

#[test]
fn text_outside_the_body_is_reported() {
    let body = "<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>\
        <w:r><w:commentReference w:id=\"1\"/></w:r>\
        <w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>\
        <w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
        <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent></w:pict>\
        </mc:Fallback></mc:AlternateContent></w:r>\
        <w:r><w:drawing><pic/></w:drawing></w:r><w:altChunk/></w:p>";
    let docx = Docx::new(body)
        .part(
            "word/header1.xml",
            "<w:hdr><w:p><w:r><w:t>某市文件</w:t></w:r></w:p></w:hdr>",
        )
        .part(
            "word/header2.xml",
            "<w:hdr><w:p><w:r><w:t>某市文件</w:t></w:r></w:p></w:hdr>",
        )
        .part(
            "word/footer1.xml",
            "<w:ftr><w:p><w:r><w:t>— 1 —</w:t></w:r></w:p></w:ftr>",
        );
    let source = read(docx.bytes());
    assert_eq!(source.text, "正文\n");
    assert_eq!(
        told(&source),
        "text boxes: 1, left out: 框中文字\n\
         pictures and drawings: 1, left out\n\
         footnotes and endnotes: 1, left out\n\
         comments: 1, left out\n\
         headers and footers: 1, left out: 某市文件\n\
         embedded files: 1, left out"
    );
}

#[test]
fn a_table_of_contents_is_not_text() {
    let body = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr>\
         <w:sdtContent>{}{}</w:sdtContent></w:sdt>\
         <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>一、总则 1</w:t></w:r></w:p>{}\
         <w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>{}",
        p("目录"),
        p("一、总则 1"),
        p("二、附则 2"),
        p("一、总则"),
    );
    let source = read(Docx::new(&body).bytes());
    assert_eq!(source.text.trim(), "一、总则");
    assert!(told(&source).starts_with("tables of contents: 2, left out: 目录"));
}

#[test]
fn any_prefix_and_any_name_of_the_main_part_will_do() {
    let body = "<x:document xmlns:x=\"y\"><x:body><x:p><x:r><x:t>甲</x:t></x:r></x:p></x:body></x:document>";
    let rels = "<Relationships><Relationship Type=\"http://purl.oclc.org/ooxml/officeDocument\" \
                Target=\"/word/document2.xml\"/></Relationships>";
    let parts: [(&str, &[u8]); 2] = [
        ("_rels/.rels", rels.as_bytes()),
        ("word/document2.xml", body.as_bytes()),
    ];
    assert_eq!(lines(super::build::archive(&parts)), ["甲"]);
}
