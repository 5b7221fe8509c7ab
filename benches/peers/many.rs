//! Many sessions on one document: the cost of each, how soon all show a tick made by one, and what
//! one has grown by after an hour.

use crate::{
    data::Files,
    figures::median,
    process,
    programs::{MARKER, environment},
    pty::Session,
};
use portable_pty::CommandBuilder;
use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

/// Columns and rows of each session.
const SIZE: (u16, u16) = (120, 40);

/// Prints a table of 1, 10 and 50 sessions.
pub(crate) fn run(kouan: &Path, files: &Files, runs: usize) {
    println!(
        "| sessions | PSS of each, MiB | of all, MiB | wake-ups of each a tick | last screen, ms |"
    );
    println!("| --- | --- | --- | --- | --- |");
    for sessions in [1, 10, 50] {
        let row = measure(kouan, files, sessions, runs);
        println!(
            "| {sessions} | {:.1} | {:.1} | {:.1} | {:.1} |",
            mebibytes(row.memory) / f64::from(sessions),
            mebibytes(row.memory),
            row.wakes,
            row.last.as_secs_f64() * 1000.0
        );
    }
}

struct Row {
    /// Proportional set size of all, in KiB.
    memory: u64,
    /// Wake-ups of one session for one tick.
    wakes: f64,
    /// From the tick's command until the last session shows it.
    last: Duration,
}

/// A document with a journal that several processes write.
struct Shared<'a> {
    kouan: &'a Path,
    files: &'a Files,
    journal: String,
}

impl<'a> Shared<'a> {
    /// Begins a journal with one tick, so that all sessions follow the same file.
    fn new(kouan: &'a Path, files: &'a Files) -> Self {
        let journal = files.folder.join("many.yaml");
        let _ = fs::remove_file(&journal);
        let journal = journal.display().to_string();
        let shared = Self {
            kouan,
            files,
            journal,
        };
        shared.tick("check");
        shared
    }

    fn args(&self) -> [String; 4] {
        let document = self.files.path("kouan.yaml");
        let journal = self.journal.clone();
        ["--document".into(), document, "--journal".into(), journal]
    }

    /// Runs `check` or `uncheck` as a colleague.
    fn tick(&self, word: &str) {
        let mut command = Command::new(self.kouan);
        command.args(self.args()).args([word, "1.1"]).env_clear();
        command
            .envs(environment(&self.files.folder))
            .env("KOUAN_BY", "lisi");
        assert!(command.output().expect("the program").status.success());
    }

    fn session(&self) -> Session {
        let mut command = CommandBuilder::new(self.kouan);
        command.args(self.args());
        command.env_clear();
        for (name, value) in environment(&self.files.folder) {
            command.env(name, value);
        }
        let mut session = Session::start(command, SIZE);
        session.first_frame(MARKER);
        session
    }
}

fn measure(kouan: &Path, files: &Files, count: u32, runs: usize) -> Row {
    let shared = Shared::new(kouan, files);
    let mut sessions: Vec<Session> = (0..count).map(|_| shared.session()).collect();
    for session in &mut sessions {
        session.rest(Duration::from_millis(50));
    }
    let memory = sessions
        .iter()
        .map(|s| process::proportional(s.pid()))
        .sum();
    let sleeps = |all: &[Session]| {
        all.iter()
            .map(|s| process::usage(s.pid()).sleeps)
            .sum::<u64>()
    };
    let before = sleeps(&sessions);
    let times: Vec<Duration> = (0..runs)
        .map(|turn| {
            let start = Instant::now();
            shared.tick(["uncheck", "check"][turn % 2]);
            let shown = sessions.iter_mut().map(|s| s.next_byte().unwrap_or(start));
            let last = shown.max().unwrap_or(start);
            for session in &mut sessions {
                session.rest(Duration::from_millis(20));
            }
            last - start
        })
        .collect();
    let woken = sleeps(&sessions) - before;
    sessions.into_iter().for_each(Session::end);
    let ticks = u32::try_from(runs).unwrap_or(1).max(1);
    Row {
        memory,
        wakes: ratio(woken) / f64::from(count * ticks),
        last: median(&times),
    }
}

/// What a person does, a key each: moves, ticks, opens, searches, looks at other screens, undoes.
const KEYS: [&str; 30] = [
    "j", "j", " ", "j", "\r", "\x1b", "k", "/", "通", "关", "\x1b", "j", "?", "\x1b", "u", "t",
    "\x1b", "j", "D", "\x1b", " ", "j", "c", "\x1b", "j", "m", "\x1b", "y", "\x1b", "j",
];

/// Prints a session's memory before and after an hour's keys, one a second, with a colleague's tick
/// every ten seconds; in fast motion.
pub(crate) fn hour(kouan: &Path, files: &Files) {
    let shared = Shared::new(kouan, files);
    let mut session = shared.session();
    let memory = |session: &Session| {
        let pid = session.pid();
        let [all, own] = [process::proportional(pid), process::anonymous(pid)].map(mebibytes);
        format!("{all:.1} MiB ({own:.1} of its own)")
    };
    let before = memory(&session);
    for second in 0..3_600 {
        session.keys(KEYS[second % KEYS.len()]);
        if second % 10 == 5 {
            shared.tick(["uncheck", "check"][second / 10 % 2]);
        }
    }
    session.rest(Duration::from_millis(100));
    println!(
        "\nAn hour's keys: {before} before, {} after",
        memory(&session)
    );
    session.end();
}

fn mebibytes(kibibytes: u64) -> f64 {
    ratio(kibibytes) / 1024.0
}

fn ratio(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
