//! Tests that no cell of any screen has an ambiguous glyph, or a colour that some palettes hide.

use crate::{
    config,
    locale::Lang,
    text::Policy,
    tui::{
        test_app::TestApp,
        widgets::theme::{Depth, Ground, Wanted},
    },
};
use ratatui::{
    buffer::Cell,
    style::{Color, Modifier},
};

/// Keys to one screen of each kind, with some progress on it.
const SCREENS: [&str; 24] = [
    "",
    "g",
    "'5.1 Enter Enter",
    "s",
    "e",
    "e 2",
    "'16 Enter Space",
    "r '已与企业对接 Ctrl-j '第二行",
    "s 6",
    "d",
    "o",
    "a",
    ": '16",
    "/",
    "/ '海关",
    "/ 'zzzz Enter",
    "?",
    "L",
    "L L",
    "c",
    "D",
    "t",
    "t m 2 8 '已对接 Enter",
    "t m Right Esc",
];

/// Draws every screen in every size, calling `check` with each cell.
fn walk(check: impl Fn(&Cell, Policy, &str)) {
    for keys in SCREENS {
        for (nth, size) in [(120, 40), (80, 24), (40, 16)].into_iter().enumerate() {
            for (turn, policy) in Policy::ALL.into_iter().enumerate() {
                let mut stage = TestApp::new(size.0, size.1);
                stage.context.policy = policy;
                stage.context.lang = [Lang::ZhCn, Lang::En][(nth + turn) % 2];
                let ground = [Ground::Dark, Ground::Light, Ground::Unknown][(nth + turn) % 3];
                let depth = [Depth::Many, Depth::Many, Depth::Console, Depth::None][turn];
                let wanted = Wanted {
                    depth,
                    choice: config::ThemeSetting::Auto,
                    ..Wanted::default()
                };
                stage.context.theme = wanted.on(ground);
                stage.keys("j j Space j s 6 '等待部署 Enter d '2026-11-30 Enter j Tab");
                stage.keys("'5.1 Enter d '2026-11-01 Enter o '李四 Enter a '联系企业 Enter");
                stage.keys(keys);
                stage.context.notice = None;
                let (buf, _) = stage.drawn();
                let what = format!("{keys:?} {size:?} {policy:?}\n{}", stage.screen());
                for cell in &buf.content {
                    check(cell, policy, &what);
                }
            }
        }
    }
}

#[test]
fn no_screen_draws_what_terminals_measure_differently() {
    walk(|cell, policy, what| {
        let sign = cell.symbol();
        // A truncated text has its ellipsis if that takes one column.
        let is_mark = sign == "…" && policy == Policy::Narrow;
        let is_drawn =
            |c: char| matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{25ff}' | '…' | '·');
        let is_steady = sign.is_empty() || "╌╎░▸▾".contains(sign);
        assert!(
            !sign.contains(is_drawn) || is_steady || is_mark,
            "{sign} {what}"
        );
    });
}

/// Blue and bright black vanish in common palettes; bold reverse is grey on grey in some terminals.
#[test]
fn no_screen_has_a_style_that_vanishes() {
    walk(|cell, _, what| {
        let vanishing = [
            Color::Blue,
            Color::DarkGray,
            Color::Indexed(4),
            Color::Indexed(8),
        ];
        assert!(
            !vanishing.contains(&cell.fg) && !vanishing.contains(&cell.bg),
            "{what}"
        );
        let both = Modifier::BOLD | Modifier::REVERSED;
        assert!(!cell.modifier.contains(both), "{} {what}", cell.symbol());
    });
}
