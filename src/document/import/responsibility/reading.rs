//! The contents of a bracket or table row.

use super::{
    super::due::{self, ReadDue},
    Reader, segments,
    words::{self, ColonLabel},
};
use crate::{
    document::{mark::TaskRow, unit::Units, vocabulary::UnitRole},
    text::simplified::simplify,
};

/// What a bracket or table row says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate observation"
)]
pub(in super::super) struct Reading {
    /// Canonical names in printed order.
    pub units: Vec<String>,
    /// Those that lead.
    pub lead: Vec<String>,
    pub by_duties: bool,
    pub due: Option<ReadDue>,
    /// Persons named besides the units.
    pub owner: Option<String>,
    /// Parts that name nobody, verbatim.
    pub unread: Vec<String>,
    /// Whether it only names who guides (指导).
    pub guidance: bool,
    /// Whether the first unit leads, here and in later brackets.
    pub first_leads: bool,
    /// A rule for later brackets that is not applied, verbatim.
    pub later: Option<String>,
    /// Whether it only supplements the bracket before it (完成时限：6月底).
    pub supplement: bool,
    /// Whether its label is English.
    pub english: bool,
    /// Folded names: as printed, and as read.
    pub aliases: Vec<(String, String)>,
}

impl Reading {
    /// Returns whether it makes someone responsible for the text before it.
    pub(in super::super) const fn is_task(&self) -> bool {
        !self.guidance && !self.supplement
    }
}

/// Reads the columns of a row.
pub(in super::super) fn of_row(row: &TaskRow, year: Option<i16>, units: &Units) -> Reading {
    let mut reading = Reading {
        owner: row.owner.clone().filter(|o| !words::is_nobody(o)),
        ..Reading::default()
    };
    for (head, names) in &row.units {
        let label = words::kind_of(&simplify(head)).or_else(|| words::english(head));
        let role = match label {
            Some(ColonLabel::Role(role)) => role,
            _ => UnitRole::Plain,
        };
        reading.take_cell(names, role == UnitRole::Lead, units);
    }
    reading.first_leads = row
        .rule
        .as_deref()
        .is_some_and(|r| words::is_first_leads(&simplify(r)));
    if reading.first_leads && reading.lead.is_empty() {
        reading.lead.extend(reading.units.first().cloned());
    }
    let due = row.due.as_deref().filter(|d| !words::is_nobody(d));
    reading.due = due.map(|d| due::read(&simplify(d), year, true).unwrap_or(ReadDue::Unread));
    reading
}

impl Reading {
    /// Reads the names of a cell, which may give their roles: 市甲局牵头，市乙局配合.
    fn take_cell(&mut self, cell: &str, leads: bool, units: &Units) {
        let plain = simplify(cell);
        let from = self.units.len();
        let mut reader = Reader::new(None, units);
        reader.labelled = true;
        for (_, segment) in segments(&plain) {
            reader.segment(segment);
        }
        let mut read = reader.reading;
        read.as_printed(&plain, cell);
        self.by_duties |= read.by_duties;
        self.unread.append(&mut read.unread);
        self.aliases.append(&mut read.aliases);
        for unit in read.units {
            if leads && !read.lead.contains(&unit) {
                read.lead.push(unit.clone());
            }
            if !self.units.contains(&unit) {
                self.units.push(unit);
            }
        }
        let new = self.units.get(from..).unwrap_or_default();
        read.lead
            .retain(|l| new.contains(l) && !self.lead.contains(l));
        self.lead.append(&mut read.lead);
    }

    /// Restores names read in simplified characters as they are printed.
    pub(super) fn as_printed(&mut self, plain: &str, printed: &str) {
        let back = |name: &mut String| {
            let at = plain.find(name.as_str());
            if let Some(found) = at.and_then(|at| printed.get(at..at + name.len())) {
                *name = found.to_owned();
            }
        };
        self.units.iter_mut().for_each(back);
        self.lead.iter_mut().for_each(back);
        self.unread.iter_mut().for_each(back);
        self.owner.iter_mut().for_each(back);
        self.later.iter_mut().for_each(back);
        self.aliases.iter_mut().for_each(|(name, _)| back(name));
    }
}
