//! A Word document, written by hand: a few styles, paragraphs, tables, and a page number at the
//! foot.
//!
//! The form is that of office papers: A4 with the margins of GB/T 9704, titles in 黑体, text in 宋体.
//! All that is not text is written here, so what people typed can only ever be text: it is cleaned
//! as for a screen, escaped, and freed of what XML 1.0 (§2.2) does not allow.

use crate::text;
use std::{
    fmt::Write as _,
    io::{self, Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Width between the margins, in twentieths of a point.
pub const TEXT_WIDTH: u32 = 11_906 - 1_588 - 1_474;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The title of the paper.
    Title,
    /// The heading of a section.
    Section,
    /// The heading of an item.
    Item,
    /// A line at the left margin.
    Line,
    /// A paragraph whose first line is set in by two characters.
    Body,
    /// A cell of a table.
    Cell,
    /// The heading of a column.
    Head,
}

impl Style {
    const fn id(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Section => "Heading1",
            Self::Item => "Heading2",
            Self::Line => "Normal",
            Self::Body => "BodyText",
            Self::Cell => "Cell",
            Self::Head => "Head",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its share of the width.
    pub share: u32,
}

/// A document that is being written.
#[derive(Debug, Default)]
pub struct Docx {
    body: String,
}

impl Docx {
    /// Writes a text; each of its lines is a paragraph.
    pub fn text(&mut self, style: Style, said: &str) {
        paragraphs(&mut self.body, style, said);
    }

    /// Writes a table whose headings stand on every page.
    pub fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) {
        let whole: u32 = columns.iter().map(|c| c.share).sum::<u32>().max(1);
        let widths: Vec<u32> = columns
            .iter()
            .map(|c| TEXT_WIDTH * c.share / whole)
            .collect();
        let out = &mut self.body;
        out.push_str(TABLE);
        for width in &widths {
            let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
        }
        out.push_str("</w:tblGrid>");
        let headings: Vec<&str> = columns.iter().map(|c| c.heading.as_str()).collect();
        row(out, &widths, &headings, true);
        for cells in rows {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            row(out, &widths, &cells, false);
        }
        out.push_str("</w:tbl>");
    }

    /// Returns the bytes of the file, the same for the same text.
    ///
    /// # Errors
    ///
    /// Where an archive cannot hold it: 4 GB.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let document = format!(
            "{XML}<w:document {W}{R}><w:body>{}{PAGE}</w:body></w:document>",
            self.body
        );
        let styles = styles();
        for (name, text) in [
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", ROOT),
            ("word/document.xml", &document),
            ("word/styles.xml", &styles),
            ("word/footer1.xml", FOOTER),
            ("word/_rels/document.xml.rels", PARTS),
        ] {
            archive.start_file(name, SimpleFileOptions::default())?;
            archive.write_all(text.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

fn row(out: &mut String, widths: &[u32], cells: &[&str], head: bool) {
    let (style, more) = if head {
        (Style::Head, "<w:tblHeader/>")
    } else {
        (Style::Cell, "")
    };
    let _ = write!(out, "<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>");
    for (width, cell) in widths.iter().zip(cells) {
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"
        );
        paragraphs(out, style, cell);
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr>");
}

fn paragraphs(out: &mut String, style: Style, said: &str) {
    for line in text::clean(said).split('\n') {
        let id = style.id();
        let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr><w:r>");
        // Curly quotes and dashes are Chinese ones here.
        out.push_str("<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">");
        escape(out, line);
        out.push_str("</w:t></w:r></w:p>");
    }
}

/// Writes a text as XML's: escaped, and without the characters that XML 1.0 has no form for.
fn escape(out: &mut String, said: &str) {
    for c in said.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// How paragraphs of a style look.
struct Look {
    style: Style,
    name: &'static str,
    /// The depth of a heading in the outline.
    level: Option<u8>,
    side: &'static str,
    /// The height of a line, in 240ths.
    lines: u16,
    /// In half points: 三号 is 32, 四号 28, 小四 24, 五号 21.
    size: u8,
    font: &'static str,
}

const fn look(style: Style, name: &'static str, lines: u16, size: u8, font: &'static str) -> Look {
    Look {
        style,
        name,
        level: None,
        side: "left",
        lines,
        size,
        font,
    }
}

static LOOKS: [Look; 7] = [
    look(Style::Line, "Normal", 360, 24, "宋体"),
    Look {
        side: "center",
        ..look(Style::Title, "Title", 480, 32, "黑体")
    },
    Look {
        level: Some(0),
        ..look(Style::Section, "heading 1", 480, 28, "黑体")
    },
    Look {
        level: Some(1),
        ..look(Style::Item, "heading 2", 360, 24, "黑体")
    },
    Look {
        side: "both",
        ..look(Style::Body, "Body Text", 360, 24, "宋体")
    },
    look(Style::Cell, "Cell", 260, 21, "宋体"),
    Look {
        side: "center",
        ..look(Style::Head, "Head", 260, 21, "黑体")
    },
];

fn styles() -> String {
    let mut out = format!("{XML}<w:styles {W}>{DEFAULTS}");
    for look in &LOOKS {
        look.write(&mut out);
    }
    out + "</w:styles>"
}

impl Look {
    fn write(&self, out: &mut String) {
        let (id, name) = (self.style.id(), self.name);
        let (default, base) = match self.style {
            Style::Line => (" w:default=\"1\"", ""),
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
        let (lines, aligned) = (self.lines, self.side);
        let before = if self.level == Some(0) { 160 } else { 0 };
        let _ = write!(
            out,
            "<w:spacing w:before=\"{before}\" w:line=\"{lines}\" w:lineRule=\"auto\"/>"
        );
        if self.style == Style::Body {
            out.push_str("<w:ind w:firstLineChars=\"200\" w:firstLine=\"480\"/>");
        }
        let _ = write!(out, "<w:jc w:val=\"{aligned}\"/>");
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

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const R: &str = " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const DEFAULTS: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
    w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" w:cs=\"Times New Roman\"/><w:sz w:val=\"24\"/>\
    <w:szCs w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>\
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
    <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" \
    w:left=\"1588\" w:header=\"851\" w:footer=\"1400\" w:gutter=\"0\"/></w:sectPr>";

const FOOTER: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:ftr ",
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr>",
    "<w:jc w:val=\"center\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>",
    "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    "<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>"
);

const CONTENT_TYPES: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>",
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>",
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
    "</Relationships>"
);

#[cfg(test)]
mod tests {
    use super::{Column, Docx, Style};
    use std::io::{Cursor, Read as _};

    fn document(docx: &Docx) -> String {
        let bytes = docx.bytes().unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        let mut part = archive.by_name("word/document.xml").unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn what_was_typed_stays_text_whatever_it_is() {
        let mut docx = Docx::default();
        docx.text(
            Style::Body,
            "a<b>&\"c\"\u{0}\u{1b}[2J\u{fffe}\u{202e}\n“第二行”",
        );
        let xml = document(&docx);
        assert!(xml.contains("a&lt;b&gt;&amp;\"c\""), "{xml}");
        assert!(
            xml.contains("“第二行”") && xml.matches("<w:p>").count() == 2,
            "{xml}"
        );
        assert!(
            !xml.contains(['\u{0}', '\u{1b}', '\u{fffe}', '\u{202e}']),
            "{xml}"
        );
    }

    #[test]
    fn a_table_is_as_wide_as_the_text_and_repeats_its_headings() {
        let column = |heading: &str, share| Column {
            heading: heading.into(),
            share,
        };
        let mut docx = Docx::default();
        docx.table(
            &[column("序号", 1), column("条款", 3)],
            &[vec!["1.1".into(), "甲\n乙".into()]],
        );
        let xml = document(&docx);
        assert!(
            xml.contains("<w:gridCol w:w=\"2211\"/><w:gridCol w:w=\"6633\"/>"),
            "{xml}"
        );
        assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
        assert_eq!(xml.matches("<w:p>").count(), 5);
    }
}
