//! What a line of a source is, if its file says so: a title, a heading, a table row.

/// A line that is more than text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The document's title.
    Title,
    /// A heading, with its level from 1.
    Heading(u8),
    /// An item of a nested list, with its depth.
    Item(u8),
    /// A row of a task table.
    Row(Box<TaskRow>),
}

/// A row of a task table, printed as one line: number, text, and the rest in brackets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskRow {
    /// Bytes of its number or box, including the blank after it.
    pub label: usize,
    /// Where its first text cell ends; 0 if it has only one.
    pub title: usize,
    /// Where its bracket begins; the end of the line if there is none.
    pub text: usize,
    /// The responsible units: header of each column, and the names.
    pub units: Vec<(String, String)>,
    /// A rule in the header that applies to the document: 排第一位的为牵头单位.
    pub rule: Option<String>,
    /// The persons in charge.
    pub owner: Option<String>,
    /// The deadline as written.
    pub due: Option<String>,
    /// Whether its box or status says done.
    pub ticked: bool,
    /// Whether its table has a column of units, and so must be a task table.
    pub assigns: bool,
}
