//! The columns of a task table (任务分工表): what each holds, by its header.

use super::{Join, SourceCell, SourceRow};
use crate::{
    document::vocabulary::{self as of, vocabulary},
    text::simplified::simplify,
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    /// 序号
    Number,
    /// A box to tick, without a header.
    Box,
    /// 责任单位, 牵头单位
    Unit,
    /// 责任人, Owner
    Owner,
    /// 完成时限
    Due,
    /// 完成情况, Status
    Status,
    /// 类别, Chapter: the same for several rows.
    Group,
    /// 工作任务, 具体措施: text that is clear by itself.
    Task,
    /// 备注, 工作目标: text that needs its header.
    Other,
}

#[derive(Debug, Clone)]
pub(super) struct TaskColumn {
    pub kind: ColumnKind,
    pub head: String,
    /// A rule that its header has in brackets: 排第一位的为牵头单位.
    pub rule: Option<String>,
}

/// The columns of a table.
#[derive(Debug, Clone)]
pub(in super::super) struct TaskColumns {
    columns: Vec<TaskColumn>,
    /// Whether an earlier table had these columns.
    begun: bool,
}

impl TaskColumns {
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn at(&self, column: usize) -> Option<&TaskColumn> {
        self.columns.get(column)
    }

    pub(super) fn begun(mut self) -> Self {
        self.begun = true;
        self
    }

    /// Returns whether any column holds units.
    pub(in super::super) fn assigns(&self) -> bool {
        self.columns.iter().any(|c| c.kind == ColumnKind::Unit)
    }

    /// Returns the rule in a header, unless it was given before.
    pub(super) fn rule(&self) -> Option<&str> {
        let mut rules = self.columns.iter().filter_map(|c| c.rule.as_deref());
        rules.next().filter(|_| !self.begun)
    }
}

/// The most rows above the header: a title, a subject.
const ABOVE: usize = 4;
/// The longest header cell.
const LONGEST: usize = 30;

/// Finds the header; returns the columns, and the number of rows up to its end.
pub(super) fn find(rows: &[SourceRow]) -> Option<(TaskColumns, usize)> {
    let at = rows.iter().take(ABOVE).position(is_heads)?;
    let width = rows.iter().map(|r| r.column).max()?;
    let nothing = TaskColumn {
        kind: ColumnKind::Task,
        head: String::new(),
        rule: None,
    };
    let mut columns = vec![nothing; width];
    let mut heads = at + 1;
    name(&mut columns, &rows[at]);
    boxes(&mut columns, rows.get(at + 1..).unwrap_or_default());
    // 责任单位 above 牵头单位 and 配合单位.
    if let Some(second) = rows.get(heads).filter(|r| is_second(r)) {
        name(&mut columns, second);
        heads += 1;
    }
    // With 目标 and 责任单位 alone, 目标 is the task.
    if !columns.iter().any(|c| c.kind == ColumnKind::Task)
        && let Some(first) = columns.iter_mut().find(|c| c.kind == ColumnKind::Other)
    {
        first.kind = ColumnKind::Task;
    }
    let begun = false;
    (rows.len() > heads).then_some((TaskColumns { columns, begun }, heads))
}

/// Returns the text above the header, one row per line.
pub(super) fn titles(rows: &[SourceRow]) -> Vec<String> {
    let above = rows.iter().take_while(|r| !is_heads(r));
    let texts = above.map(|r| {
        let cells: Vec<String> = r.cells.iter().map(SourceCell::text).collect();
        cells.join(" ").trim().to_owned()
    });
    texts.filter(|t| !t.is_empty()).collect()
}

fn name(columns: &mut [TaskColumn], row: &SourceRow) {
    for cell in row.cells.iter().filter(|c| c.join != Join::Below) {
        let (head, rule) = head(cell);
        let kind = kind(&head);
        let covered = columns.iter_mut().skip(cell.column).take(cell.span);
        for column in covered.filter(|_| !head.is_empty()) {
            *column = TaskColumn {
                kind,
                head: head.clone(),
                rule: rule.clone(),
            };
        }
    }
}

pub(super) fn is_heads(row: &SourceRow) -> bool {
    let told = row.cells.iter().filter(|c| !c.lines.is_empty());
    let heads: Vec<String> = told.map(|c| head(c).0).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    are_heads(&heads)
}

