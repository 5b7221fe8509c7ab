//! What comes in other than keys: from the terminal, the clock, the journal and the jobs.

use super::widgets::theme::Theme;
use crate::{
    document::compare::Comparison,
    progress::{Change, Draft, Progress, journal::Batch},
    report::{export::Format, ledger::Filled, minutes::Minutes, over::Over},
    text::Policy,
};
use jiff::{Timestamp, civil::Date};
use std::sync::Arc;

/// News from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Text was pasted: text, never keys.
    Paste(String),
    /// The mouse did something.
    Mouse(Pointer),
    /// The clock, before every batch of actions and messages.
    Clock(Timestamp),
    /// The date has changed.
    Day(Date),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The terminal's width policy was found out.
    Probed(Policy),
    /// The terminal said its background, which decides on the theme.
    Themed(Theme),
    /// Lines that others appended, or the whole of a replaced file.
    Read(Batch),
    /// Our drafts are durable: as lines, after what others had appended.
    Written(Vec<Change>, Batch),
    /// Carried progress that was not written, since somebody changed the same clauses meanwhile.
    Overtaken(Vec<Draft>),
    /// Our drafts could not be written: why. They are kept, and tried again.
    WriteFailed(String),
    /// The journal can't be read any more: why.
    ReadFailed(String),
    /// The journal can be read again.
    ReadAgain,
    /// The draft of this name is kept, or could not be: why. It is tried again.
    Kept(String, Result<(), String>),
    /// Others' changes are looked for from time to time, as the system does not tell of them.
    Looking,
    /// The external editor has ended, with this text.
    Edited(String),
    /// The paths that begin as the one that was typed.
    Completed(String, Vec<String>),
    /// A name that no file has, for a proposed path that some file has.
    FreeName(String, String),
    /// What became of a file that was to be saved.
    Saved(SaveJob, SaveResult),
    /// The documents that can be opened, and how many files could not be read as documents.
    Listed(Vec<DocumentItem>, usize),
    /// A list was made, by its id; or why not.
    Created(Result<String, String>),
    /// The document that was to be opened in the place of this one is ready, or can't be opened.
    Opened,
    /// What was asked for could not be done: why.
    Refused(String),
    /// Another document was compared with this one.
    Compared(Compared),
    /// A filled-in ledger was read.
    Filled(FilledIn),
    /// The line is dropped or the process asked to end: saves what can be saved.
    Terminate,
}

/// What the mouse did, and where: column and row, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// The left button was pressed.
    Press(u16, u16),
    /// The wheel was turned towards the user.
    Down(u16, u16),
    /// The wheel was turned away.
    Up(u16, u16),
}

/// A file of the user's to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveJob {
    /// Where, as typed.
    pub path: String,
    /// What.
    pub content: Content,
}

/// What goes into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The minutes of a meeting; the path says in which form.
    Minutes(Box<Minutes>),
    /// An export, whose bytes the job makes.
    Export(ExportRequest),
}

/// What is to be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRequest {
    /// As what; what the path ends with goes before.
    pub format: Format,
    /// Whether each unit has a sheet of its own.
    pub by_unit: bool,
    /// Whether it is a progress report, whose path says in which form.
    pub report: bool,
    /// The clauses; `None` for all.
    pub clauses: Option<Vec<usize>>,
}

/// What became of a file that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveResult {
    /// It is saved.
    Saved,
    /// A file is there already, and is as it was; with a reason to think twice, if there is one.
    Exists(Option<Over>),
    /// It could not be saved: why.
    Failed(String),
}

/// A document that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentItem {
    /// What it is opened by: its id, or its file where it is in no catalogue.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What kind of text it is, where it says.
    pub stage: Option<String>,
}

/// Two documents that were compared, made off the loop.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The old document and its progress.
    pub old: Arc<Progress>,
    /// What became of its clauses in the one on the screen.
    pub comparison: Arc<Comparison>,
}

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.comparison, &other.comparison)
    }
}

impl Eq for Compared {}

/// A filled-in ledger, read off the loop.
#[derive(Debug, Clone)]
pub struct FilledIn {
    /// Where it is, as typed.
    pub path: String,
    /// What it says.
    pub filled: Arc<Filled>,
}

impl PartialEq for FilledIn {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.filled, &other.filled)
    }
}

impl Eq for FilledIn {}
