//! Which program wrote a file that is no text: by its first bytes and the parts that it has.

use memchr::memmem;

/// A file that is no plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// Word since 2007, WPS: what is read.
    Docx,
    /// Word until 2003, old WPS: a compound file.
    Doc,
    /// A Word file behind a password.
    Locked,
    /// A workbook.
    Xlsx,
    /// Slides.
    Pptx,
    /// `LibreOffice`.
    Odt,
    /// 版式文件.
    Ofd,
    /// Some other archive.
    Zip,
    /// A PDF.
    Pdf,
    /// Rich text.
    Rtf,
}

impl Office {
    /// Returns the message key that says what to do.
    pub(super) const fn key(self) -> &'static str {
        match self {
            // What is read has no such message; it would be an archive without its parts.
            Self::Docx | Self::Zip => "source.zip",
            Self::Doc => "source.doc",
            Self::Locked => "source.locked",
            Self::Xlsx => "source.xlsx",
            Self::Pptx => "source.pptx",
            Self::Odt => "source.odt",
            Self::Ofd => "source.ofd",
            Self::Pdf => "source.pdf",
            Self::Rtf => "source.rtf",
        }
    }
}

/// Tells what a file is that is no plain text.
pub(super) fn kind(bytes: &[u8]) -> Option<Office> {
    let has = |part: &[u8]| memmem::find(bytes, part).is_some();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        // The names of the parts stand in the file as they are.
        return Some(if has(b"word/document") {
            Office::Docx
        } else if has(b"xl/workbook") {
            Office::Xlsx
        } else if has(b"ppt/presentation") {
            Office::Pptx
        } else if has(b"opendocument") {
            Office::Odt
        } else if has(b"OFD.xml") {
            Office::Ofd
        } else if has(b"[Content_Types].xml") {
            // Its main part may have any name.
            Office::Docx
        } else {
            Office::Zip
        });
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let wide: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
        return Some(if has(&wide) {
            Office::Locked
        } else {
            Office::Doc
        });
    }
    if bytes.starts_with(b"%PDF") {
        return Some(Office::Pdf);
    }
    bytes.starts_with(b"{\\rtf").then_some(Office::Rtf)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (b"PK\x03\x04..a.txt", Some(Office::Zip)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", Some(Office::Doc)),
            (
                b"\xd0\xcf\x11\xe0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                Some(Office::Locked),
            ),
            (b"%PDF-1.7", Some(Office::Pdf)),
            (b"{\\rtf1", Some(Office::Rtf)),
            ("一、甲".as_bytes(), None),
            (b"", None),
        ] {
            assert_eq!(kind(bytes), expected, "{bytes:x?}");
        }
    }
}
