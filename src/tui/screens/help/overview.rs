//! The first page of the help: the outline's keys by task, the marks, and how to search.

use crate::{
    progress::Status,
    tui::{
        command::name,
        context::Context,
        keymap::{Binding, Mode},
        widgets::{
            glyphs::{self, MARK},
            hint::Hint,
            lines::Line,
            theme::Role,
        },
    },
};

/// The tasks, each with its bindings; other bindings are with the last.
const TASKS: [(&str, &[&str]); 5] = [
    (
        "help.change",
        &[
            "tick", "status", "remark", "due", "owner", "step", "mark", "mark-all", "undo", "redo",
        ],
    ),
    (
        "help.walk",
        &[
            "down",
            "up",
            "page-down",
            "page-up",
            "top",
            "bottom",
            "open",
            "back",
            "fold",
            "unfold",
            "toggle-fold",
            "toggle-all",
            "next-measure",
            "previous-measure",
        ],
    ),
    (
        "help.find",
        &["search", "next-match", "previous-match", "command"],
    ),
    ("help.output", &["export", "copy", "meeting"]),
    ("help.screen", &[]),
];

/// From this width on, the tasks are in two columns.
const WIDE: usize = 72;
/// The columns of a key with its action.
pub(super) const CELL: usize = 19;

/// Returns the page at a width.
pub(super) fn lines(context: &Context, width: usize) -> Vec<Line> {
    let is_wide = width >= WIDE;
    let column = if is_wide { width / 2 - 1 } else { width - 1 };
    let task = |nth: usize| {
        let (title, _) = TASKS[nth];
        let mut lines = vec![heading(context, title)];
        flow(context, &mut lines, hints(context, nth), column);
        lines
    };
    let left = [task(0), task(1), marks(context, column)];
    let right = [[task(2), terms(context)].concat(), task(3), task(4)];
    let apart = |blocks: [Vec<Line>; 3]| blocks.join(&Line::default());
    let (left, right) = (apart(left), apart(right));
    if !is_wide {
        return [left, vec![Line::default()], right].concat();
    }
    let rows = left.len().max(right.len());
    let side = |lines: &[Line], row: usize| lines.get(row).cloned().unwrap_or_default();
    let beside = |row| {
        let (mut line, other) = (side(&left, row), side(&right, row));
        let used: usize = line
            .pieces
            .iter()
            .map(|(text, _)| context.policy.width(text))
            .sum();
        let gap = " ".repeat((column + 1).saturating_sub(used));
        line.pieces.push((gap, Role::Text));
        line.pieces.extend(other.pieces);
        line
    };
    (0..rows).map(beside).collect()
}

fn heading(context: &Context, key: &'static str) -> Line {
    line(vec![(context.lang.text(key).to_owned(), Role::Heading)])
}

fn line(pieces: Vec<(String, Role)>) -> Line {
    Line {
        pieces,
        ..Line::default()
    }
}

/// Returns a task's keys, in the table's order.
fn hints(context: &Context, task: usize) -> Vec<Hint> {
    let is_last = task + 1 == TASKS.len();
    let is_of = |binding: &Binding| {
        TASKS[task].1.contains(&binding.id)
            || is_last && !TASKS.iter().any(|(_, ids)| ids.contains(&binding.id))
    };
    let bound = context
        .keymap
        .of_mode(Mode::Browse)
        .filter(|(binding, _)| is_of(binding));
    let hint = |(binding, keys): (&'static Binding, &[crate::tui::key::Key])| {
        Some(Hint {
            rank: 0,
            key: glyphs::key(context.lang, *keys.first()?),
            words: name(context.lang, binding).into(),
        })
    };
    bound.filter_map(hint).collect()
}

/// Appends hints, as many per line as fit, aligned in columns.
fn flow(context: &Context, lines: &mut Vec<Line>, hints: Vec<Hint>, width: usize) {
    let policy = context.policy;
    let mut used = width;
    for hint in hints {
        let cells = (hint.width(policy) + 2).div_ceil(CELL).max(1);
        if used + cells * CELL > width {
            lines.push(Line::default());
            used = 0;
        }
        used += cells * CELL;
        let blank = (cells * CELL).saturating_sub(hint.width(policy) + 1);
        if let Some(line) = lines.last_mut() {
            line.pieces.extend([
                (format!(" {}", hint.key), Role::Key),
                (format!(" {}{}", hint.words, " ".repeat(blank)), Role::Text),
            ]);
        }
    }
}

fn marks(context: &Context, width: usize) -> Vec<Line> {
    let lang = context.lang;
    let statuses = Status::ALL.map(|status| {
        let name = lang.text(status.name_key());
        (status.mark(), name, Role::Status(status))
    });
    let others = [
        ("!", lang.text("urgency.overdue"), Role::Overdue),
        ("~", lang.text("urgency.soon"), Role::Soon),
        (MARK, lang.text("meeting.marked"), Role::Key),
    ];
    let mut lines = vec![heading(context, "help.marks")];
    let mut used = width;
    for (mark, name, role) in statuses.into_iter().chain(others) {
        if used + CELL > width {
            lines.push(Line::default());
            used = 0;
        }
        used += CELL;
        let text = format!(" {mark} {name}");
        let blank = CELL.saturating_sub(context.policy.width(&text));
        if let Some(line) = lines.last_mut() {
            line.pieces
                .extend([(text, role), (" ".repeat(blank), Role::Text)]);
        }
    }
    lines
}

fn terms(context: &Context) -> Vec<Line> {
    let said = context.lang.text("help.terms").split(" | ");
    let term = |said: &str| {
        let (term, words) = said.split_once(' ').unwrap_or((said, ""));
        let term = crate::text::pad(context.policy, term, CELL - 2);
        line(vec![
            (format!(" {term} "), Role::Key),
            (words.to_owned(), Role::Text),
        ])
    };
    said.map(term).collect()
}
