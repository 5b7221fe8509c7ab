//! A meeting: one clause a screen, by keys that an input method lets through; and its minutes.

use super::{browse, papers, search, typing, units, work};
use crate::{
    document::Node,
    report::minutes::Minutes,
    tui::{
        action::{Action, Content, Effect},
        keymap::Mode,
        meeting::Meeting,
        model::{Layer, Model, Purpose},
    },
};
use jiff::Timestamp;
use std::collections::BTreeSet;

pub(super) mod seek;

/// Opens a meeting over what is marked, or shown, or all; or goes on with the one under way, or left,
/// with its agenda or with what is marked or shown by now.
pub(super) fn open(model: &mut Model, effects: &mut Vec<Effect>) {
    let agenda = agenda(model);
    if agenda
        .as_ref()
        .is_some_and(|(_, clauses)| clauses.is_empty())
    {
        return model.say(model.lang.text("notice.nothing-here"));
    }
    let continued = take_up(model);
    let all = 0..model.document.clauses.len();
    // What is marked is gone through from its first, what is shown from where the cursor is.
    let at_cursor = model.marks.is_empty();
    match (&model.meeting, agenda) {
        (None, None) => {
            let topic = model.lang.text("meeting.all").to_owned();
            set_up(model, topic, all.collect(), true);
        }
        (Some(meeting), Some((_, clauses))) if meeting.clauses() == clauses => show(model),
        (_, Some((topic, clauses))) => set_up(model, topic, clauses, at_cursor),
        (Some(_), None) => show(model),
    }
    opened(model, continued, effects);
}

/// Goes on with a meeting of today that was left; tells whether there was one.
fn take_up(model: &mut Model) -> bool {
    let day = |at: Timestamp| at.to_zoned_datetime(model.zone.clone()).date();
    let is_of_today = |m: &Meeting| day(m.began()) == model.today;
    let left = model.left.as_ref().filter(|m| is_of_today(m)).cloned();
    if model.meeting.is_some() || left.is_none() {
        return false;
    }
    model.meeting = left;
    if let Some(meeting) = &mut model.meeting {
        meeting.resume(model.now);
    }
    true
}

/// What is done when the meeting is on the screen: it is kept, and said to be an earlier one.
fn opened(model: &mut Model, continued: bool, effects: &mut Vec<Effect>) {
    let Some(meeting) = &model.meeting else {
        return;
    };
    // What was said of the list and its keys does not hold here.
    model.notice.take_if(|notice| !notice.alarm);
    if continued {
        let at = meeting.began().to_zoned_datetime(model.zone.clone());
        let at = at.strftime("%H:%M").to_string();
        model.say(model.lang.fill("meeting.continued", &[("at", &at)]));
    }
    keep(model, effects);
}

/// Keeps the meeting under way for a later session: the line may drop.
pub(super) fn keep(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(meeting) = &mut model.meeting {
        meeting.note_session(&model.session);
        meeting.pause(model.now);
        effects.push(Effect::KeepMeeting(meeting.to_text(&model.document)));
    }
}

/// Returns the clauses that are marked or shown, and how that is called.
pub(super) fn agenda(model: &Model) -> Option<(String, Vec<usize>)> {
    if !model.marks.is_empty() {
        let topic = model.lang.text("meeting.marked").to_owned();
        return Some((topic, model.marks.iter().copied().collect()));
    }
    model.outline.filter()?;
    let topic = model.search.text.trim().trim_start_matches(['@', '＠']);
    Some((topic.to_owned(), model.search.matches.clauses.clone()))
}

/// Begins a meeting over these clauses, or takes them up in the one under way, or left, at the first
/// of them.
pub(super) fn begin(
    model: &mut Model,
    topic: String,
    clauses: Vec<usize>,
    effects: &mut Vec<Effect>,
) {
    if clauses.is_empty() {
        return model.say(model.lang.text("notice.nothing-here"));
    }
    let continued = take_up(model);
    set_up(model, topic, clauses, false);
    opened(model, continued, effects);
}

/// Takes up an agenda: at its first clause, or at the one under the cursor.
fn set_up(model: &mut Model, topic: String, clauses: Vec<usize>, at_cursor: bool) {
    match &mut model.meeting {
        Some(meeting) => meeting.go_on_with(topic, clauses, model.now),
        None => model.meeting = Some(Meeting::new(topic, clauses, model.now)),
    }
    // They were marked for this.
    model.marks.clear();
    if at_cursor {
        show(model);
    } else {
        show_as_it_is(model);
    }
}

/// Shows the meeting, at the clause under the cursor where that is on the agenda.
fn show(model: &mut Model) {
    let under = model.under_cursor();
    if let (Some(meeting), Some(clause)) = (&mut model.meeting, under.first()) {
        meeting.turn_to(*clause, model.now);
    }
    show_as_it_is(model);
}

fn show_as_it_is(model: &mut Model) {
    model.layers.push(Layer::Meeting);
    follow(model);
}

