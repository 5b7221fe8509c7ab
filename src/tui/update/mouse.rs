//! The mouse: a press selects a row, a second one opens it, the wheel scrolls what is under it.

use super::{browse, documents, papers, popup, review};
use crate::{
    document::Node,
    tui::{
        action::{Action, Effect},
        keymap::Mode,
        model::{Layer, Model},
        mouse::Pointer,
    },
};
use jiff::SignedDuration;
use ratatui::layout::Position;

/// Two presses within this are one double press.
const DOUBLE: SignedDuration = SignedDuration::from_millis(500);

/// How many rows or lines a notch of the wheel is.
const NOTCH: usize = 3;

/// What the mouse does, by what is open.
pub(super) fn mouse(model: &mut Model, pointer: Pointer, effects: &mut Vec<Effect>) {
    match (model.mode(), pointer) {
        (Mode::Browse | Mode::Detail, Pointer::Press(x, y)) => press(model, x, y, effects),
        (Mode::Browse | Mode::Detail, Pointer::Down(x, y)) => wheel(model, x, y, true),
        (Mode::Browse | Mode::Detail, Pointer::Up(x, y)) => wheel(model, x, y, false),
        (Mode::Help, Pointer::Down(..)) => turn(model, &Action::Down),
        (Mode::Help, Pointer::Up(..)) => turn(model, &Action::Up),
        (Mode::Documents, Pointer::Down(..)) => {
            documents::documents(model, &Action::Down, effects);
        }
        (Mode::Documents, Pointer::Up(..)) => {
            documents::documents(model, &Action::Up, effects);
        }
        (Mode::Review, Pointer::Down(..)) => review::review(model, &Action::Down, effects),
        (Mode::Review, Pointer::Up(..)) => review::review(model, &Action::Up, effects),
        (Mode::Pick, Pointer::Down(..)) => popup::pick(model, &Action::Down, effects),
        (Mode::Export, Pointer::Down(..)) => papers::export(model, &Action::Down),
        (Mode::Export, Pointer::Up(..)) => papers::export(model, &Action::Up),
        (Mode::Pick, Pointer::Up(..)) => popup::pick(model, &Action::Up, effects),
        _ => {}
    }
}

fn press(model: &mut Model, x: u16, y: u16, effects: &mut Vec<Effect>) {
    let area = model.panes().outline;
    if !area.contains(Position::new(x, y)) {
        return;
    }
    let row = model.outline.scroll() + usize::from(y - area.y);
    if row >= model.outline.rows().len() {
        return;
    }
    model.outline.go(row);
    model.detail_scroll = 0;
    let is_clause = matches!(model.outline.node(), Some(Node::Clause(_)));
    if !is_clause && model.layers.last() == Some(&Layer::Detail) {
        model.layers.pop();
    }
    let again = model
        .pressed
        .is_some_and(|(before, at)| before == row && model.now.duration_since(at) <= DOUBLE);
    model.pressed = (!again).then_some((row, model.now));
    if again && model.layers.is_empty() {
        browse::browse(model, Action::Open, effects);
    }
}

fn turn(model: &mut Model, action: &Action) {
    for _ in 0..NOTCH {
        popup::help(model, action);
    }
}

fn wheel(model: &mut Model, x: u16, y: u16, down: bool) {
    let over_detail = model.panes().detail.contains(Position::new(x, y));
    if over_detail && down {
        // The layout brings it back to the last line.
        model.detail_scroll += NOTCH;
    } else if over_detail {
        model.detail_scroll = model.detail_scroll.saturating_sub(NOTCH);
    } else {
        let by = NOTCH.cast_signed();
        model.outline.step(if down { by } else { -by });
        model.detail_scroll = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::stage::Stage;

    fn at(stage: &mut Stage, pointer: Pointer) {
        stage.act(Action::Mouse(pointer));
    }

    #[test]
    fn a_press_selects_and_a_second_one_opens() {
        let mut stage = Stage::new(120, 36);
        at(&mut stage, Pointer::Press(10, 3));
        assert_eq!(stage.at(), "1.1");
        at(&mut stage, Pointer::Press(10, 4));
        assert_eq!(
            (stage.at().as_str(), stage.model.mode()),
            ("1.2", Mode::Browse)
        );
        at(&mut stage, Pointer::Press(12, 4));
        assert_eq!(stage.model.mode(), Mode::Detail);
        // Another row, while a clause is open: that one is seen; on a measure nothing stays open.
        at(&mut stage, Pointer::Press(10, 3));
        assert_eq!(
            (stage.at().as_str(), stage.model.mode()),
            ("1.1", Mode::Detail)
        );
        at(&mut stage, Pointer::Press(10, 2));
        assert_eq!(
            (stage.at().as_str(), stage.model.mode()),
            ("1", Mode::Browse)
        );
    }

    #[test]
    fn two_slow_presses_are_two() {
        let mut stage = Stage::new(120, 36);
        at(&mut stage, Pointer::Press(10, 3));
        stage.act(Action::Clock(
            stage.model.now + SignedDuration::from_secs(1),
        ));
        at(&mut stage, Pointer::Press(10, 3));
        assert_eq!(stage.model.mode(), Mode::Browse);
    }

    #[test]
    fn a_double_press_folds_a_measure() {
        let mut stage = Stage::new(120, 36);
        at(&mut stage, Pointer::Press(10, 2));
        at(&mut stage, Pointer::Press(10, 2));
        stage.keys("j");
        assert_eq!(stage.at(), "2");
    }

    #[test]
    fn the_wheel_scrolls_what_is_under_it() {
        let mut stage = Stage::new(120, 12);
        stage.keys("'16.3 Enter");
        let before = stage.at();
        at(&mut stage, Pointer::Down(100, 5));
        assert_eq!(stage.at(), before);
        at(&mut stage, Pointer::Down(10, 5));
        assert_ne!(stage.at(), before);
        stage.keys("?");
        at(&mut stage, Pointer::Down(10, 5));
        assert!(matches!(stage.model.layers.last(), Some(Layer::Help(h)) if h.scroll == 3));
        at(&mut stage, Pointer::Up(10, 5));
        at(&mut stage, Pointer::Up(10, 5));
        assert!(matches!(stage.model.layers.last(), Some(Layer::Help(h)) if h.scroll == 0));
        stage.keys("Esc j s");
        at(&mut stage, Pointer::Down(10, 5));
        assert!(matches!(stage.model.layers.last(), Some(Layer::Pick(p)) if p.selected == 1));
    }

    #[test]
    fn presses_outside_the_rows_do_nothing_at_any_size() {
        for (width, height) in [(0, 0), (1, 1), (40, 16), (80, 24), (120, 36)] {
            for (x, y) in [(0, 0), (119, 0), (0, 35), (119, 35), (u16::MAX, u16::MAX)] {
                let mut stage = Stage::new(width, height);
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
        let mut stage = Stage::new(120, 36);
        stage.keys("j j r '字");
        let before = stage.model.layers.clone();
        at(&mut stage, Pointer::Press(10, 5));
        at(&mut stage, Pointer::Down(10, 5));
        assert_eq!((stage.at().as_str(), &stage.model.layers), ("1.1", &before));
    }
}
