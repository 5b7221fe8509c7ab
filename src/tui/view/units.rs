//! The table of units: as many columns as there is room for, all figures of the unit under the
//! cursor in words below, and how joint clauses are counted.

use super::{Pen, header::draw_bar, light_role};
use crate::{
    progress::Status,
    text::{elide, fill, wrap},
    tui::{
        layout,
        model::{Layer, Model},
        theme::Role,
        units::{Board, Column, Row},
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// The columns by how soon they are wanted where there is no room for all.
const RANK: [Column; 13] = [
    Column::Rate,
    Column::Total,
    Column::Overdue,
    Column::Stale,
    Column::Pace,
    Column::Status(Status::Done),
    Column::Status(Status::Doing),
    Column::Status(Status::Todo),
    Column::Status(Status::Blocked),
    Column::Status(Status::Ongoing),
    Column::Status(Status::Closed),
    Column::Status(Status::Dropped),
    Column::Joint,
];

/// Columns between columns.
const GAP: usize = 2;
/// The least and the most columns of the bar.
const BAR: (usize, usize) = (6, 16);

/// Returns how many rows of the list there is room for.
pub fn list_height(model: &Model) -> usize {
    let Some(Layer::Units(board)) = model.layers.last() else {
        return 1;
    };
    Areas::of(model, board).list.height.into()
}

/// Where the parts of the pane stand.
struct Areas {
    heading: Rect,
    list: Rect,
    whole: Rect,
    foot: Rect,
}

impl Areas {
    fn of(model: &Model, board: &Board) -> Self {
        let body = layout::body(model.size);
        let foot = u16::try_from(foot(model, board, body.width).len() + 1).unwrap_or(u16::MAX);
        // The list comes first; what does not leave it three rows gives way.
        let foot = if body.height >= foot + 5 { foot } else { 0 };
        let whole = u16::from(body.height >= 4);
        let heading = u16::from(body.height >= 2);
        let cut = |y, height| Rect { y, height, ..body };
        let rows = u16::try_from(board.rows.len()).unwrap_or(u16::MAX);
        let list = (body.height - foot - whole - heading).min(rows);
        Self {
            heading: cut(body.y, heading),
            list: cut(body.y + heading, list),
            whole: cut(body.y + heading + list, whole),
            foot: cut(body.bottom() - foot, foot),
        }
    }
}

/// Draws the table over everything but header and footer.
pub fn draw(model: &Model, buf: &mut Buffer, board: &Board) {
    let areas = Areas::of(model, board);
    fill(buf, layout::body(model.size), model.theme.style(Role::Text));
    let columns = Columns::of(model, board, areas.list.width.into());
    if !areas.heading.is_empty() {
        columns.heading(&mut Pen::new(model, buf, areas.heading, 0), board);
    }
    let shown = board.rows.iter().enumerate().skip(board.scroll);
    for (line, (nth, row)) in (0..areas.list.height).zip(shown) {
        columns.row(&mut Pen::new(model, buf, areas.list, line), row);
        if nth == board.selected {
            let line = Rect {
                y: areas.list.y + line,
                height: 1,
                ..areas.list
            };
            buf.set_style(line, model.theme.style(Role::Selected));
        }
    }
    if !areas.whole.is_empty() {
        columns.row(&mut Pen::new(model, buf, areas.whole, 0), &board.whole);
    }
    let lines = foot(model, board, areas.foot.width);
    for (row, (text, role)) in (1..areas.foot.height).zip(lines) {
        let mut pen = Pen::new(model, buf, areas.foot, row);
        pen.skip(1);
        pen.put(&text, role);
    }
}

/// The columns that there is room for.
struct Columns {
    name: usize,
    others: Vec<(Column, usize)>,
    bar: usize,
}

impl Columns {
    fn of(model: &Model, board: &Board, width: usize) -> Self {
        let rows = || board.rows.iter().chain([&board.whole]);
        let name = rows()
            .map(|r| model.policy.width(&r.group.name))
            .max()
            .unwrap_or(0);
        let name = name.max(6).min((width * 2 / 5).max(6));
        let mut room = width.saturating_sub(name + 2);
        let width_of = |column: Column| {
            let cells = rows().map(|r| model.policy.width(&cell(model, r, column).0));
            let heading = model.policy.width(heading(model, column));
            // The sorted column has a sign behind its heading.
            let heading = heading + usize::from(column == board.sort);
            cells.chain([heading]).max().unwrap_or(0)
        };
        let mut others: Vec<(Column, usize)> = Vec::new();
        let ranked = std::iter::once(board.sort)
            .chain(RANK)
            .chain([Column::Lead]);
        for column in ranked.filter(|c| *c != Column::Name) {
            let width = width_of(column);
            if !others.iter().any(|(c, _)| *c == column) && width + GAP <= room {
                room -= width + GAP;
                others.push((column, width));
            }
        }
        others.sort_by_key(|(c, _)| Column::ALL.iter().position(|all| all == c));
        let bar = room.saturating_sub(GAP).min(BAR.1);
        let bar = if bar >= BAR.0 { bar } else { 0 };
        Self { name, others, bar }
    }

    fn heading(&self, pen: &mut Pen<'_>, board: &Board) {
        let sign = if board.reversed { "^" } else { "v" };
        let words = |column: Column| {
            let sign = if column == board.sort { sign } else { "" };
            let role = if sign.is_empty() {
                Role::Dim
            } else {
                Role::Key
            };
            (format!("{}{sign}", heading(pen.model, column)), role)
        };
        let (name, role) = words(Column::Name);
        let others: Vec<_> = self.others.iter().map(|(c, _)| words(*c)).collect();
        self.line(pen, (&name, role), &others);
    }

    fn row(&self, pen: &mut Pen<'_>, row: &Row) {
        let others: Vec<_> = self
            .others
            .iter()
            .map(|(column, _)| cell(pen.model, row, *column))
            .collect();
        self.line(pen, (&row.group.name, Role::Text), &others);
        if self.bar > 0 {
            let (n, of) = row.group.tally.rate();
            pen.skip(GAP);
            draw_bar(pen, self.bar, n, of);
        }
    }

    /// A name at the left, figures at the right of their columns.
    fn line(&self, pen: &mut Pen<'_>, (name, role): (&str, Role), others: &[(String, Role)]) {
        let policy = pen.model.policy;
        pen.skip(1);
        let name = elide(policy, name, self.name).into_owned();
        pen.put(&name, role);
        pen.skip(self.name.saturating_sub(policy.width(&name)));
        for ((_, width), (text, role)) in self.others.iter().zip(others) {
            pen.skip(GAP + width.saturating_sub(policy.width(text)));
            pen.put(text, *role);
        }
    }
}

/// Returns the heading of a column: a status by its box, all else in a word.
fn heading(model: &Model, column: Column) -> &'static str {
    match column {
        Column::Status(status) => status.mark(),
        _ => model.lang.text(column.name_key()),
    }
}

/// Returns what stands in a column of a row.
fn cell(model: &Model, row: &Row, column: Column) -> (String, Role) {
    let group = &row.group;
    let count = |n: usize, role| (n.to_string(), if n > 0 { role } else { Role::Dim });
    match column {
        Column::Name => (group.name.clone(), Role::Text),
        Column::Total => count(group.tally.total(), Role::Text),
        Column::Lead => count(group.lead, Role::Text),
        Column::Joint => count(group.joint, Role::Text),
        Column::Status(status) => count(group.tally.count(status), Role::Status(status)),
        Column::Rate => {
            let (n, of) = group.tally.rate();
            (super::rate(n, of), Role::Text)
        }
        Column::Overdue => count(group.overdue, Role::Overdue),
        Column::Stale => count(group.stale, Role::Soon),
        Column::Pace => row.pace.map_or((String::new(), Role::Dim), |pace| {
            let light = model.lang.text(pace.light.name_key());
            let words = format!("{} {light}", pace.light.sign());
            (words, light_role(pace.light))
        }),
    }
}

/// Returns all figures of the unit under the cursor in words, and how joint clauses are counted.
fn foot(model: &Model, board: &Board, width: u16) -> Vec<(String, Role)> {
    let width = usize::from(width).saturating_sub(2).max(1);
    let mut lines = Vec::new();
    let mut push = |text: &str, role| {
        for range in wrap(model.policy, text, width) {
            let line = text.get(range).unwrap_or_default().trim_end();
            lines.push((line.to_owned(), role));
        }
    };
    if let Some(row) = board.row() {
        push(&in_words(model, row), Role::Text);
    }
    push(model.lang.text("stats.joint"), Role::Dim);
    lines
}

fn in_words(model: &Model, row: &Row) -> String {
    let (lang, group) = (model.lang, &row.group);
    let mut words = vec![lang.fill(
        "units.counts",
        &[
            ("name", &crate::text::clean(&group.name)),
            ("total", &group.tally.total()),
            ("lead", &group.lead),
            ("joint", &group.joint),
        ],
    )];
    for status in Status::ALL {
        let count = group.tally.count(status);
        if count > 0 {
            let name = lang.text(status.name_key());
            words.push(format!("{} {name} {count}", status.mark()));
        }
    }
    for (key, count) in [
        ("urgency.overdue", group.overdue),
        ("stats.stale", group.stale),
    ] {
        words.push(format!("{} {count}", lang.text(key)));
    }
    if let Some(pace) = &row.pace {
        let (pace, _) = super::pace(model, pace);
        words.push(format!("{} {pace}", lang.text("field.pace")));
    }
    words.join("  ")
}
