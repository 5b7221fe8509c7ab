//! State of a screen that survives the program: folding and cursor. One small file per document in
//! the XDG state folder.

use crate::{
    document::{ClauseId, Document, Node},
    files,
    tui::{context::Context, outline::Outline},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, io, path::Path};

/// State of a screen, by visible labels, so that it survives a new document file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScreenState {
    /// Numbers of folded chapters.
    pub folded_chapters: Vec<u32>,
    /// Labels of folded measures.
    pub folded_measures: Vec<String>,
    /// The node under the cursor.
    pub selected: String,
}

/// Prefix that tells a chapter from a measure with the same number.
const CHAPTER: &str = "ch:";
const MEASURE: &str = "#";

impl ScreenState {
    /// Reads a state file; a missing or broken one gives the default.
    pub fn read(path: &Path) -> Self {
        files::read_text(path, files::MOST_SMALL)
            .ok()
            .and_then(|t| serde_yaml::from_str(&t).ok())
            .unwrap_or_default()
    }

    /// Writes a state file.
    ///
    /// # Errors
    ///
    /// The folder or file cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let text = serde_yaml::to_string(self).map_err(io::Error::other)?;
        files::keep(path, text.as_bytes())
    }

    /// Returns the state of a screen, without its search.
    pub fn of(context: &Context) -> Self {
        let document = &context.document;
        let folded = |node: &Node| context.outline.is_folded(*node);
        let chapters = (0..document.chapters.len())
            .map(Node::Chapter)
            .filter(folded);
        let measures = (0..document.measures.len())
            .map(Node::Measure)
            .filter(folded);
        Self {
            folded_chapters: chapters
                .filter_map(|n| context.label(n).parse().ok())
                .collect(),
            folded_measures: measures.map(|n| context.label(n)).collect(),
            selected: context
                .outline
                .node()
                .map_or_else(String::new, |n| name(context, n)),
        }
    }

    /// Returns the outline in this state.
    pub fn outline(&self, document: &Document) -> Outline {
        self.laid_on(Outline::new(document), document)
    }

    /// Returns an unfolded outline put into this state.
    pub fn laid_on(&self, mut outline: Outline, document: &Document) -> Outline {
        let chapters: HashSet<u32> = self.folded_chapters.iter().copied().collect();
        let measures: HashSet<&str> = self.folded_measures.iter().map(String::as_str).collect();
        if !chapters.is_empty() || !measures.is_empty() {
            let numbers = document.chapters.iter().map(|c| c.number);
            let folded = numbers.enumerate().filter(|(_, n)| chapters.contains(n));
            let is_folded = |m: &usize| measures.contains(&*document.measure_label(*m));
            // Labels are needed only if something is folded.
            let some = if measures.is_empty() {
                0
            } else {
                document.measures.len()
            };
            let folded_measures = (0..some).filter(is_folded).map(Node::Measure);
            let folded_chapters = folded.map(|(i, _)| Node::Chapter(i));
            outline.fold_each(document, folded_chapters.chain(folded_measures));
        }
        match self.node(document) {
            Some(node) => outline.select(document, node),
            None => outline.step(isize::MIN),
        }
        outline
    }

    fn node(&self, document: &Document) -> Option<Node> {
        if let Some(number) = self.selected.strip_prefix(CHAPTER) {
            let number: u32 = number.parse().ok()?;
            return document
                .chapters
                .iter()
                .position(|c| c.number == number)
                .map(Node::Chapter);
        }
        if let Some(label) = self.selected.strip_prefix(MEASURE) {
            return (0..document.measures.len())
                .find(|i| document.measure_label(*i) == label)
                .map(Node::Measure);
        }
        document
            .find(self.selected.parse::<ClauseId>().ok()?)
            .map(Node::Clause)
    }
}

fn name(context: &Context, node: Node) -> String {
    let prefix = match node {
        Node::Chapter(_) => CHAPTER,
        Node::Measure(_) => MEASURE,
        Node::Clause(_) => "",
    };
    format!("{prefix}{}", context.label(node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::catalogue;

    #[test]
    fn what_was_folded_is_folded_again_and_the_cursor_back() {
        let document = catalogue::embedded().unwrap();
        let state = ScreenState {
            folded_chapters: vec![2],
            folded_measures: vec!["1".to_owned(), "16".to_owned()],
            selected: "3.1".to_owned(),
        };
        let outline = state.outline(&document);
        let mut one_by_one = Outline::new(&document);
        for node in [Node::Chapter(1), Node::Measure(0), Node::Measure(15)] {
            one_by_one.fold(&document, node, true);
        }
        assert_eq!(outline.rows(), one_by_one.rows());
        let clause = document.find(ClauseId::new(3, 1)).unwrap();
        assert_eq!(outline.node(), Some(Node::Clause(clause)));
    }
}
