//! The journal's thread, so that the screen never waits for a disk.
//!
//! Drafts that could not be written are kept in order, and retried with the next one and after a
//! while; with nothing to write the thread sleeps, unless it must poll for others' changes.

use crate::{
    config::Clock,
    progress::{
        Body, Change, ChangeId, Draft, Target,
        journal::{Journal, JournalError},
    },
    tui::message::Message,
};
use std::{
    collections::HashSet,
    io,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::Duration,
};

/// Delay before a failed write is retried.
const RETRY: Duration = Duration::from_secs(3);

/// Interval of polling, if the system does not report others' changes.
const LOOK: Duration = Duration::from_secs(2);

/// How long a retry waits for another session's append.
const LAST_TRY: Duration = Duration::from_secs(1);

/// Work for the thread.
#[derive(Debug)]
pub enum Job {
    /// Appends a draft.
    Append(Draft),
    /// Appends a draft that was decided on after this many batches of others' changes, unless
    /// others have changed the same clauses since.
    Carry(Draft, usize),
    /// Reads what others appended.
    Read,
    /// The same, now and from time to time, because the system does not report others' changes.
    Look,
    /// Retries what is pending, and ends.
    Stop,
}

/// What could not be written in the end.
#[derive(Debug, Default)]
pub struct Unsaved {
    /// The drafts.
    pub drafts: Vec<Draft>,
    /// Why.
    pub why: Option<String>,
    /// Why a text being typed was not kept.
    pub unkept: Option<String>,
}

impl Unsaved {
    /// Adds what another journal left over.
    pub fn add(&mut self, other: Self) {
        self.drafts.extend(other.drafts);
        self.why = self.why.take().or(other.why);
        self.unkept = self.unkept.take().or(other.unkept);
    }
}

/// The thread, and the channel to it.
#[derive(Debug)]
pub struct JournalWriter {
    jobs: Sender<Job>,
    thread: JoinHandle<Unsaved>,
}

impl JournalWriter {
    /// Starts the thread; `report` receives its messages, `clock` gives the time, `explain` words
    /// errors.
    ///
    /// # Errors
    ///
    /// The thread cannot be started.
    pub fn start(
        journal: Journal,
        report: impl Fn(Message) + Send + 'static,
        clock: Clock,
        explain: impl Fn(&JournalError) -> String + Send + 'static,
    ) -> io::Result<Self> {
        let (jobs, inbox) = channel();
        let mut work = Work {
            journal,
            report: Box::new(report),
            clock,
            explain: Box::new(explain),
            waiting: Vec::new(),
            carried: Vec::new(),
            told: 0,
            why: None,
            unread: None,
            looks: false,
        };
        let thread = thread::Builder::new()
            .name("journal".into())
            .spawn(move || work.run(&inbox))?;
        Ok(Self { jobs, thread })
    }

    /// Queues work; a thread that has ended ignores it.
    pub fn send(&self, job: Job) {
        let _ = self.jobs.send(job);
    }

    /// Returns another sender to it.
    pub fn jobs(&self) -> Sender<Job> {
        self.jobs.clone()
    }

    /// Waits until everything that can be is written; returns the rest.
    pub fn stop(self) -> Unsaved {
        self.send(Job::Stop);
        self.thread.join().unwrap_or_default()
    }
}

struct Work {
    journal: Journal,
    report: Box<dyn Fn(Message) + Send>,
    clock: Clock,
    explain: Box<dyn Fn(&JournalError) -> String + Send>,
    waiting: Vec<Draft>,
    /// Drafts that carry progress, with the number of batches known when they were decided on.
    carried: Vec<(ChangeId, usize)>,
    /// Batches of others' changes reported so far.
    told: usize,
    /// Why the last write failed.
    why: Option<String>,
    /// Why the last read failed.
    unread: Option<String>,
    /// Whether it polls for others' changes.
    looks: bool,
}

