//! The deadlines: open clauses, and open steps that have a deadline, by due day; clauses without a
//! deadline come last. All keys of a clause or step work here.

use super::screen::Screen;
use crate::{
    document::Node,
    progress::{Due, Status, Step, Urgency, past::sunday},
    report::{Cell, Column, RowSubject},
    text::{clean, pad},
    tui::{
        action::Action,
        commands,
        context::Context,
        figures,
        keymap::Mode,
        layout,
        message::Message,
        outline::Focus,
        renumber::Renumbering,
        request::Request,
        widgets::{
            list::{around, moved, select},
            pen::Pen,
            theme::Role,
        },
    },
};
use jiff::{ToSpan, civil::Date};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::collections::HashSet;

/// How near a deadline is, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum DeadlineGroup {
    Overdue,
    Today,
    ThisWeek,
    NextWeek,
    ThisMonth,
    Later,
    None,
}

impl DeadlineGroup {
    fn of(due: Option<Due>, today: Date) -> Self {
        let Some(Due::Date(day)) = due else {
            return Self::None;
        };
        let week = sunday(today);
        match day {
            day if day < today => Self::Overdue,
            day if day == today => Self::Today,
            day if day <= week => Self::ThisWeek,
            day if day <= week.saturating_add(7.days()) => Self::NextWeek,
            day if day <= today.last_of_month() => Self::ThisMonth,
            _ => Self::Later,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Overdue => "deadlines.overdue",
            Self::Today => "deadlines.today",
            Self::ThisWeek => "deadlines.this-week",
            Self::NextWeek => "deadlines.next-week",
            Self::ThisMonth => "deadlines.this-month",
            Self::Later => "deadlines.later",
            Self::None => "deadlines.none",
        }
    }
}

/// Below this width only the days that are left go before the clauses.
const NARROW: usize = 50;
/// From this width on the working days have room.
const WIDE: usize = 90;

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DeadlineRow {
    /// A group, with the number of its items.
    Group(DeadlineGroup, usize),
    /// A clause or step, by its index.
    Item(usize),
}

/// The screen.
#[derive(Debug)]
pub struct Deadlines {
    rows: Vec<DeadlineRow>,
    /// The clauses and steps, in the order of the rows.
    items: Vec<Focus>,
    /// Index of the one under the cursor.
    selected: usize,
}

impl Deadlines {
    /// Returns the deadlines of what is shown in the list, with the cursor on the first; `None` if
    /// nothing is open.
    pub fn new(context: &mut Context) -> Option<Self> {
        let mut screen = Self {
            rows: Vec::new(),
            items: Vec::new(),
            selected: 0,
        };
        screen.sort(context);
        if screen.items.is_empty() {
            context.say(context.lang.text("deadlines.nothing"));
            return None;
        }
        Some(screen)
    }

    /// Sorts as `list --sort due` does: by day, then 长期, then without a deadline. Items that are
    /// done by now stay, so that nothing disappears while it is being worked on.
    fn sort(&mut self, context: &mut Context) {
        let here = self.item().cloned();
        let shown = context.outline.filter().map(<[usize]>::to_vec);
        let all = shown.unwrap_or_else(|| (0..context.document.clauses.len()).collect());
        let listed: HashSet<&Focus> = self.items.iter().collect();
        let is_owed = |item: &Focus| state(context, item).1.is_open() || listed.contains(item);
        let due = |item: &Focus| state(context, item).0;
        let basis = context.basis();
        let item = |subject: RowSubject| {
            let step = subject.step(&basis).map(|step| step.id.clone());
            (subject.clause, step)
        };
        let all = RowSubject::by_due(&basis, &all).into_iter().map(item);
        let items: Vec<Focus> = all.filter(is_owed).collect();
        self.rows.clear();
        let groups = items.chunk_by(|a, b| {
            DeadlineGroup::of(due(a), context.today) == DeadlineGroup::of(due(b), context.today)
        });
        let mut place = 0;
        for of_group in groups {
            let group = DeadlineGroup::of(due(&of_group[0]), context.today);
            self.rows.push(DeadlineRow::Group(group, of_group.len()));
            self.rows
                .extend((place..place + of_group.len()).map(DeadlineRow::Item));
            place += of_group.len();
        }
        let place = here.and_then(|here| items.iter().position(|item| *item == here));
        self.selected = place.unwrap_or(self.selected.min(items.len().saturating_sub(1)));
        self.items = items;
        context.focus = self.item().cloned();
    }

