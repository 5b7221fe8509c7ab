//! Bytes → text: UTF-8, UTF-16 and GB 18030 (GBK) are detected, any other encoding by name.
//!
//! Decoding is strict, because a wrong guess is worse than none: text that breaks the encoding is
//! refused with the line where it does, and so is a requested encoding that the bytes contradict
//! (UTF-8 read as GBK gives no error, only nonsense).

use super::{Note, SourceError, SourceText};
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

mod guess;

use guess::Guess;

/// An encoding that the user named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedEncoding {
    encoding: &'static Encoding,
    /// `utf-16`, which leaves the byte order open.
    either_end: bool,
}

impl NamedEncoding {
    /// Parses the name of an encoding: those of the web, and a few common ones.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let tight: String = name
            .chars()
            .filter(|c| !matches!(c, '-' | '_' | ' '))
            .collect();
        let encoding = match tight.as_str() {
            "utf8" | "utf8bom" | "utf8sig" => UTF_8,
            "utf16" | "unicode" | "utf16le" => UTF_16LE,
            "utf16be" => UTF_16BE,
            "gbk" | "cp936" | "gb2312" | "gb18030" | "ansi" => GB18030,
            "cp950" => encoding_rs::BIG5,
            _ => Encoding::for_label(name.as_bytes())?,
        };
        (encoding != encoding_rs::REPLACEMENT).then_some(Self {
            encoding: if encoding == GBK { GB18030 } else { encoding },
            either_end: matches!(tight.as_str(), "utf16" | "unicode"),
        })
    }
}

/// Decodes text.
///
/// # Errors
///
/// It is in no known encoding, or not in the one asked for.
pub fn decode(bytes: Vec<u8>, asked: Option<NamedEncoding>) -> Result<SourceText, SourceError> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(SourceError::new("source.utf32"));
    }
    let guess = guess::of(&bytes);
    let encoding = match asked {
        None => guess
            .encoding()
            .ok_or(SourceError::new("source.unknown-encoding"))?,
        Some(asked) => chosen(asked, guess, &bytes)?,
    };
    let mark = match Encoding::for_bom(&bytes) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    let text = if encoding == UTF_8 && mark == 0 {
        String::from_utf8(bytes)
            .map_err(|e| broken(UTF_8, e.as_bytes(), e.utf8_error().valid_up_to()))
    } else {
        let body = bytes.get(mark..).unwrap_or_default();
        strict(encoding, body).map_err(|at| broken(encoding, body, at))
    };
    let text = text.map_err(|error| match guess.encoding() {
        Some(seems) if asked.is_some() && seems != encoding => differs(encoding, seems),
        _ => error,
    })?;
    let notes = (encoding != UTF_8).then(|| Note::new("source.encoding", 1, encoding.name()));
    Ok(SourceText {
        marks: Vec::new(),
        text,
        notes: notes.into_iter().collect(),
    })
}

/// Returns the encoding asked for, unless the bytes contradict it.
fn chosen(
    asked: NamedEncoding,
    guess: Guess,
    bytes: &[u8],
) -> Result<&'static Encoding, SourceError> {
    let wide = |e: &'static Encoding| e == UTF_16LE || e == UTF_16BE;
    let encoding = match guess {
        Guess::Sure(seems) if asked.either_end && wide(seems) => seems,
        _ => asked.encoding,
    };
    let seems = match guess {
        Guess::Sure(seems) => Some(seems),
        // ASCII read as UTF-16 gives Chinese characters of a sort.
        Guess::Likely(seems) if wide(encoding) && !guess::has_low_bytes(bytes) => Some(seems),
        _ => None,
    };
    match seems {
        Some(seems) if seems != encoding => Err(differs(encoding, seems)),
        _ => Ok(encoding),
    }
}

/// The text is not in the encoding asked for but seems to be in another.
fn differs(asked: &'static Encoding, seems: &'static Encoding) -> SourceError {
    SourceError::new("source.differs")
        .with("asked", asked.name())
        .with("seems", seems.name())
}

/// The text is in this encoding up to a place; it is broken there, or the file is incomplete.
fn broken(encoding: &'static Encoding, bytes: &[u8], at: usize) -> SourceError {
    let before = bytes.get(..at).unwrap_or_default();
    let ends = |of: [u8; 2]| before.chunks_exact(2).filter(|c| *c == of).count();
    let lines = if encoding == UTF_16LE {
        ends(*b"\n\0")
    } else if encoding == UTF_16BE {
        ends(*b"\0\n")
    } else {
        memchr::memchr_iter(b'\n', before).count()
    };
    let key = if guess::is_at_end(encoding, bytes, at) {
        "source.cut"
    } else {
        "source.broken-encoding"
    };
    SourceError::new(key)
        .with("encoding", encoding.name())
        .with("line", lines + 1)
}

/// Decodes everything, or returns where it breaks the encoding.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    // The typical size, not the maximum: two-byte Chinese becomes three bytes.
    let mut text = String::with_capacity(most.unwrap_or(0).min(bytes.len() / 2 * 3 + 64));
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve(bytes.len() / 4 + 64),
            DecoderResult::Malformed(bad, after) => {
                return Err(at.saturating_sub(usize::from(bad) + usize::from(after)));
            }
        }
    }
}

#[cfg(test)]
mod tests;
