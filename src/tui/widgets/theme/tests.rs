//! Guarantees of the themes: contrast where both colours are set, and nothing shown by colour
//! alone.

use super::*;
use crate::{locale::Lang, tui::test_app::TestApp};
use ratatui::buffer::CellWidth as _;

/// Every theme that can be drawn.
fn themes() -> Vec<Theme> {
    use Choice::{Auto, ColourBlind, Dark, HighContrast, Light, Mono};
    let mut themes = Vec::new();
    for choice in [Auto, Dark, Light, Mono, HighContrast, ColourBlind] {
        for depth in [Depth::None, Depth::Console, Depth::Few, Depth::Many] {
            for ground in [Ground::Unknown, Ground::Dark, Ground::Light] {
                let wanted = Wanted {
                    choice,
                    depth,
                    ..Wanted::default()
                };
                if !themes.contains(&wanted.on(ground)) {
                    themes.push(wanted.on(ground));
                }
            }
        }
    }
    assert_eq!(themes.len(), 7);
    themes
}

fn chosen(choice: Choice) -> Theme {
    Wanted {
        choice,
        ..Wanted::default()
    }
    .on(Ground::Dark)
}

/// Backgrounds of common terminals with the colour of their text: `PuTTY` (also Konsole, iTerm2),
/// Windows Terminal, GNOME dark, VS Code, Ubuntu, Solarized, Nord, `PowerShell` blue, Tango, One,
/// Dracula, Gruvbox, Monokai, Tokyo Night, Zenburn.
#[rustfmt::skip]
const DARK_GROUNDS: [(u32, u32); 15] = [
    (0x00_0000, 0xbb_bbbb), (0x0c_0c0c, 0xcc_cccc), (0x17_1421, 0xd0_cfcc), (0x1e_1e1e, 0xcc_cccc),
    (0x30_0a24, 0xff_ffff), (0x00_2b36, 0x83_9496), (0x2e_3440, 0xd8_dee9), (0x01_2456, 0xee_edf0),
    (0x2e_3436, 0xd3_d7cf), (0x28_2c34, 0xab_b2bf), (0x28_2a36, 0xf8_f8f2), (0x28_2828, 0xeb_dbb2),
    (0x27_2822, 0xf8_f8f2), (0x1a_1b26, 0xc0_caf5), (0x3f_3f3f, 0xdc_dccc),
];
/// White (xterm, GNOME, macOS Basic), xfce, GitHub, Solarized, Gruvbox.
#[rustfmt::skip]
const LIGHT_GROUNDS: [(u32, u32); 5] = [
    (0xff_ffff, 0x00_0000), (0xee_eeec, 0x2e_3436), (0xf6_f8fa, 0x24_292e), (0xfd_f6e3, 0x65_7b83),
    (0xfb_f1c7, 0x3c_3836),
];

fn hex(rgb: u32) -> [f64; 3] {
    let [_, r, g, b] = rgb.to_be_bytes();
    [r, g, b].map(|v| f64::from(v) / 255.0)
}

fn roles() -> Vec<Role> {
    let mut roles = vec![Role::Text, Role::Dim, Role::Heading, Role::Selected];
    roles.extend([Role::Overdue, Role::Soon, Role::Behind]);
    roles.extend([Role::Bar, Role::Match, Role::Removed, Role::Added]);
    roles.extend([Role::Key, Role::Notice, Role::Alarm]);
    roles.extend(Status::ALL.map(Role::Status));
    roles
}

/// Returns the colours that a theme sets; `None` for the terminal's own.
fn set(theme: Theme, role: Role) -> (Option<Color>, Option<Color>) {
    let style = theme.style(role);
    let set = |c: Option<Color>| c.filter(|c| *c != Color::Reset);
    (set(style.fg), set(style.bg))
}

/// Returns red, green and blue, from 0 to 1, of an xterm colour from 16 on.
fn rgb(colour: Color) -> [f64; 3] {
    let Color::Indexed(n @ 16..) = colour else {
        panic!("{colour:?} is whatever the terminal makes of it");
    };
    if n >= 232 {
        return [f64::from(8 + 10 * (n - 232)) / 255.0; 3];
    }
    let level = |n: u8| f64::from([0, 95, 135, 175, 215, 255][usize::from(n % 6)]) / 255.0;
    let n = n - 16;
    [level(n / 36), level(n / 6), level(n)]
}

/// WCAG 2.2, contrast ratio.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    super::contrast(luminance(a), luminance(b))
}

#[test]
fn the_measure_of_contrast_is_right() {
    assert!((contrast(rgb(BLACK), rgb(WHITE)) - 21.0).abs() < 1e-9);
    // #767676 on white is the grey known to be just enough; 243 is #767676.
    assert!((contrast(rgb(Color::Indexed(243)), rgb(WHITE)) - 4.54).abs() < 0.01);
}

