//! The terminal itself: modes taken and given back, whatever happens.

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

use backend::Screen;
use ratatui::{buffer::Buffer, layout::Position};
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

/// The alternate screen, bracketed paste; the cursor is the frame's business.
const TAKE: &str = "\x1b[?1049h\x1b[?2004h\x1b[2J\x1b[H";
/// Button presses and the wheel, with places beyond column 223 (SGR).
const TAKE_MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
/// All that we may have set, mouse and an unfinished frame included. A terminal without an alternate
/// screen (mosh, some in GNU screen) gets a blank one back.
const GIVE_BACK: &str = "\x1b[?2026l\x1b[m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?25h\
    \x1b[2J\x1b[H\x1b[?1049l";
/// What a program that died may have left on beside that: the arrows and the keypad as an
/// application's, and keys with modifiers spelt out.
const MEND: &str = "\x1b[?1l\x1b>\x1b[>4m\x1b[?1003l";
/// Asks for the background's colour: xterm's way, and `PuTTY`'s.
pub const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\\x1b]4;258;?\x1b\\";
/// Prints one ambiguous character and asks where that left the cursor.
pub const ASK_WIDTH: &str = "\x1b[H\u{201c}\x1b[6n";
/// Ends a question: answered by every terminal, it tells that no other answer is coming. All is asked
/// after the first frame, which so waits for nothing.
pub const ASK_LAST: &str = "\x1b[c";
/// The columns that it may leave its mark in.
pub const PROBE_COLUMNS: u16 = 2;

/// Linux's number of "no such device or address".
const ENXIO: i32 = 6;

/// The terminal's writing side, one for the process: a panic or a signal gives back through it too.
static OUT: OnceLock<Out> = OnceLock::new();

/// How long a terminal that is not being read may hold up the end.
const LAST_WORDS: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 500_000_000,
};

/// The terminal's writing side. Nothing waits in it any more once the process is asked to end.
#[derive(Debug)]
pub struct Out {
    file: File,
    /// Hung up when a signal asks the process to end.
    ending: OwnedFd,
    /// The line's settings as they were, while ours are on.
    taken: Mutex<Option<Termios>>,
    /// The same after they were given back, for an editor that leaves its own.
    before: Mutex<Option<Termios>>,
}

impl Out {
    /// Waits until the terminal takes bytes.
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
        // First of all the modes of the line, so that what is typed from here on is the shell's or
        // the editor's. There is nobody to tell an error to: the line may be gone.
        let _ = tcsetattr(&self.file, OptionalActions::Now, &before);
        *held(&self.before) = Some(before);
        let _ = (&mut &*self).write_all(GIVE_BACK.as_bytes());
    }
}

impl Write for &Out {
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

impl AsFd for Out {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens the terminal of standard output anew, so that its writes can be made not to wait without
/// doing that to the shell's; where it can't be opened, they wait.
fn open_own(stdout: BorrowedFd<'_>) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let open = |path: &[u8]| rustix::fs::open(path, flags, Mode::empty());
    let named = ttyname(stdout, Vec::new()).and_then(|path| open(path.as_bytes()));
    match named {
        Ok(own) => Ok(own.into()),
        Err(_) => Ok(stdout.try_clone_to_owned()?.into()),
    }
}

/// What draws.
#[derive(Debug)]
pub struct Drawing {
    screen: Screen<&'static Out>,
}

impl Drawing {
    /// Shows a frame: sends what changed.
    ///
    /// # Errors
    ///
    /// Fails where the terminal is gone.
    pub fn draw(&mut self, frame: &Buffer, cursor: Option<Position>) -> io::Result<()> {
        self.screen.show(frame, cursor)
    }

    /// Clears the terminal, which has this size now.
    pub fn clear(&mut self, size: (u16, u16)) {
        self.screen.clear(size);
    }

    /// Sends this before the next frame; see [`Screen::raw`].
    pub fn raw(&mut self, bytes: &str) {
        self.screen.raw(bytes);
    }

    /// Sends a question before the next frame; see [`Screen::ask`].
    pub fn ask(&mut self, question: &str, columns: u16) {
        self.screen.ask(question, columns);
    }
}

/// Holds the terminal's modes; gives them back when dropped.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal: raw mode, alternate screen, bracketed paste, and the mouse if asked.
    ///
    /// # Errors
    ///
    /// Fails where standard output is no terminal, or its modes can't be set.
    pub fn take(drawing: &mut Drawing, mouse: bool) -> io::Result<Self> {
        take_again(drawing, mouse)?;
        Ok(Self(()))
    }
}

/// Takes the terminal after it was given back: when the process is continued.
///
/// # Errors
///
/// Fails where the terminal's modes can't be set.
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

/// Gives the terminal back as it was. Safe to call at any time, from any thread, again.
pub fn give_back() {
    if let Some(out) = OUT.get() {
        out.give_back();
    }
}

/// Sets the line as it was when it was given back: another program may have died with its own
/// settings on. `died` says that it has.
pub fn mend(died: bool) {
    let Some(out) = OUT.get() else { return };
    if let Some(before) = &*held(&out.before) {
        let _ = tcsetattr(out, OptionalActions::Now, before);
    }
    if died {
        let _ = (&mut &*out).write_all([MEND, GIVE_BACK].concat().as_bytes());
    }
}

/// Makes a panic give the terminal back before it is reported.
pub fn give_back_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        give_back();
        report(info);
    }));
}

/// Opens the drawing side, of the terminal's size now. `ending` is hung up when a signal asks the
/// process to end.
///
/// # Errors
///
/// Fails where standard output is no terminal.
pub fn open(ending: OwnedFd) -> io::Result<Drawing> {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        return Err(io::Error::from(io::ErrorKind::NotConnected));
    }
    let file = open_own(stdout.as_fd())?;
    let out = OUT.get_or_init(|| Out {
        file,
        ending,
        taken: Mutex::default(),
        before: Mutex::default(),
    });
    Ok(Drawing {
        screen: Screen::new(out, size()),
    })
}

/// Returns the terminal that is drawn on.
///
/// # Errors
///
/// Fails before it was opened.
pub fn out() -> io::Result<BorrowedFd<'static>> {
    let out = OUT.get().ok_or(io::ErrorKind::NotConnected)?;
    Ok(out.as_fd())
}

/// Opens the typing side: standard input, or the controlling terminal where that is something else.
///
/// # Errors
///
/// Fails where there is no terminal to type on.
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

/// Returns the terminal's columns and rows; 80×24 where it does not say.
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

    /// A pipe in the place of a terminal that nobody reads.
    #[test]
    fn a_terminal_that_is_not_read_holds_up_no_end() {
        let (read, write) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        while rustix::io::write(&write, &[b'x'; 4096]).is_ok() {}
        let (ending, end) = pipe().unwrap();
        let out = Out {
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
        let out = Out {
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
