//! The table of units: as many columns as there is room for, what they are sorted by, the total under
//! a rule, and all figures of the unit under the cursor in words below.

use super::table::{UnitColumn, UnitRow, UnitTable};
use crate::{
    progress::{Status, past::Weeks},
    text::{clean, elide, flow},
    tui::{
        burnup,
        context::Context,
        figures::{draw_bar, light_role, pace, rate},
        layout,
        widgets::{
            glyphs::UNFOLDED,
            lines::{self, Line},
            list,
            pen::Pen,
            theme::Role,
        },
    },
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// Columns by priority, if there is no room for all.
pub(super) const RANK: [UnitColumn; 6 + Status::ALL.len()] = [
    UnitColumn::Rate,
    UnitColumn::Overdue,
    UnitColumn::Total,
    UnitColumn::Pace,
    UnitColumn::Status(Status::Blocked),
    UnitColumn::Status(Status::Doing),
    UnitColumn::Status(Status::Done),
    UnitColumn::Status(Status::Todo),
    UnitColumn::Status(Status::Ongoing),
    UnitColumn::Status(Status::Closed),
    UnitColumn::Status(Status::Dropped),
    UnitColumn::Stale,
    UnitColumn::Joint,
];

/// Gap between columns.
const GAP: usize = 2;
/// Least and greatest width of the bar.
const BAR: (usize, usize) = (6, 12);

/// Areas of the pane.
#[derive(Default)]
pub(super) struct UnitTableAreas {
    title: Rect,
    heading: Rect,
    /// The rows.
    pub(super) list: Rect,
    /// How many rows there are above and below.
    more: Rect,
    whole: Rect,
    foot: Rect,
    /// What is said of the unit under the cursor.
    said: Vec<Line>,
}

impl UnitTableAreas {
    pub(super) fn of(context: &Context, table: &UnitTable, weeks: Option<&Weeks>) -> Self {
        let body = layout::body(context.stage());
        // The list needs five rows, or two where the trend was asked for; parts that do not leave them
        // are dropped.
        let others = if weeks.is_some() { 8 } else { 11 };
        let said = said(context, table, weeks, body.width);
        let foot = u16::try_from(said.len() + 1).unwrap_or(u16::MAX);
        let fits = body.height.saturating_sub(others) >= foot;
        let foot = if fits { foot } else { 0 };
        // With a rule above the total and one below the headings.
        let rule = u16::from(body.height >= 12);
        let title = u16::from(body.height >= 6);
        let whole = u16::from(body.height >= 4) * (1 + rule);
        let heading = u16::from(body.height >= 2) * (1 + rule);
        let count = u16::try_from(table.rows.len()).unwrap_or(u16::MAX);
        let room = body.height - foot - whole - heading - title;
        let more = u16::from(count > room && room >= 3);
        let mut y = body.y;
        let mut next = |height| {
            y += height;
            let y = y - height;
            Rect { y, height, ..body }
        };
        Self {
            title: next(title),
            heading: next(heading),
            list: next((room - more).min(count)),
            more: next(more),
            whole: next(whole),
            foot: Rect {
                y: body.bottom() - foot,
                height: foot,
                ..body
            },
            said,
        }
    }
}

/// Draws the table over everything but header and footer; returns the place of the selected row.
pub(super) fn draw(
    context: &Context,
    buf: &mut Buffer,
    table: &UnitTable,
    areas: &UnitTableAreas,
    scroll: usize,
) -> Option<Position> {
    context.look().blank(buf, layout::body(context.stage()));
    let columns = FittedColumns::of(context, table, areas.list.width.into());
    if !areas.title.is_empty() {
        title(context, &mut context.pen(buf, areas.title, 0), table);
    }
    if !areas.heading.is_empty() {
        columns.heading(context, &mut context.pen(buf, areas.heading, 0), table);
    }
    let rule = " ".repeat(areas.list.width.into());
    if areas.heading.height > 1 {
        context.pen(buf, areas.heading, 1).put(&rule, Role::Rule);
    }
    let rows = scroll..table.rows.len();
    let look = context.look();
    let place = list::draw(look, buf, areas.list, rows, table.selected, |pen, nth| {
        columns.row(context, pen, &table.rows[nth]);
    });
    if !areas.more.is_empty() {
        let below = table
            .rows
            .len()
            .saturating_sub(scroll + usize::from(areas.list.height));
        let mut pen = context.pen(buf, areas.more, 0);
        pen.skip(3);
        pen.put_elided(&more(context, scroll, below), Role::Dim);
    }
    if areas.whole.height > 1 {
        context.pen(buf, areas.whole, 0).put(&rule, Role::Rule);
    }
    if !areas.whole.is_empty() {
        let mut pen = context.pen(buf, areas.whole, areas.whole.height - 1);
        columns.row(context, &mut pen, &table.whole);
    }
    let below = Rect {
        y: areas.foot.y + 1,
        height: areas.foot.height.saturating_sub(1),
        ..areas.foot
    };
    lines::draw(look, buf, below, 1, &areas.said);
    place
}

/// Draws the number of units, and their order.
fn title(context: &Context, pen: &mut Pen<'_>, table: &UnitTable) {
    let lang = context.lang;
    pen.skip(1);
    let [left, right, reverse] =
        ["column-left", "column-right", "reverse"].map(|id| context.key(id));
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("left", &left), ("right", &right), ("reverse", &reverse)];
    let keys = lang.fill("units.keys", &values);
    let title = lang.fill("units.title", &[("n", &table.rows.len())]);
    let name = lang.text(table.sort.name_key());
    let order = match (table.sort, table.reversed) {
        (UnitColumn::Name, false) => lang.text("units.as-named").to_owned(),
        (UnitColumn::Name, true) => lang.text("units.as-named-reversed").to_owned(),
        (_, false) => lang.fill("units.by", &[("column", &name)]),
        (_, true) => lang.fill("units.by-reversed", &[("column", &name)]),
    };
    if pen.width(&title) + pen.width(&order) + pen.width(&keys) + 10 <= pen.room() {
        pen.put_aside(&keys, usize::MAX, Role::Dim);
    }
    pen.put_elided(&title, Role::Heading);
    pen.skip(4.min(u16::try_from(pen.room()).unwrap_or(0)).into());
    pen.put_elided(&order, Role::Dim);
}

