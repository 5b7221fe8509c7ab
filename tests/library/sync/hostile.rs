//! Hostile and broken repositories and clones: nothing runs, nothing is written elsewhere, and
//! valid files are still shared.

use super::*;
use std::os::unix::fs::symlink;

/// Puts files, links and the like into a repository with bad intent.
struct Attacker {
    work: PathBuf,
}

impl Attacker {
    fn new(folder: &Path, url: &str) -> Self {
        let work = folder.join("attacker");
        git(folder, &["clone", "--quiet", url, work.to_str().unwrap()]);
        Self { work }
    }

    /// Adds an object with a name and mode.
    fn put(&self, mode: &str, name: &str, bytes: &[u8]) {
        let file = self.work.join("object");
        fs::write(&file, bytes).unwrap();
        let id = match mode {
            // The commit of a submodule.
            "160000" => "1".repeat(40),
            _ => git(&self.work, &["hash-object", "-w", "--no-filters", "object"]),
        };
        fs::remove_file(file).unwrap();
        let entry = format!("{mode},{},{name}", id.trim());
        git(
            &self.work,
            &["update-index", "--add", "--replace", "--cacheinfo", &entry],
        );
    }

    fn push(&self) {
        git(
            &self.work,
            &["commit", "--quiet", "--allow-empty", "-m", "harm"],
        );
        git(
            &self.work,
            &["push", "--quiet", "--force", "origin", "HEAD"],
        );
    }
}

/// An attack: what is put into the repository, and what is reported as skipped.
type Harm = (
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
    &'static [&'static str],
);

const LATER: &str = "# kouan journal 99 · bad · one change a line, append only\n";

#[rustfmt::skip]
const HARMS: &[Harm] = &[
    ("ident", &[("100644", ".gitattributes", "* ident\n")], &[]),
    ("an encoding", &[("100644", ".gitattributes", "* working-tree-encoding=UTF-16LE\n")], &[]),
    ("line ends", &[("100644", ".gitattributes", "* text eol=crlf\n")], &[]),
    ("a filter", &[("100644", ".gitattributes", "* filter=evil diff=evil merge=evil\n")], &[]),
    ("attributes that are a link", &[("120000", ".gitattributes", "/etc/passwd")], &[]),
    ("a link", &[("120000", "progress/bad.yaml", "../../../../victim")], &["progress/bad.yaml"]),
    ("a folder that is a link", &[("120000", "documents", "../..")], &["documents/"]),
    ("a folder that is a file", &[("100644", "documents", "x")], &["documents/"]),
    ("a folder for a file", &[("100644", "progress/bad.yaml/deep.yaml", "x")], &["progress/bad.yaml"]),
    ("a submodule", &[
        ("160000", "progress/bad.yaml", ""),
        ("100644", ".gitmodules", "[submodule \"x\"]\npath = progress/bad.yaml\nurl = ext::touch ran\n"),
    ], &["progress/bad.yaml"]),
    ("a later version", &[("100644", "progress/bad.yaml", LATER)], &["progress/bad.yaml"]),
    ("a name with a blank", &[("100644", "progress/a b.yaml", "")], &["progress/a b.yaml"]),
    ("a name that commands", &[("100644", "progress/-x\u{1b}]0;y.yaml", "")], &["progress/-x\u{1b}]0;y.yaml"]),
    ("dots", &[("100644", "progress/...yaml", "")], &["progress/...yaml"]),
    ("others' files", &[("100755", "progress/run.sh", "touch ran"), ("100644", "Makefile", "all:")], &[]),
];

