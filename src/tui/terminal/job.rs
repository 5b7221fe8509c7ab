//! Job control: kouan's job stops as a whole, and only if somebody can continue it; an editor is a
//! job of its own that gets the terminal.

// nix, because rustix takes no process group or session with the ID 0. That is what the kernel
// reports of one outside the PID namespace, as of a container that was entered (pid_namespaces(7)).
use nix::{
    sys::signal::{SigSet, Signal, killpg},
    unistd::{Pid, getpgid, getpgrp, getpid, getppid, getsid, setpgid, tcgetpgrp, tcsetpgrp},
};
use std::{fs, os::fd::BorrowedFd};

/// The ID reported for a process, group or session outside the PID namespace.
const OUTSIDE: Pid = Pid::from_raw(0);

/// The ID that means the calling process in setpgid(2).
const SELF: Pid = Pid::from_raw(0);

/// Gives the terminal to a process group.
pub fn give(terminal: BorrowedFd<'_>, group: Pid) {
    let mut background = SigSet::empty();
    background.add(Signal::SIGTTOU);
    // A background process may do this only while the signal is blocked. If the terminal is not the
    // controlling one, nobody can be stopped by it either.
    let _ = background.thread_block();
    let _ = tcsetpgrp(terminal, group);
    let _ = background.thread_unblock();
}

/// Takes the terminal back for this process group.
pub fn take_back(terminal: BorrowedFd<'_>) {
    if getpgrp() == OUTSIDE {
        // The group cannot be named from here, so the terminal goes to a new one.
        let _ = setpgid(SELF, SELF);
    }
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
        let _ = killpg(getpgrp(), Signal::SIGSTOP);
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
                Some(getppid())
            } else {
                parent(pid)
            }
            .filter(|&parent| parent != OUTSIDE),
            group: getpgid(Some(pid)).ok()?,
            session: getsid(Some(pid)).ok()?,
        })
    }
}

fn parent(pid: Pid) -> Option<Pid> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // `1234 (name) S 1 1234 1234 …`; the name may contain brackets and blanks.
    let (_, rest) = stat.rsplit_once(')')?;
    Some(Pid::from_raw(rest.split_whitespace().nth(1)?.parse().ok()?))
}
