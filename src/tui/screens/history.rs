//! The history: who did what, by day, newest first; each change with the values before it, and
//! marked if it was undone.

use super::screen::Screen;
use crate::{
    document::Node,
    progress::{Body, Change, Edit},
    search::{ChangeFilter, Query},
    tui::{
        action::Action,
        context::Context,
        keymap::{Binding, Mode},
        message::Message,
        request::{Prompting, Request},
        widgets::list::{around, extent, moved},
    },
};
use compact_str::CompactString;
use ratatui::{buffer::Buffer, layout::Position};
use std::collections::HashSet;

mod entries;
mod view;

use entries::{HistoryRow, PriorValues, entries};

/// The history.
#[derive(Debug)]
pub struct History {
    /// The rows.
    entries: Vec<HistoryRow>,
    /// The number of changes in the rows.
    count: usize,
    /// The values before each edit.
    before: PriorValues,
    /// The row under the cursor.
    selected: usize,
    /// The query that filters it.
    query: String,
    /// The batches that are open.
    open: HashSet<CompactString>,
}

impl History {
    /// Returns the history with the cursor on the newest change.
    pub fn new(context: &Context) -> Self {
        let mut history = Self {
            entries: Vec::new(),
            count: 0,
            before: PriorValues::of(&context.progress),
            selected: 0,
            query: String::new(),
            open: HashSet::new(),
        };
        history.list(context);
        history
    }

    /// Rebuilds the rows; the cursor stays on its row if that is still there.
    fn list(&mut self, context: &Context) {
        let query = Query::parse(&self.query).with(&context.views);
        let filter = ChangeFilter::new(&query, &context.scene());
        let changes = context.progress.changes().enumerate();
        let admitted = changes.filter(|(_, change)| query.is_empty() || filter.admits(change));
        let at = self.entries.get(self.selected).copied();
        self.entries = entries(admitted, &context.zone, &self.open);
        let is_change = |entry: &&HistoryRow| matches!(entry, HistoryRow::Change(_));
        self.count = self.entries.iter().filter(is_change).count();
        let same = self.entries.iter().position(|entry| Some(*entry) == at);
        self.selected = same.unwrap_or(1).min(self.entries.len().saturating_sub(1));
    }

    /// Returns the change under the cursor, and the edit if the row is only one of its edits.
    fn change<'a>(&self, context: &'a Context) -> Option<(&'a Change, Option<usize>)> {
        let (place, edit) = match *self.entries.get(self.selected)? {
            HistoryRow::Day(..) => return None,
            HistoryRow::Change(place) => (place, None),
            HistoryRow::Item(place, edit) => (place, Some(edit)),
        };
        Some((context.progress.changes().nth(place)?, edit))
    }

    /// Returns the batch under the cursor, which Enter opens.
    fn batch<'a>(&self, context: &'a Context) -> Option<&'a Change> {
        let (change, edit) = self.change(context)?;
        (edit.is_none() && change.edits().len() > 1).then_some(change)
    }

    /// Opens or closes a batch, or goes to the clause that the change under the cursor is about.
    fn enter(&mut self, context: &mut Context) {
        if let Some(batch) = self.batch(context) {
            let id = batch.id.clone();
            if !self.open.remove(&id) {
                self.open.insert(id);
            }
            return self.list(context);
        }
        let change = self.change(context);
        let clause = change.and_then(|(change, edit)| clause_of(context, change, edit));
        let Some(clause) = clause else {
            return context.say(context.lang.text("history.no-clause"));
        };
        context.ask(Request::Home);
        let node = Node::Clause(clause);
        if !context.go_to(node) {
            let id = context.document.clauses[clause].id;
            context.warn(context.lang.fill("notice.filtered-out", &[("what", &id)]));
        }
    }

    /// Moves the cursor, past the headings.
    fn go(&mut self, to: usize) {
        let is_heading = |at: usize| matches!(self.entries.get(at), Some(HistoryRow::Day(..)));
        let past = if to < self.selected {
            to.saturating_sub(1)
        } else {
            to + 1
        };
        let to = if is_heading(to) { past } else { to };
        // The first row is a heading, and nothing is above it.
        self.selected = if is_heading(to) { to + 1 } else { to };
    }
}

impl Screen for History {
    fn mode(&self) -> Mode {
        Mode::History
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(view::area(context).height)
            .saturating_sub(1)
            .max(1);
        let last = self.entries.len().saturating_sub(1);
        if let Some(to) = moved(action, self.selected, page, last) {
            return self.go(to);
        }
        match action {
            Action::Search => context.prompt(Prompting::Filter(self.query.clone())),
            Action::Accept => self.enter(context),
            Action::Back if !self.query.is_empty() => self.narrow(context, ""),
            Action::Back => context.ask(Request::Close),
            _ => {}
        }
    }

    fn receive(&mut self, context: &mut Context, message: &Message) {
        if let Message::Read(_) | Message::Written(..) = message {
            self.before = PriorValues::of(&context.progress);
            self.list(context);
        }
    }

    /// Shows only the changes that match a query.
    fn narrow(&mut self, context: &mut Context, text: &str) {
        text.trim().clone_into(&mut self.query);
        self.list(context);
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        view::draw(context, buf, self)
    }

    fn hint(&self, context: &Context, binding: &Binding) -> Option<String> {
        let is_open = |batch: &Change| self.open.contains(&batch.id);
        let batch = self
            .batch(context)
            .filter(|_| binding.action == Action::Accept)?;
        let key = if is_open(batch) {
            "history.close"
        } else {
            "history.open"
        };
        Some(context.lang.text(key).to_owned())
    }

    fn extent(&self, context: &Context) -> Option<String> {
        let rows = usize::from(view::area(context).height);
        let all = self.entries.len();
        extent(around(self.selected, all, rows), all)
    }
}

/// Returns the first clause that a change, or what it takes back, is about; or the one of an edit.
fn clause_of(context: &Context, change: &Change, edit: Option<usize>) -> Option<usize> {
    let set = match &change.body {
        Body::Retract(id) => context.progress.retracted(id)?.0,
        Body::Edits(_) => change,
    };
    let find = |edit: &Edit| context.document.find(edit.target.clause_id()?);
    set.edits().iter().skip(edit.unwrap_or(0)).find_map(find)
}

#[cfg(test)]
mod tests;
