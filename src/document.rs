//! The document: what is to be done, as fixed text.
//!
//! The tree is flat: three vectors, each item with its range in the next, so that a clause is one
//! number everywhere.

use std::{collections::HashMap, ops::Range, sync::Arc};

mod error;

pub mod id;

pub(crate) mod numeral;

pub mod unit;

mod vocabulary;

pub mod mark;

mod table;

pub mod yaml;

pub mod import;

pub mod source;

pub mod catalogue;

pub mod compare;

mod own;

mod tree;

pub use error::DocumentError;
pub use id::ClauseId;
pub use own::OwnItem;

/// A measures document: chapters (章), measures (条), clauses (款), and the text around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Short name, used for files (`tianjin-2025`): letters, digits, `-`, `_`, `.`.
    pub id: String,
    /// The lines above the title: document number (文号), letterhead; one paragraph per line.
    pub masthead: Option<String>,
    /// The title as printed.
    pub title: String,
    /// The stage it says it is at (`再次征求意见稿`).
    pub stage: Option<String>,
    /// The text before the first chapter.
    pub preamble: Option<String>,
    /// Chapters in printed order.
    pub chapters: Vec<Chapter>,
    /// Measures in printed order.
    pub measures: Vec<Measure>,
    /// Clauses in printed order.
    pub clauses: Vec<Clause>,
    /// The text after the last chapter: issuing office, date, attachments; one paragraph per line.
    pub trailer: Option<String>,
    /// Where the text was read differently from the source.
    pub corrections: Vec<Correction>,
    /// The number of added items, which are the last clauses.
    items: usize,
    /// Index of clauses by id if the ids don't ascend; built by [`Document::index`].
    by_id: Option<HashMap<ClauseId, usize>>,
    /// The most columns that a clause's id takes.
    pub id_width: usize,
}

/// A chapter (章).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chapter {
    /// Its number as printed (一 is 1).
    pub number: u32,
    /// Its title without the number.
    pub title: String,
    /// How its heading is printed, if not as `一、标题`.
    pub print: Print,
    /// Text under its heading that belongs to no measure; one paragraph per line. A chapter without
    /// tasks (指导思想, 基本原则) has all its text here.
    pub text: Option<String>,
    /// Its measures, as indices into [`Document::measures`].
    pub measures: Range<usize>,
}

/// A measure (条).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    /// Its number as printed.
    pub number: u32,
    /// Its title without number and full stop.
    pub title: String,
    /// How its heading is printed, if not as `1.标题。`.
    pub print: Print,
    /// The headings between chapter and measure that begin here, as printed (`（一）优化流程。`);
    /// one paragraph per line.
    pub section: Option<String>,
    /// Text under its heading that belongs to no clause; one paragraph per line.
    pub text: Option<String>,
    /// Its chapter, as an index into [`Document::chapters`].
    pub chapter: usize,
    /// Its clauses, as indices into [`Document::clauses`].
    pub clauses: Range<usize>,
}

/// How the heading of a chapter or measure is printed, if not in the usual way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Print {
    /// The number as printed (`（一）`, `第三条`); empty if there is none.
    pub label: Option<String>,
    /// The punctuation after the title.
    pub stop: Option<String>,
    /// Whether the title is not printed separately: it was taken from the following text, or is the
    /// document's own.
    pub implied: bool,
}

/// A clause (款): the text up to and including one 责任单位 bracket, or one item of a plain list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clause {
    /// Its number within the document.
    pub id: ClauseId,
    /// Its text, verbatim except for joined lines.
    pub text: String,
    /// Its measure, as an index into [`Document::measures`].
    pub measure: usize,
    /// The text before it in a plain list (`- [ ]`), otherwise empty.
    pub label: String,
    /// The units responsible for it.
    pub responsibility: Arc<Responsibility>,
    /// The deadline that the document names: `2030-06-30`, or `long` (长期).
    pub due: Option<String>,
    /// The persons in charge that the document names besides the units.
    pub owner: Option<String>,
    /// Text after it that belongs to no clause; one paragraph per line.
    pub after: Option<String>,
}

/// Who is responsible for a clause, and how the document says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Responsibility {
    /// The units that lead (牵头), by canonical name; most documents name none.
    pub lead: Vec<String>,
    /// All units including leading ones, by canonical name, in printed order.
    pub units: Vec<String>,
    /// Whether the text says 按职责分工负责.
    pub by_duties: bool,
    /// The bracket as printed, with the punctuation after it; empty if there is none.
    pub said: String,
}

