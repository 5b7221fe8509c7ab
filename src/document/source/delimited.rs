//! Tables as text: cells parted by commas, semicolons or tabs.

use super::{Lines, SourceError, SourceText};
use crate::{
    document::table::{self, Table},
    locale::Lang,
};
use std::path::Path;

/// How many lines are looked at for the heads.
const HEADS: usize = 8;

/// What may part cells.
const DELIMITERS: [u8; 3] = [b'\t', b',', b';'];

/// Returns whether a text is a ledger that this program exported: only that has the column of codes.
pub(super) fn is_ledger(text: &str) -> bool {
    let codes = [Lang::ZhCn, Lang::En].map(|lang| lang.text("column.code"));
    // Nothing is parsed of a text that does not hold the words.
    codes.iter().any(|code| text.contains(code))
        && DELIMITERS.into_iter().any(|delimiter| {
            let mut first = rows(text, delimiter).take(HEADS).flatten();
            first.any(|row| row.len() > 1 && row.iter().any(|cell| codes.contains(&cell.trim())))
        })
}

/// Returns what parts the cells of a text: by its name, or because the heads of a table of tasks stand
/// among its first lines.
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
        // The row below the heads has as many cells.
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
/// When it is no table of tasks, or larger than any.
pub(super) fn read(text: &str, delimiter: u8) -> Result<SourceText, SourceError> {
    let mut table = Table::default();
    let mut cells = 0;
    for row in rows(text, delimiter).flatten() {
        cells += row.len();
        if cells > table::MOST_CELLS {
            return Err(SourceError::TooLarge);
        }
        table.push(row.iter());
    }
    let mut lines = Lines::default();
    if lines.table(table)? {
        Ok(lines.finish())
    } else {
        Err(SourceError::NoTasks)
    }
}
