//! Sent reminders (督办单): what the remark that records one says, `督办〔2026〕3号 · 天津海关 · 红色 ·
//! 2026-11-30 前反馈`. Nobody of the unit has answered by it, so it is no update of its clause.

use jiff::civil::Date;

/// Separates the parts of such a remark.
const PARTS: &str = " · ";

/// A reminder that a remark records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentReminder<'a> {
    /// Its number.
    pub number: &'a str,
    /// The unit that was reminded.
    pub unit: &'a str,
    /// The reply deadline.
    pub until: Date,
}

/// Returns the reminder that a remark records, if it is one.
pub fn read(remark: &str) -> Option<SentReminder<'_>> {
    let mut parts = remark.rsplitn(3, PARTS);
    let (until, _, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let (number, unit) = rest.split_once(PARTS)?;
    let until = until.get(..10)?.parse().ok()?;
    Some(SentReminder {
        number,
        unit,
        until,
    })
}

/// Returns the remark that records a reminder, given its number, unit, colour and reply deadline.
pub fn write(parts: &[&str; 4]) -> String {
    parts.join(PARTS)
}
