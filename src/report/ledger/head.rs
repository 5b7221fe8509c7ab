//! Recognises columns by their headings, even renamed ones.

use super::{CellValue, Sheet, SheetRow};
use crate::{locale::Lang, report::Column};

/// Rows searched for a header, which titles and notes may precede.
const DEPTH: usize = 20;

/// The most columns considered.
const WIDE: usize = 500;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnMeaning {
    /// A column of the ledger.
    Field(Column),
    /// The code of the exported values (CSV).
    Code,
    /// The unit of the section (CSV).
    Section,
    /// The day of a past state (CSV).
    AsOf,
}

/// The header of a sheet and the meaning of its columns.
#[derive(Debug)]
pub(super) struct SheetHeader {
    /// Index of the header among the sheet's rows.
    pub(super) row: usize,
    /// Recognised columns, with their names in the sheet.
    pub(super) known: Vec<(u32, ColumnMeaning, String)>,
    /// Unrecognised columns.
    pub(super) unknown: Vec<(u32, String)>,
}

impl SheetHeader {
    /// Returns the column with this meaning.
    pub(super) fn place(&self, head: ColumnMeaning) -> Option<u32> {
        let found = self.known.iter().find(|(_, h, _)| *h == head);
        found.map(|(column, ..)| *column)
    }

    /// Returns a row's cell in a column of the ledger.
    pub(super) fn cell<'r>(&self, row: &'r SheetRow, column: Column) -> Option<&'r CellValue> {
        row.cell(self.place(ColumnMeaning::Field(column))?)
    }

    /// Returns the text of such a cell, on one line.
    pub(super) fn line(&self, row: &SheetRow, column: Column) -> String {
        let text = self.cell(row, column).map(CellValue::text);
        text.unwrap_or_default().replace('\n', " ")
    }
}

/// Other names that offices give to columns.
#[rustfmt::skip]
const NAMES: [(Column, &str); 8] = [
    (Column::Id, "编号 条款号 款号 条款编号"),
    (Column::Status, "办理状态 进度状态 当前状态 完成状态 办理情况 完成情况"),
    (Column::Due, "时限 截止日期 截止时间 完成时间 办结时限 办理时限 完成日期"),
    (Column::Owner, "负责人 责任人 联络人 联络员 具体联系人"),
    (Column::Progress, "进展 工作进展 落实情况 最新进展 推进情况"),
    (Column::Problem, "问题 困难问题 存在的问题 困难和问题"),
    (Column::Next, "下一步工作 下一步打算 下一步措施 下一步计划 下一步工作打算"),
    (Column::Text, "内容 任务内容 工作内容 措施内容"),
];

/// Returns the header of a sheet: the first row with a column that identifies clauses and another
/// known one.
pub(super) fn find(sheet: &Sheet) -> Option<SheetHeader> {
    let names = names();
    let rows = sheet.rows.iter().take(DEPTH).enumerate();
    let mut headers = rows.map(|(nth, row)| header(nth, row, &names));
    headers.find(|h| {
        let names_clauses = [
            ColumnMeaning::Field(Column::Id),
            ColumnMeaning::Code,
            ColumnMeaning::Field(Column::Text),
        ];
        names_clauses.iter().any(|n| h.place(*n).is_some()) && h.known.len() > 1
    })
}

/// Returns all names of columns, folded.
fn names() -> Vec<(ColumnMeaning, String)> {
    let mut names = Vec::new();
    for lang in [Lang::ZhCn, Lang::En] {
        names.push((ColumnMeaning::Code, fold(lang.text("column.code"))));
        names.push((ColumnMeaning::Section, fold(lang.text("column.unit"))));
        names.push((ColumnMeaning::AsOf, fold(lang.text("column.as-of"))));
        // The box also shows the status, but nobody fills it in.
        for column in Column::ALL.into_iter().filter(|c| *c != Column::Mark) {
            names.push((ColumnMeaning::Field(column), fold(lang.text(column.key()))));
            names.push((ColumnMeaning::Field(column), fold(column.id())));
        }
    }
    for (column, others) in NAMES {
        names.extend(
            others
                .split(' ')
                .map(|name| (ColumnMeaning::Field(column), fold(name))),
        );
    }
    names
}

