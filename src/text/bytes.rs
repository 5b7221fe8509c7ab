//! Looking for a byte. May use: nothing.
//!
//! By the C library's `memchr`, through the standard library: it is as fast as that of the crate of
//! this name, and has learnt at the program's start what the processor can do. The crate would ask
//! the processor again, a dozen times, which on a virtual machine takes longer than to read a short
//! document.

use std::io::BufRead as _;

/// Returns where a byte first stands.
///
/// ```
/// assert_eq!(kouan::text::find_byte(b'\n', b"a\nb\n"), Some(1));
/// assert_eq!(kouan::text::find_byte(b'\n', b""), None);
/// ```
pub fn find_byte(byte: u8, bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    // Reading from memory can't fail.
    let skipped = rest.skip_until(byte).ok()?;
    let last = skipped.checked_sub(1)?;
    (bytes.get(last) == Some(&byte)).then_some(last)
}
