//! What was left out of the text, or kept by a decision, for the report.

use super::{
    SourceError,
    package::{self, Package},
    xml::{Xml, XmlStep, name},
};
use crate::document::source::Note;

/// The things reported, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    /// Automatic numbers, printed as text.
    Numbers,
    /// A numbering format that is printed as 1, 2, 3.
    OtherNumbers,
    Tasks,
    Tables,
    Inserted,
    Deleted,
    Hidden,
    Contents,
    Boxes,
    Graphics,
    Symbols,
    Notes,
    Comments,
    Margins,
    Embedded,
}

const THINGS: [(Thing, &str); 15] = [
    (Thing::Numbers, "docx.numbers"),
    (Thing::OtherNumbers, "docx.other-numbers"),
    (Thing::Tasks, "docx.tasks"),
    (Thing::Tables, "docx.tables"),
    (Thing::Inserted, "docx.inserted"),
    (Thing::Deleted, "docx.deleted"),
    (Thing::Hidden, "docx.hidden"),
    (Thing::Contents, "docx.contents"),
    (Thing::Boxes, "docx.boxes"),
    (Thing::Graphics, "docx.graphics"),
    (Thing::Symbols, "docx.symbols"),
    (Thing::Notes, "docx.notes"),
    (Thing::Comments, "docx.comments"),
    (Thing::Margins, "docx.margins"),
    (Thing::Embedded, "docx.embedded"),
];

/// Characters of an excerpt.
const SHOWN: usize = 60;

/// What was left out so far.
#[derive(Debug, Default)]
pub(super) struct Left {
    counts: [usize; THINGS.len()],
    said: [String; THINGS.len()],
}

impl Left {
    /// Counts an occurrence.
    pub(super) fn count(&mut self, thing: Thing) {
        self.times(thing, 1);
    }

    /// Counts several occurrences.
    pub(super) fn times(&mut self, thing: Thing, count: usize) {
        self.counts[thing as usize] += count;
    }

    /// Adds to the excerpt of a thing.
    pub(super) fn say(&mut self, thing: Thing, text: &str) {
        let said = &mut self.said[thing as usize];
        let known = said.chars().count();
        if known > SHOWN {
            return;
        }
        let text = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        said.extend(text.take(SHOWN - known));
        if said.chars().count() == SHOWN {
            said.push('…');
        }
    }

    /// Counts an occurrence and adds its text to the excerpt.
    pub(super) fn add(&mut self, thing: Thing, text: &str) {
        if !self.said[thing as usize].is_empty() {
            self.say(thing, " / ");
        }
        self.count(thing);
        self.say(thing, text);
    }

    pub(super) fn notes(self) -> Vec<Note> {
        let all = THINGS.iter().zip(self.counts).zip(self.said);
        all.filter(|((_, count), _)| *count > 0)
            .map(|(((_, key), count), said)| {
                Note::new(key, count, said.trim_end_matches([' ', '/']))
            })
            .collect()
    }
}

/// The most headers and footers looked at.
const MARGINS: usize = 40;

/// Notes text outside the body: headers and footers.
pub(super) fn outside(archive: &mut Package<'_>, left: &mut Left) -> Result<(), SourceError> {
    let is_margin = |name: &String| {
        let file = name.strip_prefix("word/").unwrap_or_default();
        file.starts_with("header") || file.starts_with("footer")
    };
    let mut names: Vec<String> = archive.names().into_iter().filter(is_margin).collect();
    names.sort();
    let mut known: Vec<String> = Vec::new();
    for name in names.into_iter().take(MARGINS) {
        let text = plain(&archive.part(&name, package::MARGIN)?, &name)?;
        // A page number alone is not worth reporting.
        let telling = text.chars().any(char::is_alphabetic);
        if telling && !known.contains(&text) {
            left.add(Thing::Margins, &text);
            known.push(text);
        }
    }
    Ok(())
}

/// Returns the beginning of a part's text.
fn plain(text: &str, part: &str) -> Result<String, SourceError> {
    let mut out = String::new();
    Xml::new(text, part).within(|xml, tag| {
        if name(tag) != "t" {
            return Ok(XmlStep::Into);
        }
        let text = xml.text()?;
        if out.len() < SHOWN * 4 {
            out.push_str(text.trim());
        }
        Ok(XmlStep::Done)
    })?;
    Ok(out)
}
