//! Limits: endless input, lines too long to read again, and a full disk behind standard output.

use crate::command::Home;
use std::{
    fs,
    os::unix::fs::symlink,
    process::{Command, Output, Stdio},
};

const FULL: &str = "/dev/full";
const ZERO: &str = "/dev/zero";

/// Runs a command limited to a gigabyte of address space, with this standard input.
fn bounded(home: &Home, words: &str, input: &str) -> Output {
    let kouan = home.kouan(words).into_command();
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v 1000000; exec \"$0\" \"$@\""]);
    shell.arg(kouan.get_program()).args(kouan.get_args());
    shell.current_dir(home.path("")).env_clear();
    shell.envs(kouan.get_envs().filter_map(|(k, v)| Some((k, v?))));
    shell
        .stdin(fs::File::open(input).unwrap())
        .output()
        .unwrap()
}

#[test]
fn a_workbook_takes_no_more_memory_than_it_holds_whatever_it_claims() {
    let home = Home::new();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ledger");
    for name in ["xlsx-uniquecount.xlsx", "xlsx-uniquecount-max.xlsx"] {
        let path = format!("{fixtures}/{name}");
        fs::copy(&path, home.path(name)).unwrap();
        for command in ["import", "merge"] {
            let done = bounded(&home, &format!("{command} {name}"), "/dev/null");
            let error = String::from_utf8(done.stderr).unwrap();
            assert_eq!(done.status.code(), Some(1), "{error}");
            assert!(error.contains(name) && error.contains("large"), "{error}");
        }
    }
}

#[test]
fn what_never_ends_is_a_clear_error() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    let before = fs::read(home.journal()).unwrap();
    for name in ["zero.csv", "zero.xlsx", "zero.yaml", "data/units.yaml"] {
        symlink(ZERO, home.path(name)).unwrap();
    }
    for (words, input, code, said) in [
        ("set 1.1 --remark -", ZERO, 1, "standard input"),
        ("import -", ZERO, 1, "-"),
        ("import /dev/zero", "/dev/null", 1, ZERO),
        ("--document /dev/zero list", "/dev/null", 1, ZERO),
        ("--config /dev/zero list", "/dev/null", 2, ZERO),
        ("--journal /dev/zero list", "/dev/null", 1, ZERO),
        ("merge zero.csv", "/dev/null", 1, "zero.csv"),
        ("merge zero.xlsx", "/dev/null", 1, "zero.xlsx"),
        ("merge zero.yaml", "/dev/null", 1, "zero.yaml"),
        ("list @海关", "/dev/null", 0, "units.yaml"),
    ] {
        let done = bounded(&home, words, input);
        let error = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(code), "{words}: {error}");
        assert!(error.contains(said), "{words}: {error}");
        assert!(
            !error.contains("panicked") && error.lines().count() < 4,
            "{words}: {error}"
        );
    }
    symlink(ZERO, {
        fs::create_dir_all(home.path("data/documents")).unwrap();
        home.path("data/documents/zero.yaml")
    })
    .unwrap();
    let done = bounded(&home, "documents", "/dev/null");
    assert!(
        String::from_utf8_lossy(&done.stderr).contains("zero.yaml"),
        "{done:?}"
    );
    assert_eq!(fs::read(home.journal()).unwrap(), before);
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let home = Home::new();
    let long = "长".repeat(30_000);
    let name = "王".repeat(200);
    let said = home.kouan("set 1.1 --remark -").stdin(&long).fails(2);
    assert!(said.contains("the remark is too long"), "{said}");
    let said = home.kouan("set 1.1 --remark").arg(&long).fails(2);
    assert!(said.contains("65536"), "{said}");
    let said = home.kouan("set 1.1 --owner").arg(&name).fails(2);
    assert!(said.contains("the name is too long"), "{said}");
    home.kouan("check 1.1 --by").arg(&name).fails(2);
    home.kouan("check 1.1").env("KOUAN_BY", &name).fails(2);
    home.kouan("check 1.1").env("KOUAN_SESSION", &name).fails(2);
    // The ledger's other cells are merged.
    let ledger = format!("序号,状态,责任人,进展情况\n1.1,已完成,{name},{long}\n");
    let ledger = home.write("out.csv", &ledger);
    let done = home.kouan("merge").arg(ledger).run();
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(
        done.stderr.contains("C2") && done.stderr.contains("D2"),
        "{done:?}"
    );
    let journal = fs::read_to_string(home.journal()).unwrap();
    assert!(journal.len() < 400 && journal.contains("done"), "{journal}");
    home.kouan("set 1.1 --remark -")
        .stdin(&"长".repeat(21_000))
        .quiet();
    assert!(home.kouan("show 1.1").quiet().contains(&"长".repeat(10)));
}

