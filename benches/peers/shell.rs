//! Marking a clause from the shell: a process that starts, reads, writes, syncs and ends; beside
//! the disk's own time (`dd … conv=notrunc,fsync`).

use crate::{
    data::{Files, journal},
    figures::median,
    programs::{environment, which},
};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Changes in a long journal.
const LONG: usize = 10_000;

/// The measurements on one number of clauses.
pub(crate) struct Marks {
    pub(crate) dd: Duration,
    pub(crate) kouan: Duration,
    /// With a journal of 10,000 changes; only for 42 clauses.
    pub(crate) long: Option<Duration>,
    pub(crate) task: Option<Duration>,
}

/// One way of marking a clause repeatedly.
struct Way {
    command: Vec<String>,
    /// Alternating values for `{}`.
    words: [&'static str; 2],
    times: Vec<Duration>,
}

impl Way {
    fn new(command: &[&str], words: [&'static str; 2]) -> Self {
        let command = command.iter().map(|c| (*c).to_owned()).collect();
        Self {
            command,
            words,
            times: Vec::new(),
        }
    }

    fn run(&mut self, folder: &Path, turn: usize) {
        let word = self.words[turn % 2];
        // A finished task can't be done again, so each turn takes another.
        let nth = (turn + 1).to_string();
        let args = self
            .command
            .iter()
            .map(|c| c.replace("{}", word).replace("{n}", &nth));
        let args: Vec<String> = args.collect();
        let mut command = Command::new(&args[0]);
        command.args(&args[1..]).current_dir(folder).env_clear();
        command.envs(environment(folder));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status().expect("the program");
        self.times.push(start.elapsed());
        assert!(status.success(), "{args:?}: {status}");
    }
}

/// Measures them alternately, so that conditions are the same for all.
pub(crate) fn marks(kouan: &Path, files: &Files, runs: usize) -> Marks {
    let write = |name: &str, changes| {
        fs::write(files.folder.join(name), journal(files.clauses, changes)).expect("a journal");
        files.path(name)
    };
    let input = format!("if={}", write("line", 1));
    let out = format!("of={}", files.path("dd"));
    let mut ways = vec![Way::new(
        &[
            "dd",
            &input,
            &out,
            "bs=4096",
            "oflag=append",
            "conv=notrunc,fsync",
        ],
        ["", ""],
    )];
    let kouan = kouan.display().to_string();
    let document = files.path("kouan.yaml");
    let long = files.clauses < 100;
    // One with changes in the journal; in a long document, one in the middle.
    let measure = if long { 1 } else { files.clauses / 4 };
    let clause = format!("{measure}.1");
    let mut mark = |changes: usize| {
        let path = write(&format!("journal-{changes}.yaml"), changes);
        let args = [
            &kouan,
            "--document",
            &document,
            "--journal",
            &path,
            "{}",
            &clause,
        ];
        ways.push(Way::new(&args, ["check", "uncheck"]));
    };
    mark(10);
    if long {
        mark(LONG);
    }
    let task = which("task").is_some();
    if task {
        ways.push(Way::new(&["task", "{n}", "done"], ["", ""]));
    }
    // The first is a warm-up.
    for turn in 0..=runs {
        for way in &mut ways {
            way.run(&files.folder, turn);
        }
    }
    let mut times = ways.iter().map(|w| median(&w.times[1..]));
    let mut next = || times.next().unwrap_or_default();
    Marks {
        dd: next(),
        kouan: next(),
        long: long.then(&mut next),
        task: task.then(&mut next),
    }
}
