//! Errors of the journal, in words for users.

use crate::{locale::Lang, progress::change::TooLong};
use std::{io, path::PathBuf, time::Duration};

/// An error of the journal, with its path.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// An operation on the file failed.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file that was read has vanished.
    #[error("{path} is gone", path = path.display())]
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// The header names another document.
    #[error("{path} is the journal of {found}, not of {expected}", path = path.display())]
    OtherDocument {
        /// The file.
        path: PathBuf,
        /// The document it belongs to.
        found: String,
        /// The document that is open.
        expected: String,
    },
    /// The header names a later version of the format.
    #[error("{path} has version {version} of the format, later than this program's", path = path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u32,
    },
    /// The file has text, but neither our header nor one change.
    #[error("{path} is not a journal", path = path.display())]
    NoJournal {
        /// The file.
        path: PathBuf,
    },
    /// The file was saved as UTF-16.
    #[error("{path} is UTF-16", path = path.display())]
    Utf16 {
        /// The file.
        path: PathBuf,
    },
    /// A part of a change is too long.
    #[error("longer than {} bytes", .0.most)]
    TooLong(TooLong),
    /// The file belongs to another user, who does not share it.
    #[error("{path} belongs to {owner}", path = path.display())]
    Denied {
        /// The file, or the folder it would be in.
        path: PathBuf,
        /// Its owner's name.
        owner: String,
    },
    /// A line is at the end of the calendar, so that nothing can follow it.
    #[error("{path}:{line}: dated at the end of the calendar", path = path.display())]
    EndOfTime {
        /// The file.
        path: PathBuf,
        /// The line's number, counted from 1.
        line: usize,
    },
    /// Another process keeps the lock.
    #[error("{path} has been locked for {} s{}", limit.as_secs(), by(holder.as_deref()), path = path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// How long this process waited.
        limit: Duration,
        /// The process that holds it, if the system tells: `kouan (1234)`.
        holder: Option<String>,
    },
}

fn by(holder: Option<&str>) -> String {
    holder.map(|h| format!(" by {h}")).unwrap_or_default()
}

impl JournalError {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Io { path, source } => lang.fill(
                "journal.error.io",
                &[("path", &path.display()), ("error", &lang.system(source))],
            ),
            Self::Gone { path } => lang.fill("journal.error.gone", &[("path", &path.display())]),
            Self::TooLong(part) => part.message(lang),
            Self::Denied { path, owner } => lang.fill(
                "journal.error.denied",
                &[("path", &path.display()), ("owner", owner)],
            ),
            Self::NoJournal { path } => {
                lang.fill("journal.error.no-journal", &[("path", &path.display())])
            }
            Self::Utf16 { path } => lang.fill("journal.error.utf16", &[("path", &path.display())]),
            Self::OtherDocument {
                path,
                found,
                expected,
            } => lang.fill(
                "journal.error.other",
                &[
                    ("path", &path.display()),
                    ("found", found),
                    ("expected", expected),
                ],
            ),
            Self::Newer { path, version } => lang.fill(
                "journal.error.newer",
                &[("path", &path.display()), ("version", version)],
            ),
            Self::EndOfTime { path, line } => lang.fill(
                "journal.error.end-of-time",
                &[("path", &path.display()), ("line", line)],
            ),
            Self::Locked {
                path,
                limit,
                holder,
            } => {
                let unknown = || lang.text("journal.holder.unknown").to_owned();
                let holder = holder.clone().unwrap_or_else(unknown);
                let seconds = limit.as_secs();
                lang.fill(
                    "journal.error.locked",
                    &[
                        ("path", &path.display()),
                        ("seconds", &seconds),
                        ("holder", &holder),
                    ],
                )
            }
        }
    }
}

impl JournalError {
    /// Returns the message for a place that may cut it short: reason first, path last.
    pub fn brief(&self, lang: Lang) -> String {
        match self {
            Self::Io { path, source } => lang.fill(
                "journal.brief.io",
                &[("path", &path.display()), ("error", &lang.system(source))],
            ),
            Self::Locked { path, holder, .. } => {
                let unknown = || lang.text("journal.holder.unknown").to_owned();
                let holder = holder.clone().unwrap_or_else(unknown);
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("path", &path.display()), ("holder", &holder)];
                lang.fill("journal.brief.locked", &values)
            }
            _ => self.message(lang),
        }
    }
}
