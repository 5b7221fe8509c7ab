//! The file format of a document: reading, checking, writing. May use: `document` and above.
//!
//! The file is nested (chapters, measures, clauses); the [`Document`] is flat. What [`write()`] makes
//! is read by a small line reader (`fast`), since the embedded document stands on the start path;
//! anything else that is YAML goes through `serde_yaml`, which also words the errors. Both fill the
//! same raw structs, and one place checks them.
//!
//! # The file, version 1
//!
//! YAML; what a `?` follows may be left out. `id` first, since the catalogue reads only the head.
//!
//! | level | fields |
//! | --- | --- |
//! | document | `id` (letters, digits, `-` `_` `.`), `title`, `stage`?, `masthead`? (what stands above the title), `preamble`?, `chapters`, `trailer`? (what stands below the last clause), `corrections`? |
//! | chapter | `number`, `title`, `text`? (a chapter without clauses), `measures`? |
//! | measure | `number`, `title`, `section`?, `text`?, `clauses`? |
//! | clause | `id` (`measure.clause`, or `chapter.measure.clause`), `text`, `units`, `said`, `lead`?, `by_duties`?, `due`? (a proposal), `label`?, `after`? |
//! | correction | `line`, `times`?, `source`, `read`, `why` |
//!
//! `label`, `stop` and `implied` keep how a heading was printed (`（一）`, the mark after it, none at
//! all), and `after` what follows a bracket. With them the source comes back:
//! every `text` and `said` joined is the source character for character, but for white space and
//! what `corrections` lists, each with what the source has, what was read, and why.
//!
//! What is promised: a file of version 1 opens in every later version (`tests/upgrade.rs`); ids never
//! change their meaning; a field that is not in this table is an error that names it with its line,
//! so that nothing in a hand-written file is passed over in silence.
//!
//! ```
//! let text = "
//! id: demo
//! title: 示例
//! chapters:
//! - number: 1
//!   title: 第一章
//!   measures:
//!   - number: 1
//!     title: 优化监管
//!     clauses:
//!     - id: '1.1'
//!       text: 压缩检验用时。
//!       units: [天津海关]
//!       said: （责任单位：天津海关）
//! ";
//! let document = kouan::document::yaml::read(text, "demo.yaml").expect("a document");
//! assert_eq!(document.units(), ["天津海关"]);
//! assert_eq!(document.clauses[0].id.to_string(), "1.1");
//!
//! let error = kouan::document::yaml::read("id: demo\ntitel: 示例\n", "demo.yaml").unwrap_err();
//! assert!(error.to_string().contains("titel"), "{error}");
//! ```

use super::{Chapter, Clause, ClauseId, Correction, Document, DocumentError, Measure, Print};
use serde::Deserialize;
use std::collections::HashSet;

mod fast;
mod scalar;
mod write;

#[cfg(test)]
mod tests;

pub use write::write;

