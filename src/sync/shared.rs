//! The repository's files: laid out beside the clone's objects, and committed again.

use super::{
    Git, MOST, SkippedFile, SyncError, TreeEntry, Why, file_name, io_error, make_folder, remove,
    stem,
};
use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// Attributes for people who merge by hand: journals are merged line by line, and nothing is
/// converted.
const ATTRIBUTES: &str = "progress/*.yaml -text merge=union\ndocuments/*.yaml -text\n";

/// The attributes file, and the most bytes of an existing one that is extended.
const ATTRIBUTES_FILE: &[u8] = b".gitattributes";
const MOST_ATTRIBUTES: u64 = 1 << 20;

/// The shared files.
pub(super) struct SharedFiles {
    /// The commit they come from.
    pub(super) commit: Option<String>,
    /// Everything in the repository's root.
    root: Vec<TreeEntry>,
    /// The journals.
    pub(super) progress: Folder,
    /// The documents.
    pub(super) documents: Folder,
}

/// A folder of shared files.
pub(super) struct Folder {
    name: &'static str,
    /// Where the files are laid out.
    at: PathBuf,
    /// Its entries in the repository.
    entries: Vec<TreeEntry>,
    /// Documents whose names are taken by something else, and why that is skipped, as a message key.
    blocked: Vec<(String, &'static str)>,
    /// Documents whose files changed here.
    pub(super) changed: BTreeSet<String>,
}

impl SharedFiles {
    /// Writes the shared files beside the clone's objects.
    pub(super) fn lay_out(git: &Git, clone: &Path) -> Result<Self, SyncError> {
        let commit = git.shared()?;
        let root = match &commit {
            Some(commit) => git.entries(commit)?,
            None => Vec::new(),
        };
        Ok(Self {
            progress: Folder::lay_out(git, &root, "progress", clone)?,
            documents: Folder::lay_out(git, &root, "documents", clone)?,
            commit,
            root,
        })
    }

    /// Returns the skipped files, with reasons.
    pub(super) fn skipped(&self) -> Vec<SkippedFile> {
        let folders = [&self.progress, &self.documents].into_iter();
        let all = folders.flat_map(|folder| folder.blocked.iter().map(|b| (folder.name, b)));
        all.map(|(folder, (name, why))| SkippedFile {
            path: format!("{folder}/{name}"),
            why: Why::Entry(why),
        })
        .collect()
    }

    /// Commits what changed on top of the shared commit; `None` if nothing did.
    pub(super) fn commit(&mut self, git: &Git, told: &str) -> Result<Option<String>, SyncError> {
        let mut root = self.root.clone();
        let attributed = attribute(git, &mut root)?;
        let mut changed = attributed;
        for folder in [&mut self.progress, &mut self.documents] {
            if folder.changed.is_empty() {
                continue;
            }
            let tree = folder.put(git)?;
            set(&mut root, TreeEntry::folder(folder.name, tree));
            changed = true;
        }
        if !changed {
            return Ok(None);
        }
        let tree = git.put_tree(&root)?;
        git.commit(&tree, self.commit.as_deref(), told).map(Some)
    }
}

impl Folder {
    fn lay_out(
        git: &Git,
        root: &[TreeEntry],
        name: &'static str,
        clone: &Path,
    ) -> Result<Self, SyncError> {
        let at = clone.join(name);
        remove(&at)?;
        make_folder(&at).map_err(io_error(&at))?;
        let tree = root.iter().find(|e| e.name == name.as_bytes());
        let mut folder = Self {
            name,
            at,
            entries: Vec::new(),
            blocked: Vec::new(),
            changed: BTreeSet::new(),
        };
        match tree {
            Some(tree) if tree.is_folder() => folder.entries = git.entries(&tree.id)?,
            // A folder replaces it only when there is something to share.
            Some(_) => (folder.blocked).push((String::new(), "sync.skipped.no-folder")),
            None => {}
        }
        for entry in folder.entries.clone() {
            folder.lay_one(git, &entry)?;
        }
        Ok(folder)
    }

    fn lay_one(&mut self, git: &Git, entry: &TreeEntry) -> Result<(), SyncError> {
        // Other files there are not ours.
        if !entry.name.ends_with(b".yaml") {
            return Ok(());
        }
        let name = String::from_utf8_lossy(&entry.name).into_owned();
        let why = match stem(&entry.name) {
            None => Some("sync.skipped.name"),
            Some(_) if !entry.is_file() => Some("sync.skipped.kind"),
            Some(_) if entry.size > MOST => Some("sync.skipped.large"),
            Some(_) => None,
        };
        if let Some(why) = why {
            self.blocked.push((name, why));
            return Ok(());
        }
        let path = self.at.join(&name);
        let bytes = git.blob(entry)?;
        let mut open = OpenOptions::new();
        let file = open.write(true).create_new(true).mode(0o600).open(&path);
        let written = file.and_then(|mut file| file.write_all(&bytes));
        written.map_err(io_error(&path))
    }

    /// Returns the documents that have a file.
    pub(super) fn names(&self) -> BTreeSet<String> {
        let names = self.entries.iter().filter_map(|e| stem(&e.name));
        names.map(str::to_owned).collect()
    }

    /// Returns whether something else has the name of a document's file.
    pub(super) fn is_blocked(&self, document: &str) -> bool {
        let file = file_name(document);
        self.blocked.iter().any(|(name, _)| *name == file)
    }

    /// Returns the file of a document.
    pub(super) fn path(&self, document: &str) -> PathBuf {
        self.at.join(file_name(document))
    }

    /// Adds the changed files; returns the new tree.
    fn put(&mut self, git: &Git) -> Result<String, SyncError> {
        for document in &self.changed {
            let path = self.at.join(file_name(document));
            let bytes = fs::read(&path).map_err(io_error(&path))?;
            let id = git.put_blob(&bytes)?;
            set(&mut self.entries, TreeEntry::file(&file_name(document), id));
        }
        git.put_tree(&self.entries)
    }
}

/// Adds our attributes to existing ones; returns whether they were missing.
fn attribute(git: &Git, root: &mut Vec<TreeEntry>) -> Result<bool, SyncError> {
    let old = root.iter().find(|e| e.name == ATTRIBUTES_FILE);
    let mut text = match old {
        Some(old) if !old.is_file() || old.size > MOST_ATTRIBUTES => return Ok(false),
        Some(old) => git.blob(old)?,
        None => Vec::new(),
    };
    let lines: Vec<&[u8]> = text.split(|b| *b == b'\n').collect();
    let is_missing = |line: &&str| !lines.contains(&line.as_bytes());
    let missing: Vec<&str> = ATTRIBUTES.lines().filter(is_missing).collect();
    if missing.is_empty() {
        return Ok(false);
    }
    if text.last().is_some_and(|last| *last != b'\n') {
        text.push(b'\n');
    }
    for line in missing {
        text.extend(line.as_bytes());
        text.push(b'\n');
    }
    let id = git.put_blob(&text)?;
    set(root, TreeEntry::file(".gitattributes", id));
    Ok(true)
}

fn set(entries: &mut Vec<TreeEntry>, entry: TreeEntry) {
    entries.retain(|e| e.name != entry.name);
    entries.push(entry);
}
