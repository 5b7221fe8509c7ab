//! What a watch sees, and what it lets pass.

use super::*;
use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

/// Far longer than the kernel takes; only a failure waits so long.
const LIMIT: Duration = Duration::from_secs(20);

fn follow(path: &Path) -> (Follower, Receiver<bool>) {
    let (send, receive) = channel();
    let tell = move |sees_on| {
        let _ = send.send(sees_on);
    };
    (Follower::new(path, tell).unwrap(), receive)
}

fn write(path: &Path) {
    let mut file = fs::OpenOptions::new();
    let file = file.create(true).append(true).open(path);
    file.unwrap().write_all(b"x\n").unwrap();
}

#[test]
fn creating_writing_replacing_and_removing_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/demo.yaml");
    let (follower, changed) = follow(&path);
    write(&path);
    changed.recv_timeout(LIMIT).unwrap();
    while changed.try_recv().is_ok() {}
    write(&path);
    changed.recv_timeout(LIMIT).unwrap();
    let other = folder.path().join("new/other");
    write(&other);
    while changed.try_recv().is_ok() {}
    fs::rename(&other, &path).unwrap();
    changed.recv_timeout(LIMIT).unwrap();
    while changed.try_recv().is_ok() {}
    let mode = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(&path, mode(0o000)).unwrap();
    changed.recv_timeout(LIMIT).unwrap();
    while changed.try_recv().is_ok() {}
    fs::set_permissions(path.parent().unwrap(), mode(0o700)).unwrap();
    changed.recv_timeout(LIMIT).unwrap();
    while changed.try_recv().is_ok() {}
    fs::remove_file(&path).unwrap();
    changed.recv_timeout(LIMIT).unwrap();
    assert!(follower.sees_all());
}

#[test]
fn a_link_is_followed_to_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real/journal.yaml");
    fs::create_dir(real.parent().unwrap()).unwrap();
    write(&real);
    let link = folder.path().join("link.yaml");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let (_follower, changed) = follow(&link);
    write(&real);
    changed.recv_timeout(LIMIT).unwrap();
}

#[test]
fn reading_and_other_files_wake_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.yaml");
    write(&path);
    let (_follower, changed) = follow(&path);
    for _ in 0..10 {
        fs::read(&path).unwrap();
        write(&folder.path().join("another.yaml"));
    }
    // Events come in order, so this follows all earlier ones.
    fs::remove_file(&path).unwrap();
    changed.recv_timeout(LIMIT).unwrap();
    assert!(changed.try_recv().is_err());
}

#[test]
fn a_folder_that_cannot_be_watched_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    write(&file);
    let error = Follower::new(&file.join("demo.yaml"), |_| {}).unwrap_err();
    assert!(error.message(Lang::ZhCn).contains("demo.yaml"));
}

#[test]
fn a_folder_that_is_removed_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/demo.yaml");
    let (_follower, changed) = follow(&path);
    fs::remove_dir(path.parent().unwrap()).unwrap();
    assert!(!changed.recv_timeout(LIMIT).unwrap());
}
