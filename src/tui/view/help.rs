//! The help, made from the key table and the user's own keys, by mode.

use super::Pen;
use crate::{
    text::{fill, wrap},
    tui::{
        command::may_mean,
        glyphs,
        key::Key,
        keymap::{Binding, Mode},
        model::{Help, Layer, Model},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// The column where what a key does begins.
const KEYS_WIDTH: usize = 20;

/// Returns how many lines the help can be scrolled by.
pub fn scroll_limit(model: &Model) -> usize {
    let Some(help) = open(model) else { return 0 };
    let area = area(model);
    let all = lines(model, help, usize::from(area.width)).len();
    all.saturating_sub(usize::from(area.height))
}

/// Returns which lines of how many are seen, counted from 1, as `1-23/85`.
pub fn extent(model: &Model) -> Option<String> {
    let help = open(model)?;
    let area = area(model);
    let all = lines(model, help, usize::from(area.width)).len();
    let last = (help.scroll + usize::from(area.height)).min(all);
    Some(format!("{}-{last}/{all}", (help.scroll + 1).min(all)))
}

/// Returns the line at which the keys of a mode begin.
pub fn line_of(model: &Model, mode: Mode) -> usize {
    let name = model.lang.text(mode.name_key());
    let lines = lines(model, &Help::default(), usize::from(area(model).width));
    let place = lines
        .iter()
        .position(|(text, _, role)| *role == Role::Heading && text == name);
    place.unwrap_or(0)
}

fn open(model: &Model) -> Option<&Help> {
    model.layers.iter().find_map(|layer| match layer {
        Layer::Help(help) => Some(help),
        _ => None,
    })
}

fn area(model: &Model) -> Rect {
    let footer = u16::from(model.size.1 >= 2);
    Rect::new(0, 0, model.size.0, model.size.1 - footer.min(model.size.1))
}

/// Draws the help over everything but the footer.
pub fn draw(model: &Model, buf: &mut Buffer, help: &Help) {
    let area = area(model);
    fill(buf, area, model.theme.style(Role::Text));
    let lines = lines(model, help, usize::from(area.width));
    for (row, (keys, words, role)) in (0..area.height).zip(lines.iter().skip(help.scroll)) {
        let mut pen = Pen::new(model, buf, area, row);
        pen.skip(1);
        pen.put(keys, *role);
        pen.x = pen.x.max(words.0.min(area.right()));
        pen.put(&words.1, Role::Text);
    }
}

type HelpLine = (String, (u16, String), Role);

fn lines(model: &Model, help: &Help, width: usize) -> Vec<HelpLine> {
    let mut out: Vec<HelpLine> = Vec::new();
    for mode in Mode::ALL {
        let mut rows = model
            .keymap
            .of_mode(mode)
            .filter(|(b, keys)| is_sought(b, keys, &help.find))
            .peekable();
        if rows.peek().is_none() {
            continue;
        }
        if !out.is_empty() {
            out.push((String::new(), (0, String::new()), Role::Text));
        }
        out.push((
            model.lang.text(mode.name_key()).to_owned(),
            (0, String::new()),
            Role::Heading,
        ));
        for (binding, keys) in rows {
            let keys: Vec<String> = keys.iter().map(|k| glyphs::key(model.policy, *k)).collect();
            let words = model
                .lang
                .find(&format!("key.{}", binding.id))
                .unwrap_or(binding.id);
            push(model, &mut out, &keys.join(" "), words, width);
        }
    }
    if out.is_empty() {
        push(model, &mut out, "", model.lang.text("help.none"), width);
    }
    out
}

/// A key is sought by its name, whole; all else by a part.
fn is_sought(binding: &Binding, keys: &[Key], find: &str) -> bool {
    find.is_empty()
        || keys
            .iter()
            .any(|k| k.to_string() == find || k.name().eq_ignore_ascii_case(find))
        || may_mean(binding, find)
}

/// A binding: its keys, then its words beside them, or under them on a narrow screen.
fn push(model: &Model, out: &mut Vec<HelpLine>, keys: &str, words: &str, width: usize) {
    let column = if width >= 50 { KEYS_WIDTH } else { 10 };
    let x = u16::try_from(column).unwrap_or(0);
    let mut keys = Some(format!(" {keys}"));
    if keys
        .as_deref()
        .is_some_and(|k| model.policy.width(k) + 2 > column)
    {
        out.push((
            keys.take().unwrap_or_default(),
            (0, String::new()),
            Role::Key,
        ));
    }
    for range in wrap(model.policy, words, width.saturating_sub(column + 1).max(2)) {
        let text = words.get(range).unwrap_or_default().to_owned();
        out.push((keys.take().unwrap_or_default(), (x, text), Role::Key));
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::{keymap::Mode, stage::Stage};

    fn found(keys: &str) -> (usize, String) {
        let mut stage = Stage::new(100, 40);
        stage.keys("?").keys(keys);
        let screen = stage.screen();
        let rows = screen.lines().filter(|l| l.starts_with("  ")).count();
        (rows, screen)
    }

    #[test]
    fn the_help_is_searched_by_words_keys_ids_and_pinyin() {
        for (keys, want) in [
            ("/ '撤销", "Ctrl-_"),
            ("/ 'chexiao", "撤销本次会话"),
            ("/ 'cx", "撤销本次会话"),
            ("/ 'undo", "撤销本次会话"),
            ("/ 'ctrl-r", "重做"),
            ("/ '编号", ":"),
            ("'编号", ":"),
        ] {
            let (rows, screen) = found(keys);
            assert!(screen.contains(want), "{keys}\n{screen}");
            assert!(rows < 20, "{keys}: {rows} rows\n{screen}");
        }
        assert!(found("/ '没有这个键").1.contains("没有符合的按键"));
    }

    #[test]
    fn a_search_in_the_help_is_kept_and_given_up() {
        let mut stage = Stage::new(100, 20);
        let all = stage.keys("?").screen();
        assert!(all.contains("1-19/"), "{all}");
        stage.keys("PgDn / '撤销 Enter");
        assert_eq!(stage.model.mode(), Mode::Help);
        assert!(!stage.screen().contains("下翻一页"), "{}", stage.screen());
        stage.keys("Esc");
        assert_eq!(
            (stage.model.mode(), stage.screen()),
            (Mode::Help, all.clone())
        );
        stage.keys("/ '撤销 Esc");
        assert_eq!((stage.model.mode(), stage.screen()), (Mode::Help, all));
        stage.keys("Esc");
        assert_eq!(stage.model.mode(), Mode::Browse);
    }

    #[test]
    fn the_users_own_keys_are_shown() {
        let mut stage = Stage::new(100, 40);
        stage.model.keymap = crate::tui::keymap::Keymap::new([("undo", vec!["F9"])]).unwrap();
        let screen = stage.keys("? / 'f9").screen();
        assert!(
            screen.contains(" F9 ") && screen.contains("撤销"),
            "{screen}"
        );
    }
}