/// Draws how many units are above and below the visible rows.
fn more(context: &Context, above: usize, below: usize) -> String {
    let lang = context.lang;
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("above", &above), ("n", &below), ("down", &UNFOLDED)];
    match (above, below) {
        (0, _) => lang.fill("units.below", &values),
        (_, 0) => lang.fill("units.above", &values),
        _ => lang.fill("units.around", &values),
    }
}

/// Returns the columns that fit.
struct FittedColumns {
    name: usize,
    others: Vec<(UnitColumn, usize)>,
    bar: usize,
}

impl FittedColumns {
    fn of(context: &Context, table: &UnitTable, width: usize) -> Self {
        let rows = || table.rows.iter().chain([&table.whole]);
        let name = rows()
            .map(|r| context.policy.width(&r.group.name))
            .max()
            .unwrap_or(0);
        let most = if width >= 60 {
            (width / 5).max(20)
        } else {
            width * 2 / 5
        };
        let name = name.min(most).max(6);
        let mut room = width.saturating_sub(name + 2);
        let width_of = |column: UnitColumn| {
            let cells = rows().map(|r| context.policy.width(&cell(context, r, column).0));
            let heading = context
                .policy
                .width(context.lang.text(column.heading_key()));
            cells.chain([heading]).max().unwrap_or(0)
        };
        let mut others: Vec<(UnitColumn, usize)> = Vec::new();
        // The bar comes before the columns that few look at.
        let bar = if width >= 60 { BAR.0 + 1 } else { 0 };
        room = room.saturating_sub(bar);
        let ranked = std::iter::once(table.sort)
            .chain(RANK)
            .chain([UnitColumn::Lead]);
        for column in ranked.filter(|c| *c != UnitColumn::Name) {
            let width = width_of(column);
            if !others.iter().any(|(c, _)| *c == column) && width + GAP <= room {
                room -= width + GAP;
                others.push((column, width));
            }
        }
        others.sort_by_key(|(c, _)| UnitColumn::ALL.iter().position(|all| all == c));
        let bar = if bar > 0 {
            (BAR.0 + room).min(BAR.1)
        } else {
            0
        };
        Self { name, others, bar }
    }

