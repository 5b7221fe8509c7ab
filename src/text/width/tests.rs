//! Widths compared with ratatui's buffer, a table of hard cases, and the shortcut against
//! segmentation.

use super::*;
use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

const SEED: &str = include_str!("../../../seeds/tianjin-2025.txt");

/// The column that ratatui's buffer reaches.
fn reached(text: &str) -> usize {
    let mut buf = Buffer::empty(Rect::new(0, 0, 4000, 1));
    usize::from(buf.set_stringn(0, 0, text, usize::MAX, Style::new()).0)
}

#[test]
fn narrow_is_what_the_buffer_reaches_on_every_line_of_the_source() {
    for line in SEED.lines() {
        assert_eq!(Policy::Narrow.width(line), reached(line), "{line}");
    }
}

/// A text with its width narrow, wide and safe.
#[rustfmt::skip]
const HARD: &[(&str, usize, usize, usize)] = &[
    ("", 0, 0, 0),
    ("AEO 9610", 8, 8, 8),
    ("“药食同源”", 10, 12, 12),
    ("‘一’", 4, 6, 6),
    ("——", 2, 4, 4),
    ("……", 2, 4, 4),
    ("霍尔果斯·口岸", 13, 14, 14),
    ("①⑳", 2, 4, 7),
    ("25℃", 3, 4, 5),
    ("─│┌█", 4, 8, 4),
    ("●★→×", 4, 8, 5),
    ("（《，。、》）", 14, 14, 14),
    ("☑✓▸▾", 4, 4, 4),
    ("👨‍👩‍👧", 2, 2, 2),
    ("👍🏽", 2, 2, 2),
    ("🇨🇳", 2, 2, 2),
    ("1️⃣", 2, 2, 1),
    ("❤️", 2, 2, 1),
    ("☎️", 2, 2, 2),
    ("☎\u{fe0e}", 1, 2, 2),
    ("⌚\u{fe0e}", 1, 1, 2),
    ("ｶﾞﾊﾟ", 4, 4, 4),
    ("ガ", 2, 2, 2),
    ("e\u{301}", 1, 1, 1),
    ("é", 1, 2, 1),
    ("lǜ ǎ", 4, 6, 4),
    ("αβγ", 3, 6, 3),
    ("Эрээн", 5, 10, 5),
    ("\u{200b}\u{200d}\u{feff}\u{2060}\u{ad}", 0, 0, 0),
    ("\u{301}", 0, 0, 0),
    ("a\u{1b}b\u{7f}\u{9b}c\t\n\r\n", 3, 3, 3),
    ("\u{202e}\u{2066}\u{200f}", 0, 0, 0),
    ("\u{e000}\u{f8ff}", 2, 4, 4),
    ("བོད་ལྗོངས།", 7, 7, 7),
    ("قورغاس", 6, 6, 6),
    ("ئۇيغۇر", 6, 6, 6),
    ("\u{fffd}", 1, 2, 1),
    ("한국어", 6, 6, 6),
    ("각", 2, 2, 2),
    ("𠮷", 2, 2, 2),
];

#[test]
fn hard_cases() {
    for &(text, narrow, wide, safe) in HARD {
        let widths = Policy::ALL.map(|p| p.width(text));
        assert_eq!(widths, [narrow, wide, wide, safe], "{text:?}");
        assert_eq!(narrow, reached(text), "{text:?} in the buffer");
    }
}

fn segmented(policy: Policy, text: &str) -> Vec<(usize, &str, usize)> {
    text.grapheme_indices(true)
        .map(|(at, g)| (at, g, policy.of_grapheme(g)))
        .collect()
}

#[test]
fn every_character_of_the_short_way_is_as_wide_as_by_the_long_one() {
    for c in (0..=0x1_1000)
        .filter_map(char::from_u32)
        .filter(|&c| plain(c).is_some())
    {
        let text = format!("{c}a{c}{c}");
        for policy in Policy::ALL {
            let short: Vec<_> = policy.graphemes(&text).collect();
            assert_eq!(short, segmented(policy, &text), "{c:?} {policy:?}");
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    let hard = proptest::sample::select(HARD).prop_map(|h| h.0.to_owned());
    let joiner = proptest::sample::select(
        &[
            "\u{200d}",
            "\u{fe0f}",
            "\u{301}",
            "\u{600}",
            "\u{1f1e8}",
            "\u{94d}",
            "क",
            "\r",
            "。",
        ][..],
    )
    .prop_map(str::to_owned);
    prop_oneof![
        hard,
        joiner,
        "[ -~一-龥，。“”]{1,6}",
        any::<char>().prop_map(String::from)
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..12).prop_map(|v| v.concat())
}

proptest! {
    #[test]
    fn the_short_way_gives_what_segmentation_gives(text in text()) {
        for policy in Policy::ALL {
            let short: Vec<_> = policy.graphemes(&text).collect();
            prop_assert_eq!(&short, &segmented(policy, &text));
            let sum: usize = short.iter().map(|&(_, _, w)| w).sum();
            prop_assert_eq!(policy.width(&text), sum);
        }
    }

    #[test]
    fn what_fits_is_what_the_graphemes_fill(text in text(), room in 0..40usize) {
        for policy in Policy::ALL {
            let (mut end, mut used) = (0, 0);
            for (at, grapheme, width) in segmented(policy, &text) {
                if used + width > room {
                    break;
                }
                (end, used) = (at + grapheme.len(), used + width);
            }
            prop_assert_eq!(policy.fit(&text, room), (text.get(..end).unwrap_or_default(), used));
            let all: usize = segmented(policy, &text).iter().map(|(_, _, w)| w).sum();
            prop_assert_eq!(policy.width(&text), all);
        }
    }

    #[test]
    fn narrow_is_what_the_buffer_reaches(text in text()) {
        prop_assert_eq!(Policy::Narrow.width(&text), reached(&text));
    }

    #[test]
    fn nothing_drawn_under_safe_is_ambiguous(text in text()) {
        for (_, grapheme, width) in Policy::Safe.graphemes(&text) {
            let drawn = Policy::Safe.drawn(grapheme);
            prop_assert!(!drawn.contains(is_ambiguous), "{:?} as {:?}", grapheme, drawn);
            prop_assert_eq!(Policy::Wide.width(&drawn), width);
            prop_assert_eq!(Policy::Narrow.width(&drawn), width);
        }
    }
}

#[test]
fn letters_and_signs_are_ambiguous_and_marks_are_not() {
    for c in "αЖāǎàü“—…①─█●→×\u{e000}".chars() {
        assert!(is_ambiguous(c), "{c}");
    }
    for c in "☐☑☒✓✔✗▸▾a中，・＂〓\u{301}\u{ad}\u{fe0f}".chars() {
        assert!(!is_ambiguous(c), "{c}");
    }
}
