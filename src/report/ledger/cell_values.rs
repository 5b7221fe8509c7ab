//! Statuses and days as people type them into sheets.

use super::CellValue;
use crate::{
    day::{self, Due},
    progress::Status,
};
use jiff::civil::{Date, date};

/// What only cells say for "done".
const TICKS: [&str; 9] = ["√", "✓", "✔", "☑", "✅", "是", "100%", "y", "yes"];

/// Returns the status in a cell; `None` if there is none.
pub(super) fn status(value: &CellValue) -> Option<Status> {
    let said = value.text();
    let said = said.trim();
    // The boxes of done and closed differ only by case.
    let boxed = Status::ALL.into_iter().find(|s| s.mark() == said);
    let ticked = TICKS.contains(&&*said.to_lowercase());
    boxed
        .or(ticked.then_some(Status::Done))
        .or_else(|| Status::parse(said))
}

/// A cell that names no day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoDay;

/// Returns the deadline in a cell, `None` for no deadline; text is read as deadlines are
/// everywhere.
pub(super) fn due(value: &CellValue, today: Date) -> Result<Option<Due>, NoDay> {
    match value {
        CellValue::Day(day) => Ok(Some(Due::Date(*day))),
        CellValue::Number(number) => match serial(*number) {
            Some(day) => Ok(Some(Due::Date(day))),
            None => typed(&number.to_string(), today),
        },
        CellValue::Text(text) => typed(text, today),
        CellValue::Formula | CellValue::Covered => Err(NoDay),
    }
}

/// Reads a day's serial number in Excel.
#[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
fn serial(number: f64) -> Option<Date> {
    let number = Some(number).filter(|n| (30_000.0..80_000.0).contains(n))?;
    let days = jiff::Span::new().try_days(number as i64).ok()?;
    date(1899, 12, 30).checked_add(days).ok()
}

fn typed(text: &str, today: Date) -> Result<Option<Due>, NoDay> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = |text: &str| day::due(text, today).ok();
    // A time may follow the day.
    let first = text.split(['T', ' ']).next().unwrap_or_default();
    read(text)
        .or_else(|| read(first).filter(|_| text.contains(':')))
        .ok_or(NoDay)
}

#[cfg(test)]
mod tests {
    use super::{CellValue, NoDay, due, status};
    use crate::progress::{Due, Status};
    use jiff::civil::date;

    #[test]
    fn statuses_as_people_type_them() {
        for (said, want) in [
            ("已完成", Status::Done),
            (" 已 完成 ", Status::Done),
            ("已办结", Status::Done),
            ("√", Status::Done),
            ("[X]", Status::Closed),
            ("[x]", Status::Done),
            ("进行中", Status::Doing),
            ("Done", Status::Done),
            ("受阻。", Status::Blocked),
        ] {
            assert_eq!(status(&CellValue::Text(said.into())), Some(want), "{said}");
        }
        for said in ["", "未完成", "差不多了", "×"] {
            assert_eq!(status(&CellValue::Text(said.into())), None, "{said}");
        }
    }

    #[test]
    fn days_as_people_type_them() {
        let today = date(2026, 11, 23);
        let end = Ok(Some(Due::Date(date(2026, 12, 31))));
        for said in [
            "2026.12.31",
            "12月31日",
            "2026年底",
            "2026年12月底",
            "12月底",
            "2026年12月",
            "20261231",
            "2026-12-31 00:00:00",
            "2026 年 12 月 31 日前",
            "年底前",
            "2026/12/31",
        ] {
            assert_eq!(due(&CellValue::Text(said.into()), today), end, "{said}");
        }
        assert_eq!(due(&CellValue::Number(46_387.0), today), end);
        assert_eq!(due(&CellValue::Number(20_261_231.0), today), end);
        assert_eq!(
            due(&CellValue::Text("长期".into()), today),
            Ok(Some(Due::Long))
        );
        assert_eq!(due(&CellValue::Text(" ".into()), today), Ok(None));
        for said in ["尽快", "2026年", "26.12.31", "2026-02-30", "13月底"] {
            assert_eq!(
                due(&CellValue::Text(said.into()), today),
                Err(NoDay),
                "{said}"
            );
        }
        assert_eq!(due(&CellValue::Number(3.0), today), Err(NoDay));
    }
}
