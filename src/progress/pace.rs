//! 序时进度: the time gone by compared with the work completed. Pure.
//!
//! A deadline alone says little before it passes. Measured from the start of the work, half the
//! time gone with nothing complete shows in July what 逾期 shows only in January. A clause is
//! either complete or not; a group's time and work are the means of its clauses.

use super::{Due, Record, Urgency};
use crate::document::Document;
use jiff::civil::Date;

/// The parameters of pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Start of the time; `None` is 1 January of the deadline's year.
    pub start: Option<Date>,
    /// Percentage points behind that make it yellow.
    pub behind: i32,
    /// Percentage points behind that make it red.
    pub far_behind: i32,
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            start: None,
            behind: 10,
            far_behind: 30,
        }
    }
}

/// Pace light, ordered best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// 绿: on time or ahead.
    Green,
    /// 黄: behind.
    Yellow,
    /// 红: far behind, or overdue.
    Red,
}

/// Time gone and work complete, in whole percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The time that has gone by.
    pub gone: i32,
    /// The work that is complete.
    pub complete: i32,
    /// What follows from the two.
    pub light: Light,
}

/// One whole, in the millionths used for sums.
const WHOLE: i64 = 1_000_000;

impl Light {
    /// Returns the key of its name in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Green => "pace.green",
            Self::Yellow => "pace.yellow",
            Self::Red => "pace.red",
        }
    }

    /// Returns the name used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// Returns its sign, one column under every policy.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Green => "=",
            Self::Yellow => "<",
            Self::Red => "!",
        }
    }
}

impl Pace {
    /// Returns the points by which work lags behind time; negative if ahead.
    pub const fn lag(&self) -> i32 {
        self.gone - self.complete
    }
}

impl Rule {
    /// Returns the parameters for a document: without a start, time counts from 1 January of the
    /// year in its title (`2025 年跨境贸易便利化…`).
    #[must_use]
    pub fn of(&self, document: &Document) -> Self {
        let first = |year| Date::new(year, 1, 1).ok();
        Self {
            start: self.start.or_else(|| document.year().and_then(first)),
            ..*self
        }
    }

    /// Returns the pace on a day of the clauses with a date as deadline that count in 完成率;
    /// `None` if there are none.
    pub fn pace<'a>(
        &self,
        records: impl IntoIterator<Item = &'a Record>,
        today: Date,
    ) -> Option<Pace> {
        let (mut count, mut gone, mut complete, mut overdue) = (0, 0, 0, false);
        for record in records {
            let Some(Due::Date(due)) = record.due.filter(|_| record.status.is_rated()) else {
                continue;
            };
            count += 1;
            gone += self.gone(due, today);
            complete += i64::from(record.status.is_complete());
            overdue |= record.urgency(today, 0) == Some(Urgency::Overdue);
        }
        (count > 0).then(|| {
            self.judge(
                percent(gone, count),
                percent(complete * WHOLE, count),
                overdue,
            )
        })
    }

    /// Returns the share of the time to a deadline that has gone by on a day, in millionths.
    fn gone(&self, due: Date, today: Date) -> i64 {
        let start = self.start.unwrap_or_else(|| due.first_of_year());
        let days = |from: Date, to: Date| from.duration_until(to).as_hours() / 24;
        if today >= due {
            WHOLE
        } else {
            (days(start, today) * WHOLE / days(start, due).max(1)).clamp(0, WHOLE)
        }
    }

    const fn judge(&self, gone: i32, complete: i32, overdue: bool) -> Pace {
        let lag = gone - complete;
        let light = if overdue || (lag > 0 && lag >= self.far_behind) {
            Light::Red
        } else if lag > 0 && lag >= self.behind {
            Light::Yellow
        } else {
            Light::Green
        };
        Pace {
            gone,
            complete,
            light,
        }
    }
}

