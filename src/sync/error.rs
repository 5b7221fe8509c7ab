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
    /// It is a folder, a link or a submodule.
    NotAFile,
    /// It is not a folder, but one is needed.
    NotAFolder,
    /// It is larger than any journal or document.
    TooLarge,
    /// Its name is not a document's.
    Name,
    /// It is not a journal of the document it is named after, or of a later version.
    Journal(JournalError),
}

impl SkippedFile {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        let why = match &self.why {
            Why::NotAFile => lang.text("sync.skipped.kind").to_owned(),
            Why::NotAFolder => lang.text("sync.skipped.no-folder").to_owned(),
            Why::TooLarge => lang.text("sync.skipped.large").to_owned(),
            Why::Name => lang.text("sync.skipped.name").to_owned(),
            Why::Journal(error) => error.message(lang),
        };
        lang.fill("sync.skipped", &[("path", &self.path), ("why", &why)])
    }
}

/// An error of a sync. The live journals are intact in every case.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// git is not installed.
    #[error("git is not installed, or not on the PATH")]
    NoGit,
    /// Nothing was cloned yet.
    #[error("{clone} is no clone: run `kouan sync --init URL` first", clone = clone.display())]
    NoClone {
        /// Where it would be.
        clone: PathBuf,
    },
    /// There is a clone of another repository.
    #[error("{clone} is a clone of {url}", clone = clone.display())]
    OtherClone {
        /// Where it is.
        clone: PathBuf,
        /// The repository it is a clone of.
        url: String,
    },
    /// The repository cannot be reached.
    #[error("{url} cannot be reached: {said}")]
    Unreachable {
        /// The repository.
        url: String,
        /// git's message.
        said: String,
    },
    /// The repository rejects our push.
    #[error("the push was refused: {said}")]
    Refused {
        /// git's message.
        said: String,
    },
    /// Other machines were faster each time.
    #[error("others pushed first, {tries} times in a row")]
    Busy {
        /// The number of tries.
        tries: usize,
    },
    /// Another error of git.
    #[error("git {command}: {said}")]
    Git {
        /// The git command.
        command: String,
        /// git's message.
        said: String,
    },
    /// A journal or another file failed.
    #[error(transparent)]
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
