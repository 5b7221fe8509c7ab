//! Reads days as people write them, for import, the screen, commands, ledgers and search alike.
//!
//! A text names a day or a period. As a deadline a period means its last day; in the past, its
//! first.
//!
//! **Without a year**, a deadline (`11-15`, `11月15日`, `10月底`, `三季度`) is in this year if it
//! is still ahead or passed at most [`MISSED_DAYS`] days ago, since people also record missed
//! deadlines; otherwise it is the next one: next year's, or a leap year's for `2月29日`. In the
//! past, it is the last such day up to today.

mod calendar;
mod english;
mod spelling;
#[cfg(test)]
mod tests;
mod typed;
mod weeks;

pub use calendar::in_year;
pub use spelling::spelled;
pub use typed::TypedDay;

use crate::locale::Lang;
use jiff::{Span, civil::Date};
use spelling::number;
use std::{fmt, str::FromStr};

/// How many days ago a deadline without a year may have passed and still be this year's.
pub const MISSED_DAYS: i32 = 60;

/// Where to look for a day without a year: from today on, or up to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// A deadline: `01-15` typed in November is next January's, and a month its last day.
    Future,
    /// A past day: `12-15` typed in January is last December's, and a month its first day.
    Past,
}

/// A deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// The last day.
    Date(Date),
    /// 长期: no last day.
    Long,
}

/// The days a text names, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// A text that names no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}: not a day")]
pub struct BadDay {
    /// What was typed.
    pub text: String,
    /// The day that may be meant: the last of the month if the month has no such day.
    pub meant: Option<Date>,
}

/// Reads a deadline: a day, `long` (长期), or `None` for `none` (无).
///
/// # Errors
///
/// The text is none of these.
pub fn due(text: &str, today: Date) -> Result<Option<Due>, BadDay> {
    match text.trim() {
        "long" | "长期" | "长期坚持" => Ok(Some(Due::Long)),
        "none" | "无" | "-" => Ok(None),
        other => day(other, today, Toward::Future).map(|day| Some(Due::Date(day))),
    }
}

/// Reads a day: the last day of a period as a deadline, the first in the past.
///
/// # Errors
///
/// As [`period`]; also if a deadline is a whole year.
pub fn day(text: &str, today: Date, toward: Toward) -> Result<Date, BadDay> {
    let period = period(text, today, toward)?;
    // A year alone is too vague for a deadline; 2026年底 is not.
    let is_year = period.first.last_of_year() == period.last && period.first.day_of_year() == 1;
    if is_year && toward == Toward::Future {
        return Err(BadDay {
            text: text.to_owned(),
            meant: Some(period.last),
        });
    }
    Ok(period.toward(toward))
}

/// Returns how many days later the second day is; negative if it is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// Returns how a text was understood: the deadline with its weekday, and for working days a note
/// that public holidays are not counted.
pub fn understood(text: &str, due: Option<Due>, lang: Lang) -> String {
    let mut said = match due {
        Some(Due::Date(day)) => {
            let place = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
            let weekday = lang.text("day.weekdays").split(' ').nth(place);
            format!("{day} {}", weekday.unwrap_or_default())
        }
        Some(Due::Long) => lang.text("due.long").to_owned(),
        None => lang.text("day.none").to_owned(),
    };
    if counts_working_days(text) {
        said += lang.text("day.weekends-only");
    }
    said
}

/// Returns whether a text counts working days.
pub fn counts_working_days(text: &str) -> bool {
    common(text).contains("工作日")
}

/// Returns a text in the common spelling, translated from English if needed.
fn common(text: &str) -> String {
    let spelled = spelled(text);
    english::common(&spelled).unwrap_or(spelled)
}

/// Reads a day or a period, in English, digits or Han numerals:
///
/// - a calendar day: `2026-12-31`, `2026.12.31`, `2026年12月31日`, `12-31`, `12月31日`,
///   明年1月15日, `10日` (the next, or the last);
/// - a calendar period: 12月, 12月上旬, 2026年12月, `december`, 下月, 四季度, `q4`, 上半年; with
///   底, 末 or 内 only its last day: 12月底, 月底, `end of year`, 一季度末; 月中 is the 15th;
/// - a distance from today: 今天, `tomorrow`, 后天, `3d` or `+2w` (d, w, m or y), 10日内, `in 2
///   weeks`, 三个月后, 10个工作日内; in the past, `7d` and 三天前 count back;
/// - a day of the week, which begins on Monday: 周五, `friday` (the next, today included), 下周五,
///   `next week`, 周末.
///
/// 前, 之前 and 完成 at the end are ignored: a deadline is the last day in time.
///
/// # Errors
///
/// The text is none of these, or the calendar has no such day.
pub fn period(text: &str, today: Date, toward: Toward) -> Result<Period, BadDay> {
    let spelled = common(text);
    let bare = before(&spelled);
    let found = distance(&spelled, today, toward).or_else(|| named(bare, today));
    let found = found.map(Period::from);
    if let Some(period) = found.or_else(|| weeks::read(bare, today, toward)) {
        return Ok(period);
    }
    calendar::read(bare, today, toward).map_err(|meant| BadDay {
        text: text.to_owned(),
        meant,
    })
}

