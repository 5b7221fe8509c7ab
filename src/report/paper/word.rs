//! A paper as a Word document.
//!
//! The layout follows GB/T 9704, the standard of official papers: A4 with its margins, a title in
//! 小标宋, text in 仿宋 三号 on lines of 28 points, headings in 黑体 and 楷体, page numbers on the
//! outer side. We write all markup here, so that typed text stays text: it is cleaned as for a
//! screen, escaped, and stripped of characters that XML 1.0 (§2.2) does not allow.

use super::{Block, Numbers, Paper, Style};
use crate::{locale::Lang, report::Table, text};
use std::{
    fmt::Write as _,
    io::{self, Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Width between the margins, in twentieths of a point.
const TEXT_WIDTH: u32 = 11_906 - 1_588 - 1_474;

/// Returns the bytes of the file.
pub(super) fn print(paper: &Paper) -> io::Result<Vec<u8>> {
    let mut body = String::new();
    let mut numbers = Numbers::default();
    for block in &paper.blocks {
        match block {
            Block::Text(style, said) => {
                let said = numbers.number(*style, said, paper.lang);
                paragraphs(&mut body, *style, "", &said);
            }
            Block::Table(table, shares) => grid(&mut body, table, shares, paper.lang),
            Block::NewPage => body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }
    let document = format!("{XML}<w:document {W}{R}><w:body>{body}{PAGE}</w:body></w:document>");
    let (styles, even, odd) = (styles(), footer("left"), footer("right"));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", ROOT),
        ("word/document.xml", &document),
        ("word/styles.xml", &styles),
        ("word/settings.xml", SETTINGS),
        ("word/fontTable.xml", FONTS),
        ("word/footer1.xml", &odd),
        ("word/footer2.xml", &even),
        ("word/_rels/document.xml.rels", PARTS),
    ] {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

impl Style {
    const fn id(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::Section => "Heading1",
            Self::Item => "Heading2",
            Self::Clause => "Heading3",
            Self::Line => "Line",
            Self::Body => "Normal",
            Self::Point => "ListParagraph",
            Self::Signature => "Signature",
            Self::Cell => "Cell",
            Self::Head => "Head",
        }
    }
}

/// Writes a table whose header is repeated on every page.
fn grid(out: &mut String, table: &Table, shares: &[u32], lang: Lang) {
    let whole: u32 = shares.iter().sum::<u32>().max(1);
    let widths: Vec<u32> = shares.iter().map(|s| TEXT_WIDTH * s / whole).collect();
    out.push_str(TABLE);
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    let heads = table.headings.iter().map(|h| (h.text.clone(), false));
    row(out, &widths, &heads.collect::<Vec<_>>(), true);
    let columns = 0..table.headings.len();
    let centred: Vec<bool> = columns.map(|nth| is_centred(table, nth, lang)).collect();
    for cells in &table.rows {
        let cells = cells
            .iter()
            .map(|c| c.show(lang))
            .zip(centred.iter().copied());
        row(out, &widths, &cells.collect::<Vec<_>>(), false);
    }
    out.push_str("</w:tbl>");
    match &table.note {
        Some(note) => paragraphs(out, Style::Cell, "", note),
        // Two adjacent tables would merge.
        None => out
            .push_str("<w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"exact\"/></w:pPr></w:p>"),
    }
}

/// Returns whether a column has only short values, which are centred.
fn is_centred(table: &Table, nth: usize, lang: Lang) -> bool {
    let mut cells = table.rows.iter().filter_map(|row| row.get(nth));
    cells.all(|cell| cell.is_number() || cell.show(lang).chars().count() <= 10)
}

fn row(out: &mut String, widths: &[u32], cells: &[(String, bool)], head: bool) {
    let (style, more) = if head {
        (Style::Head, "<w:tblHeader/>")
    } else {
        (Style::Cell, "")
    };
    // A row that fits on a page is kept together; a longer one may break.
    let longest = cells.iter().map(|(text, _)| text.len()).max();
    let whole = if longest.unwrap_or(0) < 1500 {
        "<w:cantSplit/>"
    } else {
        ""
    };
    let _ = write!(out, "<w:tr><w:trPr>{whole}{more}</w:trPr>");
    for (width, (cell, centred)) in widths.iter().zip(cells) {
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
        );
        let centre = if *centred {
            "<w:jc w:val=\"center\"/>"
        } else {
            ""
        };
        paragraphs(out, style, centre, cell);
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr>");
}

fn paragraphs(out: &mut String, style: Style, more: &str, said: &str) {
    for line in text::clean(said).split('\n') {
        let id = style.id();
        let _ = write!(
            out,
            "<w:p><w:pPr><w:pStyle w:val=\"{id}\"/>{more}</w:pPr><w:r>"
        );
        // Makes curly quotes and dashes Chinese.
        out.push_str("<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">");
        out.push_str(&escape(line));
        out.push_str("</w:t></w:r></w:p>");
    }
}

/// Escapes a text for XML, without the characters that XML 1.0 cannot express.
fn escape(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    for c in said.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// How paragraphs of a style look.
struct ParagraphFormat {
    style: Style,
    name: &'static str,
    /// The depth of a heading in the outline.
    level: Option<u8>,
    align: &'static str,
    /// Whether the first line is indented by two characters.
    indented: bool,
    /// In half points: 二号 is 44, 三号 32, 四号 28, 五号 21.
    size: u8,
    font: &'static str,
}

#[rustfmt::skip]
static LOOKS: [ParagraphFormat; 11] = [
    look(Style::Body, "Normal", None, "both", true, 32, "仿宋"),
    look(Style::Title, "Title", None, "center", false, 44, "方正小标宋简体"),
    look(Style::Subtitle, "Subtitle", None, "center", false, 32, "楷体"),
    look(Style::Section, "heading 1", Some(0), "left", true, 32, "黑体"),
    look(Style::Item, "heading 2", Some(1), "left", true, 32, "楷体"),
    look(Style::Clause, "heading 3", Some(2), "left", true, 32, "楷体"),
    look(Style::Line, "Line", None, "both", false, 32, "仿宋"),
    look(Style::Point, "List Paragraph", None, "both", true, 32, "仿宋"),
    look(Style::Signature, "Signature", None, "right", false, 32, "仿宋"),
    look(Style::Cell, "Cell", None, "left", false, 21, "仿宋"),
    look(Style::Head, "Head", None, "center", false, 21, "黑体"),
];

const fn look(
    style: Style,
    name: &'static str,
    level: Option<u8>,
    align: &'static str,
    indented: bool,
    size: u8,
    font: &'static str,
) -> ParagraphFormat {
    ParagraphFormat {
        style,
        name,
        level,
        align,
        indented,
        size,
        font,
    }
}

fn styles() -> String {
    let mut out = format!("{XML}<w:styles {W}>{DEFAULTS}");
    for look in &LOOKS {
        look.write(&mut out);
    }
    out + "</w:styles>"
}

impl ParagraphFormat {
    fn write(&self, out: &mut String) {
        let (id, name) = (self.style.id(), self.name);
        let (default, base) = match self.style {
            Style::Body => (" w:default=\"1\"", ""),
            _ => ("", "<w:basedOn w:val=\"Normal\"/>"),
        };
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             {base}<w:qFormat/><w:pPr>"
        );
        if self.level.is_some() {
            out.push_str("<w:keepNext/>");
        }
        // In a table, lines are as high as their letters; elsewhere 28 points, 22 lines per page.
        let (lines, rule) = match self.style {
            Style::Cell | Style::Head => (260, "auto"),
            Style::Title => (660, "exact"),
            _ => (560, "exact"),
        };
        let after = if self.style == Style::Subtitle {
            280
        } else {
            0
        };
        let first = if self.indented { (200, 640) } else { (0, 0) };
        let _ = write!(
            out,
            "<w:spacing w:after=\"{after}\" w:line=\"{lines}\" w:lineRule=\"{rule}\"/>\
             <w:ind w:firstLineChars=\"{}\" w:firstLine=\"{}\"/><w:jc w:val=\"{}\"/>",
            first.0, first.1, self.align
        );
        if let Some(level) = self.level {
            let _ = write!(out, "<w:outlineLvl w:val=\"{level}\"/>");
        }
        let (letters, size) = (self.font, self.size);
        let _ = write!(
            out,
            "</w:pPr><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" \
             w:eastAsia=\"{letters}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>"
        );
    }
}

/// Returns a footer with the page number between dashes, in 宋体 四号.
fn footer(side: &str) -> String {
    let font = "<w:rPr><w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:eastAsia=\"宋体\"/>\
        <w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>";
    let run = |inside: &str| format!("<w:r>{font}{inside}</w:r>");
    let runs = [
        "<w:t xml:space=\"preserve\">— </w:t>",
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>",
        "<w:fldChar w:fldCharType=\"separate\"/>",
        "<w:t>1</w:t>",
        "<w:fldChar w:fldCharType=\"end\"/>",
        "<w:t xml:space=\"preserve\"> —</w:t>",
    ];
    let runs: String = runs.into_iter().map(run).collect();
    format!(
        "{XML}<w:ftr {W}><w:p><w:pPr><w:ind w:left=\"280\" w:right=\"280\" w:firstLineChars=\"0\" w:firstLine=\"0\"/>\
         <w:jc w:val=\"{side}\"/></w:pPr>{runs}</w:p></w:ftr>"
    )
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const R: &str = " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const DEFAULTS: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
    w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋\" w:cs=\"Times New Roman\"/><w:sz w:val=\"32\"/>\
    <w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>\
    <w:pPrDefault/></w:docDefaults>";

const TABLE: &str = "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:jc w:val=\"center\"/><w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>\
    <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/></w:tblBorders>\
    <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/>\
    <w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>";

/// A4, with the margins of GB/T 9704: 37, 26, 35 and 28 mm.
const PAGE: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/>\
    <w:footerReference w:type=\"even\" r:id=\"rId3\"/>\
    <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" \
    w:left=\"1588\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/></w:sectPr>";

/// Page numbers on the outer side of double-sided sheets.
const SETTINGS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:settings ",
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:evenAndOddHeaders/></w:settings>"
);

/// Substitutes for missing fonts.
const FONTS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:fonts ",
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">",
    "<w:font w:name=\"仿宋\"><w:altName w:val=\"仿宋_GB2312\"/></w:font>",
    "<w:font w:name=\"楷体\"><w:altName w:val=\"楷体_GB2312\"/></w:font>",
    "<w:font w:name=\"黑体\"><w:altName w:val=\"SimHei\"/></w:font>",
    "<w:font w:name=\"方正小标宋简体\"><w:altName w:val=\"华文中宋\"/></w:font></w:fonts>"
);

const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/word/footer2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
    "<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>",
    "<Override PartName=\"/word/fontTable.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml\"/>",
    "</Types>"
);

const ROOT: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>",
    "</Relationships>"
);

const PARTS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>",
    "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer2.xml\"/>",
    "<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>",
    "<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable\" Target=\"fontTable.xml\"/>",
    "</Relationships>"
);
