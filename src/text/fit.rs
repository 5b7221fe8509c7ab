//! Fitting text into a width: eliding and padding.
//!
//! The ellipsis is … where it takes one column, and `..` where it might take two, so that columns
//! line up under every policy.

use super::Policy;
use std::{borrow::Cow, iter::repeat_n, ops::Range};

/// Returns the text cut at its end to at most `width` columns, with an ellipsis if cut.
pub fn elide(policy: Policy, text: &str, width: usize) -> Cow<'_, str> {
    let (whole, _) = policy.fit(text, width);
    if whole.len() == text.len() {
        return Cow::Borrowed(text);
    }
    let mark = mark(policy, width);
    let (head, _) = policy.fit(text, width.saturating_sub(mark.chars().count()));
    Cow::Owned(head.to_owned() + mark)
}

/// Returns the text cut to at most `width` columns with `place` visible, at both ends if needed.
pub fn elide_around<'a>(
    policy: Policy,
    text: &'a str,
    place: &Range<usize>,
    width: usize,
) -> Cow<'a, str> {
    let mark = mark(policy, width);
    let marked = mark.chars().count();
    let upto = policy.width(head(text, place.end));
    let is_narrow = width < 8;
    if is_narrow || upto + marked <= width || policy.width(text) <= width {
        return elide(policy, text, width);
    }
    let room = width - marked;
    let rest = policy.width(text.get(place.start..).unwrap_or_default());
    let spare =
        room.saturating_sub(upto.saturating_sub(policy.width(head(text, place.start))) + marked);
    // A third of the room shows the lead, more if less follows.
    let lead = (room / 3).min(spare).max(room.saturating_sub(rest));
    let before: Vec<_> = policy.graphemes(head(text, place.start)).collect();
    let (kept, _) = longest(before.into_iter().rev(), lead);
    let tail = text.get(place.start - kept..).unwrap_or_default();
    Cow::Owned(mark.to_owned() + &elide(policy, tail, room))
}

/// Returns the text cut in its middle to at most `width` columns, with an ellipsis if cut: for
/// paths, whose two ends matter.
pub fn elide_middle(policy: Policy, text: &str, width: usize) -> Cow<'_, str> {
    if policy.width(text) <= width {
        return Cow::Borrowed(text);
    }
    let mark = mark(policy, width);
    let room = width.saturating_sub(mark.chars().count());
    let (first, used) = policy.fit(text, room.div_ceil(2));
    let all: Vec<_> = policy.graphemes(text).collect();
    let (last, _) = longest(all.into_iter().rev(), room - used);
    let tail = text.get(text.len() - last..).unwrap_or_default();
    Cow::Owned([first, mark, tail].concat())
}

/// Returns the text elided and padded with blanks to exactly `width` columns.
pub fn pad(policy: Policy, text: &str, width: usize) -> String {
    let text = elide(policy, text, width);
    let blanks = width.saturating_sub(policy.width(&text));
    let mut out = text.into_owned();
    out.extend(repeat_n(' ', blanks));
    out
}

/// Returns the text elided and right-aligned in exactly `width` columns, for numbers.
pub fn pad_left(policy: Policy, text: &str, width: usize) -> String {
    let text = elide(policy, text, width);
    let blanks = width.saturating_sub(policy.width(&text));
    repeat_n(' ', blanks).chain(text.chars()).collect()
}

/// Returns as much of the ellipsis as fits; each of its characters takes one column.
fn mark(policy: Policy, width: usize) -> &'static str {
    match (policy, width) {
        (_, 0) => "",
        (Policy::Narrow, _) => "…",
        (_, 1) => ".",
        _ => "..",
    }
}

/// Returns the bytes and columns of as many graphemes as fit into a width.
fn longest<'a>(
    graphemes: impl Iterator<Item = (usize, &'a str, usize)>,
    width: usize,
) -> (usize, usize) {
    graphemes
        .scan((0, 0), |(bytes, columns), (_, grapheme, w)| {
            *bytes += grapheme.len();
            *columns += w;
            Some((*bytes, *columns))
        })
        .take_while(|&(_, columns)| columns <= width)
        .last()
        .unwrap_or_default()
}

fn head(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests;
