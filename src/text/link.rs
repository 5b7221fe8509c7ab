//! Addresses in text (佐证材料): web pages, mail and files, and nothing else.
//!
//! What a colleague typed must not make a terminal or a browser do anything but open an address, so
//! only these schemes count, and an address is printable ASCII or letters without any mark that could
//! end it early (RFC 3986 §2 leaves quotation marks, brackets and controls out anyway).

use std::{fmt::Write as _, ops::Range, path::Path};

/// The schemes that count, as they begin an address.
const SCHEMES: [&str; 4] = ["https://", "http://", "file://", "mailto:"];

/// The most bytes of an address.
const MOST: usize = 2083;

/// Precedes an address: in a cell behind its glyph, in a line before the text that shows it. Like the
/// marks of tones these are noncharacters, which are cleaned out of all text.
pub const ADDRESS: char = '\u{fde0}';
const SHOWN: char = '\u{fde1}';
const END: char = '\u{fde2}';

/// Returns where the addresses of a text are, in order.
pub fn links(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.char_indices() {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let begins_word = !text
            .get(..start)
            .is_some_and(|before| before.ends_with(is_word));
        let rest = text.get(start..).unwrap_or_default();
        let scheme = SCHEMES.iter().find(|scheme| {
            let head = rest.get(..scheme.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        });
        let Some(scheme) = scheme.filter(|_| begins_word) else {
            continue;
        };
        let end = rest.find(|c| !is_of_address(c)).unwrap_or(rest.len());
        let address = rest.get(..end).unwrap_or_default();
        let address = without_marks(address);
        if address.len() > scheme.len() && address.len() <= MOST {
            found.push(start..start + address.len());
        }
    }
    found
}

/// Returns an address without the marks of the sentence around it.
fn without_marks(mut address: &str) -> &str {
    let marks = ['.', ',', ';', ':', '!', '?', '*', '_', '~', '-'];
    loop {
        let before = address;
        address = address.trim_end_matches(marks);
        let count = |bracket| address.matches(bracket).count();
        if count(')') > count('(') {
            address = address.strip_suffix(')').unwrap_or(address);
        }
        if address == before {
            return address;
        }
    }
}

/// Returns whether a text is one address and nothing else.
pub fn is_link(text: &str) -> bool {
    links(text).first() == Some(&(0..text.len()))
}

/// Returns the parts of addresses that are on a line of a wrapped text, with the whole addresses in
/// ASCII, as terminals want them.
pub fn on_line<'t>(
    text: &'t str,
    links: &'t [Range<usize>],
    line: &Range<usize>,
) -> impl Iterator<Item = (Range<usize>, String)> + use<'t> {
    let line = line.clone();
    links.iter().filter_map(move |link| {
        let part = link.start.max(line.start)..link.end.min(line.end);
        let address = text.get(link.clone()).filter(|_| !part.is_empty())?;
        let mut ascii = String::new();
        for c in address.chars() {
            if c.is_ascii() {
                ascii.push(c);
            } else {
                push_encoded(&mut ascii, c);
            }
        }
        Some((part, ascii))
    })
}

/// Returns a line of a wrapped text, with its addresses marked for a printer that knows how to link.
pub fn set(text: &str, links: &[Range<usize>], line: Range<usize>) -> String {
    let (mut out, mut at) = (String::new(), line.start);
    for (part, address) in on_line(text, links, &line) {
        out += text.get(at..part.start).unwrap_or_default();
        let shown = text.get(part.clone()).unwrap_or_default();
        out.extend([
            &*format!("{ADDRESS}{address}{SHOWN}"),
            shown,
            &*END.to_string(),
        ]);
        at = part.end;
    }
    out + text.get(at..line.end).unwrap_or_default().trim_end()
}

/// Returns the parts of a line that was [`set`], each with its address or none.
pub fn parts(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split(END).flat_map(|said| {
        let (before, rest) = said.split_once(ADDRESS).unwrap_or((said, ""));
        [("", before), rest.split_once(SHOWN).unwrap_or_default()]
    })
}

/// Returns the address of a file; `None` if its path is not Unicode or is too long.
///
/// Marks are percent-encoded (RFC 3986 §2.1), so that the address ends where the path ends.
pub fn file_link(path: &Path) -> Option<String> {
    let path = path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
    let mut address = String::from("file://");
    if !path.starts_with('/') {
        address.push('/');
    }
    let last = path.chars().count().saturating_sub(1);
    for (nth, c) in path.chars().enumerate() {
        let inside = nth < last && matches!(c, '.' | '-' | '_' | '~' | ':');
        if c == '/' || inside || c.is_alphanumeric() && is_of_address(c) {
            address.push(c);
        } else {
            push_encoded(&mut address, c);
        }
    }
    Some(address).filter(|address| is_link(address))
}

