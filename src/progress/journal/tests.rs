//! Tests of the journal file: appends, torn tails, replaced files, broken lines.

use super::*;
use crate::document::ClauseId;
use crate::progress::{Body, Edit, Status};
use std::{fs, io::Write as _, os::unix::fs::PermissionsExt as _, time::SystemTime};

mod mended;

const HEADER: &str = "# kouan journal 1 · demo · one change a line, append only\n";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn draft(clause: u32, status: Status) -> Draft {
    let edit = Edit::status(ClauseId::new(1, clause), status);
    Draft::new("me", "s", Body::Edits(vec![edit]))
}

fn now() -> ZonedDateTime {
    "2026-11-23T10:12:05.1234+08:00[Asia/Shanghai]"
        .parse()
        .unwrap()
}

fn append(journal: &mut Journal) -> Change {
    let (mut written, _) = journal.append(&[draft(1, Status::Done)], &now()).unwrap();
    written.remove(0)
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_new_journal_is_for_its_owner_and_ordered() {
    let folder = folder();
    let path = folder.path().join("a/progress/demo.yaml");
    let mut journal = Journal::open(&path, "demo").unwrap();
    assert!(journal.read().unwrap().changes.is_empty());
    assert!(!path.exists(), "reading makes no file");
    let drafts = [draft(1, Status::Done), draft(2, Status::Doing)];
    let (written, before) = journal.append(&drafts, &now()).unwrap();
    assert!(before.changes.is_empty() && !before.replaced);
    assert_eq!(lines(&path)[0], HEADER.trim_end());
    assert_eq!(
        lines(&path)[1..],
        written
            .iter()
            .map(|c| c.line.to_string())
            .collect::<Vec<_>>()
    );
    assert!(
        written[0]
            .line
            .contains(r#""at":"2026-11-23T10:12:05.123+08:00""#)
    );
    assert!(
        written[1]
            .line
            .contains(r#""at":"2026-11-23T10:12:05.124+08:00""#)
    );
    let mode = |p: &Path| p.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(path.parent().unwrap().parent().unwrap()), 0o700);
    assert!(
        journal.read().unwrap().changes.is_empty(),
        "own lines do not come back"
    );
}

#[test]
fn what_others_append_is_read_once_and_only_then() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    let mut one = Journal::open(&path, "demo").unwrap();
    let mut two = Journal::open(&path, "demo").unwrap();
    let a = append(&mut one);
    assert_eq!(two.read().unwrap().changes, [a]);
    let b = append(&mut one);
    let (written, before) = two.append(&[draft(1, Status::Done)], &now()).unwrap();
    assert!(written[0].at > b.at, "later than every line in the file");
    assert_eq!(before.changes, [b]);
    assert_eq!(one.read().unwrap().changes, written);
    assert!(one.read().unwrap().changes.is_empty());
}

/// A disk that fails as scripted: the result of each write, sync and cut, in order.
#[derive(Debug, Clone, Default)]
struct Failing {
    writes: Vec<Write>,
    syncs: Vec<bool>,
    cuts: Vec<bool>,
}

#[derive(Debug, Clone, Copy)]
enum Write {
    Whole,
    /// Writes this many bytes, like a full disk.
    Short(usize),
    Error(io::ErrorKind),
}

fn next<T: Copy>(script: &mut Vec<T>, usual: T) -> T {
    if script.is_empty() {
        usual
    } else {
        script.remove(0)
    }
}

impl Disk for Failing {
    fn write(&mut self, mut file: &File, bytes: &[u8]) -> io::Result<usize> {
        match next(&mut self.writes, Write::Whole) {
            Write::Whole => io::Write::write(&mut file, bytes),
            Write::Short(count) => io::Write::write(&mut file, &bytes[..count.min(bytes.len())]),
            Write::Error(kind) => Err(kind.into()),
        }
    }

    fn sync(&mut self, file: &File) -> io::Result<()> {
        if next(&mut self.syncs, true) {
            return file.sync_data();
        }
        Err(io::Error::from_raw_os_error(5))
    }

    fn cut(&mut self, file: &File, length: u64) -> io::Result<()> {
        if next(&mut self.cuts, true) {
            return file.set_len(length);
        }
        Err(io::Error::from_raw_os_error(5))
    }
}

/// Creates a journal with two changes and returns its text.
fn two_changes(path: &Path) -> String {
    let mut journal = Journal::open(path, "demo").unwrap();
    append(&mut journal);
    append(&mut journal);
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_failed_write_leaves_what_was_saved_and_may_be_tried_again() {
    use Write::{Error, Short, Whole};
    let full = io::ErrorKind::StorageFull;
    let scripts = [
        (vec![Error(full)], vec![], vec![]),
        (vec![Short(30), Error(full)], vec![], vec![]),
        (vec![Short(0), Short(0)], vec![], vec![]),
        (vec![Short(30), Whole], vec![], vec![]),
        (vec![], vec![false], vec![]),
        (vec![], vec![false, false], vec![]),
        // The disk even fails to be cut back.
        (vec![Short(30), Error(full)], vec![], vec![false]),
        (vec![], vec![false], vec![false]),
        (vec![Error(full)], vec![false], vec![false]),
    ];
    for (writes, syncs, cuts) in scripts {
        let folder = folder();
        let path = folder.path().join("demo.yaml");
        let before = two_changes(&path);
        let was_cut = cuts.is_empty();
        let disk = Failing {
            writes,
            syncs,
            cuts,
        };
        let what = format!("{disk:?}");
        let mut journal = Journal::open(&path, "demo").unwrap().with_disk(disk);
        let drafts = [draft(1, Status::Todo), draft(2, Status::Done)];
        let error = journal.append(&drafts, &now()).unwrap_err();
        assert!(
            error
                .message(crate::locale::Lang::ZhCn)
                .contains("demo.yaml")
        );
        let after = fs::read_to_string(&path).unwrap();
        assert!(after.starts_with(&before), "{what}: {after}");
        assert!(!was_cut || after == before, "{what}: {after}");
        let others = journal.read().unwrap();
        let others = others
            .changes
            .iter()
            .filter(|c| drafts.iter().all(|d| d.id != c.id));
        assert_eq!(others.count(), 2, "{what}: what was read then is not lost");
        // Another session appends; then the same drafts are tried again.
        append(&mut Journal::open(&path, "demo").unwrap());
        let (written, _) = journal.append(&drafts, &now()).unwrap();
        let fresh = Journal::open(&path, "demo").unwrap().read().unwrap();
        assert_eq!(fresh.unreadable, [], "{what}");
        assert_eq!(fresh.changes.len(), 5, "{what}: each once");
        assert!(written.iter().all(|w| fresh.changes.contains(w)), "{what}");
    }
}

/// Whatever part of the last line a crash left, the next append takes nothing from the lines before
/// it and loses no byte.
#[test]
fn a_tail_torn_at_any_byte_is_set_aside() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    let torn_path = folder.path().join("demo.yaml.torn");
    let whole = two_changes(&path);
    let last = whole.trim_end().rfind('\n').unwrap() + 1;
    for end in 0..whole.len() {
        fs::write(&path, &whole.as_bytes()[..end]).unwrap();
        let _ = fs::remove_file(&torn_path);
        let complete = memchr::memchr_iter(b'\n', &whole.as_bytes()[..end]).count();
        let mut journal = Journal::open(&path, "demo").unwrap();
        let read = journal.read().unwrap();
        assert_eq!(read.unreadable, [], "at {end}");
        let own = append(&mut journal);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(HEADER), "at {end}");
        let fresh = Journal::open(&path, "demo").unwrap().read().unwrap();
        assert_eq!(fresh.unreadable, [], "at {end}");
        assert_eq!(fresh.changes.last(), Some(&own), "at {end}");
        // A line that lacks only its end is a change.
        let tail_start = memchr::memrchr(b'\n', &whole.as_bytes()[..end]).map_or(0, |p| p + 1);
        let tail = &whole.as_bytes()[tail_start..end];
        let is_change =
            tail.ends_with(b"}") && Change::read(std::str::from_utf8(tail).unwrap()).is_ok();
        let is_header = tail_start == 0 && tail == HEADER.trim_end().as_bytes();
        let expected = complete.saturating_sub(1) + usize::from(is_change) + 1;
        assert_eq!(fresh.changes.len(), expected, "at {end}");
        let torn = fs::read(&torn_path).unwrap_or_default();
        if tail.is_empty() || is_change {
            assert_eq!(torn, b"", "at {end}");
        } else if !is_header {
            assert_eq!(torn, [tail, b"\n"].concat(), "at {end}");
        }
    }
    assert!(last > HEADER.len());
}

