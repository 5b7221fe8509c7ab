//! What stands in the detail pane, as lines of a width. Pure; used by the layout (how far it
//! scrolls) and by the view. May use: `text`, `progress`, the model.

use super::{menu, model::Model, theme::Role};
use crate::{
    document::Node,
    locale::Lang,
    progress::{Due, Record, Remark, Status, Urgency},
    search::highlight,
    text::{clean, wrap},
};
use jiff::Timestamp;
use ratatui::layout::Rect;
use std::ops::Range;

/// A line of the detail: where it starts, and its pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Columns left blank before it.
    pub indent: usize,
    /// Its pieces, one after the other.
    pub pieces: Vec<(String, Role)>,
}

/// The margin left and right of the text, in columns.
pub const MARGIN: usize = 1;

/// Returns how many lines the detail can be scrolled by in a pane.
pub fn scroll_limit(model: &Model, pane: Rect) -> usize {
    let (width, height) = text_area(model, pane);
    lines(model, width).len().saturating_sub(height)
}

/// Returns the columns and rows that a pane leaves for the detail's text.
pub fn text_area(model: &Model, pane: Rect) -> (usize, usize) {
    let width = usize::from(pane.width).saturating_sub(2 * MARGIN).max(1);
    (
        width,
        usize::from(pane.height.saturating_sub(menu::height(model, pane))),
    )
}

/// Returns the lines of the node under the cursor, at most this many columns wide.
pub fn lines(model: &Model, width: usize) -> Vec<Line> {
    lines_of(model, model.outline.node(), width)
}

/// Returns the lines of a node, at most this many columns wide.
pub fn lines_of(model: &Model, node: Option<Node>, width: usize) -> Vec<Line> {
    let mut page = Page {
        model,
        width,
        lines: Vec::new(),
    };
    match node {
        None => page.paragraph(model.lang.text("detail.nothing"), Role::Dim),
        Some(Node::Clause(i)) => page.clause(i),
        Some(Node::Measure(i)) => page.measure(i),
        Some(Node::Chapter(i)) => page.chapter(i),
    }
    page.lines
}

/// Returns a deadline that a document proposes, as people type it.
pub fn proposal(due: &str, lang: Lang) -> String {
    match due {
        "long" => lang.text("due.long").to_owned(),
        date => date.to_owned(),
    }
}

struct Page<'a> {
    model: &'a Model,
    width: usize,
    lines: Vec<Line>,
}

