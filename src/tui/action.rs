//! Actions that keys ask for.

use super::key::Key;
use crate::progress::Status;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing: the key has no meaning here.
    Unbound(Key),
    /// Moves the cursor, or what is open, one down.
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
    /// Sets this status.
    SetStatus(Status),
    /// Marks what is under the cursor.
    Mark,
    /// Marks everything shown.
    MarkAll,
    /// Sets a deadline.
    Due,
    /// Sets the person in charge.
    Owner,
    /// Writes a remark.
    Remark,
    /// Adds a step of the user's own.
    Step,
    /// Adds an item or a list.
    Add,
    /// Rewords a step or an added item.
    Reword,
    /// Removes a step or an added item.
    Remove,
    /// Moves a step up.
    MoveUp,
    /// Moves a step down.
    MoveDown,
    /// Cycles through kinds, or completes.
    Cycle,
    /// Starts a new line in a text.
    NewLine,
    /// Opens the text in `$EDITOR`.
    External,
    /// Undoes the last change.
    Undo,
    /// Redoes it.
    Redo,
    /// Opens the history.
    History,
    /// Opens the deadlines.
    Deadlines,
    /// Shows the past.
    Past,
    /// Opens the picker of exports.
    Export,
    /// Chooses the list item with this index.
    Choose(usize),
    /// Opens the table of units.
    Units,
    /// Sorts by the column to the left.
    PreviousColumn,
    /// Sorts by the column to the right.
    NextColumn,
    /// Reverses the order.
    Reverse,
    /// Opens the meeting, or resumes it.
    Meeting,
    /// Opens the picker of documents.
    Documents,
    /// Carries the progress of the document under the cursor to the open one.
    Carry,
    /// Opens the help.
    Help,
    /// Opens the search.
    Search,
    /// Goes to the next clause found.
    NextMatch,
    /// Goes to the previous clause found.
    PreviousMatch,
    /// Opens the prompt for a number or an action's name.
    Command,
    /// Cycles through ambiguous-width policies.
    CyclePolicy,
    /// Copies what is under the cursor to the terminal's clipboard.
    Copy,
    /// Redraws everything.
    Redraw,
    /// Suspends the process, like Ctrl-Z in a shell.
    Suspend,
    /// Leaves.
    Quit,
    /// Answers yes, or accepts what is typed or picked.
    Accept,
    /// Answers no.
    Refuse,
    /// Types a character.
    Type(char),
    /// An editing key in a line being typed.
    Edit(Typing),
}

impl Action {
    /// Returns whether it leads to a change of the journal, which the past refuses.
    pub const fn writes(self) -> bool {
        matches!(
            self,
            Self::Tick
                | Self::PickStatus
                | Self::SetStatus(_)
                | Self::Mark
                | Self::MarkAll
                | Self::Due
                | Self::Owner
                | Self::Remark
                | Self::Step
                | Self::Add
                | Self::Reword
                | Self::Remove
                | Self::MoveUp
                | Self::MoveDown
                | Self::Undo
                | Self::Redo
                | Self::Meeting
                | Self::Documents
        )
    }
}

/// A key that edits a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// Deletes before the cursor.
    Backspace,
    /// Deletes after the cursor.
    Delete,
    /// Moves left.
    Left,
    /// Moves left.
    Right,
    /// Moves a word left.
    WordLeft,
    /// Moves a word left.
    WordRight,
    /// Moves to the line's start.
    Home,
    /// Moves to the line's end.
    End,
    /// Deletes the word before the cursor.
    KillWord,
    /// Deletes to the line's start.
    KillToStart,
    /// Deletes to the line's end.
    KillToEnd,
    /// Undoes the last edit.
    Undo,
}
