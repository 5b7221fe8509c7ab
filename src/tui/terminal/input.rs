//! Turns a terminal's bytes into events.
//!
//! We read the bytes ourselves because answers to our width probe must be picked out of the user's
//! typing, because a sequence split by a slow line must not become an Esc and some letters, and
//! because an external editor must be able to have the terminal.

mod keys;

#[cfg(test)]
mod tests;

use crossterm::event::Event;
use std::time::{Duration, Instant};

/// Input from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key, a paste, a mouse event.
    Event(Event),
    /// The same, but its `ESC` came so long before that it was taken for the Esc key.
    Late(Event),
    /// An answer to `ESC[6n`: the cursor's column, from 1.
    Column(u16),
    /// An answer about the colour of text: red, green and blue, 16 bits each.
    Foreground([u16; 3]),
    /// An answer about the background colour.
    Background([u16; 3]),
    /// An answer to `ESC[c`: everything asked before has been answered, or never will be.
    Attributes,
}

/// Splits bytes into sequences, keeping incomplete ones.
#[derive(Debug, Default)]
pub struct Splitter {
    held: Vec<u8>,
    /// How far an unfinished paste has been searched for its end.
    searched: usize,
    /// When the last of the held bytes came.
    since: Option<Instant>,
    /// When the last `ESC` came that was taken for the Esc key.
    escaped: Option<Instant>,
    /// Whether the `ESC` of the held sequence was taken for the Esc key before.
    late: bool,
}

/// How long to wait after a lone `ESC`: within a tenth of a second an effect feels immediate, and a
/// line that separates an `ESC` from its sequence seldom takes longer.
const ESCAPE_WAIT: Duration = Duration::from_millis(100);
/// How long to wait for the rest of a sequence, like readline (`keyseq-timeout`).
const SEQUENCE_WAIT: Duration = Duration::from_millis(500);
/// Longer pastes are cut, so that a terminal cannot fill the memory.
const PASTE_LIMIT: usize = 4 << 20;
/// Longer control sequences are invalid.
const SEQUENCE_LIMIT: usize = 256;
/// Longer strings (DCS, OSC) from the terminal are dropped piecemeal.
const STRING_LIMIT: usize = 4096;
const ESC: u8 = 0x1b;
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// The front of the held bytes.
enum NextToken {
    /// A complete sequence of this many bytes.
    Whole(usize),
    /// A paste: the ends of its text and of the paste.
    Paste(usize, usize),
    /// Bytes to drop.
    Junk(usize),
    /// Incomplete.
    Partial,
}

impl Splitter {
    /// Processes the bytes of one read; returns what they complete.
    pub fn feed(&mut self, bytes: &[u8], now: Instant) -> Vec<Input> {
        let mut out = Vec::new();
        if bytes.is_empty() {
            return out;
        }
        // `ESC` before a key is Alt only within one read; otherwise it is Esc and another key.
        if self.holds_escapes() && !bytes.first().is_some_and(|b| is_introducer(*b)) {
            out.extend(self.flush());
        }
        self.late |= self.is_late(bytes, now);
        if self.late && self.held.is_empty() {
            self.held.push(ESC);
        }
        self.held.extend_from_slice(bytes);
        let start = self.split(&mut out);
        self.held.drain(..start);
        self.late &= !self.held.is_empty();
        self.since = Some(now);
        let in_paste = self.held.starts_with(PASTE_START);
        self.searched = if in_paste {
            self.held.len().saturating_sub(PASTE_END.len())
        } else {
            0
        };
        out
    }

    /// Splits off everything complete; returns its end.
    fn split(&mut self, out: &mut Vec<Input>) -> usize {
        let mut start = 0;
        loop {
            let rest = &self.held[start..];
            let mut first = Vec::new();
            let length = match front(rest, self.searched) {
                NextToken::Whole(n) => {
                    first = keys::parse(&rest[..n]);
                    n
                }
                NextToken::Paste(end, n) => {
                    let text = String::from_utf8_lossy(&rest[PASTE_START.len()..end]).into_owned();
                    first.push(Input::Event(Event::Paste(text)));
                    self.searched = 0;
                    n
                }
                NextToken::Junk(n) => n,
                NextToken::Partial => return start,
            };
            if std::mem::take(&mut self.late) {
                first = first.into_iter().map(late).collect();
            }
            out.extend(first);
            start += length;
        }
    }

    /// Returns when to call [`Splitter::flush`] if nothing arrives before. Half a character and an
    /// open paste may take any time.
    pub fn due(&self) -> Option<Instant> {
        let wait = match self.held.as_slice() {
            [] => return None,
            _ if self.holds_escapes() => ESCAPE_WAIT,
            held if held.starts_with(PASTE_START) => return None,
            held if held.iter().find(|b| **b != ESC).is_some_and(u8::is_ascii) => SEQUENCE_WAIT,
            _ => return None,
        };
        self.since.map(|since| since + wait)
    }

    /// Interprets the held bytes by themselves. Keys remain keys; the beginning of a sequence that
    /// is not a key is dropped, since its bytes were never typed.
    pub fn flush(&mut self) -> Vec<Input> {
        let held = std::mem::take(&mut self.held);
        self.searched = 0;
        if std::mem::take(&mut self.late) {
            return Vec::new();
        }
        let escapes = held.iter().take_while(|b| **b == ESC).count();
        match held.get(escapes..) {
            Some([]) => {
                self.escaped = self.since;
                held.iter().flat_map(|b| keys::parse(&[*b])).collect()
            }
            // Alt with a character that also begins sequences.
            Some([introducer]) => {
                let before = vec![ESC; escapes.saturating_sub(1)];
                let before = before.into_iter().flat_map(|b| keys::parse(&[b]));
                before.chain(keys::parse(&[ESC, *introducer])).collect()
            }
            _ => Vec::new(),
        }
    }

