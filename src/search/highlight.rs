//! The characters of a text that a query matches.

use super::{Query, fold, pattern::Matcher};
use std::ops::Range;

/// Returns the byte ranges of a text that the query's text terms match, sorted and disjoint. A
/// pinyin match covers its Han characters. Each term marks all places of the best kind of match in
/// the text.
pub fn highlight(query: &Query, text: &str) -> Vec<Range<usize>> {
    let mut patterns = query.patterns().peekable();
    if patterns.peek().is_none() || text.is_empty() {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let mut ranges: Vec<_> = patterns
        .flat_map(|pattern| Matcher::new(pattern).places(&folded.text))
        .map(|place| folded.original(&place))
        .collect();
    ranges.sort_unstable_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// A folded text that knows the origin of its characters.
struct Folded {
    text: String,
    /// Offset of each character and the end, in the folded and the original text.
    marks: Vec<(usize, usize)>,
}

impl Folded {
    fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut marks = Vec::new();
        for (at, c) in original.char_indices() {
            marks.push((text.len(), at));
            text.push(fold::any(c));
        }
        marks.push((text.len(), original.len()));
        Self { text, marks }
    }

    fn original(&self, place: &Range<usize>) -> Range<usize> {
        let of = |at: usize| {
            let mark = self.marks.partition_point(|(folded, _)| *folded < at);
            self.marks.get(mark).map_or(0, |(_, original)| *original)
        };
        of(place.start)..of(place.end)
    }
}
