//! Who answers for a text, as a place in it or a row of a table says, and what was read otherwise there.

use super::super::{
    Context,
    due::Due,
    lines::Line,
    report::{Notes, Rule},
    responsibility::{self, Reading},
};
use crate::document::{Responsibility, mark::TaskRow};

/// A place that says who answers for the text before it.
#[derive(Debug, Clone)]
pub(in super::super) struct Assignment {
    /// Where it begins and ends in the flow, the stop after it included.
    pub start: usize,
    pub end: usize,
    /// As printed, but for a repaired bracket.
    pub said: String,
    pub reading: Reading,
    /// The line of the source.
    pub line: usize,
    /// What was read otherwise than it stands; to be noted by whoever takes it.
    pub(super) repairs: Vec<Repair>,
    /// It is the end of a row of a table.
    pub row: bool,
}

/// A correction that counts only if its assignment is taken.
#[derive(Debug, Clone)]
pub(super) struct Repair {
    pub rule: Rule,
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

    /// Notes what was read otherwise than it stands.
    pub(in super::super) fn note(&self, notes: &mut Notes) {
        for repair in &self.repairs {
            notes.correct(self.line, &repair.source, &repair.read, repair.rule);
            if repair.rule == Rule::Unclosed {
                notes.doubt(self.line, &repair.source, "import.doubt.unclosed");
            }
        }
        for (printed, canonical) in &self.reading.aliases {
            notes.correct(self.line, printed, canonical, Rule::Alias);
        }
    }

    /// Notes what was not understood of it.
    pub(in super::super) fn doubts(&self, notes: &mut Notes) {
        if let Some(later) = &self.reading.later {
            notes.doubt(self.line, later, "import.doubt.later-rule");
        }
        let day = match self.reading.due {
            Some(Due::NoYear) => Some("import.doubt.no-year"),
            Some(Due::Unread) => Some("import.doubt.due"),
            _ => None,
        };
        if let Some(why) = day {
            notes.doubt(self.line, &self.said, why);
        }
        for part in &self.reading.unread {
            notes.doubt(self.line, part, "import.doubt.part");
        }
    }

    /// Returns the deadline that it names, where that is a day.
    pub(in super::super) fn due(&self) -> Option<String> {
        match &self.reading.due {
            Some(Due::Known(due)) => Some(due.clone()),
            _ => None,
        }
    }
}

/// Returns who answers for a row of a table, as its columns say; the text of the row begins behind its
/// label.
pub(in super::super) fn of_row(
    line: &Line<'_>,
    row: &TaskRow,
    label: usize,
    context: &Context<'_>,
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
