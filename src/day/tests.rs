//! Tests of what people type as days.

use super::{BadDay, Due, Toward, day, due, understood};
use crate::locale::Lang;
use jiff::civil::{Date, date};

/// A Monday.
const TODAY: Date = date(2026, 11, 23);

fn deadlines(today: Date, table: &[(&str, Date)]) {
    for (text, want) in table {
        assert_eq!(due(text, today), Ok(Some(Due::Date(*want))), "{text}");
    }
}

#[test]
fn days_of_the_calendar() {
    let end = date(2026, 12, 31);
    for text in [
        "2026-12-31",
        "2026.12.31",
        "2026年12月31日",
        "2026 年 12 月 31 日前",
        "２０２６／１２／３１",
        "12-31",
        "12月31日",
        "12月31日前完成",
        "十二月三十一日",
        "二〇二六年十二月三十一日",
        "今年12月31日",
        "下月31号",
        "20261231",
        "dec 31",
        "31 Dec",
        "Dec. 31, 2026",
        "31st of December",
        "by dec-31-2026",
        "by 2026-12-31",
    ] {
        deadlines(TODAY, &[(text, end)]);
    }
    deadlines(
        TODAY,
        &[
            ("1月15日", date(2027, 1, 15)),
            ("明年1月15日", date(2027, 1, 15)),
            ("今年3月1日", date(2026, 3, 1)),
            ("11-23", TODAY),
            ("23日", TODAY),
            ("10日", date(2026, 12, 10)),
            ("10日前", date(2026, 12, 10)),
            ("二十五号", date(2026, 11, 25)),
            ("31日", date(2026, 12, 31)),
            ("本月10日", date(2026, 11, 10)),
        ],
    );
    assert_eq!(due("长期", TODAY), Ok(Some(Due::Long)));
    assert_eq!(due("long", TODAY), Ok(Some(Due::Long)));
    assert_eq!(due("none", TODAY), Ok(None));
}

#[test]
fn stretches_are_due_on_their_last_day() {
    let end = date(2026, 12, 31);
    for text in [
        "12月",
        "12月底",
        "12月底前",
        "12月末",
        "12月份",
        "十二月底",
        "2026年12月",
        "2026年12月底",
        "2026年12月底前完成",
        "2026.12",
        "2026-12",
        "下月底",
        "下月",
        "下个月底",
        "年底",
        "年底前",
        "年末",
        "年内",
        "今年底",
        "今年年底",
        "今年内",
        "2026年底",
        "2026年年底",
        "四季度",
        "第四季度末",
        "下半年",
        "2026年第四季度",
        "本季度末",
        "12月下旬",
        "december",
        "dec 2026",
        "next month",
        "end of next month",
        "end of the year",
        "end of 2026",
        "year-end",
        "q4",
        "2026 Q4",
        "this quarter",
    ] {
        deadlines(TODAY, &[(text, end)]);
    }
    deadlines(
        TODAY,
        &[
            ("月底", date(2026, 11, 30)),
            ("月底前", date(2026, 11, 30)),
            ("本月底", date(2026, 11, 30)),
            ("一季度末", date(2027, 3, 31)),
            ("下季度", date(2027, 3, 31)),
            ("上半年", date(2027, 6, 30)),
            ("明年上半年", date(2027, 6, 30)),
            ("明年3月", date(2027, 3, 31)),
            ("明年3月底", date(2027, 3, 31)),
            ("明年底", date(2027, 12, 31)),
            ("明年2月", date(2027, 2, 28)),
            ("2028年二月底", date(2028, 2, 29)),
            ("12月中旬", date(2026, 12, 20)),
            ("本月中旬", date(2026, 11, 20)),
            ("下旬", date(2026, 11, 30)),
            ("月中", date(2026, 11, 15)),
            ("下月中", date(2026, 12, 15)),
            ("mid december", date(2026, 12, 15)),
            ("end of month", date(2026, 11, 30)),
            ("month-end", date(2026, 11, 30)),
            ("next quarter", date(2027, 3, 31)),
        ],
    );
}

