//! Writes a document in its canonical form: the same document always gives the same bytes.

use super::scalar;
use crate::{
    document::{Clause, Correction, Document, Print},
    locale::Lang,
};
use std::fmt::Write as _;

/// Returns the document as YAML in its canonical order and form.
pub fn write(doc: &Document) -> String {
    let mut out = YamlWriter(String::with_capacity(256 + doc.clauses.len() * 512));
    out.field("", "id", &doc.id);
    out.field("", "title", &doc.title);
    out.optional("", "stage", doc.stage.as_deref());
    out.optional("", "masthead", doc.masthead.as_deref());
    out.optional("", "preamble", doc.preamble.as_deref());
    out.list_head("", "chapters", doc.chapters.is_empty());
    for chapter in 0..doc.chapters.len() {
        out.chapter(doc, chapter);
    }
    out.optional("", "trailer", doc.trailer.as_deref());
    if !doc.corrections.is_empty() {
        out.list_head("", "corrections", false);
        doc.corrections.iter().for_each(|c| out.correction(c));
    }
    out.0
}

struct YamlWriter(String);

impl YamlWriter {
    fn field(&mut self, indent: &str, key: &str, value: &str) {
        self.key(indent, key);
        scalar::push(&mut self.0, value);
        self.0.push('\n');
    }

    fn key(&mut self, indent: &str, key: &str) {
        self.0.push_str(indent);
        self.0.push_str(key);
        self.0.push_str(": ");
    }

    fn optional(&mut self, indent: &str, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.field(indent, key, value);
        }
    }

    /// Writes a value that needs no quotes: a number or `true`.
    fn bare(&mut self, indent: &str, key: &str, value: impl std::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{indent}{key}: {value}");
    }

    fn list_head(&mut self, indent: &str, key: &str, empty: bool) {
        let end = if empty { ": []\n" } else { ":\n" };
        self.0.push_str(indent);
        self.0.push_str(key);
        self.0.push_str(end);
    }

    fn print(&mut self, indent: &str, print: &Print) {
        self.optional(indent, "label", print.label.as_deref());
        self.optional(indent, "stop", print.stop.as_deref());
        if print.implied {
            self.bare(indent, "implied", true);
        }
    }

    fn chapter(&mut self, doc: &Document, index: usize) {
        let chapter = &doc.chapters[index];
        self.bare("- ", "number", chapter.number);
        self.field("  ", "title", &chapter.title);
        self.print("  ", &chapter.print);
        self.optional("  ", "text", chapter.text.as_deref());
        self.list_head("  ", "measures", chapter.measures.is_empty());
        for measure in chapter.measures.clone() {
            self.measure(doc, measure);
        }
    }

    fn measure(&mut self, doc: &Document, index: usize) {
        let measure = &doc.measures[index];
        self.bare("  - ", "number", measure.number);
        self.field("    ", "title", &measure.title);
        self.optional("    ", "section", measure.section.as_deref());
        self.print("    ", &measure.print);
        self.optional("    ", "text", measure.text.as_deref());
        self.list_head("    ", "clauses", measure.clauses.is_empty());
        for clause in &doc.clauses[measure.clauses.clone()] {
            self.clause(clause);
        }
    }

    fn clause(&mut self, clause: &Clause) {
        let indent = "      ";
        let r = &clause.responsibility;
        // Unquoted, `1.1` would be a number.
        let _ = writeln!(self.0, "    - id: '{}'", clause.id);
        if !clause.label.is_empty() {
            self.field(indent, "label", &clause.label);
        }
        self.field(indent, "text", &clause.text);
        self.names(indent, "units", &r.units);
        if !r.lead.is_empty() {
            self.names(indent, "lead", &r.lead);
        }
        if r.by_duties {
            self.bare(indent, "by_duties", true);
        }
        self.optional(indent, "due", clause.due.as_deref());
        self.optional(indent, "owner", clause.owner.as_deref());
        self.field(indent, "said", &r.said);
        self.optional(indent, "after", clause.after.as_deref());
    }

    fn names(&mut self, indent: &str, key: &str, names: &[String]) {
        self.key(indent, key);
        scalar::push_list(&mut self.0, names);
        self.0.push('\n');
    }

    fn correction(&mut self, correction: &Correction) {
        self.bare("- ", "line", correction.line);
        if correction.times > 0 {
            self.bare("  ", "times", correction.times);
        }
        self.field("  ", "source", &correction.source);
        self.field("  ", "read", &correction.read);
        self.key("  ", "why");
        scalar::push(&mut self.0, &correction.why);
        // The key is for the program, the words for whoever opens the file.
        if let Some(words) = Lang::ZhCn.find(&correction.why) {
            self.0.push_str("  # ");
            self.0.push_str(words);
        }
        self.0.push('\n');
    }
}