#[test]
fn a_torn_file_is_not_written_through_a_link() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    let whole = two_changes(&path);
    let victim = folder.path().join("victim");
    fs::write(&victim, "").unwrap();
    std::os::unix::fs::symlink(&victim, folder.path().join("demo.yaml.torn")).unwrap();
    let torn = &whole.as_bytes()[..whole.len() - 20];
    fs::write(&path, torn).unwrap();
    append(&mut Journal::open(&path, "demo").unwrap());
    assert_eq!(fs::read(&victim).unwrap(), b"");
    let beside = fs::read(folder.path().join("demo.yaml.torn-2")).unwrap();
    let tail = memchr::memrchr(b'\n', torn).unwrap() + 1;
    assert_eq!(beside, [&torn[tail..], b"\n"].concat());
}

#[test]
fn a_replaced_file_is_read_whole_and_appended_to() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    let whole = two_changes(&path);
    let (shorter, _) = whole.trim_end().rsplit_once('\n').unwrap();
    let shorter = format!("{shorter}\n");
    let by_rename = |text: &str| {
        let other = folder.path().join("other");
        fs::write(&other, text).unwrap();
        fs::rename(&other, &path).unwrap();
    };
    let in_place = |text: &str| fs::write(&path, text).unwrap();
    let retimed = whole
        .replace("zhangsan", "lisi")
        .replace("\"me\"", "\"us\"");
    let longer = format!(
        "{retimed}{}",
        retimed.split_inclusive('\n').next_back().unwrap()
    );
    let ways: [(&str, &dyn Fn()); 5] = [
        ("an editor's rename", &|| by_rename(&shorter)),
        ("the same text in another file", &|| by_rename(&whole)),
        ("cut in place", &|| in_place(&shorter)),
        ("other text of the same length", &|| in_place(&retimed)),
        ("other, longer text", &|| in_place(&longer)),
    ];
    for (what, replace) in ways {
        by_rename(&whole);
        let mut journal = Journal::open(&path, "demo").unwrap();
        assert_eq!(journal.read().unwrap().changes.len(), 2, "{what}");
        replace();
        let count = fs::read_to_string(&path).unwrap().lines().count() - 1;
        let batch = journal.read().unwrap();
        assert!(batch.replaced, "{what}");
        assert_eq!(batch.changes.len(), count, "{what}");
        replace();
        let (written, batch) = journal.append(&[draft(1, Status::Done)], &now()).unwrap();
        let text = lines(&path);
        assert_eq!(text.len(), count + 2, "{what}");
        assert_eq!(*text.last().unwrap(), *written[0].line, "{what}");
        assert!(!batch.replaced || batch.changes.len() == count, "{what}");
    }
}