#[test]
fn days_from_today() {
    deadlines(
        TODAY,
        &[
            ("今天", TODAY),
            ("明天", date(2026, 11, 24)),
            ("后天", date(2026, 11, 25)),
            ("大后天", date(2026, 11, 26)),
            ("+2w", date(2026, 12, 7)),
            ("+1m", date(2026, 12, 23)),
            ("+1月", date(2026, 12, 23)),
            ("10天内", date(2026, 12, 3)),
            ("10日内", date(2026, 12, 3)),
            ("十五日之内", date(2026, 12, 8)),
            ("两周内", date(2026, 12, 7)),
            ("三个月内", date(2027, 2, 23)),
            ("半年内", date(2027, 5, 23)),
            ("一年内", date(2027, 11, 23)),
            ("3天后", date(2026, 11, 26)),
            ("7d", date(2026, 11, 30)),
            ("两周", date(2026, 12, 7)),
            ("tomorrow", date(2026, 11, 24)),
            ("3d", date(2026, 11, 26)),
            ("in 2 weeks", date(2026, 12, 7)),
            ("in-2-weeks", date(2026, 12, 7)),
            ("within a month", date(2026, 12, 23)),
            ("three days from now", date(2026, 11, 26)),
        ],
    );
}

#[test]
fn working_days_leave_weekends_out() {
    deadlines(
        TODAY,
        &[
            ("4个工作日内", date(2026, 11, 27)),
            ("5个工作日内", date(2026, 11, 30)),
            ("十个工作日内", date(2026, 12, 7)),
            ("10个工作日", date(2026, 12, 7)),
            ("in 10 working days", date(2026, 12, 7)),
            ("1 business day", date(2026, 11, 24)),
        ],
    );
    let saturday = date(2026, 11, 28);
    deadlines(saturday, &[("1个工作日内", date(2026, 11, 30))]);
    let past = day("3个工作日前", TODAY, Toward::Past);
    assert_eq!(past, Ok(date(2026, 11, 18)));
    let said = |text: &str| understood(text, due(text, TODAY).unwrap(), Lang::En);
    let note = " (weekends skipped; public holidays not known)";
    assert_eq!(said("10个工作日内"), format!("2026-12-07 Mon{note}"));
    assert_eq!(said("two weeks"), "2026-12-07 Mon");
}

#[test]
fn weeks_begin_on_monday() {
    let wednesday = date(2026, 11, 25);
    deadlines(
        wednesday,
        &[
            ("周五", date(2026, 11, 27)),
            ("friday", date(2026, 11, 27)),
            ("Fri", date(2026, 11, 27)),
            ("next friday", date(2026, 12, 4)),
            ("tues", date(2026, 12, 1)),
            ("星期五", date(2026, 11, 27)),
            ("礼拜五前", date(2026, 11, 27)),
            ("本周五", date(2026, 11, 27)),
            ("下周五", date(2026, 12, 4)),
            ("下个星期五", date(2026, 12, 4)),
            ("周三", wednesday),
            ("周二", date(2026, 12, 1)),
            ("本周二", date(2026, 11, 24)),
            ("下周一", date(2026, 11, 30)),
            ("周日", date(2026, 11, 29)),
            ("星期天", date(2026, 11, 29)),
        ],
    );
    // On a Sunday the week has not ended.
    let sunday = date(2026, 11, 29);
    deadlines(
        sunday,
        &[
            ("本周日", sunday),
            ("下周一", date(2026, 11, 30)),
            ("周一", date(2026, 11, 30)),
        ],
    );
    // A week ends on its Sunday, as a month does on its last day.
    for text in ["周末", "本周末", "本周内", "本周"] {
        deadlines(wednesday, &[(text, sunday)]);
    }
    for text in ["下周", "next week", "end of next week", "下周日"] {
        deadlines(wednesday, &[(text, date(2026, 12, 6))]);
    }
}

#[test]
fn a_day_that_was_missed_is_this_years() {
    let today = date(2026, 11, 25);
    deadlines(
        today,
        &[
            ("11月15日", date(2026, 11, 15)),
            // Sixty days ago, and a day more.
            ("9-26", date(2026, 9, 26)),
            ("9-25", date(2027, 9, 25)),
            ("9月底", date(2026, 9, 30)),
            ("8月底", date(2027, 8, 31)),
            ("三季度", date(2026, 9, 30)),
        ],
    );
    deadlines(date(2027, 1, 5), &[("12-31", date(2027, 12, 31))]);
    deadlines(date(2026, 11, 29), &[("9-30", date(2026, 9, 30))]);
    deadlines(date(2026, 11, 30), &[("9-30", date(2027, 9, 30))]);
}

