//! The columns of tables of clauses.

use super::{Basis, Cell, Heading, Span, Table, phrase};
use crate::{
    progress::{Due, Kind, Record, Status, Step, Target, Urgency},
    text::Tone,
};

/// A column of a table of clauses, named as in the offices' 台账.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The box before a clause.
    Mark,
    /// 序号: the clause's id.
    Id,
    /// 状态
    Status,
    /// 完成时限
    Due,
    /// 逾期 or 临期
    Urgency,
    /// How many days are left, or it is overdue.
    Days,
    /// 延期: how its deadline slipped.
    Postponed,
    /// 联系人
    Owner,
    /// The chapter's title.
    Chapter,
    /// 措施: the measure's title.
    Measure,
    /// 责任单位
    Units,
    /// 牵头单位
    Lead,
    /// 具体内容: the clause's text.
    Text,
    /// 进展情况
    Progress,
    /// 存在问题
    Problem,
    /// 下一步
    Next,
    /// 更新时间
    Updated,
    /// Who updated it.
    By,
}

/// What a row is about: a clause, or one of its steps by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowSubject {
    /// The index of the clause.
    pub clause: usize,
    /// The index of the step.
    pub step: Option<usize>,
}

impl From<usize> for RowSubject {
    fn from(clause: usize) -> Self {
        Self { clause, step: None }
    }
}

impl RowSubject {
    /// Returns each clause followed by its steps.
    pub fn with_steps(basis: &Basis<'_>, clauses: &[usize]) -> Vec<Self> {
        let of = |clause: &usize| {
            let (clause, steps) = (*clause, basis.record(*clause).steps.len());
            let steps = (0..steps).map(Some);
            std::iter::once(None)
                .chain(steps)
                .map(move |step| Self { clause, step })
        };
        clauses.iter().flat_map(of).collect()
    }

    /// Returns these clauses and their steps that have a deadline, by deadline: 长期 after all days,
    /// what has none last.
    pub fn by_due(basis: &Basis<'_>, clauses: &[usize]) -> Vec<Self> {
        let due = |subject: &Self| match subject.step(basis) {
            Some(step) => step.due,
            None => basis.record(subject.clause).due,
        };
        let mut all = Self::with_steps(basis, clauses);
        all.retain(|subject| subject.step.is_none() || due(subject).is_some());
        all.sort_by_key(|subject| (due(subject).is_none(), due(subject)));
        all
    }

    /// Returns the step, if it is one.
    pub fn step<'a>(self, basis: &Basis<'a>) -> Option<&'a Step> {
        basis.record(self.clause).steps.get(self.step?)
    }

    /// Returns what an edit of it names.
    pub fn target(self, basis: &Basis<'_>) -> Target {
        Target {
            step: self.step(basis).map(|step| step.id.clone()),
            ..Target::clause(basis.document().clauses[self.clause].id)
        }
    }
}

impl Column {
    /// All columns.
    pub const ALL: [Self; 18] = [
        Self::Mark,
        Self::Id,
        Self::Status,
        Self::Due,
        Self::Urgency,
        Self::Days,
        Self::Postponed,
        Self::Owner,
        Self::Chapter,
        Self::Measure,
        Self::Units,
        Self::Lead,
        Self::Text,
        Self::Progress,
        Self::Problem,
        Self::Next,
        Self::Updated,
        Self::By,
    ];

