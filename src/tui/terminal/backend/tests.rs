//! Any screen can be turned into any other, with few bytes.

use super::*;
use crate::text::{Policy, link::ADDRESS, link_cells, put};
use proptest::prelude::*;
use ratatui::{buffer::CellWidth as _, style::Style};
use std::num::NonZero;

const SIZE: (u16, u16) = (24, 4);

/// A text on the screen: column, row, text, style.
type Put = (u16, u16, String, u8);

fn style(number: u8) -> Style {
    match number {
        0 => Style::new(),
        1 => Style::new().fg(Color::Red),
        2 => Style::new().add_modifier(Modifier::REVERSED),
        3 => Style::new().add_modifier(Modifier::BOLD),
        4 => Style::new().bg(Color::Blue),
        _ => Style::new()
            .fg(Color::DarkGray)
            .add_modifier(Modifier::UNDERLINED),
    }
}

fn frame(puts: &[Put]) -> Buffer {
    let mut buffer = blank(SIZE);
    for (x, y, text, number) in puts {
        let used = put(
            &mut buffer,
            *x,
            *y,
            99,
            text,
            style(*number),
            Policy::Narrow,
        );
        if *number == 5 {
            let end = *x + u16::try_from(used).unwrap();
            link_cells(&mut buffer, *x..end, *y, &format!("http://a.cn/{y}"));
        }
    }
    buffer
}

fn show(screen: &mut TerminalScreen<Vec<u8>>, frame: &Buffer) {
    screen.show(frame, None).unwrap();
}

fn terminal() -> vt100::Parser {
    let some = |n| NonZero::new(n).unwrap();
    vt100::Parser::new(some(SIZE.1), some(SIZE.0), 0)
}

/// Takes the bytes sent so far.
fn sent(screen: &mut TerminalScreen<Vec<u8>>) -> Vec<u8> {
    std::mem::take(&mut screen.out)
}

/// Returns what is visible: text and style, for blanks only the background.
fn seen(terminal: &vt100::Parser) -> Vec<String> {
    let screen = terminal.screen();
    let cell = |y, x| {
        let cell = screen.cell(y, x)?;
        let text = if cell.has_contents() {
            cell.contents()
        } else {
            " "
        };
        let shows = text != " " || cell.inverse() || cell.underline();
        let style = (
            cell.fgcolor(),
            cell.bold(),
            cell.inverse(),
            cell.underline(),
        );
        let half = cell.is_wide_continuation();
        Some(match (half, shows) {
            (true, _) => "+".to_owned(),
            (_, true) => format!("{text}{style:?}{:?}", cell.bgcolor()),
            (_, false) => format!(" {:?}", cell.bgcolor()),
        })
    };
    let places = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (y, x)));
    places.filter_map(|(y, x)| cell(y, x)).collect()
}

fn puts() -> impl Strategy<Value = Vec<Put>> {
    let text = "[海关a1 ]{1,20}|[ ]{1,24}|[“”…│口岸 x]{1,12}";
    prop::collection::vec((0..SIZE.0, 0..SIZE.1, text, 0u8..6), 0..8)
}

proptest! {
    #[test]
    fn any_frame_after_any_other_is_as_if_it_were_the_first(frames in prop::collection::vec(puts(), 1..5)) {
        let (mut screen, mut shown) = (TerminalScreen::new(Vec::new(), SIZE), terminal());
        for puts in &frames {
            show(&mut screen, &frame(puts));
            shown.process(&sent(&mut screen));
            let (mut fresh, mut alone) = (TerminalScreen::new(Vec::new(), SIZE), terminal());
            fresh.set_links(true);
            show(&mut fresh, &frame(puts));
            alone.process(&sent(&mut fresh));
            prop_assert_eq!(seen(&shown), seen(&alone));
            let text: Vec<String> = shown.screen().rows(0, SIZE.0).map(|r| r.trim_end().to_owned()).collect();
            prop_assert_eq!(text, lines(&frame(puts)));
        }
    }
}

fn lines(buffer: &Buffer) -> Vec<String> {
    let row = |y| {
        let (mut x, mut line) = (0, String::new());
        while let Some(cell) = buffer.cell((x, y)).filter(|_| x < SIZE.0) {
            line.push_str(cell.symbol().split(ADDRESS).next().unwrap());
            x += cell.cell_width().max(1);
        }
        line.trim_end().to_owned()
    };
    (0..SIZE.1).map(row).collect()
}

