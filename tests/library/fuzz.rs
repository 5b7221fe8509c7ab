//! Random input as people and programs write it: nothing panics, and whatever is accepted means the
//! same when read again.

use crate::search::stage::Stage;
use jiff::{Span, civil::Date, tz::Offset};
use kouan::{
    day::{self, Due, MISSED_DAYS, Toward},
    document::yaml,
    progress::Change,
    search::{ChangeFilter, Query, find, highlight, readable, strangers},
};
use proptest::{prelude::*, sample::Index};

/// Returns text made of these parts, with a little of anything.
fn soup(parts: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let part = prop_oneof![
        12 => prop::sample::select(parts).prop_map(str::to_owned),
        1 => "(?s).{0,3}",
    ];
    prop::collection::vec(part, 0..most).prop_map(|parts| parts.concat())
}

/// Returns a text with up to three pieces removed, doubled, or replaced by soup.
fn spoilt(
    texts: &'static [&'static str],
    parts: &'static [&'static str],
) -> impl Strategy<Value = String> {
    let harm = (any::<Index>(), 0usize..6, 0u8..4, soup(parts, 3));
    let harms = prop::collection::vec(harm, 0..4);
    (prop::sample::select(texts), harms).prop_map(|(text, harms)| {
        let mut chars: Vec<char> = text.chars().collect();
        for (place, count, way, soup) in harms {
            let start = place.index(chars.len() + 1);
            let end = (start + count).min(chars.len());
            let old: Vec<char> = chars[start..end].to_vec();
            let new = match way {
                0 => String::new(),
                1 => old.iter().chain(&old).collect(),
                2 => soup,
                _ => old.iter().collect::<String>() + &soup,
            };
            chars.splice(start..end, new.chars());
        }
        chars.into_iter().collect()
    })
}

// -- the journal

const LINES: [&str; 5] = [
    r#"- {"at":"2026-11-23T10:12:05.123+08:00","by":"张三","session":"4hq2","id":"k7f3","clause":"16.1","status":"done"}"#,
    r#"- {"at":"2026-11-23T10:13:40Z","clock":"2026-11-23T10:13:40+08:00","by":"a","via":"b","session":"m","id":"p2","clause":"1.1/k2","remark":"等","kind":"problem"}"#,
    r#"- {"at":"2026-11-23T10:14:02+08:00","id":"t9","edits":[{"clause":"16.3","due":null},{"clause":"2.16.4","due":"2026-12-31","owner":"李四"}]}"#,
    r"- {at: 2026-11-23T10:15:00+08:00, by: 'it''s', id: x3v7, retract: k7f3} # 周会",
    r"- { at: 2026-11-23 10:15:00+08:00, id: 007, clause: 16.10, step: k1, text: [a], due: long, owner: ~ }",
];

#[rustfmt::skip]
const LINE_PARTS: [&str; 46] = [
    "- ", "{", "}", "[", "]", ",", ", ", ":", ": ", "\"", "'", "~", "null", "#", " # ", "&a",
    "*a", "!!str ", "|", ">", "? ", "<<", "\\", "\\u0000", "\\ud83d", "\\n", "\u{85}", "\u{2028}",
    "\t", "\r", "\0", "1.10", "0x1", "1e3", "-0", "true", "\"at\":\"2026-11-23T10:12:05Z\"",
    "\"id\":\"a\"", "\"clause\":\"1.1\"", "\"status\":\"done\"", "\"due\":\"long\"",
    "\"owner\":null", "\"step\":\"k\"", "\"edits\":[]", "\"retract\":\"a\"", "\"x\":{\"y\":[1]}",
];

/// Length of the id given to a line without one; it depends on the whole line, including comments.
const DERIVED: usize = 13;

/// Returns a change with the line that kouan would have written.
fn canonical(change: Change) -> Change {
    let line = change.to_line(Offset::UTC).into();
    Change { line, ..change }
}

fn journal_line(line: &str) -> Result<(), TestCaseError> {
    let Ok(change) = Change::read(line).map(canonical) else {
        return Ok(());
    };
    prop_assert_eq!(Change::read(&change.line), Ok(change.clone()), "{}", line);
    // A comment sends the line to the YAML reader, which takes these for line ends.
    let is_one = !line.contains(['\u{85}', '\u{2028}', '\u{2029}']);
    if let Ok(mut by_hand) = Change::read(&format!("{line} # x"))
        && is_one
    {
        if by_hand.id.len() == DERIVED {
            by_hand.id.clone_from(&change.id);
        }
        prop_assert_eq!(canonical(by_hand), change, "{}", line);
    }
    Ok(())
}

// -- documents

