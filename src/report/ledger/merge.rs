//! Finds what people changed, from three values per cell.

use super::{
    CellValue, Exported, LedgerError, Merged, Prefer, ReturnedLedger, Sheet, SheetRow,
    cell::{Base, CellPlace, behind, clause_id, glimpse, unheard},
    cell_values,
    head::{self, ColumnMeaning, SheetHeader},
};
use crate::{
    locale::Lang,
    progress::{Due, Edit, Kind, Status, Target},
    report::{
        Basis, Column,
        base::{self, FIELDS},
        phrase,
    },
    text,
};
use std::collections::HashMap;

mod added;

/// Columns that a sheet shows but nobody changes.
const FIXED: [Column; 5] = [
    Column::Text,
    Column::Measure,
    Column::Chapter,
    Column::Units,
    Column::Lead,
];

/// Notes about text that exists only in the file.
const LEFT: [&str; 6] = [
    "merge.sheet",
    "merge.column",
    "merge.row",
    "merge.unread",
    "merge.twice",
    "merge.not-done",
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
    seen: HashMap<(usize, Column), String>,
    out: Merged,
}

/// A row recognised as a clause's.
struct MatchedRow<'a> {
    clause: usize,
    /// Hashes of the exported values, in CSV.
    hashes: Option<&'a str>,
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
        for row in rows.clone().filter(|row| !head::is_blank(row)) {
            self.row(sheet, &header, row)?;
        }
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

    fn row(
        &mut self,
        sheet: &Sheet,
        header: &SheetHeader,
        row: &SheetRow,
    ) -> Result<(), LedgerError> {
        let code = header.place(ColumnMeaning::Code).and_then(|c| row.cell(c));
        let code = code.map(CellValue::text).unwrap_or_default();
        let Some(found) = self.find(header, row, &code)? else {
            self.added(sheet, header, row);
            return Ok(());
        };
        for (column, head, heading) in &header.known {
            let place = CellPlace {
                sheet: &sheet.name,
                row: row.number,
                column: *column,
                heading,
            };
            match (head, row.cell(*column)) {
                (_, Some(CellValue::Covered)) => {}
                (ColumnMeaning::Field(field), Some(CellValue::Formula))
                    if FIELDS.contains(field) =>
                {
                    self.note("merge.unread", place, "=…");
                }
                (ColumnMeaning::Field(field), value) if FIELDS.contains(field) => {
                    self.field(&found, *field, value, place);
                }
                (ColumnMeaning::Field(field), Some(value)) if FIXED.contains(field) => {
                    self.fixed(&found, *field, value, place);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Returns the clause of a row: by its code, otherwise by id. The text of another clause
    /// overrides the id, which programs like to read as a number (1.10 becomes 1.1).
    fn find<'c>(
        &self,
        header: &SheetHeader,
        row: &SheetRow,
        code: &'c str,
    ) -> Result<Option<MatchedRow<'c>>, LedgerError> {
        let document = self.basis.document();
        let mut parts = code.split('/');
        if let (Some(own), Some(id), Some(hashes)) = (parts.next(), parts.next(), parts.next()) {
            if own != document.id {
                return Err(LedgerError::OtherDocument {
                    found: own.to_owned(),
                    document: document.id.clone(),
                });
            }
            let clause = id.parse().ok().and_then(|id| document.find(id));
            let whole = hashes.len() == 5 * FIELDS.len() && hashes.is_ascii();
            let hashes = Some(hashes).filter(|_| whole);
            if let Some(clause) = clause {
                return Ok(Some(MatchedRow { clause, hashes }));
            }
        }
        let cell = |column| {
            header
                .place(ColumnMeaning::Field(column))
                .and_then(|c| row.cell(c))
        };
        let by_id = cell(Column::Id)
            .and_then(clause_id)
            .and_then(|id| document.find(id));
        let text = cell(Column::Text).map(|v| base::plain(&v.text()));
        let by_text = text.and_then(|text| self.texts.get(&text).copied().flatten());
        let same = |clause: usize| {
            by_text.is_some_and(|t| document.clauses[t].text == document.clauses[clause].text)
        };
        let clause = match by_id {
            Some(clause) if by_text.is_none() || same(clause) => Some(clause),
            _ => by_text,
        };
        Ok(clause.map(|clause| MatchedRow {
            clause,
            hashes: None,
        }))
    }

    /// Notes an attempt to change text that a sheet cannot change.
    fn fixed(
        &mut self,
        found: &MatchedRow<'_>,
        field: Column,
        value: &CellValue,
        place: CellPlace<'_>,
    ) {
        let text = value.text();
        let own = field.cell(self.basis, found.clause).show(self.basis.lang);
        if names(&text) != names(&base::plain(&own)) {
            self.note("merge.fixed", place, &text);
        }
    }

    fn field(
        &mut self,
        found: &MatchedRow<'_>,
        field: Column,
        value: Option<&CellValue>,
        place: CellPlace<'_>,
    ) {
        let exported = self.exported;
        let id = self.basis.document().clauses[found.clause].id.to_string();
        let nth = FIELDS.iter().position(|f| *f == field).unwrap_or(0);
        let kept = exported.and_then(|e| e.values.get(&id)?.get(nth));
        let base = match (kept, found.hashes.and_then(|h| h.get(5 * nth..5 * nth + 5))) {
            (Some(value), _) => Base::Value(value),
            (None, Some(hash)) => Base::Hash(hash),
            (None, None) => Base::Unknown,
        };
        let empty = CellValue::Text(String::new());
        let value = value.unwrap_or(&empty);
        let said = match base::kind(field) {
            Some(_) => value.text(),
            None => match self.read(field, value, &base, place) {
                Some(said) => said,
                None => return,
            },
        };
        if base.is(&said) || (said.is_empty() && matches!(base, Base::Unknown)) {
            return;
        }
        if let Some(before) = self.seen.insert((found.clause, field), said.clone()) {
            if before != said {
                self.note("merge.twice", place, &value.text());
                self.seen.insert((found.clause, field), before);
            }
            return;
        }
        match base::kind(field) {
            Some(kind) => self.remark(found.clause, (field, kind), &said, &base, place),
            None => self.value(found.clause, field, &said, &base, (value, place)),
        }
    }

    /// Returns a status, deadline or name as files have it; notes unreadable ones.
    fn read(
        &mut self,
        field: Column,
        value: &CellValue,
        base: &Base<'_>,
        place: CellPlace<'_>,
    ) -> Option<String> {
        let text = value.text();
        let read = match field {
            Column::Status if text.is_empty() && matches!(base, Base::Unknown) => return None,
            Column::Status => cell_values::status(value).map(|s| s.id().to_owned()),
            Column::Due => {
                let day = self.exported.and_then(|e| e.day);
                let day = day.unwrap_or(self.basis.scene.today);
                cell_values::due(value, day)
                    .ok()
                    .map(|due| due.map(|d| d.to_string()).unwrap_or_default())
            }
            _ => Some(text.replace('\n', " ")),
        };
        // A name of several lines is compared as exported.
        let read = read.map(|r| {
            if base.is(&text) && field == Column::Owner {
                text.clone()
            } else {
                r
            }
        });
        if read.is_none() {
            self.note("merge.unread", place, &text);
        }
        read
    }

    /// Sets a status, deadline or name, unless the journal already has it, or has changed since.
    fn value(
        &mut self,
        clause: usize,
        field: Column,
        said: &str,
        base: &Base<'_>,
        at: (&CellValue, CellPlace<'_>),
    ) {
        let ours = base::value(self.basis, clause, field);
        if ours == said {
            return;
        }
        let (value, place) = at;
        let edit = self.edit(clause, field, said);
        if !base.is(&ours) && !matches!(base, Base::Unknown) && self.prefer == Prefer::Ours {
            return self.keep(clause, place, &edit, &ours);
        }
        let is_complete = self.basis.record(clause).status.is_complete();
        if edit.status == Some(Status::Closed) && !is_complete {
            return self.note("merge.not-done", place, &value.text());
        }
        let asks = edit.status.is_some_and(Status::needs_reason);
        if asks && self.basis.record(clause).remarks.is_empty() {
            self.note("merge.reason", place, &value.text());
        }
        self.take(edit, place, said);
    }

    /// Accepts an edit, unless it is too long to be written.
    fn take(&mut self, edit: Edit, place: CellPlace<'_>, said: &str) {
        match edit.check() {
            Ok(()) => self.out.edits.push(edit),
            Err(_) => self.note("merge.long", place, said),
        }
    }

    fn edit(&self, clause: usize, field: Column, said: &str) -> Edit {
        let target = Target::clause(self.basis.document().clauses[clause].id);
        let mut edit = Edit::new(target);
        match field {
            Column::Status => edit.status = Status::from_id(said),
            Column::Due => edit.due = Some(said.parse::<Due>().ok()),
            _ => edit.owner = Some(Some(said.to_owned()).filter(|name| !name.is_empty())),
        }
        edit
    }

    /// Keeps the journal's value, and the file's as a remark.
    fn keep(&mut self, clause: usize, place: CellPlace<'_>, edit: &Edit, ours: &str) {
        let lang = self.basis.lang;
        let theirs = phrase::parts(edit, lang).join(lang.text("phrase.and"));
        let text = lang.fill("merge.kept", &[("theirs", &theirs)]);
        let known = &self.basis.record(clause).remarks;
        let shown = Status::from_id(ours).map_or(ours, |s| lang.text(s.name_key()));
        self.note("merge.conflict", place, &format!("{theirs} / {shown}"));
        if known.iter().all(|r| r.text != text) {
            let mut edit = Edit::new(edit.target.clone());
            edit.remark = Some((Kind::Progress, text));
            self.take(edit, place, &theirs);
        }
    }

    /// Adds the new lines of a cell of remarks. A sheet never removes remarks.
    fn remark(
        &mut self,
        clause: usize,
        (field, kind): (Column, Kind),
        said: &str,
        base: &Base<'_>,
        place: CellPlace<'_>,
    ) {
        let ours = base::value(self.basis, clause, field);
        if ours == said {
            return;
        }
        let new = behind(said, base).map_or_else(|| unheard(said, &ours, base), str::to_owned);
        if new.trim().is_empty() {
            return self.note("merge.removed", place, said);
        }
        let known = &self.basis.record(clause).remarks;
        if known
            .iter()
            .any(|r| r.kind == kind && base::plain(&r.text) == new.trim())
        {
            return;
        }
        let mut edit = Edit::new(Target::clause(self.basis.document().clauses[clause].id));
        edit.remark = Some((kind, new.trim().to_owned()));
        self.take(edit, place, said);
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
