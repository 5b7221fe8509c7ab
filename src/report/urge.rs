//! Reminders (督办单): which units are reminded of which clauses, in three colours, and the papers.
//!
//! A sent reminder is a remark on each of its clauses. From these the next run knows the next number, what was asked of whom until when,
//! and whose colour to raise.

use super::{
    Basis, Cell, Table,
    bulletin::overdue_days,
    column,
    paper::{Paper, Style},
    phrase,
};
use crate::{
    locale::Lang,
    progress::{
        Due, Edit, Kind, Target, Urgency,
        pace::Light,
        reminder::{self, SentReminder},
    },
};
use jiff::civil::Date;

/// The urgency of a reminder, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReminderLevel {
    /// 蓝: due soon.
    Blue,
    /// 黄: behind its pace.
    Yellow,
    /// 红: overdue.
    Red,
}

impl ReminderLevel {
    const fn key(self) -> &'static str {
        match self {
            Self::Blue => "urge.blue",
            Self::Yellow => "urge.yellow",
            Self::Red => "urge.red",
        }
    }

    /// Returns its name.
    pub fn name(self, lang: Lang) -> &'static str {
        lang.text(self.key())
    }

    /// Returns the next higher one.
    const fn raised(self) -> Self {
        match self {
            Self::Blue => Self::Yellow,
            Self::Yellow | Self::Red => Self::Red,
        }
    }
}

/// One clause in a reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemindedClause {
    /// The clause.
    pub clause: usize,
    /// Its colour, raised if the unit was reminded before.
    pub colour: ReminderLevel,
    /// The reason, in words.
    pub why: String,
}

/// A reminder to one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The unit.
    pub unit: String,
    /// Its number: `督办〔2026〕3号`.
    pub number: String,
    /// The highest colour of its clauses.
    pub colour: ReminderLevel,
    /// Its clauses, the most urgent first.
    pub asked: Vec<RemindedClause>,
}

/// The input of reminders.
#[derive(Debug, Clone, Copy)]
pub struct Urge<'a> {
    /// The document and its state.
    pub basis: &'a Basis<'a>,
    /// The clauses to look at.
    pub clauses: &'a [usize],
    /// The units that may be reminded; none means all.
    pub only: &'a [String],
    /// The form of numbers, with `{year}` and `{n}`.
    pub form: &'a str,
    /// The reply deadline.
    pub until: Date,
    /// Whether to remind units again whose reply is not due yet.
    pub again: bool,
    /// Who signs.
    pub office: Option<&'a str>,
}

