//! A report as a file: whole or not at all, written beside its place and then renamed. May use:
//! nothing.

use std::{
    fs::{self, Permissions},
    io::{self, Write as _},
    path::Path,
};
use tempfile::NamedTempFile;

/// Writes a file in the place of what is there. A link is followed, and what was there keeps its
/// mode.
///
/// # Errors
///
/// The folder cannot be written to, the disk is full, and the like; the old file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(|m| !m.is_file()) {
        // A device or a pipe cannot be replaced, only written to.
        return fs::OpenOptions::new()
            .write(true)
            .open(&target)?
            .write_all(bytes);
    }
    let mode = old.map_or_else(new_file_mode, |m| m.permissions());
    beside(&target, bytes, mode)?.persist(&target)?;
    Ok(())
}

/// Writes a new file.
///
/// # Errors
///
/// As for [`replace`]; and [`io::ErrorKind::AlreadyExists`] where something has that name.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    beside(path, bytes, new_file_mode())?.persist_noclobber(path)?;
    Ok(())
}

fn beside(target: &Path, bytes: &[u8], mode: Permissions) -> io::Result<NamedTempFile> {
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty());
    let mut file = tempfile::Builder::new()
        .permissions(mode)
        .tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    Ok(file)
}

/// Returns the mode of a new file, which the umask narrows.
fn new_file_mode() -> Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}
