//! Journals in shared folders: which files and links count, and who can read and write new ones.
//! Tests with two users run only as root.

use crate::journal::{draft, fresh, output, said, worker_as};
use jiff::ZonedDateTime;
use kouan::progress::journal::{Journal, JournalFault};
use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, lchown, symlink},
    path::Path,
};

/// Two people, and the group that they share.
const ZHANG: u32 = 60_001;
const LI: u32 = 60_002;
const TEAM: u32 = 60_009;

/// Only root can act as two users; without it these tests are skipped.
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o7777
}

/// Creates a folder with this owner and mode, in the team's group.
fn folder(owner: u32, mode: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    chown(folder.path(), Some(owner), Some(TEAM)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    folder
}

#[test]
fn a_file_that_is_not_a_journal_is_neither_read_nor_written() {
    let utf16: Vec<u8> = "\u{feff}# kouan journal 1 · demo · x\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let files: [&[u8]; 8] = [
        b"export PATH=/usr/bin\nalias ll='ls -l'",
        b"PK\x03\x04\x14\x00\x08\x08[Content_Types].xml",
        b"# a comment\n",
        b"- {name: zhangsan}\n- {name: lisi",
        b"id: demo\ntitle: x\nchapters: []\n",
        b"- {\"at\":\"2026",
        b"\xd0\xc2\xbd\xa8\n",
        &utf16,
    ];
    for bytes in files {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.yaml");
        fs::write(&path, bytes).unwrap();
        let mut journal = Journal::open(&path, "demo").unwrap();
        let said = journal.read().unwrap_err().to_string();
        assert!(said.contains("demo.yaml"), "{said}");
        let error = journal
            .append(&[draft(0)], &ZonedDateTime::now())
            .unwrap_err();
        let is_utf16 = matches!(error.fault, JournalFault::Utf16);
        assert_eq!(is_utf16, bytes == utf16, "{error}");
        assert!(is_utf16 || matches!(error.fault, JournalFault::NoJournal));
        Journal::open(&path, "demo")
            .unwrap()
            .union(&["x".into()])
            .unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_link_that_another_user_made_in_a_shared_folder_is_not_followed() {
    if !is_root() {
        return;
    }
    // The folder's owner and mode, the link's owner, and whether the link counts.
    let cases = [
        (0, 0o1777, ZHANG, false),
        (0, 0o2770, ZHANG, false),
        (LI, 0o775, ZHANG, false),
        (ZHANG, 0o2770, ZHANG, true),
        (LI, 0o777, 0, true),
        (LI, 0o755, ZHANG, true),
    ];
    for (owner, mode, maker, counts) in cases {
        let what = format!("{owner} {mode:o} {maker}");
        let own = tempfile::tempdir().unwrap();
        let victim = own.path().join("demo.yaml");
        Journal::open(&victim, "demo")
            .unwrap()
            .append(&[draft(0)], &ZonedDateTime::now())
            .unwrap();
        let before = fs::read(&victim).unwrap();
        let shared = folder(owner, mode);
        let link = shared.path().join("demo.yaml");
        let inner = shared.path().join("team");
        symlink(&victim, &link).unwrap();
        symlink(own.path(), &inner).unwrap();
        for path in [&link, &inner] {
            lchown(path, Some(maker), Some(TEAM)).unwrap();
        }
        for path in [link, inner.join("demo.yaml")] {
            let mut journal = Journal::open(&path, "demo");
            let read = journal
                .as_mut()
                .map(|j| j.read().map(|batch| batch.changes.len()));
            assert_eq!(matches!(read, Ok(Ok(1..))), counts, "{what}: {read:?}");
            let Ok(mut journal) = journal else { continue };
            let written = journal.append(&[draft(1)], &ZonedDateTime::now());
            assert_eq!(written.is_ok(), counts, "{what}");
        }
        assert_eq!(fs::read(&victim).unwrap() == before, !counts, "{what}");
    }
}

#[test]
fn two_people_share_a_journal_under_every_umask() {
    if !is_root() {
        return;
    }
    for umask in ["022", "027", "077"] {
        let shared = folder(0, 0o2770);
        // A new folder inside is the team's too.
        let path = shared.path().join("2026/demo.yaml");
        let torn = shared.path().join("2026/demo.yaml.torn");
        for (round, user) in [ZHANG, LI, ZHANG, LI].into_iter().enumerate() {
            let lines = output(worker_as(&path, 3, user, TEAM, umask).spawn().unwrap());
            assert_eq!(said(&lines, "ACK ").count(), 3, "{umask} {user}: {lines:?}");
            assert_eq!(fresh(&path).journal.path(), path);
            assert_eq!((mode(&path), path.metadata().unwrap().gid()), (0o660, TEAM));
            if round > 0 {
                assert_eq!((mode(&torn), torn.metadata().unwrap().gid()), (0o660, TEAM));
                assert_eq!(fs::read_to_string(&torn).unwrap().lines().count(), round);
            }
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(text.lines().count(), 1 + 3 * (round + 1));
            fs::write(&path, text + "- {\"at\":\"2026").unwrap();
        }
        assert_eq!(mode(path.parent().unwrap()), 0o2770);
    }
}

#[test]
fn a_torn_line_that_another_keeps_to_himself_stops_nobody() {
    if !is_root() {
        return;
    }
    let shared = folder(0, 0o2770);
    let path = shared.path().join("demo.yaml");
    output(worker_as(&path, 1, ZHANG, TEAM, "022").spawn().unwrap());
    let torn = shared.path().join("demo.yaml.torn");
    fs::write(&torn, "- {\"at\"\n").unwrap();
    chown(&torn, Some(ZHANG), Some(TEAM)).unwrap();
    fs::set_permissions(&torn, fs::Permissions::from_mode(0o600)).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + "- {\"at\":\"20").unwrap();
    let lines = output(worker_as(&path, 1, LI, TEAM, "022").spawn().unwrap());
    assert_eq!(said(&lines, "ACK ").count(), 1, "{lines:?}");
    assert_eq!(fs::read_to_string(&torn).unwrap(), "- {\"at\"\n");
    let other = shared.path().join("demo.yaml.torn-2");
    assert_eq!(fs::read_to_string(other).unwrap(), "- {\"at\":\"20\n");
}

/// Files made by `sudo kouan`, and a colleague's private ones, are reported with their owner.
#[test]
fn what_belongs_to_another_is_named_with_its_owner() {
    if !is_root() {
        return;
    }
    let shared = folder(ZHANG, 0o755);
    let path = shared.path().join("demo.yaml");
    let error = |user| {
        let lines = output(worker_as(&path, 1, user, TEAM, "022").spawn().unwrap());
        said(&lines, "ERROR ").next().unwrap().to_owned()
    };
    assert!(error(LI).contains("belongs to uid60001"), "{}", error(LI));
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let said = error(ZHANG);
    assert!(said.contains("demo.yaml belongs to root"), "{said}");
}
