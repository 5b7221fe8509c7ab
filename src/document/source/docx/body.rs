//! The walk through the main part: paragraphs, runs, fields, tracked changes.
//!
//! One loop over the nodes with its own stacks, so that the file's nesting never nests calls.

use super::{
    super::{SourceText, SourceWriter},
    SourceError,
    left::{Left, Thing},
    numbering::Numbering,
    style::Styles,
    xml::{Xml, XmlNode, XmlStep, attribute, name, number, value},
};
use crate::document::table::SourceTable;
use quick_xml::events::BytesStart;

mod paragraph;
mod run;

use paragraph::Para;

pub(super) fn read(
    text: &str,
    part: &str,
    styles: &Styles,
    numbers: Numbering,
    left: &mut Left,
) -> Result<SourceText, SourceError> {
    let mut walk = BodyWalk {
        styles,
        numbers,
        left,
        lines: SourceWriter::default(),
        open: Vec::new(),
        paragraph: Para::default(),
        run_hidden: false,
        deleted: 0,
        fields: Vec::new(),
        contents: 0,
        tables: Vec::new(),
        cells: 0,
    };
    let mut xml = Xml::new(text, part);
    let mut rooted = false;
    while let Some(node) = xml.next()? {
        match node {
            XmlNode::Open(tag) => {
                rooted = true;
                walk.open(&mut xml, &tag)?;
            }
            XmlNode::Close => walk.close()?,
            XmlNode::Text(_) => {}
        }
    }
    if !rooted {
        return Err(SourceError::new("docx.broken")
            .with("part", part)
            .with("why", "no XML"));
    }
    walk.finish()
}

/// The most cells in all tables of a file.
const MOST_CELLS: usize = 100_000;

/// What to do when an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenElement {
    Paragraph,
    Deleted,
    Contents,
    Field,
    Cell,
    Row,
    Table,
    Other,
}

/// A field: its instruction, then its result.
#[derive(Debug, Default)]
struct ComplexField {
    instruction: String,
    shows: bool,
    /// Whether it is a table of contents.
    contents: bool,
}

struct BodyWalk<'a> {
    styles: &'a Styles,
    numbers: Numbering,
    left: &'a mut Left,
    lines: SourceWriter,
    open: Vec<OpenElement>,
    paragraph: Para,
    run_hidden: bool,
    /// Open deletions.
    deleted: usize,
    fields: Vec<ComplexField>,
    /// Open tables of contents.
    contents: usize,
    tables: Vec<SourceTable>,
    cells: usize,
}

