//! Items of the user's own, in a chapter after the document's chapters.
//!
//! They come from the journal. They are clauses, so that everything works on them, but they are
//! counted separately and never in the document's rate.

use super::{Chapter, Clause, ClauseId, Document, Measure, Print, Responsibility};
use crate::locale::Lang;
use std::ops::Range;

/// An item of the user's own, from the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnItem {
    /// Its id: `+k7`.
    pub id: ClauseId,
    /// Its text.
    pub text: String,
    /// The responsible units.
    pub units: Vec<String>,
}

impl Document {
    /// Returns the document with these items after its own clauses.
    #[must_use]
    pub fn with_items(&self, items: Vec<OwnItem>) -> Self {
        let mut document = self.clone();
        document.items = items.len();
        let heading = if self.clauses.is_empty() {
            "items.only"
        } else {
            "items.heading"
        };
        let last = self.chapters.iter().map(|c| c.number).max();
        document.push_chapter(Chapter {
            number: last.unwrap_or(0).saturating_add(1),
            title: self.lang().text(heading).to_owned(),
            print: Print {
                label: Some(String::new()),
                ..Print::default()
            },
            ..Chapter::default()
        });
        document.push_measure(Measure::default());
        for item in items {
            let responsibility = Responsibility {
                units: item.units,
                ..Responsibility::default()
            };
            document.push_clause(Clause {
                id: item.id,
                text: item.text,
                responsibility: responsibility.into(),
                ..Clause::default()
            });
        }
        document.index()
    }

    /// Returns the clauses that are items of the user's own.
    pub const fn items(&self) -> Range<usize> {
        let all = self.clauses.len();
        all - self.items..all
    }

    /// Returns whether a chapter holds the items of the user's own.
    pub fn is_added(&self, chapter: &Chapter) -> bool {
        self.items > 0 && chapter.measures.end == self.measures.len()
    }

    /// Returns the clauses that count in 完成率: the document's own, or if it has none the added
    /// items.
    pub const fn rated(&self) -> Range<usize> {
        let all = self.clauses.len();
        let own = all - self.items;
        0..if own == 0 { all } else { own }
    }

    /// Returns the items that are counted separately.
    pub const fn beside(&self) -> Range<usize> {
        self.rated().end..self.clauses.len()
    }

    /// Returns the document's language: Chinese if its title has a Han character.
    pub fn lang(&self) -> Lang {
        let han = |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}');
        if self.title.chars().any(han) {
            Lang::ZhCn
        } else {
            Lang::En
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, OwnItem};
    use crate::document::{ClauseId, Node, catalogue};

    fn item(id: &str) -> OwnItem {
        OwnItem {
            id: id.parse().unwrap(),
            text: "买咖啡".into(),
            units: vec!["天津海关".into()],
        }
    }

    #[test]
    fn items_come_after_the_documents_own_clauses() {
        let own = catalogue::embedded().unwrap();
        let document = own.with_items(vec![item("+k7"), item("+b2")]);
        assert_eq!(document.clauses.len(), own.clauses.len() + 2);
        assert_eq!(document.rated(), 0..own.clauses.len());
        assert_eq!(document.beside(), document.items());
        let chapter = own.chapters.len();
        assert_eq!(
            document.clauses_of(Node::Chapter(chapter)),
            document.items()
        );
        assert_eq!(document.chapters[chapter].heading(), "新增事项");
        assert_eq!(document.find("+b2".parse().unwrap()), Some(43));
        assert_eq!(document.find(ClauseId::new(1, 1)), Some(0));
        assert_eq!(document.measure_label(own.measures.len()), "+");
        let items = |typed: &str| document.node(typed).map(|n| document.clauses_of(n));
        assert_eq!(items("＋K7"), Some(42..43));
        assert_eq!(items("+b"), Some(43..44), "what begins so");
        assert_eq!(items("+"), Some(42..44));
        assert_eq!(items("+x"), None);
        let two = own.with_items(vec![item("+k7"), item("+k8")]);
        assert_eq!(two.node("+k"), None, "it may be either");
    }

    #[test]
    fn the_items_of_a_users_own_list_are_rated() {
        let document = Document::default().with_items(vec![item("+k7")]);
        assert_eq!((document.rated(), document.beside()), (0..1, 1..1));
        assert_eq!(document.chapters[0].title, "Items");
    }
}
