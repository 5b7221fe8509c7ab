//! The remark box: one or many lines, kept as a draft until saved.

use super::screen::{Screen, popup};
use crate::{
    progress::{Edit, Kind, Status, Target, TooLong},
    text::{self, clean},
    tui::{
        action::Action,
        commands,
        context::Context,
        keymap::{Binding, Mode},
        message::Message,
        renumber::Renumbering,
        request::{Effect, Request},
        text_draft::{self, TextDraft},
        widgets::{
            editor::{Editor, too_long},
            theme::Role,
        },
    },
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// The greatest line width: longer lines are hard to follow.
const WIDEST: usize = 76;

/// Byte limit of a remark or step.
pub(super) const LONGEST: usize = TooLong::REMARK.most;

/// A remark being written.
#[derive(Debug)]
pub struct RemarkEditor {
    /// Its clauses.
    clauses: Vec<usize>,
    /// What kind of remark.
    kind: Kind,
    /// The status that it explains.
    status: Option<Status>,
    /// The text.
    pub editor: Editor,
    /// Why it could not be accepted.
    error: Option<String>,
}

impl RemarkEditor {
    /// Returns a remark on these clauses, or the reason for a status, with its draft if there is
    /// one. `None` without a clause.
    pub fn new(context: &mut Context, clauses: Vec<usize>, status: Option<Status>) -> Option<Self> {
        if clauses.is_empty() {
            context.say(context.lang.text("notice.nothing-here"));
            return None;
        }
        let draft = commands::draft(context, &draft_name(context, &clauses));
        // What blocks a clause is a problem.
        let kind = match status {
            Some(Status::Blocked) => Kind::Problem,
            _ => draft.kind,
        };
        Some(Self {
            clauses,
            kind,
            status,
            editor: Editor::new(draft.text),
            error: None,
        })
    }

    fn insert(&mut self, context: &Context, text: &str) {
        self.error = self.editor.insert_within(text, LONGEST, context.lang);
    }

    /// Keeps the draft, which outlives the session.
    fn keep(&self, context: &mut Context) {
        let name = draft_name(context, &self.clauses);
        let (kind, text) = (self.kind, self.editor.text().to_owned());
        commands::keep_draft(context, name, TextDraft { kind, text });
    }

    /// Leaves; the draft is kept for later.
    fn leave(&self, context: &mut Context) {
        if !self.editor.text().trim().is_empty() {
            let name = draft_name(context, &self.clauses);
            commands::keep_for_good(context, name, "notice.draft-kept");
        }
        context.ask(Request::Close);
    }

    fn accept(&mut self, context: &mut Context) {
        let text = self.editor.text().trim_end().to_owned();
        if text.trim().is_empty() {
            if self.status.is_some() {
                self.error = Some(context.lang.text("error.reason-needed").to_owned());
            } else {
                context.ask(Request::Close);
            }
            return;
        }
        // It came from the editor or from a draft.
        self.error = too_long(text.len(), LONGEST, context.lang);
        if self.error.is_some() {
            return;
        }
        let edits = self.clauses.iter().map(|i| Edit {
            status: self.status,
            remark: Some((self.kind, text.clone())),
            ..Edit::new(Target::clause(context.document.clauses[*i].id))
        });
        let edits = edits.collect();
        commands::make_edits(context, edits);
        // Its file is removed only when the change that replaces it is durable.
        context.drafts.remove(&draft_name(context, &self.clauses));
        if let (true, Some(meeting)) = (context.has(Mode::Meeting), &mut context.meeting) {
            meeting.shows_news = true;
        }
        context.ask(Request::Close);
    }

    /// Returns the kind, and the status that it explains.
    fn title(&self, context: &Context) -> String {
        let lang = context.lang;
        let kind = lang.text(self.kind.name_key());
        match self.status {
            Some(status) => format!("{}  {kind}", lang.text(status.name_key())),
            None => kind.to_owned(),
        }
    }
}

impl Screen for RemarkEditor {
    fn renumber(&mut self, to: &Renumbering) -> bool {
        to.clauses(&mut self.clauses)
    }

    fn mode(&self) -> Mode {
        Mode::Write
    }

    fn reopened(&mut self, _: &mut Context) -> bool {
        true
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let (policy, width) = (context.policy, text_width(context));
        self.error = None;
        match action {
            Action::Type(c) => self.insert(context, c.encode_utf8(&mut [0; 4])),
            Action::NewLine => self.insert(context, "\n"),
            Action::Edit(typing) => self.editor.edit(typing),
            Action::Up => return self.editor.move_line(policy, width, false),
            Action::Down => return self.editor.move_line(policy, width, true),
            Action::Cycle if self.status == Some(Status::Blocked) => return,
            Action::Cycle => self.kind = self.kind.next(),
            Action::External => {
                return context.effect(Effect::External(self.editor.text().to_owned()));
            }
            Action::Accept => return self.accept(context),
            Action::Back => return self.leave(context),
            _ => return,
        }
        self.keep(context);
    }

    fn paste(&mut self, context: &mut Context, text: &str) {
        self.insert(context, &text::unified(text));
        self.keep(context);
    }

    fn receive(&mut self, context: &mut Context, message: &Message) {
        if let Message::Edited(text) = message {
            self.editor = Editor::new(text::unified(text).trim_end());
            self.keep(context);
        }
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let width = text_width(context);
        let (before, after) = self.editor.split();
        let shown = Editor::at(clean(before), clean(after));
        let lines = shown.lines(context.policy, width);
        let rows = lines.len().clamp(4, 12) + usize::from(self.error.is_some());
        let (title, about) = (self.title(context), context.about(&self.clauses));
        let popup = popup(context, self, &title, &about);
        let mut area = popup.centre(buf, width + 1, rows);
        if area.is_empty() {
            return None;
        }
        if let Some(error) = &self.error {
            area.height -= u16::from(area.height > 1);
            context
                .pen(
                    buf,
                    Rect {
                        height: 1,
                        y: area.bottom(),
                        ..area
                    },
                    0,
                )
                .put_elided(error, Role::Alarm);
        }
        let (row, column) = shown.place(context.policy, &lines);
        let first = (row + 1).saturating_sub(area.height.into());
        for (y, range) in (0..area.height).zip(lines.iter().skip(first)) {
            let line = shown.text().get(range.clone()).unwrap_or_default();
            let line = line.trim_end_matches('\n');
            context.pen(buf, area, y).put(line, Role::Text);
        }
        if self.status.is_some() && self.editor.text().is_empty() {
            let mut pen = context.pen(buf, area, 0);
            pen.put_elided(context.lang.text("write.reason"), Role::Dim);
        }
        let y = area.y + u16::try_from(row - first).unwrap_or(0);
        let x = area.x + u16::try_from(column).unwrap_or(0);
        let (x, y) = (x.min(area.right() - 1), y.min(area.bottom() - 1));
        Some(Position::new(x, y))
    }

    fn hint(&self, context: &Context, binding: &Binding) -> Option<String> {
        let next = context.lang.text(self.kind.next().name_key());
        let words = || match self.status {
            Some(Status::Blocked) => String::new(),
            _ => context.lang.fill("write.kind", &[("kind", &next)]),
        };
        (binding.action == Action::Cycle).then(words)
    }
}

fn draft_name(context: &Context, clauses: &[usize]) -> String {
    let ids = clauses.iter().map(|i| context.document.clauses[*i].id);
    text_draft::name(&ids.collect::<Vec<_>>())
}

/// Returns the width for wrapping the text.
fn text_width(context: &Context) -> usize {
    // The frame takes two columns on each side, and the cursor one after the last glyph.
    let width = usize::from(context.size.0).saturating_sub(5);
    width.clamp(1, WIDEST)
}

#[cfg(test)]
mod tests;