fn push_encoded(out: &mut String, c: char) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// What an address may be made of: no blank, control or hidden character, nothing that markup or a
/// terminal's own sequences end with, and no Chinese mark, which ends the sentence around it.
fn is_of_address(c: char) -> bool {
    match c {
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\'' => false,
        '!'..='~' => true,
        c => c.is_alphanumeric() && !super::clean::is_hidden(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, file_link, is_link, links, parts, set};
    use proptest::prelude::*;
    use std::path::Path;

    fn found(text: &str) -> Vec<&str> {
        links(text)
            .into_iter()
            .filter_map(|range| text.get(range))
            .collect()
    }

    #[test]
    fn addresses_are_found_in_sentences() {
        for (text, expected) in [
            ("见 https://a.cn/b?c=d#e。", vec!["https://a.cn/b?c=d#e"]),
            ("（HTTP://a.cn/x）已发", vec!["HTTP://a.cn/x"]),
            ("(see http://a.cn/x(1)).", vec!["http://a.cn/x(1)"]),
            ("(http://a.cn/x)", vec!["http://a.cn/x"]),
            (
                "发 mailto:a@b.cn，附 file:///srv/纪要.docx",
                vec!["mailto:a@b.cn", "file:///srv/纪要.docx"],
            ),
            (
                "http://a.cn，http://b.cn",
                vec!["http://a.cn", "http://b.cn"],
            ),
            ("http:// https:// mailto:", vec![]),
            (
                "javascript:alert(1) data:text/html,x ftp://a.cn xhttp://a.cn",
                vec![],
            ),
            ("http://a.cn\u{1b}]8;;evil", vec!["http://a.cn"]),
            ("http://a.cn\\<b>", vec!["http://a.cn"]),
            ("http://a.cn\u{202e}gpj", vec!["http://a.cn"]),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
        assert!(is_link("https://a.cn") && !is_link("https://a.cn b") && !is_link(""));
        assert!(found(&format!("http://{}", "a".repeat(MOST))).is_empty());
    }

    #[test]
    fn marks_in_a_path_do_not_end_its_address() {
        for (path, expected) in [
            ("/srv/纪要.docx", "file:///srv/纪要.docx"),
            ("/srv/a b#1?.txt.", "file:///srv/a%20b%231%3F.txt%2E"),
            ("/纪要（定稿）", "file:///纪要%EF%BC%88定稿%EF%BC%89"),
            ("/100%", "file:///100%25"),
        ] {
            assert_eq!(file_link(Path::new(path)).unwrap(), expected);
        }
        assert_eq!(file_link(Path::new(&"/a".repeat(MOST))), None);
    }

    #[test]
    fn each_line_of_a_wrapped_address_links_to_all_of_it() {
        let text = "见 file:///纪要.docx。";
        let found = links(text);
        let line = |line| {
            let line = set(text, &found, line);
            let parts = parts(&line).filter(|(_, text)| !text.is_empty());
            let owned = |(address, text): (&str, &str)| (address.to_owned(), text.to_owned());
            parts.map(owned).collect::<Vec<_>>()
        };
        let to = |text: &str| {
            (
                "file:///%E7%BA%AA%E8%A6%81.docx".to_owned(),
                text.to_owned(),
            )
        };
        let plain = |text: &str| (String::new(), text.to_owned());
        assert_eq!(line(0..15), [plain("见 "), to("file:///纪")]);
        assert_eq!(line(15..text.len()), [to("要.docx"), plain("。")]);
        assert_eq!(line(0..4), [plain("见")]);
    }

    proptest! {
        #[test]
        fn the_address_of_any_file_is_one_link(path in "/[^\\x00]{1,24}") {
            prop_assert!(file_link(Path::new(&path)).is_some(), "{path:?}");
        }

        #[test]
        fn no_address_has_what_could_end_it_early(text in "(http://|mailto:|[a-c甲。<>\"'\\x1b\\x07 \\u{202e}]){0,24}") {
            for range in links(&text) {
                let address = text.get(range).unwrap();
                prop_assert!(is_link(address), "{address:?}");
                let bad = |c: char| c.is_control() || c.is_whitespace() || "\"'<>".contains(c);
                prop_assert!(!address.contains(bad), "{address:?}");
            }
        }
    }
}
