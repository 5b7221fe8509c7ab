//! The numbered menu of an open clause, which works through an input method.

use crate::{
    progress::Status,
    tui::{action::Action, commands, context::Context, keymap::Mode},
};
use ratatui::layout::Rect;

/// A key and what it does.
type MenuItem = (String, &'static str);

/// Rows left for the clause itself.
const TEXT_ROWS: usize = 3;
/// From this height on, a blank row separates menu and text.
const AIRY: u16 = 12;

/// Returns the rows of the menu in a pane, including the blank one above; 0 if no clause is open,
/// or too little of it would remain visible.
pub(super) fn height(context: &Context, pane: Rect) -> u16 {
    if !context.has(Mode::Detail) {
        return 0;
    }
    let air = u16::from(pane.height >= AIRY);
    let rows = rows(context, pane);
    match u16::try_from(rows.len()) {
        Ok(0) | Err(_) => 0,
        Ok(count) => count + air,
    }
}

/// Returns the rows of the menu in a pane: two halves if they fit, otherwise as many items per row
/// as fit. A pane too low for all has the first rows, or none.
pub(super) fn rows(context: &Context, pane: Rect) -> Vec<Vec<MenuItem>> {
    let room = usize::from(pane.width).saturating_sub(1);
    let mut rows = pack(context, &items(context), room);
    rows.truncate(usize::from(pane.height).saturating_sub(TEXT_ROWS));
    rows
}

fn items(context: &Context) -> Vec<MenuItem> {
    let statuses = Status::ALL.map(|s| (Action::SetStatus(s), s.name_key()));
    let others = [
        (Action::Remark, "hint.remark"),
        (Action::Due, "hint.due"),
        (Action::Undo, "hint.undo"),
    ];
    let own = [
        (Action::Reword, "detail.reword"),
        (Action::Remove, "detail.remove"),
    ];
    let own = own.into_iter().filter(|_| commands::is_own(context));
    let item = |(action, name)| {
        let bindings = context.keymap.of_mode(Mode::Detail);
        // The menu's own bindings come after those of every screen.
        let (_, keys) = bindings.filter(|(b, _)| b.action == action).last()?;
        Some((keys.first()?.to_string(), context.lang.text(name)))
    };
    statuses
        .into_iter()
        .chain(others)
        .chain(own)
        .filter_map(item)
        .collect()
}

fn pack(context: &Context, items: &[MenuItem], room: usize) -> Vec<Vec<MenuItem>> {
    let width = |items: &[MenuItem]| -> usize {
        let widths = items
            .iter()
            .map(|(key, name)| context.policy.width(key) + context.policy.width(name) + 3);
        widths.sum::<usize>().saturating_sub(2)
    };
    let halves = items.chunks(items.len().div_ceil(2));
    if halves.clone().all(|row| width(row) <= room) {
        return halves.map(<[MenuItem]>::to_vec).collect();
    }
    let mut rows = Vec::new();
    let mut rest = items;
    while !rest.is_empty() {
        let fit = (1..=rest.len())
            .take_while(|n| width(&rest[..*n]) <= room)
            .last()
            .unwrap_or(1);
        let (row, more) = rest.split_at(fit);
        rows.push(row.to_vec());
        rest = more;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::test_app::TestApp;

    /// Returns how many items an open clause shows and lacks at a size, and the number of its text
    /// rows.
    fn shown(width: u16, height: u16) -> (usize, usize, usize) {
        let mut stage = TestApp::new(width, height);
        stage.keys("j j Space Enter");
        let pane = stage.context.panes().detail;
        let shown = rows(&stage.context, pane).iter().flatten().count();
        let lacking = items(&stage.context).len() - shown;
        let taken = super::height(&stage.context, pane);
        (shown, lacking, usize::from(pane.height - taken))
    }

    #[test]
    fn the_whole_menu_is_there_wherever_three_lines_of_text_are_left() {
        for (width, height, left) in [
            (120, 36, 31),
            (80, 24, 11),
            (80, 12, 8),
            (60, 10, 6),
            (40, 16, 10),
            (40, 8, 3),
            (30, 10, 4),
            (20, 10, 3),
        ] {
            let (_, lacking, rows) = shown(width, height);
            assert_eq!(rows, left, "{width} × {height}");
            assert!(
                lacking == 0 || rows == TEXT_ROWS,
                "{width} × {height}: {lacking}"
            );
        }
        assert_eq!(shown(20, 8).0, 6);
        let (none, _, rows) = shown(20, 5);
        assert_eq!((none, rows), (0, 3));
    }
}
