//! The review of progress that is carried from another document, or of a filled-in ledger: yes or
//! no, one by one.

use super::screen::Screen;
use crate::{
    progress::Body,
    report::carried,
    tui::{
        action::Action,
        commands,
        context::Context,
        keymap::{Binding, Mode},
        message::{Compared, FilledIn, Message},
        request::{Effect, Request},
        widgets::list::{END, moved},
    },
};
use ratatui::{buffer::Buffer, layout::Position};

mod page;
mod view;
mod walk;

use walk::{Decision, FilledLedger, ReviewSource, ReviewWalk};

/// The review and its scroll position.
#[derive(Debug)]
pub struct Review {
    walk: ReviewWalk,
    /// The first line shown.
    scroll: usize,
}

impl Review {
    /// Returns the review of what the open document lacks; `None` if nothing.
    pub fn new(context: &mut Context, compared: Compared) -> Option<Self> {
        let walk = ReviewWalk::new(context, compared);
        if walk.is_none() {
            context.say(context.lang.text("carry.nothing"));
        }
        Some(Self {
            walk: walk?,
            scroll: 0,
        })
    }

    /// Returns the review of what a ledger says that the progress lacks; `None` where that is
    /// nothing, or it is another document's.
    pub fn of_ledger(context: &mut Context, file: FilledIn) -> Option<Self> {
        let path = file.path.clone();
        let ledger = match FilledLedger::new(context, file) {
            Ok(ledger) => ledger,
            Err(error) => {
                let said = error.message(context.lang);
                context.warn(said);
                return None;
            }
        };
        let notes = ledger.notes.first().cloned();
        let walk = ReviewWalk::of_ledger(ledger);
        if walk.is_none() {
            let nothing = || context.lang.fill("merge.nothing-new", &[("path", &path)]);
            let said = notes.unwrap_or_else(nothing);
            context.say(said);
        }
        Some(Self {
            walk: walk?,
            scroll: 0,
        })
    }

    fn go(&mut self, at: usize) {
        self.walk.go(at);
        self.scroll = 0;
    }

    /// Carries what is shown, as one change, unless it was carried before.
    fn yes(&mut self, context: &mut Context) {
        if let Some(Decision::Yes(_)) = self.walk.answer(context) {
            return context.say(context.lang.text("carry.there"));
        }
        let edits = self.walk.edits(context);
        if edits.is_empty() {
            context.say(context.lang.text("carry.nothing"));
            return self.decide(context, Decision::No);
        }
        let body = Body::Edits(edits);
        let draft = match &self.walk.source {
            ReviewSource::Carried(_) => {
                let what = carried::what(body.edits(), context.lang);
                let said = context.lang.fill("carry.carried", &[("what", &what)]);
                commands::propose(context, body, said)
            }
            ReviewSource::Filled(ledger) => {
                let id = body.edits().first().map(|e| e.target.to_string());
                let id = id.unwrap_or_default();
                let said = context.lang.fill("merge.took", &[("id", &id)]);
                commands::propose_of(context, &ledger.by, body, said)
            }
        };
        let id = draft.id.clone();
        context.effect(Effect::Carry(draft));
        self.decide(context, Decision::Yes(id));
    }

    /// Records the answer and continues; closes the review after the last.
    fn decide(&mut self, context: &mut Context, answer: Decision) {
        self.scroll = 0;
        if !self.walk.decide(context, answer) {
            self.leave(context);
        }
    }

    /// Closes the review, and reports its result.
    fn leave(&self, context: &mut Context) {
        let (yes, no) = self.walk.counts(context);
        let left = self.walk.place().1 - yes - no;
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("yes", &yes), ("no", &no), ("left", &left)];
        let key = match self.walk.source {
            ReviewSource::Carried(_) => "review.left",
            ReviewSource::Filled(_) => "merge.left",
        };
        context.say(context.lang.fill(key, &values));
        context.ask(Request::Close);
    }
}

impl Screen for Review {
    fn mode(&self) -> Mode {
        Mode::Review
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(context.size.1).saturating_sub(4).max(1);
        if let Some(to) = moved(action, self.scroll, page, END) {
            self.scroll = to;
            return;
        }
        let (at, _) = self.walk.place();
        match action {
            Action::NextMeasure => self.go(at),
            Action::PreviousMeasure => self.go(at.saturating_sub(2)),
            Action::Accept => self.yes(context),
            Action::Cycle if self.walk.takes_theirs().is_some() => self.walk.turn(),
            Action::Refuse => self.decide(context, Decision::No),
            // Returns to what the retracted change had decided.
            Action::Undo => {
                commands::undo(context);
                self.walk.go_back(context);
                self.scroll = 0;
            }
            Action::Back => self.leave(context),
            _ => {}
        }
    }

    fn hint(&self, context: &Context, binding: &Binding) -> Option<String> {
        let words = || match self.walk.takes_theirs() {
            Some(true) => context.lang.text("merge.take-ours").to_owned(),
            Some(false) => context.lang.text("merge.take-theirs").to_owned(),
            None => String::new(),
        };
        (binding.action == Action::Cycle).then(words)
    }

    fn receive(&mut self, context: &mut Context, message: &Message) {
        if let Message::Overtaken(_) = message {
            self.walk.go_back(context);
            self.scroll = 0;
        }
        if let Message::Overtaken(_) | Message::Read(_) = message {
            self.walk.look_again(context);
        }
    }

    fn settle(&mut self, context: &mut Context) {
        if self.scroll > 0 {
            self.scroll = self.scroll.min(view::scroll_limit(context, &self.walk));
        }
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        view::draw(context, buf, &self.walk, self.scroll);
        None
    }
}

#[cfg(test)]
mod tests;
