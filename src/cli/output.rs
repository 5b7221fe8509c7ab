//! Standard output and standard error. May use: nothing.

use super::Failure;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _};

/// Standard output: buffered, and written whole before the program ends.
#[derive(Debug)]
pub(crate) struct Out {
    inner: BufWriter<StdoutLock<'static>>,
}

impl Out {
    pub(crate) fn new() -> Self {
        Self {
            inner: BufWriter::new(io::stdout().lock()),
        }
    }

    /// Writes one line.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) -> Result<(), Failure> {
        Ok(writeln!(self.inner, "{}", text.as_ref())?)
    }

    /// Writes a value as JSON, and a line end.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        // The only errors that it can meet are the writer's.
        serde_json::to_writer(&mut self.inner, value).map_err(io::Error::from)?;
        self.line("")
    }

    /// Writes bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.inner.write_all(bytes)?)
    }

    /// Hands everything to the system.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        Ok(self.inner.flush()?)
    }
}

/// Returns the columns of the terminal on standard output, if it is one.
pub(crate) fn terminal_width() -> Option<usize> {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        return None;
    }
    let columns = rustix::termios::tcgetwinsize(&stdout).ok()?.ws_col;
    Some(usize::from(columns)).filter(|c| *c > 0)
}

/// Tells the user something that is not data.
pub(crate) fn tell(message: impl AsRef<str>) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "{}", message.as_ref());
}