impl Page<'_> {
    fn clause(&mut self, index: usize) {
        let document = self.model.document.clone();
        let clause = &document.clauses[index];
        let title = &document.measure_of(index).title;
        self.hanging(
            &format!("{}  ", clause.id),
            title,
            Role::Heading,
            Role::Heading,
        );
        self.blank();
        self.paragraph(&clause.text, Role::Text);
        self.blank();
        let record = self.model.progress.record(index).clone();
        self.responsibility(index);
        self.status(index, &record);
        self.due(&record, clause.due.as_deref());
        self.pace(Node::Clause(index));
        if let Some(owner) = &record.owner {
            self.field("field.owner", &clean(owner), Role::Text);
        }
        self.steps(&record);
        self.remarks(&record);
        if let Some(after) = &clause.after {
            self.blank();
            self.paragraph(after, Role::Dim);
        }
    }

    fn measure(&mut self, index: usize) {
        let document = self.model.document.clone();
        let measure = &document.measures[index];
        let label = format!("{}  ", self.model.label(Node::Measure(index)));
        if let Some(section) = &measure.section {
            self.paragraph(section, Role::Dim);
        }
        self.hanging(&label, &measure.title, Role::Heading, Role::Heading);
        self.blank();
        if let Some(text) = &measure.text {
            self.paragraph(text, Role::Text);
            self.blank();
        }
        self.rate(Node::Measure(index));
        let mut units: Vec<&str> = Vec::new();
        for unit in document.clauses[measure.clauses.clone()]
            .iter()
            .flat_map(|c| &c.responsibility.units)
        {
            if !units.contains(&unit.as_str()) {
                units.push(unit);
            }
        }
        self.field("field.units", &self.model.lang.list(&units), Role::Text);
    }

    fn chapter(&mut self, index: usize) {
        let document = self.model.document.clone();
        let chapter = &document.chapters[index];
        self.paragraph(&chapter.heading(), Role::Heading);
        self.blank();
        if let Some(text) = &chapter.text {
            self.paragraph(text, Role::Text);
            self.blank();
        }
        self.rate(Node::Chapter(index));
        if let Some(preamble) = document.preamble.as_ref().filter(|_| index == 0) {
            self.blank();
            self.paragraph(preamble, Role::Dim);
        }
        let is_last = index + 1 == document.chapters.len();
        if let Some(trailer) = document.trailer.as_ref().filter(|_| is_last) {
            self.blank();
            self.paragraph(trailer, Role::Dim);
        }
    }

    fn responsibility(&mut self, index: usize) {
        let responsibility = &self.model.document.clauses[index].responsibility;
        let lang = self.model.lang;
        let list = |units: &[String]| lang.list(units);
        if !responsibility.lead.is_empty() {
            self.field("field.lead", &list(&responsibility.lead), Role::Text);
        }
        if responsibility.units.is_empty() {
            // A plain list has no units at all; that this one has none is no news there.
            let clauses = &self.model.document.clauses;
            if clauses.iter().all(|c| c.responsibility.units.is_empty()) {
                return;
            }
            return self.field("field.units", lang.text("detail.no-unit"), Role::Dim);
        }
        let mut units = list(&responsibility.units);
        if responsibility.by_duties {
            units.push_str(lang.text("detail.by-duties"));
        }
        self.field("field.units", &units, Role::Text);
    }

    /// The status, and who gave it when: not who touched the clause last.
    fn status(&mut self, index: usize, record: &Record) {
        let name = self.model.lang.text(record.status.name_key());
        let mut value = format!("{} {name}", record.status.mark());
        if let Some((at, by)) = self.model.progress.status_given(index) {
            value = format!("{value}  {} {}", clean(by), self.time(at));
        }
        self.field("field.status", &value, Role::Status(record.status));
    }

    fn due(&mut self, record: &Record, proposed: Option<&str>) {
        let lang = self.model.lang;
        let value = match record.due {
            None => return self.proposed(proposed),
            Some(Due::Long) => lang.text("due.long").to_owned(),
            Some(Due::Date(date)) => date.to_string(),
        };
        let (word, role) = match record.urgency(self.model.today, self.model.days_ahead) {
            Some(Urgency::Overdue) => (lang.text("urgency.overdue"), Role::Overdue),
            Some(Urgency::Soon) => (lang.text("urgency.soon"), Role::Soon),
            None => ("", Role::Text),
        };
        self.field("field.due", format!("{value} {word}").trim_end(), role);
    }

    /// A deadline that the document's bracket names is no one's decision yet.
    fn proposed(&mut self, due: Option<&str>) {
        let lang = self.model.lang;
        if let Some(due) = due.map(|due| proposal(due, lang)) {
            let value = lang.fill("due.proposed", &[("due", &due)]);
            self.field("field.due", &value, Role::Dim);
        }
    }

    fn steps(&mut self, record: &Record) {
        for step in &record.steps {
            let value = format!("{} {}", step.status.mark(), clean(&step.text));
            self.field("field.step", &value, Role::Status(step.status));
        }
    }

    fn remarks(&mut self, record: &Record) {
        for remark in &record.remarks {
            let label = remark.kind.name_key();
            let Remark { at, by, text, .. } = remark;
            self.field(
                label,
                &format!("{} {}  {}", self.time(*at), clean(by), clean(text)),
                Role::Text,
            );
        }
    }

    fn rate(&mut self, node: Node) {
        if self.model.document.clauses_of(node).is_empty() {
            return self.paragraph(self.model.lang.text("detail.no-clause"), Role::Dim);
        }
        let tally = self.model.progress.tally(node);
        let (n, of) = tally.rate();
        let lang = self.model.lang;
        self.field("field.rate", &super::view::rate(n, of), Role::Text);
        self.pace(node);
        for status in Status::ALL {
            let count = tally.count(status);
            if count > 0 {
                let value = format!(
                    "{count}  {} {}",
                    status.mark(),
                    lang.text(status.name_key())
                );
                self.field("field.count", &value, Role::Status(status));
            }
        }
    }

    fn pace(&mut self, node: Node) {
        let model = self.model;
        let clauses = model.document.clauses_of(node);
        let records = clauses.map(|c| model.progress.record(c));
        let measured = model.pace.of(&model.document);
        if let Some(pace) = measured.pace(records, model.today) {
            // In a meeting a deadline given a minute ago would be red at once: of the year, most is
            // gone. Its figures are told, and 逾期 stands with the deadline.
            let in_meeting = model.discussed().is_some();
            let (words, role) = if in_meeting {
                super::view::plain_pace(model, &pace)
            } else {
                super::view::pace(model, &pace)
            };
            self.field("field.pace", &words, role);
        }
    }

    /// A label and its value, the value's further lines standing under its first.
    fn field(&mut self, label: &'static str, value: &str, role: Role) {
        let policy = self.model.policy;
        let lang = self.model.lang;
        let labels = [
            "field.units",
            "field.status",
            "field.owner",
            "field.due",
            "kind.next",
            "field.rate",
        ];
        let width = labels
            .iter()
            .map(|l| policy.width(lang.text(l)))
            .max()
            .unwrap_or(0);
        let label = crate::text::pad(policy, lang.text(label), width.min(self.width / 2));
        self.hanging(&format!("{label} "), value, Role::Dim, role);
    }

    fn hanging(&mut self, label: &str, text: &str, label_role: Role, role: Role) {
        let policy = self.model.policy;
        let indent = policy.width(label).min(self.width.saturating_sub(2));
        let mut lines = self.wrapped(text, self.width - indent, role);
        if let Some(first) = lines.first_mut() {
            first.insert(0, (label.to_owned(), label_role));
        }
        for (i, pieces) in lines.into_iter().enumerate() {
            let indent = if i == 0 { 0 } else { indent };
            self.lines.push(Line { indent, pieces });
        }
    }

    fn paragraph(&mut self, text: &str, role: Role) {
        let lines = self.wrapped(text, self.width, role);
        let line = |pieces| Line { indent: 0, pieces };
        self.lines.extend(lines.into_iter().map(line));
    }

    /// Wraps a text, with what the search found in it set off, across the ends of lines too.
    fn wrapped(&self, text: &str, width: usize, role: Role) -> Vec<Vec<(String, Role)>> {
        let query = &self.model.search.query;
        let found = if query.is_empty() {
            Vec::new()
        } else {
            highlight(query, text)
        };
        let lines = wrap(self.model.policy, text, width).into_iter();
        lines
            .map(|line| pieces(text, line, &[(&found, Role::Match)], role))
            .collect()
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// A time as people read it: with the year only where it is another.
    fn time(&self, at: Timestamp) -> String {
        let at = at.to_zoned_datetime(self.model.zone.clone());
        let format = if at.year() == self.model.today.year() {
            "%m-%d %H:%M"
        } else {
            "%Y-%m-%d"
        };
        at.strftime(format).to_string()
    }
}

