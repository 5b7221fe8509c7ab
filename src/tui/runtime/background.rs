//! Effects that take time: each runs on a thread of its own and reports its result.

use super::Runtime;
use crate::{
    document::compare::compare,
    report::ledger,
    tui::{
        app::App,
        jobs::{
            files,
            opening::{self, DocumentTasks, Opened},
        },
        message::{Compared, Content, FilledIn, Message, SaveJob},
        terminal::events::Event,
    },
};
use std::{
    sync::{Arc, mpsc::channel},
    thread::{self, JoinHandle},
};

impl Runtime {
    /// Runs work on a thread of its own and reports its result, or why no thread could be started.
    pub(super) fn beside(
        &self,
        app: &mut App,
        work: impl FnOnce() -> Message + Send + 'static,
    ) -> Option<JoinHandle<()>> {
        let (number, events) = (self.tasks.number, self.events.clone());
        let work = move || {
            events.send(Event::Report(number, work()));
        };
        let started = thread::Builder::new().spawn(work);
        started
            .map_err(|error| app.context.warn(app.context.lang.system(&error)))
            .ok()
    }

    /// Saves a file. Exports get a thread of their own, since a workbook of ten thousand clauses
    /// takes time.
    pub(super) fn save(&mut self, app: &mut App, job: SaveJob, over: bool) {
        let lang = app.context.lang;
        if let Content::Minutes(_) = job.content {
            let (job, result) = files::save(job, over, lang, None);
            return self.tell(app, Message::Saved(job, result));
        }
        let source = files::ExportSource::of(&app.context);
        self.exports.retain(|thread| !thread.is_finished());
        let thread = self.beside(app, move || {
            let (job, result) = files::save(job, over, lang, Some(&source));
            Message::Saved(job, result)
        });
        self.exports.extend(thread);
    }

    /// Proposes another name if the proposed one is taken.
    pub(super) fn free_name(&mut self, app: &mut App, path: String) {
        let free = files::free_name(&path);
        if free != path {
            self.tell(app, Message::FreeName(path, free));
        }
    }

    /// Waits for exports in progress: what was requested before leaving must exist afterwards.
    pub(in crate::tui) fn finish_exports(&mut self) {
        for thread in self.exports.drain(..) {
            // A thread that panicked has reported that itself.
            let _ = thread.join();
        }
    }

    /// Completes a path, in the background because its folder may be slow.
    pub(super) fn complete(&self, app: &mut App, typed: String) {
        self.beside(app, move || {
            let paths = files::complete(&typed);
            Message::Completed(typed, paths)
        });
    }

    /// Lists the documents in the background, and then counts the small ones as they are now.
    pub(super) fn list(&self, app: &mut App) {
        let (data, by_file) = (self.data.clone(), app.context.by_file.clone());
        let (number, events, opener) =
            (self.tasks.number, self.events.clone(), self.opener.clone());
        let (open, today) = (app.context.name.clone(), app.context.today);
        let is_past = app.context.past.is_some();
        self.beside(app, move || {
            let listed = opening::list(&data, by_file);
            let names = match &listed {
                Message::Listed(items, _) => items.iter().map(|item| item.name.clone()),
                _ => return listed,
            };
            let names: Vec<String> = names.filter(|name| !is_past && *name != open).collect();
            events.send(Event::Report(number, listed));
            opening::count(&opener, &names, today)
        });
    }

    /// Opens another document, in the background because its journal may be long.
    pub(super) fn open(&mut self, app: &mut App, name: String) {
        let (send, coming) = channel();
        let (opener, asked) = (self.opener.clone(), name.clone());
        let started = self.beside(app, move || {
            // Nobody waits for it any more if another was requested.
            let _ = send.send(opener.open(&asked));
            Message::Opened
        });
        if started.is_some() {
            self.coming = Some((name, coming));
            app.context.opening = true;
            app.context.say_opening();
        }
    }

    /// Switches to the opened document; if it failed, nothing changes.
    pub(super) fn go_over(&mut self, app: &mut App) {
        let coming = self.coming.take_if(|_| app.context.opening);
        let Some((name, opened)) = coming.and_then(|(n, c)| Some((n, c.try_recv().ok()?))) else {
            return;
        };
        app.context.opening = false;
        let Opened { checklist, journal } = match opened {
            Ok(opened) => opened,
            Err(why) => return app.context.warn(why),
        };
        let id = &checklist.progress.document().id;
        let drafts = opening::drafts(&self.state, id, &app.context.by);
        let (clock, events) = (self.clock.clone(), self.events.clone());
        let next = self.tasks.number + 1;
        let tasks = DocumentTasks::start(journal, (checklist.lang, drafts), clock, events, next);
        let tasks = match tasks {
            Ok(tasks) => tasks,
            Err(error) => return app.context.warn(app.context.lang.system(&error)),
        };
        let left = std::mem::replace(&mut self.tasks, tasks);
        self.unsaved.add(left.stop(&app.context, &self.state));
        opening::turn(app, checklist, &self.state);
        opening::note(&self.state, &name);
    }

    /// Compares another document with the open one; reports if it cannot be opened or is the same.
    pub(in crate::tui) fn compare(&self, app: &mut App, name: String) {
        let (open, new, lang) = (
            self.opener.clone(),
            app.context.document.clone(),
            app.context.lang,
        );
        let own = self.tasks.journal.clone();
        self.beside(app, move || {
            let Opened { checklist, journal } = match open.open(&name) {
                Ok(opened) => opened,
                Err(why) => return Message::Refused(why),
            };
            if journal.path() == own {
                return Message::Refused(lang.text("review.itself").to_owned());
            }
            let old = checklist.progress;
            let comparison = Arc::new(compare(old.document(), &new));
            Message::Compared(Compared {
                old: Arc::new(old),
                comparison,
            })
        });
    }

    /// Reads a filled-in ledger; if it can't be read, reports why.
    pub(super) fn read_ledger(&self, app: &mut App, path: String) {
        let lang = app.context.lang;
        self.beside(app, move || match ledger::read(&files::resolve(&path)) {
            Ok(filled) => Message::Filled(FilledIn {
                path,
                filled: Arc::new(filled),
            }),
            Err(error) => Message::Refused(error.message(lang)),
        });
    }
}
