//! Word files (`.docx`): the text that a reader sees.
//!
//! `package` unpacks parts within bounds; `xml` reads them without entities and fetches nothing;
//! `style` and `numbering` compute the numbers that Word shows; `body` walks through paragraphs;
//! `table` prints tables, task tables (任务分工表) as clauses. `left` collects what is left out,
//! for the report.

use super::{MOST_TEXT, SourceError, SourceText, TOO_LARGE};

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

/// Reads a Word file.
///
/// # Errors
///
/// It is damaged, hostile or not a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<SourceText, SourceError> {
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
    let text = package.part(&main, package::MAIN)?;
    let read = body::read(&text, &main, &styles, numbers, &mut left);
    let mut source = read.map_err(|error| match error {
        error if error == TOO_LARGE => too_large(&main, MOST_TEXT as u64),
        error => error,
    })?;
    source.notes = left.notes();
    Ok(source)
}

/// A part is larger than in any document.
fn too_large(part: &str, most: u64) -> SourceError {
    let error = SourceError::new("docx.too-large").with("part", part);
    error.with("most", most >> 20)
}
