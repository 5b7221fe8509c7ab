//! What is made visible, what is kept, and that nothing else gets through.

use super::*;
use proptest::prelude::*;

#[test]
fn commands_and_tricks_become_marks() {
    #[rustfmt::skip]
    let table = [
        ("红\u{1b}[31m色", "红<1B>[31m色"),
        ("\u{9b}2J\u{7f}\0\u{8}", "<9B>2J<7F><00><08>"),
        ("\u{1b}]0;标题\u{7}", "<1B>]0;标题<07>"),
        ("已\u{202e}成完", "已<U+202E>成完"),
        ("\u{2066}a\u{2069}\u{61c}\u{200e}\u{200f}", "<U+2066>a<U+2069><U+061C><U+200E><U+200F>"),
        ("张\u{200b}三\u{200d}李\u{200c}四", "张<U+200B>三<U+200D>李<U+200C>四"),
        ("\u{feff}天\u{ad}津\u{2060}", "<U+FEFF>天<U+00AD>津<U+2060>"),
        ("一\u{2028}二\u{2029}三\u{85}", "一<U+2028>二<U+2029>三<85>"),
        ("\u{e0041}\u{fff9}\u{e000}\u{ffff}", "<U+E0041><U+FFF9><U+E000><U+FFFF>"),
        ("a\u{fe0f}中\u{fe05}", "a<U+FE0F>中<U+FE05>"),
        ("\u{301}a", "<U+0301>a"),
        ("\t一\r\n二\r三\n", " 一\n二\n三\n"),
        ("\u{3164}\u{115f}", "<U+3164><U+115F>"),
    ];
    for (dirty, clean_text) in table {
        assert_eq!(clean(dirty), clean_text, "{dirty:?}");
    }
}

#[test]
fn what_scripts_and_emoji_need_stays() {
    for text in [
        "“药食同源”——①，20℃……\n第二行",
        "👨‍👩‍👧‍👦👩‍❤️‍💋‍👨🏳️‍🌈👍🏽🇨🇳1️⃣☎️©️",
        "می‌خواهم",
        "ශ්‍රී क्‍ष",
        "བོད་ལྗོངས ཧཱུྃ",
        "ئۇيغۇر قورغاس",
        "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ\u{180e}ᠡ",
        "葛\u{e0100}城",
        "ế ǖ é",
        "ｶﾞﾊﾟ ガ 한국어",
    ] {
        assert!(
            matches!(clean(text), Cow::Borrowed(_)),
            "{text}: {}",
            clean(text)
        );
    }
}

#[test]
fn stacked_marks_are_counted() {
    assert_eq!(
        clean(&("a".to_owned() + &"\u{301}".repeat(9) + "b")),
        "a\u{301}\u{301}\u{301}\u{301}<+5>b"
    );
    assert_eq!(
        clean(&("ก".to_owned() + &"\u{e49}".repeat(99))),
        "ก".to_owned() + &"\u{e49}".repeat(8) + "<+91>"
    );
    let chain = "👨\u{200d}".repeat(9) + "👨";
    assert_eq!(clean(&chain).matches("<U+200D>").count(), 2);
    let toned = "👨🏽\u{200d}".repeat(9) + "👨";
    assert_eq!(clean(&toned).matches("<U+200D>").count(), 2);
}

/// Pieces of attacks among ordinary text.
fn attack() -> impl Strategy<Value = String> {
    let tricks = [
        "\u{1b}",
        "\u{1b}[2J",
        "\u{9b}",
        "\u{90}",
        "\u{7}",
        "\u{202e}",
        "\u{200b}",
        "\u{200d}",
        "\u{200c}",
        "\u{fe0f}",
        "\u{301}",
        "\u{e49}",
        "\u{e0061}",
        "\u{180e}",
        "ᠮ",
        "👨",
        "क",
        "\u{94d}",
        "中",
        "a",
        "\r",
        "\n",
        "\t",
        "\u{feff}",
        "\u{2028}",
        "س",
        "\u{e000}",
        "\u{115f}",
        "1",
        "\u{20e3}",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(tricks.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|v| v.concat())
}

/// Characters that must never get through, by code point.
fn is_forbidden(c: char) -> bool {
    let c = u32::from(c);
    let ranges = [
        (0, 9),
        (0xb, 0x1f),
        (0x7f, 0x9f),
        (0xad, 0xad),
        (0x61c, 0x61c),
        (0x200b, 0x200b),
        (0x200e, 0x200f),
        (0x2028, 0x202e),
        (0x2060, 0x2069),
        (0xe000, 0xf8ff),
        (0xfdd0, 0xfdef),
        (0xfeff, 0xfeff),
        (0xfff9, 0xfffb),
        (0xfffe, 0xffff),
        (0xe0000, 0xe00ff),
        (0xf0000, 0x10_ffff),
    ];
    ranges.iter().any(|&(a, b)| (a..=b).contains(&c))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nothing_forbidden_comes_through(text in attack()) {
        let cleaned = clean(&text);
        prop_assert!(!cleaned.contains(is_forbidden), "{:?}", cleaned);
        let mut run = 0;
        for c in cleaned.chars() {
            run = if char_width(c) == 0 && c != '\n' { run + 1 } else { 0 };
            prop_assert!(run <= LOAD + 2, "{:?}", cleaned);
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in attack()) {
        let once = clean(&text).into_owned();
        prop_assert_eq!(&clean(&once), &once);
    }

    #[test]
    fn what_is_harmless_alone_stays_among_its_like(text in "[ -~一-龥，。“”…\n]{0,40}") {
        prop_assert!(matches!(clean(&text), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_put_into_cells_is_a_control(text in attack()) {
        use crate::text::{Policy, put};
        let mut buf = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 60, 1));
        for policy in Policy::ALL {
            put(&mut buf, 0, 0, 60, &text, ratatui::style::Style::new(), policy);
            for cell in buf.content() {
                prop_assert!(!cell.symbol().contains(char::is_control));
                let reordered = cell.symbol().contains(['\u{202e}', '\u{2066}', '\u{2028}']);
                prop_assert!(!reordered);
            }
        }
    }
}
