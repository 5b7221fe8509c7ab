//! What a line of a source is, where its file says so: a title, a heading, a row of a table.

/// A line that is more than text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The document's title.
    Title,
    /// A heading, from 1.
    Heading(u8),
    /// An item of a list in a list, so many levels deep.
    Item(u8),
    /// A row of a table of tasks.
    Row(Box<TaskRow>),
}

/// A row of a table of tasks, printed as one line: number, text, and in brackets the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskRow {
    /// How many bytes of the line are its number or box, the blank after it included.
    pub label: usize,
    /// Where its first cell of text ends; 0 where it has only one.
    pub title: usize,
    /// Where its bracket begins; the end of the line where it has none.
    pub text: usize,
    /// Who answers for it: the head of each column, and the names.
    pub units: Vec<(String, String)>,
    /// What a head rules for the document: 排第一位的为牵头单位.
    pub rule: Option<String>,
    /// The persons in charge.
    pub owner: Option<String>,
    /// The deadline as it stands.
    pub due: Option<String>,
    /// Whether its box or status says that it is done.
    pub ticked: bool,
    /// Whether its table has a column of units: it can be nothing but a table of tasks.
    pub assigns: bool,
}
