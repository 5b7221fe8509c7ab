//! One clause in a comfortable measure, its place and times above, and all keys that a meeting needs
//! below.

use crate::{
    document::Node,
    text::elide,
    tui::{
        action::Action,
        command,
        context::Context,
        figures::lines_below,
        keymap::BINDINGS,
        layout,
        meeting::Meeting,
        node_lines,
        widgets::{
            glyphs,
            lines::{self, Line},
            theme::Role,
        },
    },
};
use jiff::SignedDuration;
use ratatui::{buffer::Buffer, layout::Rect};

/// The widest a line of text gets, about 40 Han characters: beyond, the eye loses it.
const MEASURE: u16 = 80;

/// The bindings that the foot shows, in its order: an input method lets all of their keys through.
const FOOT: [&str; 17] = [
    "previous",
    "next",
    "tick",
    "todo",
    "doing",
    "done",
    "closed",
    "ongoing",
    "blocked",
    "dropped",
    "remark-menu",
    "due-menu",
    "undo-menu",
    "meeting-jump",
    "meeting-search",
    "meeting-list",
    "meeting-leave",
];

/// What the foot says besides, where its last row has the room.
const BESIDES: [&str; 1] = ["owner"];

/// Returns how many lines the clause can be scrolled by.
pub(super) fn scroll_limit(context: &Context) -> usize {
    let areas = MeetingAreas::of(context);
    lines(context, areas.text)
        .len()
        .saturating_sub(usize::from(areas.text.height))
}

/// Says how much of the clause is below the screen.
pub(super) fn more(context: &Context) -> Option<String> {
    let below = scroll_limit(context).saturating_sub(context.meeting.as_ref()?.scroll);
    (below > 0).then(|| lines_below(context, below))
}

/// Returns whether the keys stand above the last line.
pub(super) fn shows_keys(context: &Context) -> bool {
    !MeetingAreas::of(context).foot.is_empty()
}

/// Where the parts of the screen stand.
struct MeetingAreas {
    head: Rect,
    text: Rect,
    foot: Rect,
}

impl MeetingAreas {
    fn of(context: &Context) -> Self {
        let body = layout::body(context.stage());
        let keys = u16::try_from(foot(context, body.width).len()).unwrap_or(u16::MAX);
        // Where the keys would take half of the screen, the clause counts more.
        let keys = if keys * 2 <= body.height { keys } else { 0 };
        let (margin, air) = match (body.width, body.height) {
            (60.., 18..) => (6, 1),
            (60.., _) => (6, 0),
            _ => (body.width.min(2), 0),
        };
        let width = body.width.saturating_sub(2 * margin).min(MEASURE);
        let height = body.height - keys;
        Self {
            head: Rect::new(0, 0, body.width, body.y),
            text: Rect {
                x: body.x + (body.width - width) / 2,
                y: body.y + air,
                width,
                height: height.saturating_sub(2 * air),
            },
            foot: Rect {
                y: body.y + height,
                height: keys,
                ..body
            },
        }
    }
}

fn lines(context: &Context, area: Rect) -> Vec<Line> {
    let clause = context.meeting.as_ref().and_then(Meeting::clause);
    node_lines::lines(context, clause.map(Node::Clause), area.width.max(1).into())
}

/// Draws the meeting over everything but the last line.
pub(super) fn draw(context: &Context, buf: &mut Buffer) {
    let areas = MeetingAreas::of(context);
    let screen = layout::body(context.stage()).union(areas.head);
    context.look().blank(buf, screen);
    if !areas.head.is_empty() {
        head(context, buf, areas.head);
    }
    let scroll = context.meeting.as_ref().map_or(0, |m| m.scroll);
    let all = lines(context, areas.text);
    let shown = all.iter().skip(scroll);
    lines::draw(context.look(), buf, areas.text, 0, shown);
    for (row, keys) in (0..areas.foot.height).zip(foot(context, areas.foot.width)) {
        let mut pen = context.pen(buf, areas.foot, row);
        pen.skip(1);
        for (key, words) in keys {
            pen.put(&key, Role::Key);
            pen.skip(1);
            pen.put(words, Role::Text);
            pen.skip(2);
        }
    }
}

/// The place on the agenda, and how long all and this have run.
fn head(context: &Context, buf: &mut Buffer, area: Rect) {
    let Some(meeting) = &context.meeting else {
        return;
    };
    let (whole, item) = meeting.elapsed(context.now);
    let times = context.lang.fill(
        "meeting.elapsed",
        &[("whole", &clock(whole)), ("item", &clock(item))],
    );
    let (at, of) = meeting.place();
    let mut pen = context.pen(buf, area, 0);
    let width = context.policy.width(&times) + 1;
    let end = area.right() - u16::try_from(width).unwrap_or(u16::MAX).min(area.width);
    let mut place = format!("{at}/{of} {}", meeting.topic());
    if meeting.is_aside() {
        place = context.lang.fill("meeting.outside", &[("place", &place)]);
    }
    let place = elide(context.policy, &place, usize::from(end.saturating_sub(2)));
    pen.skip(1);
    pen.put(&place, Role::Heading);
    pen.x = end.max(pen.x);
    pen.put(&times, Role::Dim);
}

/// Returns a duration as `4:05` or `1:04:05`.
fn clock(duration: SignedDuration) -> String {
    // A clock that was set back shows nothing gone by.
    let seconds = duration.as_secs().max(0);
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if h > 0 {
        format!("{h}:{m:02}:{s:02}")
    } else {
        format!("{m}:{s:02}")
    }
}

/// Returns the keys and what they do, broken into rows of a width.
fn foot(context: &Context, width: u16) -> Vec<Vec<(String, &'static str)>> {
    let mut rows: Vec<Vec<(String, &str)>> = Vec::new();
    let mut room = 0;
    for (key, words) in FOOT.iter().filter_map(|id| key_of(context, id)) {
        let used = context.policy.width(&key) + 1 + context.policy.width(words);
        if rows.is_empty() || used > room {
            rows.push(Vec::new());
            room = usize::from(width).saturating_sub(1);
        }
        room = room.saturating_sub(used + 2);
        if let Some(row) = rows.last_mut() {
            row.push((key, words));
        }
    }
    for (key, words) in BESIDES.iter().filter_map(|id| key_of(context, id)) {
        let used = context.policy.width(&key) + 1 + context.policy.width(words);
        if let Some(row) = rows.last_mut().filter(|_| used <= room) {
            row.push((key, words));
            room = room.saturating_sub(used + 2);
        }
    }
    rows
}

/// Returns the first key of a binding and the words for it; none where the user took its keys away.
fn key_of(context: &Context, id: &str) -> Option<(String, &'static str)> {
    let place = BINDINGS.iter().position(|b| b.id == id)?;
    let key = glyphs::key(context.lang, *context.keymap.keys(place).first()?);
    let words = match BINDINGS[place].action {
        Action::SetStatus(status) => context.lang.text(status.name_key()),
        _ => command::name(context.lang, &BINDINGS[place]),
    };
    Some((key, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::{key::Key, keymap::Mode};

    #[test]
    fn the_foot_shows_bindings_of_a_meeting_with_keys_that_an_input_method_passes() {
        for id in FOOT {
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
