//! Clauses as JSON, in the shape that docs/format.md promises.

use super::{Basis, Cell, Table};
use crate::{
    day::days_between,
    document::{Chapter, Measure},
    locale::Lang,
    progress::{Due, Remark, Status, Step, Tally, Urgency},
    text::{is_combining, is_hidden},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{
    Value,
    ser::{Formatter, Serializer as Writer},
};
use std::{io, ops::Range};

/// Writes a value as JSON. Characters that could command or fool a terminal are escaped, which
/// leaves the text unchanged for programs.
///
/// # Errors
///
/// As the writer.
pub fn write(out: &mut impl io::Write, value: &impl Serialize) -> io::Result<()> {
    let mut writer = Writer::with_formatter(out, Escaping);
    value.serialize(&mut writer).map_err(io::Error::from)
}

/// Consecutive combining marks that are left unescaped.
const MARKS: usize = 4;

/// Compact, with hidden characters and stacked marks as `\uXXXX`.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let (mut rest, mut marks) = (fragment, 0);
        let mut is_escaped = |c| {
            marks = if is_combining(c) { marks + 1 } else { 0 };
            is_hidden(c) || marks > MARKS
        };
        while let Some(at) = rest.find(&mut is_escaped) {
            let (plain, hidden) = rest.split_at(at);
            out.write_all(plain.as_bytes())?;
            let mut chars = hidden.chars();
            let mut units = [0; 2];
            for unit in chars.next().unwrap_or_default().encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

/// The whole document with its state.
#[derive(Debug, Serialize)]
pub struct ExportOut<'a> {
    /// Raised when a field is removed or changes its meaning; new fields don't count.
    version: u32,
    /// The day whose state it has, unless that is the present.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    document: DocumentOut<'a>,
    tally: Counts,
    added: Counts,
    chapters: Vec<ChapterOut<'a>>,
}

#[derive(Debug, Serialize)]
struct DocumentOut<'a> {
    id: &'a str,
    title: &'a str,
    stage: Option<&'a str>,
    preamble: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ChapterOut<'a> {
    number: u32,
    title: &'a str,
    added: bool,
    measures: Vec<MeasureOut<'a>>,
}

#[derive(Debug, Serialize)]
struct MeasureOut<'a> {
    number: u32,
    title: &'a str,
    clauses: Vec<ClauseOut<'a>>,
}

/// A clause with its state.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a field of the format"
)]
pub struct ClauseOut<'a> {
    id: String,
    added: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    chapter: Option<NumberedTitle<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<NumberedTitle<'a>>,
    text: &'a str,
    units: &'a [String],
    lead: &'a [String],
    by_duties: bool,
    said: &'a str,
    status: &'static str,
    due: Option<String>,
    /// Days from today to the deadline; negative once it has passed.
    days_left: Option<i64>,
    overdue: bool,
    soon: bool,
    light: Option<&'static str>,
    postponed: bool,
    slip: Option<SlipOut<'a>>,
    owner: Option<&'a str>,
    updated: Option<String>,
    by: Option<&'a str>,
    remarks: Vec<RemarkOut<'a>>,
    steps: Vec<StepOut<'a>>,
}

#[derive(Debug, Serialize)]
struct NumberedTitle<'a> {
    number: u32,
    title: &'a str,
}

#[derive(Debug, Serialize)]
struct SlipOut<'a> {
    first: String,
    times: usize,
    days: Option<i32>,
    by: &'a str,
    at: String,
}

#[derive(Debug, Serialize)]
struct RemarkOut<'a> {
    at: String,
    by: &'a str,
    kind: &'static str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct StepOut<'a> {
    id: &'a str,
    text: &'a str,
    done: bool,
    status: &'static str,
    due: Option<String>,
}

/// A tally as `{"total":…,"todo":…,…}`.
#[derive(Debug, Clone, Copy)]
pub struct Counts(pub Tally);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + Status::ALL.len()))?;
        map.serialize_entry("total", &self.0.total())?;
        for status in Status::ALL {
            map.serialize_entry(status.id(), &self.0.count(status))?;
        }
        map.end()
    }
}

/// The clauses of one unit.
#[derive(Debug, Serialize)]
pub struct UnitOut<'a> {
    unit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    clauses: Vec<ClauseOut<'a>>,
}

/// Returns the clauses of each unit, with their chapters and measures; `as_of` as in [`export`].
pub fn sections<'a>(
    basis: &Basis<'a>,
    sections: &'a [(String, Vec<usize>)],
    as_of: Option<Date>,
) -> Vec<UnitOut<'a>> {
    let section = |(unit, clauses): &'a (String, Vec<usize>)| UnitOut {
        unit,
        as_of: as_of.map(|day| day.to_string()),
        clauses: self::clauses(basis, clauses),
    };
    sections.iter().map(section).collect()
}

/// Returns the rows of a table as objects by column name; empty cells are null.
pub fn rows(table: &Table) -> Vec<serde_json::Map<String, Value>> {
    let cell = |cell: &Cell| match cell {
        Cell::Empty => Value::Null,
        Cell::Count(n) => Value::from(*n),
        other => Value::from(other.show(Lang::En)),
    };
    let row = |row: &Vec<Cell>| {
        let names = table.headings.iter().map(|h| h.id.to_owned());
        names.zip(row.iter().map(cell)).collect()
    };
    table.rows.iter().map(row).collect()
}

/// Returns the rows of each unit's table.
pub fn tables(tables: &[Table]) -> Vec<Value> {
    let section = |t: &Table| serde_json::json!({"unit": t.title, "clauses": rows(t)});
    tables.iter().map(section).collect()
}

