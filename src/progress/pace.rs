//! 序时进度: the time gone by compared with the work completed. Pure.
//!
//! A deadline alone says little before it passes. Half the time gone with nothing complete shows in
//! July what 逾期 shows only in January. But a false alarm is worse than none: a clause has a light
//! only if its steps, its status or a missed deadline say how far it is, and its time starts on the day
//! its deadline was set. A group compares its 完成率 with the time from the first of those days to the
//! last deadline.

use super::{Record, Status, Urgency};
use crate::{day::Due, document::Document};
use jiff::{civil::Date, tz::TimeZone};

/// The parameters of pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaceRule {
    /// Start of the time; `None` is the day on which a deadline was set or, for one that the document
    /// gives, 1 January of the year in its title, or else of the deadline's.
    pub start: Option<Date>,
    /// Percentage points behind that make it yellow.
    pub behind: i32,
    /// Percentage points behind that make it red.
    pub far_behind: i32,
}

impl Default for PaceRule {
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

/// Time gone and work complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Start of the time.
    pub from: Date,
    /// End of the time: the deadline, or a group's last.
    pub to: Date,
    /// Time gone, in whole percent.
    pub gone: i32,
    /// Complete out of all: steps of a clause (`None` without steps), rated clauses of a group.
    pub done: Option<(usize, usize)>,
    /// The resulting light.
    pub light: Light,
    /// The overdue clauses that alone make a group red; 0 if it would be red without them.
    pub overdue: usize,
}

/// The parameters applied to one document on one day.
#[derive(Debug, Clone, Copy)]
pub struct Meter<'a> {
    rule: PaceRule,
    /// 1 January of the year in the document's title.
    year: Option<Date>,
    today: Date,
    zone: &'a TimeZone,
}

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
    pub fn lag(&self) -> i32 {
        self.gone - self.done.map_or(0, complete)
    }
}

impl PaceRule {
    /// Returns a meter for a document's clauses on a day in a time zone.
    pub fn on<'a>(&self, document: &Document, today: Date, zone: &'a TimeZone) -> Meter<'a> {
        let first = |year| Date::new(year, 1, 1).ok();
        Meter {
            rule: *self,
            year: document.year().and_then(first),
            today,
            zone,
        }
    }
}

impl Meter<'_> {
    /// Returns the pace of a clause with a date as deadline that counts in 完成率; `None` if nothing
    /// says how far it is.
    pub fn clause(&self, record: &Record) -> Option<Pace> {
        let (from, to) = self.span(record)?;
        let complete_steps = record.steps.iter().filter(|s| s.status.is_complete());
        let steps = (complete_steps.count(), record.steps.len());
        let done = (steps.1 > 0).then_some(steps);
        let gone = self.gone(from, to);
        let by_steps = done.map(|done| self.judge(gone, complete(done)));
        let light = if record.status.is_complete() {
            Light::Green
        } else if self.is_overdue(record) {
            Light::Red
        } else if record.status == Status::Blocked {
            by_steps.unwrap_or(Light::Yellow).max(Light::Yellow)
        } else {
            by_steps?
        };
        Some(Pace {
            from,
            to,
            gone,
            done,
            light,
            overdue: 0,
        })
    }

    /// Returns the pace of a group: its 完成率 and the time of the clauses with a date as deadline;
    /// `None` if there are none. An overdue clause makes it red.
    pub fn group<'a>(&self, records: impl IntoIterator<Item = &'a Record>) -> Option<Pace> {
        let (mut done, mut spanned, mut overdue) = ((0, 0), None, 0);
        for record in records.into_iter().filter(|r| r.status.is_rated()) {
            done.0 += usize::from(record.status.is_complete());
            done.1 += 1;
            overdue += usize::from(self.is_overdue(record));
            if let Some((from, to)) = self.span(record) {
                let (first, last) = spanned.unwrap_or((from, to));
                spanned = Some((from.min(first), to.max(last)));
            }
        }
        let (from, to) = spanned?;
        let gone = self.gone(from, to);
        let by_rate = self.judge(gone, complete(done));
        let light = if overdue > 0 { Light::Red } else { by_rate };
        Some(Pace {
            from,
            to,
            gone,
            done: Some(done),
            light,
            overdue: if by_rate == Light::Red { 0 } else { overdue },
        })
    }

    /// Returns the start and end of a clause's time.
    fn span(&self, record: &Record) -> Option<(Date, Date)> {
        let Some(Due::Date(due)) = record.due.filter(|_| record.status.is_rated()) else {
            return None;
        };
        let day = |at: jiff::Timestamp| at.to_zoned_datetime(self.zone.clone()).date();
        // A deadline that was given when it had passed doesn't say when work began.
        let dated = record.dated.map(day).filter(|day| *day < due);
        let from = self.rule.start.or(dated).or(self.year);
        let from = from.unwrap_or_else(|| due.first_of_year());
        Some((from.min(due), due))
    }

    fn is_overdue(&self, record: &Record) -> bool {
        record.urgency(self.today, 0) == Some(Urgency::Overdue)
    }

    /// Returns the share of a time gone today, in percent.
    fn gone(&self, from: Date, to: Date) -> i32 {
        let days = |to: Date| from.duration_until(to).as_hours() / 24;
        if self.today >= to {
            100
        } else {
            percent(days(self.today).max(0), days(to).max(1))
        }
    }

    const fn judge(&self, gone: i32, complete: i32) -> Light {
        let lag = gone - complete;
        if lag > 0 && lag >= self.rule.far_behind {
            Light::Red
        } else if lag > 0 && lag >= self.rule.behind {
            Light::Yellow
        } else {
            Light::Green
        }
    }
}