const DOCUMENTS: [&str; 2] = [
    "id: jia\ntitle: 甲市措施\nstage: 试行\npreamble: 为了\nchapters:\n- number: 1\n  title: 通关\n  measures:\n  - number: 1\n    title: 查验\n    clauses:\n    - id: '1.1'\n      text: 压缩时间。\n      units: [天津海关, 市商务局]\n      lead: [天津海关]\n      by_duties: true\n      said: （责任单位：天津海关）\n      due: 2026-12-31\n      owner: 张三\n- number: 2\n  title: 附则\n  text: 自印发之日起施行。\ncorrections:\n- line: 1\n  source: a\n  read: b\n  why: c\n",
    "# 手写\nid: \"b-1\"\ntitle: >\n  乙\n  办法\nchapters:\n  - {number: 1, title: a, measures: [{number: 1, title: b, clauses: [{id: 1.1, text: c, units: [], said: ''}]}]}\n",
];

#[rustfmt::skip]
const DOCUMENT_PARTS: [&str; 44] = [
    "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "- ", ": ", ":", "\"", "'", "#", " #", "|\n",
    ">-\n", "[", "]", "{", "}", ",", "&a ", "*a", "!!int ", "---\n", "...\n", "? ", "~", "null",
    "\t", "\r\n", "\u{feff}", "\u{85}", "\u{2028}", "\0", "0", "-1", "4294967296", "1.10",
    "id: x\n", "title: 甲\n", "chapters: []\n", "number: 1\n", "units: [a, a]\n", "due: 长期\n",
    "text: \\u0041\n",
];

fn document(text: &str) -> Result<(), TestCaseError> {
    let _ = yaml::read_header(text);
    let read = match yaml::read(text, "fuzz.yaml") {
        Ok(read) => read,
        Err(error) => {
            prop_assert!(error.to_string().contains("fuzz.yaml"), "{}", error);
            return Ok(());
        }
    };
    let written = yaml::write(&read);
    let again = yaml::read(&written, "fuzz.yaml").ok();
    prop_assert_eq!(again.as_ref(), Some(&read), "{}\n{}", text, written);
    let header = yaml::read_header(&written);
    let head = header.map(|head| (head.id, head.title, head.stage));
    let expected = (read.id.clone(), read.title.clone(), read.stage.clone());
    prop_assert_eq!(head, Some(expected), "{}", written);
    // YAML markers send the file to the YAML reader.
    let is_bare = !text.starts_with(['-', '%', '\u{feff}']);
    if let Ok(by_yaml) = yaml::read(&format!("--- # x\n{text}"), "x")
        && is_bare
    {
        prop_assert_eq!(by_yaml, read, "{}", text);
    }
    Ok(())
}

// -- days

#[rustfmt::skip]
const DAY_PARTS: [&str; 92] = [
    "2026", "0000", "9999", "年", "月", "日", "号", "-", "/", ".", "。", "+", "－", "０", "0", "1", "2",
    "9", "12", "29", "30", "31", "127", "128", "99999", "2147483648", "一", "二", "两", "三", "十",
    "〇", "半", "个", "周", "星期", "礼拜", "末", "底", "内", "之内", "前", "之前", "后", "以来", "今", "明", "去", "本",
    "上", "下", "下下", "上旬", "下旬", "半年", "季度", "第", "份", "完成", "d", "w", "m", "y", "天", "today",
    "month-end", "year-end", "long", "无", " ", " ", "in", "next", "last", "ago", "end of", "mid", "week", "days",
    "working", "friday", "fri", "dec", "may", "31st", "q4", "month", "the", "by", "工作日", "中", "中旬",
];

const DAYS: [&str; 14] = [
    "2026-12-31",
    "二〇二六年十二月三十一日前完成",
    "明年2月29日",
    "2028年二月底",
    "第四季度末",
    "下下周日",
    "+99999d",
    "三个月后",
    "半年内",
    "本月31日",
    "dec 31, 2026",
    "end of next month",
    "in 2 weeks",
    "10个工作日内",
];

fn today() -> impl Strategy<Value = Date> {
    let ends = prop::sample::select(&[Date::MIN, Date::MAX, Date::ZERO][..]);
    let near = (2020i16..2110, 1i8..=12, 1i8..=31);
    let near = near.prop_filter_map("no such day", |(y, m, d)| Date::new(y, m, d).ok());
    prop_oneof![1 => ends, 8 => near]
}

fn typed_day(text: &str, today: Date) -> Result<(), TestCaseError> {
    let wide: String = text.chars().map(full_width).collect();
    let past = day::day(text, today, Toward::Past);
    prop_assert_eq!(
        day::day(&wide, today, Toward::Past).ok(),
        past.clone().ok(),
        "{}",
        wide
    );
    let due = day::due(text, today);
    let ahead = match due {
        Ok(Some(Due::Date(day))) => Some(day),
        Ok(Some(Due::Long) | None) => None,
        Err(bad) => {
            prop_assert_eq!(bad.text, text.trim());
            bad.meant
        }
    };
    let found = [ahead, past.map_or_else(|bad| bad.meant, Some)];
    for found in found.into_iter().flatten().filter(|day| day.year() >= 0) {
        let read = day::due(&found.to_string(), today);
        prop_assert_eq!(read, Ok(Some(Due::Date(found))), "{}", text);
    }
    Ok(())
}

