//! Runs the installed git.
//!
//! Files are read and written as git objects, and nothing is ever checked out: a repository's own
//! settings (attributes, filters, links, submodules, names that lead elsewhere) have no effect
//! here, and there is no index that a kill could leave locked.

use super::SyncError;
use std::{
    ffi::OsStr,
    fs::File,
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The committer's name in the clone.
const NAME: &str = "kouan";
const MAIL: &str = "kouan@localhost";

/// Settings that neither the user's config nor the clone's may change for our commands.
const SETTINGS: [&str; 7] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "fetch.recurseSubmodules=false",
    "commit.gpgSign=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "gc.autoDetach=false",
];

/// The private clone.
pub(super) struct Git {
    clone: PathBuf,
}

/// A name in a tree.
#[derive(Debug, Clone)]
pub(super) struct TreeEntry {
    /// Mode and type as git writes them: `100644 blob`.
    pub(super) kind: String,
    /// Its object id.
    pub(super) id: String,
    /// The bytes of a blob.
    pub(super) size: u64,
    /// Its name, which may be any bytes.
    pub(super) name: Vec<u8>,
}

impl TreeEntry {
    /// Returns the entry of a file.
    pub(super) fn file(name: &str, id: String) -> Self {
        Self::new("100644 blob", name, id)
    }

    /// Returns the entry of a folder.
    pub(super) fn folder(name: &str, id: String) -> Self {
        Self::new("040000 tree", name, id)
    }

    fn new(kind: &str, name: &str, id: String) -> Self {
        Self {
            kind: kind.to_owned(),
            id,
            size: 0,
            name: name.as_bytes().to_vec(),
        }
    }

    /// Returns whether it is a file, not a folder, link or submodule.
    pub(super) fn is_file(&self) -> bool {
        self.kind.starts_with("100") && self.kind.ends_with(" blob")
    }

    /// Returns whether it is a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.kind.ends_with(" tree")
    }

    /// Parses `100644 blob ID    SIZE<tab>NAME`.
    fn parse(line: &[u8]) -> Option<Self> {
        let tab = line.iter().position(|b| *b == b'\t')?;
        let (head, name) = (line.get(..tab)?, line.get(tab + 1..)?);
        let head = std::str::from_utf8(head).ok()?;
        let [mode, kind, id, size] = head.split_ascii_whitespace().collect::<Vec<_>>()[..] else {
            return None;
        };
        Some(Self {
            kind: format!("{mode} {kind}"),
            id: id.to_owned(),
            size: size.parse().unwrap_or(0),
            name: name.to_vec(),
        })
    }
}

