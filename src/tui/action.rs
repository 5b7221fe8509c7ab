//! What a key can ask for.

use crate::progress::Status;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Adds an item of one's own, or a list of one's own.
    Add,
    /// Rewords a step or an item of one's own.
    Reword,
    /// Removes a step or an item of one's own.
    Remove,
    /// Moves a step up.
    MoveUp,
    /// Moves a step down.
    MoveDown,
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
    /// An editing key in a line being typed.
    Edit(Typing),
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
