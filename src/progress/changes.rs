//! All changes in order of effect, each read from its line. May use: `progress::fold`.

use super::{Change, fold::Fold};

/// An iterator over changes in order of effect, see `Progress::changes`.
#[derive(Debug, Clone)]
pub struct Changes<'a> {
    fold: &'a Fold,
    /// The places not yet taken.
    places: std::ops::Range<usize>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(fold: &'a Fold) -> Self {
        Self {
            fold,
            places: 0..fold.order.len(),
        }
    }

    fn at(&self, place: usize) -> Option<Change> {
        self.fold.change(self.fold.order.nth(place)?)
    }
}

impl Iterator for Changes<'_> {
    type Item = Change;

    fn next(&mut self) -> Option<Change> {
        self.places.next().and_then(|place| self.at(place))
    }

    fn nth(&mut self, n: usize) -> Option<Change> {
        self.places.nth(n).and_then(|place| self.at(place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl DoubleEndedIterator for Changes<'_> {
    fn next_back(&mut self) -> Option<Change> {
        self.places.next_back().and_then(|place| self.at(place))
    }

    fn nth_back(&mut self, n: usize) -> Option<Change> {
        self.places.nth_back(n).and_then(|place| self.at(place))
    }
}

impl ExactSizeIterator for Changes<'_> {}