#[test]
fn what_a_repository_brings_runs_nothing_and_stops_nothing() {
    let mut count = 0;
    for (what, files, left_alone) in HARMS {
        let folder = tempfile::tempdir().unwrap();
        let url = repository(folder.path());
        let (a, b) = (
            Machine::new(folder.path(), "a", 0, &url),
            Machine::new(folder.path(), "b", 0, &url),
        );
        let ran = folder.path().join("ran");
        booby_trap(&b.clone(), &ran);
        fs::write(folder.path().join("victim"), "mine").unwrap();
        let attacker = Attacker::new(folder.path(), &url);
        attacker.put("100644", "README", b"shared");
        for (mode, name, text) in *files {
            attacker.put(mode, name, text.as_bytes());
        }
        attacker.push();
        // `ident` would expand `$Id$`.
        let mut written = BTreeSet::from([a.change(remark("$Id$\t单一窗口"))]);
        a.sync().unwrap_or_else(|e| panic!("{what}: {e}"));
        written.insert(b.change(set(2, Status::Done)));
        let report = b.sync().unwrap_or_else(|e| panic!("{what}: {e}"));
        let skipped: Vec<&str> = report.skipped.iter().map(|s| s.path.as_str()).collect();
        assert_eq!(skipped, *left_alone, "{what}");
        assert!(report.failed.is_empty(), "{what}: {:?}", report.failed);
        for said in report.skipped.iter().map(|s| s.message(Lang::ZhCn)) {
            assert!(!said.contains('{') && !said.contains("sync."), "{said}");
        }
        a.sync().unwrap();
        for machine in [&a, &b] {
            assert_eq!(machine.lines(), written, "{what}, {}", machine.name);
            let again = machine.sync().unwrap();
            assert!(again.came.is_empty() && again.went.is_empty(), "{what}");
        }
        assert!(!ran.exists(), "{what}");
        assert_eq!(
            fs::read_to_string(folder.path().join("victim")).unwrap(),
            "mine"
        );
        assert_eq!(
            git(Path::new(&url), &["show", "HEAD:README"]),
            "shared",
            "others' files stay"
        );
        count += 1;
    }
    assert_eq!(count, HARMS.len());
}

fn remark(text: &str) -> Body {
    let mut edit = Edit::status(ClauseId::new(1, 1), Status::Doing);
    edit.remark = Some((kouan::progress::Kind::Progress, text.to_owned()));
    Body::Edits(vec![edit])
}

/// Gives a clone everything that could run a program: hooks, filters, a file monitor.
fn booby_trap(clone: &Path, ran: &Path) {
    let script = format!("#!/bin/sh\ntouch {}\ncat\n", ran.display());
    let program = clone.join(".git/trap");
    fs::write(&program, &script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let hooks = clone.join(".git/hooks");
    fs::create_dir_all(&hooks).unwrap();
    for hook in [
        "post-checkout",
        "post-merge",
        "pre-commit",
        "commit-msg",
        "post-commit",
        "pre-push",
        "reference-transaction",
        "post-index-change",
        "fsmonitor-watchman",
        "pre-auto-gc",
    ] {
        symlink(&program, hooks.join(hook)).unwrap();
    }
    let program = program.to_str().unwrap();
    for name in [
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "diff.evil.command",
        "merge.evil.driver",
        "core.fsmonitor",
    ] {
        git(clone, &["config", name, program]);
    }
}

/// A way to break a clone's `.git`.
type Break<'a> = (&'static str, &'a dyn Fn(&Path));

#[test]
fn a_broken_clone_is_made_again() {
    #[rustfmt::skip]
    let breaks: &[Break] = &[
        ("a lock on the index", &|git| fs::write(git.join("index.lock"), "").unwrap()),
        ("a lock on a branch", &|git| fs::write(git.join("refs/remotes/origin/master.lock"), "").unwrap()),
        ("a lock on all branches", &|git| fs::write(git.join("packed-refs.lock"), "").unwrap()),
        ("a merge by hand", &|git| fs::write(git.join("MERGE_HEAD"), "").unwrap()),
        ("no HEAD", &|git| fs::remove_file(git.join("HEAD")).unwrap()),
        ("an empty HEAD", &|git| fs::write(git.join("HEAD"), "").unwrap()),
        ("no objects", &|git| fs::remove_dir_all(git.join("objects")).unwrap()),
        ("empty objects", &|git| {
            fs::remove_dir_all(git.join("objects")).unwrap();
            fs::create_dir(git.join("objects")).unwrap();
        }),
        ("no branches", &|git| fs::remove_dir_all(git.join("refs")).unwrap()),
        ("a folder that is a file", &|git| {
            let folder = git.parent().unwrap().join("progress");
            fs::remove_dir_all(&folder).unwrap();
            fs::write(folder, "").unwrap();
        }),
    ];
    for (what, harm) in breaks {
        let folder = tempfile::tempdir().unwrap();
        let url = repository(folder.path());
        let machine = Machine::new(folder.path(), "a", 0, &url);
        machine.change(set(1, Status::Done));
        machine.sync().unwrap();
        harm(&machine.clone().join(".git"));
        machine.change(set(2, Status::Done));
        let report = machine.sync().unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(report.went[DOCUMENT], 1, "{what}");
        let other = Machine::new(folder.path(), "b", 0, &url);
        other.sync().unwrap();
        assert_eq!(other.lines(), machine.lines(), "{what}");
    }
}

/// A forced push lost our commits and a colleague's: both come back from the journals.
#[test]
fn what_a_forced_push_lost_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let (a, b) = (
        Machine::new(folder.path(), "a", 0, &url),
        Machine::new(folder.path(), "b", 0, &url),
    );
    a.change(set(1, Status::Done));
    a.sync().unwrap();
    let attacker = Attacker::new(folder.path(), &url);
    b.change(set(2, Status::Done));
    b.sync().unwrap();
    // A colleague's commit, made by hand, is fetched by both.
    let hand = folder.path().join("hand");
    git(
        folder.path(),
        &["clone", "--quiet", &url, hand.to_str().unwrap()],
    );
    git(
        &hand,
        &["commit", "--quiet", "--allow-empty", "-m", "by hand"],
    );
    git(&hand, &["push", "--quiet"]);
    a.sync().unwrap();
    b.sync().unwrap();
    attacker.push();
    for machine in [&a, &b, &a] {
        machine.sync().unwrap();
    }
    assert_eq!(a.lines().len(), 2);
    assert_eq!(a.lines(), b.lines());
    let fresh = Machine::new(folder.path(), "c", 0, &url);
    fresh.sync().unwrap();
    assert_eq!(fresh.lines(), a.lines());
}

