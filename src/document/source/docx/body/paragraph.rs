//! Paragraphs: their properties, numbers and ends.

use super::{
    super::{
        left::Thing,
        style::{self, NumberRef},
        xml::{Xml, XmlStep, name, value},
    },
    BodyWalk, SourceError,
};
use crate::document::mark::Mark;

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Para {
    pub style: Option<String>,
    number: NumberRef,
    /// Whether its end is deleted, so that it continues in the next.
    mark_deleted: bool,
    pub text: String,
    /// Whether something in it was left out.
    pub hid: bool,
    /// Whether deletions emptied it but not its end, so that it keeps its number.
    pub emptied: bool,
}

impl Para {
    /// Reads `w:pPr`, which has just begun.
    pub(super) fn properties(&mut self, xml: &mut Xml<'_>) -> Result<(), SourceError> {
        xml.within(|xml, tag| {
            match name(tag) {
                "pStyle" => self.style = value(tag),
                "numPr" => {
                    self.number = style::number_ref(xml)?;
                    return Ok(XmlStep::Done);
                }
                "rPr" => {}
                "del" | "moveFrom" => self.mark_deleted = true,
                _ => return Ok(XmlStep::Over),
            }
            Ok(XmlStep::Into)
        })
    }
}

impl BodyWalk<'_> {
    pub(super) fn begin_paragraph(&mut self) {
        // The rest of one whose end is deleted continues here.
        let text = if self.paragraph.mark_deleted {
            std::mem::take(&mut self.paragraph.text)
        } else {
            String::new()
        };
        self.paragraph = Para {
            text,
            ..Para::default()
        };
        self.run_hidden = false;
    }

    pub(super) fn end_paragraph(&mut self) -> Result<(), SourceError> {
        if self.paragraph.mark_deleted {
            return Ok(());
        }
        let text = std::mem::take(&mut self.paragraph.text);
        if self.is_contents() {
            return Ok(());
        }
        if text.trim().is_empty() && self.paragraph.hid {
            // Readers see neither it nor its number, but one emptied by deletions still counts.
            if self.paragraph.emptied {
                self.number();
            }
            return Ok(());
        }
        let number = self.number();
        let depth = self.depth().filter(|_| number.is_some());
        let line = match number {
            Some(number) if needs_blank(&number, &text) => format!("{number} {text}"),
            Some(number) => number + &text,
            None => text,
        };
        if let Some(table) = self.tables.last_mut() {
            table.add(&line);
            return Ok(());
        }
        if !line.trim().is_empty() {
            self.lines.earlier = None;
        }
        let own = self.paragraph.style.as_deref();
        let mark = own.and_then(|style| self.styles.mark(style));
        let mark = mark.or(depth.map(Mark::Item));
        let mark = mark.filter(|_| !line.trim().is_empty());
        self.lines.push(&line, mark)
    }

    /// Returns how deep its numbering is nested.
    fn depth(&self) -> Option<u8> {
        let level = self.paragraph.number.level?;
        u8::try_from(level).ok().filter(|depth| *depth > 0)
    }

    fn number(&mut self) -> Option<String> {
        let own = &self.paragraph;
        let style = own.style.as_deref().or_else(|| self.styles.usual());
        let by_style = style.map(|s| self.styles.number(s)).unwrap_or_default();
        let asked = NumberRef {
            id: own.number.id.or(by_style.id),
            level: own.number.level.or(by_style.level),
        };
        self.numbers.next(asked, style, self.left)
    }

    /// Adds text of a run, or notes that it is left out.
    pub(super) fn add(&mut self, text: &str) {
        if self.is_contents() {
            self.left.say(Thing::Contents, text);
        } else if self.deleted > 0 {
            self.left.say(Thing::Deleted, text);
            self.paragraph.hid = true;
            self.paragraph.emptied = true;
        } else if self.run_hidden {
            self.left.add(Thing::Hidden, text);
            self.paragraph.hid = true;
        } else {
            self.paragraph.text.push_str(text);
        }
    }
}

/// Returns whether a number and a text need a blank between them: 1. and 5G must not become 1.5G,
/// and 第一条 is a word.
fn needs_blank(number: &str, text: &str) -> bool {
    let closed = number.ends_with(['、', '．', '.', '）', ')', '：', '〕', '】']);
    !closed || text.starts_with(|c: char| c.is_ascii())
}
