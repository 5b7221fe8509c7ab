//! Drafts: texts being typed, one small file per clause in the state folder, by document and
//! author, so that a dropped line does not cost a half-written text.
//!
//! A file is named after its clause and holds only the text; the name of any but a progress remark
//! ends in its kind: `3.1`, `3.1.problem`. Ids of several clauses are joined by `+`. A step of a
//! clause is `3.1-step`.
//!
//! Sessions share the folder. A file that has changed since this session wrote it belongs to
//! another session: it is neither overwritten nor removed, and what is typed here gets its own name
//! beside it (`3.1~1234`, with the process id).

use crate::{files, progress::Kind, tui::text_draft::TextDraft};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant, SystemTime},
};

/// The longest delay before a typed character is written, and before a failed write is retried.
const WITHIN: Duration = Duration::from_millis(1500);

/// Name of a kept meeting; no clause has it.
pub const MEETING: &str = ".meeting";

/// Returns the folder for what one person keeps of a document: several people may share an account.
pub(in crate::tui) fn own_folder(folder: &Path, id: &str, by: &str) -> PathBuf {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
    let by: String = by.chars().map(plain).take(60).collect();
    // No draft's name begins so.
    folder.join("drafts").join(id).join(format!("@{by}"))
}

/// The drafts of one document.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// Returns the drafts in this folder.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns all drafts by clause.
    pub fn read(&self) -> BTreeMap<String, TextDraft> {
        let found = self.latest().into_iter();
        found.map(|(name, (_, kept))| (name, kept)).collect()
    }

    /// Returns the file and text of each draft; of several, the latest.
    fn latest(&self) -> BTreeMap<String, (PathBuf, TextDraft)> {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut found: Vec<_> = files
            .filter_map(|f| {
                let (name, kind) = parse(f.file_name().to_str()?)?;
                let text = read(&f.path())?;
                let at = f.metadata().and_then(|m| m.modified());
                let at = at.unwrap_or(SystemTime::UNIX_EPOCH);
                Some((at, name, (f.path(), TextDraft { kind, text })))
            })
            .collect();
        found.sort_by_key(|(at, ..)| *at);
        let by_name = found.into_iter().map(|(_, name, file)| (name, file));
        by_name.collect()
    }

    /// Returns the kept meeting as text.
    pub fn meeting(&self) -> Option<String> {
        read(&self.folder.join(MEETING))
    }

    /// Keeps a meeting; an empty text removes it.
    fn write_meeting(&self, text: &str) -> io::Result<()> {
        let path = self.folder.join(MEETING);
        if text.trim().is_empty() {
            return missing_is_fine(fs::remove_file(path));
        }
        files::keep(&path, text.as_bytes())
    }

    fn path(&self, name: &str, kind: Kind) -> PathBuf {
        match kind {
            Kind::Progress => self.folder.join(name),
            other => self.folder.join(format!("{name}.{}", other.id())),
        }
    }
}

/// A session's view of a document's drafts.
#[derive(Debug)]
struct Files {
    drafts: Drafts,
    /// The file of each draft, and its text when this session last read or wrote it.
    known: BTreeMap<String, (PathBuf, String)>,
}

impl Files {
    fn new(drafts: Drafts) -> Self {
        let found = drafts.latest().into_iter();
        let known = found.map(|(name, (path, kept))| (name, (path, kept.text)));
        Self {
            known: known.collect(),
            drafts,
        }
    }

    /// Returns the file of a draft, if it is as this session left it.
    fn own(&self, name: &str) -> Option<PathBuf> {
        let (path, text) = self.known.get(name)?;
        (read(path)? == *text).then(|| path.clone())
    }

    /// Keeps a draft; an empty one is removed.
    fn write(&mut self, name: &str, kept: &TextDraft) -> io::Result<()> {
        let own = self.own(name);
        if kept.text.trim().is_empty() {
            self.known.remove(name);
            return own.map_or(Ok(()), |path| missing_is_fine(fs::remove_file(path)));
        }
        let plain = self.drafts.path(name, kept.kind);
        let path = if own.as_ref() == Some(&plain) || !plain.exists() {
            plain
        } else {
            beside(&plain)
        };
        if let Some(own) = own.filter(|own| *own != path) {
            // Renamed, so that there is never no draft, and never two.
            missing_is_fine(fs::rename(own, &path))?;
        }
        // A remark is private until it is saved.
        files::keep(&path, kept.text.as_bytes())?;
        let file = (path, kept.text.clone());
        self.known.insert(name.to_owned(), file);
        Ok(())
    }
}

/// Longer files are not drafts.
const LONGEST: u64 = 4 << 20;

/// Reads a draft, following only links that count.
fn read(path: &Path) -> Option<String> {
    let path = files::follow(path).ok()?;
    // Opening a pipe would block.
    let is_draft = |data: &fs::Metadata| data.is_file() && data.len() <= LONGEST;
    path.metadata().ok().filter(is_draft)?;
    fs::read_to_string(path).ok()
}

/// Returns the name of this process's draft if another session has the plain one.
fn beside(plain: &Path) -> PathBuf {
    let mut name = plain.as_os_str().to_owned();
    name.push(format!("~{}", std::process::id()));
    name.into()
}