/// Returns the full-width form of an ASCII character, as Chinese input methods type it.
fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        c => c,
    }
}

// -- queries

#[rustfmt::skip]
const QUERY_PARTS: [&str; 70] = [
    " ", " ", "\u{3000}", "!", "！", "not:", "@", "＠", "#", "＃", "'", "\"", "“", "”", ":", "：",
    ",", "，", "|", "<", ">", "<=", "《", "＝", "is:", "owner:", "due:", "before:", "after:",
    "since:", "until:", "by:", "no:", "ch:", "stale:", "exact:", "open", "done", "已完成", "办理中",
    "逾期", "overdue", "red", "黄", "me", "none", "long", "长期", "海关", "tjhg", "duoshi", "锂电池",
    "第16条", "16.3", "16.", "。", "4294967296", "7d", "30天", "99999w", "12-31", "2-29",
    "2026-11-23", "月底", "周五", "12月底", "本月31日", "-", "長", "Ü",
];

fn query(text: &str, stage: &Stage) -> Result<(), TestCaseError> {
    let query = Query::parse(text);
    let _ = Query::from_words(&[text.to_owned()]);
    let _ = readable(text);
    for word in query.unread() {
        let alone = Query::parse(word);
        prop_assert_eq!(alone.unread(), std::slice::from_ref(word), "{}", text);
    }
    prop_assert_eq!(&Query::parse(&format!(" \u{3000}{text}")), &query);
    if Query::is_ended(text) {
        let more = Query::parse(&format!("{text} is:open"));
        prop_assert!(!more.is_empty() && more != query, "{}", text);
        prop_assert_eq!(more.unread(), query.unread(), "{}", text);
    }
    let scene = stage.scene();
    let found = find(&query, &scene);
    let right = found
        .clauses
        .iter()
        .all(|c| *c < scene.document.clauses.len());
    prop_assert!(
        right && (!query.is_empty() || found.clauses.len() == scene.document.clauses.len())
    );
    for range in highlight(&query, text) {
        prop_assert!(text.get(range).is_some(), "{}", text);
    }
    let _ = strangers(&query, &scene);
    let filter = ChangeFilter::new(&query, &scene);
    for line in LINES {
        let _ = Change::read(line).is_ok_and(|change| filter.admits(&change));
    }
    Ok(())
}

proptest! {
    #[test]
    fn journal_lines_mean_the_same_when_written(
        near in spoilt(&LINES, &LINE_PARTS),
        far in soup(&LINE_PARTS, 12),
        any in "(?s).{0,40}",
    ) {
        for line in [near, format!("- {{{far}}}"), far, any] {
            journal_line(&line)?;
        }
    }

    #[test]
    fn documents_mean_the_same_when_written(
        near in spoilt(&DOCUMENTS, &DOCUMENT_PARTS),
        far in soup(&DOCUMENT_PARTS, 20),
    ) {
        for text in [near, far] {
            document(&text)?;
        }
    }

    #[test]
    fn days_mean_the_same_when_written(
        near in spoilt(&DAYS, &DAY_PARTS),
        far in soup(&DAY_PARTS, 7),
        any in "(?s).{0,12}",
        today in today(),
    ) {
        for text in [near, far, any] {
            typed_day(&text, today)?;
        }
    }

    #[test]
    fn a_day_is_read_in_every_form_that_it_is_written_in(date in today(), today in today()) {
        for form in ["%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日", "%Y/%m/%d", "%b %d %Y", "%d %B %Y"] {
            let text = date.strftime(form).to_string();
            for toward in [Toward::Future, Toward::Past] {
                let read = day::day(&text, today, toward);
                prop_assert!(date.year() < 0 || read == Ok(date), "{}: {:?}", text, read);
            }
        }
    }

    /// A day without a year is near today: not months ago for a deadline, and not next year in the
    /// past.
    #[test]
    fn a_day_without_a_year_is_on_its_side_of_today(
        month in 1i8..=12,
        day in 1i8..=31,
        today in (2020i16..2110, 1i8..=12, 1i8..=28),
    ) {
        let today = Date::new(today.0, today.1, today.2).unwrap();
        let missed = today.saturating_sub(Span::new().days(MISSED_DAYS));
        for toward in [Toward::Future, Toward::Past] {
            let read = day::day(&format!("{month}月{day}日"), today, toward);
            let found = read.clone().or_else(|bad| bad.meant.ok_or(())).unwrap();
            prop_assert_eq!(found.month(), month);
            prop_assert!(found.day() == day || read.is_err());
            prop_assert!(toward == Toward::Past || found >= missed, "{}", found);
            prop_assert!(toward == Toward::Future || found <= today, "{}", found);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn queries_of_any_kind_are_answered(
        near in soup(&QUERY_PARTS, 8),
        any in "(?s).{0,12}",
    ) {
        thread_local! { static STAGE: Stage = Stage::new(); }
        STAGE.with(|stage| query(&near, stage).and_then(|()| query(&any, stage)))?;
    }
}
