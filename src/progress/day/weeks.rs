//! Days of the week, which begins on Monday.

use super::Toward;
use jiff::{Span, civil::Date};

/// What a text about a week names.
pub(super) enum Found {
    Day(Date),
    /// More days than one, of which this is the last: 周末.
    Several(Date),
}

/// Reads 周五 (the next from today on, or the last up to today), 本周五, 下周五, 上周五; 周末 and
/// 本周内 are several days. Looked for in the past, 本周 and 上周 are their Mondays.
pub(super) fn read(text: &str, today: Date, toward: Toward) -> Option<Found> {
    let (week, rest) = which(text);
    let rest = ["周", "星期", "礼拜"]
        .iter()
        .find_map(|name| rest.strip_prefix(name))?;
    let monday = -i32::from(today.weekday().to_monday_zero_offset());
    let within = |day: i32, week: i32| {
        let days = monday + day + 7 * week;
        today.checked_add(Span::new().try_days(days).ok()?).ok()
    };
    if week.is_some() && rest.is_empty() && toward == Toward::Past {
        return within(0, week?).map(Found::Day);
    }
    if matches!(rest, "" | "末" | "底" | "内" | "之内" | "以内") {
        return within(6, week.unwrap_or(0)).map(Found::Several);
    }
    let day = place(rest)?;
    let week = week.unwrap_or(match toward {
        Toward::Future if monday + day < 0 => 1,
        Toward::Past if monday + day > 0 => -1,
        _ => 0,
    });
    within(day, week).map(Found::Day)
}

/// Returns which week a text names, if it does, and what follows.
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
