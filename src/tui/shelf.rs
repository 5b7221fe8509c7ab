//! The documents to choose from, as the picker shows them. Pure. May use: `search`.

use crate::search::{self, Query};

/// A document that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is opened by: its id, or its file where it is in no catalogue.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What kind of text it is, where it says.
    pub stage: Option<String>,
}

/// The picker: what there is, what narrows it, and where the cursor is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    /// All documents; none before they are listed.
    items: Option<Vec<Item>>,
    /// How many files could not be read as documents.
    pub wrong: usize,
    /// What narrows the list.
    find: String,
    /// The documents shown, by their place among all.
    shown: Vec<usize>,
    /// The row under the cursor.
    selected: usize,
}

impl Shelf {
    /// Takes in the list, the cursor on the document of this name.
    pub fn fill(&mut self, items: Vec<Item>, wrong: usize, name: &str) {
        let at = items.iter().position(|i| i.name == name);
        (self.items, self.wrong) = (Some(items), wrong);
        self.narrow(&self.find.clone());
        let row = self.shown.iter().position(|i| Some(*i) == at);
        self.selected = row.unwrap_or(self.selected);
    }

    /// Tells whether the list is there.
    pub const fn is_listed(&self) -> bool {
        self.items.is_some()
    }

    /// Returns the documents shown.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Item> {
        let items = self.items.as_deref().unwrap_or_default();
        self.shown.iter().map(|i| &items[*i])
    }

    /// Returns what narrows the list.
    pub fn find(&self) -> &str {
        &self.find
    }

    /// Returns the row under the cursor.
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// Returns the document under the cursor.
    pub fn item(&self) -> Option<&Item> {
        self.shown().nth(self.selected)
    }

    /// Moves the cursor to a row, or to the last.
    pub fn go(&mut self, row: usize) {
        self.selected = row.min(self.shown.len().saturating_sub(1));
    }

    /// Shows only the documents that have all of these words in title, stage or id, as the search
    /// reads words (pinyin too); all, for none. The cursor stays on its document where that is shown.
    pub fn narrow(&mut self, find: &str) {
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

fn has(item: &Item, word: &Query) -> bool {
    let stage = item.stage.as_deref().unwrap_or_default();
    [&item.title, stage, &item.name]
        .iter()
        .any(|text| !search::highlight(word, text).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(find: &str) -> Vec<String> {
        let item = |name: &str, title: &str, stage: Option<&str>| Item {
            name: name.into(),
            title: title.into(),
            stage: stage.map(Into::into),
        };
        let mut shelf = Shelf::default();
        shelf.narrow(find);
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
        shelf.fill(items, 0, "tianjin-2025");
        shelf.shown().map(|i| i.name.clone()).collect()
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
            assert_eq!(shelf(find), names, "{find}");
        }
    }

    #[test]
    fn the_cursor_stays_on_its_document() {
        let items = ["a", "b", "c"].map(|name| Item {
            name: name.into(),
            title: format!("title {name}"),
            stage: None,
        });
        let mut shelf = Shelf::default();
        assert_eq!((shelf.is_listed(), shelf.item()), (false, None));
        shelf.fill(items.to_vec(), 0, "c");
        assert_eq!(shelf.selected(), 2);
        shelf.narrow("'title c");
        assert_eq!(shelf.item().map(|i| i.name.as_str()), Some("c"));
        shelf.narrow("");
        assert_eq!(shelf.selected(), 2);
        shelf.go(9);
        assert_eq!(shelf.selected(), 2);
    }
}
