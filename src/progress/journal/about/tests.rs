//! Reading for some clauses against reading all.

use super::*;
use crate::progress::{
    Body, Edit, Progress, Record,
    tests::{change, document},
};
use jiff::tz::Offset;
use proptest::prelude::*;
use std::path::Path;

const HEADER: &str = "# kouan journal 1 · demo · one change a line, append only\n";

/// A line as kouan writes it, at some offset, or with a byte of it changed.
fn line() -> impl Strategy<Value = String> {
    let hours = prop::sample::select(vec![0, 8, 8, 8, -3]);
    let byte = prop::option::weighted(0.1, (any::<prop::sample::Index>(), 0x20u8..0x7f));
    // Many that replace each other, some of which set more.
    let target = prop::sample::select(vec!["1.1", "1.1", "1.1", "2.1", "1.1/k1"]);
    let status = prop::sample::select(Status::ALL.to_vec());
    let due = prop::option::weighted(0.2, prop::option::of(Just(Due::Long)));
    let status = (change(), target, status, due).prop_map(|(mut change, target, status, due)| {
        let mut edit = Edit::new(target.parse().unwrap());
        edit.status = Some(status);
        edit.due = due.filter(|_| edit.target.step.is_none());
        change.body = Body::Edits(vec![edit]);
        change
    });
    (prop_oneof![2 => change(), 3 => status], hours, byte).prop_map(|(change, hours, byte)| {
        let mut line = change.to_line(Offset::constant(hours)).into_bytes();
        if let Some((place, byte)) = byte {
            let place = place.index(line.len());
            line[place] = byte;
        }
        String::from_utf8_lossy(&line).into_owned()
    })
}

/// What a command that marks a clause asks of a journal.
#[derive(Debug, PartialEq)]
struct Told {
    records: Vec<Record>,
    last_at: Option<Timestamp>,
    unreadable: Vec<super::super::Unreadable>,
}

