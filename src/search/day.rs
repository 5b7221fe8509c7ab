//! Days as people type them in a query.

use crate::progress::day::{self, Toward};
use jiff::{ToSpan, civil::Date};

/// A day: as it follows from today, or as it was typed, which today may matter to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Day {
    Date(Date),
    FromToday(i32),
    Typed(Box<str>, Toward),
}

/// A month with 31 days in a leap year, for finding out whether a text names a day at all.
const LEAP: Date = jiff::civil::date(2024, 1, 1);

impl Day {
    /// Reads a day where `7d` means in seven days.
    pub(super) fn ahead(text: &str) -> Option<Self> {
        Self::read(text, Toward::Future)
    }

    /// Reads a day where `7d` means seven days ago.
    pub(super) fn ago(text: &str) -> Option<Self> {
        Self::read(text, Toward::Past)
    }

    /// Returns the day by the calendar.
    pub(super) fn on(&self, today: Date) -> Date {
        match self {
            Self::Date(date) => *date,
            Self::FromToday(days) => today.saturating_add(days.days()),
            Self::Typed(text, toward) => {
                let typed = day::day(text, today, *toward);
                // 本月31日 in a month that has none.
                typed.unwrap_or_else(|bad| bad.meant.unwrap_or(today))
            }
        }
    }

    fn read(text: &str, toward: Toward) -> Option<Self> {
        let text = match toward {
            // `+2w` is how a deadline is typed.
            Toward::Future => text.strip_prefix('+').unwrap_or(text),
            Toward::Past => text,
        };
        for (units, days) in [(['d', '天'], 1), (['w', '周'], 7)] {
            let count = text.strip_suffix(units).map(str::parse::<i32>);
            if let Some(Ok(count)) = count {
                let sign = if toward == Toward::Future {
                    days
                } else {
                    -days
                };
                let count = Some(count).filter(|n| (0..=99_999).contains(n))?;
                return Some(Self::FromToday(count * sign));
            }
        }
        if is_stretch(text) {
            return None;
        }
        let typed = day::day(text, LEAP, toward).ok()?;
        let elsewhere = day::day(text, Date::MAX.first_of_year(), toward);
        Some(if elsewhere == Ok(typed) {
            Self::Date(typed)
        } else {
            Self::Typed(text.into(), toward)
        })
    }
}

/// Tells whether a text names a month or more: before 12月 is before its first day, as a deadline it is
/// its last.
fn is_stretch(text: &str) -> bool {
    let year_and_month = text
        .split_once(['-', '/', '.'])
        .is_some_and(|(year, rest)| {
            year.len() == 4 && rest.len() <= 2 && year.bytes().all(|b| b.is_ascii_digit())
        });
    let ends = ["月", "份", "季度", "半年", "年", "旬"];
    year_and_month || ends.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_as_typed() {
        let today = date(2026, 11, 23);
        for (text, expected) in [
            ("2026-12-31", Some(date(2026, 12, 31))),
            ("2026/1/5", Some(date(2026, 1, 5))),
            ("2026年3月1日", Some(date(2026, 3, 1))),
            ("today", Some(today)),
            ("明天", Some(date(2026, 11, 24))),
            ("7d", Some(date(2026, 11, 30))),
            ("2026-02-30", None),
            ("12-31", Some(date(2026, 12, 31))),
            ("01-15", Some(date(2027, 1, 15))),
            ("1月15日", Some(date(2027, 1, 15))),
            ("月底", Some(date(2026, 11, 30))),
            ("year-end", Some(date(2026, 12, 31))),
            ("+2w", Some(date(2026, 12, 7))),
            ("2w", Some(date(2026, 12, 7))),
            ("2026-12", None),
            ("12月", None),
            ("12月底", Some(date(2026, 12, 31))),
            ("后天", Some(date(2026, 11, 25))),
            ("11-01", Some(date(2026, 11, 1))),
            ("13-31", None),
            ("2-30", None),
            ("2-29", Some(date(2028, 2, 29))),
            ("2026-12-31-1", None),
            ("-7d", None),
            ("", None),
        ] {
            assert_eq!(
                Day::ahead(text).map(|day| day.on(today)),
                expected,
                "{text}"
            );
        }
        assert_eq!(
            Day::ago("7d").map(|day| day.on(today)),
            Some(date(2026, 11, 16))
        );
        assert_eq!(
            Day::ago("12-31").map(|day| day.on(today)),
            Some(date(2025, 12, 31))
        );
        assert_eq!(
            Day::ago("1w").map(|day| day.on(today)),
            Some(date(2026, 11, 16))
        );
        assert_eq!(
            Day::ahead("99999d").map(|day| day.on(Date::MAX)),
            Some(Date::MAX)
        );
    }
}
