//! A meeting on the screen: its progress above, one clause in a comfortable measure, what comes next,
//! and all keys that a meeting needs below.

use super::page::ClausePage;
use crate::{
    progress::{Record, Status, Urgency},
    text::{elide, pad},
    tui::{
        action::Action,
        command,
        context::Context,
        figures::{self, draw_bar},
        keymap::{BINDINGS, Mode},
        layout,
        meeting::Meeting,
        widgets::{glyphs, hint::Hint, lines, list, pen::Pen, theme::Role},
    },
};
use jiff::SignedDuration;
use ratatui::{buffer::Buffer, layout::Rect};
use std::ops::Range;

/// The greatest line width, about 44 Han characters: longer lines are hard to follow.
const MEASURE: u16 = 88;

/// Returns the bindings shown at the foot, in labelled groups. An input method lets all of their
/// keys through.
fn groups() -> [(&'static str, Vec<&'static str>); 3] {
    let statuses = BINDINGS
        .iter()
        .filter(|b| matches!(b.action, Action::SetStatus(_)) && b.modes.contains(&Mode::Meeting));
    let walk = [
        "previous",
        "next",
        "meeting-jump",
        "meeting-search",
        "meeting-list",
        "meeting-leave",
    ];
    [
        ("field.status", statuses.map(|b| b.id).collect()),
        (
            "meeting.clause",
            vec!["remark-menu", "due-menu", "undo-menu"],
        ),
        ("meeting.walk", walk.to_vec()),
    ]
}

/// Others, if the last row has room.
const BESIDES: [&str; 2] = ["tick", "owner"];

/// The most rows of the agenda.
const NEIGHBOURS: u16 = 9;

/// Returns how many lines the clause can scroll.
pub(super) fn scroll_limit(context: &Context) -> usize {
    let (areas, page) = MeetingAreas::of(context);
    page.lines.len().saturating_sub(areas.text.height.into())
}

/// Returns the scroll position that shows what this meeting has changed.
pub(super) fn scroll_to_news(context: &Context) -> usize {
    let (areas, page) = MeetingAreas::of(context);
    page.news_end.saturating_sub(areas.text.height.into())
}

/// Says how much of the clause is below the screen.
pub(super) fn more(context: &Context) -> Option<String> {
    let below = scroll_limit(context).saturating_sub(context.meeting.as_ref()?.scroll);
    figures::more(context, 0, below)
}

/// Returns whether the keys are shown above the footer.
pub(super) fn shows_keys(context: &Context) -> bool {
    !MeetingAreas::of(context).0.foot.is_empty()
}

/// Areas of the screen.
struct MeetingAreas {
    head: Rect,
    text: Rect,
    /// The neighbours on the agenda; above the rule where there is room for one.
    agenda: Rect,
    rule: Rect,
    foot: Rect,
}

impl MeetingAreas {
    /// Returns the areas, and what is in the largest: what that leaves is for the agenda.
    fn of(context: &Context) -> (Self, ClausePage) {
        let body = layout::body(context.stage());
        let keys = u16::try_from(foot(context, body.width).len()).unwrap_or(u16::MAX);
        // If the keys would take half the screen, the clause is more important.
        let keys = if keys * 2 <= body.height { keys } else { 0 };
        let (margin, air) = match (body.width, body.height) {
            (60.., 18..) => (6, 1),
            (60.., _) => (6, 0),
            _ => (body.width.min(2), 0),
        };
        let rule = u16::from(keys > 0 && body.height >= 18);
        let next = u16::from(body.height >= 12);
        let width = body.width.saturating_sub(2 * margin).min(MEASURE);
        let room = body.height - keys - rule;
        let text = Rect {
            x: body.x + (body.width - width) / 2,
            y: body.y + air,
            width,
            height: room.saturating_sub(next + 2 * air),
        };
        let page = ClausePage::of(context, text);
        let lines = u16::try_from(page.lines.len()).unwrap_or(u16::MAX);
        let more = text.height.saturating_sub(lines + 1);
        let all = context
            .meeting
            .as_ref()
            .map_or(0, |meeting| meeting.place().1 + 1);
        let all = u16::try_from(all).unwrap_or(u16::MAX);
        let agenda = next + (more * 2 / 3).min(all.min(NEIGHBOURS).saturating_sub(1)) * next;
        let row = |y, height| Rect { y, height, ..body };
        let areas = Self {
            head: Rect::new(0, 0, body.width, body.y),
            text: Rect {
                height: text.height + next - agenda,
                ..text
            },
            agenda: row(body.y + room - agenda, agenda),
            rule: row(body.y + room, rule),
            foot: row(body.bottom() - keys, keys),
        };
        (areas, page)
    }
}

