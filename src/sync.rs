//! Journals and documents through git, in a private clone.
//!
//! git never writes a live journal. The shared file of a document is read as one more journal:
//! lines that the live one lacks are appended to it under its lock, as any session does, and lines
//! that the shared one lacks are added to that, which is committed and pushed. Files only grow on
//! both sides, so there is nothing to resolve; if another machine got there first, its lines are
//! taken in and the push is retried. Documents do not change while they are worked on: they are
//! copied, and differing versions are reported. The clone holds nothing of its own; a broken one is
//! made again.

use crate::{
    document::yaml,
    files::{self, make_folder},
    progress::journal::{Journal, JournalError, JournalFault},
};
use git::{Git, TreeEntry};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

mod crossed;
mod error;
mod git;
mod shared;

pub use crossed::Crossed;
pub use error::{SkippedFile, SyncError, Why};
use shared::{Folder, SharedFiles};

/// How often a push is retried.
const TRIES: usize = 30;

/// The most bytes of a file read from or written to the repository.
const MOST: u64 = 256 << 20;

/// Paths on this machine.
pub struct Places<'a> {
    /// The private clone.
    pub clone: PathBuf,
    /// The folder of the user's documents.
    pub documents: PathBuf,
    /// The existing live journals, by document.
    pub journals: BTreeMap<String, PathBuf>,
    /// Returns the path for a document's live journal that does not exist yet.
    pub journal: &'a dyn Fn(&str) -> PathBuf,
}

impl Places<'_> {
    /// Returns the path of a document's live journal.
    fn live(&self, document: &str) -> PathBuf {
        let known = self.journals.get(document).cloned();
        known.unwrap_or_else(|| (self.journal)(document))
    }
}

/// Returns the journals in a folder, by document.
///
/// # Errors
///
/// The folder exists but cannot be read.
pub fn journals_in(folder: &Path) -> Result<BTreeMap<String, PathBuf>, SyncError> {
    let names = names(folder)?.into_iter();
    Ok(names
        .map(|name| {
            let path = folder.join(file_name(&name));
            (name, path)
        })
        .collect())
}

/// What a sync did.
#[derive(Debug, Default)]
pub struct SyncReport {
    /// Changes received, by document.
    pub came: BTreeMap<String, usize>,
    /// Changes sent, by document.
    pub went: BTreeMap<String, usize>,
    /// Unreadable lines of shared journals, by document.
    pub unreadable: BTreeMap<String, usize>,
    /// Documents received.
    pub documents_came: BTreeSet<String>,
    /// Documents sent.
    pub documents_went: BTreeSet<String>,
    /// Documents with different versions here and there.
    pub documents_differ: BTreeSet<String>,
    /// What two people set differently.
    pub crossed: Vec<Crossed>,
    /// Files of the repository that were skipped.
    pub skipped: Vec<SkippedFile>,
    /// Errors of files on this machine.
    pub failed: Vec<SyncError>,
    /// Whether the clone was broken and has been made again.
    pub is_renewed: bool,
}

/// Clones a repository. A broken clone is made again.
///
/// # Errors
///
/// git is not installed, the repository cannot be reached, or another one was cloned already.
pub fn init(clone: &Path, url: &str) -> Result<(), SyncError> {
    let there = Git::new(clone).origin();
    match there {
        Ok(there) if there == url => Ok(()),
        Ok(there) => Err(SyncError::OtherClone {
            clone: clone.to_owned(),
            url: there,
        }),
        Err(_) => renew(clone, url),
    }
}

/// Makes a clone; anything in its place is kept beside it.
fn renew(clone: &Path, url: &str) -> Result<(), SyncError> {
    let above = clone.parent().unwrap_or(Path::new("."));
    make_folder(above).map_err(io_error(above))?;
    // Only a complete clone gets the name.
    let attempt = tempfile::Builder::new()
        .prefix("sync-")
        .tempdir_in(above)
        .map_err(io_error(above))?;
    let inside = attempt.path().join("clone");
    git::clone(url, &inside)?;
    // git makes its files world-readable; journals are their owner's.
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(&inside, private).map_err(io_error(&inside))?;
    if clone.symlink_metadata().is_ok() {
        let aside = clone.with_extension("broken");
        remove(&aside)?;
        fs::rename(clone, &aside).map_err(io_error(clone))?;
    }
    fs::rename(&inside, clone).map_err(io_error(clone))
}

