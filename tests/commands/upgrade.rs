//! Files of version 1, kept forever: a journal, a config and a document as that version writes
//! them, with edits by people and later versions. Every later version must open them and read the
//! same. Never change a fixture here; add a folder for a new version.

use crate::command::{Done, Home, Test, json};

const JOURNAL: &str = include_str!("../fixtures/v1/journal.yaml");
const CONFIG: &str = include_str!("../fixtures/v1/config.yaml");
const DOCUMENT: &str = include_str!("../fixtures/v1/document.yaml");

/// A home as version 1 left it, with journals in the folder named by its config.
fn home() -> Home {
    let home = Home::new();
    home.write("kouan/config.yaml", CONFIG);
    home.write("kouan/journals/tianjin-2025.yaml", JOURNAL);
    home.write("data/documents/whole_paper.yaml", DOCUMENT);
    home
}

fn kouan(home: &Home, words: &str) -> Test {
    home.kouan(words)
        .env("XDG_CONFIG_HOME", home.path("").to_str().unwrap())
        .env("KOUAN_CLOCK", "2026-03-12T10:00:00+08:00")
        .without("KOUAN_BY")
}

/// The journal has one line broken by hand, which every command reports once.
fn told(done: &Done) -> &str {
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!(done.stderr.lines().count(), 1, "{done:?}");
    assert!(done.stderr.contains("kouan doctor"), "{done:?}");
    &done.stdout
}

#[test]
fn the_journal_means_what_it_meant() {
    let home = home();
    let done = kouan(&home, "export --format json").run();
    let exported = json(told(&done));
    for (status, count) in [
        ("total", 42),
        ("todo", 32),
        ("doing", 4),
        ("done", 1),
        ("closed", 1),
        ("ongoing", 3),
        ("blocked", 0),
        ("dropped", 1),
    ] {
        assert_eq!(exported["tally"][status], count, "{status}");
    }
    let clauses = exported["chapters"].as_array().unwrap().iter();
    let clauses = clauses.flat_map(|c| c["measures"].as_array().unwrap());
    let clauses = clauses.flat_map(|m| m["clauses"].as_array().unwrap());
    let touched: Vec<serde_json::Value> = clauses
        .filter(|c| !c["updated"].is_null())
        .map(|c| {
            let fields = [
                "id", "status", "due", "owner", "updated", "by", "remarks", "steps",
            ];
            fields
                .iter()
                .map(|f| ((*f).to_owned(), c[*f].clone()))
                .collect()
        })
        .collect();
    let meant = json(include_str!("../fixtures/v1/meaning.json"));
    let mut touched = serde_json::Value::from(touched);
    forget_new_fields(&mut touched, &meant);
    assert_eq!(touched, meant);
}

/// Removes the fields that version 1 did not have: later versions may only add some.
fn forget_new_fields(now: &mut serde_json::Value, then: &serde_json::Value) {
    match (now, then) {
        (serde_json::Value::Object(now), serde_json::Value::Object(then)) => {
            now.retain(|name, _| then.contains_key(name));
            for (name, value) in now {
                forget_new_fields(value, &then[name]);
            }
        }
        (serde_json::Value::Array(now), serde_json::Value::Array(then)) => {
            for (now, then) in now.iter_mut().zip(then) {
                forget_new_fields(now, then);
            }
        }
        _ => {}
    }
}

