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

/// What git says, in any case, and the key of what it means; the first one found counts.
const REASONS: [(&str, &str); 19] = [
    ("could not resolve host", "sync.why.host"),
    ("name or service not known", "sync.why.host"),
    ("host key verification failed", "sync.why.host-key"),
    ("permission denied (", "sync.why.login"),
    ("authentication failed", "sync.why.login"),
    ("could not read username", "sync.why.login"),
    ("could not read password", "sync.why.login"),
    ("connection refused", "sync.why.connect"),
    ("timed out", "sync.why.connect"),
    ("no route to host", "sync.why.connect"),
    ("network is unreachable", "sync.why.connect"),
    ("failed to connect", "sync.why.connect"),
    ("connection reset", "sync.why.connect"),
    ("dubious ownership", "sync.why.owner"),
    ("no space left", "io.full"),
    ("permission denied", "io.denied"),
    ("insufficient permission", "io.denied"),
    (
        "does not appear to be a git repository",
        "sync.why.repository",
    ),
    ("not found", "sync.why.repository"),
];

/// Returns what git's message means; rare ones are quoted.
fn reason(said: &str, lang: Lang) -> String {
    let lower = said.to_lowercase();
    let is_said = |(words, _): &&(&str, &str)| lower.contains(words);
    match REASONS.iter().find(is_said) {
        Some((_, key)) => lang.text(key).to_owned(),
        None if lower.contains("repository") && lower.contains("does not exist") => {
            lang.text("sync.why.repository").to_owned()
        }
        None => lang.fill("sync.why.said", &[("said", &said)]),
    }
}

impl SyncError {
    /// Returns the message for people.
    pub fn message(&self, lang: Lang) -> String {
        let reason = |said: &String| reason(said, lang);
        match self {
            Self::NoGit => lang.text("sync.error.no-git").to_owned(),
            Self::NoClone { clone } => {
                lang.fill("sync.error.no-clone", &[("clone", &clone.display())])
            }
            Self::OtherClone { clone, url } => lang.fill(
                "sync.error.other-clone",
                &[("clone", &clone.display()), ("url", url)],
            ),
            Self::Unreachable { url, said } => lang.fill(
                "sync.error.unreachable",
                &[("url", url), ("said", &reason(said))],
            ),
            Self::Refused { said } => lang.fill("sync.error.refused", &[("said", &reason(said))]),
            Self::Busy { tries } => lang.fill("sync.error.busy", &[("tries", tries)]),
            Self::Git { command, said } => lang.fill(
                "sync.error.git",
                &[("command", command), ("said", &reason(said))],
            ),
            Self::File(error) => error.message(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, SyncError};

    #[test]
    fn gits_sentences_are_said_in_the_language() {
        let said = |said: &str| {
            let (url, said) = ("u".to_owned(), said.to_owned());
            SyncError::Unreachable { url, said }.message(Lang::ZhCn)
        };
        for (git, words) in [
            (
                "fatal: '/x' does not appear to be a git repository",
                "没有这个仓库",
            ),
            ("fatal: repository '/x' does not exist", "没有这个仓库"),
            (
                "ssh: Could not resolve hostname x: Name or service not known",
                "找不到这台主机",
            ),
            ("git@x: Permission denied (publickey).", "登录不了"),
            ("error: could not open: Permission denied", "没有权限"),
            (
                "ssh: connect to host x port 22: Connection refused",
                "没有应答",
            ),
            (
                "error: something else",
                "git 的原话是“error: something else”",
            ),
        ] {
            assert!(said(git).contains(words), "{}", said(git));
        }
    }
}
