//! The past compared with its definition; weeks, slips and news.

use super::*;
use crate::progress::{
    Draft, Edit,
    tests::{change, document, folded, plain},
};
use jiff::{civil::date, tz::Offset};
use proptest::prelude::*;

fn zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

fn progress(changes: &[Change]) -> Progress {
    let mut progress = Progress::new(document());
    for change in changes {
        progress.insert(change.clone());
    }
    progress
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// With undo and redo, late lines, wrong clocks, and ids on two lines: the progress at the time
    /// of each change is the fold of the lines up to then.
    #[test]
    fn the_past_is_the_fold_of_the_journal_cut_there(changes in prop::collection::vec(change(), 1..24)) {
        let now = progress(&changes);
        for change in &changes {
            let cut: Vec<Change> = changes.iter().filter(|c| c.when() <= change.when()).cloned().collect();
            prop_assert_eq!(folded(&now.until(change.when())), plain(&cut));
        }
    }

    #[test]
    fn weeks_have_the_statuses_that_their_ends_had(changes in prop::collection::vec(change(), 1..24)) {
        let mut changes = changes;
        changes.sort_by(|a, b| a.id.cmp(&b.id));
        changes.dedup_by(|a, b| a.id == b.id);
        let now = progress(&changes);
        let mut moments: Vec<Timestamp> = changes.iter().map(Change::when).collect();
        moments.sort_unstable();
        let statuses = now.statuses(&moments);
        for (moment, statuses) in moments.iter().zip(statuses) {
            let then = now.until(*moment);
            for (clause, status) in statuses.into_iter().enumerate() {
                prop_assert_eq!(status, then.status(clause));
            }
        }
    }
}

/// Makes a change at a time of the zone: `2026-10-31 12:00`.
fn made(at: &str, by: &str, id: &str, body: Body) -> Change {
    let at: jiff::civil::DateTime = at.parse().unwrap();
    let at = at.to_zoned_datetime(zone()).unwrap().timestamp();
    let draft = Draft {
        id: id.into(),
        ..Draft::new(by, "s", body)
    };
    draft.at(at, None, Offset::constant(8))
}

fn edit(clause: &str, set: impl Fn(&mut Edit)) -> Body {
    let mut edit = Edit::new(clause.parse().unwrap());
    set(&mut edit);
    Body::Edits(vec![edit])
}

fn status(clause: &str, status: Status) -> Body {
    edit(clause, |edit| edit.status = Some(status))
}

fn due(clause: &str, due: Option<Due>) -> Body {
    edit(clause, |edit| edit.due = Some(due))
}

#[test]
fn a_day_ends_with_its_last_moment() {
    let end = end_of(date(2026, 10, 31), &zone());
    let next: Timestamp = "2026-11-01T00:00:00+08:00".parse().unwrap();
    assert_eq!(end, next - 1.nanosecond());
    assert_eq!(end_of(Date::MAX, &zone()), Timestamp::MAX);
}

#[test]
fn weeks_go_from_the_first_change_to_this_sunday() {
    let progress = progress(&[
        made("2026-11-02 10:00", "a", "1", status("1.1", Status::Done)),
        made(
            "2026-11-15 23:59:59",
            "a",
            "2",
            status("1.2", Status::Dropped),
        ),
        made("2026-11-16 00:00", "a", "3", status("2.1", Status::Done)),
        made("2026-11-17 00:00", "a", "4", Body::Retract("1".into())),
        made(
            "2026-11-17 01:00",
            "a",
            "5",
            due("2.2", Some(Due::Date(date(2026, 11, 8)))),
        ),
        made(
            "2026-11-17 02:00",
            "a",
            "6",
            due("1.2", Some(Due::Date(date(2026, 11, 8)))),
        ),
        made("2027-01-01 00:00", "a", "7", status("2.2", Status::Done)),
    ]);
    let weeks = progress.weeks(date(2026, 11, 18), &zone());
    assert_eq!(weeks.ends, [8, 15, 22].map(|day| date(2026, 11, day)));
    let all: Vec<usize> = (0..8).collect();
    let rates: Vec<_> = weeks.tallies(&all).iter().map(Tally::rate).collect();
    assert_eq!(rates, [(1, 8), (1, 7), (1, 7)]);
    // 1.2 is dropped, so it is not planned.
    assert_eq!(weeks.planned(&all, date(2026, 11, 7)), 0);
    assert_eq!(weeks.planned(&all, date(2026, 11, 8)), 1);
}

