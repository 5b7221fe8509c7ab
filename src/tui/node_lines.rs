//! The text of a chapter, measure or clause as lines of a given width.

use super::{
    burnup,
    context::Context,
    figures,
    widgets::{
        lines::{Line, MarkedRange, Page},
        theme::Role,
    },
};
use crate::{
    document::Node,
    locale::Lang,
    progress::{Due, Record, Remark, Status, Urgency},
    report::phrase,
    text::clean,
};
use jiff::civil::Date;

/// From this height on the title has a rule under it.
const RULED: u16 = 16;

/// Returns the lines of a node, at most this wide.
pub fn lines(context: &Context, node: Option<Node>, width: usize) -> Vec<Line> {
    let query = context.search.query.clone();
    let mut node_lines = NodeLines {
        context,
        width,
        page: Page::highlighting(query, context.policy, width),
    };
    match node {
        None => (node_lines.page).paragraph(context.lang.text("detail.nothing"), Role::Dim),
        Some(Node::Clause(i)) => node_lines.clause(i),
        Some(Node::Measure(i)) => node_lines.measure(i),
        Some(Node::Chapter(i)) => node_lines.chapter(i),
    }
    node_lines.page.lines
}

/// Returns how many days a deadline is ahead or past, in words.
fn days(lang: Lang, today: Date, due: Date) -> String {
    let days = today.duration_until(due).as_hours() / 24;
    let key = match days {
        0 => return lang.text("due.today").to_owned(),
        ..0 => "due.days-over",
        _ => "due.days-left",
    };
    lang.fill(key, &[("n", &days.abs())])
}

struct NodeLines<'a> {
    context: &'a Context,
    width: usize,
    page: Page,
}

