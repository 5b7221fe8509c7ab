//! `:`: goes to a number, or performs a named action.

use super::{
    completion::CompletionItem,
    purpose::{PromptFace, PromptLine, Purpose, Tab},
};
use crate::{
    document::Node,
    text::half_width,
    tui::{
        command::{candidates, is_key, name},
        context::Context,
        keymap::Mode,
        minutes,
        request::Request,
    },
};

#[derive(Debug)]
pub(super) struct CommandPrompt;

impl Purpose for CommandPrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "prompt.command",
            sign: ":",
            empty: "prompt.command-takes",
            tab: Tab::Words,
        }
    }

    /// Says where a number leads.
    fn about(&self, context: &Context, line: &PromptLine) -> String {
        let document = &context.document;
        match document.node(line.text()) {
            Some(Node::Measure(i)) => document.measures[i].title.clone(),
            Some(Node::Clause(i)) => document.clauses[i].text.chars().take(200).collect(),
            Some(Node::Chapter(i)) => document.chapters[i].heading(),
            None => String::new(),
        }
    }

    /// Returns the numbers with this prefix, or the actions that the text may mean.
    fn candidates(&self, context: &Context, text: &str) -> (usize, Vec<CompletionItem>) {
        // An input method has its own full stop.
        let typed: String = text.trim_start().chars().map(half_width).collect();
        let typed = typed.replace(['。', '、'], ".");
        if typed.starts_with(|c: char| c.is_ascii_digit()) {
            return (0, numbers(context, &typed));
        }
        let found = candidates(context.named_mode(), &typed).into_iter();
        let choice = |binding| name(context.lang, binding).to_owned().into();
        (0, found.map(choice).collect())
    }

    /// Goes to the number, or performs the only matching action.
    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
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
                // An unknown number is not the beginning of the next one.
                line.editor.select();
                Err(error)
            }
        }
    }
}

fn numbers(context: &Context, typed: &str) -> Vec<CompletionItem> {
    let document = &context.document;
    let measures = (0..document.measures.len()).map(|i| document.measure_label(i));
    let clauses = document.clauses.iter().map(|clause| clause.id.to_string());
    let all = measures.chain(clauses);
    all.filter(|number| number.starts_with(typed) && number != typed)
        .map(CompletionItem::from)
        .collect()
}

fn go(context: &mut Context, node: Node, text: &str) {
    if context.named_mode() == Mode::Meeting {
        return minutes::visit_node(context, node);
    }
    if !context.go_to(node) {
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
        let rows = stage.rows(5);
        assert!(
            rows[1].contains(&first) && rows[2].contains(&first),
            "{rows:?}"
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
        stage.keys(":");
        let rows = stage.rows(5);
        assert!(
            rows[0].contains("Tab 补全") && rows[1].contains("16.3 编号"),
            "{rows:?}"
        );
        stage.keys("'2");
        let rows = stage.rows(5);
        assert!(
            rows[0].contains("药食同源") && rows[2].contains("2.1"),
            "{rows:?}"
        );
        stage.keys("Esc : 'cx");
        assert!(stage.rows(5)[2].contains("撤销"), "{:?}", stage.rows(5));
    }
}