    fn heading(&self, context: &Context, pen: &mut Pen<'_>, table: &UnitTable) {
        let words = |column: UnitColumn| {
            let is_sorted = column == table.sort;
            let role = if is_sorted { Role::Key } else { Role::Dim };
            (context.lang.text(column.heading_key()).to_owned(), role)
        };
        let others: Vec<_> = self.others.iter().map(|(c, _)| words(*c)).collect();
        let (name, role) = words(UnitColumn::Name);
        self.line(pen, (&name, role), &others, None);
    }

    fn row(&self, context: &Context, pen: &mut Pen<'_>, row: &UnitRow) {
        let cells = self
            .others
            .iter()
            .map(|(column, _)| cell(context, row, *column));
        let others: Vec<_> = cells.collect();
        let name = (row.group.name.as_str(), Role::Text);
        self.line(pen, name, &others, Some(row.group.tally.rate()));
    }

    /// Draws a row: the name left-aligned, figures right-aligned in their columns, the bar of a
    /// rate after its figures.
    fn line(
        &self,
        pen: &mut Pen<'_>,
        (name, role): (&str, Role),
        others: &[(String, Role)],
        rate: Option<(usize, usize)>,
    ) {
        let policy = pen.look.policy;
        pen.skip(1);
        let name = elide(policy, name, self.name);
        pen.put(&name, role);
        pen.skip(self.name.saturating_sub(policy.width(&name)));
        for ((column, width), (text, role)) in self.others.iter().zip(others) {
            pen.skip(GAP + width.saturating_sub(policy.width(text)));
            pen.put(text, *role);
            if *column == UnitColumn::Rate && self.bar > 0 {
                pen.skip(1);
                match rate {
                    Some((n, of)) => draw_bar(pen, self.bar, n, of),
                    None => pen.skip(self.bar),
                }
            }
        }
    }
}

fn cell(context: &Context, row: &UnitRow, column: UnitColumn) -> (String, Role) {
    let group = &row.group;
    let count = |n: usize, role| match n {
        0 => (".".to_owned(), Role::Dim),
        n => (n.to_string(), role),
    };
    match column {
        UnitColumn::Name => (group.name.clone(), Role::Text),
        UnitColumn::Total => count(group.tally.total(), Role::Text),
        UnitColumn::Lead => count(group.lead, Role::Text),
        UnitColumn::Joint => count(group.joint, Role::Text),
        UnitColumn::Status(status) => count(group.tally.count(status), Role::Status(status)),
        UnitColumn::Rate => {
            let (n, of) = group.tally.rate();
            match of {
                0 => count(0, Role::Dim),
                _ => (rate(n, of), Role::Text),
            }
        }
        UnitColumn::Overdue if group.overdue > 0 => (format!("!{}", group.overdue), Role::Overdue),
        UnitColumn::Overdue => count(0, Role::Dim),
        UnitColumn::Stale => count(group.stale, Role::Soon),
        UnitColumn::Pace => row.pace.map_or((String::new(), Role::Dim), |pace| {
            let light = context.lang.text(pace.light.name_key());
            let words = format!("{} {light}", pace.light.sign());
            (words, light_role(pace.light))
        }),
    }
}

/// Returns how the current unit went, or its figures in words, a label always on one line with its
/// number.
fn said(context: &Context, table: &UnitTable, weeks: Option<&Weeks>, width: u16) -> Vec<Line> {
    let policy = context.policy;
    let width = usize::from(width).saturating_sub(2).max(1);
    if let (Some(weeks), Some(UnitRow { group, .. })) = (weeks, table.row()) {
        let of = (&*clean(&group.name), &group.clauses[..]);
        return burnup::lines(context, weeks, of, width);
    }
    let words = table.row().map(|row| in_words(context, row));
    let words = words.unwrap_or_default();
    let lines = flow(policy, words.iter().map(String::as_str), 2, width);
    let line = |text| Line {
        pieces: vec![(text, Role::Text)],
        ..Line::default()
    };
    lines.into_iter().map(line).collect()
}

pub(super) fn in_words(context: &Context, row: &UnitRow) -> Vec<String> {
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
    words
}
