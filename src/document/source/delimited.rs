//! Tables as text: cells separated by commas, semicolons or tabs.

use super::{NO_TASKS, SourceError, SourceText, SourceWriter, TOO_LARGE};
use crate::{
    document::table::{self, SourceTable},
    locale::Lang,
};
use std::path::Path;

/// Lines searched for headers.
const HEADS: usize = 8;

/// Possible delimiters.
const DELIMITERS: [u8; 3] = [b'\t', b',', b';'];

/// Returns whether a text is one of our ledgers: only those have the code column.
pub(super) fn is_ledger(text: &str) -> bool {
    let codes = [Lang::ZhCn, Lang::En].map(|lang| lang.text("column.code"));
    // A text without the words need not be parsed.
    codes.iter().any(|code| text.contains(code))
        && DELIMITERS.into_iter().any(|delimiter| {
            let mut first = rows(text, delimiter).take(HEADS).flatten();
            first.any(|row| row.len() > 1 && row.iter().any(|cell| codes.contains(&cell.trim())))
        })
}

/// Returns the delimiter of a text, by its name or because one of its first lines is a task table's
/// header.
pub(super) fn delimiter(text: &str, name: &str) -> Option<u8> {
    let ending = Path::new(name).extension().unwrap_or_default();
    let is = |known| ending.eq_ignore_ascii_case(known);
    let counted = |d: u8| {
        let mut rows = rows(text, d);
        let first = rows.by_ref().take(HEADS).flatten();
        let widths: Vec<(usize, bool)> = first
            .map(|row| {
                let cells: Vec<&str> = row
                    .iter()
                    .map(str::trim)
                    .filter(|c| !c.is_empty())
                    .collect();
                (row.len(), table::are_heads(&cells))
            })
            .collect();
        let heads = widths.iter().position(|(_, heads)| *heads);
        // The row below the header has as many cells.
        heads.filter(|at| {
            widths
                .get(at + 1)
                .is_some_and(|(n, _)| *n > 1 && *n == widths[*at].0)
        })
    };
    let sniffed = DELIMITERS.into_iter().find(|d| counted(*d).is_some());
    let by_name = is("tsv").then_some(b'\t').or(is("csv").then_some(b','));
    sniffed.or(by_name)
}

fn rows(text: &str, delimiter: u8) -> impl Iterator<Item = Option<csv::StringRecord>> {
    let reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(std::io::Cursor::new(text.as_bytes().to_vec()));
    reader.into_records().map(Result::ok)
}

/// Reads the rows of a table.
///
/// # Errors
///
/// It is not a task table, or it is too large.
pub(super) fn read(text: &str, delimiter: u8) -> Result<SourceText, SourceError> {
    let mut table = SourceTable::default();
    let mut cells = 0;
    for row in rows(text, delimiter).flatten() {
        cells += row.len();
        if cells > table::MOST_CELLS {
            return Err(TOO_LARGE);
        }
        table.push(row.iter());
    }
    let mut lines = SourceWriter::default();
    if lines.table(table)? {
        Ok(lines.finish())
    } else {
        Err(NO_TASKS)
    }
}
