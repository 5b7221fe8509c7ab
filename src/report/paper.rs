//! A paper: headings, paragraphs and tables, printed as Markdown, Word or HTML.
//!
//! What an office sends (minutes, reports, reminders, letters) is built once as a list of blocks,
//! and each form prints the blocks. So typed text is escaped in one place per form.

mod html;
mod markdown;
mod word;

pub use html::{
    GENERATOR, HtmlPage, TABLE_END, escape as escape_html, head as table_head, lines as html_lines,
};
pub use markdown::escape as escape_markdown;

use super::Table;
use crate::{document::numeral::to_han, locale::Lang};
use std::{io, path::Path};

/// The forms of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain text.
    Markdown,
    /// A Word document.
    Docx,
    /// A web page.
    Html,
}

impl Form {
    /// Returns the form of a file by its ending; by default Markdown.
    pub fn of(path: &Path) -> Self {
        let ending = path.extension().unwrap_or_default();
        match ending.to_ascii_lowercase().to_str() {
            Some("docx") => Self::Docx,
            Some("html" | "htm") => Self::Html,
            _ => Self::Markdown,
        }
    }
}

/// The style of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The title of the paper.
    Title,
    /// A line below the title: a day, a number.
    Subtitle,
    /// The heading of a section, numbered 一、 where the form numbers.
    Section,
    /// The heading of a part of a section, numbered （一）.
    Item,
    /// The heading of a clause, which has its own number.
    Clause,
    /// A line at the left margin.
    Line,
    /// A paragraph whose first line is indented by two characters.
    Body,
    /// An entry of a list.
    Point,
    /// A line at the right margin: who signs, and when.
    Signature,
    /// A cell of a table.
    Cell,
    /// The heading of a column.
    Head,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A text, each of whose lines is a paragraph.
    Text(Style, String),
    /// A table, with each column's share of the width.
    Table(Table, Vec<u32>),
    /// A page break.
    NewPage,
}

/// A paper, before printing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its language.
    pub lang: Lang,
    /// Its contents, in order.
    pub blocks: Vec<Block>,
}

impl Paper {
    /// Returns a paper with a title.
    pub fn new(lang: Lang, title: impl Into<String>) -> Self {
        let mut paper = Self {
            lang,
            blocks: Vec::new(),
        };
        paper.text(Style::Title, title);
        paper
    }

    /// Appends a text.
    pub fn text(&mut self, style: Style, said: impl Into<String>) {
        self.blocks.push(Block::Text(style, said.into()));
    }

    /// Appends a table whose columns have these shares of the width.
    pub fn table(&mut self, table: Table, shares: &[u32]) {
        self.blocks.push(Block::Table(table, shares.to_vec()));
    }

    /// Returns its title.
    pub fn title(&self) -> &str {
        match self.blocks.first() {
            Some(Block::Text(_, title)) => title,
            _ => "",
        }
    }

    /// Returns the text in Markdown.
    pub fn markdown(&self) -> String {
        markdown::print(self)
    }

    /// Returns the bytes of a file, the same for the same paper.
    ///
    /// # Errors
    ///
    /// Where a Word document cannot hold it: 4 GB.
    pub fn bytes(&self, form: Form) -> io::Result<Vec<u8>> {
        match form {
            Form::Markdown => Ok(self.markdown().into_bytes()),
            Form::Docx => word::print(self),
            Form::Html => Ok(html::print(self).into_bytes()),
        }
    }
}

/// Counts headings: 一、（一）.
#[derive(Debug, Default)]
struct Numbers {
    sections: u32,
    items: u32,
}

impl Numbers {
    /// Returns a heading with its number; any other text as it is.
    fn number(&mut self, style: Style, said: &str, lang: Lang) -> String {
        match style {
            Style::Section => {
                self.sections += 1;
                self.items = 0;
                match lang {
                    Lang::ZhCn => format!("{}、{said}", to_han(self.sections)),
                    Lang::En => format!("{}. {said}", self.sections),
                }
            }
            Style::Item => {
                self.items += 1;
                match lang {
                    Lang::ZhCn => format!("（{}）{said}", to_han(self.items)),
                    Lang::En => format!("{}.{} {said}", self.sections, self.items),
                }
            }
            _ => said.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
