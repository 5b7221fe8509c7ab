//! The journal with many processes, kills, limits and broken files. The processes run this test
//! program again, as `worker`.

use jiff::ZonedDateTime;
use kouan::{
    document::{Chapter, Clause, ClauseId, Document, Measure},
    progress::{
        Body, Change, Draft, Edit, Inserted, Progress, Record, Status, Target,
        journal::{Batch, Journal, JournalError, JournalFault},
    },
};
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufRead as _, BufReader, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};

const HEADER: &str = "# kouan journal 1 · demo · one change a line, append only\n";

fn document() -> Arc<Document> {
    let mut document = Document::default();
    "demo".clone_into(&mut document.id);
    document.chapters.push(Chapter {
        measures: 0..1,
        ..Chapter::default()
    });
    document.measures.push(Measure {
        clauses: 0..8,
        ..Measure::default()
    });
    document.clauses.extend((1..=8).map(|c| Clause {
        id: ClauseId::new(1, c),
        ..Clause::default()
    }));
    Arc::new(document.index())
}

pub(crate) fn draft(number: usize) -> Draft {
    let clause = u32::try_from(number % 8).unwrap() + 1;
    let mut edit = Edit::status(ClauseId::new(1, clause), Status::ALL[number % 7]);
    if number.is_multiple_of(5) {
        edit.remark = Some((kouan::progress::Kind::Next, "对接“单一窗口”，😀".to_owned()));
    }
    Draft::new(
        format!("u{}", std::process::id()),
        "s",
        Body::Edits(vec![edit]),
    )
}

/// A session: a journal, and the fold of everything it has seen.
pub(crate) struct Session {
    pub(crate) journal: Journal,
    progress: Progress,
}

impl Session {
    fn open(path: &Path) -> Self {
        let mut session = Self {
            journal: Journal::open(path, "demo").unwrap(),
            progress: Progress::new(document()),
        };
        session.read();
        session
    }

    fn read(&mut self) {
        let batch = self.journal.read().unwrap();
        self.take(batch);
    }

    fn take(&mut self, batch: Batch) {
        assert!(!batch.replaced);
        for change in batch.changes {
            assert_ne!(self.progress.insert(change), Inserted::Conflict);
        }
    }

    fn append(&mut self, draft: Draft) -> Result<Change, JournalError> {
        let (mut written, batch) = self.journal.append(&[draft], &ZonedDateTime::now())?;
        self.take(batch);
        let change = written.remove(0);
        self.progress.insert(change.clone());
        Ok(change)
    }

    fn records(&self) -> Vec<Record> {
        (0..8).map(|c| self.progress.record(c).clone()).collect()
    }
}

/// A session of its own process, with a journal and a count from the environment. It appends,
/// acknowledges each durable line, and stops at an error. By itself it is a small test.
#[test]
fn worker() {
    let told = std::env::var_os("KOUAN_TEST_JOURNAL");
    let folder = tempfile::tempdir().unwrap();
    let path = told.map_or_else(|| folder.path().join("demo.yaml"), PathBuf::from);
    let count = std::env::var("KOUAN_TEST_COUNT").map_or(20, |c| c.parse().unwrap());
    let mut session = Session::open(&path);
    for number in 0..count {
        if number % 7 == 0 {
            session.read();
        }
        match session.append(draft(number)) {
            Ok(change) => println!("\nACK {}", change.line),
            Err(error) => {
                println!("\nERROR {error}");
                return;
            }
        }
        std::io::stdout().flush().unwrap();
    }
    if std::env::var_os("KOUAN_TEST_JOURNAL").is_some() {
        // All have written when the parent closes the pipe.
        std::io::stdin().lines().for_each(drop);
    }
    session.read();
    println!("\nFOLD {:?}", session.records());
    let again = fresh(&path);
    assert!(again.progress.changes().len() >= count);
    assert_eq!(again.records(), session.records());
}

fn command(path: &Path, count: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    told(&mut command, path, count);
    command
}

