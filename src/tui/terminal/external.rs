//! Edits a text in the user's own editor, as a job of its own.

use super::job;
use crate::{document::source, locale::Lang};
use nix::{
    sys::{
        signal::{Signal, killpg},
        wait::{WaitPidFlag, WaitStatus, waitpid},
    },
    unistd::Pid,
};
use std::{
    fs::File,
    io::{self, Read as _, Write as _},
    os::{fd::BorrowedFd, unix::process::CommandExt as _},
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};
use tempfile::NamedTempFile;

/// An editor that exits unchanged within this has probably handed over to another process.
const AT_ONCE: Duration = Duration::from_secs(1);

/// A longer text is not a remark.
const LONGEST: u64 = 1 << 20;

/// A running editor.
#[derive(Debug)]
pub struct Editing {
    file: NamedTempFile,
    given: String,
    editor: Pid,
    begun: Instant,
}

/// The state of an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorState {
    /// It is running.
    Running,
    /// It is stopped, as by Ctrl-Z.
    Stopped,
    /// It has ended; whether successfully.
    Ended(bool),
}

/// The result of editing.
#[derive(Debug)]
pub enum Edited {
    /// The edited text.
    Text(String),
    /// It returned at once without changes; what it saves later will be in this file.
    Unchanged(PathBuf),
    /// It failed, or left something that can't be a remark: why, and the file, which is kept.
    Kept(String, PathBuf),
}

impl Editing {
    /// Starts `$VISUAL`, `$EDITOR` or vi on a text, stopped, in its own process group.
    ///
    /// # Errors
    ///
    /// The file cannot be created, or the shell that starts the editor cannot be run.
    pub fn start(text: &str) -> io::Result<Self> {
        // An unpredictable name, private to the user.
        let mut file = tempfile::Builder::new()
            .prefix("kouan-")
            .suffix(".txt")
            .tempfile()?;
        file.write_all(text.as_bytes())?;
        file.flush()?;
        // It waits until it has the terminal. The shell splits the variable, which may contain
        // options: `code --wait`.
        let script = r#"kill -STOP $$; eval "exec ${VISUAL:-${EDITOR:-vi}} \"\$1\"""#;
        let child = Command::new("sh")
            .args(["-c", script, "sh"])
            .arg(file.path())
            .process_group(0)
            .spawn()?;
        let editor = i32::try_from(child.id()).map_err(io::Error::other)?;
        let editor = Pid::from_raw(editor);
        waitpid(editor, Some(WaitPidFlag::WUNTRACED))?;
        Ok(Self {
            file,
            given: text.to_owned(),
            editor,
            begun: Instant::now(),
        })
    }

    /// Gives it the terminal and continues it.
    pub fn go_on(&self, terminal: BorrowedFd<'_>) {
        job::give(terminal, self.editor);
        // It may have ended meanwhile.
        let _ = killpg(self.editor, Signal::SIGCONT);
    }

    /// Returns its state.
    ///
    /// # Errors
    ///
    /// It is no longer a child of this process.
    pub fn state(&self) -> io::Result<EditorState> {
        let options = WaitPidFlag::WUNTRACED | WaitPidFlag::WNOHANG;
        Ok(match waitpid(self.editor, Some(options))? {
            WaitStatus::StillAlive => EditorState::Running,
            WaitStatus::Stopped(..) => EditorState::Stopped,
            WaitStatus::Exited(_, code) => EditorState::Ended(code == 0),
            _ => EditorState::Ended(false),
        })
    }

    /// Tells it that the terminal is gone, so that it saves what it can.
    pub fn hang_up(&self) {
        for signal in [Signal::SIGHUP, Signal::SIGCONT] {
            let _ = killpg(self.editor, signal);
        }
    }

    /// Returns the result of an ended editor. Text is decoded as in an import.
    ///
    /// # Errors
    ///
    /// It failed without changes, or the file is gone or cannot be kept.
    pub fn finish(self, well: bool, lang: Lang) -> io::Result<Edited> {
        // By name, because the editor may have replaced the file.
        let mut bytes = Vec::new();
        let file = File::open(self.file.path())?;
        file.take(LONGEST + 1).read_to_end(&mut bytes)?;
        let is_long = bytes.len() as u64 > LONGEST;
        let is_changed = bytes != self.given.as_bytes();
        let failed = || lang.text("error.editor-failed").to_owned();
        let why = match source::encoding::decode(bytes, None) {
            _ if !well && !is_changed => return Err(io::Error::other(failed())),
            _ if !well => failed(),
            _ if is_long => lang.text("error.editor-long").to_owned(),
            Ok(_) if !is_changed && self.begun.elapsed() < AT_ONCE => {
                return Ok(Edited::Unchanged(self.keep()?));
            }
            Ok(read) => return Ok(Edited::Text(read.text)),
            Err(error) => error.message(lang),
        };
        Ok(Edited::Kept(why, self.keep()?))
    }

    fn keep(self) -> io::Result<PathBuf> {
        let (_, path) = self.file.keep().map_err(|e| e.error)?;
        Ok(path)
    }
}
