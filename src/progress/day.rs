//! Days as people type them: deadlines ahead, dates back. Pure. May use: `progress::change`.

use super::Due;
use jiff::{Span, ToSpan as _, civil::Date};

/// Whether a day without a year is looked for from today on, or up to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// A deadline: `01-15` typed in November is next January's.
    Future,
    /// A past day: `12-15` typed in January is last December's.
    Past,
}

/// A text that is no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}: not a day")]
pub struct BadDay {
    /// What was typed.
    pub text: String,
    /// The day that may be meant: the month's last where the month is shorter.
    pub meant: Option<Date>,
}

/// Reads a deadline: a day, `long` (长期), or `none` (无) as `None`.
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

/// Reads a day: `2026-12-31`, `2026.12.31`, `2026年12月31日`, `12-31`, `12月31日`, 月底, 下月底, 年底,
/// 今天, 明天, `+2w` (from today; in d, w, m, y), `7d` (that long ago, where days are looked for in the
/// past).
///
/// # Errors
///
/// The text is none of these, or the calendar has no such day.
pub fn day(text: &str, today: Date, toward: Toward) -> Result<Date, BadDay> {
    let folded: String = text.trim().chars().map(half_width).collect();
    named(&folded, today)
        .or_else(|| distance(&folded, today, toward))
        .map_or_else(|| numbered(&folded, text, today, toward), Ok)
}

/// Returns the ASCII twin of a full-width character, as Chinese input methods type them.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).map_or(c, |c| c.to_ascii_lowercase())
        }
        '。' => '.',
        _ => c.to_ascii_lowercase(),
    }
}

fn named(text: &str, today: Date) -> Option<Date> {
    let month_after = today.first_of_month().checked_add(1.month()).ok()?;
    match text {
        "today" | "今天" => Some(today),
        "tomorrow" | "明天" => today.tomorrow().ok(),
        "yesterday" | "昨天" => today.yesterday().ok(),
        "month-end" | "月底" | "本月底" => Some(today.last_of_month()),
        "下月底" => Some(month_after.last_of_month()),
        "year-end" | "年底" | "本年底" => Some(today.last_of_year()),
        _ => None,
    }
}

/// Reads `+2w`, and where days are looked for in the past also `2w` and `-2w`.
fn distance(text: &str, today: Date, toward: Toward) -> Option<Date> {
    let (back, rest) = match (text.strip_prefix('+'), toward) {
        (Some(rest), _) => (false, rest),
        (None, Toward::Past) => (true, text.strip_prefix('-').unwrap_or(text)),
        (None, Toward::Future) => return None,
    };
    let mut characters = rest.chars();
    let unit = characters.next_back()?;
    let count: i32 = plain_number(characters.as_str())?;
    let span: Span = match unit {
        'd' | '天' => Span::new().try_days(count),
        'w' | '周' => Span::new().try_weeks(count),
        'm' | '月' => Span::new().try_months(count),
        'y' | '年' => Span::new().try_years(count),
        _ => return None,
    }
    .ok()?;
    let span = if back { span.negate() } else { span };
    today.checked_add(span).ok()
}

fn plain_number<N: std::str::FromStr>(text: &str) -> Option<N> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

fn numbered(folded: &str, typed: &str, today: Date, toward: Toward) -> Result<Date, BadDay> {
    let bad = |meant| BadDay {
        text: typed.to_owned(),
        meant,
    };
    let trimmed = folded.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = trimmed.split(['-', '/', '.', '年', '月']).collect();
    let day_of = |year: i16, month: &str, day: &str| -> Result<Date, BadDay> {
        let (month, day): (i8, i8) = plain_number(month)
            .zip(plain_number(day))
            .ok_or_else(|| bad(None))?;
        Date::new(year, month, day).map_err(|_| bad(last_day(year, month, day)))
    };
    match parts[..] {
        [year, month, day] => {
            // Two digits are no year: 26-12-31 could be read in two ways.
            let year = Some(year).filter(|y| y.len() == 4).and_then(plain_number);
            day_of(year.ok_or_else(|| bad(None))?, month, day)
        }
        [month, day] => {
            let this = day_of(today.year(), month, day)?;
            let turned = match toward {
                Toward::Future if this < today => day_of(today.year() + 1, month, day)?,
                Toward::Past if this > today => day_of(today.year() - 1, month, day)?,
                _ => this,
            };
            Ok(turned)
        }
        _ => Err(bad(None)),
    }
}

/// Returns the month's last day, where only the day is too great.
fn last_day(year: i16, month: i8, day: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    (29..=31).contains(&day).then(|| first.last_of_month())
}

#[cfg(test)]
mod tests {
    use super::{BadDay, Due, Toward, day, due};
    use jiff::civil::{Date, date};

    const TODAY: Date = date(2026, 11, 23);

    #[test]
    fn deadlines_as_people_type_them() {
        for (text, want) in [
            ("2026-12-31", date(2026, 12, 31)),
            ("2026.12.31", date(2026, 12, 31)),
            ("2026年12月31日", date(2026, 12, 31)),
            ("２０２６／１２／３１", date(2026, 12, 31)),
            ("12-31", date(2026, 12, 31)),
            ("1月15日", date(2027, 1, 15)),
            ("11-23", TODAY),
            ("月底", date(2026, 11, 30)),
            ("下月底", date(2026, 12, 31)),
            ("年底", date(2026, 12, 31)),
            ("+2w", date(2026, 12, 7)),
            ("+1m", date(2026, 12, 23)),
            ("明天", date(2026, 11, 24)),
        ] {
            assert_eq!(due(text, TODAY), Ok(Some(Due::Date(want))), "{text}");
        }
        assert_eq!(due("长期", TODAY), Ok(Some(Due::Long)));
        assert_eq!(due("long", TODAY), Ok(Some(Due::Long)));
        assert_eq!(due("none", TODAY), Ok(None));
    }

    #[test]
    fn past_days_as_people_type_them() {
        for (text, want) in [
            ("12-15", date(2025, 12, 15)),
            ("11-01", date(2026, 11, 1)),
            ("7d", date(2026, 11, 16)),
            ("2w", date(2026, 11, 9)),
            ("1月", date(2026, 10, 23)),
            ("yesterday", date(2026, 11, 22)),
        ] {
            assert_eq!(day(text, TODAY, Toward::Past), Ok(want), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused_with_what_may_be_meant() {
        let bad = |text: &str| due(text, TODAY).unwrap_err();
        assert_eq!(bad("2026-02-30").meant, Some(date(2026, 2, 28)));
        assert_eq!(bad("6-31").meant, Some(date(2026, 6, 30)));
        for text in [
            "",
            "soon",
            "2026-13-01",
            "26-12-31",
            "12-",
            "+w",
            "+99999999999d",
            "1-2-3-4",
            "7d",
            "99-99",
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
        ] {
            let _ = (due(text, TODAY), day(text, TODAY, Toward::Past));
            let _ = due(text, Date::MAX);
            let _ = day(text, Date::MIN, Toward::Past);
        }
    }
}
