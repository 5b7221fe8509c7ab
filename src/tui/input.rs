//! From the bytes of a terminal to events. May use: `terminput` (crossterm's parser of one
//! sequence, for bytes that we read ourselves).
//!
//! We read the bytes ourselves because the answers to our width probe must be picked out of what
//! the user types meanwhile, because a sequence that a slow line cuts in two must not become an
//! Esc and some letters, and because an external editor must be able to have the terminal.

use crossterm::event::Event;
use terminput_crossterm::to_crossterm;

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key, a paste, a mouse event.
    Event(Event),
    /// An answer to `ESC[6n`: the cursor's column, counted from 1.
    Column(u16),
    /// An answer to `ESC[c`: what was asked before it has been answered, or never will be.
    Attributes,
}

/// Splits bytes into sequences; keeps what is not complete yet.
#[derive(Debug, Default)]
pub struct Splitter {
    held: Vec<u8>,
    /// How far an unfinished paste has been searched for its end.
    searched: usize,
}

/// A longer paste is cut here, so that a terminal cannot fill the memory.
const PASTE_LIMIT: usize = 4 << 20;
/// A longer control sequence is no sequence.
const SEQUENCE_LIMIT: usize = 256;
/// Longer strings (DCS, OSC) from the terminal are dropped in parts.
const STRING_LIMIT: usize = 4096;
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// What stands at the front of the held bytes.
enum Front {
    /// A whole sequence of this many bytes.
    Whole(usize),
    /// A paste: where its text ends, and where it ends.
    Paste(usize, usize),
    /// Bytes to drop.
    Junk(usize),
    /// More is needed.
    Partial,
}

impl Splitter {
    /// Takes in bytes and returns what they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        self.held.extend_from_slice(bytes);
        let mut out = Vec::new();
        let mut start = 0;
        loop {
            let rest = &self.held[start..];
            start += match front(rest, self.searched) {
                Front::Whole(n) => {
                    out.extend(parse(&rest[..n]));
                    n
                }
                Front::Paste(end, n) => {
                    let text = String::from_utf8_lossy(&rest[PASTE_START.len()..end]).into_owned();
                    out.push(Input::Event(Event::Paste(text)));
                    self.searched = 0;
                    n
                }
                Front::Junk(n) => n,
                Front::Partial => break,
            };
        }
        self.held.drain(..start);
        let in_paste = self.held.starts_with(PASTE_START);
        self.searched = if in_paste {
            self.held.len().saturating_sub(PASTE_END.len())
        } else {
            0
        };
        out
    }

    /// Tells whether an `ESC` is held that may be the key or a beginning. The reader then waits a
    /// moment for more before it calls [`Splitter::flush`].
    pub fn is_waiting(&self) -> bool {
        !self.held.is_empty() && !self.held.starts_with(PASTE_START)
    }

    /// Takes an unfinished sequence for what it is by itself: nothing more is coming.
    pub fn flush(&mut self) -> Vec<Input> {
        let mut out = Vec::new();
        while self.is_waiting() {
            let first = self.held.remove(0);
            if first == 0x1b || first.is_ascii() {
                out.extend(parse(&[first]));
            }
            let rest = std::mem::take(&mut self.held);
            out.extend(self.feed(&rest));
        }
        out
    }
}

fn front(bytes: &[u8], searched: usize) -> Front {
    match bytes {
        [] | [0x1b] | [0x1b, b'[' | b'O'] => Front::Partial,
        [0x1b, b'[', ..] if bytes.starts_with(PASTE_START) => paste(bytes, searched),
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O', ..] => Front::Whole(3),
        [0x1b, b']' | b'P' | b'^' | b'_', rest @ ..] => control_string(rest),
        [0x1b, 0x1b, ..] => Front::Whole(1),
        [0x1b, rest @ ..] => match character(rest) {
            Front::Whole(n) => Front::Whole(n + 1),
            other => other,
        },
        _ => character(bytes),
    }
}

/// A CSI sequence after its `ESC [` (ECMA-48 §5.4): parameters, intermediates, a final byte.
fn control_sequence(rest: &[u8]) -> Front {
    // The old mouse report has three bytes more; the Linux console's F1 to F5 a second bracket.
    for (mark, length) in [(b'M', 4), (b'[', 2)] {
        if rest.first() == Some(&mark) {
            return if rest.len() >= length {
                Front::Whole(length + 2)
            } else {
                Front::Partial
            };
        }
    }
    match rest.iter().position(|b| !(0x20..=0x3f).contains(b)) {
        Some(i) if (0x40..=0x7e).contains(&rest[i]) => Front::Whole(i + 3),
        // A control character inside: the sequence is broken off.
        Some(i) => Front::Junk(i + 2),
        None if rest.len() > SEQUENCE_LIMIT => Front::Junk(rest.len() + 2),
        None => Front::Partial,
    }
}

