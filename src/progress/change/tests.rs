//! Tests of the line format: written lines read back, and foreign ones read at all.

use super::*;

const HEAD: &str =
    r#""at":"2026-11-23T10:12:05.123+08:00","by":"zhangsan","session":"4hq2","id":"k7f3q2xm4a""#;

fn line(rest: &str) -> String {
    format!("- {{{HEAD},{rest}}}")
}

fn read(rest: &str) -> Change {
    Change::read(&line(rest)).unwrap()
}

fn flaw(rest: &str) -> Flaw {
    Change::read(&line(rest)).unwrap_err()
}

#[test]
fn the_lines_of_the_design_are_read_and_written_back_byte_for_byte() {
    let journal = r#"- {"at":"2026-11-23T10:12:05.123+08:00","by":"zhangsan","session":"4hq2","id":"k7f3q2xm4a","clause":"1.1","status":"done"}
- {"at":"2026-11-23T10:13:40.007+08:00","by":"lisi","session":"m0ze","id":"p2c8w1n5ru","clause":"16.3","remark":"等待海关总署部署","kind":"problem"}
- {"at":"2026-11-23T10:14:02.551+08:00","by":"lisi","session":"m0ze","id":"t9y4e6b0hd","edits":[{"clause":"16.3","status":"blocked","remark":"无接口"},{"clause":"16.4","due":"2026-12-31"}]}
- {"at":"2026-11-23T10:15:00.000+08:00","by":"zhangsan","session":"4hq2","id":"x3v7j5a1qs","retract":"k7f3q2xm4a"}
- {"at":"2026-11-23T10:15:00.000+08:00","clock":"2026-11-23T09:15:00.000+08:00","by":"a","session":"b","id":"c","clause":"16.3/k2","status":"done"}
- {"at":"2026-11-23T10:15:00.000+08:00","by":"a","session":"b","id":"c","clause":"16.3","due":null,"owner":null,"step":"k2","text":"报文"}
- {"at":"2026-11-23T10:15:00.000+08:00","by":"a","session":"b","id":"c","edits":[{"clause":"+k7","item":"+k7","text":"买咖啡","units":["天津海关","市商务局"],"due":"2026-12-31"},{"clause":"+b2","item":"+b2","text":""}]}
- {"at":"2026-11-23T10:15:00.000+08:00","by":"a","session":"b","id":"c","edits":[{"clause":"+k7","text":null},{"clause":"16.3/k2","text":"报文","after":null},{"clause":"16.3/k3","after":"k2"}]}
- {"at":"2026-11-23T10:15:00.000+08:00","by":"a","session":"b","id":"c","edits":[]}"#;
    let offset = jiff::tz::offset(8);
    for line in journal.lines() {
        let change = Change::read(line).unwrap();
        assert_eq!(change.to_line(offset), line);
        assert_eq!(&*change.line, line);
    }
}

