//! Days, months, quarters and years of the calendar.

use super::{MISSED_DAYS, Period, Toward, spelling::number};
use jiff::{Span, ToSpan as _, civil::Date};

/// Reads a day or a period. Fails with the day that may be meant.
pub(super) fn read(text: &str, today: Date, toward: Toward) -> Result<Period, Option<Date>> {
    let text = with_numbers(text, today);
    if let Some((year, month, day)) = in_digits(&text) {
        return date(year, month, day).map(Period::from);
    }
    let (year, rest) = year(&text);
    let any_month = rest.strip_suffix(['日', '号']).filter(|_| year.is_none());
    if let Some(day) = any_month.and_then(number) {
        let found = of_any_month(day, today, toward);
        return found.map(Period::from).ok_or(None);
    }
    let Some((part, end)) = part(rest, year.is_some()) else {
        return Err(None);
    };
    let wanted = |year| {
        let last = part.last(year)?;
        let first = if end { last } else { part.first(year)? };
        Ok(Period { first, last })
    };
    if let Some(year) = year {
        return wanted(year);
    }
    let missed = Span::new().days(MISSED_DAYS);
    let (step, right): (i16, &dyn Fn(&Date) -> bool) = match toward {
        Toward::Future => (1, &|day| day.saturating_add(missed) >= today),
        Toward::Past => (-1, &|day| *day <= today),
    };
    // Consecutive 29ths of February are at most eight years apart.
    let years = || (0..=8).map(|away| wanted(today.year() + step * away));
    let found = years()
        .filter_map(Result::ok)
        .find(|p| right(&p.toward(toward)));
    found.ok_or_else(|| years().filter_map(|day| day.err().flatten()).find(right))
}

/// Returns the last day of a period in the common spelling within a year: 6月, 三季度, `12-31`; of
/// the whole year for an empty text.
pub fn in_year(text: &str, year: i16) -> Option<Date> {
    part(text, true)?.0.last(year).ok()
}

/// Replaces 今年, 下个月, 年底 and 本季度 by numbers.
fn with_numbers(text: &str, today: Date) -> String {
    let years = [
        ("今年", 0),
        ("本年", 0),
        ("当年", 0),
        ("明年", 1),
        ("后年", 2),
        ("去年", -1),
    ];
    for (word, away) in years {
        if let Some(rest) = text.strip_prefix(word) {
            let rest = rest.strip_prefix('度').unwrap_or(rest);
            return format!("{}年{rest}", today.year() + away);
        }
    }
    if matches!(text, "年底" | "年末" | "年终" | "年内") {
        return format!("{}{text}", today.year());
    }
    let months = [
        ("本月", 0),
        ("当月", 0),
        ("这个月", 0),
        ("下下个月", 2),
        ("下个月", 1),
        ("下月", 1),
        ("上个月", -1),
        ("上月", -1),
    ];
    for (word, away) in months {
        if let Some(rest) = text.strip_prefix(word) {
            return month_away(today, away).unwrap_or_default() + rest;
        }
    }
    if let Some(rest) = text
        .strip_prefix('月')
        .filter(|r| matches!(*r, "底" | "末" | "内" | "中"))
    {
        return month_away(today, 0).unwrap_or_default() + rest;
    }
    if matches!(text, "上旬" | "中旬" | "下旬") {
        return month_away(today, 0).unwrap_or_default() + text;
    }
    for (word, away) in [("本季", 0), ("下季", 3), ("下个季", 3), ("上季", -3)] {
        if let Some(rest) = text.strip_prefix(word) {
            let day = today.first_of_month().saturating_add(away.months());
            return format!("{}年{}季{rest}", day.year(), (day.month() + 2) / 3);
        }
    }
    text.to_owned()
}

fn month_away(today: Date, away: i32) -> Option<String> {
    let first = today.first_of_month();
    let day = first.checked_add(Span::new().months(away)).ok()?;
    Some(format!("{}年{}月", day.year(), day.month()))
}

/// Splits off a four-digit year: `2026年`, `2026-`.
fn year(text: &str) -> (Option<i16>, &str) {
    let split = || {
        let (year, rest) = text.split_at_checked(4)?;
        let year = number(year)?;
        let rest = rest.strip_prefix(['年', '-', '/', '.'])?;
        // 2026年年底
        Some((Some(year), rest.strip_prefix('年').unwrap_or(rest)))
    };
    split().unwrap_or((None, text))
}

