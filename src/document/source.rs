//! A file as it comes → its text: Word files, and text in the encodings of the last forty years.
//! May use: `locale`.
//!
//! What a file is, its bytes say, never its name. Nothing is guessed in silence: what was left out,
//! and an encoding other than UTF-8, is told in `notes`; what cannot be read is refused with its
//! name and what to do.

use crate::locale::Lang;
use std::fmt::Display;

mod docx;
pub mod encoding;
mod office;

pub use docx::DocxError;
pub use encoding::EncodingError;
pub use office::Office;

/// The text of a file, and what is to be said about how it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceText {
    /// The text, a paragraph or a line of a table a line.
    pub text: String,
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
}

impl SourceError {
    /// Returns what is wrong and what to do, in the language of the screen.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Office(kind) => lang.text(kind.key()).to_owned(),
            Self::Docx(error) => error.message(lang),
            Self::Encoding(error) => error.message(lang),
        }
    }
}

/// Reads a file; `asked` is the encoding that the user names.
///
/// # Errors
/// When it is neither a Word file nor text, or is damaged, hostile, or not in the encoding asked for.
pub fn read(bytes: Vec<u8>, asked: Option<encoding::Asked>) -> Result<SourceText, SourceError> {
    match office::kind(&bytes) {
        Some(Office::Docx) => {
            let mut source = docx::read(&bytes).map_err(SourceError::Docx)?;
            if asked.is_some() {
                source.notes.push(Note {
                    key: "source.encoding-unused",
                    count: 1,
                    said: String::new(),
                });
            }
            Ok(source)
        }
        Some(other) => Err(SourceError::Office(other)),
        None => encoding::decode(bytes, asked).map_err(SourceError::Encoding),
    }
}
