//! Atomic writes, modes, free names, and links that are not followed.

use super::*;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<String> = entries
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_name_that_is_taken_is_counted_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, free_name) in [
        ("纪要-11.23.md", "纪要-11.23-2.md"),
        ("纪要", "纪要-2"),
        (".纪要", ".纪要-2"),
    ] {
        assert_eq!(free(&path(name)), path(name));
        fs::write(path(name), "").unwrap();
        assert_eq!(free(&path(name)), path(free_name));
    }
    fs::write(path("纪要-2"), "").unwrap();
    assert_eq!(free(&path("纪要")), path("纪要-3"));
}

#[test]
fn folders_are_made_for_their_owner() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/c");
    make_folder(&path).unwrap();
    for made in ["a", "a/b", "a/b/c"] {
        let mode = folder.path().join(made).metadata().unwrap().mode();
        assert_eq!(mode & 0o777, 0o700, "{made}");
    }
}

#[test]
fn what_was_there_keeps_its_mode_and_its_other_names() {
    let folder = tempfile::tempdir().unwrap();
    let [path, other] = ["a.md", "b.md"].map(|n| folder.path().join(n));
    replace(&path, b"one").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    replace(&path, b"two").unwrap();
    assert_eq!(path.metadata().unwrap().mode() & 0o7777, 0o640);
    fs::hard_link(&path, &other).unwrap();
    let inode = path.metadata().unwrap().ino();
    replace(&path, b"3").unwrap();
    assert_eq!(fs::read(&other).unwrap(), b"3");
    assert_eq!(path.metadata().unwrap().ino(), inode);
    assert_eq!(names(folder.path()), ["a.md", "b.md"]);
}

#[test]
fn a_new_file_takes_no_name_that_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    create(&path, b"one").unwrap();
    let taken = create(&path, b"two").unwrap_err();
    assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).unwrap(), b"one");
    let link = folder.path().join("link");
    symlink("nowhere", &link).unwrap();
    assert_eq!(create(&link, b"").unwrap_err().kind(), taken.kind());
}

#[test]
fn what_a_kill_left_is_removed_and_what_is_being_written_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let unfinished = |name: &str| folder.path().join(format!("{}{name}", put::UNFINISHED));
    fs::write(unfinished("left"), "half").unwrap();
    let written = File::create(unfinished("writing")).unwrap();
    written.try_lock().unwrap();
    fs::write(folder.path().join(".kouan"), "somebody's").unwrap();
    replace(&folder.path().join("a.md"), b"one").unwrap();
    assert_eq!(names(folder.path()), [".kouan", ".kouan-writing", "a.md"]);
}

#[test]
fn a_link_is_written_through() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("deep")).unwrap();
    symlink("deep/../deep", at("folder")).unwrap();
    symlink("folder/a.md", at("first")).unwrap();
    symlink(at("first"), at("second")).unwrap();
    replace(&at("second"), b"one").unwrap();
    assert_eq!(fs::read(at("deep/a.md")).unwrap(), b"one");
    assert!(at("second").is_symlink() && at("first").is_symlink());
    symlink("round", at("round")).unwrap();
    assert!(replace(&at("round"), b"").is_err());
}

#[test]
fn a_strangers_link_in_a_shared_folder_is_not_followed() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mode = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    fs::write(at("mine"), "mine").unwrap();
    symlink("mine", at("link")).unwrap();
    std::os::unix::fs::lchown(at("link"), Some(1234), None).unwrap();
    for (shared, counts) in [(0o755, true), (0o775, false), (0o1777, false)] {
        mode(shared);
        assert_eq!(follow(&at("link")).is_ok(), counts, "{shared:o}");
    }
    let error = replace(&at("link"), b"theirs").unwrap_err();
    let said = crate::locale::Lang::En.system(&error);
    assert!(said.contains("/link") && said.contains("1234"), "{said}");
    assert_eq!(fs::read(at("mine")).unwrap(), b"mine");
    std::os::unix::fs::chown(folder.path(), Some(1234), None).unwrap();
    assert!(follow(&at("link")).is_ok(), "the folder's owner may");
}
