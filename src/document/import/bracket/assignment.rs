//! An assignment: who is responsible for a text, from a place in it or a table row, and what was
//! read differently there.

use super::super::{
    ImportContext,
    due::ReadDue,
    lines::SourceLine,
    report::{Notes, ReadingRule},
    responsibility::{self, Reading},
};
use crate::document::{Responsibility, mark::TaskRow};

/// A place that names who is responsible for the text before it.
#[derive(Debug, Clone)]
pub(in super::super) struct Assignment {
    /// Its start and end in the flow, including the punctuation after it.
    pub start: usize,
    pub end: usize,
    /// As printed, except for a repaired bracket.
    pub said: String,
    pub reading: Reading,
    /// The line of the source.
    pub line: usize,
    /// Corrections, to be noted by whoever accepts it.
    pub(super) repairs: Vec<Repair>,
    /// Whether it ends a table row.
    pub row: bool,
}

/// A correction that counts only if its assignment is accepted.
#[derive(Debug, Clone)]
pub(super) struct Repair {
    pub rule: ReadingRule,
    pub source: String,
    pub read: String,
}

impl Assignment {
    pub(in super::super) fn responsibility(&self) -> Responsibility {
        Responsibility {
            lead: self.reading.lead.clone(),
            units: self.reading.units.clone(),
            by_duties: self.reading.by_duties,
            said: self.said.as_str().into(),
        }
    }

    /// Notes its corrections and what was not understood.
    pub(in super::super) fn note(&self, notes: &mut Notes) {
        for repair in &self.repairs {
            notes.correct(self.line, &repair.source, &repair.read, repair.rule);
            if repair.rule == ReadingRule::UNCLOSED {
                notes.doubt(self.line, &repair.source, "import.doubt.unclosed");
            }
        }
        for (printed, canonical) in &self.reading.aliases {
            notes.correct(self.line, printed, canonical, ReadingRule::ALIAS);
        }
        if let Some(later) = &self.reading.later {
            notes.doubt(self.line, later, "import.doubt.later-rule");
        }
        let day = match self.reading.due {
            Some(ReadDue::NoYear) => Some("import.doubt.no-year"),
            Some(ReadDue::Unread) => Some("import.doubt.due"),
            _ => None,
        };
        if let Some(why) = day {
            notes.doubt(self.line, &self.said, why);
        }
        for part in &self.reading.unread {
            notes.doubt(self.line, part, "import.doubt.part");
        }
    }

    /// Returns its deadline, if it is a day.
    pub(in super::super) fn due(&self) -> Option<String> {
        match &self.reading.due {
            Some(ReadDue::Known(due)) => Some(due.clone()),
            _ => None,
        }
    }
}

/// Returns the assignment of a table row, from its columns; the text of the row begins after its
/// label.
pub(in super::super) fn of_row(
    line: &SourceLine<'_>,
    row: &TaskRow,
    label: usize,
    context: &ImportContext<'_>,
) -> Assignment {
    Assignment {
        start: row.text - label,
        end: line.text.len() - label,
        said: line
            .text
            .get(row.text..)
            .unwrap_or_default()
            .trim()
            .to_owned(),
        reading: responsibility::of_row(row, context.year, context.units),
        line: line.number,
        repairs: Vec::new(),
        row: true,
    }
}