impl Urge<'_> {
    /// Returns the reminders to send, by unit in document order.
    pub fn reminders(&self) -> Vec<Reminder> {
        let mut last = self.last_number();
        let parts = column::by_unit(self.basis, self.clauses).into_iter();
        let is_meant = |unit: &String| self.only.is_empty() || self.only.contains(unit);
        let named = parts
            .filter(|(unit, _)| is_meant(unit) && self.basis.document().units().contains(&&**unit));
        named
            .filter_map(|(unit, clauses)| {
                let asked = clauses.iter().filter_map(|c| self.asked(*c, &unit));
                let mut asked: Vec<RemindedClause> = asked.collect();
                asked.sort_by_key(|a| std::cmp::Reverse(a.colour));
                let colour = asked.first()?.colour;
                last += 1;
                Some(Reminder {
                    unit,
                    number: self.number(last),
                    colour,
                    asked,
                })
            })
            .collect()
    }

    fn number(&self, nth: usize) -> String {
        let year = self.basis.scene.today.year().to_string();
        let form = self.form.replace("{year}", &year);
        form.replace("{n}", &nth.to_string())
    }

    /// Returns the highest number of this year in remarks.
    fn last_number(&self) -> usize {
        let Some((before, after)) = self.form.split_once("{n}") else {
            return 0;
        };
        let year = self.basis.scene.today.year().to_string();
        let (before, after) = (
            before.replace("{year}", &year),
            after.replace("{year}", &year),
        );
        let clauses = 0..self.basis.document().clauses.len();
        let remarks = clauses.flat_map(|clause| &self.basis.record(clause).remarks);
        let numbers = remarks.filter_map(|remark| {
            let number = reminder::read(&remark.text)?.number;
            let count = number.strip_prefix(&*before)?.strip_suffix(&*after)?;
            count.parse().ok()
        });
        numbers.max().unwrap_or(0)
    }

    /// Returns what to ask a unit about a clause, if anything.
    fn asked(&self, clause: usize, unit: &str) -> Option<RemindedClause> {
        let (basis, lang) = (self.basis, self.basis.lang);
        let (record, today) = (basis.record(clause), basis.scene.today);
        let pace = basis.scene.meter().clause(record);
        let (mut colour, mut why) = match (basis.urgency(clause), pace) {
            _ if !record.status.is_open() => return None,
            (Some(Urgency::Overdue), _) => {
                let days = overdue_days(record, today).unwrap_or(0);
                (
                    ReminderLevel::Red,
                    lang.fill("urge.overdue", &[("n", &days)]),
                )
            }
            (_, Some(pace)) if pace.light != Light::Green => {
                let why = match pace.done {
                    Some((n, of)) => lang.fill(
                        "urge.behind",
                        &[("gone", &pace.gone), ("n", &n), ("of", &of)],
                    ),
                    None => lang.fill("urge.blocked", &[("gone", &pace.gone)]),
                };
                (ReminderLevel::Yellow, why)
            }
            (Some(Urgency::Soon), _) => (ReminderLevel::Blue, lang.text("urge.soon").to_owned()),
            _ => return None,
        };
        let of_unit = record
            .remarks
            .iter()
            .filter_map(|r| reminder::read(&r.text));
        let before: Vec<SentReminder<'_>> = of_unit.filter(|e| e.unit == unit).collect();
        if let Some(last) = before.iter().max_by_key(|e| e.until) {
            if !self.again && last.until >= today {
                return None;
            }
            colour = colour.raised();
            let number: &dyn std::fmt::Display = &last.number;
            why += &lang.fill("urge.before", &[("number", number), ("n", &before.len())]);
        }
        Some(RemindedClause {
            clause,
            colour,
            why,
        })
    }

    /// Returns the remarks that record the reminders.
    pub fn edits(&self, reminders: &[Reminder]) -> Vec<Edit> {
        let lang = self.basis.lang;
        let of = |reminder: &Reminder, asked: &RemindedClause| {
            let until = lang.fill("urge.until", &[("day", &self.until)]);
            let parts = [
                reminder.number.as_str(),
                &reminder.unit,
                asked.colour.name(lang),
                &until,
            ];
            let id = self.basis.document().clauses[asked.clause].id;
            Edit {
                remark: Some((Kind::Next, reminder::write(&parts))),
                ..Edit::new(Target::clause(id))
            }
        };
        let edits = reminders
            .iter()
            .flat_map(|reminder| reminder.asked.iter().map(move |asked| of(reminder, asked)));
        edits.collect()
    }

    /// Returns a reminder as a paper, with a reply slip on its own page.
    pub fn paper(&self, reminder: &Reminder) -> Paper {
        let (basis, lang) = (self.basis, self.basis.lang);
        let (title, unit) = (&basis.document().title, &reminder.unit);
        let colour = reminder.colour.name(lang);
        let until = phrase::day(self.until, lang);
        let mut paper = Paper::new(lang, lang.fill("urge.title", &[("colour", &colour)]));
        paper.text(Style::Subtitle, &*reminder.number);
        paper.text(Style::Line, lang.fill("urge.to", &[("unit", unit)]));
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("title", title),
            ("n", &reminder.asked.len()),
            ("day", &phrase::day(basis.scene.today, lang)),
            ("until", &until),
        ];
        paper.text(Style::Body, lang.fill("urge.said", &values));
        paper.table(self.asks(reminder), &[8, 42, 14, 10, 26]);
        paper.text(Style::Body, lang.fill("urge.asked", &values));
        paper.text(Style::Signature, self.office.unwrap_or_default());
        paper.text(Style::Signature, phrase::day(basis.scene.today, lang));
        paper.blocks.push(super::paper::Block::NewPage);
        paper.text(Style::Title, lang.text("urge.slip"));
        paper.text(
            Style::Subtitle,
            lang.fill("urge.slip-to", &[("number", &reminder.number)]),
        );
        paper.table(self.slip(reminder), &[8, 24, 26, 22, 20]);
        let line = lang.fill("urge.slip-signed", &[("unit", unit)]);
        paper.text(Style::Line, line);
        paper
    }

    fn asks(&self, reminder: &Reminder) -> Table {
        let (basis, lang) = (self.basis, self.basis.lang);
        let row = |asked: &RemindedClause| {
            let own = &basis.document().clauses[asked.clause];
            let due = match basis.record(asked.clause).due {
                Some(Due::Date(day)) => Cell::Day(day),
                other => Cell::words(phrase::due(other, lang)),
            };
            vec![
                Cell::words(own.id.to_string()),
                Cell::words(&*own.text),
                due,
                Cell::words(asked.colour.name(lang)),
                Cell::words(&*asked.why),
            ]
        };
        let headings = [
            ("id", "column.id"),
            ("text", "column.text"),
            ("due", "column.due"),
            ("colour", "urge.colour"),
            ("why", "urge.why"),
        ];
        Table::new(lang, headings, reminder.asked.iter().map(row))
    }

    fn slip(&self, reminder: &Reminder) -> Table {
        let document = self.basis.document();
        let row = |asked: &RemindedClause| {
            let (own, measure) = (
                &document.clauses[asked.clause],
                document.measure_of(asked.clause),
            );
            vec![
                Cell::words(own.id.to_string()),
                Cell::words(&*measure.title),
                // Room to write in.
                Cell::words("\n\n\n"),
                Cell::Empty,
                Cell::Empty,
            ]
        };
        let headings = [
            ("id", "column.id"),
            ("measure", "column.measure"),
            ("progress", "column.progress"),
            ("problem", "column.problem"),
            ("expected", "urge.expected"),
        ];
        Table::new(self.basis.lang, headings, reminder.asked.iter().map(row))
    }
}

#[cfg(test)]
mod tests;
