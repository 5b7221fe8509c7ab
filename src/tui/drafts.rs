//! Texts that were being typed, one small file a clause in the state directory: a dropped line must
//! not cost what was half written. May use:
//! `progress::journal` for its folder.

use crate::progress::journal::make_folder;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// The longest that a typed character waits for its place on the disk.
const WITHIN: Duration = Duration::from_millis(1500);

/// The name that a meeting is kept under; no clause has it.
pub const MEETING: &str = ".meeting";

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

    /// Returns all drafts, by clause.
    pub fn read(&self) -> BTreeMap<String, String> {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        files
            .filter_map(|f| {
                Some((
                    f.file_name().into_string().ok()?,
                    fs::read_to_string(f.path()).ok()?,
                ))
            })
            .filter(|(name, _)| !name.starts_with('.'))
            .collect()
    }

    /// Returns the meeting that is kept, as a text.
    pub fn meeting(&self) -> Option<String> {
        fs::read_to_string(self.folder.join(MEETING)).ok()
    }

    /// Writes a draft beside and renames it; an empty one is removed.
    fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.folder.join(name);
        if text.trim().is_empty() {
            return match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        make_folder(&self.folder)?;
        // Made with mode 0600: a remark is its writer's until it is saved.
        let mut file = tempfile::Builder::new()
            .prefix(".draft")
            .tempfile_in(&self.folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(path).map_err(|e| e.error)?;
        Ok(())
    }
}

/// The thread that writes drafts: soon, but not at every key, and asleep when nothing is typed.
#[derive(Debug)]
pub struct Keeper {
    texts: Sender<(String, String)>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts the thread.
    ///
    /// # Errors
    ///
    /// Fails where it can't be made.
    pub fn start(drafts: Drafts) -> io::Result<Self> {
        let (texts, inbox) = channel();
        let thread = thread::Builder::new()
            .name("drafts".into())
            .stack_size(128 << 10)
            .spawn(move || keep(&drafts, &inbox))?;
        Ok(Self { texts, thread })
    }

    /// Hands over a text; an empty one is forgotten.
    pub fn send(&self, name: String, text: String) {
        let _ = self.texts.send((name, text));
    }

    /// Writes what is waiting and ends.
    pub fn stop(self) {
        drop(self.texts);
        let _ = self.thread.join();
    }
}

fn keep(drafts: &Drafts, inbox: &Receiver<(String, String)>) {
    let mut waiting: BTreeMap<String, String> = BTreeMap::new();
    let mut deadline = None;
    loop {
        let next = match deadline {
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => inbox.recv_timeout(Instant::duration_since(&at, Instant::now())),
        };
        match next {
            Ok((name, text)) => {
                waiting.insert(name, text);
                deadline = deadline.or_else(|| Instant::now().checked_add(WITHIN));
            }
            Err(end) => {
                for (name, text) in std::mem::take(&mut waiting) {
                    // A draft is a second chance; when even it fails, the text is still on the screen.
                    let _ = drafts.write(&name, &text);
                }
                deadline = None;
                if end == RecvTimeoutError::Disconnected {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_last_is_there_after_the_end_and_an_empty_text_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(folder.path().join("tianjin-2025"));
        assert_eq!(drafts.read(), BTreeMap::new());
        let keeper = Keeper::start(drafts.clone()).unwrap();
        for (name, text) in [
            ("16.3", "等"),
            ("1.1", "x"),
            ("16.3", "等待\n部署"),
            ("1.1", ""),
            (MEETING, "began: now"),
        ] {
            keeper.send(name.into(), text.into());
        }
        keeper.stop();
        assert_eq!(
            drafts.read(),
            BTreeMap::from([("16.3".into(), "等待\n部署".into())])
        );
        assert_eq!(drafts.meeting().as_deref(), Some("began: now"));
    }
}
