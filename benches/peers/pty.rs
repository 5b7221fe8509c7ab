//! A program on a pseudo-terminal, measured from the far side: what came, and when.
//!
//! A thread reads, and each piece gets its time as soon as the read returns. Bytes are interpreted
//! only when the program is silent, so never inside a measured time.

use crate::{
    floor,
    screen::{Grid, Screen},
};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    io::{Read, Write},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

/// Silence after which a program has finished answering.
pub(crate) const QUIET: Duration = Duration::from_millis(40);

/// Silence after which the first frame is complete; slow starts have pauses.
const SETTLED: Duration = Duration::from_millis(250);

/// A program that shows nothing for so long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// The bytes of one read.
struct Piece {
    at: Instant,
    bytes: Vec<u8>,
}

/// A program's answer to one input.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Answer {
    /// From the input to the last byte.
    pub(crate) last: Duration,
    pub(crate) bytes: usize,
    /// The fewest bytes for the change on the screen.
    pub(crate) floor: usize,
}

/// A program in a terminal.
pub(crate) struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Arc<Mutex<Box<dyn Write + Send>>>,
    pieces: Receiver<Piece>,
    screen: Screen,
    started: Instant,
    /// Time of the last byte.
    last: Instant,
    /// Pieces not interpreted yet.
    unseen: Vec<Piece>,
    ended: bool,
}

impl Session {
    /// Starts a program with the command's environment.
    pub(crate) fn start(command: CommandBuilder, size: (u16, u16)) -> Self {
        let pair = native_pty_system()
            .openpty(pty_size(size))
            .expect("a pseudo-terminal");
        let reader = pair.master.try_clone_reader().expect("its far side");
        let writer = pair.master.take_writer().expect("its far side");
        let writer = Arc::new(Mutex::new(writer));
        let (send, pieces) = channel();
        let answers = Arc::clone(&writer);
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program");
        drop(pair.slave);
        thread::spawn(move || read_on(reader, &send, &answers));
        Self {
            master: pair.master,
            child,
            writer,
            pieces,
            screen: Screen::new(size),
            started,
            last: started,
            unseen: Vec::new(),
            ended: false,
        }
    }

    /// Returns the process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap_or_default()
    }

    /// Waits for the first complete frame: the first after which the screen stays unchanged and
    /// shows `marker`. `last` is the time from exec to its last byte.
    pub(crate) fn first_frame(&mut self, marker: &str) -> Answer {
        let end = Instant::now() + PATIENCE;
        let mut all = Vec::new();
        loop {
            self.gather(Duration::from_millis(20));
            let idle = self.idle();
            self.see(&mut all);
            let shown = self.screen.text().contains(marker);
            if shown && idle >= SETTLED {
                break;
            }
            assert!(
                !self.ended && Instant::now() < end,
                "never shown: {marker}\n{}",
                self.screen.text()
            );
        }
        self.answer_of(&all)
    }

    /// Replays the pieces of a first frame up to the one that completed the screen.
    fn answer_of(&self, all: &[Piece]) -> Answer {
        let goal = self.screen.text();
        let mut screen = Screen::new(self.screen.size());
        let mut bytes = 0;
        for piece in all {
            screen.feed(&piece.bytes);
            bytes += piece.bytes.len();
            if screen.text() == goal {
                let floor = floor::cost(&Grid::empty(screen.size()), &screen.grid());
                let last = piece.at - self.started;
                return Answer { last, bytes, floor };
            }
        }
        Answer::default()
    }

    /// Sends keys in one write, and waits for silence.
    pub(crate) fn keys(&mut self, keys: &str) -> Option<Answer> {
        let before = self.screen.grid();
        let start = Instant::now();
        {
            let mut writer = self.writer.lock().expect("one writer");
            writer.write_all(keys.as_bytes()).expect("typed");
            writer.flush().expect("typed");
        }
        self.answer(&before, start)
    }

    /// Resizes the terminal, and waits for silence.
    pub(crate) fn resize(&mut self, size: (u16, u16)) -> Option<Answer> {
        self.screen.resize(size);
        let before = self.screen.grid();
        let start = Instant::now();
        self.master.resize(pty_size(size)).expect("another size");
        self.answer(&before, start)
    }

    fn answer(&mut self, before: &Grid, start: Instant) -> Option<Answer> {
        // The first byte of a slow program takes time; a silent key has no answer.
        self.gather(Duration::from_secs(2));
        while self.idle() < QUIET && !self.ended {
            self.gather(QUIET);
        }
        let last = self.unseen.last()?.at - start;
        let bytes = self.unseen.iter().map(|p| p.bytes.len()).sum();
        self.see(&mut Vec::new());
        let floor = floor::cost(before, &self.screen.grid());
        Some(Answer { last, bytes, floor })
    }

    /// Waits idly; returns the number of bytes received.
    pub(crate) fn rest(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        while Instant::now() < end && !self.ended {
            self.gather(end.saturating_duration_since(Instant::now()));
        }
        let bytes = self.unseen.iter().map(|p| p.bytes.len()).sum();
        self.see(&mut Vec::new());
        bytes
    }

    /// Waits for the first byte from now on; returns when it came.
    pub(crate) fn next_byte(&mut self) -> Option<Instant> {
        self.gather(PATIENCE);
        self.unseen.first().map(|piece| piece.at)
    }

    /// Waits for one piece, at most this long.
    fn gather(&mut self, wait: Duration) {
        match self.pieces.recv_timeout(wait) {
            Ok(piece) => {
                self.last = piece.at;
                self.unseen.push(piece);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => self.ended = true,
        }
    }

    /// Returns how long nothing has come.
    fn idle(&self) -> Duration {
        self.last.elapsed()
    }

    /// Interprets what came, everything only if a pause allows.
    fn see(&mut self, all: &mut Vec<Piece>) {
        for piece in self.unseen.drain(..) {
            self.screen.feed(&piece.bytes);
            all.push(piece);
        }
    }

    /// Kills the program, so that it can save nothing for the next run.
    pub(crate) fn end(mut self) {
        let pid = i32::try_from(self.pid()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            let _ = kill_process(pid, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

const fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// Questions that programs ask a terminal, with the answers. The position is a narrow terminal's
/// after one character at the top, the background black. (emacs waits two seconds for each of the last two.)
const QUESTIONS: [(&[u8], &[u8]); 6] = [
    (b"\x1b[6n", b"\x1b[1;2R"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[>c", b"\x1b[>0;276;0c"),
    (b"\x1b[>0c", b"\x1b[>0;276;0c"),
    (b"\x1b]11;?", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
    (b"\x1b[5n", b"\x1b[0n"),
];

fn read_on(
    mut reader: Box<dyn Read + Send>,
    pieces: &Sender<Piece>,
    writer: &Mutex<Box<dyn Write + Send>>,
) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(n @ 1..) = reader.read(&mut buffer) {
        let at = Instant::now();
        let bytes = buffer[..n].to_vec();
        for (question, answer) in QUESTIONS {
            if memchr::memmem::find(&bytes, question).is_some()
                && let Ok(mut writer) = writer.lock()
            {
                let _ = writer.write_all(answer);
            }
        }
        if pieces.send(Piece { at, bytes }).is_err() {
            return;
        }
    }
}
