//! Decides which numbers are measures and which are chapters.
//!
//! Measures are the deepest items that hold most of the assignments and whose numbers do not
//! restart within a chapter: in 一 > （一） > 1 the measures are 1. to 21. if these run on, and
//! （一） with clauses if 1. restarts under each.

use super::{label::LabelKind, outline::OutlineItem};

/// The role of an item in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemRole {
    Chapter,
    /// A heading between chapter and measure.
    Section,
    Measure,
    /// Part of the text of the item above.
    Text,
}

/// The kinds of numbering of chapters and measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Levels {
    /// `None` if there are no chapters.
    pub chapter: Option<LabelKind>,
    pub measure: LabelKind,
}

/// From deepest to shallowest.
const KINDS: [LabelKind; 8] = [
    LabelKind::Dot,
    LabelKind::ParenHan,
    LabelKind::Subheading,
    LabelKind::Article,
    LabelKind::Han,
    LabelKind::Section,
    LabelKind::Part,
    LabelKind::Heading,
];

/// Chooses the levels; `None` if no numbered item has a task.
pub(super) fn choose(items: &[OutlineItem<'_>]) -> Option<Levels> {
    let paths = paths(items);
    let tasks = |i: usize| {
        items[i]
            .found
            .iter()
            .filter(|a| a.reading.is_task())
            .count()
    };
    let held = |kind: LabelKind| -> usize {
        (0..items.len())
            .filter(|i| paths[*i] >> kind as u8 & 1 == 1)
            .map(tasks)
            .sum()
    };
    let total: usize = (0..items.len()).map(tasks).sum();
    let most: Vec<LabelKind> = KINDS.into_iter().filter(|k| held(*k) * 2 > total).collect();
    if most.is_empty() && total > 0 && items.iter().all(|i| i.label.is_none()) {
        // No numbers at all: one measure holds everything.
        return Some(Levels {
            chapter: None,
            measure: LabelKind::Dot,
        });
    }
    let top = *most.last()?;
    let measure = most
        .iter()
        .copied()
        .find(|k| *k == top || !begins_again(items, *k, top))?;
    let chapter = KINDS
        .into_iter()
        .rev()
        .find(|k| *k < measure && held(*k) > 0);
    Some(Levels { chapter, measure })
}

/// Returns the kinds of each item and its ancestors, as bits.
fn paths(items: &[OutlineItem<'_>]) -> Vec<u16> {
    let mut path = 0u16;
    items
        .iter()
        .map(|item| {
            if let Some(kind) = item.kind() {
                let bit = 1u16 << kind as u8;
                path = (path & (bit - 1)) | bit;
            }
            path
        })
        .collect()
}

/// Returns whether the number 1 of a kind occurs twice under one item of the top kind.
fn begins_again(items: &[OutlineItem<'_>], kind: LabelKind, top: LabelKind) -> bool {
    let mut ones = 0;
    items.iter().any(|item| {
        let Some(label) = item.label else {
            return false;
        };
        if label.kind <= top {
            ones = 0;
        } else if label.kind == kind && label.number == 1 {
            ones += 1;
        }
        ones > 1
    })
}

/// Returns the role of each item.
pub(super) fn roles(items: &[OutlineItem<'_>], levels: Levels) -> Vec<ItemRole> {
    let mut in_measure = false;
    let mut busy = true;
    let is_chapter =
        |item: &OutlineItem<'_>| item.kind().is_some_and(|k| Some(k) <= levels.chapter);
    items
        .iter()
        .enumerate()
        .map(|(i, item)| {
            let kind = item.kind();
            let role = if is_chapter(item) {
                let mut below = items.iter().skip(i + 1).take_while(|i| !is_chapter(i));
                busy = item.is_assigned() || below.any(OutlineItem::is_assigned);
                ItemRole::Chapter
            } else if !busy {
                // A chapter without tasks is text, including its numbers.
                ItemRole::Text
            } else if kind == Some(levels.measure) {
                ItemRole::Measure
            } else if kind.is_some_and(|k| k < levels.measure) {
                if item.is_assigned() {
                    ItemRole::Measure
                } else {
                    ItemRole::Section
                }
            } else if !in_measure && item.is_assigned() {
                ItemRole::Measure
            } else {
                ItemRole::Text
            };
            in_measure = role == ItemRole::Measure || (in_measure && role == ItemRole::Text);
            role
        })
        .collect()
}
