//! Frame after frame, a sheet shows what drawing each frame anew would show.

use super::*;
use proptest::prelude::*;
use ratatui::{
    buffer::CellWidth as _,
    style::{Color, Modifier},
};

const SIZE: (u16, u16) = (24, 3);

/// Something that a view does.
#[derive(Debug, Clone)]
enum Act {
    Fill(Rect, Style),
    Lay(Rect, Style),
    Put((u16, u16), usize, String, Style, Policy),
}

fn area() -> impl Strategy<Value = Rect> {
    // Beyond the edges too.
    (0..26u16, 0..4u16, 0..26u16, 0..4u16).prop_map(|(x, y, w, h)| Rect::new(x, y, w, h))
}

fn style() -> impl Strategy<Value = Style> {
    prop_oneof![
        Just(Style::new()),
        Just(Style::new().fg(Color::Red)),
        Just(Style::new().bg(Color::Blue)),
        Just(Style::new().add_modifier(Modifier::REVERSED)),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let policy = prop_oneof![
        4 => Just(Policy::Narrow),
        1 => Just(Policy::Wide),
        1 => Just(Policy::Safe),
    ];
    let text = prop_oneof!["[a通 “关é…]{0,12}", "(👩‍💻|🇨🇳|각|①|\u{301}|\t|通|b){0,6}",];
    let put = ((0..26u16, 0..4u16), 0..30usize, text, style(), policy);
    prop_oneof![
        1 => (area(), style()).prop_map(|(area, style)| Act::Fill(area, style)),
        1 => (area(), style()).prop_map(|(area, style)| Act::Lay(area, style)),
        4 => put.prop_map(|(at, max, text, style, policy)| Act::Put(at, max, text, style, policy)),
    ]
}

/// Draws a frame anew, and returns the columns that each text took.
fn anew(acts: &[Act]) -> (Buffer, Vec<usize>) {
    let mut buf = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    let mut used = Vec::new();
    for act in acts {
        match act {
            Act::Fill(area, style) => text::fill(&mut buf, *area, *style),
            Act::Lay(area, style) => buf.set_style(*area, *style),
            Act::Put((x, y), max, text, style, policy) => {
                used.push(text::put(&mut buf, *x, *y, *max, text, *style, *policy));
            }
        }
    }
    (buf, used)
}

fn on(sheet: &mut Sheet, acts: &[Act]) -> Vec<usize> {
    let mut used = Vec::new();
    sheet.begin(SIZE);
    for act in acts {
        match act {
            Act::Fill(area, style) => sheet.fill(*area, *style),
            Act::Lay(area, style) => sheet.lay(*area, *style),
            Act::Put(at, max, text, style, policy) => {
                used.push(sheet.put(*at, *max, text, *style, *policy));
            }
        }
    }
    sheet.finish();
    used
}

/// Tells whether a glyph that begins before a column reaches over it.
fn reaches_over(buf: &Buffer, y: u16, column: u16) -> bool {
    let mut x = 0;
    while x < column {
        x += buf[(x, y)].cell_width().max(1);
    }
    x != column
}

/// A frame, and the next: a part of the first taken out, and others put in its place.
fn frames() -> impl Strategy<Value = Vec<Vec<Act>>> {
    let edit = (0..8usize, 0..4usize, prop::collection::vec(act(), 0..3));
    (
        prop::collection::vec(act(), 0..8),
        prop::collection::vec(edit, 1..5),
    )
        .prop_map(|(first, edits)| {
            let mut frames = vec![first];
            for (at, gone, put) in edits {
                let mut next = frames.last().cloned().unwrap_or_default();
                let at = at.min(next.len());
                let end = (at + gone).min(next.len());
                next.splice(at..end, put);
                frames.push(next);
            }
            frames
        })
}

proptest! {
    #[test]
    fn a_frame_after_others_is_the_frame_drawn_anew(frames in frames()) {
        let mut sheet = Sheet::default();
        let mut before = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
        for frame in &frames {
            let (fresh, widths) = anew(frame);
            prop_assert_eq!(on(&mut sheet, frame), widths);
            prop_assert_eq!(sheet.cells(), &fresh);
            for (y, from) in (0..).zip(sheet.changed()) {
                let stands = from.unwrap_or(SIZE.0);
                for x in 0..stands {
                    prop_assert_eq!(&before[(x, y)], &fresh[(x, y)]);
                }
                prop_assert!(!reaches_over(&before, y, stands));
                prop_assert!(!reaches_over(&fresh, y, stands));
            }
            before = fresh;
        }
    }
}

#[test]
fn a_row_that_says_the_same_is_not_drawn() {
    let mut sheet = Sheet::default();
    let put = |text: &str| {
        let style = Style::new();
        Act::Put((0, 0), 9, text.into(), style, Policy::Narrow)
    };
    let right = Act::Put((10, 0), 9, "丙".into(), Style::new(), Policy::Narrow);
    let whole = Rect::new(0, 0, SIZE.0, SIZE.1);
    on(
        &mut sheet,
        &[Act::Fill(whole, Style::new()), put("甲"), right.clone()],
    );
    assert_eq!(sheet.changed(), [Some(0); 3]);
    on(
        &mut sheet,
        &[Act::Fill(whole, Style::new()), put("甲"), right],
    );
    assert_eq!(sheet.changed(), [None; 3]);
    on(&mut sheet, &[Act::Fill(whole, Style::new()), put("甲")]);
    assert_eq!(sheet.changed(), [Some(10), None, None]);
}

#[test]
fn what_is_filled_over_is_not_kept() {
    let mut sheet = Sheet::default();
    let whole = Rect::new(0, 0, SIZE.0, SIZE.1);
    let below = Act::Put((2, 1), 9, "下".into(), Style::new(), Policy::Narrow);
    let fill = Act::Fill(whole, Style::new());
    on(&mut sheet, &[fill.clone(), below, fill.clone()]);
    on(&mut sheet, &[fill]);
    assert_eq!(sheet.changed(), [None; 3]);
}

#[test]
fn another_size_is_drawn_whole() {
    let mut sheet = Sheet::default();
    let put = Act::Put((0, 0), 9, "甲".into(), Style::new(), Policy::Narrow);
    on(&mut sheet, std::slice::from_ref(&put));
    sheet.begin((10, 2));
    sheet.finish();
    assert_eq!(sheet.cells(), &Buffer::empty(Rect::new(0, 0, 10, 2)));
    on(&mut sheet, std::slice::from_ref(&put));
    assert_eq!(sheet.cells(), &anew(&[put]).0);
}
