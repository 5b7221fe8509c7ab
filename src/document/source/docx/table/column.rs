//! The columns of a 任务分工表: what each holds, by its head. May use: `table`.

use super::{Cell, Join, Row};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 序号
    Number,
    /// 责任单位, 牵头单位
    Unit,
    /// 完成时限
    Due,
    /// 工作任务, 具体措施: text by itself.
    Task,
    /// 备注, 工作目标: text that needs its head to be understood.
    Other,
}

#[derive(Debug, Clone)]
pub(super) struct Column {
    pub kind: Kind,
    pub head: String,
    /// What its head says in brackets: 排第一位的为牵头单位.
    pub rule: Option<String>,
}

/// The columns of a table.
#[derive(Debug, Clone)]
pub(in super::super) struct Columns {
    columns: Vec<Column>,
    /// A table with these columns went before.
    begun: bool,
}

impl Columns {
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn at(&self, column: usize) -> Option<&Column> {
        self.columns.get(column)
    }

    pub(super) fn begun(mut self) -> Self {
        self.begun = true;
        self
    }

    /// Returns the rule that a head names, where it has not been said yet.
    pub(super) fn rule(&self) -> Option<&str> {
        let mut rules = self.columns.iter().filter_map(|c| c.rule.as_deref());
        rules.next().filter(|_| !self.begun)
    }
}

/// The most rows above the heads: a title, what the table is about.
const ABOVE: usize = 4;
/// The longest head.
const LONGEST: usize = 30;

/// Finds the heads; returns the columns and how many rows they and what stands above them take.
pub(super) fn find(rows: &[Row]) -> Option<(Columns, usize)> {
    let at = rows.iter().take(ABOVE).position(is_heads)?;
    let width = rows.iter().map(|r| r.column).max()?;
    let nothing = Column {
        kind: Kind::Task,
        head: String::new(),
        rule: None,
    };
    let mut columns = vec![nothing; width];
    let mut heads = at + 1;
    name(&mut columns, &rows[at]);
    // 责任单位 over 牵头单位 and 配合单位.
    if let Some(second) = rows.get(heads).filter(|r| is_second(r)) {
        name(&mut columns, second);
        heads += 1;
    }
    let begun = false;
    (rows.len() > heads).then_some((Columns { columns, begun }, heads))
}

/// Returns what stands above the heads, a row a line.
pub(super) fn titles(rows: &[Row]) -> Vec<String> {
    let above = rows.iter().take_while(|r| !is_heads(r));
    let texts = above.map(|r| {
        let cells: Vec<String> = r.cells.iter().map(Cell::text).collect();
        cells.join(" ").trim().to_owned()
    });
    texts.filter(|t| !t.is_empty()).collect()
}

fn name(columns: &mut [Column], row: &Row) {
    for cell in row.cells.iter().filter(|c| c.join != Join::Below) {
        let (head, rule) = head(cell);
        let kind = kind(&head);
        let covered = columns.iter_mut().skip(cell.column).take(cell.span);
        for column in covered.filter(|_| !head.is_empty()) {
            *column = Column {
                kind,
                head: head.clone(),
                rule: rule.clone(),
            };
        }
    }
}

pub(super) fn is_heads(row: &Row) -> bool {
    let kinds: Vec<Kind> = row
        .cells
        .iter()
        .filter(|c| !c.lines.is_empty())
        .map(|c| kind(&head(c).0))
        .collect();
    let short = row
        .cells
        .iter()
        .all(|c| head(c).0.chars().count() <= LONGEST);
    short
        && kinds.contains(&Kind::Unit)
        && kinds.iter().any(|k| matches!(k, Kind::Task | Kind::Other))
}

fn is_second(row: &Row) -> bool {
    let mut own = row
        .cells
        .iter()
        .filter(|c| c.join != Join::Below && !c.lines.is_empty());
    let goes_on = row
        .cells
        .iter()
        .any(|c| c.join == Join::Below || c.lines.is_empty());
    let all = own.clone().all(|c| kind(&head(c).0) == Kind::Unit);
    goes_on && own.next().is_some() && all
}

/// Returns a head without blanks, and what it says in brackets where that is a rule.
fn head(cell: &Cell) -> (String, Option<String>) {
    let text: String = cell.lines.concat();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    match text.split_once(['（', '(']) {
        Some((head, rest)) => {
            let rule = rest.trim_end_matches(['）', ')']);
            let rule = (rule.contains("牵头") || rule.contains("下同")).then(|| rule.to_owned());
            (head.to_owned(), rule)
        }
        None => (text, None),
    }
}

fn kind(head: &str) -> Kind {
    const WORK: [&str; 9] = [
        "责任", "牵头", "负责", "配合", "主责", "承办", "协办", "主办", "落实",
    ];
    const WORK_TOO: [&str; 7] = ["参与", "协同", "协助", "实施", "支持", "指导", "主管"];
    const NOUNS: [&str; 7] = ["单位", "部门", "主体", "机构", "处室", "科室", "股室"];
    const DUE: [&str; 4] = ["时限", "期限", "时间", "节点"];
    const TASK: [&str; 9] = [
        "任务", "措施", "事项", "内容", "工作", "项目", "举措", "条款", "重点",
    ];
    const ABOUT: [&str; 8] = [
        "备注", "目标", "成果", "成效", "依据", "进展", "情况", "类别",
    ];
    let has = |words: &[&str]| words.iter().any(|w| head.contains(w));
    if matches!(head, "序号" | "编号" | "项号" | "序" | "No." | "NO." | "№") {
        Kind::Number
    } else if (has(&WORK) || has(&WORK_TOO)) && NOUNS.iter().any(|n| head.ends_with(n)) {
        Kind::Unit
    } else if DUE.iter().any(|d| head.ends_with(d)) || head.starts_with("完成时") {
        Kind::Due
    } else if has(&TASK) && !has(&ABOUT) {
        Kind::Task
    } else {
        Kind::Other
    }
}