#[test]
fn an_append_under_way_is_not_a_replaced_file() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    two_changes(&path);
    let mut journal = Journal::open(&path, "demo").unwrap();
    assert_eq!(journal.read().unwrap().changes.len(), 2);
    // The kernel sets the mtime of a write before the size.
    let mut other = fs::OpenOptions::new().append(true).open(&path).unwrap();
    let touch = |seconds| {
        let now = SystemTime::now() + Duration::from_secs(seconds);
        File::open(&path).unwrap().set_modified(now).unwrap();
    };
    other.lock().unwrap();
    touch(1);
    let batch = journal.read().unwrap();
    assert!(!batch.replaced && batch.changes.is_empty());
    let line = lines(&path).pop().unwrap().replace("10:12:05", "11:12:05");
    writeln!(other, "{line}").unwrap();
    other.unlock().unwrap();
    let batch = journal.read().unwrap();
    assert!(!batch.replaced);
    assert_eq!(batch.changes.len(), 1);
    // Without an append it was an editor, even if a lock hid that for a while.
    other.lock().unwrap();
    touch(2);
    assert!(!journal.read().unwrap().replaced);
    other.unlock().unwrap();
    assert!(journal.read().unwrap().replaced);
    touch(3);
    let (_, batch) = journal.append(&[draft(1, Status::Done)], &now()).unwrap();
    assert!(batch.replaced, "our own lock hides nothing");
}

