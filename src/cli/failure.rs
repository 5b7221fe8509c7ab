//! How a command fails.

use super::output;
use crate::locale::Lang;
use std::io;

/// Why a command did not do what it was asked to, in the user's language.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It could not be done: exit 1.
    Failed(String),
    /// It was asked for in a way that means nothing: exit 2.
    Usage(String),
    /// The system could not do it: exit 1.
    System(io::Error),
    /// The reader of standard output has gone: no failure at all.
    Closed,
}

impl Failure {
    /// Returns the exit code.
    pub(crate) const fn code(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Failed(_) | Self::System(_) => 1,
            Self::Usage(_) => 2,
        }
    }

    /// Returns what to tell the user, if there is anything.
    pub(crate) fn said(self, lang: Lang) -> Option<String> {
        match self {
            Self::Failed(message) | Self::Usage(message) => Some(message),
            Self::System(error) if output::is_saved() => {
                Some(lang.fill("cli.saved-unsaid", &[("why", &lang.system(&error))]))
            }
            Self::System(error) => Some(lang.system(&error)),
            Self::Closed => None,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::System(error)
        }
    }
}