/// Returns what is sent for a second frame after a first.
fn change(before: &[Put], after: &[Put]) -> String {
    let mut screen = TerminalScreen::new(Vec::new(), SIZE);
    show(&mut screen, &frame(before));
    sent(&mut screen);
    (screen.row, screen.column) = (None, None);
    show(&mut screen, &frame(after));
    String::from_utf8(sent(&mut screen))
        .unwrap()
        .replace('\x1b', "^")
}

#[test]
fn as_little_as_possible_is_sent() {
    let at = |x, y, text: &str| (x, y, text.to_owned(), 0);
    let updated = |bytes: &str| format!("^[?2026h{bytes}^[?2026l");
    assert_eq!(change(&[at(0, 0, "口岸")], &[at(0, 0, "口岸")]), "");
    // Short unchanged text is repeated; a long run is skipped.
    let puts = (&[at(2, 1, "a-b")], &[at(2, 1, "x-y")]);
    assert_eq!(change(puts.0, puts.1), updated("^[2;3Hx-y"));
    let puts = (&[at(2, 1, "a海关口岸b")], &[at(2, 1, "x海关口岸y")]);
    assert_eq!(change(puts.0, puts.1), updated("^[2;3Hx^[8Cy"));
    // Wide glyphs are replaced by blanks; many are erased, at the end or in the middle.
    let puts = (&[at(2, 1, "海关口")], &[at(2, 1, "海")]);
    assert_eq!(change(puts.0, puts.1), updated("^[2;5H^[K"));
    let puts = (&[at(2, 1, "海关海关海关x")], &[at(14, 1, "x")]);
    assert_eq!(change(puts.0, puts.1), updated("^[2;3H^[12X"));
    // The next row is one line feed away.
    let puts = (
        &[at(2, 1, "a"), at(9, 2, "a")],
        &[at(2, 1, "b"), at(9, 2, "b")],
    );
    assert_eq!(change(puts.0, puts.1), updated("^[2;3Hb\n^[6Cb"));
    // A colour that a blank does not show is not a change.
    let blue = |text: &str, number| (2, 1, text.to_owned(), number);
    assert_eq!(change(&[blue("   ", 0)], &[blue("   ", 1)]), "");
}

#[test]
fn linked_text_links_where_the_terminal_knows_links() {
    let mut screen = TerminalScreen::new(Vec::new(), SIZE);
    let puts = |text: &str| [(2, 1, "见".to_owned(), 0), (4, 1, text.to_owned(), 5)];
    show(&mut screen, &frame(&puts("a港")));
    let plain = String::from_utf8(sent(&mut screen)).unwrap();
    assert!(plain.contains("a港") && !plain.contains("\x1b]8") && !plain.contains(ADDRESS));
    let mut screen = TerminalScreen::new(Vec::new(), SIZE);
    screen.set_links(true);
    show(&mut screen, &frame(&puts("a港")));
    let linked = String::from_utf8(sent(&mut screen)).unwrap();
    let (begin, end) = ("\x1b]8;;http://a.cn/1\x1b\\", "\x1b]8;;\x1b\\");
    assert!(linked.contains(&format!("{begin}a港")), "{linked:?}");
    let last = format!("{end}{END_UPDATE}");
    assert!(linked.ends_with(&last), "{linked:?}");
    // What stays is not sent again, and nothing is left open.
    show(&mut screen, &frame(&puts("a关")));
    let changed = String::from_utf8(sent(&mut screen)).unwrap();
    assert!(
        changed.ends_with(&format!("{begin}关{last}")),
        "{changed:?}"
    );
    show(&mut screen, &frame(&puts("a关")));
    assert_eq!(sent(&mut screen), b"");
}

#[test]
fn after_a_question_its_place_is_redrawn() {
    let puts = [(0, 0, " 口岸".to_owned(), 0)];
    let mut screen = TerminalScreen::new(Vec::new(), SIZE);
    let mut shown = terminal();
    for asks in [false, true, false] {
        if asks {
            screen.ask("\x1b[H“\x1b[6n", 2);
        }
        show(&mut screen, &frame(&puts));
        shown.process(&sent(&mut screen));
        assert!(shown.screen().contents().starts_with(" 口岸"));
    }
}

#[test]
fn a_frame_of_another_size_is_drawn_whole() {
    let mut screen = TerminalScreen::new(Vec::new(), (9, 2));
    show(&mut screen, &blank((9, 2)));
    sent(&mut screen);
    show(&mut screen, &frame(&[(0, 0, "口".to_owned(), 0)]));
    let bytes = String::from_utf8(sent(&mut screen)).unwrap();
    assert!(bytes.contains("\x1b[2J") && bytes.contains('口'));
}
