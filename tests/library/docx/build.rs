//! Builds Word files in code, part by part.

use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// Returns an archive with these parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    for (name, bytes) in parts {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word file under construction.
#[derive(Default)]
pub(crate) struct Docx {
    parts: Vec<(String, String)>,
    relations: String,
}

impl Docx {
    /// Starts with the contents of `w:body`.
    pub(crate) fn new(body: &str) -> Self {
        Self::default().part(
            "word/document.xml",
            &format!("<?xml version=\"1.0\"?><w:document {W}><w:body>{body}</w:body></w:document>"),
        )
    }

    pub(crate) fn part(mut self, name: &str, text: &str) -> Self {
        self.parts.push((name.to_owned(), text.to_owned()));
        self
    }

    fn related(mut self, kind: &str, text: &str) -> Self {
        let target = format!("Type=\"http://x/relationships/{kind}\" Target=\"{kind}.xml\"");
        self.relations.push_str("<Relationship ");
        self.relations.push_str(&target);
        self.relations.push_str("/>");
        self.part(&format!("word/{kind}.xml"), text)
    }

    /// Adds the contents of `w:numbering`.
    pub(crate) fn numbering(self, inner: &str) -> Self {
        self.related(
            "numbering",
            &format!("<w:numbering {W}>{inner}</w:numbering>"),
        )
    }

    /// Adds the contents of `w:styles`.
    pub(crate) fn styles(self, inner: &str) -> Self {
        self.related("styles", &format!("<w:styles {W}>{inner}</w:styles>"))
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        let rels = format!("<Relationships>{}</Relationships>", self.relations);
        self = self.part("word/_rels/document.xml.rels", &rels);
        let parts: Vec<(&str, &[u8])> = self
            .parts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_bytes()))
            .collect();
        archive(&parts)
    }
}

/// A paragraph with one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A numbered paragraph.
pub(crate) fn numbered(id: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr></w:pPr>\
         <w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

/// A level of a numbering.
pub(crate) fn level(level: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}\
         <w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// A table of texts: `^` merges a cell with the one above, `>n ` spans n columns, `|` separates
/// paragraphs, and a final `[v]` starts a merged cell.
pub(crate) fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| {
        let (span, text) = match text.strip_prefix('>').and_then(|t| t.split_once(' ')) {
            Some((count, rest)) => (format!("<w:gridSpan w:val=\"{count}\"/>"), rest),
            None => (String::new(), *text),
        };
        let (join, text) = match (text, text.strip_suffix("[v]")) {
            ("^", _) => ("<w:vMerge/>", ""),
            (_, Some(text)) => ("<w:vMerge w:val=\"restart\"/>", text),
            _ => ("", text),
        };
        let paragraphs: String = text.split('|').map(p).collect();
        format!("<w:tc><w:tcPr>{span}{join}</w:tcPr>{paragraphs}</w:tc>")
    };
    let row = |cells: &&[&str]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells.iter().map(cell).collect::<String>()
        )
    };
    format!(
        "<w:tbl>{}</w:tbl>",
        rows.iter().map(row).collect::<String>()
    )
}
