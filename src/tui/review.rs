//! The review of progress that is carried from another document: what is certain, then pair by pair
//! what a person decides on. Pure. May use: `progress::carry`, `document::compare`, `text`.

use super::{
    detail::Line,
    glyphs::Glyphs,
    model::{Layer, Model},
    theme::Role,
};
use crate::{
    document::compare::{Comparison, Pair},
    progress::{
        ChangeId, Edit, Progress,
        carry::{Carrier, Item},
    },
};
use std::sync::Arc;

mod page;

/// From this many columns the old clause and the new one stand side by side.
const WIDE: usize = 100;

/// Two documents that were compared, made off the loop.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The old document and its progress.
    pub old: Arc<Progress>,
    /// What became of its clauses in the one on the screen.
    pub comparison: Arc<Comparison>,
}

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.comparison, &other.comparison)
    }
}

impl Eq for Compared {}

/// The review, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What is compared.
    compared: Compared,
    /// What there is to decide on, and what was decided.
    stops: Vec<(Stop, Option<Answer>)>,
    /// The place among the stops.
    at: usize,
    /// How far it is scrolled, in lines.
    pub scroll: usize,
}

/// Something to decide on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// All that is certain, as one change.
    Certain,
    /// A pair, by its place in the comparison.
    Pair(usize),
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is carried, by this change.
    Yes(ChangeId),
    /// It is not.
    No,
}

impl Review {
    /// Returns the review of what the progress on the screen lacks; none where that is nothing.
    pub fn new(model: &Model, compared: Compared) -> Option<Self> {
        let mut review = Self {
            compared,
            stops: Vec::new(),
            at: 0,
            scroll: 0,
        };
        let items = review.carrier(model).items();
        if items.iter().any(Item::is_due) {
            review.stops.push((Stop::Certain, None));
        }
        let undecided = items.iter().enumerate().filter(|(_, i)| i.undecided);
        let pairs: Vec<_> = undecided.map(|(nth, _)| (Stop::Pair(nth), None)).collect();
        review.stops.extend(pairs);
        (!review.stops.is_empty()).then_some(review)
    }

    /// Returns what carries, by the progress as it is now.
    fn carrier<'a>(&'a self, model: &'a Model) -> Carrier<'a> {
        Carrier {
            comparison: &self.compared.comparison,
            old: &self.compared.old,
            new: &model.progress,
            lang: model.lang,
            zone: model.zone.clone(),
        }
    }

    /// Returns what is to be decided on now.
    pub fn stop(&self) -> Stop {
        self.stops.get(self.at).map_or(Stop::Certain, |s| s.0)
    }

    /// Returns the place, from 1, and how many there are.
    pub fn place(&self) -> (usize, usize) {
        (self.at + 1, self.stops.len())
    }

    /// Returns the old document's id: a revision often has the same title.
    pub fn document(&self) -> &str {
        &self.compared.old.document().id
    }

    /// Returns what was decided here; a change that was taken back decides nothing.
    pub fn answer(&self, model: &Model) -> Option<&Answer> {
        let answer = self.stops.get(self.at)?.1.as_ref()?;
        stands(model, answer).then_some(answer)
    }

    /// Returns how many were carried, and how many were not.
    pub fn counts(&self, model: &Model) -> (usize, usize) {
        let answers = self.stops.iter().filter_map(|s| s.1.as_ref());
        let standing: Vec<&Answer> = answers.filter(|a| stands(model, a)).collect();
        let no = standing.iter().filter(|a| ***a == Answer::No).count();
        (standing.len() - no, no)
    }

    /// Returns what yes carries here.
    pub fn edits(&self, model: &Model) -> Vec<Edit> {
        match self.stop() {
            Stop::Certain => self.carrier(model).edits(),
            Stop::Pair(nth) => self.item(model, nth).edits,
        }
    }

    fn pair(&self, nth: usize) -> Option<&Pair> {
        self.compared.comparison.pairs.get(nth)
    }

    fn item(&self, model: &Model, nth: usize) -> Item {
        let pair = self.pair(nth);
        pair.map(|p| self.carrier(model).of_pair(p))
            .unwrap_or_default()
    }

    /// Notes what was decided here, and goes to the next that is open; tells whether there is one.
    pub fn decide(&mut self, model: &Model, answer: Answer) -> bool {
        if let Some(stop) = self.stops.get_mut(self.at) {
            stop.1 = Some(answer);
        }
        let is_open = |stop: &(Stop, Option<Answer>)| match &stop.1 {
            Some(answer) => !stands(model, answer),
            None => true,
        };
        let (before, after) = self.stops.split_at(self.at);
        let later = after.iter().position(is_open).map(|nth| self.at + nth);
        match later.or_else(|| before.iter().position(is_open)) {
            Some(at) => self.go(at),
            None => return false,
        }
        true
    }

    /// Goes to a place, or to the last.
    pub fn go(&mut self, at: usize) {
        self.at = at.min(self.stops.len().saturating_sub(1));
        self.scroll = 0;
    }

    /// Goes to what was decided by a change that stands no more.
    pub fn go_back(&mut self, model: &Model) {
        let taken_back = |(_, answer): &(Stop, Option<Answer>)| {
            answer.as_ref().is_some_and(|answer| !stands(model, answer))
        };
        if let Some(at) = self.stops.iter().position(taken_back) {
            self.stops[at].1 = None;
            self.go(at);
        }
    }
}

fn stands(model: &Model, answer: &Answer) -> bool {
    match answer {
        Answer::Yes(id) => model.progress.stands(id),
        Answer::No => true,
    }
}

/// Returns the review that is open, which the help may stand above.
pub fn open(model: &Model) -> Option<&Review> {
    model.layers.iter().find_map(|layer| match layer {
        Layer::Review(review) => Some(review),
        _ => None,
    })
}

/// What stands on the screen: a head that stays, and the lines below it that scroll, old and new
/// beside each other or one column of both.
pub struct Page {
    /// What this is, and what yes would carry.
    pub head: Vec<Line>,
    /// The columns: one or two.
    pub columns: Vec<Vec<Line>>,
}

impl Page {
    /// Returns the page of a review, for so many columns.
    pub fn of(model: &Model, review: &Review, width: usize) -> Self {
        let head = page::head(model, review, width);
        let nth = match review.stop() {
            Stop::Certain => {
                let columns = vec![page::certain(model, review, width)];
                return Self { head, columns };
            }
            Stop::Pair(nth) => nth,
        };
        let half = if width >= WIDE {
            (width - 3) / 2
        } else {
            width
        };
        let Some((old, new)) = page::pair(model, review, nth, half) else {
            return Self {
                head,
                columns: vec![Vec::new()],
            };
        };
        if width >= WIDE {
            return Self {
                head,
                columns: vec![old, new],
            };
        }
        let glyph = Glyphs::of(model.policy).level;
        let rule = Line {
            indent: 0,
            pieces: vec![(glyph.repeat(width), Role::Dim)],
        };
        let columns = vec![old.into_iter().chain([rule]).chain(new).collect()];
        Self { head, columns }
    }

    /// Returns how many lines the longest column has.
    pub fn height(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0)
    }
}