#[test]
fn a_removed_folder_is_not_created_again() {
    let folder = folder();
    let path = folder.path().join("progress/demo.yaml");
    let mut journal = Journal::open(&path, "demo").unwrap();
    append(&mut journal);
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
    assert!(journal.read().unwrap().changes.is_empty());
    let error = journal
        .append(&[draft(1, Status::Done)], &now())
        .unwrap_err();
    assert!(
        matches!(&error.fault, JournalFault::Io(source) if source.kind() == io::ErrorKind::NotFound)
    );
    assert!(!path.parent().unwrap().exists());
    fs::create_dir(path.parent().unwrap()).unwrap();
    let (_, batch) = journal.append(&[draft(1, Status::Done)], &now()).unwrap();
    assert!(batch.replaced, "what the new file lacks can be said");
    assert_eq!(lines(&path).len(), 2);
}

#[test]
fn a_lock_that_is_held_is_named_and_readers_do_not_wait() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    two_changes(&path);
    let other = File::open(&path).unwrap();
    other.lock().unwrap();
    let journal = Journal::open(&path, "demo").unwrap();
    let mut journal = journal.with_lock_limit(Duration::from_millis(20));
    assert_eq!(journal.read().unwrap().changes.len(), 2);
    let error = journal
        .append(&[draft(1, Status::Done)], &now())
        .unwrap_err();
    let me = format!("({})", std::process::id());
    assert!(
        matches!(&error.fault, JournalFault::Locked { holder: Some(h), .. } if h.ends_with(&me))
    );
    assert!(error.to_string().contains("demo.yaml"));
    // If the message may be cut short, the holder comes before the path.
    let brief = error.brief(crate::locale::Lang::ZhCn);
    assert!(brief.find(&me) < brief.find("demo.yaml"), "{brief}");
    // The thread that waited in vain must not keep the lock when it gets it.
    other.unlock().unwrap();
    let mut journal = journal.with_lock_limit(Duration::from_secs(20));
    append(&mut journal);
    append(&mut Journal::open(&path, "demo").unwrap());
}

#[test]
fn one_who_waits_for_the_lock_gets_it() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    two_changes(&path);
    let other = File::open(&path).unwrap();
    other.lock().unwrap();
    let (started, start) = std::sync::mpsc::channel();
    let waiting = std::thread::spawn({
        let path = path.clone();
        move || {
            let mut journal = Journal::open(&path, "demo").unwrap();
            started.send(()).unwrap();
            append(&mut journal)
        }
    });
    start.recv().unwrap();
    drop(other);
    let written = waiting.join().unwrap();
    assert_eq!(*lines(&path).last().unwrap(), *written.line);
}

