//! A table as CSV (RFC 4180), safe from formula injection.

use super::Table;
use crate::{locale::Lang, text::clean};

/// Returns the table cleaned, headings first, with CRLF line ends. With `bom`, a byte order mark
/// keeps Excel from reading UTF-8 in the system's encoding.
///
/// # Errors
///
/// A row has more or fewer cells than there are headings.
pub fn write(table: &Table, bom: bool, lang: Lang) -> Result<Vec<u8>, csv::Error> {
    let start = if bom {
        b"\xef\xbb\xbf".to_vec()
    } else {
        Vec::new()
    };
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(start);
    writer.write_record(table.headings.iter().map(|h| neutral(&clean(&h.text))))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| neutral(&clean(&cell.show(lang)))))?;
    }
    writer.into_inner().map_err(|e| e.into_error().into())
}

/// Protects a cell from being read as a formula: one that begins with `=`, `+`, `-`, `@` or a
/// control character, after any apostrophes, gets an apostrophe in front (OWASP, CSV injection).
/// [`restored`] removes it.
pub fn neutral(cell: &str) -> String {
    if is_risky(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Undoes [`neutral`].
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => cell,
    }
}

/// Full-width forms count too, because some programs fold them.
fn is_risky(cell: &str) -> bool {
    let first = cell.trim_start_matches('\'').chars().next();
    first.is_some_and(|c| {
        matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') || c.is_control()
    })
}

#[cfg(test)]
mod tests {
    use super::{neutral, restored, write};
    use crate::{
        locale::Lang,
        report::{Cell, Heading, Table},
    };
    use proptest::prelude::*;

    fn table(cells: &[&str]) -> Table {
        let heading = |nth: usize| Heading {
            id: "x",
            text: format!("h{nth}"),
        };
        Table {
            headings: (0..cells.len()).map(heading).collect(),
            rows: vec![cells.iter().map(|c| Cell::words(*c)).collect()],
            ..Table::default()
        }
    }

    #[test]
    fn quotes_commas_and_line_ends_are_quoted_as_rfc_4180_says() {
        let bytes = write(&table(&["a,b", "说“好”\"", "一\n二", ""]), false, Lang::En).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "h0,h1,h2,h3\r\n\"a,b\",\"说“好”\"\"\",\"一\n二\",\r\n"
        );
    }

    #[test]
    fn a_byte_order_mark_comes_first_if_asked_for() {
        assert!(
            write(&table(&["a"]), true, Lang::En)
                .unwrap()
                .starts_with(b"\xef\xbb\xbfh0")
        );
    }

    #[test]
    fn no_cell_begins_a_formula() {
        for risky in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "'=1", "＝1"] {
            assert!(neutral(risky).starts_with('\''), "{risky}");
        }
        for harmless in ["", "1.1", "'quoted'", "天津海关", "[-]"] {
            assert_eq!(neutral(harmless), harmless);
        }
    }

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_was(cell in "['=+@\\-\ta国]{0,6}") {
            let written = neutral(&cell);
            prop_assert_eq!(restored(&written), cell.as_str());
        }
    }
}
