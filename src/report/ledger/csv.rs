//! Reads CSV files as other programs write them.

use super::{CELLS, COLUMNS, CellValue, LedgerError, ReturnedLedger, Sheet, SheetRow, bounded};
use crate::report::csv::restored;
use std::path::Path;

/// Reads a CSV file in UTF-8, UTF-16 with a byte order mark, or GB 18030, which Excel and WPS write
/// in China, with commas, semicolons or tabs as delimiters.
///
/// # Errors
///
/// The file cannot be read, or is larger than any ledger.
pub fn read(path: &Path) -> Result<ReturnedLedger, LedgerError> {
    let text = decoded(&bounded(path)?);
    let delimiter = delimiter(&text);
    if !is_a_table(&text, delimiter) {
        return Err(LedgerError::TooLarge {
            path: path.to_owned(),
        });
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut count = 0;
    for record in reader.records() {
        let record = record.map_err(|e| LedgerError::Broken {
            path: path.to_owned(),
            why: e.to_string(),
        })?;
        let cells = (0..)
            .zip(record.iter())
            .filter(|(_, cell)| !cell.trim().is_empty());
        let cells: Vec<(u32, CellValue)> = cells
            .map(|(nth, cell)| (nth, CellValue::Text(restored(cell).to_owned())))
            .collect();
        count += cells.len();
        if count > CELLS {
            return Err(LedgerError::TooLarge {
                path: path.to_owned(),
            });
        }
        // A cell may have several lines, so people see the record's number.
        let number = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
        rows.push(SheetRow { number, cells });
    }
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok(ReturnedLedger {
        sheets: vec![Sheet { name, rows }],
        exported: None,
    })
}

/// Returns whether a text has no more cells, including empty ones, than a real table. The reader
/// would take a line of millions before anybody could count.
fn is_a_table(text: &str, delimiter: u8) -> bool {
    let (mut all, mut row, mut quoted) = (0, 0, false);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => row = 0,
            byte if byte == delimiter && !quoted => {
                row += 1;
                all += 1;
            }
            _ => {}
        }
        if row > COLUMNS || all > 2 * CELLS {
            return false;
        }
    }
    true
}

fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// Returns the most frequent delimiter of the first line.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |d: &u8| line.bytes().filter(|b| b == d).count();
    // Of equals the last wins.
    b"\t;,".iter().copied().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::{decoded, delimiter, is_a_table};

    #[test]
    fn a_line_of_a_million_cells_is_not_a_table() {
        assert!(is_a_table("序号,状态\n1.1,\"a,b\"\n", b','));
        assert!(is_a_table(&format!("a,\"{}\"", ",".repeat(100_000)), b','));
        assert!(!is_a_table(&"a,".repeat(100_000), b','));
        assert!(!is_a_table(&",,,\n".repeat(3_000_000), b','));
    }

    #[test]
    fn files_of_other_programs_are_read() {
        assert_eq!(decoded(b"\xef\xbb\xbfa"), "a");
        assert_eq!(decoded("序号".as_bytes()), "序号");
        assert_eq!(
            decoded(&encoding_rs::GB18030.encode("序号,状态").0),
            "序号,状态"
        );
        assert_eq!(decoded(b"\xff\xfea\0"), "a");
        assert_eq!(
            [
                delimiter("a,b"),
                delimiter("a;b;c,d"),
                delimiter("a\tb"),
                delimiter("a")
            ],
            *b",;\t,"
        );
    }
}
