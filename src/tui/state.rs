//! What comes back the next time: what was folded, where the cursor was. One small file a document
//! in the XDG state directory. May use: `document`, `progress::journal` for its
//! folder, `tui::outline`, serde.

use super::{model::Model, outline::Outline};
use crate::document::{ClauseId, Document, Node};
use crate::progress::journal::make_folder;
use serde::{Deserialize, Serialize};
use std::{
    io::{self, Write as _},
    path::Path,
};

/// The state of a screen, by the labels that people see, so that it survives a new document file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// Numbers of folded chapters.
    pub folded_chapters: Vec<u32>,
    /// Labels of folded measures.
    pub folded_measures: Vec<String>,
    /// The node under the cursor.
    pub selected: String,
}

/// A chapter and a measure may have the same number; these tell them apart in the file.
const CHAPTER: &str = "ch:";
const MEASURE: &str = "#";

impl State {
    /// Reads a state file. A missing or broken one is an empty state: nothing of worth is in it.
    pub fn read(path: &Path) -> Self {
        std::fs::read_to_string(path)
            .ok()
            .and_then(|t| serde_yaml::from_str(&t).ok())
            .unwrap_or_default()
    }

    /// Writes a state file beside and renames it.
    ///
    /// # Errors
    ///
    /// Fails where the folder can't be made or written to.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        make_folder(folder)?;
        let text = serde_yaml::to_string(self).map_err(io::Error::other)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(path).map_err(|e| e.error)?;
        Ok(())
    }

    /// Returns the state of a screen. A search is not kept.
    pub fn of(model: &Model) -> Self {
        let document = &model.document;
        let folded = |node: &Node| model.outline.is_folded(*node);
        let chapters = (0..document.chapters.len())
            .map(Node::Chapter)
            .filter(folded);
        let measures = (0..document.measures.len())
            .map(Node::Measure)
            .filter(folded);
        Self {
            folded_chapters: chapters
                .filter_map(|n| model.label(n).parse().ok())
                .collect(),
            folded_measures: measures.map(|n| model.label(n)).collect(),
            selected: model
                .outline
                .node()
                .map_or_else(String::new, |n| name(model, n)),
        }
    }

    /// Returns the outline in this state.
    pub fn outline(&self, document: &Document) -> Outline {
        let mut outline = Outline::new(document);
        for (i, chapter) in document.chapters.iter().enumerate() {
            if self.folded_chapters.contains(&chapter.number) {
                outline.fold(document, Node::Chapter(i), true);
            }
        }
        if !self.folded_measures.is_empty() {
            for i in 0..document.measures.len() {
                if self.folded_measures.contains(&document.measure_label(i)) {
                    outline.fold(document, Node::Measure(i), true);
                }
            }
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

fn name(model: &Model, node: Node) -> String {
    let prefix = match node {
        Node::Chapter(_) => CHAPTER,
        Node::Measure(_) => MEASURE,
        Node::Clause(_) => "",
    };
    format!("{prefix}{}", model.label(node))
}
