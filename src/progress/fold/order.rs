//! The rows of the fold in their order of effect. May use: `progress::change`.
//!
//! Most changes come last; a merge brings thousands that don't. So the order is kept in blocks: a
//! place is found and taken in the same time whether there are 100 rows or 100,000.

use compact_str::CompactString;
use jiff::Timestamp;
use std::cmp::Ordering;

/// A row's number.
pub(in crate::progress) type RowId = u32;

/// One change as the fold keeps it: its line, and what is asked of it too often to read the line.
#[derive(Debug, Clone)]
pub(in crate::progress) struct Row {
    pub(in crate::progress) at: Timestamp,
    pub(in crate::progress) when: Timestamp,
    pub(in crate::progress) id: CompactString,
    pub(in crate::progress) line: Box<str>,
    pub(in crate::progress) by: u32,
    pub(in crate::progress) session: u32,
    /// How many standing retracts after it name it; it stands while there are none.
    pub(in crate::progress) outs: u32,
    /// Whether it is a retract, and of what (a number of `names`).
    pub(in crate::progress) retract: Option<u32>,
    /// Whether it is shown before it is durable.
    pub(in crate::progress) proposed: bool,
}

/// All rows, by number.
#[derive(Debug, Clone, Default)]
pub(in crate::progress) struct Rows {
    slots: Vec<Row>,
    free: Vec<RowId>,
}

impl Row {
    /// Compares by (`at`, `id`, line bytes).
    pub(in crate::progress) fn cmp(&self, other: &Self) -> Ordering {
        self.at
            .cmp(&other.at)
            .then_with(|| self.id.cmp(&other.id))
            .then_with(|| self.line.cmp(&other.line))
    }
}

impl Rows {
    pub(in crate::progress) fn get(&self, row: RowId) -> &Row {
        &self.slots[row as usize]
    }

    pub(in crate::progress) fn get_mut(&mut self, row: RowId) -> &mut Row {
        &mut self.slots[row as usize]
    }

    pub(in crate::progress) fn cmp(&self, a: RowId, b: RowId) -> Ordering {
        if a == b {
            return Ordering::Equal;
        }
        self.get(a).cmp(self.get(b))
    }

    pub(in crate::progress) fn stands(&self, row: RowId) -> bool {
        self.get(row).outs == 0
    }

    /// Keeps a row and returns its number, or nothing if there are no numbers left.
    pub(in crate::progress) fn add(&mut self, row: Row) -> Option<RowId> {
        if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = row;
            return Some(slot);
        }
        let slot = RowId::try_from(self.slots.len()).ok()?;
        self.slots.push(row);
        Some(slot)
    }

    /// Gives a row's number back.
    pub(in crate::progress) fn remove(&mut self, row: RowId) {
        self.get_mut(row).line = Box::default();
        self.free.push(row);
    }
}

/// As many rows as a block holds before it is split.
const BLOCK: usize = 512;

/// Row numbers in order of effect.
#[derive(Debug, Clone, Default)]
pub(in crate::progress) struct Order {
    /// None is empty.
    blocks: Vec<Vec<RowId>>,
    len: usize,
}

impl Order {
    pub(in crate::progress) fn len(&self) -> usize {
        self.len
    }

    pub(in crate::progress) fn last(&self) -> Option<RowId> {
        self.blocks.last().and_then(|b| b.last()).copied()
    }

    pub(in crate::progress) fn insert(&mut self, rows: &Rows, row: RowId) {
        self.len += 1;
        if let Some(last) = self.last()
            && let Some(list) = self.blocks.last_mut()
            && list.len() < BLOCK
            && rows.cmp(last, row) == Ordering::Less
        {
            list.push(row);
            return;
        }
        let Some(block) = self.block_of(rows, row) else {
            self.blocks.push(vec![row]);
            return;
        };
        let is_last = block + 1 == self.blocks.len();
        let list = &mut self.blocks[block];
        let place = list.partition_point(|&r| rows.cmp(r, row) == Ordering::Less);
        if list.len() < BLOCK {
            list.insert(place, row);
        } else if is_last && place == list.len() {
            // Appending in order leaves full blocks behind.
            let mut next = Vec::with_capacity(BLOCK);
            next.push(row);
            self.blocks.push(next);
        } else {
            list.insert(place, row);
            let upper = list.split_off(BLOCK / 2);
            self.blocks.insert(block + 1, upper);
        }
    }

    pub(in crate::progress) fn remove(&mut self, rows: &Rows, row: RowId) {
        let Some(block) = self.block_of(rows, row) else {
            return;
        };
        let list = &mut self.blocks[block];
        if let Some(place) = list.iter().position(|&r| r == row) {
            list.remove(place);
            self.len -= 1;
        }
        if list.is_empty() {
            self.blocks.remove(block);
        }
    }

    /// Returns the block that has the row, or would.
    fn block_of(&self, rows: &Rows, row: RowId) -> Option<usize> {
        let after = self.blocks.partition_point(|b| {
            b.last()
                .is_some_and(|&l| rows.cmp(l, row) == Ordering::Less)
        });
        Some(after.min(self.blocks.len().checked_sub(1)?))
    }

    pub(in crate::progress) fn iter(&self) -> impl DoubleEndedIterator<Item = RowId> + '_ {
        self.blocks.iter().flatten().copied()
    }

    /// Returns the row at a place, counted from 0.
    pub(in crate::progress) fn nth(&self, mut place: usize) -> Option<RowId> {
        for block in &self.blocks {
            match block.get(place) {
                Some(&row) => return Some(row),
                None => place -= block.len(),
            }
        }
        None
    }
}