#[test]
fn a_wild_time_makes_only_a_limited_number_of_weeks() {
    let progress = progress(&[made(
        "0001-01-01 00:00",
        "a",
        "1",
        status("1.1", Status::Done),
    )]);
    assert_eq!(
        progress.weeks(date(2026, 11, 18), &zone()).ends.len(),
        MOST_WEEKS
    );
    assert_eq!(progress.weeks(Date::MIN, &zone()).ends.len(), 1);
    assert_eq!(
        progress.weeks(Date::MAX, &zone()).ends.last(),
        Some(&Date::MAX)
    );
    assert_eq!(
        Progress::new(document()).weeks(Date::MAX, &zone()),
        Weeks::default()
    );
}

#[test]
fn a_deadline_slips_from_what_it_was_first() {
    let day = |month, day| Some(Due::Date(date(2026, month, day)));
    let mut changes = vec![
        made("2026-09-01 10:00", "a", "1", due("1.1", day(10, 31))),
        made("2026-10-30 10:00", "a", "2", due("1.1", day(11, 30))),
        made("2026-11-01 10:00", "a", "3", due("1.1", None)),
        made("2026-11-02 10:00", "b", "4", due("1.1", day(12, 31))),
        made("2026-11-03 10:00", "a", "5", due("1.2", day(12, 31))),
        made("2026-11-04 10:00", "a", "6", due("1.2", day(11, 30))),
        made("2026-11-05 10:00", "c", "7", due("2.1", day(10, 1))),
        made("2026-11-06 10:00", "c", "8", due("2.1", Some(Due::Long))),
    ];
    let now = progress(&changes);
    let slip = now.slip(0).unwrap();
    assert_eq!(
        (slip.first, slip.times, &*slip.by),
        (day(10, 31).unwrap(), 2, "b")
    );
    assert_eq!(slip.days(now.record(0).due), Some(61));
    assert_eq!(now.slip(1), None, "earlier is no slip");
    let long = now.slip(2).unwrap();
    assert_eq!((long.times, long.days(now.record(2).due)), (1, None));
    changes.push(made(
        "2026-11-07 10:00",
        "b",
        "9",
        Body::Retract("4".into()),
    ));
    let now = progress(&changes);
    let slip = now.slip(0).unwrap();
    assert_eq!(
        (slip.times, &*slip.by),
        (1, "a"),
        "what is taken back is no slip"
    );
    assert_eq!(
        slip.days(now.record(0).due),
        None,
        "there is no deadline now"
    );
}

#[test]
fn news_is_what_others_did_since_the_visit() {
    let mut changes = vec![
        made("2026-11-01 10:00", "li", "1", status("1.1", Status::Done)),
        made("2026-11-02 10:00", "me", "2", status("1.2", Status::Done)),
        made("2026-11-03 10:00", "li", "3", status("2.1", Status::Done)),
    ];
    let ids = |progress: &Progress| {
        let news = progress.news("me").into_iter();
        news.map(|(change, set)| format!("{}:{}", change.id, set.id))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut now = progress(&changes);
    assert_eq!(ids(&now), "3:3", "since one's own last change");
    assert_eq!(now.news("wang"), [], "who was never here has no news");
    let visit = now.visit("2026-11-03T12:00:00+08:00".parse().unwrap());
    assert_eq!(visit.last.as_deref(), Some("3"));
    now.set_visit(Some(visit.clone()));
    assert_eq!(ids(&now), "");
    changes.extend([
        // Arrived late from another machine.
        made("2026-10-01 10:00", "zhao", "4", status("3.1", Status::Done)),
        made("2026-11-04 10:00", "li", "5", Body::Retract("1".into())),
        made("2026-11-04 11:00", "me", "6", status("3.2", Status::Done)),
        made("2026-11-04 12:00", "li", "7", status("4.1", Status::Done)),
        made("2026-11-04 13:00", "li", "8", Body::Retract("7".into())),
    ]);
    let mut now = progress(&changes);
    now.set_visit(Some(visit.clone()));
    assert_eq!(ids(&now), "4:4 5:1");
    // Another file replaced the journal: only the time is left.
    let mut now = progress(&changes[3..]);
    now.set_visit(Some(visit));
    assert_eq!(ids(&now), "");
}
