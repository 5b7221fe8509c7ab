//! Files beside a journal that hold some of its lines: torn ones, and the conflict copies of file
//! synchronisers.

use super::Journal;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What their names contain, in lower case: Syncthing's `.sync-conflict-`, Dropbox's and
/// Nextcloud's `conflicted copy`, Seafile's `SFConflict`, 坚果云's 冲突副本, 百度网盘's 冲突文件.
const SIGNS: [&str; 3] = ["conflict", "冲突", "衝突"];

/// Returns whether the rest of a name only counts copies, as Google Drive and browsers do: ` (1)`.
fn is_numbered(rest: &str, ending: &str) -> bool {
    let rest = rest.replacen(ending, "", 1);
    let count = rest.trim().strip_prefix(['(', '（']);
    let count = count.and_then(|rest| rest.strip_suffix([')', '）']));
    count.is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
}

impl Journal {
    /// Returns the files beside the journal that are conflict copies by name.
    pub fn conflict_copies(&self) -> Vec<PathBuf> {
        let ending = self.path().extension().unwrap_or_default();
        let ending = format!(".{}", ending.to_string_lossy());
        self.beside(|rest| {
            let name = rest.to_lowercase();
            SIGNS.iter().any(|sign| name.contains(sign)) || is_numbered(rest, &ending)
        })
    }

    /// Returns the files beside the journal that hold torn lines.
    pub fn torn_files(&self) -> Vec<PathBuf> {
        self.beside(|rest| rest.contains(".torn"))
    }

    /// Returns the files whose names begin like the journal's and continue as `says` accepts.
    fn beside(&self, says: impl Fn(&str) -> bool) -> Vec<PathBuf> {
        let path = self.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter();
        let is_beside = |file: &PathBuf| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            file != path && name.strip_prefix(&*stem).is_some_and(&says)
        };
        let files = entries.flatten().flatten().map(|entry| entry.path());
        let mut found: Vec<PathBuf> = files.filter(is_beside).collect();
        found.sort();
        found
    }
}
