//! How a command fails. May use: nothing.

use std::io;

/// Why a command did not do what it was asked to, in the user's language.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It could not be done: exit 1.
    Failed(String),
    /// It was asked for in a way that means nothing: exit 2.
    Usage(String),
    /// The reader of standard output has gone: no failure at all.
    Closed,
}

impl Failure {
    /// Returns the exit code.
    pub(crate) const fn code(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::Failed(error.to_string())
        }
    }
}