impl Period {
    const fn toward(self, toward: Toward) -> Date {
        match toward {
            Toward::Future => self.last,
            Toward::Past => self.first,
        }
    }
}

impl From<Date> for Period {
    fn from(day: Date) -> Self {
        Self {
            first: day,
            last: day,
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::Long => f.write_str("long"),
        }
    }
}

/// Reads an ISO 8601 date (`2026-12-31`) or `long`.
impl FromStr for Due {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "long" {
            return Ok(Self::Long);
        }
        // jiff also accepts times and shorter forms; a deadline has one spelling.
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let date = if plain { text.parse().ok() } else { None };
        date.map(Self::Date).ok_or(())
    }
}

/// Strips 前, 之前, 前完成.
fn before(text: &str) -> &str {
    let text = text.strip_suffix("完成").unwrap_or(text);
    let ends = ["之前", "以前", "为止", "前", "止"];
    let found = ends.iter().find_map(|end| text.strip_suffix(end));
    found.unwrap_or(text)
}

fn named(text: &str, today: Date) -> Option<Date> {
    let days = match text {
        "今天" | "今日" | "当天" | "当日" => 0,
        "明天" | "明日" => 1,
        "后天" | "后日" => 2,
        "大后天" => 3,
        "昨天" | "昨日" => -1,
        "前天" => -2,
        "大前天" => -3,
        _ => return None,
    };
    today.checked_add(Span::new().days(days)).ok()
}

/// Reads `+2w`, `2w`, 两周内, 三天后; in the past, `2w`, `-2w` and 三天前 count back.
fn distance(text: &str, today: Date, toward: Toward) -> Option<Date> {
    let (ends, sign) = match toward {
        Toward::Future => (["以内", "之内", "内", "以后", "之后", "后"].as_slice(), ""),
        Toward::Past => (["以前", "之前", "前", "以来", "内"].as_slice(), "-"),
    };
    if let Some(rest) = text.strip_prefix('+') {
        return reach(today, rest, false).or_else(|| forward(today, months(rest)?));
    }
    let back = toward == Toward::Past;
    match ends.iter().find_map(|end| text.strip_suffix(end)) {
        Some(rest) => reach(today, rest, back),
        // `10日` and `1年` alone are not distances.
        None if text.ends_with(['日', '年']) && !text.ends_with("工作日") => None,
        None => reach(today, text.strip_prefix(sign).unwrap_or(text), back),
    }
}

/// Returns the day at a distance from today.
fn reach(today: Date, length: &str, back: bool) -> Option<Date> {
    if let Some(count) = length.strip_suffix("工作日") {
        let count = number(count.strip_suffix('个').unwrap_or(count))?;
        return working_day(today, count, back);
    }
    let span = span(length)?;
    forward(today, if back { span.negate() } else { span })
}

/// Returns the day this many working days away, today not counted.
fn working_day(today: Date, count: u16, back: bool) -> Option<Date> {
    let step = Span::new().days(if back { -1 } else { 1 });
    let mut day = today;
    for _ in 0..count {
        day = forward(day, step)?;
        while day.weekday().to_monday_zero_offset() > 4 {
            day = forward(day, step)?;
        }
    }
    Some(day)
}

fn forward(today: Date, span: Span) -> Option<Date> {
    today.checked_add(span).ok()
}

/// Reads a length of time. 3月 is a calendar month and 2026年 a calendar year.
fn span(text: &str) -> Option<Span> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at_checked(digits)?;
    if count.is_empty() {
        return match unit {
            "半个月" | "半月" => Some(Span::new().days(15)),
            "半年" => Some(Span::new().months(6)),
            _ => None,
        };
    }
    let count: i32 = number(count)?;
    let span = match unit {
        "d" | "天" | "日" => Span::new().try_days(count),
        "w" | "周" | "个星期" | "个礼拜" => Span::new().try_weeks(count),
        "m" | "个月" => Span::new().try_months(count),
        "y" => Span::new().try_years(count),
        "年" if count < 100 => Span::new().try_years(count),
        _ => return None,
    };
    span.ok()
}

fn months(text: &str) -> Option<Span> {
    Span::new()
        .try_months(number::<i32>(text.strip_suffix('月')?)?)
        .ok()
}
