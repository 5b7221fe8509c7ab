//! Which program wrote a file that is not plain text: by its first bytes and its parts, and by its
//! name if those only give the family.

use memchr::memmem;
use std::path::Path;

/// A file that is not plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// Word since 2007, WPS; readable.
    Docx,
    /// Word until 2003, old WPS: a compound file.
    Doc,
    /// Excel until 2003, old WPS tables: a compound file.
    Xls,
    /// An encrypted Office file.
    Locked,
    /// A workbook; readable.
    Xlsx,
    /// Slides.
    Pptx,
    /// A `LibreOffice` text document.
    Odt,
    /// A `LibreOffice` workbook.
    Ods,
    /// 版式文件.
    Ofd,
    /// Some other archive.
    Zip,
    /// A PDF.
    Pdf,
    /// Rich text.
    Rtf,
    /// An outline, as exported by mind maps and outliners.
    Opml,
}

impl Office {
    /// Returns the message key that says what to do.
    pub(super) const fn key(self) -> &'static str {
        match self {
            // Readable types have no such message; without their parts they would be plain
            // archives.
            Self::Docx | Self::Xlsx | Self::Zip => "source.zip",
            Self::Doc => "source.doc",
            Self::Xls => "source.xls",
            Self::Locked => "source.locked",
            Self::Pptx => "source.pptx",
            Self::Odt => "source.odt",
            Self::Ods => "source.ods",
            Self::Ofd => "source.ofd",
            Self::Pdf => "source.pdf",
            Self::Rtf => "source.rtf",
            Self::Opml => "source.opml",
        }
    }
}

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
        return Some(Office::Pdf);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Some(Office::Rtf);
    }
    xml(bytes)
}

fn archive(bytes: &[u8]) -> Office {
    let has = |part: &[u8]| memmem::find(bytes, part).is_some();
    // Names of parts are stored uncompressed.
    if has(b"word/document") {
        Office::Docx
    } else if has(b"xl/workbook") {
        Office::Xlsx
    } else if has(b"ppt/presentation") || has(b"opendocument.presentation") {
        Office::Pptx
    } else if has(b"opendocument.spreadsheet") {
        Office::Ods
    } else if has(b"opendocument") {
        Office::Odt
    } else if has(b"OFD.xml") {
        Office::Ofd
    } else if has(b"[Content_Types].xml") {
        // Its main part may have any name.
        Office::Docx
    } else {
        Office::Zip
    }
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
        return Office::Locked;
    }
    let ending = Path::new(name).extension().unwrap_or_default();
    let is = |known: &[&str]| known.iter().any(|k| ending.eq_ignore_ascii_case(k));
    if is(&["xls", "et", "xlt", "ett"]) {
        Office::Xls
    } else if is(&["ppt", "dps", "pps"]) {
        Office::Pptx
    } else if is(&["doc", "wps", "dot", "wpt"]) || has("WordDocument") {
        Office::Doc
    } else if has("Workbook") || has("Book") {
        Office::Xls
    } else if has("PowerPoint Document") {
        Office::Pptx
    } else {
        Office::Doc
    }
}

/// Returns the type of an XML file that an office program wrote in one piece.
fn xml(bytes: &[u8]) -> Option<Office> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    let head = text.get(..HEAD).unwrap_or(text);
    let has = |mark: &[u8]| memmem::find(head, mark).is_some();
    if !head.starts_with(b"<?xml") && !head.starts_with(b"<opml") {
        None
    } else if has(b"<opml") {
        Some(Office::Opml)
    } else if has(b"Word.Document") {
        Some(Office::Doc)
    } else if has(b"Excel.Sheet") {
        Some(Office::Xls)
    } else if has(b"opendocument.spreadsheet") {
        Some(Office::Ods)
    } else if has(b"opendocument.text") {
        Some(Office::Odt)
    } else {
        None
    }
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
            (b"PK\x03\x04..ppt/presentation.xml", Some(Office::Pptx)),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text",
                Some(Office::Odt),
            ),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                Some(Office::Ods),
            ),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.presentation",
                Some(Office::Pptx),
            ),
            (b"PK\x03\x04..OFD.xml", Some(Office::Ofd)),
            (b"PK\x03\x04..a.txt", Some(Office::Zip)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Some(Office::Doc)),
            (b"%PDF-1.7", Some(Office::Pdf)),
            (b"{\\rtf1", Some(Office::Rtf)),
            (b"\xef\xbb\xbf<?xml?>\n<opml version=\"2.0\">", Some(Office::Opml)),
            (b"<opml>", Some(Office::Opml)),
            (
                b"<?xml?><?mso-application progid=\"Excel.Sheet\"?><Workbook><Table>",
                Some(Office::Xls),
            ),
            (
                b"<?xml?><?mso-application progid=\"Word.Document\"?>",
                Some(Office::Doc),
            ),
            (
                b"<?xml?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">",
                Some(Office::Odt),
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
            ("", &["Root Entry", "Workbook"][..], Office::Xls),
            ("-", &["Root Entry", "Book"], Office::Xls),
            ("a.ET", &["Root Entry"], Office::Xls),
            // A table within a text, and a text within a table.
            ("", &["WordDocument", "Workbook"], Office::Doc),
            ("a.xls", &["WordDocument", "Workbook"], Office::Xls),
            ("b.wps", &["Root Entry"], Office::Doc),
            ("", &["PowerPoint Document"], Office::Pptx),
            ("a.xls", &["EncryptedPackage"], Office::Locked),
            // A text that mentions it is not one.
            ("", &["Root Entry", "The Workbook"], Office::Doc),
        ] {
            let found = kind(&compound_of(streams), name);
            assert_eq!(found, Some(expected), "{name} {streams:?}");
        }
    }
}
