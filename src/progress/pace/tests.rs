//! Paces of clauses and groups, given, proposed and overdue.

use super::*;
use crate::progress::Step;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn record(due: &str, status: Status) -> Record {
    Record {
        status,
        due: Some(match due {
            "long" => Due::Long,
            due => Due::Date(day(due)),
        }),
        ..Record::default()
    }
}

fn given(due: &str, status: Status, at: &str) -> Record {
    Record {
        dated: Some(at.parse().unwrap()),
        ..record(due, status)
    }
}

fn stepped(mut record: Record, done: usize, of: usize) -> Record {
    let step = |nth: usize| Step {
        id: format!("k{nth}").into(),
        text: "步".into(),
        due: None,
        status: if nth < done {
            Status::Done
        } else {
            Status::Todo
        },
    };
    record.steps = (0..of).map(step).collect();
    record
}

fn titled(title: &str) -> Document {
    let mut document = Document::default();
    document.title = title.to_owned();
    document
}

type Measured<T> = Option<(i32, T, Light)>;

fn clause(record: &Record, today: &str) -> Measured<Option<(usize, usize)>> {
    let zone = TimeZone::UTC;
    let meter = PaceRule::default().on(&titled(""), day(today), &zone);
    meter.clause(record).map(|p| (p.gone, p.done, p.light))
}

fn group(records: &[Record], today: &str) -> Measured<(usize, usize)> {
    let zone = TimeZone::UTC;
    let meter = PaceRule::default().on(&titled(""), day(today), &zone);
    let pace = meter.group(records);
    pace.map(|p| (p.gone, p.done.unwrap(), p.light))
}

#[test]
fn a_clause_without_evidence_has_no_light() {
    for status in [Status::Todo, Status::Doing] {
        for today in ["2025-01-01", "2025-11-27", "2025-12-31"] {
            assert_eq!(clause(&record("2025-12-31", status), today), None);
        }
        let overdue = clause(&record("2025-12-31", status), "2026-01-01");
        assert_eq!(overdue, Some((100, None, Light::Red)));
    }
    let blocked = clause(&record("2025-12-31", Status::Blocked), "2025-01-01");
    assert_eq!(blocked, Some((0, None, Light::Yellow)));
    let closed = clause(&record("2025-12-31", Status::Closed), "2026-01-01");
    assert_eq!(closed, Some((100, None, Light::Green)));
    for record in [
        record("long", Status::Done),
        record("2025-12-31", Status::Ongoing),
        record("2025-12-31", Status::Dropped),
        stepped(Record::default(), 0, 2),
    ] {
        assert_eq!(clause(&record, "2026-01-01"), None);
    }
}

#[test]
fn a_clause_is_as_far_as_its_steps() {
    // 2025 has 364 days from its first to its last.
    for (today, done, gone, light) in [
        ("2024-06-01", 0, 0, Light::Green),
        ("2025-02-03", 0, 9, Light::Green),
        ("2025-02-06", 0, 10, Light::Yellow),
        ("2025-04-20", 0, 30, Light::Red),
        ("2025-04-20", 1, 30, Light::Green),
        ("2025-07-02", 1, 50, Light::Yellow),
        ("2025-12-30", 3, 99, Light::Yellow),
    ] {
        let record = stepped(record("2025-12-31", Status::Doing), done, 4);
        let found = clause(&record, today);
        assert_eq!(found, Some((gone, Some((done, 4)), light)), "{today}");
    }
    let blocked = stepped(record("2025-12-31", Status::Blocked), 4, 4);
    let found = clause(&blocked, "2025-07-02");
    assert_eq!(found, Some((50, Some((4, 4)), Light::Yellow)));
}

