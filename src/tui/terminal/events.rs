//! What wakes the loop: the keyboard, which it reads itself, and messages from elsewhere.
//!
//! Keys go straight to the loop: passing them from a reading thread would cost waking another
//! thread, some 50 µs per key. Signals and messages come through a channel whose senders ring a
//! bell, a pipe that the loop waits on beside the keyboard.

use super::input::{Input, Splitter};
use crate::tui::message::Message;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};
use signal_hook::{
    consts::{
        SIGABRT, SIGALRM, SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1,
        SIGUSR2, SIGWINCH,
    },
    iterator::Signals,
};
use std::{
    fs::File,
    io::{self, Read as _},
    os::fd::OwnedFd,
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

#[cfg(test)]
mod tests;

/// An event for the loop.
#[derive(Debug)]
pub enum Event {
    /// The terminal sent something.
    Input(Vec<Input>),
    /// The terminal is gone.
    Gone,
    /// A signal came.
    Signal(i32),
    /// A background task's message, with its document generation.
    Report(usize, Message),
}

/// Bytes per read, and reads before what came is shown.
const READ: usize = 4096;
const READS: usize = 64;

/// Sends to the loop from any thread.
#[derive(Debug, Clone)]
pub struct Events {
    channel: Sender<Event>,
    bell: Arc<OwnedFd>,
}

impl Events {
    /// Sends an event and wakes the loop; returns false if the loop has ended.
    pub fn send(&self, event: Event) -> bool {
        let sent = self.channel.send(event).is_ok();
        // If the pipe is full, the bell has been rung already.
        let _ = rustix::io::write(&self.bell, b"!");
        sent
    }
}

/// Where events arrive.
#[derive(Debug)]
pub struct Inbox {
    channel: Receiver<Event>,
    bell: OwnedFd,
}

/// Creates the channel of a loop.
///
/// # Errors
///
/// The process has no more file descriptors.
pub fn events() -> io::Result<(Events, Inbox)> {
    let (bell, ringer) = io::pipe()?;
    let (bell, ringer) = (OwnedFd::from(bell), OwnedFd::from(ringer));
    rustix::io::ioctl_fionbio(&bell, true)?;
    rustix::io::ioctl_fionbio(&ringer, true)?;
    let (send, channel) = channel();
    let events = Events {
        channel: send,
        bell: Arc::new(ringer),
    };
    Ok((events, Inbox { channel, bell }))
}

/// What the loop waits on: the terminal, and the channel.
#[derive(Debug)]
pub struct EventSource {
    inbox: Inbox,
    /// `None` once it is gone.
    tty: Option<File>,
    splitter: Splitter,
    /// Whether another program has the terminal.
    lent: bool,
}

impl EventSource {
    /// Waits on a terminal and an inbox.
    pub fn new(tty: File, inbox: Inbox) -> Self {
        Self {
            inbox,
            tty: Some(tty),
            splitter: Splitter::default(),
            lent: false,
        }
    }

    /// Waits only for the channel, while another program has the terminal.
    ///
    /// # Errors
    ///
    /// As poll(2).
    pub fn wait_lent(&mut self, most: Duration) -> io::Result<Vec<Event>> {
        self.lent = true;
        let came = self.wait(most);
        self.lent = false;
        came
    }

    /// Waits until something arrives, at most this long; returns everything that has.
    ///
    /// # Errors
    ///
    /// As poll(2).
    pub fn wait(&mut self, most: Duration) -> io::Result<Vec<Event>> {
        let end = Instant::now().checked_add(most);
        let mut came = Vec::new();
        while came.is_empty() {
            let due = self.splitter.due().filter(|_| !self.lent);
            let until = end.into_iter().chain(due).min();
            let left = until.map_or(most, |at| at.saturating_duration_since(Instant::now()));
            match self.ready(left) {
                Ok((false, false)) => {
                    let is_past = |at: Instant| at <= Instant::now();
                    if due.is_some_and(is_past) {
                        take(&mut came, self.splitter.flush());
                    } else if end.is_some_and(is_past) {
                        return Ok(came);
                    }
                }
                Ok((typed, rung)) => {
                    if rung {
                        self.answer(&mut came);
                    }
                    if typed {
                        self.read(&mut came);
                    }
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(came)
    }

    /// Returns whether there is input, and whether the bell has been rung.
    fn ready(&self, wait: Duration) -> Result<(bool, bool), Errno> {
        let wait = Timespec::try_from(wait).ok();
        let bell = PollFd::new(&self.inbox.bell, PollFlags::IN);
        let Some(tty) = self.tty.as_ref().filter(|_| !self.lent) else {
            let mut fds = [bell];
            poll(&mut fds, wait.as_ref())?;
            return Ok((false, !fds[0].revents().is_empty()));
        };
        let mut fds = [PollFd::new(tty, PollFlags::IN), bell];
        poll(&mut fds, wait.as_ref())?;
        let [typed, rung] = fds.map(|fd| !fd.revents().is_empty());
        Ok((typed, rung))
    }

    fn answer(&mut self, came: &mut Vec<Event>) {
        // First the bell, then the channel: anything sent in between rings again.
        let mut rings = [0; 64];
        while rustix::io::read(&self.inbox.bell, &mut rings).is_ok_and(|n| n == rings.len()) {}
        came.extend(self.inbox.channel.try_iter());
    }

    /// Reads the available input: a paste becomes one frame, but endless input does not block. It
    /// counts as one read, since nothing shows whether the user paused within it.
    fn read(&mut self, came: &mut Vec<Event>) {
        let mut bytes = vec![0; READ];
        let (mut length, mut gone) = (0, false);
        for _ in 0..READS {
            bytes.resize(length + READ, 0);
            let space = bytes.get_mut(length..).unwrap_or_default();
            match self.tty.as_mut().map_or(Ok(0), |tty| tty.read(space)) {
                Ok(n) if n > 0 => {
                    length += n;
                    // A short read means that there was no more.
                    if n < READ || !matches!(self.ready(Duration::ZERO), Ok((true, _))) {
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => break,
                _ => {
                    gone = true;
                    break;
                }
            }
        }
        bytes.truncate(length);
        take(came, self.splitter.feed(&bytes, Instant::now()));
        if gone {
            self.tty = None;
            came.push(Event::Gone);
        }
    }
}

fn take(came: &mut Vec<Event>, inputs: Vec<Input>) {
    if !inputs.is_empty() {
        came.push(Event::Input(inputs));
    }
}

/// The signals that ask the process to end. (`SIGQUIT` and the like would otherwise leave the
/// terminal modified and drafts unsaved.)
const ENDS: [i32; 8] = [
    SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGALRM, SIGUSR1, SIGUSR2,
];

/// Turns signals into events, on a thread of its own. The returned descriptor is hung up when one
/// asks the process to end, for waits elsewhere.
///
/// # Errors
///
/// The handlers or the thread cannot be created.
pub fn read_signals(events: Events) -> io::Result<OwnedFd> {
    let others = [SIGWINCH, SIGTSTP, SIGCONT, SIGCHLD];
    let mut signals = Signals::new(ENDS.into_iter().chain(others))?;
    let (ending, end) = io::pipe()?;
    let read = move || {
        let mut end = Some(end);
        for signal in signals.forever() {
            end = end.filter(|_| !ENDS.contains(&signal));
            if !events.send(Event::Signal(signal)) {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("signals".into())
        .stack_size(128 << 10)
        .spawn(read)?;
    Ok(ending.into())
}
