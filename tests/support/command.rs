//! One way to run the program in a test: its own home, a clock that stands still, no surroundings.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// When every command of a test happens, unless it says otherwise.
pub(crate) const NOW: &str = "2026-11-23T10:00:00+08:00";

/// A home of its own, gone when the test ends.
pub(crate) struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Returns a home like this one.
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

    /// Writes a file within the home and returns its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Makes a pipe within the home, which nobody writes to, and returns its path.
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

    /// Begins a command: the words are parted by blanks; more by [`Test::arg`].
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

/// Sets the variables that every test has.
pub(crate) fn surround(home: &Path, mut set: impl FnMut(&str, &str)) {
    set("PATH", &std::env::var("PATH").unwrap_or_default());
    set("HOME", home.to_str().unwrap());
    set("KOUAN_DATA_DIR", home.join("data").to_str().unwrap());
    set("KOUAN_CLOCK", NOW);
    set("KOUAN_BY", "zhangsan");
    set("KOUAN_SESSION", "test");
    // A rule, since a small machine has no zone names.
    set("TZ", "CST-8");
    set("LANG", "en_US.UTF-8");
}

/// A command about to run.
pub(crate) struct Test {
    command: Command,
    stdin: String,
}

impl Test {
    pub(crate) fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.arg(arg);
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

    /// Runs it, and expects exit 0 with nothing on standard error; returns standard output.
    #[track_caller]
    pub(crate) fn quiet(self) -> String {
        let done = self.run();
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""), "{done:?}");
        done.stdout
    }

    /// Runs it, and expects exit 0, whatever it says; returns standard output.
    #[track_caller]
    pub(crate) fn works(self) -> String {
        let done = self.run();
        assert_eq!(done.code, Some(0), "{done:?}");
        done.stdout
    }

    /// Runs it, and expects this exit code with nothing on standard output; returns standard error.
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

    /// Returns the command, for a test that runs it in its own way.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }
}

/// A command that has ended.
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

/// Returns JSON as a value.
#[track_caller]
pub(crate) fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}
