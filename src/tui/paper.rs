//! The edge where a text becomes a file of the user's. May use: `tui::action`, `report`.

use super::action::{Filed, Paper};
use crate::report::file;
use std::{io, path::PathBuf};

/// Saves a paper, whole or not at all; over a file that is there only where `over` says so.
pub fn file(paper: &Paper, over: bool) -> Filed {
    let path = resolve(&paper.path);
    let bytes = paper.text.as_bytes();
    let done = if over {
        file::replace(&path, bytes)
    } else {
        file::create(&path, bytes)
    };
    match done {
        Ok(()) => Filed::Saved,
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Filed::Exists,
        Err(e) => Filed::Failed(e.to_string()),
    }
}

/// `~/` is the home folder, as in a shell.
fn resolve(path: &str) -> PathBuf {
    let home = std::env::var_os("HOME").filter(|h| !h.is_empty());
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_left_alone_until_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("纪要.md");
        let paper = |text: &str| Paper {
            path: path.to_str().unwrap().to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(file(&paper("一"), false), Filed::Saved);
        assert_eq!(file(&paper("二"), false), Filed::Exists);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "一");
        assert_eq!(file(&paper("二"), true), Filed::Saved);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "二");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let nowhere = Paper {
            path: folder.path().join("no/such/a.md").to_str().unwrap().into(),
            text: String::new(),
        };
        assert!(matches!(file(&nowhere, false), Filed::Failed(_)));
    }
}
