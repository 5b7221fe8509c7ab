//! The path of a meeting's minutes. Any answer ends the meeting.

use super::purpose::{PromptFace, PromptLine, Purpose, Tab};
use crate::{
    progress::Change,
    report::minutes::Minutes,
    tui::{
        context::Context,
        meeting::Meeting,
        message::{Content, Message, SaveJob},
        minutes,
        request::Effect,
        widgets::editor::Editor,
    },
};
use std::collections::BTreeSet;

#[derive(Debug)]
pub(super) struct MinutesPrompt(pub Box<Minutes>);

/// Offers to save the minutes of the present meeting.
pub(super) fn open(context: &mut Context) -> Option<(MinutesPrompt, PromptLine)> {
    let meeting = context.meeting.as_ref()?;
    let changed = changed_here(context, meeting);
    let clauses: Vec<usize> = meeting.covered().union(&changed).copied().collect();
    let minutes = Minutes::of_meeting(&context.basis(), meeting.began(), meeting.topic(), &clauses);
    let (id, date) = (&context.document.id, &context.today);
    let values: [(&str, &dyn std::fmt::Display); 2] = [("id", id), ("date", date)];
    let path = context.lang.fill("minutes.file", &values);
    // This morning's minutes may already exist.
    context.effect(Effect::FreeName(path.clone()));
    Some((MinutesPrompt(Box::new(minutes)), PromptLine::over(path)))
}

/// Returns the clauses that this session changed during the meeting, on its agenda or not.
fn changed_here(context: &Context, meeting: &Meeting) -> BTreeSet<usize> {
    let changes = context.progress.changes().rev();
    let since = changes.take_while(|c| c.at >= meeting.began());
    since
        .filter(|c| c.session == context.session || meeting.was_held_in(&c.session))
        .flat_map(Change::edits)
        .filter_map(|e| context.document.find(e.target.clause_id()?))
        .collect()
}

impl Purpose for MinutesPrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "prompt.minutes",
            sign: "",
            empty: "prompt.minutes-none",
            tab: Tab::Paths,
        }
    }

    fn aside(&self, context: &Context, _: &PromptLine) -> String {
        let key = context.key("meeting");
        context.lang.fill("prompt.minutes-left", &[("key", &key)])
    }

    /// Proposes the free name, unless another was typed meanwhile.
    fn receive(&mut self, _: &mut Context, message: &Message, line: &mut PromptLine) {
        if let Message::FreeName(proposed, free) = message
            && line.editor.text() == proposed
        {
            line.editor = Editor::selected(free.as_str());
        }
    }

    /// Saves the minutes under the typed path; an empty one means none.
    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        minutes::set_aside(context);
        let path = line.text().to_owned();
        if path.is_empty() {
            minutes::forget(context);
            context.say(context.lang.text("meeting.ended"));
        } else {
            let job = SaveJob {
                path,
                content: Content::Minutes(self.0.clone()),
            };
            context.effect(Effect::Save(job, false));
        }
        Ok(())
    }

    /// Leaves without minutes: the meeting can be resumed.
    fn cancel(&mut self, context: &mut Context, _: &PromptLine) {
        minutes::set_aside(context);
        let key = context.key("meeting");
        context.say(context.lang.fill("meeting.left", &[("key", &key)]));
    }

    /// The meeting has ended.
    fn reopened(&mut self, _: &mut Context, _: &PromptLine) -> bool {
        false
    }
}
