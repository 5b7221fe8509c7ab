//! The list of documents behind the picker. Pure.

use crate::{
    search::{self, Query},
    tui::{
        context::Context,
        message::{DocumentCount, DocumentItem},
    },
};
use std::collections::HashMap;

/// The documents, the filter, and the cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DocumentPicker {
    /// All documents; `None` until they are listed.
    items: Option<Vec<DocumentItem>>,
    /// The number of unreadable files.
    pub wrong: usize,
    /// The filter.
    find: String,
    /// Indices of the documents shown.
    shown: Vec<usize>,
    /// The row under the cursor.
    selected: usize,
    /// The progress of other documents, by name.
    pub counts: HashMap<String, DocumentCount>,
}

impl DocumentPicker {
    /// Fills the list, with the cursor on the document of this name.
    pub(super) fn fill(&mut self, items: Vec<DocumentItem>, wrong: usize, name: &str) {
        let at = items.iter().position(|i| i.name == name);
        (self.items, self.wrong) = (Some(items), wrong);
        self.narrow(&self.find.clone());
        let row = self.shown.iter().position(|i| Some(*i) == at);
        self.selected = row.unwrap_or(self.selected);
    }

    /// Returns whether the list is filled.
    pub(super) const fn is_listed(&self) -> bool {
        self.items.is_some()
    }

    /// Returns the number of documents, shown or not.
    pub(super) fn all(&self) -> usize {
        self.items.as_ref().map_or(0, Vec::len)
    }

    /// Returns the documents shown.
    pub(super) fn shown(&self) -> impl ExactSizeIterator<Item = &DocumentItem> {
        let items = self.items.as_deref().unwrap_or_default();
        self.shown.iter().map(|i| &items[*i])
    }

    /// Returns the progress of a document, if that is known.
    pub(super) fn count(&self, context: &Context, item: &DocumentItem) -> Option<DocumentCount> {
        if item.name == context.name {
            return Some(DocumentCount::of(&context.progress, context.today));
        }
        self.counts.get(&item.name).copied()
    }

    /// Returns the filter.
    pub(super) fn find(&self) -> &str {
        &self.find
    }

    /// Returns the row under the cursor.
    pub(super) const fn selected(&self) -> usize {
        self.selected
    }

    /// Returns the document under the cursor.
    pub(super) fn item(&self) -> Option<&DocumentItem> {
        self.shown().nth(self.selected)
    }

    /// Moves the cursor to a row, or to the last.
    pub(super) fn go(&mut self, row: usize) {
        self.selected = row.min(self.shown.len().saturating_sub(1));
    }

    /// Shows only the documents with all these words in title, stage or id, matched like search
    /// terms (including pinyin). The cursor stays on its document if that is shown.
    pub(super) fn narrow(&mut self, find: &str) {
        let at = self.shown.get(self.selected).copied();
        let words: Vec<Query> = find.split_whitespace().map(Query::parse).collect();
        let items = self.items.as_deref().unwrap_or_default();
        self.shown = (0..items.len())
            .filter(|i| words.iter().all(|word| has(&items[*i], word)))
            .collect();
        find.clone_into(&mut self.find);
        let row = self.shown.iter().position(|i| Some(*i) == at);
        self.selected = row.unwrap_or(0);
    }
}

fn has(item: &DocumentItem, word: &Query) -> bool {
    let stage = item.stage.as_deref().unwrap_or_default();
    [&item.title, stage, &item.name]
        .iter()
        .any(|text| !search::highlight(word, text).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(find: &str) -> Vec<String> {
        let item = |name: &str, title: &str, stage: Option<&str>| DocumentItem {
            name: name.into(),
            title: title.into(),
            stage: stage.map(Into::into),
        };
        let mut picker = DocumentPicker::default();
        picker.narrow(find);
        let items = vec![
            item(
                "bonded-2019",
                "关于促进综合保税区高水平开放的若干意见",
                None,
            ),
            item(
                "tianjin-2025",
                "天津口岸 2025 年行动措施",
                Some("征求意见稿"),
            ),
        ];
        picker.fill(items, 0, "tianjin-2025");
        picker.shown().map(|i| i.name.clone()).collect()
    }

    #[test]
    fn words_in_title_stage_or_id_narrow_by_pinyin_too() {
        for (find, names) in [
            ("", vec!["bonded-2019", "tianjin-2025"]),
            ("保税", vec!["bonded-2019"]),
            ("tjka", vec!["tianjin-2025"]),
            ("征求", vec!["tianjin-2025"]),
            ("BONDED", vec!["bonded-2019"]),
            ("意见 2025", vec!["tianjin-2025"]),
            ("港口", vec![]),
        ] {
            assert_eq!(picker(find), names, "{find}");
        }
    }

    #[test]
    fn the_cursor_stays_on_its_document() {
        let items = ["a", "b", "c"].map(|name| DocumentItem {
            name: name.into(),
            title: format!("title {name}"),
            stage: None,
        });
        let mut picker = DocumentPicker::default();
        assert_eq!((picker.is_listed(), picker.item()), (false, None));
        picker.fill(items.to_vec(), 0, "c");
        assert_eq!(picker.selected(), 2);
        picker.narrow("'title c");
        assert_eq!(picker.item().map(|i| i.name.as_str()), Some("c"));
        picker.narrow("");
        assert_eq!(picker.selected(), 2);
        picker.go(9);
        assert_eq!(picker.selected(), 2);
    }
}
