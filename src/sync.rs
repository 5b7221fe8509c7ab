//! Journals and documents through git, by way of a private clone. May use: `progress` and above.
//!
//! git never writes a live journal. The clone's file of a document is read as one more journal: the
//! lines that the live one lacks are appended to it under its lock, as any session appends, and the
//! lines that the clone lacks to the clone, which is committed and pushed. Files only grow on both
//! sides, so there is nothing to resolve; when another machine got there first, its lines are taken
//! in and the push is tried again. Documents never change while they are worked on: they are copied,
//! and two versions of one are said.

use crate::{
    files::{self, make_folder},
    progress::journal::{Journal, JournalError},
};
use git::Git;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

mod error;
mod git;

pub use error::SyncError;

/// How often a push is tried again when another machine got there first.
const TRIES: usize = 30;

/// What git must know about our files: journals are merged line by line, and nothing is converted.
const ATTRIBUTES: &str = "progress/*.yaml -text merge=union\ndocuments/*.yaml -text\n";

/// Where things are on this machine.
pub struct Places<'a> {
    /// The private clone.
    pub clone: PathBuf,
    /// The folder of the user's documents, one file each.
    pub documents: PathBuf,
    /// The live journals that there are, by document.
    pub journals: BTreeMap<String, PathBuf>,
    /// Returns where the live journal of a document is to be that has none yet.
    pub journal: &'a dyn Fn(&str) -> PathBuf,
}

/// Returns the journals in a folder, by document.
///
/// # Errors
///
/// Where the folder is there and cannot be read.
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many changes of each document came from other machines.
    pub came: BTreeMap<String, usize>,
    /// How many changes of each document went to the others.
    pub went: BTreeMap<String, usize>,
    /// Lines that cannot be read in the shared journal of a document.
    pub unreadable: BTreeMap<String, usize>,
    /// Documents that came.
    pub documents_came: BTreeSet<String>,
    /// Documents that went.
    pub documents_went: BTreeSet<String>,
    /// Documents of which this machine and the others have different versions.
    pub documents_differ: BTreeSet<String>,
}

/// Makes the private clone of a repository.
///
/// # Errors
///
/// Where there is no git, the repository cannot be reached, or there is a clone of another already.
pub fn init(clone: &Path, url: &str) -> Result<(), SyncError> {
    if clone.join(".git").exists() {
        let there = Git::new(clone).origin()?;
        return if there == url {
            Ok(())
        } else {
            Err(SyncError::OtherClone {
                clone: clone.to_owned(),
                url: there,
            })
        };
    }
    let above = clone.parent().unwrap_or(Path::new("."));
    make_folder(above).map_err(io_error(above))?;
    // Only a whole clone gets the name.
    let attempt = tempfile::Builder::new()
        .prefix("sync-")
        .tempdir_in(above)
        .map_err(io_error(above))?;
    let inside = attempt.path().join("clone");
    git::clone(url, &inside)?;
    let attributes = inside.join(".git/info/attributes");
    make_folder(&inside.join(".git/info")).map_err(io_error(&attributes))?;
    fs::write(&attributes, ATTRIBUTES).map_err(io_error(&attributes))?;
    // git makes its files for all to read; what the journals say is their owner's.
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(&inside, private).map_err(io_error(&inside))?;
    fs::rename(&inside, clone).map_err(io_error(clone))
}

/// What a sync does next, for those who wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It asks the repository what is new.
    Fetch,
    /// It takes over the lines of a document, the how manieth of how many.
    Exchange {
        /// The document.
        document: String,
        /// The how manieth, from 1.
        nth: usize,
        /// How many there are.
        of: usize,
    },
    /// It sends what the repository lacks.
    Push,
}

/// Takes in what other machines pushed, and pushes what they lack.
///
/// # Errors
///
/// Each leaves the live journals whole; the lines that had come by then are in them.
pub fn sync(places: &Places<'_>) -> Result<Report, SyncError> {
    sync_telling(places, &|_| ())
}

/// Does what [`sync`] does, and tells before each step which it is.
///
/// # Errors
///
/// As [`sync`].
pub fn sync_telling(places: &Places<'_>, tell: &dyn Fn(Step)) -> Result<Report, SyncError> {
    let git = Git::new(&places.clone);
    git.check()?;
    let _alone = git.lock()?;
    let mut report = Report::default();
    for _ in 0..TRIES {
        tell(Step::Fetch);
        git.fetch()?;
        let before = git.move_to_origin()?;
        exchange(places, &mut report, tell)?;
        let is_new = write_attributes(&places.clone)?
            || !report.went.is_empty()
            || !report.documents_went.is_empty();
        if is_new {
            git.commit()?;
        }
        if git.is_at(&before)? {
            return Ok(report);
        }
        tell(Step::Push);
        if git.push()? {
            return Ok(report);
        }
    }
    Err(SyncError::Busy { tries: TRIES })
}

