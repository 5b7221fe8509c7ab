//! Makes text that others typed safe for a terminal.
//!
//! Remarks and names come from colleagues' files. Characters that could command the terminal,
//! reorder the line (Unicode TR #36, CVE-2021-42574) or hide in it are shown in ASCII as `<1B>` or
//! `<U+202E>`, which has the same width under every policy. Joiners that a script or an emoji needs
//! are kept.

use super::width::char_width;
use std::{borrow::Cow, fmt::Write as _};

/// Returns the text with all line ends as `\n`.
pub fn unified(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The weight of marks that one letter may carry: four general ones (Vietnamese and tone letters
/// need two), or eight of a script's own (a Tibetan stack needs up to seven).
const LOAD: usize = 8;

/// The most joiners in an emoji sequence: the longest in use are families and couples. A terminal
/// that does not know a sequence draws each part, and would overrun the line.
const JOINS: usize = 3;

/// Returns the text with control, bidi and zero-width characters made visible.
///
/// All line ends become `\n`, which is kept; a tab becomes a space. Combining marks beyond what any
/// language stacks on a letter become one `<+N>`. Cleaning cleaned text changes nothing.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let mut cleaner = Cleaner::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        cleaner.push(c, chars.peek().copied());
    }
    cleaner.flush();
    if cleaner.out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(cleaner.out)
    }
}

/// Returns whether a character is safe whatever surrounds it; nearly all Chinese text is.
#[rustfmt::skip]
fn is_harmless(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\u{3000}'..='\u{3029}' | '\u{3400}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff5e}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

#[derive(Debug, Default)]
struct Cleaner {
    out: String,
    last: Option<char>,
    /// Load of combining marks on the last letter, and the number of marks left out.
    load: usize,
    left_out: usize,
    /// Joiners in the emoji sequence so far.
    joins: usize,
}

impl Cleaner {
    fn push(&mut self, c: char, next: Option<char>) {
        let based = self.last.is_some_and(|l| l != '\n');
        if is_combining(c) && based {
            return self.stack(c);
        }
        self.flush();
        let continues = matches!(c, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}') || is_joiner(c);
        if !continues && !self.last.is_some_and(is_joiner) {
            self.joins = 0;
        }
        match c {
            '\r' if next == Some('\n') => {}
            '\n' | '\r' => self.keep('\n'),
            '\t' => self.keep(' '),
            _ if is_combining(c) || is_hidden(c) && !self.is_needed(c, next) => self.mark(c),
            _ => self.keep(c),
        }
    }

    fn stack(&mut self, c: char) {
        self.load += if is_general(c) { 2 } else { 1 };
        if self.load > LOAD {
            self.left_out += 1;
        } else {
            self.keep(c);
        }
    }

    fn keep(&mut self, c: char) {
        self.out.push(c);
        self.last = Some(c);
    }

    fn mark(&mut self, c: char) {
        let code = u32::from(c);
        // Writing to a string cannot fail.
        let _ = if c.is_control() {
            write!(self.out, "<{code:02X}>")
        } else {
            write!(self.out, "<U+{code:04X}>")
        };
        self.last = Some('>');
    }

    /// Ends the run of combining marks.
    fn flush(&mut self) {
        if self.left_out > 0 {
            let _ = write!(self.out, "<+{}>", self.left_out);
            self.last = Some('>');
        }
        (self.load, self.left_out) = (0, 0);
    }

    /// Returns whether a hidden character serves its purpose here.
    fn is_needed(&mut self, c: char, next: Option<char>) -> bool {
        let (Some(last), next) = (self.last, next.unwrap_or('\0')) else {
            return false;
        };
        match c {
            '\u{200c}' | '\u{200d}' if is_joining(last) => {
                is_joining(next) && !is_hidden(next) && char_width(next) > 0
            }
            '\u{200d}' => {
                self.joins += 1;
                let emoji = is_pictograph(last) || last == '\u{fe0f}';
                emoji && is_pictograph(next) && self.joins <= JOINS
            }
            '\u{180b}'..='\u{180f}' => is_mongolian(last),
            '\u{fe0e}' | '\u{fe0f}' => is_pictograph(last) || "0123456789#*©®".contains(last),
            '\u{fe00}'..='\u{fe02}' | '\u{e0100}'..='\u{e01ef}' => is_ideograph(last),
            _ => false,
        }
    }
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Returns whether a character has no shape of its own, or one that every font may choose.
#[rustfmt::skip]
pub fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c,
        // Bidirectional controls.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        // Zero width, or an empty shape.
        | '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{13430}'..='\u{1343f}' | '\u{1d173}'..='\u{1d17a}'
        // Line and paragraph separators, interlinear annotation, tags, variation selectors.
        | '\u{2028}' | '\u{2029}' | '\u{fff0}'..='\u{fffb}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e0fff}'
        // Private use and noncharacters.
        | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Returns whether a character is drawn over the one before it.
pub fn is_combining(c: char) -> bool {
    u32::from(c) >= 0x300 && !is_hidden(c) && char_width(c) == 0
}

/// Returns whether any letter can carry this combining mark.
fn is_general(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Returns whether a character's script is shaped by joiners: Arabic to Sinhala, Burmese, Khmer,
/// Mongolian.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{18af}')
}

fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1820}'..='\u{18aa}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Returns whether a character can be part of an emoji sequence (UTS #51).
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{203c}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}')
        && !matches!(c, '\u{2060}'..='\u{206f}' | '\u{2e80}'..='\u{302f}' | '\u{3031}'..='\u{3296}')
}

#[cfg(test)]
mod tests;
