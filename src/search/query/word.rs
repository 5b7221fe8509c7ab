//! Words of a query: their ends, and quotation.

use super::fold;

/// A word of a query: folded characters, each with whether it was quoted.
#[derive(Debug, Default)]
pub(in super::super) struct Word {
    pub(in super::super) typed: String,
    pub(super) chars: Vec<(char, bool)>,
    phrase: Phrase,
    /// Position of the quotation mark that opened the phrase.
    opened: usize,
}

/// Progress of a word's quotation.
#[derive(Debug, Default, PartialEq, Eq)]
enum Phrase {
    #[default]
    None,
    Open,
    Closed,
}

impl Word {
    /// Adds a character. Quotation marks make a phrase only around everything that a term asks for;
    /// otherwise they are text: `“药食同源”商品` may have been copied from a document.
    fn push(&mut self, c: char) {
        self.typed.push(c);
        let folded = fold::any(c);
        let begins = self.chars.last().is_none_or(|(c, _)| ":@!'".contains(*c));
        match (folded, &self.phrase) {
            ('"', Phrase::None) if begins => {
                self.phrase = Phrase::Open;
                self.opened = self.chars.len();
            }
            ('"', Phrase::Open) => self.phrase = Phrase::Closed,
            (_, Phrase::Closed) => {
                self.phrase = Phrase::None;
                for (_, quoted) in &mut self.chars {
                    *quoted = false;
                }
                self.chars.insert(self.opened, ('"', false));
                self.chars.extend([('"', false), (folded, false)]);
            }
            (_, phrase) => self.chars.push((folded, *phrase == Phrase::Open)),
        }
    }

    /// Returns a word that includes its blanks.
    pub(super) fn held_together(text: &str) -> Self {
        let hold = |c| (fold::any(c), c.is_whitespace());
        Self {
            typed: text.to_owned(),
            chars: text
                .trim()
                .chars()
                .map(hold)
                .filter(|(c, _)| *c != '"')
                .collect(),
            ..Self::default()
        }
    }
}

/// Splits a line at blanks; an unclosed quotation mark extends to the end.
pub(in super::super) fn split(text: &str) -> Vec<Word> {
    let mut words = vec![Word::default()];
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if !c.is_whitespace() || word.phrase == Phrase::Open => word.push(c),
            _ => words.push(Word::default()),
        }
    }
    words.retain(|word| !word.typed.is_empty());
    words
}
