//! The help, made from the key table and the user's own keys: a first page by task, and behind it all
//! keys by mode.

use super::screen::Screen;
use crate::{
    text::pad,
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
            lines::{self, Line, Page},
            list::{END, moved},
            theme::Role,
        },
    },
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

mod overview;

use overview::CELL;

/// The column of the descriptions.
const KEYS_WIDTH: usize = 20;

/// Lines per notch of the wheel.
const NOTCH: usize = 3;

/// The help and its scroll position.
#[derive(Debug, Default)]
pub struct Help {
    /// The first line shown.
    pub scroll: usize,
    /// The filter on bindings, by text, keys or ids; empty shows all.
    find: String,
}

impl Help {
    /// Returns the help: over the outline its first page, over what else is open the keys of that.
    pub fn new(context: &Context) -> Self {
        let name = context.lang.text(context.mode().name_key());
        let is_heading =
            |line: &Line| matches!(line.pieces.as_slice(), [(text, Role::Heading)] if text == name);
        let place = if context.mode() == Mode::Browse {
            None
        } else {
            lines(context, "").iter().position(is_heading)
        };
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
            // A Han character from an input method begins a search.
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
        lines::draw(context.look(), buf, area, 1, lines.iter().skip(self.scroll));
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

fn lines(context: &Context, find: &str) -> Vec<Line> {
    let width = usize::from(area(context).width);
    let mut page = Page::new(context.policy, width.saturating_sub(2));
    if find.is_empty() {
        page.lines = overview::lines(context, width.saturating_sub(2).max(CELL));
    }
    for mode in Mode::ALL {
        let rows = context.keymap.of_mode(mode);
        let mut rows = rows.filter(|(b, keys)| is_sought(b, keys, find)).peekable();
        if rows.peek().is_none() {
            continue;
        }
        if !page.lines.is_empty() {
            page.blank();
        }
        page.paragraph(context.lang.text(mode.name_key()), Role::Heading);
        for (binding, keys) in rows {
            let keys: Vec<String> = keys.iter().map(|k| glyphs::key(context.lang, *k)).collect();
            let words = context.lang.find(&format!("key.{}", binding.id));
            push(
                context,
                &mut page,
                &keys.join(" "),
                words.unwrap_or(binding.id),
                width,
            );
        }
    }
    if page.lines.is_empty() {
        page.paragraph(context.lang.text("help.none"), Role::Text);
    }
    page.lines
}

/// Keys match whole names; everything else matches in part.
fn is_sought(binding: &Binding, keys: &[Key], find: &str) -> bool {
    find.is_empty()
        || keys
            .iter()
            .any(|k| k.to_string() == find || k.name().eq_ignore_ascii_case(find))
        || may_mean(binding, find)
}

/// Adds a binding: its keys, with the text beside them, or below on a narrow screen.
fn push(context: &Context, page: &mut Page, keys: &str, words: &str, width: usize) {
    let column = if width >= 50 { KEYS_WIDTH } else { 10 };
    let mut label = pad(context.policy, &format!(" {keys}"), column);
    if context.policy.width(&label) + usize::from(label.ends_with(' ')) > column + 1
        || !label.ends_with(' ')
    {
        page.line(vec![(label, Role::Key)]);
        label = " ".repeat(column);
    }
    page.hanging(&label, Role::Key, words, &[], Role::Text);
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
            assert!(rows < 24, "{keys}: {rows} rows\n{screen}");
        }
        assert!(found("/ '没有这个键").1.contains("没有符合的按键"));
    }

    #[test]
    fn a_search_in_the_help_is_kept_and_given_up() {
        let mut stage = TestApp::new(100, 20);
        let all = stage.keys("?").screen();
        assert!(all.contains("1-19/") && all.contains("走动"), "{all}");
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
