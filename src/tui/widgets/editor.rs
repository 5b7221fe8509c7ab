//! A text editor: text, cursor, and editing keys. Pure.

use crate::{
    locale::Lang,
    text::{Policy, word_ends, wrap},
    tui::action::Typing,
};
use std::ops::Range;

/// A text being edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Editor {
    text: String,
    /// Byte offset, always at a grapheme boundary.
    cursor: usize,
    /// Whether all the text is selected, so that typing replaces it.
    selected: bool,
    /// Text and cursor before each edit, latest last.
    past: Vec<(String, usize)>,
}

/// Edits that can be undone; the texts are short.
const PAST_LIMIT: usize = 200;

impl Editor {
    /// Returns an editor with the cursor at the end of a text.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            cursor: text.len(),
            text,
            selected: false,
            past: Vec::new(),
        }
    }

    /// Returns an editor of a proposed text: typing replaces it, an editing key keeps it.
    pub fn selected(text: impl Into<String>) -> Self {
        let mut editor = Self::new(text);
        editor.select();
        editor
    }

    /// Selects all the text, like a proposed one.
    pub fn select(&mut self) {
        self.cursor = self.text.len();
        self.selected = !self.text.is_empty();
    }

    /// Returns whether typing replaces the text.
    pub const fn is_selected(&self) -> bool {
        self.selected
    }

    /// Returns an editor of a text, given by the parts before and after the cursor.
    pub fn at(before: impl Into<String>, after: impl AsRef<str>) -> Self {
        let mut editor = Self::new(before);
        editor.text.push_str(after.as_ref());
        editor
    }

    /// Returns the text's lines at a width, as byte ranges; after a final line end there is an
    /// empty line for the cursor.
    pub fn lines(&self, policy: Policy, width: usize) -> Vec<Range<usize>> {
        let mut lines = wrap(policy, &self.text, width);
        if self.text.is_empty() || self.text.ends_with('\n') {
            lines.push(self.text.len()..self.text.len());
        }
        lines
    }

    /// Returns the cursor's row and column in these lines, from 0.
    pub fn place(&self, policy: Policy, lines: &[Range<usize>]) -> (usize, usize) {
        // At a soft break the cursor is at the start of the line it types into.
        let row = lines
            .iter()
            .rposition(|l| l.start <= self.cursor)
            .unwrap_or(0);
        let start = lines.get(row).map_or(0, |l| l.start);
        (
            row,
            policy.width(self.text.get(start..self.cursor).unwrap_or_default()),
        )
    }

    /// Moves the cursor a line up or down, keeping its column if possible.
    pub fn move_line(&mut self, policy: Policy, width: usize, down: bool) {
        let lines = self.lines(policy, width);
        let (row, column) = self.place(policy, &lines);
        let goal = if down {
            Some(row + 1)
        } else {
            row.checked_sub(1)
        };
        let Some(line) = goal.and_then(|row| lines.get(row)) else {
            return;
        };
        let text = self.text.get(line.clone()).unwrap_or_default();
        let text = text.trim_end_matches('\n');
        let (before, _) = policy.fit(text, column);
        self.cursor = line.start + before.len();
    }

    fn remember(&mut self) {
        if self.past.len() == PAST_LIMIT {
            self.past.remove(0);
        }
        self.past.push((self.text.clone(), self.cursor));
    }

    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before and after the cursor.
    pub fn split(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Inserts text at the cursor if the result fits `most` bytes; otherwise returns the error.
    pub fn insert_within(&mut self, text: &str, most: usize, lang: Lang) -> Option<String> {
        let kept = if self.selected { 0 } else { self.text.len() };
        let error = too_long(kept + text.len(), most, lang);
        if error.is_none() {
            self.insert(text);
        }
        error
    }

    /// Inserts text at the cursor.
    pub fn insert(&mut self, text: &str) {
        self.remember();
        if std::mem::take(&mut self.selected) {
            self.text.clear();
            self.cursor = 0;
        }
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
        // The inserted text may have joined with what follows into one grapheme.
        let bound = self.bounds().find(|b| *b >= self.cursor);
        self.cursor = bound.unwrap_or(self.text.len());
    }

    /// Handles an editing key. A proposed text then becomes the user's own.
    pub fn edit(&mut self, typing: Typing) {
        self.selected = false;
        if typing == Typing::Undo {
            if let Some((text, cursor)) = self.past.pop() {
                (self.text, self.cursor) = (text, cursor);
            }
            return;
        }
        let target = match typing {
            Typing::Backspace | Typing::Left => self.before(),
            Typing::Delete | Typing::Right => self.after(),
            Typing::WordLeft | Typing::KillWord => self.word_before(),
            Typing::WordRight => self.word_after(),
            Typing::Home | Typing::KillToStart => self.line_start(),
            Typing::End | Typing::KillToEnd => self.line_end(),
            Typing::Undo => return,
        };
        match typing {
            Typing::Backspace
            | Typing::Delete
            | Typing::KillWord
            | Typing::KillToStart
            | Typing::KillToEnd => {
                self.remember();
                let (from, to) = (target.min(self.cursor), target.max(self.cursor));
                self.text.replace_range(from..to, "");
                self.cursor = from;
            }
            _ => self.cursor = target,
        }
    }

    fn bounds(&self) -> impl Iterator<Item = usize> {
        Policy::Narrow
            .graphemes(&self.text)
            .map(|(i, _, _)| i)
            .chain([self.text.len()])
    }

    fn before(&self) -> usize {
        self.bounds()
            .take_while(|b| *b < self.cursor)
            .last()
            .unwrap_or(0)
    }

    fn after(&self) -> usize {
        self.bounds()
            .find(|b| *b > self.cursor)
            .unwrap_or(self.text.len())
    }

    fn line_start(&self) -> usize {
        self.split().0.rfind('\n').map_or(0, |i| i + 1)
    }

    fn line_end(&self) -> usize {
        self.split()
            .1
            .find('\n')
            .map_or(self.text.len(), |i| self.cursor + i)
    }

    /// Returns the start of the word before the cursor: skips blanks, then takes a run of one
    /// class, or the last word of a run of Han.
    fn word_before(&self) -> usize {
        let before = self.split().0.trim_end();
        let mut classes = before.char_indices().rev();
        let Some((mut start, first)) = classes.next() else {
            return 0;
        };
        for (i, c) in classes {
            if class(c) != class(first) {
                break;
            }
            start = i;
        }
        if class(first) != HAN {
            return start;
        }
        let run = before.get(start..).unwrap_or_default();
        let ends = word_ends(run);
        let last = ends.iter().rev().find(|end| **end < run.len());
        start + last.unwrap_or(&0)
    }

    fn word_after(&self) -> usize {
        let rest = self.split().1;
        let blank = rest.len() - rest.trim_start().len();
        let mut classes = rest.char_indices().skip_while(|(i, _)| *i < blank);
        let Some((start, first)) = classes.next() else {
            return self.text.len();
        };
        let end = classes
            .find(|(_, c)| class(*c) != class(first))
            .map_or(rest.len(), |(i, _)| i);
        let run = rest.get(start..end).unwrap_or_default();
        let word = word_ends(run)
            .first()
            .copied()
            .filter(|_| class(first) == HAN);
        self.cursor + word.map_or(end, |word| start + word)
    }
}

