//! A progress report (进展通报): the rates and their change since a day, what is behind, and what
//! is next.

use super::{
    Basis, Cell, Column, Table,
    column::table as columns,
    paper::{Paper, Style},
    phrase,
    stats::{self, By, Group},
    table::{points, rate},
};
use crate::{
    day::days_between,
    progress::{Due, Kind, Progress, Record, Status, Urgency, percent},
};
use jiff::{Timestamp, civil::Date};
use std::cmp::Reverse;

/// The input of a report.
#[derive(Debug, Clone, Copy)]
pub struct Bulletin<'a> {
    /// The document and its state.
    pub basis: &'a Basis<'a>,
    /// The clauses.
    pub clauses: &'a [usize],
    /// The start of the period.
    pub since: Timestamp,
    /// The title; by default the document's, followed by 进展通报.
    pub title: Option<&'a str>,
}

impl Bulletin<'_> {
    /// Returns the report as a paper.
    pub fn paper(&self) -> Paper {
        let (basis, lang) = (self.basis, self.basis.lang);
        let title = match self.title {
            Some(title) => title.to_owned(),
            None => lang.fill("bulletin.title", &[("title", &basis.document().title)]),
        };
        let mut teller = Teller {
            basis,
            clauses: self.clauses,
            since: basis.local(self.since).date(),
            before: basis.progress().only(|change| change.when() < self.since),
            paper: Paper::new(lang, title),
        };
        let today = phrase::day(basis.scene.today, lang);
        let day = lang.fill("bulletin.day", &[("day", &today)]);
        teller.paper.text(Style::Subtitle, day);
        teller.whole();
        teller.by_chapter();
        teller.by_unit();
        teller.done();
        teller.late();
        teller.problems();
        teller.next();
        teller.paper
    }
}

struct Teller<'a> {
    basis: &'a Basis<'a>,
    clauses: &'a [usize],
    since: Date,
    /// The state at the start of the period.
    before: Progress,
    paper: Paper,
}

