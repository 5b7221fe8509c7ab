//! A file as it comes → its text: Word files, workbooks, web pages, tables in text, and text in the
//! encodings of the last forty years.
//!
//! What a file is, its bytes say; its name only, whether commas part cells, and which old office program wrote it. Nothing is guessed in silence: what was left out,
//! and an encoding other than UTF-8, is told in `notes`; what cannot be read is refused with its
//! name and what to do.

use super::{
    mark::Mark,
    table::{Columns, Printed, Table},
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

pub use docx::DocxError;
pub use encoding::EncodingError;
pub use office::Office;
pub use workbook::WorkbookError;

/// The text of a file, and what is to be said about how it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceText {
    /// The text, a paragraph or a line of a table a line.
    pub text: String,
    /// The lines that are more than text, by their numbers (from 1), in order.
    pub marks: Vec<(usize, Mark)>,
    /// What was left out, or read otherwise than it stands.
    pub notes: Vec<Note>,
}

/// Something to be told about how a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The message key.
    pub key: &'static str,
    /// How often.
    pub count: usize,
    /// The beginning of what it is about, verbatim; empty where there is nothing to show.
    pub said: String,
}

impl Note {
    /// Returns what it says, in the language of the screen.
    pub fn message(&self, lang: Lang) -> String {
        let values: [(&str, &dyn Display); 2] = [("count", &self.count), ("said", &self.said)];
        let mut out = lang.fill(self.key, &values);
        if !self.said.is_empty() && !lang.text(self.key).contains("{said}") {
            out.push_str(&lang.fill("source.said", &values));
        }
        out
    }
}

/// A file whose text cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum SourceError {
    /// It is a file of an office program, and no `.docx`.
    Office(Office),
    /// It is a Word file that cannot be read.
    Docx(DocxError),
    /// It is text in an encoding that cannot be read.
    Encoding(EncodingError),
    /// It is a workbook that cannot be read.
    Workbook(WorkbookError),
    /// It is a ledger that this program exported.
    Ledger,
    /// None of its tables is one of tasks.
    NoTasks,
    /// It has more text than any document.
    TooLarge,
}

impl SourceError {
    /// Returns what is wrong and what to do, in the language of the screen.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Office(kind) => lang.text(kind.key()).to_owned(),
            Self::Docx(error) => error.message(lang),
            Self::Encoding(error) => error.message(lang),
            Self::Workbook(error) => error.message(lang),
            Self::Ledger => lang.text("source.ledger").to_owned(),
            Self::NoTasks => lang.text("source.no-tasks").to_owned(),
            Self::TooLarge => lang.text("source.too-large").to_owned(),
        }
    }
}

/// Reads a file; `asked` is the encoding that the user names, `name` the file's name.
///
/// # Errors
/// When it is neither a Word file, a workbook, a web page nor text, or is damaged, hostile, or not in
/// the encoding asked for; and when it is a ledger of ours, which holds progress.
pub fn read(
    bytes: Vec<u8>,
    asked: Option<encoding::Asked>,
    name: &str,
) -> Result<SourceText, SourceError> {
    let mut source = match office::kind(&bytes, name) {
        Some(Office::Docx) => docx::read(&bytes).map_err(SourceError::Docx)?,
        Some(Office::Xlsx) => workbook::read(bytes)?,
        Some(other) => return Err(SourceError::Office(other)),
        None => {
            let decoded = encoding::decode(bytes, asked).map_err(SourceError::Encoding)?;
            return text(decoded, name);
        }
    };
    if asked.is_some() {
        source.notes.push(Note::of("source.encoding-unused"));
    }
    Ok(source)
}

/// Reads decoded text: a web page, cells parted by commas or tabs, or lines.
fn text(decoded: SourceText, name: &str) -> Result<SourceText, SourceError> {
    if delimited::is_ledger(&decoded.text) {
        return Err(SourceError::Ledger);
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
    fn of(key: &'static str) -> Self {
        Self {
            key,
            count: 1,
            said: String::new(),
        }
    }
}

/// The most text that a file other than plain text may give: some thousand pages.
const MOST_TEXT: usize = 4 << 20;

/// A source that is being written, a line at a time.
#[derive(Debug, Default)]
struct Lines {
    text: String,
    count: usize,
    marks: Vec<(usize, Mark)>,
    /// The columns of the table before, which may go on.
    earlier: Option<Columns>,
    /// How many tables were read as tasks, and how many as text.
    tasks: usize,
    tables: usize,
}

impl Lines {
    fn push(&mut self, line: &str, mark: Option<Mark>) -> Result<(), SourceError> {
        if self.text.len() + line.len() > MOST_TEXT {
            return Err(SourceError::TooLarge);
        }
        for part in line.split('\n') {
            self.text.push_str(part);
            self.text.push('\n');
            self.count += 1;
        }
        self.marks.extend(mark.map(|mark| (self.count, mark)));
        Ok(())
    }

    /// Prints a table; returns whether it is one of tasks.
    fn table(&mut self, table: Table) -> Result<bool, SourceError> {
        let room = MOST_TEXT.saturating_sub(self.text.len());
        let is_frame = table.is_frame();
        let printed = table.print(self.earlier.take(), room);
        let Printed { lines, columns } = printed.ok_or(SourceError::TooLarge)?;
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
            notes: notes
                .map(|(key, count)| Note {
                    key,
                    count,
                    said: String::new(),
                })
                .collect(),
        }
    }
}