/// Cuts a line of a text into pieces: what is marked, by the role of its marks, and what stands between.
pub(super) fn pieces(
    text: &str,
    line: Range<usize>,
    marks: &[(&[Range<usize>], Role)],
    role: Role,
) -> Vec<(String, Role)> {
    let end = line.start + text.get(line.clone()).unwrap_or_default().trim_end().len();
    let mut out = Vec::new();
    let mut push = |range: Range<usize>, role| {
        let piece = text.get(range).unwrap_or_default();
        if !piece.is_empty() {
            out.push((piece.to_owned(), role));
        }
    };
    let mut at = line.start;
    let marks = marks
        .iter()
        .flat_map(|(ranges, marked)| ranges.iter().map(move |range| (range, *marked)));
    for (range, marked) in marks {
        let (from, to) = (range.start.clamp(at, end), range.end.clamp(at, end));
        push(at..from, role);
        push(from..to, marked);
        at = to;
    }
    push(at..end, role);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_set_off_across_lines() {
        let text = "支持天津海关 ";
        let customs = 6..18;
        let found = std::slice::from_ref(&customs);
        let role = |text: &str, role| (text.to_owned(), role);
        assert_eq!(
            pieces(text, 0..12, &[(found, Role::Match)], Role::Text),
            [role("支持", Role::Text), role("天津", Role::Match)]
        );
        assert_eq!(
            pieces(text, 12..19, &[(found, Role::Match)], Role::Text),
            [role("海关", Role::Match)]
        );
        assert_eq!(
            pieces(text, 0..6, &[(found, Role::Match)], Role::Text),
            [role("支持", Role::Text)]
        );
    }
}
