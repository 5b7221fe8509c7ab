//! The clauses that a key is about: the one in discussion, the marked, the filtered, or those under
//! the cursor.

use crate::{
    document::Node,
    text,
    tui::{context::Context, keymap::Mode},
};

impl Context {
    /// Returns the clause that the meeting, or the cursor of the deadlines, is at.
    pub fn discussed(&self) -> Option<usize> {
        let met = self.meeting.as_ref().filter(|_| self.has(Mode::Meeting));
        let focus = self.focus.as_ref().map(|(clause, _)| *clause);
        focus.or_else(|| met?.clause())
    }

    /// Returns the node in discussion, or under the cursor.
    pub fn node_here(&self) -> Option<Node> {
        let discussed = self.discussed().map(Node::Clause);
        discussed.or_else(|| self.outline.node())
    }

    /// Returns the clauses that the next change targets: the one in discussion, the marked ones, or
    /// those under the cursor.
    pub fn targets(&self) -> Vec<usize> {
        if let Some(clause) = self.discussed() {
            vec![clause]
        } else if self.marks.is_empty() {
            self.under_cursor()
        } else {
            self.marks.iter().copied().collect()
        }
    }

    /// Returns the visible clauses of the node under the cursor: all, or those in the filter.
    pub fn under_cursor(&self) -> Vec<usize> {
        let Some(node) = self.outline.node() else {
            return Vec::new();
        };
        let clauses = self.document.clauses_of(node);
        match self.outline.filter() {
            None => clauses.collect(),
            Some(shown) => shown
                .iter()
                .copied()
                .filter(|c| clauses.contains(c))
                .collect(),
        }
    }

    /// Returns the marked or filtered clauses with a name for them; `None` for all.
    pub fn agenda(&self) -> Option<(String, Vec<usize>)> {
        if !self.marks.is_empty() {
            let topic = self.lang.text("meeting.marked").to_owned();
            return Some((topic, self.marks.iter().copied().collect()));
        }
        self.outline.filter()?;
        let topic = self.search.text.trim().trim_start_matches(['@', '＠']);
        Some((topic.to_owned(), self.search.matches.clauses.clone()))
    }

    /// Returns the subject of a box: a clause's number and text, or how many.
    pub fn about(&self, clauses: &[usize]) -> String {
        match clauses {
            [one] => {
                let clause = &self.document.clauses[*one];
                let text: String = clause.text.chars().take(200).collect();
                format!("{} {}", clause.id, text::clean(&text))
            }
            many => self.lang.fill("write.many", &[("n", &many.len())]),
        }
    }
}
