//! The programs: how each is started, and its keys.

use crate::data::Files;
use portable_pty::CommandBuilder;
use std::path::{Path, PathBuf};

/// A program with a screen.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    /// Program and arguments; `{folder}` is the files' folder.
    command: &'static [&'static str],
    /// The key for the next item.
    pub(crate) next: &'static str,
    /// The keys that begin an incremental search, if it has one.
    pub(crate) search: Option<&'static str>,
    /// Shown by its first frame.
    pub(crate) marker: &'static str,
    /// Keys that close what it opens with.
    pub(crate) ready: &'static str,
    /// It takes seconds, so a quarter of the runs must do.
    pub(crate) slow: bool,
}

/// The title of the first chapter; a list without chapters shows its first clause.
pub(crate) const MARKER: &str = "进一步强化政策供给";
const FIRST: &str = "根据企业需求";

const PROGRAMS: &[Program] = &[
    Program {
        name: "kouan",
        command: &["{kouan}", "--document", "{folder}/kouan.yaml"],
        next: "\x1b[B",
        search: Some("/"),
        marker: MARKER,
        ready: "",
        slow: false,
    },
    Program {
        name: "kouan after 20k changes",
        command: &[
            "{kouan}",
            "--document",
            "{folder}/kouan.yaml",
            "--journal",
            "{folder}/long.yaml",
        ],
        next: "\x1b[B",
        search: Some("/"),
        marker: MARKER,
        ready: "",
        slow: false,
    },
    Program {
        name: "hnb",
        command: &["hnb", "{folder}/hnb.hnb"],
        next: "\x1bOB",
        search: None,
        marker: MARKER,
        ready: "",
        slow: false,
    },
    Program {
        name: "tudu",
        command: &["tudu", "-f", "{folder}/tudu.xml"],
        next: "j",
        search: None,
        marker: MARKER,
        ready: "",
        slow: false,
    },
    Program {
        name: "vim",
        command: &[
            "vim",
            "-n",
            "--clean",
            "-c",
            "set incsearch",
            "{folder}/plain.txt",
        ],
        next: "j",
        search: Some("/"),
        marker: MARKER,
        ready: "",
        slow: false,
    },
    Program {
        name: "fzf",
        command: &["sh", "-c", "exec fzf --no-mouse <'{folder}/plain.txt'"],
        next: "\x10",
        search: Some(""),
        marker: MARKER,
        ready: "",
        slow: false,
    },
    Program {
        name: "emacs",
        command: &[
            "emacs",
            "-nw",
            "-Q",
            "--eval",
            "(setq large-file-warning-threshold nil)",
            "{folder}/org.org",
        ],
        next: "\x0e",
        search: Some("\x13"),
        marker: MARKER,
        ready: "",
        slow: true,
    },
    Program {
        name: "dooit",
        command: &["dooit", "--db", "{folder}/dooit.db"],
        next: "j",
        search: None,
        // It cuts titles short.
        marker: "进一步强化政",
        ready: "",
        slow: true,
    },
    Program {
        name: "taskwarrior-tui",
        command: &["taskwarrior-tui"],
        next: "j",
        search: Some("/"),
        marker: FIRST,
        // It warns of a taskwarrior before version 3, which few systems have.
        ready: "\x1b",
        slow: true,
    },
    Program {
        name: "checklist-tui",
        command: &["checklist", "--config-dir", "{folder}/checklist"],
        next: "j",
        search: None,
        marker: FIRST,
        ready: "",
        slow: false,
    },
];

/// Returns the installed programs.
pub(crate) fn present(kouan: &Path) -> Vec<&'static Program> {
    let is_there = |p: &&Program| p.binary(kouan).is_some();
    let (there, missing): (Vec<_>, Vec<_>) = PROGRAMS.iter().partition(is_there);
    for program in missing {
        eprintln!("{} is not installed: left out", program.name);
    }
    there
}

impl Program {
    /// Returns the program's file.
    pub(crate) fn binary(&self, kouan: &Path) -> Option<PathBuf> {
        match self.command[0] {
            "{kouan}" => Some(kouan.to_owned()),
            "sh" => which(self.name),
            name => which(name),
        }
    }

    /// Returns the command for these files, with a home of its own.
    pub(crate) fn command(&self, kouan: &Path, files: &Files) -> CommandBuilder {
        files.tidy();
        let folder = files.folder.display().to_string();
        let kouan = kouan.display().to_string();
        let fill = |arg: &&str| arg.replace("{folder}", &folder).replace("{kouan}", &kouan);
        let args: Vec<String> = self.command.iter().map(fill).collect();
        let mut command = CommandBuilder::new(&args[0]);
        command.args(&args[1..]);
        command.env_clear();
        command.cwd(&files.folder);
        for (name, value) in environment(&files.folder) {
            command.env(name, value);
        }
        command
    }
}

/// Returns the environment of all programs.
pub(crate) fn environment(folder: &Path) -> Vec<(&'static str, String)> {
    let folder = folder.display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    vec![
        ("HOME", folder.clone()),
        ("PATH", path),
        ("TERM", "xterm-256color".to_owned()),
        ("LANG", "C.UTF-8".to_owned()),
        ("LC_ALL", "C.UTF-8".to_owned()),
        ("SHELL", "/bin/sh".to_owned()),
        ("TASKDATA", format!("{folder}/task")),
        ("TASKRC", format!("{folder}/taskrc")),
    ]
}

/// Returns the file of a command on the path, with links resolved.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path).map(|folder| folder.join(name));
    found
        .filter(|p| p.is_file())
        .find_map(|p| p.canonicalize().ok())
}