fn complete((done, of): (usize, usize)) -> i32 {
    let count = |n| i64::try_from(n).unwrap_or(i64::MAX);
    percent(count(done), count(of))
}

/// Returns a share in percent, rounded half up; 100 only for a whole.
fn percent(part: i64, whole: i64) -> i32 {
    let rounded = part
        .saturating_mul(200)
        .saturating_add(whole)
        .checked_div(whole.saturating_mul(2));
    let most = if part < whole { 99 } else { 100 };
    i32::try_from(rounded.unwrap_or(0).min(most)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Step;

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

    fn given(due: &str, status: Status, at: &str) -> Record {
        Record {
            dated: Some(at.parse().unwrap()),
            ..record(due, status)
        }
    }

    fn stepped(mut record: Record, done: usize, of: usize) -> Record {
        let step = |nth: usize| Step {
            id: format!("k{nth}").into(),
            text: "步".into(),
            due: None,
            status: if nth < done {
                Status::Done
            } else {
                Status::Todo
            },
        };
        record.steps = (0..of).map(step).collect();
        record
    }

    fn titled(title: &str) -> Document {
        let mut document = Document::default();
        document.title = title.to_owned();
        document
    }

    type Measured<T> = Option<(i32, T, Light)>;

    fn clause(record: &Record, today: &str) -> Measured<Option<(usize, usize)>> {
        let zone = TimeZone::UTC;
        let meter = PaceRule::default().on(&titled(""), day(today), &zone);
        meter.clause(record).map(|p| (p.gone, p.done, p.light))
    }

    fn group(records: &[Record], today: &str) -> Measured<(usize, usize)> {
        let zone = TimeZone::UTC;
        let meter = PaceRule::default().on(&titled(""), day(today), &zone);
        let pace = meter.group(records);
        pace.map(|p| (p.gone, p.done.unwrap(), p.light))
    }

    #[test]
    fn a_clause_without_evidence_has_no_light() {
        for status in [Status::Todo, Status::Doing] {
            for today in ["2025-01-01", "2025-11-27", "2025-12-31"] {
                assert_eq!(clause(&record("2025-12-31", status), today), None);
            }
            let overdue = clause(&record("2025-12-31", status), "2026-01-01");
            assert_eq!(overdue, Some((100, None, Light::Red)));
        }
        let blocked = clause(&record("2025-12-31", Status::Blocked), "2025-01-01");
        assert_eq!(blocked, Some((0, None, Light::Yellow)));
        let closed = clause(&record("2025-12-31", Status::Closed), "2026-01-01");
        assert_eq!(closed, Some((100, None, Light::Green)));
        for record in [
            record("long", Status::Done),
            record("2025-12-31", Status::Ongoing),
            record("2025-12-31", Status::Dropped),
            stepped(Record::default(), 0, 2),
        ] {
            assert_eq!(clause(&record, "2026-01-01"), None);
        }
    }

    #[test]
    fn a_clause_is_as_far_as_its_steps() {
        // 2025 has 364 days from its first to its last.
        for (today, done, gone, light) in [
            ("2024-06-01", 0, 0, Light::Green),
            ("2025-02-03", 0, 9, Light::Green),
            ("2025-02-06", 0, 10, Light::Yellow),
            ("2025-04-20", 0, 30, Light::Red),
            ("2025-04-20", 1, 30, Light::Green),
            ("2025-07-02", 1, 50, Light::Yellow),
            ("2025-12-30", 3, 99, Light::Yellow),
        ] {
            let record = stepped(record("2025-12-31", Status::Doing), done, 4);
            let found = clause(&record, today);
            assert_eq!(found, Some((gone, Some((done, 4)), light)), "{today}");
        }
        let blocked = stepped(record("2025-12-31", Status::Blocked), 4, 4);
        let found = clause(&blocked, "2025-07-02");
        assert_eq!(found, Some((50, Some((4, 4)), Light::Yellow)));
    }

    #[test]
    fn a_deadline_that_was_just_given_is_not_behind() {
        let given = given("2025-12-31", Status::Todo, "2025-11-30T20:00:00Z");
        let given = stepped(given, 0, 3);
        let meter = |rule: &PaceRule, today: &str| {
            let zone = TimeZone::fixed(jiff::tz::offset(8));
            let meter = rule.on(&titled("2025 年措施"), day(today), &zone);
            let pace = meter.clause(&given).unwrap();
            (pace.from, pace.gone, pace.light)
        };
        let rule = PaceRule::default();
        let december = day("2025-12-01");
        assert_eq!(meter(&rule, "2025-12-01"), (december, 0, Light::Green));
        assert_eq!(meter(&rule, "2025-12-16"), (december, 50, Light::Red));
        let start = Some(day("2025-05-01"));
        let set = PaceRule { start, ..rule };
        assert_eq!(
            meter(&set, "2025-12-01"),
            (day("2025-05-01"), 88, Light::Red)
        );
    }

    #[test]
    fn a_deadline_given_when_it_had_passed_says_from_when() {
        let late = given("2025-11-20", Status::Todo, "2025-11-27T09:00:00Z");
        let zone = TimeZone::UTC;
        let meter = PaceRule::default().on(&titled("2025 年措施"), day("2025-11-27"), &zone);
        let pace = meter.clause(&late).unwrap();
        let span = (day("2025-01-01"), day("2025-11-20"));
        assert_eq!(((pace.from, pace.to), pace.light), (span, Light::Red));
    }

    #[test]
    fn the_documents_own_deadlines_count_from_its_year() {
        let zone = TimeZone::UTC;
        let rule = PaceRule::default();
        let meter = rule.on(&titled("2025 年专项行动措施"), day("2026-01-01"), &zone);
        // Half of two years.
        let pace = meter.group([&record("2026-12-31", Status::Done)]).unwrap();
        let span = (day("2025-01-01"), day("2026-12-31"));
        assert_eq!(((pace.from, pace.to), pace.gone), (span, 50));
        // A deadline before the start.
        let start = Some(day("2025-05-01"));
        let rule = PaceRule { start, ..rule };
        for (today, gone, light) in [
            ("2025-03-31", 0, Light::Green),
            ("2025-04-02", 100, Light::Red),
        ] {
            let meter = rule.on(&titled(""), day(today), &zone);
            let pace = meter.group([&record("2025-04-01", Status::Todo)]).unwrap();
            assert_eq!((pace.gone, pace.light), (gone, light));
        }
    }

    #[test]
    fn a_group_compares_its_rate_with_the_time() {
        let all = [
            record("2025-12-31", Status::Done),
            record("2025-06-30", Status::Closed),
            record("long", Status::Todo),
            record("2025-12-31", Status::Ongoing),
            record("2025-12-31", Status::Dropped),
            Record::default(),
        ];
        assert_eq!(group(&all, "2025-07-02"), Some((50, (2, 4), Light::Green)));
        assert_eq!(group(&all, "2025-09-15"), Some((71, (2, 4), Light::Yellow)));
        assert_eq!(group(&all[2..], "2025-07-02"), None);
        // One that is overdue makes it red, however far the rest is.
        let mut most = vec![record("2025-12-31", Status::Done); 9];
        most.push(record("2025-01-31", Status::Blocked));
        assert_eq!(group(&most, "2025-07-02"), Some((50, (9, 10), Light::Red)));
        let zone = TimeZone::UTC;
        let meter = PaceRule::default().on(&titled(""), day("2025-07-02"), &zone);
        let overdue = |records: &[Record]| meter.group(records).unwrap().overdue;
        assert_eq!(overdue(&most), 1);
        assert_eq!((overdue(&most[..9]), overdue(&most[9..])), (0, 0));
    }

    #[test]
    fn what_is_not_complete_is_never_called_so() {
        let mut most = vec![record("2025-12-31", Status::Done); 999];
        most.push(record("2025-12-31", Status::Todo));
        let zone = TimeZone::UTC;
        let meter = PaceRule::default().on(&titled(""), day("2025-12-31"), &zone);
        assert_eq!(meter.group(&most).unwrap().lag(), 1);
    }
}