impl Teller<'_> {
    fn section(&mut self, key: &'static str) {
        let heading = self.basis.lang.text(key);
        self.paper.text(Style::Section, heading);
    }

    /// Returns the rate of clauses at the start of the period.
    fn rate_before(&self, clauses: &[usize]) -> (usize, usize) {
        let mut tally = crate::progress::Tally::default();
        for clause in clauses {
            tally.add(self.before.status(*clause));
        }
        tally.rate()
    }

    /// Returns the change in the rate of clauses, in points: `+12`.
    fn moved(&self, group: &Group) -> String {
        match points(self.rate_before(&group.clauses), group.tally.rate()) {
            0 => "0".to_owned(),
            points => format!("{points:+}"),
        }
    }

    /// Appends the overview in one paragraph.
    fn whole(&mut self) {
        let (basis, lang) = (self.basis, self.basis.lang);
        self.section("bulletin.whole");
        let whole = stats::whole(basis, self.clauses);
        let (n, of) = whole.tally.rate();
        let (was, was_of) = self.rate_before(&whole.clauses);
        let count = |status| whole.tally.count(status);
        let soon = |c: &&usize| basis.urgency(**c) == Some(Urgency::Soon);
        let soon = self.clauses.iter().filter(soon).count();
        let completed = self.completed().len();
        let said = lang.fill(
            "bulletin.summary",
            &[
                ("day", &phrase::day(basis.scene.today, lang)),
                ("title", &basis.document().title),
                ("total", &whole.tally.total()),
                ("n", &n),
                ("rate", &rate(n, of, lang)),
                ("ongoing", &count(Status::Ongoing)),
                ("dropped", &count(Status::Dropped)),
                ("doing", &count(Status::Doing)),
                ("todo", &count(Status::Todo)),
                ("blocked", &count(Status::Blocked)),
                ("overdue", &whole.overdue),
                ("soon", &soon),
                ("since", &phrase::day(self.since, lang)),
                ("completed", &completed),
                ("was", &rate(was, was_of, lang)),
                ("points", &self.moved(&whole)),
            ],
        );
        self.paper.text(Style::Body, said);
    }

    fn by_chapter(&mut self) {
        let groups = stats::groups(self.basis, By::Chapter, self.clauses);
        let groups: Vec<Group> = groups.into_iter().filter(|g| g.tally.total() > 0).collect();
        self.section("bulletin.chapters");
        let table = self.groups("column.chapter", &groups);
        self.paper.table(table, &[30, 8, 16, 10, 9, 9, 9, 9]);
    }

    /// Appends the units, those with most overdue and furthest behind first.
    fn by_unit(&mut self) {
        let basis = self.basis;
        let mut groups = stats::groups(basis, By::Unit, self.clauses);
        let lag = |g: &Group| pace(basis, g).map_or(i32::MIN, |pace| pace.lag());
        let done = |g: &Group| percent(g.tally.rate().0, g.tally.rate().1);
        groups.sort_by_key(|g| (Reverse(g.overdue), Reverse(lag(g)), done(g)));
        if groups.is_empty() {
            return;
        }
        self.section("bulletin.units");
        let mut table = self.groups("column.unit", &groups);
        table.note = Some(basis.lang.text("stats.joint").to_owned());
        self.paper.table(table, &[30, 8, 16, 10, 9, 9, 9, 9]);
    }

    fn groups(&self, name: &'static str, groups: &[Group]) -> Table {
        let (basis, lang) = (self.basis, self.basis.lang);
        let headings = [
            ("name", name),
            ("total", "stats.total"),
            ("rate", "stats.rate"),
            ("moved", "bulletin.moved"),
            ("doing", "status.doing"),
            ("blocked", "status.blocked"),
            ("overdue", "urgency.overdue"),
            ("light", "bulletin.light"),
        ];
        let row = |group: &Group| {
            let (n, of) = group.tally.rate();
            let light = pace(basis, group).map(|pace| lang.text(pace.light.name_key()));
            vec![
                Cell::words(&group.name),
                Cell::Count(group.tally.total()),
                Cell::Rate(n, of),
                Cell::words(self.moved(group)),
                Cell::Count(group.tally.count(Status::Doing)),
                Cell::Count(group.tally.count(Status::Blocked)),
                Cell::Count(group.overdue),
                Cell::words(light.unwrap_or("—")),
            ]
        };
        Table::new(lang, headings, groups.iter().map(row))
    }

    /// Returns the clauses completed in the period.
    fn completed(&self) -> Vec<usize> {
        let is_new = |c: &usize| {
            self.basis.record(*c).status.is_complete() && !self.before.status(*c).is_complete()
        };
        self.clauses.iter().copied().filter(is_new).collect()
    }

    fn done(&mut self) {
        let (basis, lang) = (self.basis, self.basis.lang);
        let heading = lang.fill(
            "bulletin.done",
            &[("since", &phrase::day(self.since, lang))],
        );
        self.paper.text(Style::Section, heading);
        let completed = self.completed();
        if completed.is_empty() {
            return self.paper.text(Style::Body, lang.text("bulletin.none"));
        }
        let own = [
            Column::Id,
            Column::Measure,
            Column::Text,
            Column::Units,
            Column::Updated,
        ];
        let table = columns(basis, &own, &completed);
        self.paper.table(table, &[8, 20, 40, 18, 14]);
    }

    /// Appends what is overdue and by how long, and what was postponed, from when and by whom.
    fn late(&mut self) {
        let (basis, lang) = (self.basis, self.basis.lang);
        let is_late = |c: &usize| {
            basis.urgency(*c) == Some(Urgency::Overdue)
                || (basis.progress().slip(*c).is_some() && basis.record(*c).status.is_open())
        };
        let late: Vec<usize> = self.clauses.iter().copied().filter(is_late).collect();
        self.section("bulletin.late");
        if late.is_empty() {
            return self.paper.text(Style::Body, lang.text("bulletin.none"));
        }
        let row = |&clause: &usize| {
            let record = basis.record(clause);
            let slipped = phrase::slipped(basis, clause).unwrap_or_default();
            let days = overdue_days(record, basis.scene.today);
            let days = days.map(|n| lang.fill("bulletin.days", &[("n", &n)]));
            let mut row: Vec<Cell> = [Column::Id, Column::Text, Column::Units]
                .map(|c| c.cell(basis, clause))
                .to_vec();
            row.push(Cell::words(phrase::due(record.due, lang) + &slipped));
            row.push(Cell::words(days.unwrap_or_default()));
            row
        };
        let headings = [
            ("id", "column.id"),
            ("text", "column.text"),
            ("units", "column.units"),
            ("due", "column.due"),
            ("overdue", "urgency.overdue"),
        ];
        let table = Table::new(lang, headings, late.iter().map(row));
        self.paper.table(table, &[8, 36, 18, 28, 10]);
    }

    /// Appends problems, and who should solve them.
    fn problems(&mut self) {
        let (basis, lang) = (self.basis, self.basis.lang);
        self.section("bulletin.problems");
        let mut any = false;
        for &clause in self.clauses {
            let record = basis.record(clause);
            let said = record.remarks_of(Kind::Problem).next_back();
            let is_blocked = record.status == Status::Blocked;
            if !record.status.is_open() || (said.is_none() && !is_blocked) {
                continue;
            }
            any = true;
            self.paper.text(Style::Clause, basis.heading(clause));
            let said = said.or_else(|| record.remarks.last().map(|r| r.text.as_str()));
            let said = said.unwrap_or(lang.text("bulletin.unsaid"));
            let line = lang.fill("bulletin.problem", &[("text", &said)]);
            self.paper.text(Style::Body, line);
            let who = &basis.document().clauses[clause].responsibility;
            let units = match who.units.as_slice() {
                [] => lang.text("column.no-unit").to_owned(),
                units => lang.list(units),
            };
            let (key, needed) = match record.remarks_of(Kind::Next).next_back() {
                Some(needed) => ("bulletin.needed", needed),
                None => ("bulletin.asked", ""),
            };
            let needed = lang.fill(key, &[("units", &units), ("text", &needed)]);
            self.paper.text(Style::Body, needed);
        }
        if !any {
            self.paper.text(Style::Body, lang.text("bulletin.none"));
        }
    }

    /// Appends what is due soon, and the next steps noted.
    fn next(&mut self) {
        let (basis, lang) = (self.basis, self.basis.lang);
        self.section("bulletin.next");
        let mut lines = Vec::new();
        for &clause in self.clauses {
            let record = basis.record(clause);
            let soon = basis.urgency(clause) == Some(Urgency::Soon);
            let step = record.remarks_of(Kind::Next).next_back();
            let step = step.filter(|_| record.status.is_open());
            if !soon && step.is_none() {
                continue;
            }
            let mut line = basis.heading(clause);
            if let Some(Due::Date(day)) = record.due {
                let day = phrase::day(day, lang);
                line += &lang.fill("bulletin.by", &[("day", &day)]);
            }
            if let Some(step) = step {
                line += &lang.fill("bulletin.step", &[("text", &step)]);
            }
            lines.push(line);
        }
        if lines.is_empty() {
            lines.push(lang.text("bulletin.none").to_owned());
        }
        for line in lines {
            self.paper.text(Style::Point, line);
        }
    }
}

fn pace(basis: &Basis<'_>, group: &Group) -> Option<crate::progress::pace::Pace> {
    let records = group.clauses.iter().map(|c| basis.record(*c));
    basis.scene.meter().group(records)
}

/// Returns how many days an open clause is overdue.
pub fn overdue_days(record: &Record, today: Date) -> Option<i64> {
    match record.due {
        Some(Due::Date(due)) if record.status.is_open() && due < today => {
            Some(days_between(due, today))
        }
        _ => None,
    }
}
