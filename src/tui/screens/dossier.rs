//! One clause's history (一款一档): where it came from, and every change of it, newest last.

use super::screen::Screen;
use crate::{
    report::dossier,
    text::clean,
    tui::{
        action::Action,
        context::Context,
        keymap::Mode,
        layout,
        renumber::Renumbering,
        request::Request,
        widgets::{
            lines::{self, Line, Page},
            list::{END, extent, moved},
            theme::Role,
        },
    },
};
use ratatui::{buffer::Buffer, layout::Position};

/// The history of one clause.
#[derive(Debug)]
pub struct Dossier {
    clause: usize,
    scroll: usize,
}

impl Dossier {
    /// Returns the screen, scrolled to the newest change.
    pub const fn new(clause: usize) -> Self {
        Self {
            clause,
            scroll: END,
        }
    }

    fn lines(&self, context: &Context, width: usize) -> Vec<Line> {
        let (basis, lang) = (context.basis(), context.lang);
        let mut page = Page::new(context.policy, width);
        page.paragraph(
            &clean(&context.document.clauses[self.clause].text),
            Role::Text,
        );
        for source in dossier::sources(&basis, self.clause) {
            let from = format!("{} {}", source.document, source.clause);
            let from = lang.fill("dossier.from", &[("source", &clean(&from))]);
            page.paragraph(&from, Role::Dim);
        }
        let entries = dossier::entries(&basis, self.clause);
        if entries.is_empty() {
            page.blank();
            page.paragraph(lang.text("dossier.none"), Role::Dim);
        }
        for entry in entries {
            page.blank();
            let by = clean(&entry.by).into_owned();
            page.line(vec![(entry.at, Role::Dim), (format!("  {by}"), Role::Key)]);
            let role = if entry.stands { Role::Text } else { Role::Dim };
            for said in entry.said.iter().flat_map(|said| said.lines()) {
                page.hanging("  ", role, &clean(said), &[], role);
            }
        }
        page.lines
    }

    fn count(&self, context: &Context) -> (usize, usize) {
        let (_, area) = layout::under_title(layout::body(context.stage()));
        let width = usize::from(area.width).saturating_sub(2).max(1);
        (self.lines(context, width).len(), area.height.into())
    }
}

impl Screen for Dossier {
    fn mode(&self) -> Mode {
        Mode::Dossier
    }

    fn act(&mut self, context: &mut Context, action: Action) {
        let (_, height) = self.count(context);
        if let Some(to) = moved(action, self.scroll, height.saturating_sub(1).max(1), END) {
            self.scroll = to;
            return;
        }
        match action {
            Action::History => {
                context.ask(Request::Close);
                context.ask(Request::History);
            }
            Action::Back => context.ask(Request::Close),
            _ => {}
        }
    }

    fn renumber(&mut self, to: &Renumbering) -> bool {
        let clause = to.clause(self.clause);
        self.clause = clause.unwrap_or(self.clause);
        clause.is_some()
    }

    fn settle(&mut self, context: &mut Context) {
        let (count, height) = self.count(context);
        self.scroll = self.scroll.min(count.saturating_sub(height));
    }

    fn draw(&self, context: &Context, buf: &mut Buffer) -> Option<Position> {
        let (title, area) = layout::under_title(layout::body(context.stage()));
        context.look().blank(buf, layout::body(context.stage()));
        if !title.is_empty() {
            let id = &context.document.clauses[self.clause].id;
            let n = context.progress.history(self.clause).len();
            let values: [(&str, &dyn std::fmt::Display); 2] = [("id", id), ("n", &n)];
            let mut pen = context.pen(buf, title, 0);
            pen.skip(1);
            pen.put_elided(&context.lang.fill("dossier.title", &values), Role::Heading);
        }
        let width = usize::from(area.width).saturating_sub(2).max(1);
        let lines = self.lines(context, width);
        lines::draw(context.look(), buf, area, 1, lines.iter().skip(self.scroll));
        Some(Position::new(area.x, area.y))
    }

    fn extent(&self, context: &Context) -> Option<String> {
        let (count, height) = self.count(context);
        extent(self.scroll..(self.scroll + height).min(count), count)
    }
}
