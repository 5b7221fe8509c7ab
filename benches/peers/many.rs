//! Many sessions on one document: the cost of each, and how soon all show a tick made by one.

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

fn measure(kouan: &Path, files: &Files, count: u32, runs: usize) -> Row {
    let journal = files.folder.join("many.yaml");
    let _ = fs::remove_file(&journal);
    let args = |more: &[&str]| -> Vec<String> {
        let document = files.path("kouan.yaml");
        let journal = journal.display().to_string();
        let fixed = ["--document", &document, "--journal", &journal];
        fixed.iter().chain(more).map(|a| (*a).to_owned()).collect()
    };
    let tick = |word: &str| {
        let mut command = Command::new(kouan);
        command.args(args(&[word, "1.1"])).env_clear();
        command
            .envs(environment(&files.folder))
            .env("KOUAN_BY", "lisi");
        assert!(command.output().expect("the program").status.success());
    };
    // The journal exists before any session, so all follow the same file.
    tick("check");
    let mut sessions: Vec<Session> = (0..count)
        .map(|_| {
            let mut command = CommandBuilder::new(kouan);
            command.args(args(&[]));
            command.env_clear();
            for (name, value) in environment(&files.folder) {
                command.env(name, value);
            }
            let mut session = Session::start(command, SIZE);
            session.first_frame(MARKER);
            session
        })
        .collect();
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
            tick(["uncheck", "check"][turn % 2]);
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

fn mebibytes(kibibytes: u64) -> f64 {
    ratio(kibibytes) / 1024.0
}

fn ratio(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
