//! What the themes promise: contrast where both colours are set, and nothing said by colour alone.

use super::*;
use crate::{locale::Lang, tui::test_app::TestApp};
use ratatui::buffer::CellWidth as _;

const THEMES: [Theme; 5] = [
    Theme::Terminal,
    Theme::Eight,
    Theme::Mono,
    Theme::HighContrast,
    Theme::ColourBlind,
];

fn roles() -> Vec<Role> {
    let mut roles = vec![Role::Text, Role::Dim, Role::Heading, Role::Selected];
    roles.extend([Role::Overdue, Role::Soon, Role::Behind]);
    roles.extend([Role::Bar, Role::Match, Role::Removed, Role::Added]);
    roles.extend([Role::Key, Role::Notice, Role::Alarm]);
    roles.extend(Status::ALL.map(Role::Status));
    roles
}

/// Returns the colours that a theme sets; the terminal's own is none.
fn set(theme: Theme, role: Role) -> (Option<Color>, Option<Color>) {
    let style = theme.style(role);
    let set = |c: Option<Color>| c.filter(|c| *c != Color::Reset);
    (set(style.fg), set(style.bg))
}

/// Red, green and blue of one of xterm's colours from 16 on.
fn rgb(colour: Color) -> [f64; 3] {
    let Color::Indexed(n @ 16..) = colour else {
        panic!("{colour:?} is whatever the terminal makes of it");
    };
    if n >= 232 {
        return [f64::from(8 + 10 * (n - 232)); 3];
    }
    let level = |n: u8| f64::from([0, 95, 135, 175, 215, 255][usize::from(n % 6)]);
    let n = n - 16;
    [level(n / 36), level(n / 6), level(n)]
}