#[test]
fn the_29th_of_february_is_a_leap_years() {
    let leap = date(2028, 2, 29);
    for text in ["2月29日", "2月29日前", "二月二十九日", "02-29", "2/29"] {
        deadlines(TODAY, &[(text, leap)]);
        let past = day(text, TODAY, Toward::Past);
        assert_eq!(past, Ok(date(2024, 2, 29)), "{text}");
    }
    deadlines(leap, &[("2-29", leap)]);
    // Missed by sixty days, and by a day more.
    deadlines(date(2028, 4, 29), &[("2-29", leap)]);
    deadlines(date(2028, 4, 30), &[("2-29", date(2032, 2, 29))]);
    // 2100 is not a leap year.
    deadlines(date(2096, 5, 1), &[("2-29", date(2104, 2, 29))]);
    let before = day("2-29", date(2104, 2, 28), Toward::Past);
    assert_eq!(before, Ok(date(2096, 2, 29)));
}

#[test]
fn past_days_as_people_type_them() {
    for (text, want) in [
        ("12-15", date(2025, 12, 15)),
        ("11-01", date(2026, 11, 1)),
        ("7d", date(2026, 11, 16)),
        ("2w", date(2026, 11, 9)),
        ("三天前", date(2026, 11, 20)),
        ("10日前", date(2026, 11, 13)),
        ("1个月", date(2026, 10, 23)),
        ("yesterday", date(2026, 11, 22)),
        ("3 days ago", date(2026, 11, 20)),
        ("last week", date(2026, 11, 16)),
        ("last friday", date(2026, 11, 20)),
        ("nov 1", date(2026, 11, 1)),
        ("this month", date(2026, 11, 1)),
        ("前天", date(2026, 11, 21)),
        ("周五", date(2026, 11, 20)),
        ("上周三", date(2026, 11, 18)),
        ("本周", TODAY),
        ("上周", date(2026, 11, 16)),
        ("10日", date(2026, 11, 10)),
        // A period in the past begins on its first day.
        ("11月", date(2026, 11, 1)),
        ("12月", date(2025, 12, 1)),
        ("本月", date(2026, 11, 1)),
        ("上月", date(2026, 10, 1)),
        ("今年", date(2026, 1, 1)),
        ("四季度", date(2026, 10, 1)),
        ("本季度", date(2026, 10, 1)),
        ("上月底", date(2026, 10, 31)),
    ] {
        assert_eq!(day(text, TODAY, Toward::Past), Ok(want), "{text}");
    }
}

#[test]
fn an_invalid_day_is_refused_with_what_may_be_meant() {
    let bad = |text: &str| due(text, TODAY).unwrap_err();
    assert_eq!(bad("2026-02-30").meant, Some(date(2026, 2, 28)));
    assert_eq!(bad("20260230").meant, Some(date(2026, 2, 28)));
    assert_eq!(bad("feb 30 2026").meant, Some(date(2026, 2, 28)));
    // Without a year, the suggested day is ahead too.
    assert_eq!(bad("6-31").meant, Some(date(2027, 6, 30)));
    assert_eq!(bad("10-32").meant, None);
    assert_eq!(bad("11-31").meant, Some(date(2026, 11, 30)));
    assert_eq!(bad("2月30日").meant, Some(date(2027, 2, 28)));
    assert_eq!(bad("今年2月29日").meant, Some(date(2026, 2, 28)));
    assert_eq!(bad("明年").meant, Some(date(2027, 12, 31)));
    for text in [
        "",
        "soon",
        "next",
        "dec 32",
        "in weeks",
        "end of",
        "13th month",
        "the",
        "99999个工作日内",
        "2026123",
        "20261301",
        "尽快",
        "春节前",
        "国庆",
        "2026-13-01",
        "26-12-31",
        "12-",
        "+w",
        "+99999999999d",
        "1-2-3-4",
        "99-99",
        "13月底",
        "五季度",
        "12月初",
        "32日",
        "周八",
        "底",
        "前",
        "第四",
    ] {
        assert_eq!(
            bad(text),
            BadDay {
                text: text.into(),
                meant: None
            },
            "{text}"
        );
    }
}

#[test]
fn nothing_typed_panics() {
    for text in [
        "+99999y",
        "-9999-01-01",
        "9999-12-31",
        "年月日",
        "月",
        "02-29",
        "９９９９年",
        "99999周内",
        "下周日",
        "127日",
        "999季度",
        "十十月",
        "明年底",
        "下个月",
        "上季度",
        "本周一",
        "127月上旬",
        "127月下旬",
        "44季度",
        "-128-1",
    ] {
        for today in [TODAY, Date::MAX, Date::MIN] {
            let _ = (due(text, today), day(text, today, Toward::Past));
        }
    }
}