fn told(command: &mut Command, path: &Path, count: usize) {
    command
        .args([
            "--exact",
            "journal::worker",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("KOUAN_TEST_JOURNAL", path)
        .env("KOUAN_TEST_COUNT", count.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
}

/// Returns the worker as another user, who may have no access to the program's folder.
pub(crate) fn worker_as(path: &Path, count: usize, user: u32, group: u32, umask: &str) -> Command {
    let script = r#"umask $0; exec 3<"$1"; user=$2; group=$3; shift 3
        exec setpriv --reuid $user --regid $group --clear-groups /proc/self/fd/3 "$@""#;
    let mut shell = Command::new("sh");
    shell.args(["-c", script, umask]).current_dir("/");
    shell.arg(std::env::current_exe().unwrap());
    shell.args([user.to_string(), group.to_string()]);
    told(&mut shell, path, count);
    shell
}

pub(crate) fn said<'a>(lines: &'a [String], what: &'a str) -> impl Iterator<Item = &'a str> {
    lines.iter().filter_map(move |line| line.strip_prefix(what))
}

pub(crate) fn output(child: Child) -> Vec<String> {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Reads a journal from the start; every line must be readable.
pub(crate) fn fresh(path: &Path) -> Session {
    let mut journal = Journal::open(path, "demo").unwrap();
    assert_eq!(journal.read().unwrap().unreadable, []);
    Session::open(path)
}

#[test]
fn eight_processes_append_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("progress/demo.yaml");
    let mut children: Vec<Child> = (0..8)
        .map(|_| command(&path, 200).spawn().unwrap())
        .collect();
    let mut sent = Vec::new();
    let mut rests = Vec::new();
    // Each is read until it has written everything; only then do they read the rest and end.
    for child in &mut children {
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let acks = lines.by_ref().map(Result::unwrap);
        let acks = acks.filter_map(|l| l.strip_prefix("ACK ").map(str::to_owned));
        sent.extend(acks.take(200));
        rests.push(lines);
    }
    for child in &mut children {
        drop(child.stdin.take());
    }
    let folds: BTreeSet<String> = rests
        .into_iter()
        .map(|lines| {
            let lines: Vec<String> = lines.map(Result::unwrap).collect();
            let fold = said(&lines, "FOLD ").next();
            fold.unwrap_or_else(|| panic!("{lines:?}")).to_owned()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(sent.len(), 1600);
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], HEADER.trim_end());
    let written: BTreeSet<&str> = lines[1..].iter().copied().collect();
    assert_eq!(lines.len(), 1601, "no line twice, none in two");
    assert_eq!(written, sent.iter().map(String::as_str).collect());
    let ats: Vec<_> = lines[1..]
        .iter()
        .map(|l| Change::read(l).unwrap().at)
        .collect();
    assert!(
        ats.windows(2).all(|pair| pair[0] < pair[1]),
        "each later than all before"
    );
    let fold = format!("{:?}", fresh(&path).records());
    assert_eq!(
        folds,
        BTreeSet::from([fold]),
        "every session ends with the same fold"
    );
}

/// Pseudo-random numbers, the same in every run (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn what_was_acknowledged_outlives_five_hundred_kills() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.yaml");
    let mut acknowledged = BTreeSet::new();
    let mut dice = Dice(500);
    for round in 0..500 {
        let mut child = command(&path, usize::MAX).spawn().unwrap();
        let stdout = child.stdout.take().unwrap();
        let mut lines = BufReader::new(stdout).lines().map(Result::unwrap);
        let acks = usize::try_from(dice.below(4)).unwrap();
        let mut heard = lines.by_ref().filter(|l| l.starts_with("ACK "));
        acknowledged.extend(heard.by_ref().take(acks));
        // At some point in its work.
        for n in 0..dice.below(200_000) {
            std::hint::black_box(n);
        }
        child.kill().unwrap();
        acknowledged.extend(heard);
        child.wait().unwrap();
        if round % 50 == 49 {
            fresh(&path);
        }
    }
    let mut session = Session::open(&path);
    session.append(draft(0)).unwrap();
    let lines: BTreeSet<String> = session
        .progress
        .changes()
        .map(|c| format!("ACK {}", c.line))
        .collect();
    let lost: Vec<_> = acknowledged.difference(&lines).collect();
    assert_eq!(lost, Vec::<&String>::new());
    assert!(acknowledged.len() > 500);
    fresh(&path);
}

#[test]
fn a_file_size_limit_loses_nothing_that_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.yaml");
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -f 8 && exec \"$0\" \"$@\""]);
    shell.arg(std::env::current_exe().unwrap());
    told(&mut shell, &path, 10_000);
    let lines = output(shell.spawn().unwrap());
    let error = said(&lines, "ERROR ").next().unwrap();
    assert!(error.contains("demo.yaml"), "{error}");
    let text = fs::read_to_string(&path).unwrap();
    let acknowledged: Vec<&str> = said(&lines, "ACK ").collect();
    assert!(acknowledged.len() > 10);
    assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), acknowledged);
    assert!(text.ends_with('\n'), "the short write was cut back");
    Session::open(&path).append(draft(0)).unwrap();
}