/// A string from the terminal (DCS, OSC, PM, APC): up to ST or BEL, and nothing to us.
fn control_string(rest: &[u8]) -> Front {
    let end = rest
        .iter()
        .zip(rest.iter().skip(1).chain([&0]))
        .position(|(a, b)| *a == 7 || (*a == 0x1b && *b == b'\\'));
    match end {
        Some(i) => Front::Junk(i + 2 + if rest[i] == 7 { 1 } else { 2 }),
        None if rest.len() > STRING_LIMIT => Front::Junk(rest.len() + 2),
        None => Front::Partial,
    }
}

fn paste(bytes: &[u8], searched: usize) -> Front {
    let from = searched.clamp(PASTE_START.len(), bytes.len());
    match bytes[from..]
        .windows(PASTE_END.len())
        .position(|w| w == PASTE_END)
    {
        Some(i) => Front::Paste(from + i, from + i + PASTE_END.len()),
        None if bytes.len() > PASTE_LIMIT => Front::Paste(bytes.len(), bytes.len()),
        None => Front::Partial,
    }
}

/// One UTF-8 character; a byte that begins none is dropped.
fn character(bytes: &[u8]) -> Front {
    let length = match bytes.first() {
        None => return Front::Partial,
        Some(0x00..=0x7f) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) => return Front::Junk(1),
    };
    match bytes.get(..length) {
        Some(whole) if std::str::from_utf8(whole).is_ok() => Front::Whole(length),
        None if bytes[1..].iter().all(|b| b & 0xc0 == 0x80) => Front::Partial,
        _ => Front::Junk(1),
    }
}

fn parse(sequence: &[u8]) -> Option<Input> {
    reply(sequence).or_else(|| {
        let event = terminput::Event::parse_from(sequence).ok().flatten()?;
        to_crossterm(event).ok().map(Input::Event)
    })
}

fn reply(sequence: &[u8]) -> Option<Input> {
    match sequence.strip_prefix(b"\x1b[")? {
        [b'?', .., b'c'] => Some(Input::Attributes),
        [numbers @ .., b'R'] => {
            let (_, column) = std::str::from_utf8(numbers).ok()?.split_once(';')?;
            column.parse().ok().map(Input::Column)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use proptest::prelude::*;

    fn key(code: KeyCode) -> Input {
        Input::Event(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    #[test]
    fn keys_pastes_and_answers_are_told_apart() {
        let bytes =
            "j锂\x1b[A\x1b[24;3R\x1b[?62;22c\x1b[200~a\rb\x1b[201~\x1b]11;rgb:0/0/0\x1b\\\x1bOP";
        let want = [
            key(KeyCode::Char('j')),
            key(KeyCode::Char('锂')),
            key(KeyCode::Up),
            Input::Column(3),
            Input::Attributes,
            Input::Event(Event::Paste("a\rb".into())),
            key(KeyCode::F(1)),
        ];
        let mut splitter = Splitter::default();
        assert_eq!(splitter.feed(bytes.as_bytes()), want);
        assert!(!splitter.is_waiting());
    }

    #[test]
    fn a_lone_escape_waits_and_then_counts() {
        let mut splitter = Splitter::default();
        assert_eq!(splitter.feed(b"\x1b"), []);
        assert!(splitter.is_waiting());
        assert_eq!(splitter.flush(), [key(KeyCode::Esc)]);
        assert_eq!(splitter.feed(b"\x1b"), []);
        assert_eq!(splitter.feed(b"[B"), [key(KeyCode::Down)]);
        assert_eq!(splitter.feed(b"\x1b["), []);
        assert_eq!(
            splitter.flush(),
            [key(KeyCode::Esc), key(KeyCode::Char('['))]
        );
        assert_eq!(splitter.feed(b"\x1b\x1b"), [key(KeyCode::Esc)]);
        assert_eq!(splitter.flush(), [key(KeyCode::Esc)]);
    }

    proptest! {
        /// However a line cuts the bytes, the same events come out.
        #[test]
        fn cuts_do_not_matter(parts in prop::collection::vec(prop_oneof![
            Just("\x1b[A".to_owned()), Just("\x1b[1;5C".to_owned()), Just("\x1b[10;2R".to_owned()),
            Just("\x1b[200~x\x1b[31m锂\x1b[201~".to_owned()), "[a-z锂，。]{1,3}",
        ], 0..8), cut in 0usize..64) {
            let bytes = parts.concat().into_bytes();
            let whole = Splitter::default().feed(&bytes);
            let mut splitter = Splitter::default();
            let cut = cut.min(bytes.len());
            let mut parts = splitter.feed(&bytes[..cut]);
            parts.extend(splitter.feed(&bytes[cut..]));
            prop_assert_eq!(whole, parts);
        }

        /// Any bytes are survived, and once what they began is over, keys get through again.
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut splitter = Splitter::default();
            splitter.feed(&bytes);
            splitter.flush();
            splitter.feed(PASTE_END);
            splitter.flush();
            prop_assert_eq!(splitter.feed(b"q"), [key(KeyCode::Char('q'))]);
        }
    }
}
