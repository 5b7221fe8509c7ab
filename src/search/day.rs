//! Days as people type them in a query. May use: `progress::day`.

use crate::progress::day::{self, Toward};
use jiff::{ToSpan, civil::Date};

/// A day: by the calendar, or as it follows from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Date(Date),
    FromToday(i32),
    /// One without a year: the next, or the last.
    InYear(i8, i8, Toward),
    Named(&'static str),
}

/// The days that have a name and no number, as deadlines have them too.
const NAMED: [&str; 7] = [
    "月底",
    "本月底",
    "下月底",
    "年底",
    "本年底",
    "month-end",
    "year-end",
];

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
    pub(super) fn on(self, today: Date) -> Date {
        match self {
            Self::Date(date) => date,
            Self::FromToday(days) => today.saturating_add(days.days()),
            Self::InYear(month, day, toward) => {
                let typed = day::day(&format!("{month}-{day}"), today, toward);
                // February 29 in another year.
                typed.unwrap_or_else(|bad| bad.meant.unwrap_or(today))
            }
            Self::Named(name) => day::day(name, today, Toward::Future).unwrap_or(today),
        }
    }

    fn read(text: &str, toward: Toward) -> Option<Self> {
        let text = match toward {
            // `+2w` is how a deadline is typed.
            Toward::Future => text.strip_prefix('+').unwrap_or(text),
            Toward::Past => text,
        };
        match text {
            "today" | "今天" | "今日" => return Some(Self::FromToday(0)),
            "tomorrow" | "明天" => return Some(Self::FromToday(1)),
            "yesterday" | "昨天" => return Some(Self::FromToday(-1)),
            _ => {}
        }
        if let Some(name) = NAMED.into_iter().find(|name| *name == text) {
            return Some(Self::Named(name));
        }
        for (units, days) in [(['d', '天'], 1), (['w', '周'], 7)] {
            if let Some(count) = text.strip_suffix(units) {
                let count: i32 = count.parse().ok().filter(|n| (0..=99_999).contains(n))?;
                let sign = if toward == Toward::Future {
                    days
                } else {
                    -days
                };
                return Some(Self::FromToday(count * sign));
            }
        }
        let parts: Vec<&str> = text
            .trim_end_matches(['日', '号'])
            .split(['-', '/', '.', '年', '月'])
            .collect();
        let short = |part: &str| part.parse().ok().filter(|_| part.len() <= 2);
        match parts[..] {
            [year, month, day] => {
                let year = year.parse().ok().filter(|_| year.len() == 4)?;
                Date::new(year, short(month)?, short(day)?)
                    .ok()
                    .map(Self::Date)
            }
            [month, day] => {
                let (month, day) = (short(month)?, short(day)?);
                // A leap year has every day.
                Date::new(2024, month, day).ok()?;
                Some(Self::InYear(month, day, toward))
            }
            _ => None,
        }
    }
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
            ("13-31", None),
            ("2-30", None),
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
