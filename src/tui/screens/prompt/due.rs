//! A deadline.

use super::purpose::{PromptFace, PromptLine, Purpose, Tab};
use crate::{
    day::{self, BadDay, Due},
    progress::{Edit, Target},
    tui::{commands, context::Context, renumber::Renumbering},
};

#[derive(Debug)]
pub(super) enum DuePrompt {
    Clauses(Vec<usize>),
    Step(Target),
}

/// Opens the prompt with the present deadline, or the one in the document's bracket.
pub(super) fn open(context: &Context, clauses: Vec<usize>) -> (DuePrompt, PromptLine) {
    let text = match clauses.as_slice() {
        [one] => match context.progress.record(*one).due {
            None => proposed(context, *one),
            due => typed(context, due),
        },
        _ => String::new(),
    };
    (DuePrompt::Clauses(clauses), PromptLine::over(text))
}

/// Opens the line with a step's present deadline in it.
pub(super) fn of_step(
    context: &Context,
    step: Target,
    due: Option<Due>,
) -> (DuePrompt, PromptLine) {
    (DuePrompt::Step(step), PromptLine::over(typed(context, due)))
}

/// Returns the error for a text that names no day.
pub(super) fn no_day(context: &Context, bad: &BadDay) -> String {
    match bad.meant {
        Some(date) => {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("text", &bad.text), ("date", &date)];
            context.lang.fill("error.day-meant", &values)
        }
        None => context.lang.fill("error.no-day", &[("text", &bad.text)]),
    }
}

fn typed(context: &Context, due: Option<Due>) -> String {
    match due {
        None => String::new(),
        Some(Due::Long) => context.lang.text("due.long").to_owned(),
        Some(Due::Date(date)) => date.to_string(),
    }
}

fn proposed(context: &Context, clause: usize) -> String {
    let due = context.document.clauses[clause].due.as_deref();
    due.map_or_else(String::new, |due| context.proposed_due(due))
}

impl Purpose for DuePrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "field.due",
            sign: "",
            empty: "prompt.empty-clears",
            tab: Tab::Idle,
        }
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        match self {
            Self::Clauses(clauses) => to.clauses(clauses),
            Self::Step(_) => true,
        }
    }

    fn about(&self, context: &Context, _: &PromptLine) -> String {
        match self {
            Self::Clauses(clauses) => context.about(clauses),
            Self::Step(step) => step.to_string(),
        }
    }

    fn aside(&self, context: &Context, line: &PromptLine) -> String {
        let text = Some(line.text()).filter(|text| !text.is_empty() && !line.editor.is_selected());
        let read = text.and_then(|text| Some((text, day::due(text, context.today).ok()?)));
        match read {
            Some((text, due)) => day::understood(text, due, context.lang),
            None => context.lang.text("prompt.due-takes").to_owned(),
        }
    }

    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        let due = match line.text() {
            "" => Ok(None),
            text => day::due(text, context.today),
        };
        let due = due.map_err(|bad| no_day(context, &bad))?;
        match self {
            Self::Clauses(clauses) => {
                commands::edit_all(context, clauses, |edit| edit.due = Some(due))
            }
            Self::Step(step) => {
                let mut edit = Edit::new(step.clone());
                edit.due = Some(due);
                commands::make_edits(context, vec![edit]);
                Ok(())
            }
        }
    }
}
