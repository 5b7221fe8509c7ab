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
    assert!(
        !a.kouan("sync --lang zh-CN").works().contains("为准"),
        "said once"
    );
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
