//! Past days and moments, as `--at` and `--since` take them.

use super::{Failure, output};
use crate::{
    day::{self, BadDay, Period, Toward},
    locale::Lang,
    progress::past,
};
use jiff::{Timestamp, ZonedDateTime, civil::Date};

/// Returns the moment of `--at`: an RFC 3339 instant, or the end of a day or period.
pub(super) fn at(text: &str, now: &ZonedDateTime, lang: Lang) -> Result<Timestamp, Failure> {
    if let Some(instant) = instant(text) {
        return Ok(instant);
    }
    let day = period(text, now.date(), lang)?.last;
    if text.trim() != day.to_string() {
        output::tell(lang.fill("cli.at-day", &[("day", &day)]));
    }
    Ok(past::end_of(day, now.time_zone()))
}

/// Returns the moment of `--since`: an RFC 3339 instant, or the start of a day or period.
pub(super) fn since(text: &str, now: &ZonedDateTime, lang: Lang) -> Result<Timestamp, Failure> {
    if let Some(instant) = instant(text) {
        return Ok(instant);
    }
    let day = period(text, now.date(), lang)?.first;
    let start = day.to_zoned_datetime(now.time_zone().clone());
    // The last day of the calendar may begin beyond the last moment.
    Ok(start.map_or(Timestamp::MAX, |start| start.timestamp()))
}

fn instant(text: &str) -> Option<Timestamp> {
    text.trim().parse().ok()
}

fn period(text: &str, today: Date, lang: Lang) -> Result<Period, Failure> {
    let bad = |bad| Failure::Usage(bad_day(&bad, "day.past", lang));
    day::period(text, today, Toward::Past).map_err(bad)
}

/// Returns the error for an unreadable day, with the day that may be meant or what to write.
pub(super) fn bad_day(bad: &BadDay, takes: &'static str, lang: Lang) -> String {
    match bad.meant {
        Some(day) => lang.fill("day.meant", &[("text", &bad.text), ("day", &day)]),
        None => lang.fill(takes, &[("text", &bad.text)]),
    }
}
