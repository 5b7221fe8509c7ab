//! Errors of commands, with exit codes.

use super::output;
use crate::locale::Lang;
use std::io;

/// Why a command failed, in the user's language.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It could not be done: exit 1.
    Failed(String),
    /// The arguments make no sense: exit 2.
    Usage(String),
    /// A system error: exit 1.
    System(io::Error),
    /// The reader of standard output is gone, which is not a failure.
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

    /// Returns the message for the user, if there is one.
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
