//! Official text → document.
//!
//! `lines` reads lines and drops page furniture; `front` finds title, stage, preamble and trailer;
//! `outline` finds the numbered items and, with `bracket` and `responsibility`, who is responsible
//! for what; `level` chooses which items are chapters and measures; `clause` cuts, `build` numbers,
//! and `proof` checks that nothing was lost. The rules are about documents in general, never about
//! one of them.
//!
//! ```
//! use kouan::document::import::{ImportOptions, import};
//!
//! let text = "某市优化营商环境措施\n一、监管\n1.简化手续。压缩时间。（责任单位：市商务局、天津海关）\n";
//! let imported = import(text, &ImportOptions::default()).expect("it names units");
//! assert_eq!(imported.document.clauses.len(), 1);
//! assert_eq!(imported.document.units(), ["市商务局", "天津海关"]);
//! ```

use super::{Document, source::SourceText, unit::Units, yaml};
use crate::locale::Lang;

mod bracket;
mod build;
mod clause;
mod due;
mod flow;
mod front;
pub(crate) mod label;
mod layout;
mod level;
mod lines;
mod list;
mod number;
mod outline;
pub mod proof;
mod report;
mod responsibility;

pub use report::{ImportReport, ImportWarning};

/// Options of an import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// The document's id; by default made from `name` or the title.
    pub id: Option<String>,
    /// The name of the source file, without its folder.
    pub name: Option<String>,
    /// The units whose names are folded; by default the built-in ones.
    pub units: Option<Units>,
}

/// A document and the report on how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The document.
    pub document: Document,
    /// What was found, changed and not understood.
    pub report: ImportReport,
}

/// Why a text is not a measures document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum ImportError {
    /// It is empty.
    Empty,
    /// It is not text.
    Binary,
    /// It is a web page.
    Html,
    /// It is larger than any document.
    TooLarge,
    /// It names no units and is not a list.
    NoClauses {
        /// The number of its numbered items.
        items: usize,
    },
    /// Its tasks are in a table whose columns were extracted side by side.
    Layout {
        /// The first line of the table.
        first: usize,
        /// Its last line.
        last: usize,
    },
    /// The id is not usable as a file name.
    Id {
        /// The id.
        id: String,
    },
    /// The document would not give the source back: a bug of the importer.
    Lost {
        /// The first lost line of the source.
        line: usize,
    },
}

impl ImportError {
    /// Returns what is wrong and what to do, in the interface language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Empty => lang.text("import.error.empty").to_owned(),
            Self::Binary => lang.text("import.error.binary").to_owned(),
            Self::Html => lang.text("import.error.html").to_owned(),
            Self::TooLarge => lang.fill("import.error.too-large", &[("most", &(MOST_BYTES >> 20))]),
            Self::NoClauses { items } => lang.fill("import.error.no-clauses", &[("items", items)]),
            Self::Layout { first, last } => {
                lang.fill("import.error.layout", &[("first", first), ("last", last)])
            }
            Self::Id { id } => lang.fill("document.broken.id", &[("value", id)]),
            Self::Lost { line } => lang.fill("import.error.lost", &[("line", line)]),
        }
    }
}

/// The largest source that is read: some 150,000 clauses.
pub const MOST_BYTES: usize = 64 << 20;

/// What every stage of the importer may use.
struct ImportContext<'a> {
    units: &'a Units,
    /// The document's year, for deadlines without one.
    year: Option<i16>,
}

/// Imports an official text.
///
/// # Errors
///
/// It is not text, or not a document with responsible units.
pub fn import(text: &str, options: &ImportOptions) -> Result<Imported, ImportError> {
    check_text(text)?;
    import_source(&SourceText::from(text.to_owned()), options)
}

/// Imports the text of a file, using what the file says about its lines.
///
/// # Errors
///
/// As [`import`].
pub fn import_source(
    source: &SourceText,
    options: &ImportOptions,
) -> Result<Imported, ImportError> {
    let text = source.text.as_str();
    check_text(text)?;
    let (mut document, mut notes) = read(source, options)?;
    document.id = id(&document, options)?;
    name_title(&mut document, &mut notes);
    document.corrections = notes.take_corrections();
    let document = document.index();
    proof::check(text, &document).map_err(|line| ImportError::Lost { line })?;
    let report = report(&document, notes);
    Ok(Imported { document, report })
}

fn check_text(text: &str) -> Result<(), ImportError> {
    if text.len() > MOST_BYTES {
        return Err(ImportError::TooLarge);
    }
    if text.contains('\0') {
        return Err(ImportError::Binary);
    }
    let start = text.trim_start_matches(lines::is_blank);
    if start.is_empty() {
        return Err(ImportError::Empty);
    }
    let head: String = start.chars().take(2000).collect();
    let head = head.to_ascii_lowercase();
    if head.starts_with("<!doctype") || head.contains("<html") || head.contains("<body") {
        return Err(ImportError::Html);
    }
    let controls = head
        .chars()
        .filter(|c| c.is_control() && !lines::is_blank(*c));
    if controls.count() * 20 > head.chars().count() {
        return Err(ImportError::Binary);
    }
    Ok(())
}

