//! What a screen asks of the app, as plain data: to open another screen, to close itself, or a job
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

/// What a screen asks of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Closes the screen on top.
    Close,
    /// Closes everything above the list.
    Home,
    /// Does an action that was named after `:` in the screen on top.
    Do(Action),
    /// Narrows the list below the line being typed.
    Narrow(String),
    /// Opens the help at the keys of the screen on top.
    Help,
    /// Opens the history.
    History,
    /// Opens the table of units.
    Units,
    /// Opens the picker of documents.
    Documents,
    /// Opens the review of what is carried from another document.
    Review(Compared),
    /// Opens the review of what a filled-in ledger would change.
    Merge(FilledIn),
    /// Opens the picker of exports.
    Export,
    /// Opens the status picker for these clauses.
    Pick(Vec<usize>),
    /// Opens a remark on these clauses, with the status that it is the reason for.
    Remark(Vec<usize>, Option<Status>),
    /// Opens the meeting.
    Meet(Meet),
    /// Takes the meeting off the screen.
    LeaveMeeting,
    /// Asks a question.
    Ask(Question),
    /// Opens a line to be typed.
    Prompt(Prompting),
    /// Makes a change, and says this of it.
    Change(Body, String),
    /// Leaves the program as soon as all changes are saved.
    Quit,
    /// Goes over to the document of this name as soon as all changes are saved.
    Open(String),
    /// Has the runtime do something.
    Effect(Effect),
}

/// How a meeting is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meet {
    /// Over what is marked, or shown, or all; or the one under way goes on.
    Any,
    /// The one under way goes on at the clause under the cursor.
    Back,
    /// Over these clauses, which are called so.
    Over(String, Vec<usize>),
}

/// A question, and what is asked of the app on yes and on no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// What is done on yes.
    pub yes: Box<Request>,
    /// What is done on no.
    pub no: Option<Box<Request>>,
}

impl Question {
    /// Returns a question that does nothing on no.
    pub fn new(text: String, yes: Request) -> Self {
        let yes = Box::new(yes);
        Self {
            text,
            yes,
            no: None,
        }
    }
}

/// What a line is typed for, with what it begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prompting {
    /// A number or an action's name.
    Command(String),
    /// What to search for; without a text, the query that is kept.
    Search(String),
    /// What to look for in the meeting.
    Seek(String),
    /// What narrows the list below at each key.
    Find(String),
    /// What narrows the list below when it is taken.
    Filter(String),
    /// A deadline.
    Due(Vec<usize>),
    /// A name or contact.
    Owner(Vec<usize>),
    /// A step of a clause.
    Step(usize),
    /// An item of one's own.
    Item,
    /// Another text for a step or item, with the present one.
    Reword(Target, String),
    /// A step's deadline, with the present one.
    StepDue(Target, Option<Due>),
    /// The title of a new list.
    NewList,
    /// Where to save the minutes of the meeting under way, which this ends.
    Minutes,
    /// Where to save minutes, after this path was tried, and why it could not be taken.
    MinutesAgain(Box<Minutes>, String, Option<String>),
    /// Where to save an export: the path proposed, and why another could not be taken.
    Export(ExportRequest, String, Option<String>),
    /// Which filled-in ledger to take in.
    Merge,
}

/// Work for the runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Appends a draft to the journal.
    Append(Draft),
    /// Appends a draft of carried progress, unless others changed its clauses meanwhile.
    Carry(Draft),
    /// Reads what others appended (where the file system does not tell).
    Read,
    /// Lists the documents.
    List,
    /// Opens the document of this name in the place of this one.
    Open(String),
    /// Reads the filled-in ledger at this path.
    ReadLedger(String),
    /// Makes an empty list with this title, and opens it.
    NewList(String),
    /// Compares the document of this name with this one.
    Compare(String),
    /// Keeps a text being typed, by the clause that it is about; an empty one is forgotten.
    Keep(String, TextDraft),
    /// The same, at once: what the file has is out of date.
    KeepNow(String, TextDraft),
    /// Keeps the meeting, as a text; an empty one is forgotten.
    KeepMeeting(String),
    /// Looks for a name like this path that no file has.
    FreeName(String),
    /// Opens a text in `$EDITOR`.
    External(String),
    /// Copies a text to the terminal's clipboard.
    Copy(String),
    /// Looks for the paths that begin so.
    Complete(String),
    /// Saves a file; over a file that is there only where this says so.
    Save(SaveJob, bool),
    /// Notes the width policy that was chosen by hand for this kind of terminal.
    KeepWidth(Policy),
    /// Clears the screen before the next frame.
    Clear,
    /// Stops the process until it is continued.
    Suspend,
    /// Ends the program.
    Quit,
}