#[test]
fn a_deadline_that_was_just_given_is_not_behind() {
    let given = given("2025-12-31", Status::Todo, "2025-11-30T20:00:00Z");
    let given = stepped(given, 0, 3);
    let meter = |rule: &PaceRule, today: &str| {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let meter = rule.on(&titled("2025 年措施"), day(today), &zone);
        let pace = meter.clause(&given).unwrap();
        (pace.from, pace.gone, pace.light)
    };
    let rule = PaceRule::default();
    let december = day("2025-12-01");
    assert_eq!(meter(&rule, "2025-12-01"), (december, 0, Light::Green));
    assert_eq!(meter(&rule, "2025-12-16"), (december, 50, Light::Red));
    let start = Some(day("2025-05-01"));
    let set = PaceRule { start, ..rule };
    assert_eq!(
        meter(&set, "2025-12-01"),
        (day("2025-05-01"), 88, Light::Red)
    );
}

#[test]
fn a_deadline_given_when_it_had_passed_says_from_when() {
    let late = given("2025-11-20", Status::Todo, "2025-11-27T09:00:00Z");
    let zone = TimeZone::UTC;
    let meter = PaceRule::default().on(&titled("2025 年措施"), day("2025-11-27"), &zone);
    let pace = meter.clause(&late).unwrap();
    let span = (day("2025-01-01"), day("2025-11-20"));
    assert_eq!(((pace.from, pace.to), pace.light), (span, Light::Red));
}

#[test]
fn the_documents_own_deadlines_count_from_its_year() {
    let zone = TimeZone::UTC;
    let rule = PaceRule::default();
    let meter = rule.on(&titled("2025 年专项行动措施"), day("2026-01-01"), &zone);
    // Half of two years.
    let pace = meter.group([&record("2026-12-31", Status::Done)]).unwrap();
    let span = (day("2025-01-01"), day("2026-12-31"));
    assert_eq!(((pace.from, pace.to), pace.gone), (span, 50));
    // A deadline before the start.
    let start = Some(day("2025-05-01"));
    let rule = PaceRule { start, ..rule };
    for (today, gone, light) in [
        ("2025-03-31", 0, Light::Green),
        ("2025-04-02", 100, Light::Red),
    ] {
        let meter = rule.on(&titled(""), day(today), &zone);
        let pace = meter.group([&record("2025-04-01", Status::Todo)]).unwrap();
        assert_eq!((pace.gone, pace.light), (gone, light));
    }
}

#[test]
fn a_group_compares_its_rate_with_the_time() {
    let all = [
        record("2025-12-31", Status::Done),
        record("2025-06-30", Status::Closed),
        record("long", Status::Todo),
        record("2025-12-31", Status::Ongoing),
        record("2025-12-31", Status::Dropped),
        Record::default(),
    ];
    assert_eq!(group(&all, "2025-07-02"), Some((50, (2, 4), Light::Green)));
    assert_eq!(group(&all, "2025-09-15"), Some((71, (2, 4), Light::Yellow)));
    assert_eq!(group(&all[2..], "2025-07-02"), None);
    // One that is overdue makes it red, however far the rest is.
    let mut most = vec![record("2025-12-31", Status::Done); 9];
    most.push(record("2025-01-31", Status::Blocked));
    assert_eq!(group(&most, "2025-07-02"), Some((50, (9, 10), Light::Red)));
    let zone = TimeZone::UTC;
    let meter = PaceRule::default().on(&titled(""), day("2025-07-02"), &zone);
    let overdue = |records: &[Record]| meter.group(records).unwrap().overdue;
    assert_eq!(overdue(&most), 1);
    assert_eq!((overdue(&most[..9]), overdue(&most[9..])), (0, 0));
}

#[test]
fn what_is_not_complete_is_never_called_so() {
    let mut most = vec![record("2025-12-31", Status::Done); 999];
    most.push(record("2025-12-31", Status::Todo));
    let zone = TimeZone::UTC;
    let meter = PaceRule::default().on(&titled(""), day("2025-12-31"), &zone);
    assert_eq!(meter.group(&most).unwrap().lag(), 1);
}
