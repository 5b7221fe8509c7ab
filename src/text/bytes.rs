//! Looking for a byte.

use std::io::BufRead as _;

/// From how many bytes on it pays to ask the processor what it can do.
const LONG: usize = 32 << 10;

/// Returns where a byte first stands.
///
/// The crate asks the processor when it is first used, a dozen times, which on a virtual machine takes
/// longer than to read a short document: what is short is looked through by the standard library.
///
/// ```
/// assert_eq!(kouan::text::find_byte(b'\n', b"a\nb\n"), Some(1));
/// assert_eq!(kouan::text::find_byte(b'\n', b"ab"), None);
/// ```
pub fn find_byte(byte: u8, bytes: &[u8]) -> Option<usize> {
    if bytes.len() >= LONG {
        return memchr::memchr(byte, bytes);
    }
    let mut rest = bytes;
    // Reading from memory can't fail.
    let skipped = rest.skip_until(byte).ok()?;
    let last = skipped.checked_sub(1)?;
    (bytes.get(last) == Some(&byte)).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::{LONG, find_byte};

    #[test]
    fn short_and_long_are_looked_through_alike() {
        for length in [0, 1, 15, 16, 17, LONG - 1, LONG, LONG + 1] {
            let mut bytes = vec![b'a'; length];
            assert_eq!(find_byte(b'\n', &bytes), None);
            for at in [length / 2, length.saturating_sub(1)] {
                bytes.fill(b'a');
                for byte in bytes.iter_mut().skip(at) {
                    *byte = b'\n';
                }
                assert_eq!(find_byte(b'\n', &bytes), Some(at).filter(|at| *at < length));
            }
        }
    }
}
