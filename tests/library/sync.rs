//! Machines that share journals through a bare repository on disk, with the installed git.

use jiff::{SignedDuration, ZonedDateTime};
use kouan::{
    document::{Clause, ClauseId, Document, Measure},
    locale::Lang,
    progress::{Body, Draft, Edit, Progress, Record, Status, journal::Journal},
    sync::{self, Places, SyncError, SyncReport},
};
use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    thread,
};

mod hostile;

const DOCUMENT: &str = "demo";

/// A machine: a data folder, and the error of its clock.
struct Machine {
    data: PathBuf,
    skew: SignedDuration,
    name: String,
}

impl Machine {
    fn new(folder: &Path, name: &str, skew_hours: i64, url: &str) -> Self {
        let data = folder.join(name);
        fs::create_dir(&data).unwrap();
        sync::init(&data.join("sync"), url).unwrap();
        Self {
            data,
            skew: SignedDuration::from_hours(skew_hours),
            name: name.to_owned(),
        }
    }

    fn journal(&self) -> PathBuf {
        self.data.join("progress/demo.yaml")
    }

    fn clone(&self) -> PathBuf {
        self.data.join("sync")
    }

    fn sync(&self) -> Result<SyncReport, SyncError> {
        let progress = self.data.join("progress");
        let places = Places {
            clone: self.clone(),
            documents: self.data.join("documents"),
            journals: sync::journals_in(&progress)?,
            journal: &|document| progress.join(format!("{document}.yaml")),
        };
        sync::sync(&places, &|_| ())
    }

    /// Appends a change like a session; returns its line.
    fn change(&self, body: Body) -> String {
        let mut journal = Journal::open(&self.journal(), DOCUMENT).unwrap();
        let draft = Draft::new(self.name.as_str(), "s", body);
        let (written, _) = journal.append(&[draft], &self.now()).unwrap();
        written[0].line.to_string()
    }

    fn now(&self) -> ZonedDateTime {
        ZonedDateTime::now().checked_add(self.skew).unwrap()
    }

    fn fold(&self) -> Progress {
        let mut progress = Progress::new(document());
        let mut journal = Journal::open(&self.journal(), DOCUMENT).unwrap();
        let batch = journal.read().unwrap();
        assert_eq!(batch.unreadable, []);
        for change in batch.changes {
            progress.insert(change);
        }
        progress
    }

    fn lines(&self) -> BTreeSet<String> {
        let fold = self.fold();
        fold.changes().map(|c| c.line.to_string()).collect()
    }
}

fn document() -> Arc<Document> {
    let mut document = Document::default();
    DOCUMENT.clone_into(&mut document.id);
    document.measures.push(Measure {
        clauses: 0..4,
        ..Measure::default()
    });
    document.chapters.push(kouan::document::Chapter {
        measures: 0..1,
        ..kouan::document::Chapter::default()
    });
    document.clauses.extend((1..=4).map(|c| Clause {
        id: ClauseId::new(1, c),
        ..Clause::default()
    }));
    Arc::new(document.index())
}

fn records(progress: &Progress) -> Vec<Record> {
    (0..4).map(|c| progress.record(c).clone()).collect()
}

fn git(folder: &Path, args: &[&str]) -> String {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(args);
    for role in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{role}_NAME"), "hand");
        git.env(format!("GIT_{role}_EMAIL"), "hand@localhost");
    }
    let output = git.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// Makes a bare repository and returns its address.
fn repository(folder: &Path) -> String {
    let bare = folder.join("shared.git");
    fs::create_dir(&bare).unwrap();
    git(&bare, &["init", "--quiet", "--bare"]);
    bare.to_str().unwrap().to_owned()
}

fn set(clause: u32, status: Status) -> Body {
    let mut edit = Edit::status(ClauseId::new(1, clause), status);
    edit.remark = Some((kouan::progress::Kind::Next, "对接“单一窗口”".to_owned()));
    Body::Edits(vec![edit])
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

/// A random event; adds the acknowledged lines to `written`.
fn step(machines: &[Machine], dice: &mut Dice, written: &mut BTreeSet<String>) {
    let machine = &machines[usize::try_from(dice.below(3)).unwrap()];
    match dice.below(7) {
        0..=2 => {
            let clause = u32::try_from(dice.below(4)).unwrap() + 1;
            let status = Status::ALL[usize::try_from(dice.below(7)).unwrap()];
            written.insert(machine.change(set(clause, status)));
        }
        3 => {
            let any = machine.fold().changes().next_back().map(|c| c.id.clone());
            written.extend(any.map(|id| machine.change(Body::Retract(id))));
        }
        4 | 5 => drop(machine.sync().unwrap()),
        _ => thread::scope(|scope| {
            for machine in machines {
                scope.spawn(|| machine.sync().unwrap());
            }
        }),
    }
}

/// A hundred times with `KOUAN_CI`, otherwise ten: random changes and syncs, some at once, on three
/// machines with clocks hours apart; then all have the same fold and every acknowledged line.
#[test]
fn three_machines_always_come_to_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let skews = [("a", 0), ("b", 9), ("c", -7)];
    let machines = skews.map(|(name, skew)| Machine::new(folder.path(), name, skew, &url));
    let mut written = BTreeSet::new();
    let mut dice = Dice(20_251_123);
    let rounds = std::env::var_os("KOUAN_CI").map_or(10, |_| 100);
    for round in 0..rounds {
        for _ in 0..4 {
            step(&machines, &mut dice, &mut written);
        }
        // The last to sync has everything; the others get it at their next sync.
        for machine in [0, 1, 2, 0, 1] {
            machines[machine].sync().unwrap();
        }
        let [a, b, c] = [0, 1, 2].map(|m: usize| records(&machines[m].fold()));
        assert!(a == b && b == c, "round {round}");
        for machine in &machines {
            assert_eq!(machine.lines(), written, "round {round}, {}", machine.name);
        }
    }
    assert!(written.len() > rounds);
    let again = machines[0].sync().unwrap();
    assert!(again.came.is_empty() && again.went.is_empty(), "{again:?}");
}

