//! What goes wrong in a sync, in both languages. May use: `locale`, `progress`.

use crate::{locale::Lang, progress::journal::JournalError};
use std::path::PathBuf;

/// What went wrong in a sync, and what to do. The live journals are whole in every case.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// There is no git.
    #[error("git is not installed, or not on the PATH")]
    NoGit,
    /// No clone was made yet.
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
        /// The repository that it is a clone of.
        url: String,
    },
    /// The repository cannot be reached.
    #[error("{url} cannot be reached: {said}")]
    Unreachable {
        /// The repository.
        url: String,
        /// What git said.
        said: String,
    },
    /// The repository does not take what we push.
    #[error("the push was refused: {said}")]
    Refused {
        /// What git said.
        said: String,
    },
    /// Other machines got there first each time.
    #[error("others pushed first, {tries} times in a row")]
    Busy {
        /// How often it was tried.
        tries: usize,
    },
    /// Somebody worked in the clone by hand and has not finished.
    #[error("{clone} has a merge or rebase under way", clone = clone.display())]
    Unfinished {
        /// The clone.
        clone: PathBuf,
    },
    /// Somebody committed in the clone by hand.
    #[error("{clone} has a commit that was made by hand: {commit}", clone = clone.display())]
    ByHand {
        /// The clone.
        clone: PathBuf,
        /// The commit's first line.
        commit: String,
    },
    /// git failed otherwise.
    #[error("git {command}: {said}")]
    Git {
        /// What git was to do.
        command: String,
        /// What git said.
        said: String,
    },
    /// A journal, or another file, failed.
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
            Self::Unfinished { clone } => {
                lang.fill("sync.error.unfinished", &[("clone", &clone.display())])
            }
            Self::ByHand { clone, commit } => lang.fill(
                "sync.error.by-hand",
                &[("clone", &clone.display()), ("commit", commit)],
            ),
            Self::Git { command, said } => {
                lang.fill("sync.error.git", &[("command", command), ("said", said)])
            }
            Self::File(error) => error.message(lang),
        }
    }
}
