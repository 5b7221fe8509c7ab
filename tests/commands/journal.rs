//! Which journal is used, and what is written to it.

use crate::{
    cli::shown,
    command::{Home, json},
    set::STEP,
};
use std::fs;

#[test]
fn the_journal_is_where_it_was_asked_for() {
    let home = Home::new();
    home.kouan("check 1.1 --journal")
        .arg(home.path("own.yaml"))
        .quiet();
    assert!(home.path("own.yaml").exists() && !home.journal().exists());
    home.write("config.yaml", "progress: team\n");
    let config = home.path("config.yaml");
    home.kouan("check 1.2")
        .env("KOUAN_CONFIG", config.to_str().unwrap())
        .quiet();
    assert!(home.path("team/tianjin-2025.yaml").exists());
}

#[test]
fn another_documents_journal_is_refused() {
    let home = Home::new();
    home.write(
        "other.yaml",
        "# kouan journal 1 · beijing-2025 · one change a line, append only\n",
    );
    let said = home
        .kouan("check 1.1 --journal")
        .arg(home.path("other.yaml"))
        .fails(1);
    assert!(said.contains("beijing-2025"), "{said}");
}

#[test]
fn unreadable_lines_are_counted_and_never_removed() {
    let home = Home::new();
    let text = format!("{STEP}- {{\"garbage\n");
    home.write("data/progress/tianjin-2025.yaml", &text);
    let done = home.kouan("check 1.1").run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.stderr.contains("doctor"), "{done:?}");
    assert!(
        fs::read_to_string(home.journal())
            .unwrap()
            .starts_with(&text)
    );
    let done = home.kouan("doctor").run();
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("line 3"), "{done:?}");
}

#[test]
fn an_independent_reader_reads_the_journal() {
    let python = |args: &[&str]| std::process::Command::new("python3").args(args).output();
    if !python(&["-c", "import yaml"]).is_ok_and(|o| o.status.success()) {
        // `.ci/run` makes sure that it is installed.
        assert!(std::env::var_os("KOUAN_CI").is_none(), "PyYAML is missing");
        return;
    }
    let home = Home::new();
    let remark = "“引号” \\ \u{85}\u{2028}\u{feff}👍 \u{1b}";
    home.kouan("set 1.1 --status done --remark")
        .arg(remark)
        .quiet();
    home.kouan("check 16").quiet();
    let script = "import sys, yaml, json; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
    let output = python(&["-c", script, home.journal().to_str().unwrap()]).unwrap();
    let read = json(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(read[0]["remark"], remark);
    let edits = read[1]["edits"].as_array().unwrap();
    assert_eq!(edits.len(), shown(&home, "16").len());
}

/// Nobody can end the calendar for everyone: a line after the year 2199 is kept and reported, but
/// not read.
#[test]
fn a_line_at_the_end_of_the_calendar_stops_nobody() {
    let home = Home::new();
    let line = "# kouan journal 1 · tianjin-2025 · one change a line, append only\n- {\"at\":\"9999-12-30T22:00:00.999+00:00\",\"by\":\"ls\",\"session\":\"s\",\"id\":\"fut0000001\",\"clause\":\"1.2\",\"status\":\"doing\"}\n";
    let path = home.write("j.yaml", line);
    let kouan = |words: &str| home.kouan(&format!("--journal {} {words}", path.display()));
    for words in ["check 1.1", "uncheck 1.1", "check 1.1"] {
        kouan(words).works();
    }
    assert!(fs::read_to_string(&path).unwrap().starts_with(line));
    let shown = kouan("list is:done is:doing,done").run();
    assert!(
        shown.stdout.contains("1.1") && !shown.stdout.contains("1.2"),
        "{shown:?}"
    );
    let doctor = kouan("doctor").run();
    assert!(
        doctor.stdout.contains("line 2 cannot be read"),
        "{doctor:?}"
    );
}

#[test]
fn a_pipe_or_a_device_is_not_a_journal() {
    let home = Home::new();
    let pipe = home.pipe("pipe");
    for path in [pipe.to_str().unwrap(), "/dev/null"] {
        for command in ["check 1.1", "list", "undo"] {
            let said = home.kouan(&format!("--journal {path} {command}")).fails(1);
            assert!(said.contains("not a file"), "{said}");
        }
    }
}
