//! Writes one line of the journal.
//!
//! The form is the common denominator of JSON, YAML 1.1 and YAML 1.2: JSON's escapes, plus the
//! characters that some YAML reader rejects or takes for a line end. Characters beyond the BMP stay
//! raw, because YAML readers disagree on surrogate pairs.

use super::{Body, Change, Edit, Kind};
use jiff::{Timestamp, tz::Offset};
use std::fmt::Write as _;

/// Returns the line of a change, without its end.
pub(super) fn line(change: &Change, offset: Offset) -> String {
    let mut out = String::with_capacity(160);
    out.push_str("- {\"at\":");
    time(&mut out, change.at, offset);
    if let Some(clock) = change.clock {
        out.push_str(",\"clock\":");
        time(&mut out, clock, offset);
    }
    field(&mut out, "by", &change.by);
    if let Some(via) = &change.via {
        field(&mut out, "via", via);
    }
    field(&mut out, "session", &change.session);
    field(&mut out, "id", &change.id);
    match &change.body {
        Body::Retract(id) => field(&mut out, "retract", id),
        Body::Edits(edits) => match edits.as_slice() {
            [one] => edit(&mut out, one, ','),
            several => set(&mut out, several),
        },
    }
    out.push('}');
    out
}

fn set(out: &mut String, edits: &[Edit]) {
    out.push_str(",\"edits\":[");
    for (i, each) in edits.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        edit(out, each, '{');
        out.push('}');
    }
    out.push(']');
}

/// Writes the fields of an edit, the first after `open`.
fn edit(out: &mut String, edit: &Edit, open: char) {
    out.push(open);
    out.push_str("\"clause\":");
    text(out, &edit.target.to_string());
    // An older version, to which an item is a clause that it does not have, needs the `clause`.
    if edit.item.is_some() {
        field(out, "item", &edit.target.clause);
    }
    if let Some(words) = &edit.text {
        nullable(out, "text", words.as_deref());
    }
    if let Some(units) = edit.item.as_ref().filter(|units| !units.is_empty()) {
        list(out, "units", units);
    }
    if let Some(step) = &edit.after {
        nullable(out, "after", step.as_deref());
    }
    if let Some(status) = edit.status {
        field(out, "status", status.id());
    }
    if let Some(due) = edit.due {
        nullable(out, "due", due.map(|d| d.to_string()).as_deref());
    }
    if let Some(owner) = &edit.owner {
        nullable(out, "owner", owner.as_deref());
    }
    if let Some((kind, remark)) = &edit.remark {
        field(out, "remark", remark);
        if *kind != Kind::default() {
            field(out, "kind", kind.id());
        }
    }
    if let Some((id, words)) = &edit.step {
        field(out, "step", id);
        field(out, "text", words);
    }
}

fn list(out: &mut String, key: &str, values: &[String]) {
    let _ = write!(out, ",\"{key}\":[");
    for (nth, value) in values.iter().enumerate() {
        if nth > 0 {
            out.push(',');
        }
        text(out, value);
    }
    out.push(']');
}

fn nullable(out: &mut String, key: &str, value: Option<&str>) {
    match value {
        Some(value) => field(out, key, value),
        // Writing to a String cannot fail.
        None => drop(write!(out, ",\"{key}\":null")),
    }
}

fn field(out: &mut String, key: &str, value: &str) {
    let _ = write!(out, ",\"{key}\":");
    text(out, value);
}

fn text(out: &mut String, value: &str) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => drop(write!(out, "\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Writes a time as RFC 3339 with milliseconds (or nine digits if it has more) and the offset.
fn time(out: &mut String, at: Timestamp, offset: Offset) {
    // RFC 3339 offsets have no seconds, but some historical zones do.
    let minutes = offset.seconds() / 60;
    let offset = Offset::from_seconds(minutes * 60).unwrap_or(Offset::UTC);
    let t = offset.to_datetime(at);
    let (date, clock) = (t.date(), t.time());
    let _ = write!(out, "\"{date}T");
    let (hour, minute, second) = (clock.hour(), clock.minute(), clock.second());
    let _ = write!(out, "{hour:02}:{minute:02}:{second:02}");
    let nanos = clock.subsec_nanosecond();
    let _ = match nanos % 1_000_000 {
        0 => write!(out, ".{:03}", nanos / 1_000_000),
        _ => write!(out, ".{nanos:09}"),
    };
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    let _ = write!(out, "{sign}{hours:02}:{minutes:02}\"");
}