/// Enter on a clause of the agenda goes back to the meeting; tells whether it did.
pub(super) fn back_to(model: &mut Model) -> bool {
    let Some(Node::Clause(clause)) = model.outline.node() else {
        return false;
    };
    let is_on = |m: &Meeting| m.clauses().contains(&clause);
    let goes_back = model.meeting.as_ref().is_some_and(is_on);
    if goes_back {
        show(model);
    }
    goes_back
}

/// The cursor of the outline follows, so that the list is where the meeting is.
fn follow(model: &mut Model) {
    if let Some(clause) = model.discussed() {
        model.outline.select(&model.document, Node::Clause(clause));
    }
}

/// What a key does in a meeting.
pub(super) fn meeting(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let page = usize::from(model.size.1 / 2).max(1);
    match action {
        Action::NextMeasure => step(model, true),
        Action::PreviousMeasure => step(model, false),
        Action::Down => scroll(model, |s| s + 1),
        Action::Up => scroll(model, |s| s.saturating_sub(1)),
        Action::PageDown => scroll(model, |s| s + page),
        Action::PageUp => scroll(model, |s| s.saturating_sub(page)),
        Action::Top => scroll(model, |_| 0),
        // The layout brings it back to the last line.
        Action::Bottom => scroll(model, |_| usize::MAX / 2),
        Action::SetStatus(status) => work::set_status(model, model.targets(), status, effects),
        Action::Search => seek::open(model, ""),
        // A Han character, which an input method left on may send, begins to look for it.
        Action::Type(c) => seek::open(model, &c.to_string()),
        Action::NextMatch => seek::walk(model, true),
        Action::PreviousMatch => seek::walk(model, false),
        Action::Open => list(model),
        Action::Back => offer(model, effects),
        other => browse::common(model, &other, effects),
    }
}

fn scroll(model: &mut Model, to: impl Fn(usize) -> usize) {
    if let Some(meeting) = &mut model.meeting {
        meeting.scroll = to(meeting.scroll);
    }
}

/// Shows the end of the clause, where a remark stands that was just saved.
pub(super) fn show_end(model: &mut Model) {
    if model.mode() == Mode::Meeting {
        scroll(model, |_| usize::MAX / 2);
    }
}

fn step(model: &mut Model, down: bool) {
    let now = model.now;
    let Some(meeting) = &mut model.meeting else {
        return;
    };
    if meeting.step(down, now) {
        return follow(model);
    }
    let key = if down {
        "meeting.last"
    } else {
        "meeting.first"
    };
    model.say(model.lang.text(key));
}

/// Goes to the list; the meeting waits behind it.
fn list(model: &mut Model) {
    follow(model);
    model.layers.retain(|l| *l != Layer::Meeting);
    model.say(model.lang.text("meeting.waits"));
}

/// Offers the minutes; what is answered ends the meeting.
pub(super) fn offer(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(meeting) = &model.meeting else {
        return;
    };
    let clauses: Vec<usize> = meeting
        .covered()
        .union(&changed_here(model, meeting))
        .copied()
        .collect();
    let minutes = Minutes::of_meeting(&units::basis(model), meeting.began(), &clauses);
    let (id, date) = (&model.document.id, &model.today);
    let path = model
        .lang
        .fill("minutes.file", &[("id", id), ("date", date)]);
    typing::open_over(model, Purpose::Minutes(Box::new(minutes)), &path);
    // The minutes of this morning are there already, perhaps.
    effects.push(Effect::FreeName(path));
}

/// Returns the clauses that were changed from here while the meeting ran, on its agenda or not.
fn changed_here(model: &Model, meeting: &Meeting) -> BTreeSet<usize> {
    let since = model
        .progress
        .changes()
        .rev()
        .take_while(|c| c.at >= meeting.began());
    since
        .filter(|c| c.session == model.session || meeting.was_held_in(&c.session))
        .flat_map(crate::progress::change::Change::edits)
        .filter_map(|e| model.document.find(e.target.clause_id()?))
        .collect()
}

/// Leaves without minutes: the meeting can be gone on with.
pub(super) fn leave(model: &mut Model, effects: &mut Vec<Effect>) {
    set_aside(model, effects);
    let key = model.keymap.first_key("meeting");
    model.say(model.lang.fill("meeting.left", &[("key", &key)]));
}

/// The meeting is over, but not forgotten before its minutes are saved.
fn set_aside(model: &mut Model, effects: &mut Vec<Effect>) {
    follow(model);
    keep(model, effects);
    if let Some(meeting) = model.meeting.take() {
        model.left = Some(meeting);
    }
    model.layers.retain(|l| *l != Layer::Meeting);
}

/// Forgets the meeting that was left: its minutes are saved, or not wanted.
pub(super) fn forget(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.left.take().is_some() {
        effects.push(Effect::KeepMeeting(String::new()));
    }
}

/// Saves the minutes where the line says; where it says nothing, there are none.
pub(super) fn save(model: &mut Model, minutes: &Minutes, path: String, effects: &mut Vec<Effect>) {
    set_aside(model, effects);
    if path.is_empty() {
        forget(model, effects);
        return model.say(model.lang.text("meeting.ended"));
    }
    papers::save(
        model,
        Content::Minutes(Box::new(minutes.clone())),
        path,
        effects,
    );
}

#[cfg(test)]
mod tests;
