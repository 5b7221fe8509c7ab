//! A cell: its place, its exported value, and what is new in it.

use crate::{
    report::base,
    text::{self, Policy},
};

/// Width of an excerpt in a note.
const GLIMPSE: usize = 40;

/// A cell's place, as notes name it.
#[derive(Clone, Copy)]
pub(super) struct CellPlace<'a> {
    pub(super) sheet: &'a str,
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) heading: &'a str,
    /// The step of the row, in the words that it had when it was exported.
    pub(super) step: Option<&'a str>,
}

/// The exported value of a field.
pub(super) enum Base<'a> {
    Value(&'a str),
    Hash(&'a str),
    Unknown,
}

impl Base<'_> {
    /// Returns whether this was the value.
    pub(super) fn is(&self, value: &str) -> bool {
        match self {
            Self::Value(base) => *base == value,
            Self::Hash(hash) => *hash == base::hash(value),
            Self::Unknown => false,
        }
    }
}

/// Returns the beginning of a text that is not on a line by itself; all of it if short.
pub(super) fn glimpse(said: &str) -> String {
    let line = text::clean(said).replace('\n', " ");
    text::elide(Policy::Narrow, &line, GLIMPSE).into_owned()
}

/// Returns what follows the exported lines, if all of them come first.
pub(super) fn behind<'t>(said: &'t str, base: &Base<'_>) -> Option<&'t str> {
    if base.is("") {
        return Some(said);
    }
    match base {
        Base::Value(value) => said.strip_prefix(*value)?.strip_prefix('\n'),
        Base::Hash(hash) => {
            let ends = said.match_indices('\n');
            let mut parts =
                ends.filter_map(|(end, _)| Some((said.get(..end)?, said.get(end + 1..)?)));
            let found = parts.find(|(before, _)| base::hash(before) == **hash);
            found.map(|(_, rest)| rest)
        }
        Base::Unknown => None,
    }
}

/// Returns the lines that were neither exported nor are in the journal now.
pub(super) fn unheard(said: &str, ours: &str, base: &Base<'_>) -> String {
    let exported = match base {
        Base::Value(value) => value,
        Base::Hash(_) | Base::Unknown => "",
    };
    let is_known = |line: &str| exported.lines().chain(ours.lines()).any(|k| k == line);
    let lines = said.lines().filter(|l| !l.trim().is_empty());
    lines
        .filter(|l| !is_known(l))
        .collect::<Vec<_>>()
        .join("\n")
}
