//! Tests of the encodings.

use super::*;
use proptest::prelude::*;

const TEXT: &str = "某市若干措施\r\n一、优化流程\r\n1.推行一网通办。（责任单位：市商务局）\r\n";

fn wide(text: &str, encode: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(encode).collect()
}

fn gbk(text: &str) -> Vec<u8> {
    let (bytes, _, unmapped) = GB18030.encode(text);
    assert!(!unmapped);
    bytes.into_owned()
}

fn read(bytes: &[u8], asked: Option<&str>) -> Result<SourceText, SourceError> {
    decode(bytes.to_vec(), asked.and_then(NamedEncoding::from_name))
}

fn text(bytes: &[u8], asked: Option<&str>) -> (String, String) {
    let source = read(bytes, asked).unwrap_or_else(|e| panic!("{e:?}"));
    let said = source.notes.first().map(|n| n.said.clone());
    (source.text, said.unwrap_or_default())
}

#[test]
fn each_encoding_is_detected_and_reported() {
    for (bytes, said) in [
        (TEXT.as_bytes().to_vec(), ""),
        (format!("\u{feff}{TEXT}").into_bytes(), ""),
        (gbk(TEXT), "gb18030"),
        (wide(TEXT, u16::to_le_bytes), "UTF-16LE"),
        (wide(TEXT, u16::to_be_bytes), "UTF-16BE"),
        (
            wide(&format!("\u{feff}{TEXT}"), u16::to_le_bytes),
            "UTF-16LE",
        ),
        (
            wide(&format!("\u{feff}{TEXT}"), u16::to_be_bytes),
            "UTF-16BE",
        ),
    ] {
        assert_eq!(text(&bytes, None), (TEXT.to_owned(), said.to_owned()));
    }
}

#[test]
fn short_texts_are_detected_too() {
    for short in [
        "口岸",
        "一、甲",
        "甲\n乙",
        "1.做好甲（市商务局负责）",
        "€",
        "- [ ] 买菜",
    ] {
        assert_eq!(text(short.as_bytes(), None).0, short);
        if short != "€" {
            assert_eq!(text(&gbk(short), None).0, short);
        }
        assert_eq!(text(&gbk(short), Some("gbk")).0, short);
    }
    // Without a byte order mark, UTF-16 needs a line end, a stop or a letter to be recognised.
    for short in ["一、甲", "甲\n乙", "甲乙，丙。", "- [ ] a"] {
        assert_eq!(text(&wide(short, u16::to_le_bytes), None).0, short);
        assert_eq!(text(&wide(short, u16::to_be_bytes), None).0, short);
    }
    assert_eq!(text(b"", None).0, "");
    assert_eq!(text(b"plain", None).0, "plain");
}

#[test]
fn characters_beyond_gb2312_are_read() {
    // A four-byte character, and one that only GBK has.
    let rare = "市𠮷局、喆口岸：推进工作落实到位";
    assert_eq!(text(&gbk(rare), None).0, rare);
}

fn at(key: &'static str, encoding: &str, line: usize) -> SourceError {
    let error = SourceError::new(key).with("encoding", encoding);
    error.with("line", line)
}

#[test]
fn a_cut_file_is_reported_with_its_line() {
    let cut = |encoding, line| at("source.cut", encoding, line);
    let short = |bytes: &[u8], by: usize| read(&bytes[..bytes.len() - by], None);
    let body = TEXT.trim_end();
    assert_eq!(short(body.as_bytes(), 1), Err(cut("UTF-8", 3)));
    assert_eq!(short(body.as_bytes(), 2), Err(cut("UTF-8", 3)));
    assert_eq!(short(&gbk(body), 1), Err(cut("gb18030", 3)));
    assert_eq!(
        short(&wide(body, u16::to_le_bytes), 1),
        Err(cut("UTF-16LE", 3))
    );
    assert_eq!(
        short(&wide("\u{feff}甲乙", u16::to_be_bytes), 1),
        Err(cut("UTF-16BE", 1))
    );
    assert_eq!(short(&gbk("口岸"), 1), Err(cut("gb18030", 1)));
}

