//! The terminal itself: modes taken and given back, whatever happens. May use: crossterm, rustix.

use super::{backend::Screen, model::Model, view};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::{
    fs::File,
    io::{self, IsTerminal as _, Write as _},
    os::fd::AsFd as _,
    sync::atomic::{AtomicBool, Ordering},
};

/// Whether our modes are on, so that a panic or a signal gives back what was taken, once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The alternate screen, bracketed paste; the cursor is the frame's business.
const TAKE: &str = "\x1b[?1049h\x1b[?2004h\x1b[2J\x1b[H";
/// Button presses and the wheel, with places beyond column 223 (SGR).
const TAKE_MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
/// All that we may have set, mouse and an unfinished frame included.
const GIVE_BACK: &str =
    "\x1b[?2026l\x1b[m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[?1049l";
/// Prints one ambiguous character and asks where that left the cursor; the second question tells
/// early that no first answer is coming. To be asked after the first frame, which so waits for
/// nothing.
pub const PROBE: &str = "\x1b[H\u{201c}\x1b[6n\x1b[c";
/// The columns that it may leave its mark in.
pub const PROBE_COLUMNS: u16 = 2;

/// What draws.
#[derive(Debug)]
pub struct Drawing {
    screen: Screen<File>,
}

impl Drawing {
    /// Draws the whole screen, and sends what changed.
    ///
    /// # Errors
    ///
    /// Fails where the terminal is gone.
    pub fn draw(&mut self, model: &Model) -> io::Result<()> {
        let (frame, cursor) = view::draw(model);
        self.screen.show(&frame, cursor)
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
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
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
    if TAKEN.swap(false, Ordering::SeqCst) {
        // First of all the modes of the line, so that what is typed from here on is the shell's or
        // the editor's. There is nobody to tell an error to: the line may be gone.
        let _ = disable_raw_mode();
        let mut out = io::stdout().lock();
        let _ = out.write_all(GIVE_BACK.as_bytes());
        let _ = out.flush();
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

/// Opens the drawing side, of the terminal's size now.
///
/// # Errors
///
/// Fails where standard output is no terminal.
pub fn open() -> io::Result<Drawing> {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        return Err(io::Error::from(io::ErrorKind::NotConnected));
    }
    let out = File::from(stdout.as_fd().try_clone_to_owned()?);
    let size = size();
    Ok(Drawing {
        screen: Screen::new(out, size),
    })
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
        File::open("/dev/tty")
    }
}

/// Returns the terminal's columns and rows; 80×24 where it does not say.
pub fn size() -> (u16, u16) {
    match rustix::termios::tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => (80, 24),
    }
}
