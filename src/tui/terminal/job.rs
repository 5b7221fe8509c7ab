//! Job control: kouan's job stops as a whole, and only if somebody can continue it; an editor is a
//! job of its own that gets the terminal.

use nix::sys::signal::{SigSet, Signal as Blocked};
use rustix::{
    process::{Pid, Signal, getpgid, getpgrp, getpid, getppid, getsid, kill_process_group},
    termios::{tcgetpgrp, tcsetpgrp},
};
use std::{fs, os::fd::BorrowedFd};

/// Gives the terminal to a process group.
pub fn give(terminal: BorrowedFd<'_>, group: Pid) {
    let mut background = SigSet::empty();
    background.add(Blocked::SIGTTOU);
    // A background process may do this only while the signal is blocked. If the terminal is not the
    // controlling one, nobody can be stopped by it either.
    let _ = background.thread_block();
    let _ = tcsetpgrp(terminal, group);
    let _ = background.thread_unblock();
}

/// Takes the terminal back for this process group.
pub fn take_back(terminal: BorrowedFd<'_>) {
    give(terminal, getpgrp());
}

/// Stops this process group, like Ctrl-Z, until it is continued in the foreground. Returns false at
/// once if no shell would be notified, since nothing could continue it.
pub fn stop(terminal: BorrowedFd<'_>) -> bool {
    if !has_shell() {
        return false;
    }
    loop {
        // The whole group, since the shell may be waiting for the program that started kouan.
        let _ = kill_process_group(getpgrp(), Signal::STOP);
        // In the background it would take the terminal from the shell.
        if tcgetpgrp(terminal).map_or(true, |group| group == getpgrp()) {
            return true;
        }
    }
}

/// Returns whether a process of this session outside the group started one within it; otherwise the
/// kernel considers the group orphaned, and Ctrl-Z does not stop it.
fn has_shell() -> bool {
    let Some(own) = Family::of(getpid()) else {
        return false;
    };
    let mut next = own.parent;
    while let Some(above) = next.and_then(Family::of) {
        if above.session != own.session {
            break;
        }
        if above.group != own.group {
            return true;
        }
        next = above.parent;
    }
    false
}

/// Where a process belongs.
struct Family {
    /// Of this process always, of others where proc(5) tells.
    parent: Option<Pid>,
    group: Pid,
    session: Pid,
}

impl Family {
    fn of(pid: Pid) -> Option<Self> {
        Some(Self {
            parent: if pid == getpid() {
                getppid()
            } else {
                parent(pid)
            },
            group: getpgid(Some(pid)).ok()?,
            session: getsid(Some(pid)).ok()?,
        })
    }
}

fn parent(pid: Pid) -> Option<Pid> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    // `1234 (name) S 1 1234 1234 …`; the name may contain brackets and blanks.
    let (_, rest) = stat.rsplit_once(')')?;
    Pid::from_raw(rest.split_whitespace().nth(1)?.parse().ok()?)
}