/// The head of a document file: what the catalogue lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Header {
    /// The document's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What kind of text it is, where it says.
    pub stage: Option<String>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDocument {
    id: String,
    title: String,
    stage: Option<String>,
    masthead: Option<String>,
    preamble: Option<String>,
    chapters: Vec<RawChapter>,
    trailer: Option<String>,
    #[serde(default)]
    corrections: Vec<RawCorrection>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChapter {
    number: u32,
    title: String,
    label: Option<String>,
    stop: Option<String>,
    #[serde(default)]
    implied: bool,
    text: Option<String>,
    #[serde(default)]
    measures: Vec<RawMeasure>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    section: Option<String>,
    number: u32,
    title: String,
    label: Option<String>,
    stop: Option<String>,
    #[serde(default)]
    implied: bool,
    text: Option<String>,
    #[serde(default)]
    clauses: Vec<RawClause>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    id: String,
    #[serde(default)]
    label: String,
    text: String,
    units: Vec<String>,
    #[serde(default)]
    lead: Vec<String>,
    #[serde(default)]
    by_duties: bool,
    due: Option<String>,
    said: String,
    after: Option<String>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCorrection {
    line: usize,
    #[serde(default)]
    times: usize,
    source: String,
    read: String,
    why: String,
}

/// Reads a document file; `source` is its name for errors.
///
/// # Errors
/// [`DocumentError::Yaml`] where it is not a document at all, [`DocumentError::Broken`] where a
/// value breaks a rule; both with line and column.
pub fn read(text: &str, source: &str) -> Result<Document, DocumentError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw = match fast::read(text) {
        Some(raw) => raw,
        None => serde_yaml::from_str(text).map_err(|e| yaml_error(&e, source))?,
    };
    assemble(raw).map_err(|broken| broken.locate(text, source))
}

/// Reads only the head of a document file: `text` may be its first kilobytes.
///
/// Returns nothing where the head is not in the order that [`write()`] gives it.
pub fn read_header(text: &str) -> Option<Header> {
    fast::header(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn yaml_error(error: &serde_yaml::Error, source: &str) -> DocumentError {
    let (line, column) = error.location().map_or((1, 1), |l| (l.line(), l.column()));
    DocumentError::Yaml {
        file: source.to_owned(),
        line,
        column,
        problem: error.to_string(),
    }
}

/// A broken rule, before its place in the file is known.
struct Broken {
    rule: &'static str,
    value: String,
    at: At,
}

/// Where a rule was broken: at the nth line that begins with a key.
#[derive(Clone, Copy)]
enum At {
    Top,
    Chapter(usize),
    Measure(usize),
    Clause(usize),
}

impl Broken {
    fn new(rule: &'static str, value: impl Into<String>, at: At) -> Self {
        Self {
            rule,
            value: value.into(),
            at,
        }
    }

    /// Finds the line: rules are checked on values, which carry no place.
    fn locate(self, text: &str, source: &str) -> DocumentError {
        let (line, column) = match self.at {
            At::Top => nth_key(text, "id:", 0, |indent| indent == 0),
            At::Chapter(n) => nth_chapter(text, n),
            At::Measure(n) => nth_measure(text, n),
            At::Clause(n) => nth_key(text, "id:", n, |indent| indent > 0),
        }
        .unwrap_or((1, 1));
        DocumentError::Broken {
            file: source.to_owned(),
            line,
            column,
            rule: self.rule,
            value: self.value,
        }
    }
}

/// Returns the indent of a line, a leading `- ` counted in, and what follows.
fn unindent(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches([' ', '-']);
    (line.len() - rest.len(), rest)
}

fn nth_key(
    text: &str,
    key: &str,
    n: usize,
    indented: impl Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    text.lines()
        .enumerate()
        .map(|(i, line)| (i, unindent(line)))
        .filter(|(_, (indent, rest))| indented(*indent) && rest.starts_with(key))
        .nth(n)
        .map(|(i, (indent, _))| (i + 1, indent + 1))
}

/// Chapters are the shallowest `number:` lines, measures the others.
fn chapter_indent(text: &str) -> usize {
    text.lines()
        .map(unindent)
        .filter(|(_, rest)| rest.starts_with("number:"))
        .map(|(indent, _)| indent)
        .min()
        .unwrap_or(0)
}

fn nth_chapter(text: &str, n: usize) -> Option<(usize, usize)> {
    let least = chapter_indent(text);
    nth_key(text, "number:", n, |indent| indent == least)
}

fn nth_measure(text: &str, n: usize) -> Option<(usize, usize)> {
    let least = chapter_indent(text);
    nth_key(text, "number:", n, |indent| indent > least)
}

/// Tells whether an id can name files: letters, digits, `-`, `_` and `.`, and no dot or dash first.
pub fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 100
        && !id.starts_with(['.', '-'])
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Checks the rules of the format and makes the flat document.
fn assemble(raw: RawDocument) -> Result<Document, Broken> {
    if !is_id(&raw.id) {
        return Err(Broken::new("document.broken.id", raw.id, At::Top));
    }
    let mut doc = Document {
        id: raw.id,
        title: raw.title,
        stage: raw.stage,
        masthead: raw.masthead,
        preamble: raw.preamble,
        trailer: raw.trailer,
        corrections: raw.corrections.into_iter().map(Into::into).collect(),
        ..Document::default()
    };
    let mut numbers = HashSet::new();
    let mut ids = HashSet::new();
    for chapter in raw.chapters {
        if chapter.number == 0 || !numbers.insert(chapter.number) {
            let at = At::Chapter(doc.chapters.len());
            return Err(Broken::new(
                "document.broken.chapter",
                chapter.number.to_string(),
                at,
            ));
        }
        add_chapter(&mut doc, chapter, &mut ids)?;
    }
    Ok(doc.index())
}

fn add_chapter(
    doc: &mut Document,
    raw: RawChapter,
    ids: &mut HashSet<ClauseId>,
) -> Result<(), Broken> {
    let start = doc.measures.len();
    let number = raw.number;
    doc.chapters.push(Chapter {
        number,
        title: raw.title,
        print: print(raw.label, raw.stop, raw.implied),
        text: raw.text,
        measures: start..start + raw.measures.len(),
    });
    for measure in raw.measures {
        if measure.number == 0 {
            let at = At::Measure(doc.measures.len());
            return Err(Broken::new(
                "document.broken.measure",
                measure.number.to_string(),
                at,
            ));
        }
        add_measure(doc, measure, ids)?;
    }
    Ok(())
}

fn add_measure(
    doc: &mut Document,
    raw: RawMeasure,
    ids: &mut HashSet<ClauseId>,
) -> Result<(), Broken> {
    let start = doc.clauses.len();
    let chapter = doc.chapters.len() - 1;
    let number = raw.number;
    doc.measures.push(Measure {
        number,
        title: raw.title,
        print: print(raw.label, raw.stop, raw.implied),
        section: raw.section,
        text: raw.text,
        chapter,
        clauses: start..start + raw.clauses.len(),
    });
    for clause in raw.clauses {
        let at = At::Clause(doc.clauses.len());
        let id = check_clause(&clause, doc.chapters[chapter].number, number)
            .map_err(|(rule, value)| Broken::new(rule, value, at))?;
        if !ids.insert(id) {
            return Err(Broken::new(
                "document.broken.duplicate-id",
                id.to_string(),
                at,
            ));
        }
        let measure = doc.measures.len() - 1;
        doc.clauses.push(clause.into_clause(id, measure));
    }
    Ok(())
}

fn check_clause(
    clause: &RawClause,
    chapter: u32,
    measure: u32,
) -> Result<ClauseId, (&'static str, String)> {
    let wrong = || ("document.broken.clause-id", clause.id.clone());
    let id: ClauseId = clause.id.parse().map_err(|()| wrong())?;
    let fits = id.measure() == measure && (id.chapter() == 0 || id.chapter() == chapter);
    if !fits || id.clause() == 0 {
        return Err(wrong());
    }
    if let Some(lead) = clause.lead.iter().find(|l| !clause.units.contains(l)) {
        return Err(("document.broken.lead", lead.clone()));
    }
    match &clause.due {
        Some(due) if !is_due(due) => Err(("document.broken.due", due.clone())),
        _ => Ok(id),
    }
}

/// Tells whether a deadline is a date (`2030-06-30`) or `long`.
fn is_due(due: &str) -> bool {
    due == "long" || (due.len() == 10 && due.parse::<jiff::civil::Date>().is_ok())
}

fn print(label: Option<String>, stop: Option<String>, implied: bool) -> Print {
    Print {
        label,
        stop,
        implied,
    }
}

impl RawClause {
    fn into_clause(self, id: ClauseId, measure: usize) -> Clause {
        Clause {
            id,
            text: self.text,
            measure,
            label: self.label,
            responsibility: super::Responsibility {
                lead: self.lead,
                units: self.units,
                by_duties: self.by_duties,
                said: self.said,
            },
            due: self.due,
            after: self.after,
        }
    }
}

impl From<RawCorrection> for Correction {
    fn from(raw: RawCorrection) -> Self {
        Self {
            line: raw.line,
            times: raw.times,
            source: raw.source,
            read: raw.read,
            why: raw.why,
        }
    }
}
