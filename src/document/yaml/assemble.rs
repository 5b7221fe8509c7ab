//! Checks the rules of the format as chapters, measures and clauses arrive, and builds the flat
//! document.

use super::{Broken, RawChapter, RawClause, RawDocument, RawMeasure};
use crate::document::{Chapter, Clause, ClauseId, Document, Measure, Print, Responsibility};
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};
use std::{collections::HashSet, fmt, sync::Arc};

/// Where a rule was broken: at the nth line that begins with a key.
#[derive(Clone, Copy)]
pub(super) enum At {
    Top,
    Chapter(usize),
    Measure(usize),
    Clause(usize),
}

/// The chapters of a document as they are read, one at a time: a tree of all clauses would take as
/// much memory as the document.
#[derive(Default)]
pub(super) struct Chapters {
    doc: Document,
    numbers: HashSet<u32>,
    ids: HashSet<ClauseId>,
    /// Who is responsible, each once: few units share many clauses.
    responsibilities: HashSet<Arc<Responsibility>>,
    broken: Option<Broken>,
}

impl<'de> Deserialize<'de> for Chapters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EachChapter;
        impl<'de> Visitor<'de> for EachChapter {
            type Value = Chapters;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Chapters, A::Error> {
                let mut chapters = Chapters::default();
                while let Some(chapter) = all.next_element::<RawChapter>()? {
                    if chapters.broken.is_none() {
                        chapters.broken = chapters.add(chapter).err();
                    }
                }
                Ok(chapters)
            }
        }
        deserializer.deserialize_seq(EachChapter)
    }
}

/// Builds the document of the chapters and the text around them.
pub(super) fn assemble(raw: RawDocument) -> Result<Document, Broken> {
    if !super::is_id(&raw.id) {
        return Err(Broken::new("document.broken.id", raw.id, At::Top));
    }
    let Chapters {
        mut doc, broken, ..
    } = raw.chapters;
    if let Some(broken) = broken {
        return Err(broken);
    }
    doc.clauses.shrink_to_fit();
    (doc.id, doc.title, doc.stage) = (raw.id, raw.title, raw.stage);
    (doc.masthead, doc.preamble, doc.trailer) = (raw.masthead, raw.preamble, raw.trailer);
    doc.corrections = raw.corrections;
    Ok(doc.index())
}

impl Chapters {
    fn add(&mut self, mut chapter: RawChapter) -> Result<(), Broken> {
        let measures = std::mem::take(&mut chapter.measures);
        self.chapter(chapter)?;
        for mut measure in measures {
            let clauses = std::mem::take(&mut measure.clauses);
            self.measure(measure)?;
            for clause in clauses {
                self.clause(clause)?;
            }
        }
        Ok(())
    }

    /// Begins a chapter; its measures follow.
    fn chapter(&mut self, raw: RawChapter) -> Result<(), Broken> {
        let doc = &mut self.doc;
        if raw.number == 0 || !self.numbers.insert(raw.number) {
            let at = At::Chapter(doc.chapters.len());
            let number = raw.number.to_string();
            return Err(Broken::new("document.broken.chapter", number, at));
        }
        doc.push_chapter(Chapter {
            number: raw.number,
            title: raw.title,
            print: print(raw.label, raw.stop, raw.implied),
            text: raw.text,
            ..Chapter::default()
        });
        Ok(())
    }

    /// Begins a measure of the last chapter; its clauses follow.
    fn measure(&mut self, raw: RawMeasure) -> Result<(), Broken> {
        let doc = &mut self.doc;
        if raw.number == 0 {
            let number = raw.number.to_string();
            let at = At::Measure(doc.measures.len());
            return Err(Broken::new("document.broken.measure", number, at));
        }
        doc.push_measure(Measure {
            number: raw.number,
            title: raw.title,
            print: print(raw.label, raw.stop, raw.implied),
            section: raw.section,
            text: raw.text,
            ..Measure::default()
        });
        Ok(())
    }

    /// Adds a clause to the last measure.
    fn clause(&mut self, raw: RawClause) -> Result<(), Broken> {
        let doc = &self.doc;
        let at = At::Clause(doc.clauses.len());
        let (Some(chapter), Some(measure)) = (doc.chapters.last(), doc.measures.last()) else {
            return Ok(());
        };
        let id = check_clause(&raw, chapter.number, measure.number)
            .map_err(|(rule, value)| Broken::new(rule, value, at))?;
        if !self.ids.insert(id) {
            let id = id.to_string();
            return Err(Broken::new("document.broken.duplicate-id", id, at));
        }
        let responsibility = self.shared(Responsibility {
            lead: raw.lead,
            units: raw.units,
            by_duties: raw.by_duties,
            said: raw.said,
        });
        self.doc.push_clause(Clause {
            id,
            text: raw.text,
            label: raw.label,
            responsibility,
            due: raw.due,
            owner: raw.owner,
            after: raw.after,
            ..Clause::default()
        });
        Ok(())
    }

    fn shared(&mut self, responsibility: Responsibility) -> Arc<Responsibility> {
        if let Some(known) = self.responsibilities.get(&responsibility) {
            return Arc::clone(known);
        }
        let new = Arc::new(responsibility);
        self.responsibilities.insert(Arc::clone(&new));
        new
    }
}

fn check_clause(
    clause: &RawClause,
    chapter: u32,
    measure: u32,
) -> Result<ClauseId, (&'static str, String)> {
    let wrong = || ("document.broken.clause-id", clause.id.to_string());
    let id: ClauseId = clause.id.parse().map_err(|()| wrong())?;
    let fits = id.measure() == measure && (id.chapter() == 0 || id.chapter() == chapter);
    if !fits || id.clause() == 0 {
        return Err(wrong());
    }
    if let Some(lead) = clause.lead.iter().find(|l| !clause.units.contains(l)) {
        return Err(("document.broken.lead", lead.clone()));
    }
    match &clause.due {
        Some(due) if !is_due(due) => Err(("document.broken.due", due.clone())),
        _ => Ok(id),
    }
}

/// Returns whether a deadline is a date (`2030-06-30`) or `long`.
fn is_due(due: &str) -> bool {
    due == "long" || (due.len() == 10 && due.parse::<jiff::civil::Date>().is_ok())
}

fn print(label: Option<String>, stop: Option<String>, implied: bool) -> Print {
    Print {
        label,
        stop,
        implied,
    }
}
