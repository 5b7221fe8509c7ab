//! What is kept in the folder, and when.

use super::*;

fn kept(kind: Kind, text: &str) -> TextDraft {
    let text = text.to_owned();
    TextDraft { kind, text }
}

fn files(folder: &Path) -> Vec<String> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    files
}

#[test]
fn what_was_typed_last_is_there_after_the_end_and_an_empty_text_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::new(folder.path().join("tianjin-2025"));
    assert_eq!(drafts.read(), BTreeMap::new());
    let keeper = Keeper::start(drafts.clone(), |_| {}).unwrap();
    for (name, text) in [
        ("16.3", "等"),
        ("1.1", "x"),
        ("16.3", "等待\n部署"),
        ("1.1", ""),
        (MEETING, "began: now"),
    ] {
        keeper.send(name.into(), kept(Kind::Progress, text));
    }
    keeper.stop();
    assert_eq!(
        drafts.read(),
        BTreeMap::from([("16.3".into(), kept(Kind::Progress, "等待\n部署"))])
    );
    assert_eq!(drafts.meeting().as_deref(), Some("began: now"));
}

#[test]
fn a_text_keeps_its_kind_in_one_file_and_one_without_a_kind_is_progress() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::new(folder.path().to_owned());
    // As an older kouan wrote it; text that looks like a kind is text.
    fs::write(folder.path().join("3.1"), "problem\nkind: next").unwrap();
    let of = |kept: TextDraft| BTreeMap::from([("3.1".to_owned(), kept)]);
    let old = kept(Kind::Progress, "problem\nkind: next");
    assert_eq!(drafts.read(), of(old));
    let mut kept_files = Files::new(drafts.clone());
    for (kind, file) in [
        (Kind::Problem, "3.1.problem"),
        (Kind::Next, "3.1.next"),
        (Kind::Progress, "3.1"),
        (Kind::Problem, "3.1.problem"),
    ] {
        let kept = kept(kind, "等待部署");
        kept_files.write("3.1", &kept).unwrap();
        assert_eq!(drafts.read(), of(kept));
        assert_eq!(files(folder.path()), [file]);
    }
    kept_files.write("3.1", &TextDraft::default()).unwrap();
    assert_eq!(files(folder.path()), [""; 0]);
}

/// Waits until a draft exists, or no longer does.
fn wait(path: &Path, there: bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while path.exists() != there {
        assert!(Instant::now() < end, "timed out: {}", path.display());
        thread::yield_now();
    }
}

#[test]
fn what_is_out_of_date_goes_at_once_and_what_is_typed_waits() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::new(folder.path().to_owned());
    let (spent, typed) = (folder.path().join("1.1.problem"), folder.path().join("1.2"));
    let mut own = Files::new(drafts.clone());
    own.write("1.1", &kept(Kind::Problem, "已存")).unwrap();
    // So long that it writes nothing in this test.
    let keeper = Keeper::start_within(drafts, Duration::from_secs(3600), |_| {}).unwrap();
    keeper.send("1.1".into(), kept(Kind::Problem, "已存"));
    keeper.send("1.2".into(), kept(Kind::Progress, "在写"));
    keeper.send_now("1.1".into(), TextDraft::default());
    wait(&spent, false);
    assert!(!typed.exists());
    keeper.flush();
    wait(&typed, true);
    keeper.stop();
    assert_eq!(files(folder.path()), ["1.2"]);
}

#[test]
fn a_draft_of_another_session_is_neither_removed_nor_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::new(folder.path().to_owned());
    let [mut one, mut two] = [(), ()].map(|()| Files::new(drafts.clone()));
    let progress = |text| kept(Kind::Progress, text);
    let own = format!("6.1~{}", std::process::id());
    one.write("6.1", &progress("第一窗口写的")).unwrap();
    // The other saves its remark, which was not on disk yet.
    two.write("6.1", &TextDraft::default()).unwrap();
    assert_eq!(files(folder.path()), ["6.1"]);
    two.write("6.1", &progress("短")).unwrap();
    one.write("6.1", &progress("第一窗口写的长段")).unwrap();
    assert_eq!(files(folder.path()), ["6.1", &own]);
    assert_eq!(
        fs::read_to_string(folder.path().join("6.1")).unwrap(),
        "第一窗口写的长段"
    );
    two.write("6.1", &kept(Kind::Problem, "短")).unwrap();
    assert_eq!(files(folder.path()), ["6.1", "6.1.problem"]);
    two.write("6.1", &TextDraft::default()).unwrap();
    assert_eq!(drafts.read()["6.1"], progress("第一窗口写的长段"));
    // A later session adopts what it found, and removes it when it is saved.
    let mut later = Files::new(drafts);
    later.write("6.1", &TextDraft::default()).unwrap();
    assert_eq!(files(folder.path()), [""; 0]);
    one.write("6.1", &progress("还在写")).unwrap();
    assert_eq!(files(folder.path()), ["6.1"]);
}

#[test]
fn a_draft_that_cannot_be_kept_is_reported_and_retried() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drafts");
    // A file in place of the folder: not even root can write there.
    fs::write(&path, "").unwrap();
    let (send, told) = channel();
    let report = move |told| drop(send.send(told));
    let soon = Duration::from_millis(1);
    let keeper = Keeper::start_within(Drafts::new(path.clone()), soon, report).unwrap();
    let next = || told.recv_timeout(Duration::from_secs(30)).unwrap();
    keeper.send("1.1".into(), kept(Kind::Progress, "在写"));
    assert!(matches!(next(), (name, Err(_)) if name == "1.1"));
    keeper.send_now("1.2".into(), kept(Kind::Progress, "写完"));
    assert!(matches!(next(), (name, Err(_)) if name == "1.2"));
    fs::remove_file(&path).unwrap();
    let mut after = [next(), next()].map(|(name, done)| (name, done.is_ok()));
    after.sort();
    assert_eq!(after, [("1.1".to_owned(), true), ("1.2".to_owned(), true)]);
    assert_eq!(files(&path), ["1.1", "1.2"]);
    fs::remove_dir_all(&path).unwrap();
    fs::write(&path, "").unwrap();
    keeper.send("1.3".into(), kept(Kind::Progress, "末"));
    assert!(keeper.stop().is_some());
}

#[test]
fn links_of_others_and_pipes_are_not_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drafts");
    let secret = folder.path().join("secret");
    fs::write(&secret, "密").unwrap();
    fs::create_dir(&path).unwrap();
    std::os::unix::fs::symlink(&secret, path.join("1.1")).unwrap();
    let pipe = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(
        rustix::fs::CWD,
        path.join("1.2"),
        rustix::fs::FileType::Fifo,
        pipe,
        0,
    )
    .unwrap();
    let drafts = Drafts::new(path.clone());
    assert_eq!(drafts.read()["1.1"].text, "密", "one's own link");
    assert_eq!(drafts.read().len(), 1);
    // Another user's link, in a folder that others can write to.
    if rustix::process::geteuid().is_root() {
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o777)).unwrap();
        std::os::unix::fs::lchown(path.join("1.1"), Some(12345), None).unwrap();
        assert_eq!(drafts.read(), BTreeMap::new());
    }
}