#[test]
fn every_colour_can_be_read_on_every_ground_it_is_drawn_on() {
    for choice in [Choice::Auto, Choice::ColourBlind] {
        let wanted = Wanted {
            choice,
            ..Wanted::default()
        };
        let dark = DARK_GROUNDS.map(|ground| (ground, Ground::Dark));
        let light = LIGHT_GROUNDS.map(|ground| (ground, Ground::Light));
        for ((colour, text), ground) in dark.into_iter().chain(light) {
            assert_eq!(Ground::of(hex(colour)), ground, "{colour:06x}");
            let told = wanted.on(ground).quietly(Quiet::of(hex(colour), hex(text)));
            for theme in [wanted.on(ground), told] {
                for role in roles() {
                    let Some(fg) = set(theme, role).0 else {
                        continue;
                    };
                    let ratio = contrast(rgb(fg), hex(colour));
                    assert!(ratio >= 4.5, "{role:?} on {colour:06x}: {ratio:.2}");
                }
            }
        }
    }
}

/// In Solarized the text itself is near 4.5:1; in `PuTTY` it is no brighter than the usual grey.
#[test]
fn quiet_text_is_never_louder_than_text() {
    let mut plain = Vec::new();
    for (colour, text) in DARK_GROUNDS.into_iter().chain(LIGHT_GROUNDS) {
        let own = contrast(hex(text), hex(colour));
        match Quiet::of(hex(colour), hex(text)) {
            Quiet::Grey(grey) => {
                let ratio = contrast(rgb(Color::Indexed(grey)), hex(colour));
                assert!(ratio < 0.9 * own, "{colour:06x}: {ratio:.2} of {own:.2}");
            }
            other => plain.push((colour, other)),
        }
    }
    let solarized = [0x00_2b36, 0xfd_f6e3];
    assert_eq!(plain, solarized.map(|colour| (colour, Quiet::Plain)));
    let quiet = |colour, text| {
        Wanted::default()
            .on(Ground::Dark)
            .quietly(Quiet::of(hex(colour), hex(text)))
    };
    assert_eq!(quiet(0x00_2b36, 0x83_9496).style(Role::Dim), Style::new());
    assert_eq!(
        quiet(0, 0xbb_bbbb).style(Role::Dim).fg,
        Some(Color::Indexed(247))
    );
}

/// Also on the darkest and lightest that count as neither.
#[test]
fn a_ground_counts_as_dark_or_light_only_where_every_colour_can_be_read() {
    for (theme, bound) in [
        (Choice::Dark, DARK),
        (Choice::Light, LIGHT),
        (Choice::ColourBlind, DARK),
    ] {
        for role in roles() {
            let Some(fg) = set(chosen(theme), role).0 else {
                continue;
            };
            let own = luminance(rgb(fg));
            let ratio = (own.max(bound) + 0.05) / (own.min(bound) + 0.05);
            assert!(ratio >= 4.5, "{theme:?} {role:?}: {ratio:.2}");
        }
    }
    assert_eq!(Ground::of(hex(0x80_8080)), Ground::Unknown);
}

#[test]
fn an_unknown_ground_has_no_colours() {
    for choice in [Choice::Auto, Choice::ColourBlind] {
        let theme = Wanted {
            choice,
            ..Wanted::default()
        }
        .on(Ground::Unknown);
        assert!(
            roles()
                .into_iter()
                .all(|role| set(theme, role) == (None, None))
        );
    }
}

/// Blue vanishes in `PuTTY`, bright black in Solarized; bold reverse is grey on grey.
#[test]
fn nothing_is_drawn_that_vanishes_somewhere() {
    for theme in themes() {
        for role in roles() {
            let style = theme.style(role);
            assert!(
                !matches!(style.fg, Some(Color::Blue | Color::DarkGray)),
                "{theme:?} {role:?}"
            );
        }
        for keys in [
            "",
            "j j Enter",
            "s",
            "t",
            "L",
            "?",
            "D",
            "j j r '字",
            "m Enter",
            "/ '海关 Enter",
        ] {
            let mut stage = TestApp::new(100, 30);
            stage.context.theme = theme;
            stage.keys(keys);
            let (buf, _) = stage.drawn();
            let bad = Modifier::BOLD | Modifier::REVERSED;
            let found = buf
                .content
                .iter()
                .position(|cell| cell.modifier.contains(bad));
            assert_eq!(found.map(|i| buf.pos_of(i)), None, "{theme:?} {keys}");
        }
    }
}

