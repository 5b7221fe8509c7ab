//! Errors of the journal, in words for users.

use crate::{locale::Lang, progress::change::TooLong};
use std::{io, path::PathBuf, time::Duration};

/// An error of the journal.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct JournalError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong.
    pub fault: JournalFault,
}

/// What is wrong with a journal.
#[derive(Debug)]
pub enum JournalFault {
    /// An operation on the file failed.
    Io(io::Error),
    /// The file that was read has vanished.
    Gone,
    /// The header names another document.
    OtherDocument {
        /// The document it belongs to.
        found: String,
        /// The document that is open.
        expected: String,
    },
    /// The header names this later version of the format.
    Newer(u32),
    /// The file has text, but neither our header nor one change.
    NoJournal,
    /// The file was saved as UTF-16.
    Utf16,
    /// A part of a change is too long.
    TooLong(TooLong),
    /// The file, or the folder it would be in, belongs to this other user, who does not share it.
    Denied(String),
    /// This line (counted from 1) is at the end of the calendar, so that nothing can follow it.
    EndOfTime(usize),
    /// Another process keeps the lock.
    Locked {
        /// How long this process waited.
        limit: Duration,
        /// The process that holds it, if the system tells: `kouan (1234)`.
        holder: Option<String>,
    },
}

impl JournalError {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        self.said(false, lang)
    }

    /// Returns the message for a place that may cut it short: reason first, path last.
    pub fn brief(&self, lang: Lang) -> String {
        self.said(true, lang)
    }

    fn said(&self, brief: bool, lang: Lang) -> String {
        let either = |brief_key, key| if brief { brief_key } else { key };
        let (key, values) = match &self.fault {
            JournalFault::TooLong(part) => return part.message(lang),
            JournalFault::Io(error) => (
                either("journal.brief.io", "journal.error.io"),
                vec![("error", lang.system(error))],
            ),
            JournalFault::Gone => ("journal.error.gone", vec![]),
            JournalFault::NoJournal => ("journal.error.no-journal", vec![]),
            JournalFault::Utf16 => ("journal.error.utf16", vec![]),
            JournalFault::Denied(owner) => ("journal.error.denied", vec![("owner", owner.clone())]),
            JournalFault::OtherDocument { found, expected } => (
                "journal.error.other",
                vec![("found", found.clone()), ("expected", expected.clone())],
            ),
            JournalFault::Newer(version) => (
                "journal.error.newer",
                vec![("version", version.to_string())],
            ),
            JournalFault::EndOfTime(line) => (
                "journal.error.end-of-time",
                vec![("line", line.to_string())],
            ),
            JournalFault::Locked { limit, holder } => {
                let unknown = lang.text("journal.holder.unknown");
                let holder = holder.as_deref().unwrap_or(unknown).to_owned();
                let seconds = limit.as_secs().to_string();
                (
                    either("journal.brief.locked", "journal.error.locked"),
                    vec![("seconds", seconds), ("holder", holder)],
                )
            }
        };
        let path = self.path.display().to_string();
        lang.fill_all(key, &[values, vec![("path", path)]].concat())
    }
}
