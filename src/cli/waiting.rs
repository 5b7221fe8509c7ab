//! What a command says while it takes long: how far it is, on a terminal, from half a second on;
//! and Ctrl-c stops it without harm, which it says.

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

/// What takes no longer is not spoken of.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the line is written anew.
const PERIOD: Duration = Duration::from_millis(250);

/// How a command waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// For its own work: one line, written over; Ctrl-c ends it at once.
    Alone,
    /// For a program that may ask something on the same terminal: a line a step, never written over;
    /// Ctrl-c stops that program too, and what it left is cleared away.
    Together,
}

/// How long what is stopped may take to clear away.
const GRACE: Duration = Duration::from_secs(2);

/// A command under way. Nothing is said, and Ctrl-c does what it always does, where standard error
/// is no terminal.
pub(super) struct Waiting {
    shared: Option<Arc<Shared>>,
    lang: Lang,
}

struct Shared {
    stand: Mutex<Stand>,
    over: Condvar,
    begun: Instant,
    /// Ctrl-c was pressed.
    stopped: Arc<AtomicBool>,
    manner: Manner,
    /// What it says then.
    words: &'static str,
}

struct Stand {
    line: String,
    phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing is lost where it stops here.
    Working,
    /// It writes, which takes no time: it is not stopped.
    Writing,
    Over,
}

impl Waiting {
    /// Begins to wait. `stopped` is what Ctrl-c says.
    pub(super) fn new(lang: Lang, manner: Manner, stopped: &'static str) -> Self {
        let begin = || Shared::begin(manner, lang.text(stopped));
        let shared = io::stderr().is_terminal().then(begin);
        Self {
            shared: shared.and_then(Result::ok),
            lang,
        }
    }

    /// Says what is done now: the how manieth step of how many.
    pub(super) fn step(&self, nth: usize, of: usize, what: &str) {
        if let Some(shared) = &self.shared {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("n", &nth), ("of", &of), ("what", &what)];
            shared.lock().line = self.lang.fill("waiting.step", &values);
        }
    }

    /// Notes that from now on it writes and cannot be stopped.
    pub(super) fn writing(&self) {
        self.turn(Phase::Writing);
    }

    fn turn(&self, phase: Phase) {
        let Some(shared) = &self.shared else { return };
        let mut stand = shared.lock();
        if stand.phase == Phase::Working && shared.stopped.load(Ordering::SeqCst) {
            // What failed, failed because it was stopped.
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

impl Shared {
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
        // Set in the handler itself: before a program that ran for us, stopped by the same key, can
        // be found to have failed.
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

    /// Says that it is stopped, and ends as the shell expects it.
    fn end(&self) {
        output::tell(self.words);
        emulate();
    }

    /// Says how far it is, until all is over.
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

/// Ends as a program does that minds no Ctrl-c.
fn emulate() {
    // Where that fails there is nothing else to do.
    let _ = emulate_default_handler(Signal::INT.as_raw());
}
