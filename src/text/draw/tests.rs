//! Frames as narrow and wide terminals show them.

use super::*;
use proptest::prelude::*;
use ratatui::style::Color;
use terminal::{Row, Screen, blank_row, overwrite};

mod terminal;

const WIDTH: u16 = 24;
const HEIGHT: u16 = 2;
/// Policies, each with the kind of terminal (wide or not) that it is right for.
const RIGHT: [(Policy, bool); 5] = [
    (Policy::Narrow, false),
    (Policy::Wide, true),
    (Policy::Roomy, false),
    (Policy::Safe, false),
    (Policy::Safe, true),
];

fn empty() -> Buffer {
    Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT))
}

fn put_at(buf: &mut Buffer, x: u16, text: &str, policy: Policy) -> usize {
    put(buf, x, 0, usize::MAX, text, Style::new(), policy)
}

/// Returns a row as shown, with a dot for each column that a glyph covers from the left.
fn shown(row: &Row) -> String {
    let dot = |s: &String| if s.is_empty() { ".".into() } else { s.clone() };
    row.iter().map(dot).collect()
}

fn on_screen(policy: Policy, wide: bool, text: &str) -> String {
    let mut buf = empty();
    put_at(&mut buf, 0, text, policy);
    let mut screen = Screen::new(wide, empty());
    screen.show(buf);
    shown(&screen.rows[0]).trim_end().to_owned()
}

#[test]
fn quotes_in_each_policy() {
    let text = "“药食同源”进口";
    assert_eq!(
        on_screen(Policy::Narrow, false, text),
        "“药.食.同.源.”进.口."
    );
    assert_eq!(
        on_screen(Policy::Wide, true, text),
        "“.药.食.同.源.”.进.口."
    );
    // A narrow terminal under the wide policy: the columns hold, with a gap after the quotes.
    assert_eq!(
        on_screen(Policy::Wide, false, text),
        "“ 药.食.同.源.” 进.口."
    );
    // A terminal that gives a quote one cell and draws it over two: it gets a blank of its own.
    assert_eq!(
        on_screen(Policy::Roomy, false, text),
        "“ 药.食.同.源.” 进.口."
    );
    for wide in [false, true] {
        assert_eq!(
            on_screen(Policy::Safe, wide, text),
            "＂.药.食.同.源.＂.进.口."
        );
    }
}

#[test]
fn safe_draws_a_twin_whole_or_not_at_all() {
    assert_eq!(
        on_screen(Policy::Safe, true, "⑩—…é│25℃"),
        "(10)--..e\u{301}|25度.C"
    );
    let mut buf = empty();
    assert_eq!(put(&mut buf, 0, 0, 3, "⑩", Style::new(), Policy::Safe), 0);
    assert_eq!(buf, empty());
}

#[test]
fn what_has_no_width_is_dropped() {
    let text = "a\u{1b}[31m\u{200b}b\u{202e}\u{9b}c\u{301}\n\u{301}d\u{2028}e";
    assert_eq!(on_screen(Policy::Narrow, false, text), "a[31mbc\u{301}d e");
}

#[test]
fn a_glyph_is_never_cut() {
    let mut buf = empty();
    assert_eq!(
        put(&mut buf, 0, 0, 3, "中文", Style::new(), Policy::Narrow),
        2
    );
    assert_eq!(put_at(&mut buf, WIDTH - 1, "中", Policy::Narrow), 0);
    assert_eq!(put_at(&mut buf, WIDTH - 1, "“", Policy::Wide), 0);
    assert_eq!(put_at(&mut buf, WIDTH, "a", Policy::Narrow), 0);
    assert_eq!(
        put(&mut buf, 0, HEIGHT, 9, "a", Style::new(), Policy::Narrow),
        0
    );
    assert_eq!(
        buf,
        Buffer::with_lines(["中", ""].map(|s| {
            let mut line = s.to_owned();
            line.push_str(&" ".repeat(24 - 2 * s.chars().count()));
            line
        }))
    );
}

#[test]
fn half_covered_glyphs_become_blanks_of_their_own_style() {
    let blue = Style::new().bg(Color::Blue);
    let mut buf = empty();
    put(&mut buf, 0, 0, 9, "中文字", blue, Policy::Wide);
    put(&mut buf, 1, 0, 9, "ab", Style::new(), Policy::Wide);
    let symbols: String = (0..6).map(|x| buf[(x, 0)].symbol()).collect();
    assert_eq!(symbols, " ab 字 ");
    assert!((0..5).all(|x| buf[(x, 0)].bg == Color::Blue));
}

#[test]
fn fill_blanks_what_straddles_its_edges() {
    let mut buf = empty();
    put_at(&mut buf, 0, "“一”“二”“三”", Policy::Wide);
    fill(&mut buf, Rect::new(3, 0, 6, 9), Style::new().bg(Color::Red));
    let mut screen = Screen::new(true, empty());
    screen.show(buf.clone());
    assert_eq!(shown(&screen.rows[0]).trim_end(), "“.        ”.“.三.”.");
    let red: Vec<u16> = (0..WIDTH)
        .filter(|&x| buf[(x, 1)].bg == Color::Red)
        .collect();
    assert_eq!(red, [3, 4, 5, 6, 7, 8]);
}

