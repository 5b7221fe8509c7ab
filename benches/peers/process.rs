//! Memory, wake-ups and time of a program and its children, from /proc. (A program may be a script
//! that starts another.)

use std::{fs, path::Path};

/// The figures of a program and its children so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// The greatest peak resident memory of a single process, in KiB.
    pub(crate) peak: u64,
    /// How often a thread went to sleep by itself, and so was woken.
    pub(crate) sleeps: u64,
    /// CPU time in nanoseconds.
    pub(crate) cpu: u64,
}

/// Inspects a process.
pub(crate) fn usage(pid: u32) -> Usage {
    let mut usage = Usage::default();
    let mut todo = vec![pid];
    while let Some(pid) = todo.pop() {
        let folder = format!("/proc/{pid}");
        let status = read(&folder, "status");
        usage.peak = usage.peak.max(field(&status, "VmHWM:"));
        let Ok(threads) = fs::read_dir(format!("{folder}/task")) else {
            continue;
        };
        for thread in threads.flatten().map(|t| t.path()) {
            usage.sleeps += field(&read(&thread, "status"), "voluntary_ctxt_switches:");
            usage.cpu += first(&read(&thread, "schedstat"));
            let children = read(&thread, "children");
            todo.extend(
                children
                    .split_whitespace()
                    .filter_map(|c| c.parse::<u32>().ok()),
            );
        }
    }
    usage
}

/// Returns the proportional set size of a process, in KiB: shared pages count by their share.
pub(crate) fn proportional(pid: u32) -> u64 {
    field(&read(format!("/proc/{pid}"), "smaps_rollup"), "Pss:")
}

/// Returns the memory of a process that no file backs, in KiB.
pub(crate) fn anonymous(pid: u32) -> u64 {
    field(&read(format!("/proc/{pid}"), "smaps_rollup"), "Anonymous:")
}

fn read(folder: impl AsRef<Path>, name: &str) -> String {
    fs::read_to_string(folder.as_ref().join(name)).unwrap_or_default()
}

fn field(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|l| l.strip_prefix(name));
    first(line.unwrap_or_default())
}

fn first(text: &str) -> u64 {
    let word = text.split_whitespace().next();
    word.and_then(|w| w.parse().ok()).unwrap_or(0)
}