/// A place where the text was read differently from the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Line in the source, from 1; the first of several places.
    pub line: usize,
    /// The number of places if there are several, otherwise 0.
    #[serde(default)]
    pub times: usize,
    /// The source text.
    pub source: String,
    /// The text read.
    pub read: String,
    /// The importer's rule, as a message key (`correction.split-bracket`).
    pub why: String,
}

/// Any of chapter, measure and clause, by its index in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// Index into [`Document::chapters`].
    Chapter(usize),
    /// Index into [`Document::measures`].
    Measure(usize),
    /// Index into [`Document::clauses`].
    Clause(usize),
}

impl Chapter {
    /// Returns its heading as printed: `一、标题`, or the title alone without a number. Markdown's
    /// `##` is left out.
    pub fn heading(&self) -> String {
        match &self.print.label {
            Some(label) => format!(
                "{}{}",
                label.trim_start_matches(['#', '*']).trim(),
                self.title
            ),
            None => self.usual_label() + &self.title,
        }
    }

    /// Returns its number as most documents print it: `一、`.
    pub(crate) fn usual_label(&self) -> String {
        format!("{}、", numeral::to_han(self.number))
    }
}

impl Measure {
    /// Returns its number as most documents print it: `1.`.
    pub(crate) fn usual_label(&self) -> String {
        format!("{}.", self.number)
    }
}

impl Print {
    /// Returns the print of a heading that is not printed.
    pub(crate) const fn none() -> Self {
        Self {
            label: Some(String::new()),
            stop: None,
            implied: true,
        }
    }
}

impl Document {
    /// Returns the year named in the title: `2025 年`.
    pub fn year(&self) -> Option<i16> {
        let mut parts = self.title.split('年').map(str::trim_end);
        let year = |part: &str| {
            let start = part.char_indices().rev().nth(3)?.0;
            let year = part.get(start..)?.parse().ok()?;
            (1900..2200).contains(&year).then_some(year)
        };
        parts.find_map(year)
    }

    /// Builds the index behind [`Document::find`]; call once when the clauses are complete.
    #[must_use]
    pub fn index(mut self) -> Self {
        let ids = || self.clauses.iter().map(|c| c.id);
        let places = || ids().enumerate().map(|(i, id)| (id, i)).collect();
        self.by_id = (!ids().is_sorted()).then(places);
        self.id_width = ids().map(ClauseId::width).max().unwrap_or(0);
        self
    }

    /// Returns the index of the clause with this id.
    pub fn find(&self, id: ClauseId) -> Option<usize> {
        match &self.by_id {
            Some(places) => places.get(&id).copied(),
            None => self.clauses.binary_search_by_key(&id, |c| c.id).ok(),
        }
    }

    /// Returns the measure that a clause belongs to.
    pub fn measure_of(&self, clause: usize) -> &Measure {
        &self.measures[self.clauses[clause].measure]
    }

    /// Returns the chapter that a clause belongs to.
    pub fn chapter_of(&self, clause: usize) -> &Chapter {
        &self.chapters[self.measure_of(clause).chapter]
    }

    /// Returns the clauses of a node, as indices into [`Document::clauses`].
    pub fn clauses_of(&self, node: Node) -> Range<usize> {
        match node {
            Node::Clause(i) => i..i + 1,
            Node::Measure(i) => self.measures[i].clauses.clone(),
            Node::Chapter(i) => {
                let measures = &self.measures[self.chapters[i].measures.clone()];
                match (measures.first(), measures.last()) {
                    (Some(first), Some(last)) => first.clauses.start..last.clauses.end,
                    _ => 0..0,
                }
            }
        }
    }

    /// Returns a measure's number as people type it: `16`, or `2.16` if each chapter restarts.
    pub fn measure_label(&self, measure: usize) -> String {
        let m = &self.measures[measure];
        match self
            .clauses
            .get(m.clauses.start)
            .filter(|_| !m.clauses.is_empty())
        {
            Some(clause) => clause.id.measure_label(),
            None => m.number.to_string(),
        }
    }

    /// Returns the names of all units once each, in order of first mention.
    pub fn units(&self) -> Vec<&str> {
        let mut seen = std::collections::HashSet::new();
        self.clauses
            .iter()
            .flat_map(|c| &c.responsibility.units)
            .map(String::as_str)
            .filter(|u| seen.insert(*u))
            .collect()
    }
}
