//! The mouse: a press selects a row, a second one opens it, the wheel scrolls what is under it.

use super::Checklist;
use crate::{
    document::Node,
    tui::{action::Action, context::Context},
};
use jiff::SignedDuration;
use ratatui::layout::Position;

/// Two presses within this are a double press.
const DOUBLE: SignedDuration = SignedDuration::from_millis(500);

/// Rows or lines per notch of the wheel.
const NOTCH: usize = 3;

impl Checklist {
    /// Selects the pressed row; opens it on a double press.
    pub(super) fn press(&mut self, context: &mut Context, x: u16, y: u16) {
        let area = context.panes().outline;
        if !area.contains(Position::new(x, y)) {
            return;
        }
        let row = context.outline.scroll() + usize::from(y - area.y);
        if row >= context.outline.rows().len() {
            return;
        }
        context.outline.go(row);
        self.scroll = 0;
        if !matches!(context.outline.node(), Some(Node::Clause(_))) {
            self.close();
        }
        let now = context.now;
        let is_again = |(before, at)| before == row && now.duration_since(at) <= DOUBLE;
        let again = self.pressed.is_some_and(is_again);
        self.pressed = (!again).then_some((row, now));
        if again && !self.is_open {
            self.browse(context, Action::Open);
        }
    }

    /// Scrolls the outline, or the detail if the pointer is over it.
    pub(super) fn wheel(&mut self, context: &mut Context, x: u16, y: u16, down: bool) {
        let over_detail = context.panes().detail.contains(Position::new(x, y));
        if over_detail && down {
            // The layout limits it to the last line.
            self.scroll += NOTCH;
        } else if over_detail {
            self.scroll = self.scroll.saturating_sub(NOTCH);
        } else {
            let by = NOTCH.cast_signed();
            context.outline.step(if down { by } else { -by });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{
        keymap::Mode,
        message::{Message, Pointer},
        screens::{help::Help, pick::Pick},
        test_app::TestApp,
    };

    fn at(stage: &mut TestApp, pointer: Pointer) {
        stage.receive(Message::Mouse(pointer));
    }

    #[test]
    fn a_press_selects_and_a_second_one_opens() {
        let mut stage = TestApp::new(120, 36);
        at(&mut stage, Pointer::Press(10, 3));
        assert_eq!(stage.at(), "1.1");
        at(&mut stage, Pointer::Press(10, 4));
        assert_eq!(
            (stage.at().as_str(), stage.context.mode()),
            ("1.2", Mode::Browse)
        );
        at(&mut stage, Pointer::Press(12, 4));
        assert_eq!(stage.context.mode(), Mode::Detail);
        // Pressing another row shows that one; on a measure nothing stays open.
        at(&mut stage, Pointer::Press(10, 3));
        assert_eq!(
            (stage.at().as_str(), stage.context.mode()),
            ("1.1", Mode::Detail)
        );
        at(&mut stage, Pointer::Press(10, 2));
        assert_eq!(
            (stage.at().as_str(), stage.context.mode()),
            ("1", Mode::Browse)
        );
    }

    #[test]
    fn two_slow_presses_are_two() {
        let mut stage = TestApp::new(120, 36);
        at(&mut stage, Pointer::Press(10, 3));
        stage.receive(Message::Clock(
            stage.context.now + SignedDuration::from_secs(1),
        ));
        at(&mut stage, Pointer::Press(10, 3));
        assert_eq!(stage.context.mode(), Mode::Browse);
    }

    #[test]
    fn a_double_press_folds_a_measure() {
        let mut stage = TestApp::new(120, 36);
        at(&mut stage, Pointer::Press(10, 2));
        at(&mut stage, Pointer::Press(10, 2));
        stage.keys("j");
        assert_eq!(stage.at(), "2");
    }

    #[test]
    fn the_wheel_scrolls_what_is_under_it() {
        let mut stage = TestApp::new(120, 12);
        stage.keys("'16.3 Enter");
        let before = stage.at();
        at(&mut stage, Pointer::Down(100, 5));
        assert_eq!(stage.at(), before);
        at(&mut stage, Pointer::Down(10, 5));
        assert_ne!(stage.at(), before);
        stage.keys("?");
        at(&mut stage, Pointer::Down(10, 5));
        assert!(stage.top::<Help>().scroll == 3);
        at(&mut stage, Pointer::Up(10, 5));
        at(&mut stage, Pointer::Up(10, 5));
        assert!(stage.top::<Help>().scroll == 0);
        stage.keys("Esc j s");
        at(&mut stage, Pointer::Down(10, 5));
        assert!(stage.top::<Pick>().selected == 1);
    }

    #[test]
    fn presses_outside_the_rows_do_nothing_at_any_size() {
        for (width, height) in [(0, 0), (1, 1), (40, 16), (80, 24), (120, 36)] {
            for (x, y) in [(0, 0), (119, 0), (0, 35), (119, 35), (u16::MAX, u16::MAX)] {
                let mut stage = TestApp::new(width, height);
                stage.keys("z z G");
                for pointer in [Pointer::Press(x, y), Pointer::Down(x, y), Pointer::Up(x, y)] {
                    at(&mut stage, pointer);
                    stage.screen();
                }
            }
        }
    }

    #[test]
    fn what_is_being_typed_is_left_alone() {
        let mut stage = TestApp::new(120, 36);
        stage.keys("j j r '字");
        let before = format!("{:?}", stage.above);
        at(&mut stage, Pointer::Press(10, 5));
        at(&mut stage, Pointer::Down(10, 5));
        assert_eq!(
            (stage.at().as_str(), format!("{:?}", stage.above)),
            ("1.1", before)
        );
    }
}