/// Replaced between open and lock: the line must not go to a file without a name.
#[test]
fn a_file_replaced_while_its_lock_is_waited_for_is_not_written_to() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    let whole = two_changes(&path);
    let other = File::open(&path).unwrap();
    other.lock().unwrap();
    let waiting = std::thread::spawn({
        let path = path.clone();
        move || append(&mut Journal::open(&path, "demo").unwrap())
    });
    let inode = std::os::unix::fs::MetadataExt::ino(&other.metadata().unwrap());
    let waits = |line: &str| line.contains("->") && line.contains(&format!(":{inode} "));
    while !waiting.is_finished()
        && !fs::read_to_string("/proc/locks")
            .unwrap()
            .lines()
            .any(waits)
    {
        std::thread::yield_now();
    }
    let new = folder.path().join("new");
    fs::write(&new, &whole).unwrap();
    fs::rename(&new, &path).unwrap();
    other.unlock().unwrap();
    let written = waiting.join().unwrap();
    assert_eq!(*lines(&path).last().unwrap(), *written.line);
}

#[test]
fn another_documents_journal_and_a_later_version_are_refused() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    let tries = [
        "# kouan journal 1 · other · one change a line, append only\n",
        "\u{feff}# kouan journal 1 · other · one change a line\r\n",
        "\n# kouan journal 2 · demo · something else\n",
    ];
    for text in tries {
        fs::write(&path, text).unwrap();
        let error = Journal::open(&path, "demo").unwrap_err();
        assert!(matches!(
            error.fault,
            JournalFault::OtherDocument { .. } | JournalFault::Newer(_)
        ));
        // A session that is already open refuses such a file too.
        fs::remove_file(&path).unwrap();
        let mut journal = Journal::open(&path, "demo").unwrap();
        append(&mut journal);
        fs::write(&path, text).unwrap();
        journal.read().unwrap_err();
        journal
            .append(&[draft(1, Status::Done)], &now())
            .unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    for text in [
        "",
        "\n",
        "# kouan journal 1 · demo · a change a line\n",
        "# kouan journal\n",
    ] {
        fs::write(&path, text).unwrap();
        Journal::open(&path, "demo").unwrap().read().unwrap();
    }
}

#[test]
fn modes_are_kept_and_links_are_followed() {
    let folder = folder();
    let real = folder.path().join("real.yaml");
    let link = folder.path().join("demo.yaml");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    append(&mut Journal::open(&link, "demo").unwrap());
    fs::set_permissions(&real, fs::Permissions::from_mode(0o664)).unwrap();
    append(&mut Journal::open(&link, "demo").unwrap());
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o664);
    assert_eq!(lines(&real).len(), 3);
}

#[test]
fn a_clock_that_is_behind_is_recorded() {
    let folder = folder();
    let path = folder.path().join("demo.yaml");
    let future = r#"- {"at":"2026-11-23T12:00:00.0005+08:00","clause":"1.1","status":"done"}"#;
    fs::write(&path, format!("{HEADER}{future}\n")).unwrap();
    let change = append(&mut Journal::open(&path, "demo").unwrap());
    assert!(change.line.starts_with(
        r#"- {"at":"2026-11-23T12:00:00.001+08:00","clock":"2026-11-23T10:12:05.123+08:00","by""#
    ));
    // A line dated after the year 2199 is not read: nothing could come after it.
    let wild = r#"- {"at":"2200-01-01T00:00:00Z","clause":"1.1","status":"done"}"#;
    fs::write(&path, format!("{HEADER}{wild}\n")).unwrap();
    let mut journal = Journal::open(&path, "demo").unwrap();
    let flaw = Unreadable {
        line: 2,
        why: "journal.line.future",
    };
    assert_eq!(journal.read().unwrap().unreadable, [flaw]);
    assert_eq!(append(&mut journal).clock, None);
    assert_eq!(lines(&path)[1], wild);
    let last = r#"- {"at":"2199-12-31T23:59:59.999Z","clause":"1.1","status":"done"}"#;
    fs::write(&path, format!("{HEADER}{last}\n")).unwrap();
    let mut journal = Journal::open(&path, "demo").unwrap();
    journal.read().unwrap();
    let error = journal
        .append(&[draft(1, Status::Done)], &now())
        .unwrap_err();
    assert!(matches!(error.fault, JournalFault::EndOfTime(2)), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
}
