//! Whole files, read up to a limit: what never ends (`/dev/zero`, a colleague's mistake) must not
//! take all memory.

use crate::locale::Said;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The most bytes of a document or another file that a person writes: more than ten times the
/// largest that real work has.
pub const MOST: u64 = 128 << 20;

/// The most bytes of a file that only settings or names stand in.
pub const MOST_SMALL: u64 = 1 << 20;

/// Reads all that there is, which may be `most` bytes.
///
/// # Errors
///
/// As read(2); and where there is more.
pub fn read_all(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let most = match most >> 20 {
            0 => format!("{} KiB", most >> 10),
            mebi => format!("{mebi} MiB"),
        };
        let said = Said::new("io.too-long", vec![("most", most)]);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, said));
    }
    Ok(bytes)
}

/// Reads a text of at most `most` bytes.
///
/// # Errors
///
/// As [`read_all`]; and [`io::ErrorKind::InvalidData`] where it is not UTF-8.
pub fn text(from: impl Read, most: u64) -> io::Result<String> {
    let bytes = read_all(from, most)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not UTF-8"))
}

/// Reads a file of at most `most` bytes as text.
///
/// # Errors
///
/// As open(2) and [`text`].
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    text(File::open(path)?, most)
}
