//! Weekdays and weeks, which begin on Monday.

use super::{Period, Toward};
use jiff::{Span, civil::Date};

/// Reads 周五 (the next from today on, or the last up to today), 本周五, 下周五, 上周五; 下周, 本周内
/// and 周末 (Saturday and Sunday) are periods.
pub(super) fn read(text: &str, today: Date, toward: Toward) -> Option<Period> {
    let (week, rest) = which(text);
    let rest = ["周", "星期", "礼拜"]
        .iter()
        .find_map(|name| rest.strip_prefix(name))?;
    let (first, last) = match rest {
        "" if week.is_some() => (0, 6),
        "内" | "之内" | "以内" => (0, 6),
        "末" => (5, 6),
        "底" => (6, 6),
        day => (place(day)?, place(day)?),
    };
    let monday = -i32::from(today.weekday().to_monday_zero_offset());
    let week = week.unwrap_or(match toward {
        Toward::Future if monday + last < 0 => 1,
        Toward::Past if monday + first > 0 => -1,
        _ => 0,
    });
    let within = |day: i32| {
        let days = monday + day + 7 * week;
        today.checked_add(Span::new().try_days(days).ok()?).ok()
    };
    Some(Period {
        first: within(first)?,
        last: within(last)?,
    })
}

/// Returns which week a text names, if any, and the rest of the text.
fn which(text: &str) -> (Option<i32>, &str) {
    let named = [
        ("下下", 2),
        ("本", 0),
        ("这个", 0),
        ("这", 0),
        ("下个", 1),
        ("下", 1),
        ("上个", -1),
        ("上", -1),
    ];
    let found = named
        .iter()
        .find_map(|(word, week)| Some((Some(*week), text.strip_prefix(word)?)));
    found.unwrap_or((None, text))
}

fn place(day: &str) -> Option<i32> {
    Some(match day {
        "一" | "1" => 0,
        "二" | "2" => 1,
        "三" | "3" => 2,
        "四" | "4" => 3,
        "五" | "5" => 4,
        "六" | "6" => 5,
        "日" | "天" => 6,
        _ => return None,
    })
}
