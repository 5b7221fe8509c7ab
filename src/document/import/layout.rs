//! Task tables in text extracted from a page as it looks: columns side by side, separated by
//! blanks. A cell continues on the next line beside other columns, so no reading can be right; the
//! lines are kept as text and reported.

use super::{
    label::{self, LabelKind},
    lines::SourceLine,
};
use crate::document::table;
use std::ops::Range;

/// Finds such tables, as ranges of lines.
pub(super) fn find(lines: &[SourceLine<'_>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if is_heads(lines[at].text) {
            let rest = lines.iter().enumerate().skip(at + 1);
            let end = rest.take_while(|(_, l)| !ends(l)).last();
            let end = end.map_or(at, |(i, _)| i) + 1;
            out.push(at..end);
            at = end;
        } else {
            at += 1;
        }
    }
    out
}

/// Returns whether a line is the header of a task table, with wide blanks between the columns.
fn is_heads(text: &str) -> bool {
    let heads = cells(text);
    heads.len() >= 3 && table::are_heads(&heads)
}

fn cells(text: &str) -> Vec<&str> {
    let parts = text.split("  ").flat_map(|p| p.split('\t'));
    parts.map(str::trim).filter(|p| !p.is_empty()).collect()
}

/// Returns whether a line ends the table above: a heading, with nothing beside it.
fn ends(line: &SourceLine<'_>) -> bool {
    let heading = label::read(line.text).is_some_and(|l| l.kind <= LabelKind::ParenHan);
    line.mark.is_some() || (heading || line.text.starts_with("附件")) && cells(line.text).len() == 1
}
