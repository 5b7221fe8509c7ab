//! Minutes as a Word document: a table of what changed, the remarks in full, a table of what is
//! open.

use super::{About, Minutes};
use crate::{
    document::numeral::to_han,
    locale::Lang,
    report::docx::{Column, Docx, Style},
};
use std::io;

/// Returns the bytes of the document.
pub(super) fn print(minutes: &Minutes) -> io::Result<Vec<u8>> {
    let mut paper = Paper {
        docx: Docx::default(),
        minutes,
        sections: 0,
    };
    paper.head();
    paper.changes();
    paper.remarks();
    paper.open();
    paper.docx.bytes()
}

struct Paper<'a> {
    docx: Docx,
    minutes: &'a Minutes,
    /// How many sections there are so far.
    sections: u32,
}

impl Paper<'_> {
    fn head(&mut self) {
        let title = self.minutes.lang.text("minutes.title");
        self.docx.text(Style::Title, title);
        for line in self.minutes.head() {
            self.docx.text(Style::Line, &line);
        }
        self.docx.text(Style::Body, &self.minutes.summary());
    }

    /// Begins a section: 一、变动.
    fn section(&mut self, heading: &str) {
        self.sections += 1;
        let number = match self.minutes.lang {
            Lang::ZhCn => to_han(self.sections) + "、",
            Lang::En => format!("{}. ", self.sections),
        };
        self.docx.text(Style::Section, &(number + heading));
    }

    fn changes(&mut self) {
        let (minutes, lang) = (self.minutes, self.minutes.lang);
        if minutes.news.is_empty() {
            return;
        }
        self.section(lang.text("minutes.changes"));
        let rows = minutes.news.iter().map(|news| {
            let fields = news.moved.iter().map(|m| minutes.moved(m));
            let mut changes: Vec<String> = fields.chain(news.steps.iter().cloned()).collect();
            if changes.is_empty() {
                changes.push(lang.text("minutes.remarked").to_owned());
            }
            let clause = &news.clause;
            vec![
                clause.id.clone(),
                whole(clause),
                clause.units.join("\n"),
                changes.join("\n"),
                clause.owner.clone().unwrap_or_default(),
                clause.due.clone().unwrap_or_default(),
            ]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let columns = self.columns(&[
            ("column.id", 8),
            ("minutes.clause", 27),
            ("column.units", 17),
            ("minutes.change", 25),
            ("show.owner", 10),
            ("show.due", 14),
        ]);
        self.docx.table(&columns, &rows);
    }

    fn remarks(&mut self) {
        let minutes = self.minutes;
        let told = minutes.news.iter().filter(|n| !n.remarks.is_empty());
        for (nth, news) in told.enumerate() {
            if nth == 0 {
                self.section(minutes.lang.text("minutes.remarks"));
            }
            let head = format!("{} {}", news.clause.id, news.clause.measure);
            self.docx.text(Style::Item, &head);
            for remark in &news.remarks {
                let kind = format!("{}{}", remark.kind, minutes.signed(&remark.by));
                let said = ("kind", &kind as &dyn std::fmt::Display);
                let said = [said, ("text", &remark.text)];
                let said = minutes.lang.fill("phrase.remark", &said);
                self.docx.text(Style::Body, &said);
            }
        }
    }

    fn open(&mut self) {
        let (minutes, lang) = (self.minutes, self.minutes.lang);
        let count = minutes.open.len();
        self.section(&lang.fill("minutes.open", &[("count", &count)]));
        if count == 0 {
            return;
        }
        let rows = minutes.open.iter().map(|open| {
            let clause = &open.clause;
            let status = open.urgency.map(|u| format!("{}\n{u}", open.status));
            vec![
                clause.id.clone(),
                whole(clause),
                clause.units.join("\n"),
                status.unwrap_or_else(|| open.status.to_owned()),
                clause.owner.clone().unwrap_or_default(),
                clause.due.clone().unwrap_or_default(),
            ]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let columns = self.columns(&[
            ("column.id", 8),
            ("minutes.clause", 42),
            ("column.units", 18),
            ("show.status", 10),
            ("show.owner", 10),
            ("show.due", 14),
        ]);
        self.docx.table(&columns, &rows);
    }

    fn columns(&self, columns: &[(&'static str, u32)]) -> Vec<Column> {
        let column = |(key, share): &(&'static str, u32)| Column {
            heading: self.minutes.lang.text(key).to_owned(),
            share: *share,
        };
        columns.iter().map(column).collect()
    }
}

/// Returns the title of its measure, and the text.
fn whole(clause: &About) -> String {
    format!("{}\n{}", clause.measure, clause.text)
}