#[test]
fn a_file_that_may_only_be_read_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.yaml");
    Session::open(&path).append(draft(0)).unwrap();
    let before = fs::read(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut worker = if rustix::process::geteuid().is_root() {
        // Root may write anywhere.
        worker_as(&path, 1, 65534, 65534, "022")
    } else {
        command(&path, 1)
    };
    let lines = output(worker.spawn().unwrap());
    let error = said(&lines, "ERROR ").next().unwrap();
    let denied = ["ermission denied", "belongs to root"];
    assert!(denied.iter().any(|said| error.contains(said)), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

fn spoil() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "[\\[\\]{}\",:&*!|>'%@` \\t~#?-]{0,300}".prop_map(String::into_bytes),
        (0usize..200, 0u8..=255).prop_map(|(count, byte)| vec![byte; count]),
        Just("<<<<<<< HEAD".into()),
        (1usize..2000).prop_map(|n| format!("- {{\"at\":{}", "[".repeat(n)).into_bytes()),
        (1usize..2000).prop_map(|n| format!("- {}", "{a: ".repeat(n)).into_bytes()),
        Just(b"- {a: &x [*x, *x], b: &y [*x, *x], c: [*y, *y, *y]}".to_vec()),
        Just(b"- {\"at\":\"2026-11-23T10:00:00Z\",\"at\":\"2026-11-23T10:00:00Z\",\"clause\":\"1.1\"}".to_vec()),
    ]
}

/// A valid journal line with one damaged place.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    (
        any::<prop::sample::Index>(),
        0usize..4,
        any::<u8>(),
        0usize..6,
    )
        .prop_map(|(place, way, byte, count)| {
            let mut line = draft(5)
                .at(jiff::Timestamp::UNIX_EPOCH, None, jiff::tz::Offset::UTC)
                .line
                .into_string()
                .into_bytes();
            let place = place.index(line.len());
            match way {
                0 => line[place] = byte,
                1 => line.insert(place, byte),
                2 => drop(line.drain(place..(place + count).min(line.len()))),
                _ => line.truncate(place),
            }
            line
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Valid lines are read whatever is between them; nothing panics; an append adds exactly its
    /// line and touches nothing else.
    #[test]
    fn broken_lines_lose_no_good_one(
        spoilt in prop::collection::vec(prop_oneof![spoil(), damaged()], 0..8),
        mark in any::<bool>(),
        crlf in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.yaml");
        let mut good = BTreeMap::new();
        let mut text = if mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        text.extend(HEADER.as_bytes());
        for (number, bytes) in spoilt.iter().enumerate() {
            text.extend(bytes.iter().filter(|b| **b != b'\n'));
            text.extend(if crlf { &b"\r\n"[..] } else { b"\n" });
            let at = jiff::Timestamp::from_second(1_800_000_000).unwrap();
            let change = draft(number).at(at, None, jiff::tz::Offset::UTC);
            text.extend(change.line.as_bytes());
            text.extend(if crlf { &b"\r\n"[..] } else { b"\n" });
            good.insert(change.id.clone(), change);
        }
        fs::write(&path, &text).unwrap();
        let mut journal = Journal::open(&path, "demo").unwrap();
        let batch = journal.read().unwrap();
        let read: BTreeMap<_, _> = batch.changes.into_iter().map(|c| (c.id.clone(), c)).collect();
        for (id, change) in &good {
            prop_assert_eq!(read.get(id), Some(change));
        }
        for line in &batch.unreadable {
            prop_assert!(line.line % 2 == 0 && line.line <= 2 * spoilt.len(), "{:?}", line);
        }
        let (written, _) = journal.append(&[draft(0)], &ZonedDateTime::now()).unwrap();
        let after = fs::read(&path).unwrap();
        let added = format!("{}\n", written[0].line);
        prop_assert_eq!(after.strip_prefix(&text[..]), Some(added.as_bytes()));
        let mut progress = Progress::new(document());
        for change in read.into_values() {
            progress.insert(change);
        }
    }

    /// Any bytes at all.
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.yaml");
        fs::write(&path, &bytes).unwrap();
        let mut journal = Journal::open(&path, "demo").unwrap();
        if let Err(error) = journal.read() {
            let refused = matches!(error.fault, JournalFault::NoJournal | JournalFault::Utf16);
            prop_assert!(refused);
            prop_assert!(journal.append(&[draft(0)], &ZonedDateTime::now()).is_err());
            prop_assert_eq!(fs::read(&path).unwrap(), bytes);
            return Ok(());
        }
        let (written, _) = journal.append(&[draft(0)], &ZonedDateTime::now()).unwrap();
        let changes = Journal::open(&path, "demo").unwrap().read().unwrap().changes;
        prop_assert!(changes.contains(&written[0]));
    }
}

