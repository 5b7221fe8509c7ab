//! The table of units: rows, columns, and sorting. Pure.

use crate::{
    progress::{Status, pace::Pace},
    report::{
        Basis,
        stats::{self, By, Group},
    },
};
use std::cmp::Ordering;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitRow {
    /// The unit's position in order of first mention.
    nth: usize,
    /// Its counts.
    pub group: Group,
    /// Its pace, if it has deadlines.
    pub pace: Option<Pace>,
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitColumn {
    /// The unit, in order of first mention.
    Name,
    /// Its clauses.
    Total,
    /// The clauses that it leads.
    Lead,
    /// The clauses that it shares with others.
    Joint,
    /// Its clauses with this status.
    Status(Status),
    /// 完成率
    Rate,
    /// 逾期
    Overdue,
    /// 未更新
    Stale,
    /// 序时进度
    Pace,
}

impl UnitColumn {
    /// All columns, from left to right.
    pub(super) const ALL: [Self; 8 + Status::ALL.len()] = [
        Self::Name,
        Self::Total,
        Self::Lead,
        Self::Joint,
        Self::Rate,
        Self::Status(Status::Todo),
        Self::Status(Status::Doing),
        Self::Status(Status::Done),
        Self::Status(Status::Closed),
        Self::Status(Status::Ongoing),
        Self::Status(Status::Blocked),
        Self::Status(Status::Dropped),
        Self::Overdue,
        Self::Stale,
        Self::Pace,
    ];

    /// Returns the key of its name in `data/locales`.
    pub(super) const fn name_key(self) -> &'static str {
        match self {
            Self::Name => "field.units",
            Self::Total => "stats.total",
            Self::Lead => "stats.lead",
            Self::Joint => "units.joint",
            Self::Status(status) => status.name_key(),
            Self::Rate => "stats.rate",
            Self::Overdue => "urgency.overdue",
            Self::Stale => "stats.stale",
            Self::Pace => "field.pace",
        }
    }

    /// Returns the key of its heading in `data/locales`, of two Han characters where it has many
    /// neighbours.
    pub(super) const fn heading_key(self) -> &'static str {
        match self {
            Self::Name => "units.unit",
            Self::Total => "units.total",
            Self::Status(Status::Todo) => "units.todo",
            Self::Status(Status::Doing) => "units.doing",
            Self::Status(Status::Done) => "units.done",
            Self::Status(Status::Closed) => "units.closed",
            Self::Status(Status::Ongoing) => "units.ongoing",
            Self::Status(Status::Blocked) => "units.blocked",
            Self::Status(Status::Dropped) => "units.dropped",
            Self::Lead | Self::Joint | Self::Rate | Self::Overdue | Self::Stale | Self::Pace => {
                self.name_key()
            }
        }
    }

    const fn count(self, group: &Group) -> usize {
        match self {
            Self::Lead => group.lead,
            Self::Joint => group.joint,
            Self::Status(status) => group.tally.count(status),
            Self::Overdue => group.overdue,
            Self::Stale => group.stale,
            Self::Name | Self::Total | Self::Rate | Self::Pace => 0,
        }
    }

    /// Compares two rows: what a meeting looks for first is greater.
    fn cmp(self, a: &UnitRow, b: &UnitRow) -> Ordering {
        match self {
            Self::Name => Ordering::Equal,
            Self::Total => a.group.tally.total().cmp(&b.group.tally.total()),
            Self::Rate => {
                let ((n, of), (m, or)) = (a.group.tally.rate(), b.group.tally.rate());
                // No rate sorts below any rate.
                (of > 0, n * or).cmp(&(or > 0, m * of))
            }
            Self::Pace => {
                let key = |r: &UnitRow| r.pace.map(|p| (p.light, p.lag()));
                key(a).cmp(&key(b))
            }
            _ => self.count(&a.group).cmp(&self.count(&b.group)),
        }
    }
}

/// The sorted table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitTable {
    /// The units in order.
    pub rows: Vec<UnitRow>,
    /// All clauses together.
    pub whole: UnitRow,
    /// The sort column.
    pub sort: UnitColumn,
    /// Whether the order is reversed.
    pub reversed: bool,
    /// The row under the cursor.
    pub selected: usize,
}

impl UnitTable {
    /// Returns the table of a document's units, those with most overdue first.
    pub(super) fn new(basis: &Basis<'_>) -> Self {
        let all: Vec<usize> = (0..basis.document().clauses.len()).collect();
        let meter = basis.scene.meter();
        let row = |(nth, group): (usize, Group)| {
            let records = group.clauses.iter().map(|c| basis.record(*c));
            let pace = meter.group(records);
            UnitRow { nth, group, pace }
        };
        let groups = stats::groups(basis, By::Unit, &all);
        let whole = Group {
            name: basis.lang.text("units.whole").to_owned(),
            ..stats::whole(basis, &all)
        };
        let mut table = Self {
            rows: groups.into_iter().enumerate().map(row).collect(),
            whole: row((0, whole)),
            sort: UnitColumn::Overdue,
            reversed: false,
            selected: 0,
        };
        table.order();
        table
    }

    /// Returns the table with new figures, keeping order and cursor.
    #[must_use]
    pub(super) fn renewed(&self, basis: &Basis<'_>) -> Self {
        let mut table = Self::new(basis);
        (table.sort, table.reversed) = (self.sort, self.reversed);
        table.order();
        let name = self.row().map(|r| &r.group.name);
        let same = table.rows.iter().position(|r| Some(&r.group.name) == name);
        table.selected = same.unwrap_or(0);
        table
    }

    /// Returns the row under the cursor.
    pub(super) fn row(&self) -> Option<&UnitRow> {
        self.rows.get(self.selected)
    }

    /// Sorts by an adjacent column, wrapping around, and goes to the first row.
    pub(super) fn sort_beside(&mut self, right: bool) {
        let at = UnitColumn::ALL.iter().position(|c| *c == self.sort);
        let step = if right { 1 } else { UnitColumn::ALL.len() - 1 };
        self.sort = UnitColumn::ALL[(at.unwrap_or(0) + step) % UnitColumn::ALL.len()];
        self.reversed = false;
        self.order();
        self.selected = 0;
    }

    /// Reverses the order.
    pub(super) fn reverse(&mut self) {
        self.reversed = !self.reversed;
        self.order();
        self.selected = 0;
    }

    /// Sorts: greatest first; names and ties in order of first mention.
    fn order(&mut self) {
        let (sort, reversed) = (self.sort, self.reversed);
        self.rows.sort_by(|a, b| {
            let order = if sort == UnitColumn::Name {
                a.nth.cmp(&b.nth)
            } else {
                sort.cmp(b, a)
            };
            let order = if reversed { order.reverse() } else { order };
            order.then(a.nth.cmp(&b.nth))
        });
    }
}