impl Work {
    fn run(&mut self, inbox: &Receiver<Job>) -> Unsaved {
        loop {
            let wait = match (&self.why, self.looks) {
                (Some(_), _) => Some(RETRY),
                (None, looks) => looks.then_some(LOOK),
            };
            let first = match wait {
                Some(wait) => inbox.recv_timeout(wait),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut stop = matches!(first, Err(RecvTimeoutError::Disconnected));
            let mut read = first.is_err() && self.looks;
            // Everything pending goes into one write and one sync.
            for job in first.into_iter().chain(inbox.try_iter()) {
                match job {
                    Job::Append(draft) => self.waiting.push(draft),
                    Job::Carry(draft, heard) => {
                        self.carried.push((draft.id.clone(), heard));
                        self.waiting.push(draft);
                    }
                    Job::Read => read = true,
                    Job::Look => {
                        read = true;
                        self.look();
                    }
                    Job::Stop => stop = true,
                }
            }
            if stop && self.why.is_some() {
                // After one full wait, later ones are short.
                self.journal.limit_lock(LAST_TRY);
            }
            if !self.waiting.is_empty() {
                self.write();
            } else if read {
                self.read();
            }
            if stop {
                let why = self.why.take();
                return Unsaved {
                    drafts: std::mem::take(&mut self.waiting),
                    why,
                    unkept: None,
                };
            }
        }
    }

    fn look(&mut self) {
        if !std::mem::replace(&mut self.looks, true) {
            (self.report)(Message::Looking);
        }
    }

    fn write(&mut self) {
        if self.carried.iter().any(|(_, heard)| *heard != self.told) {
            return self.overtaken();
        }
        let carried = self.carried.iter().map(|(id, _)| id);
        let targets: HashSet<Target> = carried
            .filter_map(|id| self.waiting.iter().find(|draft| draft.id == *id))
            .flat_map(|draft| draft.edits().iter().map(|edit| edit.target.clone()))
            .collect();
        let mut is_news = |change: &Change| {
            let mut edits = change.edits().iter();
            let is_retraction = matches!(change.body, Body::Retract(_));
            !targets.is_empty() && (is_retraction || edits.any(|e| targets.contains(&e.target)))
        };
        let now = self.clock.now();
        let appended = self
            .journal
            .append_unless(&self.waiting, &now, &mut is_news);
        match appended {
            Ok(Some((changes, batch))) => {
                self.waiting.clear();
                self.carried.clear();
                self.told += usize::from(batch.is_news());
                self.why = None;
                self.unread = None;
                (self.report)(Message::Written(changes, batch));
            }
            Ok(None) => self.overtaken(),
            Err(error) => self.failed(&error),
        }
    }

    /// Returns drafts that carry progress, with what others wrote; writes the others.
    fn overtaken(&mut self) {
        let ids: Vec<ChangeId> = self.carried.drain(..).map(|(id, _)| id).collect();
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        let (carried, rest) = waiting.partition(|draft| ids.contains(&draft.id));
        self.waiting = rest;
        self.why = None;
        self.read();
        (self.report)(Message::Overtaken(carried));
        if !self.waiting.is_empty() {
            self.write();
        }
    }

    fn failed(&mut self, error: &JournalError) {
        let why = (self.explain)(error);
        let news = self.why.as_ref() != Some(&why);
        self.why = Some(why.clone());
        // A repeated failure is not reported again, so that the screen sleeps on.
        if news {
            (self.report)(Message::WriteFailed(why));
        }
    }

    fn read(&mut self) {
        let read = self.journal.read();
        let lost = self.journal.loss();
        let why = read.as_ref().err().or(lost.as_ref());
        let why = why.map(|error| (self.explain)(error));
        // A repeated failure is not reported again, but its end is.
        match (&why, &self.unread) {
            (Some(new), old) if old.as_ref() != Some(new) => {
                (self.report)(Message::ReadFailed(new.clone()));
            }
            (None, Some(_)) => (self.report)(Message::ReadAgain),
            _ => {}
        }
        self.unread = why;
        if let Ok(batch) = read
            && batch.is_news()
        {
            self.told += 1;
            (self.report)(Message::Read(batch));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const LIMIT: Duration = Duration::from_secs(20);
    const JOURNAL: &str = "# kouan journal 1 · demo · one change a line, append only\n\
        - {\"at\":\"2026-11-22T10:00:00+08:00\",\"by\":\"lisi\",\"session\":\"s\",\"id\":\"a\",\
        \"clause\":\"1.1\",\"status\":\"done\"}\n";

    #[test]
    fn where_the_system_tells_nothing_others_changes_are_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.yaml");
        let journal = Journal::open(&path, "demo").unwrap();
        let (send, reports) = channel();
        let report = move |action| drop(send.send(action));
        let writer = JournalWriter::start(
            journal,
            report,
            Clock::new(None).unwrap(),
            ToString::to_string,
        )
        .unwrap();
        for _ in 0..2 {
            writer.send(Job::Look);
        }
        let next = || reports.recv_timeout(LIMIT).unwrap();
        assert_eq!(next(), Message::Looking);
        fs::write(&path, JOURNAL).unwrap();
        // It is reported once, and a colleague's line arrives without a key.
        assert!(matches!(next(), Message::Read(batch) if batch.changes.len() == 1));
        writer.stop();
    }
}