#[test]
fn a_change_is_reported_saved_if_only_the_output_fails() {
    let home = Home::new();
    let lines = || fs::read_to_string(home.journal()).unwrap().lines().count();
    home.kouan("export --lang zh-CN -o")
        .arg(home.path("out.csv"))
        .run();
    let text = fs::read_to_string(home.path("out.csv")).unwrap();
    let ledger = home.write("out.csv", &text.replacen("未启动", "推进中", 1));
    let merge = format!("merge {}", ledger.display());
    let commands = [
        "check 1.2",
        "set 1.1 --owner x",
        "undo",
        "redo",
        "uncheck 1.2",
        &merge,
    ];
    for (nth, words) in commands.into_iter().enumerate() {
        saved(&home, words);
        assert_eq!(lines(), nth + 2, "{words}");
    }
    // Commands that write nothing have saved nothing.
    for words in ["list", "log"] {
        unsaved(&home, words);
        assert_eq!(lines(), commands.len() + 1);
    }
}

#[test]
fn a_carry_or_import_is_reported_saved_if_only_the_output_fails() {
    let home = Home::new();
    let table = |second: &str| {
        let text = format!("序号,工作任务,责任单位\n1,建设数据平台,市甲局\n2,{second},市丙局\n");
        home.write("work.csv", &text)
    };
    let import = |words: &str| format!("import {words} {}", table("发布操作指引").display());
    for id in ["work", "next"] {
        home.kouan(&import(&format!("--id {id}"))).run();
    }
    home.kouan("--document work check 2.1").quiet();
    unsaved(&home, &import("-o -"));
    unsaved(&home, "carry work next --dry-run");
    saved(&home, "carry work next");
    let carried = fs::read_to_string(home.path("data/progress/next.yaml")).unwrap();
    assert_eq!(carried.lines().count(), 2, "{carried}");
    unsaved(&home, "carry work next");
    // Stored beside the old one, with nothing to carry.
    let other = table("全新的一件事情要做");
    saved(&home, &format!("import --replace {}", other.display()));
    home.kouan("--document work-2 list").quiet();
}

#[test]
fn a_sync_is_reported_done_if_only_the_output_fails() {
    let [a, b] = crate::sync::homes();
    a.kouan("check 1.1").quiet();
    saved(&a, "sync");
    saved(&b, "sync");
    let came = fs::read_to_string(b.journal()).unwrap();
    assert_eq!(came.lines().count(), 2, "{came}");
    unsaved(&b, "sync");
    let fresh = Home::new();
    let url = a.path("shared.git");
    saved(&fresh, &format!("sync --init {}", url.display()));
}

/// Runs a command whose output fails; it must report that its work is saved.
fn saved(home: &Home, words: &str) {
    let error = full(home, words);
    assert!(error.contains("done and saved"), "{words}: {error}");
}

/// Runs a command whose output fails and that saves nothing.
fn unsaved(home: &Home, words: &str) {
    let error = full(home, words);
    let is_right = !error.contains("saved") && error.contains("no space");
    assert!(is_right, "{words}: {error}");
}

fn full(home: &Home, words: &str) -> String {
    let mut command = home.kouan(words).into_command();
    let out = fs::OpenOptions::new().write(true).open(FULL).unwrap();
    let done = command.stdin(Stdio::null()).stdout(out).output().unwrap();
    let error = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{words}: {error}");
    error
}