/// Reads the text as an official document, or else as a plain list.
fn read(
    source: &SourceText,
    options: &ImportOptions,
) -> Result<(Document, report::Notes), ImportError> {
    let (text, marks) = (source.text.as_str(), source.marks.as_slice());
    let mut notes = report::Notes::default();
    let lines = lines::lines(text, marks, &mut notes);
    let units = options.units.as_ref().unwrap_or_else(|| Units::builtin());
    let refused = if list::is_first_choice(&lines) {
        ImportError::NoClauses { items: 0 }
    } else {
        match official(&lines, units, &mut notes) {
            Ok(document) => return Ok((document, notes)),
            Err(refused @ ImportError::Layout { .. }) => return Err(refused),
            Err(refused) => refused,
        }
    };
    // Notes of the first reading do not apply to the second.
    let mut notes = report::Notes::default();
    let lines = lines::lines(text, marks, &mut notes);
    let context = ImportContext { units, year: None };
    let list = list::read(&lines, &context, &mut notes);
    list.map(|document| (document, notes)).ok_or(refused)
}

fn official(
    lines: &[lines::SourceLine<'_>],
    units: &Units,
    notes: &mut report::Notes,
) -> Result<Document, ImportError> {
    let numbered = front::body_start(lines);
    let start = if numbered < lines.len() {
        numbered
    } else {
        front::unnumbered_start(lines)
    };
    let start = behind_notice(lines, start, units);
    let end = trailer_start(lines, start, units);
    let part = |range: std::ops::Range<usize>| lines.get(range).unwrap_or_default();
    let front = front::read(part(0..start), notes);
    let year = due::year_in(&front.title)
        .or_else(|| front.preamble.as_deref().and_then(due::year_in))
        .or_else(|| {
            part(end..lines.len())
                .iter()
                .find_map(|l| due::year_in(l.text))
        });
    let context = ImportContext { units, year };
    let items = outline::read(part(start..end), &context, notes);
    let rest = part(end..lines.len());
    for range in layout::find(rest) {
        outline::note_layout(rest, &range, notes);
    }
    let levels = level::choose(&items).ok_or_else(|| {
        let table = notes.doubts.iter().find(|d| d.last > d.line);
        table.map_or(ImportError::NoClauses { items: items.len() }, |t| {
            ImportError::Layout {
                first: t.line,
                last: t.last,
            }
        })
    })?;
    let roles = level::roles(&items, levels);
    let doc = Document {
        trailer: front::block(rest, notes),
        ..front
    };
    Ok(build::build(doc, &items, &roles, notes))
}

/// Returns where the items begin: after the notice, if it only forwards them.
fn behind_notice(lines: &[lines::SourceLine<'_>], start: usize, units: &Units) -> usize {
    let mut scratch = report::Notes::default();
    let context = ImportContext { units, year: None };
    let body = lines.get(start..).unwrap_or_default();
    if !body.iter().any(front::ends_notice) {
        return start;
    }
    let items = outline::read(body, &context, &mut scratch);
    let mut found = items.iter().flat_map(|i| &i.found);
    let assigned = found.find(|a| a.reading.is_task()).map(|a| a.line);
    let behind = assigned.and_then(|line| front::behind_notice(lines, start, line));
    behind.unwrap_or(start)
}

/// Returns where the trailer begins; attachments with tasks are not part of it.
fn trailer_start(lines: &[lines::SourceLine<'_>], start: usize, units: &Units) -> usize {
    let end = front::trailer_start(lines, start);
    let mut scratch = report::Notes::default();
    let context = ImportContext { units, year: None };
    let items = outline::read(lines.get(end..).unwrap_or_default(), &context, &mut scratch);
    if items.iter().any(outline::OutlineItem::is_assigned) {
        lines.len()
    } else {
        end
    }
}

/// Returns the requested id, or one made from the file name or the title.
fn id(doc: &Document, options: &ImportOptions) -> Result<String, ImportError> {
    if let Some(id) = &options.id {
        return if yaml::is_id(id) {
            Ok(id.clone())
        } else {
            Err(ImportError::Id { id: id.clone() })
        };
    }
    let stem = options
        .name
        .as_deref()
        .map(|n| n.rsplit_once('.').map_or(n, |(stem, _)| stem));
    let made = [stem.unwrap_or_default(), &doc.title]
        .into_iter()
        .map(slug)
        .find(|s| yaml::is_id(s));
    Ok(made.unwrap_or_else(|| "document".to_owned()))
}

/// Returns a name with `-` for every character that an id cannot have.
fn slug(name: &str) -> String {
    let kept = |c: char| {
        if c.is_alphanumeric() || matches!(c, '_' | '.') {
            c
        } else {
            '-'
        }
    };
    let raw: String = name.chars().take(60).map(kept).collect();
    let parts: Vec<_> = raw.split('-').filter(|p| !p.is_empty()).collect();
    parts.join("-").trim_start_matches('.').to_lowercase()
}

fn name_title(doc: &mut Document, notes: &mut report::Notes) {
    if doc.title.is_empty() {
        doc.title.clone_from(&doc.id);
        let unprinted = doc.chapters.iter_mut().map(|c| (&c.print, &mut c.title));
        let measures = doc.measures.iter_mut().map(|m| (&m.print, &mut m.title));
        for (print, title) in unprinted.chain(measures) {
            if print.implied && title.is_empty() {
                title.clone_from(&doc.title);
            }
        }
        notes.correct_first("", &doc.title, report::ReadingRule::NO_TITLE);
    }
}

fn report(doc: &Document, mut notes: report::Notes) -> ImportReport {
    notes.doubts.sort_by_key(|d| d.line);
    let id = |place: usize| doc.clauses.get(place).map(|c| c.id);
    let steps = notes.steps.into_iter();
    ImportReport {
        joins: notes.joins,
        unassigned: notes.unassigned,
        ticked: notes.ticked.into_iter().filter_map(id).collect(),
        steps: steps
            .filter_map(|(place, text, done)| Some((id(place)?, text, done)))
            .collect(),
        doubts: notes.doubts,
    }
}