/// Parses a file name; names that begin with a dot are not drafts.
fn parse(file: &str) -> Option<(String, Kind)> {
    if file.starts_with('.') {
        return None;
    }
    let file = file.split_once('~').map_or(file, |(plain, _)| plain);
    let ending = Path::new(file).extension().and_then(|e| e.to_str());
    let kind = ending.and_then(Kind::from_id).unwrap_or_default();
    let name = match kind {
        Kind::Progress => file,
        other => file.strip_suffix(other.id())?.strip_suffix('.')?,
    };
    Some((name.to_owned(), kind))
}

fn missing_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A message to the thread.
#[derive(Debug)]
enum DraftJob {
    /// Write this soon.
    Soon(String, TextDraft),
    /// Write this now, replacing anything pending under the name.
    Now(String, TextDraft),
    /// Write everything pending.
    All,
}

/// The result for a draft: its name, and why it could not be kept.
pub type Outcome = (String, Result<(), io::Error>);

/// The thread that writes drafts: soon but not at every key, and asleep when nothing is typed.
#[derive(Debug)]
pub struct Keeper {
    notes: Sender<DraftJob>,
    thread: JoinHandle<Option<io::Error>>,
}

impl Keeper {
    /// Starts the thread; `report` gets the results of immediate writes, and of failures and
    /// recoveries.
    ///
    /// # Errors
    ///
    /// The thread cannot be started.
    pub fn start(drafts: Drafts, report: impl Fn(Outcome) + Send + 'static) -> io::Result<Self> {
        Self::start_within(drafts, WITHIN, report)
    }

    fn start_within(
        drafts: Drafts,
        within: Duration,
        report: impl Fn(Outcome) + Send + 'static,
    ) -> io::Result<Self> {
        let (notes, inbox) = channel();
        let mut desk = Desk {
            files: Files::new(drafts),
            report: Box::new(report),
            waiting: BTreeMap::new(),
            failed: BTreeSet::new(),
            within,
        };
        let thread = thread::Builder::new()
            .name("drafts".into())
            .stack_size(128 << 10)
            .spawn(move || desk.run(&inbox))?;
        Ok(Self { notes, thread })
    }

    /// Queues a text to be written soon; an empty one is removed.
    pub fn send(&self, name: String, kept: TextDraft) {
        let _ = self.notes.send(DraftJob::Soon(name, kept));
    }

    /// Queues a text to be written at once; an empty one is removed.
    pub fn send_now(&self, name: String, kept: TextDraft) {
        let _ = self.notes.send(DraftJob::Now(name, kept));
    }

    /// Has everything pending written.
    pub fn flush(&self) {
        let _ = self.notes.send(DraftJob::All);
    }

    /// Writes everything pending and ends; returns why a draft could not be written.
    pub fn stop(self) -> Option<io::Error> {
        drop(self.notes);
        self.thread.join().unwrap_or_default()
    }
}

/// The state of the thread.
struct Desk {
    files: Files,
    report: Box<dyn Fn(Outcome) + Send>,
    waiting: BTreeMap<String, TextDraft>,
    /// Drafts whose last write failed; they are pending too.
    failed: BTreeSet<String>,
    within: Duration,
}

impl Desk {
    fn run(&mut self, inbox: &Receiver<DraftJob>) -> Option<io::Error> {
        let mut deadline = None;
        loop {
            let next = match deadline {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => inbox.recv_timeout(Instant::duration_since(&at, Instant::now())),
            };
            match next {
                Ok(DraftJob::Soon(name, kept)) => drop(self.waiting.insert(name, kept)),
                Ok(DraftJob::Now(name, kept)) => {
                    self.waiting.remove(&name);
                    let done = self.write(&name, kept);
                    (self.report)((name, done));
                }
                Ok(DraftJob::All) | Err(RecvTimeoutError::Timeout) => {
                    self.write_all();
                    deadline = None;
                }
                Err(RecvTimeoutError::Disconnected) => return self.write_all(),
            }
            if !self.waiting.is_empty() {
                deadline = deadline.or_else(|| Instant::now().checked_add(self.within));
            }
        }
    }

    /// Writes everything pending; returns why a draft could not be written.
    fn write_all(&mut self) -> Option<io::Error> {
        let mut last = None;
        for (name, kept) in std::mem::take(&mut self.waiting) {
            let had_failed = self.failed.contains(&name);
            match self.write(&name, kept) {
                Ok(()) if had_failed => (self.report)((name, Ok(()))),
                Err(error) => {
                    last = Some(io::Error::from(error.kind()));
                    if !had_failed {
                        (self.report)((name, Err(error)));
                    }
                }
                Ok(()) => {}
            }
        }
        last
    }

    /// Writes a draft; if that fails, it stays pending.
    fn write(&mut self, name: &str, kept: TextDraft) -> io::Result<()> {
        let done = match name {
            MEETING => self.files.drafts.write_meeting(&kept.text),
            _ => self.files.write(name, &kept),
        };
        self.failed.remove(name);
        if done.is_err() {
            self.failed.insert(name.to_owned());
            self.waiting.insert(name.to_owned(), kept);
        }
        done
    }
}

#[cfg(test)]
mod tests;
