//! The terminal: taking and restoring its modes, whatever happens.

pub mod backend;
pub mod clipboard;
pub mod events;
pub mod external;
pub mod input;
pub mod job;
pub mod known;
pub mod mouse;

#[cfg(test)]
mod fuzz_tests;

use backend::TerminalScreen;
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags},
    termios::{OptionalActions, Termios, tcgetattr, tcsetattr, ttyname},
};
use std::{
    fs::File,
    io::{self, IsTerminal as _, Write},
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

/// Alternate screen and bracketed paste; the frame shows or hides the cursor.
const TAKE: &str = "\x1b[?1049h\x1b[?2004h\x1b[2J\x1b[H";
/// Button presses and the wheel, including columns beyond 223 (SGR).
const TAKE_MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
/// Resets everything we may have set, including the mouse and an unfinished frame. A terminal
/// without an alternate screen (mosh, some in GNU screen) is left blank.
const GIVE_BACK: &str = "\x1b[?2026l\x1b[m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?25h\
    \x1b[2J\x1b[H\x1b[?1049l";
/// Also resets what a crashed program may have left on: application cursor keys and keypad, and
/// modifyOtherKeys.
const MEND: &str = "\x1b[?1l\x1b>\x1b[>4m\x1b[?1003l";
/// Asks for the colours of text and background, in `PuTTY`'s way and xterm's; the background last,
/// and to the numbers from 256 on xterm answers with other colours.
pub const ASK_COLOURS: &str = concat!(
    "\x1b]4;256;?\x1b\\",
    "\x1b]10;?\x1b\\",
    "\x1b]11;?\x1b\\",
    "\x1b]4;258;?\x1b\\",
);
/// Prints one ambiguous character and asks for the cursor position.
pub const ASK_WIDTH: &str = "\x1b[H\u{201c}\x1b[6n";
/// Ends the questions: every terminal answers it, so that after it no other answer will come.
/// Everything is asked after the first frame, which waits for nothing.
pub const ASK_LAST: &str = "\x1b[c";
/// Columns that the probe may leave its mark in.
pub const PROBE_COLUMNS: u16 = 2;

/// Linux's ENXIO.
const ENXIO: i32 = 6;

/// The process's terminal output, which a panic or a signal also uses to restore it.
static OUT: OnceLock<TerminalOutput> = OnceLock::new();

/// The longest time that an unread terminal may delay the exit.
const LAST_WORDS: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 500_000_000,
};

/// The terminal's output. It no longer blocks once the process is asked to end.
#[derive(Debug)]
pub struct TerminalOutput {
    file: File,
    /// Hung up when a signal asks the process to end.
    ending: OwnedFd,
    /// The original line settings, while ours are on.
    taken: Mutex<Option<Termios>>,
    /// The same after restoring, for editors that leave their own.
    before: Mutex<Option<Termios>>,
}

impl TerminalOutput {
    /// Waits until the terminal accepts bytes.
    fn wait(&self) -> io::Result<()> {
        let mut fds = [
            PollFd::new(&self.file, PollFlags::OUT),
            PollFd::new(&self.ending, PollFlags::IN),
        ];
        poll(&mut fds, None)?;
        if !fds[0].revents().is_empty() {
            return Ok(());
        }
        let mut last = [PollFd::new(&self.file, PollFlags::OUT)];
        match poll(&mut last, Some(&LAST_WORDS))? {
            0 => Err(io::ErrorKind::TimedOut.into()),
            _ => Ok(()),
        }
    }

    fn set_raw(&self) -> io::Result<()> {
        let before = tcgetattr(&self.file)?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(&self.file, OptionalActions::Now, &raw)?;
        *held(&self.taken) = Some(before);
        Ok(())
    }

    fn give_back(&self) {
        let Some(before) = held(&self.taken).take() else {
            return;
        };
        // The line settings first, so that further typing goes to the shell or the editor. Errors
        // have no audience: the line may be gone.
        let _ = tcsetattr(&self.file, OptionalActions::Now, &before);
        *held(&self.before) = Some(before);
        let _ = (&mut &*self).write_all(GIVE_BACK.as_bytes());
    }
}

impl Write for &TerminalOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match (&self.file).write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.wait()?,
                done => return done,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl AsFd for TerminalOutput {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens the terminal of standard output separately, so that non-blocking writes do not affect the
/// shell's; if that fails, writes block.
fn open_own(stdout: BorrowedFd<'_>) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let open = |path: &[u8]| rustix::fs::open(path, flags, Mode::empty());
    let named = ttyname(stdout, Vec::new()).and_then(|path| open(path.as_bytes()));
    match named {
        Ok(own) => Ok(own.into()),
        Err(_) => Ok(stdout.try_clone_to_owned()?.into()),
    }
}

/// The drawing side of the terminal.
pub type Drawing = TerminalScreen<&'static TerminalOutput>;

/// Holds the terminal's modes, and restores them when dropped.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, and the mouse if wanted.
    ///
    /// # Errors
    ///
    /// Standard output is not a terminal, or its modes can't be set.
    pub fn take(drawing: &mut Drawing, mouse: bool) -> io::Result<Self> {
        take_again(drawing, mouse)?;
        Ok(Self(()))
    }
}

