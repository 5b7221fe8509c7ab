//! The outline: folding, visible rows, and the cursor. Pure.

use super::renumber::Renumbering;
use crate::document::{Document, Node};
use compact_str::CompactString;
use std::collections::BTreeMap;

/// A clause, or by its id a step of it.
pub type Focus = (usize, Option<CompactString>);

/// A visible item of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    /// A chapter, measure or clause.
    Node(Node),
    /// The heading before this measure, between chapter and measure. The cursor skips it.
    Section(usize),
    /// A step: its clause, and its index in the record.
    Step(usize, usize),
}

impl Row {
    /// Returns the node that the row is or belongs to.
    pub const fn node(self) -> Node {
        match self {
            Self::Node(node) => node,
            Self::Section(measure) => Node::Measure(measure),
            Self::Step(clause, _) => Node::Clause(clause),
        }
    }
}

/// The visible tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    folded_chapters: Vec<bool>,
    folded_measures: Vec<bool>,
    rows: Vec<Row>,
    /// Number of steps of the clauses that have any.
    steps: BTreeMap<usize, usize>,
    /// The row under the cursor.
    selected: usize,
    /// The first row shown.
    scroll: usize,
    /// How many rows are shown.
    height: usize,
    /// Clauses in the filter, in document order.
    filter: Option<Vec<usize>>,
}

impl Outline {
    /// Returns the unfolded outline of a document.
    pub fn new(document: &Document) -> Self {
        let mut outline = Self {
            folded_chapters: vec![false; document.chapters.len()],
            folded_measures: vec![false; document.measures.len()],
            height: 1,
            ..Self::default()
        };
        outline.rebuild(document);
        outline
    }

    /// Updates the rows to a document with other added items; the cursor stays on its row.
    pub fn renumber(&mut self, document: &Document, to: &Renumbering) {
        let at = self.row().and_then(|row| match row {
            Row::Node(Node::Clause(clause)) => to.clause(clause).map(Node::Clause).map(Row::Node),
            Row::Step(clause, step) => to.clause(clause).map(|clause| Row::Step(clause, step)),
            Row::Node(Node::Chapter(i)) if i >= document.chapters.len() => None,
            Row::Node(_) | Row::Section(_) => Some(row),
        });
        self.folded_chapters.resize(document.chapters.len(), false);
        self.folded_measures.resize(document.measures.len(), false);
        let steps = std::mem::take(&mut self.steps).into_iter();
        let steps = steps.filter_map(|(clause, count)| Some((to.clause(clause)?, count)));
        self.steps = steps.collect();
        if let Some(filter) = &mut self.filter {
            to.clauses(filter);
        }
        self.rebuild(document);
        self.return_to(document, at);
    }

    /// Returns the visible tree items in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns the indices of the rows in view.
    pub fn in_sight(&self) -> std::ops::Range<usize> {
        self.scroll..(self.scroll + self.height).min(self.rows.len())
    }

    /// Returns the index of the row under the cursor.
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// Returns the node under the cursor; `None` in an empty document or filter.
    pub fn node(&self) -> Option<Node> {
        Some(self.row()?.node())
    }

    /// Returns the row under the cursor.
    pub fn row(&self) -> Option<Row> {
        self.rows.get(self.selected).copied()
    }

    /// Sets the number of a clause's steps, which are rows under it.
    pub fn set_steps(&mut self, document: &Document, clause: usize, count: usize) {
        let known = if count == 0 {
            self.steps.remove(&clause)
        } else {
            self.steps.insert(clause, count)
        };
        if known.unwrap_or(0) != count {
            let at = self.row();
            self.rebuild(document);
            self.return_to(document, at);
        }
    }

    /// Returns the index of the first row shown.
    pub const fn scroll(&self) -> usize {
        self.scroll
    }