/// Clones the objects, without hooks or files.
pub(super) fn clone(url: &str, into: &Path) -> Result<(), SyncError> {
    let mut git = command();
    git.args([
        "clone",
        "--quiet",
        "--no-checkout",
        "--no-tags",
        "--template=",
        "--origin=origin",
    ]);
    git.args(["--", url]).arg(into);
    match run(git, b"")? {
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

    /// Returns the address of the shared repository, which even a broken clone knows.
    pub(super) fn origin(&self) -> Result<String, SyncError> {
        let config = self.clone.join(".git/config");
        let config = config.to_string_lossy();
        self.tell(&["config", "--file", &config, "--get", "remote.origin.url"])
    }

    /// Checks that there is a clone, not reached through a colleague's link.
    pub(super) fn check(&self) -> Result<(), SyncError> {
        crate::files::follow(&self.clone).map_err(super::io_error(&self.clone))?;
        if self.clone.join(".git").exists() {
            return Ok(());
        }
        Err(SyncError::NoClone {
            clone: self.clone.clone(),
        })
    }

    /// Keeps other syncs out of the clone until the file is dropped.
    pub(super) fn lock(&self) -> Result<File, SyncError> {
        // Beside the clone, which may be made again.
        let path = self.clone.with_extension("lock");
        let lock = File::create(&path).and_then(|file| file.lock().map(|()| file));
        lock.map_err(super::io_error(&path))
    }

    pub(super) fn fetch(&self) -> Result<(), SyncError> {
        let all = "+refs/heads/*:refs/remotes/origin/*";
        let output = self.run(
            &["fetch", "--quiet", "--prune", "--no-tags", "origin", all],
            b"",
        )?;
        if output.status.success() {
            return Ok(());
        }
        Err(SyncError::Unreachable {
            url: self.origin()?,
            said: said(&output),
        })
    }

    /// Returns the commit of the shared branch, if it has one.
    pub(super) fn shared(&self) -> Result<Option<String>, SyncError> {
        let name = format!("refs/remotes/origin/{}", self.branch()?);
        let output = self.run(&["rev-parse", "--verify", "--quiet", &name], b"")?;
        let commit = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(output.status.success().then_some(commit))
    }

    /// Returns the shared branch: the one that the clone was made with, unless the repository was
    /// empty then and now has only others.
    fn branch(&self) -> Result<String, SyncError> {
        let branch = self.tell(&["symbolic-ref", "--short", "HEAD"])?;
        let format = "--format=%(refname:lstrip=3)";
        let there = self.tell(&["for-each-ref", format, "refs/remotes/origin"])?;
        let mut others = there.lines().filter(|name| *name != "HEAD");
        if there.lines().any(|name| name == branch) {
            return Ok(branch);
        }
        let Some(other) = others.next() else {
            return Ok(branch);
        };
        self.tell(&["symbolic-ref", "HEAD", &format!("refs/heads/{other}")])?;
        Ok(other.to_owned())
    }

    /// Returns the entries of a commit or tree, one level deep.
    pub(super) fn entries(&self, tree: &str) -> Result<Vec<TreeEntry>, SyncError> {
        let output = self.output(&["ls-tree", "-z", "-l", tree], b"")?;
        let lines = output.split(|b| *b == 0).filter(|line| !line.is_empty());
        Ok(lines.filter_map(TreeEntry::parse).collect())
    }

    /// Returns the bytes of a file.
    pub(super) fn blob(&self, entry: &TreeEntry) -> Result<Vec<u8>, SyncError> {
        self.output(&["cat-file", "blob", &entry.id], b"")
    }

    /// Adds a file's bytes unchanged; returns their id.
    pub(super) fn put_blob(&self, bytes: &[u8]) -> Result<String, SyncError> {
        let id = self.output(&["hash-object", "-w", "--stdin"], bytes)?;
        Ok(String::from_utf8_lossy(&id).trim().to_owned())
    }

    /// Adds a tree; returns its id.
    pub(super) fn put_tree(&self, entries: &[TreeEntry]) -> Result<String, SyncError> {
        let mut input = Vec::new();
        for TreeEntry { kind, id, name, .. } in entries {
            input.extend(format!("{kind} {id}\t").into_bytes());
            input.extend(name);
            input.push(0);
        }
        // Objects of others' entries need not exist here, such as a submodule's commit.
        let id = self.output(&["mktree", "-z", "--missing"], &input)?;
        Ok(String::from_utf8_lossy(&id).trim().to_owned())
    }

    /// Commits a tree on a parent, with what the other machines are told; returns the new commit.
    pub(super) fn commit(
        &self,
        tree: &str,
        parent: Option<&str>,
        told: &str,
    ) -> Result<String, SyncError> {
        let mut args = vec!["commit-tree", "-m", "kouan sync"];
        if !told.is_empty() {
            args.extend(["-m", told]);
        }
        if let Some(parent) = parent {
            args.extend(["-p", parent]);
        }
        args.push(tree);
        self.tell(&args)
    }

    /// Returns what the commits after one tell.
    pub(super) fn told(&self, after: &str, last: &str) -> Result<String, SyncError> {
        self.tell(&["log", "--format=%b", &format!("{after}..{last}")])
    }

    /// Pushes a commit; returns `false` if another machine got there first.
    pub(super) fn push(&self, commit: &str) -> Result<bool, SyncError> {
        let to = format!("{commit}:refs/heads/{}", self.branch()?);
        let output = self.run(&["push", "--porcelain", "origin", &to], b"")?;
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

    /// Runs git in the clone and returns its output as a line.
    fn tell(&self, args: &[&str]) -> Result<String, SyncError> {
        let output = self.output(args, b"")?;
        Ok(String::from_utf8_lossy(&output).trim().to_owned())
    }

    /// Runs git in the clone and returns its output.
    fn output(&self, args: &[&str], input: &[u8]) -> Result<Vec<u8>, SyncError> {
        let output = self.run(args, input)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(SyncError::Git {
            command: args.join(" "),
            said: said(&output),
        })
    }

    fn run(&self, args: &[&str], input: &[u8]) -> Result<Output, SyncError> {
        let mut git = command();
        // A broken clone is not searched for in the folders above it.
        git.env(
            "GIT_CEILING_DIRECTORIES",
            self.clone.parent().unwrap_or(&self.clone),
        );
        git.arg("-C").arg(&self.clone);
        git.args(args);
        run(git, input)
    }
}

/// Returns whether a push failed because of another one, made before or at the same time.
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
    for setting in SETTINGS {
        git.args(["-c", setting]);
    }
    for variable in [
        "GIT_DIR",
        "GIT_COMMON_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE",
    ] {
        git.env_remove(variable);
    }
    for (role, value) in [("NAME", NAME), ("EMAIL", MAIL)] {
        git.env(format!("GIT_AUTHOR_{role}"), value);
        git.env(format!("GIT_COMMITTER_{role}"), value);
    }
    // Its answers are parsed.
    git.env("LC_ALL", "C");
    git.env("GIT_NO_REPLACE_OBJECTS", "1");
    if !io::stdin().is_terminal() {
        git.env("GIT_TERMINAL_PROMPT", "0");
        if std::env::var_os("GIT_SSH_COMMAND").is_none() {
            git.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        }
    }
    git.stdout(Stdio::piped()).stderr(Stdio::piped());
    git
}

fn run(mut git: Command, input: &[u8]) -> Result<Output, SyncError> {
    git.stdin(if input.is_empty() {
        Stdio::null()
    } else {
        Stdio::piped()
    });
    let ended = git.spawn().and_then(|mut child| {
        let stdin = child.stdin.take();
        std::thread::scope(|scope| {
            // If git has ended, its message says more than the broken pipe.
            let write = move || stdin.map(|mut stdin| stdin.write_all(input));
            std::thread::Builder::new().spawn_scoped(scope, write)?;
            child.wait_with_output()
        })
    });
    ended.map_err(|source| match source.kind() {
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

/// Returns git's error message on one line.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("hint:"));
    lines.collect::<Vec<_>>().join("; ")
}