    fn holds_escapes(&self) -> bool {
        !self.held.is_empty() && self.held.iter().all(|b| *b == ESC)
    }

    /// Returns whether these bytes are the rest of a sequence whose `ESC` was taken for the key:
    /// they arrive together, faster than anyone types.
    fn is_late(&mut self, bytes: &[u8], now: Instant) -> bool {
        let escaped = self.escaped.take();
        let in_time = escaped.is_some_and(|at| now.duration_since(at) < SEQUENCE_WAIT);
        if !in_time || !matches!(bytes, [b'[' | b'O', _, ..]) {
            return false;
        }
        let whole = [&[ESC], bytes].concat();
        match front(&whole, 0) {
            NextToken::Whole(n) => n > 2,
            NextToken::Junk(_) => false,
            NextToken::Paste(..) | NextToken::Partial => true,
        }
    }
}

fn late(input: Input) -> Input {
    match input {
        Input::Event(event) => Input::Late(event),
        other => other,
    }
}

/// Returns whether a byte after `ESC` begins a sequence or a string (ECMA-48 §5.3).
const fn is_introducer(byte: u8) -> bool {
    matches!(byte, b'[' | b'O' | b']' | b'P' | b'^' | b'_')
}

fn front(bytes: &[u8], searched: usize) -> NextToken {
    match bytes {
        [] | [ESC] | [ESC, ESC] => NextToken::Partial,
        [ESC, b'[', ..] if bytes.starts_with(PASTE_START) => paste(bytes, searched),
        [ESC, b'[', rest @ ..] => control_sequence(rest),
        [ESC, b'O', rest @ ..] => single_shift(rest),
        [ESC, b']' | b'P' | b'^' | b'_', rest @ ..] => control_string(rest),
        // Alt with a sequence, as PuTTY and urxvt send it.
        [ESC, ESC, b'[' | b'O', ..] if !bytes[1..].starts_with(PASTE_START) => after(&bytes[1..]),
        [ESC, ESC, ..] => NextToken::Whole(1),
        [ESC, rest @ ..] => after(rest),
        _ => character(bytes),
    }
}

/// Parses what belongs to an `ESC`.
fn after(rest: &[u8]) -> NextToken {
    let front = match rest {
        [ESC, ..] => front(rest, 0),
        _ => character(rest),
    };
    match front {
        NextToken::Whole(n) => NextToken::Whole(n + 1),
        NextToken::Junk(n) => NextToken::Junk(n + 1),
        other => other,
    }
}

/// Parses a CSI sequence after its `ESC [` (ECMA-48 §5.4): parameters, intermediates, a final byte.
fn control_sequence(rest: &[u8]) -> NextToken {
    // The old mouse report has three more bytes; the Linux console's F1 to F5 a second bracket.
    for (mark, length) in [(b'M', 4), (b'[', 2)] {
        if rest.first() == Some(&mark) {
            return if rest.len() >= length {
                NextToken::Whole(length + 2)
            } else {
                NextToken::Partial
            };
        }
    }
    // urxvt ends a key with Shift in an invalid final byte: `ESC [ 3 $`.
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 0 && rest.get(digits) == Some(&b'$') {
        return NextToken::Whole(digits + 3);
    }
    match rest.iter().position(|b| !(0x20..=0x3f).contains(b)) {
        Some(i) if (0x40..=0x7e).contains(&rest[i]) => NextToken::Whole(i + 3),
        // A control character inside aborts the sequence.
        Some(i) => NextToken::Junk(i + 2),
        None if rest.len() > SEQUENCE_LIMIT => NextToken::Junk(rest.len() + 2),
        None => NextToken::Partial,
    }
}

/// Parses an SS3 sequence after its `ESC O`: perhaps a modifier's number, and a character.
fn single_shift(rest: &[u8]) -> NextToken {
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    match rest.get(digits) {
        Some(0x20..=0x7e) => NextToken::Whole(digits + 3),
        None if digits < 3 => NextToken::Partial,
        // Alt with the letter.
        _ => NextToken::Whole(2),
    }
}

/// Parses a string from the terminal (DCS, OSC, PM, APC), up to ST or BEL.
fn control_string(rest: &[u8]) -> NextToken {
    let end = rest
        .iter()
        .zip(rest.iter().skip(1).chain([&0]))
        .position(|(a, b)| *a == 7 || (*a == 0x1b && *b == b'\\'));
    match end {
        Some(i) => NextToken::Whole(i + 2 + if rest[i] == 7 { 1 } else { 2 }),
        None if rest.len() > STRING_LIMIT => NextToken::Junk(rest.len() + 2),
        None => NextToken::Partial,
    }
}

fn paste(bytes: &[u8], searched: usize) -> NextToken {
    let from = searched.clamp(PASTE_START.len(), bytes.len());
    match bytes[from..]
        .windows(PASTE_END.len())
        .position(|w| w == PASTE_END)
    {
        Some(i) => NextToken::Paste(from + i, from + i + PASTE_END.len()),
        None if bytes.len() > PASTE_LIMIT => NextToken::Paste(bytes.len(), bytes.len()),
        None => NextToken::Partial,
    }
}

/// Parses one UTF-8 character; invalid bytes are dropped.
fn character(bytes: &[u8]) -> NextToken {
    let length = match bytes.first() {
        None => return NextToken::Partial,
        Some(0x00..=0x7f) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) => return NextToken::Junk(1),
    };
    match bytes.get(..length) {
        Some(whole) if std::str::from_utf8(whole).is_ok() => NextToken::Whole(length),
        None if bytes[1..].iter().all(|b| b & 0xc0 == 0x80) => NextToken::Partial,
        _ => NextToken::Junk(1),
    }
}