#[test]
fn a_change_of_policy_redraws_what_changes_its_width() {
    let mut screen = Screen::new(true, empty());
    for (policy, right) in [
        (Policy::Narrow, false),
        (Policy::Wide, true),
        (Policy::Safe, true),
    ] {
        let mut buf = empty();
        put_at(&mut buf, 0, "“一”二", policy);
        screen.show(buf);
        let whole = shown(&screen.rows[0]).trim_end() == "“.一.”.二.";
        assert_eq!(whole, right && policy == Policy::Wide, "{policy:?}");
    }
    assert_eq!(shown(&screen.rows[0]).trim_end(), "＂.一.＂.二.");
}

#[test]
fn an_emoji_with_a_selector_is_not_followed_by_a_blank_of_its_own() {
    let mut screen = Screen::new(false, empty());
    let mut buf = empty();
    put_at(&mut buf, 0, "ab", Policy::Narrow);
    screen.show(buf);
    let mut buf = empty();
    put_at(&mut buf, 0, "❤\u{fe0f}c", Policy::Narrow);
    let drawn: Vec<_> = screen_diff(&buf)
        .iter()
        .map(|(x, s)| format!("{x}{s}"))
        .collect();
    assert_eq!(drawn, ["0❤\u{fe0f}", "2c"]);
}

#[test]
fn an_emoji_sequence_never_runs_over_the_end_of_the_row() {
    for family in ["👨‍👩‍👧", "👍🏽", "👩‍❤️‍💋‍👨"] {
        for x in WIDTH - 9..WIDTH {
            let mut buf = empty();
            let used = put_at(&mut buf, x, family, Policy::Narrow);
            assert_eq!(used, if x + 2 > WIDTH { 0 } else { 2 });
            // This terminal knows no sequences, and fails if one does not fit.
            Screen::new(false, empty()).show(buf);
        }
    }
}

fn screen_diff(buf: &Buffer) -> Vec<(u16, String)> {
    let mut before = empty();
    put_at(&mut before, 0, "ab", Policy::Narrow);
    before
        .diff_iter(buf)
        .map(|(x, _, c)| (x, c.symbol().to_owned()))
        .collect()
}

/// A call: position, column limit and text; or a fill.
#[derive(Debug, Clone)]
enum Call {
    Put(u16, usize, String),
    Fill(u16, u16),
}

fn call() -> impl Strategy<Value = Call> {
    let text = proptest::collection::vec(
        proptest::sample::select(
            &[
                "“", "”", "中", "，", "a", "①", "—", "é", "─", "\u{301}", "\u{1b}", " ", "Ж",
            ][..],
        ),
        0..12,
    );
    prop_oneof![
        4 => (0..WIDTH + 2, 0..30usize, text).prop_map(|(x, max, t)| Call::Put(x, max, t.concat())),
        1 => (0..WIDTH + 2, 0..9u16).prop_map(|(x, w)| Call::Fill(x, w)),
    ]
}

/// Applies a call to a row, glyph by glyph.
fn model(row: &mut Row, call: &Call, policy: Policy) {
    match call {
        Call::Put(x, max, text) => {
            let mut at = usize::from(*x);
            let end = row.len().min(at + max);
            for (_, grapheme, width) in policy.graphemes(text) {
                if at + width > end {
                    break;
                }
                for part in policy.drawn(grapheme).chars().filter(|_| width > 0) {
                    if part == '\u{301}' {
                        let head = (0..at).rev().find(|&i| !row[i].is_empty()).unwrap();
                        row[head].push(part);
                        continue;
                    }
                    let mut wide = policy.width(part.encode_utf8(&mut [0; 4]));
                    if matches!(policy, Policy::Safe | Policy::Roomy) {
                        wide = Policy::Narrow.width(part.encode_utf8(&mut [0; 4]));
                    }
                    overwrite(row, at, part.encode_utf8(&mut [0; 4]), wide);
                    at += wide;
                }
                if policy == Policy::Roomy && Policy::Narrow.width(grapheme) < width {
                    overwrite(row, at, " ", 1);
                    at += 1;
                }
            }
        }
        Call::Fill(x, w) => {
            for at in usize::from(*x)..usize::from(x + w).min(row.len()) {
                overwrite(row, at, " ", 1);
            }
        }
    }
}

proptest! {
    #[test]
    fn every_frame_is_right(
        frames in proptest::collection::vec(proptest::collection::vec(call(), 0..6), 1..5),
        (policy, wide) in proptest::sample::select(&RIGHT[..]),
    ) {
        let mut screen = Screen::new(wide, empty());
        for calls in &frames {
            let mut buf = empty();
            let mut row = blank_row(usize::from(WIDTH));
            for call in calls {
                match call {
                    Call::Put(x, max, text) => {
                        put(&mut buf, *x, 0, *max, text, Style::new(), policy);
                    }
                    Call::Fill(x, w) => fill(&mut buf, Rect::new(*x, 0, *w, 1), Style::new()),
                }
                model(&mut row, call, policy);
            }
            screen.show(buf);
            prop_assert_eq!(shown(&screen.rows[0]), shown(&row));
        }
    }
}