#[test]
fn git_never_writes_a_live_journal() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let (here, there) = (
        Machine::new(folder.path(), "here", 0, &url),
        Machine::new(folder.path(), "there", 0, &url),
    );
    here.change(set(1, Status::Doing));
    let path = here.journal();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let before = path.metadata().unwrap();
    let mut session = Journal::open(&path, DOCUMENT).unwrap();
    let mut seen = session.read().unwrap().changes.len();
    let mut written = here.lines();
    for n in 0..50 {
        written.insert(there.change(set(2, Status::ALL[n % 7])));
        there.sync().unwrap();
        let (ours, others) = thread::scope(|scope| {
            let sync = scope.spawn(|| here.sync().unwrap());
            let draft = Draft::new("me", "s", set(3, Status::ALL[n % 7]));
            let appended = session.append(&[draft], &here.now()).unwrap();
            sync.join().unwrap();
            appended
        });
        written.insert(ours[0].line.to_string());
        let rest = session.read().unwrap();
        assert!(!others.replaced && !rest.replaced);
        seen += ours.len() + others.changes.len() + rest.changes.len();
    }
    assert_eq!(here.lines(), written);
    assert_eq!(seen, written.len(), "the session saw each line once");
    let after = path.metadata().unwrap();
    assert_eq!((after.ino(), after.mode()), (before.ino(), before.mode()));
}

#[test]
fn received_and_sent_lines_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let a = Machine::new(folder.path(), "a", 0, &url);
    let b = Machine::new(folder.path(), "b", 0, &url);
    a.change(set(1, Status::Done));
    a.change(set(2, Status::Done));
    fs::create_dir(a.data.join("documents")).unwrap();
    fs::write(a.data.join("documents/x.yaml"), "id: x\n").unwrap();
    let report = a.sync().unwrap();
    assert_eq!(report.went[DOCUMENT], 2);
    assert!(report.came.is_empty() && report.documents_went.contains("x"));
    b.change(set(3, Status::Done));
    let report = b.sync().unwrap();
    assert_eq!((report.came[DOCUMENT], report.went[DOCUMENT]), (2, 1));
    assert!(report.documents_came.contains("x"));
    let copy = b.data.join("documents/x.yaml");
    assert_eq!(fs::read_to_string(&copy).unwrap(), "id: x\n");
    fs::write(&copy, "id: x\ntitle: new\n").unwrap();
    let report = b.sync().unwrap();
    assert!(report.documents_differ.contains("x"), "never merged");
    assert_eq!(fs::read_to_string(&copy).unwrap(), "id: x\ntitle: new\n");
    let attributes = "progress/*.yaml -text merge=union";
    let text = git(Path::new(&url), &["show", "HEAD:.gitattributes"]);
    assert!(
        text.lines().any(|l| l == attributes),
        "for those who merge by hand"
    );
    let mode = b.journal().metadata().unwrap().mode();
    assert_eq!(mode & 0o777, 0o600, "a journal that came is for its owner");
    let mode = b.clone().metadata().unwrap().mode();
    assert_eq!(
        mode & 0o777,
        0o700,
        "and so is the clone, in whatever folder"
    );
}

#[test]
fn every_failure_is_reported_and_leaves_the_journal_whole() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let machine = Machine::new(folder.path(), "a", 0, &url);
    machine.change(set(1, Status::Done));
    machine.sync().unwrap();
    machine.change(set(2, Status::Done));
    let whole = fs::read(machine.journal()).unwrap();
    let fails = |what: &str| {
        let error = machine.sync().unwrap_err();
        assert_eq!(fs::read(machine.journal()).unwrap(), whole, "{what}");
        assert!(!error.message(Lang::ZhCn).contains('{'));
        assert!(!error.message(Lang::En).contains('{'));
        error
    };
    let bare = folder.path().join("shared.git");

    let hook = bare.join("hooks/pre-receive");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho no more >&2\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let error = fails("a push that is refused");
    assert!(
        matches!(&error, SyncError::Refused { said } if said.contains("no more")),
        "{error}"
    );
    fs::remove_file(&hook).unwrap();

    let away = folder.path().join("away.git");
    fs::rename(&bare, &away).unwrap();
    let error = fails("no network");
    assert!(matches!(&error, SyncError::Unreachable { url, .. } if url.ends_with("shared.git")));
    fs::rename(&away, &bare).unwrap();

    let report = machine.sync().unwrap();
    assert_eq!(report.went[DOCUMENT], 1, "and then it goes on");
    assert_eq!(fs::read(machine.journal()).unwrap(), whole);
}

