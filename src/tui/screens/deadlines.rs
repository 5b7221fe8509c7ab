//! The deadlines: what is still owed by when it is due, and what has none last. All keys of a clause
//! work here.

use super::screen::{Screen, wheel};
use crate::{
    document::Node,
    progress::{Due, past::sunday},
    report::{Cell, Column},
    text::{clean, pad},
    tui::{
        action::Action,
        commands,
        context::Context,
        figures,
        keymap::Mode,
        layout,
        message::{Message, Pointer},
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

/// How near a deadline is, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Overdue,
    Today,
    ThisWeek,
    NextWeek,
    ThisMonth,
    Later,
    None,
}

impl Group {
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
            Self::Overdue => "urgency.overdue",
            Self::Today => "deadlines.today",
            Self::ThisWeek => "deadlines.this-week",
            Self::NextWeek => "deadlines.next-week",
            Self::ThisMonth => "deadlines.this-month",
            Self::Later => "deadlines.later",
            Self::None => "deadlines.none",
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A group, with how many clauses.
    Group(Group, usize),
    Clause(usize),
}

/// The screen.
#[derive(Debug)]
pub struct Deadlines {
    rows: Vec<Row>,
    /// The clauses, in the order of the rows.
    clauses: Vec<usize>,
    /// The clause under the cursor, by its place.
    selected: usize,
}

impl Deadlines {
    /// Returns the deadlines of what is shown in the list, with the cursor on the first; `None` where
    /// nothing is owed.
    pub fn new(context: &mut Context) -> Option<Self> {
        let mut screen = Self {
            rows: Vec::new(),
            clauses: Vec::new(),
            selected: 0,
        };
        screen.sort(context);
        if screen.clauses.is_empty() {
            context.say(context.lang.text("deadlines.nothing"));
            return None;
        }
        Some(screen)
    }

    /// Sorts anew as `list --sort due` does: by day, what is 长期 after all days, what has no deadline
    /// last. What was in the list stays in it, so that nothing vanishes under the hand.
    fn sort(&mut self, context: &mut Context) {
        let here = self.clause();
        let shown = context.outline.filter().map(<[usize]>::to_vec);
        let all = shown.unwrap_or_else(|| (0..context.document.clauses.len()).collect());
        let is_owed = |clause: &usize| {
            context.progress.status(*clause).is_open() || self.clauses.contains(clause)
        };
        let due = |clause: &usize| context.progress.record(*clause).due;
        let mut clauses: Vec<usize> = all.into_iter().filter(is_owed).collect();
        clauses.sort_by_key(|clause| (due(clause).is_none(), due(clause)));
        let group = |clause: &usize| Group::of(due(clause), context.today);
        self.rows = clauses
            .chunk_by(|a, b| group(a) == group(b))
            .flat_map(|of_group| {
                let head = of_group
                    .first()
                    .map(|first| Row::Group(group(first), of_group.len()));
                head.into_iter()
                    .chain(of_group.iter().map(|c| Row::Clause(*c)))
            })
            .collect();
        let place = here.and_then(|here| clauses.iter().position(|clause| *clause == here));
        self.selected = place.unwrap_or(self.selected.min(clauses.len().saturating_sub(1)));
        self.clauses = clauses;
        context.focus = self.clause();
    }

    fn clause(&self) -> Option<usize> {
        self.clauses.get(self.selected).copied()
    }

    /// Returns the row under the cursor.
    fn row(&self) -> usize {
        let clause = self.clause().map(Row::Clause);
        let row = self.rows.iter().position(|row| Some(*row) == clause);
        row.unwrap_or(0)
    }

    /// Opens the clause in the list.
    fn open(&self, context: &mut Context) {
        let Some(clause) = self.clause() else { return };
        context.ask(Request::Home);
        context
            .outline
            .select(&context.document, Node::Clause(clause));
    }
}

impl Screen for Deadlines {
    fn mode(&self) -> Mode {
        Mode::Deadlines
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(context.size.1).saturating_sub(5).max(1);
        let last = self.clauses.len().saturating_sub(1);
        if let Some(to) = moved(action, self.selected, page, last) {
            self.selected = to;
            context.focus = self.clause();
            return;
        }
        match action {
            Action::Open => self.open(context),
            Action::Back => context.ask(Request::Close),
            other => commands::act(context, other),
        }
    }

    fn point(&mut self, context: &mut Context, pointer: Pointer) {
        wheel(self, context, pointer);
    }

    fn receive(&mut self, context: &mut Context, message: &Message) {
        if let Message::Day(_) | Message::Read(_) | Message::Written(..) = message {
            self.sort(context);
        }
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        to.clauses(&mut self.clauses)
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
        title(context, &mut context.pen(buf, body, 0), self.clauses.len());
        let list = Rect {
            y: body.y + 1,
            height: body.height - 1,
            ..body
        };
        let rows = around(self.row(), self.rows.len(), list.height.into());
        let mut cursor = None;
        for (line, nth) in (0..list.height).zip(rows) {
            let pen = &mut context.pen(buf, list, line);
            match self.rows[nth] {
                Row::Group(group, n) => heading(context, pen, group, n),
                Row::Clause(clause) => draw_clause(context, pen, clause),
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
        Some(format!("{}/{}", self.selected + 1, self.clauses.len()))
    }
}

fn title(context: &Context, pen: &mut Pen<'_>, n: usize) {
    pen.skip(1);
    let said = context.lang.fill("deadlines.title", &[("n", &n)]);
    pen.put_elided(&said, Role::Heading);
    pen.skip(2);
    pen.put_elided(context.lang.text("deadlines.working"), Role::Dim);
}

fn heading(context: &Context, pen: &mut Pen<'_>, group: Group, n: usize) {
    let role = match group {
        Group::Overdue => Role::Overdue,
        Group::Today | Group::ThisWeek => Role::Soon,
        _ => Role::Heading,
    };
    pen.skip(1);
    let name = context.lang.text(group.key());
    let values: [(&str, &dyn std::fmt::Display); 2] = [("group", &name), ("n", &n)];
    pen.put_elided(&context.lang.fill("deadlines.group", &values), role);
}

/// Draws `  !2026-11-20 逾期 7 天  1.1 [~] 根据企业需求…  海关 等4  王五`: what is cut first is the text.
fn draw_clause(context: &Context, pen: &mut Pen<'_>, clause: usize) {
    let record = context.progress.record(clause);
    let (due, role) = figures::due(context, record);
    let (broad, narrow) = (pen.room() >= 90, pen.room() < 50);
    let due = if broad {
        due + &working(context, record.due)
    } else {
        due
    };
    let brief = match Column::Units.cell(&context.basis(), clause) {
        Cell::Brief(_, brief) => brief,
        cell => cell.show(context.lang),
    };
    let owner = record.owner.as_deref().unwrap_or_default();
    let aside = [clean(&brief).into_owned(), clean(owner).into_owned()].join("  ");
    let aside = aside.trim();
    pen.skip(2);
    if !narrow && !aside.is_empty() {
        pen.put_aside(aside, pen.room() / 3, Role::Dim);
    }
    let columns = match (broad, narrow) {
        (true, _) => 36,
        (_, false) => 23,
        _ => context.policy.width(&due),
    };
    pen.put(&pad(context.policy, &due, columns), role);
    pen.skip(1);
    let id = format!("{} ", context.document.clauses[clause].id);
    pen.put(&pad(context.policy, &id, 5), Role::Text);
    pen.put(record.status.mark(), Role::Status(record.status));
    pen.skip(1);
    let text = clean(&context.document.clauses[clause].text).replace('\n', " ");
    pen.put_elided(&text, Role::Text);
}

/// Returns how many working days are left, Monday to Friday, where a deadline is within four weeks.
fn working(context: &Context, due: Option<Due>) -> String {
    let Some(Due::Date(due)) = due else {
        return String::new();
    };
    let days = (due - context.today).get_days();
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
