//! Guesses the encoding of bytes.
//!
//! UTF-8 is almost never valid by accident, except where it is only ASCII. UTF-16 without a byte
//! order mark is recognised by its characters: nearly all are Chinese, punctuation or ASCII, and
//! some byte is an ASCII control character (a line end has a zero, 、 a one). Anything else is GB
//! 18030 if it consists of characters in common use, which Big5 and Shift JIS read as GB 18030 do
//! not.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// No other reading makes sense.
    Sure(&'static Encoding),
    Likely(&'static Encoding),
    None,
}

impl Guess {
    pub(super) const fn encoding(self) -> Option<&'static Encoding> {
        match self {
            Self::Sure(encoding) | Self::Likely(encoding) => Some(encoding),
            Self::None => None,
        }
    }
}

pub(super) fn of(bytes: &[u8]) -> Guess {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Guess::Sure(encoding);
    }
    let utf8 = std::str::from_utf8(bytes);
    let low = has_low_bytes(bytes);
    if low && let Some(wide) = wide(bytes) {
        return Guess::Sure(wide);
    }
    match utf8 {
        Ok(text) if text.chars().any(|c| c > '\u{7ff}') => return Guess::Sure(UTF_8),
        Ok(_) => return Guess::Likely(UTF_8),
        // One or two broken characters in otherwise valid UTF-8.
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let valid = std::str::from_utf8(valid).unwrap_or_default();
            if valid.chars().filter(|c| *c > '\u{7ff}').take(3).count() == 3 {
                return Guess::Sure(UTF_8);
            }
        }
    }
    if is_gb18030(bytes) {
        Guess::Likely(GB18030)
    } else {
        Guess::None
    }
}

/// Returns whether some byte is an ASCII control character that no text has.
pub(super) fn has_low_bytes(bytes: &[u8]) -> bool {
    bytes.iter().any(|b| *b < 9)
}

/// Returns whether an undecodable position is an incomplete character at the end.
pub(super) fn is_at_end(encoding: &'static Encoding, bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    if encoding == UTF_8 {
        std::str::from_utf8(rest).is_err_and(|e| e.valid_up_to() == 0 && e.error_len().is_none())
    } else if encoding == GB18030 {
        unfinished(rest)
    } else {
        rest.len() < 4
    }
}

/// Returns the UTF-16 byte order, if the bytes are Chinese or English in one.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let units = bytes.len() / 2;
    let count = |read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|c| read([c[0], c[1]]));
        units.filter(|u| is_usual(*u)).count()
    };
    let (little, big) = (count(u16::from_le_bytes), count(u16::from_be_bytes));
    let (best, other, encoding) = if little > big {
        (little, big, UTF_16LE)
    } else {
        (big, little, UTF_16BE)
    };
    (best > other && best * 20 >= units * 19).then_some(encoding)
}

const fn is_usual(unit: u16) -> bool {
    matches!(unit,
        0x09..=0x0d | 0x20..=0x7e | 0xa0..=0x24f | 0x370..=0x52f | 0x2010..=0x2027 | 0x2460..=0x249b
        | 0x3000..=0x30ff | 0x4e00..=0x9fff | 0xff00..=0xffef)
}

/// One character of GB 18030.
enum Gb {
    Ascii,
    /// In GB 2312: in common use.
    Common,
    Rare,
}

fn next(bytes: &[u8]) -> Option<(Gb, &[u8])> {
    match bytes {
        [1..=0x7f, rest @ ..] => Some((Gb::Ascii, rest)),
        [0xa1..=0xf7, 0xa1..=0xfe, rest @ ..] => Some((Gb::Common, rest)),
        [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..]
        | [
            0x81..=0xfe,
            0x30..=0x39,
            0x81..=0xfe,
            0x30..=0x39,
            rest @ ..,
        ]
        // The euro sign of some old files.
        | [0x80, rest @ ..] => Some((Gb::Rare, rest)),
        _ => None,
    }
}

/// Returns whether bytes are the beginning of a character.
fn unfinished(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0x81..=0xfe] | [0x81..=0xfe, 0x30..=0x39] | [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe]
    )
}

/// Returns whether it is GB 18030, except perhaps its last character or a few among many.
fn is_gb18030(bytes: &[u8]) -> bool {
    let (mut common, mut rare) = (0usize, 0usize);
    let mut rest = bytes;
    while let Some((kind, after)) = next(rest) {
        match kind {
            Gb::Ascii => {}
            Gb::Common => common += 1,
            Gb::Rare => rare += 1,
        }
        rest = after;
    }
    let whole = rest.is_empty() || unfinished(rest);
    let enough = if whole { 1 } else { 10 };
    common >= enough && common >= rare * 3
}
