//! Requests from screens to the app, as plain data: opening another screen, closing, or an effect
//! for the runtime.

use super::{
    action::Action,
    message::{Compared, ExportRequest, FilledIn, SaveJob},
    text_draft::TextDraft,
};
use crate::{
    progress::{Body, Draft, Due, Status, Target},
    report::minutes::Minutes,
    text::Policy,
};

/// A request to the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Closes the screen on top.
    Close,
    /// Closes everything above the checklist.
    Home,
    /// Performs an action named after `:` in the top screen.
    Do(Action),
    /// Filters the list below the prompt.
    Narrow(String),
    /// Opens the help at the keys of the top screen.
    Help,
    /// Opens the history.
    History,
    /// Opens the history of one clause.
    Dossier(usize),
    /// Opens the deadlines.
    Deadlines,
    /// Opens the table of units.
    Units,
    /// Opens the picker of documents.
    Documents,
    /// Opens the review of progress carried from another document.
    Review(Compared),
    /// Opens the review of what a filled-in ledger would change.
    Merge(FilledIn),
    /// Opens the picker of exports.
    Export,
    /// Opens the status picker for these clauses.
    Pick(Vec<usize>),
    /// Opens a remark on these clauses, with the status that it explains.
    Remark(Vec<usize>, Option<Status>),
    /// Opens the meeting.
    Meet(Meet),
    /// Takes the meeting off the screen.
    LeaveMeeting,
    /// Asks a question.
    Ask(Question),
    /// Opens a line to be typed.
    Prompt(Prompting),
    /// Makes a change, with its notice.
    Change(Body, String),
    /// Leaves the program as soon as all changes are saved.
    Quit,
    /// Switches to this document as soon as all changes are saved.
    Open(String),
    /// Requests an effect of the runtime.
    Effect(Effect),
}

/// How a meeting is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meet {
    /// On what is marked, filtered, or everything; or resumes the present one.
    Any,
    /// Resumes the present one at the clause under the cursor.
    Back,
    /// On these clauses, with this name.
    Over(String, Vec<usize>),
}

/// A question, with requests for yes and no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// The request on yes.
    pub yes: Box<Request>,
    /// The request on no.
    pub no: Option<Box<Request>>,
}

impl Question {
    /// Returns a question without a request on no.
    pub fn new(text: String, yes: Request) -> Self {
        let yes = Box::new(yes);
        Self {
            text,
            yes,
            no: None,
        }
    }
}

/// The purpose of a prompt, with its initial content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompting {
    /// A number or an action's name.
    Command(String),
    /// A search; with an empty text, the present query.
    Search(String),
    /// A search in the meeting.
    Seek(String),
    /// A filter of the list below, at each key.
    Find(String),
    /// A filter of the list below, on accepting.
    Filter(String),
    /// A deadline.
    Due(Vec<usize>),
    /// A name or contact.
    Owner(Vec<usize>),
    /// A step of a clause.
    Step(usize),
    /// An added item.
    Item,
    /// Another text for a step or item, with the present one.
    Reword(Target, String),
    /// A step's deadline, with the present one.
    StepDue(Target, Option<Due>),
    /// The title of a new list.
    NewList,
    /// The path of the minutes, which ends the meeting.
    Minutes,
    /// The path of the minutes again, after this one failed, and why.
    MinutesAgain(Box<Minutes>, String, Option<String>),
    /// The path of an export: the proposed one, and why another failed.
    Export(ExportRequest, String, Option<String>),
    /// The first day of a progress report, with the proposed path.
    ReportSince(ExportRequest, String),
    /// The title of a progress report, with the proposed path.
    ReportTitle(ExportRequest, String),
    /// Which filled-in ledger to merge.
    Merge,
}

/// An effect for the runtime to perform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Appends a draft to the journal.
    Append(Draft),
    /// Appends a draft of carried progress, unless others changed its clauses meanwhile.
    Carry(Draft),
    /// Reads what others appended, if the file system does not report it.
    Read,
    /// Lists the documents.
    List,
    /// Switches to this document.
    Open(String),
    /// Reads the filled-in ledger at this path.
    ReadLedger(String),
    /// Makes an empty list with this title, and opens it.
    NewList(String),
    /// Compares this document with the open one.
    Compare(String),
    /// Keeps a text being typed, by its clause; an empty one is removed.
    Keep(String, TextDraft),
    /// The same at once, because the file is out of date.
    KeepNow(String, TextDraft),
    /// Keeps the meeting as text; an empty one is removed.
    KeepMeeting(String),
    /// Looks for a free name similar to this path.
    FreeName(String),
    /// Opens a text in `$EDITOR`.
    External(String),
    /// Copies a text to the terminal's clipboard.
    Copy(String),
    /// Looks for the paths with this prefix.
    Complete(String),
    /// Saves a file; overwrites an existing one only if told to.
    Save(SaveJob, bool),
    /// Remembers the width policy chosen for this kind of terminal.
    KeepWidth(Policy),
    /// Clears the screen before the next frame.
    Clear,
    /// Stops the process until it is continued.
    Suspend,
    /// Ends the program.
    Quit,
}
