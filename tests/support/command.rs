//! Runs the program in tests: with its own home, a stopped clock, and no environment.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The time of every command, unless a test sets another.
pub(crate) const NOW: &str = "2026-11-23T10:00:00+08:00";

/// A home of its own, deleted when the test ends.
pub(crate) struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Returns a copy of this home.
    pub(crate) fn copy(&self) -> Self {
        let copy = Self::new();
        let mut cp = Command::new("cp");
        cp.arg("-a").arg(self.path(".")).arg(copy.path(""));
        assert!(cp.status().unwrap().success());
        copy
    }

    /// Returns a path within the home.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns the journal of the built-in document.
    pub(crate) fn journal(&self) -> PathBuf {
        self.path("data/progress/tianjin-2025.yaml")
    }

    /// Writes a file in the home; returns its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Creates a pipe without a writer in the home; returns its path.
    pub(crate) fn pipe(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        assert!(
            Command::new("mkfifo")
                .arg(&path)
                .status()
                .unwrap()
                .success()
        );
        path
    }

    /// Prepares a command of words separated by blanks; [`Test::arg`] adds others.
    pub(crate) fn kouan(&self, words: &str) -> Test {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kouan"));
        command.env_clear().args(words.split_whitespace());
        surround(self.folder.path(), |name, value| {
            command.env(name, value);
        });
        Test {
            command,
            stdin: String::new(),
        }
    }
}

/// Sets the variables of every test.
pub(crate) fn surround(home: &Path, mut set: impl FnMut(&str, &str)) {
    set("PATH", &std::env::var("PATH").unwrap_or_default());
    set("HOME", home.to_str().unwrap());
    set("KOUAN_DATA_DIR", home.join("data").to_str().unwrap());
    set("KOUAN_CLOCK", NOW);
    set("KOUAN_BY", "zhangsan");
    set("KOUAN_SESSION", "test");
    // A rule, since small machines have no zone names.
    set("TZ", "CST-8");
    set("LANG", "en_US.UTF-8");
}

/// A command ready to run.
pub(crate) struct Test {
    command: Command,
    stdin: String,
}

impl Test {
    pub(crate) fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Adds words that are parted by blanks.
    pub(crate) fn args(mut self, words: &str) -> Self {
        self.command.args(words.split_whitespace());
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn stdin(mut self, text: &str) -> Self {
        text.clone_into(&mut self.stdin);
        self
    }

    /// Runs it to its end.
    pub(crate) fn run(mut self) -> Done {
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that reads no input may have ended already.
        let _ = child.stdin.take().unwrap().write_all(self.stdin.as_bytes());
        child.wait_with_output().unwrap().into()
    }

    /// Runs it, expecting exit 0 and an empty standard error; returns standard output.
    #[track_caller]
    pub(crate) fn quiet(self) -> String {
        let done = self.run();
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""), "{done:?}");
        done.stdout
    }

    /// Runs it, expecting exit 0; returns standard output.
    #[track_caller]
    pub(crate) fn works(self) -> String {
        let done = self.run();
        assert_eq!(done.code, Some(0), "{done:?}");
        done.stdout
    }

    /// Runs it, expecting this exit code and an empty standard output; returns standard error.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> String {
        let done = self.run();
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (Some(code), ""),
            "{done:?}"
        );
        assert!(!done.stderr.is_empty());
        done.stderr
    }

    /// Returns the command, for tests that run it themselves.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }
}

/// A finished command.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Parses JSON.
#[track_caller]
pub(crate) fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}