impl NodeLines<'_> {
    fn clause(&mut self, index: usize) {
        let document = self.context.document.clone();
        let clause = &document.clauses[index];
        let title = &document.measure_of(index).title;
        self.title(&format!("{}  ", clause.id), title);
        self.page.paragraph(&clause.text, Role::Text);
        self.page.blank();
        let record = self.context.progress.record(index).clone();
        self.status(index, &record);
        self.due(index, &record);
        self.pace(Node::Clause(index));
        self.responsibility(index);
        if let Some(owner) = &record.owner {
            self.field("field.owner", &clean(owner), Role::Text);
        }
        self.steps(&record);
        self.remarks(&record);
        if let Some(after) = &clause.after {
            self.page.blank();
            self.page.paragraph(after, Role::Dim);
        }
    }

    fn measure(&mut self, index: usize) {
        let document = self.context.document.clone();
        let measure = &document.measures[index];
        let label = format!("{}  ", self.context.label(Node::Measure(index)));
        if let Some(section) = &measure.section {
            self.page.paragraph(section, Role::Dim);
        }
        self.title(&label, &measure.title);
        if let Some(text) = &measure.text {
            self.page.paragraph(text, Role::Text);
            self.page.blank();
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
        self.field("field.units", &self.context.lang.list(&units), Role::Text);
    }

    fn chapter(&mut self, index: usize) {
        let document = self.context.document.clone();
        let chapter = &document.chapters[index];
        self.title("", &chapter.heading());
        if let Some(text) = &chapter.text {
            self.page.paragraph(text, Role::Text);
            self.page.blank();
        }
        self.rate(Node::Chapter(index));
        self.burnup(index);
        if let Some(preamble) = document.preamble.as_ref().filter(|_| index == 0) {
            self.page.blank();
            self.page.paragraph(preamble, Role::Dim);
        }
        let is_last = index + 1 == document.chapters.len();
        if let Some(trailer) = document.trailer.as_ref().filter(|_| is_last) {
            self.page.blank();
            self.page.paragraph(trailer, Role::Dim);
        }
    }

    /// Appends the burn-up of the chapter, and of the whole document.
    fn burnup(&mut self, chapter: usize) {
        let document = &self.context.document;
        let own: Vec<usize> = document.clauses_of(Node::Chapter(chapter)).collect();
        let all: Vec<usize> = (0..document.clauses.len()).collect();
        let (context, lang) = (self.context, self.context.lang);
        let weeks = context.progress.weeks(context.today, &context.zone);
        for (name, clauses) in [("burnup.chapter", own), ("burnup.whole", all)] {
            let of = (lang.text(name), &clauses[..]);
            let lines = burnup::lines(context, &weeks, of, self.width);
            if !lines.is_empty() {
                self.page.blank();
                self.page.lines.extend(lines);
            }
        }
    }

    fn responsibility(&mut self, index: usize) {
        let responsibility = &self.context.document.clauses[index].responsibility;
        let lang = self.context.lang;
        let list = |units: &[String]| lang.list(units);
        if !responsibility.lead.is_empty() {
            self.field("field.lead", &list(&responsibility.lead), Role::Text);
        }
        if responsibility.units.is_empty() {
            // In a plain list without any units, their absence is not worth a word.
            let clauses = &self.context.document.clauses;
            if clauses.iter().all(|c| c.responsibility.units.is_empty()) {
                return;
            }
            return self.field("field.units", lang.text("detail.no-unit"), Role::Dim);
        }
        let mut units = list(&responsibility.units);
        if responsibility.by_duties {
            units.push_str(lang.text("units.by-duties"));
        }
        self.field("field.units", &units, Role::Text);
    }

    /// Appends the status, and who set it when (not who last changed the clause).
    fn status(&mut self, index: usize, record: &Record) {
        let lang = self.context.lang;
        let mut value = figures::status(lang, record.status);
        let mark = (0..value.len(), Role::Status(record.status));
        if let Some((at, by)) = self.context.progress.status_given(index) {
            value = format!("{value}  {} {}", clean(by), figures::day(self.context, at));
        }
        self.marked_field(lang.text("field.status"), &value, &[mark], Role::Dim);
    }

    /// Appends the deadline, and how it slipped.
    fn due(&mut self, index: usize, record: &Record) {
        let (lang, today) = (self.context.lang, self.context.today);
        let (sign, role) = match record.urgency(today, self.context.limits.days_ahead) {
            Some(Urgency::Overdue) => ("!", Role::Overdue),
            Some(Urgency::Soon) => ("~", Role::Soon),
            None => ("", Role::Text),
        };
        let mut value = match record.due {
            None => return,
            Some(Due::Long) => lang.text("due.long").to_owned(),
            Some(Due::Date(date)) => format!("{sign}{date}"),
        };
        if !self.context.progress.given(index).due {
            value = lang.fill("due.proposed", &[("due", &value)]);
        }
        if let Some(Due::Date(date)) = record.due.filter(|_| record.status.is_open()) {
            value = format!("{value} {}", days(lang, today, date));
        }
        let mark = (0..value.len(), role);
        let slipped = phrase::slipped(&self.context.basis(), index).unwrap_or_default();
        value.push_str(&clean(&slipped));
        self.marked_field(lang.text("field.due"), &value, &[mark], Role::Dim);
    }

    fn steps(&mut self, record: &Record) {
        let done = record.steps.iter().filter(|s| !s.status.is_open()).count();
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("n", &done), ("of", &record.steps.len())];
        let mut label = self.context.lang.fill("field.steps", &values);
        for step in &record.steps {
            let (value, marks) = figures::step(self.context, step);
            self.marked_field(&label, &value, &marks, Role::Text);
            // One heading over all of them.
            label.clear();
        }
    }

    fn remarks(&mut self, record: &Record) {
        for remark in record.remarks.iter().rev() {
            let label = self.context.lang.text(remark.kind.name_key());
            let Remark { at, by, text, .. } = remark;
            let said = format!("{} {}  ", figures::day(self.context, *at), clean(by));
            let mark = (0..said.len(), Role::Dim);
            self.marked_field(label, &(said + &clean(text)), &[mark], Role::Text);
        }
    }

    fn rate(&mut self, node: Node) {
        if self.context.document.clauses_of(node).is_empty() {
            return self
                .page
                .paragraph(self.context.lang.text("detail.no-clause"), Role::Dim);
        }
        let tally = self.context.progress.tally(node);
        let (n, of) = tally.rate();
        let lang = self.context.lang;
        self.field("field.rate", &figures::rate(n, of), Role::Text);
        if let Some(line) = self.page.lines.last_mut() {
            line.pieces.push(("  ".to_owned(), Role::Text));
            line.pieces.extend(figures::bar(8, n, of));
        }
        self.pace(node);
        for status in Status::ALL {
            let count = tally.count(status);
            if count > 0 {
                let value = format!("{count}  {}", figures::status(lang, status));
                let mark = (0..value.len(), Role::Status(status));
                self.marked_field("", &value, &[mark], Role::Text);
            }
        }
    }

    fn pace(&mut self, node: Node) {
        let context = self.context;
        let (scene, progress) = (context.scene(), &context.progress);
        let clauses = context.document.clauses_of(node);
        // A measure of one clause has that clause's pace.
        let pace = match (node, clauses.len()) {
            (Node::Clause(_) | Node::Measure(_), 1) => {
                scene.meter().clause(progress.record(clauses.start))
            }
            _ => scene.meter().group(clauses.map(|c| progress.record(c))),
        };
        if let Some(pace) = pace {
            let (words, role) = figures::pace(context, &pace);
            self.field("field.pace", &words, role);
        }
    }

    /// Adds a label and its value; further lines of the value are aligned with the first.
    fn field(&mut self, label: &'static str, value: &str, role: Role) {
        self.marked_field(self.context.lang.text(label), value, &[], role);
    }

    /// Adds a label and its value like [`Self::field`], with some parts in other roles.
    fn marked_field(&mut self, label: &str, value: &str, marks: &[MarkedRange], role: Role) {
        if value.is_empty() {
            return;
        }
        let (policy, lang) = (self.context.policy, self.context.lang);
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
        let width = width.max(policy.width(label)).min(self.width / 2);
        let label = crate::text::pad(policy, label, width);
        self.page
            .hanging(&format!("{label}  "), Role::Dim, value, marks, role);
    }

    /// Adds a title, and a rule where the pane has rows to spare.
    fn title(&mut self, label: &str, text: &str) {
        self.page
            .hanging(label, Role::Heading, text, &[], Role::Heading);
        if self.context.panes().detail.height >= RULED {
            self.page.line(vec![(" ".repeat(self.width), Role::Rule)]);
        }
    }
}