/// Returns whether texts are the header of a task table: one names the task, another what belongs
/// to it.
pub(in super::super) fn are_heads(heads: &[&str]) -> bool {
    let kinds: Vec<ColumnKind> = heads.iter().map(|h| kind(h)).collect();
    let has = |kind| kinds.contains(&kind);
    let unit = has(ColumnKind::Unit) && (has(ColumnKind::Task) || has(ColumnKind::Other));
    let belongs = [
        ColumnKind::Number,
        ColumnKind::Owner,
        ColumnKind::Due,
        ColumnKind::Status,
    ];
    let short = heads.iter().all(|h| h.chars().count() <= LONGEST);
    short && (unit || has(ColumnKind::Task) && belongs.into_iter().any(has))
}

/// Returns whether a text is the header of a column of numbers.
pub(in super::super) fn is_number_head(head: &str) -> bool {
    kind(head) == ColumnKind::Number
}

/// Finds the columns without a header that hold boxes.
fn boxes(columns: &mut [TaskColumn], rows: &[SourceRow]) {
    for (at, column) in columns.iter_mut().enumerate() {
        let cells = || {
            rows.iter()
                .flat_map(|r| &r.cells)
                .filter(|c| c.column == at)
        };
        let mut told = cells().filter(|c| !c.lines.is_empty()).peekable();
        let is_box = |c: &SourceCell| is_box(&c.text());
        if column.head.is_empty() && told.peek().is_some() && told.all(is_box) {
            column.kind = ColumnKind::Box;
        }
    }
}

fn is_second(row: &SourceRow) -> bool {
    let mut own = row
        .cells
        .iter()
        .filter(|c| c.join != Join::Below && !c.lines.is_empty());
    let goes_on = row
        .cells
        .iter()
        .any(|c| c.join == Join::Below || c.lines.is_empty());
    let all = own.clone().all(|c| kind(&head(c).0) == ColumnKind::Unit);
    goes_on && own.next().is_some() && all
}

/// Returns a header, without blanks if it is Chinese, and the rule it has in brackets.
fn head(cell: &SourceCell) -> (String, Option<String>) {
    let text = cell.lines.join(" ");
    let text = if text.is_ascii() {
        text.trim().to_owned()
    } else {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    };
    match text.split_once(['（', '(']) {
        Some((head, rest)) if !head.is_empty() => {
            let rule = rest.trim_end_matches(['）', ')']);
            let plain = simplify(rule);
            let rule = (plain.contains("牵头") || plain.contains("下同")).then(|| rule.to_owned());
            (head.trim_end().to_owned(), rule)
        }
        _ => (text, None),
    }
}

fn kind(head: &str) -> ColumnKind {
    let words = vocabulary();
    let heads = &words.heads;
    let plain = simplify(head.trim_matches(['*', ':', '：', ' '])).to_lowercase();
    let head = plain.as_str();
    let is = |list| of::is_one(head, list);
    let has = |list| of::has(head, list);
    let work = [
        &words.doing,
        &words.leading,
        &words.supporting,
        &words.guiding,
    ];
    let is_work = work.iter().any(|list| of::has(head, list));
    // 责任单位及责任人
    let both = of::has(head, &words.nouns) && head.contains(['及', '和', '、', '/']);
    if is(&heads.number_is) {
        ColumnKind::Number
    } else if is(&heads.unit_is) || is_work && (of::ends(head, &words.nouns) || both) {
        ColumnKind::Unit
    } else if is(&heads.owner_is) || has(&heads.owner_has) {
        ColumnKind::Owner
    } else if is(&heads.due_is) || has(&heads.due_has) {
        ColumnKind::Due
    } else if is(&heads.status_is) {
        ColumnKind::Status
    } else if is(&heads.group_is) {
        ColumnKind::Group
    } else if is(&heads.task_is) || has(&heads.task_has) && !has(&heads.about_has) {
        ColumnKind::Task
    } else {
        ColumnKind::Other
    }
}

/// Returns whether a text is a box to tick.
fn is_box(text: &str) -> bool {
    matches!(
        text,
        "☐" | "□" | "☑" | "☒" | "√" | "✓" | "✔" | "■" | "[ ]" | "[x]" | "[X]" | "[]"
    )
}
