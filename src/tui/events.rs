//! What wakes the loop: the keyboard and signals, each from a thread that sleeps until it has
//! something. May use: `tui::input`, rustix, signal-hook.

use super::{
    action::Action,
    input::{Input, Splitter},
};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH},
    iterator::Signals,
};
use std::{
    fs::File,
    io::{self, Read as _},
    os::fd::OwnedFd,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

/// What the loop is woken for.
#[derive(Debug)]
pub enum Event {
    /// The terminal sent something.
    Input(Vec<Input>),
    /// The terminal is gone.
    Gone,
    /// A signal came.
    Signal(i32),
    /// What works beside the screen reports: of the how manieth document that was opened, what.
    Report(usize, Action),
}

/// How long an `ESC` may wait for the rest of its sequence: what a slow line cuts in two comes
/// well within it, and a person who presses Esc does not feel it.
const ESCAPE_WAIT_MS: i64 = 40;

/// The input thread, as the loop sees it: it can be kept from reading while an editor has the
/// terminal.
#[derive(Debug)]
pub struct Reader {
    wake: OwnedFd,
    orders: Sender<Order>,
}

#[derive(Debug)]
enum Order {
    /// Read nothing; say so.
    Pause(Sender<()>),
    Resume,
}

impl Reader {
    /// Returns when the thread reads nothing any more.
    pub fn pause(&self) {
        let (said, paused) = channel();
        if self.orders.send(Order::Pause(said)).is_ok()
            && rustix::io::write(&self.wake, b"!").is_ok()
        {
            let _ = paused.recv();
        }
    }

    /// Lets the thread read again.
    pub fn resume(&self) {
        let _ = self.orders.send(Order::Resume);
    }
}

/// Reads the terminal on a thread of its own.
///
/// # Errors
///
/// Fails where the thread or its pipe can't be made.
pub fn read_input(tty: File, events: Sender<Event>) -> io::Result<Reader> {
    let (woken, wake) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
    let (orders, inbox) = channel();
    let mut input = Terminal {
        tty,
        woken,
        inbox,
        events,
        splitter: Splitter::default(),
    };
    let run = move || while input.step() {};
    thread::Builder::new()
        .name("input".into())
        .stack_size(128 << 10)
        .spawn(run)?;
    Ok(Reader { wake, orders })
}

struct Terminal {
    tty: File,
    woken: OwnedFd,
    inbox: Receiver<Order>,
    events: Sender<Event>,
    splitter: Splitter,
}

impl Terminal {
    /// Waits for one thing and deals with it; false when there is nothing more to wait for.
    fn step(&mut self) -> bool {
        let wait = Timespec {
            tv_sec: 0,
            tv_nsec: ESCAPE_WAIT_MS * 1_000_000,
        };
        let wait = self.splitter.is_waiting().then_some(&wait);
        let mut fds = [
            PollFd::new(&self.tty, PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
        ];
        match poll(&mut fds, wait) {
            Ok(0) => {
                let inputs = self.splitter.flush();
                return self.send(inputs);
            }
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return true,
            Err(_) => return self.gone(),
        }
        let (ready, woken) = (!fds[0].revents().is_empty(), !fds[1].revents().is_empty());
        if woken {
            self.obey();
            return true;
        }
        !ready || self.read()
    }

    fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        match self.tty.read(&mut bytes) {
            Ok(n) if n > 0 => {
                let inputs = self.splitter.feed(bytes.get(..n).unwrap_or_default());
                self.send(inputs)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => true,
            _ => self.gone(),
        }
    }

    fn send(&self, inputs: Vec<Input>) -> bool {
        inputs.is_empty() || self.events.send(Event::Input(inputs)).is_ok()
    }

    fn gone(&self) -> bool {
        let _ = self.events.send(Event::Gone);
        false
    }

    fn obey(&mut self) {
        let _ = rustix::io::read(&self.woken, &mut [0; 16]);
        if let Ok(Order::Pause(said)) = self.inbox.try_recv() {
            let _ = said.send(());
            // Until it is resumed; a sender that is gone resumes too, and the next send tells.
            let _ = self.inbox.recv();
        }
    }
}

/// Turns signals into events on a thread of its own.
///
/// # Errors
///
/// Fails where the handlers or the thread can't be made.
pub fn read_signals(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    let read = move || {
        for signal in signals.forever() {
            if events.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("signals".into())
        .stack_size(128 << 10)
        .spawn(read)
        .map(drop)
}
