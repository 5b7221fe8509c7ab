//! The checklist: the outline, and the clause under the cursor beside or under it, or open with a
//! numbered menu. It is always the bottom screen.

use super::screen::Screen;
use crate::{
    document::Node,
    tui::{
        action::Action,
        commands,
        context::Context,
        keymap::{Binding, Mode},
        message::Pointer,
        outline::{Row, ancestors},
        past::{self, Stride},
        request::{Meet, Prompting, Request},
        search,
        widgets::list::{END, moved},
    },
};
use jiff::Timestamp;
use ratatui::{buffer::Buffer, layout::Position};

mod detail;
mod divider;
mod header;
mod menu;
mod mouse;
mod tip;
mod tree;

/// The checklist.
#[derive(Debug, Default)]
pub struct Checklist {
    /// Whether the clause under the cursor is open, with the numbered menu.
    is_open: bool,
    /// Scroll position of the detail in lines.
    scroll: usize,
    /// Whether it shows the past.
    pub is_past: bool,
    /// The row that the detail shows.
    row: Option<Row>,
    /// The row that the mouse last pressed, and when.
    pressed: Option<(usize, Timestamp)>,
}

impl Screen for Checklist {
    fn mode(&self) -> Mode {
        if self.is_open {
            Mode::Detail
        } else if self.is_past {
            Mode::Past
        } else {
            Mode::Browse
        }
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        if self.is_open {
            self.detail(context, action);
        } else {
            self.browse(context, action);
        }
    }

    fn act_by_name(&mut self, context: &mut Context, action: Action) {
        self.browse(context, action);
    }

    fn point(&mut self, context: &mut Context, pointer: Pointer) {
        match pointer {
            Pointer::Press(x, y) => self.press(context, x, y),
            Pointer::Down(x, y) => self.wheel(context, x, y, true),
            Pointer::Up(x, y) => self.wheel(context, x, y, false),
        }
    }

    /// Keys that write have no hint in the past.
    fn hint(&self, context: &Context, binding: &Binding) -> Option<String> {
        let refused = context.past.is_some() && binding.action.writes();
        refused.then(String::new)
    }

    fn settle(&mut self, context: &mut Context) {
        let row = context.outline.row();
        if std::mem::replace(&mut self.row, row) != row {
            self.scroll = 0;
        }
        // Finding the end takes a layout of the whole text, unnecessary at its beginning.
        if self.scroll > 0 {
            let last = detail::scroll_limit(context, context.panes().detail);
            self.scroll = self.scroll.min(last);
        }
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let panes = context.panes();
        header::draw(context, buf, panes.header);
        let row = tree::draw(context, buf, panes.outline);
        divider::draw(context, buf, &panes);
        detail::draw(context, buf, panes.detail, self.scroll);
        tip::draw(context, buf, panes.tip);
        if self.is_open {
            return Some(panes.detail.as_position());
        }
        row
    }
}

impl Checklist {
    /// Closes the clause.
    pub fn close(&mut self) {
        (self.is_open, self.scroll) = (false, 0);
    }

    /// Handles keys in the outline.
    fn browse(&mut self, context: &mut Context, action: Action) {
        match action {
            Action::NextMeasure if self.is_past => past::step(context, Stride::Week, true),
            Action::PreviousMeasure if self.is_past => past::step(context, Stride::Week, false),
            Action::NextColumn => past::step(context, Stride::Day, true),
            Action::PreviousColumn => past::step(context, Stride::Day, false),
            Action::Back if self.is_past => {
                past::close(context);
            }
            Action::Down => context.outline.step(1),
            Action::Up => context.outline.step(-1),
            Action::PageDown => context.outline.page(true),
            Action::PageUp => context.outline.page(false),
            Action::Top => context.outline.step(isize::MIN),
            Action::Bottom => context.outline.step(isize::MAX),
            Action::NextMeasure => to_measure(context, true),
            Action::PreviousMeasure => to_measure(context, false),
            Action::Fold => fold(context),
            Action::Unfold => self.unfold(context),
            Action::ToggleFold => toggle(context),
            Action::ToggleAll => context.outline.toggle_all(&context.document),
            Action::Mark => mark(context),
            Action::MarkAll => mark_all(context),
            Action::Open if is_on_agenda(context) => context.ask(Request::Meet(Meet::Back)),
            Action::Open => match context.outline.node() {
                Some(Node::Clause(_)) => self.is_open = true,
                _ => toggle(context),
            },
            Action::Meeting => context.ask(Request::Meet(Meet::Any)),
            Action::Units => context.ask(Request::Units),
            Action::Export => context.ask(Request::Export),
            Action::Documents => context.ask(Request::Documents),
            Action::Search => context.prompt(Prompting::Search(String::new())),
            Action::Type(c) if c.is_ascii_digit() => {
                context.prompt(Prompting::Command(c.to_string()));
            }
            // A Han character from an input method begins a search.
            Action::Type(c) => context.prompt(Prompting::Search(c.to_string())),
            Action::NextMatch => search::walk(context, true),
            Action::PreviousMatch => search::walk(context, false),
            Action::Back if !context.marks.is_empty() => context.marks.clear(),
            Action::Back => search::leave(context),
            other => return commands::act(context, other),
        }
        self.scroll = 0;
    }

