//! Running git, as it is installed. May use: `sync::error`.

use super::SyncError;
use std::{
    ffi::OsStr,
    fs::File,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// Who commits in the clone; commits of anybody else were made by hand.
const NAME: &str = "kouan";
const MAIL: &str = "kouan@localhost";

/// The private clone.
pub(super) struct Git {
    clone: PathBuf,
}

/// Makes a clone in which nothing is converted and no link is made.
pub(super) fn clone(url: &str, into: &Path) -> Result<(), SyncError> {
    let mut git = command();
    git.args(["clone", "--quiet", "-c", "core.symlinks=false"]);
    git.args(["-c", "core.autocrlf=false", "--", url]).arg(into);
    match run(git)? {
        output if output.status.success() => Ok(()),
        output => Err(SyncError::Unreachable {
            url: url.to_owned(),
            said: said(&output),
        }),
    }
}

impl Git {
    pub(super) fn new(clone: &Path) -> Self {
        Self {
            clone: clone.to_owned(),
        }
    }

    /// Returns the address of the shared repository.
    pub(super) fn origin(&self) -> Result<String, SyncError> {
        self.tell(["remote", "get-url", "origin"])
    }

    /// Checks that there is a clone, and that nobody is in the middle of something in it.
    pub(super) fn check(&self) -> Result<(), SyncError> {
        let git = self.clone.join(".git");
        if !git.exists() {
            let clone = self.clone.clone();
            return Err(SyncError::NoClone { clone });
        }
        let signs = [
            "MERGE_HEAD",
            "CHERRY_PICK_HEAD",
            "REVERT_HEAD",
            "rebase-merge",
            "rebase-apply",
        ];
        let under_way = signs.iter().any(|sign| git.join(sign).exists());
        if under_way || !self.tell(["ls-files", "--unmerged"])?.is_empty() {
            let clone = self.clone.clone();
            return Err(SyncError::Unfinished { clone });
        }
        Ok(())
    }

    /// Keeps other syncs out of the clone until the file is dropped.
    pub(super) fn lock(&self) -> Result<File, SyncError> {
        let path = self.clone.join(".git/kouan.lock");
        let lock = File::create(&path).and_then(|file| file.lock().map(|()| file));
        lock.map_err(super::io_error(&path))
    }

    pub(super) fn fetch(&self) -> Result<(), SyncError> {
        let output = self.run(["fetch", "--quiet", "--prune", "origin"])?;
        if output.status.success() {
            return Ok(());
        }
        Err(SyncError::Unreachable {
            url: self.origin()?,
            said: said(&output),
        })
    }

    /// Puts the clone where the shared repository is, and returns the commit; empty where that has
    /// none. Whatever an earlier sync could not push is in the live journals.
    pub(super) fn move_to_origin(&self) -> Result<String, SyncError> {
        let branch = format!("origin/{}", self.branch()?);
        let there = self.run(["rev-parse", "--verify", "--quiet", &branch])?;
        if !there.status.success() {
            self.refuse_work_by_hand("HEAD")?;
            return Ok(String::new());
        }
        self.refuse_work_by_hand(&format!("{branch}..HEAD"))?;
        self.tell(["reset", "--quiet", "--hard", &branch])?;
        Ok(String::from_utf8_lossy(&there.stdout).trim().to_owned())
    }

    fn refuse_work_by_hand(&self, commits: &str) -> Result<(), SyncError> {
        let head = self.run(["rev-parse", "--verify", "--quiet", "HEAD"])?;
        if !head.status.success() {
            return Ok(());
        }
        let log = self.tell(["log", "--format=%ce %h %s", commits])?;
        let foreign = log.lines().find(|line| !line.starts_with(MAIL));
        match foreign.and_then(|line| line.split_once(' ')) {
            Some((_, commit)) => Err(SyncError::ByHand {
                clone: self.clone.clone(),
                commit: commit.to_owned(),
            }),
            None => Ok(()),
        }
    }

    /// Returns the branch that is shared: the one that the clone was made with, unless the
    /// repository, then empty, has others only.
    fn branch(&self) -> Result<String, SyncError> {
        let branch = self.tell(["symbolic-ref", "--short", "HEAD"])?;
        let format = "--format=%(refname:lstrip=3)";
        let there = self.tell(["for-each-ref", format, "refs/remotes/origin"])?;
        let mut others = there.lines().filter(|name| *name != "HEAD");
        if there.lines().any(|name| name == branch) {
            return Ok(branch);
        }
        let Some(other) = others.next() else {
            return Ok(branch);
        };
        self.tell(["symbolic-ref", "HEAD", &format!("refs/heads/{other}")])?;
        Ok(other.to_owned())
    }

    /// Commits what is new.
    pub(super) fn commit(&self) -> Result<(), SyncError> {
        for path in [".gitattributes", "progress/*.yaml", "documents/*.yaml"] {
            let pattern = format!(":(glob){path}");
            // A folder that is not there yet has nothing to add.
            if self.has(path)? {
                // The user may ignore such files elsewhere.
                self.tell(["add", "--force", "--", &pattern])?;
            }
        }
        let same = self.run(["diff", "--cached", "--quiet"])?;
        if !same.status.success() {
            self.tell(["commit", "--quiet", "--no-verify", "-m", "kouan sync"])?;
        }
        Ok(())
    }

    /// Tells whether the clone is at this commit, so that there is nothing to push.
    pub(super) fn is_at(&self, commit: &str) -> Result<bool, SyncError> {
        Ok(self.tell(["rev-parse", "HEAD"])? == commit)
    }

    fn has(&self, pattern: &str) -> Result<bool, SyncError> {
        match pattern.strip_suffix("/*.yaml") {
            Some(folder) => Ok(!super::names(&self.clone.join(folder))?.is_empty()),
            None => Ok(self.clone.join(pattern).exists()),
        }
    }

    /// Pushes; `false` where another machine got there first.
    pub(super) fn push(&self) -> Result<bool, SyncError> {
        let branch = self.branch()?;
        let to = format!("HEAD:refs/heads/{branch}");
        let output = self.run(["push", "--porcelain", "origin", &to])?;
        if output.status.success() {
            return Ok(true);
        }
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        match answer.lines().find(|line| line.starts_with('!')) {
            Some(line) if is_race(line) => Ok(false),
            Some(line) => Err(SyncError::Refused {
                said: format!("{} {}", line.trim_start_matches('!').trim(), said(&output)),
            }),
            None => Err(SyncError::Unreachable {
                url: self.origin()?,
                said: said(&output),
            }),
        }
    }

    /// Runs git in the clone, and returns what it prints.
    fn tell<const N: usize>(&self, args: [&str; N]) -> Result<String, SyncError> {
        let output = self.run(args)?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        Err(SyncError::Git {
            command: args.join(" "),
            said: said(&output),
        })
    }

    fn run<const N: usize>(&self, args: [&str; N]) -> Result<Output, SyncError> {
        let mut git = command();
        git.arg("-C").arg(&self.clone);
        // What the user set up for own commits is not for these.
        for setting in [
            "commit.gpgSign=false",
            "core.hooksPath=/dev/null",
            "gc.autoDetach=false",
        ] {
            git.args(["-c", setting]);
        }
        git.args(args);
        run(git)
    }
}

/// Tells whether a push failed because another came first: our place was old, or the two met.
fn is_race(line: &str) -> bool {
    let signs = [
        "fetch first",
        "non-fast-forward",
        "stale info",
        "cannot lock ref",
        "failed to update ref",
        "incorrect old value",
    ];
    signs.iter().any(|sign| line.contains(sign))
}

fn command() -> Command {
    let mut git = Command::new("git");
    for variable in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_NAMESPACE",
    ] {
        git.env_remove(variable);
    }
    for (role, value) in [("NAME", NAME), ("EMAIL", MAIL)] {
        git.env(format!("GIT_AUTHOR_{role}"), value);
        git.env(format!("GIT_COMMITTER_{role}"), value);
    }
    // Its answers are read.
    git.env("LC_ALL", "C");
    if !io::stdin().is_terminal() {
        git.env("GIT_TERMINAL_PROMPT", "0");
        if std::env::var_os("GIT_SSH_COMMAND").is_none() {
            git.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        }
    }
    git.stdin(Stdio::null());
    git
}

fn run(mut git: Command) -> Result<Output, SyncError> {
    git.output().map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => SyncError::NoGit,
        _ => SyncError::Git {
            command: git
                .get_args()
                .map(OsStr::to_string_lossy)
                .collect::<Vec<_>>()
                .join(" "),
            said: source.to_string(),
        },
    })
}

/// Returns what git said of an error, on one line.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("hint:"));
    lines.collect::<Vec<_>>().join("; ")
}