/// Returns a time as RFC 3339 with milliseconds, in a time zone.
pub fn time(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    local.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// Returns the document with the clauses in `keep` and their tallies. Chapters and measures without
/// any are left out; `None` keeps everything. A past state names its day.
pub fn export<'a>(basis: &Basis<'a>, keep: Option<&[usize]>, as_of: Option<Date>) -> ExportOut<'a> {
    let document = basis.document();
    let kept = |clause: usize| keep.is_none_or(|k| k.binary_search(&clause).is_ok());
    let tally = |clauses: Range<usize>| {
        let mut tally = Tally::default();
        let kept = clauses.filter(|clause| kept(*clause));
        kept.for_each(|clause| tally.add(basis.record(clause).status));
        Counts(tally)
    };
    let mut chapters: Vec<_> = document
        .chapters
        .iter()
        .map(|c| chapter(basis, c, &kept))
        .collect();
    if keep.is_some() {
        for chapter in &mut chapters {
            chapter.measures.retain(|m| !m.clauses.is_empty());
        }
        chapters.retain(|c| !c.measures.is_empty());
    }
    ExportOut {
        version: 1,
        as_of: as_of.map(|day| day.to_string()),
        document: DocumentOut {
            id: &document.id,
            title: &document.title,
            stage: document.stage.as_deref(),
            preamble: document.preamble.as_deref(),
        },
        tally: tally(document.rated()),
        added: tally(document.beside()),
        chapters,
    }
}

fn chapter<'a>(
    basis: &Basis<'a>,
    chapter: &'a Chapter,
    kept: &dyn Fn(usize) -> bool,
) -> ChapterOut<'a> {
    let measure = |m: &'a Measure| MeasureOut {
        number: m.number,
        title: &m.title,
        clauses: m
            .clauses
            .clone()
            .filter(|c| kept(*c))
            .map(|c| clause(basis, c, false))
            .collect(),
    };
    ChapterOut {
        number: chapter.number,
        title: &chapter.title,
        added: basis.document().is_added(chapter),
        measures: basis.document().measures[chapter.measures.clone()]
            .iter()
            .map(measure)
            .collect(),
    }
}

/// Returns these clauses, with their chapters and measures.
pub fn clauses<'a>(basis: &Basis<'a>, clauses: &[usize]) -> Vec<ClauseOut<'a>> {
    let placed = clauses.iter().map(|c| clause(basis, *c, true));
    placed.collect()
}

/// Returns one clause; outside the tree (`placed`) with its chapter and measure.
fn clause<'a>(basis: &Basis<'a>, clause: usize, placed: bool) -> ClauseOut<'a> {
    let document = basis.document();
    let said = &document.clauses[clause];
    let record = basis.record(clause);
    let zone = basis.scene.zone;
    let (chapter, measure) = (document.chapter_of(clause), document.measure_of(clause));
    let pace = basis.scene.meter().clause(record);
    let title = |number: u32, title: &'a str| placed.then_some(NumberedTitle { number, title });
    ClauseOut {
        id: said.id.to_string(),
        added: said.id.is_own(),
        chapter: title(chapter.number, &chapter.title),
        measure: title(measure.number, &measure.title),
        text: &said.text,
        units: &said.responsibility.units,
        lead: &said.responsibility.lead,
        by_duties: said.responsibility.by_duties,
        said: &said.responsibility.said,
        status: record.status.id(),
        due: record.due.map(|due| due.to_string()),
        days_left: match record.due {
            Some(Due::Date(day)) => Some(days_between(basis.scene.today, day)),
            _ => None,
        },
        overdue: basis.urgency(clause) == Some(Urgency::Overdue),
        soon: basis.urgency(clause) == Some(Urgency::Soon),
        light: pace.map(|pace| pace.light.id()),
        postponed: basis.progress().slip(clause).is_some(),
        slip: basis.progress().slip(clause).map(|slip| SlipOut {
            first: slip.first.to_string(),
            times: slip.times,
            days: slip.days(record.due),
            by: &slip.by,
            at: time(slip.at, zone),
        }),
        owner: record.owner.as_deref(),
        updated: record.updated.as_ref().map(|(at, _)| time(*at, zone)),
        by: record.updated.as_ref().map(|(_, by)| by.as_str()),
        remarks: record.remarks.iter().map(|r| remark(r, zone)).collect(),
        steps: record.steps.iter().map(step).collect(),
    }
}

fn remark<'a>(remark: &'a Remark, zone: &TimeZone) -> RemarkOut<'a> {
    RemarkOut {
        at: time(remark.at, zone),
        by: &remark.by,
        kind: remark.kind.id(),
        text: &remark.text,
    }
}

fn step(step: &Step) -> StepOut<'_> {
    StepOut {
        id: &step.id,
        text: &step.text,
        done: step.status.is_complete(),
        status: step.status.id(),
        due: step.due.map(|due| due.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn hidden_characters_are_escaped_and_mean_the_same() {
        let typed = "通关“—…\u{1b}[2J\u{9b}31m\u{202e}\u{feff}\u{e0041}\u{7f}👍\u{fe0f}\"\\\n";
        let mut out = Vec::new();
        write(&mut out, &[typed]).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(!out.contains(crate::text::is_hidden), "{out:?}");
        assert!(
            out.contains("通关“—…") && out.contains("\\udb40\\udc41"),
            "{out}"
        );
        let [back]: [String; 1] = serde_json::from_str(&out).unwrap();
        assert_eq!(back, typed);
    }
}
