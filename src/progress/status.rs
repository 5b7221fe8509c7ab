//! The status of a clause, the words for it, and counts by status.

use crate::{locale::Lang, text::half_width};

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
    /// 持续推进: has no end, not in the rate.
    Ongoing,
    /// 受阻
    Blocked,
    /// 不再实施: not in the rate.
    Dropped,
}

impl Status {
    /// All statuses, in the order of the digits 1 to 7.
    pub const ALL: [Self; 7] = [
        Self::Todo,
        Self::Doing,
        Self::Done,
        Self::Closed,
        Self::Ongoing,
        Self::Blocked,
        Self::Dropped,
    ];

    /// Returns the name in files and on the command line.
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

    /// Returns the box before a clause, three columns under every policy.
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

    /// Returns what people may type for it: its id, its names, and other words used in documents.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let names = [Lang::ZhCn, Lang::En].map(|lang| lang.text(self.name_key()));
        let others: &[&str] = match self {
            Self::Todo => &["未开始", "尚未启动", "未开展", "待启动", "待办"],
            Self::Doing => &[
                "进行中",
                "正在推进",
                "办理中",
                "在办",
                "实施中",
                "正在办理",
                "落实中",
                "推进",
            ],
            Self::Done => &["完成", "办结", "已办结", "已落实", "完毕"],
            Self::Closed => &["销号", "已销账", "销账"],
            Self::Ongoing => &[
                "持续",
                "长期推进",
                "长期坚持",
                "持续实施",
                "常态化",
                "常态化推进",
            ],
            Self::Blocked => &["遇阻", "受阻碍", "停滞", "卡住", "有困难"],
            Self::Dropped => &["取消", "终止", "不实施", "已取消", "不再推进"],
        };
        let words = std::iter::once(self.id()).chain(names);
        words.chain(others.iter().copied())
    }

    /// Returns the status that a word names. Case, width, blanks and full stops are ignored.
    pub fn parse(word: &str) -> Option<Self> {
        let plain = |text: &str| -> String {
            let chars = text.chars().map(half_width);
            let said = chars.filter(|c| !c.is_whitespace() && !"。.,;“”\"".contains(*c));
            said.flat_map(char::to_lowercase).collect()
        };
        let said = plain(word);
        let named = |s: &Self| s.words().any(|word| plain(word) == said);
        Self::ALL.into_iter().find(named)
    }

    /// Returns whether a step can have it; the rest belongs to its clause.
    pub const fn suits_step(self) -> bool {
        matches!(self, Self::Todo | Self::Doing | Self::Done)
    }

    /// Returns whether it needs a remark that says why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Blocked | Self::Dropped)
    }

    /// Returns whether it counts as complete.
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Done | Self::Closed)
    }

    /// Returns whether it still needs work.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing | Self::Blocked)
    }

    /// Returns whether it counts towards 完成率.
    pub const fn is_rated(self) -> bool {
        !matches!(self, Self::Ongoing | Self::Dropped)
    }
}

/// Returns a share in percent, rounded half up, but never up to 100; `None` for a denominator of 0.
pub fn percent(n: usize, of: usize) -> Option<usize> {
    if n == of && of > 0 {
        return Some(100);
    }
    (n * 200 + of)
        .checked_div(of * 2)
        .map(|percent| percent.min(99))
}

/// Counts of clauses by status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    counts: [usize; Status::ALL.len()],
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

    /// Returns the number of clauses counted.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Returns 完成率 as numerator and denominator:
    /// (done + closed) / (total − ongoing − dropped).
    pub fn rate(&self) -> (usize, usize) {
        let sum = |is_counted: fn(Status) -> bool| {
            let counted = Status::ALL.into_iter().filter(|s| is_counted(*s));
            counted.map(|status| self.count(status)).sum()
        };
        (sum(Status::is_complete), sum(Status::is_rated))
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn a_status_is_named_by_id_name_and_other_words() {
        for (said, status) in [
            ("done", Some(Status::Done)),
            ("DONE", Some(Status::Done)),
            ("ｄｏｎｅ", Some(Status::Done)),
            ("In progress", Some(Status::Doing)),
            (" 已 完成。", Some(Status::Done)),
            ("“受阻”", Some(Status::Blocked)),
            ("进行中", Some(Status::Doing)),
            ("未完成", None),
            ("", None),
        ] {
            assert_eq!(Status::parse(said), status, "{said}");
        }
    }

    #[test]
    fn no_word_names_two() {
        for status in Status::ALL {
            assert!(
                status
                    .words()
                    .all(|word| Status::parse(word) == Some(status))
            );
        }
    }
}
