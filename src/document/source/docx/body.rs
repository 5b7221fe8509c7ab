//! The walk through the main part: paragraphs, runs, fields, changes that are tracked.
//! May use: `xml`, `style`, `numbering`, `table`, `left`.
//!
//! One loop over the nodes, with what is open on stacks of its own, so that no nesting of the file's
//! is a nesting of calls.

use super::{
    DocxError,
    left::{Left, Thing},
    numbering::Numbering,
    style::Styles,
    table::{self, Table},
    xml::{Node, Xml, attribute, name, number, value},
};
use quick_xml::events::BytesStart;

mod paragraph;
mod run;

use paragraph::Para;

/// The most text: some thousand pages. The importer takes up to forty times as much for the worst of
/// texts.
const MOST_TEXT: usize = 2 << 20;

pub(super) fn read(
    text: &str,
    part: &str,
    styles: &Styles,
    numbers: Numbering,
    left: &mut Left,
) -> Result<String, DocxError> {
    let mut walk = Walk {
        part,
        styles,
        numbers,
        left,
        out: String::new(),
        open: Vec::new(),
        paragraph: Para::default(),
        run_hidden: false,
        deleted: 0,
        fields: Vec::new(),
        contents: 0,
        tables: Vec::new(),
        cells: 0,
        earlier: None,
    };
    let mut xml = Xml::new(text, part);
    let mut rooted = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => {
                rooted = true;
                walk.open(&mut xml, &tag)?;
            }
            Node::Close => walk.close()?,
            Node::Text(_) => {}
        }
    }
    if !rooted {
        return Err(DocxError::Broken {
            part: part.to_owned(),
            why: "no XML".to_owned(),
        });
    }
    walk.finish()
}

/// What has to be done when an element ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Paragraph,
    Deleted,
    Contents,
    Field,
    Cell,
    Row,
    Table,
    Other,
}

/// A field: its instruction, then what it shows.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    shows: bool,
    /// A table of contents.
    contents: bool,
}

struct Walk<'a> {
    part: &'a str,
    styles: &'a Styles,
    numbers: Numbering,
    left: &'a mut Left,
    out: String,
    open: Vec<Open>,
    paragraph: Para,
    run_hidden: bool,
    /// How many deletions are open.
    deleted: usize,
    fields: Vec<Field>,
    /// How many tables of contents are open.
    contents: usize,
    tables: Vec<Table>,
    cells: usize,
    /// The columns of the table before, which may go on after a page.
    earlier: Option<table::Columns>,
}

impl Walk<'_> {
    fn open(&mut self, xml: &mut Xml<'_>, tag: &BytesStart<'_>) -> Result<(), DocxError> {
        if self.run_part(xml, tag)? || self.table_part(xml, tag)? {
            return Ok(());
        }
        let open = match name(tag) {
            "p" => {
                self.begin_paragraph();
                Open::Paragraph
            }
            "pPr" => {
                let properties = paragraph::properties(xml)?;
                self.paragraph.properties = properties;
                return Ok(());
            }
            "del" | "moveFrom" => {
                self.left.add(Thing::Deleted, "");
                self.deleted += 1;
                Open::Deleted
            }
            "ins" | "moveTo" => {
                self.left.count(Thing::Inserted);
                Open::Other
            }
            "docPartGallery" if value(tag).is_some_and(|v| v == "Table of Contents") => {
                // The mark stands beside the content, both in one element.
                self.mark_contents();
                Open::Other
            }
            "fldSimple" => {
                let instruction = attribute(tag, "instr").unwrap_or_default().into_owned();
                self.begin_field(instruction);
                self.field_shows();
                Open::Field
            }
            // What a change replaced, another form of what was read, and what is no text.
            "sectPr" | "tblPr" | "tblGrid" | "Fallback" | "rt" | "tblPrEx" => {
                return xml.skip();
            }
            "altChunk" | "subDoc" | "control" => {
                self.left.count(Thing::Embedded);
                Open::Other
            }
            _ => Open::Other,
        };
        self.open.push(open);
        Ok(())
    }

    /// Ends the last paragraph, if its own end is deleted.
    fn finish(mut self) -> Result<String, DocxError> {
        let text = std::mem::take(&mut self.paragraph.text);
        if !text.is_empty() {
            self.line(&text)?;
        }
        Ok(self.out)
    }

    /// Marks the structured part that is open as a table of contents.
    fn mark_contents(&mut self) {
        // sdt > sdtPr > docPartObj > docPartGallery
        let at = self.open.len().checked_sub(3);
        if let Some(open) = at.and_then(|at| self.open.get_mut(at))
            && *open == Open::Other
        {
            *open = Open::Contents;
            self.contents += 1;
            self.left.count(Thing::Contents);
        }
    }

    fn close(&mut self) -> Result<(), DocxError> {
        match self.open.pop() {
            Some(Open::Paragraph) => self.end_paragraph()?,
            Some(Open::Deleted) => self.deleted = self.deleted.saturating_sub(1),
            Some(Open::Contents) => self.contents = self.contents.saturating_sub(1),
            Some(Open::Field) => self.end_field(),
            Some(Open::Cell) => self.table(Table::end_cell),
            Some(Open::Row) => self.table(Table::end_row),
            Some(Open::Table) => self.end_table()?,
            Some(Open::Other) | None => {}
        }
        Ok(())
    }

    fn table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            act(table);
        }
    }

    /// Takes an element of a table; tells whether it was one.
    fn table_part(&mut self, xml: &mut Xml<'_>, tag: &BytesStart<'_>) -> Result<bool, DocxError> {
        let open = match name(tag) {
            "tbl" => {
                self.tables.push(Table::default());
                Open::Table
            }
            "tr" => {
                self.table(Table::begin_row);
                Open::Row
            }
            "tc" => {
                self.cells += 1;
                if self.cells > table::MOST_CELLS {
                    let most = table::MOST_CELLS;
                    return Err(DocxError::Cells { most });
                }
                self.table(Table::begin_cell);
                Open::Cell
            }
            "gridSpan" => {
                let count = number(tag);
                self.table(|t| t.span(count));
                Open::Other
            }
            "vMerge" => {
                let begins = value(tag).is_some_and(|v| v == "restart");
                self.table(|t| t.join(begins));
                Open::Other
            }
            "trPr" => {
                let properties = table::row_properties(xml)?;
                if properties.deleted {
                    self.left.add(Thing::Deleted, "");
                }
                self.table(|t| t.begin_columns(properties));
                return Ok(true);
            }
            _ => return Ok(false),
        };
        self.open.push(open);
        Ok(true)
    }

    fn end_table(&mut self) -> Result<(), DocxError> {
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
        let room = MOST_TEXT.saturating_sub(self.out.len());
        let printed = table.print(self.earlier.take(), room, self.left);
        let (lines, columns) = printed.ok_or_else(|| self.too_large())?;
        self.earlier = columns;
        for line in lines {
            self.line(&line)?;
        }
        Ok(())
    }

    /// Puts a line where text goes now: into the open cell, or the text itself.
    fn line(&mut self, text: &str) -> Result<(), DocxError> {
        if self.out.len() + text.len() > MOST_TEXT {
            return Err(self.too_large());
        }
        self.out.push_str(text);
        self.out.push('\n');
        Ok(())
    }

    fn too_large(&self) -> DocxError {
        DocxError::TooLarge {
            part: self.part.to_owned(),
            most: (MOST_TEXT >> 20) as u64,
        }
    }
}
