//! A meeting: one clause per screen, with keys that an input method lets through.

use super::screen::Screen;
use crate::{
    document::Node,
    tui::{
        action::Action,
        commands,
        context::Context,
        keymap::Mode,
        meeting::Meeting,
        minutes::{follow, keep, visit},
        request::{Meet, Prompting, Request},
        widgets::list::{END, moved},
    },
};
use jiff::Timestamp;
use ratatui::{buffer::Buffer, layout::Position};

mod page;
mod view;

/// The screen of the shared meeting in progress.
#[derive(Debug)]
pub struct MeetingScreen;

impl MeetingScreen {
    /// Opens the requested meeting; `None` if there is nothing to discuss.
    pub fn new(context: &mut Context, how: &Meet) -> Option<Self> {
        let agenda = match how {
            Meet::Back => {
                turn_to_cursor(context);
                return Some(Self::shown(context));
            }
            Meet::Any => context.agenda(),
            Meet::Over(topic, clauses) => Some((topic.clone(), clauses.clone())),
        };
        if agenda
            .as_ref()
            .is_some_and(|(_, clauses)| clauses.is_empty())
        {
            context.say(context.lang.text("notice.nothing-here"));
            return None;
        }
        let continued = take_up(context);
        // A unit's or marked clauses start at the first, filtered ones at the cursor.
        let at_cursor = *how == Meet::Any && context.marks.is_empty();
        match (&context.meeting, agenda) {
            (None, None) => {
                let topic = context.lang.text("meeting.all").to_owned();
                let all = 0..context.document.clauses.len();
                begin(context, topic, all.collect());
                turn_to_cursor(context);
            }
            (Some(_), None) => turn_to_cursor(context),
            (Some(meeting), Some((_, clauses)))
                if *how == Meet::Any && meeting.clauses() == clauses =>
            {
                turn_to_cursor(context);
            }
            (_, Some((topic, clauses))) => {
                begin(context, topic, clauses);
                if at_cursor {
                    turn_to_cursor(context);
                }
            }
        }
        let screen = Self::shown(context);
        opened(context, continued);
        Some(screen)
    }

    /// Moves the outline's cursor to the meeting's clause.
    fn shown(context: &mut Context) -> Self {
        let clause = context.meeting.as_ref().and_then(Meeting::clause);
        if let Some(clause) = clause {
            context.go_to(Node::Clause(clause));
        }
        Self
    }
}

/// Prepares the meeting on the screen: keeps it, and says if it is resumed.
fn opened(context: &mut Context, continued: bool) {
    // Notices about the outline's keys do not apply here.
    context.notice.take_if(|notice| !notice.alarm);
    if let (true, Some(meeting)) = (continued, &context.meeting) {
        let at = meeting.began().to_zoned_datetime(context.zone.clone());
        let at = at.strftime("%H:%M").to_string();
        context.say(context.lang.fill("meeting.continued", &[("at", &at)]));
    }
    keep(context);
}

/// Resumes a meeting of today that was left; returns whether there was one.
fn take_up(context: &mut Context) -> bool {
    let day = |at: Timestamp| at.to_zoned_datetime(context.zone.clone()).date();
    let is_of_today = |m: &&Meeting| day(m.began()) == context.today;
    let left = context.left.as_ref().filter(is_of_today).cloned();
    if context.meeting.is_some() || left.is_none() {
        return false;
    }
    context.meeting = left;
    if let Some(meeting) = &mut context.meeting {
        meeting.resume(context.now);
    }
    true
}

/// Starts an agenda, in the present meeting if there is one.
fn begin(context: &mut Context, topic: String, clauses: Vec<usize>) {
    match &mut context.meeting {
        Some(meeting) => meeting.go_on_with(topic, clauses, context.now),
        None => context.meeting = Some(Meeting::new(topic, clauses, context.now)),
    }
    // They were marked for this.
    context.marks.clear();
}

/// Goes to the clause under the cursor, if it is on the agenda.
fn turn_to_cursor(context: &mut Context) {
    let under = context.under_cursor();
    if let (Some(meeting), Some(clause)) = (&mut context.meeting, under.first()) {
        meeting.turn_to(*clause, context.now);
    }
}

impl Screen for MeetingScreen {
    fn mode(&self) -> Mode {
        Mode::Meeting
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(context.size.1 / 2).max(1);
        let Some(meeting) = &mut context.meeting else {
            return;
        };
        if let Some(to) = moved(action, meeting.scroll, page, END) {
            meeting.scroll = to;
            return;
        }
        match action {
            Action::NextMeasure => step(context, true),
            Action::PreviousMeasure => step(context, false),
            Action::SetStatus(status) => {
                commands::set_status(context, context.targets(), status);
            }
            Action::Search => context.prompt(Prompting::Seek(String::new())),
            // A Han character from an input method begins a search.
            Action::Type(c) => context.prompt(Prompting::Seek(c.to_string())),
            Action::NextMatch => walk(context, true),
            Action::PreviousMatch => walk(context, false),
            // To the outline; the meeting waits behind it.
            Action::Open => {
                follow(context);
                context.ask(Request::Close);
                context.say(context.lang.text("meeting.waits"));
            }
            Action::Back => context.prompt(Prompting::Minutes),
            other => commands::act(context, other),
        }
    }

    fn settle(&mut self, context: &mut Context) {
        if context
            .meeting
            .as_mut()
            .is_some_and(|m| std::mem::take(&mut m.shows_news))
        {
            let news = view::scroll_to_news(context);
            if let Some(meeting) = &mut context.meeting {
                meeting.scroll = meeting.scroll.max(news);
            }
        }
        let scroll = context.meeting.as_ref().map_or(0, |m| m.scroll);
        if scroll > 0 {
            let last = view::scroll_limit(context);
            if let Some(meeting) = &mut context.meeting {
                meeting.scroll = scroll.min(last);
            }
        }
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        view::draw(context, buf);
        None
    }

    /// The meeting shows its keys above the footer, where no notice hides them.
    fn foot(&self, context: &Context) -> Option<String> {
        view::shows_keys(context).then(|| view::more(context).unwrap_or_default())
    }
}

fn step(context: &mut Context, down: bool) {
    let Some(meeting) = &mut context.meeting else {
        return;
    };
    if meeting.step(down, context.now) {
        return follow(context);
    }
    let key = if down {
        "meeting.last"
    } else {
        "meeting.first"
    };
    context.say(context.lang.text(key));
}

/// n and N: the next clause found, in document order, wrapping around.
fn walk(context: &mut Context, down: bool) {
    let here = context.discussed();
    let found = context.meeting.as_ref().map(|m| &m.sought.found);
    let next = found.zip(here).and_then(|(found, here)| {
        if down {
            found.iter().find(|c| **c > here).or(found.first())
        } else {
            found.iter().rfind(|c| **c < here).or(found.last())
        }
    });
    match next.copied() {
        Some(clause) => visit(context, clause),
        None => context.say(context.lang.text("search.no-query")),
    }
}

#[cfg(test)]
mod tests;
