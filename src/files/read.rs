//! Reading whole files up to a limit, so that an endless one (`/dev/zero`) cannot take all memory.

use crate::locale::Said;
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// Byte limit of documents and other files that people write: over ten times the largest in real
/// use.
pub const MOST: u64 = 128 << 20;

/// Byte limit of files that hold only settings or names.
pub const MOST_SMALL: u64 = 1 << 20;

/// Reads everything, up to `most` bytes.
///
/// # Errors
///
/// As read(2), and if there is more.
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

/// Reads text of at most `most` bytes.
///
/// # Errors
///
/// As [`read_all`], and [`io::ErrorKind::InvalidData`] if it is not UTF-8.
pub fn text(from: impl Read, most: u64) -> io::Result<String> {
    let bytes = read_all(from, most)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not UTF-8"))
}

/// Reads a text file of at most `most` bytes.
///
/// # Errors
///
/// As open(2) and [`text`].
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    text(File::open(path)?, most)
}
