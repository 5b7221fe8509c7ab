//! The terminal's clipboard, by OSC 52 (xterm's control sequences, "Manipulate Selection Data").
//! The terminal may refuse without saying so.

use crate::text::clean;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Returns the bytes that copy a text, cleaned: pasting it into a shell must not end the paste and
/// run. Inside tmux they are sent both to tmux (`set-clipboard on`) and wrapped to the outer
/// terminal (`allow-passthrough on`), since there is no way to ask which is allowed.
pub fn sequence(text: &str, in_tmux: bool) -> String {
    let plain = format!("\x1b]52;c;{}\x07", base64(clean(text).as_bytes()));
    if in_tmux {
        let doubled = plain.replace('\x1b', "\x1b\x1b");
        format!("{plain}\x1bPtmux;{doubled}\x1b\\")
    } else {
        plain
    }
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place)) as usize % 64;
            let digit = char::from(ALPHABET[six]);
            out.push(if place <= chunk.len() { digit } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_4648() {
        for (text, want) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("锂", "6ZSC"),
        ] {
            assert_eq!(base64(text.as_bytes()), want);
        }
    }

    #[test]
    fn nothing_that_commands_a_terminal_is_copied() {
        let copied = sequence("锂\u{1b}[201~;rm x\r", false);
        let clean = base64("锂<1B>[201~;rm x\n".as_bytes());
        assert_eq!(copied, format!("\x1b]52;c;{clean}\x07"));
    }

    #[test]
    fn inside_tmux_every_escape_is_doubled() {
        assert_eq!(sequence("锂", false), "\x1b]52;c;6ZSC\x07");
        assert_eq!(
            sequence("锂", true),
            "\x1b]52;c;6ZSC\x07\x1bPtmux;\x1b\x1b]52;c;6ZSC\x07\x1b\\"
        );
    }
}