#[test]
fn an_item_needs_no_clause_beside_it() {
    let with = read(r#""clause":"+k7","item":"+k7","text":"买咖啡""#);
    let without = read(r#""item":"+k7","text":"买咖啡""#);
    assert_eq!(with.body, without.body);
}

#[test]
fn what_a_person_writes_in_yaml_means_the_same() {
    for (rest, yaml) in [
        (
            r#""clause":"16.10","status":"done""#,
            "clause: 16.10, status: done",
        ),
        (
            r#""clause":"1.1","due":"2026-12-31","owner":null"#,
            "clause: 1.1, due: 2026-12-31, owner: ~",
        ),
        (
            r#""clause":"1.1","due":null,"owner":"李四""#,
            "clause: '1.1', due: null, owner: 李四 # 周会",
        ),
        (r#""retract":"p2c8w1n5ru""#, "retract: p2c8w1n5ru"),
        (
            r#""edits":[{"clause":"1.1/k2","status":"todo"},{"clause":"2.1","remark":"a: b","kind":"next"}]"#,
            "edits: [{clause: 1.1/k2, status: todo}, {clause: 2.1, remark: 'a: b', kind: next}]",
        ),
    ] {
        let head =
            "-  { at: 2026-11-23T10:12:05.123+08:00, by: zhangsan, session: 4hq2, id: k7f3q2xm4a,";
        let by_hand = match yaml.split_once(" #") {
            Some((yaml, comment)) => format!("{head} {yaml} }} #{comment}"),
            None => format!("{head} {yaml} }}"),
        };
        let read = Change::read(&by_hand).unwrap();
        let expected = Change {
            line: by_hand.as_str().into(),
            ..self::read(rest)
        };
        assert_eq!(read, expected);
    }
}

#[test]
fn who_ran_it_is_in_the_line_where_it_is_somebody_else() {
    let plain = read(r#""clause":"1.1","owner":"x""#);
    assert!(!plain.to_line(Offset::UTC).contains("via"));
    let ran = Change {
        via: Some("李四".into()),
        ..plain
    };
    let line = ran.to_line(Offset::UTC);
    assert!(
        line.contains(r#""by":"zhangsan","via":"李四","session""#),
        "{line}"
    );
    assert_eq!(Change::read(&line).unwrap().via, ran.via);
    assert!(ran.is_of("李四") && ran.is_of("zhangsan") && !ran.is_of("王五"));
}

#[test]
fn both_readers_give_the_same_answer_for_every_character() {
    let odd = "\"\\/\u{8}\u{c}\n\r\t\0\u{1b}\u{7f}\u{85}\u{9f}\u{a0}\u{2028}\u{2029}\u{feff}\u{fffd}\u{fffe}\u{ffff}😀👨‍👩‍👧“药食同源” # : - {}[],&*!|>%@`'";
    let all: String = (0..=0x3000)
        .chain(0xd7f0..=0xe010)
        .chain(0xff00..=0x10010)
        .filter_map(char::from_u32)
        .collect();
    for text in [odd, &all, "", " ", "~", "null", "1.0", "yes"] {
        let mut change = read(r#""clause":"1.1","owner":"x""#);
        let Body::Edits(edits) = &mut change.body else {
            unreachable!()
        };
        edits[0].owner = Some(Some(text.to_owned()));
        // Names are short; twice the longest text is more than the YAML reader accepts.
        change.via = (text.len() < 512).then(|| text.into());
        change.line = change.to_line(Offset::UTC).into();
        assert_eq!(Change::read(&change.line).unwrap(), change);
        assert_eq!(read::by_yaml(&change.line).unwrap(), change);
    }
}

#[test]
fn times_are_instants_in_any_precision_and_offset() {
    let at = |text: &str| {
        Change::read(&format!("- {{\"at\":\"{text}\",\"clause\":\"1.1\"}}")).map(|c| c.at)
    };
    let noon = at("2026-11-23T12:00:00+08:00").unwrap();
    for same in [
        "2026-11-23T04:00:00Z",
        "2026-11-23T04:00:00.000000000Z",
        "2026-11-22T23:30:00-04:30",
        "2026-11-23 12:00:00.0+08:00",
    ] {
        assert_eq!(at(same).unwrap(), noon, "{same}");
    }
    assert!(at("2026-11-23T12:00:00.000000001+08:00").unwrap() > noon);
    for none in ["2026-11-23T12:00:00", "2026-11-23", "", "gestern", "1e9"] {
        assert_eq!(at(none), Err(Flaw::TIME), "{none}");
    }
}

#[test]
fn every_valid_time_can_be_written() {
    let last = super::END - jiff::SignedDuration::from_nanos(1);
    for at in [Timestamp::MIN, last, Timestamp::UNIX_EPOCH] {
        for offset in [Offset::MIN, Offset::MAX, Offset::UTC, jiff::tz::offset(-3)] {
            let change = Draft::new("a", "b", Body::Retract("x".into())).at(at, None, offset);
            let Ok(back) = Change::read(&change.line) else {
                // RFC 3339 has no years before 0; jiff's own zones go there.
                assert_eq!(at, Timestamp::MIN);
                continue;
            };
            assert_eq!(back.at, at);
        }
    }
}

#[test]
fn fields_from_a_later_version_are_kept_and_ignored() {
    let change = read(r#""clause":"1.1","mood":{"a":[1,2.5e300,null]},"status":"doing""#);
    assert_eq!(change.edits()[0].status, Some(Status::Doing));
    assert!(change.line.contains("mood"));
    let kind = read(r#""clause":"1.1","remark":"x","kind":"gossip""#);
    assert_eq!(
        kind.edits()[0].remark,
        Some((Kind::Progress, "x".to_owned()))
    );
}

#[test]
fn what_cannot_be_read_says_why() {
    for (rest, expected) in [
        (
            r#""clause":"1.1","status":"of-a-later-version""#,
            Flaw::STATUS,
        ),
        (r#""clause":"1.1","due":"2026-13-01""#, Flaw::DUE),
        (r#""clause":"1.1","due":"soon""#, Flaw::DUE),
        (r#""clause":"","status":"done""#, Flaw::TARGET),
        (r#""clause":"1.1/","status":"done""#, Flaw::TARGET),
        (r#""clause":"1.1","step":"k1""#, Flaw::STEP),
        (r#""clause":"1.1","retract":"x""#, Flaw::BODY),
        (r#""status":"done""#, Flaw::BODY),
        (r#""edits":[{"status":"done"}]"#, Flaw::TARGET),
        (r#""item":"+k7""#, Flaw::ITEM),
        (r#""item":"+k7","text":null"#, Flaw::ITEM),
        (r#""item":"1.1","text":"甲""#, Flaw::ITEM),
        (r#""item":"+k7/k1","text":"甲""#, Flaw::ITEM),
        (r#""clause":"1.1","step":"k1","text":null"#, Flaw::STEP),
        (r#""clause":["1.1"]"#, Flaw::SYNTAX),
        (
            r#""clause":"1.1","status":"done","status":"todo""#,
            Flaw::SYNTAX,
        ),
        (r#""clause":"1.1","remark":"\ud800""#, Flaw::SYNTAX),
    ] {
        assert_eq!(flaw(rest), expected, "{rest}");
    }
    for line in [
        "",
        "-",
        "- ",
        "{}",
        "-{}",
        "- []",
        "- {",
        "- }",
        "<<<<<<< HEAD",
        "- {a: &a [*a]}",
    ] {
        assert!(Change::read(line).is_err(), "{line}");
    }
    for open in ["[", "{\"a\":", "{a: ", "[[[{"] {
        let deep = format!("- {{\"a\":{}", open.repeat(100_000));
        assert_eq!(Change::read(&deep), Err(Flaw::SYNTAX));
    }
}

#[test]
fn a_line_without_id_is_known_by_its_bytes() {
    let id = |line: &str| Change::read(line).unwrap().id;
    let a = id(r#"- {"at":"2026-11-23T12:00:00Z","clause":"1.1","status":"done"}"#);
    let b = id(r#"- {"at":"2026-11-23T12:00:00Z","clause":"1.2","status":"done"}"#);
    assert_eq!(a, "hb82a0d6bhh4d");
    assert_ne!(a, b);
}

#[test]
fn ids_are_ten_digits_and_differ() {
    let ids: std::collections::HashSet<_> = (0..1000).map(|_| random_id(10)).collect();
    assert_eq!(ids.len(), 1000);
    assert!(
        ids.iter()
            .flat_map(|id| id.bytes())
            .all(|b| DIGITS.contains(&b))
    );
    assert!(ids.iter().all(|id| id.len() == 10));
}

#[test]
fn targets_and_deadlines_are_read_as_they_are_shown() {
    for text in ["16.3", "16.3/k2", "2.16.3/a/b", "附件"] {
        assert_eq!(text.parse::<Target>().unwrap().to_string(), text);
    }
    for text in ["long", "2026-12-31", "0001-01-01"] {
        assert_eq!(text.parse::<Due>().unwrap().to_string(), text);
    }
    for text in [
        "",
        "none",
        "Long",
        "2026-12-31T00:00",
        "20261231",
        "2026-02-30",
    ] {
        assert_eq!(text.parse::<Due>(), Err(()), "{text}");
    }
}
