//! Cuts the text of a measure into clauses at its assignments.

use super::{
    bracket::{Assignment, tail},
    flow::{Flow, is_stop, unbroken},
    lines::is_blank,
    report::{Notes, ReadingRule},
};
use crate::document::{Clause, Responsibility, tree::append};
use std::sync::Arc;

/// The clauses of a measure, and its text outside them.
#[derive(Debug, Default)]
pub(super) struct MeasureBody {
    /// Text before the first clause.
    pub text: Option<String>,
    /// Its clauses, still without ids.
    pub clauses: Vec<Clause>,
}

/// Cuts the text of one measure.
pub(super) struct Cutter<'a> {
    body: MeasureBody,
    /// Text waiting for its assignment.
    pending: String,
    lines: Vec<usize>,
    /// Whether a clause has just ended: a bracket directly after its own belongs to it too.
    joined: bool,
    /// Whether the last clause's lead comes only from the rule.
    ruled: bool,
    /// Whether the document has said that the first unit leads.
    first_leads: &'a mut bool,
    notes: &'a mut Notes,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(first_leads: &'a mut bool, notes: &'a mut Notes) -> Self {
        Self {
            body: MeasureBody::default(),
            pending: String::new(),
            lines: Vec::new(),
            joined: false,
            ruled: false,
            first_leads,
            notes,
        }
    }

    /// Reads the text of one item from an offset, with its printed number.
    pub(super) fn take(&mut self, printed: &str, flow: &Flow, from: usize, found: &[Assignment]) {
        if !printed.is_empty() {
            self.add("\n", flow.line_at(from));
            self.add(printed, flow.line_at(from));
        }
        let mut at = from;
        for assignment in found.iter().filter(|a| a.start >= from) {
            self.add(flow.slice(at, assignment.start), flow.line_at(at));
            self.assign(assignment);
            at = assignment.end;
        }
        self.add(flow.after(at), flow.line_at(at));
    }

    fn add(&mut self, text: &str, line: usize) {
        if !text.trim_matches(is_blank).is_empty() && self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
        self.pending.push_str(text);
    }

    fn assign(&mut self, found: &Assignment) {
        if found.reading.supplement && !self.joined {
            self.add(&found.said, found.line);
            return;
        }
        found.note(self.notes);
        let text = unbroken(self.pending.trim_matches(is_blank));
        if found.reading.guidance {
            let said = &found.said;
            self.notes.doubt(found.line, said, "import.doubt.guidance");
            self.add(&found.said, found.line);
            self.release();
            self.joined = false;
            return;
        }
        *self.first_leads |= found.reading.first_leads;
        let mut responsibility = found.responsibility();
        self.pending.clear();
        self.lines.clear();
        match self.body.clauses.last_mut() {
            Some(last) if text.is_empty() && self.joined => {
                if self.ruled && !responsibility.lead.is_empty() {
                    Arc::make_mut(&mut last.responsibility).lead.clear();
                }
                extend(last, responsibility, found);
            }
            _ => {
                self.ruled = *self.first_leads && responsibility.lead.is_empty();
                if self.ruled {
                    responsibility
                        .lead
                        .extend(responsibility.units.first().cloned());
                }
                if !found.row {
                    self.note_stop(&text, found);
                }
                self.body.clauses.push(Clause {
                    text,
                    responsibility: responsibility.into(),
                    due: found.due(),
                    owner: found.reading.owner.clone(),
                    ..Clause::default()
                });
            }
        }
        self.joined = true;
    }

    fn note_stop(&mut self, text: &str, found: &Assignment) {
        let open = |c: char| !is_stop(c) && !matches!(c, '”' | '’' | '…' | '：');
        if text.chars().next_back().is_some_and(open) {
            let few: String = found.said.chars().take(6).collect();
            let place = format!("{}{few}", tail(text, 4));
            self.notes
                .correct(found.line, &place, &place, ReadingRule::NO_STOP);
        }
    }

    fn release(&mut self) {
        let text = std::mem::take(&mut self.pending);
        let text = text.trim_matches(is_blank);
        if !text.is_empty() {
            let place = match self.body.clauses.last_mut() {
                Some(last) => &mut last.after,
                None => &mut self.body.text,
            };
            append(place, text);
            self.notes.unassigned.append(&mut self.lines);
        }
        self.lines.clear();
    }

    pub(super) fn finish(mut self) -> MeasureBody {
        self.release();
        self.body
    }
}

/// Adds a bracket that directly follows another to the same clause.
pub(super) fn extend(clause: &mut Clause, more: Responsibility, found: &Assignment) {
    let known_units = Arc::make_mut(&mut clause.responsibility);
    for (to, from) in [
        (&mut known_units.units, more.units),
        (&mut known_units.lead, more.lead),
    ] {
        for name in &from {
            if !to.contains(name) {
                to.push(name.clone());
            }
        }
    }
    known_units.by_duties |= more.by_duties;
    // Lines stay separate: 牵头单位：甲 责任单位：乙.
    if !known_units.said.is_empty() && !known_units.said.ends_with(['）', ')', '。', '】', '〕'])
    {
        known_units.said.push(' ');
    }
    known_units.said.push_str(&more.said);
    clause.due = clause.due.take().or_else(|| found.due());
    let owner = || found.reading.owner.clone();
    clause.owner = clause.owner.take().or_else(owner);
}
