//! The first-use tip: one line above the footer, gone after the first change.

use crate::tui::{context::Context, widgets::theme::Role};
use ratatui::{buffer::Buffer, layout::Rect};

/// Draws the longest variant that fits, with the user's own keys.
pub(super) fn draw(context: &Context, buf: &mut Buffer, area: Rect) {
    if area.is_empty() {
        return;
    }
    let mut pen = context.pen(buf, area, 0);
    pen.skip(1);
    let key = |id| context.key(id);
    let (tick, open, search, help) = (key("tick"), key("open"), key("search"), key("help"));
    let keys: [(&str, &dyn std::fmt::Display); 4] = [
        ("tick", &tick),
        ("open", &open),
        ("search", &search),
        ("help", &help),
    ];
    for wording in ["tip.long", "tip.middle", "tip.short"] {
        let text = context.lang.fill(wording, &keys);
        if context.policy.width(&text) <= pen.room() {
            return pen.put(&text, Role::Notice);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::{keymap::Keymap, test_app::TestApp};

    #[test]
    fn the_tip_is_there_until_the_first_change() {
        for (width, height) in [(160, 40), (120, 36), (80, 24), (40, 16)] {
            let mut stage = TestApp::new(width, height);
            let tip = |stage: &TestApp| {
                let screen = stage.screen();
                let lines: Vec<&str> = screen.lines().collect();
                lines[usize::from(height) - 2].to_owned()
            };
            assert!(tip(&stage).contains("空格 勾选"), "{}", stage.screen());
            stage.keys("j j");
            assert!(tip(&stage).contains("空格 勾选"), "{}", stage.screen());
            stage.keys("Space j");
            assert!(!stage.screen().contains("初次使用"), "{}", stage.screen());
            stage.keys("u");
            assert!(
                !stage.screen().contains("初次使用"),
                "it does not come back"
            );
        }
    }

    #[test]
    fn the_tip_has_the_users_own_keys() {
        let mut stage = TestApp::new(80, 24);
        stage.context.keymap = Keymap::new([("tick", vec!["x"])]).unwrap();
        assert!(stage.screen().contains("x 勾选"), "{}", stage.screen());
    }

    #[test]
    fn a_search_without_a_match_says_what_to_do() {
        let mut stage = TestApp::new(80, 24);
        stage.keys("/ '不存在的词");
        let screen = stage.screen();
        assert!(screen.contains("没有符合“不存在的词”的条款"), "{screen}");
        assert!(screen.contains("Esc 回到全部 42 款"), "{screen}");
    }
}
