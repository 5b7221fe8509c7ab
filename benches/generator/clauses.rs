//! A document of any number of clauses: copies of the embedded one with other numbers, so that no
//! two clauses are equal.

use std::fmt::Write as _;

use kouan::document::{Chapter, Clause, ClauseId, Document, Measure};

/// Returns a document of this many clauses, made of copies of the seed.
pub(crate) fn clauses(seed: &Document, count: usize) -> Document {
    let mut document = Document::default();
    document.title.clone_from(&seed.title);
    for copy in 0.. {
        for chapter in 0..seed.chapters.len() {
            if document.clauses.len() >= count {
                return document.index();
            }
            add_chapter(&mut document, seed, chapter, copy, count);
        }
    }
    document.index()
}

fn add_chapter(to: &mut Document, seed: &Document, chapter: usize, copy: usize, most: usize) {
    let first = to.measures.len();
    let place = to.chapters.len();
    let from = &seed.chapters[chapter];
    for measure in &seed.measures[from.measures.clone()] {
        let left = most - to.clauses.len();
        if left > 0 {
            add_measure(to, seed, measure, place, copy, left);
        }
    }
    to.chapters.push(Chapter {
        number: number(place + 1),
        title: from.title.clone(),
        measures: first..to.measures.len(),
        ..Chapter::default()
    });
}

fn add_measure(
    to: &mut Document,
    seed: &Document,
    measure: &Measure,
    chapter: usize,
    copy: usize,
    most: usize,
) {
    let first = to.clauses.len();
    let place = to.measures.len();
    for (i, clause) in seed.clauses[measure.clauses.clone()]
        .iter()
        .take(most)
        .enumerate()
    {
        to.clauses.push(Clause {
            id: ClauseId::new(number(place + 1), number(i + 1)),
            text: varied(&clause.text, copy),
            measure: place,
            ..clause.clone()
        });
    }
    to.measures.push(Measure {
        number: number(place + 1),
        chapter,
        clauses: first..to.clauses.len(),
        ..measure.clone()
    });
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("a document's size")
}

/// Returns a text with its numbers increased, or with one added.
fn varied(text: &str, copy: usize) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut digits = String::new();
    for c in text.chars().chain(std::iter::once('\n')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if let Ok(number) = digits.parse::<usize>() {
            out.push_str(&(number + copy).to_string());
            digits.clear();
        }
        out.push(c);
    }
    out.pop();
    if !out.contains(|c: char| c.is_ascii_digit()) {
        let _ = write!(out, "（第 {copy} 批）");
    }
    out
}