    /// Returns whether a node's children are hidden.
    pub fn is_folded(&self, node: Node) -> bool {
        match node {
            Node::Chapter(i) => self.folded_chapters[i],
            Node::Measure(i) => self.folded_measures[i],
            Node::Clause(_) => false,
        }
    }

    /// Returns the clauses in the filter, if there is one.
    pub fn filter(&self) -> Option<&[usize]> {
        self.filter.as_deref()
    }

    /// Shows only these clauses and their ancestors, unfolded; or everything again.
    pub fn set_filter(&mut self, document: &Document, clauses: Option<Vec<usize>>) {
        self.filter = clauses;
        if self.filter.is_some() {
            self.folded_chapters.fill(false);
            self.folded_measures.fill(false);
        }
        self.rebuild(document);
    }

    /// Changes the filter, keeping folds and the cursor's node.
    pub fn let_through(&mut self, document: &Document, clauses: Vec<usize>) {
        let at = self.row();
        self.filter = Some(clauses);
        self.rebuild(document);
        self.return_to(document, at);
    }

    /// Sets the number of rows shown, and brings the cursor among them.
    pub fn set_height(&mut self, height: usize) {
        self.height = height.max(1);
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        let lowest = self.rows.len().saturating_sub(self.height);
        let least = (self.selected + 1).saturating_sub(self.height);
        self.scroll = self
            .scroll
            .clamp(least, self.selected.max(least))
            .min(lowest.max(least));
    }

