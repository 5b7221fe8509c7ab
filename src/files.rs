//! Folders and whole files: their modes, atomic replacement, and links that are safe to follow.

use std::{
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

mod kernel;
mod link;
mod owner;
mod put;
mod read;

pub use link::follow;
pub use owner::{owner, user_name};
pub use put::{create, keep, make, replace};
pub use read::{MOST, MOST_SMALL, read_all, read_text, text};

/// Creates a folder and its missing parents, for the owner only, or for the team inside a team's
/// folder (set-group-ID and group-writable). An existing folder keeps its mode. The new names are
/// durable on return.
///
/// # Errors
///
/// As mkdir(2).
pub fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let missing = folder
        .ancestors()
        .filter(|f| !f.as_os_str().is_empty())
        .take_while(|f| !f.is_dir());
    let missing: Vec<&Path> = missing.collect();
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    owner::open_to_team(&missing)?;
    missing.into_iter().try_for_each(sync_name)
}

/// Makes the name of a file or folder durable.
///
/// # Errors
///
/// As fsync(2) of its parent folder.
pub fn sync_name(path: &Path) -> io::Result<()> {
    match path.canonicalize()?.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Returns 64 random bits: the keys of std's hasher are drawn from the system's secure source.
pub fn random() -> u64 {
    use std::hash::BuildHasher as _;
    std::hash::RandomState::new().hash_one(())
}

/// Returns the path, or a variant that is not taken: `纪要.md`, `纪要-2.md`. If a thousand are
/// taken, returns the path itself; the caller asks before overwriting.
pub fn free(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default();
    let other = |nth: u32| {
        let mut name = stem.to_owned();
        name.push(format!("-{nth}"));
        if let Some(ending) = path.extension() {
            name.push(".");
            name.push(ending);
        }
        path.with_file_name(name)
    };
    let mut paths = std::iter::once(path.to_owned()).chain((2..1000).map(other));
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    paths.find(is_free).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests;
