//! Errors of a sync, in words for users.

use crate::{locale::Lang, progress::journal::JournalError};
use std::path::PathBuf;

/// A file of the repository that was skipped.
#[derive(Debug)]
pub struct SkippedFile {
    /// Its path in the repository.
    pub path: String,
    /// Why.
    pub why: Why,
}

/// Why a file of the repository was skipped.
#[derive(Debug)]
pub enum Why {
    /// It has the wrong type, size or name: the key of the message.
    Entry(&'static str),
    /// It is not a journal of the document it is named after, or of a later version.
    Journal(JournalError),
}

impl SkippedFile {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        let why = match &self.why {
            Why::Entry(key) => lang.text(key).to_owned(),
            Why::Journal(error) => error.message(lang),
        };
        lang.fill("sync.skipped", &[("path", &self.path), ("why", &why)])
    }
}

/// An error of a sync. The live journals are intact in every case.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub enum SyncError {
    /// git is not installed.
    NoGit,
    /// Nothing was cloned yet.
    NoClone {
        /// Where it would be.
        clone: PathBuf,
    },
    /// There is a clone of another repository.
    OtherClone {
        /// Where it is.
        clone: PathBuf,
        /// The repository it is a clone of.
        url: String,
    },
    /// The repository cannot be reached.
    Unreachable {
        /// The repository.
        url: String,
        /// git's message.
        said: String,
    },
    /// The repository rejects our push.
    Refused {
        /// git's message.
        said: String,
    },
    /// Other machines were faster each time.
    Busy {
        /// The number of tries.
        tries: usize,
    },
    /// Another error of git.
    Git {
        /// The git command.
        command: String,
        /// git's message.
        said: String,
    },
    /// A journal or another file failed.
    File(#[from] JournalError),
}

impl SyncError {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::NoGit => lang.text("sync.error.no-git").to_owned(),
            Self::NoClone { clone } => {
                lang.fill("sync.error.no-clone", &[("clone", &clone.display())])
            }
            Self::OtherClone { clone, url } => lang.fill(
                "sync.error.other-clone",
                &[("clone", &clone.display()), ("url", url)],
            ),
            Self::Unreachable { url, said } => {
                lang.fill("sync.error.unreachable", &[("url", url), ("said", said)])
            }
            Self::Refused { said } => lang.fill("sync.error.refused", &[("said", said)]),
            Self::Busy { tries } => lang.fill("sync.error.busy", &[("tries", tries)]),
            Self::Git { command, said } => {
                lang.fill("sync.error.git", &[("command", command), ("said", said)])
            }
            Self::File(error) => error.message(lang),
        }
    }
}
