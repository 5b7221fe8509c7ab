//! Progress messages of slow commands on a terminal, from half a second on; Ctrl-c stops them
//! safely and says so.

use super::output;
use crate::locale::Lang;
use rustix::process::Signal;
use signal_hook::{flag, iterator::Signals, low_level::emulate_default_handler};
use std::{
    io::{self, IsTerminal as _},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Faster commands show nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Interval between updates of the line.
const PERIOD: Duration = Duration::from_millis(250);

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// For the command's own work: a line that is overwritten; Ctrl-c ends it at once.
    Alone,
    /// Beside a program that may use the same terminal: a line per step, never overwritten; Ctrl-c
    /// stops that program too, and what it left is cleaned up.
    Together,
}

/// Time for cleaning up after a stop.
const GRACE: Duration = Duration::from_secs(2);

/// A running command. If standard error is not a terminal, nothing is shown and Ctrl-c has its
/// usual effect.
pub(super) struct Waiting {
    shared: Option<Arc<WaitState>>,
    lang: Lang,
}

struct WaitState {
    stand: Mutex<Stand>,
    over: Condvar,
    begun: Instant,
    /// Whether Ctrl-c was pressed.
    stopped: Arc<AtomicBool>,
    manner: Manner,
    /// The message for that.
    words: &'static str,
}

struct Stand {
    line: String,
    phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It can stop here without loss.
    Working,
    /// It is writing, which takes no time, and is not stopped.
    Writing,
    Over,
}

impl Waiting {
    /// Begins waiting; `stopped` is the message for Ctrl-c.
    pub(super) fn new(lang: Lang, manner: Manner, stopped: &'static str) -> Self {
        let begin = || WaitState::begin(manner, lang.text(stopped));
        let shared = io::stderr().is_terminal().then(begin);
        Self {
            shared: shared.and_then(Result::ok),
            lang,
        }
    }

    /// Shows the current step and the number of steps.
    pub(super) fn step(&self, nth: usize, of: usize, what: &str) {
        if let Some(shared) = &self.shared {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("n", &nth), ("of", &of), ("what", &what)];
            shared.lock().line = self.lang.fill("waiting.step", &values);
        }
    }

    /// Notes that it is now writing and cannot be stopped.
    pub(super) fn writing(&self) {
        self.turn(Phase::Writing);
    }

    fn turn(&self, phase: Phase) {
        let Some(shared) = &self.shared else { return };
        let mut stand = shared.lock();
        if stand.phase == Phase::Working && shared.stopped.load(Ordering::SeqCst) {
            // An error now is the result of the stop.
            stand.phase = Phase::Over;
            shared.end();
        }
        stand.phase = phase;
        shared.over.notify_all();
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.turn(Phase::Over);
        output::wipe();
    }
}

impl WaitState {
    fn begin(manner: Manner, words: &'static str) -> io::Result<Arc<Self>> {
        let shared = Arc::new(Self {
            stand: Mutex::new(Stand {
                line: String::new(),
                phase: Phase::Working,
            }),
            over: Condvar::new(),
            begun: Instant::now(),
            stopped: Arc::default(),
            manner,
            words,
        });
        let interrupt = Signal::INT.as_raw();
        // Set in the handler itself, before the program that we ran, stopped by the same key, is
        // found to have failed.
        flag::register(interrupt, Arc::clone(&shared.stopped))?;
        let mut signals = Signals::new([interrupt])?;
        let (seen, shown) = (Arc::clone(&shared), Arc::clone(&shared));
        thread::Builder::new().spawn(move || {
            for _ in signals.forever() {
                seen.stop();
            }
        })?;
        thread::Builder::new().spawn(move || shown.show())?;
        Ok(shared)
    }

    fn lock(&self) -> MutexGuard<'_, Stand> {
        self.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ctrl-c: stops the program, unless it is writing.
    fn stop(&self) {
        let mut stand = self.lock();
        if self.manner == Manner::Together {
            let working = |stand: &mut Stand| stand.phase == Phase::Working;
            let waited = self.over.wait_timeout_while(stand, GRACE, working);
            stand = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        match stand.phase {
            Phase::Writing => {}
            Phase::Working => self.end(),
            Phase::Over => emulate(),
        }
    }

    /// Prints that it was stopped, and ends as the shell expects.
    fn end(&self) {
        output::tell(self.words);
        emulate();
    }

    /// Shows progress until the end.
    fn show(&self) {
        let mut wait = PATIENCE;
        let mut told = String::new();
        let mut stand = self.lock();
        while stand.phase != Phase::Over {
            let waited = self.over.wait_timeout(stand, wait);
            stand = waited.unwrap_or_else(PoisonError::into_inner).0;
            let elapsed = self.begun.elapsed();
            let nothing = stand.phase == Phase::Over || stand.line.is_empty();
            if nothing || elapsed < PATIENCE {
                continue;
            }
            wait = PERIOD;
            if self.manner == Manner::Alone && !output::is_dumb() {
                output::pending(&stand.line, elapsed.as_secs());
            } else if told != stand.line {
                output::tell(&stand.line);
                told.clone_from(&stand.line);
            }
        }
    }
}

/// Ends like a program that does not handle Ctrl-c.
fn emulate() {
    // If that fails, nothing else can be done.
    let _ = emulate_default_handler(Signal::INT.as_raw());
}
