//! The help, made from the key table and the user's own keys, by mode.

use super::screen::Screen;
use crate::{
    text::wrap,
    tui::{
        action::Action,
        command::may_mean,
        context::Context,
        key::Key,
        keymap::{Binding, Mode},
        layout,
        message::Pointer,
        request::{Prompting, Request},
        widgets::{
            glyphs,
            list::{END, moved},
            theme::Role,
        },
    },
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// The column where what a key does begins.
const KEYS_WIDTH: usize = 20;

/// How many lines a notch of the wheel is.
const NOTCH: usize = 3;

/// The help, as far as it is seen.
#[derive(Debug, Default)]
pub struct Help {
    /// The first line shown.
    pub scroll: usize,
    /// What the bindings shown have in their words, keys or ids; empty shows all.
    find: String,
}

impl Help {
    /// Returns the help at the keys of what is on the screen.
    pub fn new(context: &Context) -> Self {
        let name = context.lang.text(context.mode().name_key());
        let is_heading = |(text, _, role): &HelpLine| *role == Role::Heading && text == name;
        let place = lines(context, "").iter().position(is_heading);
        Self {
            scroll: place.unwrap_or(0),
            find: String::new(),
        }
    }
}

impl Screen for Help {
    fn mode(&self) -> Mode {
        Mode::Help
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(context.size.1).saturating_sub(3).max(1);
        if let Some(to) = moved(action, self.scroll, page, END) {
            self.scroll = to;
            return;
        }
        match action {
            Action::Back if !self.find.is_empty() => *self = Self::default(),
            Action::Back => context.ask(Request::Close),
            Action::Search => context.prompt(Prompting::Find(self.find.clone())),
            // A Han character, which an input method left on may send, begins to look for it.
            Action::Type(c) => {
                context.prompt(Prompting::Find(c.to_string()));
                context.ask(Request::Narrow(c.to_string()));
            }
            _ => {}
        }
    }

    fn point(&mut self, _: &mut Context, pointer: Pointer) {
        match pointer {
            Pointer::Down(..) => self.scroll += NOTCH,
            Pointer::Up(..) => self.scroll = self.scroll.saturating_sub(NOTCH),
            Pointer::Press(..) => {}
        }
    }

    fn narrow(&mut self, _: &mut Context, text: &str) {
        text.clone_into(&mut self.find);
        self.scroll = 0;
    }

    fn settle(&mut self, context: &mut Context) {
        if self.scroll > 0 {
            let all = lines(context, &self.find).len();
            let last = all.saturating_sub(usize::from(area(context).height));
            self.scroll = self.scroll.min(last);
        }
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let area = area(context);
        context.look().blank(buf, area);
        let lines = lines(context, &self.find);
        for (row, (keys, words, role)) in (0..area.height).zip(lines.iter().skip(self.scroll)) {
            let mut pen = context.pen(buf, area, row);
            pen.skip(1);
            pen.put(keys, *role);
            pen.x = pen.x.max(words.0.min(area.right()));
            pen.put(&words.1, Role::Text);
        }
        None
    }

    fn extent(&self, context: &Context) -> Option<String> {
        let all = lines(context, &self.find).len();
        let last = (self.scroll + usize::from(area(context).height)).min(all);
        Some(format!("{}-{last}/{all}", (self.scroll + 1).min(all)))
    }
}

fn area(context: &Context) -> Rect {
    layout::above_footer(context.stage())
}

type HelpLine = (String, (u16, String), Role);

fn lines(context: &Context, find: &str) -> Vec<HelpLine> {
    let width = usize::from(area(context).width);
    let mut out: Vec<HelpLine> = Vec::new();
    for mode in Mode::ALL {
        let mut rows = context
            .keymap
            .of_mode(mode)
            .filter(|(b, keys)| is_sought(b, keys, find))
            .peekable();
        if rows.peek().is_none() {
            continue;
        }
        if !out.is_empty() {
            out.push((String::new(), (0, String::new()), Role::Text));
        }
        out.push((
            context.lang.text(mode.name_key()).to_owned(),
            (0, String::new()),
            Role::Heading,
        ));
        for (binding, keys) in rows {
            let keys: Vec<String> = keys.iter().map(|k| glyphs::key(context.lang, *k)).collect();
            let words = context
                .lang
                .find(&format!("key.{}", binding.id))
                .unwrap_or(binding.id);
            push(context, &mut out, &keys.join(" "), words, width);
        }
    }
    if out.is_empty() {
        push(context, &mut out, "", context.lang.text("help.none"), width);
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
fn push(context: &Context, out: &mut Vec<HelpLine>, keys: &str, words: &str, width: usize) {
    let column = if width >= 50 { KEYS_WIDTH } else { 10 };
    let x = u16::try_from(column).unwrap_or(0);
    let mut keys = Some(format!(" {keys}"));
    if keys
        .as_deref()
        .is_some_and(|k| context.policy.width(k) + 2 > column)
    {
        out.push((
            keys.take().unwrap_or_default(),
            (0, String::new()),
            Role::Key,
        ));
    }
    for range in wrap(
        context.policy,
        words,
        width.saturating_sub(column + 1).max(2),
    ) {
        let text = words.get(range).unwrap_or_default().to_owned();
        out.push((keys.take().unwrap_or_default(), (x, text), Role::Key));
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::{keymap::Mode, test_app::TestApp};

    fn found(keys: &str) -> (usize, String) {
        let mut stage = TestApp::new(100, 40);
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
        let mut stage = TestApp::new(100, 20);
        let all = stage.keys("?").screen();
        assert!(all.contains("1-19/"), "{all}");
        stage.keys("PgDn / '撤销 Enter");
        assert_eq!(stage.context.mode(), Mode::Help);
        assert!(!stage.screen().contains("下翻一页"), "{}", stage.screen());
        stage.keys("Esc");
        assert_eq!(
            (stage.context.mode(), stage.screen()),
            (Mode::Help, all.clone())
        );
        stage.keys("/ '撤销 Esc");
        assert_eq!((stage.context.mode(), stage.screen()), (Mode::Help, all));
        stage.keys("Esc");
        assert_eq!(stage.context.mode(), Mode::Browse);
    }

    #[test]
    fn the_users_own_keys_are_shown() {
        let mut stage = TestApp::new(100, 40);
        stage.context.keymap = crate::tui::keymap::Keymap::new([("undo", vec!["F9"])]).unwrap();
        let screen = stage.keys("? / 'f9").screen();
        assert!(
            screen.contains(" F9 ") && screen.contains("撤销"),
            "{screen}"
        );
    }
}
