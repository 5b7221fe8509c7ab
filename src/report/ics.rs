//! Deadlines as a calendar (RFC 5545): one all-day event per deadline.
//!
//! A clause keeps its UID, and each change raises SEQUENCE, so that a calendar moves its events
//! when it imports the file again. A removed deadline or a dropped clause is a cancelled event.

use super::{Basis, Column};
use crate::{
    progress::{Body, Change, Due, Edit, Status},
    text,
};
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use std::collections::HashMap;

/// The longest line, in octets, without its end (§3.1).
const LONGEST: usize = 75;

/// What the journal says about a clause's event.
#[derive(Debug, Clone, Copy, Default)]
struct EventHistory {
    /// The number of changes to the clause, retractions included.
    sequence: usize,
    /// The last day set as its deadline.
    day: Option<Date>,
}

/// Returns the deadlines of these clauses as a calendar of this name.
pub fn write(basis: &Basis<'_>, name: &str, clauses: &[usize]) -> Vec<u8> {
    let document = basis.document();
    let past = past(basis);
    let mut calendar = Calendar::default();
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.text("PRODID", &product(&document.id));
    calendar.line("CALSCALE", "GREGORIAN");
    calendar.line("METHOD", "PUBLISH");
    calendar.text("X-WR-CALNAME", name);
    for &clause in clauses {
        event(&mut calendar, basis, clause, past.get(&clause).copied());
    }
    calendar.line("END", "VCALENDAR");
    calendar.out.into_bytes()
}

/// Returns the product identifier of a document's calendars.
pub(super) fn product(document: &str) -> String {
    format!("-//kouan//{document}//ZH")
}

/// Returns, for each changed clause, the number of changes and the last deadline.
fn past(basis: &Basis<'_>) -> HashMap<usize, EventHistory> {
    let (document, progress) = (basis.document(), basis.progress());
    let mut all: HashMap<usize, EventHistory> = HashMap::new();
    for change in progress.changes() {
        let set = match &change.body {
            Body::Edits(_) => Some(change),
            Body::Retract(id) => progress.change(id),
        };
        let edits = set.map(Change::edits).unwrap_or_default();
        let mut named: Vec<(usize, &Edit)> = edits
            .iter()
            .filter(|e| e.target.step.is_none())
            .filter_map(|e| Some((document.find(e.target.clause_id()?)?, e)))
            .collect();
        named.sort_by_key(|(clause, _)| *clause);
        for (clause, edit) in &named {
            if let Some(Some(Due::Date(day))) = edit.due {
                all.entry(*clause).or_default().day = Some(day);
            }
        }
        named.dedup_by_key(|(clause, _)| *clause);
        for (clause, _) in named {
            all.entry(clause).or_default().sequence += 1;
        }
    }
    all
}

fn event(calendar: &mut Calendar, basis: &Basis<'_>, clause: usize, past: Option<EventHistory>) {
    let (document, lang) = (basis.document(), basis.lang);
    let (own, record) = (&document.clauses[clause], basis.record(clause));
    let past = past.unwrap_or_default();
    let (day, stands) = match record.due {
        Some(Due::Date(day)) => (Some(day), record.status != Status::Dropped),
        _ => (past.day, false),
    };
    let Some(day) = day else { return };
    let next = day.checked_add(Span::new().days(1)).unwrap_or(day);
    let status = lang.text(record.status.name_key());
    let stamp = record
        .updated
        .as_ref()
        .map_or(basis.scene.now, |(at, _)| *at);
    calendar.line("BEGIN", "VEVENT");
    calendar.text("UID", &format!("{}-{}@kouan", document.id, own.id));
    calendar.line("DTSTAMP", &utc(stamp));
    calendar.line("SEQUENCE", &past.sequence.to_string());
    calendar.line("DTSTART;VALUE=DATE", &basic(day));
    calendar.line("DTEND;VALUE=DATE", &basic(next));
    let title = &document.measure_of(clause).title;
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("id", &own.id), ("status", &status), ("title", title)];
    calendar.text("SUMMARY", &lang.fill("ics.summary", &values));
    let units = Column::Units.cell(basis, clause).show(lang);
    let owner = record.owner.clone().unwrap_or_default();
    let mut said = own.text.clone();
    for (key, value) in [("column.units", units), ("show.owner", owner)] {
        if !value.is_empty() {
            let key = lang.text(key);
            said += "\n";
            said += &lang.fill("phrase.remark", &[("kind", &key), ("text", &value)]);
        }
    }
    if let Some(last) = record.remarks.last() {
        said += "\n";
        let kind = lang.text(last.kind.name_key());
        said += &lang.fill("phrase.remark", &[("kind", &kind), ("text", &last.text)]);
    }
    calendar.text("DESCRIPTION", &said);
    let state = if stands { "CONFIRMED" } else { "CANCELLED" };
    calendar.line("STATUS", state);
    calendar.line("TRANSP", "TRANSPARENT");
    calendar.line("END", "VEVENT");
}

fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

fn utc(at: Timestamp) -> String {
    let at = at.to_zoned_datetime(TimeZone::UTC);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A calendar being written.
#[derive(Debug, Default)]
struct Calendar {
    out: String,
}

impl Calendar {
    /// Appends a text property, escaped (§3.3.11) and cleaned as for a screen.
    fn text(&mut self, name: &str, said: &str) {
        let mut value = String::with_capacity(said.len());
        for c in text::clean(said).chars() {
            match c {
                '\n' => value.push_str("\\n"),
                '\\' | ';' | ',' => value.extend(['\\', c]),
                c if c.is_control() => {}
                c => value.push(c),
            }
        }
        self.line(name, &value);
    }

    /// Appends a content line, folded between characters.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > LONGEST {
                self.out.push_str("\r\n ");
                octets = 1;
            }
            octets += c.len_utf8();
            self.out.push(c);
        }
        self.out.push_str("\r\n");
    }
}
