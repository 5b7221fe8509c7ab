//! Asks the terminal how wide it draws “, and waits for the answer; for `doctor`. (The screen asks
//! without waiting.)

use crate::tui::terminal::{
    input::{Input, Splitter},
    open_input,
};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::{
    fs::File,
    io::{self, IsTerminal as _, Read as _, Write as _},
    time::{Duration, Instant},
};

/// How long a distant terminal has to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The result of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProbeReply {
    /// Standard input or output is not a terminal.
    Nobody,
    /// The terminal does not answer.
    Mute,
    /// It draws “ this wide.
    Columns(u16),
}

impl ProbeReply {
    /// Returns the columns answered, or 0.
    pub(super) const fn columns(self) -> u16 {
        match self {
            Self::Columns(columns) => columns,
            Self::Nobody | Self::Mute => 0,
        }
    }
}

/// Asks on the line under the cursor, which is blank again afterwards.
pub(super) fn ambiguous_width() -> ProbeReply {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return ProbeReply::Nobody;
    }
    let Ok(tty) = open_input() else {
        return ProbeReply::Nobody;
    };
    if enable_raw_mode().is_err() {
        return ProbeReply::Nobody;
    }
    let answer = ask(tty).ok().flatten();
    // If this fails, the shell sets its own modes.
    let _ = disable_raw_mode();
    answer.map_or(ProbeReply::Mute, ProbeReply::Columns)
}

fn ask(mut tty: File) -> io::Result<Option<u16>> {
    // The second question shows early if no answer to the first is coming.
    say("\r\u{201c}\x1b[6n\x1b[c")?;
    let end = Instant::now() + PATIENCE;
    let mut splitter = Splitter::default();
    let mut columns = None;
    let mut answered = false;
    while !answered && readable(&tty, end.saturating_duration_since(Instant::now()))? {
        let mut bytes = [0; 256];
        let count = tty.read(&mut bytes)?;
        for input in splitter.feed(bytes.get(..count).unwrap_or_default(), Instant::now()) {
            match input {
                Input::Column(column) => columns = column.checked_sub(1),
                Input::Attributes => answered = true,
                Input::Event(_) | Input::Late(_) | Input::Foreground(_) | Input::Background(_) => {}
            }
        }
        answered |= count == 0;
    }
    say("\r\x1b[K")?;
    Ok(columns.filter(|columns| (1..=2).contains(columns)))
}

fn say(bytes: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes.as_bytes())?;
    out.flush()
}

fn readable(tty: &File, wait: Duration) -> io::Result<bool> {
    let wait = Timespec {
        tv_sec: wait.as_secs().try_into().unwrap_or(0),
        tv_nsec: wait.subsec_nanos().into(),
    };
    let mut fds = [PollFd::new(tty, PollFlags::IN)];
    Ok(poll(&mut fds, Some(&wait))? > 0)
}
