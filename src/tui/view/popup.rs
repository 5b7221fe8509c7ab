//! Boxes above the outline: the status picker, questions.

use super::Pen;
use crate::{
    progress::Status,
    text::{clean, fill, wrap},
    tui::{
        action::Action,
        exports::{Choice, EXPORTS},
        glyphs::Glyphs,
        key::Key,
        keymap::Mode,
        model::{Confirm, Model, Pick},
        theme::Role,
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// Returns the inside of a box of this size in the middle of the screen, its frame drawn where
/// there is room for one.
pub(crate) fn frame(model: &Model, buf: &mut Buffer, width: usize, height: usize) -> Rect {
    let screen = Rect::new(0, 0, model.size.0, model.size.1);
    let limit = |n: usize, max: u16| u16::try_from(n).unwrap_or(u16::MAX).min(max);
    // The footer stays in sight: it has the keys.
    let body = Rect {
        height: screen.height.saturating_sub(u16::from(screen.height >= 2)),
        ..screen
    };
    let (w, h) = (limit(width + 4, body.width), limit(height + 2, body.height));
    let area = Rect::new((body.width - w) / 2, (body.height - h) / 2, w, h);
    fill(buf, area, model.theme.style(Role::Text));
    if w < 8 || h < 4 {
        return area;
    }
    let glyphs = Glyphs::of(model.policy);
    for y in [area.y, area.bottom() - 1] {
        let mut pen = Pen {
            model,
            buf,
            x: area.x,
            y,
            end: area.right(),
        };
        for _ in 0..w {
            pen.put(glyphs.level, Role::Dim);
        }
    }
    Rect::new(area.x + 2, area.y + 1, w - 4, h - 2)
}

/// Draws the status picker.
pub fn pick(model: &Model, buf: &mut Buffer, pick: &Pick) {
    let lang = model.lang;
    let rows = (1..).zip(Status::ALL).map(|(nth, s)| Item {
        text: format!(
            "{nth} {} {} {}",
            letter(model, s),
            s.mark(),
            lang.text(s.name_key())
        ),
        role: Role::Status(s),
    });
    let rows: Vec<Item> = rows.collect();
    let title = match pick.targets.as_slice() {
        [one] => model.document.clauses[*one].id.to_string(),
        many => lang.fill("pick.many", &[("n", &many.len())]),
    };
    list(model, buf, &title, &rows, pick.selected);
}

/// Returns the letter that picks a status, or a blank where the user's keys have none.
fn letter(model: &Model, status: Status) -> String {
    let digit = |key: &Key| matches!(key.typed(), Some(c) if c.is_ascii_digit());
    let mut keys = model.keymap.of_mode(Mode::Pick);
    let own = keys.find_map(|(binding, keys)| {
        let picks = binding.action == Action::SetStatus(status);
        keys.iter().find(|key| picks && !digit(key))
    });
    own.map_or_else(|| " ".to_owned(), ToString::to_string)
}

/// A row of a list to pick from.
struct Item {
    text: String,
    role: Role,
}

/// Draws a box with a list; where not all of it fits, what is under the cursor is in sight.
fn list(model: &Model, buf: &mut Buffer, title: &str, rows: &[Item], selected: usize) {
    let texts = rows.iter().map(|row| row.text.as_str()).chain([title]);
    let widest = texts.map(|t| model.policy.width(t)).max().unwrap_or(0);
    let area = frame(model, buf, widest, rows.len() + 1);
    if area.is_empty() {
        return;
    }
    let with_title = usize::from(area.height) > rows.len();
    let room = usize::from(area.height) - usize::from(with_title);
    let first = (selected + 1).saturating_sub(room.max(1));
    if with_title {
        Pen::new(model, buf, area, 0).put(title, Role::Heading);
    }
    let shown = rows.iter().enumerate().skip(first).take(room);
    for (line, (i, row)) in (u16::from(with_title)..).zip(shown) {
        Pen::new(model, buf, area, line).put(&row.text, row.role);
        if i == selected {
            let line = Rect {
                y: area.y + line,
                height: 1,
                ..area
            };
            buf.set_style(line, model.theme.style(Role::Selected));
        }
    }
}

/// Draws the picker of exports.
pub fn export(model: &Model, buf: &mut Buffer, choice: &Choice) {
    let lang = model.lang;
    let all = model.document.clauses.len();
    let n = choice.clauses.as_ref().map_or(all, Vec::len);
    let topic = choice.topic.as_deref().unwrap_or(lang.text("meeting.all"));
    let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("topic", &clean(topic))];
    let rows = (1..).zip(&EXPORTS);
    let rows = rows.map(|(nth, export)| Item {
        text: format!("{nth} {}", lang.text(export.name_key)),
        role: Role::Text,
    });
    let title = lang.fill("export.title", &values);
    list(
        model,
        buf,
        &title,
        &rows.collect::<Vec<_>>(),
        choice.selected,
    );
}

/// Draws a question.
pub fn confirm(model: &Model, buf: &mut Buffer, confirm: &Confirm) {
    let width = usize::from(model.size.0).saturating_sub(4).clamp(1, 56);
    let lines = wrap(model.policy, &confirm.question, width);
    let area = frame(model, buf, width, lines.len());
    for (row, range) in (0..area.height).zip(lines) {
        let text = confirm.question.get(range).unwrap_or_default().trim_end();
        Pen::new(model, buf, area, row).put(text, Role::Heading);
    }
}