#[test]
fn a_broken_file_is_reported_with_its_line() {
    let mut utf8 = TEXT.as_bytes().to_vec();
    utf8[30] = 0xff;
    let broken = |encoding, line| Err(at("source.broken-encoding", encoding, line));
    assert_eq!(read(&utf8, None), broken("UTF-8", 2));
    let mut gb = gbk(TEXT);
    let at = gb.len() - 8;
    gb[at] = 0xff;
    assert_eq!(read(&gb, None), broken("gb18030", 3));
    let mut half = wide(TEXT, u16::to_le_bytes);
    half[17] = 0xd8;
    assert_eq!(read(&half, None), broken("UTF-16LE", 2));
}

#[test]
fn bytes_that_are_not_text_in_a_known_encoding_are_refused() {
    let (big5, ..) =
        encoding_rs::BIG5.encode("推動跨境貿易便利化專項行動措施，責任單位：市商務局。");
    let (sjis, ..) = encoding_rs::SHIFT_JIS.encode("貿易の円滑化に関する行動計画を推進します。");
    for bytes in [
        &b"\x7fELF\x02\xff\xfe\x00\x01"[..],
        b"caf\xe9 au lait",
        b"\xff",
        &big5,
        &sjis,
    ] {
        let unknown = SourceError::new("source.unknown-encoding");
        assert_eq!(read(bytes, None), Err(unknown), "{bytes:x?}");
    }
    assert_eq!(
        read(b"\xff\xfe\0\0a\0\0\0", None),
        Err(SourceError::new("source.utf32"))
    );
    assert_eq!(text(&big5, Some("big5")).1, "Big5");
    assert_eq!(text(b"caf\xe9", Some("latin1")).0, "café");
}

#[test]
fn a_wrong_encoding_is_refused_and_the_right_one_named() {
    let le = wide(TEXT, u16::to_le_bytes);
    for (bytes, asked, seems) in [
        (TEXT.as_bytes(), "gbk", "UTF-8"),
        (TEXT.as_bytes(), "big5", "UTF-8"),
        (TEXT.as_bytes(), "utf-16", "UTF-8"),
        (TEXT.as_bytes(), "latin1", "UTF-8"),
        (b"- [ ] milk", "utf-16le", "UTF-8"),
        (&gbk(TEXT), "utf-8", "gb18030"),
        (&le, "utf-16be", "UTF-16LE"),
        (&le, "gbk", "UTF-16LE"),
        (&le, "utf-8", "UTF-16LE"),
    ] {
        let error = read(bytes, Some(asked)).expect_err(asked);
        assert_eq!(error.key, "source.differs", "{asked}");
        let named = ("seems", seems.to_owned());
        assert_eq!(error.values.last(), Some(&named), "{asked}");
    }
    for (bytes, asked) in [
        (&le[..], "utf-16"),
        (&le, "UTF-16LE"),
        (&gbk(TEXT), "GB2312"),
        (&gbk(TEXT), "cp936"),
    ] {
        assert_eq!(text(bytes, Some(asked)).0, TEXT, "{asked}");
    }
    for name in ["", "utf-7", "replacement", "iso-2022-cn", "x"] {
        assert_eq!(NamedEncoding::from_name(name), None, "{name}");
    }
}

proptest! {

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _ = read(&bytes, None);
        for name in ["utf-8", "gbk", "utf-16", "utf-16be", "big5"] {
            let _ = read(&bytes, Some(name));
        }
    }

    #[test]
    fn chinese_text_is_detected_in_every_encoding(
        lines in proptest::collection::vec("[一二三四推进工作责任单位市商务局、，。（）：0-9]{4,40}", 2..6)
    ) {
        let body = lines.join("\n");
        prop_assert_eq!(&text(body.as_bytes(), None).0, &body);
        prop_assert_eq!(&text(&gbk(&body), None).0, &body);
        prop_assert_eq!(&text(&wide(&body, u16::to_le_bytes), None).0, &body);
        prop_assert_eq!(&text(&wide(&body, u16::to_be_bytes), None).0, &body);
    }
}
