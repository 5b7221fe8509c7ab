//! What a sync reports, with the installed git.

use crate::command::Home;
use std::{fs, process::Command};

/// Two people's homes, each with a clone of one repository.
pub(crate) fn homes() -> [Home; 2] {
    let homes = [Home::new(), Home::new()];
    let bare = homes[0].path("shared.git");
    let mut git = Command::new("git");
    git.args(["init", "--quiet", "--bare"]).arg(&bare);
    assert!(git.status().unwrap().success());
    for home in &homes {
        home.kouan("sync --init").arg(&bare).works();
    }
    homes
}

#[test]
fn a_conflict_of_two_people_is_reported_with_the_winner() {
    let [a, b] = homes();
    a.kouan("set 1.1 --status doing --by zhang").quiet();
    a.kouan("sync").works();
    let later = "2026-11-23T11:00:00+08:00";
    b.kouan("set 1.1 --status blocked --remark 无接口 --by li")
        .env("KOUAN_CLOCK", later)
        .quiet();
    let said = b.kouan("sync --lang zh-CN").works();
    let line = "tianjin-2025 1.1：zhang 记为推进中，li 记为受阻；以较晚记的受阻为准";
    assert!(said.lines().any(|l| l == line), "{said}");
    // Who came first is told at the next sync; both are told once.
    let said = a.kouan("sync --lang zh-CN").works();
    assert!(said.lines().any(|l| l == line), "{said}");
    for home in [&a, &b, &a] {
        let said = home.kouan("sync --lang zh-CN").works();
        assert!(!said.contains("为准"), "{said}");
    }
}

#[test]
fn a_journal_that_cannot_be_used_fails_and_the_others_are_shared() {
    let [a, b] = homes();
    a.kouan("check 1.1").quiet();
    let other = a.write("data/progress/other.yaml", "");
    fs::write(
        &other,
        "# kouan journal 99 · other · one change a line, append only\n",
    )
    .unwrap();
    let done = a.kouan("sync").run();
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(
        done.stdout.contains("tianjin-2025: sent 1 change"),
        "{done:?}"
    );
    assert!(done.stderr.contains("other.yaml"), "{done:?}");
    assert!(b.kouan("sync").works().contains("received 1 change"));
}

#[test]
fn two_machines_that_add_at_once_have_two_items_after_a_sync() {
    let homes = homes();
    let [a, b] = &homes;
    a.kouan("add 买咖啡 --unit 天津海关").quiet();
    b.kouan("add 买咖啡 --due 2026-12-31").quiet();
    let sync = || [a, b, a].map(|home| home.kouan("sync").works());
    sync();
    let listed = |home: &Home| {
        let listed = home.kouan("list 买咖啡 --columns id,units,due,text");
        listed.quiet()
    };
    assert_eq!(listed(a).lines().count(), 2, "{}", listed(a));
    assert_eq!(listed(a), listed(b), "in one order on both");
    let first = |line: &str| line.split('\t').next().unwrap().to_owned();
    let ids: Vec<String> = listed(a).lines().map(first).collect();
    // Both write a step of one of them, and one removes the other.
    for home in &homes {
        home.kouan("set --step 记账").arg(&ids[0]).quiet();
    }
    b.kouan("set --remove").arg(&ids[1]).quiet();
    sync();
    assert_eq!(listed(a).lines().count(), 1, "{}", listed(a));
    let shown = |home: &Home| home.kouan("show").arg(&ids[0]).quiet();
    assert_eq!(shown(a).matches("记账").count(), 2, "{}", shown(a));
    assert_eq!(shown(a), shown(b));
}