    /// Handles keys in an open clause.
    fn detail(&mut self, context: &mut Context, action: Action) {
        let page = usize::from(context.panes().detail.height).saturating_sub(1);
        if let Some(to) = moved(action, self.scroll, page.max(1), END) {
            self.scroll = to;
            return;
        }
        match action {
            Action::NextMeasure | Action::PreviousMeasure => {
                let down = action == Action::NextMeasure;
                let is_clause = |row| matches!(row, Row::Node(Node::Clause(_)));
                context.outline.seek(down, is_clause);
                self.scroll = 0;
            }
            Action::Back => self.close(),
            other => commands::act(context, other),
        }
    }

    fn unfold(&mut self, context: &mut Context) {
        match context.outline.node() {
            Some(Node::Clause(_)) => self.is_open = true,
            Some(node) if context.outline.is_folded(node) => {
                context.outline.fold(&context.document, node, false);
            }
            Some(_) => context.outline.step(1),
            None => {}
        }
    }
}

/// Returns whether the clause under the cursor is on the meeting's agenda.
fn is_on_agenda(context: &Context) -> bool {
    let Some(Node::Clause(clause)) = context.outline.node() else {
        return false;
    };
    context.meeting.as_ref().is_some_and(|m| m.has(clause))
}

fn to_measure(context: &mut Context, down: bool) {
    let is_measure = |row| matches!(row, Row::Node(Node::Measure(_)));
    context.outline.seek(down, is_measure);
}

fn fold(context: &mut Context) {
    let Some(node) = context.outline.node() else {
        return;
    };
    let is_open = !matches!(node, Node::Clause(_)) && !context.outline.is_folded(node);
    if is_open {
        context.outline.fold(&context.document, node, true);
    } else if let Some(parent) = ancestors(&context.document, node).next() {
        context.outline.seek(false, |row| row == Row::Node(parent));
    }
}

fn toggle(context: &mut Context) {
    let Some(node) = context.outline.node() else {
        return;
    };
    // For a clause, its measure folds.
    let around = ancestors(&context.document, node).next();
    let node = match node {
        Node::Clause(_) => around.unwrap_or(node),
        node => node,
    };
    let folded = !context.outline.is_folded(node);
    context.outline.fold(&context.document, node, folded);
}

/// Toggles the mark under the cursor and moves on, so that holding the key marks a run.
fn mark(context: &mut Context) {
    let clauses = context.under_cursor();
    let all = clauses.iter().all(|c| context.marks.contains(c));
    for clause in clauses {
        if all {
            context.marks.remove(&clause);
        } else {
            context.marks.insert(clause);
        }
    }
    context.outline.step(1);
    say_marked(context);
}

/// Marks all visible clauses, or clears all marks.
fn mark_all(context: &mut Context) {
    let shown: Vec<usize> = match context.outline.filter() {
        Some(found) => found.to_vec(),
        None => (0..context.document.clauses.len()).collect(),
    };
    if shown.iter().all(|c| context.marks.contains(c)) {
        context.marks.clear();
    } else {
        context.marks.extend(shown);
    }
    say_marked(context);
}

fn say_marked(context: &mut Context) {
    let n = context.marks.len();
    context.say(context.lang.fill("notice.marked", &[("n", &n)]));
}
