//! The runtime while another program has the terminal: the user's editor, or the shell.

use super::Runtime;
use crate::tui::{
    app::App,
    jobs::writer::Job,
    message::Message,
    terminal::{
        self,
        events::Event,
        external::{Edited, Editing, EditorState},
        job,
    },
};
use signal_hook::consts::{SIGCHLD, SIGCONT, SIGTSTP, SIGWINCH};
use std::{io, os::fd::BorrowedFd, path::PathBuf, time::Duration};

/// Time for the editor to save when kouan is asked to end.
const GRACE: Duration = Duration::from_secs(2);

impl Runtime {
    /// Hands the terminal to `$EDITOR`, and takes the result.
    pub(super) fn external(&mut self, app: &mut App, text: &str) {
        terminal::give_back();
        let edited = self.edit(app, text);
        let taken = terminal::take_again(&mut self.drawing, self.mouse);
        app.context.size = terminal::size();
        self.clear(app.context.size);
        let lang = app.context.lang;
        let (key, why, path) = match (edited, taken) {
            (Ok(Edited::Text(text)), Ok(())) => return self.tell(app, Message::Edited(text)),
            (Ok(Edited::Unchanged(path)), _) => ("notice.editor-unchanged", String::new(), path),
            (Ok(Edited::Kept(why, path)), _) => ("error.editor-kept", why, path),
            (Err(error), _) | (_, Err(error)) => {
                ("error.editor", lang.system(&error), PathBuf::new())
            }
        };
        app.context
            .warn(lang.fill(key, &[("why", &why), ("path", &path.display())]));
    }

    fn edit(&mut self, app: &mut App, text: &str) -> io::Result<Edited> {
        let editing = Editing::start(text)?;
        let terminal = terminal::out()?;
        editing.go_on(terminal);
        let well = self.attend(app, &editing, terminal);
        job::take_back(terminal);
        let well = well?;
        terminal::mend(!well);
        // An editor that was hung up saved what it could, and reports failure.
        editing.finish(well || self.quit, app.context.lang)
    }

    /// Waits for the editor; if it is suspended, so is kouan. Returns whether it succeeded.
    fn attend(
        &mut self,
        app: &mut App,
        editing: &Editing,
        terminal: BorrowedFd<'_>,
    ) -> io::Result<bool> {
        loop {
            match editing.state()? {
                EditorState::Ended(well) => return Ok(well),
                EditorState::Stopped => {
                    job::take_back(terminal);
                    terminal::mend(false);
                    job::stop(terminal);
                    editing.go_on(terminal);
                }
                EditorState::Running => {}
            }
            let left = if self.quit { GRACE } else { Duration::MAX };
            let came = self.source.wait_lent(left)?;
            if self.quit && came.is_empty() {
                return Ok(false);
            }
            for event in came {
                match event {
                    Event::Signal(SIGCHLD | SIGCONT | SIGTSTP | SIGWINCH) => {}
                    Event::Signal(_) => {
                        editing.hang_up();
                        self.take(app, event)?;
                    }
                    other => self.take(app, other)?,
                }
            }
        }
    }

    pub(super) fn suspend(&mut self, app: &mut App) -> io::Result<()> {
        terminal::give_back();
        // Stops here until the shell continues us. SIGCONT restores the screen whoever stopped us,
        // but anything drawn before it is handled would appear on the shell's screen.
        let stopped = job::stop(terminal::out()?);
        self.resume(app)?;
        if !stopped {
            app.context.warn(app.context.lang.text("notice.no-shell"));
        }
        Ok(())
    }

    pub(super) fn resume(&mut self, app: &mut App) -> io::Result<()> {
        terminal::take_again(&mut self.drawing, self.mouse)?;
        app.context.size = terminal::size();
        self.clear(app.context.size);
        self.tasks.writer.send(Job::Read);
        Ok(())
    }
}