/// Reads the lines in two goes, as when somebody else appends in between.
fn told(
    path: &Path,
    lines: [&[String]; 2],
    about: Option<&[ClauseId]>,
    asked: &[ClauseId],
) -> Told {
    let document = document();
    std::fs::write(path, HEADER).unwrap();
    let mut journal = Journal::open(path, "demo").unwrap();
    if let Some(about) = about {
        journal = journal.about(about.iter().copied());
    }
    let mut progress = Progress::new(document.clone());
    let mut unreadable = Vec::new();
    let mut text = HEADER.to_owned();
    for lines in lines {
        text.extend(lines.iter().flat_map(|line| [line, "\n"]));
        std::fs::write(path, &text).unwrap();
        let mut insert = |change| {
            progress.insert(change);
        };
        unreadable.extend(journal.read_each(&mut insert).unwrap().unreadable);
    }
    let clauses = asked.iter().filter_map(|id| document.find(*id));
    let clauses: Vec<usize> = clauses.collect();
    Told {
        records: clauses
            .iter()
            .map(|c| progress.record(*c).clone())
            .collect(),
        last_at: journal.last_at,
        unreadable,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn what_is_read_gives_the_clauses_the_state_that_all_gives(
        lines in prop::collection::vec(line(), 1..24),
        split in any::<prop::sample::Index>(),
        asked in prop::collection::vec((1u32..=4, 1u32..=2), 1..3),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.yaml");
        let asked: Vec<ClauseId> = asked.iter().map(|(m, c)| ClauseId::new(*m, *c)).collect();
        let (first, second) = lines.split_at(split.index(lines.len()));
        let all = told(&path, [first, second], None, &asked);
        prop_assert_eq!(told(&path, [first, second], Some(&asked), &asked), all);
    }

    #[test]
    fn many_bytes_at_a_time_are_as_one_at_a_time(
        bytes in prop::collection::vec(prop_oneof![
            4 => 0x20..0x7f_u8,
            1 => any::<u8>(),
            1 => prop::sample::select(&b"\"\\\x1f\x20\x21\x7f\x80\xff\0#]"[..]),
        ], 0..40)
    ) {
        let odd = bytes.iter().any(|b| *b < b' ' || *b == b'\\');
        prop_assert_eq!(looks(&bytes), (odd, !bytes.is_ascii()));
        let quote = bytes.iter().position(|b| *b == b'"');
        let split = quote.map(|at| (&bytes[..at], &bytes[at + 1..]));
        prop_assert_eq!(until_quote(&bytes), split);
    }

    /// Whatever is passed over would have been read, and as one edit of that clause.
    #[test]
    fn what_is_passed_over_is_well_formed(line in line()) {
        let mut about = About::default();
        if about.passes(line.as_bytes(), 0) {
            let change = Change::read(&line);
            let change = change.map_err(|flaw| TestCaseError::fail(format!("{flaw:?} {line}")))?;
            prop_assert_eq!(Some(change.at), about.last_at());
            prop_assert_eq!(about.passed[0].id, about.name(change.id.as_bytes()));
            prop_assert!(matches!(change.body, Body::Edits(edits) if edits.len() == 1));
        }
    }
}

#[test]
fn a_status_that_was_replaced_is_not_read_until_a_retract_asks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.yaml");
    let line = |n: u32, rest: &str| {
        format!(
            "- {{\"at\":\"2026-11-23T10:12:{n:02}.000+08:00\",\"by\":\"a\",\"session\":\"b\",\"id\":\"line{n:02}\",{rest}}}\n"
        )
    };
    let set = |n, status: &str| line(n, &format!(r#""clause":"1.1","status":"{status}""#));
    let mut text = HEADER.to_owned();
    for n in 0..50 {
        text += &set(n, if n % 2 == 0 { "doing" } else { "done" });
    }
    std::fs::write(&path, &text).unwrap();
    let mut journal = Journal::open(&path, "demo").unwrap();
    journal = journal.about([ClauseId::new(1, 1)]);
    let mut read = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let mut ids = Vec::new();
        let mut take = |change: Change| ids.push(change.id.to_string());
        journal.read_each(&mut take).unwrap();
        ids
    };
    assert_eq!(read(&text), ["line49"]);
    text += &set(50, "blocked");
    assert_eq!(read(&text), ["line50"]);
    // Not taken: it sets more, or is not later.
    text += &line(51, r#""clause":"1.1","status":"todo","due":"long""#);
    text += &set(8, "closed").replace("line08", "late08");
    text += &set(50, "closed").replace("line50", "also50");
    assert_eq!(read(&text), ["line51", "late08", "also50"]);
    // A retract of another clause's change asks for nothing; one of the last status for all before it.
    text += &line(52, r#""retract":"elsewhere0""#);
    assert_eq!(read(&text), ["line52"]);
    text += &line(53, r#""retract":"line50""#);
    let ids = read(&text);
    assert_eq!(ids.len(), 50);
    assert_eq!(
        (&*ids[0], &*ids[1], &*ids[49]),
        ("line53", "line00", "line48")
    );
    text += &set(54, "done");
    assert_eq!(read(&text), ["line54"]);
    // Later and earlier are told across offsets too.
    text += &set(55, "todo")
        .replace("23T10", "23T02")
        .replace("+08:00", "+00:00");
    text += &set(56, "todo");
    text += &set(57, "todo").replace("+08:00", "+09:00");
    assert_eq!(read(&text), ["line57", "line56"]);
}

#[test]
fn only_what_does_not_count_is_passed_over() {
    let line = |rest: &str| {
        let head = r#"- {"at":"2026-11-23T10:12:05.123+08:00","by":"a","session":"b","id":"c","#;
        format!("{head}{rest}}}")
    };
    let passes = |rest: &str| {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("demo.yaml"), "demo").unwrap();
        let mut about = journal.about([ClauseId::new(1, 1)]).about.unwrap();
        about.passes(line(rest).as_bytes(), 0)
    };
    for other in [
        r#""clause":"1.10","status":"done""#,
        r#""clause":"11.1/k2","status":"todo""#,
        r#""clause":"2.1","status":"done","due":"2026-12-31","owner":"张三","remark":"等待","kind":"next""#,
        r#""clause":"2.1","due":null,"owner":null"#,
        r#""clause":"2.1","remark":"等待","kind":"of a later version""#,
        r#""clause":"1.1","status":"done""#,
    ] {
        assert!(passes(other), "{other}");
    }
    for whole in [
        r#""clause":"1.1","status":"done","due":null"#,
        r#""clause":"1.1/k2","status":"done""#,
        r#""clause":"2.1","step":"k2","text":"报文""#,
        r#""clause":"2.1","remark":"a \"word\"""#,
        r#""clause":"2.1","status":"finished""#,
        r#""clause":"2.1","due":"tomorrow""#,
        r#""clause":"2.1","due":"2026-02-30""#,
        r#""clause":"2.1","status":"done","status":"todo""#,
        r#""clause":"","status":"done""#,
        r#""clause":"2.1/","status":"done""#,
        r#""clause":"2.1","later":"1""#,
        r#""retract":"k7f3q2xm4a""#,
        r#""edits":[{"clause":"2.1","status":"done"}]"#,
    ] {
        assert!(!passes(whole), "{whole}");
    }
}

#[test]
fn times_are_compared_as_instants_and_held_to_the_calendar() {
    let at = |text: &str| -> At { text.as_bytes().try_into().unwrap() };
    let mut about = About::default();
    for good in [
        "2026-11-23T10:12:05.123+08:00",
        "2026-11-23T10:12:04.999+08:00",
        "2026-11-23T05:00:00.000+00:00",
        "2026-11-23T10:12:06.000+08:00",
    ] {
        assert!(about.take_time(at(good)), "{good}");
    }
    let latest = "2026-11-23T05:00:00Z".parse::<Timestamp>().unwrap();
    assert_eq!(about.last_at(), Some(latest));
    for bad in [
        "2026-11-23T24:12:06.000+08:00",
        "2026-11-23T10:60:06.000+08:00",
        "2026-11-23T10:12:60.000+08:00",
        "2026-11-23 10:12:06.000+08:00",
        "2026-11-23T10:12:06.0a0+08:00",
        "2026-02-30T10:12:06.000+08:00",
        "2026-11-23T10:12:06.000+08:0a",
    ] {
        assert!(!about.take_time(at(bad)), "{bad}");
    }
    assert_eq!(about.last_at(), Some(latest));
}
