//! A file → its text: Word files, workbooks, web pages, tables in text, and text in the encodings
//! of the last forty years.
//!
//! The type is read from the bytes; the name only decides whether commas separate cells, and which
//! old office program wrote the file. `notes` reports what was left out and any encoding other than
//! UTF-8; a file that cannot be read is refused with its type and what to do.

use super::{
    mark::Mark,
    table::{Printed, SourceTable, TaskColumns},
};
use crate::locale::Lang;
use std::fmt::Display;

mod delimited;
mod docx;
pub mod encoding;
mod html;
mod office;
mod plain;
pub mod workbook;

use office::Office;

/// The text of a file, and notes on how it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceText {
    /// The text, one paragraph or table row per line.
    pub text: String,
    /// The lines that are more than text, by number (from 1), in order.
    pub marks: Vec<(usize, Mark)>,
    /// What was left out or read differently.
    pub notes: Vec<Note>,
}

/// A note on how a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The message key.
    pub key: &'static str,
    /// How often it applies.
    pub count: usize,
    /// A verbatim excerpt of what it is about, or empty.
    pub said: String,
}

impl Note {
    /// Returns its text in the interface language.
    pub fn message(&self, lang: Lang) -> String {
        let values: [(&str, &dyn Display); 2] = [("count", &self.count), ("said", &self.said)];
        let mut out = lang.fill(self.key, &values);
        if !self.said.is_empty() && !lang.text(self.key).contains("{said}") {
            out.push_str(&lang.fill("source.said", &values));
        }
        out
    }
}

/// Why a file's text cannot be read: a message with its values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct SourceError {
    /// The message key.
    pub key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl SourceError {
    const fn new(key: &'static str) -> Self {
        Self {
            key,
            values: Vec::new(),
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "numbers and texts alike")]
    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Returns what is wrong and what to do, in the interface language.
    pub fn message(&self, lang: Lang) -> String {
        let values = self.values.iter();
        let values: Vec<(&str, &dyn Display)> =
            values.map(|(n, v)| (*n, v as &dyn Display)).collect();
        lang.fill(self.key, &values)
    }
}

/// Refused because none of its tables is a task table.
const NO_TASKS: SourceError = SourceError::new("source.no-tasks");

/// Refused because it has more text than any document.
const TOO_LARGE: SourceError = SourceError::new("source.too-large");

/// Refused because kouan exported it; a ledger holds progress.
const LEDGER: SourceError = SourceError::new("source.ledger");

/// Reads a file; `asked` is the encoding that the user named, `name` the file's name.
///
/// # Errors
///
/// It is not a Word file, workbook, web page or text; it is damaged, hostile, or not in the
/// encoding asked for; or it is one of our ledgers, which hold progress.
pub fn read(
    bytes: Vec<u8>,
    asked: Option<encoding::NamedEncoding>,
    name: &str,
) -> Result<SourceText, SourceError> {
    let mut source = match office::kind(&bytes, name) {
        Some(Office::Docx) => docx::read(&bytes)?,
        Some(Office::Xlsx) => workbook::read(bytes)?,
        Some(Office::Other(key)) => return Err(SourceError::new(key)),
        None => {
            let decoded = encoding::decode(bytes, asked)?;
            return text(decoded, name);
        }
    };
    if asked.is_some() {
        source
            .notes
            .push(Note::new("source.encoding-unused", 1, ""));
    }
    Ok(source)
}

/// Reads decoded text: a web page, cells separated by commas or tabs, or lines.
fn text(decoded: SourceText, name: &str) -> Result<SourceText, SourceError> {
    if delimited::is_ledger(&decoded.text) {
        return Err(LEDGER);
    }
    let mut read = if html::is_page(&decoded.text) {
        html::read(&decoded.text)?
    } else if let Some(delimiter) = delimited::delimiter(&decoded.text, name) {
        delimited::read(&decoded.text, delimiter)?
    } else {
        plain::read(decoded.text)
    };
    read.notes.splice(0..0, decoded.notes);
    Ok(read)
}

impl From<String> for SourceText {
    fn from(text: String) -> Self {
        plain::read(text)
    }
}

impl Note {
    fn new(key: &'static str, count: usize, said: impl Into<String>) -> Self {
        Self {
            key,
            count,
            said: said.into(),
        }
    }
}

/// Bytes of text that any file but plain text may give: some thousand pages.
const MOST_TEXT: usize = 4 << 20;

/// A source being written, line by line.
#[derive(Debug, Default)]
struct SourceWriter {
    text: String,
    count: usize,
    marks: Vec<(usize, Mark)>,
    /// The columns of the previous table, which may continue.
    earlier: Option<TaskColumns>,
    /// The number of tables read as tasks, and as text.
    tasks: usize,
    tables: usize,
}

impl SourceWriter {
    fn push(&mut self, line: &str, mark: Option<Mark>) -> Result<(), SourceError> {
        if self.text.len() + line.len() > MOST_TEXT {
            return Err(TOO_LARGE);
        }
        self.put(line, mark);
        Ok(())
    }

    /// Adds a line of a text that is bounded already.
    fn put(&mut self, line: &str, mark: Option<Mark>) {
        self.text.push_str(line);
        self.text.push('\n');
        self.count += line.matches('\n').count() + 1;
        self.marks.extend(mark.map(|mark| (self.count, mark)));
    }

    /// Prints a table; returns whether it is a task table.
    fn table(&mut self, table: SourceTable) -> Result<bool, SourceError> {
        let room = MOST_TEXT.saturating_sub(self.text.len());
        let is_frame = table.is_frame();
        let printed = table.print(self.earlier.take(), room);
        let Printed { lines, columns } = printed.ok_or(TOO_LARGE)?;
        let is_tasks = columns.is_some();
        self.tasks += usize::from(is_tasks);
        self.tables += usize::from(!is_tasks && !is_frame);
        self.earlier = columns;
        for (line, mark) in lines {
            self.push(&line, mark)?;
        }
        Ok(is_tasks)
    }

    fn finish(self) -> SourceText {
        let notes = [("docx.tasks", self.tasks), ("docx.tables", self.tables)];
        let notes = notes.into_iter().filter(|(_, count)| *count > 0);
        SourceText {
            text: self.text,
            marks: self.marks,
            notes: notes.map(|(k, count)| Note::new(k, count, "")).collect(),
        }
    }
}