    /// Returns the name on the command line and in the config.
    pub const fn id(self) -> &'static str {
        self.names().0
    }

    /// Returns the key of its heading.
    pub const fn key(self) -> &'static str {
        self.names().1
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Mark => ("mark", "column.mark"),
            Self::Id => ("id", "column.id"),
            Self::Status => ("status", "column.status"),
            Self::Due => ("due", "column.due"),
            Self::Urgency => ("urgency", "column.urgency"),
            Self::Days => ("days", "column.days"),
            Self::Postponed => ("postponed", "column.postponed"),
            Self::Owner => ("owner", "column.owner"),
            Self::Chapter => ("chapter", "column.chapter"),
            Self::Measure => ("measure", "column.measure"),
            Self::Units => ("units", "column.units"),
            Self::Lead => ("lead", "column.lead"),
            Self::Text => ("text", "column.text"),
            Self::Progress => ("progress", "column.progress"),
            Self::Problem => ("problem", "column.problem"),
            Self::Next => ("next", "column.next"),
            Self::Updated => ("updated", "column.updated"),
            Self::By => ("by", "column.by"),
        }
    }

    /// Returns the column with this name, or with this heading in any language.
    pub fn from_id(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.id() == name)
    }

    /// Returns the cell of a clause.
    pub fn cell(self, basis: &Basis<'_>, clause: usize) -> Cell {
        let document = basis.document();
        let record = basis.record(clause);
        let said = &document.clauses[clause];
        match self {
            Self::Mark => Cell::words(record.status.mark()),
            Self::Id => Cell::words(said.id.to_string()),
            Self::Status => Cell::words(basis.lang.text(record.status.name_key())),
            Self::Due => due(basis, record.due),
            Self::Urgency => urgency(basis, basis.urgency(clause)),
            Self::Days => days(basis, record.due, record.status),
            Self::Postponed => Cell::words(phrase::slip(basis, clause).unwrap_or_default()),
            Self::Owner => Cell::words(record.owner.clone().unwrap_or_default()),
            Self::Chapter => Cell::words(&document.chapter_of(clause).title),
            Self::Measure => Cell::words(&document.measure_of(clause).title),
            Self::Units => match units(basis, &said.responsibility.units) {
                Cell::Brief(whole, brief) if said.responsibility.by_duties => {
                    Cell::Brief(whole + basis.lang.text("units.by-duties"), brief)
                }
                cell => cell,
            },
            Self::Lead => units(basis, &said.responsibility.lead),
            Self::Text => Cell::words(said.text.as_str()),
            Self::Progress => remarks(record, Kind::Progress),
            Self::Problem => remarks(record, Kind::Problem),
            Self::Next => remarks(record, Kind::Next),
            Self::Updated => match &record.updated {
                Some((at, _)) => Cell::Moment(basis.local(*at)),
                None => Cell::Empty,
            },
            Self::By => match &record.updated {
                Some((_, by)) => Cell::words(by.as_str()),
                None => Cell::Empty,
            },
        }
    }

    /// Returns the cell of a clause or a step. A step has only what is its own.
    fn of(self, basis: &Basis<'_>, subject: RowSubject) -> Cell {
        let Some(step) = subject.step(basis) else {
            return self.cell(basis, subject.clause);
        };
        match self {
            Self::Mark => Cell::words(step.status.mark()),
            Self::Id => Cell::words(subject.target(basis).to_string()),
            Self::Status => Cell::words(basis.lang.text(step.status.name_key())),
            Self::Due => due(basis, step.due),
            Self::Urgency => urgency(basis, basis.step_urgency(step)),
            Self::Days => days(basis, step.due, step.status),
            Self::Text => Cell::words(step.text.as_str()),
            _ => Cell::Empty,
        }
    }
}

fn due(basis: &Basis<'_>, due: Option<Due>) -> Cell {
    match due {
        None => Cell::Empty,
        Some(Due::Date(day)) => Cell::Day(day),
        Some(Due::Long) => Cell::words(basis.lang.text("due.long")),
    }
}

fn urgency(basis: &Basis<'_>, urgency: Option<Urgency>) -> Cell {
    let name = urgency.map(|urgency| basis.lang.text(urgency.name_key()));
    Cell::words(name.unwrap_or_default())
}

fn days(basis: &Basis<'_>, due: Option<Due>, status: Status) -> Cell {
    let Some(Due::Date(day)) = due.filter(|_| status.is_open()) else {
        return Cell::Empty;
    };
    let left = (day - basis.scene.today).get_days();
    let key = match left {
        ..0 => "due.overdue-by",
        0 => "due.today",
        _ => "due.in-days",
    };
    Cell::words(basis.lang.fill(key, &[("n", &left.unsigned_abs())]))
}

/// Returns the columns of a ledger (台账): what it is about, who answers for it, and what people fill
/// in. 牵头单位 only where the document names any, 延期 only where a deadline was moved later.
pub fn ledger(basis: &Basis<'_>) -> Vec<Column> {
    let mut clauses = basis.document().clauses.iter();
    let leads = clauses.any(|c| !c.responsibility.lead.is_empty());
    let columns = [
        Column::Id,
        Column::Chapter,
        Column::Measure,
        Column::Text,
        Column::Lead,
        Column::Units,
        Column::Status,
        Column::Due,
        Column::Urgency,
        Column::Postponed,
        Column::Owner,
        Column::Progress,
        Column::Problem,
        Column::Next,
        Column::Updated,
        Column::By,
    ];
    let mut all = 0..basis.document().clauses.len();
    let slips = all.any(|clause| basis.progress().slip(clause).is_some());
    let wanted = |c: &Column| match c {
        Column::Lead => leads,
        Column::Postponed => slips,
        _ => true,
    };
    columns.into_iter().filter(wanted).collect()
}