impl BodyWalk<'_> {
    fn open(&mut self, xml: &mut Xml<'_>, tag: &BytesStart<'_>) -> Result<(), SourceError> {
        if self.run_part(xml, tag)? || self.table_part(xml, tag)? {
            return Ok(());
        }
        let open = match name(tag) {
            "p" => {
                self.begin_paragraph();
                OpenElement::Paragraph
            }
            "pPr" => {
                self.paragraph.properties(xml)?;
                return Ok(());
            }
            "del" | "moveFrom" => {
                self.left.add(Thing::Deleted, "");
                self.deleted += 1;
                OpenElement::Deleted
            }
            "ins" | "moveTo" => {
                self.left.count(Thing::Inserted);
                OpenElement::Other
            }
            "docPartGallery" if value(tag).is_some_and(|v| v == "Table of Contents") => {
                // The mark is beside the content, both inside one element.
                self.mark_contents();
                OpenElement::Other
            }
            "fldSimple" => {
                self.begin_field(attribute(tag, "instr").unwrap_or_default());
                self.field_shows();
                OpenElement::Field
            }
            // What a change replaced, other forms of what was read, and non-text.
            "sectPr" | "tblPr" | "tblGrid" | "Fallback" | "rt" | "tblPrEx" => {
                return xml.skip();
            }
            "altChunk" | "subDoc" | "control" => {
                self.left.count(Thing::Embedded);
                OpenElement::Other
            }
            _ => OpenElement::Other,
        };
        self.open.push(open);
        Ok(())
    }

    /// Ends the last paragraph if its own end is deleted.
    fn finish(mut self) -> Result<SourceText, SourceError> {
        let text = std::mem::take(&mut self.paragraph.text);
        if !text.is_empty() {
            self.lines.push(&text, None)?;
        }
        self.left.times(Thing::Tasks, self.lines.tasks);
        self.left.times(Thing::Tables, self.lines.tables);
        Ok(self.lines.finish())
    }

    /// Marks the open structured part as a table of contents.
    fn mark_contents(&mut self) {
        // sdt > sdtPr > docPartObj > docPartGallery
        let at = self.open.len().checked_sub(3);
        if let Some(open) = at.and_then(|at| self.open.get_mut(at))
            && *open == OpenElement::Other
        {
            *open = OpenElement::Contents;
            self.contents += 1;
            self.left.count(Thing::Contents);
        }
    }

    fn close(&mut self) -> Result<(), SourceError> {
        match self.open.pop() {
            Some(OpenElement::Paragraph) => self.end_paragraph()?,
            Some(OpenElement::Deleted) => self.deleted = self.deleted.saturating_sub(1),
            Some(OpenElement::Contents) => self.contents = self.contents.saturating_sub(1),
            Some(OpenElement::Field) => self.end_field(),
            Some(OpenElement::Cell) => self.table(SourceTable::end_cell),
            Some(OpenElement::Row) => self.table(SourceTable::end_row),
            Some(OpenElement::Table) => self.end_table()?,
            Some(OpenElement::Other) | None => {}
        }
        Ok(())
    }

    fn table(&mut self, act: impl FnOnce(&mut SourceTable)) {
        if let Some(table) = self.tables.last_mut() {
            act(table);
        }
    }

    /// Handles an element of a table; returns whether it was one.
    fn table_part(&mut self, xml: &mut Xml<'_>, tag: &BytesStart<'_>) -> Result<bool, SourceError> {
        let open = match name(tag) {
            "tbl" => {
                self.tables.push(SourceTable::default());
                OpenElement::Table
            }
            "tr" => {
                self.table(SourceTable::begin_row);
                OpenElement::Row
            }
            "tc" => {
                self.cells += 1;
                if self.cells > MOST_CELLS {
                    return Err(SourceError::new("docx.cells").with("most", MOST_CELLS));
                }
                self.table(SourceTable::begin_cell);
                OpenElement::Cell
            }
            "gridSpan" => {
                let count = number(tag).and_then(|c| usize::try_from(c).ok());
                self.table(|t| t.span(count.unwrap_or(1)));
                OpenElement::Other
            }
            "vMerge" => {
                let begins = value(tag).is_some_and(|v| v == "restart");
                self.table(|t| t.join(begins));
                OpenElement::Other
            }
            "trPr" => {
                let (before, deleted) = row_properties(xml)?;
                if deleted {
                    self.left.add(Thing::Deleted, "");
                }
                self.table(|t| t.begin_columns(before, deleted));
                return Ok(true);
            }
            _ => return Ok(false),
        };
        self.open.push(open);
        Ok(true)
    }

    fn end_table(&mut self) -> Result<(), SourceError> {
        let Some(table) = self.tables.pop() else {
            return Ok(());
        };
        if let Some(outer) = self.tables.last_mut() {
            self.left.count(Thing::Tables);
            for line in table.plain() {
                outer.add(&line);
            }
            return Ok(());
        }
        self.lines.table(table)?;
        Ok(())
    }
}

/// Reads `w:trPr`, which has just begun: the empty columns before the row, and whether a tracked
/// change deletes it.
fn row_properties(xml: &mut Xml<'_>) -> Result<(usize, bool), SourceError> {
    let (mut before, mut deleted) = (0, false);
    xml.within(|_, tag| {
        match name(tag) {
            "del" => deleted = true,
            "gridBefore" => {
                let count = number(tag).and_then(|c| usize::try_from(c).ok());
                before = count.unwrap_or(0);
            }
            "trPrChange" => return Ok(XmlStep::Over),
            _ => {}
        }
        Ok(XmlStep::Into)
    })?;
    Ok((before, deleted))
}
