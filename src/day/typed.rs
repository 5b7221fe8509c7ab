//! Days in a query, kept as typed because today may change while the query stays.

use super::{Period, Toward, period};
use jiff::civil::Date;

/// A text that names a day or a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedDay {
    text: Box<str>,
    toward: Toward,
}

/// A month with 31 days in a leap year, to check whether a text names a day at all.
const LEAP: Date = jiff::civil::date(2024, 1, 1);

impl TypedDay {
    /// Returns the text if it names a day or a period.
    pub fn new(text: &str, toward: Toward) -> Option<Self> {
        period(text, LEAP, toward).ok()?;
        let text = text.into();
        Some(Self { text, toward })
    }

    /// Returns the period it names, seen from today.
    pub fn on(&self, today: Date) -> Period {
        let read = period(&self.text, today, self.toward);
        // 本月31日 in a shorter month.
        read.unwrap_or_else(|bad| bad.meant.unwrap_or(today).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_as_typed() {
        let today = date(2026, 11, 23);
        let on = |text: &str, toward| TypedDay::new(text, toward).map(|typed| typed.on(today));
        for (text, expected) in [
            ("2026-12-31", Some(date(2026, 12, 31))),
            ("2026/1/5", Some(date(2026, 1, 5))),
            ("today", Some(today)),
            ("7d", Some(date(2026, 11, 30))),
            ("2026-02-30", None),
            ("01-15", Some(date(2027, 1, 15))),
            ("year-end", Some(date(2026, 12, 31))),
            ("+2w", Some(date(2026, 12, 7))),
            ("2w", Some(date(2026, 12, 7))),
            ("12月底", Some(date(2026, 12, 31))),
            ("本月31日", Some(date(2026, 11, 30))),
            ("13-31", None),
            ("2-30", None),
            ("2-29", Some(date(2028, 2, 29))),
            ("2026-12-31-1", None),
            ("-7d", None),
            ("", None),
        ] {
            assert_eq!(
                on(text, Toward::Future),
                expected.map(Period::from),
                "{text}"
            );
        }
        for (text, expected) in [
            ("7d", date(2026, 11, 16)),
            ("1w", date(2026, 11, 16)),
            ("12-31", date(2025, 12, 31)),
        ] {
            assert_eq!(on(text, Toward::Past), Some(expected.into()), "{text}");
        }
        let december = Period {
            first: date(2026, 12, 1),
            last: date(2026, 12, 31),
        };
        assert_eq!(on("12月", Toward::Future), Some(december));
    }
}