/// The next step of a sync, for progress messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncStep {
    /// Asking the repository what is new.
    Fetch,
    /// Exchanging the lines of a document.
    Exchange {
        /// The document.
        document: String,
        /// Its number, from 1.
        nth: usize,
        /// The number of documents.
        of: usize,
    },
    /// Sending what the repository lacks.
    Push,
}

/// Takes in what other machines pushed, and pushes what they lack, calling `tell` before each step.
///
/// # Errors
///
/// See [`SyncError`]. The live journals stay intact, and keep the lines that had come.
pub fn sync(places: &Places<'_>, tell: &dyn Fn(SyncStep)) -> Result<SyncReport, SyncError> {
    let git = Git::new(&places.clone);
    git.check()?;
    let _alone = git.lock()?;
    let mut report = SyncReport::default();
    match attempt(&git, places, &mut report, tell) {
        Err(error @ (SyncError::Git { .. } | SyncError::Unreachable { .. })) => {
            // Everything in the clone is also in the repository or the live journals.
            let url = git.origin().map_err(|_| error)?;
            renew(&places.clone, &url)?;
            report.is_renewed = true;
            attempt(&git, places, &mut report, tell)?;
        }
        done => done?,
    }
    Ok(report)
}

fn attempt(
    git: &Git,
    places: &Places<'_>,
    report: &mut SyncReport,
    tell: &dyn Fn(SyncStep),
) -> Result<(), SyncError> {
    for _ in 0..TRIES {
        tell(SyncStep::Fetch);
        let before = git.shared()?;
        git.fetch()?;
        let mut shared = SharedFiles::lay_out(git, &places.clone)?;
        exchange(places, &mut shared, report, tell)?;
        if let (Some(before), Some(last)) = (&before, &shared.commit) {
            let told = git.told(before, last)?;
            crossed::hear(places, &shared.progress, &told, report)?;
        }
        let told = crossed::told(&report.crossed);
        let Some(commit) = shared.commit(git, &told)? else {
            return Ok(());
        };
        tell(SyncStep::Push);
        if git.push(&commit)? {
            return Ok(());
        }
    }
    Err(SyncError::Busy { tries: TRIES })
}

/// Exchanges in both directions whatever one side lacks. A document that fails does not stop the
/// others.
fn exchange(
    places: &Places<'_>,
    shared: &mut SharedFiles,
    report: &mut SyncReport,
    tell: &dyn Fn(SyncStep),
) -> Result<(), SyncError> {
    // The previous try did not arrive.
    report.went.clear();
    report.unreadable.clear();
    report.documents_went.clear();
    report.documents_differ.clear();
    report.failed.clear();
    report.skipped = shared.skipped();
    let mut documents = shared.progress.names();
    documents.extend(places.journals.keys().cloned());
    documents.retain(|document| !shared.progress.is_blocked(document));
    let of = documents.len();
    for (at, document) in documents.into_iter().enumerate() {
        tell(SyncStep::Exchange {
            document: document.clone(),
            nth: at + 1,
            of,
        });
        let live = places.live(&document);
        if let Err(error) = unite(&document, &live, &mut shared.progress, report) {
            report.failed.push(error);
        }
    }
    copy_documents(places, &mut shared.documents, report)
}

/// Exchanges the lines of a document between its live journal and the shared one.
fn unite(
    document: &str,
    live: &Path,
    progress: &mut Folder,
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let in_clone = progress.path(document);
    let theirs = match lines(&in_clone, document) {
        Ok(theirs) => theirs,
        Err(error) => {
            report.skipped.push(SkippedFile {
                path: format!("progress/{}", file_name(document)),
                why: Why::Journal(error),
            });
            return Ok(());
        }
    };
    let ours = lines(live, document)?;
    let crossed = crossed::crossed(document, theirs.without(&ours), ours.without(&theirs));
    let came = join(live, document, &ours, &theirs)?;
    let went = join(&in_clone, document, &theirs, &ours)?;
    report.crossed.extend(crossed);
    if went > 0 {
        progress.changed.insert(document.to_owned());
    }
    count(&mut report.came, document, came);
    count(&mut report.went, document, went);
    count(&mut report.unreadable, document, theirs.unreadable);
    Ok(())
}

