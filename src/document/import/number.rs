//! Numbers and ids: as printed if possible, otherwise free ones.

use super::report::{Notes, ReadingRule};
use crate::document::{ClauseId, Document, Print};
use std::collections::HashSet;

/// Gives chapters and measures their final numbers (0 means none yet), and clauses their ids.
///
/// The lines of chapters and measures in the source are for notes; empty if no number was printed.
pub(super) fn assign(
    doc: &mut Document,
    chapter_lines: &[usize],
    measure_lines: &[usize],
    notes: &mut Notes,
) {
    number_chapters(doc, chapter_lines, notes);
    let restart = number_measures(doc, measure_lines, notes);
    number_clauses(doc, restart);
}

/// Gives a free number to chapters without one, or whose number is taken.
fn number_chapters(doc: &mut Document, lines: &[usize], notes: &mut Notes) {
    let mut taken = HashSet::new();
    let mut free = doc.chapters.iter().map(|c| c.number).max().unwrap_or(0);
    for (i, chapter) in doc.chapters.iter_mut().enumerate() {
        if chapter.number == 0 || !taken.insert(chapter.number) {
            free += 1;
            let usual = chapter.usual_label();
            if chapter.number > 0 {
                note(&mut chapter.print, usual, free, lines.get(i), notes);
            }
            chapter.number = free;
        }
    }
}

/// Gives a free number to measures whose number is taken; returns whether each chapter restarts.
fn number_measures(doc: &mut Document, lines: &[usize], notes: &mut Notes) -> bool {
    let mut free = doc.measures.iter().map(|m| m.number).max().unwrap_or(0);
    let mut everywhere = HashSet::new();
    let mut restart = false;
    for chapter in &doc.chapters {
        let mut taken = HashSet::new();
        for i in chapter.measures.clone() {
            let measure = &mut doc.measures[i];
            if measure.number == 0 || !taken.insert(measure.number) {
                free += 1;
                let usual = measure.usual_label();
                if measure.number > 0 {
                    note(&mut measure.print, usual, free, lines.get(i), notes);
                }
                measure.number = free;
            }
            restart |= !everywhere.insert(measure.number);
        }
    }
    restart
}

/// Notes that a printed number is replaced, and keeps it as printed.
fn note(print: &mut Print, usual: String, free: u32, line: Option<&usize>, notes: &mut Notes) {
    let printed = print.label.get_or_insert(usual);
    let line = line.copied().unwrap_or(0);
    notes.correct(line, printed, &free.to_string(), ReadingRule::NUMBER);
}

fn number_clauses(doc: &mut Document, restart: bool) {
    for measure in &doc.measures {
        let chapter = doc.chapters.get(measure.chapter).map_or(0, |c| c.number);
        for (n, i) in (1..).zip(measure.clauses.clone()) {
            doc.clauses[i].id = if restart {
                ClauseId::in_chapter(chapter, measure.number, n)
            } else {
                ClauseId::new(measure.number, n)
            };
        }
    }
}