/// WCAG 2.2, relative luminance.
fn luminance(colour: Color) -> f64 {
    let [r, g, b] = rgb(colour).map(|v| {
        let v = v / 255.0;
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// WCAG 2.2, contrast ratio.
fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_measure_of_contrast_is_right() {
    assert!((contrast(BLACK, WHITE) - 21.0).abs() < 1e-9);
    // #767676 on white is the grey known to be just enough; 243 is #767676.
    assert!((contrast(Color::Indexed(243), WHITE) - 4.54).abs() < 0.01);
}

#[test]
fn where_a_theme_sets_both_colours_they_can_be_read() {
    let mut pairs = 0;
    for theme in THEMES {
        for role in roles() {
            let (fg, bg) = set(theme, role);
            if let (Some(fg), Some(bg)) = (fg, bg) {
                let ratio = contrast(fg, bg);
                assert!(ratio >= 7.0, "{theme:?} {role:?}: {ratio:.2}");
                pairs += 1;
            } else {
                assert_eq!(bg, None, "{theme:?} {role:?}: half a pair");
            }
        }
    }
    assert_eq!(pairs, roles().len(), "all of high-contrast");
}

#[test]
fn the_colour_blind_pair_can_be_read_on_light_and_on_dark() {
    let mut used: Vec<Color> = roles()
        .iter()
        .filter_map(|r| set(Theme::ColourBlind, *r).0)
        .collect();
    used.dedup();
    for colour in &used {
        for ground in [BLACK, WHITE] {
            let ratio = contrast(*colour, ground);
            assert!(ratio >= 4.5, "{colour:?} on {ground:?}: {ratio:.2}");
        }
    }
    // What no kind of colour vision lacks is yellow against blue.
    let blueness = |c| {
        let [r, g, b] = rgb(c);
        b - f64::midpoint(r, g)
    };
    assert!(blueness(MIDDLE_BLUE) > 100.0 && blueness(MIDDLE_BROWN) < 0.0);
}

/// How a role is told where there is no colour.
enum Told {
    /// By weight.
    Weight,
    /// By this sign in the text.
    Sign(&'static str),
    /// It says nothing of its own.
    Nothing,
}

fn told(role: Role) -> Told {
    match role {
        Role::Heading
        | Role::Selected
        | Role::Match
        | Role::Removed
        | Role::Added
        | Role::Key
        | Role::Notice
        | Role::Alarm => Told::Weight,
        Role::Status(status) => Told::Sign(status.mark()),
        Role::Overdue => Told::Sign("!11-01"),
        Role::Soon => Told::Sign("~11-30"),
        Role::Behind => Told::Sign("< 黄"),
        Role::Bar => Told::Sign("█"),
        Role::Text | Role::Dim => Told::Nothing,
    }
}

#[test]
fn nothing_is_said_by_colour_alone() {
    let mut stage = TestApp::new(120, 80);
    stage.keys(": '1.1 Enter s 2 d '2026-11-30 Enter : '1.2 Enter s 2 d '2026-11-01 Enter");
    stage.keys(": '2.1 Enter s 3 s 4 : '3.1 Enter s 5 : '4.1 Enter s 6 '等待部署 Enter");
    stage.keys(": '5.1 Enter s 7 '机构改革 Enter : '8 Enter Space y");
    stage.keys(": '16 Enter d '2026-11-30 Enter Space y j Space k");
    let screen = stage.screen();
    for role in roles() {
        match told(role) {
            Told::Weight => {
                for theme in THEMES {
                    assert!(
                        !theme.style(role).add_modifier.is_empty(),
                        "{theme:?} {role:?}"
                    );
                }
            }
            Told::Sign(sign) => assert!(screen.contains(sign), "{role:?}\n{screen}"),
            Told::Nothing => {}
        }
    }
    for (i, a) in Status::ALL.into_iter().enumerate() {
        for b in &Status::ALL[..i] {
            assert_ne!(a.mark(), b.mark());
            for lang in [Lang::ZhCn, Lang::En] {
                assert_ne!(lang.text(a.name_key()), lang.text(b.name_key()));
            }
        }
    }
}

/// The row under the cursor is one bar: parts of other colours turned round would be a patchwork.
#[test]
fn the_row_under_the_cursor_is_of_one_colour() {
    for theme in THEMES {
        let mut stage = TestApp::new(100, 30);
        stage.context.theme = theme;
        stage.keys("j j s 2 d '2026-11-25 Enter");
        let (buf, _) = stage.drawn();
        let row: Vec<_> = (0..40).map(|x| &buf[(x, 3)]).collect();
        assert!(row[0].modifier.contains(Modifier::REVERSED), "{theme:?}");
        let looks: Vec<_> = row.iter().map(|c| (c.fg, c.bg)).collect();
        assert!(
            looks.windows(2).all(|w| w[0] == w[1]),
            "{theme:?} {looks:?}"
        );
    }
}

#[test]
fn every_theme_draws_the_same_text() {
    let screens: Vec<String> = THEMES
        .map(|theme| {
            let mut stage = TestApp::new(100, 30);
            stage.context.theme = theme;
            stage.keys("j j Space s");
            stage.screen()
        })
        .into();
    assert!(screens.windows(2).all(|w| w[0] == w[1]));
}

#[test]
fn high_contrast_leaves_no_cell_to_the_terminal() {
    for keys in [
        "",
        "?",
        "j j Enter",
        "s",
        "/ '海关",
        "'16 Enter Space",
        "j j r '字",
    ] {
        for size in [(120, 36), (80, 24), (40, 16)] {
            let mut stage = TestApp::new(size.0, size.1);
            stage.context.theme = Theme::HighContrast;
            stage.keys(keys);
            let (buf, _) = stage.drawn();
            // The cell behind a wide glyph is never drawn.
            let behind = |i: usize| i > 0 && buf.content[i - 1].cell_width() > 1;
            let bare =
                (0..buf.content.len()).find(|i| buf.content[*i].bg == Color::Reset && !behind(*i));
            assert_eq!(bare.map(|i| buf.pos_of(i)), None, "{keys} {size:?}");
        }
    }
}

#[test]
fn a_terminal_gets_no_colour_that_it_lacks() {
    for theme in THEMES {
        for role in roles() {
            assert_eq!(set(theme.on(Depth::None), role).0, None);
            let few = set(theme.on(Depth::Eight), role).0;
            assert!(
                !matches!(few, Some(Color::DarkGray | Color::Indexed(_))),
                "{theme:?}"
            );
            let some = set(theme.on(Depth::Sixteen), role).0;
            assert!(!matches!(some, Some(Color::Indexed(_))), "{theme:?}");
            assert_eq!(theme.on(Depth::Many), theme);
        }
    }
}