/// Draws the meeting over everything but the footer.
pub(super) fn draw(context: &Context, buf: &mut Buffer) {
    let (areas, page) = MeetingAreas::of(context);
    let screen = layout::body(context.stage()).union(areas.head);
    context.look().blank(buf, screen);
    let Some(meeting) = &context.meeting else {
        return;
    };
    if !areas.head.is_empty() {
        head(context, &mut context.pen(buf, areas.head, 0), meeting);
        list::select(context.look(), buf, areas.head);
    }
    let shown = page.lines.iter().skip(meeting.scroll);
    lines::draw(context.look(), buf, areas.text, 0, shown);
    agenda(context, buf, areas.agenda, meeting);
    if !areas.rule.is_empty() {
        let blanks = " ".repeat(areas.rule.width.into());
        context.pen(buf, areas.rule, 0).put(&blanks, Role::Rule);
    }
    for (row, keys) in (0..areas.foot.height).zip(foot(context, areas.foot.width)) {
        let mut pen = context.pen(buf, areas.foot, row);
        pen.skip(1);
        for hint in keys {
            pen.put(
                &hint.key,
                if hint.words.is_empty() {
                    Role::Dim
                } else {
                    Role::Key
                },
            );
            pen.skip(1);
            pen.put(&hint.words, Role::Text);
            pen.skip(if hint.words.is_empty() { 1 } else { 2 });
        }
    }
}

/// Draws the position on the agenda, what needs attention on it, and the elapsed times.
fn head(context: &Context, pen: &mut Pen<'_>, meeting: &Meeting) {
    let lang = context.lang;
    let (whole, item) = meeting.elapsed(context.now);
    let times: [(&str, &dyn std::fmt::Display); 2] =
        [("whole", &clock(whole)), ("item", &clock(item))];
    let (at, of) = meeting.place();
    let place: [(&str, &dyn std::fmt::Display); 2] = [("at", &at), ("of", &of)];
    let is_wide = pen.room() >= 60;
    pen.put_aside(
        &lang.fill("meeting.elapsed", &times),
        usize::MAX,
        Role::Text,
    );
    pen.skip(1);
    let brief = format!("{at}/{of} {}", meeting.topic());
    let said = if meeting.is_aside() {
        lang.fill("meeting.outside", &[("place", &brief)])
    } else if is_wide {
        let place = lang.fill("meeting.place", &place);
        format!(
            "{} {}   {place}",
            lang.text("mode.meeting"),
            meeting.topic()
        )
    } else {
        brief
    };
    let said = elide(context.policy, &said, pen.room()).into_owned();
    pen.put(&said, Role::Text);
    let alarms = alarms(context, meeting);
    let used = context.policy.width(&alarms) + 3;
    let bar = pen.room().saturating_sub(used + 2).min(20);
    if bar >= 6 {
        pen.skip(2);
        draw_bar(pen, bar, at, of);
    }
    if !alarms.is_empty() && pen.room() >= used {
        pen.skip(3);
        pen.put(&alarms, Role::Text);
    }
}

/// Returns how many clauses of the agenda are overdue and blocked: `逾期 3  受阻 1`.
fn alarms(context: &Context, meeting: &Meeting) -> String {
    let records = || {
        meeting
            .clauses()
            .iter()
            .map(|c| context.progress.record(*c))
    };
    let urgency = |r: &Record| r.urgency(context.today, context.limits.days_ahead);
    let overdue = records()
        .filter(|r| urgency(r) == Some(Urgency::Overdue))
        .count();
    let blocked = records().filter(|r| r.status == Status::Blocked).count();
    let counts = [
        ("urgency.overdue", overdue),
        (Status::Blocked.name_key(), blocked),
    ];
    let said = counts.iter().filter(|(_, n)| *n > 0);
    let said: Vec<String> = said
        .map(|(key, n)| format!("{} {n}", context.lang.text(key)))
        .collect();
    said.join("  ")
}

/// Returns the index of the clause that comes next on the agenda.
fn next(meeting: &Meeting) -> usize {
    let (at, _) = meeting.place();
    at.saturating_sub(usize::from(meeting.is_aside()))
}

/// Returns the indices of the agenda's clauses that a number of rows show: the current one with those
/// around it. It is turned like a page, so that a step changes two rows and not all; the next clause
/// is always there.
fn neighbours(context: &Context, rows: usize) -> Range<usize> {
    let Some(meeting) = &context.meeting else {
        return 0..0;
    };
    let (at, of) = meeting.place();
    let here = at.saturating_sub(1);
    let first = match rows {
        1 => next(meeting),
        0 | 2 => here,
        _ => (here / (rows - 2) * (rows - 2)).saturating_sub(1),
    };
    // After the last there is a row that says so.
    first..(first + rows).min(of + 1)
}