/// Reads `20261231`.
fn in_digits(text: &str) -> Option<(i16, i8, i8)> {
    let part = |from, to| number(text.get(from..to)?);
    let small = |n: i16| i8::try_from(n).ok();
    let date = (part(0, 4)?, small(part(4, 6)?)?, small(part(6, 8)?)?);
    (text.len() == 8).then_some(date)
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum YearPart {
    Year,
    /// The first month, and the number of months.
    Months(i8, i8),
    /// The month, its first day and its last.
    Days(i8, i8, i8),
    Day(i8, i8),
}

impl YearPart {
    fn first(self, year: i16) -> Result<Date, Option<Date>> {
        match self {
            Self::Year => date(year, 1, 1),
            Self::Months(month, _) => date(year, month, 1),
            Self::Days(month, day, _) | Self::Day(month, day) => date(year, month, day),
        }
    }

    fn last(self, year: i16) -> Result<Date, Option<Date>> {
        match self {
            Self::Year => date(year, 12, 31),
            Self::Months(month, count) => date(year, month + count - 1, 1).map(Date::last_of_month),
            Self::Days(month, _, day) | Self::Day(month, day) => date(year, month, day),
        }
    }
}

/// Returns a calendar day. Fails with the last day of the month if only the day is too large.
fn date(year: i16, month: i8, day: i8) -> Result<Date, Option<Date>> {
    Date::new(year, month, day).map_err(|_| {
        let first = Date::new(year, month, 1).ok();
        first
            .filter(|_| (29..=31).contains(&day))
            .map(Date::last_of_month)
    })
}

/// Reads a part of a year, and whether the text names its end (底, 末, 内).
fn part(text: &str, has_year: bool) -> Option<(YearPart, bool)> {
    let bare = ["底", "末", "终", "之内", "以内", "内"]
        .iter()
        .find_map(|end| text.strip_suffix(end));
    let end = bare.is_some();
    let bare = bare.unwrap_or(text);
    let period = match bare {
        "" if has_year => Some(YearPart::Year),
        "上半年" => Some(YearPart::Months(1, 6)),
        "下半年" => Some(YearPart::Months(7, 6)),
        _ => quarter(bare).or_else(|| month(bare, has_year)),
    };
    if let Some(period) = period {
        return Some((period, end));
    }
    third(bare).or_else(|| day(text)).map(|part| (part, false))
}

fn quarter(text: &str) -> Option<YearPart> {
    let text = text
        .strip_suffix("季度")
        .or_else(|| text.strip_suffix('季'))?;
    let quarter: i8 = number(text.strip_prefix('第').unwrap_or(text))?;
    (1..=4)
        .contains(&quarter)
        .then(|| YearPart::Months(quarter * 3 - 2, 3))
}

/// Reads 12月, 12月份; after a year also 12.
fn month(text: &str, has_year: bool) -> Option<YearPart> {
    let named = text.strip_suffix('份').unwrap_or(text).strip_suffix('月');
    let month: i8 = number(named.or(has_year.then_some(text))?)?;
    (1..=12)
        .contains(&month)
        .then_some(YearPart::Months(month, 1))
}

/// Reads 12月中, 12月上旬, 12月中旬, 12月下旬.
fn third(text: &str) -> Option<YearPart> {
    let (month, third) = text.split_once('月')?;
    let month = number(month).filter(|m| (1..=12).contains(m))?;
    match third {
        // 月中 is a day; 中旬 ends on the 20th.
        "中" => Some(YearPart::Day(month, 15)),
        "上旬" => Some(YearPart::Days(month, 1, 10)),
        "中旬" => Some(YearPart::Days(month, 11, 20)),
        "下旬" => Some(YearPart::Months(month, 1)),
        _ => None,
    }
}

/// Reads `12-31`, `12月31日`.
fn day(text: &str) -> Option<YearPart> {
    let text = text.strip_suffix(['日', '号']).unwrap_or(text);
    let (month, day) = text.split_once(['-', '/', '.', '月'])?;
    Some(YearPart::Day(number(month)?, number(day)?))
}

/// Returns the next day with this number, today included, or in the past the last.
fn of_any_month(day: i8, today: Date, toward: Toward) -> Option<Date> {
    // Of any two consecutive months, one has 31 days.
    (0..3).find_map(|away| {
        let away = if toward == Toward::Past { -away } else { away };
        let month = today
            .first_of_month()
            .checked_add(Span::new().months(away))
            .ok()?;
        let found = Date::new(month.year(), month.month(), day).ok()?;
        let right = match toward {
            Toward::Future => found >= today,
            Toward::Past => found <= today,
        };
        right.then_some(found)
    })
}
