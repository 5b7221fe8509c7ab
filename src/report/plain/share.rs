//! Divides the terminal's width among the columns of a table by their importance.

/// What a column may lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// Nothing: the table is read for it.
    Whole,
    /// Width, down to a floor; lower ranks first.
    Cut { rank: u8, floor: Floor },
    /// Itself; higher ranks first, and a column of zeros before any other.
    Spare(u8),
}

/// How narrow a column may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Floor {
    Columns(usize),
    /// Half the terminal; less only if the others cannot be narrower.
    Half,
}

/// Returns what the column with this name may lose.
pub(super) fn worth(id: &str) -> Worth {
    let cut = |rank, floor| Worth::Cut {
        rank,
        floor: Floor::Columns(floor),
    };
    match id {
        "by" | "change" | "stage" | "chapter" | "carried" => cut(1, 6),
        "file" => cut(1, 12),
        "units" | "lead" | "owner" | "measure" => cut(2, 8),
        "progress" | "problem" | "next" | "postponed" => cut(3, 8),
        "name" | "title" => cut(4, 12),
        // Continues on further lines.
        "said" => cut(0, 1),
        "text" => Worth::Cut {
            rank: 0,
            floor: Floor::Half,
        },
        // Counts; the statuses that people ask for go last.
        "blocked" | "bar" => Worth::Spare(0),
        "total" | "gained" => Worth::Spare(1),
        "stale" => Worth::Spare(2),
        "doing" => Worth::Spare(3),
        "done" => Worth::Spare(4),
        "todo" => Worth::Spare(5),
        "closed" => Worth::Spare(6),
        "ongoing" => Worth::Spare(7),
        "dropped" => Worth::Spare(8),
        "joint" => Worth::Spare(9),
        "open" => Worth::Spare(10),
        _ => Worth::Whole,
    }
}

/// A column waiting for its width.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnsizedColumn {
    pub(super) worth: Worth,
    /// Width of its widest cell; an empty column takes no room.
    pub(super) natural: usize,
    /// Whether it counts nothing.
    pub(super) zeros: bool,
}

/// Returns the width of each column, 0 if left out, and of the gap between two.
pub(super) fn share(columns: &[UnsizedColumn], limit: usize) -> (Vec<usize>, usize) {
    let mut sharing = Sharing {
        columns,
        kept: columns.iter().map(|c| c.natural > 0).collect(),
        limit,
        gap: 2,
    };
    let natural = sharing.natural();
    if sharing.over(&natural) == 0 {
        return (natural, sharing.gap);
    }
    sharing.gap = if limit < 60 { 1 } else { 2 };
    let mut order: Vec<(bool, u8, usize)> = (0..).zip(columns).filter_map(leaving).collect();
    order.sort_unstable();
    while sharing.over(&sharing.natural()) > 0
        && let Some((true, _, nth)) = order.pop_if(|(zeros, ..)| *zeros)
    {
        sharing.kept[nth] = false;
    }
    loop {
        let mut widths = sharing.natural();
        sharing.cut(&mut widths, limit / 2);
        if order.is_empty() {
            sharing.cut(&mut widths, 8);
        }
        match order.pop() {
            Some((_, _, nth)) if sharing.over(&widths) > 0 => sharing.kept[nth] = false,
            _ => return (widths, sharing.gap),
        }
    }
}

/// Returns whether a column may be left out, and its rank: the greatest goes first.
fn leaving((nth, column): (usize, &UnsizedColumn)) -> Option<(bool, u8, usize)> {
    match column.worth {
        Worth::Spare(rank) => Some((column.zeros, rank, nth)),
        Worth::Cut {
            rank: rank @ 1..=2, ..
        } => Some((false, u8::MAX - rank, nth)),
        _ => None,
    }
}

struct Sharing<'a> {
    columns: &'a [UnsizedColumn],
    kept: Vec<bool>,
    limit: usize,
    gap: usize,
}

impl Sharing<'_> {
    fn natural(&self) -> Vec<usize> {
        let columns = self.columns.iter().zip(&self.kept);
        columns
            .map(|(c, kept)| if *kept { c.natural } else { 0 })
            .collect()
    }

    /// Returns the excess width.
    fn over(&self, widths: &[usize]) -> usize {
        let shown = widths.iter().filter(|w| **w > 0).count();
        let whole = widths.iter().sum::<usize>() + self.gap * shown.saturating_sub(1);
        whole.saturating_sub(self.limit)
    }

    /// Takes the excess from columns that may lose width, the widest of a rank first.
    fn cut(&self, widths: &mut [usize], half: usize) {
        for at in 0..=4 {
            let least = |nth: usize| match self.columns[nth].worth {
                Worth::Cut { rank, floor } if rank == at => match floor {
                    Floor::Columns(floor) => floor,
                    Floor::Half => half,
                },
                _ => usize::MAX,
            };
            while self.over(widths) > 0 {
                let able = (0..widths.len()).filter(|&nth| widths[nth] > least(nth));
                let Some(widest) = able.max_by_key(|&nth| widths[nth]) else {
                    break;
                };
                widths[widest] -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{UnsizedColumn, share, worth};

    fn columns(all: &[(&str, usize)]) -> Vec<UnsizedColumn> {
        let column = |(id, natural): &(&str, usize)| UnsizedColumn {
            worth: worth(id),
            natural: *natural,
            zeros: *id == "dropped",
        };
        all.iter().map(column).collect()
    }

    #[test]
    fn units_shrink_and_go_before_text_has_less_than_half() {
        let list = columns(&[
            ("mark", 3),
            ("id", 4),
            ("due", 10),
            ("units", 60),
            ("text", 200),
        ]);
        for (limit, expected) in [
            (400, [3, 4, 10, 60, 200]),
            (200, [3, 4, 10, 60, 115]),
            (100, [3, 4, 10, 25, 50]),
            (80, [3, 4, 10, 15, 40]),
            (60, [3, 4, 10, 0, 37]),
            (40, [3, 4, 10, 0, 20]),
            (20, [3, 4, 10, 0, 8]),
        ] {
            assert_eq!(share(&list, limit).0, expected, "{limit}");
        }
    }

    #[test]
    fn the_rate_and_what_is_overdue_outlast_the_counts() {
        let stats = columns(&[
            ("name", 24),
            ("total", 4),
            ("todo", 6),
            ("blocked", 4),
            ("dropped", 8),
            ("rate", 9),
            ("overdue", 4),
            ("stale", 6),
        ]);
        for (limit, expected) in [
            (100, [24, 4, 6, 4, 8, 9, 4, 6]),
            (70, [24, 4, 6, 4, 0, 9, 4, 6]),
            (40, [15, 4, 0, 4, 0, 9, 4, 0]),
            (30, [15, 0, 0, 0, 0, 9, 4, 0]),
        ] {
            assert_eq!(share(&stats, limit).0, expected, "{limit}");
        }
    }
}
