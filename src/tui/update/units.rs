//! The table of units: opening it, walking it, sorting it, and going on to a unit's clauses.

use super::{browse, meeting, search};
use crate::{
    report::Basis,
    tui::{
        action::{Action, Effect},
        model::{Layer, Model},
        units::Board,
        view,
    },
};

/// Opens the table.
pub(super) fn open(model: &mut Model) {
    let board = Board::new(&basis(model), &model.pace.of(&model.document));
    if board.rows.is_empty() {
        let key = model.keymap.first_key("owner");
        return model.say(model.lang.fill("units.none", &[("key", &key)]));
    }
    model.layers.push(Layer::Units(board));
}

/// Counts again where the table is open: a colleague's line came in, or the day has changed.
pub(super) fn renew(model: &mut Model) {
    let at = model
        .layers
        .iter()
        .position(|l| matches!(l, Layer::Units(_)));
    let Some(at) = at else { return };
    let Layer::Units(board) = &model.layers[at] else {
        return;
    };
    let board = board.renewed(&basis(model), &model.pace.of(&model.document));
    model.layers[at] = Layer::Units(board);
}

/// Returns what reports are made from.
pub(super) fn basis(model: &Model) -> Basis<'_> {
    Basis {
        scene: search::scene(model),
        lang: model.lang,
    }
}

/// What a key does in the table.
pub(super) fn units(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let page = view::units::list_height(model).saturating_sub(1).max(1);
    let page = page.cast_signed();
    let Some(Layer::Units(board)) = model.layers.last_mut() else {
        return;
    };
    match action {
        Action::Down => board.step(1),
        Action::Up => board.step(-1),
        Action::PageDown => board.step(page),
        Action::PageUp => board.step(-page),
        Action::Top => board.step(isize::MIN),
        Action::Bottom => board.step(isize::MAX),
        Action::NextColumn => board.sort_beside(true),
        Action::PreviousColumn => board.sort_beside(false),
        Action::Reverse => board.reverse(),
        Action::Back => drop(model.layers.pop()),
        Action::Open => go(model, false, effects),
        Action::Meeting => go(model, true, effects),
        other => browse::common(model, &other, effects),
    }
}

/// Goes on to the clauses of the unit under the cursor: in the outline, or in a meeting over it.
fn go(model: &mut Model, meet: bool, effects: &mut Vec<Effect>) {
    let Some(Layer::Units(board)) = model.layers.pop() else {
        return;
    };
    let Some(row) = board.row() else { return };
    let name = row.group.name.clone();
    let query = if name.contains(char::is_whitespace) {
        format!("@\"{name}\"")
    } else {
        format!("@{name}")
    };
    search::set(model, query);
    if meet {
        meeting::begin(model, name, row.group.clauses.clone(), effects);
    }
}

/// Keeps the row under the cursor on the screen.
pub(super) fn settle(model: &mut Model) {
    let height = view::units::list_height(model).max(1);
    if let Some(Layer::Units(board)) = model.layers.last_mut() {
        let last = board.rows.len().saturating_sub(height);
        let low = (board.selected + 1).saturating_sub(height);
        board.scroll = board.scroll.clamp(low, board.selected.max(low)).min(last);
    }
}

#[cfg(test)]
mod tests;