    /// Moves the cursor by rows, stopping at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        // A section is preceded by its chapter at least, and followed by its measure.
        if let Some(Row::Section(_)) = self.row() {
            self.selected = self.selected.saturating_add_signed(by.signum());
        }
    }

    /// Moves the cursor to a row.
    pub fn go(&mut self, row: usize) {
        self.selected = row.min(self.rows.len().saturating_sub(1));
        if let Some(Row::Section(_)) = self.row() {
            self.selected += 1;
        }
    }

    /// Moves the cursor and the window by a page.
    pub fn page(&mut self, down: bool) {
        let by = self.height.saturating_sub(1).max(1).cast_signed();
        let by = if down { by } else { -by };
        self.step(by);
        self.scroll = self.scroll.saturating_add_signed(by);
    }

    /// Moves the cursor to the next or previous row that satisfies `is_goal`.
    pub fn seek(&mut self, down: bool, mut is_goal: impl FnMut(Row) -> bool) -> bool {
        let goal = if down {
            (self.selected + 1..self.rows.len()).find(|i| is_goal(self.rows[*i]))
        } else {
            (0..self.selected).rev().find(|i| is_goal(self.rows[*i]))
        };
        self.selected = goal.unwrap_or(self.selected);
        goal.is_some()
    }

    /// Moves the cursor to a node, unfolding what hides it; no effect if a filter hides it.
    pub fn select(&mut self, document: &Document, node: Node) {
        for above in ancestors(document, node) {
            self.set_folded(above, false);
        }
        self.rebuild(document);
        if let Some(row) = self.rows.iter().position(|r| *r == Row::Node(node)) {
            self.selected = row;
        }
    }

    /// Folds or unfolds a node; the cursor stays on its node, or goes to the one that now hides it.
    pub fn fold(&mut self, document: &Document, node: Node, folded: bool) {
        let at = self.row();
        self.set_folded(node, folded);
        self.rebuild(document);
        self.return_to(document, at);
    }

    /// Folds several nodes at once.
    pub fn fold_each(&mut self, document: &Document, nodes: impl Iterator<Item = Node>) {
        let at = self.row();
        nodes.for_each(|node| self.set_folded(node, true));
        self.rebuild(document);
        self.return_to(document, at);
    }

    /// Folds everything, or unfolds everything if it is folded.
    pub fn toggle_all(&mut self, document: &Document) {
        let at = self.row();
        let fold = !self.folded_chapters.iter().all(|f| *f);
        self.folded_chapters.fill(fold);
        self.folded_measures.fill(fold);
        self.rebuild(document);
        self.return_to(document, at);
    }

    fn return_to(&mut self, document: &Document, row: Option<Row>) {
        let Some(row) = row else { return };
        let above = ancestors(document, row.node()).map(Row::Node);
        let mut places = [row, Row::Node(row.node())].into_iter().chain(above);
        let found = places.find_map(|p| self.rows.iter().position(|r| *r == p));
        self.selected = found.unwrap_or(0);
    }

    fn set_folded(&mut self, node: Node, folded: bool) {
        match node {
            Node::Chapter(i) => self.folded_chapters[i] = folded,
            Node::Measure(i) => self.folded_measures[i] = folded,
            Node::Clause(_) => {}
        }
    }

    fn rebuild(&mut self, document: &Document) {
        self.rows.clear();
        match self.filter.take() {
            None => self.push_all(document),
            Some(clauses) => {
                self.push_some(document, &clauses);
                self.filter = Some(clauses);
            }
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }

    fn push_all(&mut self, document: &Document) {
        for (c, chapter) in document.chapters.iter().enumerate() {
            self.rows.push(Row::Node(Node::Chapter(c)));
            if self.folded_chapters[c] {
                continue;
            }
            for m in chapter.measures.clone() {
                if document.measures[m].section.is_some() {
                    self.rows.push(Row::Section(m));
                }
                self.push_measure(document, m);
                if self.is_shown(document, m) {
                    document.measures[m]
                        .clauses
                        .clone()
                        .for_each(|clause| self.push_clause(clause));
                }
            }
        }
    }

    /// The measure that holds the added items has no row.
    fn push_measure(&mut self, document: &Document, measure: usize) {
        if !document.measures[measure].title.is_empty() {
            self.rows.push(Row::Node(Node::Measure(measure)));
        }
    }

    /// Returns whether the clauses of a measure have rows.
    fn is_shown(&self, document: &Document, measure: usize) -> bool {
        !self.folded_measures[measure] || document.measures[measure].title.is_empty()
    }

    fn push_clause(&mut self, clause: usize) {
        self.rows.push(Row::Node(Node::Clause(clause)));
        let steps = self.steps.get(&clause).copied().unwrap_or(0);
        self.rows
            .extend((0..steps).map(|step| Row::Step(clause, step)));
    }

    fn push_some(&mut self, document: &Document, clauses: &[usize]) {
        let (mut chapter, mut measure) = (None, None);
        // The section above the next measure, and the index up to which it was searched for.
        let (mut section, mut seen) = (None, 0);
        for &clause in clauses {
            let m = document.clauses[clause].measure;
            let c = document.measures[m].chapter;
            if chapter.replace(c) != Some(c) {
                self.rows.push(Row::Node(Node::Chapter(c)));
                (section, seen) = (None, document.chapters[c].measures.start);
            }
            if self.folded_chapters[c] {
                continue;
            }
            if measure.replace(m) != Some(m) {
                let begins = |m: &usize| document.measures[*m].section.is_some();
                section = (seen..=m).rev().find(begins).or(section);
                seen = m + 1;
                self.rows.extend(section.take().map(Row::Section));
                self.push_measure(document, m);
            }
            if self.is_shown(document, m) {
                self.push_clause(clause);
            }
        }
    }
}

/// Returns the ancestors of a node, nearest first.
pub fn ancestors(document: &Document, node: Node) -> impl Iterator<Item = Node> {
    let parent = |node| match node {
        Node::Clause(i) => {
            let measure = document.clauses[i].measure;
            let (its, chapter) = (Node::Measure(measure), document.measures[measure].chapter);
            let has_row = !document.measures[measure].title.is_empty();
            Some(if has_row { its } else { Node::Chapter(chapter) })
        }
        Node::Measure(i) => Some(Node::Chapter(document.measures[i].chapter)),
        Node::Chapter(_) => None,
    };
    std::iter::successors(parent(node), move |n| parent(*n))
}