/// Takes the terminal again, after the process was continued.
///
/// # Errors
///
/// The terminal's modes can't be set.
pub fn take_again(drawing: &mut Drawing, mouse: bool) -> io::Result<()> {
    OUT.get().ok_or(io::ErrorKind::NotConnected)?.set_raw()?;
    drawing.raw(TAKE);
    if mouse {
        drawing.raw(TAKE_MOUSE);
    }
    Ok(())
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Restores the terminal. Can be called at any time, from any thread, repeatedly.
pub fn give_back() {
    if let Some(out) = OUT.get() {
        out.give_back();
    }
}

/// Restores the line settings after another program, and resets the terminal if that `died`.
pub fn mend(died: bool) {
    let Some(out) = OUT.get() else { return };
    if let Some(before) = &*held(&out.before) {
        let _ = tcsetattr(out, OptionalActions::Now, before);
    }
    if died {
        let _ = (&mut &*out).write_all([MEND, GIVE_BACK].concat().as_bytes());
    }
}

/// Makes panics restore the terminal before they are reported.
pub fn give_back_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        give_back();
        report(info);
    }));
}

/// Opens the drawing side in the terminal's present size. `ending` is hung up when a signal asks
/// the process to end.
///
/// # Errors
///
/// Standard output is not a terminal.
pub fn open(ending: OwnedFd) -> io::Result<Drawing> {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        return Err(io::Error::from(io::ErrorKind::NotConnected));
    }
    let file = open_own(stdout.as_fd())?;
    let out = OUT.get_or_init(|| TerminalOutput {
        file,
        ending,
        taken: Mutex::default(),
        before: Mutex::default(),
    });
    Ok(Drawing::new(out, size()))
}

/// Returns the terminal that is drawn on.
///
/// # Errors
///
/// It has not been opened.
pub fn out() -> io::Result<BorrowedFd<'static>> {
    let out = OUT.get().ok_or(io::ErrorKind::NotConnected)?;
    Ok(out.as_fd())
}

/// Opens the input side: standard input, or the controlling terminal if that is redirected.
///
/// # Errors
///
/// There is no terminal for input.
pub fn open_input() -> io::Result<File> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        Ok(File::from(stdin.as_fd().try_clone_to_owned()?))
    } else {
        // poll(2) of macOS does not know /dev/tty, but the terminal by its own name.
        let own = rustix::termios::ttyname(io::stdout(), Vec::new());
        let path = match own {
            Ok(path) if cfg!(not(target_os = "linux")) => path.into_string().unwrap_or_default(),
            _ => "/dev/tty".to_owned(),
        };
        File::open(path).map_err(|error| match error.raw_os_error() {
            // There is none.
            Some(ENXIO) => io::ErrorKind::NotConnected.into(),
            _ => error,
        })
    }
}

/// Returns the terminal's columns and rows, by default 80×24.
pub fn size() -> (u16, u16) {
    match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => (80, 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::pipe::{PipeFlags, pipe, pipe_with};

    /// A pipe in place of a terminal that nobody reads.
    #[test]
    fn a_terminal_that_is_not_read_holds_up_no_end() {
        let (read, write) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        while rustix::io::write(&write, &[b'x'; 4096]).is_ok() {}
        let (ending, end) = pipe().unwrap();
        let out = TerminalOutput {
            file: write.into(),
            ending,
            taken: Mutex::default(),
            before: Mutex::default(),
        };
        drop(end);
        let error = (&out).write_all(b"last words").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        let mut bytes = [0; 8192];
        while rustix::io::read(&read, &mut bytes).is_ok() {}
        (&out).write_all(b"last words").unwrap();
        assert_eq!(rustix::io::read(&read, &mut bytes), Ok(10));
    }

    #[test]
    fn a_terminal_that_is_slow_is_waited_for() {
        let (read, write) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        let (ending, _end) = pipe().unwrap();
        let out = TerminalOutput {
            file: write.into(),
            ending,
            taken: Mutex::default(),
            before: Mutex::default(),
        };
        let length = 300_000;
        let writer = std::thread::spawn(move || (&out).write_all(&vec![b'x'; length]));
        let (mut came, mut bytes) = (0, [0; 8192]);
        while came < length {
            let mut fds = [PollFd::new(&read, PollFlags::IN)];
            poll(&mut fds, None).unwrap();
            came += rustix::io::read(&read, &mut bytes).unwrap_or(0);
        }
        writer.join().unwrap().unwrap();
    }
}
