//! The status of a clause, and counts of clauses by it.

/// The state that a clause is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Status {
    /// 未启动
    #[default]
    Todo,
    /// 推进中
    Doing,
    /// 已完成
    Done,
    /// 已销号: complete, and confirmed.
    Closed,
    /// 持续推进: has no end, outside the rate.
    Ongoing,
    /// 受阻
    Blocked,
    /// 不再实施: outside the rate.
    Dropped,
}

impl Status {
    /// All statuses in the order of the table in the design (and of the digits 1 to 7).
    pub const ALL: [Self; 7] = [
        Self::Todo,
        Self::Doing,
        Self::Done,
        Self::Closed,
        Self::Ongoing,
        Self::Blocked,
        Self::Dropped,
    ];

    /// Returns the word that files and the command line use.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Closed => "closed",
            Self::Ongoing => "ongoing",
            Self::Blocked => "blocked",
            Self::Dropped => "dropped",
        }
    }

    /// Returns the key of its name in `data/locales`.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Todo => "status.todo",
            Self::Doing => "status.doing",
            Self::Done => "status.done",
            Self::Closed => "status.closed",
            Self::Ongoing => "status.ongoing",
            Self::Blocked => "status.blocked",
            Self::Dropped => "status.dropped",
        }
    }

    /// Returns the box that stands before a clause, three columns in every policy.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Todo => "[ ]",
            Self::Doing => "[~]",
            Self::Done => "[x]",
            Self::Closed => "[X]",
            Self::Ongoing => "[>]",
            Self::Blocked => "[!]",
            Self::Dropped => "[-]",
        }
    }

    /// Returns the status with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.id() == id)
    }

    /// Tells whether it counts as complete.
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Done | Self::Closed)
    }

    /// Tells whether work on it is still owed.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing | Self::Blocked)
    }

    /// Tells whether it counts in 完成率 at all.
    pub const fn is_rated(self) -> bool {
        !matches!(self, Self::Ongoing | Self::Dropped)
    }
}

/// Counts of clauses by status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    counts: [usize; 7],
}

impl Tally {
    /// Returns how many clauses have this status.
    pub const fn count(&self, status: Status) -> usize {
        self.counts[status as usize]
    }

    /// Adds one clause of this status.
    pub const fn add(&mut self, status: Status) {
        self.counts[status as usize] += 1;
    }

    /// Takes out one clause of this status.
    pub const fn remove(&mut self, status: Status) {
        self.counts[status as usize] -= 1;
    }

    /// Returns how many clauses were counted.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Returns 完成率 as numerator and denominator:
    /// (done + closed) / (total − ongoing − dropped).
    pub fn rate(&self) -> (usize, usize) {
        (
            self.count(Status::Done) + self.count(Status::Closed),
            self.total() - self.count(Status::Ongoing) - self.count(Status::Dropped),
        )
    }
}
