//! Words of a query: where they end, and what quotation marks hold together.

use super::fold;

/// A word of a query: folded characters, each with whether it was quoted.
#[derive(Debug, Default)]
pub(in super::super) struct Word {
    pub(in super::super) typed: String,
    pub(super) chars: Vec<(char, bool)>,
    phrase: Phrase,
    /// Where the quotation mark stood that opened the phrase.
    opened: usize,
}

/// How far the quotation marks of a word have come.
#[derive(Debug, Default, PartialEq, Eq)]
enum Phrase {
    #[default]
    None,
    Open,
    Closed,
}

impl Word {
    /// Takes in one more character. Quotation marks make a phrase where they hold all that a term
    /// asks for; otherwise they are text: `“药食同源”商品` may have been copied out of a document.
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

    /// Returns a word whose blanks are part of it.
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

/// Cuts a line at its blanks; a quotation mark that is not closed holds to the end.
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
