//! The cost of the journal: opening 100,000 changes, its memory, a durable append beside a bare
//! write, and folding one more change after 100 and after 100,000. `cargo bench --bench journal`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use jiff::{Timestamp, ZonedDateTime, tz::Offset};
use kouan::{
    document::{Chapter, Clause, ClauseId, Document, Measure},
    progress::{
        Body, Change, Draft, Due, Edit, Kind, Progress, Status, change::random_id, journal::Journal,
    },
};
use std::{
    fs::{self, File, OpenOptions},
    hint::black_box,
    io::Write as _,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

const CHANGES: usize = 100_000;

fn main() {
    if let Some(path) = std::env::var_os("KOUAN_BENCH_OPEN") {
        let progress = open(path.as_ref());
        println!("{} {}", progress.changes().len(), peak());
        return;
    }
    // Not in /tmp, which may be in memory: an fsync must reach a disk.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for the files");
    let path = folder.path().join("demo.yaml");
    write_journal(&path);
    let size = path.metadata().map_or(0, |m| m.len());
    println!("journal of {CHANGES} changes, {size} bytes");
    let times = (0..20).map(|_| {
        let mut progress = None;
        let took = time(|| progress = Some(black_box(open(&path))));
        drop(progress);
        took
    });
    println!("open and fold: median {:?}", median(times));
    println!("peak memory of a process that does: {} KiB", child(&path));
    append(folder.path());
    for count in [100, 1_000, 10_000, CHANGES] {
        fold_one_more(count);
    }
}

fn document() -> Arc<Document> {
    let mut document = Document::default();
    "demo".clone_into(&mut document.id);
    let chapter = Chapter {
        measures: 0..1,
        ..Chapter::default()
    };
    let measure = Measure {
        clauses: 0..42,
        ..Measure::default()
    };
    document.chapters.push(chapter);
    document.measures.push(measure);
    document.clauses.extend((1..=42).map(|c| Clause {
        id: ClauseId::new(1, c),
        ..Clause::default()
    }));
    Arc::new(document.index())
}

fn open(path: &Path) -> Progress {
    let mut progress = Progress::new(document());
    let mut journal = Journal::open(path, "demo").expect("a journal");
    for change in journal.read().expect("a readable journal").changes {
        progress.insert(change);
    }
    progress
}

/// Returns changes as an office makes them: ticks, remarks, deadlines, people, and undos.
fn changes(count: usize) -> impl Iterator<Item = Change> {
    let people = ["zhangsan", "lisi", "wangwu", "zhaoliu", "sunqi"];
    let mut last = random_id(10);
    let mut session = random_id(4);
    (0..count).map(move |n| {
        if n % 40 == 0 {
            session = random_id(4);
        }
        let clause = u32::try_from(n * 17 % 42 + 1).unwrap_or(1);
        let mut edit = Edit::new(kouan::progress::Target::clause(ClauseId::new(1, clause)));
        match n % 20 {
            0..12 => edit.status = Some(Status::ALL[n / 20 % 7]),
            12..16 => edit.remark = Some((Kind::ALL[n % 3], "等待海关总署部署".to_owned())),
            16 | 17 => edit.due = Some(Some(Due::Long)),
            18 => edit.owner = Some(Some(format!("张{}", n % 50))),
            _ => {}
        }
        let body = match n % 20 {
            19 => Body::Retract(last.clone()),
            _ => Body::Edits(vec![edit]),
        };
        let draft = Draft::new(people[n / 40 % 5], session.clone(), body);
        last.clone_from(&draft.id);
        let millis = 1_700_000_000_000 + i64::try_from(n).unwrap_or(0) * 60_123;
        let at = Timestamp::from_millisecond(millis).unwrap_or_default();
        draft.at(at, None, Offset::constant(8))
    })
}

fn write_journal(path: &Path) {
    let mut text = "# kouan journal 1 · demo · one change a line, append only\n".to_owned();
    for change in changes(CHANGES) {
        text.push_str(&change.line);
        text.push('\n');
    }
    fs::write(path, text).expect("the journal is written");
}

fn child(path: &Path) -> String {
    let me = std::env::current_exe().expect("this program");
    let mut again = std::process::Command::new(me);
    let output = again.env("KOUAN_BENCH_OPEN", path).output();
    let text = String::from_utf8_lossy(&output.expect("this program runs").stdout).into_owned();
    let (count, peak) = text.trim().split_once(' ').expect("its figures");
    assert_eq!(count, CHANGES.to_string());
    peak.to_owned()
}

/// Returns the peak resident memory of this process in KiB, from proc(5).
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.unwrap_or_default().replace("kB", "").trim().to_owned()
}

/// Alternates between appending a change, and writing and syncing the same bytes.
fn append(folder: &Path) {
    let mut journal = Journal::open(&folder.join("append.yaml"), "demo").expect("a journal");
    let mut bare = OpenOptions::new();
    let bare = bare.append(true).create(true).open(folder.join("bare"));
    let mut bare: File = bare.expect("a file");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for change in changes(400) {
        let draft = Draft::new(change.by, change.session, change.body);
        let mut written = Vec::new();
        ours.push(time(|| {
            let appended = journal.append(&[draft], &ZonedDateTime::now());
            written = appended.expect("a durable change").0;
        }));
        let line = format!("{}\n", written[0].line);
        theirs.push(time(|| {
            bare.write_all(line.as_bytes()).expect("written");
            bare.sync_data().expect("durable");
        }));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("append, durable: {ours:?}; bare write + fdatasync: {theirs:?}; ratio {ratio:.2}");
}

fn fold_one_more(count: usize) {
    let mut progress = Progress::new(document());
    let mut all: Vec<Change> = changes(count + 2_000).collect();
    let more = all.split_off(count);
    for change in all {
        progress.insert(change);
    }
    let times = more.into_iter().map(|change| {
        time(|| {
            progress.insert(change);
        })
    });
    let mut times: Vec<Duration> = times.collect();
    let mean = times.iter().sum::<Duration>() / 2_000;
    times.sort();
    println!(
        "one more after {count}: median {:?}, mean {mean:?}, 99% {:?}",
        times[1_000], times[1_980]
    );
}

fn time(what: impl FnOnce()) -> Duration {
    let start = Instant::now();
    what();
    start.elapsed()
}

fn median(times: impl IntoIterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.into_iter().collect();
    times.sort();
    times[times.len() / 2]
}
