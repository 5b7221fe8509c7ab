//! Which program wrote a file that is not plain text: by its first bytes and its parts, and by its
//! name if those only give the family.

use memchr::memmem;
use std::path::Path;

/// A file that is not plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Office {
    /// Word since 2007, WPS.
    Docx,
    /// A workbook.
    Xlsx,
    /// Not readable; the message key says what to do.
    Other(&'static str),
}

const ZIP: Office = Office::Other("source.zip");
/// Word until 2003, old WPS: a compound file.
const DOC: Office = Office::Other("source.doc");
/// Excel until 2003, old WPS tables: a compound file.
const XLS: Office = Office::Other("source.xls");
/// An encrypted Office file.
const LOCKED: Office = Office::Other("source.locked");
const PPTX: Office = Office::Other("source.pptx");
const ODT: Office = Office::Other("source.odt");
const ODS: Office = Office::Other("source.ods");
/// 版式文件.
const OFD: Office = Office::Other("source.ofd");
const PDF: Office = Office::Other("source.pdf");
const RTF: Office = Office::Other("source.rtf");
/// An outline, as exported by mind maps and outliners.
const OPML: Office = Office::Other("source.opml");

/// Bytes of an XML file searched for the program it belongs to.
const HEAD: usize = 2000;

/// Size and alignment of an entry of a compound file.
const ENTRY: usize = 128;

/// Returns the type of a file that is not plain text.
pub(super) fn kind(bytes: &[u8], name: &str) -> Option<Office> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(archive(bytes));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(compound(bytes, name));
    }
    if bytes.starts_with(b"%PDF") {
        return Some(PDF);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some(RTF);
    }
    xml(bytes)
}

fn archive(bytes: &[u8]) -> Office {
    // Names of parts are stored uncompressed.
    let parts: [(&[u8], Office); 8] = [
        (b"word/document", Office::Docx),
        (b"xl/workbook", Office::Xlsx),
        (b"ppt/presentation", PPTX),
        (b"opendocument.presentation", PPTX),
        (b"opendocument.spreadsheet", ODS),
        (b"opendocument", ODT),
        (b"OFD.xml", OFD),
        // Its main part may have any name.
        (b"[Content_Types].xml", Office::Docx),
    ];
    first(bytes, &parts).unwrap_or(ZIP)
}

/// Returns the type of the first mark that the bytes contain.
fn first(bytes: &[u8], marks: &[(&[u8], Office)]) -> Option<Office> {
    let has = |(mark, _): &&(&[u8], Office)| memmem::find(bytes, mark).is_some();
    marks.iter().find(has).map(|(_, kind)| *kind)
}

/// Returns the type of a compound file. Such files can contain each other, so the name counts
/// before the streams.
fn compound(bytes: &[u8], name: &str) -> Office {
    let has = |stream: &str| {
        let wide: Vec<u8> = format!("{stream}\0")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        bytes.chunks(ENTRY).any(|entry| entry.starts_with(&wide))
    };
    if has("EncryptedPackage") {
        return LOCKED;
    }
    let ending = Path::new(name).extension().unwrap_or_default();
    let is = |known: &[&str]| known.iter().any(|k| ending.eq_ignore_ascii_case(k));
    if is(&["xls", "et", "xlt", "ett"]) {
        XLS
    } else if is(&["ppt", "dps", "pps"]) {
        PPTX
    } else if is(&["doc", "wps", "dot", "wpt"]) || has("WordDocument") {
        DOC
    } else if has("Workbook") || has("Book") {
        XLS
    } else if has("PowerPoint Document") {
        PPTX
    } else {
        DOC
    }
}

/// Returns the type of an XML file that an office program wrote in one piece.
fn xml(bytes: &[u8]) -> Option<Office> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    let head = text.get(..HEAD).unwrap_or(text);
    let marks: [(&[u8], Office); 5] = [
        (b"<opml", OPML),
        (b"Word.Document", DOC),
        (b"Excel.Sheet", XLS),
        (b"opendocument.spreadsheet", ODS),
        (b"opendocument.text", ODT),
    ];
    let is_xml = head.starts_with(b"<?xml") || head.starts_with(b"<opml");
    first(head, &marks).filter(|_| is_xml)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a compound file with these entries.
    fn compound_of(streams: &[&str]) -> Vec<u8> {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(4 * ENTRY, 0);
        for (nth, stream) in (5..).zip(streams) {
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            bytes.resize(nth * ENTRY, 0);
        }
        bytes
    }

    #[test]
    fn each_kind_of_file_is_known_by_its_bytes() {
        for (bytes, expected) in [
            (&b"PK\x03\x04..word/document.xml"[..], Some(Office::Docx)),
            (b"PK\x03\x04..xl/workbook.xml", Some(Office::Xlsx)),
            (b"PK\x03\x04..ppt/presentation.xml", Some(PPTX)),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text",
                Some(ODT),
            ),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                Some(ODS),
            ),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.presentation",
                Some(PPTX),
            ),
            (b"PK\x03\x04..OFD.xml", Some(OFD)),
            (b"PK\x03\x04..a.txt", Some(ZIP)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Some(DOC)),
            (b"%PDF-1.7", Some(PDF)),
            (b"{\\rtf1", Some(RTF)),
            (b"\xef\xbb\xbf<?xml?>\n<opml version=\"2.0\">", Some(OPML)),
            (b"<opml>", Some(OPML)),
            (
                b"<?xml?><?mso-application progid=\"Excel.Sheet\"?><Workbook><Table>",
                Some(XLS),
            ),
            (
                b"<?xml?><?mso-application progid=\"Word.Document\"?>",
                Some(DOC),
            ),
            (
                b"<?xml?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">",
                Some(ODT),
            ),
            (b"<?xml?><html>", None),
            ("一、OPML <opml>".as_bytes(), None),
            (b"", None),
        ] {
            assert_eq!(kind(bytes, ""), expected, "{bytes:x?}");
        }
    }

    #[test]
    fn a_compound_file_is_known_by_its_name_then_its_streams() {
        for (name, streams, expected) in [
            ("", &["Root Entry", "Workbook"][..], XLS),
            ("-", &["Root Entry", "Book"], XLS),
            ("a.ET", &["Root Entry"], XLS),
            // A table within a text, and a text within a table.
            ("", &["WordDocument", "Workbook"], DOC),
            ("a.xls", &["WordDocument", "Workbook"], XLS),
            ("b.wps", &["Root Entry"], DOC),
            ("", &["PowerPoint Document"], PPTX),
            ("a.xls", &["EncryptedPackage"], LOCKED),
            // A text that mentions it is not one.
            ("", &["Root Entry", "The Workbook"], DOC),
        ] {
            let found = kind(&compound_of(streams), name);
            assert_eq!(found, Some(expected), "{name} {streams:?}");
        }
    }
}
