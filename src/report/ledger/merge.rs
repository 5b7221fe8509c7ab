//! Finds what people changed, from three values per cell.

use super::{
    CellValue, Exported, LedgerError, Merged, Prefer, ReturnedLedger, Sheet, SheetRow,
    cell::{CellPlace, glimpse},
    head::{self, ColumnMeaning, SheetHeader},
};
use crate::{
    document::{ClauseId, id},
    locale::Lang,
    progress::Target,
    report::{Basis, Column, RowSubject, base},
    text,
};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

mod added;
mod cells;
mod rows;
mod steps;

/// Columns that a sheet shows but nobody changes.
const FIXED: [Column; 5] = [
    Column::Text,
    Column::Measure,
    Column::Chapter,
    Column::Units,
    Column::Lead,
];

/// Notes about text that exists only in the file.
const LEFT: [&str; 9] = [
    "merge.sheet",
    "merge.column",
    "merge.row",
    "merge.unread",
    "merge.twice",
    "merge.not-done",
    "merge.step-gone",
    "merge.step-owner",
    "merge.step-status",
];

/// Returns a cell's text without the phrase after units, which older ledgers lack.
fn names(cell: &str) -> &str {
    let said = [Lang::ZhCn, Lang::En].map(|lang| lang.text("units.by-duties"));
    let bare = said.iter().find_map(|said| cell.strip_suffix(said));
    bare.unwrap_or(cell)
}

/// Compares a file with its export and with the journal now.
///
/// # Errors
///
/// The file belongs to another document, or no sheet is a ledger.
pub fn merge(
    basis: &Basis<'_>,
    filled: &ReturnedLedger,
    prefer: Prefer,
) -> Result<Merged, LedgerError> {
    let document = basis.document();
    let exported = filled.exported.as_ref();
    if let Some(other) = exported.filter(|e| e.document != document.id) {
        return Err(LedgerError::OtherDocument {
            found: other.document.clone(),
            document: document.id.clone(),
        });
    }
    let mut texts: HashMap<String, Option<usize>> = HashMap::new();
    for (nth, clause) in document.clauses.iter().enumerate() {
        let same = texts.entry(base::plain(&clause.text));
        same.and_modify(|one| *one = None).or_insert(Some(nth));
    }
    let mut merger = Merger {
        basis,
        exported,
        prefer,
        texts,
        seen: HashMap::new(),
        made: added::made(basis),
        out: Merged::default(),
    };
    let mut found = false;
    for sheet in &filled.sheets {
        found |= merger.sheet(sheet)?;
    }
    if found {
        Ok(merger.out)
    } else {
        Err(LedgerError::NoTable)
    }
}

struct Merger<'a> {
    basis: &'a Basis<'a>,
    exported: Option<&'a Exported>,
    prefer: Prefer,
    /// Clauses by text; `None` if several have the same.
    texts: HashMap<String, Option<usize>>,
    /// The text of each cell so far: a joint clause is on several sheets.
    seen: HashMap<(RowSubject, Column), String>,
    /// Steps and items that were made, by this file too.
    made: HashSet<(Option<ClauseId>, String)>,
    out: Merged,
}

/// What a row is about.
enum RowKind<'a> {
    /// A clause or a step.
    Known(MatchedRow<'a>),
    /// A step that was removed since the export.
    Gone(String, Option<&'a str>),
    /// A new step of this clause.
    Step(usize),
    /// Nothing known.
    Other,
}

impl RowKind<'_> {
    /// Returns the clause that it is about, or its step.
    const fn clause(&self) -> Option<usize> {
        match self {
            Self::Known(found) => Some(found.subject.clause),
            _ => None,
        }
    }
}

/// A row recognised as a clause's or a step's.
struct MatchedRow<'a> {
    subject: RowSubject,
    /// Hashes of the exported values, in CSV.
    hashes: Option<&'a str>,
    /// Whether it is a line without an id that somebody wrote for a step.
    is_written: bool,
    /// Whether it makes its clause 受阻 without naming a problem: what it says is the reason.
    is_blocked: bool,
}

impl<'a> MatchedRow<'a> {
    /// Returns a row with the hashes that its code has, if these are whole.
    fn new(subject: RowSubject, hashes: Option<&'a str>) -> Self {
        let whole = 5 * base::fields(subject).len();
        Self {
            subject,
            hashes: hashes.filter(|h| h.len() == whole && h.is_ascii()),
            is_written: false,
            is_blocked: false,
        }
    }

    /// Returns the hash of a field's exported value.
    fn hash(&self, field: Column) -> Option<&'a str> {
        let fields = base::fields(self.subject);
        let nth = fields.iter().position(|f| *f == field)?;
        self.hashes?.get(5 * nth..5 * nth + 5)
    }
}