#[test]
fn the_journal_is_appended_to_and_never_rewritten() {
    let home = home();
    let done = kouan(&home, "check 16.3").run();
    assert!(done.stdout.contains("16.3"), "{done:?}");
    let path = home.path("kouan/journals/tianjin-2025.yaml");
    let now = std::fs::read_to_string(path).unwrap();
    let added = now.strip_prefix(JOURNAL).unwrap();
    assert_eq!(added.lines().count(), 1, "{added}");
    assert!(
        added.contains(r#""by":"lisi""#),
        "signed as the config says: {added}"
    );
}

#[test]
fn the_config_of_0_1_keeps_its_meaning() {
    let home = home();
    let done = kouan(&home, "list no:1.2").run();
    let line = told(&done).lines().next().unwrap();
    let cells: Vec<&str> = line.split('\t').collect();
    assert_eq!(cells[0], "1.2", "the columns of the config: {line}");
    assert!(cells[3].starts_with("依托港口设施作业条件"), "{line}");
    let doctor = kouan(&home, "doctor").run();
    for said in ["lisi", "wide", "high-contrast"] {
        assert!(doctor.stdout.contains(said), "{said}: {doctor:?}");
    }
}

#[test]
fn the_document_has_what_it_had() {
    let home = home();
    let listed = kouan(&home, "--document whole_paper list --json").quiet();
    let ids: Vec<String> = json(&listed)
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, CLAUSES);
}

const CLAUSES: [&str; 2] = ["1.1", "2.1"];

/// A change as a reader of version 1 takes it: the fields it knows; all others are ignored.
#[derive(serde::Deserialize)]
struct OldChange {
    at: String,
    id: String,
    clause: Option<String>,
    status: Option<String>,
    step: Option<String>,
    text: Option<String>,
}

#[test]
fn a_reader_that_ignores_unknown_fields_reads_items_and_steps() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    home.kouan("add 买咖啡 --unit 海关 --due 2026-12-31")
        .quiet();
    home.kouan("set 1.2 --step 起草").quiet();
    let shown = json(&home.kouan("show 1.2 --json").quiet());
    let step = format!("1.2/{}", shown[0]["steps"][0]["id"].as_str().unwrap());
    home.kouan("set --due 2026-12-31 --text 起草初稿 --after first")
        .arg(&step)
        .quiet();
    home.kouan("check").arg(&step).quiet();
    home.kouan("check 2.1").quiet();
    let journal = std::fs::read_to_string(home.journal()).unwrap();
    let lines = journal.lines().filter_map(|line| line.strip_prefix("- "));
    let changes: Vec<OldChange> = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(changes.len(), 6, "{journal}");
    assert!(changes.iter().all(|c| !c.at.is_empty() && !c.id.is_empty()));
    let done = changes
        .iter()
        .filter(|c| c.status.as_deref() == Some("done"));
    let done: Vec<&str> = done.filter_map(|c| c.clause.as_deref()).collect();
    assert_eq!(done, ["1.1", &step, "2.1"], "{journal}");
    let made = changes.iter().find(|c| c.step.is_some()).unwrap();
    assert_eq!(
        (made.clause.as_deref(), made.text.as_deref()),
        (Some("1.2"), Some("起草")),
        "{journal}"
    );
}

/// A journal to which this version and then the released 0.1 wrote, and what 0.1 could not know:
/// items, and steps reworded, dated, moved and removed. Version 0.1 kept every line of it.
const SHARED: &str = include_str!("../fixtures/with-0.1/journal.yaml");

#[test]
fn what_0_1_wrote_after_this_version_counts_with_all_before_it() {
    let home = Home::new();
    home.write("data/progress/tianjin-2025.yaml", SHARED);
    let shown = |id: &str| json(&home.kouan("show --json").arg(id).quiet())[0].clone();
    let clause = shown("16.3");
    assert_eq!(clause["status"], "doing", "by 0.1");
    let step = json(
        r#"[{"id":"pch9","text":"等总署批复","done":true,"status":"done","due":"2026-12-10"}]"#,
    );
    assert_eq!(clause["steps"], step, "ticked by 0.1, reworded before");
    let item = shown("+3a39c");
    let fields = ["text", "status", "due", "owner"].map(|field| item[field].as_str().unwrap());
    let wanted = ["组织企业座谈会", "blocked", "2026-12-31", "王五"];
    assert_eq!(fields, wanted);
    assert_eq!(item["steps"][0]["text"], "订场地");
    let doctor = home.kouan("doctor --lang en").works();
    assert!(doctor.contains("16 changes"), "{doctor}");
}
