//! Commands killed before any of their system calls: what was saved is there, existing files are
//! intact, and the command can be run again.
//!
//! A sample of the calls; with `KOUAN_CI` up to 160 of each command, over 700 in total.

use crate::command::Home;
use nix::{
    sys::{
        ptrace::{self, Event, Options},
        signal::{Signal, kill},
        wait::{WaitPidFlag, WaitStatus, waitpid},
    },
    unistd::Pid,
};
use std::{
    fs,
    io::Read as _,
    path::Path,
    process::{Command, Stdio},
};

/// The most calls before which a command is killed, normally and with `KOUAN_CI`.
const SAMPLE: usize = 25;
const WHOLE: usize = 160;

/// Runs a command and kills it before its nth system call. Returns the number of calls and its
/// output.
fn killed(command: &Command, nth: usize) -> (usize, String) {
    let mut stopped = Command::new("sh");
    stopped.args(["-c", "kill -STOP $$; exec \"$0\" \"$@\""]);
    stopped.arg(command.get_program()).args(command.get_args());
    stopped.env_clear();
    stopped.envs(command.get_envs().filter_map(|(k, v)| Some((k, v?))));
    stopped
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = stopped.spawn().unwrap();
    let pid = Pid::from_raw(child.id().try_into().unwrap());
    waitpid(pid, Some(WaitPidFlag::WUNTRACED)).unwrap();
    ptrace::attach(pid).unwrap();
    waitpid(pid, None).unwrap();
    let options = Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_TRACEEXEC;
    ptrace::setoptions(pid, options | Options::PTRACE_O_EXITKILL).unwrap();
    kill(pid, Signal::SIGCONT).unwrap();
    let calls = step(pid, nth);
    let mut printed = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut printed)
        .unwrap();
    // It was already waited for.
    let _ = child.wait();
    (calls, printed)
}

/// Resumes a traced process until its nth system call or its end.
fn step(pid: Pid, nth: usize) -> usize {
    let (mut calls, mut is_begun, mut is_inside, mut pass) = (0, false, false, None);
    loop {
        let on = if is_begun {
            ptrace::syscall
        } else {
            ptrace::cont
        };
        on(pid, pass.take()).unwrap();
        match waitpid(pid, None).unwrap() {
            WaitStatus::PtraceEvent(_, _, event) if event == Event::PTRACE_EVENT_EXEC as i32 => {
                (is_begun, is_inside) = (true, true);
            }
            WaitStatus::PtraceSyscall(_) => {
                is_inside = !is_inside;
                calls += usize::from(is_inside);
                if is_inside && calls == nth {
                    kill(pid, Signal::SIGKILL).unwrap();
                    waitpid(pid, None).unwrap();
                    return calls;
                }
            }
            WaitStatus::Stopped(_, Signal::SIGSTOP | Signal::SIGTRAP) => {}
            WaitStatus::Stopped(_, signal) => pass = Some(signal),
            WaitStatus::Exited(..) | WaitStatus::Signaled(..) => return calls,
            _ => {}
        }
    }
}

/// A command that changes a file.
struct Case<'a> {
    /// Separated by blanks; `~` is the home.
    words: &'a str,
    /// The file within the home.
    file: &'a str,
    /// Whether it is a journal, which only grows; otherwise it is either unchanged or final.
    grows: bool,
    /// The command whose output is compared.
    state: &'a str,
}

impl Case<'_> {
    /// Kills the command at every sampled call, each time in a copy of the home.
    fn survives(&self, home: &Home, settle: impl Fn(&Home)) {
        let start = || {
            let copy = home.copy();
            settle(&copy);
            copy
        };
        let before = fs::read(home.path(self.file)).unwrap_or_default();
        let done = start();
        let words = |home: &Home| self.words.replace('~', home.path("").to_str().unwrap());
        let command = |home: &Home| home.kouan(&words(home)).into_command();
        let (total, printed) = killed(&command(&done), usize::MAX);
        assert!(total > 50, "{}: {total} calls, {printed}", self.words);
        let after = fs::read(done.path(self.file)).unwrap();
        assert_ne!(after, before, "{}", self.words);
        let state = done.kouan(self.state).quiet();
        let most = std::env::var_os("KOUAN_CI").map_or(SAMPLE, |_| WHOLE);
        let every = total.div_ceil(most);
        for nth in (1..=total).step_by(every) {
            let home = start();
            let what = format!("{} killed before call {nth} of {total}", self.words);
            let (_, printed) = killed(&command(&home), nth);
            let now = fs::read(home.path(self.file)).unwrap_or_default();
            if self.grows {
                assert!(now.starts_with(&before), "{what}");
                let is_saved = now.len() == after.len() && now.ends_with(b"\n");
                assert!(printed.is_empty() || is_saved, "{what}: {printed}");
            } else {
                assert!(now == before || now == after, "{what}");
            }
            let again = home.kouan(&words(&home)).run();
            assert_eq!(again.code, Some(0), "{what}: {again:?}");
            assert_eq!(home.kouan(self.state).quiet(), state, "{what}");
            let last = fs::read(home.path(self.file)).unwrap();
            let lines = |text: &[u8]| text.split(|b| *b == b'\n').count();
            assert_eq!(lines(&last), lines(&after), "{what}: each line once");
            assert_eq!(leftovers(&home.path("")), [""; 0], "{what}");
        }
    }
}