/// A conflict committed with its markers: all lines around them are taken in.
#[test]
fn conflict_marks_lose_no_line() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let machine = Machine::new(folder.path(), "a", 0, &url);
    machine.change(set(1, Status::Done));
    machine.sync().unwrap();
    let other = Machine::new(folder.path(), "b", 0, &url);
    let hand = folder.path().join("hand");
    git(
        folder.path(),
        &["clone", "--quiet", &url, hand.to_str().unwrap()],
    );
    let shared = hand.join("progress/demo.yaml");
    let (ours, theirs) = (
        other.change(set(2, Status::Done)),
        other.change(set(3, Status::Done)),
    );
    let marked = fs::read_to_string(&shared).unwrap()
        + &format!("<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> x\n");
    fs::write(&shared, &marked).unwrap();
    git(&hand, &["commit", "--quiet", "-am", "by hand"]);
    git(&hand, &["push", "--quiet"]);
    let report = machine.sync().unwrap();
    assert_eq!((report.came[DOCUMENT], report.unreadable[DOCUMENT]), (2, 3));
    assert!(machine.lines().contains(&ours) && machine.lines().contains(&theirs));
    let kept = fs::read_to_string(machine.clone().join("progress/demo.yaml")).unwrap();
    assert!(kept.starts_with(&marked), "what is shared is not rewritten");
}

/// A link in the repository must not lead out of the clone.
#[test]
fn links_in_the_repository_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let hand = folder.path().join("hand");
    git(
        folder.path(),
        &["clone", "--quiet", &url, hand.to_str().unwrap()],
    );
    let secret = folder.path().join("secret.yaml");
    fs::write(&secret, "").unwrap();
    fs::create_dir(hand.join("progress")).unwrap();
    std::os::unix::fs::symlink(&secret, hand.join("progress/demo.yaml")).unwrap();
    git(&hand, &["add", "."]);
    git(&hand, &["commit", "--quiet", "-m", "link"]);
    git(&hand, &["push", "--quiet", "origin", "HEAD"]);
    let machine = Machine::new(folder.path(), "a", 0, &url);
    machine.change(set(1, Status::Done));
    let report = machine.sync().unwrap();
    assert_eq!(report.skipped[0].path, "progress/demo.yaml");
    assert_eq!(fs::read(&secret).unwrap(), b"");
}

#[test]
fn a_clone_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let machine = Machine::new(folder.path(), "a", 0, &url);
    sync::init(&machine.clone(), &url).unwrap();
    let error = sync::init(&machine.clone(), "elsewhere").unwrap_err();
    assert!(matches!(error, SyncError::OtherClone { url: there, .. } if there == url));
    let error = sync::init(&folder.path().join("b/sync"), "/nowhere/at/all").unwrap_err();
    assert!(matches!(error, SyncError::Unreachable { .. }));
    assert_eq!(fs::read_dir(folder.path().join("b")).unwrap().count(), 0);
    let none = Machine {
        data: folder.path().join("c"),
        skew: SignedDuration::ZERO,
        name: "c".to_owned(),
    };
    assert!(matches!(none.sync(), Err(SyncError::NoClone { .. })));
}

#[test]
fn a_conflict_of_two_people_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let (a, b) = (
        Machine::new(folder.path(), "zhang", 0, &url),
        Machine::new(folder.path(), "li", 1, &url),
    );
    a.change(set(1, Status::Doing));
    a.change(set(1, Status::Done));
    a.change(set(2, Status::Done));
    a.change(set(3, Status::Done));
    a.sync().unwrap();
    b.change(set(1, Status::Blocked));
    b.change(set(2, Status::Done));
    let [crossed] = &b.sync().unwrap().crossed[..] else {
        panic!("only 1.1 is set differently")
    };
    let said = |(by, edit): &(String, Edit)| (by.clone(), edit.target.to_string(), edit.status);
    let (won, lost) = (said(&crossed.won), said(&crossed.lost));
    assert_eq!(won, ("li".into(), "1.1".into(), Some(Status::Blocked)));
    assert_eq!(lost, ("zhang".into(), "1.1".into(), Some(Status::Done)));
    assert_eq!(b.fold().record(0).status, Status::Blocked);
    assert!(b.sync().unwrap().crossed.is_empty());
    assert_eq!(
        a.sync().unwrap().crossed.len(),
        1,
        "told by the other machine"
    );
    assert!(a.sync().unwrap().crossed.is_empty() && b.sync().unwrap().crossed.is_empty());
}
