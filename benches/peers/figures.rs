//! Measurements of one program on one file, and their medians.

use crate::{
    data::Files,
    process,
    programs::Program,
    pty::{Answer, Session},
};
use std::{path::Path, time::Duration};

/// Columns and rows of all measurements.
const SIZE: (u16, u16) = (120, 40);
/// The size after a resize.
const OTHER: (u16, u16) = (100, 30);
/// Single keys in each run.
const KEYS: usize = 5;
/// Time for a program to index before keystrokes are timed.
const INDEXING: Duration = Duration::from_secs(2);

/// The measurements of one program on one file, one value per run.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    pub(crate) first: Vec<Answer>,
    pub(crate) key: Vec<Answer>,
    pub(crate) flood: Vec<Answer>,
    pub(crate) resize: Vec<Answer>,
    pub(crate) peak: Vec<u64>,
    pub(crate) search: Vec<Answer>,
    /// Peak memory after a search.
    pub(crate) searched: u64,
    pub(crate) idle: Option<Idle>,
}

/// Ten idle seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Idle {
    pub(crate) wakes: u64,
    pub(crate) cpu: Duration,
    pub(crate) bytes: usize,
}

/// Measures a program once, from its start.
pub(crate) fn run(program: &Program, kouan: &Path, files: &Files, figures: &mut Figures) {
    let mut session = Session::start(program.command(kouan, files), SIZE);
    figures.first.push(session.first_frame(program.marker));
    figures.peak.push(process::usage(session.pid()).peak);
    get_ready(&mut session, program);
    for _ in 0..KEYS {
        figures.key.extend(session.keys(program.next));
    }
    figures.flood.extend(session.keys(&program.next.repeat(30)));
    figures.resize.extend(session.resize(OTHER));
    session.end();
}

fn get_ready(session: &mut Session, program: &Program) {
    if !program.ready.is_empty() {
        session.keys(program.ready);
    }
}

/// Types a search several times, a letter and back.
pub(crate) fn search(
    program: &Program,
    kouan: &Path,
    files: &Files,
    runs: usize,
    figures: &mut Figures,
) {
    let Some(begin) = program.search else { return };
    let mut session = Session::start(program.command(kouan, files), SIZE);
    session.first_frame(program.marker);
    get_ready(&mut session, program);
    if !begin.is_empty() {
        session.keys(begin);
    }
    session.keys("通");
    session.rest(INDEXING);
    for _ in 0..runs {
        figures.search.extend(session.keys("关"));
        session.keys("\x7f");
    }
    figures.searched = process::usage(session.pid()).peak;
    session.end();
}

/// Lets all programs idle side by side.
pub(crate) fn idle(
    programs: &[&Program],
    kouan: &Path,
    files: &Files,
    time: Duration,
) -> Vec<Idle> {
    let start = |program: &&Program| {
        let mut session = Session::start(program.command(kouan, files), SIZE);
        session.first_frame(program.marker);
        get_ready(&mut session, program);
        session.rest(Duration::from_millis(500));
        session
    };
    let mut sessions: Vec<Session> = programs.iter().map(start).collect();
    // Activity during the others' start does not count.
    for session in &mut sessions {
        session.rest(Duration::from_millis(50));
    }
    let before: Vec<_> = sessions.iter().map(|s| process::usage(s.pid())).collect();
    std::thread::sleep(time);
    let after: Vec<_> = sessions.iter().map(|s| process::usage(s.pid())).collect();
    let bytes: Vec<usize> = sessions
        .iter_mut()
        .map(|s| s.rest(Duration::ZERO))
        .collect();
    sessions.into_iter().for_each(Session::end);
    before
        .iter()
        .zip(&after)
        .zip(bytes)
        .map(|((before, after), bytes)| Idle {
            // Counts of threads and children that have ended since are gone.
            wakes: after.sleeps.saturating_sub(before.sleeps),
            cpu: Duration::from_nanos(after.cpu.saturating_sub(before.cpu)),
            bytes,
        })
        .collect()
}

/// Returns the median.
pub(crate) fn median<T: Copy + Ord + Default>(values: &[T]) -> T {
    let mut values = values.to_vec();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