/// Draws the agenda around the current clause.
fn agenda(context: &Context, buf: &mut Buffer, area: Rect, meeting: &Meeting) {
    let (lang, policy) = (context.lang, context.policy);
    let (at, of) = meeting.place();
    let next = next(meeting);
    let labels = ["hint.previous", "meeting.clause", "hint.next"].map(|key| lang.text(key));
    let columns = labels.map(|label| policy.width(label)).into_iter().max();
    let columns = columns.unwrap_or(0) + 2;
    for (row, nth) in (0..area.height).zip(neighbours(context, area.height.into())) {
        let mut pen = context.pen(buf, area, row);
        pen.skip(if pen.room() >= 60 { 3 } else { 1 });
        let is_here = nth + 1 == at && !meeting.is_aside();
        let label = match nth {
            _ if is_here => labels[1],
            _ if nth == next => labels[2],
            _ if nth + 2 == at => labels[0],
            _ => "",
        };
        match meeting.clauses().get(nth) {
            Some(clause) => {
                let role = if is_here { Role::Text } else { Role::Dim };
                neighbour(
                    context,
                    &mut pen,
                    &pad(policy, label, columns),
                    *clause,
                    role,
                );
            }
            None if at == of => pen.put_elided(lang.text("meeting.last"), Role::Dim),
            None => {}
        }
    }
}

/// Draws a clause of the agenda in a line.
fn neighbour(context: &Context, pen: &mut Pen<'_>, label: &str, nth: usize, role: Role) {
    let clause = &context.document.clauses[nth];
    let record = context.progress.record(nth);
    let (due, urgency) = figures::due(context, record);
    if pen.room() >= 60 {
        pen.put_aside(&due, usize::MAX, urgency);
    }
    pen.put(label, Role::Dim);
    let id = format!("{} ", clause.id);
    pen.put(&pad(context.policy, &id, 5), role);
    let mark = format!("{} ", record.status.mark());
    pen.put(&mark, Role::Status(record.status));
    pen.put_elided(&clause.text, role);
}

/// Returns a duration as `4:05` or `1:04:05`.
fn clock(duration: SignedDuration) -> String {
    // A clock that was set back shows zero.
    let seconds = duration.as_secs().max(0);
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if h > 0 {
        format!("{h}:{m:02}:{s:02}")
    } else {
        format!("{m}:{s:02}")
    }
}

/// Returns the keys and what they do, in rows of a width. The label of a group precedes its first
/// key, if it fits.
fn foot(context: &Context, width: u16) -> Vec<Vec<Hint>> {
    let policy = context.policy;
    let width = usize::from(width).saturating_sub(1);
    let mut rows: Vec<Vec<Hint>> = Vec::new();
    let mut room = 0;
    for (name, ids) in groups() {
        let hints: Vec<Hint> = ids.iter().filter_map(|id| key_of(context, id)).collect();
        let name = context.lang.text(name);
        let label = Hint {
            rank: 0,
            key: name.to_owned(),
            words: "".into(),
        };
        let whole = policy.width(name) + 2 + crate::tui::widgets::hint::width(policy, &hints);
        let mut group: Vec<Hint> = hints;
        if width >= 60 {
            group.insert(0, label);
            // The statuses have a row of their own.
            if whole > room || rows.len() == 1 {
                room = 0;
            }
        }
        for hint in group {
            let used = hint.width(policy) + usize::from(hint.words.is_empty());
            if rows.is_empty() || used > room {
                rows.push(Vec::new());
                room = width;
            }
            room = room.saturating_sub(used + if hint.words.is_empty() { 0 } else { 2 });
            if let Some(row) = rows.last_mut() {
                row.push(hint);
            }
        }
        room = room.saturating_sub(if width >= 60 { 3 } else { 0 });
    }
    for hint in BESIDES.iter().filter_map(|id| key_of(context, id)) {
        let used = hint.width(policy);
        if let Some(row) = rows.last_mut().filter(|_| used <= room) {
            row.push(hint);
            room = room.saturating_sub(used + 2);
        }
    }
    rows
}

/// Returns a binding's first key and its text; `None` if the user has unbound it.
fn key_of(context: &Context, id: &str) -> Option<Hint> {
    let place = BINDINGS.iter().position(|b| b.id == id)?;
    let key = glyphs::key(context.lang, *context.keymap.keys(place).first()?);
    let words = match BINDINGS[place].action {
        Action::SetStatus(status) => context.lang.text(status.name_key()),
        _ => command::name(context.lang, &BINDINGS[place]),
    };
    Some(Hint {
        rank: 0,
        key,
        words: words.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::key::Key;

    #[test]
    fn the_foot_shows_bindings_of_a_meeting_with_keys_that_an_input_method_passes() {
        for id in groups().into_iter().flat_map(|(_, ids)| ids) {
            let binding = BINDINGS.iter().find(|b| b.id == id).unwrap();
            assert!(binding.modes.contains(&Mode::Meeting), "{id}");
            let first = binding.keys.split(' ').next().unwrap();
            let typed = Key::parse(first).unwrap().typed();
            assert!(!typed.is_some_and(char::is_alphabetic), "{id}: {first}");
        }
    }

    #[test]
    fn times_as_people_read_them() {
        for (seconds, shown) in [(-5, "0:00"), (0, "0:00"), (65, "1:05"), (3_845, "1:04:05")] {
            assert_eq!(clock(SignedDuration::from_secs(seconds)), shown);
        }
    }
}
