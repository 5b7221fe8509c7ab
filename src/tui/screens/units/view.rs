//! The table of units: as many columns as there is room for, all figures of the unit under the
//! cursor in words below, and how joint clauses are counted.

use super::table::{Column, UnitRow, UnitTable};
use crate::{
    progress::Status,
    text::{clean, elide, wrap},
    tui::{
        context::Context,
        figures::{draw_bar, light_role, pace, rate},
        layout,
        widgets::{list, pen::Pen, theme::Role},
    },
};
use ratatui::{buffer::Buffer, layout::Rect};

/// The columns by how soon they are wanted where there is no room for all.
pub(super) const RANK: [Column; 13] = [
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

/// Where the parts of the pane stand.
pub(super) struct Areas {
    heading: Rect,
    /// The rows.
    pub(super) list: Rect,
    whole: Rect,
    foot: Rect,
}

impl Areas {
    pub(super) fn of(context: &Context, table: &UnitTable) -> Self {
        let body = layout::body(context.stage());
        let foot = u16::try_from(foot(context, table, body.width).len() + 1).unwrap_or(u16::MAX);
        // The list comes first; what does not leave it three rows gives way.
        let foot = if body.height >= foot + 5 { foot } else { 0 };
        let whole = u16::from(body.height >= 4);
        let heading = u16::from(body.height >= 2);
        let cut = |y, height| Rect { y, height, ..body };
        let rows = u16::try_from(table.rows.len()).unwrap_or(u16::MAX);
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
pub(super) fn draw(context: &Context, buf: &mut Buffer, table: &UnitTable, scroll: usize) {
    let areas = Areas::of(context, table);
    context.look().blank(buf, layout::body(context.stage()));
    let columns = Columns::of(context, table, areas.list.width.into());
    if !areas.heading.is_empty() {
        let mut pen = context.pen(buf, areas.heading, 0);
        columns.heading(context, &mut pen, table);
    }
    let rows = scroll..table.rows.len();
    let look = context.look();
    list::draw(look, buf, areas.list, rows, table.selected, |pen, nth| {
        columns.row(context, pen, &table.rows[nth]);
    });
    if !areas.whole.is_empty() {
        let mut pen = context.pen(buf, areas.whole, 0);
        columns.row(context, &mut pen, &table.whole);
    }
    let lines = foot(context, table, areas.foot.width);
    for (row, (text, role)) in (1..areas.foot.height).zip(lines) {
        let mut pen = context.pen(buf, areas.foot, row);
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
    fn of(context: &Context, table: &UnitTable, width: usize) -> Self {
        let rows = || table.rows.iter().chain([&table.whole]);
        let name = rows()
            .map(|r| context.policy.width(&r.group.name))
            .max()
            .unwrap_or(0);
        let name = name.max(6).min((width * 2 / 5).max(6));
        let mut room = width.saturating_sub(name + 2);
        let width_of = |column: Column| {
            let cells = rows().map(|r| context.policy.width(&cell(context, r, column).0));
            let heading = context.policy.width(heading(context, column));
            // The sorted column has a sign behind its heading.
            let heading = heading + usize::from(column == table.sort);
            cells.chain([heading]).max().unwrap_or(0)
        };
        let mut others: Vec<(Column, usize)> = Vec::new();
        let ranked = std::iter::once(table.sort)
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

    fn heading(&self, context: &Context, pen: &mut Pen<'_>, table: &UnitTable) {
        let sign = if table.reversed { "^" } else { "v" };
        let words = |column: Column| {
            let sign = if column == table.sort { sign } else { "" };
            let role = if sign.is_empty() {
                Role::Dim
            } else {
                Role::Key
            };
            (format!("{}{sign}", heading(context, column)), role)
        };
        let (name, role) = words(Column::Name);
        let others: Vec<_> = self.others.iter().map(|(c, _)| words(*c)).collect();
        self.line(pen, (&name, role), &others);
    }

    fn row(&self, context: &Context, pen: &mut Pen<'_>, row: &UnitRow) {
        let others: Vec<_> = self
            .others
            .iter()
            .map(|(column, _)| cell(context, row, *column))
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
        let policy = pen.look.policy;
        pen.skip(1);
        let name = elide(policy, name, self.name);
        pen.put(&name, role);
        pen.skip(self.name.saturating_sub(policy.width(&name)));
        for ((_, width), (text, role)) in self.others.iter().zip(others) {
            pen.skip(GAP + width.saturating_sub(policy.width(text)));
            pen.put(text, *role);
        }
    }
}

/// Returns the heading of a column: a status by its box, all else in a word.
fn heading(context: &Context, column: Column) -> &'static str {
    match column {
        Column::Status(status) => status.mark(),
        _ => context.lang.text(column.name_key()),
    }
}

/// Returns what stands in a column of a row.
fn cell(context: &Context, row: &UnitRow, column: Column) -> (String, Role) {
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
            (rate(n, of), Role::Text)
        }
        Column::Overdue => count(group.overdue, Role::Overdue),
        Column::Stale => count(group.stale, Role::Soon),
        Column::Pace => row.pace.map_or((String::new(), Role::Dim), |pace| {
            let light = context.lang.text(pace.light.name_key());
            let words = format!("{} {light}", pace.light.sign());
            (words, light_role(pace.light))
        }),
    }
}

/// Returns all figures of the unit under the cursor in words, and how joint clauses are counted.
fn foot(context: &Context, table: &UnitTable, width: u16) -> Vec<(String, Role)> {
    let width = usize::from(width).saturating_sub(2).max(1);
    let mut lines = Vec::new();
    let mut push = |text: &str, role| {
        for range in wrap(context.policy, text, width) {
            let line = text.get(range).unwrap_or_default().trim_end();
            lines.push((line.to_owned(), role));
        }
    };
    if let Some(row) = table.row() {
        push(&in_words(context, row), Role::Text);
    }
    push(context.lang.text("stats.joint"), Role::Dim);
    lines
}

fn in_words(context: &Context, row: &UnitRow) -> String {
    let (lang, group) = (context.lang, &row.group);
    let mut words = vec![lang.fill(
        "units.counts",
        &[
            ("name", &clean(&group.name)),
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
    if let Some(of) = &row.pace {
        let (said, _) = pace(context, of);
        words.push(format!("{} {said}", lang.text("field.pace")));
    }
    words.join("  ")
}
