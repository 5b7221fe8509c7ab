//! Days as people type them in a query. May use: nothing.

use jiff::{ToSpan, civil::Date};

/// A day: by the calendar, or counted from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Date(Date),
    FromToday(i32),
}

impl Day {
    /// Reads a day where `7d` means in seven days.
    pub(super) fn ahead(text: &str) -> Option<Self> {
        Self::read(text, 1)
    }

    /// Reads a day where `7d` means seven days ago.
    pub(super) fn ago(text: &str) -> Option<Self> {
        Self::read(text, -1)
    }

    /// Returns the day by the calendar.
    pub(super) fn on(self, today: Date) -> Date {
        match self {
            Self::Date(date) => date,
            Self::FromToday(days) => today.saturating_add(days.days()),
        }
    }

    fn read(text: &str, sign: i32) -> Option<Self> {
        match text {
            "today" | "今天" | "今日" => return Some(Self::FromToday(0)),
            "tomorrow" | "明天" => return Some(Self::FromToday(1)),
            "yesterday" | "昨天" => return Some(Self::FromToday(-1)),
            _ => {}
        }
        if let Some(days) = text.strip_suffix(['d', '天']) {
            let days: i32 = days.parse().ok()?;
            return (0..=99_999)
                .contains(&days)
                .then_some(Self::FromToday(days * sign));
        }
        let mut parts = text
            .trim_end_matches(['日', '号'])
            .split(['-', '/', '.', '年', '月']);
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let month = parts
            .next()
            .filter(|month| month.len() <= 2)?
            .parse()
            .ok()?;
        let day = parts.next().filter(|day| day.len() <= 2)?.parse().ok()?;
        let date = Date::new(year, month, day).ok()?;
        parts.next().is_none().then_some(Self::Date(date))
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
            ("2026-12", None),
            ("12-31", None),
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
            Day::ahead("99999d").map(|day| day.on(Date::MAX)),
            Some(Date::MAX)
        );
    }
}