/// Takes over, in both directions, all that one side lacks.
fn exchange(
    places: &Places<'_>,
    report: &mut Report,
    tell: &dyn Fn(Step),
) -> Result<(), SyncError> {
    // What an earlier try sent did not arrive.
    report.went.clear();
    report.unreadable.clear();
    report.documents_went.clear();
    report.documents_differ.clear();
    let shared = places.clone.join("progress");
    let mut documents = names(&shared)?;
    documents.extend(places.journals.keys().cloned());
    let of = documents.len();
    for (at, document) in documents.into_iter().enumerate() {
        tell(Step::Exchange {
            document: document.clone(),
            nth: at + 1,
            of,
        });
        let in_clone = shared.join(file_name(&document));
        let live = places.journals.get(&document).cloned();
        let live = live.unwrap_or_else(|| (places.journal)(&document));
        let theirs = lines(&in_clone, &document)?;
        let ours = lines(&live, &document)?;
        let came = join(&live, &document, &ours, &theirs)?;
        let went = join(&in_clone, &document, &theirs, &ours)?;
        count(&mut report.came, &document, came);
        count(&mut report.went, &document, went);
        count(&mut report.unreadable, &document, theirs.unreadable);
    }
    copy_documents(places, report)
}

/// The lines of a journal that can be read.
#[derive(Default)]
struct Lines {
    lines: Vec<Box<str>>,
    unreadable: usize,
}

fn lines(path: &Path, document: &str) -> Result<Lines, JournalError> {
    let mut lines = Vec::new();
    let mut journal = Journal::open(path, document)?;
    let batch = journal.read_each(&mut |change| lines.push(change.line))?;
    Ok(Lines {
        lines,
        unreadable: batch.unreadable.len(),
    })
}

/// Appends to a journal those of `others` that it lacks. One that lacks none is not even locked.
fn join(path: &Path, document: &str, own: &Lines, others: &Lines) -> Result<usize, JournalError> {
    let has: BTreeSet<&str> = own.lines.iter().map(|l| &**l).collect();
    if others.lines.iter().all(|line| has.contains(&**line)) {
        return Ok(0);
    }
    // What came in the meantime is found under the lock.
    Journal::open(path, document)?.union(&others.lines)
}

fn count(counts: &mut BTreeMap<String, usize>, document: &str, more: usize) {
    if more > 0 {
        *counts.entry(document.to_owned()).or_default() += more;
    }
}

/// Copies the documents that one side lacks; of those that both have, says which differ.
fn copy_documents(places: &Places<'_>, report: &mut Report) -> Result<(), SyncError> {
    let (ours, theirs) = (&places.documents, &places.clone.join("documents"));
    let all: BTreeSet<String> = names(ours)?.union(&names(theirs)?).cloned().collect();
    for name in all {
        let (our, their) = (ours.join(file_name(&name)), theirs.join(file_name(&name)));
        match (our.exists(), their.exists()) {
            (true, false) => {
                copy(&our, &their)?;
                report.documents_went.insert(name);
            }
            (false, true) => {
                copy(&their, &our)?;
                report.documents_came.insert(name);
            }
            _ if read(&our)? != read(&their)? => {
                report.documents_differ.insert(name);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Copies a file so that it is there whole or not at all.
fn copy(from: &Path, to: &Path) -> Result<(), SyncError> {
    let folder = to.parent().unwrap_or(to);
    let text = read(from)?;
    let put = make_folder(folder).and_then(|()| files::create(to, &text));
    match put {
        // Somebody's file of that name, made just now, is not written over.
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(io_error(to)(e)),
        _ => Ok(()),
    }
}

/// Returns the names of the `.yaml` files in a folder that may not be there, without the ending.
fn names(folder: &Path) -> Result<BTreeSet<String>, SyncError> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries.map_err(io_error(folder))?,
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = entry.map_err(io_error(folder))?.file_name();
        let stem = name.to_str().and_then(|n| n.strip_suffix(".yaml"));
        names.extend(stem.filter(|s| !s.is_empty()).map(str::to_owned));
    }
    Ok(names)
}

fn file_name(name: &str) -> String {
    format!("{name}.yaml")
}

/// Puts our attributes into the repository, beside what others may have put there; tells whether
/// they were not there.
fn write_attributes(clone: &Path) -> Result<bool, SyncError> {
    let path = clone.join(".gitattributes");
    let mut text = match fs::read_to_string(&path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
        text => text.map_err(io_error(&path))?,
    };
    let missing = ATTRIBUTES
        .lines()
        .filter(|line| !text.lines().any(|l| l == *line));
    let missing: Vec<&str> = missing.collect();
    if missing.is_empty() {
        return Ok(false);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in missing {
        text.push_str(line);
        text.push('\n');
    }
    fs::write(&path, text).map_err(io_error(&path))?;
    Ok(true)
}

fn read(path: &Path) -> Result<Vec<u8>, SyncError> {
    fs::read(path).map_err(io_error(path))
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> SyncError + '_ {
    move |source| {
        JournalError::Io {
            path: path.to_owned(),
            source,
        }
        .into()
    }
}
