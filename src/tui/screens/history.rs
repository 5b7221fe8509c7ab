//! The history: who did what, a line a change, newest last; what was taken back is said to be.

use super::screen::Screen;
use crate::{
    document::Node,
    progress::{Body, Change, Edit},
    report::phrase,
    search::{ChangeFilter, Query},
    text::{clean, pad},
    tui::{
        action::Action,
        context::Context,
        keymap::Mode,
        layout,
        request::{Prompting, Request},
        widgets::{
            list::{self, around, moved},
            pen::Pen,
            theme::Role,
        },
    },
};
use ratatui::{buffer::Buffer, layout::Position};

/// The history.
#[derive(Debug)]
pub struct History {
    /// The row under the cursor.
    selected: usize,
    /// The query that narrows it.
    query: String,
    /// The changes that the query admits, by their place in order.
    found: Option<Vec<usize>>,
}

impl History {
    /// Returns the history with the cursor on the newest change.
    pub fn new(context: &Context) -> Self {
        Self {
            selected: context.progress.changes().len().saturating_sub(1),
            query: String::new(),
            found: None,
        }
    }

    fn count(&self, context: &Context) -> usize {
        let all = || context.progress.changes().len();
        self.found.as_ref().map_or_else(all, Vec::len)
    }

    fn change<'a>(&self, context: &'a Context, row: usize) -> Option<&'a Change> {
        let nth = match &self.found {
            Some(found) => *found.get(row)?,
            None => row,
        };
        context.progress.changes().nth(nth)
    }

    /// Goes to the clause that the change under the cursor is about.
    fn jump(&self, context: &mut Context) {
        let change = self.change(context, self.selected);
        let Some(clause) = change.and_then(|change| clause_of(context, change)) else {
            return context.say(context.lang.text("history.no-clause"));
        };
        context.ask(Request::Home);
        let node = Node::Clause(clause);
        context.outline.select(&context.document, node);
        if context.outline.node() != Some(node) {
            let id = context.document.clauses[clause].id;
            context.warn(context.lang.fill("notice.filtered-out", &[("what", &id)]));
        }
    }

    fn heading(&self, context: &Context, pen: &mut Pen<'_>) {
        let (lang, count) = (context.lang, self.count(context));
        pen.skip(1);
        pen.put(&lang.fill("history.title", &[("n", &count)]), Role::Heading);
        if !self.query.is_empty() {
            pen.put(&format!("  /{}", clean(&self.query)), Role::Key);
        } else if count == 0 {
            pen.put(&format!("  {}", lang.text("history.empty")), Role::Dim);
        }
    }
}

impl Screen for History {
    fn mode(&self) -> Mode {
        Mode::History
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(context.size.1).saturating_sub(3).max(1);
        let last = self.count(context).saturating_sub(1);
        if let Some(to) = moved(action, self.selected, page, last) {
            self.selected = to;
            return;
        }
        match action {
            Action::Search => context.prompt(Prompting::Filter(self.query.clone())),
            Action::Accept => self.jump(context),
            Action::Back if !self.query.is_empty() => self.narrow(context, ""),
            Action::Back => context.ask(Request::Close),
            _ => {}
        }
    }

    /// Shows only the changes that a query admits.
    fn narrow(&mut self, context: &mut Context, text: &str) {
        let query = Query::parse(text);
        self.query.clear();
        self.found = (!query.is_empty()).then(|| {
            text.clone_into(&mut self.query);
            let filter = ChangeFilter::new(&query, &context.scene());
            let all = context.progress.changes().enumerate();
            let admitted = all.filter(|(_, change)| filter.admits(change));
            admitted.map(|(nth, _)| nth).collect()
        });
        self.selected = self.count(context).saturating_sub(1);
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let mut area = layout::above_footer(context.stage());
        context.look().blank(buf, area);
        if area.is_empty() {
            return None;
        }
        self.heading(context, &mut context.pen(buf, area, 0));
        (area.y, area.height) = (1, area.height - 1);
        let room = usize::from(area.height);
        let rows = around(self.selected, self.count(context), room);
        list::draw(
            context.look(),
            buf,
            area,
            rows,
            self.selected,
            |pen, row| {
                if let Some(change) = self.change(context, row) {
                    draw_change(context, pen, change);
                }
            },
        )
    }
}

/// Returns the first clause that a change, or what it takes back, is about.
fn clause_of(context: &Context, change: &Change) -> Option<usize> {
    let set = match &change.body {
        Body::Retract(id) => context.progress.retracted(id)?.0,
        Body::Edits(_) => change,
    };
    let find = |edit: &Edit| context.document.find(edit.target.clause_id()?);
    set.edits().iter().find_map(find)
}

fn draw_change(context: &Context, pen: &mut Pen<'_>, change: &Change) {
    let at = change.when().to_zoned_datetime(context.zone.clone());
    let format = if at.year() == context.today.year() {
        "%m-%d %H:%M"
    } else {
        "%Y-%m-%d"
    };
    pen.skip(1);
    pen.put(&at.strftime(format).to_string(), Role::Dim);
    pen.skip(1);
    let name = if pen.room() >= 60 { 12 } else { 6 };
    pen.put(&pad(context.policy, &clean(&change.by), name), Role::Text);
    pen.skip(1);
    let said = said(context, change);
    let standing = context.progress.stands(&change.id);
    let (said, role) = if standing {
        (said, Role::Text)
    } else {
        (
            context.lang.fill("history.taken-back", &[("said", &said)]),
            Role::Dim,
        )
    };
    let said = clean(&said).replace('\n', " ");
    pen.put_elided(&said, role);
}

/// Returns what a change says; of one that takes another back, or brings it back, what that said.
fn said(context: &Context, change: &Change) -> String {
    let items = |change: &Change| {
        phrase::items(change, context.lang).join(context.lang.text("list.separator"))
    };
    let meant = match &change.body {
        Body::Retract(id) => context.progress.retracted(id),
        Body::Edits(_) => None,
    };
    match meant {
        Some((set, is_undo)) => {
            let key = if is_undo {
                "history.undone"
            } else {
                "history.redone"
            };
            context.lang.fill(key, &[("said", &items(set))])
        }
        // What it takes back may be yet to come.
        None => items(change),
    }
}