    fn item(&self) -> Option<&Focus> {
        self.items.get(self.selected)
    }

    fn row(&self) -> usize {
        let row = self
            .rows
            .iter()
            .position(|row| *row == DeadlineRow::Item(self.selected));
        row.unwrap_or(0)
    }

    fn open(&self, context: &mut Context) {
        let Some((clause, _)) = self.item().cloned() else {
            return;
        };
        context.ask(Request::Home);
        context.go_to(Node::Clause(clause));
    }
}

impl Screen for Deadlines {
    fn mode(&self) -> Mode {
        Mode::Deadlines
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(context.size.1).saturating_sub(5).max(1);
        let last = self.items.len().saturating_sub(1);
        if let Some(to) = moved(action, self.selected, page, last) {
            self.selected = to;
            context.focus = self.item().cloned();
            return;
        }
        match action {
            Action::Open => self.open(context),
            Action::Back => context.ask(Request::Close),
            other => commands::act(context, other),
        }
    }

    fn receive(&mut self, context: &mut Context, message: &Message) {
        if let Message::Day(_) | Message::Read(_) | Message::Written(..) = message {
            self.sort(context);
        }
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        let moved = |(clause, step): Focus| Some((to.clause(clause)?, step));
        self.items = std::mem::take(&mut self.items)
            .into_iter()
            .filter_map(moved)
            .collect();
        !self.items.is_empty()
    }

    fn settle(&mut self, context: &mut Context) {
        self.sort(context);
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let body = layout::body(context.stage());
        context.look().blank(buf, body);
        if body.is_empty() {
            return None;
        }
        title(context, &mut context.pen(buf, body, 0), self.items.len());
        let list = Rect {
            y: body.y + 1,
            height: body.height - 1,
            ..body
        };
        let rows = around(self.row(), self.rows.len(), list.height.into());
        let mut cursor = None;
        let shown = self.rows[rows.clone()].iter().filter_map(|row| match row {
            DeadlineRow::Item(place) => self.items.get(*place),
            DeadlineRow::Group(..) => None,
        });
        let numbers = shown
            .clone()
            .map(|item| context.document.clauses[item.0].id.width() + 1);
        let columns = [
            columns(context, list.width.into(), shown),
            numbers.fold(5, usize::max),
        ];
        for (line, nth) in (0..list.height).zip(rows) {
            let pen = &mut context.pen(buf, list, line);
            match self.rows[nth] {
                DeadlineRow::Group(group, n) => heading(context, pen, group, n),
                DeadlineRow::Item(place) => draw_item(context, pen, &self.items[place], columns),
            }
            if nth == self.row() {
                let line = Rect {
                    y: list.y + line,
                    height: 1,
                    ..list
                };
                select(context.look(), buf, line);
                cursor = Some(Position::new(line.x, line.y));
            }
        }
        cursor
    }

    fn extent(&self, _: &Context) -> Option<String> {
        Some(format!("{}/{}", self.selected + 1, self.items.len()))
    }
}

fn title(context: &Context, pen: &mut Pen<'_>, n: usize) {
    pen.skip(1);
    let said = context.lang.fill("deadlines.title", &[("n", &n)]);
    pen.put_elided(&said, Role::Heading);
    pen.skip(2);
    pen.put_elided(context.lang.text("deadlines.working"), Role::Dim);
}

fn heading(context: &Context, pen: &mut Pen<'_>, group: DeadlineGroup, n: usize) {
    let role = match group {
        DeadlineGroup::Overdue => Role::Overdue,
        DeadlineGroup::Today | DeadlineGroup::ThisWeek => Role::Soon,
        _ => Role::Heading,
    };
    pen.skip(1);
    let name = context.lang.text(group.key());
    let values: [(&str, &dyn std::fmt::Display); 2] = [("group", &name), ("n", &n)];
    pen.put_elided(&context.lang.fill("deadlines.group", &values), role);
}

