//! What a ledger (台账) remembers from its export, to tell what was filled in from what colleagues
//! did meanwhile.
//!
//! A workbook keeps the values on a hidden sheet. A CSV file has no such place, so its last column
//! holds their hashes: all that must be known is whether a value is still the exported one.

use super::{Basis, Column, RowSubject};
use crate::{
    progress::{Kind, change::DIGITS},
    text::clean,
};
use std::fmt::Write as _;

/// The columns that people fill in, in the order of the hidden values.
pub const FIELDS: [Column; 6] = [
    Column::Status,
    Column::Due,
    Column::Owner,
    Column::Progress,
    Column::Problem,
    Column::Next,
];

/// What people fill in of a step.
const STEP: [Column; 3] = [Column::Status, Column::Due, Column::Text];

/// The columns of the hidden values.
pub const KEPT: [Column; 7] = {
    let [status, due, owner, progress, problem, next] = FIELDS;
    [status, due, owner, progress, problem, next, Column::Text]
};

/// The most UTF-16 units in a workbook's cell, with room for an ellipsis.
const CELL_LIMIT: usize = 32_700;

/// Returns the columns that people fill in of a clause or a step.
pub const fn fields(subject: RowSubject) -> &'static [Column] {
    match subject.step {
        Some(_) => &STEP,
        None => &FIELDS,
    }
}

/// Returns a field's value as files have it: `todo`, `2026-12-31`; remarks one per line.
pub fn value(basis: &Basis<'_>, subject: RowSubject, field: Column) -> String {
    if let Some(step) = subject.step(basis) {
        return match field {
            Column::Status => step.status.id().to_owned(),
            Column::Due => step.due.map(|d| d.to_string()).unwrap_or_default(),
            Column::Text => plain(&step.text),
            _ => String::new(),
        };
    }
    let record = basis.record(subject.clause);
    let remarks = |kind| record.remarks_of(kind).collect::<Vec<_>>().join("\n");
    let value = match field {
        Column::Status => record.status.id().to_owned(),
        Column::Due => record.due.map(|d| d.to_string()).unwrap_or_default(),
        Column::Owner => record.owner.clone().unwrap_or_default(),
        Column::Progress => remarks(Kind::Progress),
        Column::Problem => remarks(Kind::Problem),
        Column::Next => remarks(Kind::Next),
        _ => String::new(),
    };
    plain(&value)
}

/// Returns the kind of remark in a column.
pub const fn kind(field: Column) -> Option<Kind> {
    match field {
        Column::Progress => Some(Kind::Progress),
        Column::Problem => Some(Kind::Problem),
        Column::Next => Some(Kind::Next),
        _ => None,
    }
}

/// Returns a text as it survives a cell and other programs: cleaned, without trailing blanks, and
/// no longer than a cell can hold.
pub fn plain(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || is_unseen(c);
    let text = clean(text.trim_matches(is_blank));
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    clip(&lines.join("\n"))
}

/// Returns whether a character is invisible and has no width; a text of only these is empty.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{180e}' | '\u{feff}')
}

/// Returns as much of the text as a workbook's cell can hold.
fn clip(text: &str) -> String {
    let mut units = 0;
    let over = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL_LIMIT
    });
    match over.and_then(|(end, _)| text.get(..end)) {
        Some(kept) => format!("{kept}…"),
        None => text.to_owned(),
    }
}

/// Returns the last cell of a row in a CSV file: `tianjin-2025/16.3/` and five digits per field. A
/// step is `16.3:k2`, which versions without steps in ledgers take for no clause's.
pub fn code(basis: &Basis<'_>, subject: RowSubject) -> String {
    let id = subject.target(basis).to_string().replacen('/', ":", 1);
    let mut code = format!("{}/{id}/", basis.document().id);
    for field in fields(subject) {
        code += &hash(&value(basis, subject, *field));
    }
    code
}

/// Returns the document, the id and the hashes of a code.
pub fn coded(code: &str) -> Option<(&str, String, &str)> {
    let (document, rest) = code.split_once('/')?;
    let (id, hashes) = rest.rsplit_once('/')?;
    Some((document, id.replacen(':', "/", 1), hashes))
}

/// Returns five base-32 digits of the text's hash (FNV-1a, folded to 25 bits).
pub fn hash(text: &str) -> String {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let folded = sum ^ (sum >> 32);
    let digit =
        |nth: u32| char::from(DIGITS[usize::try_from((folded >> (5 * nth)) & 31).unwrap_or(0)]);
    let mut out = String::new();
    for nth in 0..5 {
        let _ = write!(out, "{}", digit(nth));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{CELL_LIMIT, hash, plain};

    #[test]
    fn a_text_survives_other_programs() {
        assert_eq!(plain("a \r\nb\tc\u{1}\r"), "a\nb c<01>");
        assert_eq!(plain(" 已对接 "), "已对接");
        assert_eq!(plain("\u{200b}\n\u{2060}"), "");
        assert_eq!(plain("\u{feff} 甲\u{200b}"), "甲");
        let long = plain(&"国".repeat(40_000));
        assert!(long.encode_utf16().count() <= CELL_LIMIT + 1 && long.ends_with('…'));
        assert_eq!(plain(&long), long);
    }

    #[test]
    fn a_hash_tells_texts_apart() {
        let all = [
            "",
            "todo",
            "done",
            "doing",
            "2026-12-31",
            "2026-12-30",
            "张三",
        ];
        let hashes: std::collections::HashSet<String> = all.iter().map(|t| hash(t)).collect();
        assert_eq!(hashes.len(), all.len());
        assert!(hashes.iter().all(|h| h.len() == 5));
    }
}
