//! Tests of the catalogue.

use super::*;

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder(dir.path())).expect("a folder");
    for (name, text) in files {
        fs::write(folder(dir.path()).join(name), text).expect("a file");
    }
    dir
}

const SMALL: &str = "id: jia\ntitle: 甲市措施\nchapters: []\n";

#[test]
fn the_embedded_document_is_always_there() {
    let nowhere = Path::new("/nonexistent");
    let listing = list(nowhere);
    assert_eq!(listing.entries.len(), 1);
    assert_eq!(listing.entries[0].id, DEFAULT_ID);
    assert_eq!(listing.entries[0].stage.as_deref(), Some("再次征求意见稿"));
    let doc = load(DEFAULT_ID, nowhere).expect("loads");
    assert_eq!(doc.clauses.len(), 42);
}

#[test]
fn the_folder_is_listed_by_id_and_a_broken_file_is_named() {
    let dir = folder_with(&[
        ("b.yaml", SMALL),
        ("a.yml", "chapters: []\nid: yi\ntitle: 乙\n"),
        ("c.yaml", "id: [\n"),
        ("notes.txt", "nothing"),
    ]);
    let listing = list(dir.path());
    let ids: Vec<_> = listing.entries.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids, ["jia", DEFAULT_ID, "yi"]);
    assert_eq!(listing.errors.len(), 1);
    assert!(listing.errors[0].to_string().contains("c.yaml"));
}

#[test]
fn a_document_is_found_by_id_whatever_its_file_is_called() {
    let dir = folder_with(&[("b.yaml", SMALL)]);
    assert_eq!(load("jia", dir.path()).expect("loads").title, "甲市措施");
    let path = folder(dir.path()).join("b.yaml");
    let by_path = load(&path.display().to_string(), dir.path()).expect("loads");
    assert_eq!(by_path.id, "jia");
}

#[test]
fn a_file_takes_the_place_of_the_embedded_document() {
    let own = SMALL.replace("jia", DEFAULT_ID);
    let dir = folder_with(&[("x.yaml", &own)]);
    assert_eq!(list(dir.path()).entries.len(), 1);
    assert!(list(dir.path()).entries[0].path.is_some());
}

#[test]
fn only_the_head_of_a_file_is_needed_for_the_list() {
    let long = format!(
        "id: jia\ntitle: 甲\npreamble: {}\nchapters: [\n",
        "字".repeat(9000)
    );
    let dir = folder_with(&[("long.yaml", &long)]);
    let listing = list(dir.path());
    assert_eq!(listing.entries[0].id, "jia");
    assert!(load("long", dir.path()).is_err());
}

#[test]
fn an_unknown_id_names_the_nearest() {
    let error = load("tianjin-2026", Path::new("/nonexistent")).expect_err("unknown");
    assert!(error.to_string().contains("tianjin-2025"), "{error}");
    let error = load("2025", Path::new("/nonexistent")).expect_err("unknown");
    assert!(error.to_string().contains("tianjin-2025"), "{error}");
    let error = load("zzz", Path::new("/nonexistent")).expect_err("unknown");
    assert!(!error.to_string().contains("tianjin"), "{error}");
    let error = load("../etc/passwd", Path::new("/nonexistent")).expect_err("no such file");
    assert!(matches!(error, DocumentError::Unreadable { .. }));
}

#[test]
fn a_pipe_and_a_device_in_the_folder_are_named_and_not_waited_for() {
    let data = tempfile::tempdir().unwrap();
    let folder = folder(data.path());
    fs::create_dir(&folder).unwrap();
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    let pipe = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, folder.join("pipe.yaml"), pipe, mode, 0).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("zero.yaml")).unwrap();
    let listing = list(data.path());
    assert_eq!(listing.entries.len(), 1);
    let said: Vec<String> = listing.errors.iter().map(ToString::to_string).collect();
    assert!(
        said[0].contains("pipe.yaml") && said[1].contains("zero.yaml"),
        "{said:?}"
    );
    for id in ["pipe", "zero"] {
        assert!(load(id, data.path()).is_err(), "{id}");
    }
}