/// Returns the error for a text that is too long.
pub fn too_long(length: usize, most: usize, lang: Lang) -> Option<String> {
    (length > most).then(|| lang.fill("error.long", &[("n", &length), ("most", &most)]))
}

/// The class of scripts that rarely or never separate words by blanks.
const HAN: u8 = 2;

/// Returns a character's class; runs of one class are words, or contain them.
fn class(c: char) -> u8 {
    match c {
        c if c.is_whitespace() => 0,
        '_' => 1,
        c if c.is_ascii_alphanumeric() => 1,
        c if c.is_alphanumeric() => HAN,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_chinese_sentence_is_a_word() {
        let mut editor = Editor::new("推动天津海关加强“两证合一”工作，进展顺利");
        editor.edit(Typing::KillWord);
        assert_eq!(editor.text(), "推动天津海关加强“两证合一”工作，进展");
        for left in ["进展", "，进展", "工作，进展", "”工作，进展"] {
            editor.edit(Typing::WordLeft);
            assert_eq!(editor.split().1, left);
        }
        editor.edit(Typing::Home);
        for left in ["推动", "推动天津海关", "推动天津海关加强"] {
            editor.edit(Typing::WordRight);
            assert_eq!(editor.split().0, left);
        }
    }

    #[test]
    fn what_is_typed_takes_the_place_of_a_proposed_text_and_editing_keys_keep_it() {
        let proposed = || Editor::selected("2027-11-01");
        let mut editor = proposed();
        editor.insert("下");
        editor.insert("周五");
        assert_eq!(editor.split(), ("下周五", ""));
        // The proposed text is one undo away.
        for text in ["下", "2027-11-01"] {
            editor.edit(Typing::Undo);
            assert_eq!(editor.text(), text);
        }
        editor.insert("x");
        assert_eq!(
            editor.text(),
            "2027-11-01x",
            "brought back, it is no proposal"
        );
        for (key, kept) in [
            (Typing::Left, "2027-11-0x1"),
            (Typing::Home, "x2027-11-01"),
            (Typing::End, "2027-11-01x"),
            (Typing::Backspace, "2027-11-0x"),
            (Typing::KillToEnd, "2027-11-01x"),
            (Typing::Undo, "2027-11-01x"),
        ] {
            let mut editor = proposed();
            assert!(editor.is_selected());
            editor.edit(key);
            assert!(!editor.is_selected());
            editor.insert("x");
            assert_eq!(editor.text(), kept, "{key:?}");
        }
        assert!(!Editor::selected("").is_selected());
    }

    #[test]
    fn editing_keys_move_by_graphemes_and_words() {
        let mut editor = Editor::new("推进 e-CNY，👨‍👩‍👧完成");
        editor.edit(Typing::WordLeft);
        assert_eq!(editor.split().1, "完成");
        editor.edit(Typing::Backspace);
        assert_eq!(editor.text(), "推进 e-CNY，完成");
        editor.edit(Typing::KillToEnd);
        editor.edit(Typing::KillWord);
        assert_eq!(editor.text(), "推进 e-CNY");
        editor.edit(Typing::Home);
        editor.edit(Typing::WordRight);
        assert_eq!(editor.split(), ("推进", " e-CNY"));
        editor.edit(Typing::Right);
        editor.insert("的");
        editor.edit(Typing::Delete);
        assert_eq!(editor.split(), ("推进 的", "-CNY"));
        editor.edit(Typing::KillToStart);
        assert_eq!(editor.split(), ("", "-CNY"));
    }
}
