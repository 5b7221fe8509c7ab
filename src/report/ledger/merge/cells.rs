//! The cells of a row that is about a clause or a step.

use super::{
    super::{
        CellValue, Prefer, Sheet, SheetRow,
        cell::{Base, CellPlace, behind, unheard},
        cell_values,
        head::{ColumnMeaning, SheetHeader},
    },
    FIXED, MatchedRow, Merger, names,
};
use crate::{
    progress::{Due, Edit, Kind, Status, Target},
    report::{
        Column, RowSubject,
        base::{self, FIELDS},
        phrase,
    },
};

impl Merger<'_> {
    /// Merges what is new in the cells of a row.
    pub(super) fn cells(
        &mut self,
        sheet: &Sheet,
        header: &SheetHeader,
        row: &SheetRow,
        found: &MatchedRow<'_>,
    ) {
        let fields = base::fields(found.subject);
        let id = found.subject.target(self.basis).to_string();
        let exported = self.exported.and_then(|e| e.value(&id, Column::Text));
        let text = header.line(row, Column::Text);
        let step = found.subject.step.map(|_| exported.unwrap_or(&text));
        for (column, head, heading) in &header.known {
            let place = CellPlace {
                sheet: &sheet.name,
                row: row.number,
                column: *column,
                heading,
                step,
            };
            let ColumnMeaning::Field(field) = *head else {
                continue;
            };
            match row.cell(*column) {
                Some(CellValue::Covered) => {}
                Some(CellValue::Formula) if FIELDS.contains(&field) => {
                    self.note("merge.unread", place, "=…");
                }
                value if fields.contains(&field) => self.field(found, field, value, place),
                Some(value) if FIELDS.contains(&field) => {
                    self.beside_step(found.subject.clause, field, value, place);
                }
                Some(value) if FIXED.contains(&field) => {
                    self.fixed(found.subject, field, value, place);
                }
                _ => {}
            }
        }
    }

    /// Returns whether a row makes its clause 受阻 without naming a problem.
    pub(super) fn is_blocked(
        &self,
        header: &SheetHeader,
        row: &SheetRow,
        subject: RowSubject,
    ) -> bool {
        let status = header.cell(row, Column::Status);
        let problem = header.cell(row, Column::Problem).map(CellValue::text);
        subject.step.is_none()
            && status.and_then(cell_values::status) == Some(Status::Blocked)
            && self.basis.record(subject.clause).status != Status::Blocked
            && problem.unwrap_or_default() == base::value(self.basis, subject, Column::Problem)
    }

    /// Notes an attempt to change text that a ledger cannot change.
    fn fixed(
        &mut self,
        subject: RowSubject,
        field: Column,
        value: &CellValue,
        place: CellPlace<'_>,
    ) {
        if !self.is_as_printed(subject.clause, field, value) {
            self.note("merge.fixed", place, &value.text());
        }
    }

    /// Returns whether a cell has the document's own text.
    pub(super) fn is_as_printed(&self, clause: usize, field: Column, value: &CellValue) -> bool {
        let own = field.cell(self.basis, clause).show(self.basis.lang);
        names(&value.text()) == names(&base::plain(&own))
    }

    fn field(
        &mut self,
        found: &MatchedRow<'_>,
        field: Column,
        value: Option<&CellValue>,
        place: CellPlace<'_>,
    ) {
        let exported = self.exported;
        let subject = found.subject;
        let id = subject.target(self.basis).to_string();
        let kept = exported.and_then(|e| e.value(&id, field));
        let base = match (kept, found.hash(field)) {
            // As it was when somebody wrote its line.
            _ if found.is_written => Base::Value(match field {
                Column::Status => Status::Todo.id(),
                _ => "",
            }),
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
        if let Some(before) = self.seen.insert((subject, field), said.clone()) {
            if before != said {
                self.note("merge.twice", place, &value.text());
                self.seen.insert((subject, field), before);
            }
            return;
        }
        match base::kind(field) {
            Some(kind) => {
                let kind = if found.is_blocked {
                    Kind::Problem
                } else {
                    kind
                };
                self.remark(subject.clause, (field, kind), &said, &base, place);
            }
            None => self.value(subject, field, &said, &base, (value, place)),
        }
    }

    /// Returns a status, deadline or text as files have it; notes unreadable ones.
    fn read(
        &mut self,
        field: Column,
        value: &CellValue,
        base: &Base<'_>,
        place: CellPlace<'_>,
    ) -> Option<String> {
        let text = value.text();
        if field == Column::Status && text.is_empty() && matches!(base, Base::Unknown) {
            return None;
        }
        // A text of several lines is compared as exported.
        if base.is(&text) {
            return Some(text);
        }
        let read = self.spelled(field, value);
        if read.is_none() {
            self.note("merge.unread", place, &text);
        }
        read
    }

    /// Returns a status, deadline or text as files have it; `None` if it is neither.
    pub(super) fn spelled(&self, field: Column, value: &CellValue) -> Option<String> {
        match field {
            Column::Status => cell_values::status(value).map(|s| s.id().to_owned()),
            Column::Due => {
                let due = cell_values::due(value, self.day()).ok();
                due.map(|due| due.map(|d| d.to_string()).unwrap_or_default())
            }
            _ => Some(value.text().replace('\n', " ")),
        }
    }

    /// Sets a status, deadline or text, unless the journal already has it, or has changed since.
    fn value(
        &mut self,
        subject: RowSubject,
        field: Column,
        said: &str,
        base: &Base<'_>,
        (value, place): (&CellValue, CellPlace<'_>),
    ) {
        let ours = base::value(self.basis, subject, field);
        let edit = self.edit(subject, field, said);
        let is_conflict = !base.is(&ours) && !matches!(base, Base::Unknown);
        if ours == said || (is_conflict && self.is_heard(&edit)) {
            self.out.known += 1;
            return;
        }
        let is_step = subject.step.is_some();
        if is_step && field == Column::Text && said.is_empty() {
            return self.note("merge.step-stays", place, &ours);
        }
        if is_step && !edit.status.is_none_or(Status::suits_step) {
            return self.note("merge.step-status", place, &value.text());
        }
        if is_conflict && self.prefer == Prefer::Ours {
            return self.keep(subject, place, &edit, &ours);
        }
        let record = self.basis.record(subject.clause);
        if edit.status == Some(Status::Closed) && !record.status.is_complete() {
            return self.note("merge.not-done", place, &value.text());
        }
        let asks = edit.status.is_some_and(Status::needs_reason);
        if asks && record.remarks.is_empty() {
            self.note("merge.reason", place, &value.text());
        }
        self.take(edit, place, said);
    }

    /// Returns whether the journal had a value after the export: the file was merged before, and
    /// somebody has set another since.
    fn is_heard(&self, edit: &Edit) -> bool {
        let Some(at) = self.exported.and_then(|e| e.at) else {
            return false;
        };
        let progress = self.basis.progress();
        let has = |known: &Edit| {
            known.target == edit.target
                && (edit.status.is_none() || known.status == edit.status)
                && (edit.due.is_none() || known.due == edit.due)
                && (edit.owner.is_none() || known.owner == edit.owner)
                && (edit.text.is_none() || known.text == edit.text)
        };
        let mut later = progress.changes().filter(|c| c.when() >= at);
        later.any(|c| c.edits().iter().any(has) && progress.stands(&c.id))
    }

    /// Accepts an edit, unless it is too long to be written.
    fn take(&mut self, edit: Edit, place: CellPlace<'_>, said: &str) {
        match edit.check() {
            Ok(()) => self.out.edits.push(edit),
            Err(_) => self.note("merge.long", place, said),
        }
    }

    fn edit(&self, subject: RowSubject, field: Column, said: &str) -> Edit {
        let mut edit = Edit::new(subject.target(self.basis));
        match field {
            Column::Status => edit.status = Status::from_id(said),
            Column::Due => edit.due = Some(said.parse::<Due>().ok()),
            Column::Text => edit.text = Some(Some(said.to_owned())),
            _ => edit.owner = Some(Some(said.to_owned()).filter(|name| !name.is_empty())),
        }
        edit
    }

    /// Keeps the journal's value, and the file's as a remark.
    fn keep(&mut self, subject: RowSubject, place: CellPlace<'_>, edit: &Edit, ours: &str) {
        let lang = self.basis.lang;
        let theirs = phrase::parts(edit, lang).join(lang.text("phrase.and"));
        let shown = Status::from_id(ours).map_or(ours, |s| lang.text(s.name_key()));
        self.note("merge.conflict", place, &format!("{theirs} / {shown}"));
        let text = lang.fill("merge.kept", &[("theirs", &theirs)]);
        self.add(subject.clause, Kind::Progress, &text, place);
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
        let ours = base::value(self.basis, clause.into(), field);
        if ours == said {
            self.out.known += 1;
            return;
        }
        let new = behind(said, base).map_or_else(|| unheard(said, &ours, base), str::to_owned);
        if new.trim().is_empty() {
            return self.note("merge.removed", place, said);
        }
        self.add(clause, kind, new.trim(), place);
    }

    /// Takes what somebody wrote in the line of a step: its clause has the remarks, and the name in
    /// charge.
    fn beside_step(
        &mut self,
        clause: usize,
        field: Column,
        value: &CellValue,
        place: CellPlace<'_>,
    ) {
        let said = value.text();
        match base::kind(field) {
            _ if said.is_empty() => {}
            None => self.note("merge.step-owner", place, &said),
            Some(kind) => self.add(clause, kind, &said, place),
        }
    }

    /// Adds a remark that the clause does not have yet, with the step that it is about.
    fn add(&mut self, clause: usize, kind: Kind, said: &str, place: CellPlace<'_>) {
        let of_step = |step: &str| {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("step", &step), ("text", &said)];
            self.basis.lang.fill("phrase.of-step", &values)
        };
        let text = place.step.map_or_else(|| said.to_owned(), of_step);
        let known = &self.basis.record(clause).remarks;
        let is_same = |known: &str| known == text || base::plain(known) == text;
        // What blocked the clause was in the column of progress.
        let is_kind = |of: Kind| of == kind || (of == Kind::Problem && kind == Kind::Progress);
        if known.iter().any(|r| is_kind(r.kind) && is_same(&r.text)) {
            self.out.known += 1;
            return;
        }
        let mut edit = Edit::new(Target::clause(self.basis.document().clauses[clause].id));
        edit.remark = Some((kind, text));
        self.take(edit, place, said);
    }
}