/// Returns the clauses of each unit, in order of first mention; a joint clause is in each of its
/// units. Clauses without a unit come last.
pub fn by_unit(basis: &Basis<'_>, clauses: &[usize]) -> Vec<(String, Vec<usize>)> {
    let document = basis.document();
    let named = document.units().into_iter().map(|unit| {
        let answers = |c: &usize| {
            let units = &document.clauses[*c].responsibility.units;
            units.iter().any(|u| u == unit)
        };
        let own = clauses.iter().copied().filter(answers).collect();
        (unit.to_owned(), own)
    });
    let nobody = |c: &usize| document.clauses[*c].responsibility.units.is_empty();
    let rest = (
        basis.lang.text("column.no-unit").to_owned(),
        clauses.iter().copied().filter(nobody).collect(),
    );
    let parts: Vec<(String, Vec<usize>)> = named.chain([rest]).collect();
    parts.into_iter().filter(|(_, c)| !c.is_empty()).collect()
}

/// Returns the names of units, with a short form `海关 等4`.
fn units(basis: &Basis<'_>, units: &[String]) -> Cell {
    let Some(first) = units.first() else {
        return Cell::Empty;
    };
    let short = basis.scene.units.short_names(first);
    let short = short.iter().min_by_key(|name| name.chars().count());
    let short = short.unwrap_or(first);
    let brief = match units.len() {
        1 => short.clone(),
        n => basis.lang.fill(
            "units.brief",
            &[("unit", short as &dyn std::fmt::Display), ("n", &n)],
        ),
    };
    Cell::Brief(units.join("、"), brief)
}

/// Returns all remarks of one kind, one per line.
fn remarks(record: &Record, kind: Kind) -> Cell {
    let lines: Vec<&str> = record.remarks_of(kind).collect();
    Cell::words(lines.join("\n"))
}

/// Returns the table of these clauses or steps, one per row.
pub fn table<S: Into<RowSubject> + Copy>(
    basis: &Basis<'_>,
    columns: &[Column],
    subjects: &[S],
) -> Table {
    let heading = |c: &Column| Heading::new(c.id(), c.key(), basis.lang);
    let subjects = || subjects.iter().map(|subject| (*subject).into());
    let row = |subject| columns.iter().map(|c| c.of(basis, subject)).collect();
    Table {
        title: basis.document().title.clone(),
        headings: columns.iter().map(heading).collect(),
        rows: subjects().map(row).collect(),
        note: None,
        spans: subjects().map(|s| spans(basis, columns, s)).collect(),
    }
}

/// Returns what a terminal colours in a row: its mark and status, and its urgency.
fn spans(basis: &Basis<'_>, columns: &[Column], subject: RowSubject) -> Vec<Span> {
    let clause = subject.clause;
    let (status, urgency) = match subject.step(basis) {
        Some(step) => (step.status, basis.step_urgency(step)),
        None => (basis.record(clause).status, basis.urgency(clause)),
    };
    let (status, urgency) = (phrase::tone(status), phrase::urgency_tone(urgency));
    let tone = |column: &Column| match column {
        Column::Mark | Column::Status => status,
        Column::Due | Column::Urgency | Column::Days => urgency,
        _ => Tone::Plain,
    };
    let toned = columns.iter().map(tone).enumerate();
    toned
        .map(|(column, tone)| Span::whole(column, tone))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Column;
    use crate::locale::Lang;

    #[test]
    fn the_help_names_every_column() {
        for lang in [Lang::ZhCn, Lang::En] {
            let help = lang.text("cli.list.columns");
            let named: Vec<&str> = help.split([' ', '：']).collect();
            for column in Column::ALL {
                assert!(named.contains(&column.id()), "{}: {help}", column.id());
            }
        }
    }

    #[test]
    fn a_column_is_found_by_its_name() {
        for column in Column::ALL {
            assert_eq!(Column::from_id(column.id()), Some(column));
        }
        assert_eq!(Column::from_id("txet"), None);
    }
}
