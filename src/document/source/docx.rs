//! Word files (`.docx`): the text that a reader sees.
//!
//! `package` unpacks parts within bounds; `xml` reads them without entities and fetches nothing;
//! `style` and `numbering` compute the numbers that Word shows; `body` walks through paragraphs;
//! `table` prints tables, task tables (任务分工表) as clauses. `left` collects what is left out,
//! for the report.

use super::SourceText;
use crate::locale::Lang;

mod body;
mod left;
mod numbering;
mod numeral;
mod package;
mod style;
mod xml;

use left::Left;
use numbering::Numbering;
use package::Package;
use style::Styles;

/// Why a Word file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocxError {
    /// It is an archive but not a Word file.
    NotWord,
    /// It is damaged.
    Broken {
        /// The part of the archive, or empty for the archive itself.
        part: String,
        /// The reader's message.
        why: String,
    },
    /// A part is larger than in any document.
    TooLarge {
        /// The part.
        part: String,
        /// The limit in MiB.
        most: u64,
    },
    /// The file is larger than any document.
    File {
        /// The limit in MiB.
        most: u64,
    },
    /// It has more parts than any document.
    TooMany,
    /// Its tables have more cells than in any document.
    Cells {
        /// The limit.
        most: usize,
    },
    /// A part defines entities or refers to others, which no Word file does.
    Entities {
        /// The part.
        part: String,
    },
    /// Its elements are nested deeper than in any document.
    TooDeep {
        /// The part.
        part: String,
    },
}

impl DocxError {
    /// Returns what is wrong and what to do, in the interface language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::NotWord => lang.text("source.zip").to_owned(),
            Self::Broken { part, why } if part.is_empty() => {
                lang.fill("docx.broken-archive", &[("why", why)])
            }
            Self::Broken { part, why } => lang.fill("docx.broken", &[("part", part), ("why", why)]),
            Self::TooLarge { part, most } => {
                lang.fill("docx.too-large", &[("part", part), ("most", most)])
            }
            Self::File { most } => lang.fill("docx.file", &[("most", most)]),
            Self::Cells { most } => lang.fill("docx.cells", &[("most", most)]),
            Self::TooMany => lang.text("docx.too-many").to_owned(),
            Self::Entities { part } => lang.fill("docx.entities", &[("part", part)]),
            Self::TooDeep { part } => lang.fill("docx.too-deep", &[("part", part)]),
        }
    }
}

/// Reads a Word file.
///
/// # Errors
///
/// It is damaged, hostile or not a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<SourceText, DocxError> {
    let mut package = Package::open(bytes)?;
    let main = package.main()?;
    let mut styles = Styles::default();
    if let Some(part) = package.related(&main, "styles")? {
        styles = style::read(&package.part(&part, package::OTHER)?, &part)?;
    }
    let mut numbers = Numbering::default();
    if let Some(part) = package.related(&main, "numbering")? {
        numbers = numbering::read(&package.part(&part, package::OTHER)?, &part, &styles)?;
    }
    let mut left = Left::default();
    left::outside(&mut package, &mut left)?;
    let mut source = body::read(
        &package.part(&main, package::MAIN)?,
        &main,
        &styles,
        numbers,
        &mut left,
    )?;
    source.notes = left.notes();
    Ok(source)
}
