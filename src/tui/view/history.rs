//! The history: a line a change, newest last; what was taken back is said to be.

use super::Pen;
use crate::{
    progress::{Body, Change},
    report::phrase,
    text::{clean, elide, fill, pad},
    tui::{
        model::{History, Model},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Draws the pane over everything but the footer.
pub fn draw(model: &Model, buf: &mut Buffer, history: &History) {
    let footer = u16::from(model.size.1 >= 2);
    let area = Rect::new(0, 0, model.size.0, model.size.1 - footer.min(model.size.1));
    fill(buf, area, model.theme.style(Role::Text));
    if area.is_empty() {
        return;
    }
    let all = model.progress.changes();
    let count = history.found.as_ref().map_or_else(|| all.len(), Vec::len);
    heading(model, &mut Pen::new(model, buf, area, 0), history, count);
    let room = usize::from(area.height.saturating_sub(1));
    // The cursor stays a few rows from the edges where there are more.
    let first = history
        .selected
        .saturating_sub(room / 2)
        .min(count.saturating_sub(room));
    for (line, index) in (1..area.height).zip(first..count) {
        let row = history
            .found
            .as_ref()
            .map_or(Some(index), |found| found.get(index).copied());
        let Some(change) = row.and_then(|row| model.progress.changes().nth(row)) else {
            break;
        };
        draw_change(model, &mut Pen::new(model, buf, area, line), change);
        if index == history.selected {
            let line = Rect {
                y: area.y + line,
                height: 1,
                ..area
            };
            buf.set_style(line, model.theme.style(Role::Selected));
        }
    }
}

fn heading(model: &Model, pen: &mut Pen<'_>, history: &History, count: usize) {
    let lang = model.lang;
    pen.skip(1);
    pen.put(&lang.fill("history.title", &[("n", &count)]), Role::Heading);
    if !history.query.is_empty() {
        pen.put(&format!("  /{}", clean(&history.query)), Role::Key);
    } else if count == 0 {
        pen.put(&format!("  {}", lang.text("history.empty")), Role::Dim);
    }
}

fn draw_change(model: &Model, pen: &mut Pen<'_>, change: &Change) {
    let at = change.when().to_zoned_datetime(model.zone.clone());
    let format = if at.year() == model.today.year() {
        "%m-%d %H:%M"
    } else {
        "%Y-%m-%d"
    };
    pen.skip(1);
    pen.put(&at.strftime(format).to_string(), Role::Dim);
    pen.skip(1);
    let name = if pen.room() >= 60 { 12 } else { 6 };
    pen.put(&pad(model.policy, &clean(&change.by), name), Role::Text);
    pen.skip(1);
    let said = said(model, change);
    let standing = model.progress.stands(&change.id);
    let (said, role) = if standing {
        (said, Role::Text)
    } else {
        (
            model.lang.fill("history.taken-back", &[("said", &said)]),
            Role::Dim,
        )
    };
    let said = clean(&said).replace('\n', " ");
    let said = elide(model.policy, &said, pen.room()).into_owned();
    pen.put(&said, role);
}

/// Returns what a change says; of one that takes another back, or brings it back, what that said.
fn said(model: &Model, change: &Change) -> String {
    let items =
        |change: &Change| phrase::items(change, model.lang).join(model.lang.text("list.separator"));
    let meant = match &change.body {
        Body::Retract(id) => model.progress.retracted(id),
        Body::Edits(_) => None,
    };
    match meant {
        Some((set, is_undo)) => {
            let key = if is_undo {
                "history.undone"
            } else {
                "history.redone"
            };
            model.lang.fill(key, &[("said", &items(set))])
        }
        // What it takes back may be yet to come.
        None => items(change),
    }
}
