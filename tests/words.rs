//! The command line as an office worker uses it: Chinese words in, Chinese words out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/command.rs"]
#[expect(dead_code, reason = "each test program uses its part of the support")]
mod command;

use command::{Home, json};

fn due(home: &Home, id: &str) -> String {
    let printed = home.kouan(&format!("show --json {id}")).quiet();
    json(&printed)[0]["due"].as_str().unwrap().to_owned()
}

// -- days

#[test]
fn a_deadline_is_said_back_with_its_year_and_that_it_was_missed() {
    let home = Home::new();
    let set = |day: &str| {
        let command = home.kouan("--lang zh-CN set 1.1 --due").arg(day);
        command.quiet()
    };
    assert!(set("11月15日").contains("期限 2026-11-15，已逾期"));
    assert!(set("明年3月底").contains("期限 2027-03-31  "));
    for (said, day) in [
        ("12月底前", "2026-12-31"),
        ("两周内", "2026-12-07"),
        ("四季度", "2026-12-31"),
        ("下周五", "2026-12-04"),
        ("大后天", "2026-11-26"),
    ] {
        set(said);
        assert_eq!(due(&home, "1.1"), day, "{said}");
    }
    home.kouan("check 1.1").quiet();
    assert!(
        !set("11月1日").contains("逾期"),
        "what is done is not overdue"
    );
}

#[test]
fn what_is_no_single_day_is_refused_with_what_is_taken() {
    let home = Home::new();
    let refused = |day: &str| {
        let set = home.kouan("--lang zh-CN set 1.1 --due");
        set.arg(day).fails(2)
    };
    assert!(refused("春节前").contains("12月底、月底、年底"));
    assert!(refused("本周末").contains("是否指 2026-11-29"));
    assert!(refused("2月30日").contains("是否指 2026-02-28"));
    assert!(!home.journal().exists());
}
