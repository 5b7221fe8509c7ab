//! `/` in a meeting: to the clause that somebody names, out of order. The meeting, its times and
//! its agenda are not affected.

use super::{
    completion::CompletionItem,
    purpose::{PromptFace, PromptLine, Purpose, Tab},
    search,
};
use crate::{
    search::{Query, find},
    tui::{context::Context, meeting::MeetingSearch, minutes},
};

#[derive(Debug)]
pub(super) struct SeekPrompt;

pub(super) fn open(context: &mut Context, text: String) -> (SeekPrompt, PromptLine) {
    let line = PromptLine::new(text);
    look(context, line.text());
    (SeekPrompt, line)
}

/// Searches for the typed text, to show where Enter would lead.
fn look(context: &mut Context, text: &str) {
    let query = Query::parse(text).with(&context.views);
    let matches = (!query.is_empty()).then(|| find(&query, &context.scene()));
    let Some(meeting) = &mut context.meeting else {
        return;
    };
    let mut sought = MeetingSearch {
        text: text.to_owned(),
        ..MeetingSearch::default()
    };
    if let Some(matches) = matches {
        let ranked = matches.ranked();
        let mut on_agenda = ranked.iter().filter(|c| meeting.has(**c));
        sought.best = on_agenda.next().or(ranked.first()).copied();
        sought.found = matches.clauses;
    }
    meeting.sought = sought;
}

impl Purpose for SeekPrompt {
    fn face(&self) -> PromptFace {
        PromptFace {
            title: "hint.search",
            sign: "/",
            empty: "prompt.search-takes",
            tab: Tab::Words,
        }
    }

    /// Says how many clauses were found, and where Enter leads.
    fn about(&self, context: &Context, _: &PromptLine) -> String {
        let Some(sought) = context.meeting.as_ref().map(|m| &m.sought) else {
            return String::new();
        };
        if sought.text.is_empty() {
            return String::new();
        }
        let n = sought.found.len();
        let count = context.lang.fill("search.count", &[("n", &n)]);
        let leads = sought.best.map(|best| context.about(&[best]));
        format!("{count}  {}", leads.unwrap_or_default())
    }

    fn candidates(&self, context: &Context, text: &str) -> (usize, Vec<CompletionItem>) {
        search::terms(context, text)
    }

    fn changed(&mut self, context: &mut Context, line: &PromptLine) {
        look(context, line.text());
    }

    /// Goes to the best match, and says how many there are.
    fn accept(&mut self, context: &mut Context, line: &mut PromptLine) -> Result<(), String> {
        let text = line.text();
        if text.is_empty() {
            return Ok(());
        }
        look(context, text);
        let lang = context.lang;
        let query = Query::parse(text).with(&context.views);
        if !query.unread().is_empty() {
            let terms = lang.list(query.unread());
            return Err(lang.fill("search.unread", &[("terms", &terms)]));
        }
        let Some(meeting) = &context.meeting else {
            return Ok(());
        };
        let n = meeting.sought.found.len();
        let Some(best) = meeting.sought.best else {
            return Err(lang.text("search.none").to_owned());
        };
        minutes::visit(context, best);
        if n > 1 {
            let next = context.key("next-match");
            let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("key", &next)];
            let said = lang.fill("meeting.found", &values);
            let aside = context.notice.take().map_or_else(String::new, |n| n.text);
            context.say(format!("{said}  {aside}").trim_end());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