/// Returns the mean of a sum of millionths in percent, rounded half up, but never up to 100.
fn percent(sum: i64, count: i64) -> i32 {
    let whole = WHOLE * count;
    let rounded = (sum * 200 + whole) / (whole * 2);
    let shown = if sum < whole {
        rounded.min(99)
    } else {
        rounded
    };
    i32::try_from(shown).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Status;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn record(due: &str, status: Status) -> Record {
        Record {
            status,
            due: Some(match due {
                "long" => Due::Long,
                due => Due::Date(day(due)),
            }),
            ..Record::default()
        }
    }

    fn pace(rule: &Rule, records: &[Record], today: &str) -> Option<(i32, i32, Light)> {
        let pace = rule.pace(records, day(today));
        pace.map(|p| (p.gone, p.complete, p.light))
    }

    #[test]
    fn time_is_counted_from_the_documents_year() {
        let document = |title: &str| {
            let mut document = Document::default();
            document.title = title.to_owned();
            document
        };
        let rule = Rule::default().of(&document("天津口岸 2025 年专项行动措施"));
        assert_eq!(rule.start, Some(day("2025-01-01")));
        // Half of two years.
        let open = [record("2026-12-31", Status::Done)];
        let found = pace(&rule, &open, "2026-01-01");
        assert_eq!(found, Some((50, 100, Light::Green)));
        let set = Rule {
            start: Some(day("2025-05-01")),
            ..Rule::default()
        };
        assert_eq!(set.of(&document("2025年")), set);
        assert_eq!(Rule::default().of(&document("若干措施")).start, None);
    }

    #[test]
    fn a_clause_by_its_deadlines_year() {
        // 2025 has 364 days from its first to its last: day 36 is 10%, day 109 is 30%.
        let open = [record("2025-12-31", Status::Doing)];
        for (today, gone, light) in [
            ("2024-06-01", 0, Light::Green),
            ("2025-01-01", 0, Light::Green),
            ("2025-02-03", 9, Light::Green),
            ("2025-02-06", 10, Light::Yellow),
            ("2025-04-18", 29, Light::Yellow),
            ("2025-04-20", 30, Light::Red),
            ("2025-12-30", 99, Light::Red),
            ("2025-12-31", 100, Light::Red),
            ("2026-01-01", 100, Light::Red),
        ] {
            let found = pace(&Rule::default(), &open, today);
            assert_eq!(found, Some((gone, 0, light)), "{today}");
        }
        let done = [record("2025-12-31", Status::Closed)];
        let found = pace(&Rule::default(), &done, "2025-07-02");
        assert_eq!(found, Some((50, 100, Light::Green)));
    }

    #[test]
    fn a_start_and_limits_of_ones_own() {
        let rule = Rule {
            start: Some(day("2025-05-01")),
            behind: 0,
            far_behind: 60,
        };
        let open = [record("2025-05-11", Status::Todo)];
        for (today, gone, light) in [
            ("2025-04-01", 0, Light::Green),
            ("2025-05-01", 0, Light::Green),
            ("2025-05-02", 10, Light::Yellow),
            ("2025-05-07", 60, Light::Red),
        ] {
            assert_eq!(pace(&rule, &open, today), Some((gone, 0, light)), "{today}");
        }
        // A deadline before the start.
        let early = [record("2025-04-01", Status::Todo)];
        assert_eq!(
            pace(&rule, &early, "2025-03-31"),
            Some((0, 0, Light::Green))
        );
        assert_eq!(
            pace(&rule, &early, "2025-04-02"),
            Some((100, 0, Light::Red))
        );
    }

    #[test]
    fn a_group_is_the_mean_of_what_has_a_day_and_is_rated() {
        let rule = Rule::default();
        let group = [
            record("2025-12-31", Status::Done),
            record("2025-12-31", Status::Todo),
            record("long", Status::Todo),
            record("2025-12-31", Status::Ongoing),
            record("2025-12-31", Status::Dropped),
            Record::default(),
        ];
        assert_eq!(
            pace(&rule, &group, "2025-07-02"),
            Some((50, 50, Light::Green))
        );
        assert_eq!(
            pace(&rule, &group, "2025-08-20"),
            Some((63, 50, Light::Yellow))
        );
        assert_eq!(pace(&rule, &group[2..], "2025-07-02"), None);
        // One overdue clause makes it red, however far the rest is.
        let mut group = vec![record("2025-12-31", Status::Done); 9];
        group.push(record("2025-01-31", Status::Blocked));
        assert_eq!(
            pace(&rule, &group, "2025-07-02"),
            Some((55, 90, Light::Red))
        );
    }

    #[test]
    fn what_is_not_complete_is_never_called_so() {
        let mut group = vec![record("2025-12-31", Status::Done); 999];
        group.push(record("2025-12-31", Status::Todo));
        assert_eq!(
            pace(&Rule::default(), &group, "2025-12-31"),
            Some((100, 99, Light::Green))
        );
    }
}
