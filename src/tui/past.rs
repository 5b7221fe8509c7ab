//! The past on the screen: the checklist as it was at the end of a day, read-only.
//!
//! The context then holds the past; the present is set aside, and still receives changes.

use super::{context::Context, present::Present};
use crate::{
    progress::{Change, Progress, past::end_of},
    text::clean,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use std::collections::BTreeMap;

/// How far a key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stride {
    /// To the day before that has changes, or the next one.
    Day,
    /// By a week.
    Week,
}

/// Shows the checklist as it was at the end of the last day before today that has changes.
pub fn open(context: &mut Context) {
    if context.past.is_some() {
        return;
    }
    if context.meeting.is_some() {
        return context.warn(context.lang.text("past.meeting"));
    }
    let days = context.progress.days(&context.zone);
    match days.iter().rfind(|day| **day < context.today) {
        Some(day) => enter(context, end_of(*day, &context.zone), days),
        None => context.say(context.lang.text("past.none")),
    }
}

/// Shows the checklist as it was at a moment, to which the clock is set too.
pub fn show(context: &mut Context, moment: Timestamp) {
    close(context);
    let days = context.progress.days(&context.zone);
    enter(context, moment, days);
}

fn enter(context: &mut Context, moment: Timestamp, days: Vec<Date>) {
    let then = context.progress.until(moment);
    context.past = Some(Box::new(Present {
        present: swap(context, then),
        now: std::mem::replace(&mut context.now, moment),
        today: context.today,
        days,
    }));
    context.today = moment.to_zoned_datetime(context.zone.clone()).date();
    context.marks.clear();
    say(context);
}

/// Goes to another day; beyond the present, back to it.
pub fn step(context: &mut Context, step: Stride, later: bool) {
    let Some(past) = &context.past else { return };
    let here = context.today;
    let day = match (step, later) {
        (Stride::Day, true) => past.days.iter().find(|day| **day > here).copied(),
        (Stride::Day, false) => past.days.iter().rfind(|day| **day < here).copied(),
        (Stride::Week, true) => Some(here.saturating_add(7.days())),
        (Stride::Week, false) => Some(here.saturating_sub(7.days())),
    };
    let first = past.days.first().is_some_and(|first| here <= *first);
    match day {
        None if !later => context.say(context.lang.text("past.first")),
        _ if !later && first => context.say(context.lang.text("past.first")),
        Some(day) if day < past.today => {
            let moment = end_of(day, &context.zone);
            let then = past.present.until(moment);
            swap(context, then);
            (context.now, context.today) = (moment, day);
            say(context);
        }
        _ => {
            close(context);
            context.say(context.lang.text("past.now"));
        }
    }
}

/// Returns to the present; returns the moment that was shown.
pub fn close(context: &mut Context) -> Option<Timestamp> {
    let past = *context.past.take()?;
    let moment = std::mem::replace(&mut context.now, past.now);
    swap(context, past.present);
    context.today = past.today;
    Some(moment)
}

/// Runs a function on the present, and shows the same past again.
pub fn aside(context: &mut Context, work: impl FnOnce(&mut Context)) {
    let moment = close(context);
    work(context);
    if let Some(moment) = moment {
        let news = context.news.take();
        show(context, moment);
        context.news = news.or(context.news.take());
    }
}

/// Replaces the progress that is shown, and returns it.
fn swap(context: &mut Context, progress: Progress) -> Progress {
    context.touch_all();
    let old = std::mem::replace(&mut context.progress, progress);
    context.touch_all();
    // Items that were added later have no index here.
    let count = context.progress.document().clauses.len();
    context.touched.retain(|clause| *clause < count);
    old
}

/// Says that the past can't be changed.
pub fn refuse(context: &mut Context) {
    let key = context.key("past-leave");
    context.warn(context.lang.fill("past.read-only", &[("key", &key)]));
}

/// Says who made how many changes on the day that is shown.
fn say(context: &mut Context) {
    let (lang, day) = (context.lang, context.today);
    let before = end_of(day.saturating_sub(1.day()), &context.zone);
    let end = end_of(day, &context.zone);
    let is_of_day = |change: &&Change| change.when() > before && change.when() <= end;
    let mut people: BTreeMap<&str, usize> = BTreeMap::new();
    for change in context.progress.changes().filter(is_of_day) {
        *people.entry(&change.by).or_default() += 1;
    }
    let people: Vec<String> = (people.iter())
        .map(|(by, n)| lang.fill("past.by", &[("by", &clean(by)), ("n", n)]))
        .collect();
    let people = match people.len() {
        0 => lang.text("past.quiet").to_owned(),
        _ => lang.list(&people),
    };
    context.news = Some(lang.fill("past.day", &[("people", &people)]));
}

#[cfg(test)]
mod tests;
