//! `undo`, `redo` and `log`.

use crate::{
    cli::status,
    command::{Home, json},
};
use serde_json::json;

#[test]
fn undo_and_redo_walk_this_users_sets_and_print_them() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    home.kouan("check 16").quiet();
    let printed = home.kouan("undo").quiet();
    assert!(
        printed.contains("16.1") && printed.contains("done → not started"),
        "{printed}"
    );
    assert_eq!(
        (status(&home, "16.1"), status(&home, "1.1")),
        ("todo".into(), "done".into())
    );
    home.kouan("redo").quiet();
    assert_eq!(status(&home, "16.1"), "done");
    home.kouan("undo").quiet();
    home.kouan("undo").quiet();
    assert_eq!(status(&home, "1.1"), "todo");
    home.kouan("undo").fails(1);
    home.kouan("redo").quiet();
    home.kouan("redo").quiet();
    home.kouan("redo").fails(1);
    assert_eq!(status(&home, "16.1"), "done");
}

#[test]
fn undo_never_takes_back_a_colleagues_change() {
    let home = Home::new();
    home.kouan("check 1.1 --by lisi").quiet();
    home.kouan("undo --by wangwu").fails(1);
    assert_eq!(status(&home, "1.1"), "done");
}

#[test]
fn undo_and_redo_say_where_a_later_change_has_won() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    home.kouan("set 1.1 --status ongoing --by lisi")
        .env("KOUAN_CLOCK", "2026-11-23T11:00:00+08:00")
        .quiet();
    let done = home
        .kouan("undo")
        .env("KOUAN_CLOCK", "2026-11-23T12:00:00+08:00")
        .run();
    assert_eq!(done.code, Some(0));
    assert!(done.stderr.contains("1.1"), "{done:?}");
    assert_eq!(status(&home, "1.1"), "ongoing");
    let again = home
        .kouan("redo")
        .env("KOUAN_CLOCK", "2026-11-23T13:00:00+08:00")
        .run();
    assert_eq!(again.code, Some(0));
    assert_eq!(again.stderr, done.stderr);
    assert_eq!(status(&home, "1.1"), "ongoing");
}

#[test]
fn log_prints_the_newest_last_and_marks_undone_changes() {
    let home = Home::new();
    home.kouan("check 1.1").quiet();
    home.kouan("check 2.1 --by lisi")
        .env("KOUAN_CLOCK", "2026-11-24T09:00:00+08:00")
        .quiet();
    home.kouan("undo")
        .env("KOUAN_CLOCK", "2026-11-25T09:00:00+08:00")
        .quiet();
    let printed = home.kouan("log").quiet();
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 3, "{printed}");
    assert!(
        lines[0].starts_with("2026-11-23 10:00\tzhangsan\t")
            && lines[0].contains("(undone) 1.1 done")
    );
    assert!(lines[1].contains("\tlisi\t") && lines[1].ends_with("2.1 done"));
    let since = home.kouan("log --since 2026-11-24").quiet();
    assert_eq!(since.lines().collect::<Vec<_>>(), lines[1..]);
    // A moment as the journal writes it.
    let since = home
        .kouan("log --since 2026-11-24T09:00:00.000+08:00")
        .quiet();
    assert_eq!(since.lines().collect::<Vec<_>>(), lines[1..]);
    let since = home.kouan("log --since 2026-11-24T01:00:01Z").quiet();
    assert_eq!(since.lines().collect::<Vec<_>>(), lines[2..]);
    assert_eq!(home.kouan("log by:lisi").quiet().lines().count(), 1);
    // As printed, in either language.
    home.kouan("set 3.1 --status blocked --remark x").quiet();
    for word in ["blocked", "受阻", "sz"] {
        let found = home.kouan(&format!("log {word}")).quiet();
        assert!(
            found.ends_with("3.1 blocked, problem: x\n"),
            "{word}: {found}"
        );
        assert!(!found.contains("1.1 done"), "{word}: {found}");
    }
}

#[test]
fn log_json_tells_what_each_change_set() {
    let home = Home::new();
    home.kouan("set 1.1 --status done --due none --remark 好")
        .quiet();
    let log = json(&home.kouan("log --json").quiet());
    assert_eq!(log[0]["by"], "zhangsan");
    assert_eq!(log[0]["session"], "test");
    assert_eq!(log[0]["stands"], true);
    assert_eq!(
        log[0]["edits"][0],
        json!({"clause": "1.1", "status": "done", "due": null, "remark": "好", "kind": "progress"})
    );
}
