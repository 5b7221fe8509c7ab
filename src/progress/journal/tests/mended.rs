//! Last lines that may be complete or cannot be, and files replaced while being written.

use super::{HEADER, append, folder, lines, two_changes};
use crate::progress::journal::{Disk, Journal};
use std::{
    fs::{self, File},
    io,
    path::PathBuf,
};

/// Only an incomplete line was torn: a line of a later version, or somebody's note, stays.
#[test]
fn what_may_be_whole_gets_its_end() {
    let at = r#""at":"2026-11-23T10:12:06+08:00""#;
    let later = format!(r#"- {{{at},"clause":"1.1","status":"of-a-later-version"}}"#);
    let tails = [
        (later.as_str(), true),
        (r#"- {"at":"x"}"#, true),
        (
            "- {at: 2026-11-23T10:12:06Z, clause: 1.1, later: [1]}",
            true,
        ),
        ("# 会上再议", true),
        ("<<<<<<< HEAD", true),
        (later.trim_end_matches('}'), false),
        (r#"- {"at":"2026"#, false),
        ("- ", false),
        ("\0\0\0- {", false),
    ];
    for (tail, stays) in tails {
        let folder = folder();
        let path = folder.path().join("demo.yaml");
        let whole = two_changes(&path);
        fs::write(&path, format!("{whole}{tail}")).unwrap();
        append(&mut Journal::open(&path, "demo").unwrap());
        let text = fs::read_to_string(&path).unwrap();
        let is_there = text.starts_with(&format!("{whole}{tail}\n"));
        assert_eq!(is_there, stays, "{tail}: {text}");
        assert_eq!(text.lines().count(), 4 + usize::from(stays), "{tail}");
        let torn = folder.path().join("demo.yaml.torn");
        assert_eq!(torn.exists(), !stays, "{tail}");
    }
}

/// A file that replaces it during the write gets the line too, once.
#[test]
fn a_file_replaced_while_it_is_written_to_gets_the_line_too() {
    #[derive(Debug)]
    struct Replacing {
        path: PathBuf,
        text: Vec<String>,
    }

    impl Disk for Replacing {
        fn sync(&mut self, file: &File) -> io::Result<()> {
            file.sync_data()?;
            if let Some(text) = self.text.pop() {
                let new = self.path.with_extension("new");
                fs::write(&new, text)?;
                fs::rename(&new, &self.path)?;
            }
            Ok(())
        }
    }

    let folder = folder();
    let path = folder.path().join("demo.yaml");
    let before = two_changes(&path);
    let first = before.lines().take(2).collect::<Vec<_>>().join("\n") + "\n";
    for texts in [
        vec![before.clone()],
        vec![first.clone()],
        vec![before.clone(), first.clone()],
        vec![String::new()],
    ] {
        fs::write(&path, &before).unwrap();
        let disk = Replacing {
            path: path.clone(),
            text: texts.clone(),
        };
        let mut journal = Journal::open(&path, "demo").unwrap().with_disk(disk);
        let own = append(&mut journal);
        let mut expected: Vec<&str> = texts[0].lines().collect();
        if expected.is_empty() {
            expected.push(HEADER.trim_end());
        }
        expected.push(&own.line);
        assert_eq!(lines(&path), expected);
        append(&mut journal);
        assert_eq!(lines(&path).len(), expected.len() + 1);
    }
}

/// A disk on which a copy replaces the file at each sync.
#[derive(Debug)]
struct Copying(PathBuf);

impl Disk for Copying {
    fn sync(&mut self, _: &File) -> io::Result<()> {
        let new = self.0.with_extension("new");
        fs::copy(&self.0, &new)?;
        fs::rename(&new, &self.0)
    }
}

#[test]
fn a_copy_that_was_made_after_the_write_has_the_line_already() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    two_changes(&path);
    let mut journal = Journal::open(&path, "demo").unwrap();
    journal = journal.with_disk(Copying(path.clone()));
    let own = append(&mut journal);
    assert_eq!(lines(&path).len(), 4);
    assert_eq!(*lines(&path).last().unwrap(), *own.line);
}
