//! The checklist as one web page: overview, progress by week, tree and table.
//!
//! It works without JavaScript; with it, tables can be sorted and filtered. Its frame and
//! Content-Security-Policy are those of papers.

use super::{
    Basis, Cell, Table,
    paper::{HtmlPage, TABLE_END, escape_html as escape, html_lines as lines, table_head},
    stats::{self, By, Group},
    table::rate,
};
use crate::{
    document::Node,
    progress::{Due, Status, Urgency, percent},
};
use std::fmt::Write as _;

mod chart;

/// The input of a page.
#[derive(Debug, Clone, Copy)]
pub struct PageInput<'a> {
    /// The document and its state.
    pub basis: &'a Basis<'a>,
    /// The clauses to count and to show in the tree.
    pub clauses: &'a [usize],
    /// Its tables, each with the clause of each row.
    pub sections: &'a [(Table, Vec<usize>)],
}

impl PageInput<'_> {
    /// Returns the whole file.
    pub fn print(&self) -> String {
        let document = self.basis.document();
        let mut out = String::new();
        self.head(&mut out);
        out.push_str("<main>\n");
        self.summary(&mut out);
        self.weeks(&mut out);
        self.groups(&mut out, By::Chapter, "page.chapters", "column.chapter");
        self.groups(&mut out, By::Unit, "page.units", "column.unit");
        self.tree(&mut out);
        self.tables(&mut out);
        out.push_str("</main>\n");
        let made = self.basis.minute(self.basis.scene.now);
        let made = self.basis.lang.fill("page.made", &[("at", &made)]);
        let _ = writeln!(
            out,
            "<footer><p class=\"note\">{}</p></footer>",
            escape(&made)
        );
        HtmlPage {
            lang: self.basis.lang,
            title: &document.title,
            body: &out,
            script: true,
        }
        .print()
    }

    fn text(&self, key: &'static str) -> &'static str {
        self.basis.lang.text(key)
    }

    fn head(&self, out: &mut String) {
        let (basis, document) = (self.basis, self.basis.document());
        let shown = (self.clauses.len(), document.clauses.len());
        let mut said = vec![document.stage.clone().unwrap_or_default()];
        said.push(basis.lang.fill("page.day", &[("day", &basis.scene.today)]));
        if shown.0 < shown.1 {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &shown.0), ("of", &shown.1)];
            said.push(basis.lang.fill("page.part", &values));
        }
        said.retain(|part| !part.is_empty());
        let _ = writeln!(
            out,
            "<a class=\"skip\" href=\"#clauses\">{}</a>\n<header>\n<h1>{}</h1>\n<p class=\"quiet\">{}</p>\n</header>",
            escape(self.text("page.skip")),
            escape(&document.title),
            escape(&said.join(" · "))
        );
    }

    /// Appends the start of a section with its heading.
    fn open(out: &mut String, id: &str, heading: &str, class: &str) {
        let _ = writeln!(
            out,
            "<section class=\"{class}\" aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>",
            escape(heading)
        );
    }

    fn summary(&self, out: &mut String) {
        let (basis, lang) = (self.basis, self.basis.lang);
        let whole = stats::whole(basis, self.clauses);
        let (n, of) = whole.tally.rate();
        let soon = |c: &&usize| basis.urgency(**c) == Some(Urgency::Soon);
        let soon = self.clauses.iter().filter(soon).count();
        Self::open(out, "summary", self.text("page.summary"), "");
        out.push_str("<ul class=\"figures\">\n");
        let mut figure = |class: &str, name: &str, figure: String, more: String| {
            let _ = writeln!(
                out,
                "<li>{}<b class=\"{class}\">{}</b>{}</li>",
                escape(name),
                escape(&figure),
                escape(&more)
            );
        };
        let percent = percent(n, of).map_or("—".to_owned(), |p| format!("{p}%"));
        figure(
            "done",
            lang.text("stats.rate"),
            percent,
            format!("{n}/{of}"),
        );
        let mut count = |class: &str, key: &'static str, count: usize| {
            figure(class, lang.text(key), count.to_string(), String::new());
        };
        count("", "stats.total", whole.tally.total());
        count("overdue", "urgency.overdue", whole.overdue);
        count("soon", "urgency.soon", soon);
        for status in [
            Status::Doing,
            Status::Blocked,
            Status::Todo,
            Status::Ongoing,
        ] {
            count(status.id(), status.name_key(), whole.tally.count(status));
        }
        out.push_str("</ul>\n");
        chart::bar(out, &whole.tally, lang);
        out.push_str("</section>\n");
    }

    /// Appends progress by week, if there are two weeks or more.
    fn weeks(&self, out: &mut String) {
        let scene = self.basis.scene;
        let weeks = scene.progress.weeks(scene.today, scene.zone);
        if weeks.ends.len() < 2 {
            return;
        }
        Self::open(out, "weeks", self.text("page.weeks"), "");
        chart::weeks(out, &weeks, self.clauses, self.basis.lang);
        out.push_str("</section>\n");
    }

    fn groups(&self, out: &mut String, by: By, key: &'static str, name: &'static str) {
        let (basis, lang) = (self.basis, self.basis.lang);
        let mut groups = stats::groups(basis, by, self.clauses);
        groups.retain(|group| group.tally.total() > 0);
        let id = if by == By::Unit { "units" } else { "chapters" };
        Self::open(out, id, self.text(key), "");
        let names = [
            name,
            "stats.total",
            "stats.rate",
            "page.bar",
            "urgency.overdue",
            "page.light",
        ];
        table_head(out, " class=\"sorted\"", names.map(|key| self.text(key)));
        for group in &groups {
            self.group(out, group);
        }
        out.push_str(TABLE_END);
        if by == By::Unit {
            let _ = writeln!(
                out,
                "<p class=\"note\">{}</p>",
                escape(lang.text("stats.joint"))
            );
        }
        out.push_str("</section>\n");
    }

    fn group(&self, out: &mut String, group: &Group) {
        let (basis, lang) = (self.basis, self.basis.lang);
        let (n, of) = group.tally.rate();
        let records = group.clauses.iter().map(|c| basis.record(*c));
        let light = basis.scene.meter().group(records);
        let (class, light) = light.map_or(("", "—"), |pace| {
            (pace.light.id(), lang.text(pace.light.name_key()))
        });
        let key = percent(n, of).map_or(String::new(), |percent| percent.to_string());
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\" data-key=\"{key}\">{}</td><td class=\"chart\" data-key=\"{key}\">",
            escape(&group.name),
            group.tally.total(),
            escape(&rate(n, of, lang)),
        );
        chart::bar(out, &group.tally, lang);
        let overdue = if group.overdue > 0 { "n overdue" } else { "n" };
        let _ = writeln!(
            out,
            "</td><td class=\"{overdue}\">{}</td><td class=\"state {class}\">{}</td></tr>",
            group.overdue,
            escape(light)
        );
    }

    /// Appends the tree, which folds without a script.
    fn tree(&self, out: &mut String) {
        let document = self.basis.document();
        Self::open(out, "tree", self.text("page.tree"), "tree");
        let shown = |node| {
            let clauses = document.clauses_of(node);
            let shown = clauses.filter(|c| self.clauses.contains(c));
            shown.collect::<Vec<usize>>()
        };
        for (nth, chapter) in document.chapters.iter().enumerate() {
            let clauses = shown(Node::Chapter(nth));
            if clauses.is_empty() {
                continue;
            }
            self.branch(out, "chapter", &chapter.title, &clauses);
            let mut measures: Vec<usize> = clauses
                .iter()
                .map(|c| document.clauses[*c].measure)
                .collect();
            measures.dedup();
            for measure in measures {
                let clauses = shown(Node::Measure(measure));
                let own = &document.measures[measure];
                let title = format!("{} {}", own.number, own.title);
                self.branch(out, "measure", &title, &clauses);
                for clause in clauses {
                    self.leaf(out, clause);
                }
                out.push_str("</details>\n");
            }
            out.push_str("</details>\n");
        }
        out.push_str("</section>\n");
    }

    fn branch(&self, out: &mut String, class: &str, title: &str, clauses: &[usize]) {
        let (n, of) = stats::whole(self.basis, clauses).tally.rate();
        let rate = rate(n, of, self.basis.lang);
        let open = if class == "chapter" { " open" } else { "" };
        let _ = writeln!(
            out,
            "<details class=\"{class}\"{open}><summary>{} <span class=\"quiet\">{}</span></summary>",
            escape(title),
            escape(&rate)
        );
    }

    fn leaf(&self, out: &mut String, clause: usize) {
        let (basis, lang) = (self.basis, self.basis.lang);
        let (own, record) = (&basis.document().clauses[clause], basis.record(clause));
        let _ = write!(
            out,
            "<article><h4>{} <span class=\"{}\">{}</span>{}</h4>\n<p>{}</p>\n<dl>",
            own.id,
            record.status.id(),
            escape(lang.text(record.status.name_key())),
            self.urgent(clause),
            lines(&own.text)
        );
        let mut entry = |key: &'static str, said: &str| {
            if !said.is_empty() {
                let _ = write!(
                    out,
                    "<dt>{}</dt><dd>{}</dd>",
                    escape(lang.text(key)),
                    lines(said)
                );
            }
        };
        entry("column.units", &lang.list(&own.responsibility.units));
        entry("show.owner", record.owner.as_deref().unwrap_or_default());
        if record.due.is_some() {
            entry("show.due", &super::phrase::due(record.due, lang));
        }
        for remark in &record.remarks {
            let (by, at) = (&remark.by, basis.minute(remark.at));
            let signed = lang.fill("minutes.signed", &[("by", by), ("at", &at)]);
            entry(remark.kind.name_key(), &(remark.text.clone() + &signed));
        }
        for step in &record.steps {
            let status = lang.text(step.status.name_key());
            entry("page.step", &format!("{} {status}", step.text));
        }
        out.push_str("</dl></article>\n");
    }

    fn urgent(&self, clause: usize) -> String {
        let Some(urgency) = self.basis.urgency(clause) else {
            return String::new();
        };
        let (class, name) = (urgency.id(), escape(self.text(urgency.name_key())));
        format!(" <span class=\"{class}\">{name}</span>")
    }

    fn tables(&self, out: &mut String) {
        for (nth, (table, clauses)) in self.sections.iter().enumerate() {
            let (id, heading) = match self.sections.len() {
                1 => ("clauses".to_owned(), self.text("page.table").to_owned()),
                _ if nth == 0 => ("clauses".to_owned(), table.title.clone()),
                _ => (format!("clauses-{nth}"), table.title.clone()),
            };
            Self::open(out, &id, &heading, "");
            self.tools(out, &id);
            self.table(out, &id, table, clauses);
            out.push_str("</section>\n");
        }
    }

    /// Appends the filter of a table, hidden without a script.
    fn tools(&self, out: &mut String, id: &str) {
        let _ = write!(
            out,
            "<div class=\"tools\" data-table=\"{id}-table\" hidden>\
             <label>{} <input type=\"search\"></label>\n<label>{} <select><option value=\"\">{}</option>",
            escape(self.text("page.filter")),
            escape(self.text("show.status")),
            escape(self.text("page.all"))
        );
        let statuses = Status::ALL.map(|s| (s.id(), s.name_key()));
        let urgent = [Urgency::Overdue, Urgency::Soon].map(|u| (u.id(), u.name_key()));
        for (id, key) in statuses.into_iter().chain(urgent) {
            let _ = write!(
                out,
                "<option value=\"{id}\">{}</option>",
                escape(self.text(key))
            );
        }
        out.push_str("</select></label> <output></output></div>\n");
    }

    fn table(&self, out: &mut String, id: &str, table: &Table, clauses: &[usize]) {
        let attributes = format!(" class=\"sorted\" id=\"{id}-table\"");
        let names = table.headings.iter().map(|heading| &*heading.text);
        table_head(out, &attributes, names);
        for (row, clause) in table.rows.iter().zip(clauses) {
            let record = self.basis.record(*clause);
            let urgency = self.basis.urgency(*clause).map(Urgency::id);
            let state: Vec<&str> = [record.status.id()].into_iter().chain(urgency).collect();
            let state = state.join(" ");
            let _ = write!(out, "<tr data-state=\"{state}\">");
            for (heading, cell) in table.headings.iter().zip(row) {
                self.cell(out, (heading.id, cell), *clause, &state);
            }
            out.push_str("</tr>\n");
        }
        out.push_str(TABLE_END);
    }

    fn cell(&self, out: &mut String, (id, cell): (&str, &Cell), clause: usize, state: &str) {
        let record = self.basis.record(clause);
        let attributes = match id {
            "text" => " class=\"text\"".to_owned(),
            "id" => " class=\"id\"".to_owned(),
            // 长期 comes after every day.
            "due" if record.due == Some(Due::Long) => " class=\"day\" data-key=\"9999\"".to_owned(),
            "due" | "updated" => " class=\"day\"".to_owned(),
            "status" => format!(
                " class=\"state {}\" data-key=\"{}\"",
                record.status.id(),
                record.status as usize
            ),
            "urgency" => format!(" class=\"state {state}\""),
            _ if cell.is_number() => " class=\"n\"".to_owned(),
            _ => String::new(),
        };
        let said = lines(&cell.show(self.basis.lang));
        let _ = write!(out, "<td{attributes}>{said}</td>");
    }
}

#[cfg(test)]
mod tests;