/// The readable lines of a journal.
struct ReadableLines {
    all: Vec<Box<str>>,
    unreadable: usize,
}

impl ReadableLines {
    /// Returns the lines that `others` lacks.
    fn without<'a>(&'a self, others: &'a Self) -> impl Iterator<Item = &'a str> {
        let has: HashSet<&str> = others.all.iter().map(|l| &**l).collect();
        let lines = self.all.iter().map(|l| &**l);
        lines.filter(move |line| !has.contains(line))
    }
}

fn lines(path: &Path, document: &str) -> Result<ReadableLines, JournalError> {
    let read = Journal::open(path, document)?.read()?;
    Ok(ReadableLines {
        all: read.changes.into_iter().map(|change| change.line).collect(),
        unreadable: read.unreadable.len(),
    })
}

/// Appends to a journal the lines of `others` that it lacks. A journal that lacks none is not even
/// locked.
fn join(
    path: &Path,
    document: &str,
    own: &ReadableLines,
    others: &ReadableLines,
) -> Result<usize, JournalError> {
    if others.without(own).next().is_none() {
        return Ok(0);
    }
    // Lines that came in the meantime are found under the lock.
    Journal::open(path, document)?.union(&others.all)
}

fn count(counts: &mut BTreeMap<String, usize>, document: &str, more: usize) {
    if more > 0 {
        *counts.entry(document.to_owned()).or_default() += more;
    }
}

/// Copies the documents that one side lacks; reports those that differ.
fn copy_documents(
    places: &Places<'_>,
    shared: &mut Folder,
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let ours = &places.documents;
    let mut all = names(ours)?;
    all.extend(shared.names());
    all.retain(|name| !shared.is_blocked(name));
    for name in all {
        let (our, their) = (ours.join(file_name(&name)), shared.path(&name));
        let (old, new) = match (read(&our), read(&their)) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(error), _) | (_, Err(error)) => {
                report.failed.push(error);
                continue;
            }
        };
        match (old, new) {
            (Some(old), None) => {
                create(&their, &old)?;
                shared.changed.insert(name.clone());
                report.documents_went.insert(name);
            }
            (None, Some(new)) => {
                create(&our, &new)?;
                report.documents_came.insert(name);
            }
            (old, new) if old != new => {
                report.documents_differ.insert(name);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Creates a file, without overwriting one that somebody has just made.
fn create(path: &Path, bytes: &[u8]) -> Result<(), SyncError> {
    let folder = path.parent().unwrap_or(path);
    match make_folder(folder).and_then(|()| files::create(path, bytes)) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(io_error(path)(e)),
        _ => Ok(()),
    }
}

/// Returns the names of the `.yaml` files in a folder, without the ending; none if it does not
/// exist.
fn names(folder: &Path) -> Result<BTreeSet<String>, SyncError> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries.map_err(io_error(folder))?,
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = entry.map_err(io_error(folder))?.file_name();
        names.extend(stem(name.as_encoded_bytes()).map(str::to_owned));
    }
    Ok(names)
}

/// Returns the document that a file is named after.
fn stem(name: &[u8]) -> Option<&str> {
    let stem = std::str::from_utf8(name).ok()?.strip_suffix(".yaml")?;
    yaml::is_id(stem).then_some(stem)
}

fn file_name(name: &str) -> String {
    format!("{name}.yaml")
}

/// Returns the bytes of a file of limited size, or `None` if it does not exist.
fn read(path: &Path) -> Result<Option<Vec<u8>>, SyncError> {
    let meta = match path.metadata() {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        meta => meta.map_err(io_error(path))?,
    };
    let bytes = if meta.is_file() {
        fs::File::open(path).and_then(|file| files::read_all(file, MOST))
    } else {
        Err(rustix::io::Errno::NODEV.into())
    };
    bytes.map(Some).map_err(io_error(path))
}

/// Removes a file or a folder with its contents, if it exists.
fn remove(path: &Path) -> Result<(), SyncError> {
    let removed = match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    };
    removed.map_err(io_error(path))
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> SyncError + '_ {
    move |source| {
        let (path, fault) = (path.to_owned(), JournalFault::Io(source));
        JournalError { path, fault }.into()
    }
}