/// Returns the names of unfinished files in a folder tree.
fn leftovers(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() && name != ".git" {
            found.extend(leftovers(&entry.path()));
        } else if name.starts_with(".kouan-") || name.starts_with(".tmp") {
            found.push(name);
        }
    }
    found
}

/// A home with some progress, a filled-in ledger, and a revision.
fn worked_on() -> Home {
    let home = Home::new();
    home.kouan("check 1.1 2.1").quiet();
    home.kouan("set 16.3 --owner 李四 --remark 等待").quiet();
    let text = include_str!("../fixtures/carry/final.txt");
    let text = home.write("final.txt", text);
    assert_eq!(
        home.kouan("import --id final").arg(text).run().code,
        Some(0)
    );
    home.kouan("export --lang zh-CN -o")
        .arg(home.path("out.csv"))
        .run();
    home
}

#[test]
fn a_change_that_was_printed_is_saved() {
    let home = worked_on();
    let journal = "data/progress/tianjin-2025.yaml";
    let case = |words| Case {
        words,
        file: journal,
        grows: true,
        state: "list",
    };
    case("set 16.3 --status done --due 2026-12-31").survives(&home, |_| ());
    // The very first change creates the file and its folder.
    case("check 16.3").survives(&Home::new(), |_| ());
}

#[test]
fn a_ledger_is_merged_whole_or_not_at_all() {
    let home = worked_on();
    let text = fs::read_to_string(home.path("out.csv")).unwrap();
    fs::write(home.path("out.csv"), text.replace("未启动", "推进中")).unwrap();
    let case = Case {
        words: "--document tianjin-2025 merge ~out.csv",
        file: "data/progress/tianjin-2025.yaml",
        grows: true,
        state: "list",
    };
    case.survives(&home, |_| ());
}

#[test]
fn progress_is_carried_whole_or_not_at_all() {
    let case = Case {
        words: "carry tianjin-2025 final",
        file: "data/progress/final.yaml",
        grows: true,
        state: "--document final list",
    };
    case.survives(&worked_on(), |_| ());
}

#[test]
fn an_export_is_the_old_file_or_the_new_one() {
    let home = worked_on();
    home.kouan("check 3.1").quiet();
    let case = Case {
        words: "export --lang zh-CN -o ~out.csv",
        file: "out.csv",
        grows: false,
        state: "list",
    };
    case.survives(&home, |_| ());
}

#[test]
fn a_document_is_imported_whole_or_not_at_all() {
    let home = worked_on();
    let case = Case {
        words: "import --id other ~final.txt",
        file: "data/documents/other.yaml",
        grows: false,
        state: "--document other list",
    };
    case.survives(&home, |_| ());
}

#[test]
fn a_sync_loses_nothing_here() {
    let home = Home::new();
    let git = |home: &Home, args: &[&str]| {
        let mut git = Command::new("git");
        assert!(
            git.current_dir(home.path(""))
                .args(args)
                .status()
                .unwrap()
                .success()
        );
    };
    git(&home, &["init", "--quiet", "--bare", "shared.git"]);
    let colleague = Home::new();
    let url = home.path("shared.git").to_str().unwrap().to_owned();
    colleague.kouan("check 5.2 --by lisi").quiet();
    let init = |home: &Home| home.kouan("sync --init").arg(&url).run();
    assert_eq!(init(&colleague).code, Some(0));
    home.kouan("check 1.1").quiet();
    home.kouan("--document tianjin-2025 check 2.1").quiet();
    assert_eq!(init(&home).code, Some(0));
    colleague.kouan("set 5.2 --owner 王五 --by lisi").quiet();
    assert_eq!(colleague.kouan("sync").run().code, Some(0));
    home.kouan("check 3.1").quiet();
    let case = Case {
        words: "sync",
        file: "data/progress/tianjin-2025.yaml",
        grows: true,
        state: "list",
    };
    case.survives(&home, |copy| {
        let url = copy.path("shared.git");
        let clone = copy.path("data/sync");
        let (clone, url) = (clone.to_str().unwrap(), url.to_str().unwrap());
        git(copy, &["-C", clone, "remote", "set-url", "origin", url]);
    });
}
