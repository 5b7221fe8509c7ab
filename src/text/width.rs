//! How many columns a text takes under a policy.
//!
//! The unit is the extended grapheme cluster (UAX #29), which is what a cell holds. Under
//! [`Policy::Narrow`] a grapheme is exactly as wide as ratatui's buffer believes, so that frame and
//! layout agree. [`Policy::Wide`] adds a column to whatever UAX #11 calls ambiguous (A), letters
//! included: `xterm -cjk_width` was asked for the width of every character and doubles exactly that
//! set, which is larger than `width_cjk()` (Greek, Cyrillic, pinyin vowels).

mod ambiguous;
mod safe;

use ratatui::buffer::CellWidth as _;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation as _;

/// How characters of *ambiguous* width (UAX #11: “ ” — … · box lines) are measured and drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Policy {
    /// One column, as in most terminals.
    #[default]
    Narrow,
    /// Two columns, as in many Chinese terminals.
    Wide,
    /// Two columns in a terminal that counts one: the glyph and a blank. Chinese fonts draw these
    /// glyphs two cells wide all the same, and the next one would cover them.
    Roomy,
    /// Never drawn: each is replaced by an unambiguous twin (“ by ＂).
    Safe,
}

impl Policy {
    /// All policies, in the order of the key that cycles through them.
    pub const ALL: [Self; 4] = [Self::Narrow, Self::Wide, Self::Roomy, Self::Safe];

    /// Returns the width of a text in columns. Control characters and other text without a width
    /// take none, because [`put`](super::put) drops them.
    pub fn width(self, text: &str) -> usize {
        self.fit(text, usize::MAX).1
    }

    /// Returns the longest prefix that fits into `room` columns, and its width.
    pub fn fit(self, text: &str, room: usize) -> (&str, usize) {
        let mut used = 0;
        for (at, _, width) in self.graphemes(text) {
            if width > room - used {
                return (text.get(..at).unwrap_or_default(), used);
            }
            used += width;
        }
        (text, used)
    }

    /// Returns the graphemes of a text: byte offset, grapheme, width in columns.
    pub fn graphemes(self, text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
        Graphemes {
            policy: self,
            rest: text,
            at: 0,
        }
    }

    /// Returns what is drawn for a grapheme: itself, except under [`Policy::Safe`].
    pub fn drawn(self, grapheme: &str) -> Cow<'_, str> {
        match self {
            Policy::Safe => safe::drawn(grapheme),
            Policy::Narrow | Policy::Wide | Policy::Roomy => Cow::Borrowed(grapheme),
        }
    }

    /// Returns what is drawn for a text, in the width that the policy counts.
    pub fn drawn_text(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Safe => {
                let drawn = self.graphemes(text).map(|(_, g, _)| self.drawn(g));
                drawn.collect::<String>().into()
            }
            Self::Narrow | Self::Wide | Self::Roomy => Cow::Borrowed(text),
        }
    }

    /// Returns the width of one grapheme, in columns.
    fn of_grapheme(self, grapheme: &str) -> usize {
        match self {
            Policy::Narrow => narrow(grapheme),
            Policy::Wide | Policy::Roomy => wide(grapheme),
            Policy::Safe => match safe::drawn(grapheme) {
                Cow::Borrowed(same) if same == grapheme => narrow(grapheme),
                twin => Policy::Narrow.width(&twin),
            },
        }
    }
}

/// Returns whether terminals disagree about the width of a character: East Asian Width A (UAX #11),
/// except combining marks, which take no column anywhere.
pub fn is_ambiguous(c: char) -> bool {
    ambiguous::contains(c) && char_width(c) == 1
}

/// Returns the width that ratatui's buffer gives to a grapheme.
fn narrow(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        0
    } else {
        usize::from(grapheme.cell_width())
    }
}

fn wide(grapheme: &str) -> usize {
    let width = narrow(grapheme);
    let mut chars = grapheme.chars();
    match width {
        0 => 0,
        1 => 1 + usize::from(chars.next().is_some_and(ambiguous::contains)),
        // An emoji sequence is two columns wide whatever it is made of.
        _ if chars.clone().any(|c| c == '\u{fe0f}' || c == '\u{200d}') => width,
        _ => width + chars.filter(|&c| is_ambiguous(c)).count(),
    }
}

/// Returns the narrow width of a character on its own.
pub(super) fn char_width(c: char) -> usize {
    narrow(c.encode_utf8(&mut [0; 4]))
}

/// Iterator over graphemes that skips segmentation where a character and its neighbour never join
/// with the next.
struct Graphemes<'a> {
    policy: Policy,
    rest: &'a str,
    at: usize,
}

impl<'a> Iterator for Graphemes<'a> {
    type Item = (usize, &'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let mut chars = self.rest.chars();
        let first = chars.next()?;
        let alone = plain(first).filter(|_| chars.next().is_none_or(|c| plain(c).is_some()));
        let (len, width) = if let Some(kind) = alone {
            (first.len_utf8(), kind.width(self.policy))
        } else {
            let grapheme = self.rest.graphemes(true).next()?;
            (grapheme.len(), self.policy.of_grapheme(grapheme))
        };
        let (grapheme, rest) = self.rest.split_at(len);
        let at = self.at;
        self.rest = rest;
        self.at += len;
        Some((at, grapheme, width))
    }
}

/// Widths of the characters that need no segmentation.
#[derive(Debug, Clone, Copy)]
enum Plain {
    One,
    Two,
    /// One column or two; its twin has this many.
    Either(usize),
}

impl Plain {
    fn width(self, policy: Policy) -> usize {
        match (self, policy) {
            (Plain::One, _) | (Plain::Either(_), Policy::Narrow) => 1,
            (Plain::Two, _) | (Plain::Either(_), Policy::Wide | Policy::Roomy) => 2,
            (Plain::Either(twin), Policy::Safe) => twin,
        }
    }
}

/// Returns the width of a character that is always a grapheme of its own next to another such one:
/// class Other in UAX #29, and not a pictograph. Anything else only takes the slower path.
fn plain(c: char) -> Option<Plain> {
    match c {
        ' '..='~' => Some(Plain::One),
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' => Some(Plain::Two),
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' => Some(Plain::Either(2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
