//! The round trip: the document, joined again, must be the source.

use super::{lines::is_blank, report};
use crate::document::{Document, Measure, Print};
use std::collections::HashMap;

/// Returns the whole document as printed, one paragraph per line, without the source's white space.
pub fn joined(doc: &Document) -> String {
    let mut out = Vec::new();
    out.extend(doc.masthead.clone());
    out.push(doc.title.clone());
    out.extend(doc.stage.as_ref().map(|s| format!("（{s}）")));
    out.extend(doc.preamble.clone());
    for chapter in &doc.chapters {
        let label = chapter.usual_label();
        out.push(heading(&chapter.print, label, &chapter.title, ""));
        out.extend(chapter.text.clone());
        for measure in &doc.measures[chapter.measures.clone()] {
            out.extend(measure.section.clone());
            out.push(join_measure(doc, measure));
        }
    }
    out.extend(doc.trailer.clone());
    out.retain(|part| !part.is_empty());
    out.join("\n")
}

fn heading(print: &Print, usual: String, title: &str, usual_stop: &str) -> String {
    let label = print.label.clone().unwrap_or(usual);
    if print.implied {
        return label;
    }
    let stop = print.stop.as_deref().unwrap_or(usual_stop);
    format!("{label}{title}{stop}")
}

fn join_measure(doc: &Document, measure: &Measure) -> String {
    let label = measure.usual_label();
    let mut out = heading(&measure.print, label, &measure.title, "。");
    out.extend(measure.text.iter().map(String::as_str));
    for clause in &doc.clauses[measure.clauses.clone()] {
        for part in [&clause.label, &clause.text, &clause.responsibility.said] {
            out.push_str(part);
        }
        out.extend(clause.after.iter().map(String::as_str));
    }
    out
}

/// Checks that the joined document is the source, except for white space and its own corrections.
///
/// # Errors
///
/// The first line of the source that is not in the document.
pub fn check(source: &str, doc: &Document) -> Result<(), usize> {
    let (tight, starts) = tighten(source, doc);
    let expected = corrected(&tight, &starts, doc);
    let printed: String = joined(doc).chars().filter(|c| !is_blank(*c)).collect();
    let read = expected
        .iter()
        .flat_map(|(offset, part)| part.char_indices().map(move |(i, c)| (*offset + i, c)));
    let mut got = printed.chars();
    for (offset, c) in read {
        if got.next() != Some(c) {
            return Err(line_of(&starts, offset));
        }
    }
    match got.next() {
        Some(_) => Err(starts.len()),
        None => Ok(()),
    }
}

/// Returns the text without white space and page furniture, and where each line begins in it.
///
/// Furniture is removed first, since the text around it may be joined.
fn tighten(source: &str, doc: &Document) -> (String, Vec<usize>) {
    let furniture: HashMap<usize, &str> = doc
        .corrections
        .iter()
        .filter(|c| report::is_furniture(&c.why))
        .map(|c| (c.line, c.source.as_str()))
        .collect();
    let mut tight = String::with_capacity(source.len());
    let mut starts = Vec::new();
    let end = if source.contains('\n') { '\n' } else { '\r' };
    for (number, line) in (1..).zip(source.split(end)) {
        starts.push(tight.len());
        if furniture.get(&number) == Some(&line.trim_matches(is_blank)) {
            continue;
        }
        tight.extend(line.chars().filter(|c| !is_blank(*c)));
    }
    (tight, starts)
}

fn line_of(starts: &[usize], offset: usize) -> usize {
    starts.partition_point(|s| *s <= offset)
}

/// Returns the source, cut where a correction replaces it, each part with its position.
fn corrected(tight: &str, starts: &[usize], doc: &Document) -> Vec<(usize, String)> {
    let mut parts = Vec::new();
    let mut at = 0;
    for correction in &doc.corrections {
        if !report::changes_text(&correction.why) {
            continue;
        }
        let source: String = correction
            .source
            .chars()
            .filter(|c| !is_blank(*c))
            .collect();
        let read: String = correction.read.chars().filter(|c| !is_blank(*c)).collect();
        let from = starts
            .get(correction.line.saturating_sub(1))
            .map_or(at, |s| (*s).max(at));
        let Some(found) = tight.get(from..).and_then(|t| t.find(&source)) else {
            continue;
        };
        parts.push((
            at,
            tight.get(at..from + found).unwrap_or_default().to_owned(),
        ));
        parts.push((from + found, read));
        at = from + found + source.len();
    }
    parts.push((at, tight.get(at..).unwrap_or_default().to_owned()));
    parts
}
