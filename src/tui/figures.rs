//! Figures on screens: rates, bars, paces.

use super::{
    context::Context,
    widgets::{glyphs::EMPTY, pen::Pen, theme::Role},
};
use crate::{
    locale::Lang,
    progress::{
        Due, Record, Status, Step, Urgency,
        pace::{Light, Pace},
        percent,
    },
    text::clean,
};
use jiff::{Timestamp, civil::Date};
use std::ops::Range;

/// Returns a rate as `12/42 29%`, as in reports.
pub fn rate(n: usize, of: usize) -> String {
    match percent(n, of) {
        Some(percent) => format!("{n}/{of} {percent}%"),
        None => format!("{n}/{of}"),
    }
}

/// Returns a status with its mark, `[x] 已完成`.
pub fn status(lang: Lang, status: Status) -> String {
    format!("{} {}", status.mark(), lang.text(status.name_key()))
}

/// Returns a step with the mark of its status.
pub fn step_text(step: &Step) -> String {
    format!("{} {}", step.status.mark(), clean(&step.text))
}

/// Returns the day of a moment as people read it: with its year only if that is not this year.
pub fn day(context: &Context, at: Timestamp) -> String {
    let day = at.to_zoned_datetime(context.zone.clone()).date();
    day.strftime(day_format(context, day)).to_string()
}

/// Returns the format of a day, with its year only if that is not this year.
pub fn day_format(context: &Context, day: Date) -> &'static str {
    if day.year() == context.today.year() {
        "%m-%d"
    } else {
        "%Y-%m-%d"
    }
}

/// Returns a pace in words, `! 红 2025-01-01 至 2025-12-31 已过 89%，完成 2/17 12%`, and its role.
pub fn pace(context: &Context, pace: &Pace) -> (String, Role) {
    let (sign, light) = (pace.light.sign(), context.lang.text(pace.light.name_key()));
    let done = pace.done.map(|(n, of)| rate(n, of));
    let mut values: Vec<(&str, &dyn std::fmt::Display)> = vec![
        ("sign", &sign),
        ("light", &light),
        ("from", &pace.from),
        ("to", &pace.to),
        ("gone", &pace.gone),
    ];
    let key = match &done {
        Some(done) => {
            values.push(("done", done));
            "pace.said"
        }
        None => "pace.time",
    };
    let mut said = context.lang.fill(key, &values);
    if pace.overdue > 0 {
        said += &context.lang.fill("pace.overdue", &[("n", &pace.overdue)]);
    }
    (said, light_role(pace.light))
}

/// Returns a deadline with how near it is, `!2026-11-20 逾期 7 天`, and its role; empty without a
/// deadline.
pub fn due(context: &Context, record: &Record) -> (String, Role) {
    let urgency = record.urgency(context.today, context.limits.days_ahead);
    dated(context, record.due, urgency)
}

/// Returns a step's mark, text and deadline, and how they are drawn.
pub fn step(context: &Context, step: &Step) -> (String, Vec<(Range<usize>, Role)>) {
    let mut said = step_text(step);
    let mut marks = vec![(0..step.status.mark().len(), Role::Status(step.status))];
    let urgency = step.urgency(context.today, context.limits.days_ahead);
    let (due, role) = dated(context, step.due, urgency);
    if !due.is_empty() {
        said += "  ";
        marks.push((said.len()..said.len() + due.len(), role));
        said += &due;
    }
    (said, marks)
}

/// Returns a deadline as [`due`] does, given how near it is.
pub fn dated(context: &Context, due: Option<Due>, urgency: Option<Urgency>) -> (String, Role) {
    let date = match due {
        None => return (String::new(), Role::Text),
        Some(Due::Long) => return (context.lang.text("due.long").to_owned(), Role::Text),
        Some(Due::Date(date)) => date,
    };
    let days = (date - context.today).get_days();
    let n = days.unsigned_abs();
    let said = |key| context.lang.fill(key, &[("n", &n)]);
    match urgency {
        Some(Urgency::Soon) if n == 0 => (
            format!("~{date} {}", context.lang.text("due.today")),
            Role::Soon,
        ),
        Some(Urgency::Overdue) => (format!("!{date} {}", said("due.overdue-by")), Role::Overdue),
        Some(Urgency::Soon) => (format!("~{date} {}", said("due.in-days")), Role::Soon),
        None => (date.to_string(), Role::Text),
    }
}

/// Returns the role of a light.
pub const fn light_role(light: Light) -> Role {
    match light {
        Light::Green => Role::Status(Status::Done),
        Light::Yellow => Role::Behind,
        Light::Red => Role::Overdue,
    }
}

/// Returns the two parts of a bar of this width, `n` of `of` full.
pub fn bar(width: usize, n: usize, of: usize) -> [(String, Role); 2] {
    let rounded = (2 * n * width + of).checked_div(2 * of).unwrap_or(0);
    // Any progress shows, and only complete is full.
    let full = match n {
        0 => 0,
        n if n >= of => width,
        _ => rounded.clamp(1.min(width), width.saturating_sub(1).max(1.min(width))),
    };
    [
        (" ".repeat(full), Role::Bar),
        (EMPTY.repeat(width - full), Role::Dim),
    ]
}

/// Draws a bar of this width, filled `n` of `of`.
pub fn draw_bar(pen: &mut Pen<'_>, width: usize, n: usize, of: usize) {
    for (text, role) in bar(width, n, of) {
        pen.put(&text, role);
    }
}

/// Says how many lines are below what is shown, or else above it.
pub fn more(context: &Context, above: usize, below: usize) -> Option<String> {
    let (key, n) = match (above, below) {
        (0, 0) => return None,
        (above, 0) => ("more.above", above),
        (_, below) => ("more.below", below),
    };
    Some(context.lang.fill(key, &[("n", &n)]))
}
