//! `:`: goes to a number, or does what an action's name says.

use super::purpose::{Line, Purpose};
use crate::{
    document::Node,
    tui::{
        command::{candidates, is_key, name},
        context::Context,
        keymap::Mode,
        minutes,
        request::Request,
        widgets::editor::Editor,
    },
};

#[derive(Debug)]
pub(super) struct Command;

pub(super) fn open(text: String) -> (Command, Line) {
    (Command, Line::new(text))
}

impl Purpose for Command {
    fn is_box(&self) -> bool {
        true
    }

    fn label(&self, _: &Context, _: usize) -> String {
        ":".to_owned()
    }

    /// Says what the line would do: where a number leads, or which actions may be meant.
    fn aside(&self, context: &Context, line: &Line, room: usize) -> Option<(String, usize)> {
        if line.error.is_some() {
            return None;
        }
        let text = line.text();
        let document = &context.document;
        let meant = match context.document.node(text) {
            _ if text.is_empty() => context.lang.text("prompt.command").to_owned(),
            Some(Node::Measure(i)) => document.measures[i].title.clone(),
            Some(Node::Clause(i)) => document.clauses[i].text.chars().take(200).collect(),
            Some(Node::Chapter(i)) => document.chapters[i].heading(),
            None => {
                let typed = line.seed.as_deref().unwrap_or(text);
                let found = candidates(context.named_mode(), typed);
                let names: Vec<&str> = found.iter().map(|b| name(context.lang, b)).collect();
                names.join("  ")
            }
        };
        Some((meant, room / 2))
    }

    /// Puts the next action that what was typed may mean into the line, and round at the end.
    fn complete(&mut self, context: &mut Context, line: &mut Line) {
        let typed = line.editor.text().to_owned();
        let typed = line.seed.get_or_insert(typed);
        let found = candidates(context.named_mode(), typed);
        let names: Vec<&str> = found.iter().map(|b| name(context.lang, b)).collect();
        let at = names.iter().position(|n| *n == line.editor.text());
        let next = at.map_or(0, |i| (i + 1) % names.len());
        if let Some(name) = names.get(next) {
            line.editor = Editor::new(*name);
        }
    }

    /// Goes to the number, or does the only action that is meant.
    fn accept(&mut self, context: &mut Context, line: &mut Line) -> Result<(), String> {
        let text = line.text();
        if text.is_empty() {
            return Ok(());
        }
        if let Some(node) = context.document.node(text) {
            go(context, node, text);
            return Ok(());
        }
        let lang = context.lang;
        let found = candidates(context.named_mode(), text);
        let is_meant = |b: &crate::tui::keymap::Binding| {
            found.len() == 1 || b.id == text || name(lang, b) == text || is_key(b, text)
        };
        let what: [(&str, &dyn std::fmt::Display); 1] = [("what", &text)];
        match found.first() {
            Some(first) if is_meant(first) => {
                context.ask(Request::Do(first.action));
                Ok(())
            }
            Some(_) => Err(lang.fill("error.several-actions", &what)),
            None => {
                let error = lang.fill("error.no-such-place", &what);
                // A number that names nothing is no beginning of the next one.
                line.editor.select();
                Err(error)
            }
        }
    }
}

fn go(context: &mut Context, node: Node, text: &str) {
    if context.named_mode() == Mode::Meeting {
        return minutes::visit_node(context, node);
    }
    context.outline.select(&context.document, node);
    if context.outline.node() != Some(node) {
        context.warn(context.lang.fill("notice.filtered-out", &[("what", &text)]));
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::{keymap::Mode, request::Effect, test_app::TestApp};

    fn line(stage: &TestApp) -> String {
        stage.typed().0.to_owned()
    }

    #[test]
    fn an_action_is_done_by_any_of_its_names() {
        for typed in ["undo", "撤销", "cx", "chexiao"] {
            let mut stage = TestApp::new(80, 24);
            stage.keys("j j Space");
            assert_eq!(stage.context.progress.total().rate().0, 1);
            stage.keys(&format!(": '{typed} Enter"));
            assert_eq!(stage.context.progress.total().rate().0, 0, "{typed}");
        }
        let mut stage = TestApp::new(80, 24);
        stage.keys("： '退出 Enter");
        assert_eq!(stage.effects, [Effect::Quit]);
        stage.keys(": 'q Enter");
        assert_eq!(stage.effects, [Effect::Quit, Effect::Quit]);
    }

    #[test]
    fn a_number_may_be_full_width() {
        for keys in [
            "'１６ Enter",
            "'１６。３ Enter",
            ": '１６．３ Enter",
            ": '16、3 Enter",
            ": '第16条 Enter",
            ": '第１６条第３款 Enter",
            ": '第十六条第三款 Enter",
        ] {
            let mut stage = TestApp::new(80, 24);
            stage.keys(keys);
            let row = stage.context.outline.node().map(|n| stage.context.label(n));
            let row = row.unwrap_or_default();
            assert!(row.starts_with("16"), "{keys}: {row}\n{}", stage.screen());
        }
    }

    #[test]
    fn what_may_be_several_is_asked_about_and_tab_goes_through_them() {
        let mut stage = TestApp::new(80, 24);
        stage.keys(": 'xy Enter");
        assert_eq!(stage.context.mode(), Mode::Line, "the line stays");
        assert!(stage.screen().contains("按 Tab 选择"), "{}", stage.screen());
        stage.keys("Tab");
        let first = line(&stage);
        let last_row = stage.screen().lines().last().unwrap().to_owned();
        assert!(
            last_row.contains(&first) && !last_row.contains("按 Tab"),
            "{last_row}"
        );
        stage.keys("Tab");
        let second = line(&stage);
        assert_ne!(first, second);
        let round = (0..40).any(|_| {
            stage.keys("Tab");
            line(&stage) == first
        });
        assert!(round, "it never comes round to {first}");
    }

    #[test]
    fn the_line_says_where_a_number_leads_and_what_letters_may_mean() {
        let mut stage = TestApp::new(100, 24);
        let last = |stage: &TestApp| stage.screen().lines().last().unwrap().to_owned();
        stage.keys(":");
        assert!(last(&stage).contains("Tab 补全"), "{}", last(&stage));
        stage.keys("'2");
        assert!(last(&stage).contains("药食同源"), "{}", last(&stage));
        stage.keys("Esc : 'cx");
        assert!(last(&stage).contains("撤销"), "{}", last(&stage));
    }
}