fn header(nth: usize, row: &SheetRow, names: &[(ColumnMeaning, String)]) -> SheetHeader {
    let said: Vec<(u32, String)> = row.cells.iter().map(|(c, v)| (*c, v.text())).collect();
    let mut near: Vec<(usize, u32, ColumnMeaning)> = Vec::new();
    let brief = |(_, text): &&(u32, String)| text.chars().count() <= 30;
    for (column, text) in said.iter().filter(brief).take(WIDE) {
        let folded = fold(text);
        let scored = names
            .iter()
            .map(|(head, name)| (nearness(&folded, name), *column, *head));
        near.extend(scored.filter(|(score, ..)| *score > 0));
    }
    // The most certain first; each column and each meaning once.
    near.sort_by_key(|(score, column, _)| (std::cmp::Reverse(*score), *column));
    let mut known: Vec<(u32, ColumnMeaning, String)> = Vec::new();
    for (_, column, head) in near {
        if known.iter().all(|(c, h, _)| *c != column && *h != head) {
            let text = said.iter().find(|(c, _)| *c == column);
            known.push((
                column,
                head,
                text.map(|(_, t)| t.clone()).unwrap_or_default(),
            ));
        }
    }
    let is_unknown = |(column, text): &(u32, String)| {
        !text.is_empty() && known.iter().all(|(c, ..)| c != column)
    };
    let unknown = said.iter().filter(|s| is_unknown(s)).cloned().collect();
    SheetHeader {
        row: nth,
        known,
        unknown,
    }
}

/// Returns a heading without blanks, punctuation and bracketed text.
fn fold(text: &str) -> String {
    let mut depth = 0_i32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '（' | '(' | '【' | '[' => depth += 1,
            '）' | ')' | '】' | ']' => depth -= 1,
            c if depth > 0 || c.is_whitespace() || matches!(c, '*' | '：' | ':' | '＊') => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Returns how similar a heading is to a name; 0 if it is another.
fn nearness(said: &str, name: &str) -> usize {
    let length = |text: &str| text.chars().count();
    if said == name {
        return 1000;
    }
    if said.is_ascii() || length(said) < 2 || length(name) < 2 {
        return 0;
    }
    if said.contains(name) || name.contains(said) {
        return 500 + 10 * length(name).min(length(said))
            - length(said).abs_diff(length(name)).min(9);
    }
    // One character in four or more may differ.
    let apart = strsim::levenshtein(said, name);
    if apart == 1 && length(name) >= 4 {
        100
    } else {
        0
    }
}

/// Returns whether a row has no content.
pub(super) fn is_blank(row: &SheetRow) -> bool {
    row.cells
        .iter()
        .all(|(_, value)| *value == CellValue::Covered || value.text().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{CellValue, ColumnMeaning, Sheet, SheetRow, find};
    use crate::report::Column;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let row = |(number, cells): (u32, &&[&str])| SheetRow {
            number,
            cells: (0..)
                .zip(cells.iter())
                .map(|(c, t)| (c, CellValue::Text((*t).to_owned())))
                .collect(),
        };
        Sheet {
            name: "s".into(),
            rows: (1..).zip(rows).map(row).collect(),
        }
    }

    #[test]
    fn headings_are_recognised_by_similar_names_in_any_column() {
        let sheet = sheet(&[
            &["某某台账"],
            &[
                "备注",
                "完成时限（填）",
                " 序 号",
                "办理状态",
                "工作进展情况",
                "存在的问题",
                "下一步打算",
                "负责人",
            ],
        ]);
        let header = find(&sheet).unwrap();
        let at = |column| header.place(ColumnMeaning::Field(column));
        assert_eq!(header.row, 1);
        assert_eq!(
            [
                Column::Id,
                Column::Due,
                Column::Status,
                Column::Progress,
                Column::Problem,
                Column::Next,
                Column::Owner
            ]
            .map(at),
            [
                Some(2),
                Some(1),
                Some(3),
                Some(4),
                Some(5),
                Some(6),
                Some(7)
            ]
        );
        assert_eq!(header.unknown, [(0, "备注".to_owned())]);
    }

    #[test]
    fn a_sheet_without_clauses_has_no_header() {
        assert!(find(&sheet(&[&["姓名", "电话"], &["张三", "1"]])).is_none());
    }
}