#[test]
fn a_line_at_the_end_of_the_calendar_is_brought_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let (a, b) = (
        Machine::new(folder.path(), "a", 0, &url),
        Machine::new(folder.path(), "b", 0, &url),
    );
    let line = a.change(set(1, Status::Done));
    let late = format!(
        "9999-12-31T23:59:59.999Z\",{}",
        line.split_once("\",").unwrap().1
    );
    let late = format!("- {{\"at\":\"{late}").replace("\"id\":\"", "\"id\":\"z");
    a.sync().unwrap();
    let attacker = Attacker::new(folder.path(), &url);
    let shared = fs::read_to_string(attacker.work.join("progress/demo.yaml")).unwrap();
    attacker.put(
        "100644",
        "progress/demo.yaml",
        format!("{shared}{late}\n").as_bytes(),
    );
    attacker.push();
    for machine in [&a, &b] {
        let report = machine.sync().unwrap();
        assert_eq!(report.unreadable.get(DOCUMENT), Some(&1), "{report:?}");
        let text = fs::read_to_string(machine.journal()).unwrap();
        assert!(text.contains(&line) && !text.contains("9999"), "{text}");
        machine.change(set(3, Status::Done));
    }
}

/// Anything but a regular file of limited size is not read, on this side either.
#[test]
fn a_pipe_among_the_documents_is_reported_and_blocks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let url = repository(folder.path());
    let machine = Machine::new(folder.path(), "a", 0, &url);
    let documents = machine.data.join("documents");
    fs::create_dir(&documents).unwrap();
    let pipe = documents.join("pipe.yaml");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    fs::write(documents.join("x.yaml"), "id: x\n").unwrap();
    machine.change(set(1, Status::Done));
    let report = machine.sync().unwrap();
    assert_eq!((report.went[DOCUMENT], report.failed.len()), (1, 1));
    assert!(report.documents_went.contains("x"));
    assert!(report.failed[0].message(Lang::En).contains("pipe.yaml"));
}
