//! A program on a real pseudo-terminal, with a screen that can be read and waited for.
//!
//! A thread reads the bytes, keeps the screen, and answers what terminals answer: cursor position
//! (`CSI 6 n`) and primary device attributes (`CSI c`). Nothing waits for a fixed time: a wait ends
//! with the expected bytes, the program's end, or the deadline, which only failing tests reach.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::{
    io::{Read, Write},
    num::NonZero,
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::{Duration, Instant},
};

/// After this, a wait has failed.
const DEADLINE: Duration = Duration::from_secs(30);

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// A terminal running one program.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Writer,
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: vt100::Parser<Answers>,
    bytes: Vec<u8>,
    /// Whether a synchronized update is open: half a frame does not count.
    in_frame: bool,
    ended: bool,
}

const FRAME_START: &[u8] = b"\x1b[?2026h";
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// How the terminal answers questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As terminals do.
    Answers,
    /// Not at all.
    Mute,
}

/// Collects answers to the questions in the bytes.
struct Answers {
    manner: Manner,
    pending: Vec<u8>,
}

impl vt100::Callbacks for Answers {
    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        first: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        command: char,
    ) {
        if self.manner == Manner::Mute {
            return;
        }
        let (row, column) = screen.cursor_position();
        match (first, params, command) {
            (None, [[6]], 'n') => {
                let answer = format!("\x1b[{};{}R", row + 1, column + 1);
                self.pending.extend(answer.as_bytes());
            }
            (None, [[0]] | [], 'c') => self.pending.extend(b"\x1b[?62;22c"),
            _ => {}
        }
    }
}

impl Pty {
    /// Starts a program in a terminal of this size; `environment` sets variables besides `TERM`,
    /// the only one inherited.
    pub(crate) fn start(
        program: &Path,
        args: &[&str],
        (columns, rows): (u16, u16),
        manner: Manner,
        environment: impl FnOnce(&mut CommandBuilder),
    ) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.args(args);
        command.env("TERM", "xterm-256color");
        environment(&mut command);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let answers = Answers {
            manner,
            pending: Vec::new(),
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(State {
                parser: vt100::Parser::new_with_callbacks(some(rows), some(columns), 0, answers),
                bytes: Vec::new(),
                in_frame: false,
                ended: false,
            }),
            changed: Condvar::new(),
        });
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let reader = pair.master.try_clone_reader().unwrap();
        read_on(reader, Arc::clone(&shared), Arc::clone(&writer));
        Self {
            master: pair.master,
            child,
            writer,
            shared,
        }
    }

    /// Sends bytes as if typed.
    pub(crate) fn send(&self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    /// Sends bytes that need not be complete characters.
    pub(crate) fn send_bytes(&self, bytes: &[u8]) {
        let mut writer = self.writer.lock().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contains(text));
    }

    /// Waits until the screen no longer shows a text.
    #[track_caller]
    pub(crate) fn wait_gone(&self, text: &str) {
        self.wait_until(text, |screen| !screen.contains(text));
    }

    /// Waits until the screen's text satisfies `wanted`; `what` describes it in failures.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        let wanted = |state: &State| wanted(&state.parser.screen().contents());
        if let Err((screen, ended)) = self.wait(wanted).map_err(|s| shown(&s)) {
            panic!("never came: {what}\n--- screen (program ended: {ended})\n{screen}\n---");
        }
    }

    /// Waits until the program has sent these bytes, visible or not.
    #[track_caller]
    pub(crate) fn wait_bytes(&self, bytes: &str) {
        let wanted = |state: &State| contains(&state.bytes, bytes.as_bytes());
        if let Err(sent) = self.wait(wanted).map_err(|s| s.bytes.clone()) {
            panic!(
                "never sent: {bytes:?}\n{:?}",
                String::from_utf8_lossy(&sent)
            );
        }
    }

    /// Waits until the program has sent these bytes after the first `before`.
    #[track_caller]
    pub(crate) fn wait_after(&self, before: usize, bytes: &str) {
        let wanted = |state: &State| contains(&state.bytes[before..], bytes.as_bytes());
        assert!(self.wait(wanted).is_ok(), "never sent: {bytes:?}");
    }

    /// Waits until the program has ended and its last bytes are read; returns its exit status.
    #[track_caller]
    pub(crate) fn wait_end(&mut self) -> ExitStatus {
        if let Err((screen, _)) = self.wait(|state| state.ended).map_err(|s| shown(&s)) {
            panic!("never ended\n{screen}");
        }
        self.child.wait().unwrap()
    }

    fn wait(&self, wanted: impl Fn(&State) -> bool) -> Result<(), MutexGuard<'_, State>> {
        let end = Instant::now() + DEADLINE;
        let mut state = self.shared.state.lock().unwrap();
        while state.in_frame && !state.ended || !wanted(&state) {
            let left = end.saturating_duration_since(Instant::now());
            // Nothing can come after the end.
            if left.is_zero() || state.ended {
                return Err(state);
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap().0;
        }
        Ok(())
    }

    /// Returns the lines on the screen without trailing blanks.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.screen(|screen| {
            let rows = screen.rows(0, screen.size().1.into());
            rows.map(|row| row.trim_end().to_owned()).collect()
        })
    }

    /// Inspects the screen: cells, colours, cursor, modes.
    pub(crate) fn screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.shared.state.lock().unwrap().parser.screen())
    }

    /// Returns all bytes that the program has sent so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.shared.state.lock().unwrap().bytes.clone()
    }

    /// Changes the terminal's size, which signals SIGWINCH.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let mut state = self.shared.state.lock().unwrap();
        state
            .parser
            .screen_mut()
            .set_size(some(rows), some(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Returns the program's process id, for signals.
    pub(crate) fn pid(&self) -> i32 {
        i32::try_from(self.child.process_id().unwrap()).unwrap()
    }

    /// Returns the terminal's line settings, for comparison.
    pub(crate) fn settings(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A failed test leaves its program running; a finished one is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn some(size: u16) -> NonZero<u16> {
    NonZero::new(size).unwrap()
}

fn shown(state: &State) -> (String, bool) {
    (state.parser.screen().contents(), state.ended)
}

const fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}

/// Returns whether a synchronized update is open after these bytes; `None` if they contain no mark.
fn is_in_frame(bytes: &[u8]) -> Option<bool> {
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|w| w == mark);
    match (last(FRAME_START), last(FRAME_END)) {
        (None, None) => None,
        (start, end) => Some(start > end),
    }
}

/// Reads in a thread until the program closes the terminal.
fn read_on(mut reader: Box<dyn Read + Send>, shared: Arc<Shared>, writer: Writer) {
    std::thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        loop {
            // Linux returns EIO when the other side is closed.
            let count = reader.read(&mut buffer).unwrap_or(0);
            let mut state = shared.state.lock().unwrap();
            // The mark itself may have come in two parts.
            let from = state.bytes.len().saturating_sub(FRAME_END.len() - 1);
            state.bytes.extend(&buffer[..count]);
            state.in_frame = is_in_frame(&state.bytes[from..]).unwrap_or(state.in_frame);
            state.parser.process(&buffer[..count]);
            state.ended = count == 0;
            let answers = std::mem::take(&mut state.parser.callbacks_mut().pending);
            drop(state);
            if !answers.is_empty() {
                let mut writer = writer.lock().unwrap();
                // If the program is gone, nobody needs the answer.
                let _ = writer.write_all(&answers).and_then(|()| writer.flush());
            }
            shared.changed.notify_all();
            if count == 0 {
                return;
            }
        }
    });
}
