//! Reports: a document and its progress on paper.
//!
//! A report is made in two steps: a [`Table`] of typed cells, then a format that prints it. So a
//! new format prints every table, and a new table works in every format. JSON of clauses is the
//! exception: it is the tree itself ([`json`]), because programs want structure where people want
//! columns.
//!
//! A format is a function of a table:
//!
//! ```
//! use kouan::{locale::Lang, report::{Cell, Heading, Table, csv, markdown}};
//!
//! let table = Table {
//!     title: "各单位".into(),
//!     headings: vec![
//!         Heading { id: "unit", text: "单位".into() },
//!         Heading { id: "total", text: "款数".into() },
//!     ],
//!     rows: vec![vec![Cell::words("天津海关"), Cell::Count(19)]],
//!     note: None,
//!     spans: vec![],
//! };
//! let lines = markdown::write(&table, 1, Lang::ZhCn);
//! assert_eq!(lines.lines().last(), Some("| 天津海关 | 19   |"));
//! assert_eq!(csv::write(&table, false, Lang::ZhCn).expect("no cell fails"), "单位,款数\r\n天津海关,19\r\n".as_bytes());
//! ```

use crate::{
    document::Document,
    locale::Lang,
    progress::{Progress, Record, Step, Urgency},
    search::Scene,
};
use jiff::{Timestamp, civil::DateTime};

pub mod apart;
pub mod base;
pub mod bulletin;
pub mod carried;
pub mod column;
pub mod csv;
pub mod difference;
pub mod dossier;
pub mod export;
pub mod ics;
pub mod json;
pub mod ledger;
pub mod markdown;
pub mod minutes;
pub mod over;
pub mod page;
pub mod paper;
pub mod phrase;
pub mod plain;
pub mod since;
pub mod stats;
pub mod table;
pub mod urge;
pub mod weeks;
pub mod xlsx;

pub use column::{Column, RowSubject};
pub use table::{Cell, Heading, Span, Table};

/// The input of every report: the document and its state on a day, and the language.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The document, its state, and the day.
    pub scene: Scene<'a>,
    /// The language.
    pub lang: Lang,
}

impl<'a> Basis<'a> {
    /// Returns the document.
    pub const fn document(&self) -> &'a Document {
        self.scene.document
    }

    /// Returns the state of all clauses.
    pub const fn progress(&self) -> &'a Progress {
        self.scene.progress
    }

    /// Returns the state of a clause.
    pub fn record(&self, clause: usize) -> &'a Record {
        self.scene.progress.record(clause)
    }

    /// Returns all clauses.
    pub fn all(&self) -> Vec<usize> {
        (0..self.document().clauses.len()).collect()
    }

    /// Returns a clause's number and its measure's title.
    pub fn heading(&self, clause: usize) -> String {
        let document = self.document();
        let title = &document.measure_of(clause).title;
        format!("{} {title}", document.clauses[clause].id)
    }

    /// Returns whether a clause is overdue or due soon on the day.
    pub fn urgency(&self, clause: usize) -> Option<Urgency> {
        self.record(clause)
            .urgency(self.scene.today, self.scene.limits.days_ahead)
    }

    /// Returns whether a step is overdue or due soon on the day.
    pub fn step_urgency(&self, step: &Step) -> Option<Urgency> {
        step.urgency(self.scene.today, self.scene.limits.days_ahead)
    }

    /// Returns a time as local time, to the minute.
    pub fn local(&self, at: Timestamp) -> DateTime {
        let local = at.to_zoned_datetime(self.scene.zone.clone()).datetime();
        local
            .with()
            .second(0)
            .subsec_nanosecond(0)
            .build()
            .unwrap_or(local)
    }

    /// Returns a time as `2026-11-23 10:12`.
    pub fn minute(&self, at: Timestamp) -> String {
        let local = at.to_zoned_datetime(self.scene.zone.clone());
        local.strftime("%Y-%m-%d %H:%M").to_string()
    }
}