impl Merger<'_> {
    /// Reads one sheet; returns whether it is a ledger.
    fn sheet(&mut self, sheet: &Sheet) -> Result<bool, LedgerError> {
        let is_summary = |lang: Lang| lang.text("ledger.summary") == sheet.name;
        if [Lang::ZhCn, Lang::En].into_iter().any(is_summary) {
            return Ok(false);
        }
        let Some(header) = head::find(sheet) else {
            if sheet.rows.iter().any(|row| !head::is_blank(row)) {
                self.say("merge.sheet", &[("sheet", &sheet.name)]);
            }
            return Ok(false);
        };
        let rows = sheet.rows.iter().skip(header.row + 1);
        let filled: Vec<&SheetRow> = rows.clone().filter(|row| !head::is_blank(row)).collect();
        let code = |row: &&SheetRow| {
            let code = header.place(ColumnMeaning::Code).and_then(|c| row.cell(c));
            code.map(CellValue::text).unwrap_or_default()
        };
        let codes: Vec<String> = filled.iter().map(code).collect();
        let kinds = filled.iter().zip(&codes);
        let kinds = kinds.map(|(row, code)| self.find(&header, row, code));
        let kinds = kinds.collect::<Result<Vec<RowKind<'_>>, _>>()?;
        self.rows(sheet, &header, &filled, kinds);
        for (column, heading) in &header.unknown {
            let count = rows.clone().filter(|r| r.cell(*column).is_some()).count();
            if count > 0 {
                let column = crate::report::xlsx::letters(*column as usize);
                self.say(
                    "merge.column",
                    &[
                        ("sheet", &sheet.name),
                        ("column", &column),
                        ("heading", heading),
                        ("count", &count),
                    ],
                );
            }
        }
        Ok(true)
    }

    /// Returns what a row is about: by its code, otherwise by id. The text of another clause overrides
    /// the id, which programs like to read as a number (1.10 becomes 1.1).
    fn find<'c>(
        &self,
        header: &SheetHeader,
        row: &SheetRow,
        code: &'c str,
    ) -> Result<RowKind<'c>, LedgerError> {
        let document = self.basis.document();
        if let Some((own, id, hashes)) = base::coded(code) {
            if own != document.id {
                return Err(LedgerError::OtherDocument {
                    found: own.to_owned(),
                    document: document.id.clone(),
                });
            }
            if let Some(kind) = self.named(&id, Some(hashes)) {
                return Ok(kind);
            }
        }
        let id = header.cell(row, Column::Id);
        let id = id.map(|v| id::spelled(&v.text()));
        let by_id = id.as_deref().and_then(|id| self.named(id, None));
        let text = header
            .cell(row, Column::Text)
            .map(|v| base::plain(&v.text()));
        let by_text = text.and_then(|text| self.texts.get(&text).copied().flatten());
        let same = |clause: usize| {
            by_text.is_none_or(|t| document.clauses[t].text == document.clauses[clause].text)
        };
        Ok(match (by_id, by_text) {
            (Some(RowKind::Known(found)), Some(clause))
                if found.subject.step.is_none() && !same(found.subject.clause) =>
            {
                RowKind::Known(MatchedRow::new(clause.into(), None))
            }
            (Some(kind), _) => kind,
            (None, Some(clause)) => RowKind::Known(MatchedRow::new(clause.into(), None)),
            (None, None) => RowKind::Other,
        })
    }

    /// Returns what an id names: `16.3`, its step `16.3/k2`, or a new one, `16.3/`.
    fn named<'c>(&self, id: &str, hashes: Option<&'c str>) -> Option<RowKind<'c>> {
        let target: Target = id.trim_end_matches('/').parse().ok()?;
        let clause = self.basis.document().find(target.clause_id()?)?;
        let Some(step) = &target.step else {
            return Some(if id.ends_with('/') {
                RowKind::Step(clause)
            } else {
                RowKind::Known(MatchedRow::new(clause.into(), hashes))
            });
        };
        let mut steps = self.basis.record(clause).steps.iter();
        let subject = steps.position(|s| s.id == *step).map(|nth| RowSubject {
            clause,
            step: Some(nth),
        });
        let was_exported = self
            .exported
            .is_some_and(|e| e.value(id, Column::Text).is_some());
        match subject {
            Some(subject) => Some(RowKind::Known(MatchedRow::new(subject, hashes))),
            None if was_exported || hashes.is_some() => Some(RowKind::Gone(id.to_owned(), hashes)),
            None => None,
        }
    }

    /// Returns the day of the export, which days without a year are near to.
    fn day(&self) -> Date {
        let day = self.exported.and_then(|e| e.day);
        day.unwrap_or(self.basis.scene.today)
    }

    fn note(&mut self, key: &'static str, place: CellPlace<'_>, text: &str) {
        let cell = format!(
            "{}{}",
            crate::report::xlsx::letters(place.column as usize),
            place.row
        );
        self.say(
            key,
            &[
                ("sheet", &place.sheet),
                ("cell", &cell),
                ("heading", &place.heading),
                ("text", &glimpse(text)),
            ],
        );
    }

    fn say(&mut self, key: &'static str, values: &[(&str, &dyn std::fmt::Display)]) {
        self.out.left += usize::from(LEFT.contains(&key));
        let note = self.basis.lang.fill(key, values);
        self.out.notes.push(text::clean(&note).replace('\n', " "));
    }
}