#[test]
fn a_users_own_colour_overrides_the_themes() {
    let mut wanted = Wanted::default();
    wanted.own[3] = Some(Color::Rgb(255, 128, 128));
    assert_eq!(Tint::ALL[3], Tint::Overdue);
    let theme = wanted.on(Ground::Dark);
    assert_eq!(theme.style(Role::Alarm).fg, Some(Color::Rgb(255, 128, 128)));
    assert_eq!(theme.style(Role::Soon).fg, Some(Color::Indexed(221)));
    assert_eq!(crate::config::COLOUR_NAMES[3], "overdue");
}

#[test]
fn where_a_theme_sets_both_colours_they_can_be_read() {
    for role in roles() {
        let (fg, bg) = set(chosen(Choice::HighContrast), role);
        let ratio = contrast(rgb(fg.unwrap()), rgb(bg.unwrap()));
        assert!(ratio >= 7.0, "{role:?}: {ratio:.2}");
    }
}

/// Every kind of colour vision distinguishes yellow from blue.
#[test]
fn the_colour_blind_pair_differs_in_blue() {
    for ground in [Ground::Dark, Ground::Light] {
        let theme = Wanted {
            choice: Choice::ColourBlind,
            ..Wanted::default()
        }
        .on(ground);
        let blueness = |role| {
            let [r, g, b] = rgb(set(theme, role).0.unwrap());
            b - f64::midpoint(r, g)
        };
        assert!(
            blueness(Role::Bar) > 0.15 && blueness(Role::Overdue) < 0.0,
            "{ground:?}"
        );
    }
}

/// How a role is recognised without colour.
enum Told {
    /// By weight.
    Weight,
    /// By this sign in the text.
    Sign(&'static str),
    /// It carries no meaning of its own.
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
        | Role::Alarm
        | Role::Bar
        | Role::Rule => Told::Weight,
        Role::Status(status) => Told::Sign(status.mark()),
        Role::Overdue => Told::Sign("!11-01"),
        Role::Soon => Told::Sign("~11-30"),
        Role::Behind => Told::Sign("< 黄"),
        Role::Text | Role::Dim => Told::Nothing,
    }
}

#[test]
fn nothing_is_shown_by_colour_alone() {
    let mut stage = TestApp::new(120, 80);
    stage.keys(": '1.1 Enter s 2 d '2026-11-30 Enter : '1.2 Enter s 2 d '2026-11-01 Enter");
    stage.keys(": '2.1 Enter s 3 s 4 : '3.1 Enter s 5 : '4.1 Enter s 6 '等待部署 Enter");
    stage.keys(": '5.1 Enter s 7 '机构改革 Enter : '8 Enter Space y");
    stage.keys(": '16 Enter d '2026-11-30 Enter Space y : '4.1 Enter d '12-31 Enter");
    let screen = stage.screen();
    for role in roles() {
        match told(role) {
            Told::Weight => {
                for theme in themes() {
                    assert!(
                        !theme.style(role).add_modifier.is_empty(),
                        "{theme:?} {role:?}"
                    );
                }
            }
            Told::Sign(sign) => assert!(
                screen.contains(sign),
                "add keys above that bring {sign} of {role:?} on the screen:\n{screen}"
            ),
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

/// The cursor's row is one bar: reversing the colours of its parts would make a patchwork.
#[test]
fn the_row_under_the_cursor_is_of_one_colour() {
    for theme in themes() {
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
    let screens: Vec<String> = themes()
        .into_iter()
        .map(|theme| {
            let mut stage = TestApp::new(100, 30);
            stage.context.theme = theme;
            stage.keys("j j Space s");
            stage.screen()
        })
        .collect();
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
            stage.context.theme = chosen(Choice::HighContrast);
            stage.keys(keys);
            let (buf, _) = stage.drawn();
            // The cell after a wide glyph is never drawn.
            let behind = |i: usize| i > 0 && buf.content[i - 1].cell_width() > 1;
            let bare =
                (0..buf.content.len()).find(|i| buf.content[*i].bg == Color::Reset && !behind(*i));
            assert_eq!(bare.map(|i| buf.pos_of(i)), None, "{keys} {size:?}");
        }
    }
}

#[test]
fn a_terminal_gets_no_colour_that_it_lacks() {
    for role in roles() {
        for choice in [
            Choice::Auto,
            Choice::Dark,
            Choice::Light,
            Choice::HighContrast,
        ] {
            let with = |depth| {
                set(
                    Wanted {
                        choice,
                        depth,
                        ..Wanted::default()
                    }
                    .on(Ground::Dark),
                    role,
                )
            };
            assert_eq!(with(Depth::None), (None, None));
            assert_eq!(with(Depth::Few), (None, None));
            assert!(!matches!(with(Depth::Console).0, Some(Color::Indexed(_))));
        }
    }
}
