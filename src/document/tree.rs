//! Adds chapters, measures, clauses and text at the end of a document.

use super::{Chapter, Clause, Document, Measure, Print};

impl Document {
    /// Appends a chapter; the measures that follow belong to it.
    pub(super) fn push_chapter(&mut self, chapter: Chapter) {
        let start = self.measures.len();
        self.chapters.push(Chapter {
            measures: start..start,
            ..chapter
        });
    }

    /// Appends a chapter with the document's own title if there is none; returns whether it did.
    pub(super) fn need_chapter(&mut self) -> bool {
        let none = self.chapters.is_empty();
        if none {
            self.push_chapter(Chapter {
                title: self.title.clone(),
                print: Print::none(),
                ..Chapter::default()
            });
        }
        none
    }

    /// Appends a measure to the last chapter; the clauses that follow belong to it.
    pub(super) fn push_measure(&mut self, measure: Measure) {
        let start = self.clauses.len();
        self.measures.push(Measure {
            chapter: self.chapters.len().saturating_sub(1),
            clauses: start..start,
            ..measure
        });
        if let Some(chapter) = self.chapters.last_mut() {
            chapter.measures.end = self.measures.len();
        }
    }

    /// Appends a clause to the last measure; returns its index.
    pub(super) fn push_clause(&mut self, clause: Clause) -> usize {
        let place = self.clauses.len();
        self.clauses.push(Clause {
            measure: self.measures.len().saturating_sub(1),
            ..clause
        });
        if let Some(measure) = self.measures.last_mut() {
            measure.clauses.end = place + 1;
        }
        place
    }

    /// Appends text that is neither heading nor clause to what precedes it.
    pub(super) fn push_text(&mut self, text: &str) {
        let Some(chapter) = self.chapters.last_mut() else {
            return append(&mut self.preamble, text);
        };
        let measure = self.measures.last_mut();
        match measure.filter(|_| !chapter.measures.is_empty()) {
            None => append(&mut chapter.text, text),
            Some(measure) if measure.clauses.is_empty() => append(&mut measure.text, text),
            Some(_) => {
                if let Some(clause) = self.clauses.last_mut() {
                    append(&mut clause.after, text);
                }
            }
        }
    }
}

/// Adds a paragraph to text that may be absent.
pub(super) fn append(place: &mut Option<String>, text: &str) {
    match place {
        Some(known) => {
            known.push('\n');
            known.push_str(text);
        }
        None => *place = Some(text.to_owned()),
    }
}