/// Returns the step of an item, if it is one.
fn step<'a>(context: &'a Context, (clause, step): &Focus) -> Option<&'a Step> {
    let mut steps = context.progress.record(*clause).steps.iter();
    steps.find(|own| Some(&own.id) == step.as_ref())
}

/// Returns the deadline and the status of an item.
fn state(context: &Context, item: &Focus) -> (Option<Due>, Status) {
    let record = context.progress.record(item.0);
    step(context, item).map_or((record.due, record.status), |step| (step.due, step.status))
}

/// Returns a deadline with the days that are left: in a wide list also the working days, in a narrow
/// one nothing else.
fn said(context: &Context, item: &Focus, width: usize) -> (String, Role) {
    let (today, ahead) = (context.today, context.limits.days_ahead);
    let record = context.progress.record(item.0);
    let (due, urgency) = step(context, item).map_or_else(
        || (record.due, record.urgency(today, ahead)),
        |step| (step.due, step.urgency(today, ahead)),
    );
    let (mut text, role) = figures::dated(context, due, urgency);
    let Some(Due::Date(day)) = due else {
        return (text, role);
    };
    let days = (day - today).get_days();
    let n = days.unsigned_abs();
    let fill = |key| context.lang.fill(key, &[("n", &n)]);
    if width < NARROW {
        let (sign, key) = match urgency {
            Some(Urgency::Overdue) => ("!", "deadlines.late-by"),
            _ if days < 0 => return (day.strftime("%m-%d").to_string(), role),
            Some(Urgency::Soon) => ("~", "deadlines.left"),
            None => ("", "deadlines.left"),
        };
        return (sign.to_owned() + &fill(key), role);
    }
    if urgency.is_none() && days > 0 {
        text = format!("{text} {}", fill("due.in-days"));
    }
    if width >= WIDE {
        text += &working(context, days);
    }
    (text, role)
}

/// Returns the width of the deadlines' column.
fn columns<'a>(context: &Context, width: usize, items: impl Iterator<Item = &'a Focus>) -> usize {
    let least = match width {
        ..NARROW => 0,
        NARROW..WIDE => 23,
        _ => 36,
    };
    let width = |item| context.policy.width(&said(context, item, width).0);
    items.map(width).fold(least, usize::max)
}

/// Draws `  !2026-11-20 逾期 7 天  1.1 [~] 根据企业需求…  海关 等4  王五`; the text is cut first.
fn draw_item(context: &Context, pen: &mut Pen<'_>, item: &Focus, [columns, number]: [usize; 2]) {
    let clause = &context.document.clauses[item.0];
    let record = context.progress.record(item.0);
    let step = step(context, item);
    let (due, role) = said(context, item, pen.room());
    let brief = match Column::Units.cell(&context.basis(), item.0) {
        Cell::Brief(_, brief) => brief,
        cell => cell.show(context.lang),
    };
    let owner = record.owner.as_deref().unwrap_or_default();
    let aside = [clean(&brief).into_owned(), clean(owner).into_owned()].join("  ");
    let aside = aside.trim();
    pen.skip(2);
    if pen.room() >= NARROW && !aside.is_empty() {
        pen.put_aside(aside, pen.room() / 3, Role::Dim);
    }
    // Those without a deadline have the room.
    if !due.is_empty() {
        pen.put(&pad(context.policy, &due, columns + 1), role);
    }
    pen.put(
        &pad(context.policy, &clause.id.to_string(), number),
        Role::Text,
    );
    let status = step.map_or(record.status, |step| step.status);
    pen.put(status.mark(), Role::Status(status));
    pen.skip(1);
    let text = match step {
        Some(step) => context.lang.fill("deadlines.step", &[("text", &step.text)]),
        None => clause.text.clone(),
    };
    pen.put_elided(&clean(&text).replace('\n', " "), Role::Text);
}

/// Returns how many working days (Monday to Friday) are left, if a deadline is within four weeks.
fn working(context: &Context, days: i32) -> String {
    if !(1..=28).contains(&days) {
        return String::new();
    }
    let ahead = (1..=days).map(|n| context.today.saturating_add(n.days()));
    let n = ahead
        .filter(|day| day.weekday().to_monday_zero_offset() < 5)
        .count();
    context.lang.fill("deadlines.working-days", &[("n", &n)])
}

#[cfg(test)]
mod tests;