#[test]
fn a_line_of_ten_megabytes_is_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.yaml");
    let mut session = Session::open(&path);
    session.append(draft(1)).unwrap();
    let mut edit = Edit::new(Target::clause(ClauseId::new(1, 1)));
    edit.remark = Some((kouan::progress::Kind::Next, "长".repeat(3_500_000)));
    let long = Draft::new("me", "s", Body::Edits(vec![edit]));
    // Such lines are no longer written.
    let error = session.append(long.clone()).unwrap_err();
    assert!(matches!(error.fault, JournalFault::TooLong(_)));
    let long = long.at(jiff::Timestamp::UNIX_EPOCH, None, jiff::tz::Offset::UTC);
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    writeln!(file, "{}", long.line).unwrap();
    session.read();
    session.append(draft(2)).unwrap();
    let again = fresh(&path);
    assert_eq!(again.progress.changes().len(), 3);
    assert_eq!(again.records(), session.records());
    file.write_all(&vec![b'['; 10_000_000]).unwrap();
    file.write_all(b"\n").unwrap();
    session.append(draft(3)).unwrap();
    let batch = Journal::open(&path, "demo").unwrap().read().unwrap();
    assert_eq!((batch.changes.len(), batch.unreadable.len()), (4, 1));
    assert_eq!(batch.unreadable[0].line, 5);
}

/// `PyYAML` reads what we write as we meant it, including unusual characters.
#[test]
fn python_reads_what_we_write() {
    let has_yaml = Command::new("python3").args(["-c", "import yaml"]).output();
    if !has_yaml.is_ok_and(|o| o.status.success()) {
        println!("skipped: there is no python3 with PyYAML");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.yaml");
    let mut session = Session::open(&path);
    let all = (0..0x3000)
        .chain(0xff00..=0x1_0010)
        .chain(0x1_f600..0x1_f650);
    let mut edit = Edit::status(ClauseId::new(1, 1), Status::Blocked);
    edit.remark = Some((
        kouan::progress::Kind::Problem,
        all.filter_map(char::from_u32).collect(),
    ));
    edit.due = Some(None);
    edit.owner = Some(Some("null".to_owned()));
    let set = vec![edit, Edit::status(ClauseId::new(1, 2), Status::Done)];
    session
        .append(Draft::new("张三", "s", Body::Edits(set)))
        .unwrap();
    session
        .append(Draft::new("1e3", "0x1", Body::Retract("12e4567890".into())))
        .unwrap();
    (0..20).for_each(|n| drop(session.append(draft(n)).unwrap()));
    let script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding='utf-8'))))";
    let python = Command::new("python3")
        .args(["-c", script])
        .arg(&path)
        .output()
        .unwrap();
    assert!(
        python.status.success(),
        "{}",
        String::from_utf8_lossy(&python.stderr)
    );
    let theirs: serde_json::Value = serde_json::from_slice(&python.stdout).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let ours = text.lines().skip(1).map(|l| l.strip_prefix("- ").unwrap());
    let ours: Vec<serde_json::Value> = ours.map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(theirs, serde_json::Value::Array(ours));
}
