//! What can be asked of the model, and what the model asks of the edge. May use: `progress` and above.

use super::{kept::Kept, mouse::Pointer, review::Compared, shelf::Item};
use crate::{
    progress::{Change, Draft, Status, journal::Batch},
    report::{export::Format, minutes::Minutes, over::Over},
    text::Policy,
};
use jiff::{Timestamp, civil::Date};

/// A request to change the model: from a key, or a report from the edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Moves the cursor, or the scroll of what is open, one down.
    Down,
    /// … one up.
    Up,
    /// … a page down.
    PageDown,
    /// … a page up.
    PageUp,
    /// … to the first.
    Top,
    /// … to the last.
    Bottom,
    /// Moves to the next measure.
    NextMeasure,
    /// Moves to the measure before.
    PreviousMeasure,
    /// Folds the node, or goes to its parent.
    Fold,
    /// Unfolds the node, or goes to its first child.
    Unfold,
    /// Folds or unfolds the node.
    ToggleFold,
    /// Folds or unfolds everything.
    ToggleAll,
    /// Opens the clause's detail, or folds.
    Open,
    /// Goes back one step: closes what is open, ends the search, clears marks.
    Back,
    /// Ticks.
    Tick,
    /// Opens the status picker.
    PickStatus,
    /// Gives this status.
    SetStatus(Status),
    /// Marks what is under the cursor.
    Mark,
    /// Marks all that is shown.
    MarkAll,
    /// Sets a deadline.
    Due,
    /// Names who is in charge.
    Owner,
    /// Writes a remark.
    Remark,
    /// Adds a step of one's own.
    Step,
    /// Goes through kinds, or completes.
    Cycle,
    /// Starts a new line in a text.
    NewLine,
    /// Opens the text in `$EDITOR`.
    External,
    /// Takes back the last change.
    Undo,
    /// Makes it again.
    Redo,
    /// Opens the history.
    History,
    /// Opens the picker of exports.
    Export,
    /// Takes the item of this place in a list, from 0.
    Choose(usize),
    /// Opens the table of units.
    Units,
    /// Sorts by the column to the left.
    PreviousColumn,
    /// Sorts by the column to the right.
    NextColumn,
    /// Turns the order round.
    Reverse,
    /// Opens the meeting, or goes on with it.
    Meeting,
    /// Opens the picker of documents.
    Documents,
    /// Carries the progress of the document under the cursor to the one that is open.
    Carry,
    /// Opens the help.
    Help,
    /// Opens the search.
    Search,
    /// Goes to the next clause found.
    NextMatch,
    /// Goes to the clause found before.
    PreviousMatch,
    /// Opens the prompt for a number or an action's name.
    Command,
    /// Goes through ambiguous-width policies.
    CyclePolicy,
    /// Copies what is under the cursor to the terminal's clipboard.
    Copy,
    /// Draws everything anew.
    Redraw,
    /// Stops the process, as Ctrl-Z does in a shell.
    Suspend,
    /// Leaves.
    Quit,
    /// Answers yes, or takes what is typed or picked.
    Accept,
    /// Answers no.
    Refuse,
    /// Types a character.
    Type(char),
    /// Inserts pasted text: text, never keys.
    Paste(String),
    /// The mouse did something.
    Mouse(Pointer),
    /// An editing key in a line being typed.
    Edit(Typing),
    /// The clock, before every batch of other actions.
    Clock(Timestamp),
    /// The date has changed.
    Day(Date),
    /// The terminal has this many columns and rows.
    Resize(u16, u16),
    /// The terminal's width policy was found out.
    Probed(Policy),
    /// Lines that others appended, or the whole of a replaced file.
    Read(Batch),
    /// Our drafts are durable: as lines, after what others had appended.
    Written(Vec<Change>, Batch),
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
    Freed(String, String),
    /// What became of a paper that was to be saved.
    Filed(Paper, Filed),
    /// The documents that can be opened, and how many files are none.
    Listed(Vec<Item>, usize),
    /// The document that was to be opened in the place of this one is ready, or can't be opened.
    Opened,
    /// What was asked for could not be done: why.
    Refused(String),
    /// Another document was compared with this one.
    Compared(Compared),
    /// The line is dropped or the process asked to end: saves what can be saved.
    Terminate,
}

/// What is to be saved as a file of the user's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Where, as typed.
    pub path: String,
    /// What.
    pub content: Content,
}

/// What goes on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The minutes of a meeting; the path says in which form.
    Minutes(Box<Minutes>),
    /// An export, whose bytes the edge makes.
    Export(Order),
}

/// What is to be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// As what; what the path ends with goes before.
    pub format: Format,
    /// Whether each unit has a sheet of its own.
    pub by_unit: bool,
    /// The clauses; none are all.
    pub clauses: Option<Vec<usize>>,
}

/// What became of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filed {
    /// It is saved.
    Saved,
    /// A file is there already, and is as it was; with a reason to think twice, if there is one.
    Exists(Option<Over>),
    /// It could not be saved: why.
    Failed(String),
}

/// A key that edits a line being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// Deletes before the cursor.
    Backspace,
    /// Deletes after it.
    Delete,
    /// Moves it.
    Left,
    /// Moves it.
    Right,
    /// Moves it by a word.
    WordLeft,
    /// Moves it by a word.
    WordRight,
    /// Moves it to the line's start.
    Home,
    /// Moves it to the line's end.
    End,
    /// Deletes the word before it.
    KillWord,
    /// Deletes from the line's start to it.
    KillToStart,
    /// Deletes from it to the line's end.
    KillToEnd,
    /// Takes back the last edit.
    Undo,
}

/// Work for the edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Appends a draft to the journal.
    Append(Draft),
    /// Reads what others appended (where the file system does not tell).
    Read,
    /// Lists the documents.
    List,
    /// Opens the document of this name in the place of this one.
    Open(String),
    /// Compares the document of this name with this one.
    Compare(String),
    /// Keeps a text being typed, by the clause that it is about; an empty one is forgotten.
    Keep(String, Kept),
    /// The same, at once: what the file has is out of date.
    KeepNow(String, Kept),
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
    /// Saves a paper; over a file that is there only where this says so.
    File(Paper, bool),
    /// Clears the screen before the next frame.
    Clear,
    /// Stops the process until it is continued.
    Suspend,
    /// Ends the program.
    Quit,
}
