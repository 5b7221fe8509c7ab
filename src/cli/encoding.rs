//! What a file that is no UTF-8 text seems to be, so that the message can say what to do. May use:
//! nothing of ours.

/// Returns the message key for bytes that are not UTF-8.
pub(super) fn advice(bytes: &[u8]) -> &'static str {
    const OFFICE: [&[u8]; 3] = [b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0"];
    const UTF16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
    let begins = |signs: &[&[u8]]| signs.iter().any(|sign| bytes.starts_with(sign));
    if begins(&OFFICE) {
        "import.office"
    } else if begins(&UTF16) {
        "import.utf16"
    } else if is_gb18030(bytes) {
        "import.gb18030"
    } else {
        "import.not-utf8"
    }
}

/// Tells whether the bytes can be GB 18030-2022 text: ASCII without NUL, pairs, and fours.
fn is_gb18030(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [1..=0x7f, rest @ ..]
            | [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..]
            | [
                0x81..=0xfe,
                0x30..=0x39,
                0x81..=0xfe,
                0x30..=0x39,
                rest @ ..,
            ] => rest,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::advice;

    #[test]
    fn each_kind_of_file_has_its_advice() {
        for (bytes, key) in [
            // 口岸 in GBK, and with a four-byte character after it.
            (&b"\xbf\xda\xb0\xb6\r\n1. a"[..], "import.gb18030"),
            (b"\xbf\xda\x81\x30\x81\x30", "import.gb18030"),
            (b"\xff\xfe\xe3\x53", "import.utf16"),
            (b"\xfe\xff\x53\xe3", "import.utf16"),
            (b"PK\x03\x04\xff\xff", "import.office"),
            (b"%PDF-1.7\n\xe2\xe3", "import.office"),
            (b"\x7fELF\0\xff", "import.not-utf8"),
            (b"\xbf\xda\xb0", "import.not-utf8"),
        ] {
            assert_eq!(advice(bytes), key, "{bytes:x?}");
        }
    }
}
